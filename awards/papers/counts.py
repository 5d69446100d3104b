"""How many of which award and kind: the table that stands above every list of names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from awards.deciding.candidates import KINDS
from awards.deciding.facts import award_words
from awards.facts import Recipient
from awards.money import RECIPIENT_WORDS
from documents import layout, tree
from documents.composing import Width, columns, row

Named = Sequence[tuple[str, Recipient]]
"""Award and kind of each name."""


def award_title(award: str) -> str:
    """«Danh hiệu “Lao động tiên tiến”», at the head of a line."""
    words = award_words(award)
    return f"{words[:1].upper()}{words[1:]}"


def kinds_of(named: Named) -> tuple[Recipient, ...]:
    return tuple(kind for kind in KINDS if any(one is kind for _, one in named))


def counted(named: Named) -> str:
    """«02 tập thể, 12 cá nhân»."""
    counts = Counter(kind for _, kind in named)
    return ", ".join(f"{counts[kind]:02} {RECIPIENT_WORDS[kind]}" for kind in KINDS if counts[kind])


def counts_table(named: Named) -> tree.Table:
    kinds, awards = kinds_of(named), tuple(dict.fromkeys(award for award, _ in named))
    widths: list[Width] = [("TT", 12, "center"), ("Danh hiệu, hình thức đề nghị", 0, "left")]
    widths += [(RECIPIENT_WORDS[kind].capitalize(), 24, "center") for kind in kinds]
    widths += [("Cộng", 22, "center")]
    rows = [
        row(str(number), award_title(award), *_numbers([one for one in named if one[0] == award], kinds))
        for number, award in enumerate(awards, start=1)
    ]
    if len(awards) > 1:
        rows.append(row("", "Tổng cộng", *_numbers(named, kinds)))
    return tree.Table(columns(widths, layout.PORTRAIT.text_width), tuple(rows))


def _numbers(named: Named, kinds: Sequence[Recipient]) -> list[str]:
    counts = Counter(kind for _, kind in named)
    return [f"{counts[kind]:02}" if counts[kind] else "–" for kind in kinds] + [f"{len(named):02}"]
