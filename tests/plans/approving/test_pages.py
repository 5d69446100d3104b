"""The pages of the inside way, as officer, leader, clerk, colleague and stranger meet them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans.approving.services import RemarkData, approve_plan, return_plan
from plans.models import Plan, Remark
from plans.services import recall_plan, submit_plan, update_plan
from plans.states import PlanState
from tests.factories import MembershipFactory, PlanFactory, Role, SectionFactory, TaskFactory, UserFactory
from tests.plans.approving.conftest import House
from tests.plans.rows import again
from tests.units.conftest import signed_in
from units.models import Membership, Unit, User

State = PlanState
MOST_QUERIES = 20


def address(name: str, plan: Plan, *more: Any) -> str:
    return reverse(f"plans:{name}", args=[plan.pk, *more])


def told(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def primary(answer: Any) -> list[tuple[str, str]]:
    """Where the primary buttons of the page lead, and their words."""
    found = re.findall(r'class="btn btn-primary" href="([^"]*)">(?:<svg.*?</svg>)?\s*([^<]*)<', text(answer), re.S)
    return [(href, words.strip()) for href, words in found]


def text(answer: Any) -> str:
    return answer.content.decode()


def yes(plan: Plan, **values: Any) -> dict[str, Any]:
    return {"version": plan.version, "viec": "duyet", **values}


def no(plan: Plan, **values: Any) -> dict[str, Any]:
    return {"version": plan.version, "viec": "tra-lai", **values}


def box(row: Any) -> str:
    """The name of the field at a section or a task."""
    return f"{'muc' if row._meta.model_name == 'section' else 'nhiem-vu'}-{row.key}"


def waiting(user: User) -> dict[str, list[str]]:
    """What «Việc của tôi» tells the user that is waited for."""
    groups = signed_in(user).get("/").context["waiting"]
    return {group.head: [row.plan.subject for row in group.rows] for group in groups}


# -- Submitting ----------------------------------------------------------------------------


def test_the_officer_chooses_a_leader_or_any(house):
    page = signed_in(house.an)

    form = page.get(address("submit", house.plan)).context["form"]
    assert form.fields["to"].choices == [
        ("bat-ky", "Lãnh đạo xã, ai duyệt cũng được"),
        (str(house.lan.pk), "Chủ tịch UBND xã Hà Thị Lan"),
        (str(house.minh.pk), "Vi Văn Minh"),
    ]

    answer = page.post(address("submit", house.plan), {"to": house.lan.pk}, follow=True)
    assert told(answer) == ["Đã trình Chủ tịch UBND xã Hà Thị Lan. Khi chưa lấy số vẫn rút lại để sửa được."]
    assert answer.context["standing"] == "Đã trình ngày 20/02/2026, chờ Chủ tịch UBND xã Hà Thị Lan duyệt."
    assert primary(answer) == [(address("download", house.plan, "docx"), "Tải Word")]
    assert "Nếu văn bản đã ký và cấp số ở ngoài thì không cần chờ" in text(answer)


def test_a_single_leader_is_no_choice_between_two_words_for_the_same(house):
    house.minh.memberships.all().delete()

    form = signed_in(house.an).get(address("submit", house.plan)).context["form"]

    assert form.fields["to"].choices == [(str(house.lan.pk), "Chủ tịch UBND xã Hà Thị Lan")]


def test_any_leader_is_named_as_such(house):
    answer = signed_in(house.an).post(address("submit", house.plan), {"to": "bat-ky"}, follow=True)

    assert again(house.plan).submitted_to == "lãnh đạo xã"
    assert answer.context["standing"] == "Đã trình ngày 20/02/2026, chờ lãnh đạo xã duyệt."


def test_somebody_who_leads_another_unit_is_not_submitted_to(house):
    answer = signed_in(house.an).post(address("submit", house.plan), {"to": house.cuong.pk})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["to"])
    assert again(house.plan).state == State.DRAFT


def test_without_a_leaders_account_the_usual_way_is_recorded_and_leads_to_the_end(house):
    Membership.objects.filter(role=Role.LEADER, unit=house.unit).delete()
    page = signed_in(house.an)

    assert "Đơn vị chưa có tài khoản lãnh đạo" in text(page.get(address("submit", house.plan)))
    answer = page.post(address("submit", house.plan), {"to": "Chủ tịch", "on": "19/2/2026"}, follow=True)

    assert told(answer) == ["Đã ghi nhận: trình Chủ tịch ngày 19/02/2026."]
    assert primary(answer) == [(address("issue", house.plan), "Ghi nhận đã ban hành")]
    assert "không cần chờ" not in text(answer)


@pytest.mark.parametrize("who", ["an", "dung"])
def test_a_leader_who_does_not_answer_stops_nobody(house, who):
    plan = house.submitted()
    page = signed_in(getattr(house, who))
    assert address("issue", plan) in text(page.get(address("plan", plan)))

    data = {"version": plan.version, "number": "27", "symbol": "KH-UBND", "date": "20/2/2026", "signer": "Hà Thị Lan"}
    answer = page.post(address("issue", plan), data, follow=True)

    assert answer.context["standing"] == "Đã ban hành, số 27/KH-UBND ngày 20/02/2026."


# -- Approving -----------------------------------------------------------------------------


def test_a_leader_reads_and_says_yes(house):
    plan = house.submitted()
    page = signed_in(house.lan)
    assert primary(page.get(address("plan", plan))) == [(address("review", plan), "Xem và duyệt")]

    shown = page.get(address("review", plan))
    words = text(shown)
    assert "I. MỤC ĐÍCH, YÊU CẦU" in words
    assert house.task.content in words
    assert words.count("btn-primary") == 1

    answer = page.post(address("review", plan), yes(plan), follow=True)
    assert told(answer) == ["Đã duyệt. Văn thư hoặc cán bộ lấy số và phát hành."]
    assert answer.context["standing"] == "Hà Thị Lan đã duyệt ngày 20/02/2026, chờ lấy số và phát hành."
    assert again(plan).approved_by == house.lan


@pytest.mark.parametrize("who", ["an", "dung"])
def test_officer_and_clerk_then_take_the_number(house, who):
    plan = house.submitted()
    approve_plan(plan, actor=house.lan, version=plan.version)

    answer = signed_in(getattr(house, who)).get(address("plan", plan))

    assert primary(answer) == [(address("issue", plan), "Lấy số, phát hành")]
    assert ("Rút lại để sửa" in text(answer)) == (who == "an")
    assert "Soạn tiếp" not in text(answer)


def test_the_signed_copy_is_asked_for_while_it_is_missing(house):
    plan = house.submitted()
    approve_plan(plan, actor=house.lan, version=plan.version)
    page = signed_in(house.dung)
    data = {"version": plan.version, "number": "27", "symbol": "KH-UBND", "date": "20/2/2026", "signer": "Hà Thị Lan"}

    answer = page.post(address("issue", plan), data, follow=True)

    paper = again(plan).paper
    expected = f"{reverse('documents:paper', args=[paper.pk])}#them-ban-da-ky"
    assert primary(page.get(address("plan", plan))) == [(expected, "Thêm bản đã ký")]
    assert 'id="them-ban-da-ky"' in text(page.get(expected))
    leader = signed_in(house.lan).get(address("plan", plan))
    assert primary(leader) == [(address("download", plan, "docx"), "Tải Word")]
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("who", "status"),
    [("an", 403), ("dung", 403), ("cuong", 404), ("lan", 302), ("minh", 302)],
)
def test_nobody_approves_where_he_is_no_leader(house, who, status):
    plan = house.submitted()

    answer = signed_in(getattr(house, who)).post(address("review", plan), yes(plan))

    assert answer.status_code == status
    assert again(plan).state == (State.APPROVED if status == 302 else State.SUBMITTED)


def test_a_former_leader_and_a_leader_of_the_heir_only_read(house):
    plan = house.submitted()
    house.lan.memberships.update(valid_to="2026-02-19")
    MembershipFactory(user=house.lan, unit=house.unit, role=Role.COUNCIL_MEMBER)

    assert signed_in(house.lan).post(address("review", plan), yes(plan)).status_code == 403
    assert again(plan).state == State.SUBMITTED


def test_where_the_switch_is_off_a_leader_is_told_how_it_stands(house):
    plan = house.submitted()
    Unit.objects.filter(pk=house.unit.pk).update(approves_inside=False)
    page = signed_in(house.lan)

    answer = page.post(address("review", plan), yes(plan), follow=True)

    assert told(answer) == ["Không ghi nhận thêm. Đã trình ngày 20/02/2026, chờ lãnh đạo xã ký."]
    assert again(plan).state == State.SUBMITTED
    assert primary(page.get(address("plan", plan))) == [(address("download", plan, "docx"), "Tải Word")]
    assert waiting(house.lan) == {}


def test_a_second_click_on_approve_is_told(house):
    plan = house.submitted()
    page = signed_in(house.lan)
    page.post(address("review", plan), yes(plan), follow=True)

    answer = page.post(address("review", plan), yes(plan), follow=True)

    assert told(answer) == ["Không ghi nhận thêm. Hà Thị Lan đã duyệt ngày 20/02/2026, chờ lấy số và phát hành."]


def test_a_page_of_an_older_text_shows_the_new_one_and_keeps_what_was_typed(house):
    stale, gone = house.submitted(), house.plan.sections.all()[1]
    recall_plan(again(stale), actor=house.an)
    plan = again(stale)
    update_plan(plan, actor=house.an, version=plan.version, closing="Câu khác.")
    gone.delete()
    submit_plan(again(stale), actor=house.an)
    page = signed_in(house.lan)

    answer = page.post(
        address("review", stale), no(stale, **{box(house.section): "Thiếu chỉ tiêu", box(gone): "Bỏ mục này"})
    )

    form = answer.context["form"]
    assert answer.status_code == 409
    assert form.non_field_errors() == [
        "Kế hoạch vừa được sửa và trình lại sau khi bạn mở trang này. Hãy xem bản mới rồi duyệt hoặc trả lại."
    ]
    assert (form[box(house.section)].value(), form["whole"].value()) == ("Thiếu chỉ tiêu", "Bỏ mục này")
    assert (again(stale).state, Remark.objects.count()) == (State.SUBMITTED, 0)

    again_sent = {name: form[name].value() or "" for name in form.fields} | {"viec": "tra-lai"}
    page.post(address("review", stale), again_sent)
    assert [remark.text for remark in Remark.objects.all()] == ["Thiếu chỉ tiêu", "Bỏ mục này"]


def test_a_yes_with_words_typed_asks_which_is_meant(house):
    plan = house.submitted()

    answer = signed_in(house.lan).post(address("review", plan), yes(plan, whole="Sửa câu cuối."))

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "Có ý kiến đã ghi. Bấm «Trả lại» để gửi ý kiến, hoặc xóa ý kiến rồi bấm «Duyệt»."
    ]
    assert answer.context["form"]["whole"].value() == "Sửa câu cuối."
    assert again(plan).state == State.SUBMITTED


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


# -- Recall --------------------------------------------------------------------------------


def test_the_officer_recalls_what_was_approved_and_not_what_was_issued(house):
    plan = house.submitted()
    approve_plan(plan, actor=house.lan, version=plan.version)
    page = signed_in(house.an)

    assert told(page.post(address("recall", plan), follow=True)) == [
        "Đã rút lại. Kế hoạch là dự thảo và sửa tiếp được."
    ]
    Plan.objects.filter(pk=plan.pk).update(state=State.ISSUED, number="27")
    assert told(page.post(address("recall", plan), follow=True)) == [
        "Không ghi nhận thêm. Đã ban hành, số 27/KH-UBND."
    ]


@pytest.mark.parametrize(("who", "status"), [("lan", 403), ("dung", 403), ("cuong", 404)])
def test_nobody_else_recalls(house, who, status):
    plan = house.submitted()

    assert signed_in(getattr(house, who)).post(address("recall", plan)).status_code == status
    assert again(plan).state == State.SUBMITTED


# -- What waits ----------------------------------------------------------------------------


def test_each_sees_on_the_home_page_what_waits_for_him(house):
    def named(subject: str, **values: Any) -> Plan:
        return PlanFactory(unit=house.unit, issuer=house.plan.issuer, subject=subject, **values)

    named("Trình Lan", state=State.SUBMITTED, submitted_to="Chủ tịch UBND xã Hà Thị Lan")
    named("Trình ai cũng được", state=State.SUBMITTED, submitted_to="lãnh đạo xã")
    named("Đã duyệt", state=State.APPROVED)
    named("Xong", state=State.ISSUED)
    mended = named("Bị trả lại")
    Remark.objects.create(plan=mended, by=house.lan, text="Sửa")

    assert waiting(house.lan) == {"Chờ bạn duyệt": ["Trình Lan", "Trình ai cũng được"]}
    assert waiting(house.minh) == {
        "Chờ bạn duyệt": ["Trình ai cũng được"],
        "Trình lãnh đạo khác, bạn duyệt thay được": ["Trình Lan"],
    }
    assert waiting(house.dung) == {"Chờ lấy số, phát hành": ["Đã duyệt"]}
    assert waiting(house.an) == {"Chờ lấy số, phát hành": ["Đã duyệt"], "Trả lại để sửa": ["Bị trả lại"]}
    assert waiting(house.cuong) == {}


def cost(page: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert page.get(url).status_code == 200
    return len(queries)


def test_the_home_page_costs_the_same_with_1_plan_waiting_and_with_50(house):
    page, values = signed_in(house.lan), {"unit": house.unit, "issuer": house.plan.issuer, "state": State.SUBMITTED}
    PlanFactory(**values)
    few = cost(page, "/")
    for _ in range(49):
        PlanFactory(**values)

    assert cost(page, "/") == few <= MOST_QUERIES
    assert len(waiting(house.lan)["Chờ bạn duyệt"]) == 50


@pytest.mark.parametrize(("who", "name"), [("lan", "review"), ("lan", "plan"), ("an", "plan"), ("an", "submit")])
def test_pages_cost_the_same_with_3_remarks_and_with_100(house, who, name):
    plan = house.plan
    Remark.objects.create(plan=plan, by=house.minh, text="Ý kiến 0", section=house.section)
    if name != "submit":
        Plan.objects.filter(pk=plan.pk).update(state=State.SUBMITTED)
    page = signed_in(getattr(house, who))
    few = cost(page, address(name, plan))
    for number in range(1, 100):
        section = SectionFactory(plan=plan, order=100 + number)
        task = TaskFactory(plan=plan, order=100 + number)
        where = {"section": section} if number % 2 else {"task": task}
        Remark.objects.create(plan=plan, by=house.lan, settled_by=house.an, text=f"Ý kiến {number}", **where)

    shown = page.get(address(name, plan))

    assert "Ý kiến 99" in text(shown)
    assert cost(page, address(name, plan)) == few <= MOST_QUERIES


def test_the_chairmans_sheet_asks_for_his_yes_and_not_again_once_it_is_given(house):
    page, plan = signed_in(house.lan), house.submitted()
    other = PlanFactory(unit=house.unit, issuer=plan.issuer, subject="Phong trào khác", state=State.SUBMITTED)
    asked = page.get(address("sheet", plan)).context["sheet"].asks

    approve_plan(plan, actor=house.lan, version=plan.version)
    given = page.get(address("sheet", plan)).context["sheet"].asks

    assert asked == ("Kế hoạch này chờ duyệt.", f"Chờ duyệt: {other}.")
    assert given == ("Kế hoạch này đã duyệt, chờ lấy số và phát hành.", f"Chờ duyệt: {other}.")


# -- The switch ----------------------------------------------------------------------------


def test_the_switch_is_off_until_the_unit_turns_it_on(house):
    unit = again(house.plan).unit
    fresh = UserFactory(role=Role.OFFICER).memberships.get().unit
    page = signed_in(house.an)
    url = reverse("units:edit", args=[unit.pk])

    assert (fresh.approves_inside, page.get(url).context["form"]["approves_inside"].value()) == (False, True)
    page.post(url, {"village_word": "thôn", "is_verified": "on"})

    assert again(unit).approves_inside is False
    history = text(page.get(reverse("units:detail", args=[unit.pk])))
    assert "duyệt trong chương trình: <del>có</del> thành <ins>không</ins>" in history
