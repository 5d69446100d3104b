"""Writes of the settings: each checked, each told in the history, and what is the default keeps no row."""

from __future__ import annotations

import datetime as dt

import pytest

from core.errors import UnfitField
from core.history import HistoryLine, history_lines
from core.text import UnfitText
from reminders.deadlines import Collector
from reminders.ladder import DEFAULT, Rungs
from reminders.models import DayOff, Ladder, Preference, UnitSettings, Wording
from reminders.settings_services import (
    add_days,
    remove_day,
    set_ladder,
    set_leader_weekly,
    set_preference,
    set_quiet_hours,
    set_wording,
)
from reminders.wording import TEXTS, UnfitWording
from units.models import Unit

TASKS = Collector("tests.task", "Nhiệm vụ", lambda scope: [], lambda one: "/", lambda one: "/")
OFF, WORKED = False, True


def day(text: str) -> dt.date:
    in_month, month, year = map(int, text.split("/"))
    return dt.date(year, month, in_month)


def lines(unit: Unit) -> list[HistoryLine]:
    return history_lines(UnitSettings(unit=unit))


def told(unit: Unit) -> list[tuple[str, str, str, str]]:
    """Of each act, the newest first: what, which field, before and after."""
    return [(line.what, change.name, change.old, change.new) for line in lines(unit) for change in line.changes]


# -- Hours and the weekly digest -------------------------------------------------------


def test_quiet_hours_are_kept_and_told(office):
    set_quiet_hours(office.unit, actor=office.officer, quiet_from=dt.time(18), quiet_to=dt.time(7, 30))

    kept = UnitSettings.objects.get(unit=office.unit)
    assert (kept.quiet_from, kept.quiet_to, kept.leader_weekly) == (dt.time(18), dt.time(7, 30), False)
    assert told(office.unit) == [("Đổi giờ nhắc", "không nhắc từ", "19:00", "18:00")]


def test_saving_what_is_set_already_is_no_act(office):
    set_quiet_hours(office.unit, actor=office.officer, quiet_from=dt.time(19), quiet_to=dt.time(7, 30))
    set_leader_weekly(office.unit, actor=office.officer, is_on=False)
    set_ladder(office.unit, TASKS, actor=office.officer, rungs=DEFAULT)
    set_wording(office.unit, "digest_closing", actor=office.officer, text=TEXTS["digest_closing"].default)

    assert lines(office.unit) == []
    assert not UnitSettings.objects.exists()


@pytest.mark.parametrize(("begins", "ends"), [(dt.time(7), dt.time(19)), (dt.time(17), dt.time(16, 59))])
def test_hours_that_leave_no_time_to_remind_are_refused(office, begins, ends):
    with pytest.raises(UnfitField, match="phủ hết giờ làm việc") as refusal:
        set_quiet_hours(office.unit, actor=office.officer, quiet_from=begins, quiet_to=ends)

    assert refusal.value.field == "quiet_to"
    assert not UnitSettings.objects.exists()


def test_equal_hours_are_none_at_all(office):
    set_quiet_hours(office.unit, actor=office.officer, quiet_from=dt.time(8), quiet_to=dt.time(8))

    assert UnitSettings.objects.get(unit=office.unit).quiet_to == dt.time(8)


def test_the_weekly_digest_is_turned_on_and_off_and_the_hours_stay(office):
    set_quiet_hours(office.unit, actor=office.officer, quiet_from=dt.time(18), quiet_to=dt.time(7))

    set_leader_weekly(office.unit, actor=office.officer, is_on=True)
    assert UnitSettings.objects.get(unit=office.unit).leader_weekly
    set_leader_weekly(office.unit, actor=office.officer, is_on=False)

    kept = UnitSettings.objects.get(unit=office.unit)
    assert (kept.quiet_from, kept.leader_weekly) == (dt.time(18), False)
    what = "Bật, tắt bản tổng hợp tuần cho lãnh đạo"
    assert told(office.unit)[:2] == [
        (what, "gửi lãnh đạo bản tổng hợp tuần", "có", "không"),
        (what, "gửi lãnh đạo bản tổng hợp tuần", "không", "có"),
    ]


# -- Ladders ---------------------------------------------------------------------------


