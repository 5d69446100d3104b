"""«Xuất Excel» and «Nhập từ Excel» of one sheet."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from clusters.sheets import excel
from clusters.sheets.acting import is_open, speaker_on
from clusters.sheets.doors import sheet_seen, sheet_to_score
from clusters.sheets.services import NotScoring
from core.exporting import download
from core.import_views import Target, UploadView


@require_safe
def export_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    content, name = excel.written(sheet_seen(request, pk), request.user)
    return download(content, name)


class ImportSheet(UploadView):
    kind = excel.KIND
    standing = "Nạp bảng mà đơn vị đã ghi. Chương trình kiểm tra từng dòng; chưa ghi gì cho đến khi bạn nhận."

    def target(self, **kwargs: Any) -> Target:
        sheet = sheet_to_score(self.request, kwargs["pk"])
        if not is_open(sheet):
            raise NotScoring
        season = sheet.member.season
        crumbs = (
            (reverse("clusters:sheets", args=[season.pk]), "Bảng chấm"),
            (reverse("clusters:sheet", args=[sheet.pk]), str(sheet.member)),
        )
        unit_id = speaker_on(self.request.user, sheet, sheet.stage).unit_id
        return Target(sheet.pk, unit_id, crumbs, reverse("clusters:sheet_export", args=[sheet.pk]))
