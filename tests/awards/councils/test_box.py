"""The secret vote: what is stored after it says how many, and who has voted, and not who voted what."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from awards import sealing
from awards.councils import box, counting, moving, services
from awards.models import Box, Item, Nominee, OpenVote, Seat, Sitting
from awards.states import SittingState
from core.models import AuditEntry
from tests.awards.councils.sat import an_office_with_council, cast, opened, ready, with_accounts
from tests.awards.rows import Office, a_nominee, a_subject
from tests.documents.at_once import at_once

pytestmark = pytest.mark.django_db
SECRET: dict[str, Any] = {"medium": "secret"}


def a_vote(names: int = 2, members: int = 5) -> tuple[Office, Sitting]:
    office = an_office_with_council(members)
    return office, opened(office, ready(office, names), **SECRET)


def unsealed(sitting: Sitting) -> list[str]:
    return sealing.unseal(Box.objects.get(sitting=sitting).sealed, "box").splitlines()


def everything() -> dict[str, list[dict[str, str]]]:
    """Every row of every table of the program, sessions included."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)}):
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            names = [column[0] for column in cursor.description]
            found[table] = [dict(zip(names, map(str, row), strict=True)) for row in cursor.fetchall()]
    return found


# -- What is written -------------------------------------------------------------------------


def test_a_vote_writes_the_box_and_that_the_member_has_voted_and_nothing_else():
    """Through the page, as it is done: no history, no session, no time, no actor."""
    office = an_office_with_council(4)
    sitting = opened(office, ready(office, 2), **SECRET)
    user = with_accounts(office)[1]
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = reverse("awards:sitting_vote", args=[sitting.pk])
    client.get(address)
    before = everything()

    answer = client.post(address, {f"item_{item.pk}": "yes" for item in sitting.items.all()})
    client.get(address)

    after = everything()
    changed = {
        table: [(was, now) for was, now in zip(before[table], after[table], strict=True) if was != now]
        for table in before
        if before[table] != after[table]
    }
    assert answer.status_code == 302
    assert sorted(changed) == ["awards_box", "awards_seat"]
    [(was, now)] = changed["awards_seat"]
    assert [column for column in was if was[column] != now[column]] == ["has_voted"]
    assert len(changed["awards_box"]) == 1
    assert not OpenVote.objects.exists()


def test_the_box_is_as_long_with_every_ballot_as_it_was_empty():
    _, sitting = a_vote(names=3)
    lengths = [len(Box.objects.get().sealed)]

    for seat, choices in zip(sitting.seats.all(), ("yyy", "nnn", "ybn", "bbb", "yyn"), strict=True):
        cast(sitting, seat, choices)
        lengths.append(len(Box.objects.get().sealed))

    assert len(set(lengths)) == 1


def test_the_sealed_text_bears_no_time():
    from base64 import urlsafe_b64decode  # noqa: PLC0415 -- of this test alone

    _, sitting = a_vote()
    cast(sitting, sitting.seats.first(), "yn")

    token = urlsafe_b64decode(Box.objects.get().sealed)

    assert token[1:9] == bytes(8)  # Fernet: a version, eight bytes of time


def test_what_is_stored_is_the_same_whoever_cast_which_ballot_in_whatever_order():
    _, sitting = a_vote(names=2, members=4)
    seats, ballots = list(sitting.seats.all()), ("yy", "yn", "nn", "by")
    stored = Counter()

    for order, mixed in itertools.product(itertools.permutations(range(4)), itertools.permutations(ballots)):
        if random.Random(str((order, mixed))).random() > 0.1:
            continue
        Seat.objects.update(has_voted=False)
        box.prepare(sitting)
        for place in order:
            cast(sitting, seats[place], mixed[place])
        voted = tuple(sitting.seats.values_list("pk", "has_voted"))
        stored[("\n".join(unsealed(sitting)), voted)] += 1

    assert sum(stored.values()) > 40
    assert len(stored) == 1