def test_a_ladder_is_set_and_goes_back_to_the_default(office):
    rungs = Rungs((10, 5), on_the_day=False, every=1)

    set_ladder(office.unit, TASKS, actor=office.officer, rungs=rungs)
    row = Ladder.objects.get()
    assert (row.unit, row.kind, row.before, row.on_the_day, row.every) == (
        office.unit,
        "tests.task",
        [10, 5],
        False,
        1,
    )
    set_ladder(office.unit, TASKS, actor=office.officer, rungs=DEFAULT)

    assert not Ladder.objects.exists()
    usual = "Nhiệm vụ: trước 7, 3, 1 ngày; đúng ngày; quá hạn thì cứ 2 ngày làm việc nhắc một lần"
    own = "Nhiệm vụ: trước 10, 5 ngày; không nhắc đúng ngày; quá hạn thì ngày làm việc nào cũng nhắc"
    assert told(office.unit) == [
        ("Đổi mốc nhắc", "Mốc nhắc", own, usual),
        ("Đổi mốc nhắc", "Mốc nhắc", usual, own),
    ]


@pytest.mark.parametrize(
    ("rungs", "field", "said"),
    [
        (Rungs((61,)), "before", "từ 1 đến 60"),
        (Rungs((3, 0)), "before", "từ 1 đến 60"),
        (Rungs(tuple(range(11, 0, -1))), "before", "nhiều nhất 10 mốc"),
        (Rungs((1, 3)), "before", "mốc xa đứng trước"),
        (Rungs((3, 3)), "before", "khác nhau"),
        (Rungs(every=31), "every", "từ 0 đến 30"),
        (Rungs((), on_the_day=False, every=0), "before", "giữ ít nhất một mốc"),
    ],
)
def test_ladders_that_no_one_can_climb_are_refused(office, rungs, field, said):
    with pytest.raises(UnfitField, match=said) as refusal:
        set_ladder(office.unit, TASKS, actor=office.officer, rungs=rungs)

    assert refusal.value.field == field
    assert not Ladder.objects.exists()


# -- Days ------------------------------------------------------------------------------


def days(unit: Unit) -> list[tuple[str, bool, str]]:
    return [(f"{row.day:%d/%m/%Y}", row.is_working, row.name) for row in DayOff.objects.filter(unit=unit)]


def test_a_range_adds_the_days_on_which_it_makes_a_difference(office):
    """Friday to Tuesday with a weekend between: the weekend is off anyway."""
    added = add_days(
        office.unit,
        actor=office.officer,
        first=day("13/11/2026"),
        last=day("17/11/2026"),
        is_working=OFF,
        name=" Hội xã ",
    )

    assert days(office.unit) == [
        ("13/11/2026", OFF, "Hội xã"),
        ("16/11/2026", OFF, "Hội xã"),
        ("17/11/2026", OFF, "Hội xã"),
    ]
    assert added.already == [day("14/11/2026"), day("15/11/2026")]
    assert told(office.unit) == [
        (
            "Ghi ngày nghỉ riêng, ngày làm bù",
            "Ngày",
            "(trống)",
            "nghỉ 13/11/2026, 16/11/2026, 17/11/2026 (Hội xã)",
        )
    ]


def test_a_made_up_day_is_one_that_is_off_in_the_country(office):
    add_days(office.unit, actor=office.officer, first=day("14/11/2026"), is_working=WORKED, name="Làm bù")
    add_days(office.unit, actor=office.officer, first=day("24/11/2026"), is_working=WORKED, name="Trực")

    assert days(office.unit) == [("14/11/2026", WORKED, "Làm bù"), ("24/11/2026", WORKED, "Trực")]


@pytest.mark.parametrize(
    ("first", "last", "works", "field", "said"),
    [
        ("14/11/2026", None, OFF, "first", "Ngày 14/11/2026 đã là ngày nghỉ, không cần ghi thêm."),
        (
            "14/11/2026",
            "15/11/2026",
            OFF,
            "first",
            "Mọi ngày từ 14/11/2026 đến 15/11/2026 đã là ngày nghỉ, không cần ghi thêm.",
        ),
        ("13/11/2026", None, WORKED, "first", "Ngày 13/11/2026 đã là ngày làm việc, không cần ghi thêm."),
        ("22/08/2026", None, WORKED, "first", "Ngày 22/08/2026 đã là ngày làm việc, không cần ghi thêm."),
        ("13/11/2026", "12/11/2026", OFF, "last", "Ngày cuối phải từ ngày 13/11/2026 trở đi."),
        ("13/11/2026", "13/02/2027", OFF, "last", "Mỗi lần ghi nhiều nhất 92 ngày; hãy chia thành nhiều lần."),
    ],
)
def test_days_that_change_nothing_or_make_no_sense_are_refused(office, first, last, works, field, said):
    with pytest.raises(UnfitField) as refusal:
        add_days(
            office.unit,
            actor=office.officer,
            first=day(first),
            last=day(last) if last else None,
            is_working=works,
            name="Lý do",
        )

    assert (str(refusal.value), refusal.value.field) == (said, field)
    assert days(office.unit) == []


