"""What clusters, seasons, members, timetables and quotas say, made fit to keep or refused at the field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from clusters.models import Cluster, CriteriaSet, Member, Season
from clusters.running.timetable import StepData
from core.errors import AppError, UnfitField, UnfitRow
from core.text import clean_line, clean_lines
from units.models import Person

NAME, REASON, AWARD, TIME = 300, 300, 200, 300
MOST_MEMBERS, MOST_STEPS, MOST_QUOTAS = 400, 100, 20
FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_EXPLAIN_DAYS = 60
_QUOTA = re.compile(r"(?P<count>\d{1,3})\s+(?P<award>\S.*)")


@dataclass(frozen=True, slots=True)
class ClusterValues:
    name: str
    kind: str = Cluster.Kind.CLUSTER
    reviewer: Person | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Rules of a season, its criteria among them."""

    criteria: CriteriaSet | None = None
    has_cross: bool = True
    has_head: bool = True
    late_from: str = Season.LateFrom.RECEIVED
    late_in: str = Season.LateIn.CALENDAR
    explain_days: int = 5
    shows: str = Season.Shows.TOTALS


@dataclass(frozen=True, slots=True)
class QuotaData:
    award: str
    count: int


@dataclass(frozen=True, slots=True)
class MemberData:
    """``pk`` None: a new one, at most one of ``unit`` and ``part`` said."""

    name: str
    role: str = Member.Role.MEMBER
    is_excluded: bool = False
    exclusion_reason: str = ""
    barred_reason: str = ""
    pk: int | None = None
    unit: int | None = None
    part: int | None = None


def cleaned_cluster(values: ClusterValues, unit_id: int) -> ClusterValues:
    values = replace(values, name=_line("name", values.name, NAME))
    if not values.name:
        raise UnfitField("name", "Ghi tên cụm, khối thi đua.")
    if values.reviewer is not None and values.reviewer.unit_id != unit_id:
        raise UnfitField("reviewer", "Chọn người của đơn vị tổ chức.")
    return values


