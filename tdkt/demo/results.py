"""Results of the year in the demonstration: every proof and every state stands on the commune's own plan."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from plans.models import Plan, Progress, Task
from plans.progress.services import PaperProof, SignedProof, record_progress
from tdkt.demo.office import Office
from units.models import Person

_FIRST_NUMBER = 41
"""Of the commune's reports; its plans have the numbers before."""


def write_results(office: Office) -> None:
    """The year as an officer keeps it: what fell due is done but for the last, and one thing was done early."""
    today = timezone.localdate()
    plan = Plan.objects.get(unit=office.commune, kind=Plan.Kind.ANNUAL, year=today.year)
    person = plan.follower
    if person is None:
        return
    begins = plan.date.exact or today
    dated = list(plan.tasks.filter(is_ongoing=False, due__isnull=False).order_by("due", "order"))
    past = [task for task in dated if task.due and task.due < today]
    later = [task for task in dated if task.due and (task.due - today).days > 30]
    dropped = later[-1] if later else past[0]
    _signed(dropped, "dropped", today, "Cấp trên chuyển nội dung này sang năm sau.", person)
    for position, task in enumerate(past[:-1]):  # the last one stays late
        if task != dropped:
            _done(task, begins, today, position, person)
    if len(later) > 1:
        _signed(later[0], "done", today, "Làm sớm hơn hạn: đủ hồ sơ, đã báo cáo Chủ tịch.", person)
    for task in plan.tasks.filter(is_ongoing=True):
        for quarter in range(1, (today.month + 2) // 3):
            note = "Đã đăng tin trên hệ thống loa và trang thông tin điện tử của xã."
            _signed(task, "done", today, note, person, quarter=quarter)


def _done(task: Task, begins: dt.date, today: dt.date, position: int, person: Person) -> None:
    """By a report, or in words where the work yields none; every third a few days late."""
    assert task.due is not None
    late = 3 if position % 3 == 2 else -2
    day = min(today, max(begins, task.due + dt.timedelta(days=late)))
    if position % 2:
        _signed(task, "done", day, "Các thôn, trường học đã thực hiện và báo kết quả.", person)
        return
    proof = PaperProof(f"{_FIRST_NUMBER + position}/BC-UBND", day, task.plan.issuer.name if task.plan else "")
    record_progress(task, actor=None, outcome=Progress.Outcome.DONE, day=day, proof=proof)


def _signed(task: Task, outcome: str, day: dt.date, note: str, person: Person, *, quarter: int | None = None) -> None:
    record_progress(task, actor=None, outcome=outcome, day=day, note=note, proof=SignedProof(person), quarter=quarter)
