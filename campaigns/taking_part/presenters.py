"""Registrations told to the person at the screen, from rows already read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from campaigns.models import Campaign, Registration, Target
from campaigns.states import RegistrationState
from campaigns.taking_part import promises
from campaigns.taking_part.selectors import Counts, Place, PlaceRows, days_late, key_of
from core.text import fold
from units.models import Part, Unit

State = RegistrationState
MISSING, WAITING, RETURNED, APPROVED, LATE = "chua-gui", "cho-duyet", "tra-lai", "da-duyet", "gui-muon"
STATES = {MISSING: "Chưa gửi", WAITING: "Chờ duyệt", RETURNED: "Trả lại", APPROVED: "Đã duyệt", LATE: "Muộn"}
_CODES = {State.SENT: WAITING, State.RETURNED: RETURNED, State.APPROVED: APPROVED}
_LOOKS = {State.SENT: "submitted", State.RETURNED: "returned", State.APPROVED: "done"}
COLLECTIVES, PEOPLE = "tap-the", "ca-nhan"
WHOM = {COLLECTIVES: "Tập thể", PEOPLE: "Cá nhân"}
_KINDS = {
    Part.Kind.SCHOOL: "Trường học",
    Part.Kind.STATION: "Trạm, trung tâm",
    Part.Kind.OFFICE: "Cơ quan, phòng, ban",
    Part.Kind.ORGANISATION: "Đoàn thể",
    Part.Kind.COUNCIL: "Hội đồng, ban chỉ đạo",
    Part.Kind.GROUP: "Nhóm đơn vị",
    Part.Kind.OTHER: "Nơi khác",
}
BELOW = "don-vi"
"""The kind of units below."""


@dataclass(frozen=True, slots=True)
class Row:
    """A place, or somebody of it."""

    place: Place
    registration: Registration | None
    kind: str
    kind_label: str
    state: str
    """One of ``STATES``; empty where only people of the place registered."""
    look: str
    word: str
    note: str
    days: int
    """Late."""
    titles: tuple[str, ...]
    promises: tuple[str, ...]
    more: str
    """«3 cá nhân đăng ký», why it was returned."""

    @property
    def name(self) -> str:
        return str(self.registration.person if self.is_person and self.registration else self.place)

    @property
    def is_person(self) -> bool:
        return self.registration is not None and self.registration.person_id is not None

    @property
    def place_key(self) -> str:
        return "-".join(map(str, key_of(self.place)))

    @property
    def may_be_approved(self) -> bool:
        return self.registration is not None and self.registration.state == State.SENT


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the filters say."""

    state: str = ""
    kind: str = ""
    whom: str = ""
    words: str = ""

    def fits(self, row: Row) -> bool:
        if self.state == LATE:
            if not row.days:
                return False
        elif self.state and row.state != self.state:
            return False
        if self.kind and row.kind != self.kind:
            return False
        if self.whom and row.is_person != (self.whom == PEOPLE):
            return False
        return self._is_named(row)

    def _is_named(self, row: Row) -> bool:
        if not self.words:
            return True
        there = fold(" ".join((row.name, str(row.place), *row.titles, *row.promises)))
        return all(word in there for word in fold(self.words).split())


def rows_of(campaign: Campaign, places: Sequence[PlaceRows], today: dt.date) -> list[Row]:
    """By kind, in the unit's order, each place followed by its people."""
    targets = {target.pk: target for target in campaign.targets.all()}
    kinds = kinds_of(campaign, places)
    order = list(kinds)
    found: list[Row] = []
    for one in sorted(places, key=lambda one: order.index(kind_of(one.place))):
        found.append(_place_row(campaign, one, kinds, targets, today))
        found += [_row(campaign, one.place, person, kinds, targets, today) for person in one.people]
    return found


def kind_of(place: Place) -> str:
    return place.kind if isinstance(place, Part) else BELOW


def kinds_of(campaign: Campaign, places: Sequence[PlaceRows]) -> dict[str, str]:
    """Those that are there, in the order of the kinds."""
    village = campaign.unit.village_word
    words = {Part.Kind.VILLAGE.value: f"{village[:1].upper()}{village[1:]}"}
    words |= {kind.value: label for kind, label in _KINDS.items()} | {BELOW: "Đơn vị cấp dưới"}
    there = {kind_of(one.place) for one in places}
    return {kind: label for kind, label in words.items() if kind in there}


