"""The pages that start a plan: where it comes from, and several old ones side by side."""

from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.urls import reverse

from plans.models import Plan
from plans.selectors import plan_data
from plans.services import submit_plan
from tests.factories import IssuerFactory, MembershipFactory, PlanFactory, Role, UnitFactory, UserFactory
from tests.plans.starting.world import (
    REFORM,
    loaded,
    signed_in,
    text_of,
    typed,
    unit_named,
)
from units.services import record_succession

pytestmark = pytest.mark.django_db

START, MOVING, MERGING = reverse("plans:start"), reverse("plans:moving"), reverse("plans:merging")


# -- The list leads here ----------------------------------------------------------------------


def test_the_list_offers_it_to_those_who_may(world, officer):
    plan = PlanFactory(unit=world.unit)
    assert f'class="btn btn-primary" href="{START}"' in officer.get(reverse("plans:list")).content.decode()

    reader = signed_in(UserFactory(role=Role.LEADER, unit=world.unit))
    answer = reader.get(reverse("plans:list"))

    assert plan.subject in text_of(answer)
    assert START not in answer.content.decode()


def test_an_empty_list_teaches_how_to_begin():
    unit = UnitFactory()

    officer = signed_in(UserFactory(role=Role.OFFICER, unit=unit)).get(reverse("plans:list"))
    reader = signed_in(UserFactory(role=Role.LEADER, unit=unit)).get(reverse("plans:list"))

    assert officer.content.decode().count(f'class="btn btn-primary" href="{START}"') == 1
    assert "từ kế hoạch năm trước hoặc từ mẫu soạn sẵn" in text_of(officer)
    assert START not in reader.content.decode()
    assert "Cán bộ thi đua, khen thưởng của đơn vị lập kế hoạch." in text_of(reader)


# -- Where from -------------------------------------------------------------------------------


def offered(answer) -> dict[str, list[str]]:
    return {heading: [option.value for option in options] for heading, options in answer.context["offers"]}


def test_the_start_page_offers_all_ways_with_the_likeliest_chosen(world, officer):
    answer = officer.get(START)

    found = offered(answer)
    assert list(found) == ["Kế hoạch cũ của đơn vị", "Mẫu soạn sẵn", "Đề cương trống"]
    assert found["Kế hoạch cũ của đơn vị"] == [f"ke-hoach-{world.plan.pk}"]
    assert "mau-commune_annual" in found["Mẫu soạn sẵn"]
    assert "mau-province_annual" not in found["Mẫu soạn sẵn"]
    assert f'value="ke-hoach-{world.plan.pk}" checked' in answer.content.decode()
    assert answer.content.decode().count(" checked") == 1
    assert '<option value="2026" selected>' in answer.content.decode()


@pytest.mark.parametrize(("today", "year"), [("2026-09-30", 2026), ("2026-10-01", 2027)])
def test_in_autumn_the_next_year_is_planned(world, today, year):
    with time_machine.travel(f"{today}T09:00:00+07:00"):
        assert signed_in(world.officer).get(START).context["form"]["nam"].value() == year


def test_without_earlier_plans_a_sample_is_likeliest():
    client = signed_in(UserFactory(role=Role.OFFICER, unit=UnitFactory(valid_from=REFORM)))

    assert 'value="mau-commune_annual" checked' in client.get(START).content.decode()


def test_from_last_years_plan_one_goes_on_to_its_changes(world, officer):
    answer = officer.post(START, {"nam": "2026", "tu": f"ke-hoach-{world.plan.pk}"})

    assert (answer.status_code, answer["Location"]) == (302, f"{MOVING}?tu={world.plan.pk}&nam=2026")


def test_a_sample_is_a_draft_at_once(world, officer):
    answer = officer.post(START, {"nam": "2026", "tu": "mau-council_programme"})

    made = Plan.objects.get(unit=world.unit)
    assert (made.kind, made.year) == (Plan.Kind.PROGRAMME, 2026)
    assert answer["Location"] == reverse("plans:editor", args=[made.pk])


