"""Pages of superiors' score sheets: received, shown with what each cell takes, given back filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.filling import files
from campaigns.filling.mapping import Choices, Use, Uses, chosen, columns_of, fitting, load, rows_of
from campaigns.filling.tables import Spot, Table, column_letters
from clusters.criteria.filling import services
from clusters.criteria.filling.figures import Filling, SeasonFigures
from clusters.criteria.filling.proposing import ACTUAL, MAXIMUM, MEMBER, REASON, TARGET, TOTAL
from clusters.criteria.targets.selectors import seasons_with_criteria
from clusters.models import Member, Season
from clusters.rules import works_for
from clusters.wording import in_season
from core.errors import AppError
from core.models import SheetImport
from core.paging import list_page
from core.states import EditedMeanwhile

_LONGEST_OFFERED = 60
SUM = "Tổng"
"""What stands for the row of sums where others have a code."""


class TableForm(forms.Form):
    use_required_attribute = False

    file = forms.FileField(
        label="Tệp Excel hoặc Word",
        help_text="Bảng chấm điểm theo mẫu của cấp trên, .xlsx hoặc .docx, nhiều nhất 10 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.docx"}),
        error_messages={"required": "Hãy chọn tệp.", "empty": "Tệp này trống.", "invalid": "Hãy chọn tệp."},
    )
    member = forms.ChoiceField(
        label="Bảng của đơn vị",
        required=False,
        help_text="Các cột tự chấm, trưởng cụm chấm… lấy điểm của đơn vị này. Bảng tổng hợp thì để trống.",
    )

    def __init__(self, *args: Any, members: Sequence[Member], own: int | None) -> None:
        super().__init__(*args, initial={"member": str(own) if own else ""})
        self.members = {str(one.pk): one for one in members}
        offered = [(key, one.name) for key, one in self.members.items()]
        self.fields["member"].choices = [("", "Bảng tổng hợp các đơn vị"), *offered]  # type: ignore[attr-defined]


def _season(request: HttpRequest, pk: int) -> Season:
    return get_object_or_404(seasons_with_criteria(request.user), pk=pk)


def _unit_of(user: Any, season: Season) -> int | None:
    """For which unit the user receives tables of this season: a member's own, or the organiser's."""
    units = [one.unit_id for one in season.members.all() if one.unit_id] + [season.unit_id]
    return next((pk for pk in units if works_for(user, pk)), None)


def _own_member(season: Season, unit_id: int | None) -> int | None:
    return next((one.pk for one in season.members.all() if one.unit_id and one.unit_id == unit_id), None)


@require_http_methods(["GET", "HEAD", "POST"])
def tables(request: HttpRequest, pk: int) -> HttpResponse:
    season = _season(request, pk)
    unit_id = _unit_of(request.user, season)
    said = {"members": list(season.members.all()), "own": _own_member(season, unit_id)}
    form = TableForm(**said)
    if request.method == "POST":
        if unit_id is None:
            raise PermissionDenied
        form = TableForm(request.POST, request.FILES, **said)
        if form.is_valid() and (answer := _received(request, season, unit_id, form)):
            return answer
    page = list_page(request, services.tables(request.user, season), sorts={"luc": "created_at"}, default="-luc")
    context = {
        "title": "Bảng của cấp trên",
        "standing": "Đưa lên bảng chấm điểm theo mẫu của cấp trên; điểm được điền vào đúng ô, bảng giữ nguyên.",
        "season": season,
        "form": form,
        "page": page,
        "may_write": unit_id is not None,
    }
    return render(request, "clusters/criteria/fillings.html", context, status=422 if form.errors else 200)


def _received(request: HttpRequest, season: Season, unit_id: int, form: TableForm) -> HttpResponse | None:
    upload = form.cleaned_data["file"]
    member = form.members.get(form.cleaned_data["member"])
    try:
        found = services.receive(
            season, upload, name=upload.name or "bảng", unit_id=unit_id, member=member, actor=request.user
        )
    except AppError as error:
        form.add_error("file", str(error))
        return None
    if found.kept:
        messages.success(request, f"Mẫu này đã điền trước đây: {found.kept} ô được điền như lần trước.")
    elif not found.proposed:
        messages.info(request, "Chưa đoán được ô nào. Hãy chọn tiêu chí cho từng dòng và điểm cho từng cột.")
    return redirect("clusters:filling", season.pk, found.table.pk)


# -- One table -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Box:
    text: str
    rows: int
    columns: int
    figure: str
    note: str
    is_missing: bool
    is_formula: bool


@dataclass(frozen=True, slots=True)
class Row:
    place: int
    number: int
    code: str
    """Of the criterion that its cells take."""
    takes: bool
    boxes: list[Box]


@dataclass(frozen=True, slots=True)
class Column:
    place: int
    letters: str
    what: str
    takes: bool


class _Page:
    """What every answer on one table needs."""

    def __init__(self, request: HttpRequest, pk: int, table_pk: int) -> None:
        self.request, self.season = request, _season(request, pk)
        self.table: SheetImport = get_object_or_404(services.tables(request.user, self.season), pk=table_pk)
        self.tables: list[Table] = files.tables_of(self.table.file)
        self.figures = SeasonFigures(self.season, request.user)
        known = [TOTAL, *self.figures.criteria]
        self.uses: Uses = fitting(load(self.table.report["cells"]), self.tables, known)
        self.place = _whole(request.GET.get("bang"), len(self.tables))
        self.member = self.figures.members.get(self.table.options.get("member") or 0)
        self.may_write = works_for(request.user, self.table.unit_id)

    @property
    def whats(self) -> dict[str, str]:
        stages = {str(stage.value): in_season(str(stage.label), self.season) for stage in self.season.stages}
        more = {TARGET: "Kế hoạch giao", ACTUAL: "Thực hiện", REASON: "Lý do", MAXIMUM: "Điểm chuẩn"}
        return stages | more | {f"{MEMBER}{pk}": f"Điểm của {one.name}" for pk, one in self.figures.members.items()}

    @property
    def filling(self) -> Filling:
        return self.figures.filling_of(self.uses, self.tables, self.member)

    @property
    def codes(self) -> dict[str, int]:
        """By which the person names a row: offered once for the whole table."""
        return {row.code: pk for pk, row in self.figures.criteria.items()} | {SUM: TOTAL}

    @property
    def offered(self) -> list[tuple[str, str]]:
        rows = [(row.code, row.title[:_LONGEST_OFFERED]) for row in self.figures.criteria.values()]
        return [*rows, (SUM, "tổng điểm")]

    @property
    def address(self) -> str:
        return f"{reverse('clusters:filling', args=[self.season.pk, self.table.pk])}?bang={self.place}"

    def rows(self, filling: Filling) -> list[Row]:
        shown, targets, whats = self.tables[self.place], rows_of(self.uses, self.place), self.whats
        codes = {pk: code for code, pk in self.codes.items()}
        missing = {one.spot: one.why for one in filling.missing}
        found = []
        for place, cells in enumerate(shown.rows):
            boxes = []
            for column, cell in enumerate(cells):
                if cell.is_covered:
                    continue
                spot = Spot(self.place, place, column)
                use = self.uses.get(spot)
                note = f"{whats.get(use.what, '')}{', đề nghị' if use.is_proposed else ''}" if use else ""
                why = missing.get(spot, "")
                boxes.append(
                    Box(
                        cell.text,
                        cell.rows,
                        cell.columns,
                        filling.shown(spot),
                        why or note,
                        bool(why),
                        cell.is_formula,
                    )
                )
            code = codes.get(targets[place], "") if place in targets else ""
            found.append(Row(place, place + 1, code, any(cell.takes for cell in cells), boxes))
        return found

    def columns(self) -> list[Column]:
        shown, whats = self.tables[self.place], columns_of(self.uses, self.place)
        return [
            Column(
                place,
                column_letters(place),
                whats.get(place, ""),
                any(shown.cell(row, place).takes for row in range(len(shown.rows))),
            )
            for place in range(shown.width)
        ]


@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest, pk: int, table_pk: int) -> HttpResponse:
    found = _Page(request, pk, table_pk)
    if request.method != "POST":
        return _show(found)
    if not found.may_write:
        raise PermissionDenied
    uses = chosen(found.uses, found.tables, found.place, _choices(request.POST, found))
    if request.POST.get("viec") == "xem-het":  # the person looked: nothing is only proposed any more
        uses = {spot: Use(use.target, use.what) for spot, use in uses.items()}
    member = found.figures.members.get(_number(request.POST.get("member", "")))
    try:
        services.map_cells(
            found.table, found.season, uses, member=member, seen=request.POST.get("seen", ""), actor=request.user
        )
    except EditedMeanwhile:
        words = "Vừa có người khác sửa cách điền bảng này. Bảng dưới đây là bản mới nhất; hãy chọn lại rồi lưu."
        return _show(found, status=409, conflict=words)
    messages.success(request, "Đã lưu cách điền.")
    return redirect(found.address)


def _show(found: _Page, *, status: int = 200, conflict: str = "") -> HttpResponse:
    filling = found.filling
    missing = f", {len(filling.missing)} ô chưa có số" if filling.missing else ""
    context = {
        "title": found.table.file.name,
        "standing": f"Điền {filling.filled} ô{missing}." if found.uses else "Chưa chọn ô nào để điền.",
        "season": found.season,
        "received": found.table,
        "names": [(at, one.name) for at, one in enumerate(found.tables)],
        "place": found.place,
        "table": found.tables[found.place],
        "rows": found.rows(filling),
        "columns": found.columns(),
        "offered": found.offered,
        "whats": list(found.whats.items()),
        "members": list(found.figures.members.values()),
        "member": found.member,
        "filling": filling,
        "proposed": sum(use.is_proposed for use in found.uses.values()),
        "seen": services.mark_of(found.table),
        "address": found.address,
        "may_write": found.may_write,
        "conflict": conflict,
    }
    return render(found.request, "clusters/criteria/filling.html", context, status=status)


def _choices(post: QueryDict, found: _Page) -> Choices:
    """Only what the page has fields for."""
    shown, whats, codes = found.tables[found.place], found.whats, found.codes
    rows: Mapping[int, int | None] = {
        row: codes.get(" ".join(post[name].split()))
        for row in range(len(shown.rows))
        if (name := f"hang-{row}") in post
    }
    columns = {
        column: post[name] if post[name] in whats else ""
        for column in range(shown.width)
        if (name := f"cot-{column}") in post
    }
    return Choices(rows, columns)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _whole(text: str | None, below: int) -> int:
    if not text:
        return 0
    if not text.isdecimal() or len(text) > 4 or int(text) >= below:
        raise Http404
    return int(text)


@require_safe
def download(request: HttpRequest, pk: int, table_pk: int) -> HttpResponse:
    found = _Page(request, pk, table_pk)
    stored = found.table.file
    answer = HttpResponse(files.filled(stored, found.filling.values), content_type=stored.media_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(files.filled_name(stored))}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def put_away(request: HttpRequest, pk: int, table_pk: int) -> HttpResponse:
    season = _season(request, pk)
    found = get_object_or_404(services.tables(request.user, season), pk=table_pk)
    if not works_for(request.user, found.unit_id):
        raise PermissionDenied
    name = found.file.name
    services.put_away(found, season, actor=request.user)
    messages.success(request, f"Đã bỏ bảng «{name}».")
    return redirect("clusters:fillings", season.pk)
