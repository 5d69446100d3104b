from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from campaigns.models import Campaign, Review
from campaigns.periods import UnfitPeriod, period_of
from campaigns.reporting.figures import write
from campaigns.reporting.printing import as_issued, current_figures, report_of
from campaigns.reporting.selectors import any_review
from core import files
from core.commands import JsonCommand
from core.errors import AppError
from core.models import StoredFile
from documents.rendering import render

_FORMATS = ("pdf", "docx", "json")
_KEPT = {"pdf": "issued_file", "docx": "word_file"}


class Command(JsonCommand):
    help = "Dựng báo cáo sơ kết, tổng kết của một phong trào thành tệp PDF, Word hoặc số liệu JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("campaign", metavar="ID", type=int)
        parser.add_argument("--period", required=True, metavar="2024-H1")
        parser.add_argument("--to", required=True, metavar="|".join(_FORMATS))
        parser.add_argument("--out", required=True, metavar="FILE")

    def answer(self, *, campaign: int, period: str, to: str, out: str, **options: Any) -> dict[str, Any]:
        if to not in _FORMATS:
            raise AppError(f"Không có định dạng {to}. Chọn một trong: {', '.join(_FORMATS)}.")
        review = _review(campaign, period)
        content = _content(review, to)
        try:
            Path(out).write_bytes(content)
        except OSError:
            raise AppError(f"Không ghi được vào {out}.") from None
        return {"campaign": campaign, "period": period, "file": out, "bytes": len(content)}


def _review(campaign: int, period: str) -> Review:
    found = (
        Campaign.objects.select_related("unit__parent", "plan__issuer__unit", "plan__paper")
        .filter(pk=campaign)
        .first()
    )
    if found is None:
        raise AppError(f"Không có phong trào nào mang mã số {campaign}.")
    try:
        period_of(period)
    except UnfitPeriod as error:
        raise AppError(str(error)) from None
    review = any_review(found, period)
    review.campaign = found
    return review


def _content(review: Review, to: str) -> bytes:
    """Of an issued report what was kept; else as the rows are now."""
    if to == "json":
        figures = review.frozen or write(current_figures(review))
        paper = {"paper": str(review.paper) if review.paper else None}
        return json.dumps(figures | paper, ensure_ascii=False, indent=1).encode()
    kept: StoredFile | None = getattr(review.paper, _KEPT[to]) if review.paper else None
    if kept is not None:
        with files.open_stored(kept) as content:
            return content.read()
    return render(as_issued(report_of(review)).paper(), to)
