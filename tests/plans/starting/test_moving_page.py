"""The page on which an earlier plan is carried over: nothing is changed that was not shown."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from plans.models import Plan
from plans.moving.places import read_at
from plans.selectors import plan_data
from plans.starting.proposals import suggested
from tests.factories import PlanFactory, Role, UnitFactory, UserFactory
from tests.plans.files import every_plan
from tests.plans.starting.world import (
    heir_of,
    lines_for,
    loaded,
    moving_address,
    signed_in,
    text_of,
    typed,
)

pytestmark = pytest.mark.django_db

START, MOVING, MERGING = reverse("plans:start"), reverse("plans:moving"), reverse("plans:merging")


def test_every_changed_word_is_shown_with_its_place(world, officer):
    answer = officer.get(moving_address(world))

    shown = text_of(answer)
    lines = lines_for(world)
    assert len(lines) > 20
    for line in lines:
        for place in line.places:
            assert place.where.label in shown
        assert line.why in shown
        assert line.old in shown
        if not line.is_question and line.new:
            assert f"{line.old} đổi thành → {line.new}" in shown
        assert [choice for choice in line.choices if choice not in shown] == []
    places = sum(len(line.places) for line in lines if not line.is_question)
    assert f"Lập kế hoạch năm 2026 với {places} thay đổi" in shown


def test_certain_ones_are_ticked_and_no_question_is_answered_for_the_person(world, officer):
    page = officer.get(moving_address(world)).content.decode()

    ticked = re.findall(r'<input type="checkbox" name="doi"[^>]*>', page)
    assert len(ticked) == sum(not line.is_question for line in lines_for(world))
    assert [tick for tick in ticked if " checked" not in tick] == []
    assert [radio for radio in re.findall(r'<input type="radio"[^>]*>', page) if " checked" in radio] == []


def test_questions_left_open_are_asked_again_and_what_was_typed_stays(world, officer):
    page = officer.get(moving_address(world))
    first, second, *others = [line for line in lines_for(world) if line.is_question]
    unticked = page.context["form"].lines[0].key
    data = typed(page) | {f"tl_{first.key}": "khac", f"chu_{first.key}": "Chữ của tôi", "giu": [f"{second.key}.0"]}
    data["doi"].remove(unticked) if unticked in data["doi"] else None

    answer = officer.post(moving_address(world), data)

    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert set(errors) == {f"tl_{line.key}" for line in (second, *others)}
    assert set(sum(errors.values(), [])) == {"Chưa trả lời. Chọn một câu, hoặc giữ nguyên."}
    assert 'value="Chữ của tôi"' in answer.content.decode()
    assert answer.context["form"].taken == set(data["doi"])
    assert list(Plan.objects.all()) == [world.plan]


@pytest.mark.parametrize("name", every_plan())
def test_with_every_question_answered_the_draft_is_made(name):
    world = heir_of(name)
    client = signed_in(world.officer)
    page = client.get(moving_address(world))
    data = typed(page)
    for line in page.context["form"].questions:
        data[f"tl_{line.key}"] = "0" if suggested(line) else "giu"

    answer = client.post(moving_address(world), data)

    made = Plan.objects.get(unit=world.unit)
    assert answer["Location"] == reverse("plans:editor", args=[made.pk])
    assert (made.year, made.number, made.issuer) == (2026, "", world.issuer)
    assert len(plan_data(loaded(made)).tasks) == len(plan_data(world.plan).tasks)


def test_all_that_is_open_can_be_kept_by_one_tick(world, officer):
    page = officer.get(moving_address(world))

    officer.post(moving_address(world), typed(page) | {"keep_rest": "on"})

    made = plan_data(loaded(Plan.objects.get(unit=world.unit)))
    asked = [(one.where, one.old) for line in lines_for(world) if line.is_question for one in line.places]
    assert len(asked) > 10
    assert [(where, old) for where, old in asked if old not in read_at(made, where)] == []


def test_typing_an_answer_is_enough_to_give_it(world, officer):
    page = officer.get(moving_address(world))
    asked = next(line for line in page.context["form"].questions if line.places[0].where.path[0] == "tasks")

    officer.post(
        moving_address(world), typed(page, choose="giu") | {f"tl_{asked.key}": "", f"chu_{asked.key}": "Tổ Một"}
    )

    made = plan_data(loaded(Plan.objects.get(unit=world.unit)))
    assert "Tổ Một" in str(made.tasks)


def test_what_was_unticked_stays_as_it_is(world, officer):
    page = officer.get(moving_address(world))

    officer.post(moving_address(world), typed(page, choose="giu") | {"doi": []})

    made, old = plan_data(loaded(Plan.objects.get(unit=world.unit))), plan_data(world.plan)
    assert (made.blocks, made.subject, made.preamble) == (old.blocks, old.subject, old.preamble)
    undated = [replace(task, start=None, due=None) for task in old.tasks]  # of 2024, before the unit began
    assert list(made.tasks) == undated
    assert (made.year, made.number, made.issuer) == (2026, "", world.issuer.name)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("  ", "Chưa ghi chữ thay vào. Muốn để như cũ thì chọn Giữ nguyên."),
        ("hai\ndòng", "Nội dung phải nằm trên một dòng, không có dấu xuống dòng hay dấu tab."),
        ("<b>đậm</b>", "Nội dung có thẻ HTML «<b>»; văn bản chỉ gồm chữ, hãy bỏ thẻ đi."),
    ],
)
def test_an_answer_that_does_not_fit_is_said_at_its_question(world, officer, answer, sentence):
    page = officer.get(moving_address(world))
    asked = page.context["form"].questions[0]

    refused = officer.post(
        moving_address(world), typed(page, choose="giu") | {f"tl_{asked.key}": "khac", f"chu_{asked.key}": answer}
    )

    assert (refused.status_code, refused.context["form"].errors) == (422, {f"tl_{asked.key}": [sentence]})


def test_a_source_edited_meanwhile_is_shown_anew(world, officer):
    page = officer.get(moving_address(world))
    Plan.objects.filter(pk=world.plan.pk).update(closing="Thêm việc của năm 2024 và năm 2024.")

    stale = officer.post(moving_address(world), typed(page, choose="giu"))
    again = officer.post(moving_address(world), typed(stale, choose="giu"))

    assert stale.status_code == 409
    assert "Kế hoạch nguồn vừa được sửa nên danh sách đã khác." in text_of(stale)
    assert again.status_code == 302
    assert Plan.objects.filter(unit=world.unit).count() == 1


def test_the_issuer_is_the_committee_even_where_none_is_entered(world, officer):
    world.issuer.delete()
    page = officer.get(moving_address(world))

    officer.post(moving_address(world), typed(page, choose="giu"))

    assert "ỦY BAN NHÂN DÂN XÃ ĐOÀI KHÊ (lập mới)" in text_of(page)
    assert Plan.objects.get(unit=world.unit).issuer.name == "ỦY BAN NHÂN DÂN XÃ ĐOÀI KHÊ"


def test_what_a_task_lost_is_told():
    world = heir_of("muong_than")
    client = signed_in(world.officer)

    client.post(moving_address(world), typed(client.get(moving_address(world)), choose="giu"))
    made = Plan.objects.get(unit=world.unit)

    shown = text_of(client.get(reverse("plans:plan", args=[made.pk])))
    assert "1 nhiệm vụ có hạn trước ngày lập xã Pa Thàn nên chưa có hạn; hãy ghi lại." in shown


@pytest.mark.parametrize("query", ["", "tu=&nam=2026", "tu=abc"])
def test_without_a_source_one_is_asked_for(world, officer, query):
    answer = officer.get(f"{MOVING}?{query}")

    assert answer.status_code == (404 if "tu=" in query else 302)
    if not query:
        assert answer["Location"].startswith(START)


def test_a_year_before_the_sources_is_refused_with_a_sentence(world, officer):
    answer = officer.get(moving_address(world, nam=2023))

    assert answer.status_code == 400
    assert "chỉ chuyển được sang một năm sau đó" in text_of(answer)


def test_strangers_learn_nothing_and_colleagues_may_not(world):
    stranger = signed_in(UserFactory(role=Role.OFFICER, unit=UnitFactory()))
    assert stranger.get(moving_address(world)).status_code == 404
    assert stranger.get(f"{MERGING}?cu={world.plan.pk}&cu={world.plan.pk}").status_code == 404

    colleague = signed_in(UserFactory(role=Role.LEADER, unit=world.unit))
    assert [colleague.get(address).status_code for address in (START, moving_address(world), MERGING)] == [403] * 3


@pytest.mark.parametrize("plan_count", [3, 300])
def test_the_moving_page_asks_as_much_at_3_as_at_300(world, officer, django_assert_num_queries, plan_count):
    PlanFactory.create_batch(plan_count, unit=world.unit, issuer=world.issuer, year=2025)
    officer.get(moving_address(world))

    with django_assert_num_queries(14):
        answer = officer.get(moving_address(world))

    assert len(answer.context["form"].lines) == len(lines_for(world))
