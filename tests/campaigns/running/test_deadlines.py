"""What falls due out of a campaign, and what closes it."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from campaigns.deadlines import RESULTS, REVIEW
from campaigns.models import Campaign, Registration, Result, Review
from documents.models import IssuedPaper
from reminders import deadlines
from reminders.deadlines import Scope
from tests.campaigns.running.desk import NAME, TODAY, add_wave
from tests.factories import IssuerFactory, PartFactory

REGISTER_BY = dt.date(2026, 3, 4)


@pytest.fixture(autouse=True)
def village(desk):
    """The one that could register."""
    return PartFactory(unit=desk.commune)


def due(desk, **scope) -> list[tuple[str, dt.date, str]]:
    found = deadlines.open_deadlines(Scope(units=[desk.commune.pk], **scope))
    return [(one.kind.removeprefix("campaigns."), one.due, one.what) for one in found]


def paper_of(desk) -> IssuedPaper:
    return IssuedPaper.objects.create(
        issuer=IssuerFactory(unit=desk.commune), kind="Báo cáo", number="9", symbol="BC-UBND", date=TODAY
    )


def test_a_draft_owes_nothing_and_a_running_one_its_days(desk):
    made = desk.campaign(register_by=REGISTER_BY)
    add_wave(made, name="Đợt một", review_by=dt.date(2026, 7, 9))
    assert due(desk) == []

    Campaign.objects.update(state="running")

    assert due(desk) == [
        ("registration", REGISTER_BY, "Nhận đăng ký thi đua, còn thiếu 1 nơi"),
        ("review", dt.date(2026, 7, 9), "Sơ kết, tổng kết Đợt một"),
    ]
    assert due(desk, until=REGISTER_BY) == [("registration", REGISTER_BY, "Nhận đăng ký thi đua, còn thiếu 1 nơi")]
    assert deadlines.open_deadlines(Scope(units=[desk.neighbour.pk])) == []


def test_registration_is_over_when_nobody_is_missing(desk, village):
    made = desk.campaign(is_running=True, register_by=REGISTER_BY)
    assert [kind for kind, _, _ in due(desk)] == ["registration"]

    Registration.objects.create(campaign=made, part=village, day=TODAY)

    assert due(desk) == []


@pytest.mark.parametrize("state", ["closed", "dropped"])
def test_one_that_is_over_owes_nothing(desk, state):
    made = desk.campaign(register_by=REGISTER_BY, is_running=True)
    add_wave(made, review_by=dt.date(2026, 7, 9))

    Campaign.objects.update(state=state, drop_reason="Thôi")

    assert due(desk) == []


def test_a_review_is_over_when_its_paper_is_recorded(desk):
    made = desk.campaign(is_running=True)
    wave = add_wave(made, review_by=dt.date(2026, 7, 9))
    review = Review.objects.create(campaign=made, wave=wave, period="2026-H1")
    assert [kind for kind, _, _ in due(desk)] == ["review"]

    review.paper = paper_of(desk)
    review.save()

    assert due(desk) == []


def test_a_wave_without_a_day_of_review_is_no_alarm(desk):
    add_wave(desk.campaign(is_running=True), end=dt.date(2026, 6, 30))

    assert due(desk) == []


def test_each_deadline_is_its_followers_and_leads_where_it_is_closed(desk):
    made = desk.campaign(is_running=True, register_by=REGISTER_BY, follower=desk.an.person)
    wave = add_wave(made, review_by=dt.date(2026, 7, 9))

    [registration, review] = deadlines.open_deadlines(Scope(units=[desk.commune.pk]))

    assert {one.follower_id for one in (registration, review)} == {desk.an.person_id}
    assert {one.group for one in (registration, review)} == {made.pk}
    assert (registration.origin, review.key) == (NAME, (REVIEW, wave.pk, 0))
    assert deadlines.page_url(review) == f"/phong-trao/{made.pk}/"
    assert deadlines.still_open([review.key, registration.key]) == {review.key: review, registration.key: registration}


# -- Results of a quarter ------------------------------------------------------------------


def results(desk, day: dt.date) -> list[tuple[dt.date, str]]:
    with time_machine.travel(dt.datetime.combine(day, dt.time(9), dt.UTC), tick=False):
        return [(on, what) for kind, on, what in due(desk) if f"campaigns.{kind}" == RESULTS]


def test_a_quarter_has_one_check_list_until_its_first_figure(desk):
    made = desk.campaign(is_running=True)
    targets = [made.targets.create(order=order, text=f"Chỉ tiêu {order}", low=1) for order in (1, 2)]
    first = (dt.date(2026, 3, 31), "Ghi kết quả các chỉ tiêu thi đua quý I năm 2026")

    assert results(desk, TODAY) == [first]

    Result.objects.create(target=targets[0], period="2026-Q1", value=1)

    assert results(desk, TODAY) == []
    assert results(desk, dt.date(2026, 4, 1)) == [
        (dt.date(2026, 6, 30), "Ghi kết quả các chỉ tiêu thi đua quý II năm 2026")
    ]


@pytest.mark.parametrize("period", ["2026-H1", "2026-M06", "2026-Q2"])
def test_a_figure_of_six_months_is_one_of_the_second_quarter(desk, period):
    made = desk.campaign(is_running=True)
    target = made.targets.create(order=1, text="Trồng cây", low=1)
    Result.objects.create(target=target, period="2026-Q1", value=1)

    Result.objects.create(target=target, period=period, value=2)

    assert results(desk, dt.date(2026, 6, 1)) == []


def test_quarters_long_over_and_quarters_before_the_launch_are_not_told(desk):
    made = desk.campaign(is_running=True)
    made.targets.create(order=1, text="Trồng cây", low=1)
    Campaign.objects.update(launched_on=dt.date(2026, 4, 15))

    assert [on for on, _ in results(desk, dt.date(2026, 7, 1))] == [dt.date(2026, 6, 30), dt.date(2026, 9, 30)]
    assert [on for on, _ in results(desk, dt.date(2027, 2, 1))] == [dt.date(2026, 12, 31)]


def test_targets_without_a_figure_are_not_counted(desk):
    desk.campaign(is_running=True).targets.create(order=1, text="Nâng cao chất lượng")

    assert results(desk, TODAY) == []


def test_a_dissolved_unit_is_not_told(desk):
    desk.campaign(is_running=True, register_by=REGISTER_BY)
    desk.commune.valid_to = TODAY - dt.timedelta(days=1)
    desk.commune.save()

    assert due(desk) == []


def test_campaigns_of_years_past_are_told_of_what_is_less_than_a_quarter_over(desk):
    desk.campaign(year=2025, register_by=dt.date(2025, 11, 1), is_running=True)
    recent = desk.campaign(year=2025, is_running=True)
    add_wave(recent, review_by=dt.date(2025, 12, 31))

    assert due(desk) == [("review", dt.date(2025, 12, 31), "Sơ kết, tổng kết Đợt 1")]


def test_collecting_costs_the_same_for_3_and_for_60_campaigns(desk, django_assert_num_queries):
    def make(count: int) -> None:
        for _ in range(count):
            made = desk.campaign(is_running=True, register_by=REGISTER_BY)
            add_wave(made, review_by=dt.date(2026, 7, 9))
            made.targets.create(order=1, text="Trồng cây", low=1)

    kinds = [one for one in deadlines.collectors() if one.kind.startswith("campaigns.")]
    for count, so_far in ((3, 3), (57, 60)):
        make(count)
        with django_assert_num_queries(6):
            found = [one for kind in kinds for one in kind.open_in(Scope())]
        assert len(found) == 3 * so_far
