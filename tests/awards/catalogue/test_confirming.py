"""Xác nhận áp dụng: one act names the paper, open dossiers are judged again, what changed is told; and taken back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from awards.catalogue.confirming import (
    NothingChosen,
    NotOpen,
    WithdrawnAlready,
    confirm,
    foreseen,
    withdraw,
)
from awards.catalogue.open_rules import open_rules
from awards.interchange import write_judgement
from awards.judging import judge_nominees
from awards.models import Confirmation, Nominee, Rating
from campaigns.results.evidence import Proof
from core.errors import UnfitField
from core.models import AuditEntry
from tests.awards.rows import Office, a_nominee, a_subject, an_office
from tests.factories import Role, UserFactory
from tests.units.conftest import signed_in
from units.models import User

pytestmark = pytest.mark.django_db

PROOF = Proof("12/HD-SNV", dt.date(2026, 10, 15), "Sở Nội vụ")
RATED, EITHER = "CSTDCS:rating", "CSTDCS:excellent_or_initiative"


@pytest.fixture
def office() -> Office:
    return an_office(received_on=dt.date(2026, 11, 20))


@pytest.fixture
def above(office: Office) -> User:
    return UserFactory.create(role=Role.REVIEWER, unit=office.province)


@pytest.fixture
def nominee(office: Office) -> Nominee:
    """Excellent, without an initiative: eligible as before, not if both are asked for."""
    subject = a_subject(office.unit)
    Rating.objects.create(subject=subject, year=2026, level="HTXSNV")
    return a_nominee(office.lists["school"], "CSTDCS", subject)


def outcome_of(nominee: Nominee) -> str:
    rows = Nominee.objects.filter(pk=nominee.pk).select_related("round", "proposal")
    return judge_nominees(rows)[nominee.pk].outcome.value


def test_open_rules_are_conditions_of_the_amended_law_and_rates_without_one_reading():
    rules = open_rules()

    assert [one.code for one in rules[EITHER].readings] == ["", "both"]
    assert [one.code for one in rules["money:GK:person:commune"].readings] == ["0.15", "0.3"]
    assert [one.code for one in rules["money:GDVH:household:commune"].readings] == ["0.1"]
    assert "BKT:titles_or_ratings:person" not in rules
    assert len(rules) == 17


@pytest.mark.parametrize(("reading", "after"), [("", "eligible"), ("both", "not_eligible")])
def test_what_would_change_is_told_before_the_act_and_listed_after_it(office, nominee, reading, after):
    chosen = {RATED: "", EITHER: reading}

    seen = foreseen(office.unit, chosen)
    assert (outcome_of(nominee), Confirmation.objects.count()) == ("needs_person", 0)
    rows = confirm(office.unit, actor=office.officer, chosen=chosen, proof=PROOF)

    assert [(one.nominee, one.name, one.before, one.after) for one in seen] == [
        (nominee.pk, nominee.name, "needs_person", after)
    ]
    assert [(row.rule, row.reading, row.changed[0]["after"]) for row in rows] == [
        (RATED, "", after),
        (EITHER, reading, after),
    ]
    assert outcome_of(nominee) == after
    assert (rows[0].paper, str(rows[0].paper)) == (rows[1].paper, "12/HD-SNV")
    assert AuditEntry.objects.filter(code="awards.rules.confirmed").count() == 2


def test_one_rule_of_two_leaves_the_dossier_open(office, nominee):
    assert foreseen(office.unit, {RATED: ""}) == []


def test_decided_and_withdrawn_dossiers_are_not_judged_again(office, nominee):
    Nominee.objects.filter(pk=nominee.pk).update(state="decided")

    assert foreseen(office.unit, {RATED: "", EITHER: ""}) == []


def test_a_province_settles_it_for_its_communes_and_each_is_shown_its_own_dossiers(office, above, nominee):
    chosen = {RATED: "", EITHER: "both"}
    assert foreseen(office.province, chosen) == []  # what a commune has not sent is not the province's to see

    confirm(office.province, actor=above, chosen=chosen, proof=PROOF)

    assert outcome_of(nominee) == "not_eligible"
    address = reverse("awards:confirmations")
    theirs, ours = (signed_in(user).get(address).content.decode() for user in (above, office.officer))
    assert (nominee.name in theirs, nominee.name in ours) == (False, True)
    assert "1 hồ sơ của đơn vị mình thay đổi kết quả" in ours


def test_what_a_unit_above_has_confirmed_is_no_longer_open(office, above):
    confirm(office.province, actor=above, chosen={RATED: ""}, proof=PROOF)

    with pytest.raises(NotOpen):
        confirm(office.unit, actor=office.officer, chosen={RATED: ""}, proof=PROOF)


def test_two_windows_confirm_once(office):
    confirm(office.unit, actor=office.officer, chosen={EITHER: "both"}, proof=PROOF)

    with pytest.raises(NotOpen):
        confirm(office.unit, actor=office.officer, chosen={EITHER: ""}, proof=PROOF)

    assert list(Confirmation.objects.values_list("reading", flat=True)) == ["both"]


@pytest.mark.parametrize(
    ("chosen", "error"),
    [({}, NothingChosen), ({"GK:rating": ""}, NotOpen), ({EITHER: "khong-co"}, NothingChosen)],
)
def test_only_open_rules_and_shipped_readings_are_confirmed(office, chosen, error):
    with pytest.raises(error):
        confirm(office.unit, actor=office.officer, chosen=chosen, proof=PROOF)


@pytest.mark.parametrize(
    ("proof", "field"),
    [
        (Proof(), "number"),
        (Proof("12/HD-SNV"), "date"),
        (Proof("12/HD-SNV", dt.date(2026, 10, 15)), "issuer"),
    ],
)
def test_the_act_names_its_paper(office, proof, field):
    with pytest.raises(UnfitField) as refused:
        confirm(office.unit, actor=office.officer, chosen={RATED: ""}, proof=proof)

    assert (refused.value.field, Confirmation.objects.count()) == (field, 0)


def test_what_was_frozen_follows_until_the_council_has_seen_it(office, nominee):
    subject = nominee.subject
    voted = a_nominee(office.lists["village"], "CSTDCS", subject)
    rows = office.round.nominees.select_related("round", "proposal")
    frozen = {pk: write_judgement(one) for pk, one in judge_nominees(rows).items()}
    for row, state in ((nominee, "ready"), (voted, "passed")):
        Nominee.objects.filter(pk=row.pk).update(state=state, judgement=frozen[row.pk])

    confirm(office.unit, actor=office.officer, chosen={RATED: "", EITHER: ""}, proof=PROOF)

    after = dict(Nominee.objects.values_list("pk", "judgement"))
    assert (after[nominee.pk]["outcome"], after[voted.pk]) == ("eligible", frozen[voted.pk])


def test_a_withdrawn_confirmation_leaves_both_readings_again(office, nominee):
    first, second = confirm(office.unit, actor=office.officer, chosen={RATED: "", EITHER: ""}, proof=PROOF)

    changed = withdraw(second, actor=office.officer, reason="Văn bản bị thu hồi")

    assert [(one.before, one.after) for one in changed] == [("eligible", "needs_person")]
    assert outcome_of(nominee) == "needs_person"
    with pytest.raises(WithdrawnAlready):
        withdraw(second, actor=office.officer, reason="Lần nữa")
    confirm(office.unit, actor=office.officer, chosen={EITHER: "both"}, proof=PROOF)
    assert outcome_of(nominee) == "not_eligible"
    assert first.withdrawn_at is None


# -- The pages -----------------------------------------------------------------------------


def test_readings_stand_side_by_side_then_the_paper_is_named(office, nominee):
    page = signed_in(office.officer)
    listed = page.get(reverse("awards:confirmations")).content.decode()
    assert "Hoàn thành xuất sắc nhiệm vụ và có sáng kiến được công nhận ở cơ sở" in listed
    assert "Như trước: Hoàn thành xuất sắc nhiệm vụ, hoặc có sáng kiến được công nhận ở cơ sở" in listed

    address = f"{reverse('awards:confirm')}?don-vi={office.unit.pk}&{RATED}=cu&{EITHER}=both"
    seen = page.get(address).content.decode()
    refused = page.post(address, {"number": "12/HD-SNV", "date": "", "issuer": "Sở Nội vụ"})
    done = page.post(address, {"number": "12/HD-SNV", "date": "15/10/2026", "issuer": "Sở Nội vụ"}, follow=True)

    assert nominee.name in seen
    assert "chưa đủ điều kiện" in seen
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"date"})
    text = done.content.decode()
    assert "Đã xác nhận áp dụng 2 quy định. 1 hồ sơ đang xét thay đổi kết quả." in text
    assert "Văn bản số 12/HD-SNV ngày 15/10/2026 của Sở Nội vụ" in text


def test_nothing_chosen_leads_back(office):
    answer = signed_in(office.officer).get(reverse("awards:confirm"), follow=True)

    assert "Chọn ít nhất một quy định" in answer.content.decode()


def test_a_member_of_the_council_reads_and_does_not_confirm(office):
    member = signed_in(UserFactory.create(role=Role.COUNCIL_MEMBER, unit=office.unit))

    assert member.get(reverse("awards:confirmations")).status_code == 200
    assert member.get(f"{reverse('awards:confirm')}?{RATED}=cu").status_code == 403


def test_the_scan_of_the_paper_is_read_by_whom_the_rule_holds_for(office, above):
    scan = SimpleUploadedFile(
        "huong-dan.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )
    proof = Proof("12/HD-SNV", dt.date(2026, 10, 15), "Sở Nội vụ", scan)
    [row] = confirm(office.province, actor=above, chosen={RATED: ""}, proof=proof)
    address = reverse("core:file", args=[row.paper.file_id])

    answers = [signed_in(user).get(address) for user in (above, office.officer, an_office().officer)]

    assert [answer.status_code for answer in answers] == [200, 200, 404]
    for answer in answers:
        answer.close()
