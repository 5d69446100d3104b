"""«Nhập từ Excel», «Xuất Excel» and «Tải tệp mẫu» of the criteria of one set."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from clusters.criteria import excel
from clusters.criteria.doors import set_seen, set_to_write
from core import exporting
from core.import_views import Target, UploadView, template_answer


class ImportCriteria(UploadView):
    kind = excel.KIND
    standing = (
        "Mỗi dòng là một tiêu chí, nhận ra theo mã: trùng mã thì sửa, mã mới thì thêm; dòng không có trong tệp giữ "
        "nguyên. Bảng điểm kẻ theo mẫu của cơ quan thì dùng «Đọc bảng có sẵn»."
    )

    def target(self, **kwargs: Any) -> Target:
        found = set_to_write(self.request, kwargs["pk"])
        crumbs = (
            (reverse("clusters:sets"), "Bộ tiêu chí"),
            (reverse("clusters:set", args=[found.pk]), found.name[:80]),
        )
        return Target(found.pk, found.unit_id, crumbs, reverse("clusters:set_template", args=[found.pk]))


@require_safe
def export_criteria(request: HttpRequest, pk: int) -> HttpResponse:
    set_seen(request, pk)
    return exporting.answer(request, excel.KIND, list_url=reverse("clusters:set", args=[pk]), target_id=pk)


@require_safe
def criteria_template(request: HttpRequest, pk: int) -> HttpResponse:
    found = set_seen(request, pk)
    return template_answer(excel.KIND, found.name[:200], "mau-tieu-chi")
