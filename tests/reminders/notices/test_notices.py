"""«Thông báo»: what was said inside the program, what of it is unread, and the number on top of every page."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reminders.models import Message
from tests.factories import MembershipFactory, Role, UserFactory
from tests.reminders.desk import NOW, Desk
from tests.units.conftest import signed_in
from units.models import Membership

pytestmark = pytest.mark.django_db

LIST = "/nhac-viec/thong-bao/"
READ_ALL = f"{LIST}da-doc/"
HOME = "/"


def subjects(desk: Desk, user: str = "an") -> list[str]:
    return [subject for _, subject, _ in desk.window(getattr(desk, user)).get(LIST).context["rows"]]


def number_on_top(desk: Desk, path: str = HOME) -> int:
    return desk.window(desk.an).get(path).context["unread"]


def is_read(message: Message) -> bool:
    message.refresh_from_db()
    return message.read_at is not None


# -- The list ----------------------------------------------------------------------------


def test_a_person_sees_what_was_said_to_him_inside_the_program_the_newest_first(desk):
    desk.notice(desk.an, subject="Hôm qua", ended_at=NOW - dt.timedelta(days=1))
    desk.notice(desk.an, subject="Sáng nay")
    desk.said(desk.an, subject="Bằng thư")
    desk.notice(desk.an, subject="Chưa gửi", state="due", ended_at=None)
    desk.notice(desk.binh, subject="Của đồng nghiệp")

    assert subjects(desk) == ["Sáng nay", "Hôm qua"]


def test_unread_is_said_by_word_and_shape(desk):
    desk.notice(desk.an, subject="Mới")
    desk.notice(desk.an, subject="Cũ", read_at=NOW)

    shown = desk.window(desk.an).get(LIST).content.decode()

    badges = re.findall(
        r'<span class="state state-(\w+)"><svg.*?<span class="state-word">(.*?)</span>', shown, re.DOTALL
    )
    assert badges == [("waiting", "Đã đọc"), ("active", "Chưa đọc")]
    assert "Có 1 thông báo chưa đọc." in shown


def test_an_empty_list_teaches(desk):
    shown = desk.window(desk.an).get(LIST).content.decode()

    assert "Chưa có thông báo nào" in shown
    assert "Đánh dấu đã đọc tất cả" not in shown


def test_an_account_without_a_person_has_none(desk):
    desk.notice(desk.an)
    nobody = signed_in(UserFactory(role=Role.OFFICER, unit=desk.unit))

    assert nobody.get(LIST).context["rows"] == []


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_costs_the_same_at_3_and_300_notices(desk, count, django_assert_num_queries):
    for _ in range(count):
        desk.notice(desk.an)
    window = desk.window(desk.an)
    window.get(f"{LIST}?dong=tat-ca")  # the list is remembered in the session

    with django_assert_num_queries(8):
        answer = window.get(f"{LIST}?dong=tat-ca")

    assert len(answer.context["rows"]) == count


# -- One of them -------------------------------------------------------------------------


def test_opening_one_shows_what_was_said_and_marks_it_read(desk):
    one, other = desk.notice(desk.an), desk.notice(desk.an)

    answer = desk.window(desk.an).get(f"{LIST}{one.pk}/")

    assert "Gửi báo cáo tháng 10</a>" in answer.content.decode()
    assert "Chương trình nhắc lúc 08:00 ngày 17/11/2026." in answer.content.decode()
    assert (is_read(one), is_read(other)) == (True, False)
    assert answer.context["unread"] == 1


def test_the_first_reading_is_the_one_that_is_kept(desk):
    earlier = NOW - dt.timedelta(minutes=30)
    one = desk.notice(desk.an, read_at=earlier)

    desk.window(desk.an).get(f"{LIST}{one.pk}/")

    one.refresh_from_db()
    assert one.read_at == earlier


@pytest.mark.parametrize(("method", "headers"), [("head", {}), ("get", {"Sec-Purpose": "prefetch;prerender"})])
def test_what_only_looks_ahead_reads_nothing(desk, method, headers):
    one = desk.notice(desk.an)

    answer = getattr(desk.window(desk.an), method)(f"{LIST}{one.pk}/", headers=headers)

    assert answer.status_code == 200
    assert not is_read(one)


def test_nobody_opens_what_was_said_to_another_or_elsewhere(desk):
    """Neither a colleague nor the person himself by the address of a mail or of what was not sent."""
    one, mail = desk.notice(desk.an), desk.said(desk.an)
    due = desk.notice(desk.an, state="due", ended_at=None)

    assert desk.window(desk.binh).get(f"{LIST}{one.pk}/").status_code == 404
    assert desk.window(desk.an).get(f"{LIST}{mail.pk}/").status_code == 404
    assert desk.window(desk.an).get(f"{LIST}{due.pk}/").status_code == 404
    assert not is_read(one)


# -- All of them -------------------------------------------------------------------------


def test_all_are_marked_read_at_once_and_only_the_own_ones(desk):
    own, others = [desk.notice(desk.an) for _ in range(2)], desk.notice(desk.binh)

    answer = desk.window(desk.an).post(READ_ALL, follow=True)

    assert "Đã đánh dấu 2 thông báo là đã đọc." in answer.content.decode()
    assert [is_read(one) for one in own] == [True, True]
    assert not is_read(others)


def test_what_arrived_after_the_list_was_shown_stays_unread(desk):
    """The page says when it was drawn."""
    seen = desk.notice(desk.an, ended_at=NOW - dt.timedelta(minutes=2))
    arrived = desk.notice(desk.an, ended_at=NOW)
    drawn_at = NOW - dt.timedelta(minutes=1)
    shown = desk.window(desk.an).get(LIST).content.decode()
    assert f'name="luc" value="{NOW.astimezone(dt.UTC).isoformat()}"' in shown

    desk.window(desk.an).post(READ_ALL, {"luc": drawn_at.isoformat()})

    assert (is_read(seen), is_read(arrived)) == (True, False)


@pytest.mark.parametrize(
    "said", ["", "hôm nay", "2026-13-41T00:00:00Z", "2026-11-17T00:00:00", "2999-01-01T00:00:00Z"]
)
def test_a_moment_that_is_none_is_now(desk, said):
    one = desk.notice(desk.an, ended_at=NOW)

    desk.window(desk.an).post(READ_ALL, {"luc": said})

    assert is_read(one)


# -- The number on top -------------------------------------------------------------------


def test_every_page_says_how_many_are_unread_with_word_and_number(desk):
    for _ in range(3):
        desk.notice(desk.an)
    desk.notice(desk.an, read_at=NOW)
    desk.notice(desk.binh)
    desk.said(desk.an)

    shown = desk.window(desk.an).get(HOME).content.decode()

    assert '<span class="bell-word">Thông báo</span>' in shown
    assert '(3<span class="visually-hidden"> chưa đọc</span>)' in shown


def test_without_unread_ones_there_is_no_number(desk):
    desk.notice(desk.an, read_at=NOW)

    shown = desk.window(desk.an).get(HOME).content.decode()

    assert '<span class="bell-word">Thông báo</span>' in shown
    assert "bell-count" not in shown


def test_the_number_is_the_same_for_whoever_has_many_units_or_none_any_more(desk):
    desk.notice(desk.an)
    assert number_on_top(desk) == 1
    MembershipFactory(user=desk.an, unit=desk.away, role=Role.REVIEWER)
    assert number_on_top(desk) == 1

    Membership.objects.filter(user=desk.an).delete()

    assert number_on_top(desk) == 1


@pytest.mark.parametrize(("headers", "queries"), [({}, 1), ({"HX-Request": "true"}, 0)])
def test_it_rides_along_with_a_query_that_is_asked_anyway(desk, headers, queries):
    """And pieces of a page, which have no top, do not ask for it."""
    desk.notice(desk.an)
    window = desk.window(desk.an)

    with CaptureQueriesContext(connection) as captured:
        assert window.get("/don-vi/", headers=headers).status_code == 200

    about_messages = [query["sql"] for query in captured if "reminders_message" in query["sql"]]
    assert len(about_messages) == queries
    assert all("units_unit" in sql for sql in about_messages)
