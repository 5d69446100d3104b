"""Writes: an amending draft is begun, and what was issued with it is put in force on the plan that it amends."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from core import audit, states
from core.errors import AppError
from documents.issuing import UnfitPaper
from documents.models import IssuedPaper
from plans import cleaning, interchange
from plans.amending.paper import Amendment
from plans.amending.selectors import (
    ORIGINS,
    copied_key,
    earlier_papers,
    live_amendment,
    open_amendment,
    original_of,
)
from plans.amending.wording import cited, head_of, reason_of
from plans.models import Assignment, Plan, Progress, Revision, Section, Task, TaskTable
from plans.progress.services import PaperProof, record_progress
from plans.selectors import REPEALED, as_printed, is_in_text, plan_data, with_content
from plans.states import PlanState

REASON = 500
"""Letters of why a plan is amended."""
_COPIED_HEAD = ("unit", "issuer", "kind", "year", "period", "follower", "symbol", "place", "title", "recipients")
_COPIED_FOOT = ("archive", "signature_lines", "signature_post", "signature_name")
_SECTION = ("level", "marker", "heading", "body")
_TABLE = ("layout", "columns", "title", "subject")
"""Not the line «Kèm theo Kế hoạch số …», which follows the plan's own number and day."""
_TIME = ("time_text", "start", "due", "is_ongoing", "planned_for", "is_planned_day_settled")
_TASK = ("number", "quarter", "content", *_TIME, "note", "search")
_ASIDE = 1_000_000
"""Far from every real place: rows pass through it, as in ``plans.services.ordering``."""


class NotAmendable(AppError):
    message = "Chỉ sửa đổi, bổ sung kế hoạch đã ban hành; bản dự thảo thì sửa thẳng trong trang soạn."


class IsAmending(AppError):
    message = "Đây là kế hoạch sửa đổi. Muốn sửa đổi thêm, hãy mở kế hoạch gốc."


class AlreadyAmending(AppError):
    """``plan``: the amending draft that is under way."""

    message = "Kế hoạch này đang có một bản sửa đổi chưa ban hành; mỗi lần chỉ soạn một bản."

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan


def why_not(plan: Plan) -> AppError | None:
    """Why a plan like this one is not amended, whoever asks."""
    if plan.amends_id:
        return IsAmending()
    return NotAmendable() if plan.state != PlanState.ISSUED else None


# -- Beginning ---------------------------------------------------------------------------


@transaction.atomic
def start_amending(plan: Plan, *, actor: Any, reason: str) -> Plan:
    """An amending draft: a copy of the plan's rows, with a head of its own, number and day blank.

    Takes the plan's version, so that of two who begin at once one is told (``EditedMeanwhile``). Raise
    ``NotAmendable``, ``IsAmending``, ``AlreadyAmending``, or ``UnfitField`` for the reason.
    """
    if refusal := why_not(plan):
        raise refusal
    reason = cleaning.line("reason", reason, REASON)
    if not reason:
        raise cleaning.UnfitField("reason", "Ghi lý do, hoặc văn bản làm căn cứ sửa đổi.")
    if found := open_amendment(plan):
        raise AlreadyAmending(found)
    states.claim_version(plan, plan.version, state=PlanState.ISSUED)
    original = with_content(Plan.objects.filter(pk=plan.pk)).get()
    draft = _draft_of(original, reason)
    _copy_rows(original, draft)
    changes = {"amends": (None, cited(original)), "reason": (None, reason)}
    audit.record("plans.plan.amending", draft, actor=actor, unit_id=draft.unit_id, changes=changes)
    return draft


def _draft_of(original: Plan, reason: str) -> Plan:
    head = head_of(original, reason, earlier_papers(original))
    copied: dict[str, Any] = {name: getattr(original, name) for name in (*_COPIED_HEAD, *_COPIED_FOOT)}
    draft = Plan(amends=original, paper_date=str(timezone.localdate().year), **copied)
    draft.subject, draft.preamble, draft.closing = head.subject, head.preamble, head.closing
    draft.save()
    return draft


