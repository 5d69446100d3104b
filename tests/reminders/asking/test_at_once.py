"""Two phones, a double click, an officer at the same moment: one answer, and nothing lost."""

from __future__ import annotations

import pytest

from core import audit
from core.errors import UnfitField
from reminders.asking import links, services
from reminders.asking.links import LinkRefused
from reminders.asking.services import NotOpen
from reminders.asking.values import AnswerData
from reminders.models import Answer, Ask, Message, Request
from tests.documents.at_once import at_once
from tests.reminders.asking.office import ask_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def token_of(ask: Ask) -> str:
    return links.address_of(ask).rstrip("/").split("/")[-1]


def test_of_eight_phones_with_one_link_one_is_heard(office):
    token = token_of(ask_of(office.asked()))

    came, errors = at_once(8, lambda: links.answer_by_link(token, data=AnswerData(sender="Hặc", text="Có")).pk)

    assert ([Answer.objects.get().pk], {type(error) for error in errors}) == (came, {LinkRefused})
    assert audit.first_broken_link(office.desk.unit.pk) is None


def test_four_places_at_once_are_told_in_one_message(office):
    request = office.asked()
    tokens = [token_of(ask) for ask in request.asks.all()]

    came, errors = at_once(4, lambda: links.answer_by_link(tokens.pop(), data=AnswerData(sender="Hặc", text="Có")))

    assert (len(came), errors) == (4, [])
    assert len(Message.objects.get().content["groups"][0]["lines"]) == 4
    assert audit.first_broken_link(office.desk.unit.pk) is None


def test_a_place_is_never_taken_out_while_it_answers(office):
    request = office.asked()
    token, version = token_of(ask_of(request)), request.version
    turns = ["answer", "remove"]

    def act() -> str:
        if (turn := turns.pop()) == "answer":
            links.answer_by_link(token, data=AnswerData(sender="Hặc", text="Có"))
        else:
            mine = Request.objects.get(pk=request.pk)
            data = office.data(parts=office.parts[1:])
            services.change_request(mine, actor=office.an, version=version, data=data)
        return turn

    done, errors = at_once(2, act)

    assert len(done) == 1
    assert isinstance(errors[0], UnfitField if done == ["answer"] else LinkRefused)
    assert (Answer.objects.count(), request.asks.count()) == ((1, 4) if done == ["answer"] else (0, 3))


def test_of_an_answer_and_a_closing_both_may_happen_but_nothing_comes_after(office):
    request = office.asked()
    token = token_of(ask_of(request))
    turns = ["answer", "close"]

    def act() -> str:
        if (turn := turns.pop()) == "answer":
            links.answer_by_link(token, data=AnswerData(sender="Hặc", text="Có"))
        else:
            services.close(Request.objects.get(pk=request.pk), actor=office.an)
        return turn

    done, errors = at_once(2, act)

    assert ("answer" in done, {type(error) for error in errors}) in [(True, set()), (False, {LinkRefused})]
    with pytest.raises(NotOpen):
        office.entered(ask_of(request, "Thôn Tây"))
