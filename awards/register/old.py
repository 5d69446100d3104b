"""Old decisions into the register: one decision with its lines, typed, pasted or out of a sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from awards.collecting.wording import is_award, kind_meant, read_award, split_honorific
from awards.models import Decision, Grant, Subject
from awards.models.common import DeciderKind, Level, RecipientKind
from awards.register.known import KnownSubjects, Unsure
from awards.shipped import award_name
from awards.states import DecisionState
from core import audit
from core.cells import name_key
from core.errors import AppError, UnfitField, UnfitRow
from core.text import clean_line, clean_lines, fold, refuse_markup

NUMBER, SIGNER, ISSUER, NAME, DETAIL, AWARD_NAME, ACHIEVEMENT = 80, 120, 300, 300, 400, 300, 5_000
FIRST_YEAR = 1945
MOST_LINES = 2_000
MOST_MONEY = 10**12
"""Đồng."""


class NoLines(AppError):
    message = "Chưa có dòng nào để vào sổ. Ghi ít nhất một tên và danh hiệu, hình thức."


@dataclass(frozen=True, slots=True)
class OldDecision:
    number: str
    day: dt.date
    signer: str = ""
    issuer_name: str = ""
    decider: str = DeciderKind.COMMUNE.value
    subject: str = ""


@dataclass(frozen=True, slots=True)
class OldLine:
    name: str
    award: str
    """As the decision calls it; a name that the catalogue does not have stays as it is."""
    kind: str = ""
    """Blank: as the award or the name tells."""
    birth_year: int | None = None
    detail: str = ""
    year: int | None = None
    """Blank: that of the decision."""
    achievement: str = ""
    mode: str = Grant.ModeKind.MERIT.value
    level: str = Level.OTHER.value
    money: int | None = None
    golden_number: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    decision: Decision
    grants: list[Grant]
    """The new ones."""
    there: int
    """Lines that stood in the register already and were left as they are."""


def same_line(name: str, award: str, year: int | None) -> tuple[str, str, int | None]:
    """What no two lines of one decision share."""
    code = code_of(award)
    return name_key(split_honorific(name)[1]), code or fold(award), year


def code_of(award: str) -> str:
    """Blank for an old award that the catalogue does not have."""
    return read_award(award) if is_award(award) else ""


def kind_of(line: OldLine) -> RecipientKind:
    said = RecipientKind(line.kind) if line.kind else None
    return kind_meant(line.name, code_of(line.award) or "GK", said)  # «GK»: for whomever, so the name tells


def checked_decision(data: OldDecision) -> OldDecision:
    """Raises ``UnfitField``."""
    number = _line("number", data.number, NUMBER, "Số quyết định")
    if not any(letter.isdigit() for letter in number):
        raise UnfitField("number", "Ghi số, ký hiệu quyết định, ví dụ 312/QĐ-UBND.")
    if data.day.year < FIRST_YEAR or data.day > timezone.localdate():
        raise UnfitField("day", f"Ngày quyết định từ năm {FIRST_YEAR} đến hôm nay.")
    if data.decider not in DeciderKind.values:
        raise UnfitField("decider", "Chọn người quyết định.")
    return OldDecision(
        number,
        data.day,
        _line("signer", data.signer, SIGNER, "Người ký"),
        _line("issuer_name", data.issuer_name, ISSUER, "Cơ quan quyết định"),
        data.decider,
        _line("subject", data.subject, 2_000, "Trích yếu"),
    )


def checked_line(line: OldLine, decision: OldDecision) -> OldLine:
    """With what is left out filled in. Raises ``UnfitField``."""
    name = _line("name", line.name, NAME, "Họ và tên, tên gọi")
    award = _line("award", line.award, AWARD_NAME, "Danh hiệu, hình thức")
    if not name:
        raise UnfitField("name", "Ghi họ và tên hoặc tên gọi.")
    if not award:
        raise UnfitField("award", "Ghi danh hiệu hoặc hình thức khen thưởng.")
    year = line.year if line.year is not None else decision.day.year
    if not FIRST_YEAR <= year <= decision.day.year:
        raise UnfitField("year", f"Năm tính thành tích từ {FIRST_YEAR} đến năm quyết định ({decision.day.year}).")
    if line.money is not None and not 0 <= line.money <= MOST_MONEY:
        raise UnfitField("money", "Ghi số tiền bằng đồng, từ 0 trở lên.")
    achievement = refuse_markup(clean_lines(line.achievement.strip(), limit=ACHIEVEMENT, name="Thành tích"))
    return OldLine(
        name,
        award,
        kind_of(line).value,
        line.birth_year,
        _line("detail", line.detail, DETAIL, "Chức vụ, đơn vị"),
        year,
        achievement,
        line.mode or Grant.ModeKind.MERIT.value,
        line.level,
        line.money,
        _line("golden_number", line.golden_number, 40, "Số sổ vàng"),
    )


def _line(field: str, text: str, limit: int, name: str) -> str:
    try:
        return refuse_markup(clean_line(text.strip(), limit=limit, name=name), name=name)
    except AppError as error:
        raise UnfitField(field, str(error)) from None


@transaction.atomic
def enter_old(
    unit_id: int,
    *,
    actor: Any,
    decision: OldDecision,
    lines: Sequence[OldLine],
    joins_same_name: bool,
    known: KnownSubjects | None = None,
) -> Entered:
    """A decision of old days with its lines; one that is recorded already gets the lines that it lacks.

    Raises ``NoLines``, ``UnfitField`` of the decision, ``UnfitRow`` of a line.
    """
    audit.wait_for_turn(unit_id)
    data = checked_decision(decision)
    if not lines:
        raise NoLines
    if len(lines) > MOST_LINES:
        raise UnfitField("", f"Mỗi lần vào sổ nhiều nhất {MOST_LINES} dòng.")
    fit = [_fit(position, line, data) for position, line in enumerate(lines)]
    known = known or KnownSubjects(unit_id, joins_same_name=joins_same_name)
    row = _decision(unit_id, data, actor)
    there = {same_line(one.name, one.award or one.award_name, one.year) for one in row.grants.all()}
    last = max(row.grants.values_list("order", flat=True), default=0)
    made: list[Grant] = []
    for position, line in enumerate(fit):
        key = same_line(line.name, line.award, line.year)
        if key in there:
            continue
        there.add(key)
        subject = _subject(position, unit_id, line, known)
        made.append(_grant(row, line, subject, last + len(made) + 1, actor))
    Grant.objects.bulk_create(made)
    if made:
        changes = {"grants_entered": (None, len(made))}
        audit.record("awards.grants.entered", row, actor=actor, unit_id=unit_id, changes=changes)
    return Entered(row, made, len(fit) - len(made))


def _fit(position: int, line: OldLine, decision: OldDecision) -> OldLine:
    try:
        return checked_line(line, decision)
    except UnfitField as error:
        raise UnfitRow(position, error.field, str(error)) from None


def find_decision(unit_id: int, number: str, day: dt.date) -> Decision | None:
    there = Decision.objects.filter(unit_id=unit_id, kind=Decision.Kind.GRANT, number=number, day=day)
    return there.exclude(state=DecisionState.DRAFT).order_by("pk").first()


def _decision(unit_id: int, data: OldDecision, actor: Any) -> Decision:
    found = find_decision(unit_id, data.number, data.day)
    if found is not None and found.round_id is not None:
        raise UnfitField("number", f"{found} đã được ghi nhận từ đợt xét trong chương trình; sổ đã có danh sách.")
    if found is not None:
        return found
    made = Decision.objects.create(
        unit_id=unit_id,
        decider=data.decider,
        subject=data.subject,
        state=DecisionState.PUBLISHED,
        day=data.day,
        number=data.number,
        signer=data.signer,
        issuer_name=data.issuer_name,
        published_at=timezone.now(),
        by=actor,
    )
    audit.record("awards.decision.recorded", made, actor=actor, unit_id=unit_id)
    return made


def _subject(position: int, unit_id: int, line: OldLine, known: KnownSubjects) -> Subject:
    honorific, name = split_honorific(line.name) if line.kind == RecipientKind.PERSON else ("", line.name)
    try:
        found = known.find(line.kind, name, line.birth_year)
    except Unsure as error:
        raise UnfitRow(position, "birth_year", str(error)) from None
    if found is None:
        found = Subject.objects.create(
            unit_id=unit_id, kind=line.kind, honorific=honorific, name=name, birth_year=line.birth_year
        )
        known.add(found)
    elif found.birth_year is None and line.birth_year is not None:
        found.birth_year = line.birth_year
        found.save(update_fields=["birth_year"])
    return found


def _grant(decision: Decision, line: OldLine, subject: Subject, order: int, actor: Any) -> Grant:
    honorific, name = split_honorific(line.name) if line.kind == RecipientKind.PERSON else ("", line.name)
    code = code_of(line.award)
    made = Grant(
        unit_id=decision.unit_id,
        decision=decision,
        order=order,
        subject=subject,
        kind=line.kind,
        honorific=honorific,
        name=name,
        detail=line.detail,
        award=code,
        award_name=award_name(code, line.award) if code else line.award,
        year=line.year or 0,
        period=str(line.year),
        mode=line.mode,
        level=line.level,
        achievement=line.achievement,
        money=line.money,
        golden_number=line.golden_number or str(order),
        by=actor,
    )
    made.fill_search()
    return made
