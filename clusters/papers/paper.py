"""The papers of a season as ``documents.tree``: words and tables only, looks follow from the nodes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from clusters.kinds import ZERO
from clusters.models import Criterion
from clusters.papers import minutes, tables
from clusters.papers.facts import Facts
from clusters.papers.frames import (
    Head,
    Texts,
    composed,
    day_words,
    frozen_words,
    header,
    item_title,
    mark,
    opening,
    paragraphs,
    recipients,
    signature,
    subject,
)
from clusters.papers.kinds import SORTS, Kind, Sort
from clusters.papers.people import lines, read_signers
from clusters.scheme import Kind as Way
from clusters.scheme import said
from clusters.wording import in_season
from documents import tree

_BESIDE = {Way.BONUS: "điểm thưởng", Way.PENALTY: "điểm trừ"}
SIGNED_BY = "ĐẠI DIỆN CÁC ĐƠN VỊ KÝ GIAO ƯỚC"
_THREE_ABREAST = 5
"""From so many signatories on three stand side by side."""


def compose(kind: str, facts: Facts, texts: Texts, head: Head) -> tree.Paper:
    return _WAYS[kind](SORTS[kind], facts, texts, head)


def _pledge(sort: Sort, facts: Facts, texts: Texts, head: Head) -> tree.Paper:
    each = tuple(tree.Signatory(one.body, one.post, one.name) for one in read_signers(texts["signatories"]))
    abreast = 3 if len(each) >= _THREE_ABREAST else 2
    return tree.Paper(
        header=header(sort, texts, head),
        title=sort.title,
        subject=subject(sort.kind, facts),
        preamble=(),
        body=composed(texts["body"]),
        signatories=tree.Signatories(SIGNED_BY, each, abreast) if each else None,
        recipients=recipients(texts),
        signature=signature(texts),
    )


def _criteria(sort: Sort, facts: Facts, texts: Texts, head: Head) -> tree.Paper:
    rows, groups = facts.criteria, facts.groups
    notes = _rules_of(facts, rows)
    return tree.Paper(
        header=header(sort, texts, head),
        title=sort.title,
        subject=subject(sort.kind, facts),
        preamble=opening(texts["opening"]),
        body=(
            *item_title("1.", _scale(facts)),
            *((tables.groups_table(groups),) if groups else ()),
            *(item_title("2.", "Nguyên tắc chấm điểm") if notes else ()),
            *(tree.Item("-", note) for note in notes),
            tree.AppendixReference("(Có Phụ lục bảng tiêu chí chi tiết kèm theo)"),
            *composed(texts["closing"]),
        ),
        recipients=recipients(texts),
        signature=signature(texts),
        appendices=(
            tree.Appendix(
                "Phụ lục",
                f"Tiêu chí chấm điểm thi đua năm {facts.season.year}".upper(),
                f"(Kèm theo Bảng tiêu chí và thang điểm {day_words(head)} của {facts.name})",
                (tables.criteria_table(rows, facts.cluster),),
                landscape=True,
            ),
        ),
    )


def _scale(facts: Facts) -> str:
    """«Thang điểm: 100 điểm; điểm thưởng nhiều nhất 15 điểm; điểm trừ nhiều nhất 50 điểm»."""
    most = {kind: sum((leaf.maximum for leaf in facts.scheme.leaves() if leaf.kind is kind), ZERO) for kind in _BESIDE}
    beside = [f"; {words} nhiều nhất {said(most[kind])} điểm" for kind, words in _BESIDE.items() if most[kind]]
    return f"Thang điểm: {said(facts.scheme.base)} điểm{''.join(beside)}"


def _rules_of(facts: Facts, rows: Sequence[Criterion]) -> list[str]:
    """What the set and the season say of scoring besides the rows."""
    chosen, season = facts.season.criteria, facts.season
    if chosen is None:
        return []
    found = [f"Các bước chấm: {', '.join(in_season(stage.label, season).lower() for stage in season.stages)}."]
    if chosen.not_assigned == chosen.NotAssigned.RESCALE:
        found.append("Đơn vị không được giao chỉ tiêu nào thì điểm đạt được quy đổi về thang điểm đủ.")
    else:
        found.append("Đơn vị không được giao đủ chỉ tiêu được xếp hạng riêng.")
    if chosen.surplus_cap is not None:
        found.append(f"Điểm thưởng vượt kế hoạch nhiều nhất {said(Fraction(chosen.surplus_cap))} điểm.")
    if any(row.kind == Criterion.Kind.PENALTY for row in rows):
        late_from, late_in = season.get_late_from_display().lower(), season.get_late_in_display().lower()
        found.append(f"Ngày chậm tính từ {late_from}, đếm theo {late_in}.")
    tied = sorted((row for row in rows if row.tie_order is not None), key=lambda row: row.tie_order or 0)
    order = f"xét lần lượt điểm của: {', '.join(row.code for row in tied)}; vẫn bằng thì " if tied else ""
    found.append(f"Các đơn vị bằng điểm: {order}bỏ phiếu phân hạng.")
    found.append(f"Đơn vị được giải trình trong {season.explain_days:02} ngày làm việc khi bị trừ điểm.")
    return found


def _summary(sort: Sort, facts: Facts, texts: Texts, head: Head) -> tree.Paper:
    results = facts.results
    found, is_wide = tables.summary_tables(results) if results else ((), False)
    names = [f"{group.name} ({tables.worth_words(group)} điểm)" for group in results.groups] if results else []
    legend = paragraphs(f"Các cột điểm: {'; '.join(names)}." if names else "")
    pointer = tree.AppendixReference("(Có Phụ lục bảng điểm kèm theo)")
    appendix = tree.Appendix(
        "Phụ lục",
        f"Điểm và xếp hạng các đơn vị năm {facts.season.year}{mark(results)}".upper(),
        f"(Kèm theo Bảng tổng hợp kết quả chấm điểm {day_words(head)} của {facts.name})",
        (*found, *legend),
        landscape=True,
    )
    told = paragraphs(frozen_words(results))
    top: list[tree.Block] = [*found, *legend, *told]
    if is_wide and results:
        top = [tables.results_table(results), *told, pointer]
    return tree.Paper(
        header=header(sort, texts, head),
        title=f"{sort.title}{mark(results)}",
        subject=subject(sort.kind, facts),
        preamble=opening(texts["opening"]),
        body=(*top, *composed(texts["closing"])),
        recipients=recipients(texts),
        signature=signature(texts),
        appendices=(appendix,) if is_wide else (),
    )


def _proposal(sort: Sort, facts: Facts, texts: Texts, head: Head) -> tree.Paper:
    expected = "" if facts.results and facts.results.is_frozen else frozen_words(facts.results)
    table = (tables.commended_table(facts),) if facts.commendations else ()
    return tree.Paper(
        header=header(sort, texts, head),
        title=sort.title,
        subject=subject(sort.kind, facts),
        preamble=opening(texts["opening"]),
        body=(*table, *paragraphs(expected), *composed(texts["closing"])),
        recipients=recipients(texts),
        signature=signature(texts),
        addressees=tuple(line.rstrip(".") for line in lines(texts["addressees"])),
    )


_WAYS: Mapping[str, Callable[[Sort, Facts, Texts, Head], tree.Paper]] = {
    Kind.PLEDGE: _pledge,
    Kind.CRITERIA: _criteria,
    Kind.SUMMARY: _summary,
    Kind.MEETING: minutes.meeting,
    Kind.COUNT: minutes.count,
    Kind.HANDOVER: minutes.handover,
    Kind.PROPOSAL: _proposal,
}
