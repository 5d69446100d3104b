"""Both readings of a text that nobody has confirmed, side by side: as before, as it may have been amended. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from awards.checks import CHECKS, Finding
from awards.conditions import Condition, conditions_for, shipped_conditions
from awards.eligibility import ALWAYS_DECIDED, Outcome, judge
from awards.facts import Case, Path, Recipient

CHECK_WORDS = {
    "rating": "Xếp loại chất lượng",
    "excellent_or_initiative": "Hoàn thành xuất sắc, sáng kiến",
    "initiative_scope": "Phạm vi ảnh hưởng của sáng kiến",
    "initiative_reuse": "Sáng kiến chưa dùng",
    "consecutive_titles": "Danh hiệu liên tục",
    "consecutive_ratings": "Xếp loại liên tục",
    "prior_award": "Đã được khen thưởng",
    "ldtt_share": "Tỷ lệ Lao động tiên tiến",
    "all_completed": "Người hoàn thành nhiệm vụ",
    "cstdcs_present": "Có Chiến sĩ thi đua cơ sở",
    "discipline": "Kỷ luật",
    "open_case": "Vụ việc đang xem xét",
}
OUTCOME_WORDS = {
    Outcome.ELIGIBLE: "Đủ điều kiện",
    Outcome.NOT_ELIGIBLE: "Không đủ điều kiện",
    Outcome.NEEDS_PERSON: "Cần người xem xét",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One way to read a rule, and what this case is by it."""

    words: str
    source: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class OpenRule:
    key: str
    name: str
    before: Side
    amended: tuple[Side, ...]
    """What ships as a possible reading; none: the words of the amended text are not known at all."""


@dataclass(frozen=True, slots=True)
class Both:
    rules: tuple[OpenRule, ...]
    before: Outcome
    """If every open rule stays as it was."""
    amended: tuple[tuple[str, Outcome], ...]
    """Words of a possible reading → the outcome, the other rules as before."""


def side_by_side(case: Case, conditions: Iterable[Condition] | None = None) -> Both | None:
    """None: every rule of this case is decided."""
    given = tuple(shipped_conditions() if conditions is None else conditions)
    asked = conditions_for(case.award, Recipient(case.subject.kind), case.received_on, given)
    if case.path is not Path.MERIT:
        asked = [one for one in asked if one.check == "rating"]
    is_open = [one for one in asked if not one.is_confirmed(case.received_on)]
    if not is_open:
        return None
    decided = tuple(one if one.confirmed_by else one.confirmed("như trước") for one in given)
    amended = tuple(
        (reading.words, judge(case, _read_so(decided, one, reading.code)).outcome)
        for one in is_open
        for reading in one.readings
    )
    return Both(tuple(_rule(one, case) for one in is_open), judge(case, decided).outcome, amended)


def _read_so(conditions: Iterable[Condition], chosen: Condition, reading: str) -> tuple[Condition, ...]:
    return tuple(chosen.confirmed("nếu sửa đổi", reading) if one.key == chosen.key else one for one in conditions)


def _rule(condition: Condition, case: Case) -> OpenRule:
    before = Side("Theo quy định cũ", condition.source, _findings(condition, case))
    amended = tuple(
        Side(one.words, one.source, _findings(condition.confirmed("nếu sửa đổi", one.code), case))
        for one in condition.readings
    )
    name = CHECK_WORDS.get(before.findings[0].code, condition.check) if before.findings else condition.check
    return OpenRule(condition.key, name, before, amended)


def _findings(condition: Condition, case: Case) -> tuple[Finding, ...]:
    return tuple(one for one in CHECKS[condition.check](case, condition.asks) if one.code not in ALWAYS_DECIDED)
