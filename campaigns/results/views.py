"""The page on which results are entered: as a form, or row by row as one leaves it (``static/js/results.js``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods

from campaigns import charts
from campaigns.figures import show_figure
from campaigns.models import Campaign, Target
from campaigns.periods import Period
from campaigns.results import chart_data, selectors
from campaigns.results.doors import WRITE, campaign_inside, refuse_reader
from campaigns.results.entering import UnfitLines, View, enter, lines_of, places_of, with_errors
from campaigns.results.grid import Line, Place, doubted, typed_line
from campaigns.results.pasting import read_column
from campaigns.results.presenters import parts_in_words
from campaigns.results.services import FigureMeanwhile, NotRunning, is_open
from units.models import Part, Unit

PERIOD, TARGET, BEARER = "ky", "chi-tieu", "noi"
ROW = "X-Row"
"""The script's header: only this row was sent, and it alone is answered."""
PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def results(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = campaign_inside(request, pk)
    targets = list(selectors.targets_of(campaign))
    for target in targets:
        target.campaign = campaign
    bearers = selectors.bearers_of(campaign)
    period, view = period_asked(request, campaign), _view(request, targets, bearers)
    places = places_of(campaign, view, targets, bearers)
    page = Paginator(places, PAGE).get_page(request.GET.get("trang"))
    shown = _Page(request, campaign, targets, bearers, period, view, page)
    lines = shown.lines(page.object_list, page.start_index() or 1)
    if request.method != "POST":
        return shown.render(lines)
    refuse_reader(request, campaign)
    lines = [typed_line(line, request.POST, request.FILES) for line in lines]
    if request.POST.get("viec") == "dan":
        return _pasted(shown, lines)
    row = request.headers.get(ROW)
    if row is not None:
        return _save_row(shown, [line for line in lines if line.key == row])
    return _save(shown, lines)


class _Page:
    """What every answer of this address needs."""

    def __init__(
        self,
        request: HttpRequest,
        campaign: Campaign,
        targets: list[Target],
        bearers: list[Part | Unit],
        period: Period,
        view: View,
        page: Page,
    ) -> None:
        self.request, self.campaign, self.targets, self.bearers = request, campaign, targets, bearers
        self.period, self.view, self.page = period, view, page
        self.standings = selectors.standing(campaign, period=period.code) if view == View() else []

    def lines(self, places: Sequence[Place], first: int) -> list[Line]:
        """As they stand now; of the whole with what the parts have come to."""
        hints = {one.target.pk: parts_in_words(one.figure, one.target.measure) for one in self.standings}
        sums = {one.target.pk: one.figure for one in self.standings if one.figure.is_sum}
        sums = {target: figure for target, figure in sums.items() if figure.period == self.period}
        lines = lines_of(self.campaign, self.view, self.period, places, first=first, hints=hints)
        return [replace(line, summed=sums.get(line.place.target.pk)) for line in lines]

    def render(self, lines: list[Line], *, status: int = 200, **more: Any) -> HttpResponse:
        may_write = self.request.user.has_perm(WRITE, self.campaign)
        context = {
            "campaign": self.campaign,
            "title": "Kết quả",
            "standing": self._standing(lines),
            "lines": lines,
            "page": self.page,
            "period": self.period,
            "periods": selectors.periods_to_report(self.campaign),
            "targets": self.targets,
            "bearers": [(row, bearer_key(row)) for row in self.bearers],
            "target": self.view.target,
            "bearer": self.view.bearer,
            "bearer_key": bearer_key(self.view.bearer) if self.view.bearer else "",
            "may_write": may_write and is_open(self.campaign),
            "is_closed": "" if is_open(self.campaign) else str(NotRunning()),
            "wrong": [line for line in lines if line.errors],
            "odd": [line for line in lines if line.doubt],
            "clashes": [line for line in lines if line.clash],
            **self._chart(),
            **more,
        }
        return render(self.request, "campaigns/results.html", context, status=status)

    def read_again(self) -> _Page:
        """With the sums as they are after something was written."""
        return _Page(self.request, self.campaign, self.targets, self.bearers, self.period, self.view, self.page)

    def saved_row(self, key: str) -> HttpResponse:
        lines = self.lines(self.page.object_list, self.page.start_index() or 1)
        [line] = [line for line in lines if line.key == key]
        told = {"standing": self._standing(lines), "target": self.view.target, **self._chart()}
        return self.row(replace(line, is_saved=True), 200, **told)

    def row(self, line: Line, status: int, **more: Any) -> HttpResponse:
        context = {"line": line, "campaign": self.campaign, "may_write": True, "now": timezone.localtime(), **more}
        return render(self.request, "campaigns/_result_answer.html", context, status=status)

    def _standing(self, lines: list[Line]) -> str:
        if not self.targets:
            return "Phong trào chưa có chỉ tiêu nào để ghi kết quả."
        there = sum(line.has_figure for line in lines)
        where = f", {self.view.bearer}" if self.view.bearer else ""
        words = f"{self.period.words[:1].upper()}{self.period.words[1:]}{where}: {there}/{len(lines)} dòng đã có số."
        is_of_wave = any(selectors.span_of(target).counts_from_first for target in self.targets)
        begin = "từ đầu năm (chỉ tiêu của đợt: từ đầu đợt)" if is_of_wave else "từ đầu năm"
        return f"{words} Số ghi là lũy kế {begin} đến hết kỳ."

    def _chart(self) -> dict[str, Any]:
        """Of one target its periods; of the whole every target that has a figure."""
        if self.view.target is not None:
            found = chart_data.periods_of(self.campaign, self.view.target, self.bearers)
            points = [(point, show_figure(point.value)) for point in found.points]
            return {"chart": _safe(charts.line(found)) if points else "", "points": points}
        if self.view.bearer is not None:
            return {}
        there = [one for one in self.standings if one.figure.value is not None]
        title = f"Kết quả {self.period.words} so với chỉ tiêu"
        return {"bars": _safe(charts.bars(chart_data.bars_of(there, title))) if there else ""}


def _safe(drawing: str) -> SafeString:
    return mark_safe(drawing)  # noqa: S308 -- the charts escape every word


def bearer_key(bearer: Part | Unit) -> str:
    kind, pk = selectors.bearer_of(bearer)
    return f"{kind}{pk}"


def period_asked(request: HttpRequest, campaign: Campaign, otherwise: Period | None = None) -> Period:
    """The one of the address; else ``otherwise``, the last one that is over, of one day the longest, the first."""
    code = request.GET.get(PERIOD, "")
    if code:
        if found := selectors.chosen_period(campaign, code):
            return found
        raise Http404
    if otherwise is not None:
        return otherwise
    offered = selectors.periods_to_report(campaign)
    over = [period for period in offered if period.last <= timezone.localdate()]
    return over[-1] if over else offered[0]


def _view(request: HttpRequest, targets: list[Target], bearers: list[Part | Unit]) -> View:
    if pk := request.GET.get(TARGET, ""):
        target = next((row for row in targets if str(row.pk) == pk), None)
        if target is None:
            raise Http404
        return View(target=target)
    if key := request.GET.get(BEARER, ""):
        bearer = next((row for row in bearers if bearer_key(row) == key), None)
        if bearer is None:
            raise Http404
        return View(bearer=bearer)
    return View()


def _save_row(shown: _Page, lines: list[Line]) -> HttpResponse:
    """One row, whole: answered as the page shows it now, with what all rows together say."""
    if not lines:
        raise Http404
    status, [line] = _written(shown, lines)
    if status == 200:
        return shown.read_again().saved_row(line.key)
    return shown.row(line, status)


def _save(shown: _Page, lines: list[Line]) -> HttpResponse:
    status, after = _written(shown, lines)
    if status != 200:
        return shown.render(after, status=status)
    count = sum(line.is_changed for line in lines)
    messages.success(shown.request, f"Đã lưu {count} dòng kết quả." if count else "Không có số nào thay đổi.")
    return redirect(shown.request.get_full_path())


def _written(shown: _Page, lines: list[Line]) -> tuple[int, list[Line]]:
    """200 when all of it is in; 422 and 409 with what is wrong at each row."""
    lines = [doubted(line) for line in lines]
    if any(line.errors or line.doubt for line in lines):
        return 422, lines
    try:
        enter(shown.campaign, lines, actor=shown.request.user)
    except FigureMeanwhile as error:
        return 409, _clashing(lines, error)
    except UnfitLines as error:
        return 422, with_errors(lines, error.errors)
    except NotRunning as error:
        return 422, with_errors(lines, {line.key: ("v", str(error)) for line in lines if line.is_changed})
    return 200, lines


def _clashing(lines: list[Line], error: FigureMeanwhile) -> list[Line]:
    """Both figures; theirs is now what the person saw, so that a second saving is a decision."""
    clashes = {clash.entry.cell: clash for clash in error.clashes}
    found = []
    for line in lines:
        bearer = line.place.bearer
        part, lower = (bearer.pk if isinstance(bearer, kind) else None for kind in (Part, Unit))
        clash = clashes.get((line.place.target.pk, line.period.code, part, lower))
        found.append(replace(line, clash=str(clash), was=clash.theirs.pk) if clash else line)
    return found


def _pasted(shown: _Page, lines: list[Line]) -> HttpResponse:
    """Fills the fields; saving is a second step."""
    request = shown.request
    found = read_column(request.POST.get("dan", "")[:50_000], [line.name for line in lines])
    data = request.POST.copy()
    for place, figure in found.figures.items():
        data[f"v-{lines[place].key}"] = figure
    after = [doubted(typed_line(line, data, request.FILES)) for line in lines]
    return shown.render(after, pasted=len(found.figures), unfit=found.unfit)
