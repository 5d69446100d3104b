"""The list of units below: its filters, its order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django_filters
from django.db import models

from campaigns.running.handing import STATES, Answer, Board
from core.filters import WordsFilter
from units.models import Unit

SORTS = {"ten": ("name", "designation")}
LATE = "qua-han"


class AnswerFilter(django_filters.FilterSet):
    q = WordsFilter(label="Tìm đơn vị, không cần gõ dấu")
    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=[*((state, word) for state, (_, word) in STATES.items()), (LATE, "Quá hạn, chưa hưởng ứng")],
        method="standing",
        empty_label="Mọi tình trạng",
    )

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.board = board

    def standing(self, rows: models.QuerySet[Unit], name: str, value: str) -> models.QuerySet[Unit]:
        return rows.filter(pk__in=self.board.late if value == LATE else self.board.in_state(value))


def rows_of(units: Sequence[Unit], board: Board) -> list[tuple[Unit, Answer]]:
    return [(unit, board.units[unit.pk]) for unit in units]
