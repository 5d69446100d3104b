"""The states of a plan and the moves between them: {from: {to: permission needed}}."""

from __future__ import annotations

from django.db import models

from core.states import Moves


class PlanState(models.TextChoices):
    DRAFT = "draft", "Dự thảo"
    SUBMITTED = "submitted", "Đã trình"
    APPROVED = "approved", "Đã duyệt"
    ISSUED = "issued", "Đã ban hành"


MOVES: Moves = {
    PlanState.DRAFT: {PlanState.SUBMITTED: "plans.submit_plan", PlanState.ISSUED: "plans.issue_plan"},
    PlanState.SUBMITTED: {
        PlanState.DRAFT: "plans.reopen_plan",
        PlanState.APPROVED: "plans.approve_plan",
        PlanState.ISSUED: "plans.issue_plan",
    },
    PlanState.APPROVED: {PlanState.DRAFT: "plans.reopen_plan", PlanState.ISSUED: "plans.issue_plan"},
    PlanState.ISSUED: {},
}

SHOWN_ABOVE = (PlanState.SUBMITTED, PlanState.APPROVED, PlanState.ISSUED)
"""What the unit above may see; never a draft."""


class TaskState(models.TextChoices):
    """How a task stands on a day; read from its newest line of progress and its dates, not stored."""

    UNDATED = "undated", "Chưa có hạn"
    NOT_DUE = "not_due", "Chưa đến hạn"
    IN_PROGRESS = "in_progress", "Đang thực hiện"
    OVERDUE = "overdue", "Quá hạn"
    DONE = "done", "Đã hoàn thành"
    DROPPED = "dropped", "Không thực hiện"
