"""Zalo texts: for every one that is missing a text ready to be pasted, with its own link. Nothing is sent here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reminders import wording
from reminders.asking import links
from reminders.asking.presenters import AskRow
from reminders.models import Ask, Request
from units.models import Person

TEXT = "zalo_request"
_NOT_A_DIGIT = re.compile(r"\D")
_COUNTRY = "84"


@dataclass(frozen=True, slots=True)
class ZaloText:
    row: AskRow
    text: str
    """Blank where the link is no more: a new one must be made first."""
    head: str
    phone: str
    """As it was typed."""
    call_url: str
    chat_url: str


def zalo_texts(request: Request, rows: Sequence[AskRow]) -> list[ZaloText]:
    """For those of the rows that are missing, whom nobody has told first. One query."""
    waiting = [row for row in rows if row.is_missing and row.ask.part_id]
    words = wording.wordings_of([request.unit_id], [TEXT])[request.unit_id][TEXT]
    return [_text(request, row, words) for row in sorted(waiting, key=lambda row: row.ask.told_at is not None)]


def _text(request: Request, row: AskRow, words: str) -> ZaloText:
    part = row.ask.part
    assert part is not None
    head = part.head
    phone = part.phone or (head.phone if head else "")
    digits = international(phone)
    return ZaloText(
        row=row,
        text=wording.fill(TEXT, words, values_for(request, row.ask)) if links.is_open(row.ask) else "",
        head=wording.addressed(head) if head else "",
        phone=phone,
        call_url=f"tel:+{digits}" if digits else "",
        chat_url=f"https://zalo.me/{digits}" if digits else "",
    )


def values_for(request: Request, ask: Ask) -> dict[str, str]:
    """For the place-holders of ``zalo_request``; ``ask`` has an open link and its part's head."""
    head = ask.part.head if ask.part else None
    return {
        "nguoi_nhan": wording.addressed(head) if head else str(ask),
        "noi_nhan": str(ask),
        "don_vi": str(request.unit),
        "viec": request.title,
        "noi_dung": request.body,
        "han": f"{request.due:%d/%m/%Y}",
        "lien_ket": links.address_of(ask),
        "nguoi_gui": asker(request),
    }


def asker(request: Request) -> str:
    """Who can be asked back: the follower, else who made the request; the unit where neither has a card."""
    person = request.follower or request.by.person
    if person is None:
        return str(request.unit)
    return f"{wording.addressed(person)}{_phone_of(person)}"


def _phone_of(person: Person) -> str:
    return f", điện thoại {person.phone}" if person.phone else ""


def international(phone: str) -> str:
    """«0912 345 678» → «84912345678»; blank where it is no number that can be called.

    >>> international("0912.345.678"), international("+84 912 345 678"), international("chưa có")
    ('84912345678', '84912345678', '')
    """
    digits = _NOT_A_DIGIT.sub("", phone)
    if digits.startswith("0"):
        digits = _COUNTRY + digits[1:]
    return digits if digits.startswith(_COUNTRY) and 10 <= len(digits) <= 12 else ""