def _place_row(
    campaign: Campaign, one: PlaceRows, kinds: Mapping[str, str], targets: Mapping[int, Target], today: dt.date
) -> Row:
    if one.own is not None:
        return _row(campaign, one.place, one.own, kinds, targets, today, people=len(one.people))
    days = days_late(campaign, today) if one.is_missing else 0
    kind = kind_of(one.place)
    if one.people:
        word, look = "Chỉ cá nhân đăng ký", "not_due"
        return Row(one.place, None, kind, kinds[kind], "", look, word, "", 0, (), (), _people_words(len(one.people)))
    look, note = ("overdue", f"quá {days} ngày") if days else ("not_due", "")
    return Row(one.place, None, kind, kinds[kind], MISSING, look, "Chưa gửi", note, days, (), (), "")


def _row(
    campaign: Campaign,
    place: Place,
    row: Registration,
    kinds: Mapping[str, str],
    targets: Mapping[int, Target],
    today: dt.date,
    *,
    people: int = 0,
) -> Row:
    kind, state = kind_of(place), State(row.state)
    days = days_behind(campaign, row)
    more = [f"Lý do trả lại: {row.reason}" if state == State.RETURNED else "", _people_words(people)]
    return Row(
        place,
        row,
        kind,
        kinds[kind],
        _CODES[state],
        _LOOKS[state],
        state.label,
        f"gửi muộn {days} ngày" if days else "",
        days,
        titles_of(row),
        tuple(promises.in_words(one, targets) for one in promises.from_json(row.promises)),
        ". ".join(filter(None, more)),
    )


def _people_words(count: int) -> str:
    return f"{count} cá nhân đăng ký" if count else ""


def titles_of(row: Registration) -> tuple[str, ...]:
    return tuple(row.titles.split("\n")) if row.titles else ()


def days_behind(campaign: Campaign, row: Registration) -> int:
    """Calendar days between the closing day and the day on which it came."""
    return max(0, (row.day - campaign.register_by).days) if campaign.register_by else 0


def look_of(row: Registration) -> str:
    return _LOOKS[State(row.state)]


# -- Sorting and heads -------------------------------------------------------------------------

SORTS: dict[str, Any] = {
    "noi": None,
    "ten": lambda row: fold(row.name),
    "ngay": lambda row: (row.registration is None, row.registration.day if row.registration else dt.date.max),
    "tinh-trang": lambda row: [*STATES, ""].index(row.state),
}
BY_PLACE = "noi"


def sorted_rows(rows: list[Row], sort: str) -> list[Row]:
    """``noi`` keeps places together with their people."""
    key = SORTS[sort.removeprefix("-")]
    if key is None:
        return rows
    return sorted(rows, key=key, reverse=sort.startswith("-"))


def with_heads(rows: Sequence[Row], counts: Mapping[str, int]) -> Iterator[tuple[str, Row]]:
    """Each row with the head that stands above it: «Thôn (28)»."""
    kind = ""
    for row in rows:
        head = f"{row.kind_label} ({counts[row.kind]})" if row.kind != kind else ""
        kind = row.kind
        yield head, row


# -- Sentences ---------------------------------------------------------------------------------


def standing(campaign: Campaign, counts: Counts, today: dt.date) -> str:
    """«Chưa gửi 20, chờ duyệt 5, trả lại 1, đã duyệt 2. Hạn đăng ký 15/02/2026, đã quá 3 ngày.»"""
    words = str(counts)
    words = f"{words[:1].upper()}{words[1:]}."
    if counts.people:
        words += (
            f" Cá nhân: chờ duyệt {counts.people_waiting}, trả lại {counts.people_returned}, "
            f"đã duyệt {counts.people_approved}."
        )
    if campaign.register_by is None:
        return f"{words} Phong trào chưa ghi hạn đăng ký."
    left = (campaign.register_by - today).days
    due = f"Hạn đăng ký {campaign.register_by:%d/%m/%Y}"
    if counts.days_late:
        return f"{words} {due}, đã quá {counts.days_late} ngày."
    return f"{words} {due}, còn {left} ngày." if counts.missing and left >= 0 else f"{words} {due}."


def one_standing(row: Registration) -> str:
    """How one stands, in a sentence."""
    state = State(row.state)
    sent = f"Gửi ngày {row.day:%d/%m/%Y}"
    days = days_behind(row.campaign, row)
    sent += f", muộn {days} ngày" if days else ""
    if state == State.RETURNED:
        return f"{sent}; đã trả lại: {row.reason.rstrip('.')}."
    return f"{sent}; đã duyệt." if state == State.APPROVED else f"{sent}; chờ duyệt."


def origin_of(row: Registration) -> str:
    """How it came."""
    if row.answer is not None:
        return f"{row.answer.get_way_display()}, {row.answer.sender}"
    if row.delivery is not None:
        return f"Văn bản {row.delivery.paper.full_number}"
    return f"{row.by} nhập" if row.by else "Nhập"


def place_words(place: Part | Unit) -> str:
    return place.title if isinstance(place, Unit) else str(place)
