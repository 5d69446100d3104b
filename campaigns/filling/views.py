"""Pages on which a table of a superior's is received, mapped and given back filled."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.filling import files, services
from campaigns.filling.figures import Filling, filling_of
from campaigns.filling.mapping import Choices, Use, Uses, chosen, fitting, load
from campaigns.filling.presenters import Grid, grid_of, offered
from campaigns.filling.proposing import WORDS
from campaigns.filling.selectors import table_maps
from campaigns.filling.tables import Spot, Table
from campaigns.models import Campaign, TableMap, Target
from campaigns.periods import Period
from campaigns.results.doors import WRITE, campaign_inside, campaign_to_write, refuse_reader
from campaigns.results.selectors import periods_to_report, standing
from campaigns.results.views import PERIOD, period_asked
from core.errors import AppError
from core.paging import list_page
from core.states import EditedMeanwhile

TABLE, CELL = "bang", "o"
"""In the address: which table of the file, and the cell whose choice is open."""
_MOST_TOLD = 10


class UploadForm(forms.Form):
    file = forms.FileField(
        label="Tệp Excel hoặc Word",
        help_text="Tệp .xlsx hoặc .docx như cấp trên gửi, nhiều nhất 10 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.docx"}),
        error_messages={"required": "Hãy chọn tệp.", "empty": "Tệp này trống.", "invalid": "Hãy chọn tệp."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def tables(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = campaign_inside(request, pk)
    if request.method != "POST":
        return _list(request, campaign, UploadForm())
    refuse_reader(request, campaign)
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            received = services.receive(campaign, upload, name=upload.name or "bảng", actor=request.user)
        except AppError as error:
            form.add_error("file", str(error))
        else:
            _tell(request, received)
            return redirect("campaigns:filling", campaign.pk, received.table_map.pk)
    return _list(request, campaign, form, status=422)


def _list(request: HttpRequest, campaign: Campaign, form: UploadForm, *, status: int = 200) -> HttpResponse:
    sorts = {"tep": ("file__name",), "luc": ("at",)}
    page = list_page(request, table_maps(campaign), sorts=sorts, default="-luc")
    context = {
        "campaign": campaign,
        "title": "Bảng của cấp trên",
        "standing": "Đưa lên bảng Excel, Word cấp trên gửi; số liệu được điền vào đúng ô, bảng giữ nguyên.",
        "form": form,
        "page": page,
        "may_write": request.user.has_perm(WRITE, campaign),
    }
    return render(request, "campaigns/fillings.html", context, status=status)


def _tell(request: HttpRequest, received: services.Received) -> None:
    if received.is_known:
        messages.success(request, f"Bảng này đã điền trước đây: {received.kept} ô được điền như lần trước.")
    elif received.kept:
        messages.success(request, f"Bảng đã khác lần trước; {received.kept} ô vẫn điền được như cũ.")
    if not (received.proposed or received.kept):
        messages.info(request, "Chưa đoán được ô nào. Hãy chọn chỉ tiêu cho từng dòng và số liệu cho từng cột.")
    for words in received.lost[:_MOST_TOLD]:
        messages.warning(request, f"Không điền như cũ được: {words}.")
    if len(received.lost) > _MOST_TOLD:
        messages.warning(request, f"Còn {len(received.lost) - _MOST_TOLD} ô nữa không điền như cũ được.")


class _Page:
    """What every answer on one table needs."""

    def __init__(self, request: HttpRequest, campaign: Campaign, map_pk: int) -> None:
        self.request, self.campaign = request, campaign
        self.table_map = get_object_or_404(_maps(campaign), pk=map_pk)
        self.table_map.campaign = campaign
        self.period: Period = period_asked(request, campaign)
        self.tables: list[Table] = files.tables_of(self.table_map.file)
        self.standings = standing(campaign, period=self.period.code)
        self.targets: list[Target] = [one.target for one in self.standings]
        self.uses: Uses = fitting(load(self.table_map.cells), self.tables, [row.pk for row in self.targets])
        self.place = _whole(request.GET.get(TABLE), len(self.tables))

    @property
    def filling(self) -> Filling:
        is_word = files.is_word(self.table_map.file)
        return filling_of(self.uses, self.tables, self.standings, self.period, in_words=is_word)

    def grid(self, filling: Filling, *, may_write: bool) -> Grid:
        opened = _spot(self.request.GET.get(CELL, ""), self.place) if may_write else None
        return grid_of(self.tables, self.place, self.uses, self.targets, filling, opened)

    @property
    def address(self) -> str:
        query = QueryDict(mutable=True)
        query.update({PERIOD: self.period.code, TABLE: str(self.place)})
        return f"{reverse('campaigns:filling', args=[self.campaign.pk, self.table_map.pk])}?{query.urlencode()}"


def _maps(campaign: Campaign) -> models.QuerySet[TableMap]:
    return table_maps(campaign)


@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest, pk: int, map_pk: int) -> HttpResponse:
    campaign = campaign_inside(request, pk)
    if request.method == "POST":
        refuse_reader(request, campaign)
    shown = _Page(request, campaign, map_pk)
    return _save(shown) if request.method == "POST" else _show(shown)


def _show(shown: _Page, *, status: int = 200, conflict: str = "") -> HttpResponse:
    request, campaign = shown.request, shown.campaign
    may_write = request.user.has_perm(WRITE, campaign)
    filling = shown.filling
    proposed = sum(use.is_proposed for use in shown.uses.values())
    context = {
        "campaign": campaign,
        "table_map": shown.table_map,
        "title": shown.table_map.file.name,
        "standing": _standing(shown, filling),
        "period": shown.period,
        "periods": periods_to_report(campaign),
        "names": [(at, one.name) for at, one in enumerate(shown.tables)],
        "table": shown.tables[shown.place],
        "place": shown.place,
        "grid": shown.grid(filling, may_write=may_write),
        "targets": offered(shown.targets),
        "whats": WORDS.items(),
        "filling": filling,
        "proposed": proposed,
        "may_write": may_write,
        "seen": shown.table_map.at.isoformat(),
        "address": shown.address,
        "conflict": conflict,
    }
    return render(request, "campaigns/filling.html", context, status=status)


def _standing(shown: _Page, filling: Filling) -> str:
    words = f"{shown.period.words[:1].upper()}{shown.period.words[1:]}"
    if not shown.uses:
        return "Chưa chọn ô nào để điền. Chọn chỉ tiêu cho từng dòng, chọn số liệu cho từng cột."
    missing = f", {len(filling.missing)} ô chưa có số liệu" if filling.missing else ""
    return f"{words}: điền {filling.filled} ô{missing}."


def _save(shown: _Page) -> HttpResponse:
    post = shown.request.POST
    uses = chosen(shown.uses, shown.tables, shown.place, _choices(post, shown))
    if post.get("viec") == "xem-het":  # all tables were looked at: nothing is only proposed any more
        uses = {spot: Use(use.target, use.what) for spot, use in uses.items()}
    try:
        count = services.map_cells(shown.table_map, uses, seen=_moment(post.get("seen", "")), actor=shown.request.user)
    except EditedMeanwhile:
        return _show(
            shown,
            status=409,
            conflict="Vừa có người khác sửa cách điền bảng này. Bảng dưới đây là bản mới nhất; hãy chọn lại rồi lưu.",
        )
    messages.success(shown.request, f"Đã lưu cách điền, đổi {count} ô." if count else "Đã lưu cách điền.")
    return redirect(shown.address)


def _choices(post: QueryDict, shown: _Page) -> Choices:
    """Only what the page has fields for; a target that is not of this campaign is none."""
    own = {target.pk for target in shown.targets}
    table = shown.tables[shown.place]
    rows = {row: _target(post[name], own) for row in range(len(table.rows)) if (name := f"hang-{row}") in post}
    columns = {
        column: post[name] if post[name] in WORDS else ""
        for column in range(table.width)
        if (name := f"cot-{column}") in post
    }
    cells: dict[Spot, Use | None] = {}
    if spot := _spot(post.get(CELL, ""), shown.place):
        target, what = _target(post.get("o-chi-tieu", ""), own), post.get("o-so-lieu", "")
        use = Use(target, what) if target is not None and what in WORDS else None
        before = shown.uses.get(spot)
        if use != (Use(before.target, before.what) if before else None):
            cells[spot] = use
    return Choices(rows, columns, cells)


def _target(text: str, own: set[int]) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 and int(text) in own else None


def _spot(text: str, table: int) -> Spot | None:
    row, _, column = text.partition(".")
    if row.isdecimal() and column.isdecimal() and len(text) < 10:
        return Spot(table, int(row), int(column))
    return None


def _moment(text: str) -> Any:
    try:
        return parse_datetime(text)
    except ValueError:
        return None


def _whole(text: str | None, below: int) -> int:
    if not text:
        return 0
    if not text.isdecimal() or len(text) > 4 or int(text) >= below:
        raise Http404
    return int(text)


@require_safe
def download(request: HttpRequest, pk: int, map_pk: int) -> HttpResponse:
    campaign = campaign_inside(request, pk)
    shown = _Page(request, campaign, map_pk)
    stored = shown.table_map.file
    content = files.filled(stored, shown.filling.values)
    answer = HttpResponse(content, content_type=stored.media_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(files.filled_name(stored))}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def put_away(request: HttpRequest, pk: int, map_pk: int) -> HttpResponse:
    campaign = campaign_to_write(request, pk)
    table_map = get_object_or_404(_maps(campaign), pk=map_pk)
    table_map.campaign = campaign
    services.put_away(table_map, actor=request.user)
    messages.success(request, f"Đã bỏ bảng «{table_map.file.name}».")
    return redirect("campaigns:fillings", campaign.pk)
