"""What goes into the cells: figures of the targets at the end of a period; what is missing is told, never made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from campaigns.figures import show_figure
from campaigns.filling.mapping import Uses
from campaigns.filling.proposing import AIM, BASELINE, MEASURE, PERCENT, VALUE, WORDS
from campaigns.filling.tables import Spot, Table, Values
from campaigns.models import Target
from campaigns.periods import Period
from campaigns.results.selectors import Standing
from campaigns.results.standing import Figure


@dataclass(frozen=True, slots=True)
class Missing:
    """A cell that stays blank, and why."""

    spot: Spot
    target: Target
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Filling:
    values: Values
    missing: tuple[Missing, ...]
    notes: tuple[str, ...]
    """Sentences on figures that stand for something a little else: an older period, the lower end of a range."""

    @property
    def filled(self) -> int:
        return sum(value != "" for value in self.values.values())


def filling_of(
    uses: Uses, tables: Sequence[Table], standings: Sequence[Standing], period: Period, *, in_words: bool
) -> Filling:
    """``in_words``: in a Word file a range is written as one; a sheet computes with its lower end."""
    by_target = {one.target.pk: one for one in standings}
    values: dict[Spot, Decimal | str] = {}
    missing: list[Missing] = []
    notes: dict[str, None] = {}
    for spot, use in sorted(uses.items()):
        standing = by_target.get(use.target)
        if standing is None:
            continue
        value, said = _value(standing, use.what, period, in_words=in_words)
        if value is not None:
            values[spot] = value
            if said:
                notes[f"«{standing.target.text[:80]}»: {said}"] = None
            continue
        missing.append(Missing(spot, standing.target, WORDS[use.what], said))
        if not tables[spot.table].cell(spot.row, spot.column).is_free:
            values[spot] = ""  # a figure of the time before must not pass for this one's
    return Filling(values, tuple(missing), tuple(notes))


def _value(standing: Standing, what: str, period: Period, *, in_words: bool) -> tuple[Decimal | str | None, str]:
    """The value and what is to be known of it; without a value why."""
    target = standing.target
    if what == AIM:
        return _aim(target, in_words=in_words)
    if what == BASELINE:
        return target.baseline, "" if target.baseline is not None else "chưa ghi số năm trước đạt"
    if what == MEASURE:
        return target.measure or None, "" if target.measure else "chỉ tiêu chưa có đơn vị tính"
    if why := _why_not(standing.figure, period):
        return None, why
    older = standing.figure.period if standing.figure.period and standing.figure.period.last < period.last else None
    said = f"chưa có số của kỳ này, ô ghi số của {older.words}" if older else ""
    if what == VALUE:
        return standing.figure.value, said
    assert what == PERCENT
    percent = standing.figure.percent
    return percent, said if percent is not None else "chỉ tiêu không có số giao để tính tỷ lệ"


def _aim(target: Target, *, in_words: bool) -> tuple[Decimal | str | None, str]:
    if target.low is None:
        return None, "chỉ tiêu không có số giao"
    if target.comparison != Target.Comparison.BETWEEN or target.high is None:
        return target.low, ""
    words = f"{show_figure(target.low)}-{show_figure(target.high)}"
    return (words, "") if in_words else (target.low, f"chỉ tiêu giao {words}, ô ghi số đầu để công thức tính được")


def _why_not(figure: Figure, period: Period) -> str:
    """Sums of some of the parts are no figure of the whole; what was reached in another year is none of this one."""
    if figure.value is None or figure.period is None:
        return "chưa có số liệu"
    if figure.is_partial:
        return f"mới có số của {figure.parts}"
    return "chưa có số liệu của năm này" if figure.period.first != period.first else ""


def shown(values: Mapping[Spot, Decimal | str], spot: Spot) -> str:
    value = values.get(spot)
    return show_figure(value) if isinstance(value, Decimal) else value or ""
