"""«Nhận nội dung các nơi gửi»: what came by link or in sheets is shown row by row, then becomes lists of nominees, all
in one transaction; an answer is taken once, whoever clicks twice.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from awards.collecting import identifying, proposals, rows, selectors, wording
from awards.collecting.pasting import split_awards
from awards.collecting.rows import EDITABLE, RowData
from awards.collecting.values import FIELDS, NomineeData, Sender, cleaned_nominee
from awards.models import Nominee, Proposal, Round
from awards.states import ProposalState
from core import audit
from core.cells import UnfitCell, name_key
from core.errors import AppError, UnfitField
from reminders.asking import services as asking
from reminders.asking.values import RequestData
from reminders.models import Answer, Request
from units.models import Part

NAME, BIRTH, POST, AWARD, ACHIEVEMENT = (
    "Họ và tên / tên tập thể",
    "Năm sinh",
    "Chức vụ, nơi công tác",
    "Danh hiệu, hình thức đề nghị",
    "Tóm tắt thành tích",
)
COLUMNS = (NAME, BIRTH, POST, AWARD, ACHIEVEMENT)
"""Of the list that is asked for. No number of an identity card: villagers are never asked for it."""
ADD, CHANGE, KEEP, REFUSE = "add", "change", "keep", "refuse"
_FROZEN = "Đã thẩm định hoặc không đề nghị nữa nên không sửa theo nội dung mới."
_SAID = ("name", "honorific", "kind", "birth_date", "birth_year", "post", "award", "achievement")
"""What such a list says; the rest of a row stays."""
_MOST_MISSING = 20
_WAYS = {
    Answer.Way.LINK: Proposal.Way.LINK,
    Answer.Way.SHEET: Proposal.Way.SHEET,
    Answer.Way.BEHALF: Proposal.Way.BEHALF,
}


class OtherThanShown(AppError):
    message = "Nội dung gửi về hoặc danh sách vừa thay đổi. Hãy xem lại trước khi nhận."


class NothingToTake(AppError):
    message = "Các nội dung này đã được nhận rồi, không nhận thêm."


@dataclass(frozen=True, slots=True)
class Line:
    """One award that a row asks for, and what would become of it."""

    number: int
    """Of the row, from 1."""
    words: tuple[str, ...]
    """As it was sent: name, birth, post, award, achievement."""
    data: NomineeData | None
    outcome: str
    faults: tuple[str, ...] = ()
    nominee: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer with its rows."""

    answer: Answer
    lines: tuple[Line, ...]
    missing: tuple[str, ...]
    """In the list that is there, and not in what came."""
    digest: str

    @property
    def good(self) -> list[Line]:
        return [line for line in self.lines if not line.faults]

    @property
    def faulty(self) -> list[Line]:
        return [line for line in self.lines if line.faults]


@dataclass(slots=True)
class Taken:
    lists: int = 0
    added: int = 0
    changed: int = 0


# -- Asking --------------------------------------------------------------------------------


@transaction.atomic
def ask_places(found: Round, *, actor: Any, title: str, body: str, due: Any, parts: Sequence[Part]) -> Request:
    """«Yêu cầu các nơi gửi danh sách»: a draft, which its own page sends out. Raise ``UnfitField``."""
    data = RequestData(
        title=title, due=due, parts=parts, body=body, columns=COLUMNS, kind=selectors.KIND, subject=found.pk
    )
    request = asking.create_request(found.unit, actor=actor, data=data)
    Round.objects.filter(pk=found.pk, request=None).update(request=request)
    return request


# -- Showing -------------------------------------------------------------------------------


def shown(found: Round) -> list[Shown]:
    """Whatever waits to be taken; the same few queries however much it is."""
    answers = selectors.answers_to_take(found)
    if not answers:
        return []
    parts = [answer.ask.part_id for answer in answers]
    there: dict[int | None, list[Nominee]] = defaultdict(list)
    nominees = Nominee.objects.filter(round=found, proposal__part__in=parts).select_related("proposal")
    for nominee in nominees.order_by("order", "pk"):
        there[nominee.proposal.part_id].append(nominee)
    return [_shown(found, answer, there[answer.ask.part_id]) for answer in answers]


def _shown(found: Round, answer: Answer, there: Sequence[Nominee]) -> Shown:
    by_key = {_key(row.name, row.award, row.birth_year): row for row in there}
    loose = {_key(row.name, row.award, None): row for row in there}
    lines: list[Line] = []
    seen: dict[tuple[Any, ...], int] = {}
    for number, row in enumerate(answer.rows, start=1):
        for line in _lines(number, row, found):
            lines.append(_judged(line, by_key, loose, seen))
    named = {line.nominee for line in lines}
    missing = [row for row in there if row.pk not in named and row.state in EDITABLE] if lines else []
    names = tuple(f"{row.name} ({row.award})" for row in missing[:_MOST_MISSING])
    digest = hashlib.sha256(repr((lines, names)).encode()).hexdigest()[:32]
    return Shown(answer, tuple(lines), names, digest)


def _key(name: str, award: str, birth_year: int | None) -> tuple[Any, ...]:
    return name_key(name), award, birth_year