def test_the_ballot_of_whoever_steps_back_cannot_be_told_from_the_others():
    """He is the second of five; the box is the same whenever he comes, and holds sums alone."""
    office, sitting = a_vote(names=2, members=5)
    seats = list(sitting.seats.all())
    first = sitting.items.first()
    first.sitting = sitting
    services.recuse(seats[1], first, actor=office.secretary, reason="Vợ chồng")
    stored = set()

    for order in ((0, 1, 2, 3, 4), (1, 0, 2, 3, 4), (4, 3, 2, 0, 1)):
        Seat.objects.update(has_voted=False)
        box.prepare(sitting)
        for place in order:
            cast(sitting, seats[place], "y" if place == 1 else ("yy" if place % 2 else "ny"))
        stored.add("\n".join(unsealed(sitting)))

    [lines] = stored
    assert [line.split()[1:] for line in lines.splitlines()] == [
        ["00001", "00003", "00000"],
        ["00005", "00000", "00000"],
    ]


# -- Joining voters and ballots --------------------------------------------------------------


def marks(sitting: Sitting) -> dict[str, dict[int, Any]]:
    """Whatever the database knows of each seat: every column, and its own marks of age and place."""
    own = ("xmin::text::bigint", "ctid::text") if connection.vendor == "postgresql" else ("rowid",)
    names = [field.column for field in Seat._meta.concrete_fields] + list(own)
    columns = [f'"{name}"' if name not in own else name for name in names]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, {', '.join(columns)} FROM awards_seat WHERE sitting_id = %s",
            [sitting.pk],
        )
        rows = cursor.fetchall()
    found = {name: {row[0]: str(row[place]).rjust(40) for row in rows} for place, name in enumerate(names, start=1)}
    found["as the table gives them"] = {row[0]: place for place, row in enumerate(rows)}
    return found


def hits(known: dict[int, Any], chose: dict[int, str], turned: bool) -> int:
    """Of a guess: the first so many by that mark were in favour, as many as the box says."""
    order = sorted(known, key=lambda pk: (known[pk], pk), reverse=turned)
    in_favour = sum(choice == "y" for choice in chose.values())
    return sum((place < in_favour) == (chose[pk] == "y") for place, pk in enumerate(order))


RUNS, VOTERS = 60, 6


def joined(sitting: Sitting, *, by_turn: bool) -> dict[tuple[str, bool], float]:
    """How often each mark guesses right, over many votes with voters, turns and choices mixed.

    ``by_turn``: whoever comes first is in favour; whoever knows who came when then knows all.
    """
    chance, seats = random.Random(2026), list(sitting.seats.all())
    right: Counter[tuple[str, bool]] = Counter()
    for _ in range(RUNS):
        Seat.objects.filter(sitting=sitting).update(has_voted=False)
        box.prepare(sitting)
        turn = chance.sample(seats, VOTERS)
        choices = ["y"] * 3 + ["n"] * 3
        if not by_turn:
            chance.shuffle(choices)
        for seat, choice in zip(turn, choices, strict=True):
            cast(sitting, seat, choice)
        chose = {seat.pk: choice for seat, choice in zip(turn, choices, strict=True)}
        for (name, known), turned in itertools.product(marks(sitting).items(), (False, True)):
            right[name, turned] += hits(known, chose, turned)
    return {key: count / (RUNS * VOTERS) for key, count in right.items()}


@pytest.mark.parametrize("by_turn", [False, True], ids=["choices mixed", "the first in favour"])
def test_no_column_and_no_mark_of_the_database_joins_voters_and_ballots_better_than_chance(by_turn):
    """Half are in favour, so blind guessing is right half of the time; a hundredth of all guesses is 0.026 off."""
    _, sitting = a_vote(names=1, members=VOTERS)

    found = joined(sitting, by_turn=by_turn)

    assert len(found) >= 2 * (len(Seat._meta.concrete_fields) + 2)
    assert {key: share for key, share in found.items() if abs(share - 0.5) > 0.1} == {}


def test_the_guess_would_find_a_mark_that_tells():
    """Control: did only the voter's row change at each vote, its age would tell who came when."""
    seats = {pk: turn for turn, pk in enumerate((11, 7, 9, 3))}
    chose = {11: "y", 7: "y", 9: "n", 3: "n"}

    assert (hits(seats, chose, False), hits(seats, chose, True)) == (4, 0)


@pytest.mark.postgres
def test_all_seats_are_equally_new_after_each_vote():
    """A statement that writes only the voter's row would leave its age, which PostgreSQL tells."""
    _, sitting = a_vote()

    for seat, choices in zip(sitting.seats.all(), ("yy", "yn", "nn"), strict=False):
        cast(sitting, seat, choices)
        ages = set(marks(sitting)["xmin::text::bigint"].values())
        assert len(ages) == 1


