from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from core.backup.progress import Progress
from core.backup.saving import back_up
from core.commands import JsonCommand
from core.management.commands.prepare_database import connected_as_owner


class Command(JsonCommand):
    help = "Sao lưu cơ sở dữ liệu và các tệp vào một tệp, kèm mã băm từng phần."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="TỆP", help="tệp sẽ ghi, ví dụ: /sao-luu/tdkt-2026-05-13.zip")

    def answer(self, *, file: str, **options: Any) -> dict[str, Any]:
        path, progress = Path(file), Progress()
        try:
            with connected_as_owner():
                manifest = back_up(path, tell=progress)
        finally:
            progress.end()
        if manifest.missing_files:
            self.stderr.write(
                f"Lưu ý: {len(manifest.missing_files)} tệp đã mất hoặc hỏng trên đĩa nên không có trong bản sao lưu; "
                "hãy tìm lại ở bản sao lưu cũ."
            )
        if manifest.broken_chains:
            self.stderr.write("Lưu ý: nhật ký đã bị đứt từ trước; hãy chạy verify_audit để xem chỗ nào.")
        return {"file": str(path.resolve()), "bytes": path.stat().st_size, **manifest.summary()}
