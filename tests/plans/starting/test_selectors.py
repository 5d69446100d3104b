"""What a plan may be made from, and what is known of the unit that adopts it."""

from __future__ import annotations

import datetime as dt

import pytest

from plans.models import Plan
from plans.starting.selectors import (
    adoption_of,
    own_earlier_plans,
    plans_to_merge,
    sent_plans_of_others,
    signers_of,
    sources,
    units_to_plan_for,
)
from plans.states import PlanState
from tests.factories import MembershipFactory, PartFactory, PersonFactory, PlanFactory, Role, UnitFactory, UserFactory
from tests.plans.starting.world import REFORM, TODAY, unit_named
from units.services import record_succession

pytestmark = pytest.mark.django_db

ENDED = REFORM - dt.timedelta(days=1)


@pytest.fixture
def province():
    return unit_named("tỉnh Lam Giang")


@pytest.fixture
def district(province):
    return unit_named("huyện Thượng Lam", parent=province, valid_to=ENDED)


@pytest.fixture
def unit(province):
    return unit_named("xã Mai Khê", parent=province, valid_from=REFORM, village_word="khu phố")


@pytest.fixture
def old_units(unit, district):
    found = [
        unit_named(name, parent=district, valid_to=ENDED) for name in ("thị trấn Mai Khê", "xã Mai Trung", "xã Khê Hạ")
    ]
    for old in found:
        record_succession(actor=None, date=REFORM, old=old, new=unit)
    return found


@pytest.fixture
def officer(unit):
    return UserFactory(role=Role.OFFICER, unit=unit)


def test_only_an_officer_plans_and_for_each_of_the_own_units(unit, officer):
    other = UnitFactory(name="An Sơn")
    MembershipFactory(user=officer, unit=other, role=Role.OFFICER)
    MembershipFactory(user=officer, unit=UnitFactory(), role=Role.CLERK)

    assert units_to_plan_for(officer) == [other, unit]
    assert units_to_plan_for(UserFactory(role=Role.LEADER, unit=unit)) == []


def test_the_likeliest_source_is_the_newest_annual_plan_of_the_unit_itself(unit, old_units, officer):
    older = PlanFactory(unit=unit, year=2025)
    campaign = PlanFactory(unit=unit, year=2026, kind=Plan.Kind.CAMPAIGN)
    annual = PlanFactory(unit=unit, year=2026)
    left = PlanFactory(unit=old_units[0], year=2026)
    PlanFactory(year=2026)  # a stranger's

    assert list(own_earlier_plans(officer, unit)) == [annual, left, campaign, older]


def test_of_others_only_what_was_sent_and_may_be_seen(province):
    reviewer = UserFactory(role=Role.OFFICER, unit=province)
    MembershipFactory(user=reviewer, unit=province, role=Role.REVIEWER)
    below = UnitFactory(parent=province)
    sent = PlanFactory(unit=below, state=PlanState.SUBMITTED)
    PlanFactory(unit=below)
    PlanFactory(state=PlanState.ISSUED)  # of a commune of another province
    PlanFactory(unit=province, state=PlanState.ISSUED)

    assert list(sent_plans_of_others(reviewer, province)) == [sent]


def test_predecessors_plans_of_the_last_common_year_are_merged(unit, old_units, officer):
    first, second, third = old_units
    common = [PlanFactory(unit=old, year=2025) for old in old_units]
    PlanFactory(unit=first, year=2026)
    PlanFactory(unit=second, year=2024)
    PlanFactory(unit=third, year=2025, kind=Plan.Kind.CAMPAIGN)
    PlanFactory(unit=unit, year=2025)

    assert {plan.pk for plan in plans_to_merge(officer, unit, 2026)} == {plan.pk for plan in common}
    assert plans_to_merge(officer, unit, 2024) == []


def test_sources_come_in_the_order_asked_for_and_only_visible_ones(unit, officer):
    mine = [PlanFactory(unit=unit) for _ in range(2)]
    strange = PlanFactory()

    assert sources(officer, [mine[1].pk, strange.pk, mine[0].pk, mine[1].pk]) == [mine[1], mine[0]]


# -- Who adopts ---------------------------------------------------------------------------


