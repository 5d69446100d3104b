"""The page on which a target is divided among villages, schools, bodies, or among the units below."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from campaigns.figures import UnfitFigure, read_figure, show_figure
from campaigns.models import Campaign, Share, Target
from campaigns.results import selectors
from campaigns.results.doors import WRITE, campaign_inside, refuse_reader, target_of
from campaigns.results.pasting import read_column
from campaigns.results.shares import ShareMeanwhile, ShareRow, save_shares
from campaigns.results.standing import Bearer
from campaigns.wording import sentence, share_in_words, sum_in_words
from units.models import Part, Unit

PAGE = 200
"""Rows: four fields each stay below the thousand that a form may have."""


@dataclass(frozen=True, slots=True)
class Line:
    """One bearer: what is typed, what is stored, what is wrong."""

    bearer: Part | Unit
    low: str
    high: str
    was: str
    stored: str
    errors: tuple[str, ...] = ()
    theirs: str = ""
    figures: tuple[Decimal | None, Decimal | None] = (None, None)

    @property
    def key(self) -> str:
        kind, pk = selectors.bearer_of(self.bearer)
        return f"{kind}{pk}"


@require_http_methods(["GET", "HEAD", "POST"])
def shares(request: HttpRequest, pk: int, target_pk: int) -> HttpResponse:
    campaign = campaign_inside(request, pk)
    target = target_of(campaign, target_pk)
    stored = selectors.shares_of(campaign).get(target.pk, {})
    page = Paginator(selectors.bearers_of(campaign), PAGE).get_page(request.GET.get("trang"))
    lines = [_line(target, bearer, stored) for bearer in page.object_list]
    if request.method != "POST":
        return _show(request, campaign, target, lines, stored, page)
    refuse_reader(request, campaign)
    lines = [_typed(request, target, line) for line in lines]
    if request.POST.get("viec") == "dan":
        return _pasted(request, campaign, target, lines, stored, page)
    return _save(request, campaign, target, lines, stored, page)


def _line(target: Target, bearer: Part | Unit, stored: dict[Bearer, Share]) -> Line:
    share = stored.get(selectors.bearer_of(bearer))
    low, high = (show_figure(share.low), show_figure(share.high)) if share else ("", "")
    words = share_in_words(target, share.low, share.high) if share else ""
    return Line(bearer, low, high, f"{low}|{high}", words)


def _typed(request: HttpRequest, target: Target, line: Line) -> Line:
    said = request.POST
    low, high = (said.get(f"{line.key}-{name}", old)[:60] for name, old in (("low", line.low), ("high", line.high)))
    return _read(target, replace(line, low=low, high=high, was=said.get(f"{line.key}-was", line.was)[:120]))


def _read(target: Target, line: Line) -> Line:
    errors, figures = [], []
    for text in (line.low, line.high):
        try:
            figures.append(read_figure(text, target.measure))
        except UnfitFigure as error:
            errors.append(f"{line.bearer}: {error}")
            figures.append(None)
    low, high = figures
    if not errors and high is not None and (low is None or high < low):
        errors.append(f"{line.bearer}: số cuối của khoảng không nhỏ hơn số đầu.")
    return replace(line, errors=tuple(errors), figures=(low, high))


def _pasted(
    request: HttpRequest, campaign: Campaign, target: Target, lines: list[Line], stored: Any, page: Page
) -> HttpResponse:
    """Fills the fields; saving is a second step."""
    found = read_column(request.POST.get("dan", "")[:50_000], [str(line.bearer) for line in lines])
    filled = [
        _read(target, replace(line, low=found.figures[at], high="")) if at in found.figures else line
        for at, line in enumerate(lines)
    ]
    more = {"pasted": len(found.figures), "unfit": found.unfit}
    return _show(request, campaign, target, filled, stored, page, more=more)


def _save(
    request: HttpRequest, campaign: Campaign, target: Target, lines: list[Line], stored: Any, page: Page
) -> HttpResponse:
    if any(line.errors for line in lines):
        return _show(request, campaign, target, lines, stored, page, status=422)
    changed = [line for line in lines if line.was != "|".join(map(show_figure, line.figures))]
    rows = [ShareRow(line.bearer, *line.figures, was=_figures(line.was)) for line in changed]
    try:
        count = save_shares(target, rows, actor=request.user)
    except ShareMeanwhile as error:
        clashes = {changed[place].key: figures for place, figures in error.theirs.items()}
        shown = [_clashing(target, line, clashes) for line in lines]
        return _show(request, campaign, target, shown, stored, page, status=409)
    messages.success(request, f"Đã lưu số giao của {count} nơi." if count else "Không có số nào thay đổi.")
    here = reverse("campaigns:shares", args=[campaign.pk, target.pk])
    return redirect(f"{here}?trang={page.number}" if page.number > 1 else here)


def _clashing(target: Target, line: Line, clashes: dict[str, tuple[Decimal | None, Decimal | None]]) -> Line:
    """Both figures; what is stored is now what the person saw."""
    if line.key not in clashes:
        return line
    low, high = clashes[line.key]
    theirs = share_in_words(target, low, high) or "không giao"
    return replace(line, was=f"{show_figure(low)}|{show_figure(high)}", theirs=theirs)


def _figures(was: str) -> tuple[Decimal | None, Decimal | None]:
    """Of a hidden field; what nobody could have been shown fits nothing that is stored."""
    low, _, high = was.partition("|")
    try:
        return read_figure(low), read_figure(high)
    except UnfitFigure:
        return None, None


def _show(
    request: HttpRequest,
    campaign: Campaign,
    target: Target,
    lines: list[Line],
    stored: dict[Bearer, Share],
    page: Page,
    *,
    status: int = 200,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    typed = {selectors.bearer_of(line.bearer): line.figures[0] for line in lines} if request.method == "POST" else {}
    lows = {bearer: share.low for bearer, share in stored.items()} | typed
    sum_words = sum_in_words(target, [low for low in lows.values() if low is not None], adds_up=target.adds_up)
    context = {
        "campaign": campaign,
        "target": target,
        "title": "Giao chỉ tiêu",
        "standing": f"{sentence(target)}: {sum_words}.",
        "lines": lines,
        "page": page,
        "has_high": target.comparison == "range" or any(line.high for line in lines),
        "sum_words": sum_words,
        "may_write": request.user.has_perm(WRITE, campaign),
        "errors": [(line, error) for line in lines for error in line.errors],
        "clashes": [line for line in lines if line.theirs],
        "below": selectors.has_units_below(campaign),
        **(more or {}),
    }
    return render(request, "campaigns/shares.html", context, status=status)
