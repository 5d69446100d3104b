"""An amendment that is issued moves deadlines and ends them."""

from __future__ import annotations

import datetime as dt

from plans.deadlines import TASK, collect_tasks
from plans.models import Task
from plans.progress.services import SignedProof, record_progress
from plans.services import remove_tasks, update_task
from reminders.deadlines import Scope
from tests.plans.amending.conftest import act, task_of

MAY_13 = dt.date(2026, 5, 13)


def told() -> dict[str, dt.date]:
    return {one.what: one.due for one in collect_tasks(Scope())}


def test_a_draft_that_amends_changes_nothing_until_it_is_issued(plan, draft, officer, issued):
    Task.objects.filter(plan=plan, content__startswith="Sơ kết").update(due=dt.date(2026, 6, 20))
    before = told()
    assert before == {"Sơ kết sáu tháng đầu năm": dt.date(2026, 6, 20)}

    update_task(task_of(draft, "Sơ kết"), **act(draft, officer), time_text="Trước ngày 11/7/2026")
    assert told() == before

    issued(draft)
    assert told() == {"Sơ kết sáu tháng đầu năm": dt.date(2026, 7, 10)}


def test_what_an_amendment_repeals_is_due_no_more_with_results_or_without(
    plan,
    draft,
    officer,
    issued,
):
    Task.objects.update(due=dt.date(2026, 6, 20))  # of both texts: the amendment does not speak of it
    begun = task_of(plan, "Sơ kết")
    record_progress(
        begun, actor=officer, outcome="partly", day=MAY_13, note="Đã gửi biểu mẫu", proof=SignedProof(officer.person)
    )
    assert len(told()) == 5

    for content in ("Sơ kết", "Kiểm tra"):
        remove_tasks(draft, **act(draft, officer), tasks=[task_of(draft, content)])
    issued(draft)

    assert sorted(told()) == ["Phát động phong trào thi đua", "Tổ chức Hội nghị điển hình tiên tiến", "Tổng kết năm"]
    assert Task.objects.filter(pk=begun.pk).exists(), "its result stays"
    assert {one.kind for one in collect_tasks(Scope())} == {TASK}