def test_the_heirs_of_neighbours_and_of_own_parts_are_known(unit, old_units, district):
    neighbour, other = unit_named("xã Tiên Lãm", parent=district, valid_to=ENDED), unit_named("xã Minh Lãm")
    record_succession(actor=None, date=REFORM, old=neighbour, new=other)
    village, joined = PartFactory(unit=old_units[1], name="Thôn Đồng Rạng"), PartFactory(unit=unit, name="Khu phố 5")
    record_succession(actor=None, date=REFORM, old=village, new=joined)
    far = unit_named("xã Xa Xôi", parent=unit_named("huyện Khác"), valid_to=ENDED)
    record_succession(actor=None, date=REFORM, old=far, new=unit_named("xã Xa"))

    adoption = adoption_of(unit, [PlanFactory(unit=old_units[1], year=2025)], 2026, TODAY)

    assert adoption.names.heirs == {
        "thị trấn Mai Khê": "xã Mai Khê",
        "xã Mai Trung": "xã Mai Khê",
        "xã Khê Hạ": "xã Mai Khê",
        "xã Tiên Lãm": "xã Minh Lãm",
        "Thôn Đồng Rạng": "Khu phố 5",
    }
    assert (adoption.names.province, adoption.village, adoption.shared) == ("tỉnh Lam Giang", "khu phố", {})
    assert adoption.crosses_reform


def test_a_split_unit_is_shared_but_who_adopts_its_plan_is_its_heir(unit, old_units, district):
    other = unit_named("xã Minh Lãm")
    split = unit_named("xã Đồng Nhuệ", parent=district, valid_to=ENDED)
    for heir in (other, unit):
        record_succession(actor=None, date=REFORM, old=split, new=heir, is_whole=False)

    beside = adoption_of(unit, [PlanFactory(unit=old_units[0])], 2026, TODAY)
    own = adoption_of(unit, [PlanFactory(unit=split)], 2026, TODAY)

    assert beside.shared == {"xã đồng nhuệ": ("xã Minh Lãm", "xã Mai Khê")}
    assert own.shared == {}
    assert own.names.heirs["xã Đồng Nhuệ"] == "xã Mai Khê"


@pytest.mark.parametrize(
    ("year", "paper_date", "lives", "to_year", "crosses"),
    [
        (2024, "2024-01-18", "old", 2026, True),
        (2025, "2025", "old", 2026, True),
        (2025, "2025-06", "any", 2026, True),
        (2025, "2025-07-08", "new", 2026, False),
        (2025, "", "new", 2026, False),
        (2025, "", "any", 2026, True),
        (2026, "", "any", 2027, False),
        (2024, "2024-01-18", "old", 2025, True),
        (2023, "2023-01-18", "old", 2024, False),
    ],
)
def test_whether_the_reform_lies_between(unit, district, year, paper_date, lives, to_year, crosses):
    of_plan = {"old": UnitFactory(parent=district, valid_to=ENDED), "new": unit, "any": UnitFactory()}[lives]
    plan = PlanFactory(unit=of_plan, year=year, paper_date=paper_date)

    assert adoption_of(unit, [plan], to_year, TODAY).crosses_reform == crosses


@pytest.mark.parametrize(
    ("year", "today", "day"),
    [(2026, "2026-03-05", "2026-03-05"), (2027, "2026-11-20", "2027-01-01"), (2025, "2026-11-20", "2025-12-31")],
)
def test_the_law_of_the_plans_year_counts(unit, year, today, day):
    adoption = adoption_of(unit, [], year, dt.date.fromisoformat(today))

    assert adoption.names.day == dt.date.fromisoformat(day)
    assert "152/2025/NĐ-CP" in {law.number for law in adoption.names.laws}


def test_a_unit_without_province_says_only_the_word():
    assert adoption_of(UnitFactory(), [], 2026, TODAY).names.province == "tỉnh"


def test_signers_are_the_heads_of_the_committee(unit):
    PersonFactory(unit=unit, full_name="Hội", post="Chủ tịch Hội Nông dân")
    PersonFactory(unit=unit, full_name="Phó", post="Phó Chủ tịch Ủy ban nhân dân")
    PersonFactory(full_name="Khác", post="Chủ tịch UBND xã")

    assert signers_of(unit) == {"chairman": "", "vice_chairman": "Phó"}
