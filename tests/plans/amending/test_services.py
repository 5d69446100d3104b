"""An amending draft is a copy; issued, it changes the plan, whose past and results stay."""

from __future__ import annotations

import datetime as dt

import pytest

from core import audit
from core.errors import UnfitField
from core.states import EditedMeanwhile
from documents.errors import RenderingFailed
from documents.issuing import UnfitPaper
from documents.models import IssuedPaper
from plans.amending import services
from plans.amending.selectors import amendment_of, content_of, copied_key
from plans.amending.services import AlreadyAmending, IsAmending, NotAmendable, start_amending
from plans.interchange import write
from plans.issuing import services as issuing_services
from plans.models import Plan, Progress, Revision, Section, Task
from plans.progress.services import NotInForce, SignedProof, record_progress
from plans.selectors import any_plan, plan_data
from plans.services import add_tasks, delete_draft, remove_tasks, update_section, update_task
from plans.states import PlanState, TaskState
from tests.factories import PlanFactory
from tests.plans.amending.conftest import MAY, REASON, act, issue, printed_text, section_of, task_of, text_of
from tests.plans.amending.test_paper import CITED, NAMED, change_everything
from tests.plans.amending.texts import task
from tests.plans.issuing.test_services import bytes_of
from tests.plans.rows import again, everything, written

REPEALED = "Bãi bỏ theo Kế hoạch số 31/KH-UBND ngày 13 tháng 5 năm 2026."


def done(officer, row: Task, outcome: str = "done", **more) -> Progress:
    return record_progress(
        row, actor=officer, outcome=outcome, day=MAY, note="Đã làm xong", proof=SignedProof(officer.person), **more
    )


# -- Beginning ---------------------------------------------------------------------------


def test_the_draft_is_a_copy_of_the_rows_with_a_head_of_its_own(plan, officer):
    before = everything(plan)

    draft = start_amending(plan, actor=officer, reason=REASON)

    assert (draft.amends, draft.state, draft.number, draft.paper_date) == (plan, PlanState.DRAFT, "", "2026")
    assert (draft.title, draft.symbol, draft.recipients) == ("KẾ HOẠCH", "KH-UBND", plan.recipients)
    assert draft.subject == f"Sửa đổi, bổ sung một số nội dung của {NAMED}"
    assert draft.closing == f"Các nội dung khác của {CITED} không thay đổi./."
    assert text_of(draft) == text_of(plan)
    for rows in (Section, Task):
        copies = list(rows.objects.filter(plan=draft))
        assert [copy.copied_from for copy in copies] == list(rows.objects.filter(plan=plan))
        assert [copy.key for copy in copies] == [copied_key(draft.pk, copy.copied_from.key) for copy in copies]
    parts = [[one.part_id for one in row.assignments.all()] for row in Task.objects.filter(plan=draft)]
    assert parts == [[one.part_id for one in row.assignments.all()] for row in Task.objects.filter(plan=plan)]
    assert {**everything(plan), "plan": [], "entries": []} == {**before, "plan": [], "entries": []}


def test_beginning_is_written_into_the_draft_s_history(plan, officer):
    draft = start_amending(plan, actor=officer, reason=REASON)

    assert written()[-1] == (
        "plans.plan.amending",
        "plans.plan",
        draft.pk,
        officer.pk,
        {"amends": [None, CITED], "reason": [None, REASON]},
    )
    assert audit.first_broken_link(plan.unit_id) is None


def test_what_is_planned_for_a_day_goes_along(plan, officer):
    Task.objects.filter(plan=plan, number=3).update(planned_for=dt.date(2026, 6, 20), is_planned_day_settled=True)

    draft = start_amending(plan, actor=officer, reason=REASON)

    copy = Task.objects.get(plan=draft, number=3)
    assert (copy.planned_for, copy.is_planned_day_settled) == (dt.date(2026, 6, 20), True)


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.SUBMITTED, PlanState.APPROVED])
def test_only_an_issued_plan_is_amended(officer, unit, state):
    plan = PlanFactory(unit=unit, state=state)

    with pytest.raises(NotAmendable):
        start_amending(plan, actor=officer, reason=REASON)


