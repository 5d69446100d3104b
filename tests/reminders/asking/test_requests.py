"""A request: made, sent out, changed, closed; who is missing is a deadline of its follower."""

from __future__ import annotations

import datetime as dt

import pytest

from core import audit
from core.errors import UnfitField
from core.models import AuditEntry
from core.states import EditedMeanwhile, MovedMeanwhile, MoveRefused
from reminders.asking import hooks, links, services
from reminders.asking.deadlines import KIND, collect
from reminders.asking.links import LinkRefused
from reminders.asking.values import AnswerData
from reminders.deadlines import Deadline, Scope, page_url, record_url
from reminders.models import Answer, Ask, Request
from tests.factories import PartFactory
from tests.reminders.asking.office import COLUMNS, DUE, TITLE, ask_of, codes, state_of
from tests.reminders.sending.rows import TUESDAY

pytestmark = pytest.mark.django_db


def deadlines(**scope) -> list[Deadline]:
    return list(collect(Scope(**scope)))


# -- Making and sending out --------------------------------------------------------------------


def test_a_new_request_is_a_draft_that_asks_nobody_yet(office):
    request = office.draft(columns=("Họ và tên ", "", " Năm sinh"), body="  Theo mẫu 01.\r\n")

    assert (request.state, request.title, request.body, request.due) == ("draft", TITLE, "Theo mẫu 01.", DUE)
    assert request.columns == ["Họ và tên", "Năm sinh"]
    assert [str(ask) for ask in request.asks.all()] == [part.name for part in office.parts]
    assert set(request.asks.values_list("token_hash", "expires_at")) == {(None, None)}
    assert codes(request) == ["reminders.request.made"]
    assert deadlines() == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "a" * 301}, "title"),
        ({"parts": []}, "parts"),
        ({"due": dt.date(2062, 1, 1)}, "due"),
        ({"columns": ("Họ và tên", "họ và  TÊN")}, "columns"),
        ({"columns": tuple(f"Cột {n}" for n in range(13))}, "columns"),
        ({"body": "a" * 5001}, "body"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(office, values, field):
    with pytest.raises(UnfitField) as refused:
        office.draft(**values)

    assert (refused.value.field, Request.objects.count()) == (field, 0)


def test_only_ones_own_places_and_people_can_be_named(office):
    theirs = PartFactory(unit=office.desk.away)

    for values, field in (({"parts": [theirs]}, "parts"), ({"follower": office.desk.cuong.person}, "follower")):
        with pytest.raises(UnfitField) as refused:
            office.draft(**values)
        assert refused.value.field == field


def test_sent_out_each_place_has_a_link_of_its_own_until_two_weeks_after_the_day(office, monkeypatch):
    told = []
    monkeypatch.setattr(hooks, "_hooks", [lambda request, actor: told.append((request, actor))])
    request = office.asked()

    services.send_out(request, actor=office.an)  # a second click

    asks = list(request.asks.all())
    assert len({ask.token_hash for ask in asks} - {None}) == 4
    assert {f"{ask.expires_at:%Y-%m-%dT%H:%M%z}" for ask in asks} == {"2026-12-04T16:59+0000"}
    assert told == [(request, office.an)]
    assert codes(request) == ["reminders.request.made", "reminders.request.asked"]


def test_of_what_is_late_already_links_live_two_weeks_from_today(office):
    request = office.asked(due=TUESDAY - dt.timedelta(days=30))

    assert ask_of(request).expires_at.date() == TUESDAY + dt.timedelta(days=14)


def test_the_database_opens_nothing_by_itself(office):
    ask = ask_of(office.asked())
    token = path_token(ask)

    kept = {str(value) for value in Ask.objects.filter(pk=ask.pk).values()[0].values()}
    told = str(list(AuditEntry.objects.values_list("changes", "subject_label")))

    assert len(token) == 32  # 128 bits in hexadecimal digits
    assert not any(token in value for value in kept)
    assert token not in told


def path_token(ask: Ask) -> str:
    return links.address_of(ask).rstrip("/").split("/")[-1]


# -- Changing ----------------------------------------------------------------------------------


def test_places_come_and_go_and_the_day_moves_with_the_links(office):
    request = office.asked()
    new = PartFactory(unit=office.desk.unit, name="Thôn Bắc")
    data = office.data(parts=[*office.parts[1:], new], due=dt.date(2026, 11, 27), title="Danh sách mới")

    services.change_request(request, actor=office.an, version=request.version, data=data)

    request.refresh_from_db()
    assert (request.title, request.due, request.search) == ("Danh sách mới", data.due, "danh sach moi")
    assert state_of(request) == dict.fromkeys(
        ["Thôn Bắc", "Thôn Tây", "Thôn Nam", "Trường Tiểu học Mai Khê"], "Chưa gửi"
    )
    assert {ask.expires_at.date() for ask in request.asks.all()} == {dt.date(2026, 12, 11)}
    assert links.is_open(ask_of(request, "Thôn Bắc"))
    last = AuditEntry.objects.get(code="reminders.request.changed")
    assert last.changes == {
        "title": [TITLE, "Danh sách mới"],
        "due": ["2026-11-20", "2026-11-27"],
        "parts_added": [None, ["Thôn Bắc"]],
        "parts_removed": [None, ["Thôn Đông"]],
    }


def test_who_saves_after_another_is_told_and_nothing_is_lost(office):
    request = office.draft()
    seen = request.version
    services.change_request(request, actor=office.an, version=seen, data=office.data(title="Của người thứ nhất"))

    with pytest.raises(EditedMeanwhile):
        services.change_request(request, actor=office.an, version=seen, data=office.data(title="Của người thứ hai"))

    assert Request.objects.get().title == "Của người thứ nhất"


def test_what_somebody_has_answered_stays(office):
    request = office.asked(columns=COLUMNS)
    office.entered(ask_of(request))

    for values, field in (({"parts": office.parts[1:], "columns": COLUMNS}, "parts"), ({"columns": ()}, "columns")):
        with pytest.raises(UnfitField) as refused:
            services.change_request(request, actor=office.an, version=request.version, data=office.data(**values))
        assert refused.value.field == field
        request.refresh_from_db()
    assert (request.asks.count(), Answer.objects.count()) == (4, 1)


def test_a_draft_may_go_and_what_was_sent_out_may_not(office):
    draft, asked = office.draft(), office.asked()

    services.discard(draft, actor=office.an)
    with pytest.raises(MoveRefused):
        services.discard(asked, actor=office.an)

    assert list(Request.objects.all()) == [asked]
    assert AuditEntry.objects.filter(code="reminders.request.discarded").count() == 1


# -- Closing -----------------------------------------------------------------------------------


def test_links_open_nothing_while_it_is_closed_and_open_again_after(office):
    request = office.asked()
    token = path_token(ask_of(request))

    services.close(request, actor=office.an)

    with pytest.raises(LinkRefused):
        links.find_ask(token)
    with pytest.raises(services.NotOpen):
        office.entered(ask_of(request))
    assert deadlines() == []
    services.reopen(request, actor=office.an)
    assert links.find_ask(token) == ask_of(request)
    assert codes(request)[-2:] == ["reminders.request.closed", "reminders.request.reopened"]


def test_a_closed_request_is_not_changed(office):
    request = office.asked()
    services.close(request, actor=office.an)

    with pytest.raises(services.NotOpen):
        services.change_request(request, actor=office.an, version=request.version, data=office.data(title="Khác"))


def test_a_draft_can_neither_be_closed_nor_reopened(office):
    request = office.draft()

    for act in (services.close, services.reopen):
        with pytest.raises(MoveRefused):
            act(request, actor=office.an)


# -- Answers entered by the office -------------------------------------------------------------


def test_entering_for_a_place_ends_its_link(office):
    request = office.asked(columns=COLUMNS)
    ask = ask_of(request)
    rows = ({"Họ và tên": "Lò Thị Mây", "Năm sinh": "1985", "Lạ": "bỏ"}, {"Họ và tên": "  "})

    answer = office.entered(ask, sender=" Bà Mây ", text="", rows=rows, day=TUESDAY - dt.timedelta(days=1))

    assert (answer.way, answer.sender, answer.day, answer.by) == ("behalf", "Bà Mây", dt.date(2026, 11, 16), office.an)
    assert answer.rows == [{"Họ và tên": "Lò Thị Mây", "Năm sinh": "1985", "Thành tích": ""}]
    assert answer.seen_at is not None
    assert not links.is_open(ask_of(request))
    assert state_of(request)["Thôn Đông"] == "Đã gửi"
    assert codes(answer) == ["reminders.answer.came"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"sender": ""}, "sender"),
        ({"text": " \n"}, "text"),
        ({"day": TUESDAY + dt.timedelta(days=1)}, "day"),
    ],
)
def test_an_answer_that_says_nothing_is_refused(office, values, field):
    ask = ask_of(office.asked())

    with pytest.raises(UnfitField) as refused:
        office.entered(ask, **values)

    assert (refused.value.field, Answer.objects.count(), links.is_open(ask_of(ask.request))) == (field, 0, True)


