"""How far a figure is towards its target, and what nobody can say."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.measuring import Aim, Pace, Span, doubt, forecast, is_reached, pace, percent, span_of, sum_of_shares
from campaigns.periods import UnfitPeriod, elapsed, period_of, periods_of

D = Decimal


class TestPeriods:
    @pytest.mark.parametrize(
        ("code", "last", "words"),
        [
            ("2024-M02", dt.date(2024, 2, 29), "tháng 02 năm 2024"),
            ("2024-Q3", dt.date(2024, 9, 30), "quý III năm 2024"),
            ("2024-H1", dt.date(2024, 6, 30), "6 tháng đầu năm 2024"),
            ("2024-9M", dt.date(2024, 9, 30), "9 tháng đầu năm 2024"),
            ("2024-Y", dt.date(2024, 12, 31), "năm 2024"),
            ("2024-SY", dt.date(2025, 5, 31), "năm học 2024-2025"),
        ],
    )
    def test_a_code_names_its_last_day(self, code, last, words):
        period = period_of(code)

        assert (period.last, period.words) == (last, words)

    @pytest.mark.parametrize("code", ["2024", "2024-M13", "2024-H2", "24-Q1", "9999-Y", "", "2024-Q1 "])
    def test_an_unknown_code_is_refused_with_examples(self, code):
        with pytest.raises(UnfitPeriod, match="2024-H1"):
            period_of(code)

    def test_a_year_offers_its_periods_in_order(self):
        codes = " ".join(period.code[5:] for period in periods_of(2024))

        assert codes == "M01 M02 M03 Q1 M04 M05 M06 Q2 H1 M07 M08 M09 Q3 9M M10 M11 M12 Q4 Y"

    def test_time_elapsed_counts_the_last_day(self):
        first, last = dt.date(2024, 1, 1), dt.date(2024, 12, 31)

        assert elapsed(first, last, dt.date(2024, 6, 30)) == 182 / 366
        assert (elapsed(first, last, dt.date(2023, 1, 1)), elapsed(first, last, dt.date(2025, 1, 1))) == (0, 1)


class TestReaching:
    @pytest.mark.parametrize(
        ("aim", "value", "reached", "share"),
        [
            (Aim(">=", D(10)), D(10), True, D(100)),
            (Aim(">", D(98)), D(98), False, D(100)),
            (Aim("=", D(3000)), D(1500), False, D(50)),
            (Aim("range", D(10), D(11)), D("10.5"), True, D(105)),
            (Aim("range", D(10), D(11)), D(12), True, D(120)),
            (Aim("<=", D(2)), D(1), True, D(100)),
            (Aim("<=", D(2)), D(4), False, D(50)),
            (Aim("=", None), D(4), None, None),
            (Aim("=", D(0)), D(0), True, None),
        ],
    )
    def test_reached_and_percent(self, aim, value, reached, share):
        assert (is_reached(aim, value), percent(aim, value)) == (reached, share)

    def test_no_data_is_not_zero(self):
        assert percent(Aim("=", D(10)), None) is None
        assert pace(Aim("=", D(10)), None, 0.9) is Pace.NO_DATA

    @pytest.mark.parametrize(
        ("value", "share", "found"),
        [(D(60), 0.5, Pace.AHEAD), (D(48), 0.5, Pace.ON_TIME), (D(30), 0.5, Pace.BEHIND), (D(100), 0.5, Pace.REACHED)],
    )
    def test_what_grows_is_measured_by_time(self, value, share, found):
        assert pace(Aim("=", D(100), grows=True), value, share) is found

    def test_a_percentage_is_not_measured_by_time(self):
        assert pace(Aim(">=", D(95)), D(90), 0.5) is Pace.UNKNOWN
        assert pace(Aim(">=", D(95)), D(90), 1.0) is Pace.BEHIND

    def test_when_the_time_is_over_nearly_is_not_reached(self):
        assert pace(Aim("=", D(100), grows=True), D(99), 1.0) is Pace.BEHIND

    def test_a_limit_that_is_passed_stays_passed(self):
        assert pace(Aim("<=", D(100), grows=True), D(120), 0.5) is Pace.BEHIND

    def test_a_limit_is_kept_only_when_the_time_is_over(self):
        assert pace(Aim("<=", D(2)), D(1), 0.5) is Pace.UNKNOWN
        assert pace(Aim("<=", D(2)), D(1), 1.0) is Pace.REACHED

    @given(st.decimals(0, 10**6, places=2), st.decimals(0, 10**6, places=2))
    def test_more_is_never_less_percent(self, one, other):
        aim = Aim(">=", D(1000))
        low, high = sorted((one, other))

        assert percent(aim, low) <= percent(aim, high)

    def test_a_forecast_is_only_made_of_what_grows(self):
        assert forecast(Aim("=", D(100), grows=True), D(40), 0.5) == D(80)
        assert forecast(Aim("=", D(100)), D(40), 0.5) is None
        assert forecast(Aim("=", D(100), grows=True), D(4), 0.05) is None


_YEAR_BEGINS = dt.date(2024, 1, 1)
_YEAR = Span(_YEAR_BEGINS, dt.date(2024, 12, 31))
_AUTUMN = Span(dt.date(2024, 7, 1), dt.date(2024, 12, 31))
_days = st.dates(dt.date(2023, 6, 1), dt.date(2025, 6, 30))
_spans = st.tuples(_days, _days).map(sorted).map(lambda two: Span(*two))


class TestTimeOfTheTarget:
    """A wave is measured by its own days, as its figures are counted from its own first day."""

    def test_a_second_wave_begins_with_its_own_first_day(self):
        span = span_of(_YEAR, _AUTUMN)

        assert span == Span(_AUTUMN.first, _AUTUMN.last, counts_from_first=True)
        assert span.passed(_YEAR_BEGINS, dt.date(2024, 6, 30)) == 0
        assert span.passed(_YEAR_BEGINS, dt.date(2024, 9, 30)) == 92 / 184
        assert span.passed(_YEAR_BEGINS, dt.date(2024, 12, 31)) == 1

    def test_pace_and_forecast_follow_from_it(self):
        aim, at = Aim("=", D(1000), grows=True), dt.date(2024, 9, 30)

        own, whole = (one.passed(_YEAR_BEGINS, at) for one in (span_of(_YEAR, _AUTUMN), _YEAR))

        assert (pace(aim, D(500), own), pace(aim, D(500), whole)) == (Pace.ON_TIME, Pace.BEHIND)
        assert forecast(aim, D(500), own) == D(1000)

    @pytest.mark.parametrize(
        ("wave", "found"),
        [
            (None, _YEAR),
            (Span(dt.date(2024, 12, 31), dt.date(2024, 7, 1)), _YEAR),
            (Span(dt.date(2023, 1, 1), dt.date(2023, 6, 30)), _YEAR),
            (Span(dt.date(2026, 1, 1), dt.date(2026, 6, 30)), _YEAR),
            (Span(None, dt.date(2024, 6, 30)), Span(_YEAR_BEGINS, dt.date(2024, 6, 30))),
            (Span(dt.date(2024, 7, 1)), Span(dt.date(2024, 7, 1), _YEAR.last, counts_from_first=True)),
            (Span(dt.date(2023, 1, 1), dt.date(2024, 6, 30)), Span(_YEAR_BEGINS, dt.date(2024, 6, 30), True)),
        ],
        ids=["none", "reversed", "before", "after", "no first day", "no last day", "begins too early"],
    )
    def test_days_that_were_misprinted_measure_nothing(self, wave, found):
        assert span_of(_YEAR, wave) == found

    def test_who_began_before_the_year_is_measured_from_there(self):
        assert Span(dt.date(2023, 7, 1), dt.date(2025, 6, 30)).passed(_YEAR_BEGINS, dt.date(2024, 6, 30)) == 366 / 731

    @given(_spans, _days, _days)
    def test_time_only_goes_on_and_ends_with_the_last_day(self, span, one, other):
        own = Span(span.first, span.last, counts_from_first=True)
        early, late = sorted((one, other))

        assert 0 <= own.passed(_YEAR_BEGINS, early) <= own.passed(_YEAR_BEGINS, late) <= 1
        assert own.passed(_YEAR_BEGINS, span.first - dt.timedelta(days=1)) == 0
        if span.first < span.last:
            assert own.passed(_YEAR_BEGINS, span.last) == 1

    @given(_spans, _days, _days, _days)
    def test_a_wave_does_not_know_the_year(self, wave, year, other_year, day):
        own = span_of(Span(), wave)

        assert own.passed(year, day) == own.passed(other_year, day)

    @given(_spans, _days)
    def test_a_wave_as_long_as_the_campaign_is_measured_as_that(self, span, day):
        assert span_of(span, span).passed(span.first, day) == span.passed(span.first, day)

    @given(_spans, _spans)
    def test_a_wave_never_leaves_its_campaign(self, campaign, wave):
        found = span_of(campaign, wave)

        assert campaign.first <= found.first <= found.last <= campaign.last

    @given(_spans, _days, st.integers(1, 10**6))
    def test_who_keeps_step_with_the_days_of_the_wave_is_neither_ahead_nor_behind(self, wave, day, low):
        aim, share = Aim("=", D(low), grows=True), span_of(Span(), wave).passed(_YEAR_BEGINS, day)
        value = D(low) * D(str(share))

        assert pace(aim, value, share) in (Pace.ON_TIME, Pace.REACHED)
        foreseen = forecast(aim, value, share)
        assert foreseen is None or abs(foreseen - low) <= D("0.5")


@pytest.mark.parametrize(
    ("low", "value", "found"), [(D(160), D("69.55"), "139.1"), (D(160), D(69), "138"), (D("2.5"), D(1), "2")]
)
def test_a_forecast_has_the_decimals_of_target_and_figure(low, value, found):
    guess = forecast(Aim("=", low, grows=True), value, 0.5)

    assert guess is not None
    assert guess == D(found)
    assert -guess.as_tuple().exponent == max(-low.as_tuple().exponent, -value.as_tuple().exponent)


def test_a_figure_beyond_sense_is_doubted():
    assert doubt(Aim("=", D(2350)), D("2350000"), "tấn").startswith("gấp hơn 20 lần chỉ tiêu")
    assert doubt(Aim(">=", D(95)), D(9500), "%").startswith("là 9500 %")
    assert doubt(Aim(">=", D(95)), D(97), "%") == ""


def test_shares_add_up_or_say_what_is_missing():
    assert sum_of_shares(D(100), [D(40), D(60)]).adds_up
    assert sum_of_shares(D(100), [D(40), D("50.5")]).missing == D("9.5")
    assert sum_of_shares(None, [D(1)]).missing is None
