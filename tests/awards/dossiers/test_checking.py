"""The check before sending: each thing that stands in the way, the same queries for many, and «Đã thẩm định»."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.dossiers.appraising import OnHimself, TooLate, appraise, follow_outcome, overrule, reopen
from awards.dossiers.checking import Code, Mark, RoundCheck, check_round
from awards.dossiers.overlaps import overlaps_of
from awards.models import (
    Consultation,
    Correction,
    Headcount,
    Impediment,
    Initiative,
    LocalRule,
    Nominee,
    Opinion,
    Proposal,
    Rating,
    Round,
    Subject,
)
from awards.states import NomineeState
from core.errors import UnfitField
from core.models import AuditEntry
from core.states import MovedMeanwhile
from tests.awards.rows import Office, a_grant, a_nominee, a_person, a_subject, an_office
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


def rated(office: Office, name: str = "Nguyễn Thị Hoa", level: str = "HTT", **more) -> Subject:
    subject = a_subject(office.unit, name, **more)
    Rating.objects.create(subject=subject, year=2026, level=level)
    return subject


def ready(office: Office, award: str = "GK", name: str = "Nguyễn Thị Hoa", **more) -> Nominee:
    """Nothing stands in the way."""
    subject = more.pop("subject", None) or rated(office, name)
    return a_nominee(office.lists["school"], award, subject, achievement="Dạy giỏi", **more)


def checked(office: Office, *, with_impediments: bool = True) -> RoundCheck:
    return check_round(Round.objects.get(pk=office.round.pk), with_impediments=with_impediments)


def issues(office: Office, nominee: Nominee) -> dict[Code, Mark]:
    [row] = [one for one in checked(office).rows if one.nominee.pk == nominee.pk]
    return {one.code: one.mark for one in row.issues}


# -- What it finds -----------------------------------------------------------------------


def test_a_dossier_with_nothing_in_the_way_is_clean():
    office = an_office()
    nominee = ready(office)

    [row] = checked(office).rows

    assert (row.nominee, row.mark, row.issues, row.may_be_ready) == (nominee, Mark.CLEAN, [], True)


def test_each_thing_in_the_way_is_told_once():
    office = an_office()
    nobody = ready(office)
    Nominee.objects.filter(pk=nobody.pk).update(subject=None)
    low = a_nominee(office.lists["school"], "GK", rated(office, "Thấp", "HTNV"), achievement="x")
    unrated = a_nominee(office.lists["school"], "GK", a_subject(office.unit, "Chưa xếp loại"), achievement="x")
    expected = ready(office, name="Dự kiến")
    Rating.objects.filter(subject=expected.subject).update(is_expected=True)
    wordless = a_nominee(office.lists["school"], "GK", rated(office, "Không lời"))
    wrong = ready(office, "TTLDTT", "Một người")
    open_rule = ready(office, "LDTT", "Quy định mở", received_on=dt.date(2026, 11, 1))
    corrected = ready(office, name="Chờ sửa")
    Correction.objects.create(nominee=corrected, field="birth_year", reason="Thiếu năm sinh")

    found = {row.nominee.name: {one.code: one.mark for one in row.issues} for row in checked(office).rows}

    assert found[nobody.name] == {Code.SUBJECT: Mark.RED}
    assert found[low.name] == {Code.CONDITION: Mark.RED}
    assert found[unrated.name] == {Code.RATING: Mark.AMBER}
    assert found[expected.name] == {Code.EXPECTED: Mark.AMBER}
    assert found[wordless.name] == {Code.PAPERS: Mark.AMBER}
    assert found[wrong.name][Code.COMPETENCE] is Mark.RED
    assert found[open_rule.name] == {Code.OPEN_RULE: Mark.AMBER, Code.PAPERS: Mark.AMBER}
    assert found[corrected.name] == {Code.CORRECTION: Mark.RED}


def test_who_is_asked_twice_in_one_round_is_red_and_elsewhere_amber():
    office = an_office()
    subject = rated(office)
    first = a_nominee(office.lists["school"], "GK", subject, achievement="x")
    second = a_nominee(office.lists["village"], "GK", subject, achievement="x")
    other = Round.objects.create(unit=office.unit, name="Đợt đột xuất", year=2026)
    elsewhere = rated(office, "Trần Văn Nam")
    third = a_nominee(office.lists["school"], "GK", elsewhere, achievement="x")
    own = Proposal.objects.create(round=other, day=dt.date(2026, 8, 1))
    a_nominee(own, "GK", elsewhere)

    assert issues(office, first) == issues(office, second) == {Code.DOUBLE: Mark.RED}
    assert issues(office, third) == {Code.OVERLAP: Mark.AMBER}


def test_answers_of_other_bodies_count():
    office = an_office()
    waiting, clear, objected = (ready(office, name=name) for name in ("Chờ", "Xong", "Bị phản đối"))
    asked = Consultation.objects.create(round=office.round, body="Công an xã", about="x", sent_on=dt.date(2026, 11, 1))
    for nominee, said in ((waiting, ""), (clear, "clear"), (objected, "objects")):
        Opinion.objects.create(consultation=asked, nominee=nominee, says=said, note="Vi phạm" if said else "")

    assert issues(office, waiting) == {Code.WAITING: Mark.AMBER}
    assert issues(office, clear) == {}
    assert issues(office, objected) == {Code.OBJECTION: Mark.RED}


def test_an_award_of_the_superior_needs_the_day_for_the_superior():
    office = an_office()
    nominee = a_nominee(
        office.lists["school"], "BKT", a_subject(office.unit), path="movement", report={"achieved": "Đi đầu"}
    )
    without = issues(office, nominee)
    Round.objects.filter(pk=office.round.pk).update(superior_due=dt.date(2026, 12, 10))

    assert without == {Code.COMPETENCE: Mark.AMBER, Code.PERSON: Mark.AMBER}
    assert issues(office, nominee) == {Code.PERSON: Mark.AMBER}


def test_before_july_2025_the_district_decided_what_the_commune_does_now(time_machine):
    time_machine.move_to("2026-09-20T09:00:00+07:00")
    office = an_office()
    nominee = a_nominee(office.lists["school"], "CSTDCS", rated(office, level="HTXSNV"), report={"achieved": "x"})

    assert issues(office, nominee) == {}
    time_machine.move_to("2025-06-30T09:00:00+07:00")
    assert issues(office, nominee) == {Code.COMPETENCE: Mark.AMBER}


def test_a_quota_is_measured_whole_and_by_list():
    office = an_office()
    LocalRule.objects.create(
        unit=office.province,
        award="CSTDCS",
        source="Quyết định số 86/2025/QĐ-UBND",
        quota_percent=15,
        quota_of="LDTT",
        quota_direct_percent=50,
    )
    for number in range(10):
        ready(office, "LDTT", f"Người {number}", report={"achieved": "x"})
    leaders = [
        ready(office, "CSTDCS", f"Giỏi {number}", level=level, report={"achieved": "x"})
        for number, level in enumerate(["leader", "direct"])
    ]
    Rating.objects.filter(subject__in=[one.subject_id for one in leaders]).update(level="HTXSNV")

    found = checked(office)

    assert [(one.where, one.words) for one in found.meters] == [
        ("Toàn đợt", "đã 20/15 % – quá 1 suất"),
        ("Trường Tiểu học số 1", "đã 20/15 % – quá 1 suất"),
    ]
    assert found.meters[0].direct_words == "1 người trực tiếp, 1 lãnh đạo; người trực tiếp cần ít nhất 50 %"
    assert issues(office, leaders[0]) == {Code.QUOTA: Mark.AMBER}


def test_a_quota_of_people_is_of_the_collectives_counts():
    office = an_office()
    LocalRule.objects.create(unit=office.unit, award="GK", source="Quy chế", quota_percent=5, quota_of="people")
    school = a_subject(office.unit, "Trường", kind="collective", part=office.school)
    Headcount.objects.create(subject=school, year=2026, total=40)
    ready(office)
    a_nominee(office.lists["village"], "GK", rated(office, "Người thôn"), achievement="x")

    assert [(one.where, one.base, one.allowed) for one in checked(office).meters] == [
        ("Toàn đợt", 40, 2),
        ("Thôn Đông", None, None),
        ("Trường Tiểu học số 1", 40, 2),
    ]


def test_nobody_has_a_quota_unless_a_rule_says_so():
    office = an_office()
    ready(office)

    assert checked(office).meters == []


def test_who_may_not_know_of_discipline_is_not_told():
    office = an_office()
    nominee = ready(office)
    Impediment.objects.create(subject=nominee.subject, kind="discipline", level="Cảnh cáo", start=dt.date(2026, 3, 1))

    [seen], [unseen] = checked(office).rows, checked(office, with_impediments=False).rows

    assert "Cảnh cáo" in " ".join(one.words for one in seen.issues)
    assert unseen.issues == []
    assert unseen.judged is not None
    assert [one.because for one in unseen.judged.checks if one.code in ("discipline", "open_case")] == [
        "Chỉ người thẩm định, thành viên Hội đồng và lãnh đạo được xem mục này."
    ] * 2


@pytest.mark.parametrize("many", [3, 60])
def test_queries_do_not_grow_with_the_nominees(many):
    office = an_office()
    LocalRule.objects.create(unit=office.province, award="GK", source="QĐ 86", quota_percent=15, quota_of="people")
    for number in range(many):
        nominee = ready(office, name=f"Người {number}")
        a_grant(nominee.subject, "LDTT", 2025)
        Opinion.objects.create(
            consultation=Consultation.objects.get_or_create(
                round=office.round, body="Công an xã", about="x", sent_on=dt.date(2026, 11, 1)
            )[0],
            nominee=nominee,
        )

    with CaptureQueriesContext(connection) as queries:
        found = checked(office)

    assert len(found.rows) == many
    assert len(queries) == 31


# -- Overlaps across rows --------------------------------------------------------------------

STORY = "Vận động 45 hộ hiến 1.200 m2 đất mở rộng đường trục thôn, hoàn thành trước hạn hai tháng"


def words(nominee: Nominee) -> list[str]:
    row = Nominee.objects.select_related("round").get(pk=nominee.pk)
    return [one.words for one in overlaps_of([row]).get(nominee.pk, [])]


def test_the_register_before_a_merger_is_looked_at():
    office = an_office()
    before = a_subject(UnitFactory.create(parent=office.province), "Lê Văn Tám")
    now = a_subject(office.unit, "Lê Văn Tám", continues=before)
    grant = a_grant(before, "GK", 2026, achievement=STORY)
    nominee = a_nominee(office.lists["school"], "GK", now, achievement=STORY)

    assert words(nominee) == [f"Lê Văn Tám đã được Giấy khen năm 2026 ({grant.decision})."]


def test_a_list_sent_to_the_superior_is_another_channel_but_its_own_copy_is_not():
    office = an_office()
    nominee = a_nominee(office.lists["school"], "BKT", a_subject(office.unit, birth_year=1985), birth_year=1985)
    above = Round.objects.create(unit=office.province, name="Xét của tỉnh", year=2026)
    sent = Proposal.objects.create(round=above, lower=office.unit, day=dt.date(2026, 11, 1))
    copy = a_nominee(
        sent, "BKT", a_subject(office.province, birth_year=1985), name=nominee.name, birth_year=1985, origin=nominee
    )
    as_copy = words(nominee)
    Nominee.objects.filter(pk=copy.pk).update(origin=None)

    assert as_copy == []
    assert words(nominee) == [
        "Có thể là cùng người. Nguyễn Thị Hoa cũng được đề nghị Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh năm 2026"
        " tại đợt «Xét của tỉnh» của cấp trên."
    ]


def test_two_people_of_one_name_are_kept_apart_without_a_year():
    office = an_office()
    nominee, _ = ready(office), ready(office)

    assert words(nominee) == []


def test_an_initiative_that_serves_a_co_author_is_told():
    office = an_office()
    first, second = ready(office), ready(office, name="Trần Văn Nam")
    shared = Initiative.objects.create(unit=office.unit, title="Số hóa hồ sơ", year=2026, is_recognised=True)
    for nominee in (first, second):
        nominee.initiatives.add(shared)

    assert words(first) == [
        "Sáng kiến «Số hóa hồ sơ» cũng là căn cứ cho Giấy khen năm 2026 của Trần Văn Nam (đợt này)."
    ] or words(first) == [
        f"Sáng kiến «Số hóa hồ sơ» cũng là căn cứ cho Giấy khen năm 2026 của Trần Văn Nam (đợt «{office.round}»)."
    ]


# -- Đã thẩm định ------------------------------------------------------------------------


def test_a_group_becomes_ready_with_its_judgement_frozen_and_the_rest_is_told_why():
    office = an_office()
    good, bad = ready(office), a_nominee(office.lists["school"], "GK", rated(office, "Thấp", "HTNV"), achievement="x")

    found = appraise(office.round, actor=office.officer, nominee_ids=[good.pk, bad.pk])

    assert ([one.pk for one in found.done], [(one.pk, why) for one, why in found.left]) == (
        [good.pk],
        [
            (
                bad.pk,
                "Năm 2026 xếp loại hoàn thành nhiệm vụ; cần từ mức hoàn thành tốt nhiệm vụ trở lên.",
            )
        ],
    )
    good.refresh_from_db()
    assert (good.state, good.judgement["outcome"]) == (NomineeState.READY, "eligible")
    Rating.objects.filter(subject=good.subject).update(level="KHTNV")  # what comes later changes no frozen judgement
    [row] = [one for one in checked(office).rows if one.nominee.pk == good.pk]
    assert (row.outcome_words, [one.code for one in row.issues]) == ("Đủ điều kiện", [Code.CHANGED])


def test_another_rounds_nominee_is_not_touched():
    office, other = an_office(), an_office()
    stranger = ready(other)

    found = appraise(office.round, actor=office.officer, nominee_ids=[stranger.pk])

    assert (found.done, found.left) == ([], [])
    stranger.refresh_from_db()
    assert stranger.state == NomineeState.PROPOSED


def test_a_person_proposes_all_the_same_with_a_reason():
    office = an_office()
    bad = a_nominee(office.lists["school"], "GK", rated(office, "Thấp", "HTNV"), achievement="x")

    with pytest.raises(UnfitField) as refused:
        overrule(bad, actor=office.officer, choice="kept", reason=" ")
    assert refused.value.field == "reason"
    overrule(bad, actor=office.officer, choice="kept", reason="Cứu người trong lũ, xếp loại lập trước khi có việc này")

    assert [one.pk for one in appraise(office.round, actor=office.officer, nominee_ids=[bad.pk]).done] == [bad.pk]
    bad.refresh_from_db()
    assert (bad.overruled, bad.overruled_by, bad.judgement["outcome"]) == ("kept", office.officer, "not_eligible")
    assert AuditEntry.objects.filter(code="awards.nominee.kept", subject_id=bad.pk).count() == 1


def test_who_is_left_out_comes_back_when_the_decision_is_taken_back():
    office = an_office()
    nominee = ready(office)

    overrule(nominee, actor=office.officer, choice="left_out", reason="Đã chuyển công tác")
    left_out = Nominee.objects.get(pk=nominee.pk)
    follow_outcome(left_out, actor=office.officer)

    assert (left_out.overruled, nominee.state, nominee.reason) == ("", "withdrawn", "Đã chuyển công tác")
    back = Nominee.objects.get(pk=nominee.pk)
    assert (back.state, back.overruled, back.overruled_reason, back.reason) == ("proposed", "", "", "")


def test_nobody_decides_on_himself():
    office = an_office()
    office.officer.person = a_person(office, "Lò Văn Thắng")
    office.officer.save()
    own = ready(office, name="Lò Văn Thắng", subject=rated(office, "Lò Văn Thắng", person=office.officer.person))

    with pytest.raises(OnHimself):
        overrule(own, actor=office.officer, choice="kept", reason="Tự xét")
    found = appraise(office.round, actor=office.officer, nominee_ids=[own.pk])

    assert [why for _, why in found.left] == [str(OnHimself())]
    assert Nominee.objects.get(pk=own.pk).state == NomineeState.PROPOSED


def test_what_has_passed_the_council_is_decided_no_more():
    office = an_office()
    nominee = ready(office, state="passed")

    with pytest.raises(TooLate):
        overrule(nominee, actor=office.officer, choice="kept", reason="Muộn")


def test_of_two_who_decide_at_once_one_wins():
    office = an_office()
    nominee = ready(office)
    same = Nominee.objects.get(pk=nominee.pk)

    overrule(nominee, actor=office.officer, choice="kept", reason="Thứ nhất")

    with pytest.raises(MovedMeanwhile):
        overrule(same, actor=office.officer, choice="kept", reason="Thứ hai")


def test_an_appraised_dossier_may_be_looked_at_again():
    office = an_office()
    nominee = ready(office)
    [done] = appraise(office.round, actor=office.officer, nominee_ids=[nominee.pk]).done

    reopen(done, actor=office.officer)

    assert Nominee.objects.values_list("state", "judgement").get(pk=nominee.pk) == ("proposed", None)
