"""What a campaign, its waves and its thematic movements say, made fit to keep or refused with the field's name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from campaigns.models import Campaign
from core.errors import UnfitField, UnfitRow
from plans import cleaning
from units.models import Person, Unit

TITLE, THEME, TEXT, NAME, REASON, LEAD = 500, 500, 5_000, 300, 300, 300
MOST_ROWS = 100
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_YEARS_APART = {"year": 1, "school_year": 1, "stage": 10}
"""Between the campaign's year and its days; more is a slip of the finger."""

Level = Campaign.Level
_FROM_THE_TOP = (Level.STATE, Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)


@dataclass(frozen=True, slots=True)
class CampaignValues:
    """The head of a campaign, as a person writes it."""

    title: str
    year: int
    theme: str = ""
    kind: str = Campaign.Kind.REGULAR
    level: str = Level.COMMUNE
    period: str = "year"
    start: dt.date | None = None
    end: dt.date | None = None
    register_by: dt.date | None = None
    scope: str = ""
    rewards: str = ""
    follower: Person | None = None


VALUE_NAMES = tuple(field.name for field in fields(CampaignValues))


def values_of(campaign: Campaign) -> CampaignValues:
    return CampaignValues(**{name: getattr(campaign, name) for name in VALUE_NAMES})


@dataclass(frozen=True, slots=True)
class WaveRow:
    """``pk`` None: a new one."""

    pk: int | None
    name: str
    start: dt.date | None = None
    end: dt.date | None = None
    as_printed: str = ""
    review_by: dt.date | None = None
    occasion: str = ""


@dataclass(frozen=True, slots=True)
class MovementRow:
    pk: int | None
    name: str
    lead: str = ""


def levels_for(unit: Unit, year: int | None = None, *, also: str = "") -> list[Level]:
    """Who may have launched what the unit runs: itself or one above. Districts ended on 30 June 2025."""
    own = Level(unit.kind)
    found = list(_FROM_THE_TOP[: _FROM_THE_TOP.index(own) + 1])
    has_district = unit.parent is not None and unit.parent.kind == Unit.Kind.DISTRICT
    is_past = year is not None and year <= 2025
    if own == Level.COMMUNE and not (has_district or is_past or also == Level.DISTRICT):
        found.remove(Level.DISTRICT)
    return found


def cleaned(values: CampaignValues, unit: Unit) -> CampaignValues:
    """Raise ``UnfitField``."""
    values = replace(
        values,
        title=_line("title", values.title, TITLE),
        theme=_line("theme", values.theme, THEME),
        scope=_lines("scope", values.scope),
        rewards=_lines("rewards", values.rewards),
    )
    if not values.title:
        raise UnfitField("title", "Ghi tên phong trào.")
    if not _FIRST_YEAR <= values.year <= _LAST_YEAR:
        raise UnfitField("year", f"Năm từ {_FIRST_YEAR} đến {_LAST_YEAR}.")
    if values.follower is not None and values.follower.unit_id != unit.pk:
        raise UnfitField("follower", "Chọn người của đơn vị.")
    _refuse_days(values)
    return values


def _refuse_days(values: CampaignValues) -> None:
    apart = _YEARS_APART.get(values.period, 1)
    for name in ("start", "end", "register_by"):
        day = getattr(values, name)
        if day and abs(day.year - values.year) > apart:
            raise UnfitField(name, f"Năm {day.year} cách xa năm của phong trào ({values.year}); hãy xem lại ngày.")
    if values.start and values.end and values.end < values.start:
        raise UnfitField("end", f"Ngày kết thúc trước ngày bắt đầu {values.start:%d/%m/%Y}.")
    if values.register_by and values.end and values.register_by > values.end:
        raise UnfitField("register_by", f"Hạn đăng ký sau ngày kết thúc phong trào {values.end:%d/%m/%Y}.")


def cleaned_waves(rows: Sequence[WaveRow]) -> list[WaveRow]:
    """Wrong days are no reason to refuse (``days.doubts``). Raise ``UnfitRow``."""
    _refuse_too_many(rows)
    return [
        _cleaned(position, row, "Ghi tên đợt.", as_printed=NAME, occasion=NAME) for position, row in enumerate(rows)
    ]


def cleaned_movements(rows: Sequence[MovementRow]) -> list[MovementRow]:
    _refuse_too_many(rows)
    return [_cleaned(position, row, "Ghi tên chuyên đề.", lead=LEAD) for position, row in enumerate(rows)]


def _cleaned(position: int, row: Any, no_name: str, **limits: int) -> Any:
    try:
        texts = {name: _line(name, getattr(row, name), limit) for name, limit in {"name": NAME, **limits}.items()}
    except UnfitField as error:
        raise UnfitRow(position, error.field, str(error)) from None
    if not texts["name"]:
        raise UnfitRow(position, "name", no_name)
    return replace(row, **texts)


def _refuse_too_many(rows: Sequence[Any]) -> None:
    if len(rows) > MOST_ROWS:
        raise UnfitRow(MOST_ROWS, "name", f"Nhiều nhất {MOST_ROWS} dòng; hãy bớt dòng.")


def cleaned_reason(text: str) -> str:
    reason = _line("reason", text, REASON)
    if not reason:
        raise UnfitField("reason", "Ghi lý do không thực hiện phong trào.")
    return reason


def _line(name: str, value: str, limit: int) -> str:
    return cleaning.line(name, " ".join(value.split()), limit)


def _lines(name: str, value: str) -> str:
    text = cleaning.lines(name, value)
    if len(text) > TEXT:
        raise UnfitField(name, f"Dài quá {TEXT} ký tự.")
    return text
