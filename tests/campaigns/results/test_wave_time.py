"""A target of the second wave is measured by that wave's days, on every page that says how far it is."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from campaigns.measuring import Pace
from campaigns.models import Share, Wave
from campaigns.periods import period_of
from campaigns.results.board import board_of
from campaigns.results.selectors import standing
from tests.campaigns.results.conftest import new_office, rice

AUTUMN = dt.datetime(2024, 10, 5, 2, 0, tzinfo=dt.UTC)
PERIOD = "2024-9M"
"""Half of the second wave, three quarters of the year."""


@pytest.fixture
def office(db):
    with time_machine.travel(AUTUMN, tick=False):
        yield new_office()


@pytest.fixture
def target(office):
    wave = Wave.objects.create(
        campaign=office.campaign, order=2, name="Đợt 2", start=dt.date(2024, 7, 1), end=dt.date(2024, 12, 31)
    )
    [target] = office.targets(rice(wave=wave))
    return target


def test_the_whole_is_on_time_with_half_of_it(office, target):
    office.record(target, 1100, period=PERIOD)

    [one] = standing(office.campaign, period=PERIOD)

    assert (one.figure.elapsed, one.figure.pace, one.figure.forecast) == (0.5, Pace.ON_TIME, Decimal("2200.0"))


def test_a_village_is_measured_by_the_same_days(office, target):
    village = office.villages[0]
    Share.objects.create(target=target, part=village, low=100)
    office.record(target, 50, village, period=PERIOD)

    cell = board_of(office.campaign, period_of(PERIOD)).cells[("part", village.pk), target.pk]

    assert (cell.percent, cell.state.word) == ("50 %", "Đúng tiến độ")


def test_the_page_says_from_which_day_the_figures_count(office, target):
    office.record(target, 1100, period=PERIOD)

    page = office.page("results", ky=PERIOD)

    assert page.context["standing"] == (
        "9 tháng đầu năm 2024: 1/1 dòng đã có số. "
        "Số ghi là lũy kế từ đầu năm (chỉ tiêu của đợt: từ đầu đợt) đến hết kỳ."
    )
    assert [line.state.word for line in page.context["lines"]] == ["Đúng tiến độ"]
