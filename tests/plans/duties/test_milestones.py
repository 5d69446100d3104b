"""Milestones as services write them: set, moved with their duty, taken away, brought along, proved by a request."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from core.audit import history_of
from core.errors import UnfitField
from core.models import AuditEntry
from core.states import EditedMeanwhile
from plans.duties.milestones.asked import record_asked
from plans.duties.milestones.presenters import asks_parts
from plans.duties.milestones.selectors import astray, milestones_of, workdays_for
from plans.duties.milestones.services import (
    HasResults,
    MilestoneData,
    NotToCountBack,
    count_back,
    move_milestones,
    remove_milestone,
)
from plans.duties.rows import data_of
from plans.duties.services import change_duty, make_next
from plans.models import Duty, Progress, Task
from plans.progress.services import SignedProof, record_progress
from reminders.asking.hooks import request_asked
from reminders.models import DayOff, Request
from tests.factories import PartFactory, PersonFactory, UserFactory
from tests.plans.duties.conftest import TODAY

DUE = dt.date(2026, 7, 9)  # a Thursday
ASK, SIGN = dt.date(2026, 6, 9), dt.date(2026, 7, 3)
ROWS = [
    MilestoneData("Yêu cầu các thôn gửi danh sách", ASK, 30),
    MilestoneData("Trình ký", SIGN, 5),  # from Saturday 4 July
]


@pytest.fixture
def task(desk) -> Task:
    return desk.duty(due=DUE, recurrence="year")


@pytest.fixture
def made(desk, task) -> list[Task]:
    return count_back(task, actor=desk.an, rows=ROWS, follower=desk.person)


def told(task: Task) -> list[tuple[str, dt.date | None, int | None]]:
    return [(one.content, one.due, one.duty.days_before) for one in milestones_of(task.duty)]


def done(desk, task: Task, outcome: str = "done") -> Progress:
    return record_progress(
        task, actor=desk.an, outcome=outcome, day=TODAY, note="Đã làm", proof=SignedProof(desk.person)
    )


# -- Set --------------------------------------------------------------------------------------


def test_milestones_are_tasks_without_a_plan_that_lead_to_their_duty(desk, task, made):
    assert told(task) == [("Yêu cầu các thôn gửi danh sách", ASK, 30), ("Trình ký", SIGN, 5)]
    assert [(one.plan, one.unit, one.duty.follower, one.duty.incoming) for one in made] == [
        (None, desk.unit, desk.person, None)
    ] * 2
    [entry] = history_of(made[0])
    assert (entry.code, entry.changes["milestone_of"]) == ("plans.milestone.added", [None, "Gửi báo cáo sơ kết"])


def test_clicked_twice_they_are_set_once(desk, task, made):
    assert count_back(task, actor=desk.an, rows=ROWS) == []
    assert Duty.objects.filter(milestone_of=task.duty).count() == 2


@pytest.mark.parametrize(
    ("day", "days", "kept"),
    [
        (SIGN, 5, 5),  # as its kind has it: Saturday the 4th
        (dt.date(2026, 7, 2), 5, 7),  # another day was typed
        (SIGN, None, 6),  # added by hand
        (dt.date(2026, 7, 5), 5, 4),  # a Sunday that somebody wants
        (DUE, 0, 0),
    ],
)
def test_a_milestone_remembers_how_far_before_its_duty_it_stands(desk, task, day, days, kept):
    count_back(task, actor=desk.an, rows=[MilestoneData("Trình ký", day, days)])

    assert told(task) == [("Trình ký", day, kept)]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (MilestoneData("Trình ký", DUE + dt.timedelta(days=1)), "due"),
        (MilestoneData("Trình ký", dt.date(2025, 7, 1)), "due"),
        (MilestoneData(" ", SIGN), "content"),
    ],
)
def test_one_row_that_does_not_fit_keeps_all_out(desk, task, row, field):
    with pytest.raises(UnfitField) as refused:
        count_back(task, actor=desk.an, rows=[ROWS[0], row])

    assert refused.value.field == field
    assert told(task) == []


def test_nobody_of_another_unit_follows_a_milestone(desk, task):
    with pytest.raises(UnfitField) as refused:
        count_back(task, actor=desk.an, rows=ROWS, follower=PersonFactory())

    assert refused.value.field == "follower"


def test_only_an_open_duty_with_a_day_is_counted_back(desk, task, made):
    settled = desk.duty("Đã xong", due=DUE)
    done(desk, settled)

    for refused, why in ((made[0], "đã là một mốc"), (desk.duty("Chưa có hạn"), "chưa có hạn"), (settled, "đã xong")):
        with pytest.raises(NotToCountBack, match=why):
            count_back(refused, actor=desk.an, rows=[MilestoneData("Họp", SIGN)])


# -- Moved ------------------------------------------------------------------------------------


def postponed(desk, task: Task, due: dt.date) -> Task:
    change_duty(task, actor=desk.an, version=task.duty.version, data=replace(data_of(task), due=due))
    return Task.objects.get(pk=task.pk)


def stray(task: Task) -> list[str]:
    return [one.content for one in astray(task.due, milestones_of(task.duty), workdays_for(task.unit_id))]


def test_a_duty_that_moves_leaves_its_milestones_until_a_person_says_so(desk, task, made):
    assert stray(task) == []

    task = postponed(desk, task, dt.date(2026, 7, 16))

    assert told(task)[0][1] == ASK
    assert stray(task) == ["Yêu cầu các thôn gửi danh sách", "Trình ký"]


def test_open_milestones_move_with_their_duty_and_done_ones_stay(desk, task, made):
    done(desk, made[0])
    task = postponed(desk, task, dt.date(2026, 7, 16))

    moved = move_milestones(
        task, actor=desk.an, due=dt.date(2026, 7, 16), move=[one.pk for one in made], keep=[made[0].pk]
    )

    assert [one.content for one in moved] == ["Trình ký"]
    assert told(task) == [("Yêu cầu các thôn gửi danh sách", ASK, 30), ("Trình ký", dt.date(2026, 7, 10), 5)]
    entry = AuditEntry.objects.latest("pk")
    assert (entry.code, entry.changes["due"]) == ("plans.milestone.moved", ["2026-07-03", "2026-07-10"])
    assert Duty.objects.get(task=made[1]).version == 2


def test_one_that_is_to_stay_counts_from_the_new_day(desk, task, made):
    due = dt.date(2026, 7, 16)
    task = postponed(desk, task, due)

    moved = move_milestones(task, actor=desk.an, due=due, move=[made[1].pk], keep=[made[0].pk])

    assert moved == [made[1]]
    assert told(task) == [("Yêu cầu các thôn gửi danh sách", ASK, 37), ("Trình ký", dt.date(2026, 7, 10), 5)]
    assert stray(task) == []


def test_one_that_stays_behind_a_duty_brought_forward_says_so_and_asks_no_more(desk, task, made):
    due = dt.date(2026, 7, 1)
    task = postponed(desk, task, due)

    move_milestones(task, actor=desk.an, due=due, move=[], keep=[one.pk for one in made])

    assert told(task) == [("Yêu cầu các thôn gửi danh sách", ASK, 22), ("Trình ký", SIGN, None)]
    assert stray(task) == []


def test_a_page_that_shows_another_day_of_the_duty_moves_nothing(desk, task, made):
    postponed(desk, task, dt.date(2026, 7, 16))

    with pytest.raises(EditedMeanwhile):
        move_milestones(task, actor=desk.an, due=dt.date(2026, 7, 20), move=[made[1].pk], keep=[])

    assert told(task)[1][1] == SIGN


def test_a_new_day_off_makes_what_was_counted_onto_it_stray(desk, task, made):
    DayOff.objects.create(unit=desk.unit, day=SIGN, name="Hội làng")

    assert stray(task) == ["Trình ký"]  # counted: Saturday the 4th would now come to Thursday the 2nd
    move_milestones(task, actor=desk.an, due=DUE, move=[made[1].pk], keep=[])
    assert told(task)[1] == ("Trình ký", dt.date(2026, 7, 2), 5)


# -- Edited, taken away -----------------------------------------------------------------------


def test_a_milestone_that_is_edited_counts_from_its_new_day(desk, task, made):
    change_duty(made[1], actor=desk.an, version=1, data=replace(data_of(made[1]), due=dt.date(2026, 7, 1)))

    assert told(task)[1] == ("Trình ký", dt.date(2026, 7, 1), 8)


def test_a_milestone_whose_words_are_edited_keeps_its_count(desk, task, made):
    change_duty(made[1], actor=desk.an, version=1, data=replace(data_of(made[1]), what="Trình Chủ tịch ký"))

    assert told(task)[1] == ("Trình Chủ tịch ký", SIGN, 5)


@pytest.mark.parametrize("due", [None, DUE + dt.timedelta(days=1)])
def test_a_milestone_is_not_put_after_its_duty_nor_nowhere(desk, task, made, due):
    with pytest.raises(UnfitField) as refused:
        change_duty(made[1], actor=desk.an, version=1, data=replace(data_of(made[1]), due=due))

    assert refused.value.field == "due"


def test_a_milestone_without_results_goes_and_the_history_of_its_duty_tells(desk, task, made):
    remove_milestone(made[1], actor=desk.an)

    assert told(task) == [("Yêu cầu các thôn gửi danh sách", ASK, 30)]
    [*_, entry] = history_of(task).order_by("pk")
    assert (entry.code, entry.changes) == (
        "plans.milestone.removed",
        {"milestone": ["Trình ký, ngày 03/07/2026", None]},
    )


def test_a_milestone_with_results_stays(desk, task, made):
    done(desk, made[1], "partly")

    with pytest.raises(HasResults):
        remove_milestone(made[1], actor=desk.an)

    assert Task.objects.filter(pk=made[1].pk).exists()


def test_only_milestones_are_taken_away_so(desk, task):
    with pytest.raises(ValueError, match=str(task.pk)):
        remove_milestone(task, actor=desk.an)


# -- The next time ------------------------------------------------------------------------------


def test_the_next_time_brings_its_milestones_along_counted_from_the_new_day(desk, task, made):
    count_back(task, actor=desk.an, rows=[MilestoneData("Hiệp y", dt.date(2026, 6, 26), 12)])
    done(desk, made[0])
    done(desk, milestones_of(task.duty)[1], "dropped")
    done(desk, task)

    following = make_next(task, actor=desk.an)

    assert following.due == dt.date(2027, 7, 9)  # a Friday
    assert told(following) == [
        ("Yêu cầu các thôn gửi danh sách", dt.date(2027, 6, 9), 30),
        ("Trình ký", dt.date(2027, 7, 2), 5),  # from Sunday 4 July
    ]
    assert [one.duty.follower for one in milestones_of(following.duty)] == [desk.person] * 2
    assert make_next(task, actor=desk.an) == following
    assert len(milestones_of(following.duty)) == 2


# -- Asked ------------------------------------------------------------------------------------


def asked(desk, milestone: Task, **fields) -> Request:
    request = Request.objects.create(
        unit=desk.unit,
        by=desk.an,
        title="Gửi danh sách đề nghị",
        due=SIGN,
        **{"kind": "plans.milestone", "subject": milestone.pk} | fields,
    )
    for _ in range(3):
        request.asks.create(part=PartFactory(unit=desk.unit))
    return request


def test_a_request_that_goes_out_is_the_result_of_its_milestone(desk, task, made):
    request_asked(asked(desk, made[0]), desk.an)

    line = Progress.objects.get()
    assert (line.task, line.outcome, line.day, line.by) == (made[0], "done", TODAY, desk.person)
    assert line.note == "Đã gửi yêu cầu đến 3 nơi: Gửi danh sách đề nghị"


def test_sent_again_it_is_told_once(desk, task, made):
    request = asked(desk, made[0])

    record_asked(request, desk.an)
    record_asked(request, desk.an)

    assert Progress.objects.count() == 1


def test_other_requests_and_people_of_no_unit_prove_nothing(desk, task, made):
    stranger = UserFactory(person=PersonFactory())
    done(desk, made[1], "dropped")

    record_asked(asked(desk, made[0], kind="plans.duty"), desk.an)
    record_asked(asked(desk, task), desk.an)
    record_asked(asked(desk, made[1]), desk.an)
    record_asked(asked(desk, made[0], subject=None), desk.an)
    record_asked(asked(desk, made[0]), stranger)
    record_asked(asked(desk, made[0]), UserFactory())

    assert [line.outcome for line in Progress.objects.all()] == ["dropped"]


@pytest.mark.parametrize(
    ("what", "asks"),
    [
        ("Yêu cầu các thôn, trường, đơn vị gửi đề nghị khen thưởng", True),
        ("Đề nghị các bộ phận gửi số liệu", True),
        ("Thông báo cho các thôn đăng ký", True),
        ("Nhắc nơi chưa gửi đề nghị", False),
        ("Đề nghị khen thưởng", False),
        ("Họp Hội đồng", False),
    ],
)
def test_a_step_that_asks_many_is_told_by_its_words(what, asks):
    assert asks_parts(what) is asks
