"""«Nhập từ Excel» and «Tải tệp mẫu» of the register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.errors import AppError
from core.import_views import Target, UploadForm, UploadView, template_answer
from documents import selectors
from documents.resources import YEAR
from documents.rules import RECORDERS
from documents.series_forms import FIRST_YEAR
from units.models import Issuer

PAPERS = "documents.papers"


class NoIssuer(AppError):
    message = "Đơn vị chưa có cơ quan ban hành nào; hãy thêm ở trang Đơn vị trước."


class PapersForm(UploadForm):
    issuer = forms.ChoiceField(
        label="Cơ quan ban hành",
        help_text="Dòng nào ghi cột «Cơ quan ban hành» thì theo cột đó.",
        error_messages={"required": "Hãy chọn cơ quan ban hành các văn bản trong tệp."},
    )
    nam = forms.TypedChoiceField(
        label="Năm của sổ",
        required=False,
        empty_value="",
        help_text="Chỉ cần chọn khi cột ngày ghi thiếu năm, ví dụ 05/3.",
    )
    field_order = ("issuer", "file", YEAR)

    def __init__(self, *args: Any, issuers: list[Issuer]) -> None:
        super().__init__(*args)
        choices = [(str(issuer.pk), f"{issuer.name} ({issuer.unit.title})") for issuer in issuers]
        self.fields["issuer"].choices = [("", "Chọn cơ quan ban hành"), *choices]
        if len(issuers) == 1:
            self.fields["issuer"].widget = forms.HiddenInput()
            self.fields["issuer"].initial = issuers[0].pk
        years = range(timezone.localdate().year, FIRST_YEAR - 1, -1)
        self.fields[YEAR].choices = [("", "Ngày đã ghi đủ năm"), *((str(year), str(year)) for year in years)]

    def options(self) -> dict[str, str]:
        return {name: value for name, value in super().options().items() if name != "issuer"}


class ImportPapers(UploadView):
    kind = PAPERS
    form_class = PapersForm
    standing = "Ghi nhiều văn bản đã ban hành trước đây vào sổ. Văn bản đã có trong sổ được giữ nguyên."

    def target(self, **kwargs: Any) -> Target:
        if not self.request.user.has_perm("documents.record_paper"):
            raise PermissionDenied
        self.issuers = list(selectors.issuers_to_record_for(self.request.user, *RECORDERS))
        if not self.issuers:
            raise NoIssuer
        chosen = self.request.POST.get("issuer", "")
        issuer = next((issuer for issuer in self.issuers if str(issuer.pk) == chosen), self.issuers[0])
        crumbs = ((reverse("documents:register"), "Sổ văn bản"),)
        return Target(issuer.pk, issuer.unit_id, crumbs, reverse("documents:template"))

    def make_form(self, *args: Any) -> PapersForm:
        return PapersForm(*args, issuers=self.issuers)


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    return template_answer(PAPERS, "Sổ văn bản đã ban hành", "mau-so-van-ban")
