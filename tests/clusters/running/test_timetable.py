"""Which work a line means, and the lines a year later."""

from __future__ import annotations

import datetime as dt

import pytest

from clusters.models import Step
from clusters.running.timetable import StepData, kind_of, moved, owes_paper
from reminders.workdays import WorkDays

K = Step.Kind
DAYS = WorkDays()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Đăng ký thi đua năm 2026", K.REGISTER),
        ("Ký kết giao ước thi đua", K.PLEDGE),
        ("Tổ chức phong trào theo nội dung giao ước đã ký", K.OTHER),
        ("Tổ chức phát động các phong trào thi đua", K.LAUNCH),
        ("Gửi báo cáo sơ kết 6 tháng đầu năm về Cụm trưởng", K.REPORT),
        ("Xây dựng báo cáo sơ kết 6 tháng đầu năm", K.MIDYEAR),
        ("Tự chấm điểm, gửi bảng điểm và tài liệu kiểm chứng", K.SELF),
        ("Kiểm tra chéo, chấm chéo giữa các đơn vị", K.CROSS),
        ("Trưởng khối chấm điểm các đơn vị", K.HEAD),
        ("Thẩm định, tổng hợp điểm", K.REVIEW),
        ("Họp bình xét, suy tôn", K.MEETING),
        ("Xây dựng Kế hoạch tổ chức Hội nghị tổng kết", K.OTHER),
        ("Tổ chức Hội nghị tổng kết; bàn giao Trưởng Cụm", K.FINAL),
        ("Bàn giao nhiệm vụ Cụm trưởng", K.HANDOVER),
        ("Tham quan, trao đổi kinh nghiệm", K.OTHER),
    ],
)
def test_the_words_say_which_work_it_is(text, kind):
    assert kind_of(text) == kind


def test_members_owe_what_they_send_themselves():
    assert owes_paper(K.SELF, "Các đơn vị thành viên")
    assert not owes_paper(K.SELF, "Trưởng Cụm")
    assert not owes_paper(K.MEETING, "Các đơn vị thành viên")


def test_a_line_of_another_year_keeps_its_kind_and_loses_what_was_done():
    step = StepData("Gửi báo cáo năm 2026", K.REPORT, "Trước ngày 01/12/2026", None, dt.date(2026, 11, 30), True)
    done = StepData(step.text, step.kind, step.time_text, None, step.due, True, dt.date(2026, 11, 29), pk=7, task=9)

    later = moved(done, 2026, 2027, DAYS)

    assert later == StepData(
        "Gửi báo cáo năm 2027", K.REPORT, "Trước ngày 01/12/2027", None, dt.date(2027, 11, 30), True
    )


@pytest.mark.parametrize(
    ("due", "later"),
    [
        (dt.date(2025, 11, 30), dt.date(2026, 11, 30)),  # a Monday stays
        (dt.date(2025, 11, 28), dt.date(2026, 11, 27)),  # a Saturday goes to the Friday before
        (dt.date(2025, 2, 17), dt.date(2026, 2, 13)),  # Tết Bính Ngọ begins on 16 February, a Monday
        (dt.date(2025, 9, 2), dt.date(2026, 8, 28)),  # National Day, with the days beside it
    ],
)
def test_a_day_off_becomes_the_working_day_before(due, later):
    assert moved(StepData("Gửi báo cáo", due=due), 2025, 2026, DAYS).due == later


def test_words_of_time_are_read_anew():
    step = StepData("Kiểm tra chéo", K.CROSS, "Tháng 02/2027", dt.date(2027, 2, 1), dt.date(2027, 2, 28))

    later = moved(step, 2027, 2028, DAYS)

    assert (later.time_text, later.start, later.due) == ("Tháng 02/2028", dt.date(2028, 2, 1), dt.date(2028, 2, 29))


def test_the_29th_of_february_becomes_a_day_that_the_year_has():
    later = moved(StepData("Họp", due=dt.date(2028, 2, 29)), 2028, 2029, DAYS)

    assert later.due == dt.date(2029, 2, 28)
