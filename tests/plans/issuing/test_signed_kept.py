"""What stays different after all, what the file says of itself, and the paper that amends another."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import AuditEntry
from documents.rendering.pdf import render_pdf
from documents.signed import Outcome
from documents.tree import Paper
from plans.amending.services import start_amending
from plans.interchange import PlanData
from plans.issuing.comparing import with_head
from plans.issuing.forms import TAKE
from plans.models import Plan
from plans.printing import composer_of
from plans.selectors import plan_data
from plans.services import update_task
from plans.states import PlanState
from tests.documents.signed.returned import RETURNED
from tests.documents.signed.signing import authority
from tests.plans.issuing.desk import ONE_SENTENCE, SENTENCE, body_of, plan_with_table, shown, told
from tests.plans.issuing.signed_copies import HEAD, loaded, printed, signed_pdf
from tests.plans.rows import again
from units.models import Membership


@pytest.fixture
def plan(db: None) -> Plan:
    return plan_with_table()


# -- Kept ------------------------------------------------------------------------------------


def test_the_plans_own_words_are_kept_after_asking_once(issue, plan):
    body = plan.sections.get().body
    asked = issue(signed_pdf(plan, ONE_SENTENCE))
    assert asked.status_code == 422
    assert asked.context["form"].errors == {
        "signed_file": ["Bản đã ký khác kế hoạch ở 1 chỗ. Lấy theo bản đã ký, hoặc xác nhận giữ lời văn của kế hoạch."]
    }
    assert 'type="checkbox" name="confirmed"' in body_of(asked)

    answer = issue(**shown(asked), confirmed="on")

    assert (again(plan).state, plan.sections.get().body) == (PlanState.ISSUED, body)
    assert told(answer)[-1] == "Giữ 1 chỗ khác bản đã ký."
    assert AuditEntry.objects.get(code="plans.plan.compared").changes == {"places_kept": [None, 1]}


def test_a_yes_that_was_given_to_another_file_does_not_count(issue, plan):
    answer = issue(signed_pdf(plan, ONE_SENTENCE), confirmed="on")

    assert list(answer.context["form"].errors) == ["signed_file"]
    assert not answer.context["form"]["confirmed"].value()
    assert again(plan).state == PlanState.DRAFT


def test_what_cannot_be_taken_is_listed_and_asked_about(issue, plan):
    def with_another_recipient(data: PlanData) -> PlanData:
        return ONE_SENTENCE(replace(data, recipients=(*data.recipients, "Trạm Y tế xã")))

    content = signed_pdf(plan, with_another_recipient)
    read = issue(content, doc="1")
    page = body_of(read)
    assert "Lấy được theo bản đã ký (1)" in page
    assert "Chưa lấy được, cần sửa tay (1)" in page
    assert f'<a href="{reverse("plans:editor", args=[plan.pk])}">Về trang soạn để sửa tay</a>' in page

    asked = issue(**shown(read), **{TAKE: "1"})
    assert asked.context["form"].errors == {
        "signed_file": ["Còn 1 chỗ chưa lấy được theo bản đã ký. Sửa tay trước, hoặc xác nhận ghi nhận."]
    }
    answer = issue(**shown(asked), **{TAKE: "1"}, confirmed="on")

    assert SENTENCE in plan.sections.get().body
    assert told(answer)[-1] == "Đã lấy 1 chỗ theo bản đã ký. Giữ 1 chỗ khác bản đã ký."
    assert AuditEntry.objects.get(code="plans.plan.compared").changes == {
        "places_taken": [None, 1],
        "places_kept": [None, 1],
    }


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        (Membership.Role.OFFICER, "Kế hoạch không còn là dự thảo"),
        (Membership.Role.CLERK, "Nhờ cán bộ soạn kế hoạch sửa tay"),
    ],
)
def test_the_way_back_is_the_one_that_is_open(as_role, plan, role, sentence):
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.SUBMITTED)
    content = printed(plan, lambda data: replace(data, recipients=(*data.recipients, "Trạm Y tế xã")))
    data = {"version": plan.version, "doc": "1", "signed_file": SimpleUploadedFile("27.pdf", content)}

    answer = as_role(role).post(reverse("plans:issue", args=[plan.pk]), data)

    assert sentence in body_of(answer)


# -- What the file says of itself ------------------------------------------------------------


@pytest.mark.parametrize("kind", RETURNED)
def test_each_kind_of_file_shows_its_sentence(issue, plan, kind, settings, tmp_path):
    (tmp_path / "root.pem").write_bytes(authority().pem)
    settings.SIGNATURE_ROOT_FILES = [str(tmp_path / "root.pem")]
    returned = RETURNED[kind]

    answer = issue(returned.make(), returned.name, doc="1")

    assert answer.context["form"].findings.sentences[0] == returned.sentence
    assert returned.sentence in body_of(answer)
    assert again(plan).state == PlanState.DRAFT


def test_the_signature_stands_beside_the_form_as_a_small_table(issue, plan):
    answer = issue(signed_pdf(plan), doc="1")

    rows = dict(answer.context["form"].findings.signature_rows)
    assert (rows["Người ký"], rows["Thời gian ký"]) == (
        ("Lò Văn Thắng",),
        ("12:00 ngày 12/02/2026 (theo máy của người ký)",),
    )
    assert body_of(answer).count('<table class="data-table signatures">') == 1
    assert '<th scope="row">Người ký</th><td>Lò Văn Thắng</td>' in body_of(answer)


# -- A plan that amends another --------------------------------------------------------------


@pytest.fixture
def amending(issue, plan, officer) -> Plan:
    issue(number="26")
    draft = start_amending(again(plan), actor=officer, reason="Theo chỉ đạo của Chủ tịch")
    task = draft.tasks.all()[0]
    update_task(task, actor=officer, version=again(draft).version, content="Phát động phong trào mới")
    return loaded(draft)


@pytest.mark.parametrize(
    ("old", "new", "outcome", "left"),
    [("", "", Outcome.MATCH, 0), ("phong trào mới", "phong trào khác", Outcome.DIFFER, 1)],
    ids=["same", "different"],
)
def test_its_paper_is_compared_as_it_prints_and_its_items_are_mended_by_hand(page, amending, old, new, outcome, left):
    paper = printed_paper(amending, with_head(plan_data(amending), HEAD))
    body = tuple(
        replace(block, text=block.text.replace(old, new)) if old and hasattr(block, "text") else block
        for block in paper.body
    )
    signed = SimpleUploadedFile("27.pdf", render_pdf(replace(paper, body=body)))

    data = {"version": amending.version, "doc": "1", "signed_file": signed}
    beside = page.post(reverse("plans:issue", args=[amending.pk]), data).context["form"].beside

    assert (beside.comparison.outcome, len(beside.takes.left), beside.takes.taken) == (outcome, left, ())


def printed_paper(plan: Plan, data: PlanData) -> Paper:
    return composer_of(plan)(data, plan.issuer.lines)
