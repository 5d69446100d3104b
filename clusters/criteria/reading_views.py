"""«Đọc bảng có sẵn»: a table pasted or out of a file is read, shown with what is unsure, then taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from campaigns.figures import show_figure
from clusters.criteria import editing
from clusters.criteria.doors import set_to_write, version_in
from clusters.criteria.reading.building import Reading, build
from clusters.criteria.reading.rows import read_rows
from clusters.criteria.reading.sources import Source, UnfitPaste, from_file, loaded, pasted
from clusters.criteria.rulebook import rule_words
from clusters.models import CriteriaSet, Criterion
from core.errors import AppError, UnfitRow
from core.states import EditedMeanwhile

_ANSWER = "hoi-"
"""Before the key of a question, in the form."""
_MOST_SOURCES = 8


class ReadForm(forms.Form):
    use_required_attribute = False

    text = forms.CharField(
        label="Dán bảng",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "data-paste-html": "html", "wrap": "off"}),
        help_text="Chép cả dòng tên cột (TT, Nội dung, Điểm chuẩn…) trong Excel hoặc Word rồi dán vào đây.",
    )
    html = forms.CharField(required=False, widget=forms.HiddenInput())
    file = forms.FileField(
        label="Hoặc chọn tệp",
        required=False,
        help_text="Tệp Excel (.xlsx), hoặc hướng dẫn có phụ lục bảng điểm (.docx, .pdf); nhiều nhất 10 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.docx,.doc,.odt,.rtf,.pdf"}),
        error_messages={"empty": "Tệp này trống."},
    )

    def sources(self) -> list[Source]:
        """Raise ``AppError``."""
        if self.cleaned_data["file"]:
            return from_file(self.cleaned_data["file"])[:_MOST_SOURCES]
        return [pasted(self.cleaned_data["text"], self.cleaned_data["html"])]


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it would be taken."""

    depth: int
    number: int
    code: str
    title: str
    points: str
    kind: str
    is_group: bool
    rules: Sequence[str]
    guidance: str
    notes: Sequence[str]
    error: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest, pk: int) -> HttpResponse:
    found = set_to_write(request, pk)
    if request.method != "POST":
        return _choose(request, found, ReadForm())
    if "nguon" in request.POST:
        return _again(request, found)
    form = ReadForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            return _preview(request, found, form.sources(), 0)
        except AppError as error:
            form.add_error("file" if form.cleaned_data["file"] else "text", str(error))
    return _choose(request, found, form, status=422)


def _choose(request: HttpRequest, found: CriteriaSet, form: ReadForm, *, status: int = 200) -> HttpResponse:
    context = {
        "title": "Đọc bảng có sẵn",
        "standing": "Dán hoặc chọn tệp; chương trình đọc ra các tiêu chí để xem lại, chưa ghi gì.",
        "set": found,
        "form": form,
    }
    return render(request, "clusters/criteria/read.html", context, status=status)


def _again(request: HttpRequest, found: CriteriaSet) -> HttpResponse:
    """With the answers of the page; taken where the person says so."""
    try:
        sources = [loaded(text) for text in request.POST.getlist("nguon")[:_MOST_SOURCES]]
        place = _place(request.POST.get("bang", "0"), len(sources))
        reading = build(read_rows(sources[place].rows), _answers(request.POST))
    except AppError as error:
        messages.error(request, str(error))
        return redirect("clusters:set_read", found.pk)
    if request.POST.get("viec") != "lay":
        return _preview(request, found, sources, place)
    try:
        count = editing.take_over(
            found,
            reading.nodes,
            replaces=request.POST.get("cach") == "thay",
            version=version_in(request.POST),
            actor=request.user,
        )
    except UnfitRow as error:
        return _preview(request, found, sources, place, error=error, status=422)
    except editing.HasFigures as error:
        messages.error(request, str(error))
        return _preview(request, found, sources, place, status=422)
    except EditedMeanwhile:
        words = "Bộ tiêu chí vừa được người khác sửa. Xem lại bộ ở cửa sổ khác; bấm lấy lần nữa là ghi theo bảng này."
        messages.error(request, words)
        return _preview(request, CriteriaSet.objects.get(pk=found.pk), sources, place, status=409)
    messages.success(request, f"Đã lấy {count} dòng. Xem lại các dòng có ghi chú rồi ban hành.")
    return redirect("clusters:set", found.pk)


def _answers(data: Any) -> dict[str, str]:
    return {name.removeprefix(_ANSWER): data[name] for name in data if name.startswith(_ANSWER)}


def _place(text: str, count: int) -> int:
    if not count:
        raise UnfitPaste
    return int(text) if text.isdecimal() and len(text) < 3 and int(text) < count else 0


def _preview(
    request: HttpRequest,
    found: CriteriaSet,
    sources: Sequence[Source],
    place: int,
    *,
    error: UnfitRow | None = None,
    status: int = 200,
) -> HttpResponse:
    """Raise ``AppError`` where the table is none."""
    reading = build(read_rows(sources[place].rows), _answers(request.POST))
    lines = _lines(reading, error)
    noted = sum(bool(line.notes) for line in lines)
    context = {
        "title": "Xem lại bảng vừa đọc",
        "standing": _standing(reading, noted),
        "set": found,
        "sources": [(at, one.name, one.dump()) for at, one in enumerate(sources)],
        "place": place,
        "lines": lines,
        "questions": [(f"{_ANSWER}{one.key}", one) for one in reading.questions],
        "table": reading.table,
        "heads": _heads(reading),
        "there": found.criteria.count(),
        "replaces": request.POST.get("cach") == "thay",
        "error": error,
    }
    return render(request, "clusters/criteria/read_preview.html", context, status=status)


def _standing(reading: Reading, noted: int) -> str:
    notes = f" {noted} dòng có ghi chú cần xem." if noted else ""
    return f"Đọc được {reading.leaf_count} tiêu chí, thang {show_figure(reading.base)} điểm.{notes} Chưa ghi gì."


def _lines(reading: Reading, error: UnfitRow | None) -> list[Line]:
    kinds = dict(Criterion.Kind.choices)
    lines = []
    flat = [node for top in reading.nodes for node in _walk(top)]
    for place, ((depth, one), node) in enumerate(zip(reading.rows, flat, strict=True)):
        values = node.values
        lines.append(
            Line(
                depth,
                one.raw.line,
                values.code,
                values.title,
                show_figure(values.maximum),
                str(kinds[values.kind]),
                not values.kind,
                rule_words(values.kind, values.rule, is_lower_better=values.is_lower_better),
                values.guidance,
                one.notes,
                str(error) if error and error.position == place else "",
            )
        )
    return lines


def _walk(node: editing.Node) -> list[editing.Node]:
    return [node, *(below for child in node.children for below in _walk(child))]


_FIELDS = {
    "mark": "thứ tự",
    "content": "nội dung",
    "points": "điểm chuẩn",
    "measure": "đơn vị tính",
    "guidance": "cách chấm",
    "evidence": "tài liệu kiểm chứng",
    "office": "cơ quan cung cấp số liệu",
}


def _heads(reading: Reading) -> list[tuple[str, str]]:
    """What was read from which column."""
    return [(words, reading.table.heads[name]) for name, words in _FIELDS.items() if name in reading.table.heads]