# -- Once, and only who may ------------------------------------------------------------------


def test_a_vote_is_final_and_counts_once():
    _, sitting = a_vote()
    seat = sitting.seats.first()
    cast(sitting, seat, "yy")

    with pytest.raises(box.BallotCast):
        cast(sitting, seat, "nn")

    assert [line.split()[1:] for line in unsealed(sitting)] == [["00001", "00000", "00000"]] * 2


def test_only_whoever_is_there_votes_and_on_every_name():
    office, sitting = a_vote()
    last = sitting.seats.last()
    Seat.objects.filter(pk=last.pk).update(presence="absent")
    first, second = sitting.items.values_list("pk", flat=True)
    somebody = sitting.seats.first().person_id

    for person, choices, error in (
        (last.person_id, {first: "yes", second: "yes"}, box.NoBallot),
        (office.leader.pk + 10_000, {first: "yes", second: "yes"}, box.NoBallot),
        (somebody, {first: "yes"}, box.Incomplete),
        (somebody, {first: "yes", second: "perhaps"}, box.Incomplete),
        (somebody, {first: "yes", second: "yes", second + 10_000: "yes"}, box.Incomplete),
    ):
        with pytest.raises(error):
            box.cast(sitting, person_id=person, choices=choices)

    assert not Seat.objects.filter(has_voted=True).exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_clicks_at_the_same_moment_count_once_each_voter():
    _, sitting = a_vote(names=1, members=4)
    [item] = sitting.items.all()
    people = itertools.cycle(sitting.seats.values_list("person", flat=True))
    turns = [next(people) for _ in range(8)]  # each of four members clicks twice

    answers, errors = at_once(8, lambda: box.cast(sitting, person_id=turns.pop(), choices={item.pk: "yes"}))

    assert len(answers) == 4
    assert [type(error) for error in errors] == [box.BallotCast] * 4
    assert [line.split()[1:] for line in unsealed(sitting)] == [["00004", "00000", "00000"]]


# -- Opening ---------------------------------------------------------------------------------


def test_nothing_can_be_read_before_the_box_is_open_and_nothing_cast_after():
    office, sitting = a_vote(members=5)
    for seat, choices in zip(sitting.seats.all(), ("yy", "yn", "yy", "nn"), strict=False):
        cast(sitting, seat, choices)

    with pytest.raises(box.StillSealed):
        box.tallies_of(sitting)
    assert list(sitting.items.values_list("yes", "no", "blank")) == [(None, None, None)] * 2
    last = sitting.seats.last()
    with pytest.raises(moving.AskFirst) as asked_first:
        moving.start_counting(sitting, actor=office.secretary)
    assert str(asked_first.value) == f"Chưa bỏ phiếu: {last.name}."

    moving.start_counting(sitting, actor=office.secretary, is_confirmed=True)

    first, second = sitting.items.values_list("pk", flat=True)
    assert box.tallies_of(sitting) == {first: (3, 1, 0), second: (2, 2, 0)}
    with pytest.raises(box.NoSecretVote):
        cast(sitting, last, "yy")
    with pytest.raises(services.NotTheTime):
        moving.back_to_voting(sitting, actor=office.secretary)


def test_the_opened_box_decides_over_all_members():
    office, sitting = a_vote(names=2, members=5)
    for seat, choices in zip(sitting.seats.all(), ("yy", "yy", "yy", "yn", "nn"), strict=True):
        cast(sitting, seat, choices)
    moving.start_counting(sitting, actor=office.secretary)

    moving.close(sitting, actor=office.secretary)

    assert list(sitting.items.values_list("yes", "no", "outcome")) == [(4, 1, "passed"), (3, 2, "failed")]
    assert [one.state for one in Nominee.objects.order_by("pk")] == ["passed", "failed"]
    assert (sitting.collected, sitting.valid) == (5, 5)
    assert not any("yes" in str(entry.changes) for entry in AuditEntry.objects.all())