def _copy_rows(original: Plan, draft: Plan) -> None:
    Section.objects.bulk_create(
        Section(
            plan=draft,
            key=copied_key(draft.pk, row.key),
            copied_from=row,
            order=row.order,
            **{name: getattr(row, name) for name in _SECTION},
        )
        for row in original.sections.all()
    )
    TaskTable.objects.bulk_create(
        TaskTable(
            plan=draft,
            place=table.place,
            reference=table.reference,
            **{name: getattr(table, name) for name in _TABLE},
        )
        for table in original.task_tables.all()
    )
    rows = [row for row in original.tasks.all() if is_in_text(row)]
    copies = [_copy_of(row, draft, row.order, key=copied_key(draft.pk, row.key), copied_from=row) for row in rows]
    Task.objects.bulk_create(copies)
    _copy_assignments(zip(rows, copies, strict=True))


def _copy_of(row: Task, plan: Plan, order: int, **more: Any) -> Task:
    return Task(plan=plan, unit_id=plan.unit_id, order=order, **{name: getattr(row, name) for name in _TASK}, **more)


def _copy_assignments(pairs: Iterable[tuple[Task, Task]]) -> None:
    """From the first of each pair to the second, which has none yet."""
    Assignment.objects.bulk_create(
        Assignment(task=to, role=one.role, order=one.order, name=one.name, part_id=one.part_id)
        for row, to in pairs
        for one in row.assignments.all()
    )


# -- Issuing -----------------------------------------------------------------------------


def hold_original(plan: Plan) -> None:
    """Before an amending plan is issued: nobody else changes the plan that it amends until that is done.

    Raise ``UnfitPaper`` where there is nothing to issue. A plan that amends none passes.
    """
    if plan.amends_id is None:
        return
    original = original_of(plan)
    states.claim_version(original, original.version, state=PlanState.ISSUED)
    if not live_amendment(with_content(Plan.objects.filter(pk=plan.pk)).get()).items:
        raise UnfitPaper(
            "amends", f"Chưa có nội dung nào khác với {cited(original)}. Hãy sửa trong trang soạn rồi ghi nhận."
        )


def put_in_force(plan: Plan, *, actor: Any) -> None:
    """The plan that ``plan`` amends takes over its rows; how it stood before is kept as a revision.

    Runs in the transaction that issues, after ``hold_original`` and once ``plan.paper`` is there. Tasks that
    stay keep their row, key and results. A task that is repealed goes, unless something was recorded of it:
    then it is dropped by the amending paper and printed no more.
    """
    if plan.amends_id is None or plan.paper is None:
        return
    amending, original = with_content(Plan.objects.filter(pk=plan.pk)).get(), original_of(plan)
    amendment = live_amendment(amending)
    Revision.objects.create(
        plan=original,
        number=original.revisions.count() + 1,
        reason=reason_of(amending, original),
        content=interchange.write(as_printed(plan_data(original), original)) | {ORIGINS: _origins(amendment)},
        paper=plan.paper,
    )
    _take_sections(original, amending)
    _take_tables(original, amending)
    _take_tasks(original, amending, plan.paper, actor)
    original.printed_parts = plan.printed_parts
    original.save(update_fields=["printed_parts", "changed_at"])
    said = [item.sentence[:200] for item in amendment.items]
    changes: dict[str, tuple[Any, Any]] = {"amended_by": (None, cited(amending)), "amended": ([], said)}
    audit.record("plans.plan.amended", original, actor=actor, unit_id=original.unit_id, changes=changes)


def _origins(amendment: Amendment) -> dict[str, list[int | None]]:
    return {"sections": list(amendment.origins.sections), "tasks": list(amendment.origins.tasks)}