def _lines(number: int, row: Mapping[str, str], found: Round) -> list[Line]:
    said = {column: " ".join(str(row.get(column, "")).split()) for column in COLUMNS}
    words = tuple(said.values())
    faults = [] if said[NAME] else [f"{NAME}: còn trống."]
    try:
        birth = wording.read_birth(said[BIRTH], timezone.localdate())
    except UnfitCell as error:
        faults.append(f"{BIRTH}: {error}.")
        birth = None, None
    if not said[AWARD]:
        faults.append(f"{AWARD}: còn trống.")
    made = []
    for award in split_awards(said[AWARD]) or [""]:
        own = list(faults)
        data = None
        if award and not own:
            data, own = _data(said, award, birth, found)
        made.append(Line(number, words, data, REFUSE if own else ADD, tuple(own)))
    return made


def _data(said: Mapping[str, str], award: str, birth: Any, found: Round) -> tuple[NomineeData | None, list[str]]:
    try:
        code = wording.read_award(award)
    except UnfitCell as error:
        return None, [f"{AWARD}: {error}."]
    honorific, name = wording.split_honorific(said[NAME])
    kind = wording.kind_meant(name, code)
    if kind != "person":
        honorific, name, birth = "", said[NAME], (None, None)
    data = NomineeData(
        name=name,
        award=code,
        kind=kind.value,
        honorific=honorific,
        birth_date=birth[0],
        birth_year=birth[1],
        post=said[POST],
        achievement=said[ACHIEVEMENT],
    )
    try:
        return cleaned_nominee(data, found.year), []
    except UnfitField as error:
        return None, [str(error)]


def _judged(line: Line, by_key: Mapping[Any, Nominee], loose: Mapping[Any, Nominee], seen: dict[Any, int]) -> Line:
    data = line.data
    if data is None:
        return line
    key = _key(data.name, data.award, data.birth_year)
    if key in seen:
        return _refused(line, f"Trùng với dòng {seen[key]}: cùng một đối tượng, một danh hiệu.")
    seen[key] = line.number
    there = by_key.get(key) or loose.get(_key(data.name, data.award, None))
    if there is None or (there.birth_year and data.birth_year and there.birth_year != data.birth_year):
        return line
    is_same = all(getattr(there, name) == getattr(data, name) for name in _SAID)
    if is_same:
        return Line(line.number, line.words, data, KEEP, (), there.pk)
    if there.state not in EDITABLE:
        return Line(line.number, line.words, data, REFUSE, (_FROZEN,), there.pk)
    return Line(line.number, line.words, data, CHANGE, (), there.pk)


def _refused(line: Line, why: str) -> Line:
    return Line(line.number, line.words, None, REFUSE, (*line.faults, why))


# -- Taking --------------------------------------------------------------------------------


@transaction.atomic
def take(found: Round, *, actor: Any, picks: Mapping[int, str]) -> Taken:
    """``picks``: answer → the digest that was shown. All of them or none.

    Raise ``OtherThanShown``, ``NothingToTake`` or ``RoundMovedOn``.
    """
    audit.wait_for_turn(found.unit_id)
    proposals.refuse_closed(found)
    waiting = {one.answer.pk: one for one in shown(found)}
    open_picks = {pk: digest for pk, digest in picks.items() if pk in waiting}
    if not open_picks:
        raise NothingToTake
    taken = Taken()
    for pk, digest in open_picks.items():
        if waiting[pk].digest != digest:
            raise OtherThanShown
        _take_one(found, waiting[pk], taken, actor)
    identifying.identify_sure(found, actor=actor)
    told = {"rows_added": (None, taken.added), "rows_changed": (None, taken.changed)}
    audit.record("awards.answers.taken", found, actor=actor, unit_id=found.unit_id, changes=told)
    return taken


def _take_one(found: Round, one: Shown, taken: Taken, actor: Any) -> None:
    answer = one.answer
    day = min(answer.day, timezone.localdate())
    proposal = proposals.open_proposal(
        found,
        actor=actor,
        sender=Sender(part=answer.ask.part),
        day=day,
        way=_WAYS.get(Answer.Way(answer.way), Proposal.Way.BEHALF),
        name=answer.sender,
    )
    files = [kept.file for kept in answer.files.all()]
    of_answer = {"answer": answer, "sender": answer.sender, "file": files[0] if files else proposal.file}
    if proposal.state == ProposalState.RETURNED:
        proposals.send_again(proposal, actor=actor, day=day, **of_answer)
    else:
        for name, value in of_answer.items():
            setattr(proposal, name, value)
        proposal.save(update_fields=list(of_answer))
    new = [RowData(line.data) for line in one.good if line.outcome == ADD and line.data]
    if new:
        rows.add_rows(proposal, actor=actor, rows=new, identifies=False)
    changed = {line.nominee: line.data for line in one.good if line.outcome == CHANGE and line.data}
    for nominee in Nominee.objects.filter(pk__in=[pk for pk in changed if pk]):
        nominee.round, nominee.proposal = found, proposal
        data = _merged(nominee, changed[nominee.pk])
        rows.change_row(nominee, actor=actor, row=RowData(data), identifies=False)
    taken.lists += 1
    taken.added += len(new)
    taken.changed += len(changed)


def _merged(nominee: Nominee, data: NomineeData) -> NomineeData:
    """What the list does not say stays as it is; so does the day of birth beside its year."""
    own = {name: getattr(nominee, name) for name in FIELDS}
    said = {name: getattr(data, name) for name in _SAID}
    if data.birth_date is None and data.birth_year in (None, nominee.birth_year):
        said["birth_date"], said["birth_year"] = nominee.birth_date, nominee.birth_year
    return NomineeData(**own | {name: value for name, value in said.items() if value not in (None, "")})
