"""The pledge of a campaign: its facts read from the rows, its text and signatories kept, its paper composed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from campaigns.issuers import issuer_of
from campaigns.models import Campaign, Pledge, Registration, Signatory
from campaigns.states import PledgeState, RegistrationState
from campaigns.taking_part import pledge_text, selectors
from campaigns.taking_part.pledge_text import Facts, Head
from campaigns.taking_part.presenters import titles_of
from campaigns.wording import sentence
from core import audit
from core.errors import AppError, UnfitField, UnfitRow
from core.states import EditedMeanwhile, claim_version
from documents import tree
from documents.dates import PartialDate
from plans import cleaning
from plans.models import Plan
from plans.starting.selectors import signers_of
from reminders.asking.letters import in_words as issuer_in_words
from units.models import Issuer, Part, Unit

BODY, POST, NAME, PLACE, TEXT = 300, 160, 120, 120, 20_000
MOST_SIGNATORIES = 200


@dataclass(frozen=True, slots=True)
class Signing:
    """One who signs, as typed."""

    body: str
    post: str = ""
    name: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.body.strip() or self.post.strip() or self.name.strip())


@dataclass(frozen=True, slots=True)
class PledgeData:
    body: str
    place: str = ""
    signed_on: dt.date | None = None
    signatories: tuple[Signing, ...] = ()


class PledgeIsSigned(AppError):
    message = "Giao ước đã ký nên giữ nguyên."


# -- Reading -----------------------------------------------------------------------------------


def pledge_of(campaign: Campaign) -> Pledge | None:
    kept = Pledge.objects.filter(campaign=campaign).select_related("pdf_file", "word_file", "signed_file")
    return kept.prefetch_related("signatories").first()


def data_of(campaign: Campaign, pledge: Pledge | None) -> PledgeData:
    """What is kept; of none the draft, with those who take part."""
    if pledge is None:
        issuer = issuer_of(campaign)
        return PledgeData(
            pledge_text.draft(facts_of(campaign)), issuer.place if issuer else "", None, tuple(who_sign(campaign))
        )
    rows = tuple(Signing(one.body, one.post, one.name) for one in pledge.signatories.all())
    return PledgeData(pledge.body, pledge.place, pledge.signed_on, rows)


def facts_of(campaign: Campaign) -> Facts:
    return Facts(
        unit=str(campaign.unit),
        whom=_whom(campaign.unit),
        title=campaign.title,
        theme=campaign.theme,
        year=campaign.year,
        plan=_plan_words(campaign.plan),
        targets=[sentence(target) for target in campaign.targets.all()],
        titles=_titles(campaign),
    )


def _whom(unit: Unit) -> str:
    if unit.kind == Unit.Kind.COMMUNE:
        return f"các {unit.village_word}, cơ quan, đơn vị, trường học"
    return "các xã, phường, cơ quan, đơn vị"


def _plan_words(plan: Plan | None) -> str:
    """Once it has number and day."""
    paper = plan.paper if plan else None
    if plan is None or paper is None:
        return ""
    date = PartialDate(paper.date.year, paper.date.month, paper.date.day)
    return f"{paper.kind} số {paper.full_number} {date.in_words()} của {issuer_in_words(plan.issuer)}"


def _titles(campaign: Campaign) -> list[tuple[str, int, int]]:
    """Aimed at by registrations that were not returned, those of most first."""
    rows = Registration.objects.filter(campaign=campaign).exclude(state=RegistrationState.RETURNED)
    collectives: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for row in rows.order_by("pk"):
        (people if row.person_id else collectives).update(titles_of(row))
    names = list(dict.fromkeys([*collectives, *people]))
    names.sort(key=lambda title: -(collectives[title] + people[title]))
    return [(title, collectives[title], people[title]) for title in names]


def who_sign(campaign: Campaign) -> list[Signing]:
    """The places that take part, with their heads; where nobody registered yet, all that could."""
    places = selectors.places_of(campaign)
    taking = [one.place for one in places if not one.is_missing] or [one.place for one in places]
    heads = Part.objects.filter(pk__in=[one.pk for one in taking if isinstance(one, Part)], head__isnull=False)
    by_part = {part.pk: part.head for part in heads.select_related("head")}
    found = []
    for place in taking:
        if isinstance(place, Part):
            head = by_part.get(place.pk)
            found.append(
                Signing(place.name.upper(), head.post.upper() if head else "", head.full_name if head else "")
            )
        else:
            found.append(Signing(f"ỦY BAN NHÂN DÂN {place}".upper(), "CHỦ TỊCH"))
    return found


def with_missing(rows: Sequence[Signing], campaign: Campaign) -> tuple[Signing, ...]:
    """Those who take part and do not stand there yet go to the end; what was typed stays."""
    there = {row.body.strip().casefold() for row in rows}
    new = [one for one in who_sign(campaign) if one.body.casefold() not in there]
    return (*(row for row in rows if not row.is_blank), *new)


def paper_of(campaign: Campaign, data: PledgeData, issuer: Issuer) -> tree.Paper:
    plan = campaign.plan
    lines = tuple(line for line in issuer.signature_lines.split("\n") if line.strip())
    day = data.signed_on
    head = Head(
        issuer=issuer.lines,
        superior=issuer.superior,
        place=data.place or issuer.place,
        date=PartialDate(day.year, day.month, day.day) if day else PartialDate(campaign.year),
        signature_lines=lines,
        signature_post=issuer.signature_post,
        signature_name=plan.signature_name if plan and plan.signature_name else _signer(campaign, lines),
    )
    each = [tree.Signatory(one.body, one.post, one.name) for one in data.signatories]
    return pledge_text.compose(data.body, facts_of(campaign), head, each)


def _signer(campaign: Campaign, lines: Iterable[str]) -> str:
    """The chairman, where the lines say that he signs."""
    return signers_of(campaign.unit)["chairman"] if "CHỦ TỊCH" in lines else ""


# -- Writing -----------------------------------------------------------------------------------


@transaction.atomic
def save_pledge(campaign: Campaign, *, actor: Any, version: int, data: PledgeData) -> Pledge:
    """``version`` 0: none was there when the page was shown. Nothing changed: nothing claimed.

    Raise ``UnfitField``, ``UnfitRow``, ``EditedMeanwhile`` or ``PledgeIsSigned``.
    """
    data = cleaned(data)
    audit.wait_for_turn(campaign.unit_id)
    pledge = pledge_of(campaign)
    if pledge is not None and pledge.state == PledgeState.SIGNED:
        raise PledgeIsSigned
    if (pledge.version if pledge else 0) != version:
        raise EditedMeanwhile
    before = data_of(campaign, pledge) if pledge else PledgeData("")
    if pledge is not None and before == data:
        return pledge
    if pledge is None:
        pledge = Pledge.objects.create(campaign=campaign, body=data.body, place=data.place, signed_on=data.signed_on)
    else:
        claim_version(pledge, version, state=PledgeState.DRAFT)
        Pledge.objects.filter(pk=pledge.pk).update(body=data.body, place=data.place, signed_on=data.signed_on)
    if before.signatories != data.signatories:
        pledge.signatories.all().delete()
        Signatory.objects.bulk_create(
            Signatory(pledge=pledge, order=order, body=one.body, post=one.post, name=one.name)
            for order, one in enumerate(data.signatories, start=1)
        )
    changes = audit.differences(_told(before), _told(data))
    audit.record("campaigns.pledge.saved", pledge, actor=actor, unit_id=campaign.unit_id, changes=changes)
    return pledge


def _told(data: PledgeData) -> dict[str, Any]:
    words = [", ".join(filter(None, (one.body, one.post, one.name))) for one in data.signatories]
    return {"body": data.body, "place": data.place, "signed_on": data.signed_on, "signatories": words}


def cleaned(data: PledgeData) -> PledgeData:
    body = cleaning.body("body", data.body)
    if not body.strip():
        raise UnfitField("body", "Ghi nội dung giao ước.")
    if len(body) > TEXT:
        raise UnfitField("body", f"Nội dung dài quá {TEXT} ký tự.")
    rows = tuple(_cleaned(at, one) for at, one in enumerate(data.signatories) if not one.is_blank)
    if len(rows) > MOST_SIGNATORIES:
        raise UnfitField("body", f"Nhiều nhất {MOST_SIGNATORIES} người ký.")
    return replace(data, body=body, place=cleaning.line("place", data.place, PLACE), signatories=rows)


def _cleaned(position: int, one: Signing) -> Signing:
    try:
        body = cleaning.line("body", " ".join(one.body.split()), BODY)
        post = cleaning.line("post", " ".join(one.post.split()), POST)
        name = cleaning.line("name", " ".join(one.name.split()), NAME)
    except UnfitField as error:
        raise UnfitRow(position, error.field, str(error)) from None
    if not body:
        raise UnfitRow(position, "body", "Ghi đơn vị ký giao ước.")
    return Signing(body, post, name)
