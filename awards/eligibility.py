"""May this person or collective have this award? Every rule with its outcome, the data used, the article. Pure.

It never decides: ``needs_person`` is an outcome of its own, and whoever decides otherwise gives a reason. What nobody
has confirmed is reported open, with the way in which the last confirmed text would go.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from awards.checks import CHECKS, Finding
from awards.conditions import Condition, Ruleset, conditions_for, ruleset_on
from awards.facts import Case, Discipline, Path, Recipient
from awards.shipped import shipped_awards

FREEZE = "Nghị định số 152/2025/NĐ-CP, Điều 4 khoản 4"
REUSE = "Công văn số 5007/BNV-TĐKT năm 2023, mục III.5.c"
ALWAYS_DECIDED = frozenset(["open_case", "discipline", "initiative_reuse"])


class Outcome(StrEnum):
    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    NEEDS_PERSON = "needs_person"


class UnknownAward(ValueError):
    pass


@dataclass(frozen=True, slots=True)
class Checked:
    code: str
    ok: bool | None
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class Judgement:
    outcome: Outcome
    checks: tuple[Checked, ...]
    ruleset: Ruleset


def judge(case: Case, conditions: Iterable[Condition] | None = None) -> Judgement:
    """``conditions``: those of a province that confirmed more than what ships. Raises ``UnknownAward``."""
    if case.award not in shipped_awards():
        raise UnknownAward(case.award)
    is_of_merit = case.path is Path.MERIT
    asked = conditions_for(case.award, case.subject.kind, case.received_on, conditions)
    rests_on_merit = [one for one in asked if is_of_merit or one.check == "rating"]
    checks = [checked for one in rests_on_merit for checked in _checked(one, case)]
    checks += [_freeze(case), _discipline(case, asked)]
    return Judgement(
        _outcome(checks, needs_person=not is_of_merit or not asked), tuple(checks), ruleset_on(case.received_on)
    )


def _checked(condition: Condition, case: Case) -> Iterable[Checked]:
    for finding in CHECKS[condition.check](case, condition.asks):
        source = REUSE if finding.code == "initiative_reuse" else condition.source
        if finding.code in ALWAYS_DECIDED or condition.is_confirmed(case.received_on):
            yield Checked(finding.code, finding.ok, finding.because, source)
        else:
            yield Checked(finding.code, None, _both_readings(finding), source)


def _both_readings(finding: Finding) -> str:
    so_far = {True: "đạt", False: "không đạt", None: "cần xem xét"}[finding.ok]
    return f"Theo quy định cũ: {so_far} ({finding.because.rstrip('.')}); theo sửa đổi: cần xác nhận."


def _outcome(checks: Iterable[Checked], *, needs_person: bool) -> Outcome:
    found = list(checks)
    if any(one.ok is False for one in found):
        return Outcome.NOT_ELIGIBLE
    if needs_person or any(one.ok is None for one in found):
        return Outcome.NEEDS_PERSON
    return Outcome.ELIGIBLE


# -- Whatever the award ------------------------------------------------------------------


def _freeze(case: Case) -> Checked:
    if case.subject.has_open_case:
        words = "Đang có vụ việc được xem xét, thanh tra, kiểm tra hoặc giải quyết khiếu nại, tố cáo: chưa đề nghị."
        return Checked("open_case", False, words, FREEZE)
    return Checked("open_case", True, "Không có vụ việc đang được xem xét.", FREEZE)


def _discipline(case: Case, asked: Iterable[Condition]) -> Checked:
    """Achievement counts only after a discipline has ended; one in force when the dossier comes bars it, too."""
    span = max((one.asks.get("years", 1) for one in asked), default=1)
    first = dt.date(case.year - span + 1, 1, 1)
    touching = [one for one in case.subject.discipline if _touches(one, first, case)]
    if not touching:
        return Checked("discipline", True, "Không bị kỷ luật trong thời gian tính thành tích.", FREEZE)
    until = max((one.end or dt.date.max) for one in touching)
    ends = "chưa hết hiệu lực" if until == dt.date.max else f"hết hiệu lực ngày {until:%d/%m/%Y}"
    told = ", ".join(one.level for one in touching)
    return Checked("discipline", False, f"Bị kỷ luật ({told}), {ends}; thành tích chỉ tính sau ngày đó.", FREEZE)


def _touches(discipline: Discipline, first: dt.date, case: Case) -> bool:
    until = discipline.end or dt.date.max
    last = max(dt.date(case.year, 12, 31), case.received_on)
    return discipline.start <= last and until >= first


def may_receive(case: Case) -> bool:
    """Whether the award is for that kind of recipient at all."""
    return bool(conditions_for(case.award, Recipient(case.subject.kind), case.received_on))
