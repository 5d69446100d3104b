"""Công văn «V/v đôn đốc gửi …»: a draft to those who are missing, for the document system; kept nowhere.

Number and day stay blank. What stands before and after the table are the unit's own words (``reminders.wording``).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from core.text import fold
from documents import tree
from documents.dates import PartialDate
from documents.kinds import LETTER
from documents.models import IssuedPaper
from reminders import wording
from reminders.asking.presenters import AskRow
from reminders.asking.zalo import asker
from reminders.lateness import days_late
from reminders.models import Request
from units.models import Issuer, Part, Unit
from units.naming import ordinary_case

OPENING, CLOSING = "letter_opening", "letter_closing"
DAYS_GIVEN = 3
"""Working days until the day that the letter proposes."""
ARCHIVE = "VT"
_FIELD = "TĐKT"
"""The field in the symbol of a letter, where the office has issued none yet."""
_MOST_NAMED = 6
"""Addressees on lines of their own; more are named by the table alone."""
_HEADS = ("Hội đồng", "Ban Chỉ đạo", "Văn phòng", "Phòng", "Sở", "Ban", "Trung tâm", "Chi cục")
_ACRONYMS = re.compile(r"\b(?:hđnd|ubnd|tđkt|mttq)\b")
_SEND = re.compile(r"^(?:gửi|nộp)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person at the screen decides."""

    issuer: Issuer
    symbol: str
    new_due: dt.date


def compose_letter(
    request: Request, *, rows: Sequence[AskRow], choice: Choice, texts: dict[str, str], on: dt.date
) -> tree.Paper:
    """``rows``: of all that were asked; ``texts``: opening and closing, still with their place-holders."""
    missing = [row for row in rows if row.is_missing]
    values = _values(request, rows, choice, on)
    issuer = choice.issuer
    what = what_is_asked(request)
    return tree.Paper(
        header=tree.Header(
            issuer=issuer.lines,
            superior=issuer.superior,
            symbol=choice.symbol,
            place=issuer.place,
            date=PartialDate(on.year, on.month),
            about=f"V/v đôn đốc gửi {what}",
        ),
        title="",
        subject="",
        addressees=_addressees(missing),
        preamble=(),
        body=(
            *_paragraphs(wording.fill(OPENING, texts[OPENING], values)),
            _table(request, missing, on),
            *_paragraphs(wording.fill(CLOSING, texts[CLOSING], values)),
        ),
        recipients=tree.Recipients(("Như trên",), ARCHIVE),
        signature=tree.Signature(tuple(issuer.signature_lines.split("\n")), post=issuer.signature_post),
    )


def symbol_of(issuer: Issuer) -> str:
    """As on the newest letter of the office; else its own symbol and the field."""
    letters = IssuedPaper.objects.filter(issuer=issuer, kind=LETTER).order_by("-date", "-pk")
    if known := letters.values_list("symbol", flat=True).first():
        return str(known)
    return issuer.symbol if not issuer.symbol or _FIELD in issuer.symbol else f"{issuer.symbol}-{_FIELD}"


def what_is_asked(request: Request) -> str:
    """«danh sách đề nghị khen thưởng», as it goes on after «gửi»; capitals of names and short forms stay."""
    what = _SEND.sub("", request.title).rstrip(" .;")
    is_name = len(what) > 1 and (what[1].isupper() or what[:1].isdecimal())
    return what if is_name else f"{what[:1].lower()}{what[1:]}"


def in_words(issuer: Issuer) -> str:
    """The office in running text: «Ủy ban nhân dân xã An Hòa», «Phòng Văn hóa - Xã hội»."""
    if issuer.part:
        return issuer.part.name
    if issuer.name == f"ỦY BAN NHÂN DÂN {str(issuer.unit).upper()}":
        return f"Ủy ban nhân dân {issuer.unit}"
    name = _ACRONYMS.sub(lambda found: found[0].upper(), ordinary_case(issuer.name))
    name = name.replace(" - xã Hội", " - xã hội")  # no commune of that name
    head = next((head for head in _HEADS if fold(name).startswith(f"{fold(head)} ")), "")
    rest = name[len(head) :].strip()
    parts = [f"{part[:1].upper()}{part[1:]}" for part in rest.split(" - ")]
    return f"{head} {' - '.join(parts)}" if head else name


# -- Words -----------------------------------------------------------------------------------


def _values(request: Request, rows: Sequence[AskRow], choice: Choice, on: dt.date) -> dict[str, str]:
    missing = sum(row.is_missing for row in rows)
    return {
        "co_quan": in_words(choice.issuer),
        "don_vi": str(request.unit),
        "van_ban": _asked_by(request),
        "viec": what_is_asked(request),
        "han": f"{request.due:%d/%m/%Y}",
        "han_moi": f"{choice.new_due:%d/%m/%Y}",
        "ngay": f"{on:%d/%m/%Y}",
        "tong_so": str(len(rows)),
        "so_da_gui": str(len(rows) - missing),
        "so_chua_gui": str(missing),
        "nguoi_gui": asker(request),
    }


def _asked_by(request: Request) -> str:
    paper = request.paper
    if paper is None:
        return f"yêu cầu ngày {timezone.localtime(request.at):%d/%m/%Y}"
    return f"{paper.kind} số {paper.full_number} ngày {paper.date:%d/%m/%Y}"


def _paragraphs(text: str) -> tuple[tree.Paragraph, ...]:
    return tuple(tree.Paragraph(line.strip()) for line in text.split("\n") if line.strip())


def _addressees(missing: Sequence[AskRow]) -> tuple[str, ...]:
    if len(missing) <= _MOST_NAMED:
        return tuple(_formal(row) for row in missing)
    return (f"{_group(missing)} có tên trong danh sách dưới đây",)


def _group(missing: Sequence[AskRow]) -> str:
    kinds = {row.ask.part.kind if row.ask.part else "" for row in missing}
    if kinds == {""}:
        levels = {row.ask.lower.kind for row in missing if row.ask.lower}
        return "Ủy ban nhân dân các xã, phường" if levels == {Unit.Kind.COMMUNE} else "Ủy ban nhân dân các đơn vị"
    words = {Part.Kind.VILLAGE: f"Các {missing[0].ask.request.unit.village_word}", Part.Kind.SCHOOL: "Các trường"}
    return words.get(Part.Kind(kinds.pop()), "Các đơn vị") if len(kinds) == 1 else "Các đơn vị"


def _formal(row: AskRow) -> str:
    return f"Ủy ban nhân dân {row.ask.lower}" if row.ask.lower else str(row.ask)


def _table(request: Request, missing: Sequence[AskRow], on: dt.date) -> tree.Table:
    late = days_late(request.due, on)
    columns = (
        tree.Column("TT", 0.07, "center"),
        tree.Column("Đơn vị", 0.37),
        tree.Column("Tình trạng", 0.34),
        tree.Column("Quá hạn", 0.22, "center"),
    )
    rows = [
        tree.Row(((str(number),), (_formal(row),), (_state(row),), (_late_words(late),)))
        for number, row in enumerate(missing, start=1)
    ]
    return tree.Table(columns, tuple(rows))


def _state(row: AskRow) -> str:
    if row.is_returned and row.answer:
        return f"Đã gửi, được trả lại: {row.answer.return_reason.rstrip('.')}; chưa gửi lại"
    return "Chưa gửi"


def _late_words(late: int) -> str:
    return f"{late} ngày" if late else "Chưa đến hạn"
