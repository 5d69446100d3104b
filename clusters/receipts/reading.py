"""Rows of a pasted register, laid beside the season: of which member, for which step, and what is to be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clusters.models import Member, Receipt, Season
from clusters.receipts.board import Board, Row, asked_of
from clusters.receipts.matching import Names, guess_step
from clusters.receipts.pasting import REGISTER, RETURNED, Line, Paste, read_paste
from clusters.receipts.services import Days, Saying, check_days, days_of
from core.errors import UnfitField

MEMBER, STEP, TAKE, WAS = "dv-", "viec-", "lay-", "da-"
"""Names of fields; the number of the row follows."""


@dataclass(slots=True)
class Shown:
    """One row with what is proposed, or what the person chose."""

    line: Line
    members: tuple[int, ...]
    """Proposed, the likeliest first."""
    member: int | None
    step: int | None
    is_taken: bool
    notes: list[str]
    row: Row | None = None
    """What stands on the board for that member and step."""
    error: str = ""

    @property
    def days(self) -> Days:
        said = self.line.days
        return Days(self.line.of("number")[:80], said.get("signed_on"), said.get("sent_on"), said.get("received_on"))

    @property
    def was(self) -> str:
        return self.row.was if self.row else ""


@dataclass(slots=True)
class Reading:
    paste: Paste
    shown: list[Shown]

    @property
    def taken(self) -> list[Shown]:
        return [one for one in self.shown if one.is_taken]


def read_register(board: Board, members: Sequence[Member], data: Mapping[str, Any], *, is_answer: bool) -> Reading:
    """``is_answer``: the page was shown before, its choices count. Raise ``UnfitPaste``."""
    names = Names((member.pk, member.name) for member in members)
    paste = read_paste(
        data.get("text", ""), data.get("html", ""), REGISTER, lambda cell: bool(names.meant_by(cell).pks)
    )
    asked = asked_of(board.steps, board.season.year)
    rows = {(row.member.pk, row.step.pk): row for row in board.rows}
    shown = []
    for line in paste.lines:
        named = names.meant_by(line.of("sender"))
        day = line.days.get("received_on") or line.days.get("sent_on") or line.days.get("signed_on")
        guess = guess_step(asked, line.of("subject"), day)
        is_sure = named.is_sure and guess.is_sure
        likely = named.pks[0] if named.pks else None
        one = Shown(line, named.pks, likely, guess.pk, is_sure, _asked(named, guess, line))
        if is_answer:
            _answered(one, data, {member.pk for member in members}, {step.pk for step in board.steps})
        one.row = rows.get((one.member or 0, one.step or 0))
        shown.append(one)
    _settle(board.season, shown, is_answer=is_answer)
    return Reading(paste, shown)


def _asked(named: Any, guess: Any, line: Line) -> list[str]:
    notes = [f"{fault[:1].upper()}{fault[1:]}." for fault in line.faults]
    if not named.pks:
        sender = line.of("sender") or "để trống"
        notes.append(f"Nơi gửi «{sender}» không có trong danh sách đơn vị thành viên.")
    elif not named.is_sure:
        notes.append("Chưa chắc là đơn vị này; xem lại tên nơi gửi rồi chọn.")
    if guess.pk is None:
        notes.append("Trích yếu không giống việc nào trong lịch.")
    elif not guess.is_sure:
        notes.append("Chưa chắc là văn bản của việc này; xem lại trích yếu rồi chọn.")
    return notes


def _answered(one: Shown, data: Mapping[str, Any], members: set[int], steps: set[int]) -> None:
    number = one.line.number
    one.member, one.step = _chosen(data, MEMBER, number, members), _chosen(data, STEP, number, steps)
    one.is_taken = f"{TAKE}{number}" in data


def _chosen(data: Mapping[str, Any], name: str, number: int, allowed: set[int]) -> int | None:
    text = data.get(f"{name}{number}", "")
    pk = int(text) if text.isdecimal() and len(text) < 19 else None
    return pk if pk in allowed else None


def _settle(season: Season, shown: Sequence[Shown], *, is_answer: bool) -> None:
    """What is there already is not taken again; of two rows for one thing the earlier is; bad days are told."""
    seen: Counter[tuple[int, int]] = Counter()
    for one in shown:
        receipt = one.row.receipt if one.row else None
        if receipt is not None and days_of(receipt) == _merged(receipt, one.days):
            one.is_taken = False
            one.notes.append("Đã ghi như vậy rồi.")
        elif receipt is not None and days_of(receipt) != Days():
            one.is_taken = one.is_taken and is_answer
            one.notes.append(f"Đang ghi {_days_told(receipt)}; đánh dấu lấy để thay bằng dòng này.")
        try:
            check_days(one.days, season.late_from)
        except UnfitField as error:
            if one.is_taken and is_answer:
                one.error = str(error)
            elif one.row is not None:
                one.notes.append(str(error))
            one.is_taken = one.is_taken and is_answer
        if one.is_taken and one.member and one.step:
            seen[one.member, one.step] += 1
            if seen[one.member, one.step] > 1:
                one.notes.append("Cùng đơn vị, cùng việc với một dòng ở trên.")
                one.error = "Hai dòng cùng một đơn vị, một việc; chỉ lấy một dòng." if is_answer else ""
                one.is_taken = is_answer
        if is_answer and one.is_taken and one.row is None:
            one.error = "Chọn đơn vị và việc, hoặc bỏ đánh dấu lấy dòng này."


def _merged(receipt: Receipt, days: Days) -> Days:
    """A register that lacks a column says nothing against it."""
    there = days_of(receipt)
    return Days(
        days.number or there.number,
        days.signed_on or there.signed_on,
        days.sent_on or there.sent_on,
        days.received_on or there.received_on,
    )


def _days_told(receipt: Receipt) -> str:
    said = (("ký", receipt.signed_on), ("gửi", receipt.sent_on), ("nhận", receipt.received_on))
    days = [f"{label} {day:%d/%m/%Y}" for label, day in said if day]
    return ", ".join(filter(None, (receipt.number, *days)))


def sayings_of(reading: Reading, data: Mapping[str, Any]) -> list[Saying]:
    """Of the rows that are taken; ``data`` tells what the page showed on the board at that time."""
    found = []
    for one in reading.taken:
        assert one.row is not None
        days = _merged(one.row.receipt, one.days) if one.row.receipt else one.days
        was = str(data.get(f"{WAS}{one.line.number}", ""))[:40]
        moved = str(data.get(f"{WAS}{one.line.number}-cua", "")) != one.row.key
        found.append(Saying(one.row.member, one.row.step, days, one.was if moved else was, Receipt.Source.PASTED))
    return found


# -- Returned dossiers ---------------------------------------------------------------------


@dataclass(slots=True)
class ReturnedLine:
    line: Line
    member: int | None
    members: tuple[int, ...]
    count: int
    is_taken: bool
    notes: list[str]


def read_returned(
    members: Sequence[Member], data: Mapping[str, Any], *, is_answer: bool
) -> tuple[Paste, list[ReturnedLine]]:
    """Raise ``UnfitPaste``."""
    names = Names((member.pk, member.name) for member in members)
    paste = read_paste(
        data.get("text", ""), data.get("html", ""), RETURNED, lambda cell: bool(names.meant_by(cell).pks)
    )
    shown = []
    for line in paste.lines:
        named = names.meant_by(line.of("sender"))
        count, notes = _count(line)
        notes += [f"{fault[:1].upper()}{fault[1:]}." for fault in line.faults]
        if not named.pks:
            notes.append(f"«{line.of('sender') or 'Để trống'}» không có trong danh sách đơn vị thành viên.")
        elif not named.is_sure:
            notes.append("Chưa chắc là đơn vị này; xem lại tên rồi chọn.")
        one = ReturnedLine(
            line, named.pks[0] if named.pks else None, named.pks, count, named.is_sure and count > 0, notes
        )
        if is_answer:
            one.member = _chosen(data, MEMBER, line.number, {member.pk for member in members})
            one.is_taken = f"{TAKE}{line.number}" in data
        shown.append(one)
    return paste, shown


def _count(line: Line) -> tuple[int, list[str]]:
    """One, unless the list has a column of numbers."""
    text = line.of("count")
    if not text:
        return 1, []
    if text.isdecimal() and len(text) <= 3:
        return int(text), []
    return 0, [f"«{text[:40]}» không phải số hồ sơ."]


def reason_of(lines: Sequence[ReturnedLine]) -> str:
    """«Trả lại 2 hồ sơ: Hồ sơ bằng khen, 05/12/2026 (thiếu báo cáo); …»"""
    told = []
    for one in lines:
        day = f", {one.line.days['day']:%d/%m/%Y}" if "day" in one.line.days else ""
        why = f" ({one.line.of('reason')})" if one.line.of("reason") else ""
        told.append(f"{one.line.of('subject') or 'hồ sơ'}{day}{why}")
    total = sum(one.count for one in lines)
    return f"Trả lại {total} hồ sơ: {'; '.join(told)}"[:2000]
