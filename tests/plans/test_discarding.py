"""A draft begun by mistake is thrown away on its own page; what must be mended is said before a plan goes out."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core import audit
from core.models import AuditEntry
from plans.models import Plan
from plans.services import recall_plan, submit_plan
from tests.factories import PlanFactory, Role, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return PlanFactory(sections=1, tasks=2)


@pytest.fixture
def officer(client: Client, plan: Plan) -> Any:
    user = UserFactory(role=Role.OFFICER, unit=plan.unit)
    client.force_login(user)
    return user


def test_a_draft_goes_after_one_question(client, officer, plan):
    url = reverse("plans:discard", args=[plan.pk])

    assert "Xóa dự thảo này" in client.get(url).content.decode()
    assert Plan.objects.filter(pk=plan.pk).exists()
    assert client.post(url).url == reverse("plans:list")

    assert not Plan.objects.filter(pk=plan.pk).exists()
    assert AuditEntry.objects.get(code="plans.plan.deleted").actor == officer
    assert audit.first_broken_link(plan.unit_id) is None
    assert client.post(url).status_code == 404


def test_what_was_once_submitted_stays(client, officer, plan):
    submit_plan(plan, actor=officer)
    recall_plan(plan, actor=officer)

    answer = client.post(reverse("plans:discard", args=[plan.pk]), follow=True)

    assert "Kế hoạch đã từng được trình nên không xóa được." in answer.content.decode()
    assert Plan.objects.filter(pk=plan.pk).exists()


def test_a_submitted_plan_is_told_how_it_stands(client, officer, plan):
    submit_plan(plan, actor=officer)

    answer = client.post(reverse("plans:discard", args=[plan.pk]), follow=True)

    assert "Không ghi nhận thêm. Đã trình" in answer.content.decode()
    assert Plan.objects.filter(pk=plan.pk).exists()


def test_what_must_be_mended_is_said_until_it_is_mended_or_passed_over(client, officer, plan):
    url = reverse("plans:unmended", args=[plan.pk])
    before = client.get(url).content.decode()
    section = plan.sections.all()[0]
    section.body = "1. Tổ chức hội nghị hội nghị tổng kết phong trào thi đua."
    section.save()

    after = client.get(url).content.decode()

    assert "hội nghị hội nghị" not in before
    assert "hội nghị hội nghị" in after
    assert "Xem từng chỗ trong trang soạn" in after
