"""What is said of a figure against its aim: one meaning and one word for pages, charts and reports. Pure."""

from __future__ import annotations

import enum

from campaigns.measuring import Pace, is_reached
from campaigns.results.standing import Figure, Measured


class Status(enum.StrEnum):
    REACHED = "reached"
    KEPT = "kept"
    """Of a limit (không quá) before the time is over: not gone beyond so far."""
    AHEAD = "ahead"
    ON_TIME = "on_time"
    BEHIND = "behind"
    IN_PROGRESS = "in_progress"
    """There is a figure, and time does not measure it: a percentage, a state kept through the year."""
    NOT_REACHED = "not_reached"
    """The time is over, or a count went beyond a limit and cannot come back."""
    PARTIAL = "partial"
    """A sum that lacks some of the parts: nothing is said of how far it is."""
    NO_AIM = "no_aim"
    NO_DATA = "no_data"


WORDS = {
    Status.REACHED: "đạt",
    Status.KEPT: "trong mức giao",
    Status.AHEAD: "vượt tiến độ",
    Status.ON_TIME: "đúng tiến độ",
    Status.BEHIND: "chậm tiến độ",
    Status.IN_PROGRESS: "đang thực hiện",
    Status.NOT_REACHED: "chưa đạt",
    Status.PARTIAL: "chưa đủ số liệu",
    Status.NO_AIM: "không có số giao",
    Status.NO_DATA: "chưa có số liệu",
}
WEAK = (Status.BEHIND, Status.NOT_REACHED)
_PACES = {Pace.AHEAD: Status.AHEAD, Pace.ON_TIME: Status.ON_TIME, Pace.BEHIND: Status.BEHIND}


def status_of(one: Measured) -> Status:
    """What parts have not reported can still reach a target, and can still break a limit."""
    aim, value = one.aim, one.value
    if value is None:
        return Status.NO_DATA
    if aim.low is None:
        return Status.NO_AIM
    fits, is_over = bool(is_reached(aim, value)), (one.elapsed or 0.0) >= 1
    if fits == aim.is_limit and isinstance(one, Figure) and one.is_partial:
        return Status.PARTIAL
    if fits:
        return Status.KEPT if aim.is_limit and not is_over else Status.REACHED
    if is_over or (aim.is_limit and aim.grows):
        return Status.NOT_REACHED
    return _PACES.get(one.pace, Status.IN_PROGRESS)


def words_of(status: Status) -> str:
    """Where it stands alone: «Đạt», «Chậm tiến độ»."""
    return WORDS[status].capitalize()
