"""The pages of the inside way, as officer, leader, clerk, colleague and stranger meet them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from plans.approving.services import approve_plan
from plans.models import Plan, Remark
from plans.services import recall_plan, submit_plan, update_plan
from tests.factories import MembershipFactory, Role, UserFactory
from tests.plans.approving.pages import State, address, box, no, primary, text, told, waiting, yes
from tests.plans.rows import again
from tests.units.conftest import signed_in
from units.models import Membership, Unit

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
