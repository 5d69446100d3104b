"""What a signed decision brings about: paper, register, money, once; what another decided; what is published."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from awards.deciding import issuing, services
from awards.deciding.issuing import Outside, StillLacks
from awards.deciding.paying import Choice, NotIssued, choose, pay_out, pay_table, undo_pay_out
from awards.deciding.services import IsIssued
from awards.models import Confirmation, Decision, Grant, LocalRule, Nominee
from campaigns.results.evidence import Proof
from core.errors import UnfitField
from core.files import DOCX, PDF
from core.models import AuditEntry, StoredFile
from core.states import EditedMeanwhile, MovedMeanwhile
from documents.issuing import ToConfirm
from documents.models import Evidence, IssuedPaper
from documents.rendering import render
from tests.awards.deciding.scene import SIGNED, a_draft, an_office_to_decide, drawn_quickly, issued, passed, typed

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture(autouse=True)
def _drawn(monkeypatch):
    monkeypatch.setattr(issuing, "render", drawn_quickly)


@pytest.fixture
def office():
    return an_office_to_decide()


def codes(office) -> list[str]:
    rows = AuditEntry.objects.filter(unit_id=office.unit.pk).order_by("position")
    return list(rows.values_list("code", flat=True))


# -- Recorded back -------------------------------------------------------------------------


def test_pdf_and_word_are_kept_as_they_were_drawn(office, monkeypatch):
    monkeypatch.setattr(issuing, "render", render)
    passed(office)

    record = issued(a_draft(office), actor=office.officer).paper

    assert (record.issued_file.media_type, record.word_file.media_type) == (PDF, DOCX)


def test_the_record_freezes_the_paper_and_enters_the_register_in_its_order(office):
    first, second = (passed(office, "LDTT", name) for name in "AB")
    draft = a_draft(office)
    services.reorder(draft, actor=office.officer, version=1, typed={second.pk: 1})

    decision = issued(draft, actor=office.officer)

    decision.refresh_from_db()
    assert (decision.state, decision.number, decision.day, decision.signer) == (
        "issued", "01/QĐ-UBND", SIGNED, "Lò Văn Thắng"
    )  # fmt: skip
    record = decision.paper
    assert (record.kind, record.subject) == ("Quyết định", decision.subject)
    rows = Grant.objects.order_by("order")
    assert list(rows.values_list("nominee", "golden_number", "money", "money_arithmetic", "money_note")) == [
        (second.pk, "1", 760_000, "0,3 × 2.530.000 = 759.000 đồng, làm tròn lên 760.000 đồng", ""),
        (first.pk, "2", 760_000, "0,3 × 2.530.000 = 759.000 đồng, làm tròn lên 760.000 đồng", ""),
    ]
    assert set(Nominee.objects.values_list("state", flat=True)) == {"decided"}


def test_a_ready_nominee_of_the_chairman_is_passed_and_decided_at_once(office):
    nominee = passed(office, "GK", state="ready", path="sudden")

    issued(a_draft(office, "GK:person"), actor=office.officer)

    nominee.refresh_from_db()
    assert nominee.state == "decided"
    assert codes(office)[-4:] == [
        "awards.nominee.passed_without_sitting",
        "awards.decision.issued",
        "awards.nominee.decided",
        "awards.grants.entered",
    ]


def test_what_is_recorded_stands_and_is_recorded_once(office):
    passed(office)
    decision = issued(a_draft(office), actor=office.officer)

    with pytest.raises(IsIssued):
        issuing.record_issue(decision, actor=office.officer, version=decision.version, paper=typed(decision))

    assert (IssuedPaper.objects.count(), Grant.objects.count()) == (1, 1)


def test_an_older_window_records_nothing_and_takes_no_number(office):
    rows = [passed(office, "LDTT", name) for name in "AB"]
    draft = a_draft(office)
    services.reorder(draft, actor=office.officer, version=1, typed={rows[0].pk: 2})
    old = Decision.objects.select_related("unit", "round", "issuer__unit").get()

    with pytest.raises(EditedMeanwhile):
        issuing.record_issue(old, actor=office.officer, version=1, paper=typed(old))

    assert (IssuedPaper.objects.count(), Grant.objects.count(), StoredFile.objects.count()) == (0, 0, 0)


def test_what_is_lacking_is_said_all_at_once(office):
    nominee = passed(office)
    draft = a_draft(office)
    Nominee.objects.filter(pk=nominee.pk).update(subject=None, state="correcting")
    Decision.objects.update(issuer=None)
    found = Decision.objects.select_related("unit", "round", "issuer__unit").get()

    with pytest.raises(StillLacks) as told:
        issuing.record_issue(found, actor=office.officer, version=found.version, paper=typed(draft))

    assert told.value.lacks == [
        "Chọn cơ quan ban hành.",
        "Chưa xác định là ai: Nguyễn Thị Hoa. Mở hồ sơ để chọn đúng đối tượng.",
        "Không còn được thông qua: Nguyễn Thị Hoa. Đưa ra khỏi quyết định hoặc xét lại.",
    ]


def test_a_signature_before_the_competence_began_is_asked_about_once(office):
    passed(office, "CSTDCS")
    draft = a_draft(office, "CSTDCS:person")
    early = dt.date(2025, 6, 20)

    with pytest.raises(ToConfirm, match="Ngày 20/06/2025 Chủ tịch Ủy ban nhân dân cấp xã chưa quyết định Chiến sĩ"):
        issued(draft, actor=office.officer, date=early)
    decision = issued(draft, actor=office.officer, date=early, is_confirmed=True)

    assert decision.day == early
    assert Grant.objects.get().money is None  # who did not decide it has no rate
    assert Grant.objects.get().decision_id == decision.pk


# -- Money ---------------------------------------------------------------------------------


def test_a_draft_shows_what_would_be_paid_today_and_pays_nothing(office):
    passed(office)
    draft = a_draft(office)

    table = pay_table(draft)

    assert (table.is_forecast, table.total, table.words) == (True, 760_000, "Bảy trăm sáu mươi nghìn đồng")
    with pytest.raises(NotIssued):
        choose(draft, actor=office.officer, choices={"LDTT:person": Choice(amount=1, reason="thử")})


def test_two_titles_of_one_person_pay_the_higher(office):
    first = passed(office, "LDTT")
    passed(office, "CSTDCS", subject=first.subject)

    issued(a_draft(office, "LDTT:person", "CSTDCS:person"), actor=office.officer)

    assert dict(Grant.objects.values_list("award", "money")) == {"LDTT": 0, "CSTDCS": 2_530_000}
    assert Grant.objects.get(award="LDTT").money_note.startswith("Hưởng mức cao nhất của danh hiệu Chiến sĩ thi đua")


def test_the_base_salary_is_that_of_the_signature(office):
    passed(office)

    issued(a_draft(office), actor=office.officer, date=dt.date(2026, 6, 30))

    assert Grant.objects.get().money == 710_000


def a_giay_khen(office, **more) -> Decision:
    passed(office, "GK", "A", path="sudden", state="ready")
    passed(office, "GK", "B", path="sudden", state="ready")
    return issued(a_draft(office, "GK:person"), actor=office.officer, **more)


def test_giay_khen_of_a_commune_waits_for_a_choice_between_both_sums(office):
    decision = a_giay_khen(office)

    table = pay_table(decision)

    [question] = table.questions
    assert (table.total, question.words) == (0, "Giấy khen, 2 cá nhân")
    assert question.choices == [
        ("3/20", "0,15 × 2.530.000 = 379.500 đồng, làm tròn lên 380.000 đồng; cộng 760.000 đồng"),
        ("3/10", "0,3 × 2.530.000 = 759.000 đồng, làm tròn lên 760.000 đồng; cộng 1.520.000 đồng"),
    ]
    assert set(Grant.objects.values_list("money", flat=True)) == {None}


@pytest.mark.parametrize(
    ("choice", "money", "note"),
    [
        (Choice(multiplier=Fraction("0.3"), reason="Công văn số 9"), 760_000, "Công văn số 9"),
        (Choice(amount=500_000, reason="Nghị quyết của HĐND"), 500_000, "Nghị quyết của HĐND"),
        (Choice(reason="Không có nguồn"), 0, "Không có nguồn"),
    ],
    ids=["a reading", "a sum of its own", "nothing"],
)  # fmt: skip
def test_a_person_chooses(office, choice, money, note):
    decision = a_giay_khen(office)

    assert choose(decision, actor=office.officer, choices={"GK:person": choice}) == 2

    assert list(Grant.objects.values_list("money", "money_note")) == [(money, note)] * 2
    assert pay_table(decision).questions == ()
    assert codes(office)[-1] == "awards.decision.money_chosen"


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        (Choice(), "Ghi căn cứ hoặc lý do, ví dụ: Nghị quyết số 12/NQ-HĐND."),
        (Choice(amount=0, reason="x"), "Ghi số tiền bằng đồng, từ 1 đến 1.000.000.000."),
    ],
)
def test_a_choice_without_a_reason_is_refused(office, choice, sentence):
    decision = a_giay_khen(office)

    with pytest.raises(UnfitField) as told:
        choose(decision, actor=office.officer, choices={"GK:person": choice})

    assert (told.value.field, str(told.value)) == ("GK:person", sentence)


def test_what_the_province_confirmed_needs_no_choice(office):
    paper = Evidence.objects.create(unit=office.province, typed_number="12/HD-SNV")
    Confirmation.objects.create(unit=office.province, rule="money:GK:person:commune", reading="0.3", paper=paper)

    decision = a_giay_khen(office)

    assert list(Grant.objects.values_list("money", flat=True)) == [760_000, 760_000]
    assert pay_table(decision).questions == ()


def test_a_local_rate_is_paid_and_names_its_payer(office):
    LocalRule.objects.create(
        unit=office.province, award="LDTT", multiplier="0.5", recipient="person", payer="Ngân sách tỉnh", source="NQ 3"
    )
    passed(office)

    decision = issued(a_draft(office), actor=office.officer)

    assert (Grant.objects.get().money, decision.payer) == (1_270_000, "Ngân sách tỉnh")


def test_a_household_gets_one_and_a_half_of_what_was_confirmed_for_a_person(office):
    paper = Evidence.objects.create(unit=office.province, typed_number="12/HD-SNV")
    Confirmation.objects.create(unit=office.province, rule="money:GK:person:commune", reading="0.3", paper=paper)
    passed(office, "GK", "Hộ ông A", path="sudden", state="ready", kind="household")

    issued(a_draft(office, "GK:household"), actor=office.officer)

    assert Grant.objects.get().money == 1_140_000


def test_many_households_are_paid_only_when_somebody_says_so(office):
    paper = Evidence.objects.create(unit=office.province, typed_number="12/HD-SNV")
    Confirmation.objects.create(unit=office.province, rule="money:GDVH:household:commune", paper=paper)
    for number in range(12):
        passed(office, "GDVH", f"Hộ {number}", state="ready", kind="household")
    decision = issued(a_draft(office, "GDVH:household"), actor=office.officer)

    [question] = pay_table(decision).questions
    assert question.why == ("12 hộ, tổng cộng 3.120.000 đồng (Gia đình văn hóa): xác nhận có chi rồi mới tính.",)
    choose(decision, actor=office.officer, choices={"GDVH:household": Choice(multiplier=question.sums[0].multiplier)})

    assert pay_table(decision).total == 3_120_000


def test_money_is_handed_out_once(office):
    passed(office, "LDTT", "A")
    passed(office, "LDTT", "B")
    decision = issued(a_draft(office), actor=office.officer)
    first, second = Grant.objects.order_by("order")
    day = dt.date(2026, 11, 21)

    assert pay_out(decision, actor=office.officer, grant_ids=[first.pk, second.pk], day=day) == 2
    with pytest.raises(UnfitField, match="Chọn ít nhất một dòng chưa nhận tiền"):
        pay_out(decision, actor=office.officer, grant_ids=[first.pk], day=day)
    undo_pay_out(decision, actor=office.officer, grant_id=second.pk)

    assert list(Grant.objects.order_by("order").values_list("paid_on", flat=True)) == [day, None]
    assert (pay_table(decision).paid, len(pay_table(decision).due)) == (760_000, 1)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (dt.date(2026, 11, 23), "Ngày 23/11/2026 chưa đến."),
        (dt.date(2026, 11, 19), "Quyết định ngày 20/11/2026, không chi trước ngày đó được."),
    ],
)
def test_a_day_that_cannot_be_is_refused(office, day, sentence):
    passed(office)
    decision = issued(a_draft(office), actor=office.officer)

    with pytest.raises(UnfitField) as told:
        pay_out(decision, actor=office.officer, grant_ids=[Grant.objects.get().pk], day=day)

    assert str(told.value) == sentence


def test_what_was_paid_is_not_chosen_anew(office):
    decision = a_giay_khen(office)
    choose(decision, actor=office.officer, choices={"GK:person": Choice(amount=500_000, reason="QĐ 5")})
    first = Grant.objects.order_by("order").first()
    pay_out(decision, actor=office.officer, grant_ids=[first.pk], day=dt.date(2026, 11, 21))

    changed = choose(decision, actor=office.officer, choices={"GK:person": Choice(amount=600_000, reason="QĐ 6")})

    assert (changed, list(Grant.objects.order_by("order").values_list("money", flat=True))) == (1, [500_000, 600_000])


# -- Of another ----------------------------------------------------------------------------


def outside(**more) -> Outside:
    values = {"by": "province", "number": "1312/QĐ-UBND", "day": SIGNED, "issuer": "UBND tỉnh Sông Vân"} | more
    return Outside(**values)


def test_what_the_superior_decided_is_recorded_with_its_refusals(office):
    given, refused = (passed(office, "BKT", name, state="sent") for name in "AB")
    scan = SimpleUploadedFile("qd.pdf", b"%PDF-1.4\n%%EOF\n")

    decision = issuing.record_outside(
        office.round,
        actor=office.officer,
        said=outside(proof=Proof(upload=scan)),
        given=[given.pk],
        refused={refused.pk: "Không đủ thời gian công tác"},
    )

    given.refresh_from_db()
    refused.refresh_from_db()
    assert (given.state, given.decision_id, refused.state, refused.reason) == (
        "decided", decision.pk, "refused", "Không đủ thời gian công tác"
    )  # fmt: skip
    assert (decision.state, decision.decider, decision.outside.file.name) == ("issued", "province", "qd.pdf")
    [grant] = Grant.objects.all()
    assert (grant.name, grant.award, grant.money) == ("A", "BKT", None)
    assert pay_table(decision).total == 3_800_000


def test_the_same_outcome_is_recorded_once(office):
    nominee = passed(office, "BKT", state="sent")
    issuing.record_outside(office.round, actor=office.officer, said=outside(), given=[nominee.pk], refused={})

    with pytest.raises(MovedMeanwhile):
        issuing.record_outside(office.round, actor=office.officer, said=outside(), given=[nominee.pk], refused={})

    assert Decision.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [({"number": "QĐ-UBND"}, "number"), ({"issuer": " "}, "issuer"), ({"day": dt.date(2026, 12, 1)}, "date")],
)
def test_a_superiors_decision_is_named_in_full(office, more, field):
    nominee = passed(office, "BKT", state="sent")

    with pytest.raises(UnfitField) as told:
        issuing.record_outside(
            office.round, actor=office.officer, said=outside(**more), given=[nominee.pk], refused={}
        )

    assert told.value.field == field
    assert Nominee.objects.get().state == "sent"


def test_a_refusal_says_why(office):
    nominee = passed(office, "BKT", state="sent")

    with pytest.raises(UnfitField, match="Ghi lý do không khen"):
        issuing.record_outside(office.round, actor=office.officer, said=outside(), given=[], refused={nominee.pk: " "})


# -- Published -----------------------------------------------------------------------------


def two_decisions(office) -> list[Decision]:
    passed(office, "LDTT", "A")
    first = issued(a_draft(office), actor=office.officer)
    passed(office, "CSTDCS", "B")
    return [first, issued(a_draft(office, "CSTDCS:person"), actor=office.officer, number="02")]


def test_held_decisions_are_published_at_one_moment(office):
    decisions = two_decisions(office)

    issuing.publish(office.round, actor=office.officer, decision_ids=[one.pk for one in decisions])

    found = list(Decision.objects.values_list("state", "published_at"))
    assert [state for state, _ in found] == ["published", "published"]
    assert len({at for _, at in found}) == 1


def test_all_are_published_or_none(office):
    first, second = two_decisions(office)
    issuing.publish(office.round, actor=office.officer, decision_ids=[first.pk])

    with pytest.raises(MovedMeanwhile):
        issuing.publish(office.round, actor=office.officer, decision_ids=[first.pk, second.pk])
    with pytest.raises(UnfitField):
        issuing.publish(office.round, actor=office.officer, decision_ids=[second.pk, 10**9])

    assert Decision.objects.get(pk=second.pk).state == "issued"
