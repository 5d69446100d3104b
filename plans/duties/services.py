"""Writes: an incoming paper is kept, what it asks is taken as tasks; duties are added, changed, made once more."""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, BinaryIO

from django.db import transaction

from core import audit
from core.errors import AppError
from core.states import claim_version
from core.text import LINE_LIMIT, as_pasted
from documents.reading.errors import UnreadableFile
from documents.reading.files import read_source
from plans import cleaning
from plans.cleaning import UnfitField
from plans.duties.proposing import PaperHead
from plans.duties.reading import LONGEST, note_read
from plans.duties.recurring import following_day
from plans.duties.values import DutyData, cleaned
from plans.models import Assignment, Duty, Incoming, Progress, Task
from plans.receiving.keeping import keep_to_read
from plans.services.task_rows import assignments_of
from plans.tasks import read_incoming
from units.models import Part, Unit

MOST_PASTED = 200_000
"""Letters, some eighty pages, read in about a second; longer papers come as files."""
_HEAD = ("kind", "number", "issuer", "subject")


class NotToRepeat(AppError):
    message = "Việc này không lặp lại, hoặc kỳ này chưa ghi kết quả, nên chưa tạo được kỳ sau."


# -- The paper ---------------------------------------------------------------------------


def receive_file(content: BinaryIO, *, name: str, unit: Unit, actor: Any) -> Incoming:
    """Keep the file as it came and let a worker read it."""
    return keep_to_read(Incoming, read_incoming, content, name=name, title="Đọc văn bản đến", unit=unit, actor=actor)


@transaction.atomic
def receive_text(text: str, *, unit: Unit, actor: Any) -> Incoming:
    """Pasted text is read at once. Raise ``UnfitField``."""
    if len(text) > MOST_PASTED:
        raise UnfitField("text", "Văn bản dán vào dài quá; hãy chọn tệp của văn bản ấy.")
    try:
        source = read_source(io.BytesIO(as_pasted(text).encode()), "")
    except UnreadableFile as error:
        raise UnfitField("text", str(error)) from None
    incoming = Incoming.objects.create(unit=unit, by=actor)
    audit.record(
        "plans.incoming.received", incoming, actor=actor, unit_id=unit.pk, changes={"letters": (None, len(text))}
    )
    return note_read(incoming, source)


# -- Duties ------------------------------------------------------------------------------


@transaction.atomic
def take_duties(incoming: Incoming, *, actor: Any, head: PaperHead, rows: Sequence[DutyData]) -> list[Task]:
    """The rows as tasks of the unit; those that were taken before stay as they are and are not among the answer.

    Raise ``UnfitField`` for what the page should have refused at its row.
    """
    # The paper's row is where two clicks on one button wait for each other.
    incoming = Incoming.objects.select_for_update(of=("self",)).select_related("unit").get(pk=incoming.pk)
    _change_head(incoming, head, actor)
    there = set(Task.objects.filter(key__in=[row.key for row in rows]).values_list("key", flat=True))
    fresh = {row.key: row for row in rows if row.key not in there}
    excerpts = {one["key"]: one["excerpt"] for one in incoming.proposals}
    parts = _parts_of(incoming.unit)
    return [
        _make(
            cleaned(row, incoming.unit, head),
            incoming.unit,
            parts,
            actor=actor,
            incoming=incoming,
            excerpt=excerpts.get(str(row.key), ""),
        )
        for row in fresh.values()
    ]


@transaction.atomic
def add_duty(unit: Unit, *, actor: Any, data: DutyData) -> Task:
    """A duty that no paper here asks for. The same one sent twice is made once. Raise ``UnfitField``."""
    made = Task.objects.filter(key=data.key, unit=unit).first()
    return made or _make(cleaned(data, unit), unit, _parts_of(unit), actor=actor)


@transaction.atomic
def change_duty(task: Task, *, actor: Any, version: int, data: DutyData) -> Task:
    """``task`` with its ``duty`` and assignments. Raise ``UnfitField``, or ``EditedMeanwhile``."""
    duty = task.duty
    data = cleaned(data, task.unit)
    before, after = _values(data_of(task)), _values(data)
    changes = audit.differences(before, after)
    if not changes:
        return task
    claim_version(duty, version)
    for name, value in _task_fields(data).items():
        setattr(task, name, value)
    task.save(update_fields=[*_task_fields(data)])
    for name, value in _duty_fields(data).items():
        setattr(duty, name, value)
    duty.save(update_fields=[*_duty_fields(data)])
    if {"lead", "support"} & set(changes):
        task.assignments.all().delete()
        _assign(task, data, _parts_of(task.unit))
    audit.record("plans.duty.changed", task, actor=actor, unit_id=task.unit_id, changes=changes)
    return task