def test_an_amending_plan_is_not_amended_itself(plan, officer, draft, issued):
    update_section(section_of(draft, "III."), **act(draft, officer), body="Từ ngân sách xã và nguồn xã hội hóa.")

    with pytest.raises(IsAmending):
        start_amending(issued(draft), actor=officer, reason=REASON)


def test_the_reason_begins_the_papers_sentence_with_a_capital(plan, officer):
    draft = start_amending(plan, actor=officer, reason="để phù hợp với tình hình thực tế.")

    assert draft.preamble.splitlines()[-1].startswith("Để phù hợp với tình hình thực tế, ")


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501, "<b>vì</b>"])
def test_the_reason_must_stand_on_paper(plan, officer, reason):
    with pytest.raises(UnfitField) as refusal:
        start_amending(plan, actor=officer, reason=reason)

    assert (refusal.value.field, Plan.objects.count()) == ("reason", 1)


def test_one_amendment_at_a_time(plan, officer, draft):
    with pytest.raises(AlreadyAmending) as refusal:
        start_amending(again(plan), actor=officer, reason=REASON)

    assert refusal.value.plan == draft


def test_of_two_who_begin_at_once_one_is_told(plan, officer):
    first, second = again(plan), again(plan)
    draft = start_amending(first, actor=officer, reason=REASON)
    delete_draft(again(draft), actor=officer)  # what the second looked for before the first had written it

    with pytest.raises(EditedMeanwhile):
        start_amending(second, actor=officer, reason=REASON)

    assert list(Plan.objects.all()) == [plan]


def test_a_deleted_amending_draft_leaves_the_plan_and_makes_room_for_another(plan, officer, draft):
    delete_draft(again(draft), actor=officer)

    assert start_amending(again(plan), actor=officer, reason=REASON).amends == plan


def test_a_row_taken_out_and_back_is_no_change(draft, officer):
    row = task_of(draft, "Sơ kết")
    kept = {name: getattr(row, name) for name in ("content", "time_text", "quarter")}
    remove_tasks(draft, **act(draft, officer), tasks=[row])
    assert amendment_of(any_plan(draft.pk)).items != []

    back = task(kept["content"], 3, 2, time_text=kept["time_text"], lead=("Phòng Văn hóa - Xã hội",))
    add_tasks(draft, **act(draft, officer), rows=[back], after=2, keys=[row.key])

    assert amendment_of(any_plan(draft.pk)).items == []


# -- Issuing -----------------------------------------------------------------------------


def test_the_plan_takes_over_the_text_and_keeps_number_paper_files_and_results(plan, officer, draft, issued):
    recorded = done(officer, task_of(plan, "Phát động"))
    rows_before = {row.content: (row.pk, row.key) for row in Task.objects.filter(plan=plan)}
    files_before = [bytes_of(plan.paper.issued_file), bytes_of(plan.paper.word_file)]
    change_everything(draft, officer)
    wanted = text_of(draft)

    issued(draft)

    after = again(plan)
    assert text_of(after) == wanted == text_of(draft)
    assert (after.full_number, after.paper_date, after.paper, after.subject) == (
        plan.full_number,
        plan.paper_date,
        plan.paper,
        plan.subject,
    )
    assert [bytes_of(after.paper.issued_file), bytes_of(after.paper.word_file)] == files_before
    rows_after = {row.content: (row.pk, row.key) for row in Task.objects.filter(plan=plan)}
    gone, came = {"Sơ kết sáu tháng đầu năm"}, {"Tập huấn nghiệp vụ"}
    assert rows_after.keys() == rows_before.keys() - gone | came
    assert {name: row for name, row in rows_after.items() if name not in came} == {
        name: row for name, row in rows_before.items() if name not in gone
    }
    assert list(task_of(plan, "Phát động").progress.all()) == [recorded]


