"""The report of a review as an official paper: figures and lines in, ``documents.tree`` out. No database here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from campaigns.figures import show_figure
from campaigns.reporting import drafting
from campaigns.reporting.drafting import Office, subject
from campaigns.reporting.figures import Figures, TargetFigures
from campaigns.results.status import WORDS, Status, words_of
from campaigns.wording import held, percent_in_words, with_measure
from core.text import split_lines
from documents import tree
from documents.dates import PartialDate
from documents.outline import compose_body, read_body

KIND, ABBREVIATION = "Báo cáo", "BC"
_ARCHIVE = "Lưu:"
_MOST_BARS = 14
"""In one chart, so that it stands on one page with its caption, however long the labels are."""
_LABEL = 70
"""Letters of a target beside its bar; the table above has all its words."""
_ROMAN = ("I", "II", "III", "IV", "V", "VI")
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Head:
    """Who issues the report and signs it; number, day and name are blank until it is recorded."""

    office: Office
    issuer: tuple[str, ...]
    superior: str
    symbol: str
    place: str
    date: PartialDate
    number: str = ""
    signer: str = ""
    post: str = ""


def compose(
    figures: Figures, lines: Mapping[str, str], head: Head, pictures: Sequence[tree.Picture] = ()
) -> tree.Paper:
    """``lines``: of each key of ``drafting.LABELS``, drafted or written; ``pictures``: of the exemplars."""
    recipients = [line.strip(" -;.") for line in split_lines(lines[drafting.RECIPIENTS])]
    archive = next((line for line in recipients if line.startswith(_ARCHIVE)), "")
    return tree.Paper(
        header=tree.Header(
            issuer=head.issuer,
            superior=head.superior,
            number=head.number,
            symbol=head.symbol,
            place=head.place,
            date=head.date,
        ),
        title=KIND.upper(),
        subject=subject(figures),
        preamble=tuple(tree.Paragraph(line) for line in split_lines(lines[drafting.OPENING])),
        body=(*_sections(figures, lines, pictures), *_composed(lines[drafting.CLOSING])),
        recipients=tree.Recipients(
            tuple(line for line in recipients if line and not line.startswith(_ARCHIVE)),
            archive.removeprefix(_ARCHIVE).strip(),
        ),
        signature=tree.Signature(split_lines(lines[drafting.SIGNATURE]), head.signer, head.post),
    )


def _sections(figures: Figures, lines: Mapping[str, str], pictures: Sequence[tree.Picture]) -> tuple[tree.Block, ...]:
    """A section of which nothing is left is not printed, and the numbers close up."""
    results = (
        *_composed(lines[drafting.RESULTS]),
        *_table(figures.targets),
        *_charts(figures.targets),
        *_composed(lines[drafting.FINDINGS]),
    )
    limits, causes = _composed(lines[drafting.LIMITS]), _composed(lines[drafting.CAUSES])
    if limits and causes:
        limits = (tree.Item("1.", "Hạn chế", title=True), *limits, tree.Item("2.", "Nguyên nhân", title=True), *causes)
    sections = (
        ("CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI", _composed(lines[drafting.DIRECTING])),
        ("KẾT QUẢ THỰC HIỆN", results),
        ("ĐIỂN HÌNH TIÊN TIẾN", (*_composed(lines[drafting.EXEMPLARS]), *pictures)),
        ("HẠN CHẾ, NGUYÊN NHÂN" if causes else "HẠN CHẾ", limits or causes),
        ("PHƯƠNG HƯỚNG, NHIỆM VỤ", _composed(lines[drafting.DIRECTIONS])),
        ("ĐỀ XUẤT KHEN THƯỞNG", _composed(lines[drafting.PROPOSALS])),
    )
    blocks: list[tree.Block] = []
    printed = [section for section in sections if section[1]]
    for roman, (heading, own) in zip(_ROMAN, printed, strict=False):
        blocks += [tree.Heading(f"{roman}.", heading), *own]
    return tuple(blocks)


def _composed(text: str) -> tuple[tree.Block, ...]:
    return compose_body(read_body(text))


# -- Targets -------------------------------------------------------------------------------

_COLUMNS = (
    tree.Column("TT", 0.07, "center"),
    tree.Column("Chỉ tiêu", 0.33),
    tree.Column("Kế hoạch giao", 0.17, "center"),
    tree.Column("Thực hiện", 0.16, "center"),
    tree.Column("Tỷ lệ %", 0.1, "center"),
    tree.Column("Đánh giá", 0.17, "center"),
)


def _table(targets: Sequence[TargetFigures]) -> tuple[tree.Block, ...]:
    rows = tuple(tree.Row((((str(number)),), *_cells(target))) for number, target in enumerate(targets, start=1))
    return (tree.Table(_COLUMNS, rows),) if rows else ()


def _cells(target: TargetFigures) -> tuple[tree.Cell, ...]:
    value = [held(with_measure(target.value, target.measure))] if target.value is not None else []
    if target.parts and target.is_sum:
        value.append(f"({target.parts})")
    if value and not target.is_current:
        value.append(f"(số liệu {target.period})")
    percent = (show_figure(target.percent),) if target.percent is not None else ()
    return ((_raised(target.text),), (held(target.aim),) if target.aim else (), tuple(value), percent, (said(target),))


def said(target: TargetFigures) -> str:
    """«Đạt», «Chậm tiến độ»."""
    return words_of(target.status)


def _charts(targets: Sequence[TargetFigures]) -> tuple[tree.Block, ...]:
    """Of those that a percent can be told of; where there is none, no chart."""
    bars = [(number, _bar(number, target)) for number, target in enumerate(targets, start=1)]
    if all(bar.share is None for _, bar in bars):
        return ()
    pieces = -(-len(bars) // _MOST_BARS)
    size = -(-len(bars) // pieces)
    cuts = [bars[start : start + size] for start in range(0, len(bars), size)]
    return tuple(
        tree.Chart("100 %", tuple(bar for _, bar in cut), _caption(number, cut[0][0], cut[-1][0], len(cuts)))
        for number, cut in enumerate(cuts, start=1)
    )


def _bar(number: int, target: TargetFigures) -> tree.Bar:
    label = f"{number}. {_short(_raised(target.text))}"
    if target.percent is None:
        words = str(target.parts) if target.status is Status.PARTIAL else WORDS[target.status]
        return tree.Bar(label, words, None)
    return tree.Bar(label, held(percent_in_words(target.percent)), float(target.percent / _HUNDRED))


def _caption(number: int, first: int, last: int, charts: int) -> str:
    words = "Tỷ lệ thực hiện so với kế hoạch giao"
    return f"Biểu đồ {number}. {words}, chỉ tiêu {first} đến {last}" if charts > 1 else f"Biểu đồ. {words}"


def _short(text: str) -> str:
    if len(text) <= _LABEL:
        return text
    return f"{text[:_LABEL].rpartition(' ')[0].rstrip(' ,;.-')}…"


def _raised(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
