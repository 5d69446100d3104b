"""What goes back, what other bodies are asked, initiatives, and what falls due out of rounds."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.deadlines import ANSWERS, LISTS, SUPERIOR, collect
from awards.dossiers import consulting, correcting, initiative_services
from awards.dossiers.consulting import Answered, Asked, Said, stamp
from awards.dossiers.correcting import AskedAlready
from awards.dossiers.initiative_services import InitiativeData, UsedAlready
from awards.models import (
    Consultation,
    Correction,
    Impediment,
    Initiative,
    LocalRule,
    Nominee,
    Opinion,
    Proposal,
    Round,
    Subject,
)
from campaigns.results.evidence import Proof
from core.errors import UnfitField
from core.states import EditedMeanwhile
from reminders.deadlines import Scope
from tests.awards.rows import Office, a_nominee, a_subject, an_office
from tests.factories import Role, UnitFactory, UserFactory
from tests.units.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-20T09:00:00+07:00")  # a Friday


@pytest.fixture
def office() -> Office:
    return an_office()


@pytest.fixture
def nominee(office: Office) -> Nominee:
    return a_nominee(office.lists["school"], "GK", a_subject(office.unit, birth_year=1985), birth_year=1985)


# -- One faulty field --------------------------------------------------------------------------


def test_one_field_goes_back_and_its_answer_changes_only_that(office, nominee):
    asked = correcting.ask(nominee, actor=office.officer, field="birth_year", reason="Khác hồ sơ năm trước")
    while_open = nominee.state
    correcting.answer(asked, actor=office.officer, value="1984")

    nominee.refresh_from_db()
    asked.refresh_from_db()
    assert (while_open, nominee.state, nominee.birth_year, nominee.name) == (
        "correcting",
        "proposed",
        1984,
        "Nguyễn Thị Hoa",
    )
    assert (asked.was, asked.now, asked.answered_by) == ("1985", "1984", office.officer)


def test_a_dossier_waits_until_the_last_field_is_answered(office, nominee):
    first = correcting.ask(nominee, actor=office.officer, field="post", reason="Ghi đủ chức vụ")
    second = correcting.ask(nominee, actor=office.officer, field="rating", reason="Thiếu văn bản xếp loại")

    correcting.answer(first, actor=office.officer, value="Giáo viên")
    after_first = Nominee.objects.get(pk=nominee.pk).state
    correcting.answer(second, actor=office.officer, value="Đã bổ sung Thông báo số 15/TB-UBND")

    assert (after_first, Nominee.objects.get(pk=nominee.pk).state) == ("correcting", "proposed")


def test_a_field_is_asked_for_once_at_a_time_and_answered_once(office, nominee):
    asked = correcting.ask(nominee, actor=office.officer, field="post", reason="Ghi đủ")
    with pytest.raises(AskedAlready):
        correcting.ask(nominee, actor=office.officer, field="post", reason="Lần nữa")
    correcting.answer(asked, actor=office.officer, value="Giáo viên")

    with pytest.raises(EditedMeanwhile):
        correcting.answer(asked, actor=office.officer, value="Hiệu trưởng")
    assert Nominee.objects.get(pk=nominee.pk).post == "Giáo viên"


@pytest.mark.parametrize(
    ("field", "value"),
    [("birth_year", "19"), ("birth_date", "31/2/1985"), ("level", "sếp"), ("name", " "), ("award", "HUYCHUONG")],
)
def test_an_answer_that_cannot_stand_is_refused(office, nominee, field, value):
    asked = correcting.ask(nominee, actor=office.officer, field=field, reason="Xem lại")

    with pytest.raises(UnfitField) as refused:
        correcting.answer(asked, actor=office.officer, value=value)
    assert refused.value.field == "value"
    assert Correction.objects.get().answered_at is None


def test_the_sender_below_answers_on_the_page_and_sees_nothing_else_of_the_round(office):
    above = Round.objects.create(unit=office.province, name="Xét của tỉnh", year=2026)
    sent = Proposal.objects.create(round=above, lower=office.unit, day=dt.date(2026, 11, 1))
    theirs = a_nominee(sent, "BKT", a_subject(office.province), achievement="Đi đầu")
    reviewer = UserFactory.create(role=Role.REVIEWER, unit=office.province)
    asked = correcting.ask(theirs, actor=reviewer, field="achievement", reason="Nêu số liệu")
    body = Consultation.objects.create(round=above, body="Công an tỉnh", about="x", sent_on=dt.date(2026, 11, 1))
    Opinion.objects.create(consultation=body, nominee=theirs, says="objects", note="Vi phạm")
    sender = signed_in(office.officer)

    page = sender.get(f"/khen-thuong/ho-so/{theirs.pk}/").content.decode()
    answered = sender.post(f"/khen-thuong/ho-so/{theirs.pk}/tra-lai/{asked.pk}/", {"value": "Hiến 1.200 m2 đất"})

    assert "Nêu số liệu" in page
    for hidden in ("Công an tỉnh", "Vi phạm", "Lịch sử", "Xét của tỉnh", "Quyết định khác"):
        assert hidden not in page, hidden
    assert answered.status_code == 302
    assert Nominee.objects.get(pk=theirs.pk).achievement == "Hiến 1.200 m2 đất"
    assert sender.get(f"/khen-thuong/ho-so/{theirs.pk}/tra-lai/").status_code == 403
    assert sender.get(f"/khen-thuong/dot/{above.pk}/kiem-tra/").status_code == 404


# -- Hiệp y --------------------------------------------------------------------------------


def asked_of(office: Office, *nominees: Nominee, body: str = "Công an xã", days: int = 5) -> Consultation:
    question = Asked(body, "chấp hành pháp luật", dt.date(2026, 11, 20), days, [one.pk for one in nominees])
    return consulting.consult(office.round, actor=office.officer, asked=question)


def test_one_list_to_one_body_is_due_after_so_many_working_days(office, nominee):
    row = asked_of(office, nominee)

    assert row.due == dt.date(2026, 11, 30)  # between lie two weekends and Vietnam Culture Day, 24 November
    assert [(one.nominee_id, one.says) for one in row.opinions.all()] == [(nominee.pk, "")]


def test_a_stranger_among_the_chosen_is_left_out_and_nobody_is_refused(office, nominee):
    stranger = a_nominee(an_office().lists["school"])

    row = asked_of(office, nominee, stranger)

    assert [one.nominee_id for one in row.opinions.all()] == [nominee.pk]
    with pytest.raises(UnfitField) as refused:
        asked_of(office, stranger)
    assert refused.value.field == "nominees"


def answer(office: Office, row: Consultation, says: str, note: str = "", was: str | None = None) -> int:
    [opinion] = row.opinions.all()
    return consulting.record_answers(
        row,
        actor=office.officer,
        said={opinion.pk: Said(says, note)},
        was={} if was is None else {opinion.pk: was},
        day=dt.date(2026, 11, 20),
        proof=Proof(),
    )


def test_an_objection_needs_its_reason_and_all_answers_make_it_answered(office, nominee):
    row = asked_of(office, nominee)
    with pytest.raises(UnfitField) as refused:
        answer(office, row, "objects")
    count = answer(office, row, "objects", "Vi phạm nồng độ cồn")

    [opinion] = row.opinions.all()
    assert (refused.value.field, str(refused.value)) == (
        f"note-{opinion.pk}",
        "Nguyễn Thị Hoa: ghi vì sao không thống nhất.",
    )
    assert (count, opinion.says, opinion.note, row.answered_on) == (
        1,
        "objects",
        "Vi phạm nồng độ cồn",
        dt.date(2026, 11, 20),
    )
    with pytest.raises(Answered):
        consulting.remove(row, actor=office.officer)


def test_an_answer_over_somebody_elses_is_refused(office, nominee):
    row = asked_of(office, nominee)
    shown = stamp(row.opinions.get())
    answer(office, row, "clear")

    with pytest.raises(EditedMeanwhile):
        answer(office, row, "objects", "Vi phạm", was=shown)


def test_a_pasted_table_is_shown_then_taken(office, nominee):
    other = a_nominee(office.lists["school"], "GK", a_subject(office.unit, "Trần Văn Nam"))
    row = asked_of(office, nominee, other)
    client, address = signed_in(office.officer), f"/khen-thuong/hiep-y/{row.pk}/dan/"
    text = "Họ và tên\tÝ kiến\tGhi chú\nNguyễn Thị Hoa\tThống nhất\t\nTrần Văn Nan\tKhông thống nhất\tVi phạm"

    shown = client.post(address, {"text": text})
    untouched = set(row.opinions.values_list("says", flat=True))
    answers = {"text": text, "viec": "lay", "answered_on": "20/11/2026", "ai-2": nominee.pk, "noi-2": "clear"}
    refused = client.post(address, answers | {"ai-3": other.pk, "noi-3": ""})
    taken = client.post(address, answers | {"ai-3": other.pk, "noi-3": "objects"})

    assert (shown.status_code, untouched) == (200, {""})
    assert "Không có Trần Văn Nan trong danh sách hỏi." in shown.content.decode()
    assert (refused.status_code, taken.status_code) == (422, 302)
    assert list(row.opinions.order_by("nominee").values_list("says", "note")) == [
        ("clear", ""),
        ("objects", "Vi phạm"),
    ]


def test_an_objection_is_taken_over_as_an_open_case(office, nominee):
    row = asked_of(office, nominee)
    answer(office, row, "objects", "Đang xác minh đơn tố cáo")
    opinion = row.opinions.get()
    address = f"/khen-thuong/ho-so/{nominee.pk}/ky-luat/"

    form = signed_in(office.officer).get(f"{address}?y-kien={opinion.pk}").context["form"]
    signed_in(office.officer).post(address, {**form.initial, "start": "20/11/2026"})

    assert Impediment.objects.values_list("kind", "level", "start", "source").get() == (
        "case",
        "Đang xác minh đơn tố cáo",
        dt.date(2026, 11, 20),
        "Công an xã, ý kiến hiệp y ngày 20/11/2026",
    )


# -- Initiatives ---------------------------------------------------------------------------


def idea(authors: str, **more) -> InitiativeData:
    return InitiativeData(**({"title": "Số hóa hồ sơ", "year": 2026, "authors": authors} | more))


def test_authors_are_known_again_and_the_unsure_is_asked(office):
    hoa = a_subject(office.unit, birth_year=1985)
    a_subject(office.unit, "Trần Văn Nam", birth_year=1970)
    nam = a_subject(office.unit, "Trần Văn Nam", birth_year=1990)

    saved = initiative_services.add_initiative(
        office.unit, actor=office.officer, data=idea("nguyễn thị hoa\nTrần Văn Nam, 1990\nLê Văn Tám, 1988")
    )

    tam = Subject.objects.get(name="Lê Văn Tám")
    assert set(saved.row.authors.all()) == {hoa, nam, tam}
    assert (saved.new_people, tam.birth_year, tam.kind) == (["Lê Văn Tám"], 1988, "person")


@pytest.mark.parametrize(
    ("authors", "message"),
    [
        ("Trần Văn Nam", "Có 2 người tên Trần Văn Nam: ghi thêm năm sinh, ví dụ Trần Văn Nam, 1985."),
        (
            "Lê Văn Tám",
            "Chưa có Lê Văn Tám trong danh sách đối tượng: ghi thêm năm sinh để thêm người này,"
            " ví dụ Lê Văn Tám, 1985.",
        ),
        (" \n", "Ghi ít nhất một tác giả, mỗi người một dòng."),
    ],
)
def test_an_author_nobody_can_tell_is_refused(office, authors, message):
    for year in (1970, 1990):
        a_subject(office.unit, "Trần Văn Nam", birth_year=year)

    with pytest.raises(UnfitField) as refused:
        initiative_services.add_initiative(office.unit, actor=office.officer, data=idea(authors))

    assert (refused.value.field, str(refused.value)) == ("authors", message)
    assert not Initiative.objects.exists()


def test_recognition_names_its_decision(office):
    a_subject(office.unit)

    with pytest.raises(UnfitField) as refused:
        initiative_services.add_initiative(
            office.unit, actor=office.officer, data=idea("Nguyễn Thị Hoa", is_recognised=True)
        )

    assert refused.value.field == "recognised_by"


def test_one_that_serves_a_dossier_is_not_removed(office, nominee):
    row = Initiative.objects.create(unit=office.unit, title="Số hóa", year=2026)
    nominee.initiatives.add(row)

    with pytest.raises(UsedAlready):
        initiative_services.remove_initiative(row, actor=office.officer)


@pytest.mark.parametrize("many", [3, 300])
def test_the_list_of_initiatives_asks_the_same_however_long_it_is(office, many):
    subject = a_subject(office.unit)
    for number in range(many):
        Initiative.objects.create(unit=office.unit, title=f"Sáng kiến {number:03}", year=2026).authors.add(subject)
    client = signed_in(office.officer)
    client.get("/khen-thuong/sang-kien/")

    with CaptureQueriesContext(connection) as queries:
        page = client.get("/khen-thuong/sang-kien/")

    assert page.content.decode().count("Sáng kiến 0") >= 3
    assert len(queries) == 8


def test_the_list_is_searched_by_author_and_shows_what_was_used(office, nominee):
    found = Initiative.objects.create(unit=office.unit, title="Số hóa", year=2026, used_for="CSTDT")
    found.authors.add(nominee.subject)
    nominee.initiatives.add(found)
    Initiative.objects.create(unit=office.unit, title="Thu gom rác", year=2026)
    Initiative.objects.create(unit=UnitFactory.create(), title="Số hóa của xã khác", year=2026)

    page = signed_in(office.officer).get("/khen-thuong/sang-kien/?q=thi+hoa&dung=da-dung")

    assert [(row.title, uses) for row, uses in page.context["rows"]] == [
        (
            "Số hóa",
            ["Chiến sĩ thi đua cấp tỉnh (ngoài chương trình)", "Giấy khen năm 2026, Nguyễn Thị Hoa"],
        )
    ]


def test_the_list_goes_into_a_sheet(office):
    Initiative.objects.create(unit=office.unit, title="Số hóa", year=2026).authors.add(a_subject(office.unit))

    answer = signed_in(office.officer).get("/khen-thuong/sang-kien/xuat-excel/")

    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"


# -- Deadlines -----------------------------------------------------------------------------


def due(office: Office) -> list[tuple[str, dt.date, str]]:
    scope = Scope(units=[office.unit.pk])
    return [(one.kind, one.due, one.what) for one in collect(scope)]


def test_lists_and_the_superior_have_their_day(office, nominee):
    Round.objects.filter(pk=office.round.pk).update(due=dt.date(2026, 11, 25), superior_due=dt.date(2026, 12, 8))

    assert due(office) == [
        (LISTS, dt.date(2026, 11, 25), "Tiếp nhận danh sách đề nghị khen thưởng; 2 nơi đã gửi, chưa tiếp nhận"),
        (SUPERIOR, dt.date(2026, 12, 8), "Gửi hồ sơ khen thưởng lên cấp trên"),
    ]
    Nominee.objects.update(state="sent")
    Round.objects.update(state="deciding")
    assert due(office) == []


@pytest.mark.parametrize(
    ("cycle", "expected"),
    [("year", dt.date(2026, 12, 10)), ("school_year", dt.date(2026, 7, 10))],
)
def test_a_round_without_a_day_of_its_own_follows_the_provinces_rule(office, time_machine, cycle, expected):
    time_machine.move_to("2026-06-20T09:00:00+07:00")
    Round.objects.filter(pk=office.round.pk).update(cycle=cycle)
    a_nominee(office.lists["school"], "LDTT")
    a_nominee(office.lists["school"], "GK", a_subject(office.unit, "Khác"))
    for award, month, only in (("LDTT", 12, "year"), ("GK", 7, "school_year")):
        LocalRule.objects.create(
            unit=office.province, award=award, source="QĐ 86/2025", due_month=month, due_day=10, cycle=only
        )

    [(kind, day, what)] = due(office)

    assert (kind, day) == (SUPERIOR, expected)
    assert "theo QĐ 86/2025" in what


def test_a_body_that_does_not_answer_is_told_until_it_does(office, nominee):
    row = asked_of(office, nominee)

    assert due(office) == [(ANSWERS, dt.date(2026, 11, 30), "Hiệp y: Công an xã trả lời về 1 đối tượng")]
    answer(office, row, "clear")
    assert due(office) == []


@pytest.mark.parametrize("many", [1, 12])
def test_deadlines_are_read_at_once(office, many):
    for number in range(many):
        one = Round.objects.create(unit=office.unit, name=f"Đợt {number}", year=2026, due=dt.date(2026, 12, 1))
        a_nominee(Proposal.objects.create(round=one, day=dt.date(2026, 11, 1)), "LDTT", a_subject(office.unit))
    LocalRule.objects.create(unit=office.unit, award="LDTT", source="Quy chế", due_month=12, due_day=5)

    with CaptureQueriesContext(connection) as queries:
        found = list(collect(Scope(units=[office.unit.pk])))

    assert len(found) == 2 * many
    assert len(queries) == 4