def test_every_row_brings_its_parts_and_its_search(plan, officer, draft, issued):
    change_everything(draft, officer)

    issued(draft)

    assert [one.part.name for one in task_of(plan, "Tổ chức").assignments.all()] == ["Văn phòng"]
    assert [one.part.name for one in task_of(plan, "Tập huấn").assignments.all()] == ["Phòng Văn hóa - Xã hội"]
    assert list(Task.objects.filter(plan=plan, search__contains="gan voi so ket")) == [task_of(plan, "Tổ chức")]
    assert [row.order for row in Task.objects.filter(plan=plan)] == [1, 2, 3, 4, 5]
    assert [row.order for row in Section.objects.filter(plan=plan)] == [1, 2, 3, 4]


def test_the_revision_keeps_the_text_before_the_reason_and_the_paper(plan, officer, draft, issued):
    before = write(plan_data(any_plan(plan.pk)))
    change_everything(draft, officer)

    amending = issued(draft)

    revision = Revision.objects.get()
    assert (revision.plan, revision.number, revision.paper) == (plan, 1, amending.paper)
    assert revision.reason == REASON
    assert write(content_of(revision)) == before


def test_the_amending_paper_is_drawn_kept_and_reads_the_same_ever_after(plan, officer, draft, issued):
    change_everything(draft, officer)
    said = printed_text(draft)

    amending = issued(draft)

    signed = (
        said.replace("Số:        /", "Số: 31/")
        .replace("ngày      tháng      năm 2026\nKẾ", "ngày 13 tháng 5 năm 2026\nKẾ")
    )  # fmt: skip
    assert printed_text(amending) == signed
    assert amending.paper.subject == amending.subject
    again_amended = start_amending(again(plan), actor=officer, reason=REASON)
    change = act(again_amended, officer)
    update_section(section_of(again_amended, "II."), **change, body="1. Nhiệm vụ chung\n[Bảng nhiệm vụ]")
    remove_tasks(again_amended, **act(again_amended, officer), tasks=list(Task.objects.filter(plan=again_amended)[:2]))
    issue(again(again_amended), officer, "32", MAY)
    assert printed_text(amending) == signed


def test_a_second_amendment_names_the_first_and_counts_on(plan, officer, draft, issued):
    update_section(section_of(draft, "III."), **act(draft, officer), body="Từ nguồn xã hội hóa.")
    issued(draft)

    second = start_amending(again(plan), actor=officer, reason="Để phù hợp với tình hình thực tế")

    opening = second.preamble.splitlines()[-1]
    assert opening == (
        "Để phù hợp với tình hình thực tế, Ủy ban nhân dân xã Vân Khê sửa đổi, bổ sung một số nội dung của "
        f"{NAMED} (đã được sửa đổi, bổ sung tại Kế hoạch số 31/KH-UBND ngày 13 tháng 5 năm 2026) như sau:"
    )
    update_section(section_of(second, "III."), **act(second, officer), body="Từ ngân sách xã.")
    issue(second, officer, "32", MAY)
    assert list(Revision.objects.values_list("number", "reason")) == [
        (1, REASON),
        (2, "Để phù hợp với tình hình thực tế"),
    ]
    assert section_of(plan, "III.").body == "Từ ngân sách xã."


def test_every_act_has_its_entry(plan, officer, draft, issued):
    update_section(section_of(draft, "III."), **act(draft, officer), body="Từ nguồn xã hội hóa.")

    issued(draft)

    assert written()[-1] == (
        "plans.plan.amended",
        "plans.plan",
        plan.pk,
        officer.pk,
        {
            "amended_by": [None, "Kế hoạch số 31/KH-UBND ngày 13 tháng 5 năm 2026"],
            "amended": [[], ["Sửa đổi, bổ sung Mục III như sau:"]],
        },
    )
    assert audit.first_broken_link(plan.unit_id) is None


