"""Earlier plans carried into another year and unit: one list of lines that a person goes through.

Both lists of proposals are made on the source as it stands, so that every place in them is a
place of one text; ``plans.moving`` keeps citations away from both, and where two still meet
only one is shown. Equal proposals are one line: decided once, kept back place by place.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from plans.interchange import PlanData
from plans.moving import Group, Kind, Place, Proposal, ReformNames, apply, propose_reform, propose_year
from plans.moving.places import read_at, texts_of, write_at
from plans.moving.proposals import overlaps

FROM_ISSUER = {"year", "superior", "issuer", "number", "symbol", "place", "date", "signature_lines", "signature_post"}
"""First steps of the places that the chosen issuer and the blank number and day fill; nothing is asked about them."""
NOTHING = ""
"""The answer that takes the words out."""

_BLANK = "……"
_NUMBER = re.compile(r"(?:(?P<word>số:?\s*))?\d{1,5}[a-z]?(?=\s?[/-]\s?(?:\d{4}\s?/\s?)?[A-ZĐ])")
_NUMBER_YEAR = re.compile(rf"(?<={_BLANK})(\s?/\s?)\d{{4}}(?=\s?/)")
_DAY = re.compile(
    r"ngày\s*(?:\d{1,2}(?P<mark>\s?[/.-]\s?)\d{1,2}\s?[/.-]\s?\d{4}|[\d\s.…_]{1,12}\s?tháng\s?[\d\s.…_]{1,12}\s?năm\s?\d{4})",
    re.IGNORECASE,
)
_SPAN = re.compile(r"(?P<first>(?:19|20)\d{2})(?P<between>\s?[-–]\s?|\s?đến(?:\s+năm)?\s?)(?P<last>(?:19|20)\d{2})")
_BELOW_DISTRICT = re.compile(r"(?P<how>các|mỗi|từng|một số) xã(?:,\s+(?:thị trấn|phường))*", re.IGNORECASE)
_CLUSTER = re.compile(r"cụm\b", re.IGNORECASE)
_LONGEST_STAGE = 10  # years


@dataclass(frozen=True, slots=True)
class Adoption:
    """Into which year and unit; what the caller knows of the unit."""

    year: int
    names: ReformNames
    crosses_reform: bool
    """The source is of the time with districts, the new plan is not."""
    village: str = "thôn"
    """What the unit calls its villages: they are below the commune what communes were below the district."""
    shared: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Old units that were split among several: which is meant, only a person knows."""


@dataclass(frozen=True, slots=True)
class Line:
    """Proposals that say the same, decided together."""

    key: str
    group: Group
    old: str
    """As it stands most often; empty for the dates of tasks, which are one line whatever they say."""
    new: str | None
    why: str
    is_question: bool
    is_doubtful: bool
    choices: tuple[str, ...]
    """Answers offered to a question, the likeliest first; others may be typed."""
    may_go: bool
    """The words may be taken out: a legal basis that nothing replaces."""
    places: tuple[Proposal, ...]


def proposals_of(plan: PlanData, adoption: Adoption) -> list[Proposal]:
    """In the order of the paper, no two over another, without those that the new head answers."""
    year = propose_year(plan, adoption.year) if adoption.year != plan.year else []
    reform = propose_reform(plan, adoption.names)
    year = [one for one in year if one.group is not Group.HEADER and one.where.path[0] not in FROM_ISSUER]
    reform = [one for one in reform if _belongs(one, adoption) and one.where.path[0] not in FROM_ISSUER]
    laws = [one for one in reform if one.group is Group.LAW]
    year = [one for one in year if not _meets(one, laws)]
    reform = [_asked_which(one, adoption) for one in reform if not _meets(one, year)]
    return [_offered(one, plan, adoption) for one in _in_order(plan, [*year, *reform])]


def lines_of(proposals: Iterable[Proposal]) -> list[Line]:
    """By groups, what should be looked at again first, else in the order in which each is first met."""
    together: dict[tuple, list[Proposal]] = {}
    for proposal in proposals:
        together.setdefault(_sameness(proposal), []).append(proposal)
    lines = [_line(same, tuple(places)) for same, places in together.items()]
    groups = list(Group)
    return sorted(lines, key=lambda line: (groups.index(line.group), not line.is_doubtful))


def fingerprint(lines: Sequence[Line]) -> str:
    """Another one as soon as anything is proposed that was not shown."""
    return _digest([(line.key, str(one.where), str(one.start), str(one.new)) for line in lines for one in line.places])


