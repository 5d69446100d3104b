"""Working days: the country's calendar of 2026, swapped days included, and what a unit changes of it."""

from __future__ import annotations

import datetime as dt

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminders import workdays
from reminders.workdays import PublicDay, WorkDays, public_days

COUNTRY = WorkDays()
DAYS = st.dates(dt.date(2025, 6, 1), dt.date(2027, 6, 30))
OWN = st.dictionaries(DAYS, st.booleans(), max_size=60)


def day(text: str) -> dt.date:
    in_month, month, year = map(int, text.split("/"))
    return dt.date(year, month, in_month)


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("01/01/2026", False),
        ("02/01/2026", False),  # swapped
        ("10/01/2026", True),  # the Saturday worked for it
        ("13/02/2026", True),  # the last Friday before Tết
        ("16/02/2026", False),
        ("17/02/2026", False),
        ("20/02/2026", False),
        ("23/02/2026", True),  # the first Monday after Tết
        ("26/04/2026", False),  # Giỗ Tổ on a Sunday
        ("27/04/2026", False),  # and the Monday off for it
        ("30/04/2026", False),
        ("01/05/2026", False),
        ("22/08/2026", True),  # a Saturday worked
        ("29/08/2026", False),
        ("31/08/2026", False),  # for this Monday
        ("02/09/2026", False),
        ("03/09/2026", True),
        ("24/11/2026", False),
        ("21/11/2026", False),  # an ordinary Saturday
    ],
)
def test_days_of_the_country_in_2026(text, works):
    assert COUNTRY.is_working(day(text)) is works


def test_tet_2026_is_one_step_from_friday_to_monday():
    before, after = day("13/02/2026"), day("23/02/2026")

    assert COUNTRY.after(before, 1) == after
    assert COUNTRY.before(after, 1) == before
    assert COUNTRY.not_after(day("22/02/2026")) == before
    assert COUNTRY.between(before, after) == 1


def test_a_unit_has_days_of_its_own():
    feast, saturday = day("16/11/2026"), day("14/11/2026")
    own = WorkDays({feast: False, saturday: True})

    assert [own.is_working(feast), own.is_working(saturday)] == [False, True]
    assert [COUNTRY.is_working(feast), COUNTRY.is_working(saturday)] == [True, False]
    assert own.after(day("13/11/2026"), 2) == day("17/11/2026")
    assert own.not_after(feast) == saturday


def test_a_unit_may_work_on_a_holiday_of_the_country():
    assert WorkDays({day("17/02/2026"): True}).after(day("13/02/2026"), 1) == day("17/02/2026")


@pytest.mark.parametrize("text", ["22/08/2026", "10/01/2026", "26/04/2025"])
def test_the_first_day_ever_asked_for_is_answered_rightly(text):
    """Whatever year was read before: nothing is kept of a calendar that was not filled yet."""
    workdays._country.cache_clear()
    workdays._works.cache_clear()

    assert WorkDays().is_working(day(text))


def test_days_that_we_add_are_not_in_the_package():
    """Once they are, ours go."""
    country = holidays.country_holidays("VN", years=[2025, 2026])

    assert [country.is_working_day(off) for off in workdays._SWAPPED] == [True]
    assert [country.is_working_day(made_up) for made_up in workdays._MADE_UP] == [False]


def test_the_country_s_days_of_2026_are_listed_with_their_names():
    listed = public_days(2026)

    assert [f"{one.day:%d/%m} {'+' if one.is_working else '−'} {one.name}" for one in listed] == [
        "01/01 − Tết Dương lịch",
        "02/01 − Ngày nghỉ (thay cho ngày 10/01/2026)",
        "10/01 + Làm bù cho ngày 02/01/2026",
        "16/02 − Giao thừa Tết Nguyên Đán",
        "17/02 − Tết Nguyên Đán",
        "18/02 − Mùng hai Tết Nguyên Đán",
        "19/02 − Mùng ba Tết Nguyên Đán",
        "20/02 − Mùng bốn Tết Nguyên Đán",
        "26/04 − Ngày Giỗ Tổ Hùng Vương",
        "27/04 − Ngày Giỗ Tổ Hùng Vương (nghỉ bù)",
        "30/04 − Ngày Chiến thắng",
        "01/05 − Ngày Quốc tế Lao động",
        "22/08 + Làm bù cho ngày 31/08/2026",
        "31/08 − Ngày nghỉ (thay cho ngày 22/08/2026)",
        "01/09 − Quốc khánh",
        "02/09 − Quốc khánh",
        "24/11 − Ngày Văn hóa Việt Nam",
    ]


def test_a_day_swapped_over_new_year_is_listed_in_its_own_year():
    assert PublicDay(day("05/01/2019"), "Làm bù cho ngày 31/12/2018", is_working=True) in public_days(2019)
    assert PublicDay(day("31/12/2018"), "Ngày nghỉ (thay cho ngày 05/01/2019)") in public_days(2018)


@pytest.mark.parametrize("year", range(2024, 2031))
def test_the_list_and_the_counting_say_the_same(year):
    first = dt.date(year, 1, 1)
    listed = {one.day: one.is_working for one in public_days(year)}
    assert listed

    for step in range(365):
        one = first + dt.timedelta(days=step)
        assert COUNTRY.is_working(one) is listed.get(one, one.weekday() < 5), one


@given(DAYS, st.integers(0, 60), OWN)
def test_so_many_working_days_after_a_day_and_back_again(start, count, own):
    days = WorkDays(own)
    start = days.not_after(start)

    there = days.after(start, count)

    assert days.is_working(there)
    assert days.between(start, there) == count
    assert days.before(there, count) == start


@given(DAYS, DAYS, DAYS, OWN)
def test_stretches_add_up(one, two, three, own):
    first, middle, last = sorted([one, two, three])
    days = WorkDays(own)

    assert days.between(first, last) == days.between(first, middle) + days.between(middle, last)
    assert days.between(last, first) == 0


@given(DAYS, OWN)
def test_the_last_working_day_is_the_nearest(one, own):
    days = WorkDays(own)

    last = days.not_after(one)

    assert last <= one
    assert days.is_working(last)
    assert days.between(last, one) == 0
