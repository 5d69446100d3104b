from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.dates import PartialDate


@st.composite
def partial_dates(draw) -> PartialDate:
    day = draw(st.dates())
    return draw(
        st.sampled_from(
            [
                PartialDate(day.year, day.month, day.day),
                PartialDate(day.year, day.month),
                PartialDate(day.year),
                PartialDate(),
            ]
        )
    )


@given(partial_dates())
def test_what_is_written_is_read_back(date):
    assert PartialDate.parse(str(date)) == date


@given(st.from_regex(r"\d{4}(-[01]\d){0,2}", fullmatch=True) | st.text(max_size=12))
def test_what_is_read_is_written_back_letter_for_letter_and_all_else_is_refused(text):
    try:
        date = PartialDate.parse(text)
    except ValueError:
        return

    assert str(date) == text


@given(st.dates())
def test_a_whole_day_is_exact_and_a_part_of_one_is_not(day):
    assert PartialDate(day.year, day.month, day.day).exact == day
    assert PartialDate(day.year, day.month).exact is None
    assert PartialDate(day.year).exact is None
    assert PartialDate().exact is None


@pytest.mark.parametrize(
    "text",
    ["2024-02-30", "2023-02-29", "2024-13", "2024-00", "2024-01-00", "0000", "24-01-18", "2024-1-8", "18/01/2024"],
)
def test_what_no_calendar_has_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 -- the sentence for people is made where the field is known
        PartialDate.parse(text)


def test_the_leap_day_is_a_day():
    assert PartialDate.parse("2028-02-29").exact == dt.date(2028, 2, 29)


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2020-03-05", "ngày 05 tháng 3 năm 2020"),
        ("2019-06-29", "ngày 29 tháng 6 năm 2019"),
        ("2020-01-05", "ngày 05 tháng 01 năm 2020"),
        ("2024-02-10", "ngày 10 tháng 02 năm 2024"),
        ("2024-10-01", "ngày 01 tháng 10 năm 2024"),
        ("2026-11", "ngày … tháng 11 năm 2026"),
        ("2026-02", "ngày … tháng 02 năm 2026"),
        ("2026", "ngày … tháng … năm 2026"),
        ("", "ngày … tháng … năm …"),
    ],
)
def test_words_pad_days_below_ten_and_the_first_two_months_only(iso, words):
    assert PartialDate.parse(iso).in_words(blank="…") == words
