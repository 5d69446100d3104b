"""Facts by year, the dossier's words and papers, and who may know of discipline."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.dossiers import fact_services, services
from awards.dossiers.fact_services import CountData, ImpedimentData, RatingData
from awards.dossiers.services import DossierClosed
from awards.models import Consultation, Headcount, Impediment, Initiative, Nominee, Opinion, Rating
from campaigns.results.evidence import Proof
from core.errors import UnfitField
from core.models import AuditEntry
from core.states import EditedMeanwhile
from tests.awards.rows import Office, a_grant, a_nominee, a_subject, an_office
from tests.factories import Role, UnitFactory, UserFactory
from tests.units.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return an_office()


@pytest.fixture
def nominee(office: Office) -> Nominee:
    return a_nominee(office.lists["school"], "GK", a_subject(office.unit), achievement="Dạy giỏi")


def told(code: str) -> list[dict]:
    return list(AuditEntry.objects.filter(code=code).order_by("pk").values_list("changes", flat=True))


def post(user, nominee: Nominee, path: str, **data):
    return signed_in(user).post(f"/khen-thuong/ho-so/{nominee.pk}/{path}/", data)


# -- Ratings, counts, leave -------------------------------------------------------------------


def test_a_rating_is_set_changed_confirmed_and_taken_out(office, nominee):
    subject, actor = nominee.subject, office.officer

    fact_services.set_rating(subject, actor=actor, data=RatingData(2026, "HTT", is_expected=True))
    fact_services.confirm_rating(subject, actor=actor, year=2026, source="Thông báo số 15/TB-UBND")
    confirmed = Rating.objects.values_list("level", "is_expected", "source").get()
    fact_services.set_rating(subject, actor=actor, data=RatingData(2026, ""))

    assert confirmed == ("HTT", False, "Thông báo số 15/TB-UBND")
    assert not Rating.objects.exists()
    assert told("awards.rating.set") == [{"Xếp loại năm 2026": ["", "Hoàn thành tốt nhiệm vụ (dự kiến)"]}]
    assert told("awards.rating.confirmed") == [
        {"Xếp loại năm 2026": ["dự kiến", "chính thức, Thông báo số 15/TB-UBND"]}
    ]
    assert told("awards.rating.removed") == [
        {"Xếp loại năm 2026": ["Hoàn thành tốt nhiệm vụ, Thông báo số 15/TB-UBND", ""]}
    ]


def test_a_rating_that_is_final_is_not_confirmed_twice(office, nominee):
    fact_services.set_rating(nominee.subject, actor=office.officer, data=RatingData(2026, "HTT"))

    with pytest.raises(EditedMeanwhile):
        fact_services.confirm_rating(nominee.subject, actor=office.officer, year=2026, source="15/TB")


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (RatingData(1900, "HTT"), "year"),
        (RatingData(2026, "GIỎI"), "level"),
        (RatingData(2026, "HTT", False, "x" * 301), "source"),
    ],
)
def test_what_cannot_stand_is_told_at_its_field(office, nominee, data, field):
    with pytest.raises(UnfitField) as refused:
        fact_services.set_rating(nominee.subject, actor=office.officer, data=data)

    assert refused.value.field == field


def test_a_collectives_counts_add_up(office):
    school = a_subject(office.unit, "Trường Tiểu học", kind="collective")
    with pytest.raises(UnfitField) as refused:
        fact_services.set_headcount(school, actor=office.officer, data=CountData(2026, total=40, ldtt=41))
    fact_services.set_headcount(school, actor=office.officer, data=CountData(2026, total=40, ldtt=30, completed=40))
    fact_services.set_headcount(school, actor=office.officer, data=CountData(2026, total=40, ldtt=32, completed=40))

    assert (refused.value.field, str(refused.value)) == ("ldtt", "Không thể nhiều hơn 40 người của tập thể.")
    assert Headcount.objects.values_list("total", "ldtt", "completed", "by").get() == (40, 32, 40, office.officer.pk)
    assert told("awards.headcount.set")[-1] == {"Năm 2026, Lao động tiên tiến": [30, 32]}


def test_leave_is_a_year_more_or_less(office, nominee):
    for year, is_on in ((2025, True), (2024, True), (2025, True), (2024, False)):
        fact_services.set_maternity(nominee.subject, actor=office.officer, year=year, is_on=is_on)

    nominee.subject.refresh_from_db()
    assert nominee.subject.maternity_years == [2025]
    assert len(told("awards.subject.changed")) == 3  # the same again is no act


def test_facts_are_edited_on_the_nominees_page_and_kept_when_refused(office, nominee):
    refused = post(office.officer, nominee, "xep-loai", year="1900", level="HTT", source="15/TB")
    saved = post(office.officer, nominee, "xep-loai", year="2026", level="HTT", source="15/TB")

    assert (refused.status_code, saved.status_code) == (422, 302)
    assert Rating.objects.values_list("year", "level", "source").get() == (2026, "HTT", "15/TB")
    assert "15/TB" in signed_in(office.officer).get(f"/khen-thuong/ho-so/{nominee.pk}/").content.decode()


def test_facts_of_before_a_merger_are_read_not_edited(office):
    before = a_subject(UnitFactory.create(parent=office.province), "Lê Văn Tám")
    Rating.objects.create(subject=before, year=2024, level="HTXSNV")
    a_grant(before, "CSTDCS", 2024)
    nominee = a_nominee(office.lists["school"], "GK", a_subject(office.unit, "Lê Văn Tám", continues=before))

    page = signed_in(office.officer).get(f"/khen-thuong/ho-so/{nominee.pk}/").content.decode()

    assert "theo hồ sơ trước khi sáp nhập" in page
    assert 'id="xl-2024"' not in page
    assert 'id="xl-2026"' in page


# -- Discipline -------------------------------------------------------------------------------

CAUTION = ImpedimentData("discipline", "Cảnh cáo", dt.date(2026, 3, 1))


def test_each_look_at_discipline_is_on_record_and_its_words_are_not(office, nominee):
    fact_services.add_impediment(nominee.subject, actor=office.officer, data=CAUTION)
    client = signed_in(office.leader)

    for path in ("", "ky-luat/"):
        page = client.get(f"/khen-thuong/ho-so/{nominee.pk}/{path}")
        assert "Cảnh cáo" in page.content.decode()
    check = client.get(f"/khen-thuong/dot/{office.round.pk}/kiem-tra/")

    assert "Cảnh cáo" in check.content.decode()
    views = AuditEntry.objects.filter(code="awards.impediments.viewed", actor=office.leader)
    assert [one.changes for one in views.order_by("pk")] == [{"Của": ["", nominee.name]}] * 3
    assert not AuditEntry.objects.filter(changes__icontains="Cảnh cáo").exists()


def test_a_clerk_of_the_unit_learns_nothing_of_discipline(office, nominee):
    fact_services.add_impediment(nominee.subject, actor=office.officer, data=CAUTION)
    Rating.objects.create(subject=nominee.subject, year=2026, level="HTT")
    clerk = signed_in(UserFactory.create(role=Role.CLERK, unit=office.unit))

    pages = [
        clerk.get(f"/khen-thuong/{path}/").content.decode()
        for path in (f"ho-so/{nominee.pk}", f"dot/{office.round.pk}/kiem-tra")
    ]

    for page in pages:
        assert nominee.name in page
        assert "Cảnh cáo" not in page
        assert "Không đủ điều kiện" not in page
        assert "ky-luat" not in page
    assert clerk.get(f"/khen-thuong/ho-so/{nominee.pk}/ky-luat/").status_code == 403
    assert not AuditEntry.objects.filter(code="awards.impediments.viewed").exists()


def test_an_impediment_ends_or_was_a_mistake(office, nominee):
    row = fact_services.add_impediment(nominee.subject, actor=office.officer, data=CAUTION)
    with pytest.raises(UnfitField) as refused:
        fact_services.change_impediment(
            row, actor=office.officer, data=ImpedimentData("discipline", "Cảnh cáo", row.start, dt.date(2026, 2, 1))
        )
    fact_services.change_impediment(
        row, actor=office.officer, data=ImpedimentData("discipline", "Khiển trách", row.start, dt.date(2026, 9, 1))
    )
    changed = Impediment.objects.values_list("level", "end").get()
    fact_services.remove_impediment(row, actor=office.officer)

    assert (refused.value.field, changed) == ("end", ("Khiển trách", dt.date(2026, 9, 1)))
    assert not Impediment.objects.exists()


# -- Words, initiatives, papers -----------------------------------------------------------------


def test_words_are_saved_by_their_version(office, nominee):
    services.save_texts(
        nominee, actor=office.officer, version=1, achievement="Dạy giỏi cấp xã", report={"achieved": "99 %"}
    )
    late = Nominee.objects.get(pk=nominee.pk)

    with pytest.raises(EditedMeanwhile):
        services.save_texts(late, actor=office.officer, version=1, achievement="Khác", report={})
    late.refresh_from_db()
    assert (late.achievement, late.report, late.version) == ("Dạy giỏi cấp xã", {"achieved": "99 %"}, 2)


def test_what_was_typed_stays_on_the_page_when_somebody_was_faster(office, nominee):
    services.save_texts(nominee, actor=office.officer, version=1, achievement="Người kia", report={})

    answer = post(office.officer, nominee, "noi-dung", version="1", achievement="Của tôi")

    assert answer.status_code == 409
    assert "Của tôi" in answer.content.decode()


def test_only_initiatives_of_the_subject_can_be_its_basis(office, nominee):
    own = Initiative.objects.create(unit=office.unit, title="Số hóa", year=2026)
    own.authors.add(nominee.subject)
    other = Initiative.objects.create(unit=office.unit, title="Của người khác", year=2026)

    with pytest.raises(UnfitField):
        services.choose_initiatives(nominee, actor=office.officer, initiative_ids=[other.pk])
    services.choose_initiatives(nominee, actor=office.officer, initiative_ids=[own.pk])

    assert list(nominee.initiatives.all()) == [own]
    assert told("awards.nominee.based") == [{"initiatives": [[], ["Số hóa"]]}]


def test_papers_come_and_go_and_the_proof_stays(office, nominee):
    proof = Proof("5/BC-TH", dt.date(2026, 6, 1), "Trường Tiểu học")
    with pytest.raises(UnfitField) as refused:
        services.add_paper(nominee, actor=office.officer, kind="report", proof=Proof())
    paper = services.add_paper(nominee, actor=office.officer, kind="report", proof=proof)
    paper.nominee = nominee
    services.remove_paper(paper, actor=office.officer)

    assert refused.value.field == "file"
    assert not nominee.papers.exists()
    assert told("awards.paper.removed") == [
        {"Báo cáo thành tích": ["Văn bản số 5/BC-TH ngày 01/06/2026 của Trường Tiểu học", ""]}
    ]


@pytest.mark.parametrize("state", ["sent", "decided"])
def test_what_was_sent_or_decided_stands_still(office, nominee, state):
    Nominee.objects.filter(pk=nominee.pk).update(state=state)

    with pytest.raises(DossierClosed):
        services.save_texts(nominee, actor=office.officer, version=1, achievement="Muộn", report={})


# -- The page ------------------------------------------------------------------------------


@pytest.mark.parametrize("many", [1, 12])
def test_the_page_asks_the_same_however_much_is_on_record(office, nominee, many):
    others = [a_nominee(office.lists["village"], "GK", nominee.subject, year=2025) for _ in range(many)]
    for number in range(many):
        idea = Initiative.objects.create(unit=office.unit, title=f"Sáng kiến {number:02}", year=2026)
        idea.authors.add(nominee.subject)
        others[number].initiatives.add(idea)
        a_grant(nominee.subject, "LDTT", 2010 + number)
        proof = Proof(f"{number + 1}/BC-TH", dt.date(2026, 6, 1), "Trường Tiểu học")
        services.add_paper(nominee, actor=office.officer, kind="report", proof=proof)
    client, address = signed_in(office.officer), f"/khen-thuong/ho-so/{nominee.pk}/"
    client.get(address)

    with CaptureQueriesContext(connection) as queries:
        page = client.get(address).content.decode()

    assert [f"Sáng kiến {number:02}" in page for number in range(many)] == [True] * many
    assert page.count("/BC-TH") >= many
    assert len(queries) == 40


@pytest.mark.parametrize("many", [3, 60])
def test_answers_of_a_body_are_read_at_once(office, many):
    asked = Consultation.objects.create(round=office.round, body="Công an xã", about="x", sent_on=dt.date(2026, 11, 1))
    for number in range(many):
        one = a_nominee(office.lists["school"], "GK", a_subject(office.unit, f"Người {number:02}"))
        Opinion.objects.create(consultation=asked, nominee=one)
    client = signed_in(office.officer)

    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/khen-thuong/hiep-y/{asked.pk}/").content.decode()

    assert all(f"Người {number:02}" in page for number in range(many))
    assert len(queries) == 6
