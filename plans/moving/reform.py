"""A plan of the three-tier time carried past 1 July 2025: its bodies, units and legal bases."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from plans.interchange import PlanData
from plans.moving.citations import find_citations
from plans.moving.law import LegalTextRow, find_laws_out_of_force
from plans.moving.places import Place, texts_of
from plans.moving.proposals import Finding, Group, Kind, Proposal, Span, keep_apart, placed
from plans.moving.reform_words import (
    LEFT_OF_COMMUNE,
    LEFT_OF_DISTRICT,
    OF_COMMUNE,
    OF_DISTRICT,
    OF_OTHERS,
    OFFICERS,
    OFFICES_OF_DISTRICT,
    TOWNS,
    Rule,
    compiled,
    own_word,
)

REFORM = dt.date(2025, 7, 1)
"""The two tiers began (Law on Organisation of Local Government 72/2025/QH15)."""

_WORD = re.compile(r"\w+")
_ABBREVIATED = 2  # letters
_REFERENCE = Place(("appendix", "reference"))
_UNIT_WORDS = ("huyện", "quận", "thị xã", "thành phố", "xã", "phường", "thị trấn", "đặc khu")
_DISTRICT_WORDS = ("huyện", "quận", "thị xã", "thành phố")
_OWN_UNIT = re.compile(rf"(?<!\w)(?P<word>{'|'.join(_UNIT_WORDS)})\s+(?P<name>\S.*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReformNames:
    """What the caller knows of the unit that adopts the plan."""

    province: str
    """With its word: «tỉnh Lạng Sơn», «thành phố Cần Thơ»."""
    heirs: Mapping[str, str]
    """Old name to new name, each with its word: «xã Cường Lợi» to its heir; also villages, schools, clusters."""
    day: dt.date
    """The day whose law counts: nothing is proposed before 1 July 2025."""
    laws: Sequence[LegalTextRow] = ()


@dataclass(frozen=True, slots=True)
class _Own:
    """The unit whose plan it was, and the one that takes it over."""

    word: str
    name: str
    heir: str
    """Empty while unknown."""

    @property
    def is_district(self) -> bool:
        return self.word in _DISTRICT_WORDS

    @property
    def is_commune(self) -> bool:
        return bool(self.word) and not self.is_district

    @property
    def heir_word(self) -> str:
        return _split_unit(self.heir)[0] or "xã"


def propose_reform(plan: PlanData, names: ReformNames) -> list[Proposal]:
    """In the order of the paper, none over another; nothing before the reform."""
    if names.day < REFORM:
        return []
    own = _own_unit(plan, names)
    words = _words(names, own)
    proposals: list[Proposal] = []
    for place, text in texts_of(plan):
        if not text:
            continue
        taken: list[Span] = []
        laws: list[Finding] = []
        if place != _REFERENCE:
            laws = list(find_laws_out_of_force(text, names.laws, names.day))
            taken = [citation.span for citation in find_citations(text)]
        bodies = keep_apart(_bodies(plan, place, text, names, own, words), taken)
        proposals += placed(place, text, sorted([*laws, *bodies], key=lambda finding: finding.start))
    return proposals


def _bodies(
    plan: PlanData, place: Place, text: str, names: ReformNames, own: _Own, words: Mapping[str, str]
) -> Iterator[Finding]:
    knows_heir = bool(own.heir) and plan.kind != "cluster"
    units = list(_unit_names(text, names))
    rules: Iterable[Rule]
    if own.is_commune:
        # Its district is named beside the body that it was: that goes to the province, whatever became of the place.
        yield from _by_rules(OF_COMMUNE, place, text, words, knows_heir)
        yield from units
        renamed = own_word(own.word) if own.heir and own.heir_word != own.word else ()
        rules = (*OFFICERS, *LEFT_OF_COMMUNE, *renamed, *TOWNS)
    elif own.is_district:
        yield from _by_rules(OFFICES_OF_DISTRICT, place, text, words, knows_heir)
        yield from units
        rules = (*OF_DISTRICT, *OFFICERS, *LEFT_OF_DISTRICT, *TOWNS)
    else:
        yield from units
        rules = (*OF_OTHERS, *TOWNS)
    yield from _by_rules(rules, place, text, words, knows_heir)
    yield from _own_names(place, text, own)


def _by_rules(
    rules: Iterable[Rule], place: Place, text: str, words: Mapping[str, str], knows_heir: bool
) -> Iterator[Finding]:
    for rule in rules:
        if rule.places and place.path[-1] not in rule.places:
            continue
        for match in compiled(rule.pattern).finditer(text):
            yield _by_rule(rule, match, text, words, knows_heir)


def _by_rule(rule: Rule, match: re.Match[str], text: str, words: Mapping[str, str], knows_heir: bool) -> Finding:
    is_named = bool((match.groupdict().get("named") or "").strip())
    said = {**words, "tỉnh Y": words["tỉnh Y"] if is_named else words["tỉnh"]}
    new = None if rule.new is None else _like(match, _filled(rule.new, match, said), text)
    if new == "Sở Nội vụ" and is_named:
        new = f"{new} {words['tỉnh Y']}"
    kind = Kind.ASK if rule.needs_heir and not knows_heir else rule.kind
    choices = tuple(_like(match, _filled(choice, match, said), text) for choice in rule.choices)
    start, end = match.span("what" if "what" in match.groupdict() else 0)
    return Finding(start, end, new, _filled(rule.why, match, said), Group.BODY, kind, choices)


def _filled(template: str, match: re.Match[str], words: Mapping[str, str]) -> str:
    filled = re.sub(r"\{([^{}]+)\}", lambda name: words[name[1]], template)
    return match.expand(filled) if "\\g" in filled else filled


def _like(match: re.Match[str], new: str, text: str) -> str:
    """In capitals where capitals stood (but not for an abbreviation as HU); a capital first where one stood."""
    said = match[0]
    if text.isupper() or (said.isupper() and len(_WORD.findall(said)[-1]) > _ABBREVIATED):
        return new.upper()
    return new[:1].upper() + new[1:] if said[:1].isupper() else new


def _words(names: ReformNames, own: _Own) -> dict[str, str]:
    is_city = names.province.lower().startswith("thành phố")
    return {
        "tỉnh": "thành phố" if is_city else "tỉnh",
        "tỉnh Y": names.province,
        "Tỉnh ủy": "Thành ủy" if is_city else "Tỉnh ủy",
        "xã": own.heir_word,
    }


# -- Names of units ----------------------------------------------------------------------


def _own_unit(plan: PlanData, names: ReformNames) -> _Own:
    """From the issuer's name; a cluster's plan from the post of the one who signs."""
    said = plan.signature_post if plan.kind == "cluster" else plan.issuer
    match = _OWN_UNIT.search(said)
    if not match:
        return _Own("", "", "")
    word, name = match["word"].lower(), match["name"].strip()
    full = f"{word} {name}"
    for old, new in names.heirs.items():
        if old.casefold() == full.casefold():
            return _Own(word, _split_unit(old)[1], new)
    return _Own(word, plan.place if plan.place.casefold() == name.casefold() else name.title(), "")


def _split_unit(full: str) -> tuple[str, str]:
    for word in _UNIT_WORDS:
        if full.casefold().startswith(word + " "):
            return word, full[len(word) + 1 :]
    return "", full


def _titled(name: str) -> str:
    return name[:1].upper() + name[1:]


def _unit_names(text: str, names: ReformNames) -> Iterator[Finding]:
    """Longest first: «xã An Sơn Thượng» before «xã An Sơn»."""
    for old in sorted(names.heirs, key=len, reverse=True):
        pattern = r"\s+".join(map(re.escape, old.split()))
        for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE):
            new = _like(match, names.heirs[old], text)
            yield Finding(match.start(), match.end(), new, f"{_titled(old)} nay là {names.heirs[old]}.", Group.UNIT)


def _own_names(place: Place, text: str, own: _Own) -> Iterator[Finding]:
    """The own name without its word, and the issuer's while nobody knows its heir."""
    if not own.name:
        return
    bare = _split_unit(own.heir)[1]
    if place.path == ("place",) and text.casefold() == own.name.casefold():
        kind = Kind.CERTAIN if bare else Kind.ASK
        why = "Địa danh là tên của đơn vị mới." if bare else f"{own.name} nay thuộc đơn vị nào?"
        yield Finding(0, len(text), bare or None, why, Group.UNIT, kind)
        return
    if place.path == ("issuer",) and not own.heir:
        start = text.casefold().find(own.name.casefold())
        if start >= 0:
            why = f"{_titled(own.word)} {own.name} nay thuộc đơn vị nào?"
            yield Finding(start, start + len(own.name), None, why, Group.UNIT, Kind.ASK)
        return
    for match in re.finditer(rf"(?<!\w){re.escape(own.name)}(?!\w)", text):
        why = f"{own.name} là tên cũ: đổi thành {bare}, hay là tên riêng phải giữ?"
        if bare:
            yield Finding(match.start(), match.end(), bare, why, Group.UNIT, Kind.ASK)
