"""«Nhập từ Excel», «Xuất Excel» and «Tải tệp mẫu» of registrations."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from campaigns.taking_part.excel import KIND
from campaigns.taking_part.views import campaign_of, writable
from core import exporting
from core.import_views import Target, UploadView, template_answer


class ImportRegistrations(UploadView):
    kind = KIND
    standing = (
        "Mỗi dòng là đăng ký của một tập thể hoặc một cá nhân; đăng ký đã có thì sửa, chưa có thì thêm, chờ duyệt."
    )

    def target(self, **kwargs: Any) -> Target:
        campaign = writable(self.request, kwargs["pk"])
        crumbs = (
            (reverse("campaigns:list"), "Phong trào"),
            (reverse("campaigns:campaign", args=[campaign.pk]), str(campaign)[:80]),
            (reverse("campaigns:registrations", args=[campaign.pk]), "Đăng ký thi đua"),
        )
        return Target(
            campaign.pk, campaign.unit_id, crumbs, reverse("campaigns:registration_template", args=[campaign.pk])
        )


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    campaign_of(request, pk)
    return exporting.answer(request, KIND, list_url=reverse("campaigns:registrations", args=[pk]), target_id=pk)


@require_safe
def template(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = campaign_of(request, pk)
    return template_answer(KIND, f"Đăng ký thi đua: {campaign.title}"[:200], "mau-dang-ky-thi-dua")
