"""Calendar addresses: made, taken back, and what stands behind one. Who knows an address reads it without sign-in.

Of a person, an address gives what he is told of in one unit; of a unit, everything of that unit. It dies with the
role: of a person with his own, of a unit with the last one that anybody has there.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone

from core import audit
from core.errors import AppError
from core.states import MovedMeanwhile
from reminders import tokens
from reminders.deadlines import Deadline, Key, Scope, open_deadlines
from reminders.models import Feed
from reminders.names import names_of
from reminders.people import responsible
from units.models import Membership, Person, Unit
from units.selectors import standing_of

PURPOSE = "feed"
READ_ONCE_IN = dt.timedelta(hours=1)
"""Calendars ask every few minutes; when one last did is written down this often at most."""


class NobodyToGiveTo(AppError):
    message = "Tài khoản này chưa gắn với người nào trong đơn vị nên chưa có lịch riêng."


# -- Acts --------------------------------------------------------------------------------


@transaction.atomic
def make_feed(unit: Unit, person: Person | None, *, actor: Any) -> Feed:
    """A new address for the person, or for the unit; the one that there was opens nothing from now on."""
    _still_open(unit_id=unit.pk, person=person).update(revoked_at=timezone.now())
    nonce = tokens.new_nonce()
    token = tokens.token_of(nonce, purpose=PURPOSE)
    feed = Feed(unit=unit, person=person, nonce=nonce, token_hash=tokens.hash_of(token), made_by=actor)
    try:
        with transaction.atomic():
            feed.save(force_insert=True)
    except IntegrityError:
        raise MovedMeanwhile("Địa chỉ lịch này vừa được tạo mới ở cửa sổ khác. Hãy tải lại trang để xem.") from None
    audit.record("reminders.feed.made", feed, actor=actor, unit_id=unit.pk)
    return feed


@transaction.atomic
def revoke_feed(feed: Feed, *, actor: Any) -> None:
    """A second click finds it revoked and says nothing more."""
    if _still_open(pk=feed.pk).update(revoked_at=timezone.now()):
        audit.record("reminders.feed.revoked", feed, actor=actor, unit_id=feed.unit_id)


def note_reading(feed: Feed) -> None:
    now = timezone.now()
    if feed.read_at is None or feed.read_at <= now - READ_ONCE_IN:
        Feed.objects.filter(pk=feed.pk).update(read_at=now)


def _still_open(**which: Any) -> models.QuerySet[Feed]:
    return Feed.objects.filter(revoked_at=None, **which)


# -- Reads -------------------------------------------------------------------------------


def manageable_feeds(user: Any) -> models.QuerySet[Feed]:
    """The user's own and those of the units in which he has a role, revoked ones too; never a colleague's own."""
    mine = models.Q(person=None) | models.Q(person=user.person_id)
    rows = Feed.objects.filter(mine, unit__in=standing_of(user).unit_ids)
    return rows.select_related("unit", "made_by__person")


def find_feed(token: str) -> Feed | None:
    """The feed that the address opens today. Unknown, revoked, or without a role behind it: None, in one query.

    It is looked up by its hash, of which nobody can guess a part: how long that takes tells nothing.
    """
    today = timezone.localdate()
    held = Membership.objects.on(today).filter(user__is_active=True, unit=models.OuterRef("unit"))
    on_staff = Person.objects.on(today).filter(pk=models.OuterRef("person"))
    is_alive = models.Q(models.Exists(held), person=None) | models.Q(
        models.Exists(held.filter(user__person=models.OuterRef("person"))), models.Exists(on_staff)
    )
    rows = Feed.objects.filter(is_alive, token_hash=tokens.hash_of(token), revoked_at=None)
    return rows.select_related("unit", "person").first()


def address_of(feed: Feed) -> str:
    """Whole, to be copied; blank where it was made under another secret key and cannot be shown again."""
    token = tokens.token_of(feed.nonce, purpose=PURPOSE)
    is_known = tokens.hash_of(token) == feed.token_hash
    return settings.SITE_URL + reverse("calendar_feed", args=[token]) if is_known else ""


def is_handed_on(feed: Feed) -> bool:
    """Whether somebody whose role ended since may still know the unit's address."""
    since = timezone.localdate(feed.made_at)
    ended = Membership.objects.filter(unit=feed.unit_id, valid_to__gte=since, valid_to__lt=timezone.localdate())
    return feed.person_id is None and ended.exists()


def deadlines_of(feed: Feed) -> tuple[list[Deadline], dict[Key, list[str]]]:
    """The open deadlines behind an address, and for each the names of those who are told of it."""
    deadlines = open_deadlines(Scope(units=[feed.unit_id]))
    people = responsible(deadlines)
    if feed.person_id is not None:
        deadlines = [deadline for deadline in deadlines if feed.person_id in people[deadline.key]]
    return deadlines, names_of(people)