def checked_year(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnfitField("year", f"Năm từ {FIRST_YEAR} đến {LAST_YEAR}.")
    return year


def cleaned_members(rows: Sequence[MemberData], words: str) -> list[MemberData]:
    """``words``: «Trưởng cụm» or «Trưởng khối». Raise ``UnfitRow``."""
    _refuse_too_many(rows, MOST_MEMBERS)
    cleaned = [_cleaned_member(position, row) for position, row in enumerate(rows)]
    seen: set[str] = set()
    for position, row in enumerate(cleaned):
        if row.name.casefold() in seen:
            raise UnfitRow(position, "name", f"«{row.name}» đã có trong danh sách.")
        seen.add(row.name.casefold())
    heads = [position for position, row in enumerate(cleaned) if row.role == Member.Role.HEAD]
    if len(heads) > 1:
        raise UnfitRow(heads[1], "role", f"Chỉ có một {words}; hãy chọn lại vai trò.")
    return cleaned


def _cleaned_member(position: int, row: MemberData) -> MemberData:
    try:
        row = replace(
            row,
            name=_line("name", row.name, NAME),
            exclusion_reason=_line("exclusion_reason", row.exclusion_reason, REASON),
            barred_reason=_line("barred_reason", row.barred_reason, REASON),
        )
    except UnfitField as error:
        raise UnfitRow(position, error.field, str(error)) from None
    if not row.name:
        raise UnfitRow(position, "name", "Ghi tên đơn vị thành viên.")
    if row.is_excluded and not row.exclusion_reason:
        raise UnfitRow(position, "exclusion_reason", "Ghi lý do không xếp hạng đơn vị này.")
    return row if row.is_excluded else replace(row, exclusion_reason="")


def cleaned_steps(rows: Sequence[StepData], year: int) -> list[StepData]:
    """Raise ``UnfitRow``."""
    _refuse_too_many(rows, MOST_STEPS)
    return [_cleaned_step(position, row, year) for position, row in enumerate(rows)]


def _cleaned_step(position: int, row: StepData, year: int) -> StepData:
    try:
        row = replace(
            row,
            text=clean_lines(row.text, limit=5_000, name="Nội dung").strip(),
            time_text=_line("time_text", row.time_text, TIME),
        )
    except AppError as error:
        raise UnfitRow(position, getattr(error, "field", "text"), str(error)) from None
    if not row.text:
        raise UnfitRow(position, "text", "Ghi nội dung việc.")
    for name in ("start", "due", "done_on"):
        day = getattr(row, name)
        if day and abs(day.year - year) > 1:
            raise UnfitRow(position, name, f"Năm {day.year} cách xa năm thi đua {year}; hãy xem lại ngày.")
    if row.start and row.due and row.due < row.start:
        raise UnfitRow(position, "due", f"Hạn trước ngày bắt đầu {row.start:%d/%m/%Y}.")
    if row.asks_members and row.due is None:
        raise UnfitRow(position, "due", "Việc từng đơn vị phải gửi thì ghi hạn, để tính ngày chậm.")
    return row


def read_quotas(text: str) -> list[QuotaData]:
    """«02 Cờ thi đua, 01 Bằng khen», or one a line. Raise ``UnfitField`` for ``quotas``."""
    found: list[QuotaData] = []
    for piece in (one.strip(" .;") for one in re.split(r"[\n;]|,(?=\s*\d)", text)):
        if not piece:
            continue
        match = _QUOTA.fullmatch(" ".join(piece.split()))
        if match is None or not int(match["count"]):
            raise UnfitField("quotas", f"«{piece}»: ghi số lượng rồi đến hình thức, ví dụ 02 Cờ thi đua.")
        found.append(QuotaData(_line("quotas", match["award"], AWARD), int(match["count"])))
    if len(found) > MOST_QUOTAS:
        raise UnfitField("quotas", f"Nhiều nhất {MOST_QUOTAS} hình thức.")
    if len({one.award.casefold() for one in found}) < len(found):
        raise UnfitField("quotas", "Mỗi hình thức ghi một lần, cộng số lượng lại.")
    return found


def quotas_in_words(quotas: Sequence[Any]) -> str:
    return ", ".join(f"{quota.count:02} {quota.award}" for quota in quotas)


def checked_settings(values: Settings, season: Season) -> Settings:
    if values.explain_days > MOST_EXPLAIN_DAYS:
        raise UnfitField("explain_days", f"Nhiều nhất {MOST_EXPLAIN_DAYS} ngày làm việc.")
    chosen = values.criteria
    if chosen is None or chosen.pk == season.criteria_id:
        return values
    if chosen.state != "published":
        raise UnfitField("criteria", "Chọn bộ tiêu chí đã ban hành.")
    if chosen.unit_id != season.cluster.unit_id or chosen.cluster_id not in (None, season.cluster_id):
        raise UnfitField("criteria", "Chọn bộ tiêu chí của đơn vị tổ chức, dùng chung hoặc riêng cho cụm này.")
    return values


def cleaned_line(name: str, value: str, limit: int) -> str:
    return _line(name, value, limit)


def cleaned_text(name: str, value: str, limit: int = 5_000) -> str:
    try:
        return clean_lines(value, limit=limit).strip()
    except AppError as error:
        raise UnfitField(name, str(error)) from None


def checked_day(name: str, day: dt.date, today: dt.date) -> dt.date:
    if day > today:
        raise UnfitField(name, f"Ngày {day:%d/%m/%Y} chưa đến; việc xong rồi hãy ghi.")
    return day


def _line(name: str, value: str, limit: int) -> str:
    try:
        return clean_line(" ".join(value.split()), limit=limit)
    except AppError as error:
        raise UnfitField(name, str(error)) from None


def _refuse_too_many(rows: Sequence[Any], most: int) -> None:
    if len(rows) > most:
        raise UnfitRow(most, "", f"Nhiều nhất {most} dòng; hãy bớt dòng.")
