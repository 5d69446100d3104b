"""How a draft's task table is printed."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from core import audit
from core.errors import UnfitField
from plans import cleaning
from plans.layouts import parse_layout
from plans.models import TaskTable
from plans.services.claiming import claim


@transaction.atomic
def update_table(table: TaskTable, *, actor: Any, version: int, **values: str) -> TaskTable:
    """Change the layout, the heads of the columns, or the words over an appendix."""
    after = {name: cleaning.table_value(name, value) for name, value in values.items()}
    changes = audit.differences({name: getattr(table, name) for name in after}, after)
    if not changes:
        return table
    for name, (_, value) in changes.items():
        setattr(table, name, value)
    try:
        wanted = parse_layout(table.layout).column_count
    except ValueError:
        raise UnfitField("layout", "Không có kiểu trình bày này.") from None
    if len(table.heads) != wanted:
        need = f"cần {wanted} tên cột, bạn ghi {len(table.heads)}" if wanted else "không có cột; hãy để trống ô này"
        raise UnfitField("columns", f"Kiểu trình bày này {need}.")
    claim(table.plan, version)
    table.save(update_fields=list(changes))
    audit.record("plans.table.changed", table.plan, actor=actor, unit_id=table.plan.unit_id, changes=changes)
    return table
