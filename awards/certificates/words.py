"""What a certificate says, as plain values: by field, from the decision and a line of the register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from awards.certificates.layouts import Field, layout_of
from awards.deciding.facts import authority_of, issuer_for
from awards.models import Decision, Grant, Reissue
from awards.money import By
from awards.register.presenters import verification_url
from awards.shipped import AwardKind, shipped_awards
from documents.dates import PartialDate
from documents.tree import NATIONAL_MOTTO, NATIONAL_NAME

Texts = Mapping[Field, str]


@dataclass(frozen=True, slots=True)
class Certificate:
    award: str
    texts: Texts
    grant_id: int = 0


@dataclass(frozen=True, slots=True)
class Printed:
    """Name and address as the paper says them now."""

    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class Common:
    """What all certificates of a decision say alike."""

    authority: str
    place_day: str
    signed: str
    signer: str
    decision: str
    by_award: dict[str, str] = field(default_factory=dict)


def common_of(decision: Decision) -> Common:
    """As the decision was written, else as its issuer's head has it."""
    issuer = decision.issuer or issuer_for(decision.unit)
    texts, by = decision.texts, By(decision.decider)
    lines = [line for line in (issuer.signature_lines if issuer else "").split("\n") if line.strip()]
    own = [line for line in lines if not line.startswith("TM.")]
    day = in_words(decision.day)
    place = texts.get("place") or (issuer.place if issuer else "") or decision.unit.name
    number = decision.number or "……"
    return Common(
        authority=(texts.get("authority") or authority_of(by, decision.unit, issuer)).upper(),
        place_day=f"{place}, {day}",
        signed=texts.get("lines") or "\n".join(own) or ("GIÁM ĐỐC" if by is By.DEPARTMENT else "CHỦ TỊCH"),
        signer=decision.signer,
        decision=f"Quyết định số {number} {day}",
    )


def certificate_of(grant: Grant, common: Common, *, citation: str = "", printed: Printed | None = None) -> Certificate:
    """``citation``: one sentence for all; else each one's own (``own_citation``)."""
    said = printed or Printed(grant.name, grant.detail)
    return Certificate(
        award=grant.award,
        grant_id=grant.pk or 0,
        texts={
            Field.NATION: NATIONAL_NAME,
            Field.MOTTO: NATIONAL_MOTTO,
            Field.AUTHORITY: common.authority,
            Field.GIVES: layout_of(grant.award).gives,
            Field.AWARD: award_line(grant).upper(),
            Field.NAME: " ".join(filter(None, (grant.honorific, said.name))),
            Field.DETAIL: said.detail,
            Field.CITATION: citation or own_citation(grant),
            Field.DAY: common.place_day,
            Field.SIGNED: common.signed,
            Field.SIGNER: common.signer,
            Field.DECISION: common.decision,
            Field.GOLDEN: f"Số sổ vàng: {grant.golden_number or grant.order}",
            Field.CODE: verification_url(grant),
        },
    )


_PLACE_WORDS = {
    "TVH": ("Thôn", "Tổ dân phố", "Khu phố", "Khu dân cư", "Ấp", "Bản", "Buôn", "Làng", "Khóm", "Xóm", "Tổ"),
    "XTB": ("Xã", "Phường", "Đặc khu"),
}


def award_line(grant: Grant) -> str:
    """Of a title for several kinds of places the one that this is: «Thôn văn hóa»."""
    for word in _PLACE_WORDS.get(grant.award, ()):
        if grant.name.casefold().startswith(f"{word} ".casefold()):
            return f"{word} {'văn hóa' if grant.award == 'TVH' else 'tiêu biểu'}"
    return grant.award_name


def own_citation(grant: Grant) -> str:
    """Of a form what was done; of a title its year, for that is what it is given for."""
    if not needs_citation(grant.award):
        words = "Năm học" if "-" in grant.period else "Năm"
        return f"{words} {grant.period or grant.year}"
    said = " ".join(grant.achievement.split()).rstrip(".;")
    return f"{said[:1].upper()}{said[1:]}"


def needs_citation(award: str) -> bool:
    known = shipped_awards().get(award)
    return known is None or known.kind is not AwardKind.TITLE


def in_words(day: dt.date | None) -> str:
    return PartialDate(day.year, day.month, day.day).in_words() if day else "ngày …… tháng …… năm ……"


def printed_names(grants: Iterable[Grant]) -> dict[int, Printed]:
    """Grant → as the latest re-issue that corrected it says; one query."""
    rows = Reissue.objects.filter(grant__in=[one.pk for one in grants]).exclude(name="").order_by("pk")
    return {one.grant_id: Printed(one.name, one.detail) for one in rows}
