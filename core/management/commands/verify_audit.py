from __future__ import annotations

from typing import Any

from core import audit
from core.commands import JsonCommand
from core.errors import AppError
from core.models import AuditEntry


class Command(JsonCommand):
    help = "Kiểm tra nhật ký: mỗi mục phải nối với mục trước và giữ nguyên nội dung."

    def answer(self, **options: Any) -> dict[str, int]:
        chains = list(audit.chains())
        for unit_id in chains:
            if broken := audit.first_broken_link(unit_id):
                raise AppError(
                    f"Nhật ký của đơn vị {broken.unit_id} bị đứt ở mục thứ {broken.position} "
                    f"(dòng {broken.entry_id}): {broken.why}."
                )
        return {"chains": len(chains), "entries": AuditEntry.objects.count()}
