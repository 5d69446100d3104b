"""A message as a mail: the same content as HTML and as plain text, without a picture or a script."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac

from reminders.digests import Content
from reminders.models import Message

_MOST_LINES = 12
"""Of one group; the rest is counted and stands on the page that the mail leads to."""


def mail_of(message: Message, content: Content) -> EmailMultiAlternatives:
    """To ``message.address``. Answering machines are told not to answer (RFC 3834)."""
    shown = {
        "content": content,
        "unit": message.unit,
        "site_url": settings.SITE_URL,
        "my_work_url": settings.SITE_URL + reverse("home"),
        "groups": [
            {"head": group.head, "lines": group.lines[:_MOST_LINES], "left": len(group.lines[_MOST_LINES:])}
            for group in content.groups
        ],
    }
    mail = EmailMultiAlternatives(
        subject=" ".join(content.subject.split()),
        body=render_to_string("reminders/mail/message.txt", shown),
        to=[message.address],
        headers={"Message-ID": message_id(message), "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string("reminders/mail/message.html", shown), "text/html")
    return mail


def message_id(message: Message) -> str:
    """The same whenever this row is handed over: a mail server that got it twice after all can tell."""
    mark = salted_hmac("reminders.message_id", str(message.pk), algorithm="sha256").hexdigest()[:24]
    return f"<nhac-viec.{message.pk}.{mark}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"