def _by_copied_key(rows: Iterable[Any], plan: Plan) -> dict[uuid.UUID, Any]:
    return {copied_key(plan.pk, row.key): row for row in rows}


def _take_sections(original: Plan, amending: Plan) -> None:
    old = _by_copied_key(original.sections.all(), amending)
    new = list(amending.sections.all())
    Section.objects.filter(plan=original).exclude(pk__in=[old[row.key].pk for row in new if row.key in old]).delete()
    _set_aside(Section.objects.filter(plan=original))
    kept, added = [], []
    for order, row in enumerate(new, start=1):
        values = {name: getattr(row, name) for name in _SECTION}
        if row.key in old:
            kept.append(_with(old[row.key], order=order, **values))
        else:
            added.append(Section(plan=original, order=order, **values))
    Section.objects.bulk_update(kept, ["order", *_SECTION])
    Section.objects.bulk_create(added)


def _take_tables(original: Plan, amending: Plan) -> None:
    for table in amending.task_tables.all():
        values = {name: getattr(table, name) for name in _TABLE}
        TaskTable.objects.update_or_create(plan=original, place=table.place, defaults=values)


def _take_tasks(original: Plan, amending: Plan, paper: IssuedPaper, actor: Any) -> None:
    old = _by_copied_key(original.tasks.all(), amending)
    new = list(amending.tasks.all())
    kept_pks = {old[row.key].pk for row in new if row.key in old}
    repealed = [row for row in original.tasks.all() if is_in_text(row) and row.pk not in kept_pks]
    with_results = _drop(repealed, cited(amending), paper, actor)
    Task.objects.filter(pk__in={row.pk for row in repealed} - with_results).delete()
    _set_aside(Task.objects.filter(plan=original))
    kept, added = [], []
    for order, row in enumerate(new, start=1):
        if row.key in old:
            kept.append((row, _with(old[row.key], order=order, **{name: getattr(row, name) for name in _TASK})))
        else:
            added.append((row, _copy_of(row, original, order)))
    Task.objects.bulk_update([to for _, to in kept], ["order", *_TASK])
    Task.objects.bulk_create([to for _, to in added])
    reassigned = [(row, to) for row, to in kept if _assigned(row) != _assigned(to)]
    Assignment.objects.filter(task__in=[to.pk for _, to in reassigned]).delete()
    _copy_assignments([*reassigned, *added])
    _close_up(original, len(new))


def _drop(tasks: Sequence[Task], by: str, paper: IssuedPaper, actor: Any) -> set[int]:
    """Those of the tasks with results, each with a last line that says by which paper it was dropped."""
    pks = [task.pk for task in tasks]
    with_results = set(Progress.objects.filter(task__in=pks).values_list("task", flat=True))
    for task in tasks:
        if task.pk in with_results:
            quarters = [line.quarter or 0 for line in task.progress.all()]
            record_progress(
                task,
                actor=actor,
                outcome=Progress.Outcome.DROPPED,
                day=paper.date,
                proof=PaperProof(paper.full_number, paper.date, paper.issuer.name),
                note=f"{REPEALED} {by}.",
                quarter=(max(quarters) or (paper.date.month + 2) // 3) if task.is_ongoing else None,
            )
    return with_results


def _assigned(task: Task) -> list[tuple[str, int, str, int | None]]:
    return sorted((one.role, one.order, one.name, one.part_id) for one in task.assignments.all())


def _with(row: Any, **values: Any) -> Any:
    for name, value in values.items():
        setattr(row, name, value)
    return row


def _set_aside(rows: models.QuerySet) -> None:
    rows.update(order=models.F("order") + _ASIDE)


def _close_up(plan: Plan, last: int) -> None:
    """Repealed tasks stand behind all others, without a number."""
    behind = Task.objects.filter(plan=plan, order__gt=_ASIDE).order_by("order")
    for order, row in enumerate(behind, start=last + 1):
        Task.objects.filter(pk=row.pk).update(order=order, number=None)
