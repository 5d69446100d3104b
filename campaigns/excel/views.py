"""«Nhập từ Excel», «Xuất Excel» and «Tải tệp mẫu» of campaigns, their targets and their results."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from campaigns.excel import campaigns as campaign_sheets
from campaigns.excel import results as result_sheets
from campaigns.excel import targets as target_sheets
from campaigns.excel.lists import TO_FILL, period_asked
from campaigns.models import Campaign
from campaigns.periods import Period
from campaigns.results.doors import campaign_inside, campaign_to_write
from campaigns.results.selectors import periods_to_report
from campaigns.results.services import NotRunning, is_open
from core import exporting
from core.import_views import Target, UploadForm, UploadView, template_answer
from plans.task_views import with_year
from units.doors import unit_to_work_for
from units.models import Membership, Unit


def _crumbs(campaign: Campaign, name: str, words: str, query: str = "") -> tuple[tuple[str, str], ...]:
    return (
        (reverse("campaigns:list"), "Phong trào"),
        (reverse("campaigns:campaign", args=[campaign.pk]), str(campaign)[:80]),
        (reverse(f"campaigns:{name}", args=[campaign.pk]) + query, words),
    )


# -- Campaigns -----------------------------------------------------------------------------


class CampaignsForm(UploadForm):
    unit = forms.ChoiceField(label="Đơn vị tổ chức phong trào", choices=[])
    field_order = ("unit", "file")

    def __init__(self, *args: Any, units: list[Unit]) -> None:
        super().__init__(*args)
        self.fields["unit"].choices = [(unit.pk, unit.title) for unit in units]  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = units[0].pk


class ImportCampaigns(UploadView):
    kind = campaign_sheets.KIND
    standing = (
        "Mỗi dòng là một phong trào: đã có (cùng tên, cùng năm) thì sửa, chưa có thì thêm, chờ phát động. "
        "Đợt, chuyên đề và chỉ tiêu nhập ở trang của từng phong trào."
    )

    def target(self, **kwargs: Any) -> Target:
        unit, self.units = unit_to_work_for(self.request, Membership.Role.OFFICER)
        crumbs = ((reverse("campaigns:list"), "Phong trào"),)
        return Target(unit.pk, unit.pk, crumbs, reverse("campaigns:template"))

    def make_form(self, *args: Any) -> CampaignsForm:
        return CampaignsForm(*args, units=self.units)


@require_safe
def export_campaigns(request: HttpRequest) -> HttpResponse:
    """Of the year that the page shows."""
    request.GET = with_year(request)  # type: ignore[assignment]
    return exporting.answer(request, campaign_sheets.KIND, list_url=reverse("campaigns:list"))


@require_safe
def campaigns_template(request: HttpRequest) -> HttpResponse:
    return template_answer(campaign_sheets.KIND, "Danh sách phong trào thi đua", "mau-phong-trao")


# -- Targets -------------------------------------------------------------------------------


class TargetsForm(UploadForm):
    by = forms.ChoiceField(
        label="Các dòng trong tệp",
        widget=forms.RadioSelect,
        initial=target_sheets.BY_TEXT,
        choices=[
            (target_sheets.BY_TEXT, "Nhận ra theo lời chỉ tiêu: trùng lời thì sửa chỉ tiêu đã có, khác lời thì thêm"),
            (target_sheets.BY_NUMBER, "Đã xuất từ phong trào này rồi sửa cả lời; nhận ra chỉ tiêu theo cột TT"),
        ],
    )
    field_order = ("file", "by")


class ImportTargets(UploadView):
    kind = target_sheets.KIND
    form_class = TargetsForm
    standing = "Mỗi dòng là một chỉ tiêu. Chỉ tiêu không có trong tệp vẫn giữ nguyên; muốn bỏ thì bỏ ở trang Chỉ tiêu."

    def target(self, **kwargs: Any) -> Target:
        campaign = campaign_to_write(self.request, kwargs["pk"])
        template_url = reverse("campaigns:targets_template", args=[campaign.pk])
        return Target(campaign.pk, campaign.unit_id, _crumbs(campaign, "targets", "Chỉ tiêu"), template_url)


@require_safe
def export_targets(request: HttpRequest, pk: int) -> HttpResponse:
    campaign_inside(request, pk)
    list_url = reverse("campaigns:targets", args=[pk])
    return exporting.answer(request, target_sheets.KIND, list_url=list_url, target_id=pk)


@require_safe
def targets_template(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = campaign_inside(request, pk)
    return template_answer(target_sheets.KIND, f"Chỉ tiêu: {campaign.title}"[:200], "mau-chi-tieu")


# -- Results -------------------------------------------------------------------------------


class ResultsForm(UploadForm):
    period = forms.ChoiceField(
        label="Kỳ", choices=[], error_messages={"invalid_choice": "Chọn một kỳ của phong trào."}
    )
    odd = forms.BooleanField(
        label="Nhận cả số lạ",
        required=False,
        help_text="Số âm, gấp nhiều lần chỉ tiêu, thấp hơn kỳ trước… thường là gõ nhầm nên chương trình hỏi lại từng "
        "dòng. Đã xem và số đúng là như vậy thì đánh dấu ô này rồi nạp lại.",
    )
    field_order = ("period", "file", "odd")

    def __init__(self, *args: Any, periods: list[Period], period: Period) -> None:
        super().__init__(*args, initial={"period": period.code})
        offered = [(one.code, f"{one.words[:1].upper()}{one.words[1:]}") for one in periods]
        self.fields["period"].choices = offered  # type: ignore[attr-defined]


class ImportResults(UploadView):
    kind = result_sheets.KIND
    standing = (
        "Mỗi dòng là số của một chỉ tiêu ở một nơi, lũy kế đến hết kỳ. Sửa số đã ghi thì số cũ vẫn còn trong lịch sử."
    )

    def target(self, **kwargs: Any) -> Target:
        self.campaign = campaign_to_write(self.request, kwargs["pk"])
        if not is_open(self.campaign):
            raise NotRunning
        self.period = period_asked(self.campaign, self.request.GET)
        query = f"?ky={self.period.code}"
        template_url = reverse("campaigns:results_template", args=[self.campaign.pk]) + query
        crumbs = _crumbs(self.campaign, "results", "Kết quả", query)
        return Target(self.campaign.pk, self.campaign.unit_id, crumbs, template_url)

    def make_form(self, *args: Any) -> ResultsForm:
        return ResultsForm(*args, periods=periods_to_report(self.campaign), period=self.period)


@require_safe
def export_results(request: HttpRequest, pk: int) -> HttpResponse:
    campaign_inside(request, pk)
    list_url = reverse("campaigns:results", args=[pk])
    return exporting.answer(request, result_sheets.KIND, list_url=list_url, target_id=pk)


@require_safe
def results_template(request: HttpRequest, pk: int) -> HttpResponse:
    campaign_inside(request, pk)
    list_url = reverse("campaigns:results", args=[pk])
    return exporting.answer(request, TO_FILL, list_url=list_url, target_id=pk)
