"""Writes: an incoming paper is kept, what it asks is taken as tasks; duties are added, changed, made once more."""

from __future__ import annotations

import io
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, BinaryIO

from django.db import transaction

from core import audit
from core.errors import AppError, UnfitField
from core.states import claim_version
from core.text import LINE_LIMIT, as_pasted
from documents.reading.errors import UnreadableFile
from documents.reading.files import read_source
from plans import cleaning
from plans.duties.milestones.services import days_kept, repeat_milestones
from plans.duties.proposing import PaperHead
from plans.duties.reading import LONGEST, note_read
from plans.duties.recurring import following_day, of_year
from plans.duties.rows import assign, data_of, duty_fields, make, parts_of, task_fields, values_of
from plans.duties.values import DutyData, cleaned
from plans.models import Incoming, Progress, Task
from plans.receiving.keeping import keep_to_read
from plans.tasks import read_incoming
from units.models import Unit

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
    parts = parts_of(incoming.unit)
    return [
        make(
            cleaned(row, incoming.unit, head),
            incoming.unit,
            parts,
            actor=actor,
            code="plans.duty.taken",
            told=_named(incoming),
            incoming=incoming,
            excerpt=excerpts.get(str(row.key), ""),
        )
        for row in fresh.values()
    ]


@transaction.atomic
def add_duty(unit: Unit, *, actor: Any, data: DutyData) -> Task:
    """A duty that no paper here asks for. The same one sent twice is made once. Raise ``UnfitField``."""
    made = Task.objects.filter(key=data.key, unit=unit).first()
    return made or make(cleaned(data, unit), unit, parts_of(unit), actor=actor, code="plans.duty.added")


@transaction.atomic
def change_duty(task: Task, *, actor: Any, version: int, data: DutyData) -> Task:
    """``task`` with its ``duty`` and assignments. Raise ``UnfitField``, or ``EditedMeanwhile``."""
    duty = task.duty
    data = cleaned(data, task.unit)
    besides = days_kept(duty, data)
    changes = audit.differences(values_of(data_of(task)), values_of(data))
    if not changes:
        return task
    claim_version(duty, version)
    for name, value in task_fields(data).items():
        setattr(task, name, value)
    task.save(update_fields=[*task_fields(data)])
    fields = duty_fields(data) | besides
    for name, value in fields.items():
        setattr(duty, name, value)
    duty.save(update_fields=[*fields])
    if {"lead", "support"} & set(changes):
        task.assignments.all().delete()
        assign(task, data, parts_of(task.unit))
    audit.record("plans.duty.changed", task, actor=actor, unit_id=task.unit_id, changes=changes)
    return task


@transaction.atomic
def make_next(task: Task, *, actor: Any) -> Task:
    """The same duty one year (or half, quarter, month) later, and its milestones counted back from the new day.

    Made once, however often it is asked for. Raise ``NotToRepeat`` where the duty does not come back, has no day, or
    has no result yet.
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
    data = replace(data_of(task), due=due, time_text=of_year(task.time_text, task.due, due), key=uuid.uuid4())
    following = make(
        data,
        task.unit,
        parts_of(task.unit),
        actor=actor,
        code="plans.duty.repeated",
        told=_named(duty.incoming),
        incoming=duty.incoming,
        excerpt=duty.excerpt,
        previous=duty,
    )
    repeat_milestones(task, following, actor=actor)
    return following


def _named(incoming: Incoming | None) -> dict[str, tuple[None, str]]:
    """For the history."""
    return {"incoming": (None, str(incoming))} if incoming else {}


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
