"""A leader's word: given once, on the text that was seen, with every act in the audit chain."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from core import audit
from core.errors import UnfitField
from core.models import AuditEntry
from core.states import EditedMeanwhile, MovedMeanwhile, MoveRefused
from documents.models import IssuedPaper
from plans.approving.services import RemarkData, approve_plan, return_plan, settle_remark
from plans.issuing.services import paper_of, record_issue
from plans.models import Plan, Remark
from plans.services import (
    OpenRemarks,
    PlanIsClosed,
    delete_draft,
    recall_plan,
    remove_section,
    submit_plan,
    update_plan,
)
from plans.states import PlanState
from tests.factories import PlanFactory
from tests.plans.approving.conftest import House
from tests.plans.rows import again, everything, written

State = PlanState
TODAY = dt.date(2026, 2, 20)


def approved(house: House) -> Plan:
    plan = house.submitted()
    approve_plan(plan, actor=house.lan, version=plan.version)
    return again(plan)


def returned(house: House, *remarks: RemarkData) -> Plan:
    plan = house.submitted()
    return_plan(plan, actor=house.lan, version=plan.version, remarks=remarks or [RemarkData("Viết lại")])
    return again(plan)


def issued(plan: Plan, actor: Any, **values: Any) -> IssuedPaper:
    paper = paper_of(plan, **{"number": "27", "symbol": "KH-UBND", "date": TODAY, "signer": "Hà Thị Lan"} | values)
    return record_issue(plan, actor=actor, version=plan.version, paper=paper)


def last_entry() -> tuple[str, int | None, dict[str, Any]]:
    code, _, _, actor, changes = written()[-1]
    return code, actor, changes


def rows_and_remarks(plan: Plan) -> dict[str, Any]:
    return everything(plan) | {"remarks": list(Remark.objects.values())}


# -- Approved ------------------------------------------------------------------------------


def test_a_yes_names_who_and_when_in_the_same_move(house):
    plan = house.submitted()

    approve_plan(plan, actor=house.lan, version=plan.version)

    after = again(plan)
    assert (after.state, after.approved_by, after.approved_on) == (State.APPROVED, house.lan, TODAY)
    assert (after.submitted_to, after.submitted_on) == ("lãnh đạo xã", TODAY)
    assert last_entry() == (
        "plans.plan.approved",
        house.lan.pk,
        {
            "state": ["submitted", "approved"],
            "approved_by": [None, "Hà Thị Lan"],
            "approved_on": [None, "2026-02-20"],
        },
    )
    assert audit.first_broken_link(house.unit.pk) is None


def test_of_two_leaders_at_once_one_is_first_and_the_other_is_told(house):
    one, other = house.submitted(), again(house.plan)
    approve_plan(one, actor=house.lan, version=one.version)
    before = everything(one)

    with pytest.raises(EditedMeanwhile):
        approve_plan(other, actor=house.minh, version=other.version)

    assert everything(one) == before
    assert again(one).approved_by == house.lan


def test_what_was_recalled_mended_and_submitted_again_is_not_approved_unseen(house):
    seen = house.submitted()
    recall_plan(again(seen), actor=house.an)
    update_plan(again(seen), actor=house.an, version=seen.version, closing="Câu khác hẳn.")
    submit_plan(again(seen), actor=house.an)
    before = everything(seen)

    with pytest.raises(EditedMeanwhile):
        approve_plan(seen, actor=house.lan, version=seen.version)

    assert everything(seen) == before


@pytest.mark.parametrize("act", ["recall", "return", "issue"])
def test_a_yes_that_comes_after_another_act_changes_nothing(house, act):
    stale = house.submitted()
    plan = again(stale)
    if act == "recall":
        recall_plan(plan, actor=house.an)
    elif act == "return":
        return_plan(plan, actor=house.minh, version=plan.version, remarks=[RemarkData("Viết lại")])
    else:
        issued(plan, house.dung)
    before = rows_and_remarks(plan)

    with pytest.raises(EditedMeanwhile):
        approve_plan(stale, actor=house.lan, version=stale.version)

    assert rows_and_remarks(plan) == before


@pytest.mark.parametrize("state", [State.DRAFT, State.ISSUED])
def test_only_what_was_submitted_is_approved(house, state):
    Plan.objects.filter(pk=house.plan.pk).update(state=state)
    before = everything(house.plan)

    with pytest.raises(EditedMeanwhile):
        approve_plan(again(house.plan), actor=house.lan, version=house.plan.version)

    assert everything(house.plan) == before


def test_an_approved_plan_is_not_edited_before_it_is_recalled(house):
    plan = approved(house)

    with pytest.raises(PlanIsClosed):
        update_plan(again(plan), actor=house.an, version=plan.version, closing="Câu khác.")

    recall_plan(plan, actor=house.an)
    update_plan(plan, actor=house.an, version=plan.version, closing="Câu khác.")
    assert again(plan).closing == "Câu khác."


# -- Recalled ------------------------------------------------------------------------------


def test_recalling_takes_the_yes_back_and_the_history_keeps_it(house):
    plan = approved(house)

    recall_plan(plan, actor=house.an)

    after = again(plan)
    assert (after.state, after.submitted_to, after.submitted_on) == (State.DRAFT, "", None)
    assert (after.approved_by, after.approved_on) == (None, None)
    assert last_entry() == (
        "plans.plan.recalled",
        house.an.pk,
        {
            "state": ["approved", "draft"],
            "submitted_to": ["lãnh đạo xã", ""],
            "submitted_on": ["2026-02-20", None],
            "approved_by": ["Hà Thị Lan", None],
            "approved_on": ["2026-02-20", None],
        },
    )
    assert audit.first_broken_link(house.unit.pk) is None


def test_a_recall_that_meets_a_yes_or_a_number_changes_nothing(house):
    stale = house.submitted()
    approve_plan(again(stale), actor=house.lan, version=stale.version)
    with pytest.raises(MovedMeanwhile):
        recall_plan(stale, actor=house.an)

    stale = again(stale)
    issued(again(stale), house.dung)
    with pytest.raises(MovedMeanwhile):
        recall_plan(stale, actor=house.an)

    assert again(stale).state == State.ISSUED


# -- Returned ------------------------------------------------------------------------------


def test_a_plan_comes_back_with_what_is_to_be_changed_and_where(house):
    plan, section, task = house.submitted(), house.section, house.task

    made = return_plan(
        plan,
        actor=house.lan,
        version=plan.version,
        remarks=[
            RemarkData("Nêu rõ chỉ tiêu.\n  Theo Kế hoạch của tỉnh.", section),
            RemarkData("   "),
            RemarkData("Giao cho Văn phòng.", task),
            RemarkData("Soát lại chính tả."),
        ],
    )

    after = again(plan)
    assert (after.state, after.submitted_to, after.submitted_on) == (State.DRAFT, "", None)
    assert [(remark.section, remark.task, remark.place, remark.text) for remark in Remark.objects.all()] == [
        (section, None, f"Mục {section.marker} {section.heading}", "Nêu rõ chỉ tiêu.\nTheo Kế hoạch của tỉnh."),
        (None, task, f"Nhiệm vụ 1: {task.content}", "Giao cho Văn phòng."),
        (None, None, "", "Soát lại chính tả."),
    ]
    assert {(remark.by, remark.settled_at, remark.settled_by) for remark in made} == {(house.lan, None, None)}
    assert [entry[0] for entry in written()[-4:]] == ["plans.plan.returned", *["plans.remark.made"] * 3]
    assert written()[-1][1:] == (
        "plans.remark",
        made[-1].pk,
        house.lan.pk,
        {"place": [None, "Cả kế hoạch"], "text": [None, "Soát lại chính tả."]},
    )
    assert audit.first_broken_link(house.unit.pk) is None


def test_an_approved_plan_may_still_be_returned(house):
    plan = approved(house)

    return_plan(plan, actor=house.minh, version=plan.version, remarks=[RemarkData("Chờ ý kiến Đảng ủy.")])

    after = again(plan)
    assert (after.state, after.approved_by, after.approved_on) == (State.DRAFT, None, None)
    assert Remark.objects.get().by == house.minh


@pytest.mark.parametrize(
    ("remarks", "sentence"),
    [
        ([], "Ghi ít nhất một ý kiến để người soạn biết cần sửa gì."),
        ([RemarkData(" \n ")], "Ghi ít nhất một ý kiến để người soạn biết cần sửa gì."),
        ([RemarkData("x" * 2_001)], "Ý kiến dài quá 2.000 ký tự; hãy ghi gọn lại."),
        (
            [RemarkData(f"Ý kiến {n}") for n in range(201)],
            "Mỗi lần trả lại ghi được 200 ý kiến; hãy gộp bớt vào ý kiến chung.",
        ),
    ],
)
def test_a_return_that_says_nothing_or_too_much_is_refused(house, remarks, sentence):
    plan = house.submitted()
    before = rows_and_remarks(plan)

    with pytest.raises(UnfitField) as refusal:
        return_plan(plan, actor=house.lan, version=plan.version, remarks=remarks)

    assert (refusal.value.field, str(refusal.value)) == ("whole", sentence)
    assert rows_and_remarks(plan) == before


def test_a_remark_with_markup_is_refused_at_its_place(house):
    plan, section = house.submitted(), house.section

    with pytest.raises(UnfitField) as refusal:
        return_plan(plan, actor=house.lan, version=plan.version, remarks=[RemarkData("<b>Sửa</b>", section)])

    assert refusal.value.field == f"muc-{section.key}"
    assert again(plan).state == State.SUBMITTED


def test_a_remark_on_another_plans_section_is_not_taken(house):
    plan, foreign = house.submitted(), PlanFactory(unit=house.unit, sections=1)

    with pytest.raises(ValueError, match="MỤC ĐÍCH"):
        return_plan(
            plan, actor=house.lan, version=plan.version, remarks=[RemarkData("Sửa", foreign.sections.all()[0])]
        )

    assert (again(plan).state, Remark.objects.count()) == (State.SUBMITTED, 0)


def test_two_returns_at_once_leave_the_remarks_of_one(house):
    one, other = house.submitted(), again(house.plan)
    return_plan(one, actor=house.lan, version=one.version, remarks=[RemarkData("Của Lan")])

    with pytest.raises(EditedMeanwhile):
        return_plan(other, actor=house.minh, version=other.version, remarks=[RemarkData("Của Minh")])

    assert [remark.text for remark in Remark.objects.all()] == ["Của Lan"]


@pytest.mark.parametrize("state", [State.DRAFT, State.ISSUED])
def test_only_what_waits_is_returned(house, state):
    Plan.objects.filter(pk=house.plan.pk).update(state=state)
    plan = again(house.plan)

    with pytest.raises(MoveRefused):
        return_plan(plan, actor=house.lan, version=plan.version, remarks=[RemarkData("Sửa")])

    assert (again(plan).state, again(plan).version, Remark.objects.count()) == (state, 1, 0)


# -- What became of remarks ----------------------------------------------------------------


def test_a_tick_says_who_and_when_and_may_be_taken_back(house):
    plan = returned(house, RemarkData("Nêu rõ chỉ tiêu.", house.section))
    remark = plan.remarks.get()

    settle_remark(remark, actor=house.an)
    after = again(remark)
    assert (after.settled_by, after.settled_at) == (house.an, dt.datetime(2026, 2, 20, 9, 0, tzinfo=dt.UTC))
    told = {"remark": [None, f"Mục {house.section.marker} {house.section.heading}: Nêu rõ chỉ tiêu."]}
    assert last_entry() == ("plans.remark.settled", house.an.pk, told)

    settle_remark(after, actor=house.an, is_settled=False)
    assert (again(remark).settled_by, again(remark).settled_at) == (None, None)
    assert last_entry() == ("plans.remark.reopened", house.an.pk, told)
    assert audit.first_broken_link(house.unit.pk) is None


@pytest.mark.parametrize("is_settled", [True, False])
def test_a_second_tick_writes_nothing(house, is_settled):
    remark = returned(house).remarks.get()
    if is_settled:
        settle_remark(again(remark), actor=house.an)
    before = rows_and_remarks(house.plan)

    settle_remark(remark, actor=house.minh, is_settled=is_settled)

    assert rows_and_remarks(house.plan) == before


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED, State.ISSUED])
def test_remarks_of_what_is_no_draft_stand_as_they_are(house, state):
    remark = returned(house).remarks.get()
    Plan.objects.filter(pk=house.plan.pk).update(state=state)
    before = rows_and_remarks(house.plan)

    with pytest.raises(PlanIsClosed):
        settle_remark(remark, actor=house.an)

    assert rows_and_remarks(house.plan) == before


def test_a_remark_outlives_the_section_that_it_is_on(house):
    plan = returned(house, RemarkData("Bỏ mục này.", house.section))

    remove_section(house.section, actor=house.an, version=plan.version)

    remark = Remark.objects.get()
    assert (remark.section, remark.place) == (None, "Mục I. MỤC ĐÍCH, YÊU CẦU")


def test_submitting_again_with_open_remarks_is_asked_once(house):
    plan = returned(house, RemarkData("Sửa câu cuối."), RemarkData("Bỏ dòng này.", house.task))
    settle_remark(plan.remarks.all()[0], actor=house.an)
    before = rows_and_remarks(plan)

    with pytest.raises(OpenRemarks) as question:
        submit_plan(plan, actor=house.an)
    assert (question.value.field, str(question.value)) == ("confirmed", "Còn 1 ý kiến chưa đánh dấu «Đã sửa».")
    assert rows_and_remarks(plan) == before

    submit_plan(plan, actor=house.an, is_confirmed=True)
    assert again(plan).state == State.SUBMITTED


def test_submitting_again_asks_nothing_where_all_is_settled(house):
    plan = returned(house)
    settle_remark(plan.remarks.get(), actor=house.an)

    submit_plan(plan, actor=house.an)

    assert again(plan).state == State.SUBMITTED


def test_a_returned_plan_is_not_deleted(house):
    plan = returned(house)

    with pytest.raises(PlanIsClosed):
        delete_draft(plan, actor=house.an)

    assert Remark.objects.count() == 1


# -- Number --------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.APPROVED])
def test_what_was_signed_elsewhere_is_recorded_from_every_state(house, state):
    if state != State.DRAFT:
        house.submitted()
    if state == State.APPROVED:
        plan = again(house.plan)
        approve_plan(plan, actor=house.lan, version=plan.version)

    issued(again(house.plan), house.dung)

    after = again(house.plan)
    assert (after.state, after.full_number) == (State.ISSUED, "27/KH-UBND")
    assert after.approved_by == (house.lan if state == State.APPROVED else None)
    assert AuditEntry.objects.filter(code="plans.plan.issued").get().changes["state"] == [state, "issued"]
    assert audit.first_broken_link(house.unit.pk) is None


def test_a_number_and_a_return_at_once_leave_one_of_them(house):
    stale = approved(house)
    return_plan(again(stale), actor=house.lan, version=stale.version, remarks=[RemarkData("Khoan đã.")])

    with pytest.raises(EditedMeanwhile):
        issued(stale, house.dung)

    assert (again(stale).state, again(stale).number, IssuedPaper.objects.count()) == (State.DRAFT, "", 0)
