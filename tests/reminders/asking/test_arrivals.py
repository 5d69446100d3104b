"""What comes by link is told in the program to whoever follows, collected for ten minutes."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from reminders import digests
from reminders.asking import arrivals, links, selectors
from reminders.asking.values import AnswerData
from reminders.models import Answer, Message, Request
from reminders.sending import hand_over
from tests.factories import PersonFactory
from tests.reminders.asking.office import DUE, TITLE, ask_of
from tests.reminders.desk import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(minutes=10)


def sent(request: Request, name: str) -> Answer:
    token = links.address_of(ask_of(request, name)).rstrip("/").split("/")[-1]
    return links.answer_by_link(token, data=AnswerData(sender="Lò Văn Hặc", text="Hai người"))


def told() -> list[tuple[str, str, str, list[str]]]:
    """Of every message: to whom, its state and subject, its lines."""
    rows = Message.objects.select_related("person").order_by("pk")
    return [
        (str(row.person), row.state, row.subject, [line["what"] for line in row.content["groups"][0]["lines"]])
        for row in rows
    ]


def test_the_follower_is_told_once_for_what_comes_within_ten_minutes(office):
    request = office.asked()

    answer = sent(request, "Thôn Đông")
    sent(request, "Thôn Tây")

    message = Message.objects.get()
    assert told() == [
        (
            "Lò Thị An",
            "due",
            "2 nội dung mới gửi về",
            [f"Thôn Đông đã gửi: {TITLE}", f"Thôn Tây đã gửi: {TITLE}"],
        )
    ]
    assert (message.channel, message.purpose, message.next_try_at) == ("app", "arrived", LATER)
    assert message.content["groups"][0]["lines"][0] == {
        "what": f"Thôn Đông đã gửi: {TITLE}",
        "due": DUE.isoformat(),
        "note": "Lò Văn Hặc gửi lúc 09:00 ngày 17/11/2026; còn 3 nơi chưa gửi",
        "origin": "",
        "url": f"/nhac-viec/yeu-cau/{request.pk}/noi/{answer.ask_id}/",
        "cost": "",
        "act": "Xem",
    }


def test_what_is_handed_over_says_what_was_written_and_the_next_one_begins_anew(office):
    request = office.asked()
    sent(request, "Thôn Đông")
    with time_machine.travel(LATER, tick=False):
        hand_over(LATER, respects_quiet=False)
        sent(request, "Thôn Tây")

    assert told() == [
        ("Lò Thị An", "sent", f"Thôn Đông đã gửi: {TITLE}", [f"Thôn Đông đã gửi: {TITLE}"]),
        ("Lò Thị An", "due", f"Thôn Tây đã gửi: {TITLE}", [f"Thôn Tây đã gửi: {TITLE}"]),
    ]


def test_what_came_after_a_message_was_read_for_handing_over_is_said_too(office):
    request = office.asked()
    sent(request, "Thôn Đông")
    held = Message.objects.get()
    sent(request, "Thôn Tây")

    said = digests.compose([held], LATER)[held.pk]

    assert said is not None
    assert len(said.groups[0].lines) == 2


def test_where_the_follower_has_no_account_the_officers_are_told(office):
    request = office.asked(follower=PersonFactory(unit=office.desk.unit))

    sent(request, "Thôn Đông")

    assert [name for name, *_ in told()] == ["Lò Thị An"]


def test_what_the_office_enters_itself_is_told_nobody(office):
    office.entered(ask_of(office.asked()))

    assert told() == []


def test_a_message_that_another_act_began_is_joined(office, monkeypatch):
    request = office.asked()
    sent(request, "Thôn Đông")
    seen = iter([False])  # it is not there yet when this act looks
    append = arrivals._append
    monkeypatch.setattr(arrivals, "_append", lambda *what: next(seen, None) is None and append(*what))

    sent(request, "Thôn Tây")

    assert [len(lines) for *_, lines in told()] == [2]


def test_what_nobody_has_looked_at_waits_for_officers_and_followers_of_the_unit(office):
    desk = office.desk
    request = office.asked(follower=desk.binh.person)
    first = sent(request, "Thôn Đông")
    second = sent(office.asked(), "Thôn Tây")
    Answer.objects.filter(pk=second.pk).update(seen_at=NOW)
    third = sent(office.asked(), "Thôn Tây")
    office.entered(ask_of(request, "Thôn Nam"))

    seen = {user: list(selectors.unseen_answers(user)) for user in (desk.an, desk.binh, desk.dung, desk.cuong)}

    assert seen == {desk.an: [first, third], desk.binh: [first], desk.dung: [], desk.cuong: []}
