"""Which figure counts on a day, what the parts sum to, and what nobody may say."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from campaigns.measuring import Aim, Pace, Span
from campaigns.periods import period_of
from campaigns.results.doubts import doubt
from campaigns.results.standing import Bearers, Reported, figure_of, measured, newest

D = Decimal
TONNES = Aim("=", D(1000), grows=True)
PERCENT = Aim(">=", D(95))
YEAR = Span(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
VILLAGES = {("part", 1): "thôn", ("part", 2): "thôn", ("part", 3): "thôn", ("part", 9): "trường"}


def said(code: str, value, bearer: int | None = None, pk: int = 1) -> Reported:
    return Reported(pk, period_of(code), D(str(value)), ("part", bearer) if bearer else None)


def figure(aim: Aim, rows, shared=(), **asked):
    bearers = Bearers(VILLAGES, frozenset(("part", pk) for pk in shared))
    return figure_of(aim, rows, bearers, span=YEAR, **asked)


class TestWhichCounts:
    def test_the_newest_period_does_and_of_one_day_the_longest(self):
        rows = [said("2024-Q1", 1), said("2024-H1", 3), said("2024-M06", 2), said("2024-Q2", 4)]

        assert newest(rows).period.code == "2024-H1"

    def test_of_one_day_the_period_that_was_asked_for(self):
        rows = [said("2024-H1", 3), said("2024-Q2", 4)]

        assert newest(rows, dt.date(2024, 6, 30), "2024-Q2").value == 4

    def test_nothing_of_after_the_day(self):
        assert newest([said("2024-9M", 9)], dt.date(2024, 6, 30)) is None

    def test_a_figure_is_measured_at_the_end_of_its_own_period(self):
        found = measured(TONNES, said("2024-Q1", 240), YEAR)

        assert (found.percent, found.pace, found.forecast) == (D("24.0"), Pace.ON_TIME, D("965"))


class TestTheWhole:
    def test_as_entered(self):
        found = figure(TONNES, [said("2024-H1", 600, pk=7), said("2024-H1", 10, 1)])

        assert (found.value, found.result, found.is_sum, found.pace) == (D(600), 7, False, Pace.AHEAD)
        assert str(found.parts) == "1/3 thôn"

    def test_no_data_is_said_and_not_zero(self):
        found = figure(TONNES, [])

        assert (found.value, found.percent, found.pace, found.parts) == (None, None, Pace.NO_DATA, None)

    def test_where_nobody_entered_it_the_parts_sum(self):
        found = figure(TONNES, [said("2024-H1", n, n) for n in (1, 2, 3)])

        assert (found.value, found.is_sum, found.is_partial, str(found.parts)) == (D(6), True, False, "3/3 thôn")

    def test_a_sum_that_lacks_parts_says_so_and_no_more(self):
        found = figure(TONNES, [said("2024-H1", 100, 1)], shared=(1, 2))

        assert (found.value, found.is_partial, str(found.parts)) == (D(100), True, "1/2 thôn")
        assert (found.pace, found.forecast) == (Pace.UNKNOWN, None)

    def test_who_is_behind_with_an_older_figure_is_missing(self):
        found = figure(TONNES, [said("2024-Q1", 50, 1), said("2024-H1", 100, 2)], shared=(1, 2))

        assert (found.value, str(found.parts)) == (D(100), "1/2 thôn")

    def test_percentages_of_parts_are_counted_and_not_summed(self):
        found = figure(PERCENT, [said("2024-H1", 90, 1), said("2024-H1", 96, 2)], shared=(1, 2))

        assert (found.value, found.parts.total, str(found.parts)) == (None, None, "2/2 thôn")

    def test_a_later_sum_counts_before_an_older_whole_only_when_it_is_complete(self):
        whole = said("2024-Q1", 200)

        partial = figure(TONNES, [whole, said("2024-H1", 100, 1)], shared=(1, 2))
        complete = figure(TONNES, [whole, said("2024-H1", 100, 1), said("2024-H1", 300, 2)], shared=(1, 2))

        assert (partial.value, partial.is_sum) == (D(200), False)
        assert (complete.value, complete.is_sum) == (D(400), True)

    def test_schools_and_villages_together_are_places(self):
        found = figure(TONNES, [said("2024-H1", 1, 1), said("2024-H1", 1, 9)])

        assert str(found.parts) == "2/4 đơn vị"


class TestDoubts:
    @pytest.mark.parametrize(
        ("value", "words"),
        [
            (D(90), "thấp hơn số đã ghi quý I năm 2024 (100); số ghi là lũy kế đến hết kỳ."),
            (D(400), "cao hơn số đã ghi 9 tháng đầu năm 2024 (300); số ghi là lũy kế đến hết kỳ."),
            (D(200), ""),
            (D(100_000), "gấp hơn 20 lần chỉ tiêu; hãy xem lại đơn vị tính, dấu chấm và dấu phẩy."),
        ],
    )
    def test_what_grows_is_never_less_than_before(self, value, words):
        rows = [said("2024-Q1", 100), said("2024-9M", 300), said("2023-Y", 900)]

        assert doubt(TONNES, value, "tấn", period_of("2024-H1"), rows) == words

    def test_a_percentage_may_fall(self):
        assert doubt(PERCENT, D(90), "%", period_of("2024-H1"), [said("2024-Q1", 97)]) == ""
