"""What the editor is told by proofreading, and what a person leaves as it is."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import audit
from plans.editor.state import state_of
from plans.models import PassedOver, Plan
from plans.selectors import any_plan
from tests.factories import PlanFactory, Role, UserFactory

pytestmark = pytest.mark.django_db

DOUBLED = "Tổ chức tổ chức hội nghị"
MUST = {"code": "words.doubled", "text": DOUBLED, "words": "Tổ chức tổ chức", "message": "Lặp.", "severity": "must"}


@pytest.fixture
def plan() -> Plan:
    plan = PlanFactory(sections=2, tasks=3)
    section = plan.sections.all()[0]
    section.body = "1. Khen thưởng khen thưởng kịp thời các tập thể.\n\n2. Nêu gương tập thể tiên tiên."
    section.save()
    return plan


@pytest.fixture
def officer(client: Client, plan: Plan) -> Any:
    user = UserFactory(role=Role.OFFICER, unit=plan.unit)
    client.force_login(user)
    return user


def ask(client: Client, plan: Plan, **changes: Any) -> dict[str, Any]:
    state = state_of(any_plan(plan.pk)) | changes
    response = client.post(f"/ke-hoach/{plan.pk}/soan/soat-loi/", {"state": state}, content_type="application/json")
    assert response.status_code == 200, response.json()
    return response.json()


def leave(client: Client, plan: Plan, **told: Any) -> Any:
    return client.post(f"/ke-hoach/{plan.pk}/soan/bo-qua/", told, content_type="application/json")


def told_of(finding: dict[str, Any]) -> dict[str, str]:
    return {name: finding[name] for name in ("code", "text", "words", "message", "severity")}


def about(answer: dict[str, Any], words: str) -> dict[str, Any]:
    return next(finding for finding in answer["findings"] if finding["words"] == words)


def test_a_finding_names_the_field_the_line_and_the_letters(client, officer, plan):
    finding = about(ask(client, plan), "tiên tiên")

    section = plan.sections.all()[0]
    assert finding["suggestion"] == "tiên tiến"
    assert finding["spot"] == {
        "of": "section",
        "key": str(section.key),
        "field": "body",
        "line": 1,
        "name": None,
        "offset": 3,
    }
    line = section.body.split("\n")[2]
    begin = finding["start"] + finding["spot"]["offset"]
    assert line[begin : begin + len("tiên tiên")] == "tiên tiên"


def test_what_is_typed_and_not_saved_is_read(client, officer, plan):
    state = state_of(any_plan(plan.pk))
    state["sections"][1]["body"] = "Cùng cố tổ chức bộ máy."

    answer = ask(client, plan, sections=state["sections"])

    assert about(answer, "Cùng cố")["suggestion"] == "Củng cố"
    assert Plan.objects.get(pk=plan.pk).version == plan.version


def test_what_was_left_is_not_said_again_until_the_text_changes(client, officer, plan):
    finding = about(ask(client, plan), "tiên tiên")

    assert leave(client, plan, **told_of(finding), reason="Tên riêng của câu lạc bộ").status_code == 200

    answer = ask(client, plan)
    assert all(one["words"] != "tiên tiên" for one in answer["findings"])
    [passed] = answer["dismissed"]
    assert (passed["words"], passed["reason"]) == ("tiên tiên", "Tên riêng của câu lạc bộ")
    state = state_of(any_plan(plan.pk))
    state["sections"][0]["body"] = "2. Nêu gương nhiều tập thể tiên tiên."
    assert about(ask(client, plan, sections=state["sections"]), "tiên tiên")


def test_next_years_plan_of_the_unit_is_not_asked_again(client, officer, plan):
    finding = about(ask(client, plan), "tiên tiên")
    leave(
        client, plan, **{name: finding[name] for name in ("code", "text", "words", "message", "severity")}, reason="Có"
    )
    other = PlanFactory(unit=plan.unit, issuer=plan.issuer, sections=1)
    section = other.sections.all()[0]
    section.body = plan.sections.all()[0].body
    section.save()

    assert [one["words"] for one in ask(client, other)["dismissed"]] == ["tiên tiên"]


def test_what_must_be_mended_is_left_only_with_a_reason(client, officer, plan):
    response = leave(client, plan, **MUST, reason="  ")

    assert (response.status_code, response.json()) == (422, {"message": "Ghi vài chữ vì sao để nguyên chỗ này."})
    assert not PassedOver.objects.exists()


def test_leaving_twice_and_naming_again_leaves_a_whole_trail(client, officer, plan):
    for _ in range(2):
        leave(client, plan, **MUST, reason="Trích nguyên văn")
    leave(client, plan, **MUST, again=True)

    assert not PassedOver.objects.exists()
    codes = [entry.code for entry in audit.history_of(plan)]
    assert codes == ["plans.finding.again", "plans.finding.passed_over"]
    assert audit.first_broken_link(plan.unit_id) is None


@pytest.mark.parametrize("body", [b"[]", b"{", b'{"state": 1}', b'{"state": {"header": {}}}'])
def test_what_is_no_state_of_the_page_is_refused_in_words(client, officer, plan, body):
    response = client.post(f"/ke-hoach/{plan.pk}/soan/soat-loi/", body, content_type="application/json")

    assert response.status_code == 422
    assert response.json()["message"]


def test_the_cost_is_the_same_for_few_tasks_and_for_many(client, officer):
    counts = []
    for tasks in (3, 60):
        plan = PlanFactory(unit=officer.memberships.get().unit, sections=2, tasks=tasks)
        state = state_of(any_plan(plan.pk))
        with CaptureQueriesContext(connection) as queries:
            client.post(f"/ke-hoach/{plan.pk}/soan/soat-loi/", {"state": state}, content_type="application/json")
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 15
