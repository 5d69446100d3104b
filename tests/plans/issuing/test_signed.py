"""The signed file decides: it is laid beside the plan, and what it says otherwise is taken over."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import audit, files
from core.models import AuditEntry
from documents.models import IssuedPaper
from documents.signed import Outcome, compare, inspect_file
from plans.interchange import PlanData
from plans.issuing.forms import TAKE
from plans.models import Plan, TaskTable
from plans.paper import compose
from plans.selectors import plan_data
from plans.services import update_plan
from plans.states import PlanState
from tests.layout.rendered import pdf_of
from tests.plans.issuing.desk import ONE_SENTENCE, SENTENCE, body_of, found, plan_with_table, said, shown, told
from tests.plans.issuing.signed_copies import BROKEN, SCAN, loaded, signed_pdf
from tests.plans.rows import again, everything
from units.models import Membership


@pytest.fixture
def plan(db: None) -> Plan:
    return plan_with_table()


# -- What the page shows ---------------------------------------------------------------------


@pytest.mark.parametrize("button", [{"doc": "1"}, {}], ids=["read", "record"])
def test_what_differs_is_shown_side_by_side_with_its_place(issue, plan, button):
    answer = issue(signed_pdf(plan, ONE_SENTENCE), **button)

    assert found(answer) == [("Mục I, dòng 2", "quả.", "quả, tiết kiệm.")]
    page = body_of(answer)
    assert "Bản đã ký khác kế hoạch ở 1 chỗ." in page
    assert "… trào thi đua thiết thực, hiệu <del>quả.</del>" in page
    assert "… trào thi đua thiết thực, hiệu <ins>quả, tiết kiệm.</ins>" in page
    assert '<td data-label="Kế hoạch đang có">' in page
    assert page.count("btn btn-primary") == 1
    assert "Lấy theo bản đã ký và ghi nhận</button>" in page
    assert again(plan).state == PlanState.DRAFT


def test_a_copy_that_says_the_same_matches_and_is_recorded_at_once(issue, plan):
    read = issue(signed_pdf(plan), doc="1")
    assert "Bản đã ký khớp từng chữ với kế hoạch." in body_of(read)
    assert found(read) == []

    answer = issue(**shown(read))

    assert told(answer)[-1] == "Bản đã ký khớp từng chữ với kế hoạch."
    assert again(plan).state == PlanState.ISSUED


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(SCAN, "Không so được từng chữ vì đây là bản quét."), (BROKEN, "")],
    ids=["scan", "broken"],
)
def test_what_cannot_be_compared_says_so(issue, content, sentence):
    answer = issue(content, doc="1")

    beside = answer.context["form"].beside
    assert (beside.comparison.sentence if beside else "") == sentence
    assert TAKE not in [part.split('"')[0] for part in body_of(answer).split('name="')]


def test_a_scan_never_blocks(issue, plan):
    issue(SCAN)

    assert again(plan).state == PlanState.ISSUED


@pytest.mark.parametrize(
    "other",
    [
        {"number": "31"},
        {"date": "13/2/2026"},
        {"signer": "Hà Thị Mận"},
        {"number": "31", "date": "14/2/2026", "signer": "Hà Thị Mận"},
    ],
    ids=["number", "day", "signer", "all"],
)
def test_number_day_and_signer_are_asked_about_at_their_fields_and_are_no_difference_of_text(issue, plan, other):
    plan.task_tables.update(
        place=TaskTable.Place.APPENDIX,
        title="PHỤ LỤC",
        reference="(Kèm theo Kế hoạch số /KH-UBND ngày tháng 01 năm 2026 của UBND xã)",
    )

    answer = issue(signed_pdf(plan), **other)

    assert answer.context["form"].beside.comparison.outcome is Outcome.MATCH
    assert sorted(answer.context["form"].errors) == sorted(other)


def test_blanks_of_the_plan_that_the_signed_paper_fills_are_no_difference(issue, plan):
    Plan.objects.filter(pk=plan.pk).update(signature_name="", paper_date="2026")

    answer = issue(signed_pdf(plan), doc="1", number="", date="", signer="")

    assert answer.context["form"].beside.comparison.outcome is Outcome.MATCH


def test_another_place_before_the_day_is_a_difference_that_can_be_taken(issue, plan):
    read = issue(signed_pdf(plan, said(place="Vân Sơn")), doc="1")
    assert [place for place, _, _ in found(read)] == ["Địa danh, ngày tháng"]

    issue(**shown(read), **{TAKE: "1"})

    assert again(plan).place == "Vân Sơn"


def test_another_paper_is_asked_about_and_offers_nothing_to_take(issue, plan):
    answer = issue(pdf_of("two_hundred_tasks"), number="05", date="5/2/2026")

    sentence = "Tệp này có vẻ là một văn bản khác, không phải bản đã ký của văn bản này."
    assert answer.context["form"].errors == {"signed_file": [sentence]}
    assert "Lấy theo bản đã ký" not in body_of(answer)
    assert again(plan).state == PlanState.DRAFT


# -- Taken over ------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.SUBMITTED, PlanState.APPROVED])
def test_the_signed_words_are_taken_into_the_plan_and_what_is_issued_is_what_was_signed(issue, plan, officer, state):
    Plan.objects.filter(pk=plan.pk).update(state=state)
    change = said(
        blocks__2__text=SENTENCE,
        tasks__0__content="Phát động phong trào thi đua đặc biệt",
        tasks__1__time_text="Trước ngày 20/5/2026",
        tasks__0__lead__0="Phòng Kinh tế",
        recipients__1="Các thôn, tổ dân phố",
        subject="Công tác thi đua, khen thưởng năm 2026 của xã",
    )
    content = signed_pdf(plan, change)
    rows = [list(part.values_list("pk", "key")) for part in (plan.sections.all(), plan.tasks.all())]

    answer = issue(**shown(issue(content, doc="1")), **{TAKE: "1"})

    after = loaded(plan)
    kept = IssuedPaper.objects.get()
    assert after.state == PlanState.ISSUED
    assert plan_data(after).blocks[2].text == SENTENCE
    assert [task.due and f"{task.due:%d/%m}" for task in after.tasks.all()] == ["31/03", "19/05"]
    assert after.tasks.all()[0].lead == ("Phòng Kinh tế",)
    assert (after.subject, kept.subject) == ("Công tác thi đua, khen thưởng năm 2026 của xã",) * 2
    assert [list(part.values_list("pk", "key")) for part in (plan.sections.all(), plan.tasks.all())] == rows
    assert compare(compose(plan_data(after), after.issuer.lines), inspect_file(content)).outcome is Outcome.MATCH
    with files.open_stored(kept.issued_file) as stream:
        assert compare(inspect_file(stream.read()).text, inspect_file(content)).outcome is Outcome.MATCH
    assert told(answer)[-1] == "Đã lấy 6 chỗ theo bản đã ký."


def test_every_change_has_its_entry_and_the_chain_holds(issue, plan, officer):
    before = AuditEntry.objects.latest("pk").pk if AuditEntry.objects.exists() else 0

    issue(**shown(issue(signed_pdf(plan, ONE_SENTENCE), doc="1")), **{TAKE: "1"})

    entries = list(AuditEntry.objects.filter(pk__gt=before).order_by("pk"))
    assert [entry.code for entry in entries] == [
        "core.file.stored",
        "documents.series.opened",
        "documents.number.registered",
        "plans.plan.changed",
        "plans.section.changed",
        "plans.plan.compared",
        "core.file.stored",
        "core.file.stored",
        "documents.paper.recorded",
        "plans.plan.issued",
    ]
    assert {entry.actor_id for entry in entries} == {officer.pk}
    body = plan.sections.get().body
    assert entries[4].changes == {"body": [body.replace(", tiết kiệm", ""), body]}
    assert entries[5].changes == {"places_taken": [None, 1]}
    assert audit.first_broken_link(plan.unit_id) is None
    assert list(audit.chains()) == [plan.unit_id]


def test_a_clerk_who_records_the_issue_takes_the_signed_words_too(as_role, plan):
    window, url = as_role(Membership.Role.CLERK), reverse("plans:issue", args=[plan.pk])
    signed = SimpleUploadedFile("27.pdf", signed_pdf(plan, ONE_SENTENCE))

    read = window.post(url, {"version": plan.version, "doc": "1", "signed_file": signed})
    data = {name: read.context["form"][name].value() for name in ("number", "symbol", "date", "signer")}
    window.post(url, {**data, **shown(read), TAKE: "1"})

    assert SENTENCE in plan.sections.get().body


def test_a_line_that_the_signed_paper_leaves_out_is_taken_out(issue, plan):
    def without_a_line(data: PlanData) -> PlanData:
        return replace(data, blocks=(*data.blocks[:2], data.blocks[3]), recipients=data.recipients[1:])

    issue(**shown(issue(signed_pdf(plan, without_a_line), doc="1")), **{TAKE: "1"})

    assert plan.sections.get().body == "1. Mục đích\n[Bảng nhiệm vụ]"
    assert again(plan).recipients == "Các thôn"


def test_differences_that_nobody_saw_are_not_taken(issue, plan):
    read = issue(signed_pdf(plan), doc="1")
    other = signed_pdf(plan, ONE_SENTENCE)

    answer = issue(other, **{**shown(read), "kept": "", TAKE: "1"})

    sentence = "Hãy xem các chỗ khác nhau của tệp này trước, rồi bấm lại."
    assert answer.context["form"].errors["signed_file"] == [sentence]
    assert again(plan).state == PlanState.DRAFT
    issue(**shown(answer), **{TAKE: "1"})
    assert SENTENCE in plan.sections.get().body


def test_without_a_file_there_is_nothing_to_take(issue, plan):
    answer = issue(**{TAKE: "1"})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["signed_file"])
    assert again(plan).state == PlanState.DRAFT


def test_a_plan_that_was_edited_meanwhile_is_compared_anew(issue, plan, officer):
    read = issue(signed_pdf(plan, ONE_SENTENCE), doc="1")
    update_plan(plan, actor=officer, version=plan.version, archive="VT, VP")

    answer = issue(**shown(read), **{TAKE: "1"})

    assert answer.status_code == 422
    assert [place for place, _, _ in found(answer)] == ["Mục I, dòng 2", "Nơi nhận, dòng 3"]
    issue(**{**shown(answer), "version": again(plan).version}, **{TAKE: "1"})
    assert again(plan).archive == "VT"


def test_words_that_no_plan_can_hold_are_refused_and_nothing_is_left(issue, plan):
    read = issue(signed_pdf(plan, said(recipients__0="Như <b>trên</b>")), doc="1")
    before = everything(plan)

    answer = issue(**shown(read), **{TAKE: "1"})

    [sentence] = answer.context["form"].errors["signed_file"]
    assert sentence.startswith("Chưa lấy được theo bản đã ký: Nội dung có thẻ HTML")
    assert everything(plan) == before
    assert IssuedPaper.objects.count() == 0
