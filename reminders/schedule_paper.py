"""The week's schedule as a paper: Thứ, ngày – Công việc – Người theo dõi – Ghi chú. No database here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from documents import tree
from documents.dates import PartialDate
from reminders.schedule import Day, Entry, Schedule
from units.models import Issuer, Unit

_SYMBOL = "LCT"
"""Lịch công tác; no kind of Decree 30, which leaves its symbol to the office."""
MOST_LATE = 10
"""Of what is late, the newest; the rest is counted: the paper is about the week and stays on two pages."""
_COLUMNS = (
    tree.Column("Thứ, ngày", 0.16),
    tree.Column("Công việc", 0.46),
    tree.Column("Người theo dõi", 0.2),
    tree.Column("Ghi chú", 0.18),
)


def compose_schedule(schedule: Schedule, *, unit: Unit, issuer: Issuer | None, made_by: str) -> tree.Paper:
    week = schedule.week
    return tree.Paper(
        header=_header(schedule, unit, issuer),
        title="LỊCH CÔNG VIỆC",
        subject=f"Thi đua, khen thưởng tuần {week.number}, {week.span}",
        preamble=(),
        body=(tree.Table(_COLUMNS, tuple(_rows(schedule))),),
        recipients=tree.Recipients((), ""),
        signature=tree.Signature(("NGƯỜI LẬP",), made_by),
    )


def _header(schedule: Schedule, unit: Unit, issuer: Issuer | None) -> tree.Header:
    """Of an office that has entered no issuer, its name is all that is known."""
    day = schedule.today
    date = PartialDate(day.year, day.month, day.day)
    if issuer is None:
        return tree.Header(issuer=(unit.title.upper(),), symbol=_SYMBOL, place=unit.name, date=date)
    return tree.Header(
        issuer=issuer.lines,
        superior=issuer.superior,
        symbol="-".join(filter(None, (_SYMBOL, issuer.symbol))),
        place=issuer.place,
        date=date,
    )


def _rows(schedule: Schedule) -> Iterator[tree.Row | tree.GroupRow]:
    yield tree.GroupRow(f"TRONG TUẦN ({schedule.in_week} việc)")
    for day in schedule.days:
        yield from _day(day)
    if schedule.late:
        yield tree.GroupRow(f"QUÁ HẠN ({len(schedule.late)} việc)")
        if older := len(schedule.late[:-MOST_LATE]):
            yield _row("", (f"{older} việc quá hạn lâu hơn, xem trong chương trình.",))
        yield from _dated(schedule.late[-MOST_LATE:])
    if schedule.coming:
        yield tree.GroupRow(f"TUẦN SAU ({len(schedule.coming)} việc)")
        yield from _dated(schedule.coming)


def _day(day: Day) -> Iterator[tree.Row]:
    """The day stands before its first entry; a day without any keeps a line on which to write."""
    head = (day.name, f"{day.date:%d/%m}")
    if not day.entries:
        yield _row(head, note=(day.remark,))
    for place, entry in enumerate(day.entries):
        yield _entry("" if place else head, entry, "" if place else day.remark)


def _dated(entries: Iterable[Entry]) -> Iterator[tree.Row]:
    for entry in entries:
        yield _entry((f"{entry.due:%d/%m/%Y}",), entry)


def _entry(head: tree.Cell | str, entry: Entry, remark: str = "") -> tree.Row:
    origin = (f"({entry.origin})",) if entry.origin else ()
    notes = tuple(words[:1].upper() + words[1:] for words in (remark, entry.lateness, entry.cost) if words)
    return _row(head, (entry.what, *origin), ("; ".join(entry.followers),), notes)


def _row(head: tree.Cell | str, what: tree.Cell = (), who: tree.Cell = (), note: tree.Cell = ()) -> tree.Row:
    return tree.Row(((head,) if isinstance(head, str) else head, what, who, note))
