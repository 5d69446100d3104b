"""The file behind an address, as a calendar's own parser reads it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from reminders.feed_calendar import Entry, Sheet
from reminders.workdays import WorkDays

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
CHANGED_AT = dt.datetime(2026, 11, 17, 2, 0, tzinfo=dt.UTC)
LONG = (
    "Gửi báo cáo tổng kết phong trào thi đua, đề nghị khen thưởng; phương hướng, nhiệm vụ năm 2027 về Sở Nội vụ "
    "và Cụm trưởng Cụm thi đua số 03: đường, đất, nước, ngữ nghĩa \\ “trích dẫn”"
)
ENTRY = Entry(
    uid="plans.task-12-0@thidua.example",
    due=dt.date(2026, 11, 20),
    what="Gửi báo cáo tháng 11",
    label="Nhiệm vụ trong kế hoạch",
    url="http://thidua.example/ke-hoach/1/#viec-12",
    origin="theo Công văn số 1479/SNV-TĐKT",
    followers=("Lò Thị An", "Lò Văn Bình"),
)


def file_of(*entries: Entry, workdays: WorkDays | None = None) -> bytes:
    return Sheet("TĐKT xã Mai Khê", entries, workdays or WorkDays()).file(CHANGED_AT)


def read(*entries: Entry, workdays: WorkDays | None = None) -> Calendar:
    return Calendar.from_ical(file_of(*entries, workdays=workdays))


def event_of(entry: Entry, workdays: WorkDays | None = None) -> Event:
    [event] = read(entry, workdays=workdays).events
    return event


def test_the_calendar_says_its_name_and_zone():
    calendar = read(ENTRY)

    assert (calendar["version"], calendar["x-wr-calname"]) == ("2.0", "TĐKT xã Mai Khê")
    assert calendar["x-wr-timezone"] == "Asia/Ho_Chi_Minh"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT4H\r\n" in file_of(ENTRY)
    [zone] = calendar.timezones
    assert zone.tz_name == "Asia/Ho_Chi_Minh"
    assert zone.to_tz().utcoffset(dt.datetime(2026, 6, 1)) == dt.timedelta(hours=7)  # noqa: DTZ001 -- asked of a zone
    assert calendar.errors == []


def test_a_deadline_is_one_whole_day_that_keeps_nobody_busy():
    event = event_of(ENTRY)

    assert type(event.start) is dt.date
    assert (event.start, event.end) == (dt.date(2026, 11, 20), dt.date(2026, 11, 21))
    assert event["transp"] == "TRANSPARENT"
    assert b"DTSTART;VALUE=DATE:20261120\r\n" in file_of(ENTRY)


def test_what_it_says():
    event = event_of(ENTRY)

    assert event["uid"] == "plans.task-12-0@thidua.example"
    assert event["summary"] == "Gửi báo cáo tháng 11"
    assert str(event["description"]).split("\n") == [
        "Theo Công văn số 1479/SNV-TĐKT",
        "Người theo dõi: Lò Thị An; Lò Văn Bình",
        "Mở: http://thidua.example/ke-hoach/1/#viec-12",
    ]
    assert event["url"] == ENTRY.url
    assert event.categories == ["Nhiệm vụ trong kế hoạch"]


def test_what_is_late_says_so_and_reminds_no_more():
    event = event_of(replace(ENTRY, is_late=True))

    assert event["summary"] == "Quá hạn: Gửi báo cáo tháng 11"
    assert event.alarms.times == []


def test_times_of_change_are_in_utc():
    event = event_of(ENTRY)

    assert (event.DTSTAMP, event.LAST_MODIFIED) == (CHANGED_AT, CHANGED_AT)
    assert b"DTSTAMP:20261117T020000Z\r\n" in file_of(ENTRY)
    assert b"LAST-MODIFIED:20261117T020000Z\r\n" in file_of(ENTRY)


@pytest.mark.parametrize(
    ("due", "own", "day"),
    [
        (dt.date(2026, 11, 20), {}, dt.date(2026, 11, 19)),
        (dt.date(2026, 11, 23), {}, dt.date(2026, 11, 20)),  # a Monday: on Friday
        (dt.date(2026, 11, 22), {}, dt.date(2026, 11, 20)),  # a Sunday: on Friday, too
        (dt.date(2026, 9, 3), {}, dt.date(2026, 8, 28)),  # after the national day and the days around it
        (dt.date(2026, 11, 20), {dt.date(2026, 11, 19): False}, dt.date(2026, 11, 18)),
        (dt.date(2026, 11, 23), {dt.date(2026, 11, 21): True}, dt.date(2026, 11, 21)),  # làm bù
    ],
)
def test_it_reminds_at_eight_on_the_working_day_before(due, own, day):
    [alarm] = event_of(replace(ENTRY, due=due), WorkDays(own)).walk("VALARM")

    midnight = dt.datetime.combine(due, dt.time(), HANOI)
    assert midnight + alarm.TRIGGER == dt.datetime.combine(day, dt.time(8), HANOI)
    assert alarm["action"] == "DISPLAY"
    assert alarm["description"] == ENTRY.what


def test_long_vietnamese_lines_are_folded_between_letters_and_read_back_whole():
    """At most 75 bytes a line (RFC 5545, 3.1), and no letter is cut in two."""
    file = file_of(replace(ENTRY, what=LONG))

    lines = file.split(b"\r\n")
    assert len([line for line in lines if line.startswith(b" ")]) > 3
    assert max(len(line) for line in lines) <= 75
    assert all(line.decode("utf-8") is not None for line in lines)
    assert Calendar.from_ical(file).events[0]["summary"] == LONG


def test_a_line_break_or_a_command_in_a_text_stays_text():
    what = "Họp\r\nEND:VEVENT\r\nBEGIN:VEVENT\nSUMMARY:khác"

    [event] = read(replace(ENTRY, what=what)).events

    assert str(event["summary"]).split() == what.split()


def test_the_digest_is_the_same_until_something_that_is_said_changes():
    sheet = Sheet("Lịch", (ENTRY,), WorkDays())
    others = [
        replace(sheet, name="Lịch khác"),
        replace(sheet, entries=()),
        replace(sheet, entries=(replace(ENTRY, due=dt.date(2026, 11, 19)),)),
        replace(sheet, entries=(replace(ENTRY, is_late=True),)),
        replace(sheet, workdays=WorkDays({dt.date(2026, 11, 19): False})),
    ]

    assert sheet.digest == Sheet("Lịch", (ENTRY,), WorkDays()).digest
    assert len({sheet.digest, *(other.digest for other in others)}) == 1 + len(others)
