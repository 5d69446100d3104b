"""Pages of an import: where the file is chosen, what would come of it, and the one button that takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View
from django.views.decorators.http import require_POST, require_safe

from core import importing
from core.errors import AppError
from core.exporting import download, template
from core.models import SheetImport
from core.paging import PAGE_PARAMETER, PAGE_SIZE, ListPage

State = SheetImport.State
OUTCOME_PARAMETER = "loc"
_OUTCOMES = {"sai": "wrong", "moi": "new", "doi": "changed", "giu": "same"}
"""What stands in ``?loc=`` → the outcome of a row."""
_LABELS = {"wrong": "Có lỗi", "new": "Thêm mới", "changed": "Sửa", "same": "Giữ nguyên"}
NOTED = "luu-y"
"""What stands in ``?loc=`` for rows that would be written and that the person should look at."""


class UploadForm(forms.Form):
    file = forms.FileField(
        label="Tệp Excel",
        help_text="Tệp .xlsx, hoặc CSV; nhiều nhất 10 MB và 5.000 dòng.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={"required": "Hãy chọn tệp.", "empty": "Tệp này trống.", "invalid": "Hãy chọn tệp."},
    )

    def options(self) -> dict[str, str]:
        """How the file is to be read, besides the file itself."""
        return {name: str(value) for name, value in self.cleaned_data.items() if name != "file" and value}


@dataclass(frozen=True, slots=True)
class Target:
    """What the rows go into, already seen by the door of the page."""

    pk: int
    unit_id: int
    crumbs: tuple[tuple[str, str], ...]
    """Address and words of the pages above, the list last."""
    template_url: str


class UploadView(View):
    """A file is chosen; subclasses are the door to what it goes into."""

    http_method_names = ("get", "head", "post")
    kind: ClassVar[str]
    form_class: ClassVar[type[UploadForm]] = UploadForm
    template_name: ClassVar[str] = "core/import_new.html"
    standing: ClassVar[str] = ""

    def target(self, **kwargs: Any) -> Target:
        """404 to strangers, 403 to those who may only read."""
        raise NotImplementedError

    def make_form(self, *args: Any) -> UploadForm:
        return self.form_class(*args)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._show(self.target(**kwargs), self.make_form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        target = self.target(**kwargs)
        form = self.make_form(request.POST, request.FILES)
        if form.is_valid():
            try:
                found = self.receive(target, form)
            except AppError as error:
                form.add_error("file", str(error))
            else:
                return redirect("core:import", pk=found.pk)
        return self._show(target, form)

    def receive(self, target: Target, form: UploadForm) -> SheetImport:
        return importing.receive(
            form.cleaned_data["file"],
            kind=self.kind,
            unit_id=target.unit_id,
            target_id=target.pk,
            actor=self.request.user,
            options=form.options(),
        )

    def _show(self, target: Target, form: UploadForm) -> HttpResponse:
        kind = importing.kind_of(self.kind)
        context = {
            "title": kind.title,
            "standing": self.standing,
            "form": form,
            "columns": kind.resource_class().read_columns,
            "target": target,
            "back_url": target.crumbs[-1][0],
        }
        return render(self.request, self.template_name, context, status=422 if form.errors else 200)


def template_answer(kind: str, title: str, file_name: str) -> HttpResponse:
    """«Tải tệp mẫu»."""
    return download(template(importing.kind_of(kind).resource_class(), title), file_name)


# -- One import --------------------------------------------------------------------------


@require_safe
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How it stands; htmx asks for the inner part again while the worker is at it, then for the whole page."""
    found = get_object_or_404(importing.visible_imports(request.user), pk=pk)
    is_working = found.state in (State.CHECKING, State.WRITING) and not _has_failed(found)
    if request.headers.get("HX-Request"):
        if is_working:
            return render(request, "core/_import_waiting.html", {"found": found})
        response = HttpResponse()
        response["HX-Refresh"] = "true"
        return response
    kind = importing.kind_of(found.kind)
    context = {
        "title": f"{kind.title}: {found.file.name}",
        "standing": _standing(found),
        "found": found,
        "kind": kind,
        "list_url": kind.list_url(found.target_id),
        "again_url": kind.again_url(found.target_id),
        "is_working": is_working,
        "has_failed": _has_failed(found),
        "may_accept": importing.may_accept(found),
        "to_write": importing.rows_to_write(found),
        "counts": found.report.get("counts", {}),
        **_rows(request, found),
    }
    return render(request, "core/import.html", context)


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(importing.visible_imports(request.user), pk=pk)
    try:
        importing.accept(found, digest=request.POST.get("digest", ""))
    except AppError as error:
        messages.warning(request, str(error))
    return redirect("core:import", pk=pk)


@require_POST
def look_again(request: HttpRequest, pk: int) -> HttpResponse:
    importing.look_again(get_object_or_404(importing.visible_imports(request.user), pk=pk))
    return redirect("core:import", pk=pk)


def _has_failed(found: SheetImport) -> bool:
    is_open = found.state in (State.CHECKING, State.WRITING)
    return is_open and (found.job is None or found.job.is_over)


def _standing(found: SheetImport) -> str:
    if _has_failed(found):
        return "Chưa nhận dòng nào; dữ liệu vẫn như cũ."
    if found.state == State.CHECKING:
        return "Chương trình đang đọc và kiểm tra tệp, chưa ghi gì. Có thể rời trang này."
    if found.state == State.WRITING:
        return "Chương trình đang nhận các dòng của tệp. Có thể rời trang này."
    if found.state == State.WRITTEN:
        return f"Đã nhận {importing.rows_to_write(found)} dòng."
    wrong = found.report["counts"]["wrong"]
    if wrong:
        return f"Có {wrong} dòng cần sửa, nên chưa nhận được. Sửa trong tệp rồi nạp lại; chưa dòng nào được ghi."
    if not importing.rows_to_write(found):
        return "Mọi dòng trong tệp đã có sẵn và giống hệt, không có gì để nhận."
    return "Đã kiểm tra, không có lỗi. Chưa dòng nào được ghi; hãy xem lại rồi nhận."


def _rows(request: HttpRequest, found: SheetImport) -> dict[str, Any]:
    """The rows of one outcome, wrong ones first where there are any, and the tabs to the others."""
    if found.state not in (State.CHECKED, State.WRITTEN):
        return {}
    counts = found.report["counts"]
    there = [word for word, outcome in _OUTCOMES.items() if counts[outcome]]
    all_rows = found.report["rows"]
    noted = [row for row in all_rows if row["notes"] and row["outcome"] in ("new", "changed")]
    chosen = request.GET.get(OUTCOME_PARAMETER, "")
    chosen = chosen if chosen in there or (chosen == NOTED and noted) else there[0]
    rows = noted if chosen == NOTED else [row for row in all_rows if row["outcome"] == _OUTCOMES[chosen]]
    wanted = request.GET.get(PAGE_PARAMETER, "")
    cut = Paginator(rows, PAGE_SIZE).get_page(wanted if len(wanted) < 9 else 1)
    page = ListPage(list(cut.object_list), len(rows), cut.number, cut.paginator.num_pages, PAGE_SIZE, "")
    tabs = [(word, _LABELS[_OUTCOMES[word]], counts[_OUTCOMES[word]]) for word in there]
    tabs += [(NOTED, "Cần lưu ý", len(noted))] if noted else []
    return {"page": page, "tabs": tabs, "chosen": chosen, "outcome": _OUTCOMES.get(chosen, chosen)}
