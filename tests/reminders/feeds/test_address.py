"""Who opens which address and reads what; what is refused is refused in one way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from icalendar import Calendar

from reminders import feeds, tokens
from reminders.deadlines import Deadline
from reminders.models import Feed, Watcher
from tests.factories import MembershipFactory, Role
from tests.reminders.deadlines import KIND, deadline, only
from tests.reminders.desk import NOW, Desk
from tests.reminders.sending.rows import FRIDAY, WEDNESDAY
from units.models import Membership, Person

pytestmark = pytest.mark.django_db

YESTERDAY = NOW.date() - dt.timedelta(days=1)
UNKNOWN = "0" * 32


@pytest.fixture
def due(desk: Desk) -> Iterator[list[Deadline]]:
    """Of the commune: one that An follows, one that Bình follows, one late that nobody follows; one next door."""
    with only(
        deadline(desk.unit, WEDNESDAY, subject=1, follower=desk.an.person, what="Việc của An"),
        deadline(desk.unit, WEDNESDAY, subject=2, follower=desk.binh.person, what="Việc của Bình"),
        deadline(desk.unit, FRIDAY, subject=3, what="Việc quá hạn"),
        deadline(desk.away, WEDNESDAY, subject=4, follower=desk.cuong.person, what="Việc của xã khác"),
    ) as found:
        yield found


def made(desk: Desk, person: Person | None, user: str = "an") -> Feed:
    return feeds.make_feed(desk.unit, person, actor=getattr(desk, user))


def path_of(feed: Feed) -> str:
    return f"/lich/{tokens.token_of(feed.nonce, purpose=feeds.PURPOSE)}.ics"


def read(feed: Feed) -> list[str]:
    answer = Client().get(path_of(feed))
    assert answer.status_code == 200
    return [str(event["summary"]) for event in Calendar.from_ical(answer.content).events]


def is_refused(feed: Feed) -> bool:
    return Client().get(path_of(feed)).status_code == 404


# -- What is in it -----------------------------------------------------------------------


def test_a_persons_calendar_has_what_he_is_told_of_in_that_unit(desk, due):
    """The officer also what nobody follows; a watcher what he was named for."""
    Watcher.objects.create(unit=desk.unit, kind=KIND, subject=1, person=desk.binh.person, added_by=desk.an)

    assert read(made(desk, desk.an.person)) == ["Quá hạn: Việc quá hạn", "Việc của An"]
    assert read(made(desk, desk.binh.person, "binh")) == ["Việc của An", "Việc của Bình"]
    assert read(made(desk, desk.dung.person, "dung")) == []


def test_the_units_calendar_has_all_of_the_unit_and_nothing_of_another(desk, due):
    theirs = feeds.make_feed(desk.away, None, actor=desk.cuong)
    assert read(theirs) == ["Việc của xã khác"]

    answer = Client().get(path_of(made(desk, None)))

    events = Calendar.from_ical(answer.content).events
    assert [str(event["summary"]) for event in events] == ["Quá hạn: Việc quá hạn", "Việc của An", "Việc của Bình"]
    assert "xã khác" not in answer.content.decode()
    assert "Vì Thị Cương" not in answer.content.decode().replace("\r\n ", "")
    assert ["Người theo dõi: Lò Văn Bình" in str(event["description"]) for event in events] == [False, False, True]


def test_who_works_in_two_units_has_a_calendar_of_each(desk, due):
    MembershipFactory(user=desk.an, unit=desk.away, role=Role.OFFICER)
    due.append(deadline(desk.away, WEDNESDAY, subject=5, what="Việc ở nơi kia"))

    there = feeds.make_feed(desk.away, desk.an.person, actor=desk.an)

    assert read(there) == ["Việc ở nơi kia"]
    assert read(made(desk, desk.an.person)) == ["Quá hạn: Việc quá hạn", "Việc của An"]


def test_an_event_keeps_its_uid_when_its_day_moves_and_goes_when_it_is_settled(desk, due):
    feed = made(desk, desk.binh.person)
    [before] = Calendar.from_ical(Client().get(path_of(feed)).content).events

    due[1] = deadline(desk.unit, FRIDAY + dt.timedelta(14), subject=2, follower=desk.binh.person, what="Việc của Bình")
    [after] = Calendar.from_ical(Client().get(path_of(feed)).content).events

    assert before["uid"] == after["uid"] == f"{KIND}-2-0@127.0.0.1"
    assert (before.start, after.start) == (WEDNESDAY, FRIDAY + dt.timedelta(14))
    assert after["url"] == "http://127.0.0.1:8000/xem/2/"

    del due[1]
    assert read(feed) == []


# -- What a calendar asks and is answered --------------------------------------------------


def test_it_is_read_without_sign_in_and_kept_by_nobody_else(desk, due):
    answer = Client().get(path_of(made(desk, None)))

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Content-Disposition"] == 'inline; filename="lich-tdkt.ics"'
    assert "Set-Cookie" not in answer


def test_what_did_not_change_is_not_sent_again(desk, due):
    path = path_of(made(desk, None))
    first = Client().get(path)

    with time_machine.travel(NOW + dt.timedelta(hours=3), tick=False):
        by_tag = Client().get(path, headers={"If-None-Match": first["ETag"]})
        by_time = Client().get(path, headers={"If-Modified-Since": first["Last-Modified"]})
        whole = Client().get(path)

    assert (by_tag.status_code, by_tag.content, by_tag["ETag"]) == (304, b"", first["ETag"])
    assert by_time.status_code == 304
    assert whole.content == first.content


def test_what_changed_is_sent_with_the_time_of_the_change(desk, due):
    path = path_of(made(desk, None))
    first = Client().get(path)
    later = NOW + dt.timedelta(hours=3)

    with time_machine.travel(later, tick=False):
        due.pop()
        due.pop()
        answer = Client().get(path, headers={"If-None-Match": first["ETag"]})

    assert answer.status_code == 200
    assert {event.LAST_MODIFIED for event in Calendar.from_ical(answer.content).events} == {later}


def test_a_calendar_only_asks_for_it(desk, due):
    path = path_of(made(desk, None))

    assert Client().head(path).status_code == 200
    assert Client().post(path).status_code == 405


def test_reading_is_noted_once_an_hour_at_most(desk, due):
    feed = made(desk, None)
    noted = []

    for minutes in (0, 59, 60, 90):
        with time_machine.travel(NOW + dt.timedelta(minutes=minutes), tick=False):
            read(feed)
        feed.refresh_from_db()
        noted.append((feed.read_at - NOW).seconds // 60)

    assert noted == [0, 0, 60, 60]


@pytest.mark.parametrize("count", [3, 300])
def test_a_reading_costs_the_same_for_3_and_300_deadlines(desk, due, count, django_assert_num_queries):
    due[:] = [deadline(desk.unit, WEDNESDAY, subject=subject, follower=desk.an.person) for subject in range(count)]
    feed = made(desk, None)
    read(feed)

    with django_assert_num_queries(4):  # the feed, watchers, names, days off
        found = read(feed)

    assert len(found) == count


# -- What is refused -----------------------------------------------------------------------


def test_unknown_revoked_replaced_and_lapsed_are_refused_in_one_way(desk, due):
    """Also for whoever is signed in: the same bytes, and nothing of what there is."""
    revoked, replaced, lapsed = made(desk, None), made(desk, desk.an.person), made(desk, desk.binh.person)
    assert [len(read(feed)) for feed in (revoked, replaced, lapsed)] == [3, 2, 1]
    feeds.revoke_feed(revoked, actor=desk.an)
    made(desk, desk.an.person)
    Membership.objects.filter(user=desk.binh).update(valid_to=YESTERDAY)

    paths = [f"/lich/{UNKNOWN}.ics", *(path_of(feed) for feed in (revoked, replaced, lapsed))]
    answers = [window.get(path) for path in paths for window in (Client(), desk.window(desk.cuong))]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1
    assert "Địa chỉ lịch không dùng được" in answers[0].content.decode()


@pytest.mark.parametrize("what", ["role", "account", "card"])
def test_whoever_left_reads_nothing(desk, due, what):
    own, units = made(desk, desk.an.person), made(desk, None)
    assert len(read(own)) == 2

    if what == "role":
        Membership.objects.filter(user=desk.an).update(valid_to=YESTERDAY)
    elif what == "account":
        desk.an.is_active = False
        desk.an.save()
    else:
        Person.objects.filter(pk=desk.an.person_id).update(valid_to=YESTERDAY)

    assert is_refused(own)
    assert not is_refused(units)


def test_a_role_in_another_unit_does_not_keep_the_address_alive(desk, due):
    own = made(desk, desk.an.person)
    Membership.objects.filter(user=desk.an).update(unit=desk.away)

    assert is_refused(own)


def test_a_units_address_dies_with_its_last_role(desk, due):
    units = made(desk, None)
    Membership.objects.filter(unit=desk.unit).update(valid_to=YESTERDAY)

    assert is_refused(units)


def test_what_the_database_keeps_opens_nothing_alone(desk, due):
    feed = made(desk, None)

    for known in (feed.nonce, feed.token_hash):
        assert Client().get(f"/lich/{known}.ics").status_code == 404


def test_under_another_key_the_address_still_opens_and_is_shown_no_more(desk, due, settings):
    feed = made(desk, None)
    path = path_of(feed)

    settings.SECRET_KEY = "một khóa khác, sau khi chuyển máy"

    assert Client().get(path).status_code == 200
    assert feeds.address_of(feed) == ""


def test_whoever_guesses_is_stopped_and_others_are_not(desk, due):
    path = path_of(made(desk, None))
    guesser, reader = Client(REMOTE_ADDR="203.0.113.7"), Client(REMOTE_ADDR="203.0.113.8")
    for number in range(60):
        assert guesser.get(f"/lich/{number:032x}.ics").status_code == 404

    assert guesser.get(path).status_code == 404
    assert reader.get(path).status_code == 200

    cache.clear()
    assert guesser.get(path).status_code == 200


def test_a_right_address_may_be_read_as_often_as_a_calendar_likes(desk, due):
    path = path_of(made(desk, None))

    assert {Client().get(path).status_code for _ in range(70)} == {200}
