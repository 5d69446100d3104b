from __future__ import annotations

import os
from typing import Any

from django.core.management.base import CommandParser

from core import audit, audit_anchor
from core.commands import JsonCommand, read_json
from core.errors import AppError
from core.models import AuditEntry


class Command(JsonCommand):
    help = "Kiểm tra nhật ký: mỗi mục phải nối với mục trước và giữ nguyên nội dung."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anchor",
            metavar="TỆP",
            default="",
            help="Tệp mốc: lần đầu ghi mục cuối của mỗi nhật ký; những lần sau so lại, đúng thì ghi mốc mới.",
        )

    def answer(self, *, anchor: str = "", **options: Any) -> dict[str, int]:
        kept = audit_anchor.read(read_json(anchor)) if anchor and os.path.exists(anchor) else ()
        heads = audit_anchor.heads()  # before the walk, so that the new anchor names nothing unverified
        chains = list(audit.chains())
        for unit_id in chains:
            if broken := audit.first_broken_link(unit_id):
                raise AppError(
                    f"Nhật ký của đơn vị {broken.unit_id} bị đứt ở mục thứ {broken.position} "
                    f"(dòng {broken.entry_id}): {broken.why}."
                )
        counts = {"chains": len(chains), "entries": AuditEntry.objects.count()}
        if not anchor:
            return counts
        audit_anchor.check(kept)
        audit_anchor.write(anchor, heads)
        return counts | {"compared": len(kept)}
