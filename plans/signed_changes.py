"""What the signed paper says otherwise, taken into the plan: the signed file decides. No database here.

A difference is found in the paper (``documents.signed.comparing``); the plan holds the same words in a text of its
own, at a place of ``plans.moving.places``. What no text of the plan holds is left and told: the lines of the issuer
and of its superior, the day, which the record of issue keeps, a task's number, what is printed out of another app's
part, and whole rows that came or went.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from documents.signed.comparing import Difference, rewritten
from documents.signed.pieces import Path, pieces_of
from plans.interchange import PlanData
from plans.moving.places import Place, read_at, write_at
from plans.paper import compose
from plans.printed_places import Text, texts_by_path

_LISTS = ("preamble", "blocks", "recipients", "signature_lines")
"""Lists of the plan from which a line may be taken out whole."""


@dataclass(frozen=True, slots=True)
class TakenOver:
    plan: PlanData
    taken: tuple[Difference, ...]
    left: tuple[Difference, ...]
    """What a person must enter by hand."""
    gone: tuple[Place, ...] = field(default=(), compare=False)
    """Lines that the signed paper leaves out whole, at their places before any of them went."""


def take_over(plan: PlanData, differences: Iterable[Difference], issuer_lines: Sequence[str] = ()) -> TakenOver:
    """``differences``: those between ``compose(plan, issuer_lines)`` and the signed file, in any order."""
    paper = compose(plan, issuer_lines)
    printed = {piece.path: piece.text for piece in pieces_of(paper)}
    texts = texts_by_path(plan, paper)
    taken: list[Difference] = []
    left: list[Difference] = []
    gone: list[Place] = []
    groups = _by_path(differences)
    rows_gone = _rows_gone(groups, texts)
    for path, group in groups.items():
        if path is None or printed.get(path) != group[0].line or _row_of(path) in rows_gone:
            left += group  # over several texts, of another state of the plan, or a row that went whole
        elif removed := _removed(group, texts.get(path, ()), printed[path]):
            gone.append(removed)
            taken += group
        else:
            plan = _rewrite(plan, group, texts.get(path, ()), taken, left)
    return TakenOver(_without(plan, gone), tuple(taken), tuple(left), tuple(gone))


def _by_path(differences: Iterable[Difference]) -> dict[Path | None, list[Difference]]:
    groups: dict[Path | None, list[Difference]] = defaultdict(list)
    for difference in differences:
        groups[difference.path].append(difference)
    return groups


def _rows_gone(groups: Mapping[Path | None, Sequence[Difference]], texts: Mapping[Path, Sequence[Text]]) -> set[Path]:
    """Rows of a table, or dashes, whose task the signed paper does not have."""
    gone = set()
    for path, group in groups.items():
        is_whole = len(group) == 1 and not group[0].after and group[0].before.split() == group[0].line.split()
        if path and is_whole and any(text.where.path[0::2] == ("tasks", "content") for text in texts.get(path, ())):
            gone.add(_row_of(path))
    return gone


def _row_of(path: Path) -> Path:
    """Of a cell its row; of any other text itself."""
    return path[: path.index("row") + 2] if "row" in path else path


def _rewrite(
    plan: PlanData,
    group: Sequence[Difference],
    texts: Sequence[Text],
    taken: list[Difference],
    left: list[Difference],
) -> PlanData:
    """Sorts the group into ``taken`` and ``left`` on the way."""
    by_text: dict[Text, list[Difference]] = defaultdict(list)
    for difference in group:
        inner = _without_print(difference)
        text = next((one for one in texts if one.start <= inner.start and inner.end <= one.end), None)
        if text is None or text.is_made or difference.is_new_line:
            left.append(difference)
        else:
            by_text[text].append(replace(inner, start=inner.start - text.start, end=inner.end - text.start))
            taken.append(difference)
    for text, inside in by_text.items():
        plan = write_at(plan, text.where, rewritten(read_at(plan, text.where), inside))
    return plan


def _without_print(difference: Difference) -> Difference:
    """Without the signs that both sides share at the ends: the paper prints «xã;» where the plan holds «xã»."""
    before, after = difference.before, difference.after
    start, end = difference.start, difference.end
    while before and after and before[-1] == after[-1] and not before[-1].isalnum():
        before, after, end = before[:-1], after[:-1], end - 1
    while before and after and before[0] == after[0] and not before[0].isalnum():
        before, after, start = before[1:], after[1:], start + 1
    return replace(difference, before=before, after=after, start=start, end=end)


def _removed(group: Sequence[Difference], texts: Sequence[Text], line: str) -> Place | None:
    """The place of a line that the signed paper leaves out whole, where the plan holds it in a list."""
    first = group[0]
    is_whole = len(group) == 1 and not first.after and first.before.split() == line.split()
    place = texts[-1].where if texts and not texts[-1].is_made else None
    if not is_whole or place is None or place.path[0] not in _LISTS:
        return None
    return Place(place.path[:2])


def _without(plan: PlanData, gone: Iterable[Place]) -> PlanData:
    positions: dict[str, set[int]] = defaultdict(set)
    for place in gone:
        positions[place.path[0]].add(int(place.path[1]))
    kept: dict[str, Any] = {
        name: tuple(entry for at, entry in enumerate(getattr(plan, name)) if at not in out)
        for name, out in positions.items()
    }
    return replace(plan, **kept)
