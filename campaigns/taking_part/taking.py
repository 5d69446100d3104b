"""«Nhận vào đăng ký»: what places sent by link or in sheets is shown first, then becomes registrations, all in one
transaction; an answer is taken once, whoever clicks twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns.models import Campaign, Registration, TakenAnswer
from campaigns.states import RegistrationState
from campaigns.taking_part import matching, selectors, services
from campaigns.taking_part.matching import NEW, PLACE_ITSELF, Choice, Known, Proposal
from campaigns.taking_part.values import RegistrationData, Who
from core import audit
from core.errors import AppError, UnfitField
from reminders.asking import services as asking
from reminders.asking.values import RequestData
from reminders.models import Answer, Request
from units.models import Part, Person, Unit
from units.services import add_person

ADD, CHANGE, KEEP, REFUSE = "add", "change", "keep", "refuse"
_APPROVED = "Đã duyệt trước đó; muốn sửa thì trả lại đăng ký đã duyệt rồi nhận."


class OtherThanShown(AppError):
    message = "Nội dung gửi về hoặc danh sách người vừa thay đổi. Hãy xem lại trước khi nhận."


class NothingToTake(AppError):
    message = "Các nội dung này đã được nhận rồi, không nhận thêm."


@dataclass(frozen=True, slots=True)
class Line:
    """One row as the page shows it: what would become of it."""

    proposal: Proposal
    outcomes: Mapping[str, str]
    """Choice → what taking it would do."""

    @property
    def outcome(self) -> str:
        """Of a row that needs no question."""
        if self.proposal.faults:
            return REFUSE
        return self.outcomes[self.proposal.choices[0].value] if self.proposal.is_sure else ""

    @property
    def faults(self) -> tuple[str, ...]:
        approved = (_APPROVED,) if self.outcome == REFUSE and not self.proposal.faults else ()
        return (*self.proposal.faults, *approved)

    @property
    def is_asked(self) -> bool:
        return not self.proposal.faults and not self.proposal.is_sure


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer with its rows."""

    answer: Answer
    lines: tuple[Line, ...]
    digest: str

    @property
    def good(self) -> list[Line]:
        return [line for line in self.lines if not line.faults]

    @property
    def faulty(self) -> list[Line]:
        return [line for line in self.lines if line.faults]


@dataclass(frozen=True, slots=True)
class Pick:
    """What the officer takes of an answer."""

    answer: int
    digest: str
    chosen: Mapping[int, str] = field(default_factory=dict)
    """Number of a row that was asked about → the choice; empty: this row is left out."""


@dataclass(slots=True)
class Taken:
    answers: int = 0
    added: int = 0
    changed: int = 0
    people: list[str] = field(default_factory=list)


# -- Asking ------------------------------------------------------------------------------------


@transaction.atomic
def ask_places(campaign: Campaign, *, actor: Any, title: str, body: str, due: Any, parts: Sequence[Part]) -> Request:
    """«Yêu cầu các nơi đăng ký»: a draft, which its own page sends out. Raise ``UnfitField``."""
    data = RequestData(
        title=title,
        due=due,
        parts=parts,
        body=body,
        follower=campaign.follower,
        columns=matching.COLUMNS,
        kind=selectors.KIND,
        subject=campaign.pk,
    )
    return asking.create_request(campaign.unit, actor=actor, data=data)


# -- Showing -----------------------------------------------------------------------------------


def shown(campaign: Campaign) -> list[Shown]:
    """Whatever waits to be taken; the same few queries however much it is."""
    answers = selectors.answers_to_take(campaign)
    if not answers:
        return []
    known, there = known_of(campaign), _there(campaign)
    return [_shown(campaign, answer, known, there) for answer in answers]


def known_of(campaign: Campaign) -> Known:
    unit = campaign.unit
    titles = list(dict.fromkeys(selectors.titles_used(unit)))
    return Known(list(campaign.targets.all()), titles, selectors.people_of(unit))


def _shown(campaign: Campaign, answer: Answer, known: Known, there: Mapping[tuple[str, int], Registration]) -> Shown:
    part = part_of(answer)
    proposals = matching.read_rows(answer.rows, answer.text, part, known)
    lines = tuple(Line(one, {c.value: _outcome(one, c, part, there) for c in one.choices}) for one in proposals)
    return Shown(answer, lines, _digest(lines))


def part_of(answer: Answer) -> Part:
    part = answer.ask.part
    assert part is not None  # ``answers_to_take`` gives no other
    return part


