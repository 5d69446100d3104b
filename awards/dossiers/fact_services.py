"""What is known of a subject by year: one act a fact, each on record.

Discipline and open cases are on record without their words: a history is read by more people than may know of them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from awards.models import Headcount, Impediment, Nominee, Rating, Round, Subject
from core import audit
from core.errors import UnfitField
from core.states import EditedMeanwhile
from core.text import clean_line, refuse_markup

FIRST_YEAR = 1945
_SOURCE = 300
_COUNTS = ("total", "ldtt", "cstdcs", "completed", "warned_or_worse")
_COUNT_WORDS = {
    "total": "số người",
    "ldtt": "Lao động tiên tiến",
    "cstdcs": "Chiến sĩ thi đua cơ sở",
    "completed": "hoàn thành nhiệm vụ",
    "women": "nữ",
}


@dataclass(frozen=True, slots=True)
class RatingData:
    year: int
    level: str
    """Blank: there is none; what was entered is taken out."""
    is_expected: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class CountData:
    year: int
    total: int
    ldtt: int = 0
    cstdcs: int = 0
    completed: int = 0
    warned_or_worse: int = 0
    women: int | None = None


@dataclass(frozen=True, slots=True)
class ImpedimentData:
    kind: str
    level: str
    start: dt.date
    end: dt.date | None = None
    source: str = ""


# -- Ratings -----------------------------------------------------------------------------


@transaction.atomic
def set_rating(subject: Subject, *, actor: Any, data: RatingData) -> None:
    """Raise ``UnfitField``."""
    year = _year(data.year)
    old = Rating.objects.filter(subject=subject, year=year).first()
    before = _in_words(old)
    if not data.level:
        if old is None:
            return
        old.delete()
        _tell("awards.rating.removed", subject, actor, f"Xếp loại năm {year}", before, "")
        return
    if data.level not in Rating.Level.values:
        raise UnfitField("level", "Chọn một mức xếp loại trong danh sách.")
    source = _line(data.source, "source", "Theo văn bản")
    row, _ = Rating.objects.update_or_create(
        subject=subject,
        year=year,
        defaults={"level": data.level, "is_expected": data.is_expected, "source": source, "by": actor},
    )
    _tell("awards.rating.set", subject, actor, f"Xếp loại năm {year}", before, _in_words(row))


@transaction.atomic
def confirm_rating(subject: Subject, *, actor: Any, year: int, source: str) -> None:
    """A rating that was only expected has become final, by the paper that says so."""
    named = _line(source, "source", "Theo văn bản")
    if not named:
        raise UnfitField("source", "Ghi văn bản xếp loại, ví dụ: Thông báo số 15/TB-UBND ngày 5/12/2026.")
    changed = Rating.objects.filter(subject=subject, year=year, is_expected=True).update(
        is_expected=False, source=named, by=actor, at=timezone.now()
    )
    if not changed:
        raise EditedMeanwhile
    _tell("awards.rating.confirmed", subject, actor, f"Xếp loại năm {year}", "dự kiến", f"chính thức, {named}")


def _in_words(row: Rating | None) -> str:
    if row is None:
        return ""
    expected = " (dự kiến)" if row.is_expected else ""
    return f"{row.get_level_display()}{expected}{f', {row.source}' if row.source else ''}"


# -- A collective's numbers, leave ----------------------------------------------------------


@transaction.atomic
def set_headcount(subject: Subject, *, actor: Any, data: CountData) -> None:
    """Raise ``UnfitField``."""
    year = _year(data.year)
    values = {name: getattr(data, name) for name in (*_COUNTS, "women")}
    if data.total == 0:
        raise UnfitField("total", "Ghi số người của tập thể, ít nhất 1.")
    for name in (*_COUNTS[1:], "women"):
        if (getattr(data, name) or 0) > data.total:
            raise UnfitField(name, f"Không thể nhiều hơn {data.total} người của tập thể.")
    old = Headcount.objects.filter(subject=subject, year=year).first()
    before = {name: getattr(old, name) for name in values} if old else {}
    Headcount.objects.update_or_create(subject=subject, year=year, defaults=values | {"by": actor})
    changes = audit.differences(before, values)
    hidden = changes.pop("warned_or_worse", None)
    if hidden is not None and any(hidden):
        audit.record("awards.impediment.changed", subject, actor=actor, unit_id=subject.unit_id)
    if changes:
        told = {f"Năm {year}, {_COUNT_WORDS[name]}": change for name, change in changes.items()}
        audit.record("awards.headcount.set", subject, actor=actor, unit_id=subject.unit_id, changes=told)


@transaction.atomic
def set_maternity(subject: Subject, *, actor: Any, year: int, is_on: bool) -> None:
    """A year of leave is no gap (NĐ 152/2025, Điều 4 khoản 5)."""
    year = _year(year)
    row = Subject.objects.select_for_update().get(pk=subject.pk)
    before = sorted(row.maternity_years)
    after = sorted({*before, year} if is_on else {*before} - {year})
    if before == after:
        return
    row.maternity_years = after
    row.save(update_fields=["maternity_years"])
    subject.maternity_years = after
    audit.record(
        "awards.subject.changed",
        subject,
        actor=actor,
        unit_id=subject.unit_id,
        changes={"maternity_years": (before, after)},
    )


# -- Discipline and open cases -----------------------------------------------------------------


@transaction.atomic
def add_impediment(subject: Subject, *, actor: Any, data: ImpedimentData) -> Impediment:
    """Raise ``UnfitField``."""
    row = Impediment.objects.create(subject=subject, by=actor, **_impediment(data))
    audit.record("awards.impediment.added", subject, actor=actor, unit_id=subject.unit_id)
    return row


@transaction.atomic
def change_impediment(row: Impediment, *, actor: Any, data: ImpedimentData) -> None:
    Impediment.objects.filter(pk=row.pk).update(**_impediment(data), by=actor)
    audit.record("awards.impediment.changed", row.subject, actor=actor, unit_id=row.subject.unit_id)


@transaction.atomic
def remove_impediment(row: Impediment, *, actor: Any) -> None:
    """Entered by mistake; one that is over gets its last day instead."""
    subject = row.subject
    row.delete()
    audit.record("awards.impediment.removed", subject, actor=actor, unit_id=subject.unit_id)


def _impediment(data: ImpedimentData) -> dict[str, Any]:
    level = _line(data.level, "level", "Hình thức, nội dung", 120)
    if not level:
        raise UnfitField("level", "Ghi hình thức kỷ luật hoặc nội dung vụ việc.")
    if data.end and data.end < data.start:
        raise UnfitField("end", "Ngày hết hiệu lực không thể trước ngày bắt đầu.")
    source = _line(data.source, "source", "Cơ quan xác nhận, văn bản")
    return {"kind": data.kind, "level": level, "start": data.start, "end": data.end, "source": source}


@transaction.atomic
def record_view(thing: Nominee | Round, *, actor: Any, names: list[str] | None = None) -> None:
    """Somebody was shown discipline or open cases: who, when, of whom."""
    unit_id = thing.unit_id if isinstance(thing, Round) else thing.round.unit_id
    changes = {"Của": ("", ", ".join(names)[:1_000])} if names else None
    audit.record("awards.impediments.viewed", thing, actor=actor, unit_id=unit_id, changes=changes)


# -- ----------------------------------------------------------------------------------------


def _year(year: int) -> int:
    if not FIRST_YEAR <= year <= timezone.localdate().year + 1:
        raise UnfitField("year", "Ghi năm bằng bốn chữ số, ví dụ 2026.")
    return year


def _line(text: str, field: str, name: str, limit: int = _SOURCE) -> str:
    line = " ".join(text.split())
    if len(line) > limit:
        raise UnfitField(field, f"{name} dài quá {limit} ký tự.")
    return refuse_markup(clean_line(line, limit=limit, name=name))


def _tell(code: str, subject: Subject, actor: Any, what: str, before: str, after: str) -> None:
    if before != after:
        audit.record(code, subject, actor=actor, unit_id=subject.unit_id, changes={what: (before, after)})
