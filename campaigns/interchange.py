"""The part ``campaign`` of ``tdkt-plan/1`` as plain values, and back. Knows no database.

Theme, waves, movements and targets are always there. What a plan's text need not say (where a movement has its lead,
what was reached the year before, until when one registers) stands there only where it is not what ``campaigns.part``
would take from the plan itself.

What rows could not give back to the letter (a field that nobody knows, a figure with seven decimals) is not
squeezed into them: ``read`` answers None, and the part stays verbatim with its plan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

_MOST_ROWS = 1000
_LONGEST_NAME, _LONGEST_MEASURE = 300, 80
_DECIMALS, _WHOLE_DIGITS = 6, 14
Value = TypeVar("Value")
_COMPARISONS = frozenset(["=", ">=", ">", "<=", "<", "range"])


@dataclass(frozen=True, slots=True)
class WaveData:
    name: str
    start: dt.date | None
    end: dt.date | None
    as_printed: str
    review_by: dt.date | None
    occasion: str = ""


@dataclass(frozen=True, slots=True)
class MovementData:
    name: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class TargetData:
    text: str
    comparison: str
    low: Decimal | None
    high: Decimal | None
    measure: str
    direction: str
    baseline: Decimal | None = None
    adds_up: bool | None = None
    """None: as ``adds_up`` takes it from the measure."""
    wave: int | None = None
    """Its number, from 1; None: of the whole period."""
    movement: int | None = None


@dataclass(frozen=True, slots=True)
class CampaignData:
    theme: str
    waves: tuple[WaveData, ...]
    movements: tuple[MovementData, ...]
    targets: tuple[TargetData, ...]
    head: Mapping[str, Any] = field(default_factory=dict)
    """Fields of the campaign that are not what its plan tells of it."""


_HEAD_TEXTS = ("title", "scope", "rewards")
_HEAD_DAYS = ("start", "end", "register_by")
_HEAD_CHOICES = {
    "kind": ("regular", "wave", "thematic", "sudden"),
    "level": ("state", "province", "district", "commune"),
}
HEAD = (*_HEAD_TEXTS, *_HEAD_CHOICES, *_HEAD_DAYS)


def adds_up(measure: str) -> bool:
    """Tonnes, trees, people; not percentages, nor so much a head or a year."""
    return bool(measure) and not measure.startswith(("%", "‰", "điểm")) and "/" not in measure


def read(content: Any) -> CampaignData | None:
    """None where the values would not give back exactly ``content``."""
    try:
        data = CampaignData(
            theme=_text(content["theme"]),
            waves=tuple(_wave(wave) for wave in _rows(content["waves"])),
            movements=tuple(_movement(movement) for movement in _rows(content["thematic"])),
            targets=tuple(_target(target) for target in _rows(content["targets"])),
            head={name: _head(name, content[name]) for name in HEAD if name in content},
        )
        _check_places(data)
    except (KeyError, TypeError, ValueError, InvalidOperation):
        return None
    return data if write(data) == content else None


def write(data: CampaignData) -> dict[str, Any]:
    return {
        "theme": data.theme,
        "waves": [_wave_json(wave) for wave in data.waves],
        "thematic": [{"name": one.name, "lead": one.lead} if one.lead else one.name for one in data.movements],
        "targets": [_target_json(target) for target in data.targets],
        **{name: _iso(value) if name in _HEAD_DAYS else value for name, value in data.head.items()},
    }


def next_years(content: Any) -> Any:
    """The part as a campaign of another year begins with it: what was reached before this one is not its baseline."""
    targets = content.get("targets") if isinstance(content, dict) else None
    if not isinstance(targets, list):
        return content
    rows = [
        {name: value for name, value in row.items() if name != "baseline"} if isinstance(row, dict) else row
        for row in targets
    ]
    return content | {"targets": rows}


def _rows(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > _MOST_ROWS:
        raise ValueError
    return value


def _text(value: Any, longest: int | None = None) -> str:
    if not isinstance(value, str) or "\x00" in value or (longest is not None and len(value) > longest):
        raise ValueError
    return value


def _wave(row: Mapping[str, Any]) -> WaveData:
    return WaveData(
        _text(row["name"], _LONGEST_NAME),
        _day(row["start"]),
        _day(row["end"]),
        _text(row["as_printed"], _LONGEST_NAME),
        _day(row["review_by"]),
        _said(row, "occasion", _LONGEST_NAME),
    )


def _movement(row: Any) -> MovementData:
    if isinstance(row, dict):
        return MovementData(_text(row["name"]), _said(row, "lead", _LONGEST_NAME))
    return MovementData(_text(row))


def _said(row: Mapping[str, Any], name: str, longest: int | None = None) -> str:
    """An optional text: where it is empty it is not there."""
    if name not in row:
        return ""
    if not (text := _text(row[name], longest)):
        raise ValueError
    return text


def _head(name: str, value: Any) -> Any:
    if name in _HEAD_DAYS:
        return _day(value)
    if name in _HEAD_CHOICES and value not in _HEAD_CHOICES[name]:
        raise ValueError
    return _text(value)


def _check_places(data: CampaignData) -> None:
    """Raise ``ValueError`` for a target of a wave or a movement that is not there."""
    for row in data.targets:
        for at, count in ((row.wave, len(data.waves)), (row.movement, len(data.movements))):
            if at is not None and not 1 <= at <= count:
                raise ValueError


def _day(value: Any) -> dt.date | None:
    return None if value is None else dt.date.fromisoformat(value)


def _target(row: Mapping[str, Any]) -> TargetData:
    comparison, low, high = row["op"], _figure(row["low"]), _figure(row.get("high"))
    if comparison not in _COMPARISONS or (comparison == "range") != (high is not None):
        raise ValueError
    if high is not None and (low is None or high < low):
        raise ValueError
    direction = row.get("direction", "")
    if direction not in ("", "down"):
        raise ValueError
    return TargetData(
        _text(row["text"]),
        comparison,
        low,
        high,
        _text(row.get("unit", ""), _LONGEST_MEASURE),
        direction,
        _figure(row.get("baseline")),
        _of_type(bool, row.get("adds_up")),
        _of_type(int, row.get("wave")),
        _of_type(int, row.get("movement")),
    )


def _of_type(kind: type[Value], value: Any) -> Value | None:
    if value is not None and type(value) is not kind:
        raise ValueError
    return value


def _figure(value: Any) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError
    figure = Decimal(str(value))
    exponent = figure.as_tuple().exponent
    if not isinstance(exponent, int) or -exponent > _DECIMALS or abs(figure) >= Decimal(10) ** _WHOLE_DIGITS:
        raise ValueError
    return figure


def _target_json(target: TargetData) -> dict[str, Any]:
    found: dict[str, Any] = {"text": target.text, "op": target.comparison, "low": _plain(target.low)}
    if target.high is not None:
        found["high"] = _plain(target.high)
    if target.measure:
        found["unit"] = target.measure
    if target.direction:
        found["direction"] = target.direction
    if target.baseline is not None:
        found["baseline"] = _plain(target.baseline)
    more = {"wave": target.wave, "movement": target.movement, "adds_up": target.adds_up}
    return found | {name: value for name, value in more.items() if value is not None}


def _wave_json(wave: WaveData) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": wave.name,
        "start": _iso(wave.start),
        "end": _iso(wave.end),
        "as_printed": wave.as_printed,
        "review_by": _iso(wave.review_by),
    }
    return found | ({"occasion": wave.occasion} if wave.occasion else {})


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(figure: Decimal | None) -> int | float | None:
    if figure is None:
        return None
    return int(figure) if figure == figure.to_integral_value() else float(figure)
