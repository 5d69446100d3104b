"""Writes: how a unit and a person want to be reminded. What is set back to the default loses its row.

Each act waits for the unit's turn in the audit log first, so that two people at once stand in one line.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core import audit
from core.errors import UnfitField
from core.text import clean_line, refuse_markup
from reminders import wording
from reminders.calendars import workdays_of
from reminders.deadlines import Collector
from reminders.ladder import DEFAULT, FARTHEST, Rungs
from reminders.models import DayOff, Ladder, Preference, UnitSettings, Wording
from reminders.quiet import is_quiet
from reminders.settings_words import ladder_words
from units.models import Person, Unit

MOST_RUNGS = 10
RAREST = 30
"""Working days between two reminders of what is late at most."""
LONGEST_RANGE = 92
"""Days that one line of own days may span."""
_OFFICE_HOURS = [dt.time(hour) for hour in range(9, 17)]


# -- When and whom ---------------------------------------------------------------------


@transaction.atomic
def set_quiet_hours(unit: Unit, *, actor: Any, quiet_from: dt.time, quiet_to: dt.time) -> None:
    """Equal ends: there are none."""
    if all(is_quiet(hour, quiet_from, quiet_to) for hour in _OFFICE_HOURS):
        raise UnfitField(
            "quiet_to",
            "Khoảng này phủ hết giờ làm việc nên không lúc nào nhắc được; hãy ghi từ buổi tối đến sáng hôm sau.",
        )
    _set(unit, "reminders.settings.hours", actor, quiet_from=quiet_from, quiet_to=quiet_to)


@transaction.atomic
def set_leader_weekly(unit: Unit, *, actor: Any, is_on: bool) -> None:
    _set(unit, "reminders.settings.weekly", actor, leader_weekly=is_on)


def _set(unit: Unit, code: str, actor: Any, **fields: Any) -> None:
    """Only these fields: what somebody sets on another page meanwhile stays."""
    audit.wait_for_turn(unit.pk)
    settings = UnitSettings.objects.filter(unit=unit).first() or UnitSettings(unit=unit)
    changes = audit.differences({name: getattr(settings, name) for name in fields}, fields)
    if changes:
        UnitSettings.objects.update_or_create(unit=unit, defaults=fields)
        _record(code, unit, actor, {name: (_shown(old), _shown(new)) for name, (old, new) in changes.items()})


# -- Ladders ---------------------------------------------------------------------------


@transaction.atomic
def set_ladder(unit: Unit, kind: Collector, *, actor: Any, rungs: Rungs) -> None:
    """The program's own ladder is kept as no row, so that a better default reaches the unit."""
    check_rungs(rungs)
    audit.wait_for_turn(unit.pk)
    row = Ladder.objects.filter(unit=unit, kind=kind.kind).first()
    old = rungs_of(row)
    if old == rungs:
        return
    if rungs == DEFAULT and row:
        row.delete()
    else:
        fields = {"before": list(rungs.before), "on_the_day": rungs.on_the_day, "every": rungs.every}
        Ladder.objects.update_or_create(unit=unit, kind=kind.kind, defaults=fields)
    words = (f"{kind.label}: {ladder_words(old)}", f"{kind.label}: {ladder_words(rungs)}")
    _record("reminders.settings.ladder", unit, actor, {"reminder_ladder": words})


def rungs_of(row: Ladder | None) -> Rungs:
    return Rungs(tuple(row.before), row.on_the_day, row.every) if row else DEFAULT


def check_rungs(rungs: Rungs) -> None:
    """Raise ``UnfitField``."""
    if len(rungs.before) > MOST_RUNGS:
        raise UnfitField("before", f"Chỉ ghi được nhiều nhất {MOST_RUNGS} mốc trước hạn.")
    if not all(0 < rung <= FARTHEST for rung in rungs.before):
        raise UnfitField("before", f"Mỗi mốc trước hạn là một số từ 1 đến {FARTHEST} ngày làm việc.")
    if list(rungs.before) != sorted(set(rungs.before), reverse=True):
        raise UnfitField("before", "Các mốc trước hạn phải khác nhau, mốc xa đứng trước.")
    if not 0 <= rungs.every <= RAREST:
        raise UnfitField("every", f"Ghi một số từ 0 đến {RAREST} ngày làm việc; 0 là không nhắc nữa.")
    if not rungs.before and not rungs.on_the_day and not rungs.every:
        raise UnfitField("before", "Như vậy việc loại này không bao giờ được nhắc; hãy giữ ít nhất một mốc.")