def test_an_empty_outline_is_a_draft_at_once(world, officer):
    answer = officer.post(START, {"nam": "2027", "tu": "trong", "loai": "conference"})

    made = Plan.objects.get(unit=world.unit)
    assert (made.kind, made.year, made.issuer) == (Plan.Kind.CONFERENCE, 2027, world.issuer)
    assert answer["Location"] == reverse("plans:editor", args=[made.pk])


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"nam": "2026"}, "Chưa chọn lập kế hoạch từ đâu."),
        ({"nam": "2026", "tu": "ke-hoach-999"}, "Kế hoạch này không còn trong danh sách; hãy chọn lại."),
        ({"nam": "2025", "tu": "mau-commune_annual"}, "từ ngày 01/7/2025 trở đi."),
    ],
)
def test_what_cannot_be_begun_is_said_at_the_field(world, officer, data, sentence):
    answer = officer.post(START, data)

    assert answer.status_code == 422
    assert sentence in " ".join(answer.context["form"].errors["tu"])
    assert list(Plan.objects.all()) == [world.plan]


def test_an_earlier_plan_is_found_by_searching(world, officer):
    PlanFactory.create_batch(9, unit=world.unit, year=2025)
    hidden = PlanFactory(unit=world.old, year=2020, subject="Phát động phong trào trồng keo lai")

    first = officer.get(START)
    found = officer.get(START, {"q": "trong keo"})

    assert f"ke-hoach-{hidden.pk}" not in offered(first)["Kế hoạch cũ của đơn vị"]
    assert "Tìm kế hoạch cũ" in text_of(first)
    assert offered(found)["Kế hoạch cũ của đơn vị"] == [f"ke-hoach-{hidden.pk}"]


def test_who_plans_for_several_units_chooses_one(world, officer):
    other = unit_named("xã An Sơn")
    MembershipFactory(user=world.officer, unit=other, role=Role.OFFICER)

    first, second = officer.get(START), officer.get(START, {"dv": world.unit.pk})
    on = officer.post(f"{START}?dv={world.unit.pk}", {"nam": "2026", "tu": f"ke-hoach-{world.plan.pk}"})

    assert [first.context["unit"], second.context["unit"]] == [other, world.unit]
    assert on["Location"] == f"{MOVING}?tu={world.plan.pk}&nam=2026&dv={world.unit.pk}"
    assert officer.get(START, {"dv": UnitFactory().pk}).status_code == 404


def test_what_a_commune_has_sent_can_be_taken_over_by_its_province():
    province = unit_named("tỉnh Lam Giang")
    user = UserFactory(role=Role.OFFICER, unit=province)
    MembershipFactory(user=user, unit=province, role=Role.REVIEWER)
    sent, draft = (PlanFactory(unit=UnitFactory(parent=province), year=2025) for _ in range(2))
    submit_plan(sent, actor=None)
    client = signed_in(user)

    assert offered(client.get(START))["Kế hoạch đơn vị khác đã gửi"] == [f"ke-hoach-{sent.pk}"]
    assert client.get(f"{MOVING}?tu={sent.pk}&nam=2026").status_code == 200
    assert client.get(f"{MOVING}?tu={draft.pk}&nam=2026").status_code == 404


# -- Several side by side ---------------------------------------------------------------------


OWN_TASKS = ("Chỉnh trang phố chợ", "Mở rộng vùng chè sạch", "Hội đua thuyền trên sông Lam")


@pytest.fixture
def merged():
    """A commune that three old ones became, each of which left its plan for 2025."""
    province = unit_named("tỉnh Lam Giang")
    district = unit_named("huyện Thượng Lam", parent=province, valid_to=REFORM - dt.timedelta(days=1))
    unit = unit_named("xã Mai Khê", parent=province, valid_from=REFORM)
    plans = []
    for name in ("thị trấn Mai Khê", "xã Mai Trung", "xã Khê Hạ"):
        old = unit_named(name, parent=district, valid_to=REFORM - dt.timedelta(days=1))
        record_succession(actor=None, date=REFORM, old=old, new=unit)
        recipients = f"Phòng Nội vụ huyện Thượng Lam\nHội Nông dân {name}"
        plans.append(
            PlanFactory(unit=old, year=2025, paper_date="2025-01-15", recipients=recipients, sections=1, tasks=2)
        )
    for plan, own in zip(plans, OWN_TASKS, strict=True):
        plan.tasks.filter(order=1).update(content="Tổ chức lễ phát động phong trào thi đua năm 2025", quarter=1)
        plan.tasks.filter(order=2).update(content=own, quarter=2)
    client = signed_in(UserFactory(role=Role.OFFICER, unit=unit))
    return client, unit, plans, IssuerFactory(unit=unit)