def decided(
    lines: Sequence[Line], *, taken: set[str], answers: Mapping[str, str | None], kept: set[str]
) -> list[Proposal]:
    """What was accepted. ``answers``: key → words, or None to keep; ``kept``: «key.3» for a single place."""
    accepted: list[Proposal] = []
    for line in lines:
        places = [one for position, one in enumerate(line.places) if f"{line.key}.{position}" not in kept]
        if not line.is_question:
            accepted += places if line.key in taken else []
        elif (answer := answers.get(line.key)) is not None:
            accepted += [one.answered(fitted(answer, one.old)) for one in places]
    return [one for one in accepted if one.new != one.old]


def suggested(line: Line) -> str | None:
    """The likeliest answer to a question; None where there is none."""
    return line.choices[0] if line.choices else None


def fitted(answer: str, old: str) -> str:
    """With a capital where one stood; without, where the answer begins with the very word that stood there."""
    if old[:1].isupper():
        return answer[:1].upper() + answer[1:]
    first, was = answer.split(maxsplit=1)[:1], old.split(maxsplit=1)[:1]
    is_same_word = bool(first) and [word.casefold() for word in first] == [word.casefold() for word in was]
    return answer[:1].lower() + answer[1:] if is_same_word else answer


def changed(plan: PlanData, accepted: Sequence[Proposal]) -> PlanData:
    """``apply``, and no stray marks where words were taken out. Raise what ``apply`` raises."""
    moved = apply(plan, accepted)
    for place in {one.where for one in accepted if one.new == NOTHING}:
        moved = write_at(moved, place, without_stray_marks(read_at(moved, place)))
    return replace(moved, preamble=tuple(text for text in moved.preamble if not _STUMP.fullmatch(text)))


_STUMP = re.compile(r"\s*(?:Căn cứ|Theo|Thực hiện|Xét)?[\s:;,.]*", re.IGNORECASE)
_OPENED = re.compile(r"^(\s*(?:Căn cứ|Theo|Thực hiện|Xét):?)(?:\s*[;,]|\s+và\b)+", re.IGNORECASE)


def without_stray_marks(text: str) -> str:
    """«Căn cứ ; Luật …;  và ;» as «Căn cứ Luật …;».

    >>> without_stray_marks("Căn cứ Luật A;  và ;")
    'Căn cứ Luật A;'
    """
    text = re.sub(r"(?:\s+và\b)+(?=\s*(?:[;,.]|$))", "", text)
    text = re.sub(r"\s*([;,.])(?:\s*[;,])+", r"\1", text)
    text = re.sub(r"\s*[;,]\s*(\.)(?=\s|$)", r"\1", text)
    text = _OPENED.sub(r"\1", text)
    return re.sub(r" {2,}", " ", re.sub(r"\s+(?=[;,.])", "", text)).strip()


# -- What is proposed --------------------------------------------------------------------


def _belongs(proposal: Proposal, adoption: Adoption) -> bool:
    """Between two years of the two tiers only names and laws go out of use."""
    return adoption.crosses_reform or proposal.group in {Group.UNIT, Group.LAW}


def _meets(proposal: Proposal, others: Iterable[Proposal]) -> bool:
    return overlaps(
        (proposal.start, proposal.end), [(one.start, one.end) for one in others if one.where == proposal.where]
    )


def _in_order(plan: PlanData, proposals: Iterable[Proposal]) -> list[Proposal]:
    """As the paper is read; the dates of a task after its last words."""
    order = {place: position for position, (place, _) in enumerate(texts_of(plan))}

    def rank(one: Proposal) -> tuple[int, int]:
        last_words = Place((*one.where.path[:2], "note"))
        return order.get(one.where, order.get(last_words, -1)), one.start

    return sorted(proposals, key=rank)


def _asked_which(proposal: Proposal, adoption: Adoption) -> Proposal:
    heirs = adoption.shared.get(proposal.old.casefold(), ())
    if proposal.group is not Group.UNIT or not heirs:
        return proposal
    why = f"{proposal.old} đã chia cho {' và '.join(heirs)}: ở đây nay là đơn vị nào?"
    return replace(proposal, new=None, why=why, kind=Kind.ASK, choices=heirs)


def _offered(proposal: Proposal, plan: PlanData, adoption: Adoption) -> Proposal:
    """A question with the answers that can be worked out; the person still has to choose."""
    if proposal.kind is not Kind.ASK:
        return proposal
    offers = [proposal.new, *proposal.choices, *_worked_out(proposal, plan, adoption)]
    return replace(proposal, choices=tuple(dict.fromkeys(one for one in offers if one and one != proposal.old)))


