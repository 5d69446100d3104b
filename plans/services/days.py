"""Days that a plan of this unit may name."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import UnfitField
from documents.dates import PartialDate
from plans.interchange import TaskData
from units.models import Unit


def refuse_days_outside(unit: Unit, year: int, date: PartialDate, tasks: Sequence[TaskData]) -> None:
    """A unit issues papers and has duties only while it exists."""
    if unit.valid_from is not None:
        begins = unit.valid_from
        is_early = date.exact is not None and date.exact < begins
        if year < begins.year or is_early:
            field = "paper_date" if is_early else "year"
            raise UnfitField(field, f"{unit.title} chỉ có từ ngày {begins:%d/%m/%Y}, sau thời gian của kế hoạch này.")
        for position, task in enumerate(tasks, start=1):
            if task.due is not None and task.due < begins:
                raise UnfitField(
                    "due",
                    f"Nhiệm vụ {position} có hạn {task.due:%d/%m/%Y}, "
                    f"trước ngày {unit} được thành lập ({begins:%d/%m/%Y}).",
                )
    if unit.valid_to is not None and date.exact is not None and date.exact > unit.valid_to:
        raise UnfitField(
            "paper_date", f"{unit.title} đã kết thúc từ ngày {unit.valid_to:%d/%m/%Y}, trước ngày văn bản."
        )