def test_a_merged_commune_goes_from_three_plans_to_one_in_2026(merged):
    client, unit, plans, issuer = merged
    ids = {"cu": [str(pk) for pk in sorted(plan.pk for plan in plans)]}

    start = client.get(START)
    begun = client.post(START, {"nam": "2026", "tu": start.context["form"]["tu"].value()})
    side = client.get(begun["Location"])
    moving_query = "&".join(
        [f"tu={plan.pk}" for plan in side.context["plans"]]
        + ["nam=2026"]
        + [
            f"lay={cell.cell.pick}"
            for part in side.context["parts"]
            for row in part.rows
            for cell in row.cells
            if cell and cell.is_taken
        ]
    )
    page = client.get(f"{MOVING}?{moving_query}")
    made_at = client.post(f"{MOVING}?{moving_query}", typed(page, choose="0"))

    assert start.context["form"]["tu"].value() == "ghep"
    assert {"cu": sorted(parse_qs(urlsplit(begun["Location"]).query)["cu"], key=int)} == ids
    made = plan_data(loaded(Plan.objects.get(unit=unit)))
    assert made_at.status_code == 302
    assert [task.content for task in made.tasks] == [
        "Tổ chức lễ phát động phong trào thi đua năm 2026",
        *(OWN_TASKS[plans.index(plan)] for plan in side.context["plans"]),
    ]
    assert made.issuer == issuer.name
    assert made.recipients == ("Sở Nội vụ tỉnh Lam Giang", "Hội Nông dân xã Mai Khê")


def test_what_repeats_is_told_and_not_taken(merged):
    client, _, plans, _ = merged
    query = "&".join(f"cu={plan.pk}" for plan in plans)

    page = client.get(f"{MERGING}?{query}&nam=2026").content.decode()

    assert page.count("trùng nội dung") >= 4
    first, second, third = (plan.pk for plan in plans)
    assert f'value="{first}.v1" checked' in page
    assert f'value="{second}.v1"' in page
    assert f'value="{second}.v1" checked' not in page
    assert [f'value="{pk}.v2" checked' in page for pk in (first, second, third)] == [True] * 3


def test_several_sources_without_parts_are_put_side_by_side_first(merged):
    client, _, plans, _ = merged

    answer = client.get(f"{MOVING}?tu={plans[0].pk}&tu={plans[1].pk}&nam=2026")

    assert answer["Location"] == f"{MERGING}?cu={plans[0].pk}&cu={plans[1].pk}&nam=2026"


def test_one_plan_alone_is_not_merged(merged):
    client, _, plans, _ = merged

    assert client.get(f"{MERGING}?cu={plans[0].pk}")["Location"].startswith(START)


def test_an_unknown_part_is_refused_with_a_sentence(merged):
    client, _, plans, _ = merged

    answer = client.get(f"{MOVING}?tu={plans[0].pk}&lay=khong-co")

    assert (answer.status_code, "Không có phần nào tên là «khong-co»" in text_of(answer)) == (400, True)


# -- As many questions to the database at 3 plans as at 300 ------------------------------------


@pytest.mark.parametrize("plan_count", [3, 300])
def test_the_start_page_asks_as_much_at_3_as_at_300(world, officer, django_assert_num_queries, plan_count):
    PlanFactory.create_batch(plan_count, unit=world.unit, issuer=world.issuer, year=2025)
    officer.get(START)

    with django_assert_num_queries(8):
        answer = officer.get(START)

    assert len(offered(answer)["Kế hoạch cũ của đơn vị"]) == min(plan_count + 1, 8)


@pytest.mark.parametrize("sources", [2, 3])
def test_the_merging_page_asks_as_much_for_two_as_for_three(merged, django_assert_num_queries, sources):
    client, _, plans, _ = merged
    query = "&".join(f"cu={plan.pk}" for plan in plans[:sources])
    client.get(f"{MERGING}?{query}")

    with django_assert_num_queries(11):
        answer = client.get(f"{MERGING}?{query}")

    assert len(answer.context["plans"]) == sources
