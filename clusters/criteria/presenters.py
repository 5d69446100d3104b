"""A set as its pages show it: the rows of the tree with sums and faults, sentences on how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from clusters.criteria.rulebook import rule_words
from clusters.criteria.services import tie_codes
from clusters.criteria.tree import in_order
from clusters.models import Cluster, CriteriaSet, Criterion
from clusters.scheme import Kind, Scheme, faults_in, said
from clusters.standing import scheme_of
from clusters.states import SetState, Stage
from clusters.wording import worded


@dataclass(slots=True)
class TreeRow:
    row: Criterion
    number: int
    depth: int
    points: str
    inside: str
    """Of a group: what its criteria come to."""
    rules: list[str]
    who: str
    faults: list[str] = field(default_factory=list)
    tie: int | None = None
    """Its place in the tie-break order."""

    @property
    def is_group(self) -> bool:
        return not self.row.kind

    @property
    def level(self) -> int:
        """From 1, as headings and trees are told to those who listen."""
        return self.depth + 1


@dataclass(frozen=True, slots=True)
class Shown:
    scheme: Scheme
    rows: list[TreeRow]
    other_faults: list[str]
    """Of codes that are in no row."""

    @property
    def fault_count(self) -> int:
        return sum(len(row.faults) for row in self.rows) + len(self.other_faults)

    @property
    def faulty(self) -> list[TreeRow]:
        return [row for row in self.rows if row.faults]

    @property
    def leaf_count(self) -> int:
        return sum(not row.is_group for row in self.rows)

    @property
    def base(self) -> str:
        return said(self.scheme.base)

    @property
    def bonus(self) -> str:
        return _of_kind(self.scheme, Kind.BONUS)

    @property
    def penalty(self) -> str:
        return _of_kind(self.scheme, Kind.PENALTY)

    @property
    def ties(self) -> list[TreeRow]:
        return sorted((row for row in self.rows if row.tie), key=lambda row: row.tie or 0)


def shown(criteria_set: CriteriaSet, rows: Sequence[Criterion]) -> Shown:
    scheme = scheme_of(criteria_set, rows)
    nodes = {node.code: node for _, node in scheme.walk()}
    ties = {code: place for place, code in enumerate(tie_codes(list(rows)), start=1)}
    found = [
        TreeRow(
            row,
            number,
            depth,
            said(Fraction(row.maximum)),
            "" if row.kind else said(nodes[row.code].worth),
            rule_words(row.kind, row.rule, is_lower_better=row.is_lower_better),
            who_words(row, criteria_set.cluster),
            tie=ties.get(row.code),
        )
        for number, (depth, row) in enumerate(in_order(rows), start=1)
    ]
    by_code = {one.row.code: one for one in found}
    others = []
    for code, sentence in faults_in(scheme):
        if code in by_code:
            by_code[code].faults.append(sentence)
        else:
            others.append(sentence)
    return Shown(scheme, found, others)


def _of_kind(scheme: Scheme, kind: Kind) -> str:
    points = sum((leaf.maximum for leaf in scheme.leaves() if leaf.kind is kind), Fraction(0))
    return said(points) if points else ""


def who_words(row: Criterion, cluster: Cluster | None) -> str:
    """Who scores and who confirms; what is usual is not said."""
    if not row.kind:
        return ""
    first = "" if row.scored_by == Stage.SELF else f"{row.get_scored_by_display()} chấm"
    first = first.replace("chấm chấm", "chấm")
    then = f"{row.get_confirmed_by_display()} xác nhận" if row.confirmed_by else ""
    words = ", ".join(part for part in (first, then) if part) or "Đơn vị tự chấm"
    return worded(words, cluster.kind) if cluster else words


def standing(criteria_set: CriteriaSet, found: Shown) -> str:
    if not found.rows:
        return "Chưa có tiêu chí nào."
    beside = [f"thưởng nhiều nhất {found.bonus}" if found.bonus else "", f"trừ nhiều nhất {found.penalty}"]
    beside = [words for words in (beside[0], beside[1] if found.penalty else "") if words]
    sums = f"{found.leaf_count} tiêu chí, thang {found.base} điểm{', ' if beside else ''}{', '.join(beside)}."
    if criteria_set.state == SetState.PUBLISHED:
        day = f" ngày {criteria_set.published_at:%d/%m/%Y}" if criteria_set.published_at else ""
        return f"Đã ban hành{day}, không sửa được nữa. {sums}"
    faults = f"Còn {found.fault_count} chỗ cần sửa trước khi ban hành." if found.fault_count else "Điểm đã khớp."
    return f"Đang soạn: {sums} {faults}"


def look(criteria_set: CriteriaSet) -> dict[str, Any]:
    """For ``state_badge``."""
    is_published = criteria_set.state == SetState.PUBLISHED
    return {"key": "issued" if is_published else "draft", "word": criteria_set.get_state_display()}