def test_an_answer_sent_back_counts_no_more_and_a_new_link_is_there(office):
    request = office.asked()
    old = path_token(ask_of(request))
    answer = links.answer_by_link(old, data=AnswerData(sender="Ông Hặc", text="Hai người"))

    services.send_back(answer, actor=office.an, reason="Thiếu chữ ký.")

    ask = ask_of(request)
    assert state_of(request)["Thôn Đông"] == "Trả lại"
    assert (links.is_open(ask), path_token(ask) == old) == (True, False)
    answer.refresh_from_db()
    assert (answer.return_reason, answer.seen_at is None) == ("Thiếu chữ ký.", False)
    with pytest.raises(MovedMeanwhile):
        services.send_back(answer, actor=office.an, reason="Lần nữa")
    assert codes(answer) == ["reminders.answer.came", "reminders.answer.returned"]


def test_what_came_is_marked_as_seen_once_for_all(office):
    request = office.asked()
    came = [
        links.answer_by_link(path_token(ask_of(request, name)), data=AnswerData(sender="Hặc", text="Có"))
        for name in ("Thôn Đông", "Thôn Tây")
    ]
    pks = [answer.pk for answer in came]

    assert [services.mark_seen(request, actor=office.an, answers=pks) for _ in range(2)] == [2, 0]

    assert AuditEntry.objects.get(code="reminders.answers.seen").changes == {
        "parts": [None, ["Thôn Đông", "Thôn Tây"]]
    }
    assert audit.first_broken_link(office.desk.unit.pk) is None


