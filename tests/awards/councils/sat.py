"""A council that sits: nine members, nominees that are ready, the steps up to the one that a test is about."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from awards.councils import box, moving, services
from awards.councils.services import SittingData
from awards.models import Nominee, Seat, Sitting
from tests.awards.rows import Office, a_nominee, a_subject, an_office, with_council
from tests.factories import MembershipFactory, Role, UserFactory
from units.models import User

AT = timezone.make_aware(dt.datetime(2026, 11, 25, 8))  # noqa: DTZ001 -- made aware
Presence = Seat.Presence


def an_office_with_council(members: int = 9) -> Office:
    office = an_office()
    with_council(office, members)
    return office


def ready(office: Office, count: int, award: str = "CSTDCS", **more: Any) -> list[Nominee]:
    """Each a subject of its own, of the school."""
    return [
        a_nominee(
            office.lists["school"],
            award,
            a_subject(office.unit, f"Nguyễn Thị Hoa {number}", **more),
            state="ready",
            name=f"Nguyễn Thị Hoa {number}",
        )
        for number in range(1, count + 1)
    ]


def a_sitting(office: Office, nominees: list[Nominee], **more: Any) -> Sitting:
    data = SittingData(**{"name": "Họp Hội đồng tháng 11", "at": AT, **more})
    keys = [one.pk for one in nominees]
    return services.create_sitting(
        office.unit, actor=office.secretary, data=data, nominees=keys, award_round=office.round
    )


def present(sitting: Sitting, *, absent: int = 0, written: int = 0) -> None:
    """All but the last ones."""
    seats = list(sitting.seats.all())
    said = {seat.pk: Presence.PRESENT.value for seat in seats}
    for seat in seats[len(seats) - absent - written :]:
        said[seat.pk] = Presence.ABSENT.value
    for seat in seats[len(seats) - written :]:
        said[seat.pk] = Presence.WRITTEN.value
    actor = sitting.by
    services.record_presence(sitting, actor=actor, presence=said, tellers=[seats[0].pk])


def opened(office: Office, nominees: list[Nominee], *, absent: int = 0, written: int = 0, **more: Any) -> Sitting:
    sitting = a_sitting(office, nominees, **more)
    present(sitting, absent=absent, written=written)
    moving.open_sitting(sitting, actor=office.secretary, is_confirmed=True)
    return sitting


def counting(office: Office, nominees: list[Nominee], **more: Any) -> Sitting:
    """On paper."""
    sitting = opened(office, nominees, **more)
    moving.start_counting(sitting, actor=office.secretary)
    return sitting


def with_accounts(office: Office) -> list[User]:
    """Of the members, in their order."""
    found = []
    for number, member in enumerate(office.council, start=1):
        user = UserFactory.create(username=f"uv{number}", person=member.person)
        MembershipFactory.create(user=user, unit=office.unit, role=Role.COUNCIL_MEMBER)
        found.append(user)
    return found


def cast(sitting: Sitting, seat: Seat, choices: str) -> None:
    """``choices``: a letter for each name of the list, in its order: y, n, b."""
    words = {"y": "yes", "n": "no", "b": "blank"}
    names = sorted(box.names_for(sitting, seat), key=lambda pk: sitting.items.get(pk=pk).order)
    said = {pk: words[letter] for pk, letter in zip(names, choices, strict=True)}
    box.cast(sitting, person_id=seat.person_id, choices=said)
