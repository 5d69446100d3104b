"""One line of progress: three forms of proof, what is refused, what a later line does, what the history keeps."""

from __future__ import annotations

import datetime as dt

import pytest

from core import audit, files
from core.errors import UnfitField
from core.history import history_lines
from core.models import AuditEntry, StoredFile
from documents.models import Evidence, IssuedPaper
from plans.models import Progress, Task
from plans.progress.services import FileProof, NotInForce, PaperProof, SignedProof, record_progress
from plans.states import TaskState
from tests.factories import IssuerFactory, PersonFactory, UserFactory
from tests.plans.progress.conftest import PDF, PNG, TODAY, upload

MARCH = dt.date(2026, 3, 20)
PAPER = PaperProof("27/BC-UBND", MARCH, "Ủy ban nhân dân xã")


def kept(task: Task) -> list[tuple]:
    return [(line.outcome, line.day, line.quarter, line.note) for line in task.progress.order_by("pk")]


# -- Three forms of proof ----------------------------------------------------------------


def test_a_paper_is_kept_by_number_day_and_issuer_with_its_scan(desk):
    line = desk.record(desk.task(), proof=PaperProof("27/BC-UBND", MARCH, "Ủy ban nhân dân xã", upload("bc.pdf")))

    evidence = line.evidence
    assert (evidence.typed_number, evidence.typed_date, evidence.typed_issuer) == (
        "27/BC-UBND",
        MARCH,
        "Ủy ban nhân dân xã",
    )
    assert (evidence.file.name, evidence.file.media_type, evidence.paper, line.by) == (
        "bc.pdf",
        files.PDF,
        None,
        None,
    )
    assert (evidence.unit, evidence.added_by) == (desk.unit, desk.an)


@pytest.mark.parametrize("typed", ["Ủy ban nhân dân xã", "uy ban NHAN DAN xa", ""])
def test_the_units_own_recorded_paper_is_itself_the_proof(desk, typed):
    issuer = IssuerFactory(unit=desk.unit, name_lines="ỦY BAN NHÂN DÂN\nXÃ")
    paper = IssuedPaper.objects.create(issuer=issuer, kind="Báo cáo", number="27", symbol="BC-UBND", date=MARCH)

    line = desk.record(desk.task(), proof=PaperProof("27/BC-UBND", MARCH, typed))

    assert (line.evidence.paper, line.evidence.typed_number) == (paper, "")


def test_a_paper_of_another_office_or_day_is_not_taken_for_ours(desk):
    issuer = IssuerFactory(unit=desk.unit, name_lines="HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG")
    IssuedPaper.objects.create(issuer=issuer, kind="Báo cáo", number="27", symbol="BC-UBND", date=MARCH)
    IssuedPaper.objects.create(issuer=IssuerFactory(), kind="Báo cáo", number="27", symbol="BC-UBND", date=MARCH)

    line = desk.record(desk.task(), proof=PAPER)

    assert (line.evidence.paper, line.evidence.typed_number) == (None, "27/BC-UBND")


def test_a_picture_is_known_by_its_content(desk):
    line = desk.record(desk.task(), proof=FileProof(upload("lễ phát động.jpg", PNG)))

    assert (line.evidence.file.name, line.evidence.file.media_type) == ("lễ phát động.jpg", "image/png")
    with files.open_stored(line.evidence.file) as stream:
        assert stream.read() == PNG


def test_a_sentence_is_signed_by_name(desk):
    line = desk.record(desk.task(), note="28/28 thôn đã họp", proof=SignedProof(desk.person))

    assert (line.note, line.by, line.evidence) == ("28/28 thôn đã họp", desk.person, None)


# -- What is refused -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"day": TODAY + dt.timedelta(1)}, "day"),
        ({"day": dt.date(2024, 12, 31)}, "day"),
        ({"outcome": "finished"}, "outcome"),
        ({"quarter": 1}, "quarter"),
        ({"outcome": "dropped", "note": "  ", "proof": PAPER}, "note"),
        ({"note": ""}, "note"),
        ({"proof": SignedProof(None)}, "by"),
        ({"proof": FileProof(None)}, "file"),
        ({"proof": FileProof(upload("biên bản.pdf", b"MZ no paper"))}, "file"),
        ({"proof": PaperProof("27/BC-UBND", MARCH, "", upload("bc.pdf", b"<html>"))}, "scan"),
        ({"proof": PaperProof("", MARCH, "")}, "number"),
        ({"proof": PaperProof("BC-UBND", MARCH, "")}, "number"),
        ({"proof": PaperProof("1" * 81, MARCH, "")}, "number"),
        ({"proof": PaperProof("27/BC-UBND", None, "")}, "date"),
        ({"proof": PaperProof("27/BC-UBND", TODAY + dt.timedelta(1), "")}, "date"),
        ({"proof": PaperProof("27/BC-UBND", MARCH, "x" * 301)}, "issuer"),
    ],
)
def test_what_cannot_stand_is_said_at_its_field_and_nothing_is_written(desk, values, field):
    task = desk.task()

    with pytest.raises(UnfitField) as refused:
        desk.record(task, **values)

    assert (refused.value.field, len(str(refused.value)) > 10) == (field, True)
    assert (Progress.objects.count(), Evidence.objects.count(), StoredFile.objects.count()) == (0, 0, 0)


def test_nobody_of_another_unit_confirms(desk):
    with pytest.raises(UnfitField) as refused:
        desk.record(desk.task(), proof=SignedProof(PersonFactory()))

    assert refused.value.field == "by"


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_results_are_those_of_a_plan_in_force(desk, state):
    task = desk.task()
    type(desk.plan).objects.update(state=state)

    with pytest.raises(NotInForce):
        desk.record(task)

    assert Progress.objects.count() == 0


