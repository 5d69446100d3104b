"""From rows to a tree of criteria. What is unsure becomes a question with an answer already proposed. Pure.

A row without points under one with points tells how to score it; rows whose points are those of the row above, and
less, are its levels; rows that only differ in days late are one penalty, for the highest band counts alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from campaigns.figures import show_figure
from clusters.criteria.editing import Node
from clusters.criteria.reading import phrases
from clusters.criteria.reading.marks import Levels, Mark
from clusters.criteria.reading.rows import RawRow, RawTable
from clusters.criteria.values import CriterionValues
from clusters.scheme import Kind

USUAL = {
    "tru": (Kind.MANUAL.value, True, "Chấm theo lối trừ: đủ điểm, chỉ ghi chỗ bị trừ"),
    "tay": (Kind.MANUAL.value, False, "Người chấm cho điểm từng tiêu chí"),
    "co": (Kind.YES_NO.value, False, "Có thì đủ điểm, không thì 0 điểm"),
}
"""Answer → kind, whether it starts full, words: what criteria are of whose words nothing else follows."""
YES, NO = "co", "khong"
_YES_NO = ((YES, "Đúng"), (NO, "Không"))


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    sentence: str
    choices: tuple[tuple[str, str], ...]
    answer: str
    """What the person chose, else what is proposed."""
    line: int = 0


@dataclass(slots=True)
class Read:
    """A row on its way into the tree."""

    raw: RawRow
    points: Decimal | None
    kind: str = ""
    rule: dict[str, Any] = field(default_factory=dict)
    children: list[Read] = field(default_factory=list)
    guidance: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    starts_full: bool = False
    is_lower_better: bool = False
    code: str = ""

    @property
    def all_words(self) -> str:
        return "\n".join([self.raw.text, *self.guidance, self.raw.more.get("guidance", "")])

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Read]]:
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)

    @property
    def worth(self) -> Decimal:
        """As ``clusters.scheme.Criterion.worth``."""
        leaves = [read for _, read in self.walk() if not read.children]
        base = [read.points or Decimal(0) for read in leaves if not _is_beside(read.kind)]
        return sum(base, Decimal(0)) or sum((read.points or Decimal(0) for read in leaves), Decimal(0))


@dataclass(frozen=True, slots=True)
class Reading:
    tree: list[Read]
    questions: list[Question]
    table: RawTable

    @property
    def rows(self) -> list[tuple[int, Read]]:
        return [one for read in self.tree for one in read.walk()]

    @property
    def nodes(self) -> list[Node]:
        return [_node(read) for read in self.tree]

    @property
    def leaf_count(self) -> int:
        return sum(not read.children for _, read in self.rows)

    @property
    def base(self) -> Decimal:
        leaves = [read for _, read in self.rows if not read.children and not _is_beside(read.kind)]
        return sum((read.points or Decimal(0) for read in leaves), Decimal(0))


class _Builder:
    def __init__(self, table: RawTable, answers: Mapping[str, str]) -> None:
        self.table, self.answers = table, answers
        self.questions: list[Question] = []

    def ask(self, key: str, sentence: str, choices: Any, proposed: str, line: int = 0) -> str:
        offered = dict(choices)
        answer = self.answers.get(key, proposed)
        answer = answer if answer in offered else proposed
        self.questions.append(Question(key, sentence, tuple(choices), answer, line))
        return answer

    # -- The tree --------------------------------------------------------------------------

    def build(self) -> Reading:
        usual = self.ask(
            "thuong", "Các tiêu chí không nói rõ cách tính thì chấm thế nào?",
            [(key, words) for key, (_, _, words) in USUAL.items()], "tru",
        )  # fmt: skip
        tree = self._grown()
        for read in tree:
            self._take_levels(read)
            self._tell_beside(read, "")
        self._join_late(tree)
        leaves = [leaf for read in tree for _, leaf in read.walk() if not leaf.children]
        self._give_kinds(leaves, usual)
        for read in tree:
            self._sum_up(read)
        _give_codes(tree)
        if self.table.total is not None:
            self._compare_total(tree)
        return Reading(tree, self.questions, self.table)

    def _grown(self) -> list[Read]:
        levels = Levels()
        tree: list[Read] = []
        path: list[Read] = []
        for raw in self.table.rows:
            if path and self._is_guidance(raw, path[-1]):
                bullet = "- " if raw.mark.kind in ("dash", "plus") else f"{raw.mark.text}) " if raw.mark.text else ""
                path[-1].guidance.append(f"{bullet}{raw.text}")
                continue
            mark = levels.mended(raw.mark)
            depth = min(levels.depth_of(mark), len(path))
            read = Read(_with_mark(raw, mark), raw.points)
            del path[depth:]
            (path[-1].children if path else tree).append(read)
            path.append(read)
        return tree

    def _is_guidance(self, raw: RawRow, above: Read) -> bool:
        """A row that tells how the one above is scored: no points of its own below one that has them."""
        if raw.points is not None or above.points is None or raw.unread_points:
            return False
        if raw.mark.is_bullet:
            return phrases.points_in(raw.text) is None or not phrases.beside(above.raw.text)
        if raw.mark.kind != "lower":
            return False
        sentence = f"«{raw.mark.text}) {raw.text[:80]}» không có điểm: là lời hướng dẫn của «{above.raw.text[:60]}»?"
        return self.ask(f"loi-{raw.line}", sentence, _YES_NO, YES, raw.line) == YES

    def _take_levels(self, read: Read) -> None:
        """Rows inside that are levels of one criterion: the highest gives all its points, together they give more."""
        for child in read.children:
            self._take_levels(child)
        inside = [child.points for child in read.children if child.points is not None]
        if read.points is None or len(inside) != len(read.children) or len(inside) < 2:
            return
        are_plain = all(not child.children and child.raw.mark.is_bullet for child in read.children)
        if not are_plain or max(inside) != read.points or sum(inside) == read.points:
            return
        sentence = (
            f"Dưới «{read.raw.text[:80]}» ({show_figure(read.points)} điểm) có {len(inside)} dòng, dòng cao nhất "
            "đúng bằng điểm ấy: là các mức để chọn một?"
        )
        if self.ask(f"muc-{read.raw.line}", sentence, _YES_NO, YES, read.raw.line) == YES:
            read.guidance += [f"- {child.raw.text}: {show_figure(child.points)} điểm" for child in read.children]
            read.children = []

    def _tell_beside(self, read: Read, above: str) -> None:
        """Bonus and penalty go down from the row that says so; its own points, where a row inside has none."""
        own = phrases.beside(read.raw.text)
        minus = Kind.PENALTY.value if read.raw.is_minus else ""
        read.kind = minus or above or own
        if read.points is None and read.kind and not read.children:
            read.points = phrases.points_in(read.raw.text)
        said = phrases.points_in(read.raw.text) if read.children and read.kind else None
        for child in read.children:
            if child.points is None and said is not None and not child.children:
                child.points = phrases.points_in(child.raw.text) or said
            self._tell_beside(child, read.kind)
        if read.children:
            read.kind = ""

    # -- Kinds -----------------------------------------------------------------------------

    def _join_late(self, tree: list[Read]) -> None:
        """Bands of days late in rows of their own are one criterion; apart they would be taken off together."""
        penalties = [
            leaf for read in tree for _, leaf in read.walk() if leaf.kind == Kind.PENALTY and not leaf.children
        ]
        for leaf in penalties:
            leaf.rule = phrases.penalty_rule(leaf.all_words, leaf.points)
        late = [leaf for leaf in penalties if leaf.rule.get("late")]
        if len(late) < 2:
            return
        lines = ", ".join(str(leaf.raw.line) for leaf in late)
        sentence = (
            f"Các dòng {lines} là các mức chậm của cùng một việc (chậm đến mức nào thì trừ mức ấy, không trừ chồng): "
            "gộp thành một tiêu chí?"
        )
        if self.ask("cham", sentence, _YES_NO, YES, late[0].raw.line) != YES:
            return
        first, *others = late
        bands = {band["days"]: band["points"] for leaf in late for band in leaf.rule["late"]}
        first.rule["late"] = [{"days": days, "points": bands[days]} for days in sorted(bands)]
        first.points = max(leaf.points or Decimal(0) for leaf in late)
        first.guidance += [leaf.raw.text for leaf in others]
        first.notes.append(f"Gộp các dòng {lines}.")
        _without(tree, others)

    def _give_kinds(self, leaves: list[Read], usual: str) -> None:
        kind, starts_full, _ = USUAL[usual]
        ratios = [leaf for leaf in leaves if not _is_beside(leaf.kind) and _may_be_ratio(leaf)]
        takes_ratios = bool(ratios) and self._ask_ratios(ratios) == YES
        for leaf in leaves:
            if leaf.kind == Kind.PENALTY:
                self._give_penalty(leaf)
            elif leaf.kind == Kind.BONUS:
                continue
            elif grades := phrases.grades_in(leaf.all_words):
                leaf.kind, leaf.rule = Kind.GRADES.value, {"grades": grades}
            elif takes_ratios and leaf in ratios:
                leaf.kind, leaf.is_lower_better = Kind.RATIO.value, phrases.is_lower_better(leaf.raw.text)
                if leaf.is_lower_better:
                    leaf.notes.append("Càng thấp càng tốt: hãy xem lại.")
            else:
                leaf.kind, leaf.starts_full = kind, starts_full
            if leaf.raw.unread_points:
                leaf.notes.append(f"Ô điểm ghi «{leaf.raw.unread_points}», chưa đọc được thành số.")
            if not leaf.points:
                leaf.notes.append("Chưa có điểm chuẩn.")

    def _ask_ratios(self, ratios: list[Read]) -> str:
        lines = ", ".join(str(leaf.raw.line) for leaf in ratios[:20])
        more = f" và {len(ratios) - 20} dòng nữa" if len(ratios) > 20 else ""
        sentence = (
            f"{len(ratios)} tiêu chí có đơn vị tính hoặc nói đến kế hoạch (dòng {lines}{more}): tính điểm theo tỷ lệ "
            "thực hiện so với kế hoạch giao?"
        )
        return self.ask("ty-le", sentence, _YES_NO, YES, ratios[0].raw.line)

    def _give_penalty(self, leaf: Read) -> None:
        if not leaf.rule:
            leaf.rule = phrases.penalty_rule(leaf.all_words, leaf.points)
        if not leaf.rule and leaf.points:
            leaf.rule = {"returned_each": phrases.kept(leaf.points)}
            leaf.notes.append(f"Mỗi trường hợp trừ {show_figure(leaf.points)} điểm: xem lại mức trừ, mức tối đa.")
        elif leaf.rule.get("returned_each") and leaf.points == Decimal(str(leaf.rule["returned_each"])):
            leaf.notes.append("Mức tối đa đang bằng mức trừ một lần: hãy xem lại nếu trừ nhiều lần.")
        if leaf.points is None:
            given = [band["points"] for band in leaf.rule.get("late", [])] + [leaf.rule.get("returned_each", 0)]
            leaf.points = max((Decimal(str(one)) for one in given), default=None)

    # -- Sums ------------------------------------------------------------------------------

    def _sum_up(self, read: Read) -> None:
        for child in read.children:
            self._sum_up(child)
        if not read.children:
            return
        if read.points is None:
            read.points = read.worth
        elif read.points != read.worth:
            read.notes.append(f"Ghi {show_figure(read.points)} điểm, bên trong cộng được {show_figure(read.worth)}.")

    def _compare_total(self, tree: list[Read]) -> None:
        total = self.table.total
        base = sum((read.worth for read in tree if not _is_all_beside(read)), Decimal(0))
        bonus = sum((read.worth for read in tree if _is_all_beside(read)), Decimal(0))
        if total not in (base, base + bonus):
            tree[-1].notes.append(
                f"Dòng tổng ghi {show_figure(total)} điểm, các tiêu chí trong thang cộng được {show_figure(base)}."
            )


def build(table: RawTable, answers: Mapping[str, str] | None = None) -> Reading:
    """``answers``: key of a question → the choice of the person."""
    return _Builder(table, answers or {}).build()


def _is_beside(kind: str) -> bool:
    return kind in (Kind.BONUS, Kind.PENALTY)


def _is_all_beside(read: Read) -> bool:
    return all(_is_beside(leaf.kind) for _, leaf in read.walk() if not leaf.children)


def _may_be_ratio(leaf: Read) -> bool:
    return bool(leaf.raw.more.get("measure")) or phrases.is_ratio(leaf.all_words)


def _with_mark(raw: RawRow, mark: Mark) -> RawRow:
    return RawRow(raw.line, mark, raw.text, raw.points, raw.is_minus, raw.unread_points, raw.more)


def _without(tree: list[Read], gone: list[Read]) -> None:
    """Groups that are left with nothing inside go too."""
    for read in list(tree):
        if any(read is one for one in gone):
            tree.remove(read)
        elif read.children:
            _without(read.children, gone)
            if not read.children:
                tree.remove(read)


def _give_codes(tree: list[Read]) -> None:
    """The office's own marks where each stands once in the whole table; else the way to the row: I.1.a."""
    every = [read for top in tree for _, read in top.walk()]
    marks = [read.raw.mark.text for read in every]
    if all(marks) and len(set(marks)) == len(marks):
        for read, mark in zip(every, marks, strict=True):
            read.code = mark
        return
    _code_inside(tree, "", set())


def _code_inside(reads: list[Read], above: str, taken: set[str]) -> None:
    for place, read in enumerate(reads, start=1):
        own = read.raw.mark.text.rpartition(".")[2] or str(place)
        code = f"{above}.{own}" if above else own
        while code in taken:
            code = f"{code}*"
        taken.add(code)
        read.code = code
        _code_inside(read.children, code, taken)


def _node(read: Read) -> Node:
    more = read.raw.more
    evidence = [f"Tài liệu kiểm chứng: {more['evidence']}"] if more.get("evidence") else []
    guidance = [*read.guidance, more.get("guidance", ""), *evidence]
    return Node(
        CriterionValues(
            code=read.code[:40],
            title=read.raw.text,
            maximum=read.points or Decimal(0),
            kind="" if read.children else read.kind,
            rule={} if read.children else read.rule,
            is_lower_better=read.is_lower_better,
            needs_evidence=bool(evidence) and not read.children,
            starts_full=read.starts_full and not evidence,
            measure=more.get("measure", ""),
            guidance="\n".join(line for line in guidance if line),
            office=more.get("office", ""),
        ),
        tuple(_node(child) for child in read.children),
    )
