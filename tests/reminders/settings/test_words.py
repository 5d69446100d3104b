"""What a ladder means, in a sentence, and on which days it tells a deadline."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminders.ladder import DEFAULT, Rungs, rung_on
from reminders.settings_words import example_sentence, ladder_sentence, told_days
from reminders.workdays import WorkDays

COUNTRY = WorkDays()


@pytest.mark.parametrize(
    ("rungs", "said"),
    [
        (
            DEFAULT,
            "Nhắc trước hạn 7, 3 và 1 ngày làm việc, nhắc vào ngày đến hạn; "
            "quá hạn thì cứ 2 ngày làm việc nhắc một lần.",
        ),
        (
            Rungs((5,), on_the_day=False, every=1),
            "Nhắc trước hạn 5 ngày làm việc, không nhắc vào ngày đến hạn; quá hạn thì ngày làm việc nào cũng nhắc.",
        ),
        (
            Rungs((), on_the_day=True, every=0),
            "Không nhắc trước hạn, nhắc vào ngày đến hạn; quá hạn thì không nhắc nữa.",
        ),
    ],
)
def test_a_ladder_in_a_sentence(rungs, said):
    assert ladder_sentence(rungs) == said


@pytest.mark.parametrize(
    ("due", "rungs", "said"),
    [
        (
            dt.date(2026, 11, 13),
            DEFAULT,
            "Báo cáo hạn thứ Sáu 13/11/2026 được nhắc: thứ Tư 04/11, thứ Ba 10/11, thứ Năm 12/11, thứ Sáu 13/11. "
            "Quá hạn mà chưa có kết quả thì nhắc tiếp: thứ Ba 17/11, thứ Năm 19/11…",
        ),
        (
            dt.date(2026, 12, 31),
            Rungs((1,), on_the_day=True, every=3),
            "Báo cáo hạn thứ Năm 31/12/2026 được nhắc: thứ Tư 30/12, thứ Năm 31/12. "
            "Quá hạn mà chưa có kết quả thì nhắc tiếp: thứ Tư 06/01/2027, thứ Hai 11/01/2027…",
        ),
        (
            dt.date(2026, 11, 15),  # a Sunday
            Rungs((), on_the_day=True, every=0),
            "Báo cáo hạn Chủ nhật 15/11/2026 được nhắc: thứ Sáu 13/11.",
        ),
        (
            dt.date(2026, 11, 13),
            Rungs((), on_the_day=False, every=5),
            "Báo cáo hạn thứ Sáu 13/11/2026 được nhắc: không ngày nào trước khi quá hạn. "
            "Quá hạn mà chưa có kết quả thì nhắc tiếp: thứ Sáu 20/11, thứ Hai 30/11…",
        ),
    ],
)
def test_a_deadline_as_an_example(due, rungs, said):
    assert example_sentence("Báo cáo", due, rungs, COUNTRY) == said


@given(
    st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)),
    st.builds(
        Rungs,
        before=st.lists(st.integers(1, 60), max_size=4, unique=True).map(lambda found: tuple(sorted(found)[::-1])),
        on_the_day=st.booleans(),
        every=st.integers(0, 30),
    ),
    st.dictionaries(st.dates(dt.date(2025, 10, 1), dt.date(2028, 6, 1)), st.booleans(), max_size=40),
)
def test_an_example_names_the_days_on_which_the_sweep_tells(due, rungs, own):
    days = WorkDays(own)

    before, late = told_days(due, rungs, days)

    told = [*before, *late]
    assert [rung_on(due, day, rungs, days) for day in before] == [*rungs.before, *([0] if rungs.on_the_day else [])]
    assert [rung_on(due, day, rungs, days) for day in late] == (
        [-rungs.every, -2 * rungs.every] if rungs.every else []
    )
    assert told == sorted(told)
