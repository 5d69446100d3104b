"""The edit pages when something happened meanwhile: nothing that was typed is lost, and the reason is told."""

from __future__ import annotations

import html

import pytest
from django.urls import reverse

from plans.models import Plan
from plans.services import submit_plan
from tests.permissions.world import build_world


@pytest.fixture
def world(db):
    return build_world()


@pytest.fixture
def officer(world, client):
    client.force_login(world.an, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def section(world):
    return world.plan.sections.get(pk=world.things["section"])


def section_form(world, **changes):
    found = section(world)
    typed = {
        "marker": found.marker,
        "heading": found.heading,
        "body": found.body.replace("\n", "\r\n"),
        "version": "1",
    }
    return reverse("plans:edit_section", args=[found.pk]), typed | changes


def text_of(answer):
    return html.unescape(answer.content.decode())


def test_a_plan_that_was_submitted_meanwhile_gives_the_typed_text_back(world, officer):
    address, typed = section_form(world, heading="Tiêu đề gõ dở")
    submit_plan(world.plan, actor=world.an)

    answer = officer.post(address, typed)

    assert answer.status_code == 409
    assert "Kế hoạch vừa chuyển sang «Đã trình» nên chưa lưu được" in text_of(answer)
    assert 'value="Tiêu đề gõ dở"' in text_of(answer)
    assert section(world).heading != "Tiêu đề gõ dở"


def test_a_closed_plan_is_not_opened_for_editing(world, officer):
    address, _ = section_form(world)
    submit_plan(world.plan, actor=world.an)

    answer = officer.get(address, follow=True)

    assert answer.redirect_chain[0][0].startswith(reverse("plans:plan", args=[world.plan.pk]))
    assert "Kế hoạch không còn là dự thảo nên không sửa được." in text_of(answer)


def test_only_what_differs_stands_side_by_side(world, officer):
    address, typed = section_form(world, heading="Của người sau")
    Plan.objects.filter(pk=world.plan.pk).update(version=7)

    answer = officer.post(address, typed)

    assert answer.status_code == 409
    assert [entry["label"] for entry in answer.context["differing"]] == ["Tiêu đề"]
    assert 'value="Của người sau"' in text_of(answer)
    assert 'name="version" value="7"' in text_of(answer)


def test_after_saving_one_stands_at_the_row(world, officer):
    address, typed = section_form(world, heading="Tiêu đề mới")

    answer = officer.post(address, typed)

    place = reverse("plans:plan", args=[world.plan.pk]) + f"#muc-{section(world).pk}"
    assert (answer.status_code, answer["Location"]) == (302, place)


def test_another_layout_brings_its_usual_heads(world, officer):
    table = world.plan.task_tables.get()
    typed = {
        "layout": "columns-6",
        "columns": table.columns,
        "title": table.title,
        "subject": table.subject,
        "reference": table.reference,
        "version": "1",
    }

    answer = officer.post(reverse("plans:edit_table", args=[table.pk]), typed)

    table.refresh_from_db()
    assert answer.status_code == 302
    assert (table.layout, table.heads[-1], len(table.heads)) == ("columns-6", "Ghi chú", 6)


def test_time_words_without_a_day_are_told(world, officer):
    task = world.plan.tasks.get(pk=world.things["task"])
    typed = {
        "content": task.content,
        "lead": "\n".join(task.lead),
        "support": "\n".join(task.support),
        "time_text": "khi có hướng dẫn",
        "start": "",
        "due": "",
        "note": "",
        "version": "1",
    }

    answer = officer.post(reverse("plans:edit_task", args=[task.pk]), typed, follow=True)

    assert "Lời ghi «khi có hướng dẫn» không cho biết ngày nào" in text_of(answer)


def test_a_date_far_from_the_plans_year_is_told_at_its_field(world, officer):
    address = reverse("plans:edit", args=[world.plan.pk])
    names = ("number", "symbol", "place", "title", "subject", "preamble", "closing", "recipients", "archive")
    names += ("signature_lines", "signature_post", "signature_name")
    typed = {name: getattr(world.plan, name) for name in names} | {"paper_date": "18/01/2999", "version": "1"}

    answer = officer.post(address, typed)

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"paper_date": ["Năm 2999 cách xa năm của kế hoạch (2024)."]}