def _digest(lines: Sequence[Line]) -> str:
    """Two readings of one digest would do the same."""
    return hashlib.sha256(repr(tuple(lines)).encode()).hexdigest()[:32]


def _there(campaign: Campaign) -> dict[tuple[str, int], Registration]:
    rows = Registration.objects.filter(campaign=campaign).select_related("part", "lower", "person")
    found = {services.who_of(row).key: row for row in rows}
    for row in found.values():
        row.campaign = campaign
    return found


def _outcome(proposal: Proposal, choice: Choice, part: Part, there: Mapping[tuple[str, int], Registration]) -> str:
    row = there.get(_key(choice.value, part))
    if row is None:
        return ADD
    if row.state == RegistrationState.APPROVED:
        return KEEP if _is_same(row, proposal) else REFUSE
    return KEEP if _is_same(row, proposal) and row.state == RegistrationState.SENT else CHANGE


def _is_same(row: Registration, proposal: Proposal) -> bool:
    promises = [promise.as_json for promise in proposal.promises]
    return row.titles == "\n".join(proposal.titles) and row.promises == promises


def _key(value: str, part: Part) -> tuple[str, int]:
    if value == PLACE_ITSELF:
        return "part", part.pk
    return ("person", int(value.removeprefix("nguoi-"))) if value.startswith("nguoi-") else ("person", 0)


# -- Taking ------------------------------------------------------------------------------------


@transaction.atomic
def take(campaign: Campaign, *, actor: Any, picks: Sequence[Pick]) -> Taken:
    """All of them or none. Raise ``OtherThanShown``, ``NothingToTake`` or ``UnfitField`` with the row it is about."""
    audit.wait_for_turn(campaign.unit_id)
    waiting = {one.answer.pk: one for one in shown(campaign)}
    open_picks = [pick for pick in picks if pick.answer in waiting]
    if not open_picks:
        raise NothingToTake
    there = _there(campaign)
    taken = Taken()
    for pick in open_picks:
        found = waiting[pick.answer]
        if found.digest != pick.digest:
            raise OtherThanShown
        _claim(campaign, found.answer)
        for line in found.good:
            _take_line(campaign, found.answer, line, pick, there, taken, actor)
        taken.answers += 1
    told = {"rows_added": (None, taken.added), "rows_changed": (None, taken.changed)}
    audit.record("campaigns.answers.taken", campaign, actor=actor, unit_id=campaign.unit_id, changes=told)
    return taken


def _claim(campaign: Campaign, answer: Answer) -> None:
    try:
        with transaction.atomic():
            TakenAnswer.objects.create(campaign=campaign, answer=answer)
    except IntegrityError:
        raise NothingToTake from None


def _take_line(
    campaign: Campaign,
    answer: Answer,
    line: Line,
    pick: Pick,
    there: dict[tuple[str, int], Registration],
    taken: Taken,
    actor: Any,
) -> None:
    proposal, part = line.proposal, part_of(answer)
    value = proposal.choices[0].value if proposal.is_sure else pick.chosen.get(proposal.number, "")
    if not value:
        return  # left out by the officer
    if value not in line.outcomes:
        raise OtherThanShown
    if line.outcomes[value] == REFUSE:
        raise UnfitField(f"{answer.pk}-{proposal.number}", f"{part}, dòng {proposal.number}: {_APPROVED}")
    data = RegistrationData(min(answer.day, timezone.localdate()), proposal.titles, proposal.promises)
    try:
        who = _who(value, proposal, part, taken, actor)
        row = there.get(who.key)
        if row is None:
            there[who.key] = services.register(campaign, actor=actor, who=who, data=data, answer=answer)
            taken.added += 1
        elif line.outcomes[value] == CHANGE:
            data = RegistrationData(data.day, data.titles, data.promises, row.delivery)
            taken.changed += services.change_registration(
                row, actor=actor, version=row.version, data=data, answer=answer
            )
    except UnfitField as error:
        said = f"{part}, dòng {proposal.number}: {error}"
        raise UnfitField(f"{answer.pk}-{proposal.number}", said) from None


def _who(value: str, proposal: Proposal, part: Part, taken: Taken, actor: Any) -> Who:
    if value == PLACE_ITSELF:
        return Who(part)
    if value == NEW:
        unit: Unit = part.unit
        person = add_person(unit, actor=actor, full_name=proposal.name, post=proposal.post, part=part)
        taken.people.append(person.full_name)
        return Who(part, person)
    return Who(part, Person.objects.get(pk=int(value.removeprefix("nguoi-")), unit=part.unit_id))
