"""Pages on which a plan is amended, and all those on which the copy must not count."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import Job
from plans.amending.services import start_amending
from plans.editor.state import state_of
from plans.models import Plan, Revision, Task
from plans.progress.selectors import for_sheet
from plans.selectors import any_plan, for_list, search_plans, visible_tasks
from plans.services import delete_draft, remove_tasks, update_section, update_task
from plans.starting.selectors import own_earlier_plans, plans_to_merge, sources
from plans.task_list import TaskFilter, tasks_for_list
from tests.core.sheet_samples import read_book
from tests.factories import MembershipFactory, TaskFactory, UnitFactory, UserFactory
from tests.plans.amending.conftest import REASON, act, printed_text, section_of, task_of
from tests.plans.amending.test_paper import CITED, change_everything
from tests.plans.amending.test_services import done
from tests.plans.issuing.test_services import bytes_of
from tests.plans.rows import again
from tests.units.conftest import signed_in
from units.models import Membership

AMENDED_BY = "Kế hoạch số 31/KH-UBND ngày 13 tháng 5 năm 2026"


def amend_url(plan: Plan) -> str:
    return reverse("plans:amend", args=[plan.pk])


def plan_url(plan: Plan) -> str:
    return reverse("plans:plan", args=[plan.pk])


def messages_of(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


# -- Beginning ---------------------------------------------------------------------------


def test_the_officer_goes_from_the_issued_plan_to_the_editor_of_its_copy(page, plan):
    assert amend_url(plan) in page.get(plan_url(plan)).content.decode()
    assert page.get(amend_url(plan)).status_code == 200

    answer = page.post(amend_url(plan), {"reason": REASON}, follow=True)

    draft = Plan.objects.get(amends=plan)
    assert answer.redirect_chain == [(reverse("plans:editor", args=[draft.pk]), 302)]
    assert messages_of(answer) == [f"Đã lập bản dự thảo sửa đổi {CITED}."]
    words = answer.content.decode()
    assert "Kế hoạch số 27/KH-UBND</a>. Sửa ngay vào các mục" in words
    assert "Chưa có nội dung nào sửa đổi, bổ sung so với" in words


def test_without_a_reason_nothing_is_begun_and_the_field_says_so(page, plan):
    answer = page.post(amend_url(plan), {"reason": " "})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["reason"]
    assert Plan.objects.filter(amends=plan).count() == 0


def test_the_amendment_under_way_is_told_and_opened(page, plan, draft):
    shown = page.get(plan_url(plan)).content.decode()
    assert amend_url(plan) not in shown
    assert plan_url(draft) in shown

    answer = page.post(amend_url(plan), {"reason": REASON}, follow=True)

    assert answer.redirect_chain == [(plan_url(draft), 302)]
    assert messages_of(answer) == [
        "Kế hoạch này đang có một bản sửa đổi chưa ban hành; mỗi lần chỉ soạn một bản. Đây là bản đó."
    ]
    assert Plan.objects.filter(amends=plan).count() == 1


def test_an_amending_plan_and_a_draft_say_why_they_are_not_amended(page, plan, draft, officer, issued):
    update_section(section_of(draft, "III."), **act(draft, officer), body="Từ nguồn xã hội hóa.")
    issued(draft)
    assert messages_of(page.get(amend_url(draft), follow=True)) == [
        "Đây là kế hoạch sửa đổi. Muốn sửa đổi thêm, hãy mở kế hoạch gốc."
    ]
    Plan.objects.filter(pk=plan.pk).update(state="draft")

    assert messages_of(page.get(amend_url(plan), follow=True)) == [
        "Chỉ sửa đổi, bổ sung kế hoạch đã ban hành; bản dự thảo thì sửa thẳng trong trang soạn."
    ]


@pytest.mark.parametrize(
    ("role", "code"), [("officer", 200), ("clerk", 403), ("leader", 403), ("reviewer", 403), ("council_member", 403)]
)
def test_only_officers_of_the_unit_amend(plan, role, code):
    other = signed_in(UserFactory(role=role, unit=plan.unit))

    assert other.get(amend_url(plan)).status_code == code
    assert (amend_url(plan) in other.get(plan_url(plan)).content.decode()) == (code == 200)


def test_strangers_and_those_above_amend_nothing(plan):
    stranger = signed_in(UserFactory(role="officer", unit=UnitFactory()))
    above = UserFactory(role="reviewer", unit=plan.unit.parent)
    MembershipFactory(user=above, unit=plan.unit.parent, role=Membership.Role.OFFICER)

    assert stranger.post(amend_url(plan), {"reason": REASON}).status_code == 404
    assert signed_in(above).post(amend_url(plan), {"reason": REASON}).status_code == 403
    assert Plan.objects.count() == 1


# -- Editing -----------------------------------------------------------------------------


def test_the_page_beside_the_text_prints_what_differs_before_it_is_saved(page, draft):
    state = state_of(any_plan(draft.pk))
    row = next(one for one in state["tasks"] if one["content"].startswith("Tổng kết"))
    row["time_text"] = "Tháng 11"
    state["tasks"].append({**row, "key": "6f2b9c1e-0000-4000-8000-000000000000", "content": "Việc mới", "number": "6"})

    answer = page.post(
        reverse("plans:editor_preview", args=[draft.pk]), json.dumps({"state": state}), content_type="application/json"
    )

    html = answer.json()["html"]
    assert "thời gian thực hiện “Tháng 12” sửa thành “Tháng 11”" in html
    assert "Bổ sung nhiệm vụ sau đây tại Mục II:" in html
    assert "Phát động phong trào thi đua" not in html


def test_pages_word_and_text_are_the_amending_paper(page, draft, officer):
    update_section(section_of(draft, "III."), **act(draft, officer), body="Từ nguồn xã hội hóa.")

    text = page.get(reverse("plans:download", args=[draft.pk, "txt"])).content.decode()

    assert text == printed_text(draft)
    assert "“III. KINH PHÍ" in text
    assert page.get(reverse("plans:editor_pages", args=[draft.pk])).json()["total"] == 1


def test_the_draft_s_page_says_what_it_amends_and_that_nothing_differs_yet(page, draft, officer):
    empty = page.get(plan_url(draft)).content.decode()
    assert "Chưa có nội dung nào khác với kế hoạch gốc, nên chưa ban hành được." in empty
    update_section(section_of(draft, "III."), **act(draft, officer), body="Từ nguồn xã hội hóa.")

    shown = page.get(plan_url(draft))

    assert f"{CITED}</a>: 1 nội dung, như bản in." in shown.content.decode()
    assert "Nhiệm vụ theo quý" not in shown.content.decode()


def test_results_that_a_repealed_task_has_are_told_before_it_is_issued(page, plan, draft, officer):
    done(officer, task_of(plan, "Sơ kết"))
    remove_tasks(draft, **act(draft, officer), tasks=[task_of(draft, "Sơ kết"), task_of(draft, "Tổng kết")])

    answer = page.get(plan_url(draft))

    assert answer.context["amending"].repealed == (task_of(plan, "Sơ kết"),)


def test_the_page_of_issue_refuses_what_changes_nothing(page, draft):
    typed = {
        "version": draft.version,
        "number": "31",
        "symbol": "KH-UBND",
        "date": "13/05/2026",
        "signer": "Lò Văn Thắng",
    }

    answer = page.post(reverse("plans:issue", args=[draft.pk]), typed)

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        f"Chưa có nội dung nào khác với {CITED}. Hãy sửa trong trang soạn rồi ghi nhận."
    ]


# -- Afterwards --------------------------------------------------------------------------


def test_the_plan_lists_its_amendments_and_shows_the_text_before(page, plan, draft, officer, issued):
    before = printed_text(plan)
    change_everything(draft, officer)
    amending = issued(draft)

    words = page.get(plan_url(plan)).content.decode()
    old = page.get(reverse("plans:before", args=[plan.pk, 1])).content.decode()
    text = page.get(reverse("plans:before_download", args=[plan.pk, 1, "txt"]))

    assert f'<a href="{plan_url(amending)}">{AMENDED_BY}</a>' in words
    assert f"Lý do: {REASON}" in words
    assert reverse("plans:before", args=[plan.pk, 1]) in words
    assert "Sơ kết sáu tháng đầu năm" in old
    assert "Tập huấn nghiệp vụ" not in old
    assert text.content.decode() == before
    for to, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert page.get(reverse("plans:before_download", args=[plan.pk, 1, to])).content.startswith(start)


def test_the_frozen_files_of_the_plan_are_served_as_before(page, plan, draft, officer, issued):
    change_everything(draft, officer)
    issued(draft)

    answer = page.get(reverse("plans:download", args=[plan.pk, "pdf"]))

    assert b"".join(answer.streaming_content) == bytes_of(plan.paper.issued_file)
    answer.close()


def test_a_long_text_before_is_drawn_by_a_worker(page, plan, draft, officer, issued):
    update_section(section_of(draft, "III."), **act(draft, officer), body="Từ nguồn xã hội hóa.")
    issued(draft)
    revision = Revision.objects.get()
    revision.content["tasks"] *= 20
    revision.save()

    answer = page.get(reverse("plans:before_download", args=[plan.pk, 1, "pdf"]))

    assert answer["Location"] == reverse("core:job", args=[Job.objects.get().pk])


def test_an_amendment_that_is_not_there_is_not_found(page, plan):
    assert page.get(reverse("plans:before", args=[plan.pk, 1])).status_code == 404


def test_a_reviewer_above_sees_what_was_issued_and_no_draft(plan, draft, officer, issued):
    reviewer = signed_in(UserFactory(role="reviewer", unit=plan.unit.parent))
    assert plan_url(draft) not in reviewer.get(plan_url(plan)).content.decode()
    update_section(section_of(draft, "III."), **act(draft, officer), body="Từ nguồn xã hội hóa.")

    issued(draft)

    assert plan_url(draft) in reviewer.get(plan_url(plan)).content.decode()
    assert reviewer.get(reverse("plans:before", args=[plan.pk, 1])).status_code == 200


def test_a_repealed_task_stays_on_the_page_as_dropped_and_leaves_the_export(page, plan, draft, officer, issued):
    row = task_of(plan, "Sơ kết")
    done(officer, row)
    change_everything(draft, officer)
    issued(draft)

    words = page.get(plan_url(plan)).content.decode()
    book = read_book(page.get(reverse("plans:export_plan_tasks", args=[plan.pk])).content)

    assert "Bãi bỏ theo Kế hoạch số 31/KH-UBND" in words
    assert row.content in words
    assert "Tập huấn nghiệp vụ" in str(book)
    assert row.content not in str(book)


# -- Where the copy must not count -------------------------------------------------------


def test_the_list_marks_an_amending_plan_and_counts_no_copies(page, plan, draft):
    answer = page.get(reverse("plans:list"))

    assert {one.pk: one.task_count for one in answer.context["page"].rows} == {plan.pk: 5, draft.pk: 0}
    assert "Sửa đổi Kế hoạch số 27/KH-UBND" in answer.content.decode()


def test_copies_are_in_no_list_of_tasks_and_no_search(page, plan, draft, officer):
    own = set(Task.objects.filter(plan=plan))
    assert Task.objects.filter(plan=draft).count() == len(own) == 5

    assert set(tasks_for_list(officer)) == own
    assert set(visible_tasks(officer)) == own
    assert set(TaskFilter({}, user=officer).form.fields["ke_hoach"].queryset) == {plan}
    assert set(search_plans(for_list(officer), "sơ kết sáu tháng")) == {plan}
    assert set(for_sheet(officer)) == {plan}
    assert page.get(reverse("plans:sheet", args=[draft.pk])).status_code == 404


def test_an_amending_plan_has_no_year_of_its_own(page, draft, officer, issued):
    update_section(section_of(draft, "III."), **act(draft, officer), body="Từ nguồn xã hội hóa.")
    issued(draft)

    answer = page.get(plan_url(draft))

    assert (answer.context["year_standing"], answer.context["may_record"]) == (None, False)


def test_a_new_plan_is_started_from_the_present_text_and_from_no_amending_plan(plan, draft, officer, issued, unit):
    change_everything(draft, officer)
    issued(draft)

    assert list(own_earlier_plans(officer, unit)) == [plan]
    assert sources(officer, [plan.pk, draft.pk]) == [plan]
    assert plans_to_merge(officer, unit, 2027) == []
    assert "Tập huấn nghiệp vụ" in printed_text(sources(officer, [plan.pk])[0])


# -- How much is asked of the database -----------------------------------------------------


def queries_of(page: Client, url: str) -> int:
    page.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert page.get(url).status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", ["plan", "editor"])
def test_pages_of_an_amendment_ask_as_much_for_300_tasks_as_for_3(page, plan, officer, name):
    Task.objects.filter(plan=plan, order__gt=3).delete()
    asked = {}
    for count in (3, 300):
        for order in range(plan.tasks.count() + 1, count + 1):
            TaskFactory(plan=plan, order=order, number=order, quarter=4, content=f"Việc {order}")
        draft = start_amending(again(plan), actor=officer, reason=REASON)
        update_task(task_of(draft, "Sơ kết"), **act(draft, officer), time_text="Tháng 7")
        assert Task.objects.filter(plan=draft).count() == count
        asked[count] = queries_of(page, reverse(f"plans:{name}", args=[draft.pk]))
        delete_draft(again(draft), actor=officer)

    assert asked[3] == asked[300] <= 25


def test_the_plan_s_page_asks_as_much_for_three_amendments_as_for_one(page, plan, officer, issued):
    asked = []
    for number in (31, 32, 33):
        draft = start_amending(again(plan), actor=officer, reason=REASON)
        update_section(section_of(draft, "III."), **act(draft, officer), body=f"Từ ngân sách xã, lần {number}.")
        issued(draft, str(number))
        asked.append(queries_of(page, plan_url(plan)))

    assert asked[0] == asked[2]
    assert Revision.objects.count() == 3
