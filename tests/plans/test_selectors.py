"""What a user sees of the plans. Each test first makes sure that there is something to leak."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.errors import AppError
from plans.models import Plan
from plans.selectors import (
    any_plan,
    for_list,
    for_page,
    plan_data,
    search_plans,
    visible_plans,
    visible_sections,
    visible_tasks,
)
from plans.states import PlanState
from tests.factories import AssignmentFactory, PlanFactory, Role, UnitFactory, UserFactory
from units.models import Succession, Unit

pytestmark = pytest.mark.django_db

State = PlanState


@pytest.fixture
def province() -> Unit:
    return UnitFactory(province=True)


@pytest.fixture
def commune(province: Unit) -> Unit:
    return UnitFactory(parent=province)


@pytest.fixture
def plans(commune: Unit) -> dict[str, Plan]:
    """One of the commune in every state, and one of a neighbour's that nobody here may see."""
    made = {state: PlanFactory(unit=commune, state=state, sections=1, tasks=1) for state in State.values}
    PlanFactory(sections=1, tasks=1, state=State.ISSUED)
    assert Plan.objects.count() == 5
    return made


def seen(user) -> set[Plan]:
    """What the user sees, by all four doors alike."""
    found = set(visible_plans(user))
    assert set(for_list(user)) == found
    assert set(for_page(user)) == found
    assert {section.plan for section in visible_sections(user)} == found
    assert {task.plan for task in visible_tasks(user)} == found
    assert visible_plans(user).count() == len(found)
    return found


@pytest.mark.parametrize("role", Role.values)
def test_every_role_sees_the_plans_of_its_own_unit(plans, commune, role):
    assert seen(UserFactory(role=role, unit=commune)) == set(plans.values())


def test_an_heir_sees_what_its_predecessors_left(plans, commune):
    heir = UnitFactory()
    Succession.objects.create(date=dt.date(2025, 7, 1), old_unit=commune, new_unit=heir)
    own = PlanFactory(unit=heir, sections=1, tasks=1)

    assert seen(UserFactory(role=Role.OFFICER, unit=heir)) == {own, *plans.values()}


def test_a_predecessor_does_not_see_what_its_heirs_make(plans, commune):
    old = UnitFactory()
    Succession.objects.create(date=dt.date(2025, 7, 1), old_unit=old, new_unit=commune)

    assert seen(UserFactory(role=Role.OFFICER, unit=old)) == set()


def test_a_reviewer_above_sees_what_was_submitted_or_issued_and_never_a_draft(plans, province):
    assert plans[State.DRAFT].unit.parent == province

    assert seen(UserFactory(role=Role.REVIEWER, unit=province)) == set(plans.values()) - {plans[State.DRAFT]}


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.REVIEWER}))
def test_other_roles_above_see_nothing_of_the_units_below(plans, province, role):
    assert plans[State.ISSUED].unit.parent == province

    assert seen(UserFactory(role=role, unit=province)) == set()


def test_a_reviewer_two_levels_above_sees_nothing(plans, commune, province):
    commune.parent = UnitFactory(district=True, parent=province)
    commune.save()

    assert seen(UserFactory(role=Role.REVIEWER, unit=province)) == set()
    assert len(seen(UserFactory(role=Role.REVIEWER, unit=commune.parent))) == 3


def test_a_reviewer_below_sees_nothing_of_the_unit_above(commune, province):
    above = PlanFactory(unit=province, state=State.ISSUED, sections=1, tasks=1)
    assert set(Plan.objects.all()) == {above}

    assert seen(UserFactory(role=Role.REVIEWER, unit=commune)) == set()


@pytest.mark.parametrize("role", Role.values)
def test_a_stranger_sees_nothing(plans, role):
    assert seen(UserFactory(role=role, unit=UnitFactory())) == set()


def test_an_account_without_a_role_sees_nothing(plans):
    assert seen(UserFactory()) == set()


def test_nobody_signed_in_sees_nothing(plans):
    assert seen(AnonymousUser()) == set()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADMINISTRATOR])
def test_a_former_member_sees_nothing(plans, commune, role):
    yesterday = timezone.localdate() - dt.timedelta(days=1)

    assert seen(UserFactory(role=role, unit=commune, role_to=yesterday)) == set()


def test_a_member_sees_everything_on_his_last_and_on_his_first_day_and_nothing_before(plans, commune):
    today = timezone.localdate()
    last, first = (
        UserFactory(role=Role.OFFICER, unit=commune, **days) for days in ({"role_to": today}, {"role_from": today})
    )
    early = UserFactory(role=Role.OFFICER, unit=commune, role_from=today + dt.timedelta(days=1))

    assert seen(last) == seen(first) == set(plans.values())
    assert seen(early) == set()