# -- Days ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AddedDays:
    days: list[dt.date]
    already: list[dt.date]
    """Off, or worked, without any line of their own: nothing was to be added."""


@transaction.atomic
def add_days(
    unit: Unit, *, actor: Any, first: dt.date, last: dt.date | None = None, is_working: bool, name: str
) -> AddedDays:
    """Days off, or made-up ones, where that differs from what the unit does anyway."""
    name = refuse_markup(clean_line(name, limit=200, name="Lý do"), name="lý do").strip()
    last = last or first
    if last < first:
        raise UnfitField("last", f"Ngày cuối phải từ ngày {first:%d/%m/%Y} trở đi.")
    if (last - first).days >= LONGEST_RANGE:
        raise UnfitField("last", f"Mỗi lần ghi nhiều nhất {LONGEST_RANGE} ngày; hãy chia thành nhiều lần.")
    audit.wait_for_turn(unit.pk)
    days = workdays_of([unit.pk])[unit.pk]
    wanted = [first + dt.timedelta(days=step) for step in range((last - first).days + 1)]
    new = [day for day in wanted if days.is_working(day) != is_working]
    if taken := [day for day in new if day in days.own]:
        what = "làm bù" if days.own[taken[0]] else "nghỉ"
        raise UnfitField("first", f"Ngày {taken[0]:%d/%m/%Y} đã ghi là {what}; hãy bỏ dòng đó trước.")
    if not new:
        what = "đã là ngày làm việc" if is_working else "đã là ngày nghỉ"
        raise UnfitField("first", f"{_span(first, last)} {what}, không cần ghi thêm.")
    DayOff.objects.bulk_create(DayOff(unit=unit, day=day, is_working=is_working, name=name) for day in new)
    listed = ", ".join(f"{day:%d/%m/%Y}" for day in new)
    said = f"{'làm bù' if is_working else 'nghỉ'} {listed} ({name})"
    _record("reminders.settings.days_added", unit, actor, {"own_days": (None, said)})
    return AddedDays(new, [day for day in wanted if day not in new])


@transaction.atomic
def remove_day(row: DayOff, *, actor: Any) -> None:
    """Removing what a colleague has just removed changes nothing."""
    audit.wait_for_turn(row.unit_id)
    removed, _ = DayOff.objects.filter(pk=row.pk).delete()
    if removed:
        said = f"{'làm bù' if row.is_working else 'nghỉ'} {row.day:%d/%m/%Y} ({row.name})"
        _record("reminders.settings.day_removed", row.unit, actor, {"own_days": (said, None)})


def _span(first: dt.date, last: dt.date) -> str:
    return f"Ngày {first:%d/%m/%Y}" if first == last else f"Mọi ngày từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}"


# -- Words -----------------------------------------------------------------------------


@transaction.atomic
def set_wording(unit: Unit, name: str, *, actor: Any, text: str) -> None:
    """Raise ``wording.UnfitWording``. The program's own text is kept as no row, so that a better one arrives."""
    text = wording.check(name, text)
    default = wording.TEXTS[name].default
    audit.wait_for_turn(unit.pk)
    row = Wording.objects.filter(unit=unit, name=name).first()
    old = row.text if row else default
    if old == text:
        return
    if text == default and row:
        row.delete()
    else:
        Wording.objects.update_or_create(unit=unit, name=name, defaults={"text": text})
    _record("reminders.settings.wording", unit, actor, {name: (old, text)})


# -- One person ------------------------------------------------------------------------


@transaction.atomic
def set_preference(person: Person, *, actor: Any, by_mail: bool) -> None:
    audit.wait_for_turn(person.unit_id)
    row, _ = Preference.objects.get_or_create(person=person)
    if row.by_mail != by_mail:
        Preference.objects.filter(pk=row.pk).update(by_mail=by_mail)
        changes = {"by_mail": (row.by_mail, by_mail)}
        audit.record("reminders.preference.changed", row, actor=actor, unit_id=person.unit_id, changes=changes)


def _record(code: str, unit: Unit, actor: Any, changes: audit.Changes) -> None:
    """Under the unit's settings, whether they have a row or not: their history is one."""
    audit.record(code, UnitSettings(unit=unit), actor=actor, unit_id=unit.pk, changes=changes)


def _shown(value: Any) -> Any:
    return f"{value:%H:%M}" if isinstance(value, dt.time) else value
