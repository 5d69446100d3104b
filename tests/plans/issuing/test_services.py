"""A plan becomes the paper that went out: numbered, drawn once, frozen; or nothing of it happens."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from typing import Any

import pdfplumber
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core import audit, files
from core.models import StoredFile
from core.states import EditedMeanwhile, MoveRefused
from documents import issuing, series
from documents.errors import RenderingFailed
from documents.issuing import PaperData, ToConfirm, UnfitPaper
from documents.models import IssuedPaper, NumberSeries
from plans.issuing import services
from plans.issuing.services import AlreadyIssued, paper_of, record_issue
from plans.models import Plan, TaskTable
from plans.services import recall_plan, submit_plan, update_plan
from plans.states import PlanState
from tests.factories import PlanFactory
from tests.plans.issuing.signed_copies import SCAN
from tests.plans.rows import again, everything, written

DAY = dt.date(2026, 2, 12)
SIGNED_PAPER = {"number": "27", "symbol": "KH-UBND", "date": DAY, "signer": "Lò Văn Thắng"}


def issued(plan: Plan, officer: Any, **more: Any) -> IssuedPaper:
    typed = {name: more.pop(name, value) for name, value in SIGNED_PAPER.items()}
    return record_issue(plan, actor=officer, version=plan.version, paper=paper_of(plan, **typed), **more)


def bytes_of(stored: StoredFile) -> bytes:
    with files.open_stored(stored) as stream:
        return stream.read()


def text_of(stored: StoredFile) -> str:
    with pdfplumber.open(io.BytesIO(bytes_of(stored))) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def signed_by(officer: Any, plan: Plan, content: bytes = SCAN, name: str = "27.pdf") -> StoredFile:
    return issuing.keep_signed(SimpleUploadedFile(name, content), unit_id=plan.unit_id, actor=officer)


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.SUBMITTED])
def test_the_record_holds_what_the_signed_paper_says_and_the_files(plan, officer, state):
    Plan.objects.filter(pk=plan.pk).update(state=state)
    signed = signed_by(officer, plan)

    paper = issued(again(plan), officer, signed_file=signed)

    kept = IssuedPaper.objects.get()
    assert kept == paper == again(plan).paper
    assert (kept.issuer, kept.kind, kept.full_number, kept.date) == (plan.issuer, "Kế hoạch", "27/KH-UBND", DAY)
    assert (kept.subject, kept.signer, kept.where) == (plan.subject, "Lò Văn Thắng", IssuedPaper.Where.NEXT_DOOR)
    assert (kept.issued_file.media_type, kept.word_file.media_type) == (files.PDF, files.DOCX)
    assert (kept.signed_file, kept.signed_file.sha256) == (signed, hashlib.sha256(SCAN).hexdigest())
    assert bytes_of(kept.signed_file) == SCAN
    words = text_of(kept.issued_file)
    assert "Số: 27/KH-UBND" in words
    assert "ngày 12 tháng 02 năm 2026" in words
    assert "Lò Văn Thắng" in words


def test_the_plan_takes_number_day_and_signer_and_every_act_has_its_entry(plan, officer):
    issued(plan, officer, signer="Hà Thị Mận")

    after = again(plan)
    assert (after.state, after.full_number, after.paper_date) == (PlanState.ISSUED, "27/KH-UBND", "2026-02-12")
    assert (after.signature_name, after.version) == ("Hà Thị Mận", 2)
    assert [entry[0] for entry in written()] == [
        "documents.series.opened",
        "documents.number.registered",
        "plans.plan.changed",
        "core.file.stored",
        "core.file.stored",
        "documents.paper.recorded",
        "plans.plan.issued",
    ]
    assert {entry[3] for entry in written()} == {officer.pk}
    assert audit.first_broken_link(plan.unit_id) is None


def test_the_line_of_the_appendix_follows_number_and_day(plan, officer):
    plan.task_tables.update(
        place=TaskTable.Place.APPENDIX,
        title="PHỤ LỤC",
        reference="(Kèm theo Kế hoạch số /KH-UBND ngày tháng 01 năm 2026 của UBND xã)",
    )

    issued(plan, officer)

    reference = plan.task_tables.get().reference
    assert "27/KH-UBND" in reference
    assert "ngày 12" in reference


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"number": ""}, "number", "Chưa ghi số của văn bản."),
        ({"symbol": ""}, "symbol", "Chưa ghi ký hiệu của văn bản."),
        (
            {"number": "27/QĐ-UBND"},
            "number",
            "Ô này ghi ký hiệu QĐ-UBND, ô ký hiệu ghi KH-UBND. Hãy xem lại văn bản.",
        ),
        ({"number": "hai bảy"}, "number", str(series.UnfitNumber())),
        ({"date": dt.date(2026, 2, 21)}, "date", "Ngày 21/02/2026 chưa đến; hãy xem lại ngày trên văn bản."),
        ({"date": dt.date(2023, 2, 1)}, "date", "Năm 2023 cách xa năm của kế hoạch (2026)."),
        ({"signer": "<b>Thắng</b>"}, "signer", "Người ký có thẻ HTML «<b>»; văn bản chỉ gồm chữ, hãy bỏ thẻ đi."),
    ],
)
def test_what_cannot_stand_on_the_record_is_refused_at_its_field_and_nothing_is_left(
    plan, officer, typed, field, sentence
):
    before = everything(plan)

    with pytest.raises(UnfitPaper) as refusal:
        issued(again(plan), officer, **typed)

    assert (refusal.value.field, str(refusal.value)) == (field, sentence)
    assert everything(plan) == before
    assert (IssuedPaper.objects.count(), NumberSeries.objects.count()) == (0, 0)


@pytest.mark.parametrize("number", ["27", "027", "Số: 27", "27/KH-UBND"])
def test_a_number_stands_once_a_year_however_it_is_written(plan, officer, number):
    issued(plan, officer)
    other = PlanFactory(unit=plan.unit, issuer=plan.issuer)

    with pytest.raises(UnfitPaper) as refusal:
        issued(other, officer, number=number)

    assert refusal.value.field == "number"
    assert f"đã ghi cho Kế hoạch «{plan.subject}» ngày 12/02/2026" in str(refusal.value)
    assert again(other).state == PlanState.DRAFT


def test_a_number_far_above_the_others_is_asked_about_once(plan, officer):
    with pytest.raises(ToConfirm) as question:
        issued(plan, officer, number="2700")
    assert (question.value.field, again(plan).state) == ("number", PlanState.DRAFT)

    paper = issued(again(plan), officer, number="2700", is_confirmed=True)

    assert paper.number == "2700"


def test_text_that_was_not_seen_is_not_frozen(plan, officer):
    opened = again(plan)
    update_plan(plan, actor=officer, version=1, place="Chỗ khác")
    before = everything(plan)

    with pytest.raises(EditedMeanwhile):
        issued(opened, officer)

    assert everything(plan) == before
    assert IssuedPaper.objects.count() == 0


def test_of_two_clicks_one_issues(plan, officer):
    first, second = again(plan), again(plan)
    issued(first, officer)
    before = everything(plan)

    with pytest.raises(EditedMeanwhile):
        issued(second, officer)
    with pytest.raises(AlreadyIssued):
        issued(again(plan), officer, number="28")

    assert everything(plan) == before
    assert IssuedPaper.objects.count() == 1


def test_a_failed_drawing_gives_the_number_back(plan, officer, monkeypatch):
    def fail(*_: Any) -> bytes:
        raise RenderingFailed

    before = everything(plan)
    with monkeypatch.context() as broken:
        broken.setattr(services, "render", fail)
        with pytest.raises(RenderingFailed):
            issued(again(plan), officer)

    assert everything(plan) == before
    assert (IssuedPaper.objects.count(), NumberSeries.objects.count()) == (0, 0)
    assert issued(again(plan), officer).number == "27"


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "rong.pdf"), (b"MZ\x90\x00", "27.pdf"), (b"<html></html>", "27.docx"), (b"%!PS", "27.pdf")],
)
def test_a_file_that_is_no_paper_is_refused_by_its_content(plan, officer, content, name):
    with pytest.raises(UnfitPaper) as refusal:
        signed_by(officer, plan, content, name)

    assert (refusal.value.field, str(refusal.value)) == (
        "signed_file",
        "Bản đã ký phải là tệp PDF, Word (.docx) hoặc ảnh (PNG, JPEG); tệp này không phải.",
    )
    assert StoredFile.objects.count() == 0


def test_a_signed_copy_that_was_missing_comes_later_and_stays(plan, officer):
    paper = issued(plan, officer)
    issuing.add_signed_file(paper, signed_by(officer, plan), actor=officer)

    with pytest.raises(issuing.HasSignedFile):
        issuing.add_signed_file(paper, signed_by(officer, plan, SCAN + b"\n"), actor=officer)

    assert IssuedPaper.objects.get().signed_file.sha256 == hashlib.sha256(SCAN).hexdigest()
    assert audit.first_broken_link(plan.unit_id) is None


def test_a_plan_goes_out_and_comes_back_with_its_day_and_addressee(plan, officer):
    submit_plan(plan, actor=officer, to="Chủ tịch", on=DAY)
    assert (again(plan).submitted_to, again(plan).submitted_on) == ("Chủ tịch", DAY)

    recall_plan(again(plan), actor=officer)

    assert (again(plan).state, again(plan).submitted_to, again(plan).submitted_on) == (PlanState.DRAFT, "", None)
    assert [(entry[0], entry[4]) for entry in written()] == [
        (
            "plans.plan.submitted",
            {
                "state": ["draft", "submitted"],
                "submitted_to": ["", "Chủ tịch"],
                "submitted_on": [None, "2026-02-12"],
            },
        ),
        (
            "plans.plan.recalled",
            {
                "state": ["submitted", "draft"],
                "submitted_to": ["Chủ tịch", ""],
                "submitted_on": ["2026-02-12", None],
            },
        ),
    ]


def test_an_issued_plan_is_not_taken_back(plan, officer):
    issued(plan, officer)
    before = everything(plan)

    with pytest.raises(MoveRefused):
        recall_plan(again(plan), actor=officer)

    assert everything(plan) == before


def test_kind_and_subject_are_those_of_the_plan():
    plan = Plan(title="QUYẾT ĐỊNH", subject="Thành lập Hội đồng")

    data = paper_of(plan, **SIGNED_PAPER)

    assert data == PaperData("Quyết định", "27", "KH-UBND", DAY, "Thành lập Hội đồng", "Lò Văn Thắng")
