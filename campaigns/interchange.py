"""The part ``campaign`` of ``tdkt-plan/1`` as plain values, and back. Knows no database.

What rows could not give back to the letter (a field that nobody knows, a figure with seven decimals) is not
squeezed into them: ``read`` answers None, and the part stays verbatim with its plan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

_MOST_ROWS = 1000
_LONGEST_NAME, _LONGEST_MEASURE = 300, 80
_DECIMALS, _WHOLE_DIGITS = 6, 14
_COMPARISONS = frozenset(["=", ">=", ">", "<=", "<", "range"])


@dataclass(frozen=True, slots=True)
class WaveData:
    name: str
    start: dt.date | None
    end: dt.date | None
    as_printed: str
    review_by: dt.date | None


@dataclass(frozen=True, slots=True)
class TargetData:
    text: str
    comparison: str
    low: Decimal | None
    high: Decimal | None
    measure: str
    direction: str


@dataclass(frozen=True, slots=True)
class CampaignData:
    theme: str
    waves: tuple[WaveData, ...]
    movements: tuple[str, ...]
    targets: tuple[TargetData, ...]


def read(content: Any) -> CampaignData | None:
    """None where the values would not give back exactly ``content``."""
    try:
        data = CampaignData(
            theme=_text(content["theme"]),
            waves=tuple(_wave(wave) for wave in _rows(content["waves"])),
            movements=tuple(_text(name) for name in _rows(content["thematic"])),
            targets=tuple(_target(target) for target in _rows(content["targets"])),
        )
    except (KeyError, TypeError, ValueError, InvalidOperation):
        return None
    return data if write(data) == content else None


def write(data: CampaignData) -> dict[str, Any]:
    return {
        "theme": data.theme,
        "waves": [
            {
                "name": wave.name,
                "start": wave.start.isoformat() if wave.start else None,
                "end": wave.end.isoformat() if wave.end else None,
                "as_printed": wave.as_printed,
                "review_by": wave.review_by.isoformat() if wave.review_by else None,
            }
            for wave in data.waves
        ],
        "thematic": list(data.movements),
        "targets": [_target_json(target) for target in data.targets],
    }


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
    )


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
        _text(row["text"]), comparison, low, high, _text(row.get("unit", ""), _LONGEST_MEASURE), direction
    )


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
    return found


def _plain(figure: Decimal | None) -> int | float | None:
    if figure is None:
        return None
    return int(figure) if figure == figure.to_integral_value() else float(figure)
