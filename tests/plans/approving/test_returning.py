"""What a leader wants changed: from the return to the mended plan that comes again."""

from __future__ import annotations

import pytest
from django.urls import reverse

from plans.approving.services import RemarkData, approve_plan, return_plan
from plans.models import Remark
from plans.services import submit_plan, update_plan
from tests.factories import Role, UserFactory
from tests.plans.approving.conftest import House
from tests.plans.approving.pages import State, address, box, no, text, told
from tests.plans.rows import again
from tests.units.conftest import signed_in

# -- Returning -----------------------------------------------------------------------------


def test_a_return_reaches_the_officer_at_its_places(house):
    plan = house.submitted()
    data = no(plan, **{box(house.section): "Nêu rõ chỉ tiêu.", box(house.task): "Giao cho Văn phòng."})

    answer = signed_in(house.lan).post(address("review", plan), data, follow=True)
    assert told(answer) == ["Đã trả lại kèm 2 ý kiến."]

    page = signed_in(house.an)
    shown = page.get(address("plan", plan))
    assert shown.context["standing"] == "Hà Thị Lan trả lại ngày 20/02/2026, còn 2 ý kiến chưa sửa."
    editor = page.get(address("editor", plan))
    for row, words in ((house.section, "Nêu rõ chỉ tiêu."), (house.task, "Giao cho Văn phòng.")):
        assert words in text(shown)
        assert f'href="{address("editor", plan)}#{box(row)}"' in text(shown)
        assert f'href="#{box(row)}" data-remark-place' in text(editor)
        assert f'data-remark="{row.key}"' in text(editor)
    assert "Trả lại</span>" in text(page.get(reverse("plans:list")))


def test_a_return_without_a_word_is_refused_at_its_field(house):
    plan = house.submitted()

    answer = signed_in(house.lan).post(address("review", plan), no(plan))

    assert (answer.status_code, answer.context["form"].errors) == (
        422,
        {"whole": ["Ghi ít nhất một ý kiến để người soạn biết cần sửa gì."]},
    )
    assert again(plan).state == State.SUBMITTED


def test_a_second_click_on_return_is_told_and_remarks_nothing_twice(house):
    plan = house.submitted()
    page = signed_in(house.lan)
    page.post(address("review", plan), no(plan, whole="Viết lại."), follow=True)

    answer = page.post(address("review", plan), no(plan, whole="Viết lại."), follow=True)

    assert told(answer) == ["Không ghi nhận thêm. Dự thảo, chưa có số."]
    assert Remark.objects.count() == 1


def test_an_approved_plan_is_returned_from_the_same_page(house):
    plan = house.submitted()
    approve_plan(plan, actor=house.lan, version=plan.version)
    page = signed_in(house.minh)
    assert address("review", plan) in text(page.get(address("plan", plan)))
    shown = text(page.get(address("review", plan)))
    assert 'value="duyet"' not in shown

    page.post(address("review", plan), no(again(plan), whole="Chờ ý kiến Đảng ủy."))

    assert again(plan).state == State.DRAFT


# -- What became of remarks ----------------------------------------------------------------


@pytest.fixture
def remark(house: House) -> Remark:
    plan = house.submitted()
    return_plan(plan, actor=house.lan, version=plan.version, remarks=[RemarkData("Nêu rõ chỉ tiêu.", house.section)])
    return Remark.objects.get()


def test_the_officer_ticks_and_the_leader_sees_what_was_answered(house, remark):
    page, plan = signed_in(house.an), house.plan

    answer = page.post(address("settle_remark", plan, remark.pk), follow=True)
    assert answer.redirect_chain == [(f"{address('plan', plan)}#y-kien", 302)]
    assert answer.context["standing"] == "Hà Thị Lan trả lại ngày 20/02/2026; đã sửa các ý kiến, chưa trình lại."
    page.post(address("submit", plan), {"to": "bat-ky"})

    shown = signed_in(house.lan).get(address("review", plan))
    assert [(one.remark.settled_by, one.is_open) for one in shown.context["remarks"].settled] == [(house.an, False)]
    assert "Đã sửa</span>" in text(shown)


def test_the_leader_sees_what_was_done_since_the_return(house, remark, today):
    today.shift(3600)
    plan = again(house.plan)
    update_plan(plan, actor=house.an, version=plan.version, closing="Câu cuối đã sửa.")
    submit_plan(plan, actor=house.an, is_confirmed=True)

    shown = signed_in(house.lan).get(address("review", plan))

    assert [line.what for line in shown.context["changes"]] == ["Ghi nhận đã trình", "Sửa phần đầu, phần cuối"]
    assert "Câu cuối đã sửa." in text(shown)


def test_ticking_in_the_editor_gives_the_list_anew(house, remark):
    page = signed_in(house.an)

    answer = page.post(address("settle_remark", house.plan, remark.pk), headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in text(answer)
    assert "Các ý kiến đều đã đánh dấu «Đã sửa»." in text(answer)

    page.post(address("settle_remark", house.plan, remark.pk), {"chua": "1"}, headers={"HX-Request": "true"})
    assert again(remark).settled_at is None


def test_submitting_again_with_open_remarks_is_asked_on_the_page(house, remark):
    page = signed_in(house.an)

    answer = page.post(address("submit", house.plan), {"to": "bat-ky"})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"confirmed": ["Còn 1 ý kiến chưa đánh dấu «Đã sửa»."]}
    assert 'type="checkbox" name="confirmed"' in text(answer)
    assert "Nêu rõ chỉ tiêu." in text(answer)

    page.post(address("submit", house.plan), {"to": "bat-ky", "confirmed": "on"})
    assert again(house.plan).state == State.SUBMITTED


@pytest.mark.parametrize(("who", "status"), [("an", 302), ("lan", 403), ("dung", 403), ("cuong", 404)])
def test_only_who_writes_the_plan_ticks(house, remark, who, status):
    answer = signed_in(getattr(house, who)).post(address("settle_remark", house.plan, remark.pk))

    assert answer.status_code == status
    assert (again(remark).settled_at is not None) == (status == 302)


def test_a_tick_that_comes_after_submitting_is_told(house, remark):
    submit_plan(again(house.plan), actor=house.an, is_confirmed=True)
    page = signed_in(house.an)

    answer = page.post(address("settle_remark", house.plan, remark.pk), follow=True)
    swapped = page.post(address("settle_remark", house.plan, remark.pk), headers={"HX-Request": "true"})

    assert told(answer) == ["Không ghi nhận thêm. Đã trình, chờ duyệt."]
    assert "Kế hoạch không còn là dự thảo nên không sửa được." in text(swapped)
    assert again(remark).settled_at is None


def test_what_is_said_in_the_house_is_not_shown_above(house, remark):
    above = UserFactory(role=Role.REVIEWER, unit=house.unit.parent)
    submit_plan(again(house.plan), actor=house.an, is_confirmed=True)
    assert "Nêu rõ chỉ tiêu." in text(signed_in(house.an).get(address("plan", house.plan)))

    shown = signed_in(above).get(address("plan", house.plan))

    assert shown.status_code == 200
    assert "Nêu rõ chỉ tiêu." not in text(shown)
