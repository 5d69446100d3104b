"""Money of a decision, from its rows to the pay table and back: what is settled is written on the register's lines."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils import timezone

from awards.catalogue.effective import ordered_rates
from awards.deciding.facts import nominees_of
from awards.deciding.payments import Chosen, Due, Earlier, Pay, Terms, in_words, work_out
from awards.facts import Recipient
from awards.judging import standing_grants
from awards.models import Decision, Grant
from awards.money import RECIPIENT_WORDS, By, NoRate, Sum, at_multiplier, dong
from awards.register.entering import period_of
from awards.shipped import AwardKind, award_name, shipped_awards
from awards.states import DecisionState
from core import audit
from core.errors import AppError, UnfitField
from plans import cleaning

MOST = 1_000_000_000
"""Đồng that a person may type for one line."""
NOTE = 300
"""Letters of a reason."""


class NotIssued(AppError):
    message = "Ghi nhận quyết định đã ban hành trước, rồi mới chi tiền thưởng."


@dataclass(frozen=True, slots=True)
class Line:
    order: int
    name: str
    detail: str
    award: str
    kind: Recipient
    pay: Pay
    """As it is worked out now."""
    amount: int | None
    arithmetic: str
    note: str
    grant: Grant | None = None
    """None: of a draft."""

    @property
    def key(self) -> str:
        return f"{self.award}:{self.kind.value}"

    @property
    def paid_on(self) -> dt.date | None:
        return self.grant.paid_on if self.grant else None

    @property
    def is_due(self) -> bool:
        return bool(self.amount) and self.paid_on is None and self.grant is not None


@dataclass(frozen=True, slots=True)
class Question:
    """Lines of one award and kind of which a person has to say how they are paid."""

    key: str
    award: str
    kind: Recipient
    count: int
    why: tuple[str, ...]
    sums: tuple[Sum, ...]

    @property
    def words(self) -> str:
        return f"{award_name(self.award)}, {self.count} {RECIPIENT_WORDS[self.kind]}"

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [
            (str(one.multiplier), f"{one.arithmetic}; cộng {dong(one.amount * self.count)} đồng") for one in self.sums
        ]


@dataclass(frozen=True, slots=True)
class PayTable:
    lines: tuple[Line, ...]
    questions: tuple[Question, ...]
    on: dt.date
    is_forecast: bool
    """Of a draft: as if it were signed today."""

    @property
    def total(self) -> int:
        return sum(line.amount or 0 for line in self.lines)

    @property
    def words(self) -> str:
        return in_words(self.total)

    @property
    def paid(self) -> int:
        return sum(line.amount or 0 for line in self.lines if line.paid_on)

    @property
    def due(self) -> list[Line]:
        return [line for line in self.lines if line.is_due]


# -- Reading -------------------------------------------------------------------------------


def pay_table(decision: Decision, *, asks_again: Collection[str] = ()) -> PayTable:
    """``asks_again``: keys of what is settled and not yet paid, to be chosen anew."""
    day = decision.day or timezone.localdate()
    if decision.state == DecisionState.DRAFT:
        lines = _lines_of_draft(decision, day)
    else:
        lines = _lines_of_grants(decision, day)
    return PayTable(tuple(lines), tuple(_questions(lines, asks_again)), day, decision.state == DecisionState.DRAFT)


def terms_of(decision: Decision, dues: Iterable[Due], day: dt.date) -> Terms:
    by = By(decision.decider)
    ordered = ordered_rates(decision.unit_id, by=by, on=day)
    return Terms(by, day, ordered, _earlier(decision, {due.subject for due in dues}))


def _earlier(decision: Decision, subjects: set[int]) -> dict[tuple[int, str], tuple[Earlier, ...]]:
    titles = [code for code, one in shipped_awards().items() if one.kind is AwardKind.TITLE]
    rows = standing_grants().filter(subject__in=subjects, award__in=titles, money__gt=0, unit=decision.unit_id)
    found: dict[tuple[int, str], list[Earlier]] = defaultdict(list)
    for row in rows.exclude(decision=decision.pk).select_related("decision").order_by("decision__day", "pk"):
        period = row.period or str(row.year)
        found[row.subject_id, period].append(Earlier(row.award, row.money or 0, str(row.decision)))
    return {key: tuple(one) for key, one in found.items()}


def _lines_of_draft(decision: Decision, day: dt.date) -> list[Line]:
    rows = list(nominees_of(decision))
    dues = [Due(one.pk, one.award, Recipient(one.kind), one.subject_id or 0, period_of(one)) for one in rows]
    pays = work_out(dues, terms_of(decision, dues, day))
    return [
        Line(
            order,
            " ".join(filter(None, (one.honorific, one.name))),
            ", ".join(filter(None, (one.post, one.workplace))),
            one.award,
            Recipient(one.kind),
            pays[one.pk],
            pays[one.pk].amount,
            pays[one.pk].arithmetic,
            pays[one.pk].note,
        )
        for order, one in enumerate(rows, start=1)
    ]


def given(decision: Decision) -> list[Grant]:
    """Its lines of the register that still stand."""
    return list(standing_grants().filter(decision=decision.pk).order_by("order", "pk"))


def _dues(grants: Iterable[Grant]) -> list[Due]:
    return [Due(one.pk, one.award, Recipient(one.kind), one.subject_id, one.period or str(one.year)) for one in grants]


def _lines_of_grants(decision: Decision, day: dt.date) -> list[Line]:
    grants = given(decision)
    dues = _dues(grants)
    pays = work_out(dues, terms_of(decision, dues, day))
    return [_line_of(one, pays[one.pk]) for one in grants]


def _line_of(grant: Grant, pay: Pay) -> Line:
    """What is written stands, whatever would be worked out today."""
    is_open = grant.money is None
    return Line(
        grant.order,
        " ".join(filter(None, (grant.honorific, grant.name))),
        grant.detail,
        grant.award,
        Recipient(grant.kind),
        pay,
        pay.amount if is_open else grant.money,
        pay.arithmetic if is_open else grant.money_arithmetic,
        pay.note if is_open else grant.money_note,
        grant,
    )


def _questions(lines: Iterable[Line], asks_again: Collection[str]) -> Iterable[Question]:
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.amount is None or (line.key in asks_again and line.paid_on is None):
            groups[line.key].append(line)
    for key, found in groups.items():
        sums = {one.multiplier: one for line in found for one in line.pay.sums}
        why = tuple(dict.fromkeys(line.note for line in found if line.note))
        yield Question(key, found[0].award, found[0].kind, len(found), why, tuple(sums.values()))


# -- Writing -------------------------------------------------------------------------------


@transaction.atomic
def write_due(decision: Decision, *, actor: Any) -> int:
    """Write what is settled by itself on the lines that have no money yet; how many. Open ones stay open."""
    grants = [one for one in given(decision) if one.money is None]
    every = _dues(given(decision))
    pays = work_out(every, terms_of(decision, every, decision.day or timezone.localdate()))
    settled = [one for one in grants if pays[one.pk].amount is not None]
    _write(decision, settled, pays, actor, "awards.decision.money_worked_out", {})
    return len(settled)


@dataclass(frozen=True, slots=True)
class Choice:
    """How one award and kind is paid: by a multiplier, by a sum of its own, or not at all."""

    multiplier: Fraction | None = None
    amount: int | None = None
    reason: str = ""


@transaction.atomic
def choose(decision: Decision, *, actor: Any, choices: Mapping[str, Choice]) -> int:
    """Write the lines of the keys that somebody decided on, those paid out already excepted; how many.

    Raises ``NotIssued``, ``UnfitField`` at the key.
    """
    if decision.state == DecisionState.DRAFT:
        raise NotIssued
    audit.wait_for_turn(decision.unit_id)
    day = decision.day or timezone.localdate()
    chosen = {_pair(key): _chosen(key, choice, day) for key, choice in choices.items()}
    grants = given(decision)
    every = _dues(grants)
    terms = terms_of(decision, every, day)
    pays = work_out(every, Terms(terms.by, terms.on, terms.ordered, terms.earlier, chosen))
    mine = [one for one in grants if (one.award, Recipient(one.kind)) in chosen or one.money is None]
    settled = [one for one in mine if one.paid_on is None and pays[one.pk].amount is not None]
    told = {f"{award_name(award)} ({RECIPIENT_WORDS[kind]})": said for (award, kind), said in chosen.items()}
    words = [f"{name}: {one.arithmetic or dong(one.amount)}; {one.note}".strip("; ") for name, one in told.items()]
    _write(decision, settled, pays, actor, "awards.decision.money_chosen", {"money_chosen": (None, words)})
    return len(settled)


def _pair(key: str) -> tuple[str, Recipient]:
    award, _, kind = key.partition(":")
    if kind not in list(Recipient):
        raise UnfitField(key, "Mục này không còn trong quyết định; hãy tải lại trang.")
    return award, Recipient(kind)


def _chosen(key: str, choice: Choice, day: dt.date) -> Chosen:
    reason = cleaning.line(key, " ".join(choice.reason.split()), NOTE)
    if choice.multiplier is not None:
        try:
            found = at_multiplier(choice.multiplier, on=day, source="").sums[0]
        except NoRate as error:
            raise UnfitField(key, str(error)) from None
        return Chosen(found.amount, found.arithmetic, reason)
    if not reason:
        raise UnfitField(key, "Ghi căn cứ hoặc lý do, ví dụ: Nghị quyết số 12/NQ-HĐND.")
    if choice.amount is None:
        return Chosen(0, "", reason)
    if not 0 < choice.amount <= MOST:
        raise UnfitField(key, f"Ghi số tiền bằng đồng, từ 1 đến {dong(MOST)}.")
    return Chosen(choice.amount, "", reason)


def _write(
    decision: Decision, grants: list[Grant], pays: Mapping[int, Pay], actor: Any, code: str, told: dict[str, Any]
) -> None:
    if not grants:
        return
    before = sum(one.money or 0 for one in grants)
    for one in grants:
        pay = pays[one.pk]
        one.money, one.money_arithmetic, one.money_note = pay.amount, pay.arithmetic[:NOTE], pay.note[:NOTE]
    Grant.objects.bulk_update(grants, ["money", "money_arithmetic", "money_note"], batch_size=500)
    changes = {"money_total": (before or None, sum(one.money or 0 for one in grants)), **told}
    audit.record(code, decision, actor=actor, unit_id=decision.unit_id, changes=changes)


@transaction.atomic
def pay_out(decision: Decision, *, actor: Any, grant_ids: Collection[int], day: dt.date) -> int:
    """Đã nhận tiền ngày …; how many. Of two windows the second finds them paid. Raises ``UnfitField``."""
    if day > timezone.localdate():
        raise UnfitField("day", f"Ngày {day:%d/%m/%Y} chưa đến.")
    if decision.day and day < decision.day:
        raise UnfitField("day", f"Quyết định ngày {decision.day:%d/%m/%Y}, không chi trước ngày đó được.")
    audit.wait_for_turn(decision.unit_id)
    rows = standing_grants().filter(decision=decision.pk, pk__in=list(grant_ids), money__gt=0, paid_on=None)
    found = list(rows.order_by("order"))
    if not found:
        raise UnfitField("lines", "Chọn ít nhất một dòng chưa nhận tiền.")
    Grant.objects.filter(pk__in=[one.pk for one in found], paid_on=None).update(paid_on=day)
    changes = {"paid_on": (None, day), "paid": (None, [one.name for one in found])}
    audit.record("awards.decision.paid", decision, actor=actor, unit_id=decision.unit_id, changes=changes)
    return len(found)


@transaction.atomic
def undo_pay_out(decision: Decision, *, actor: Any, grant_id: int) -> None:
    """A day that was recorded by mistake."""
    found = given(decision)
    one = next((row for row in found if row.pk == grant_id and row.paid_on), None)
    if one is None:
        return
    Grant.objects.filter(pk=one.pk).update(paid_on=None)
    changes = {"paid_on": (one.paid_on, None), "paid": ([one.name], None)}
    audit.record("awards.decision.pay_undone", decision, actor=actor, unit_id=decision.unit_id, changes=changes)
