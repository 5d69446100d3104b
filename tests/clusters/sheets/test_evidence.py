"""What proves a row: new, or on record already; seen by whoever sees the sheet."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns.models import Campaign, Result, Target
from campaigns.results.evidence import Proof
from clusters.models import Entry, ScoreSheet
from clusters.sheets import evidence
from clusters.sheets.services import NotYours, SheetMoved
from clusters.standing import read_season
from clusters.states import Stage
from core.errors import UnfitField
from core.files import UnfitFile, visible_files
from core.models import AuditEntry
from documents.models import Evidence, IssuedPaper
from plans.models import Progress
from tests.clusters.season import Round, a_round
from tests.clusters.sheets.cells import entry_of, fresh, write
from tests.factories import IssuerFactory, PlanFactory, Role, UserFactory
from tests.units.conftest import signed_in
from units.models import Unit, User

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def found() -> Round:
    return a_round()


def scan(name: str = "biên bản họp.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def add(found: Round, place: int, code: str, proof: Proof, actor: User | None = None) -> Evidence:
    sheet = fresh(found.sheets[place])
    return evidence.add_proof(
        sheet, found.criteria[code], stage=sheet.stage, proof=proof, actor=actor or found.officers[place]
    )


def link(found: Round, place: int, code: str, *keys: str, actor: User | None = None) -> int:
    sheet = fresh(found.sheets[place])
    return evidence.link_proofs(
        sheet, found.criteria[code], stage=sheet.stage, keys=keys, actor=actor or found.officers[place]
    )


def offers(found: Round, place: int, words: str = "") -> list[tuple[str, str]]:
    sheet = fresh(found.sheets[place])
    return [(one.words, one.whence) for one in evidence.offers_for(found.officers[place], sheet, sheet.stage, words)]


def on_record(unit: Unit) -> dict[str, Evidence | IssuedPaper]:
    """A plan's result with a typed paper, a campaign's figure with another, a paper of the register."""
    plan = PlanFactory(unit=unit, tasks=1, tasks__content="Tổ chức hội nghị sơ kết")
    of_task = Evidence.objects.create(unit=unit, typed_number="05/BB-UBND", typed_date=dt.date(2026, 7, 2))
    Progress.objects.create(task=plan.tasks.get(), outcome="done", day=dt.date(2026, 7, 2), evidence=of_task)
    campaign = Campaign.objects.create(unit=unit, title="Chung sức", year=2026)
    target = Target.objects.create(campaign=campaign, order=1, text="Trồng cây phân tán")
    of_result = Evidence.objects.create(unit=unit, typed_number="31/BC-UBND", typed_date=dt.date(2026, 9, 3))
    Result.objects.create(target=target, period="2026", value=Decimal(5), evidence=of_result)
    paper = IssuedPaper.objects.create(
        issuer=IssuerFactory(unit=unit), kind="Kế hoạch", number="07", symbol="KH-UBND", date=dt.date(2026, 1, 15)
    )
    return {"task": of_task, "result": of_result, "paper": paper}


def test_a_file_gives_the_points_that_waited_for_proof(found):
    write(found, 0, "II.1", "x")
    member = found.members[0].pk
    assert read_season(found.season).scores()[member].points["II.1"] == 0

    proof = add(found, 0, "II.1", Proof(upload=scan()))

    assert (proof.unit, proof.file.name, proof.added_by) == (found.communes[0], "biên bản họp.pdf", found.officers[0])
    assert read_season(found.season).scores()[member].points["II.1"] == 10
    [entry] = AuditEntry.objects.filter(code="clusters.entry.proved")
    assert entry.changes == {"II.1, Tự chấm, tài liệu": ["", "biên bản họp.pdf"]}


def test_a_proof_may_come_before_the_figure(found):
    add(found, 0, "II.1", Proof("12/KH-UBND", dt.date(2026, 1, 15)))

    entry = entry_of(found.sheets[0], "II.1")
    assert (entry.actual, entry.by, [str(one) for one in entry.evidence.all()]) == (
        None,
        found.officers[0],
        ["12/KH-UBND"],
    )


def test_what_is_no_paper_is_refused_by_its_content(found):
    with pytest.raises(UnfitFile):
        add(found, 0, "II.1", Proof(upload=scan("virus.pdf", b"MZ\x90\x00")))
    with pytest.raises(UnfitField, match="Chọn tệp, hoặc ghi số, ngày của văn bản"):
        add(found, 0, "II.1", Proof())
    assert not Evidence.objects.exists()
    assert not Entry.objects.exists()


def test_what_is_on_record_is_offered_and_linked_once(found):
    there = on_record(found.communes[0])
    on_record(found.communes[1])
    assert offers(found, 0) == [
        ("Văn bản số 05/BB-UBND ngày 02/07/2026", "Kết quả nhiệm vụ: Tổ chức hội nghị sơ kết"),
        ("Văn bản số 31/BC-UBND ngày 03/09/2026", "Kết quả chỉ tiêu: Trồng cây phân tán"),
        (f"{there['paper']} ngày 15/01/2026", "Sổ văn bản"),
    ]
    assert offers(found, 0, "trong cay") == [offers(found, 0)[1]]

    keys = [f"e{there['task'].pk}", f"e{there['result'].pk}", f"p{there['paper'].pk}"]
    assert [link(found, 0, "II.1", *keys), link(found, 0, "II.1", *keys)] == [3, 0]

    proofs = entry_of(found.sheets[0], "II.1").evidence.order_by("pk")
    assert [one.pk for one in proofs][:2] == [there["task"].pk, there["result"].pk]
    assert proofs[2].paper == there["paper"]


def test_nothing_of_another_unit_is_linked_whatever_is_sent(found):
    theirs = on_record(found.communes[1])
    loose = Evidence.objects.create(unit=found.communes[0], typed_number="99/BC-UBND")

    for keys in ([f"e{theirs['task'].pk}"], [f"p{theirs['paper'].pk}"], [f"e{loose.pk}"], ["e1;drop"], ["x5"], []):
        with pytest.raises(UnfitField) as refusal:
            link(found, 0, "II.1", *keys)
        assert refusal.value.field == "keys"
    assert not Entry.evidence.through.objects.exists()


def test_a_proof_is_taken_off_and_stays_on_record(found):
    proof = add(found, 0, "II.1", Proof("12/KH-UBND", dt.date(2026, 1, 15)))
    sheet = fresh(found.sheets[0])

    for _ in range(2):
        evidence.unlink_proof(sheet, found.criteria["II.1"], stage=Stage.SELF, pk=proof.pk, actor=found.officers[0])

    assert not entry_of(found.sheets[0], "II.1").evidence.exists()
    assert Evidence.objects.filter(pk=proof.pk).exists()
    assert AuditEntry.objects.filter(code="clusters.entry.proved").count() == 2


def test_only_the_stage_that_works_on_the_sheet_adds_proofs(found):
    with pytest.raises(NotYours):
        add(found, 0, "II.1", Proof(upload=scan()), actor=found.noivu)

    sheet = fresh(found.sheets[0])
    ScoreSheet.objects.filter(pk=sheet.pk).update(stage=Stage.REVIEW)
    with pytest.raises(SheetMoved):
        evidence.add_proof(
            sheet, found.criteria["II.1"], stage=Stage.SELF, proof=Proof(upload=scan()), actor=found.officers[0]
        )
    with pytest.raises(UnfitField, match="Tiêu chí này chấm từ bước Thẩm định"):
        add(found, 1, "IV", Proof(upload=scan()))


def test_the_file_is_opened_by_whoever_sees_the_sheet_and_nobody_else(found):
    proof = add(found, 2, "II.1", Proof(upload=scan()))
    stored, stranger = proof.file, UserFactory(role=Role.OFFICER, unit=found.communes[3])
    who = {"own": found.officers[2], "organiser": found.noivu, "head": found.officers[0], "another": stranger}

    def openers() -> set[str]:
        return {name for name, user in who.items() if visible_files(user).filter(pk=stored.pk).exists()}

    assert openers() == {"own", "organiser"}
    ScoreSheet.objects.filter(pk=found.sheets[2].pk).update(stage=Stage.HEAD)
    assert openers() == {"own", "organiser", "head"}
    assert signed_in(stranger).get(reverse("core:file", args=[stored.pk])).status_code == 404
    opened = signed_in(found.officers[0]).get(reverse("core:file", args=[stored.pk]))
    assert b"".join(opened.streaming_content) == PDF
    opened.close()
