"""Tờ trình (Nghị định số 152/2025/NĐ-CP, Phụ lục, Mẫu số 01): to the own chairman with a draft decision, or upward."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from awards.councils.sums import percent_of
from awards.deciding.bases import bases_on
from awards.deciding.candidates import in_order, own_deciders
from awards.deciding.facts import authority_of, award_words, nominees_of, recipients_words
from awards.facts import Recipient
from awards.models import Decision, Item, Nominee, Round, Sitting
from awards.models.common import CycleKind
from awards.money import BY_WORDS, RECIPIENT_WORDS, By
from awards.papers.counts import award_title, counted, counts_table, kinds_of
from awards.papers.frames import council_words, day_words, header, in_words, shared_draft, usual_issuer
from awards.papers.kinds import Sort
from awards.shipped import PAPER_WORDS, shipped_awards
from awards.states import NomineeState, SittingState
from documents import layout, tree
from documents.composing import (
    Head,
    Texts,
    Width,
    columns,
    composed,
    lines,
    opening,
    recipients,
    row,
    signature,
)
from units.models import Unit

PASSED = (NomineeState.PASSED, NomineeState.SENT, NomineeState.DECIDED, NomineeState.REFUSED)
_HEADS = {Recipient.PERSON: "Họ và tên", Recipient.COLLECTIVE: "Tên tập thể", Recipient.HOUSEHOLD: "Hộ gia đình"}


@dataclass(frozen=True, slots=True)
class Line:
    award: str
    kind: Recipient
    name: str
    birth_year: int | None
    detail: str
    achievement: str
    vote: str
    """«08/09 (88,8 %)» of all members; blank where nobody voted."""


@dataclass(frozen=True, slots=True)
class Facts:
    unit: Unit
    year: int
    of_school_year: bool
    lines: tuple[Line, ...]
    sat_on: dt.date | None
    deciders: tuple[str, ...]
    """Who decides, in words: the highest first."""
    is_up: bool
    own: str = ""
    """Of an own decision: the chairman who decides on it."""

    @property
    def awards(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.award for one in self.lines))

    @property
    def kinds(self) -> tuple[Recipient, ...]:
        return kinds_of(self.named)

    @property
    def named(self) -> list[tuple[str, Recipient]]:
        return [(one.award, one.kind) for one in self.lines]

    @property
    def when(self) -> str:
        return f"năm học {self.year - 1}-{self.year}" if self.of_school_year else f"năm {self.year}"


# -- Rows ----------------------------------------------------------------------------------


def goes_up(award_round: Round, day: dt.date) -> list[Nominee]:
    """Passed here, and decided on by somebody above."""
    own, known = own_deciders(award_round.unit), shipped_awards()
    here = {code for code, award in known.items() if set(own) & set(award.decided_by(day))}
    rows = Nominee.objects.filter(round=award_round, state__in=PASSED).exclude(award__in=here)
    return in_order(rows.select_related("proposal__part", "proposal__lower", "proposal__round__unit", "subject"))


def votes_on(nominees: Iterable[Nominee]) -> dict[int, str]:
    """Nominee → votes in its favour of all members, of the sitting that passed it last. One query."""
    rows = Item.objects.filter(
        nominee__in=[one.pk for one in nominees], outcome=Item.Outcome.PASSED, sitting__state=SittingState.CLOSED
    )
    found = rows.annotate(members=Count("sitting__seats")).order_by("sitting_id")
    return {one.nominee_id: _vote(one.yes + one.written_yes, one.members) for one in found if one.yes is not None}


def _vote(votes: int, members: int) -> str:
    return f"{votes:02}/{members:02} ({percent_of(votes, members)})"


def of_round(award_round: Round) -> Facts:
    today = timezone.localdate()
    nominees = goes_up(award_round, today)
    deciders = [by for one in nominees for by in shipped_awards()[one.award].decided_by(today)] if nominees else []
    rank = list(reversed(BY_WORDS))
    ordered = sorted(dict.fromkeys(deciders), key=rank.index)
    return _facts(award_round.unit, award_round, nominees, tuple(BY_WORDS[by] for by in ordered), is_up=True)


def of_decision(decision: Decision) -> Facts:
    nominees = list(nominees_of(decision))
    who = authority_of(By(decision.decider), decision.unit, decision.issuer)
    return _facts(decision.unit, decision.round, nominees, (who,), is_up=False, year=_year_of(decision, nominees))


def _year_of(decision: Decision, nominees: Sequence[Nominee]) -> int:
    return nominees[0].year if nominees else (decision.day or timezone.localdate()).year


def _facts(
    unit: Unit,
    award_round: Round | None,
    nominees: Sequence[Nominee],
    deciders: tuple[str, ...],
    *,
    is_up: bool,
    year: int = 0,
) -> Facts:
    votes = votes_on(nominees)
    return Facts(
        unit=unit,
        year=award_round.year if award_round else year,
        of_school_year=award_round is not None and award_round.cycle == CycleKind.SCHOOL_YEAR,
        lines=tuple(_line(one, votes.get(one.pk, "")) for one in nominees),
        sat_on=_sat_on(award_round),
        deciders=deciders,
        is_up=is_up,
        own="" if is_up else deciders[0],
    )


def _sat_on(award_round: Round | None) -> dt.date | None:
    if award_round is None:
        return None
    held = Sitting.objects.filter(round=award_round, state=SittingState.CLOSED).exclude(closed_at=None)
    sitting = held.order_by("-closed_at").first()
    return timezone.localdate(sitting.at or sitting.closed_at) if sitting else None


def _line(nominee: Nominee, vote: str) -> Line:
    where = nominee.workplace or str(nominee.proposal)
    is_person = nominee.kind == Recipient.PERSON
    detail = ", ".join(filter(None, (nominee.post, where if where != nominee.name else "")))
    return Line(
        nominee.award,
        Recipient(nominee.kind),
        " ".join(filter(None, (nominee.honorific, nominee.name))),
        nominee.birth_year if is_person else None,
        detail,
        " ".join(nominee.achievement.split()),
        vote,
    )


# -- Words ---------------------------------------------------------------------------------


def draft(sort: Sort, facts: Facts) -> dict[str, str]:
    issuer = usual_issuer(sort, facts.unit)
    return {
        **shared_draft(sort, issuer, facts.unit),
        "addressees": "\n".join(_addressees(facts)),
        "opening": "\n".join((*_bases(facts), _asks(facts))),
        "closing": "\n".join(_closing(facts)),
        "recipients": "\n".join(("Như trên", council_words(facts.unit), "Lưu: VT")),
    }


def _addressees(facts: Facts) -> list[str]:
    """Who decides by way of the office that appraises: Sở Nội vụ, until June 2025 Phòng Nội vụ."""
    if not facts.is_up:
        return [facts.own]
    parent = facts.unit.parent
    if parent is None:
        return [facts.deciders[0] if facts.deciders else BY_WORDS[By.PM], "Bộ Nội vụ"]
    office = "Phòng Nội vụ" if parent.kind == Unit.Kind.DISTRICT else "Sở Nội vụ"
    return [f"Chủ tịch Ủy ban nhân dân {parent}", f"{office} {parent}"]


def _bases(facts: Facts) -> list[str]:
    found = list(bases_on(timezone.localdate(), set(facts.awards)).lines)
    if facts.sat_on:
        found.append(f"Căn cứ kết quả họp {council_words(facts.unit)} {in_words(facts.sat_on)}")
    return [f"{line};" for line in found[:-1]] + [f"{line}." for line in found[-1:]]


def _asks(facts: Facts) -> str:
    whom = _addressees(facts)[0]
    who = f"Ủy ban nhân dân {facts.unit}" if facts.is_up else f"Thường trực {council_words(facts.unit)}"
    return (
        f"{who} kính trình {whom} xem xét, quyết định khen thưởng {facts.when} đối với "
        f"{counted(facts.named) or 'các tập thể, cá nhân'}, gồm:"
    )


def _closing(facts: Facts) -> list[str]:
    codes = list(dict.fromkeys(code for one in facts.awards for code in shipped_awards()[one].papers))
    papers = [PAPER_WORDS[code].lower() for code in codes if code != "submission"]
    if not facts.is_up:
        papers = ["dự thảo quyết định", *papers]
    sent = f"Hồ sơ trình kèm gồm: danh sách đề nghị, {', '.join(papers)}." if papers else ""
    return [line for line in (sent, f"Kính trình {_addressees(facts)[0]} xem xét, quyết định./.") if line]


# -- Paper ---------------------------------------------------------------------------------


def compose(sort: Sort, facts: Facts, texts: Texts, head: Head) -> tree.Paper:
    return tree.Paper(
        header=header(sort, texts, head),
        title=sort.title,
        subject=_subject(facts),
        preamble=opening(texts["opening"]),
        body=(*_counted_with_list(facts), *composed(texts["closing"])),
        recipients=recipients(texts["recipients"]),
        signature=signature(texts),
        appendices=(_list(sort, facts, head),) if facts.lines else (),
        addressees=tuple(line.rstrip(".") for line in lines(texts["addressees"])),
    )


def _subject(facts: Facts) -> str:
    awards = facts.awards
    what = f"tặng {award_words(awards[0])}" if len(awards) == 1 else "khen thưởng"
    whom = f" cho {recipients_words(facts.kinds)}" if facts.kinds else ""
    return f"Về việc đề nghị {what} {facts.when}{whom}"


def _counted_with_list(facts: Facts) -> tuple[tree.Block, ...]:
    return (
        (counts_table(facts.named), tree.AppendixReference("(Có Phụ lục danh sách kèm theo)")) if facts.lines else ()
    )


def _list(sort: Sort, facts: Facts, head: Head) -> tree.Appendix:
    number = f"{head.number or tree.BLANK_NUMBER}/{head.full_symbol or f'{sort.abbreviation}-{head.symbol}'}"
    return tree.Appendix(
        "Phụ lục",
        f"Danh sách {recipients_words(facts.kinds)} đề nghị khen thưởng {facts.when}".upper(),
        f"(Kèm theo {sort.kind_name} số {number} {day_words(head)} của {head.words})",
        (_table(facts), tree.Paragraph(f"Danh sách này có {counted(facts.named)}./.")),
        landscape=True,
    )


def _table(facts: Facts) -> tree.Table:
    has_years = any(one.birth_year for one in facts.lines)
    has_votes = any(one.vote for one in facts.lines)
    has_deeds = any(one.achievement for one in facts.lines)
    widths: list[Width] = [("TT", 12, "center"), (", ".join(_HEADS[kind] for kind in facts.kinds), 58, "left")]
    widths += [("Năm sinh", 18, "center")] if has_years else []
    widths += [("Chức vụ, đơn vị công tác, địa chỉ", 62 if has_deeds else 0, "left")]
    widths += [("Tóm tắt thành tích", 0, "left")] if has_deeds else []
    widths += [("Số phiếu đồng ý trên tổng số thành viên", 34, "center")] if has_votes else []
    rows: list[tree.Row | tree.GroupRow] = []
    before: tuple[str, Recipient] | None = None
    for number, one in enumerate(facts.lines, start=1):
        if before != (one.award, one.kind):
            rows.append(tree.GroupRow(f"{award_title(one.award).upper()}: {RECIPIENT_WORDS[one.kind].upper()}"))
            before = (one.award, one.kind)
        cells = [str(number), one.name]
        cells += [str(one.birth_year or "")] if has_years else []
        cells += [one.detail]
        cells += [one.achievement] if has_deeds else []
        cells += [one.vote or "–"] if has_votes else []
        rows.append(row(*cells))
    return tree.Table(columns(widths, layout.LANDSCAPE.text_width), tuple(rows))


def lacks(facts: Facts) -> list[str]:
    if facts.lines:
        return []
    if facts.is_up:
        return ["Chưa có đối tượng nào được thông qua mà cấp trên quyết định."]
    return ["Đưa đối tượng vào dự thảo quyết định trước."]
