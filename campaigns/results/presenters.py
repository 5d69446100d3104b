"""How a figure against its target is told: word and shape, never a colour alone; a forecast as one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from campaigns.figures import show_figure
from campaigns.measuring import Pace, is_reached
from campaigns.results.standing import Figure, Measured
from campaigns.wording import with_measure


@dataclass(frozen=True, slots=True)
class Shown:
    """For the state tag: ``look`` is a key of ``core.templatetags.tdkt.STATES``."""

    look: str
    word: str
    note: str = ""


_PACES = {
    Pace.NO_DATA: Shown("undated", "Chưa có số liệu"),
    Pace.REACHED: Shown("done", "Đạt chỉ tiêu"),
    Pace.AHEAD: Shown("in_progress", "Vượt tiến độ"),
    Pace.ON_TIME: Shown("in_progress", "Đúng tiến độ"),
    Pace.BEHIND: Shown("overdue", "Chậm tiến độ"),
    Pace.UNKNOWN: Shown("not_due", "Đang thực hiện"),
}


def shown_pace(one: Measured) -> Shown:
    if isinstance(one, Figure) and one.is_partial and one.pace is Pace.UNKNOWN:
        return Shown("not_due", "Mới có một phần")
    if one.pace is Pace.BEHIND and one.elapsed is not None and one.elapsed >= 1:
        return Shown("overdue", "Chưa đạt")
    if one.pace is Pace.UNKNOWN and one.aim.low is None:
        return Shown("not_due", "Có số liệu")
    if one.pace is Pace.UNKNOWN and one.aim.is_limit and one.value is not None and is_reached(one.aim, one.value):
        return Shown("not_due", "Trong mức")
    return _PACES[one.pace]


def percent_in_words(percent: Decimal | None) -> str:
    """«97,9 %»; empty where there is none."""
    return f"{show_figure(percent)} %" if percent is not None else ""


def forecast_in_words(one: Measured, measure: str) -> str:
    """Said to be one: «ước cả thời gian: 2.400 tấn, nếu giữ mức này»."""
    if one.forecast is None:
        return ""
    return f"ước đến cuối: {with_measure(one.forecast, measure)}, nếu giữ mức như đến nay"


def parts_in_words(figure: Figure, measure: str) -> str:
    """«28/28 thôn, cộng 2.300 tấn»; empty where no part has reported."""
    if figure.parts is None:
        return ""
    total = f", cộng {with_measure(figure.parts.total, measure)}" if figure.parts.total is not None else ""
    return f"{figure.parts} đã có số{total}"
