"""From which year an award could become possible, and what would have to come true until then. Pure.

Later years are tried one after the other with facts that may be assumed, the weakest assumption first; each one that
was needed is named. Rules that nobody has confirmed yet are taken as they were before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from awards.checks import TITLE_WORDS
from awards.conditions import Condition, conditions_for, shipped_conditions
from awards.eligibility import Outcome, judge
from awards.facts import RATING_WORDS, SCOPE_WORDS, Case, Initiative, Members, Path, Recipient, Scope, Subject, Title

HORIZON = 8
"""Years tried after the one that is asked for: longer than any condition counts."""
_BEFORE = "cách hiểu trước khi sửa đổi"


class Assume(StrEnum):
    RATED = "rated"
    EXCELLENT = "excellent"
    INITIATIVE = "initiative"
    """One, in the year that is tried."""
    INITIATIVES = "initiatives"
    """One each year."""
    TITLES = "titles"
    PRIOR = "prior"


_LADDER: tuple[frozenset[Assume], ...] = tuple(
    frozenset(one)
    for one in (
        (),
        (Assume.RATED,),
        (Assume.TITLES,),
        (Assume.INITIATIVE,),
        (Assume.EXCELLENT,),
        (Assume.TITLES, Assume.INITIATIVE),
        (Assume.RATED, Assume.INITIATIVE),
        (Assume.RATED, Assume.TITLES),
        (Assume.EXCELLENT, Assume.INITIATIVES),
        (Assume.RATED, Assume.TITLES, Assume.INITIATIVE),
        (Assume.RATED, Assume.TITLES, Assume.PRIOR),
        (Assume.EXCELLENT, Assume.TITLES, Assume.INITIATIVES, Assume.PRIOR),
    )
)
"""From the weakest assumption to the strongest."""


@dataclass(frozen=True, slots=True)
class Outlook:
    year: int
    assumptions: tuple[str, ...]
    """«xếp loại năm 2026, 2027 từ mức hoàn thành tốt nhiệm vụ trở lên»; none: it needs only the year to come."""
    rests_on_old_text: bool
    """Some rule is open: it was taken as it was before."""


def outlook(case: Case, conditions: Iterable[Condition] | None = None) -> Outlook | None:
    """The first year in which it could be had; None: in none of the next years, or not a matter of years at all."""
    if case.path is not Path.MERIT:
        return None
    given = tuple(shipped_conditions() if conditions is None else conditions)
    asked = conditions_for(case.award, Recipient(case.subject.kind), case.received_on, given)
    if not asked:
        return None
    is_open = any(not one.is_confirmed(case.received_on) for one in asked)
    decided = tuple(one if one.confirmed_by else one.confirmed(_BEFORE) for one in given)
    for year in range(case.year, case.year + HORIZON + 1):
        for assumed in _LADDER:
            tried, words = _assumed(case, year, assumed, asked)
            if judge(tried, decided).outcome is Outcome.ELIGIBLE:
                return Outlook(year, tuple(words), is_open)
    return None


def _assumed(case: Case, year: int, assumed: frozenset[Assume], asked: list[Condition]) -> tuple[Case, list[str]]:
    words: list[str] = []
    known = case.subject
    subject = _cleared(known, words)
    subject = _rated(subject, case.year, year, assumed, words)
    subject = _titled(subject, case.year, year, assumed, asked, words)
    subject = _with_ideas(subject, case.year, year, assumed, asked, words)
    if known.kind is Recipient.COLLECTIVE and (year > case.year or known.members is None):
        subject = replace(subject, members=Members(total=10, ldtt=10, cstdcs=10, completed=10))
        words.append("tập thể đủ tỷ lệ danh hiệu, đủ người hoàn thành nhiệm vụ, không có người bị kỷ luật")
    received = _same_day(case.received_on, case.received_on.year + year - case.year)
    return replace(case, year=year, received_on=received, subject=subject), words


def _cleared(subject: Subject, words: list[str]) -> Subject:
    if not subject.has_open_case:
        return subject
    words.append("vụ việc đang xem xét kết luận không có vi phạm")
    return replace(subject, has_open_case=False)


def _rated(subject: Subject, first: int, last: int, assumed: frozenset[Assume], words: list[str]) -> Subject:
    """Only years of which nothing is known."""
    unrated = [year for year in range(first, last + 1) if year not in subject.ratings]
    if not unrated or not assumed & {Assume.RATED, Assume.EXCELLENT}:
        return subject
    level = "HTXSNV" if Assume.EXCELLENT in assumed else "HTT"
    words.append(f"xếp loại năm {_list(unrated)} từ mức {RATING_WORDS[level]} trở lên")
    return replace(subject, ratings={**subject.ratings, **dict.fromkeys(unrated, level)})


def _titled(
    subject: Subject, first: int, last: int, assumed: frozenset[Assume], asked: list[Condition], words: list[str]
) -> Subject:
    more: list[Title] = []
    for condition in asked:
        codes = tuple(condition.asks.get("titles", ()))
        if not codes:
            continue
        name = TITLE_WORDS[codes[0]]
        if condition.check == "prior_award":
            if Assume.PRIOR in assumed and last > first and not any(one.code in codes for one in subject.titles):
                more.append(Title(codes[0], first + 1))
                words.append(f"được tặng {name} năm {first + 1}")
        elif Assume.TITLES in assumed:
            missing = [year for year in range(first, last + 1) if not subject.has_title(codes, year)]
            more += [Title(codes[0], year) for year in missing]
            words += [f"được công nhận {name} năm {_list(missing)}"] if missing else []
    return replace(subject, titles=(*subject.titles, *more)) if more else subject


def _with_ideas(
    subject: Subject, first: int, last: int, assumed: frozenset[Assume], asked: list[Condition], words: list[str]
) -> Subject:
    """In the year that is asked for nothing new is made up: what is on record may still be recognised."""
    if not assumed & {Assume.INITIATIVE, Assume.INITIATIVES}:
        return subject
    wanted = max((Scope(one.asks["scope"]) for one in asked if "scope" in one.asks), key=_rank, default=Scope.BASE)
    unrecognised = [one for one in subject.initiatives if not one.is_recognised]
    if last == first:
        if not unrecognised:
            return subject
        words.append(f"sáng kiến {', '.join(f'«{one.id}»' for one in unrecognised)} được công nhận")
        known = tuple(replace(one, is_recognised=True) for one in subject.initiatives)
        return replace(subject, initiatives=known)
    years = range(first + 1, last + 1) if Assume.INITIATIVES in assumed else (last,)
    words.append(f"có sáng kiến mới phạm vi {SCOPE_WORDS[wanted]} được công nhận năm {_list(years)}")
    new = tuple(Initiative(f"sáng kiến năm {year}", year, wanted, is_recognised=True) for year in years)
    return replace(subject, initiatives=(*subject.initiatives, *new))


def _rank(scope: Scope) -> int:
    return list(Scope).index(scope)


def _same_day(day: dt.date, year: int) -> dt.date:
    return day.replace(year=year, day=min(day.day, 28) if day.month == 2 else day.day)


def _list(years: Iterable[int]) -> str:
    return ", ".join(str(year) for year in years)
