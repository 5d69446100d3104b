"""Members × papers that they owe: what came, how late it is, what that costs. Read once, whatever the number of rows.

Days late are those that the score counts (``clusters.standing.late_days_of``); a missing paper is late until today,
or until the ranking was frozen.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from clusters.lateness import day_that_counts
from clusters.models import CriteriaSet, Criterion, Entry, Member, Receipt, Season, Step
from clusters.receipts.arithmetic import Scale, arithmetic, takes_lateness
from clusters.receipts.matching import Asked, guess_step
from clusters.receipts.services import fingerprint
from clusters.standing import ORDER, counted_until, late_days_of, scheme_of, steps_asking
from clusters.wording import points_shown
from core.text import fold
from documents.deliveries.states import is_open
from documents.models import Delivery
from reminders.calendars import workdays_of
from units.selectors import readable_unit_ids

MISSING, LATE, ON_TIME, WAIVED, WAITING = "chua", "cham", "dung", "mien", "cho"
STATES = (
    (MISSING, "Quá hạn, chưa nhận"),
    (LATE, "Đã nhận, chậm"),
    (ON_TIME, "Đúng hạn"),
    (WAIVED, "Được miễn trừ"),
    (WAITING, "Chưa đến hạn"),
)
COUNTED = {
    MISSING: "{} văn bản quá hạn chưa nhận",
    LATE: "{} nhận chậm",
    ON_TIME: "{} đúng hạn",
    WAIVED: "{} được miễn trừ",
    WAITING: "{} chưa đến hạn",
}
LOOKS = {MISSING: "overdue", LATE: "returned", ON_TIME: "done", WAIVED: "approved", WAITING: "not_due"}
WORDS = {MISSING: "Chưa nhận", LATE: "Chậm", ON_TIME: "Đúng hạn", WAIVED: "Miễn trừ", WAITING: "Chưa đến hạn"}
_BEFORE = dt.timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Row:
    member: Member
    step: Step
    receipt: Receipt | None
    state: str
    days: int
    """Late, as the score counts it; 0 where it is waived."""
    words: str
    """The arithmetic."""
    lost: str
    """«5,00», with the set's decimals as in every column of points; blank where nothing is lost."""
    ahead: str
    """«thêm 3 ngày nữa: −5 điểm»"""
    override: str
    """Where the score sheet says other days than the receipts."""

    @property
    def look(self) -> str:
        return LOOKS[self.state]

    @property
    def word(self) -> str:
        return WORDS[self.state]

    @property
    def key(self) -> str:
        return f"{self.member.pk}-{self.step.pk}"

    @property
    def was(self) -> str:
        return fingerprint(self.receipt)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A delivery that looks like a member's paper for a step."""

    row: Row
    delivery: Delivery
    is_sure: bool
    waits: bool
    """Its day that counts was not recorded yet: it cannot be taken before."""

    @property
    def key(self) -> str:
        return f"{self.row.key}-{self.delivery.pk}"


@dataclass(slots=True)
class Board:
    season: Season
    scale: Scale
    on: dt.date
    rows: list[Row]
    steps: list[Step]

    def counts(self) -> Counter[str]:
        return Counter(row.state for row in self.rows)


# -- Reading -------------------------------------------------------------------------------


def members_seen(user: Any, season: Season) -> list[Member]:
    """The organiser's people see all, a member's people their own unit."""
    own = readable_unit_ids(user)
    members = season.members.select_related("unit", "part")
    if not own.filter(pk=season.cluster.unit_id).exists():
        members = members.filter(unit__in=own)
    return list(members)


def scale_of(season: Season, *, criteria: Iterable[Criterion] | None = None, is_working: Any = None) -> Scale:
    """``criteria``: the set's penalties, where they were read already."""
    if season.criteria is None:
        return Scale((), is_working=is_working)
    rows = penalties_of([season.criteria]) if criteria is None else criteria
    return scale_from(season.criteria, rows, is_working)


def scale_from(criteria_set: CriteriaSet, rows: Iterable[Criterion], is_working: Any = None) -> Scale:
    flat = list(rows)
    for row in flat:
        row.parent_id = None  # a penalty is looked at by itself, whatever group it stands in
    scheme = scheme_of(criteria_set, flat)
    return Scale(tuple(one for one in scheme.criteria if takes_lateness(one)), scheme.decimals, is_working)


def penalties_of(sets: Collection[CriteriaSet | int]) -> list[Criterion]:
    return list(Criterion.objects.filter(set__in=sets, kind=Criterion.Kind.PENALTY).order_by("set", "order"))


def working_days(season: Season) -> Any:
    if season.late_in != Season.LateIn.WORKING:
        return None
    return workdays_of([season.cluster.unit_id])[season.cluster.unit_id].is_working


def read_board(season: Season, members: Sequence[Member], *, on: dt.date | None = None) -> Board:
    day = on or counted_until(season)
    steps = steps_asking(season)
    scale = scale_of(season, is_working=working_days(season))
    late = late_days_of(season, members, day)
    found = Receipt.objects.filter(step__in=steps, member__in=members)
    receipts = {
        (row.member_id, row.step_id): row
        for row in found.select_related("delivery__paper", "waiver__file", "waiver__paper__signed_file", "by__person")
    }
    overrides = _overrides(season, members)
    rows = [
        _row(season, scale, member, step, receipts.get((member.pk, step.pk)), late, overrides, day)
        for member in members
        for step in steps
    ]
    return Board(season, scale, day, rows, steps)


