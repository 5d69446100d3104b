"""Tables of a season's papers as nodes of the tree: widths in millimetres in, shares of the text area out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from clusters.criteria.presenters import who_words
from clusters.criteria.rulebook import rule_words
from clusters.criteria.tree import in_order
from clusters.models import Ballot, Cluster, Criterion
from clusters.papers.facts import Facts, votes_of
from clusters.papers.results import Group, Results, UnitResult
from clusters.scheme import said
from clusters.sheets.evidence import evidence_in_words
from clusters.sheets.presenters import SheetRow, SheetTable, Spoken
from clusters.wording import worded
from documents import layout, tree
from documents.composing import Width, columns
from documents.composing import row as _row

PORTRAIT, LANDSCAPE = layout.PORTRAIT.text_width, layout.LANDSCAPE.text_width
_NUMBER, _POINTS, _TOTAL, _RANK = 11.0, 18.0, 22.0, 15.0
_NARROWEST_NAME = 42.0
# -- Criteria ------------------------------------------------------------------------------


def criteria_table(rows: Sequence[Criterion], cluster: Cluster) -> tree.Table:
    """The whole tree, groups across all columns."""
    widths: tuple[Width, ...] = (
        ("Mã", 18, "center"),
        ("Tiêu chí", 0, "left"),
        ("Điểm chuẩn", 20, "center"),
        ("Cách chấm", 84, "left"),
        ("Người chấm, nguồn số liệu", 44, "left"),
    )
    return tree.Table(columns(widths, LANDSCAPE), tuple(_criterion(row, cluster) for _, row in in_order(rows)))


def _criterion(row: Criterion, cluster: Cluster) -> tree.Row | tree.GroupRow:
    points = said(Fraction(row.maximum))
    if not row.kind:
        return tree.GroupRow(f"{row.code}. {row.title}: {points} điểm")
    measure = f" ({row.measure})" if row.measure else ""
    is_penalty = row.kind == Criterion.Kind.PENALTY
    who = worded(who_words(row, cluster), cluster.kind)
    return _row(
        row.code,
        f"{row.title}{measure}",
        f"trừ đến {points}" if is_penalty else points,
        tuple(worded(line, cluster.kind) for line in scoring_words(row)),
        tuple(filter(None, (who, f"Số liệu: {row.office}" if row.office else ""))),
    )


def scoring_words(row: Criterion) -> list[str]:
    """How a leaf is scored, a sentence a line."""
    ways = [row.get_kind_display(), *rule_words(row.kind, row.rule, is_lower_better=row.is_lower_better)]
    if row.starts_full:
        ways.append("Chấm theo lối trừ: bắt đầu từ điểm chuẩn, trừ phần chưa đạt, ghi lý do")
    if row.needs_evidence:
        ways.append("Không có tài liệu kiểm chứng thì không có điểm")
    guidance = [line.strip() for line in row.guidance.split("\n") if line.strip()]
    return [f"{line.rstrip('.;')}." for line in (*ways, *guidance)]


def groups_table(groups: Sequence[Group]) -> tree.Table:
    """The scale in short, on the page that is signed."""
    widths: tuple[Width, ...] = (("Mã", 22, "center"), ("Nội dung", 0, "left"), ("Điểm", 32, "center"))
    rows = [_row(group.code, group.title, worth_words(group)) for group in groups]
    return tree.Table(columns(widths, PORTRAIT), tuple(rows))


def worth_words(group: Group) -> str:
    return f"trừ đến {said(-group.maximum)}" if group.maximum < 0 else said(group.maximum)


# -- A sheet -------------------------------------------------------------------------------


def sheet_table(table: SheetTable, kind: str) -> tree.Table:
    """Every row after every stage, with what was said and why; the sums below."""
    stages = table.stages
    widths: tuple[Width, ...] = (
        ("Mã", 17, "center"),
        ("Tiêu chí", 0, "left"),
        ("Điểm chuẩn", 18, "right"),
        ("Kế hoạch giao", 22, "center"),
        *((worded(stage.label, kind), 18.0, "right") for stage in stages),
        ("Thực hiện, lý do, tài liệu kiểm chứng", 56, "left"),
    )
    rows = [_sheet_row(row, kind) for row in table.table()]
    sums = [_row("", words, "", "", *(points for _, points in found), "") for _, words, found in table.footers()]
    return tree.Table(columns(widths, LANDSCAPE), (*rows, *sums))


def _sheet_row(row: SheetRow, kind: str) -> tree.Row:
    criterion = row.line.row
    if not row.spoken:
        title = criterion.title.upper() if row.line.depth == 0 else criterion.title
        return _row(criterion.code, title, row.line.maximum, "", *(points for _, points in row.sums), "")
    points = (spoken.points for spoken in row.spoken)
    told = tuple(line for spoken in row.spoken for line in _told(spoken, kind))
    return _row(criterion.code, criterion.title, row.line.maximum, row.target, *points, told)


def _told(spoken: Spoken, kind: str) -> Iterator[str]:
    if not spoken.is_here:
        return
    reason = " ".join(spoken.reason.split())
    words = "; ".join(filter(None, (spoken.said, reason)))
    if words:
        yield f"{worded(spoken.stage.label, kind)}: {words}"
    if spoken.evidence:
        yield f"Tài liệu: {'; '.join(evidence_in_words(one) for one in spoken.evidence)}"
    if spoken.unproved:
        yield f"{worded(spoken.stage.label, kind)}: không công nhận tài liệu"


def sheet_groups_table(table: SheetTable, kind: str) -> tree.Table:
    """The first level and the sums, on the page that is signed."""
    widths: tuple[Width, ...] = (
        ("Mã", 16, "center"),
        ("Nội dung", 0, "left"),
        ("Điểm chuẩn", 20, "right"),
        *((worded(stage.label, kind), 21.0, "right") for stage in table.stages),
    )
    rows = []
    for row in table.table():
        if row.line.depth == 0:
            points = [one.points for one in row.spoken] or [words for _, words in row.sums]
            rows.append(_row(row.line.row.code, row.line.row.title, row.line.maximum, *points))
    sums = [_row("", words, "", *(points for _, points in found)) for _, words, found in table.footers()]
    return tree.Table(columns(widths, PORTRAIT), (*rows, *sums))


# -- The season ----------------------------------------------------------------------------


def summary_tables(results: Results) -> tuple[tuple[tree.Table, ...], bool]:
    """Members by groups, totals and ranks; whether it needs the wide page.

    More groups than the page holds go on in a second table; total and rank stand in the last.
    """
    beside = _beside(results)
    fixed = _NUMBER + _TOTAL + _RANK + len(beside) * _POINTS
    is_wide = fixed + len(results.groups) * _POINTS + _NARROWEST_NAME > PORTRAIT
    width = LANDSCAPE if is_wide else PORTRAIT
    most = max(1, int((width - fixed - _NARROWEST_NAME) // _POINTS))
    places = range(len(results.groups))
    cuts = [places[first : first + most] for first in range(0, len(places), most)] or [places]
    return tuple(_summary(results, cut, width, is_last=cut is cuts[-1]) for cut in cuts), is_wide


def _beside(results: Results) -> list[tuple[str, str]]:
    """Head and field of sums that not every season has."""
    found = (("Quy đổi", "conversion"), ("Thưởng vượt KH", "surplus"))
    return [one for one in found if any(getattr(unit, one[1]) for unit in results.units)]


def _summary(results: Results, places: range, width: float, *, is_last: bool) -> tree.Table:
    beside = _beside(results) if is_last else []
    widths: list[Width] = [("TT", _NUMBER, "center"), ("Đơn vị", 0, "left")]
    widths += [(results.groups[place].code, _POINTS, "right") for place in places]
    widths += [(words, _POINTS, "right") for words, _ in beside]
    if is_last:
        widths += [("Tổng điểm", _TOTAL, "right"), ("Xếp hạng", _RANK, "center")]
    rows: list[tree.Row | tree.GroupRow] = []
    was = ""
    for number, unit in enumerate(results.units, start=1):
        if (now := _list_of(unit)) != was:
            rows.append(tree.GroupRow(now))
            was = now
        cells = [results.shown(unit.groups[place]) for place in places]
        cells += [results.shown(getattr(unit, name)) for _, name in beside]
        cells += [results.shown(unit.total), rank_words(unit)] if is_last else []
        rows.append(_row(str(number), _named(unit), *cells))
    return tree.Table(columns(widths, width), tuple(rows))


def _list_of(unit: UnitResult) -> str:
    """The heading above the units that are not in the one list."""
    if unit.rank is None:
        return "Không xếp hạng"
    return "Xếp hạng riêng: đơn vị không được giao đủ chỉ tiêu" if unit.is_apart else ""


def _named(unit: UnitResult) -> tuple[str, ...]:
    return (unit.name, f"({unit.excluded})") if unit.excluded else (unit.name,)


def rank_words(unit: UnitResult | None) -> str:
    return "–" if unit is None or unit.rank is None else str(unit.rank)


def results_table(results: Results) -> tree.Table:
    """Totals and ranks only."""
    widths: tuple[Width, ...] = (
        ("TT", _NUMBER, "center"), ("Đơn vị", 0, "left"), ("Tổng điểm", 32, "right"), ("Xếp hạng", 26, "center")
    )  # fmt: skip
    rows = [
        _row(str(number), _named(unit), results.shown(unit.total), rank_words(unit))
        for number, unit in enumerate(results.units, start=1)
    ]
    return tree.Table(columns(widths, PORTRAIT), tuple(rows))


# -- Votes ---------------------------------------------------------------------------------


def ballot_table(ballot: Ballot) -> tree.Table:
    widths: tuple[Width, ...] = (
        ("TT", _NUMBER, "center"), ("Đơn vị", 0, "left"), ("Số phiếu", 28, "center"),
        ("Tỷ lệ trên phiếu hợp lệ", 36, "center"),
    )  # fmt: skip
    counts = sorted(ballot.counts.all(), key=lambda one: (-one.votes, one.member.order))
    rows = [
        _row(str(number), one.member.name, f"{one.votes:02}", percent(one.votes, ballot.valid))
        for number, one in enumerate(counts, start=1)
    ]
    return tree.Table(columns(widths, PORTRAIT), tuple(rows))


def percent(votes: int, valid: int) -> str:
    """«85,71 %», «100 %»: half up."""
    if not valid:
        return "–"
    hundredths = (2 * votes * 10_000 + valid) // (2 * valid)
    whole, rest = divmod(hundredths, 100)
    return f"{whole} %" if not rest else f"{whole},{rest:02} %"


def commended_table(facts: Facts) -> tree.Table:
    """Whom, for what, with total, rank and votes; the reason where any is commended against its rank."""
    results = facts.results
    has_reasons = any(row.reason.strip() for row in facts.commendations)
    widths: list[Width] = [("TT", _NUMBER, "center"), ("Đơn vị", 0 if has_reasons else 52, "left")]
    widths += [("Hình thức đề nghị", 34 if has_reasons else 0, "left"), ("Tổng điểm", 19, "right")]
    widths += [("Xếp hạng", 14, "center"), ("Số phiếu", 17, "center")]
    widths += [("Lý do khác thứ hạng", 36, "left")] if has_reasons else []
    rows = []
    for number, row in enumerate(facts.commendations, start=1):
        unit = results.of(row.member_id) if results else None
        votes = votes_of(row)
        cells = [str(number), row.member.name, row.award]
        cells += [results.shown(unit.total) if results and unit else "–", rank_words(unit)]
        cells.append(f"{votes[0]:02}/{votes[1].valid:02}" if votes else "–")
        rows.append(_row(*cells, *([" ".join(row.reason.split())] if has_reasons else [])))
    return tree.Table(columns(widths, PORTRAIT), tuple(rows))
