"""A person sends again what did not arrive, or may not have: one more row, once."""

from __future__ import annotations

import pytest

from core.models import AuditEntry
from reminders import sending
from reminders.digests import Content, Group, Line
from reminders.models import Message
from reminders.sending import NotToResend
from tests.documents.at_once import at_once
from tests.factories import PersonFactory
from tests.reminders.deadlines import deadline, only
from tests.reminders.sending.rows import FRIDAY, TUESDAY, WEDNESDAY, at, message, officer, standing
from units.models import Person

pytestmark = pytest.mark.django_db

SAID = Content("Nhắc việc", "Kính gửi", (Group("Quá hạn", (Line("Việc", FRIDAY),)),)).as_json()


def hand_over() -> dict[tuple[str, str], int]:
    return dict(sending.hand_over(at(TUESDAY, 23), respects_quiet=True))


@pytest.mark.parametrize("state", ["failed", "uncertain", "missed"])
def test_the_same_words_go_out_again_at_any_hour_and_the_first_row_stays(unit, mai, server, state, time_machine):
    time_machine.move_to(at(TUESDAY, 22))
    row = message(mai, state=state, subject="Nhắc việc", content=SAID, result="550 …", address="cu@vidu.example")

    again = sending.resend(row, actor=mai.user)
    with only():
        assert hand_over() == {("mail", "sent"): 1}

    assert standing(row)[0] == state
    assert standing(again)[0] == "sent"
    assert (again.again, again.asked_by, again.day, again.content) == (row, mai.user, TUESDAY, SAID)
    assert (server.recipients, server.subjects) == (["mai@vidu.example"], ["Nhắc việc"])


def test_what_was_never_said_is_composed_now(unit, mai, server, time_machine):
    time_machine.move_to(at(TUESDAY, 22))
    row = message(mai, due := deadline(unit, WEDNESDAY, follower=mai), state="missed")

    sending.resend(row, actor=mai.user)
    with only(due):
        hand_over()

    assert server.subjects == ["Nhắc việc ngày 17/11/2026: 1 việc sắp đến hạn"]


def test_clicked_twice_it_is_one(unit, mai):
    row = message(mai, state="failed", content=SAID)

    first, second = sending.resend(row, actor=mai.user), sending.resend(row, actor=mai.user)

    assert first == second
    assert Message.objects.count() == 2
    assert AuditEntry.objects.filter(code="reminders.message.resent").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_clicked_by_five_people_at_once_it_is_one(unit, mai):
    row = message(mai, state="failed", content=SAID)

    answers, errors = at_once(5, lambda: sending.resend(Message.objects.get(pk=row.pk), actor=mai.user).pk)

    assert errors == []
    assert len(set(answers)) == 1
    assert Message.objects.count() == 2


def test_what_failed_again_is_sent_again_from_its_own_row(unit, mai):
    first = message(mai, state="failed", content=SAID)
    second = sending.resend(first, actor=mai.user)
    Message.objects.filter(pk=second.pk).update(state="failed")

    third = sending.resend(second, actor=mai.user)

    assert (third.again, third.content) == (second, SAID)
    assert sending.resend(first, actor=mai.user) == second


@pytest.mark.parametrize(
    "fields",
    [{"state": "sent"}, {"state": "due"}, {"state": "sending"}, {"state": "missed", "is_moot": True}],
    ids=lambda fields: "-".join(map(str, fields.values())),
)
def test_what_arrived_or_may_be_on_its_way_or_is_settled_is_not_sent_again(unit, mai, fields):
    row = message(mai, content=SAID, **fields)

    with pytest.raises(NotToResend):
        sending.resend(row, actor=mai.user)

    assert Message.objects.count() == 1


class TestWay:
    def test_who_had_none_is_told_by_the_one_he_has_now(self, unit, mai):
        tam = PersonFactory(unit=unit, email="")
        by_mail, by_app = (message(tam, channel="none", state="missed", day=day) for day in (TUESDAY, WEDNESDAY))
        Person.objects.filter(pk=tam.pk).update(email="tam@vidu.example")
        assert sending.resend(by_mail, actor=mai.user).channel == "mail"

        tam.user = officer(unit).user
        type(tam.user).objects.filter(pk=tam.user.pk).update(person=tam)
        assert sending.resend(by_app, actor=mai.user).channel == "app"

    def test_who_still_has_none_is_named(self, unit, mai):
        tam = PersonFactory(unit=unit, full_name="Vàng A Tâm", email="")
        row = message(tam, channel="none", state="missed")

        with pytest.raises(NotToResend, match="Vàng A Tâm chưa có địa chỉ thư"):
            sending.resend(row, actor=mai.user)
