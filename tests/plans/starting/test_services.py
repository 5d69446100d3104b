"""A plan made of an earlier one, of a sample, of nothing; what each real plan says in 2026."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
import time_machine

from core.models import AuditEntry
from documents.rendering import render
from plans import samples
from plans.models import Assignment, Plan
from plans.moving import RefusedProposals
from plans.moving.places import texts_of
from plans.paper import compose
from plans.selectors import plan_data
from plans.services import create_plan
from plans.starting.services import (
    EMPTY_KINDS,
    default_issuer,
    start_empty,
    start_from_sample,
    start_from_sources,
)
from plans.states import PlanState
from tests.factories import IssuerFactory, PersonFactory, Role, UnitFactory, UserFactory
from tests.plans.files import every_plan
from tests.plans.moving.moves import plan_of
from tests.plans.starting.world import REFORM, TODAY, StartWorld, accept, heir_of, lines_for, loaded, start, unit_named
from units.models import Issuer

pytestmark = pytest.mark.django_db

BEFORE_THE_REFORM = re.compile(
    r"huyện|phòng nội vụ|ban (?:thi đua|tđkt)|thị trấn|(?<!\d)202[1-4](?!\d)", re.IGNORECASE
)

# What an officer types where nothing can be suggested; "" takes the words out, None keeps them.
TYPED: dict[str, dict[str, str | None]] = {
    "tuan_giao": {
        "Luật sửa đổi, bổ sung một số điều của Luật Thi đua, Khen thưởng ngày 14/6/2005": "",
        "Luật sửa đổi, bổ sung một số điều của Luật Thi đua, Khen thưởng ngày 16/11/2013": "",
        "UBND thị xã Mường Lay": "UBND phường Mường Lay",
        "UBND thành phố Điện Biên Phủ": "UBND phường Điện Biên Phủ",
    },
    "vinh_cuu": {"Đại hội Đảng bộ huyện lần thứ XI": "Đại hội Đảng bộ xã lần thứ I"},
    "muong_than": {
        "Luật sửa đổi, bổ sung một số điều của Luật Thi đua, Khen thưởng các năm 2005, 2013": "",
        "UBND thị xã Tà Vài": "UBND phường Tà Vài",
    },
    "trang_son": {"xã Bàu Khế": "khu phố Bàu Khế", "sáu xã, thị trấn": "sáu khu phố"},
}

# Every word of the old time that stays, with the word before it: cited laws, periods kept, years asked and kept.
LEFT = {
    "cuong_loi": ["tasks/4/content: năm 2024"],
    "minh_tien": ["preamble/0: ngày 15/6/2022", "blocks/9/text: năm 2022"],
    "cam_linh": ["blocks/48/text: đoạn 2021-2030"],
    "tuan_giao": ["preamble/0: ngày 15/6/2022"],
    "vinh_cuu": ["blocks/3/text: năm (2021"],
    "diem_hai": [],
    "doai_trung": ["preamble/0: ngày 15/6/2022", "blocks/10/text: năm 2022"],
    "muong_than": ["preamble/0: ngày 15/6/2022"],
    "na_luong": ["tasks/5/content: năm 2024"],
    "trang_son": ["blocks/1/text: năm 2024", "blocks/6/text: năm (2021"],
}


def left_over(plan: Plan) -> list[str]:
    """``place: word before it and the word``."""
    found = []
    for place, text in texts_of(plan_data(plan)):
        for match in BEFORE_THE_REFORM.finditer(text):
            words = re.search(r"(?:\S+\s)?\S*$", text[: match.start()])
            rest = re.match(r"\S*?(?=[,.;:)]*(?:\s|$))", text[match.end() :])
            found.append(f"{place}: {words[0] if words else ''}{match[0]}{rest[0] if rest else ''}")
    return found


def codes(plan: Plan) -> list[tuple[str, dict]]:
    rows = AuditEntry.objects.filter(subject_type="plans.plan", subject_id=plan.pk).order_by("id")
    return [(entry.code, entry.changes) for entry in rows]


# -- The plans of the three-tier time, moved to 2026 ---------------------------------------


@pytest.mark.parametrize("name", every_plan())
def test_each_plan_moved_to_2026_speaks_of_its_own_time(name: str) -> None:
    world = heir_of(name)

    made = start(world, accept(lines_for(world), TYPED.get(name)))

    assert left_over(made) == LEFT[name]
    assert (made.year, made.state, made.unit) == (2026, PlanState.DRAFT, world.unit)


@pytest.mark.parametrize("name", every_plan())
def test_the_head_is_the_heirs_and_number_and_day_are_blank(name: str) -> None:
    world = heir_of(name)

    made = plan_data(start(world, accept(lines_for(world), TYPED.get(name))))

    assert (made.superior, made.issuer, made.place) == ("", world.issuer.name, world.unit.name)
    assert (made.number, made.date.month, made.date.day, made.signature_name) == ("", None, None, "")
    assert made.signature_lines == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    assert made.signature_post == ""
    assert made.symbol == f"{plan_of(name).symbol.partition('-')[0]}-UBND"
    if made.appendix is not None:
        assert plan_of(name).number not in made.appendix.reference
        assert "năm 2026" in made.appendix.reference


@pytest.mark.parametrize("name", every_plan())
def test_no_task_falls_due_before_the_unit_or_after_the_plan(name: str) -> None:
    world = heir_of(name)

    made = start(world, accept(lines_for(world), TYPED.get(name)))

    assert len(made.tasks.all()) == len(plan_of(name).tasks)
    days = [day for task in made.tasks.all() for day in (task.start, task.due) if day]
    assert all(REFORM <= day < dt.date(2027, 7, 1) for day in days)


@pytest.mark.parametrize("name", every_plan())
def test_the_source_is_not_touched(name: str) -> None:
    world = heir_of(name)
    before = plan_data(world.plan)

    start(world, accept(lines_for(world), TYPED.get(name)))

    assert plan_data(loaded(world.plan)) == before == plan_of(name)


def test_where_it_came_from_is_on_record() -> None:
    world = heir_of("doai_trung")
    accepted = accept(lines_for(world))

    made = start(world, accepted)

    assert codes(made) == [
        ("plans.plan.created", {"year": [None, 2026]}),
        (
            "plans.plan.started",
            {"started_from": [None, f"{world.plan} (xã Đoài Trung)"], "places_changed": [None, len(accepted)]},
        ),
    ]
    of_the_plan = AuditEntry.objects.filter(subject_type="plans.plan", subject_id=made.pk)
    assert set(of_the_plan.values_list("actor", flat=True)) == {world.officer.pk}


def test_who_does_what_lies_in_the_new_unit() -> None:
    world = heir_of("na_luong")

    made = start(world, accept(lines_for(world)))

    units = Assignment.objects.filter(task__plan=made).values_list("part__unit", flat=True)
    assert set(units) == {world.unit.pk}


def test_a_task_due_before_the_unit_keeps_its_words_and_loses_its_dates() -> None:
    world = heir_of("muong_than")  # whose second task was printed with the year before

    made = start(world, accept(lines_for(world), TYPED["muong_than"]))

    assert [(task.start, task.due) for task in made.tasks.all()][1] == (None, None)
    assert made.tasks.all()[1].time_text == "Tháng 4/2025"


def test_a_source_changed_meanwhile_makes_nothing() -> None:
    world = heir_of("doai_trung")
    accepted = accept(lines_for(world))
    Plan.objects.filter(pk=world.plan.pk).update(subject="Nội dung khác hẳn")
    world.plan = loaded(world.plan)

    with pytest.raises(RefusedProposals, match=r"hãy xem lại\.$"):
        start(world, accepted)

    assert list(Plan.objects.all()) == [world.plan]


def test_a_unit_without_issuer_gets_its_committee() -> None:
    world = heir_of("doai_trung")
    Issuer.objects.filter(unit=world.unit).delete()

    made = start_from_sources(
        actor=world.officer, unit=world.unit, year=2026, sources=[world.plan], accepted=[], issuer=None
    )

    assert (made.issuer.lines, made.place, made.symbol) == (
        ("ỦY BAN NHÂN DÂN", "XÃ ĐOÀI KHÊ"),
        "Đoài Khê",
        "KH-UBND",
    )


def test_of_two_issuers_of_one_name_the_chosen_one_issues() -> None:
    world = heir_of("doai_trung")
    second = IssuerFactory(unit=world.unit, place="Phố Mới")

    made = start_from_sources(
        actor=world.officer, unit=world.unit, year=2026, sources=[world.plan], accepted=[], issuer=second
    )

    assert (loaded(made).issuer, made.place) == (second, "Phố Mới")


def test_next_years_plan_of_the_same_unit_keeps_who_signs() -> None:
    unit = UnitFactory()
    issuer = IssuerFactory(unit=unit)
    data = replace(plan_of("diem_hai"), issuer=issuer.name, superior="")
    source = loaded(create_plan(data, actor=None, unit=unit))
    world = StartWorld(unit, UserFactory(role=Role.OFFICER, unit=unit), issuer, unit, source)

    made = start(world, accept(lines_for(world)))

    assert (data.year, made.year, made.signature_name) == (2025, 2026, data.signature_name)
    assert made.issuer == issuer
    assert made.subject == data.subject.replace("2025", "2026")


# -- Which issuer is meant -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("like", "kind", "found"),
    [
        ("ỦY BAN NHÂN DÂN XÃ A", "annual", 0),
        ("ỦY BAN NHÂN DÂN XÃ B", "annual", 0),
        ("HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG", "programme", 1),
        ("CỤM THI ĐUA SỐ 2", "cluster", 0),
        ("", "annual", 0),
        ("", "programme", 1),
    ],
)
def test_the_issuer_of_that_name_else_of_that_body_else_the_committee(like: str, kind: str, found: int) -> None:
    issuers = [Issuer(name_lines="ỦY BAN NHÂN DÂN\nXÃ A"), Issuer(name_lines="HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG\nXÃ A")]

    assert default_issuer(issuers, like=like, kind=kind) is issuers[found]
    assert default_issuer([], like=like, kind=kind) is None


# -- Samples and empty outlines --------------------------------------------------------------


@pytest.mark.parametrize("sample", samples.ALL, ids=lambda sample: sample.code)
def test_every_sample_becomes_a_draft_that_prints(sample: samples.Sample) -> None:
    unit = unit_named({"commune": "xã Vân Khê", "province": "tỉnh Lam Giang"}[sample.for_levels[0]], valid_from=REFORM)
    officer = UserFactory(role=Role.OFFICER, unit=unit)

    with time_machine.travel(TODAY):
        made = loaded(start_from_sample(actor=officer, unit=unit, year=2026, code=sample.code, today=TODAY))

    assert (made.kind, made.year, made.unit, made.state) == (sample.kind, 2026, unit, PlanState.DRAFT)
    assert codes(made)[-1] == ("plans.plan.started", {"started_from": [None, f"Mẫu «{sample.label}»"]})
    assert unit.name.upper() in render(compose(plan_data(made), made.issuer.lines), "txt").decode().upper()


def test_a_sample_takes_the_people_that_are_entered() -> None:
    unit = unit_named("xã Vân Khê", valid_from=REFORM)
    PersonFactory(unit=unit, full_name="Lò Văn Phó", post="Phó Chủ tịch UBND xã")
    PersonFactory(unit=unit, full_name="Lò Thị Trưởng", post="Chủ tịch Ủy ban nhân dân")
    PersonFactory(unit=unit, full_name="Lò Văn Hội", post="Chủ tịch Hội Nông dân")

    made = start_from_sample(actor=None, unit=unit, year=2026, code="commune_annual", today=TODAY)

    assert made.signature_name == "Lò Thị Trưởng"


@pytest.mark.parametrize("kind", EMPTY_KINDS)
def test_an_empty_outline_has_its_headings_and_a_place_for_tasks(kind: str) -> None:
    unit = unit_named("xã Vân Khê", valid_from=REFORM)
    issuer = IssuerFactory(unit=unit)

    made = loaded(start_empty(actor=None, unit=unit, year=2026, kind=kind, issuer=issuer))

    assert (made.kind, made.issuer, made.number, made.paper_date) == (kind, issuer, "", "2026")
    assert [section.heading for section in made.sections.all()] == [
        "MỤC ĐÍCH, YÊU CẦU",
        "NỘI DUNG",
        "TỔ CHỨC THỰC HIỆN",
    ]
    assert made.task_tables.get().layout == "columns-5"
    assert codes(made)[-1] == ("plans.plan.started", {"started_from": [None, "Đề cương trống"]})
    assert "2026" in made.subject
    assert render(compose(plan_data(made), made.issuer.lines), "txt")