def test_without_a_difference_nothing_is_issued(plan, officer, draft, issued):
    before = everything(draft)

    with pytest.raises(UnfitPaper) as refusal:
        issued(draft)

    assert str(refusal.value) == f"Chưa có nội dung nào khác với {CITED}. Hãy sửa trong trang soạn rồi ghi nhận."
    assert everything(draft) == before
    assert (IssuedPaper.objects.count(), Revision.objects.count()) == (1, 0)


def test_a_failed_drawing_leaves_the_plan_as_it_was(plan, officer, draft, issued, monkeypatch):
    change_everything(draft, officer)
    before = everything(plan), everything(draft)

    def fail(*_):
        raise RenderingFailed

    monkeypatch.setattr(issuing_services, "render", fail)
    with pytest.raises(RenderingFailed):
        issued(draft)

    assert (everything(plan), everything(draft)) == before
    assert Revision.objects.count() == 0


def test_a_plan_that_changes_while_its_amendment_is_issued_stops_it(plan, officer, draft, monkeypatch):
    update_section(section_of(draft, "III."), **act(draft, officer), body="Từ nguồn xã hội hóa.")
    read = services.original_of

    def read_then_changed_by_another(amending):
        found = read(amending)
        Plan.objects.filter(pk=plan.pk).update(version=99)
        return found

    monkeypatch.setattr(services, "original_of", read_then_changed_by_another)
    with pytest.raises(EditedMeanwhile):
        issue(again(draft), officer, "31", MAY)

    assert (again(draft).state, Revision.objects.count()) == (PlanState.DRAFT, 0)


# -- Results -----------------------------------------------------------------------------


def test_a_repealed_task_with_results_is_dropped_by_the_paper_and_printed_no_more(plan, officer, draft, issued):
    row = task_of(plan, "Sơ kết")
    first = done(officer, row, "partly")
    change_everything(draft, officer)

    amending = issued(draft)

    row = again(row)
    lines = list(row.progress.order_by("pk"))
    assert lines[0] == first
    assert [(line.outcome, line.note, line.day) for line in lines[1:]] == [("dropped", REPEALED, MAY)]
    assert lines[1].evidence.paper == amending.paper
    assert (row.plan, row.number, row.order, row.state_on(MAY)) == (plan, None, 6, TaskState.DROPPED)
    assert text_of(plan) == text_of(draft)
    assert "Sơ kết sáu tháng đầu năm" not in [one["content"] for one in text_of(plan)["tasks"]]


def test_an_ongoing_task_is_dropped_in_its_last_quarter(plan, officer, draft, issued):
    row = task_of(plan, "Kiểm tra")
    Task.objects.filter(pk=row.pk).update(is_ongoing=True)
    done(officer, again(row), quarter=2)
    remove_tasks(draft, **act(draft, officer), tasks=[task_of(draft, "Kiểm tra")])

    issued(draft)

    assert again(row).newest_line.quarter == 2
    assert again(row).state_on(MAY) == TaskState.DROPPED


def test_a_repealed_task_stays_repealed_through_the_next_amendment(plan, officer, draft, issued):
    row = task_of(plan, "Sơ kết")
    done(officer, row)
    remove_tasks(draft, **act(draft, officer), tasks=[task_of(draft, "Sơ kết")])
    issued(draft)

    second = start_amending(again(plan), actor=officer, reason=REASON)
    assert text_of(second) == text_of(plan)
    update_task(task_of(second, "Tổng kết"), **act(second, officer), time_text="Tháng 11")
    issue(second, officer, "32", MAY)

    assert (again(row).plan, again(row).progress.count()) == (plan, 2)
    assert [one["content"] for one in text_of(plan)["tasks"]] == [one["content"] for one in text_of(second)["tasks"]]
    assert "Sơ kết sáu tháng đầu năm" not in [one["content"] for one in text_of(plan)["tasks"]]


def test_copies_take_no_results(draft, officer, issued, plan):
    change_everything(draft, officer)
    issued(draft)

    with pytest.raises(NotInForce):
        done(officer, task_of(draft, "Phát động"))