def came_on(season: Season, receipt: Receipt | None) -> dt.date | None:
    if receipt is None:
        return None
    return day_that_counts(
        season.late_from, received=receipt.received_on, sent=receipt.sent_on, signed=receipt.signed_on
    )


def _row(
    season: Season,
    scale: Scale,
    member: Member,
    step: Step,
    receipt: Receipt | None,
    late: dict[int, dict[int, int]],
    overrides: dict[int, str],
    on: dt.date,
) -> Row:
    came, days = came_on(season, receipt), late.get(member.pk, {}).get(step.pk, 0)
    if step.due is None:
        words = "Lịch chưa ghi hạn nên chưa tính được ngày chậm."
        return Row(member, step, receipt, ON_TIME if came else WAITING, 0, words, "", "", "")
    state = _state(receipt, came, step.due, on)
    words = arithmetic(scale, season.late_from, due=step.due, came=came, on=on, days=days)
    if receipt and receipt.waived:
        words = f"{_bare(scale, season, step.due, came, on)} Được miễn trừ: {receipt.waived}"
    loss = scale.loss(days)
    is_open_still = state in (MISSING, WAITING)
    ahead = scale.ahead(step.due, on, days) if is_open_still else ""
    lost = points_shown(loss, scale.decimals) if loss else ""
    return Row(member, step, receipt, state, days, words, lost, ahead, overrides.get(member.pk, ""))


def _bare(scale: Scale, season: Season, due: dt.date, came: dt.date | None, on: dt.date) -> str:
    """Of a waived one: its days, without what they would have cost."""
    return (
        arithmetic(Scale(()), season.late_from, due=due, came=came, on=min(on, due), days=0).split(":")[0].rstrip(".")
        + "."
    )


def _state(receipt: Receipt | None, came: dt.date | None, due: dt.date, on: dt.date) -> str:
    if receipt and receipt.waived:
        return WAIVED
    if came is not None:
        return LATE if came > due else ON_TIME
    return MISSING if on > due else WAITING


def _overrides(season: Season, members: Sequence[Member]) -> dict[int, str]:
    """Member → what the score sheet says instead of the receipts, as its last stage said it."""
    rows = Entry.objects.filter(sheet__member__in=members, late_days__isnull=False).select_related("sheet")
    found: dict[int, str] = {}
    for row in sorted(rows, key=lambda one: ORDER[one.stage]):
        told = "không chậm" if not row.late_days else f"chậm {row.late_days} ngày"
        found[row.sheet.member_id] = f"Bảng điểm ghi {told} thay cho số tính ở đây: {row.reason}"
    return found


# -- Filters -------------------------------------------------------------------------------


def filtered(rows: Sequence[Row], *, words: str = "", step: str = "", state: str = "") -> list[Row]:
    wanted = fold(words).split()
    return [
        row
        for row in rows
        if (not step or str(row.step.pk) == step)
        and (not state or row.state == state)
        and all(word in _searched(row) for word in wanted)
    ]


def _searched(row: Row) -> str:
    return fold(f"{row.member.name} {row.receipt.number if row.receipt else ''} {row.step.text}")


# -- Deliveries ----------------------------------------------------------------------------


def asked_of(steps: Iterable[Step], year: int) -> list[Asked]:
    return [Asked(step.pk, step.kind, step.text, step.due, year) for step in steps]


def deliveries_to(season: Season, members: Sequence[Member], steps: Sequence[Step]) -> list[Delivery]:
    """What the members' units sent to the organiser in the season's time and what no receipt is tied to, by day."""
    days = [step.due for step in steps if step.due]
    units = {member.unit_id for member in members if member.unit_id}
    if not days or not units:
        return []
    rows = Delivery.objects.filter(
        is_open(), Q(sent_on__gte=min(days) - _BEFORE), sender__in=units, receiver=season.cluster.unit_id
    )
    tied = Receipt.objects.filter(step__season=season, delivery__isnull=False).values("delivery")
    return list(rows.exclude(pk__in=tied).select_related("paper__issuer", "sender").order_by("sent_on", "pk"))


def proposals(board: Board) -> list[Proposal]:
    """For rows on which nothing came so far. The first paper that fits is proposed: a later one is its correction."""
    season = board.season
    empty = {(row.member.unit_id, row.step.pk): row for row in board.rows if came_on(season, row.receipt) is None}
    if not empty:
        return []
    members = list({row.member.pk: row.member for row in empty.values()}.values())
    asked = asked_of(board.steps, season.year)
    found: list[Proposal] = []
    for delivery in deliveries_to(season, members, board.steps):
        words = f"{delivery.paper.kind} {delivery.paper.subject} {delivery.purpose}"
        guess = guess_step(asked, words, delivery.sent_on)
        row = empty.pop((delivery.sender_id, guess.pk), None) if guess.pk else None
        if row is not None:
            waits = season.late_from == Season.LateFrom.RECEIVED and delivery.received_on is None
            found.append(Proposal(row, delivery, guess.is_sure and not waits, waits))
    order = {row.key: place for place, row in enumerate(board.rows)}
    return sorted(found, key=lambda one: order[one.row.key])