def _worked_out(proposal: Proposal, plan: PlanData, adoption: Adoption) -> Iterator[str | None]:
    if proposal.group is Group.CITATION:
        yield citation_to_come(proposal.old, plan, adoption)
    if proposal.group is Group.PERIOD:
        yield _next_period(proposal.old, adoption.year)
    if proposal.group is Group.BODY and _CLUSTER.match(proposal.old) and not proposal.new:
        new = f"Cụm thi đua số {_BLANK}"
        yield new.upper() if proposal.old.isupper() else fitted(new, proposal.old)
    if proposal.group is Group.BODY and (below := _BELOW_DISTRICT.fullmatch(proposal.old)) and not proposal.new:
        yield f"{below['how']} {adoption.village}"


def citation_to_come(cited: str, plan: PlanData, adoption: Adoption) -> str:
    """The paper that will stand in the place of a cited one: number and day blank, its year and issuer moved on.

    «Kế hoạch số ……/KH-UBND ngày ……/……/…… của UBND tỉnh về … năm 2026»
    """
    blanks = [(_NUMBER.search(cited), f"số {_BLANK}"), *((day, _blank_day(day)) for day in _DAY.finditer(cited))]
    pieces: list[str] = []
    reached = 0
    for match, blank in sorted(((one, words) for one, words in blanks if one), key=lambda pair: pair[0].start()):
        pieces += [_carried(cited[reached : match.start()], plan, adoption), blank]
        reached = match.end()
    pieces.append(_carried(cited[reached:], plan, adoption))
    return _NUMBER_YEAR.sub(rf"\g<1>{_BLANK}", "".join(pieces))


def _blank_day(day: re.Match[str]) -> str:
    mark = day["mark"]
    return f"ngày {mark.join([_BLANK] * 3)}" if mark else f"ngày {_BLANK} tháng {_BLANK} năm {_BLANK}"


def _carried(words: str, plan: PlanData, adoption: Adoption) -> str:
    """A few words of the plan moved by themselves, every question answered as is likeliest."""
    if not words.strip():
        return words
    alone = replace(
        plan, preamble=(words,), blocks=(), tasks=(), recipients=(), closing="", subject="", appendix=None, parts={}
    )
    year = propose_year(alone, adoption.year) if adoption.year != plan.year else []
    reform = [one for one in propose_reform(alone, adoption.names) if _belongs(one, adoption)]
    found = [one for one in (*year, *(one for one in reform if not _meets(one, year))) if one.where == _FIRST]
    answers = [(one, next((words for words in _answers(one, plan, adoption) if words), None)) for one in found]
    return apply(alone, [one.answered(answer) for one, answer in answers if answer]).preamble[0]


def _answers(proposal: Proposal, plan: PlanData, adoption: Adoption) -> Iterator[str | None]:
    yield proposal.new
    yield from proposal.choices
    if proposal.group is not Group.CITATION:  # a paper cited within the title of another stays
        yield from _worked_out(proposal, plan, adoption)


_FIRST = Place(("preamble", "0"))


def _next_period(old: str, year: int) -> str | None:
    """``giai đoạn 2021 - 2025`` → ``giai đoạn 2026 - 2030``; a term of office begins in the year the last one ends."""
    span = _SPAN.search(old)
    if not span:
        return None
    first, last = int(span["first"]), int(span["last"])
    length = last - first
    if not 1 < length <= _LONGEST_STAGE or last >= year:
        return None
    step = length if re.search(r"nhiệm kỳ|khóa|khoá", old, re.IGNORECASE) else length + 1
    times = -(-(year - last) // step)
    new = f"{first + times * step}{span['between']}{last + times * step}"
    return old[: span.start()] + new + old[span.end() :]


# -- What is shown -----------------------------------------------------------------------


def _sameness(one: Proposal) -> tuple:
    if one.group is Group.TASK_DATES and one.kind is Kind.CERTAIN:
        return one.group, one.is_doubtful
    words = (one.old, one.new or "", *one.choices)
    return one.group, one.kind, one.is_doubtful, one.new is None, one.why, tuple(map(_small, words))


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _line(same: tuple, places: tuple[Proposal, ...]) -> Line:
    commonest = Counter(one.old for one in places).most_common(1)[0][0]
    shown = next(one for one in places if one.old == commonest)
    is_dates = len(same) == _DATES
    is_question = shown.kind is Kind.ASK
    return Line(
        key=_digest([tuple(map(str, same))]),
        group=shown.group,
        old="" if is_dates else shown.old,
        new=None if is_dates else shown.new,
        why=shown.why,
        is_question=is_question,
        is_doubtful=shown.is_doubtful,
        choices=shown.choices,
        may_go=is_question and shown.group in {Group.LAW, Group.CITATION},
        places=places,
    )


_DATES = 2  # length of the sameness of dates


def _digest(rows: Sequence[tuple[str, ...]]) -> str:
    """Short, for the names of fields; not a secret."""
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:12]