def test_a_former_reviewer_sees_nothing(plans, province):
    yesterday = timezone.localdate() - dt.timedelta(days=1)

    assert seen(UserFactory(role=Role.REVIEWER, unit=province, role_to=yesterday)) == set()


def test_a_closed_account_sees_nothing(plans, commune):
    assert seen(UserFactory(role=Role.OFFICER, unit=commune, is_active=False)) == set()


def test_two_roles_in_one_unit_show_each_plan_once(plans, commune):
    user = UserFactory(role=Role.OFFICER, unit=commune)
    user.memberships.create(unit=commune, role=Role.REVIEWER)

    assert len(list(for_list(user))) == 4


# -- Searching ----------------------------------------------------------------------------


@pytest.fixture
def library() -> dict[str, Plan]:
    unit = UnitFactory(name="Mường Động")
    return {
        "roads": PlanFactory(unit=unit, subject="Phong trào làm đường giao thông nông thôn", tasks=1),
        "roses": PlanFactory(
            unit=unit, subject="Đường hoa Nhân dân", tasks=1, tasks__content="Tổng kết, biểu dương điển hình"
        ),
        "number": PlanFactory(unit=unit, subject="Tổng kết năm", number="127b", symbol="KH-UBND"),
        "note": PlanFactory(unit=UnitFactory(name="Chiềng Sại"), subject="Thi đua", tasks=1, tasks__note="Giấy mời"),
    }


def names(library: dict[str, Plan], found: Iterable[Plan]) -> set[str]:
    pks = {plan.pk for plan in found}
    return {name for name, plan in library.items() if plan.pk in pks}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("duong", {"roads", "roses"}),
        ("ĐƯỜNG giao", {"roads"}),
        ("thôn  nong", {"roads"}),
        ("bieu duong dien hinh", {"roses"}),
        ("bieu duong hoa", {"roses"}),
        ("tong ket", {"roses", "number"}),
        ("127b", {"number"}),
        ("giay moi", {"note"}),
        ("chieng sai", {"note"}),
        ("mường động", {"roads", "roses", "number"}),
        ("duong 127b", set()),
        ("%", set()),
        ("", {"roads", "roses", "number", "note"}),
    ],
)
def test_plans_are_found_by_words_with_or_without_marks_in_head_or_tasks(library, words, expected):
    assert names(library, search_plans(Plan.objects.all(), words)) == expected


def test_searching_opens_nothing_that_was_not_visible(library):
    stranger = UserFactory(role=Role.OFFICER)
    assert search_plans(Plan.objects.all(), "duong").exists()

    assert not search_plans(visible_plans(stranger), "duong").exists()


# -- How many queries ---------------------------------------------------------------------


def grown(unit: Unit, rows: int) -> None:
    """So many plans, each with so many sections, tasks and names."""
    for _ in range(rows):
        plan = PlanFactory(unit=unit, sections=rows, tasks=rows)
        for task in plan.tasks.all():
            AssignmentFactory(task=task)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_takes_two_queries_however_long(rows):
    unit = UnitFactory()
    grown(unit, rows)
    user = UserFactory(role=Role.OFFICER, unit=unit)

    with CaptureQueriesContext(connection) as queries:
        found = [
            (plan.subject, plan.full_number, str(plan.unit), str(plan.issuer), plan.task_count)
            for plan in for_list(user)
        ]

    assert len(queries) == 2
    assert [row[-1] for row in found] == [rows] * rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_and_its_paper_take_the_same_queries_however_long(rows):
    unit = UnitFactory(parent=UnitFactory(province=True))
    grown(unit, rows)
    user = UserFactory(role=Role.OFFICER, unit=unit)

    with CaptureQueriesContext(connection) as queries:
        found = [(plan_data(plan), plan.unit.parent, plan.follower) for plan in for_page(user)]

    assert len(queries) == 7
    assert [(len(data.blocks), len(data.tasks), [task.lead for task in data.tasks]) for data, *_ in found] == [
        (3 * rows, rows, [("Phòng Văn hóa - Xã hội",)] * rows)
    ] * rows


def test_a_list_without_tasks_counts_none():
    unit = UnitFactory()
    PlanFactory(unit=unit)

    assert [plan.task_count for plan in for_list(UserFactory(role=Role.OFFICER, unit=unit))] == [0]


def test_a_plan_that_is_not_there_is_told():
    with pytest.raises(AppError, match="Không có kế hoạch số 404."):
        any_plan(404)
