"""Results of the year in the demonstration: every proof and every state stands on the commune's own plan.

Its other plans are kept as well as that one, so that what is late on the officer's page is what somebody could forget.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from plans import quarters
from plans.models import Plan, Progress, Task
from plans.progress.services import PaperProof, SignedProof, record_progress
from plans.states import PlanState
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
    years = (today.year - 1, today.year)
    besides = Plan.objects.filter(unit=office.commune, state=PlanState.ISSUED, year__in=years).exclude(pk=plan.pk)
    for other in besides:
        _kept_up(other, today, person)


def _kept_up(plan: Plan, today: dt.date, person: Person) -> None:
    """Whatever fell due, by its day or at the end of its quarter, is done, a few days before."""
    begins = plan.date.exact or today
    for task in plan.tasks.all():
        lists = quarters.check_lists(task, plan.year)
        for quarter in lists:
            day = quarters.last_day(quarter, plan.year)
            if day < today:
                of = quarter if task.is_ongoing else None
                _signed(task, "done", max(begins, day), "Đã thực hiện, có báo cáo kèm theo hồ sơ.", person, quarter=of)
        if not lists and task.due and task.due < today:
            day = min(today, max(begins, task.due - dt.timedelta(days=2)))
            _signed(task, "done", day, "Đã thực hiện đúng thời gian, có biên bản lưu hồ sơ.", person)


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