def test_once_somebody_has_voted_there_is_no_way_back_and_his_seat_stands_still():
    office, sitting = a_vote()
    seat, other = sitting.seats.all()[:2]
    cast(sitting, seat, "yy")

    with pytest.raises(services.NotTheTime):
        moving.back_to_draft(sitting, actor=office.secretary)
    with pytest.raises(services.VotedAlready):
        services.record_presence(sitting, actor=office.secretary, presence={seat.pk: "absent"}, tellers=[])
    item = sitting.items.first()
    item.sitting = sitting
    with pytest.raises(services.VotedAlready):
        services.recuse(seat, item, actor=office.secretary, reason="Quên báo")
    with pytest.raises(services.NotTheTime):
        services.put_off(item, actor=office.secretary, note="Xét sau")
    services.recuse(other, item, actor=office.secretary, reason="Vợ chồng")

    assert Sitting.objects.get().state == SittingState.OPEN
    assert box.names_for(sitting, other) == {Item.objects.last().pk}


def test_before_anybody_has_voted_it_goes_back_and_the_box_is_gone():
    office, sitting = a_vote()

    moving.back_to_draft(sitting, actor=office.secretary)

    assert (sitting.state, Box.objects.count()) == ("draft", 0)


# -- What cannot be hidden -------------------------------------------------------------------


def test_with_fewer_than_three_ballots_on_a_name_it_is_said():
    office = an_office_with_council(3)
    whole = a_subject(office.unit, "Trường Tiểu học", kind="collective", part=office.school)
    office.school.head = office.council[0].person
    office.school.save()
    nominee = a_nominee(office.lists["school"], "COT", whole, state="ready", kind="collective")
    sitting = opened(office, [nominee], **SECRET)

    told = moving.few_voters(sitting, moving.house_of(sitting))

    assert told.startswith("Có tên chỉ 2 người bỏ phiếu.")


@pytest.mark.parametrize(
    ("tallies", "are_alike", "weak"),
    [
        ({1: (3, 0, 0), 2: (0, 3, 0)}, True, []),
        ({1: (3, 0, 0), 2: (2, 1, 0)}, False, []),
        ({1: (1, 1, 0), 2: (3, 1, 0)}, False, [1]),
        ({1: (0, 0, 0)}, False, []),
    ],
)
def test_ballots_that_are_all_alike_or_too_few_are_known(tallies, are_alike, weak):
    assert (box.are_all_alike(tallies), box.weak_items(tallies)) == (are_alike, weak)


def test_absent_members_who_wrote_are_added_to_the_box():
    """Of five four are there: three for it, and the one who wrote, are four of five."""
    office = an_office_with_council(5)
    sitting = opened(office, ready(office, 1), written=1, **SECRET)
    item = sitting.items.get()
    for seat, choices in zip(sitting.seats.all(), "yyyn", strict=False):
        cast(sitting, seat, choices)
    counting.save_counts(
        sitting, actor=office.secretary, rows={item.pk: counting.Typed({"written_yes": "1", "yes": "9"}, ",,,0,0")}
    )
    moving.start_counting(sitting, actor=office.secretary)

    moving.close(sitting, actor=office.secretary)

    item.refresh_from_db()
    assert (item.yes, item.no, item.written_yes, item.outcome) == (3, 1, 1, "passed")


def test_more_written_opinions_than_absent_members_keep_the_sitting_open():
    office = an_office_with_council(5)
    sitting = opened(office, ready(office, 1), written=1, **SECRET)
    item = sitting.items.get()
    for seat in sitting.seats.all()[:4]:
        cast(sitting, seat, "y")
    rows = {item.pk: counting.Typed({"written_yes": "2"}, ",,,0,0")}
    counting.save_counts(sitting, actor=office.secretary, rows=rows)
    moving.start_counting(sitting, actor=office.secretary)

    with pytest.raises(moving.NotAddedUp):
        moving.close(sitting, actor=office.secretary)


def test_a_name_put_off_before_anybody_votes_is_on_no_ballot():
    office, sitting = a_vote(names=2)
    first = sitting.items.first()
    first.sitting = sitting
    services.put_off(first, actor=office.secretary, note="Chờ xác minh")

    for seat in sitting.seats.all():
        cast(sitting, seat, "y")
    moving.start_counting(sitting, actor=office.secretary)
    moving.close(sitting, actor=office.secretary)

    assert list(sitting.items.values_list("yes", "outcome")) == [(None, "put_off"), (5, "passed")]
    assert [one.state for one in Nominee.objects.order_by("pk")] == ["ready", "passed"]
