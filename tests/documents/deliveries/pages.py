"""What the tests of the pages type and read."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.urls import reverse

from documents.models import Delivery, IssuedPaper
from tests.documents.deliveries.conftest import TODAY, Desk
from units.models import Unit

SENT, RECEIVED, RECEIPTS = (reverse(f"documents:{name}") for name in ("sent", "received", "receipts"))
YESTERDAY = TODAY - dt.timedelta(days=1)


def address(delivery: Delivery) -> str:
    return reverse("documents:delivery", args=[delivery.pk])


def sending(desk: Desk, paper: IssuedPaper | None = None) -> str:
    return reverse("documents:send", args=[(paper or desk.paper).pk])


def typed(*units: Unit, **values: Any) -> dict[str, Any]:
    return {"day": "20/2/2026", "way": "inside", "purpose": "", "units": [unit.pk for unit in units], **values}


def told(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def primary(answer: Any) -> list[str]:
    """Words of the page's primary buttons."""
    found = re.findall(
        r'<(?:a|button) class="btn btn-primary"[^>]*>(?:<svg.*?</svg>)?(.*?)</', answer.content.decode(), re.S
    )
    return [" ".join(words.split()) for words in found]


def rows(answer: Any) -> list[str]:
    return [f"{row.paper.number} {row.receiver_title}" for row in answer.context["page"].rows]


def acts(answer: Any) -> list[str]:
    return [act.code for act in answer.context["acts"]]
