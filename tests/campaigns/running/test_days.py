"""The days of a campaign, without a database: what comes next, what looks wrong as it was printed."""

from __future__ import annotations

import datetime as dt

from campaigns.models import Wave
from campaigns.running.days import Step, doubts, late_steps, next_step

TODAY = dt.date(2024, 3, 1)
START, END = dt.date(2024, 1, 1), dt.date(2024, 12, 31)
REGISTER = Step(dt.date(2024, 3, 13), "hạn đăng ký")
REVIEW = Step(dt.date(2024, 6, 29), "hạn sơ kết Đợt 1")


def wave(start: str | None = None, end: str | None = None, review_by: str | None = None, printed: str = "") -> Wave:
    days = [dt.date.fromisoformat(day) if day else None for day in (start, end, review_by)]
    return Wave(name="Đợt 1", start=days[0], end=days[1], review_by=days[2], as_printed=printed)


def test_the_nearest_day_that_is_not_over_comes_next():
    assert next_step([REVIEW, REGISTER], TODAY) == REGISTER
    assert next_step([REVIEW, REGISTER], dt.date(2024, 3, 14)) == REVIEW
    assert next_step([Step(REGISTER.day, "hạn đăng ký", is_done=True)], TODAY) is None


def test_days_are_counted_in_words():
    assert REGISTER.words(TODAY) == "còn 12 ngày đến hạn đăng ký"
    assert REGISTER.words(REGISTER.day) == "hôm nay là hạn đăng ký"
    assert REGISTER.words(dt.date(2024, 3, 16)) == "quá hạn đăng ký 3 ngày"


def test_what_was_done_is_not_late():
    done = Step(dt.date(2024, 2, 1), "hạn sơ kết Đợt 1", is_done=True)
    owed = Step(dt.date(2024, 2, 2), "hạn sơ kết Đợt 2")

    assert late_steps([REVIEW, owed, done], TODAY) == [owed]


def test_a_wave_within_its_campaign_raises_no_doubt():
    good = wave("2024-01-01", "2024-06-30", "2024-07-09", "từ ngày 01/01/2024 đến ngày 30/6/2024")

    assert doubts(good, START, END) == []


def test_a_year_printed_wrong_is_pointed_out():
    """As the plan of Cầm Lãnh printed it."""
    printed = wave("2023-01-01", "2023-06-30", "2024-06-29", "từ ngày 01/01/2023 đến 30/6/2023")

    assert doubts(printed, START, END) == [
        "Ngày 01/01/2023 nằm ngoài thời gian của phong trào (từ 01/01/2024 đến 31/12/2024).",
        "Ngày 30/06/2023 nằm ngoài thời gian của phong trào (từ 01/01/2024 đến 31/12/2024).",
    ]


def test_days_that_were_put_right_still_tell_what_the_paper_says():
    mended = wave("2024-01-01", "2024-06-30", None, "từ ngày 01/01/2023 đến 30/6/2023")

    assert doubts(mended, START, END) == [
        "Trong kế hoạch ghi «từ ngày 01/01/2023 đến 30/6/2023», khác ngày đang tính."
    ]


def test_a_review_before_the_end_and_an_end_before_the_start_are_pointed_out():
    assert doubts(wave("2024-07-01", "2024-12-29", "2024-12-28"), START, END) == [
        "Hạn sơ kết, tổng kết 28/12/2024 trước ngày kết thúc đợt 29/12/2024."
    ]
    assert doubts(wave("2024-07-01", "2024-06-01"), START, END) == [
        "Ngày kết thúc 01/06/2024 trước ngày bắt đầu 01/07/2024."
    ]


def test_waves_that_overlap_are_pointed_out_at_the_later_one():
    first, second = wave("2024-01-01", "2024-06-30"), wave("2024-06-30", "2024-12-31")

    assert doubts(second, START, END, [first]) == ["Thời gian trùng với «Đợt 1»."]
    assert doubts(wave("2024-07-01", "2024-12-31"), START, END, [first]) == []


def test_words_that_are_no_days_raise_no_doubt():
    assert doubts(wave("2024-01-01", "2024-06-30", None, "6 tháng đầu năm; 31/02/2024, 45/1/2024"), START, END) == []
