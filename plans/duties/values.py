"""What a duty says, as plain values, made fit to keep or refused with the name of the field."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field, replace

from django.utils import timezone

from core.errors import UnfitField
from plans import cleaning
from plans.duties.proposing import PaperHead, due_of
from plans.models import Duty
from units.models import Person, Unit

_LONGEST = 300
_FIRST_YEAR, _YEARS_AHEAD = 2000, 30


@dataclass(frozen=True, slots=True)
class DutyData:
    what: str
    time_text: str = ""
    due: dt.date | None = None
    recurrence: str = ""
    send: str = ""
    to: str = ""
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    note: str = ""
    follower: Person | None = None
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    """Given by the page, so that sending it twice makes it once."""


def cleaned(data: DutyData, unit: Unit, head: PaperHead | None = None) -> DutyData:
    """Raise ``UnfitField``. A day left blank is read from the time words, as ``head``'s paper means them."""
    if data.recurrence not in Duty.Recurrence.values:
        raise UnfitField("recurrence", "Chưa chọn việc này lặp lại thế nào.")
    time_text = cleaning.task_value("time_text", data.time_text)
    today = timezone.localdate()
    due = data.due or due_of(time_text, data.recurrence, head or PaperHead(), today)
    _refuse_day(due, unit, today)
    if data.recurrence and due is None:
        raise UnfitField("due", "Việc lặp lại cần có hạn của kỳ này.")
    if data.follower is not None and data.follower.unit_id != unit.pk:
        raise UnfitField("follower", "Chọn người của đơn vị.")
    return replace(
        data,
        what=cleaning.task_value("content", data.what),
        time_text=time_text,
        due=due,
        send=cleaning.line("send", data.send, _LONGEST),
        to=cleaning.line("to", data.to, _LONGEST),
        lead=cleaning.names("lead", data.lead),
        support=cleaning.names("support", data.support),
        note=cleaning.task_value("note", data.note),
    )


def _refuse_day(due: dt.date | None, unit: Unit, today: dt.date) -> None:
    if due is None:
        return
    if not _FIRST_YEAR <= due.year <= today.year + _YEARS_AHEAD:
        raise UnfitField("due", f"Năm {due.year} xa quá; hãy xem lại hạn.")
    if unit.valid_from and due < unit.valid_from:
        raise UnfitField("due", f"Hạn này trước ngày {unit} được thành lập ({unit.valid_from:%d/%m/%Y}).")
