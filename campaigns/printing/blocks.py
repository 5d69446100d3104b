"""What «[Chủ đề]», «[Các đợt thi đua]», «[Chuyên đề]», «[Chỉ tiêu]» and «[Bảng chỉ tiêu]» print. No database here.

In words that ``plans.reading`` reads as the same theme, waves, movements and targets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Any

from campaigns import interchange
from campaigns.figures import show_figure
from campaigns.interchange import CampaignData, MovementData, TargetData, WaveData
from campaigns.wording import on_paper, sentence
from documents.times import read_time
from documents.tree import Block, Column, GroupRow, Item, Paragraph, Row, Table

_COLUMNS = (
    Column("STT", 0.08, align="center"),
    Column("Chỉ tiêu", 0.5),
    Column("Đơn vị tính", 0.2, align="center"),
    Column("Chỉ tiêu giao", 0.22, align="right"),
)
_COMPARED = {"=": "{low}", ">=": "≥ {low}", ">": "> {low}", "<=": "≤ {low}", "<": "< {low}", "range": "{low} - {high}"}
_OCCASIONS = ("chào mừng", "kỷ niệm", "thi đua", "lập thành tích")
_QUOTES = '“”"«»'

Compose = Callable[[CampaignData], Sequence[Block]]


def theme(data: CampaignData) -> Sequence[Block]:
    return [Paragraph(_quoted(data.theme))] if data.theme else []


def waves(data: CampaignData) -> Sequence[Block]:
    return [item for wave in data.waves for item in _wave(wave)]


def movements(data: CampaignData) -> Sequence[Block]:
    return list(_listed("-", [_movement(one) for one in data.movements]))


def targets(data: CampaignData) -> Sequence[Block]:
    """Those of one wave or movement under its name, behind those of the whole."""
    items: list[Block] = []
    for name, group in _groups(data):
        items += [Item("-", f"{name}:")] if name else []
        items += _listed("+" if name else "-", [_capital(sentence(target)) for target in group])
    return items


def target_table(data: CampaignData) -> Sequence[Block]:
    rows: list[Row | GroupRow] = []
    numbers = count(1)
    for name, group in _groups(data):
        rows += [GroupRow(name)] if name else []
        rows += [_row(next(numbers), target) for target in group]
    return [Table(_COLUMNS, tuple(rows))] if rows else []


BLOCKS: tuple[tuple[str, Compose, str], ...] = (
    ("Chủ đề", theme, "chưa có chủ đề thi đua"),
    ("Các đợt thi đua", waves, "chưa có đợt thi đua nào"),
    ("Chuyên đề", movements, "chưa có chuyên đề nào"),
    ("Chỉ tiêu", targets, "chưa có chỉ tiêu nào"),
    ("Bảng chỉ tiêu", target_table, "chưa có chỉ tiêu nào"),
)
"""Name, what it prints, and what is said of it where there is nothing to print."""


def of_part(compose: Compose) -> Callable[[Any], Sequence[Block]]:
    """The same of the part as the plan holds it; nothing of a part that no rows can hold."""

    def composed(content: Any) -> Sequence[Block]:
        data = interchange.read(content)
        return compose(data) if data else []

    return composed


# -- Waves and movements -----------------------------------------------------------------


def _wave(wave: WaveData) -> Iterator[Item]:
    days = _days(wave)
    told = f"{wave.name} ({days})" if days else wave.name
    said = [f"{told}: {_occasion(wave.occasion)}" if wave.occasion else told]
    if wave.review_by:
        said.append(f"Sơ kết, tổng kết đợt thi đua chậm nhất ngày {on_paper(wave.review_by)}")
    yield Item("-", _ended(said[0], is_last=len(said) == 1))
    yield from (Item("+", _ended(words, is_last=True)) for words in said[1:])


def _days(wave: WaveData) -> str:
    """As somebody printed them once, as long as that says the days that the wave has."""
    year = next((day.year for day in (wave.start, wave.end) if day), None)
    if year is None:
        return wave.as_printed
    reading = read_time(wave.as_printed, year)
    if wave.as_printed and (reading.start, reading.due) == (wave.start, wave.end):
        return wave.as_printed
    start = f"từ ngày {on_paper(wave.start)}" if wave.start else ""
    end = f"đến hết ngày {on_paper(wave.end)}" if wave.end else ""
    return f"{start} {end}".strip()


def _occasion(text: str) -> str:
    return text if text.casefold().startswith(_OCCASIONS) else f"chào mừng {text}"


def _movement(movement: MovementData) -> str:
    name = _quoted(movement.name)
    return f"{name} (chủ trì: {movement.lead})" if movement.lead else name


# -- Targets -----------------------------------------------------------------------------


def _groups(data: CampaignData) -> Iterator[tuple[str, list[TargetData]]]:
    """The name of the wave and movement, empty for those of the whole, and the targets, in their order."""
    groups: dict[tuple[int, int], list[TargetData]] = {}
    for target in data.targets:
        groups.setdefault((target.wave or 0, target.movement or 0), []).append(target)
    for (wave, movement), group in sorted(groups.items(), key=lambda pair: pair[0]):
        names = [data.waves[wave - 1].name] if wave else []
        names += [f"Chuyên đề {_quoted(data.movements[movement - 1].name)}"] if movement else []
        yield ", ".join(names), group


def _row(number: int, target: TargetData) -> Row:
    figures = ""
    if target.low is not None:
        figures = _COMPARED[target.comparison].format(low=show_figure(target.low), high=show_figure(target.high))
    asked = f"giảm {figures}" if target.direction and figures else figures
    cells = (str(number), _capital(target.text), target.measure, asked)
    return Row(tuple((cell,) if cell else () for cell in cells))


# -- Words -------------------------------------------------------------------------------


def _listed(marker: str, texts: Sequence[str]) -> Iterator[Item]:
    for position, text in enumerate(texts, start=1):
        yield Item(marker, _ended(text, is_last=position == len(texts)))


def _ended(text: str, *, is_last: bool) -> str:
    return f"{text.rstrip(' ;.,')}{'.' if is_last else ';'}"


def _quoted(text: str) -> str:
    return text if any(mark in text for mark in _QUOTES) else f"“{text}”"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
