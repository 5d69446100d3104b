"""«Nhập từ Excel», «Xuất Excel» of targets; the sheet to fill in is what goes out."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from clusters.criteria.targets import excel, selectors
from core import exporting
from core.import_views import Target, UploadView


class ImportTargets(UploadView):
    kind = excel.KIND
    standing = (
        "Mỗi dòng là một tiêu chí của một đơn vị; ô trống giữ nguyên điều đã ghi, «không giao» là đơn vị không được "
        "giao chỉ tiêu ấy."
    )

    def target(self, **kwargs: Any) -> Target:
        season = get_object_or_404(selectors.seasons_with_criteria(self.request.user), pk=kwargs["pk"])
        if not any(selectors.may_give(self.request.user, season, one) for one in season.members.all()):
            raise PermissionDenied
        page = reverse("clusters:assignments", args=[season.pk])
        crumbs = ((reverse("clusters:season", args=[season.pk]), str(season)[:80]), (page, "Chỉ tiêu giao"))
        return Target(season.pk, season.unit_id, crumbs, reverse("clusters:assignments_export", args=[season.pk]))


@require_safe
def export_targets(request: HttpRequest, pk: int) -> HttpResponse:
    list_url = reverse("clusters:assignments", args=[pk])
    return exporting.answer(request, excel.KIND, list_url=list_url, target_id=pk)