def test_a_day_is_not_said_twice_in_two_ways(office):
    add_days(office.unit, actor=office.officer, first=day("14/11/2026"), is_working=WORKED, name="Làm bù")

    with pytest.raises(UnfitField, match="Ngày 14/11/2026 đã ghi là làm bù; hãy bỏ dòng đó trước"):
        add_days(
            office.unit,
            actor=office.officer,
            first=day("13/11/2026"),
            last=day("16/11/2026"),
            is_working=OFF,
            name="Nghỉ",
        )

    assert days(office.unit) == [("14/11/2026", WORKED, "Làm bù")]


def test_a_reason_is_plain_words(office):
    with pytest.raises(UnfitText, match="thẻ HTML"):
        add_days(office.unit, actor=office.officer, first=day("13/11/2026"), is_working=OFF, name="<b>Nghỉ</b>")

    assert days(office.unit) == []


def test_a_day_is_removed_once(office):
    add_days(office.unit, actor=office.officer, first=day("13/11/2026"), is_working=OFF, name="Hội")
    row = DayOff.objects.get()
    again = DayOff.objects.get()

    remove_day(row, actor=office.officer)
    remove_day(again, actor=office.officer)

    assert days(office.unit) == []
    assert [line.what for line in lines(office.unit)] == [
        "Bỏ ngày nghỉ riêng, ngày làm bù",
        "Ghi ngày nghỉ riêng, ngày làm bù",
    ]


# -- Words and persons -----------------------------------------------------------------


def test_words_are_kept_told_by_their_name_and_go_back(office):
    set_wording(office.unit, "digest_closing", actor=office.officer, text="Văn phòng {don_vi}. ")
    assert Wording.objects.get().text == "Văn phòng {don_vi}."
    default = TEXTS["digest_closing"].default
    set_wording(office.unit, "digest_closing", actor=office.officer, text=default)

    assert not Wording.objects.exists()
    assert told(office.unit) == [
        ("Sửa mẫu lời nhắc", "Lời kết thư nhắc việc", "Văn phòng {don_vi}.", default),
        ("Sửa mẫu lời nhắc", "Lời kết thư nhắc việc", default, "Văn phòng {don_vi}."),
    ]


def test_words_that_do_not_check_are_not_kept(office):
    with pytest.raises(UnfitWording):
        set_wording(office.unit, "zalo_request", actor=office.officer, text="Không có liên kết")

    assert not Wording.objects.exists()


def test_a_person_wants_no_mail(office):
    person = office.officer.person

    set_preference(person, actor=office.officer, by_mail=False)
    set_preference(person, actor=office.officer, by_mail=False)

    row = Preference.objects.get()
    assert (row.person, row.by_mail) == (person, False)
    assert [
        (line.what, change.name, change.old, change.new) for line in history_lines(row) for change in line.changes
    ] == [("Đổi cách nhận nhắc việc", "nhắc cả bằng thư điện tử", "có", "không")]


def test_one_unit_s_settings_are_not_another_s(office):
    set_quiet_hours(office.unit, actor=office.officer, quiet_from=dt.time(18), quiet_to=dt.time(7))
    set_ladder(office.unit, TASKS, actor=office.officer, rungs=Rungs((5,)))
    add_days(office.unit, actor=office.officer, first=day("13/11/2026"), is_working=OFF, name="Hội")
    set_wording(office.unit, "digest_closing", actor=office.officer, text="Hết.")

    assert len(lines(office.unit)) == 4
    assert lines(office.other) == []
    assert [model.objects.exclude(unit=office.unit).count() for model in (UnitSettings, Ladder, DayOff, Wording)] == [
        0,
        0,
        0,
        0,
    ]
