"""Reward money of a decision, line by line: the sum with its arithmetic, or why there is none yet. Pure.

Nghị định số 152/2025/NĐ-CP, Điều 49: of several titles for one period at one time only the highest; titles of
different periods each; forms each; a title and a form both. In which order the lines stand changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from num2words import num2words

from awards.facts import Recipient
from awards.money import BY_WORDS, By, NoRate, Sum, at_multiplier, award_money, dong
from awards.shipped import AwardKind, award_name, shipped_awards

RULE = "Nghị định số 152/2025/NĐ-CP, Điều 49"
MANY_HOUSEHOLDS = 10
"""More of one award than these are paid only when somebody said so: it may be thousands."""


@dataclass(frozen=True, slots=True)
class Due:
    """One line of a decision, before anything is known of its money."""

    key: int
    award: str
    kind: Recipient
    subject: int
    """Who: titles of one subject and period stand against each other. 0: nobody knows."""
    period: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """Money for a title of the same subject and period by another decision."""

    award: str
    amount: int
    """Đồng."""
    decision: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person said of all lines of one award and kind, whatever was open about them."""

    amount: int
    """Đồng; 0: nothing is paid."""
    arithmetic: str
    note: str


@dataclass(frozen=True, slots=True)
class Terms:
    """By what the lines of one decision are paid."""

    by: By
    on: dt.date
    """Of the signature."""
    ordered: Mapping[tuple[str, Recipient], tuple[Fraction, str]] = field(default_factory=dict)
    """Multiplier and paper, where one was confirmed or a local rule orders one (``catalogue.effective``)."""
    earlier: Mapping[tuple[int, str], tuple[Earlier, ...]] = field(default_factory=dict)
    """(subject, period) → titles paid otherwise."""
    chosen: Mapping[tuple[str, Recipient], Chosen] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pay:
    due: Due
    amount: int | None
    """Đồng. None: a person has to choose first. 0 with a note: none is due."""
    sums: tuple[Sum, ...] = ()
    """What there is to choose from; one where nothing is open about the rate."""
    arithmetic: str = ""
    note: str = ""
    source: str = ""


def work_out(dues: Iterable[Due], terms: Terms) -> dict[int, Pay]:
    """By key of the line."""
    rows = list(dues)
    single = {due.key: _single(due, terms) for due in rows}
    _ask_about_households(single, terms)
    for group in _titles_of_one_period(rows):
        _keep_highest(group, single)
    for due in rows:
        if single[due.key].amount and _is_title(due.award):
            single[due.key] = _beside_earlier(single[due.key], terms)
    return single


def total_of(pays: Iterable[Pay]) -> int:
    """Of what is settled; what waits for a choice is not in it."""
    return sum(pay.amount or 0 for pay in pays)


def in_words(amount: int) -> str:
    """«Bảy trăm sáu mươi nghìn đồng»."""
    words = num2words(amount, lang="vi")
    return f"{words[:1].upper()}{words[1:]} đồng"


# -- One line ------------------------------------------------------------------------------


def _single(due: Due, terms: Terms) -> Pay:
    if said := terms.chosen.get((due.award, due.kind)):
        return Pay(due, said.amount, arithmetic=said.arithmetic, note=said.note)
    try:
        money = award_money(due.award, recipient=due.kind, by=terms.by, on=terms.on)
        if ordered := terms.ordered.get((due.award, due.kind)):
            money = at_multiplier(ordered[0], on=terms.on, source=ordered[1])
    except NoRate as error:
        return Pay(due, None, note=str(error))
    if terms.by not in shipped_awards()[due.award].decided_by(terms.on):
        words = f"{BY_WORDS[terms.by]} chưa quyết định danh hiệu, hình thức này vào ngày {terms.on:%d/%m/%Y}."
        return Pay(due, None, money.sums, note=words, source=money.source)
    if money.is_confirmed:
        return Pay(due, money.amount, money.sums, money.sums[0].arithmetic, source=money.source)
    return Pay(due, None, money.sums, note="Mức tiền thưởng cần xác nhận; chọn mức áp dụng.", source=money.source)


def _ask_about_households(single: dict[int, Pay], terms: Terms) -> None:
    counted: dict[str, list[int]] = defaultdict(list)
    for key, pay in single.items():
        if pay.due.kind is Recipient.HOUSEHOLD and pay.amount and (pay.due.award, pay.due.kind) not in terms.chosen:
            counted[pay.due.award].append(key)
    for award, keys in counted.items():
        if len(keys) <= MANY_HOUSEHOLDS:
            continue
        whole = sum(single[key].amount or 0 for key in keys)
        note = f"{len(keys)} hộ, tổng cộng {dong(whole)} đồng ({award_name(award)}): xác nhận có chi rồi mới tính."
        for key in keys:
            single[key] = replace(single[key], amount=None, arithmetic="", note=note)


# -- Several titles ------------------------------------------------------------------------


def _is_title(award: str) -> bool:
    found = shipped_awards().get(award)
    return found is not None and found.kind is AwardKind.TITLE


def _titles_of_one_period(dues: Iterable[Due]) -> list[list[Due]]:
    groups: dict[tuple[int, str], list[Due]] = defaultdict(list)
    for due in dues:
        if due.subject and _is_title(due.award):
            groups[due.subject, due.period].append(due)
    return [group for group in groups.values() if len(group) > 1]


def _keep_highest(group: list[Due], single: dict[int, Pay]) -> None:
    open_ones = sorted({award_name(due.award) for due in group if single[due.key].amount is None})
    if open_ones:
        note = f"Nhiều danh hiệu cùng thời gian {group[0].period}, chỉ hưởng mức cao nhất ({RULE});"
        for due in group:
            pay = single[due.key]
            waits = f"{note} còn chờ mức của {', '.join(open_ones)}."
            single[due.key] = replace(pay, amount=None, arithmetic="", note=waits)
        return
    order = list(shipped_awards())
    best = max(group, key=lambda due: (single[due.key].amount or 0, -order.index(due.award), -due.key))
    for due in group:
        if due is not best:
            words = f"Hưởng mức cao nhất của danh hiệu {award_name(best.award)}, cùng thời gian {due.period} ({RULE})."
            single[due.key] = replace(single[due.key], amount=0, arithmetic="", note=words)


def _beside_earlier(pay: Pay, terms: Terms) -> Pay:
    """What another decision pays for the same period: nobody takes it off in silence, nobody pays it twice so."""
    earlier = terms.earlier.get((pay.due.subject, pay.due.period), ())
    if not earlier or (pay.due.award, pay.due.kind) in terms.chosen:
        return pay
    told = "; ".join(f"{award_name(one.award)} {dong(one.amount)} đồng theo {one.decision}" for one in earlier)
    note = f"Đã có tiền thưởng danh hiệu cùng thời gian {pay.due.period}: {told}. Chọn chi hay không ({RULE})."
    return replace(pay, amount=None, arithmetic="", note=note)
