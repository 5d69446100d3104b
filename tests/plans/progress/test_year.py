"""Where the year stands: the sentence, and the counts and lengths that make the picture."""

from __future__ import annotations

import datetime as dt

import pytest

from plans.progress.selectors import load_lines
from plans.progress.year import Piece, is_followed, year_standing
from plans.selectors import for_page
from tests.plans.progress.conftest import TODAY

APRIL, JUNE = dt.date(2026, 4, 15), dt.date(2026, 6, 30)


def standing(desk, *quarters):
    """``quarters`` are lists of contents; the plan as its page reads it."""
    plan = for_page(desk.an).get(pk=desk.plan.pk)
    load_lines(plan)
    tasks = {task.content: task for task in plan.tasks.all()}
    groups = [(f"Quý {number}", [tasks[name] for name in names]) for number, names in enumerate(quarters, start=1)]
    return year_standing(plan, groups, TODAY)


def numbers(counts):
    return tuple(number for _, number in counts)


def test_the_year_is_told_in_words_and_counted_by_quarter(desk):
    desk.record(desk.task("đúng hạn", due=APRIL), day=APRIL)
    desk.record(desk.task("chậm", due=APRIL), day=APRIL + dt.timedelta(3))
    desk.task("quá hạn", due=APRIL)
    desk.record(desk.task("một phần", due=JUNE), "partly")
    desk.task("chưa đến", due=JUNE)
    desk.task("không hạn")
    desk.record(desk.task("thôi"), "dropped")

    year = standing(desk, ["đúng hạn", "chậm", "quá hạn", "thôi"], ["một phần", "chưa đến", "không hạn"])

    assert year.words == (
        "Đã hoàn thành 2 trên 7 nhiệm vụ (1 việc chậm hạn); quá hạn 1; đang thực hiện 1; chưa đến hạn 2; "
        "không thực hiện 1."
    )
    assert [kind for kind, _ in year.kinds] == ["done", "in_progress", "overdue", "not_due", "dropped"]
    assert [(bar.name, numbers(bar.counts), bar.total) for bar in year.bars] == [
        ("Quý 1", (2, 0, 1, 0, 1), 4),
        ("Quý 2", (0, 1, 0, 2, 0), 3),
    ]
    assert [word for word, _ in year.sums] == [word for _, word in year.kinds]
    assert (numbers(year.sums), year.total) == ((2, 1, 1, 2, 1), 7)


def test_the_longest_quarter_fills_its_bar_and_pieces_leave_no_gap(desk):
    for number in range(3):
        desk.record(desk.task(f"xong {number}"))
    desk.task("quá hạn", due=APRIL)
    desk.task("chưa", due=JUNE)

    year = standing(desk, ["xong 0", "xong 1", "quá hạn"], ["xong 2", "chưa"])

    assert [bar.pieces for bar in year.bars] == [
        (Piece("done", 0, 666), Piece("overdue", 666, 334)),
        (Piece("done", 0, 333), Piece("not_due", 333, 333)),
    ]


def test_a_plan_without_tasks_has_words_and_no_bars(desk):
    year = standing(desk)

    assert (year.words, year.bars, year.total) == ("Kế hoạch không có nhiệm vụ nào.", (), 0)


@pytest.mark.parametrize(
    ("state", "year", "has_line", "expected"),
    [
        ("issued", 2026, False, True),
        ("submitted", 2026, False, False),
        ("draft", 2026, False, False),
        ("issued", 2025, False, False),
        ("issued", 2025, True, True),
    ],
)
def test_a_standing_is_told_of_plans_in_force_and_of_past_ones_with_results(desk, state, year, has_line, expected):
    task = desk.task()
    if has_line:
        desk.record(task)
    type(desk.plan).objects.update(state=state, year=year)

    assert is_followed(for_page(desk.an).get(pk=desk.plan.pk), TODAY) is expected


def test_a_past_years_open_tasks_only_lack_their_record(desk):
    desk.record(desk.task("xong"))
    desk.task("chưa ghi", due=dt.date(2025, 6, 30))
    type(desk.plan).objects.update(year=2025)

    assert standing(desk, ["xong", "chưa ghi"]).words == "Đã hoàn thành 1 trên 2 nhiệm vụ; chưa ghi kết quả 1."