# -- The deadline ------------------------------------------------------------------------------


def test_a_request_is_due_while_somebody_is_missing(office):
    request = office.asked(parts=office.parts[:2])
    [told] = deadlines()

    assert told == Deadline(
        KIND,
        request.pk,
        office.desk.unit.pk,
        DUE,
        f"{TITLE}: còn 2 nơi chưa gửi",
        follower_id=office.an.person_id,
        origin="Yêu cầu các nơi gửi về",
    )
    assert record_url(told) == page_url(told) == f"/nhac-viec/yeu-cau/{request.pk}/"
    first, second = (office.entered(ask_of(request, name)) for name in ("Thôn Đông", "Thôn Tây"))
    assert deadlines() == []
    services.send_back(second, actor=office.an, reason="Thiếu")
    assert [one.what for one in deadlines()] == [f"{TITLE}: còn 1 nơi chưa gửi"]
    assert first.pk != second.pk


def test_the_collector_keeps_to_its_scope(office):
    early, late = office.asked(due=DUE), office.asked(due=DUE + dt.timedelta(days=9))
    unit, away = office.desk.unit.pk, office.desk.away.pk

    found = [
        [one.subject for one in deadlines(**scope)]
        for scope in ({}, {"units": [unit]}, {"units": [away]}, {"subjects": [late.pk]}, {"until": DUE})
    ]

    assert found == [[early.pk, late.pk], [early.pk, late.pk], [], [late.pk], [early.pk]]


@pytest.mark.parametrize("count", [3, 30])
def test_the_collector_asks_once_however_many_there_are(office, count, django_assert_num_queries):
    for _ in range(count):
        office.asked(parts=office.parts[:1])

    with django_assert_num_queries(1):
        assert len(deadlines()) == count
