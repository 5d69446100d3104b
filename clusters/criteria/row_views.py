"""Pages that edit the rows of a draft: the table in which one types, the form of one criterion, taking one out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from campaigns.figures import UnfitFigure, read_figure, show_figure
from clusters.criteria import editing, presenters
from clusters.criteria.doors import criterion_of, set_to_write, version_in
from clusters.criteria.editing import NewRow, RowEdit, Unmovable
from clusters.criteria.forms import CriterionForm
from clusters.criteria.presenters import TreeRow
from clusters.criteria.values import CriterionValues
from clusters.models import CriteriaSet, Criterion
from clusters.scheme import Kind
from core.errors import UnfitField, UnfitRow
from core.states import EditedMeanwhile

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
PAGE = 250
"""Rows on one page: each has three fields, and a form of more than a thousand is refused."""
NEW = 3
"""Blank rows offered at the end."""
_FIELDS = ("code", "title", "maximum")
_DEFAULT_KIND = Kind.MANUAL.value


@dataclass(slots=True)
class Line:
    """A row as the page shows it: what was typed, else what stands."""

    key: str
    code: str
    title: str
    maximum: str
    shown: TreeRow | None = None
    parent: str = ""
    kind: str = _DEFAULT_KIND
    errors: dict[str, str] = field(default_factory=dict)
    theirs: str = ""
    """What is stored, where the page shows something else that was typed before."""

    @property
    def is_blank(self) -> bool:
        return self.shown is None and not (self.code or self.title or self.maximum)

    @property
    def error_list(self) -> list[tuple[str, str]]:
        return list(self.errors.items())

    @property
    def is_changed(self) -> bool:
        if self.shown is None:
            return not self.is_blank
        return (self.code, self.title, self.maximum) != _stored(self.shown.row)


def _stored(row: Criterion) -> tuple[str, str, str]:
    return row.code, row.title, show_figure(row.maximum)


# -- The table -------------------------------------------------------------------------------


@get_or_post
def rows(request: HttpRequest, pk: int) -> HttpResponse:
    found = set_to_write(request, pk)
    shown = presenters.shown(found, list(found.criteria.all()))
    page = Paginator(shown.rows, PAGE).get_page(request.GET.get("trang"))
    if request.method == "POST":
        return _save(request, found, shown, page)
    lines = [_line(row, None) for row in page.object_list]
    return _table(request, found, shown, page, [*lines, *_new_lines(None, request.GET.get("nhom", ""))])


def _line(row: TreeRow, data: QueryDict | None) -> Line:
    key, stored = f"t{row.row.pk}", _stored(row.row)
    code, title, maximum = (
        " ".join((data.get(f"{key}-{name}", was) if data else was).split())
        for name, was in zip(_FIELDS, stored, strict=True)
    )
    return Line(key, code, title, maximum, row)


def _new_lines(data: QueryDict | None, parent: str = "") -> list[Line]:
    lines = []
    for at in range(NEW):
        key = f"moi{at}"
        said = {name: " ".join(data.get(f"{key}-{name}", "").split()) if data else "" for name in _FIELDS}
        chosen = data.get(f"{key}-parent", "") if data else parent
        kind = data.get(f"{key}-kind", _DEFAULT_KIND) if data else _DEFAULT_KIND
        lines.append(Line(key, **said, parent=chosen, kind=kind))
    return lines


def _save(request: HttpRequest, found: CriteriaSet, shown: presenters.Shown, page: Page) -> HttpResponse:
    """What was typed, and after that the one move that was asked for."""
    data = request.POST
    lines = [*(_line(row, data) for row in page.object_list), *_new_lines(data)]
    typed = [line for line in lines if line.is_changed]
    edits = [line for line in typed if line.shown]
    added = [line for line in typed if not line.shown]
    try:
        said = [_edit(line) for line in edits], [_new(line) for line in added]
        if any(line.errors for line in lines):
            return _table(request, found, shown, page, lines, status=422)
        if typed:
            count = editing.save_rows(found, *said, version=version_in(data), actor=request.user)
            messages.success(request, f"Đã lưu {count} dòng.")
        return _moved(request, found, found.version if typed else version_in(data))
    except UnfitRow as error:
        [*edits, *added][error.position].errors[error.field if error.field in _FIELDS else "title"] = str(error)
        return _table(request, found, shown, page, lines, status=422)
    except EditedMeanwhile:
        return _conflict(request, found, shown, page, lines)


def _conflict(
    request: HttpRequest, found: CriteriaSet, shown: presenters.Shown, page: Page, lines: list[Line]
) -> HttpResponse:
    """What was typed stays; what stands now is told below each row that differs; saving again is a choice."""
    for line in lines:
        if line.shown and line.is_changed:
            code, title, maximum = _stored(line.shown.row)
            line.theirs = f"{code} {title}, {maximum} điểm"
    found.refresh_from_db(fields=["version"])
    return _table(request, found, shown, page, lines, status=409)


def _edit(line: Line) -> RowEdit:
    assert line.shown is not None
    maximum = _points(line)
    if maximum is None and line.shown.row.kind and "maximum" not in line.errors:
        line.errors["maximum"] = "Ghi điểm chuẩn của tiêu chí."
    return RowEdit(line.shown.row.pk, line.code, line.title, maximum)


def _new(line: Line) -> NewRow:
    kind = line.kind if line.kind in Criterion.Kind.values else _DEFAULT_KIND
    maximum = _points(line)
    if maximum is None and kind and "maximum" not in line.errors:
        line.errors["maximum"] = "Ghi điểm chuẩn của tiêu chí."
    parent = int(line.parent) if line.parent.isdecimal() and len(line.parent) < 19 else None
    values = CriterionValues(line.code, line.title, maximum or 0, kind, starts_full=kind == _DEFAULT_KIND)  # type: ignore[arg-type]
    return NewRow(replace(values), parent, sums_up=not kind and maximum is None)


def _points(line: Line) -> Any:
    try:
        return read_figure(line.maximum)
    except UnfitFigure as error:
        line.errors["maximum"] = f"{str(error)[:1].upper()}{str(error)[1:]}"
        return None


def _moved(request: HttpRequest, found: CriteriaSet, version: int) -> HttpResponse:
    """``viec=len-12``: up; by the version that saving left, or that the page saw."""
    act, _, pk = request.POST.get("viec", "").partition("-")
    query = request.GET.urlencode()
    here = f"{reverse('clusters:set_rows', args=[found.pk])}{f'?{query}' if query else ''}"
    if not pk.isdecimal() or len(pk) > 18:
        return redirect(here)
    criterion = criterion_of(found, int(pk))
    try:
        editing.move_criterion(found, criterion, way=act, version=version, actor=request.user)
    except Unmovable as error:
        messages.warning(request, str(error))
    return redirect(f"{here}#dong-{pk}")


def _table(
    request: HttpRequest,
    found: CriteriaSet,
    shown: presenters.Shown,
    page: Page,
    lines: Sequence[Line],
    *,
    status: int = 200,
) -> HttpResponse:
    groups = [(str(row.row.pk), f"{row.row.code} {row.row.title}"[:80]) for row in shown.rows if row.is_group]
    context = {
        "title": "Bảng tiêu chí",
        "standing": f"{found.name}. {presenters.standing(found, shown)}",
        "set": found,
        "shown": shown,
        "lines": lines,
        "groups": groups,
        "kinds": Criterion.Kind.choices,
        "page": page,
        "is_conflict": status == 409,
        "error_lines": [line for line in lines if line.errors],
    }
    return render(request, "clusters/criteria/rows.html", context, status=status)


# -- One criterion ---------------------------------------------------------------------------


@get_or_post
def criterion(request: HttpRequest, pk: int, criterion_pk: int) -> HttpResponse:
    found = set_to_write(request, pk)
    row = criterion_of(found, criterion_pk)
    form = CriterionForm(request.POST or None, criterion=row)
    status = 200
    if request.method == "POST" and request.POST.get("viec") == "doi-cach-tinh":
        form = _unbound(form, row)
    elif form.is_bound:
        status = 422
        if form.is_valid() and form.values is not None:
            status = _change(request, form, found, row)
            if status == 302:
                return redirect(f"{reverse('clusters:set', args=[pk])}#dong-{row.pk}")
    context = {
        "title": f"Tiêu chí {row.code}",
        "standing": found.name,
        "set": found,
        "criterion": row,
        "form": form,
        "version": found.version,
    }
    return render(request, "clusters/criteria/criterion.html", context, status=status)


def _unbound(form: CriterionForm, row: Criterion) -> CriterionForm:
    """The fields of the kind that was chosen, with what was typed so far and nothing checked."""
    fresh = CriterionForm({**form.data.dict(), "kind": form.shown_kind}, criterion=row)
    fresh.is_bound = False
    fresh.initial = {**fresh.initial, **form.data.dict()}
    return fresh


def _change(request: HttpRequest, form: CriterionForm, found: CriteriaSet, row: Criterion) -> int:
    """The status to answer with: 302 once it is saved."""
    assert form.values is not None
    try:
        editing.change_criterion(found, row, values=form.values, version=version_in(request.POST), actor=request.user)
    except UnfitField as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return 422
    except EditedMeanwhile as error:
        _show_theirs(form, error, Criterion.objects.get(pk=row.pk))
        return 409
    messages.success(request, f"Đã lưu tiêu chí {row.code}.")
    return 302


def _show_theirs(form: CriterionForm, error: EditedMeanwhile, theirs: Criterion) -> None:
    form.add_error(None, f"{error} Chỗ khác nhau có ghi ở từng ô; lưu lần nữa là lấy nội dung của bạn.")
    there = CriterionForm(criterion=theirs)
    for name in list(form.fields):
        mine = form[name].value()
        other = there[name].value() if name in there.fields else ""
        if str(mine or "").split() != str(other or "").split():
            form.add_error(name, f"Người khác vừa lưu: «{other or 'để trống'}».")


@get_or_post
def remove(request: HttpRequest, pk: int, criterion_pk: int) -> HttpResponse:
    """Asks first, or says why not."""
    found = set_to_write(request, pk)
    row = criterion_of(found, criterion_pk)
    why_not = ""
    if request.method == "POST":
        try:
            count = editing.remove_criterion(found, row, version=version_in(request.POST), actor=request.user)
        except editing.HasFigures as error:
            why_not = str(error)
        else:
            messages.success(request, f"Đã bỏ {count} dòng.")
            return redirect("clusters:set_rows", pk)
    rows_inside = presenters.shown(found, list(found.criteria.all())).rows
    context = {
        "title": "Bỏ tiêu chí",
        "standing": f"{row.code} {row.title}",
        "set": found,
        "criterion": row,
        "inside": _inside(rows_inside, row.pk),
        "why_not": why_not,
    }
    return render(request, "clusters/criteria/remove.html", context, status=422 if why_not else 200)


def _inside(rows: Sequence[TreeRow], pk: int) -> list[TreeRow]:
    """What goes with a group: the rows below it that stand deeper."""
    at = next(place for place, row in enumerate(rows) if row.row.pk == pk)
    found = []
    for row in rows[at + 1 :]:
        if row.depth <= rows[at].depth:
            break
        found.append(row)
    return found