@transaction.atomic
def make_next(task: Task, *, actor: Any) -> Task:
    """The same duty one year (or half, quarter, month) later; made once, however often it is asked for.

    Raise ``NotToRepeat`` where it is done once, has no day, or has no result yet.
    """
    task = Task.objects.select_for_update(of=("self",)).select_related("unit", "duty__incoming").get(pk=task.pk)
    duty = task.duty
    following = Task.objects.filter(duty__previous=duty).first()
    if following is not None:
        return following
    due = following_day(task.due, duty.recurrence) if task.due else None
    line = task.newest_line
    if task.due is None or due is None or line is None or line.outcome == Progress.Outcome.PARTLY:
        raise NotToRepeat
    words = re.sub(rf"\b{task.due.year}\b", str(due.year), task.time_text)
    data = replace(data_of(task), due=due, time_text=words, key=uuid.uuid4())
    return _make(
        data, task.unit, _parts_of(task.unit), actor=actor, incoming=duty.incoming, excerpt=duty.excerpt, previous=duty
    )


def data_of(task: Task) -> DutyData:
    """A duty's rows as plain values."""
    duty = task.duty
    return DutyData(
        what=task.content,
        time_text=task.time_text,
        due=task.due,
        recurrence=duty.recurrence,
        send=duty.send,
        to=duty.to,
        lead=task.lead,
        support=task.support,
        note=task.note,
        follower=duty.follower,
        key=task.key,
    )


def _make(
    data: DutyData,
    unit: Unit,
    parts: dict[str, Part],
    *,
    actor: Any,
    incoming: Incoming | None = None,
    excerpt: str = "",
    previous: Duty | None = None,
) -> Task:
    task = Task(unit=unit, key=data.key, order=1, **_task_fields(data))
    task.save()
    Duty.objects.create(task=task, incoming=incoming, excerpt=excerpt, previous=previous, **_duty_fields(data))
    _assign(task, data, parts)
    values = {name: (None, value) for name, value in _values(data).items() if value not in (None, "", [])}
    paper = {"incoming": (None, str(incoming))} if incoming else {}
    code = "plans.duty.repeated" if previous else "plans.duty.taken" if incoming else "plans.duty.added"
    audit.record(code, task, actor=actor, unit_id=unit.pk, changes=values | paper)
    return task


def _assign(task: Task, data: DutyData, parts: dict[str, Part]) -> None:
    """Names stay as printed; those of the unit's own parts mean these. No part is made of a superior's body."""
    Assignment.objects.bulk_create(assignments_of(task, data.lead, data.support, parts))
    getattr(task, "_prefetched_objects_cache", {}).pop("assignments", None)


def _parts_of(unit: Unit) -> dict[str, Part]:
    return {part.name: part for part in Part.objects.on().filter(unit=unit)}


def _task_fields(data: DutyData) -> dict[str, Any]:
    return {"content": data.what, "time_text": data.time_text, "due": data.due, "note": data.note}


def _duty_fields(data: DutyData) -> dict[str, Any]:
    return {"send": data.send, "to": data.to, "recurrence": data.recurrence, "follower": data.follower}


def _values(data: DutyData) -> dict[str, Any]:
    """For the history."""
    follower = str(data.follower) if data.follower else None
    people = {"follower": follower, "lead": list(data.lead), "support": list(data.support)}
    return {**_task_fields(data), **_duty_fields(data), **people}


def _change_head(incoming: Incoming, head: PaperHead, actor: Any) -> None:
    after: dict[str, Any] = {name: _head_line(name, getattr(head, name)) for name in _HEAD} | {"date": head.date}
    before = {name: getattr(incoming, name) for name in after}
    changes = audit.differences(before, after)
    if not changes:
        return
    for name, value in after.items():
        setattr(incoming, name, value)
    incoming.save(update_fields=[*after])
    audit.record("plans.incoming.changed", incoming, actor=actor, unit_id=incoming.unit_id, changes=changes)


def _head_line(name: str, value: str) -> str:
    return cleaning.line(name, value, LONGEST.get(name, LINE_LIMIT))