# -- What a later line does ----------------------------------------------------------------


def test_a_later_line_corrects_and_overwrites_nothing(desk):
    task = desk.task(due=MARCH)

    desk.record(task, "done")
    assert task.state_on(TODAY) == TaskState.DONE
    desk.record(task, "partly", day=MARCH, note="Còn 2 thôn")

    assert kept(task) == [("done", TODAY, None, "Đã làm xong"), ("partly", MARCH, None, "Còn 2 thôn")]
    assert task.state_on(TODAY) == TaskState.OVERDUE


@pytest.mark.parametrize(
    "proof",
    [
        lambda desk: SignedProof(desk.person),
        lambda desk: PAPER,
        lambda desk: PaperProof("27/BC-UBND", MARCH, "", upload("bc.pdf")),
        lambda desk: FileProof(upload()),
    ],
)
def test_a_double_click_writes_one_line(desk, proof):
    task = desk.task()

    first, second = (desk.record(task, proof=proof(desk)) for _ in range(2))

    assert first == second
    assert (Progress.objects.count(), AuditEntry.objects.filter(code="plans.progress.recorded").count()) == (1, 1)


@pytest.mark.parametrize(
    "other",
    [
        {"day": MARCH},
        {"note": "Khác"},
        {"outcome": "partly"},
        {"proof": PAPER},
        {"proof": FileProof(upload("khác.pdf"))},
        {"proof": FileProof(upload(content=PDF.replace(b"1 0", b"2 0")))},
    ],
)
def test_any_other_word_makes_a_line_of_its_own(desk, other):
    task = desk.task()
    desk.record(task, proof=FileProof(upload()))

    desk.record(task, **({"proof": FileProof(upload())} | other))

    assert Progress.objects.count() == 2


def test_a_line_that_corrects_only_the_issuer_is_written(desk):
    task = desk.task()

    for issuer in ("Ủy ban nhân dân xã", "Đảng ủy xã"):
        desk.record(task, proof=PaperProof("27/BC-UBND", MARCH, issuer))

    issuers = [line.evidence.typed_issuer for line in task.progress.order_by("pk")]
    assert issuers == ["Ủy ban nhân dân xã", "Đảng ủy xã"]


# -- Ongoing tasks ---------------------------------------------------------------------------


def test_an_ongoing_task_has_a_line_a_quarter_and_is_done_with_the_last(desk, time_machine):
    task = desk.task(is_ongoing=True, due=dt.date(2026, 12, 31))
    time_machine.move_to(dt.datetime(2026, 12, 20, 2, 0, tzinfo=dt.UTC))

    for quarter in (2, 1):  # the first quarter is written, and later corrected, after the second
        desk.record(task, quarter=quarter)
    assert task.state_on(TODAY) == TaskState.IN_PROGRESS
    desk.record(task, quarter=4)
    assert task.state_on(TODAY) == TaskState.DONE
    desk.record(task, "partly", quarter=1)

    assert [line.quarter for line in task.progress.order_by("pk")] == [2, 1, 4, 1]
    assert task.state_on(TODAY) == TaskState.DONE


@pytest.mark.parametrize("quarter", [None, 0, 5, 3])
def test_a_quarter_must_be_chosen_and_have_begun(desk, quarter):
    with pytest.raises(UnfitField) as refused:
        desk.record(desk.task(is_ongoing=True), quarter=quarter)

    assert refused.value.field == "quarter"


# -- History and files ------------------------------------------------------------------------


def test_every_line_has_its_entry_in_words(desk):
    task = desk.task()

    line = desk.record(task, "dropped", note="Hết kinh phí", proof=PAPER)

    [told] = history_lines(line)
    assert (told.who, told.what) == (str(desk.an), "Ghi kết quả một nhiệm vụ")
    assert {(change.name, change.new) for change in told.changes} == {
        ("nhiệm vụ", task.content),
        ("kết quả", "Không thực hiện"),
        ("ngày", "13/05/2026"),
        ("ghi chú, lý do", "Hết kinh phí"),
        ("tài liệu kiểm chứng", "27/BC-UBND"),
    }
    assert audit.first_broken_link(desk.unit.pk) is None


def test_a_proof_is_opened_by_whoever_sees_the_task(desk):
    line = desk.record(desk.task(), proof=FileProof(upload()))
    reviewer = UserFactory(role="reviewer", unit=desk.unit.parent)
    secret = files.store(upload("mật.pdf"), name="mật.pdf", unit_id=desk.unit.pk, actor=desk.an)

    seen = {
        name: set(files.visible_files(user))
        for name, user in {"an": desk.an, "binh": desk.binh, "cuong": desk.cuong, "reviewer": reviewer}.items()
    }

    proof = line.evidence.file
    assert seen == {"an": {proof, secret}, "binh": {proof}, "cuong": set(), "reviewer": {proof}}


def test_the_signed_copy_of_a_linked_paper_is_opened_too(desk):
    signed = files.store(upload("ký.pdf"), name="ký.pdf", unit_id=desk.unit.pk, actor=None)
    IssuedPaper.objects.create(
        issuer=IssuerFactory(unit=desk.unit),
        kind="Báo cáo",
        number="27",
        symbol="BC-UBND",
        date=MARCH,
        signed_file=signed,
    )

    record_progress(desk.task(), actor=desk.an, outcome="done", day=TODAY, proof=PaperProof("27/BC-UBND", MARCH, ""))

    assert set(files.visible_files(desk.binh)) == {signed}
    assert set(files.visible_files(desk.cuong)) == set()
