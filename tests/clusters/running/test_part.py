"""A plan of a cluster becomes a season; the part of its file goes in and out to the letter."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from clusters.models import Cluster, Member, Season
from clusters.part import organiser_of
from plans import interchange
from plans.interchange import PlanData
from plans.models import Plan, UnclaimedPart
from plans.parts import carried_over
from plans.selectors import any_plan, plan_data
from plans.services import create_plan
from tests.clusters.running.test_values import PART
from tests.factories import PartFactory, UnitFactory
from tests.plans.files import SHARED, read_file

NAME = "muong_than"
REAL = SHARED / "plans" / "tuan_giao.json"
needs_real = pytest.mark.skipif(not REAL.exists(), reason="the real plans are not at hand (TDKT_SHARED)")
BEFORE, AFTER = "0001_initial", "0002_claim_parts"


def file_with(part: Any, **changed: Any) -> PlanData:
    data = interchange.read(read_file(NAME) | changed)
    return replace(data, parts={"season": part})


def exported(plan: Plan) -> dict[str, Any]:
    return interchange.write(plan_data(any_plan(plan.pk)))


# -- A file without the part ---------------------------------------------------------------


@pytest.mark.django_db
@needs_real
def test_the_real_plan_becomes_a_season_with_its_timetable(capsys):
    call_command("load_plan", str(REAL))

    printed = json.loads(capsys.readouterr().out)
    season = Season.objects.select_related("cluster__unit", "plan").get()
    assert printed == {"plan": season.plan_id, "season": season.pk}
    assert (season.cluster.name, season.cluster.kind, season.year, season.state) == (
        "Cụm thi đua huyện vùng thấp",
        "cluster",
        2022,
        "draft",
    )
    assert season.cluster.unit == season.plan.unit  # nobody is known above it
    steps = list(season.steps.select_related("task"))
    assert [step.kind for step in steps] == [
        "other", "launch", "midyear", "midyear", "cross", "other", "meeting", "other", "final",
    ]  # fmt: skip
    assert [step.task_id for step in steps] == list(season.plan.tasks.values_list("pk", flat=True))
    assert (steps[3].time_text, steps[3].start, steps[3].due) == ("Trước ngày 15/7/2022", None, dt.date(2022, 7, 14))
    assert exported(season.plan) == json.loads(REAL.read_text(encoding="utf-8"))


@pytest.mark.django_db
def test_the_same_file_twice_makes_two_seasons():
    first, second = (create_plan(interchange.read(read_file(NAME)), actor=None) for _ in range(2))

    assert list(Season.objects.order_by("pk").values_list("plan", "cluster__name")) == [
        (first.pk, "Cụm thi đua các huyện vùng cao"),
        (second.pk, "Cụm thi đua các huyện vùng cao (2)"),
    ]
    assert exported(first) == exported(second) == read_file(NAME)


@pytest.mark.django_db
def test_members_owe_what_the_plan_makes_them_send():
    create_plan(interchange.read(read_file(NAME)), actor=None)

    owed = Season.objects.get().steps.filter(asks_members=True)
    assert [(step.kind, step.due) for step in owed] == [("self", dt.date(2023, 11, 25))]


@pytest.mark.django_db
def test_a_plan_of_another_kind_makes_no_season():
    create_plan(interchange.read(read_file("doai_trung")), actor=None)

    assert not Season.objects.exists()


@pytest.mark.django_db
def test_what_a_person_writes_makes_no_season_unasked(desk):
    create_plan(interchange.read(read_file(NAME)), actor=desk.nga, unit=desk.province)

    assert not Season.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("issuer", "whose"),
    [
        ("CỤM THI ĐUA SỐ 2", "province"),
        ("KHỐI THI ĐUA CÁC CƠ QUAN XÃ AN BÌNH", "commune"),
        ("CỤM THI ĐUA CÁC THÔN", "commune"),
    ],
)
def test_of_equals_the_unit_above_organises_of_villages_the_unit_itself(desk, issuer, whose):
    data = interchange.read(read_file(NAME) | {"issuer": issuer, "subject": "Hoạt động năm 2023"})
    plan = create_plan(data, actor=None, unit=desk.communes[0])

    wanted = {"province": desk.province, "commune": desk.communes[0]}[whose]
    assert organiser_of(plan) == wanted.pk == Season.objects.get().cluster.unit_id
    assert Cluster.objects.get().kind == ("block" if issuer.startswith("KHỐI") else "cluster")


# -- A file with the part ------------------------------------------------------------------


@pytest.mark.django_db
def test_a_part_makes_members_rules_and_lines_and_goes_out_to_the_letter(desk):
    plan = create_plan(file_with(PART), actor=None, unit=desk.province)

    season = Season.objects.select_related("cluster").get()
    assert (season.cluster.name, season.cluster.unit, season.is_in_plan) == ("Cụm thi đua số 2", desk.province, True)
    assert list(season.members.values_list("name", "role", "unit")) == [
        ("Xã An Bình", "head", desk.communes[0].pk),
        ("Xã Bình Minh", "deputy", desk.communes[1].pk),
    ]
    report, own = season.steps.all()
    assert (report.text, report.task, report.asks_members) == (plan.tasks.all()[0].content, plan.tasks.all()[0], True)
    assert (own.text, own.task, own.due) == ("Việc riêng", None, dt.date(2026, 11, 30))
    assert (season.late_in, season.has_head, season.explain_days) == ("working", False, 3)
    assert exported(plan) == read_file(NAME) | {"season": PART}


@pytest.mark.django_db
def test_what_is_changed_here_goes_out_changed(desk):
    plan = create_plan(file_with(PART), actor=None, unit=desk.province)
    Member.objects.filter(name="Xã Bình Minh").update(name="Xã Bình Minh Đông")
    Season.objects.update(explain_days=9)

    part = exported(plan)["season"]
    assert (part["members"][1]["name"], part["explain_days"]) == ("Xã Bình Minh Đông", 9)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "odd",
    [
        {"cluster": "Cụm số 2"},  # fits, but rows would say more than was said
        {"slogan": "Đoàn kết"},
        PART | {"members": [{"name": "Xã An Bình", "role": "head"}, {"name": "Xã An Bình", "role": "member"}]},
        PART | {"steps": [{"kind": "report", "task": 99}]},
        [1, 2],
    ],
)
def test_what_rows_cannot_give_back_is_kept_word_for_word(desk, odd):
    plan = create_plan(file_with(odd), actor=None, unit=desk.province)

    assert exported(plan) == read_file(NAME) | {"season": odd}
    assert UnclaimedPart.objects.get().content == odd
    assert Season.objects.get().is_in_plan is False


@pytest.mark.django_db
def test_a_name_that_two_places_have_is_nobody_in_particular(desk):
    UnitFactory(name="An Bình", designation="xã", parent=desk.province)
    PartFactory(unit=desk.province, name="Văn phòng")
    part = PART | {"members": [{"name": "Xã An Bình", "role": "head"}, {"name": "Văn phòng", "role": "deputy"}]}

    create_plan(file_with(part), actor=None, unit=desk.province)

    assert list(Member.objects.values_list("unit", "part__name")) == [(None, None), (None, "Văn phòng")]


def test_next_years_plan_leaves_the_season_behind():
    assert carried_over({"season": PART}) == {}


# -- The data migration --------------------------------------------------------------------


@pytest.fixture
def step() -> Any:
    """Bring the clusters to one of their migrations; all of them have run when the test is over."""

    def step(name: str) -> Any:
        executor = MigrationExecutor(connection)
        executor.migrate([("clusters", name)])
        return executor.loader.project_state([("clusters", name)]).apps

    yield step
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def forget_rows() -> None:
    """As in a database that knew no clusters."""
    with connection.cursor() as cursor:
        for name in ("quota", "step", "member", "season", "cluster"):
            cursor.execute(f"DELETE FROM clusters_{name}")


def rows() -> list[Any]:
    season = Season.objects.select_related("cluster").get()
    names = ("kind", "text", "time_text", "start", "due", "asks_members", "task")
    return [
        (season.cluster.name, season.cluster.search, season.search, season.year, season.plan_id, season.is_in_plan),
        list(season.members.values_list("order", "name", "role", "unit", "part")),
        list(season.steps.values_list("order", *names)),
        list(season.quotas.values_list("award", "count")),
    ]


@pytest.mark.django_db(transaction=True)
class TestStep:
    @pytest.mark.parametrize("part", [None, PART])
    def test_a_plan_becomes_the_season_that_loading_makes_of_it(self, step: Callable[[str], Any], part: Any) -> None:
        province = UnitFactory(province=True)
        UnitFactory(name="An Bình", parent=province)
        data = file_with(PART) if part else interchange.read(read_file(NAME))
        plan = create_plan(data, actor=None, unit=province)
        loaded, wanted = rows(), exported(plan)

        old = step(BEFORE)
        kept = list(old.get_model("plans", "UnclaimedPart").objects.values_list("name", "content"))
        assert kept == ([("season", part)] if part else [])
        forget_rows()
        step(AFTER)

        assert rows() == loaded
        assert (exported(plan), UnclaimedPart.objects.count()) == (wanted, 0)

    def test_there_and_back_again_changes_nothing(self, step: Callable[[str], Any]) -> None:
        plan = create_plan(file_with(PART), actor=None, unit=UnitFactory(province=True))
        before, wanted = rows(), exported(plan)

        step(BEFORE)
        step(AFTER)

        assert (rows(), exported(plan)) == (before, wanted)

    def test_plans_of_other_kinds_stay_as_they_are(self, step: Callable[[str], Any]) -> None:
        create_plan(interchange.read(read_file("doai_trung")), actor=None)

        step(BEFORE)
        step(AFTER)

        assert not Season.objects.exists()
