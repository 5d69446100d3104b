"""The days on which people of the demonstration were told, as they would be had the program run on them.

The program's own planning and handing over, called for the mornings of the last working days. Only the mail server
of those days is made up: it takes every mail, keeps none, and has no box for one of the addresses.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from smtplib import SMTPRecipientsRefused

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, QuerySet
from django.test.utils import override_settings
from django.utils import timezone

from plans.models import Plan
from reminders import planning, sending, services
from reminders.calendars import workdays_of
from reminders.deadlines import Scope, open_deadlines
from reminders.models import Message
from tdkt.demo.office import Office
from units.models import Person, User

_DAYS_AGO = (7, 6, 5, 2, 1)
"""Working days. On those between them the machine stood still: what was to be told then is missed."""
_NAMED_BESIDES_FROM = 2
_WATCHER = "Trưởng phòng"
_MORNING, _TOOK, _READ_AFTER = dt.time(7, 30), dt.timedelta(minutes=1), dt.timedelta(minutes=40)


def tell_of_past_days(office: Office, officer: User) -> None:
    """Call before what the first ``send_reminders`` shall tell as new. Nothing leaves the house."""
    today, unit = timezone.localdate(), office.commune
    days = workdays_of([unit.pk])[unit.pk]
    with override_settings(EMAIL_BACKEND=f"{__name__}.{MadeUpServer.__name__}"):
        for ago in _DAYS_AGO:
            if ago == _NAMED_BESIDES_FROM:
                MadeUpServer.unknown = _watcher(office, officer).email
            day = days.before(today, ago)
            moment = timezone.make_aware(dt.datetime.combine(day, _MORNING))
            planning.plan(moment, at_once=True, units=[unit.pk])
            sending.hand_over(moment, respects_quiet=False)
            _date_back(moment, Message.objects.filter(unit=unit, ended_at__gt=moment))
    told = Message.objects.filter(unit=unit, person=officer.person_id, channel=Message.Channel.APP)
    told.filter(day__lt=day, ended_at__lt=timezone.now()).update(read_at=F("ended_at") + _READ_AFTER)


def _watcher(office: Office, officer: User) -> Person:
    """Told of all that this year's plan has, besides its follower; the address on the card is an old one."""
    plan = Plan.objects.get(unit=office.commune, kind=Plan.Kind.ANNUAL, year=timezone.localdate().year)
    watcher = Person.objects.filter(unit=office.commune, post=_WATCHER).order_by("pk")[0]
    deadline = next(one for one in open_deadlines(Scope(units=[office.commune.pk])) if one.group == plan.pk)
    services.watch(deadline, actor=officer, person=watcher, whole_group=True)
    return watcher


def _date_back(moment: dt.datetime, messages: QuerySet[Message]) -> None:
    """The clock of the machine says when a message went, whatever moment it is handed over for."""
    messages.filter(claimed_at__isnull=False).update(claimed_at=moment)
    messages.update(ended_at=moment + _TOOK)


class MadeUpServer(BaseEmailBackend):
    unknown = ""

    def send_messages(self, mails: Sequence[EmailMessage]) -> int:
        for mail in mails:
            if self.unknown in mail.to:
                raise SMTPRecipientsRefused({self.unknown: (550, "5.1.1 Không có hộp thư này".encode())})
        return len(mails)
