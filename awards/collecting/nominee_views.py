"""The one list of all nominees of a round, its sheet, files that bring rows into it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from awards.collecting import presenters, selectors
from awards.collecting.doors import may_run, round_of, run_round
from awards.collecting.excel import KIND
from awards.collecting.excel_forms import NomineeUpload
from awards.collecting.lists import NOMINEE_SORTS, NomineeFilter
from awards.collecting.proposals import OPEN_STATES
from core import exporting
from core.import_views import Target, UploadForm, UploadView, template_answer
from core.paging import list_page


@require_safe
def nominees(request: HttpRequest, pk: int) -> HttpResponse:
    found = round_of(request, pk)
    filtered = NomineeFilter(
        request.GET,
        found=found,
        proposals=selectors.proposals_of(found),
        awards=selectors.awards_asked_for(found),
    )
    page = list_page(request, filtered.qs, sorts=NOMINEE_SORTS, default="tt")
    doubles = selectors.doubles_of(page.rows)
    runs = may_run(request, found)
    unknown = selectors.unknown_count(found)
    context = {
        "title": "Danh sách đề nghị",
        "standing": _sentence(found, page.total, unknown),
        "round": found,
        "filter": filtered,
        "page": page,
        "rows": [presenters.nominee_row(row, doubles) for row in page.rows],
        "is_filtered": any(value for name, value in request.GET.items() if name in filtered.form.fields),
        "may_edit": runs and found.state in OPEN_STATES,
        "may_run": runs,
        "unknown": unknown if runs else 0,
    }
    return render(request, "awards/collecting/nominees.html", context)


def _sentence(found: Any, total: int, unknown: int) -> str:
    more = f" {unknown} đối tượng chưa xác định là ai." if unknown else ""
    return f"{found.name}: {total} đề nghị.{more}"


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    round_of(request, pk)
    return exporting.answer(request, KIND, list_url=reverse("awards:nominees", args=[pk]), target_id=pk)


@require_safe
def template(request: HttpRequest, pk: int) -> HttpResponse:
    found = round_of(request, pk)
    return template_answer(KIND, f"Danh sách đề nghị: {found.name}"[:200], "mau-danh-sach-de-nghi")


class ImportNominees(UploadView):
    kind = KIND
    form_class = NomineeUpload
    standing = (
        "Danh sách theo tệp mẫu, hoặc theo mẫu sẵn có của cơ quan (có mã danh hiệu, tờ danh mục, dòng tiêu đề). "
        "Chương trình đọc rồi cho xem trước; đối tượng đã có thì sửa, chưa có thì thêm."
    )

    def target(self, **kwargs: Any) -> Target:
        self.found = run_round(self.request, kwargs["pk"])
        crumbs = (
            (reverse("awards:list"), "Khen thưởng"),
            (reverse("awards:round", args=[self.found.pk]), self.found.name[:80]),
            (reverse("awards:nominees", args=[self.found.pk]), "Danh sách đề nghị"),
        )
        template_url = reverse("awards:nominees_template", args=[self.found.pk])
        return Target(self.found.pk, self.found.unit_id, crumbs, template_url)

    def make_form(self, *args: Any) -> UploadForm:
        initial = {"sender": _named(self.request, self.found)}
        return self.form_class(*args, found=self.found, initial=initial)


def _named(request: HttpRequest, found: Any) -> Any:
    """``?noi=part-12``: whose list the file is."""
    wanted = request.GET.get("noi", "")
    rows = selectors.places_to_send(found) if wanted else []
    return next((one for one in rows if selectors.sender_of(one, found).key == wanted), None)
