"""The page of targets: criteria down, members across, typed as in a sheet."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from campaigns.figures import UnfitFigure
from clusters.criteria.targets import selectors
from clusters.criteria.targets.services import Saved, UnfitTarget, give_targets
from clusters.criteria.targets.values import Given, Key, read_given
from clusters.models import Criterion, Member, Season
from clusters.rules import belongs_to

_CELLS = 800
"""On one page; a form of more than a thousand fields is refused."""
_ALL = "tat-ca"


@dataclass(frozen=True, slots=True)
class Cell:
    member: Member
    name: str
    text: str
    is_open: bool
    error: str = ""
    clash: str = ""
    """What somebody else wrote there meanwhile."""


@dataclass(frozen=True, slots=True)
class Row:
    criterion: Criterion
    cells: list[Cell]

    @property
    def troubles(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.error or cell.clash]


class _Sheet:
    """What every answer needs: the rows of one page and what stands in their cells."""

    def __init__(self, request: HttpRequest, pk: int) -> None:
        self.request = request
        self.season: Season = get_object_or_404(selectors.seasons_with_criteria(request.user), pk=pk)
        self.members: list[Member] = list(self.season.members.all())
        self.open = {one.pk for one in self.members if selectors.may_give(request.user, self.season, one)}
        self.shows_all = request.GET.get("xem") == _ALL
        self.criteria = selectors.criteria_of(self.season, every=self.shows_all)
        self.page: Page = Paginator(self.criteria, max(_CELLS // max(len(self.members), 1), 5)).get_page(
            request.GET.get("trang")
        )
        self.given = selectors.given(self.season)

    @property
    def here(self) -> str:
        return self.request.get_full_path()

    def seen(self) -> str:
        """What the page shows, for the next saving to compare with."""
        rows = {_name(one, row): str(self.given.get((one.pk, row.pk), "")) for row, one in self._spots()}
        return json.dumps({name: text for name, text in rows.items() if text}, ensure_ascii=False)

    def _spots(self) -> list[tuple[Criterion, Member]]:
        return [(row, one) for row in self.page.object_list for one in self.members if one.pk in self.open]

    def rows(self, data: QueryDict | None, errors: Mapping[Key, str], saved: Saved | None) -> list[Row]:
        clashes = saved.clashes if saved else {}
        return [
            Row(row, [self._cell(row, one, data, errors, clashes) for one in self.members])
            for row in self.page.object_list
        ]

    def _cell(
        self,
        row: Criterion,
        member: Member,
        data: QueryDict | None,
        errors: Mapping[Key, str],
        clashes: Mapping[Key, Given],
    ) -> Cell:
        key, name = (member.pk, row.pk), _name(member, row)
        text = str(self.given.get(key, ""))
        if data is not None and name in data:
            text = data[name].strip()
        clash = f"Người khác vừa ghi: {clashes[key] or 'để trống'}" if key in clashes else ""
        return Cell(member, name, text, member.pk in self.open, errors.get(key, ""), clash)

    def read(self, data: QueryDict) -> tuple[dict[Key, Given], dict[Key, Given], dict[Key, str]]:
        """What was typed, what was seen, and what is no figure."""
        try:
            said = json.loads(data.get("seen", "{}"))
        except ValueError:
            said = {}
        cells: dict[Key, Given] = {}
        seen: dict[Key, Given] = {}
        errors: dict[Key, str] = {}
        for row, member in self._spots():
            key, name = (member.pk, row.pk), _name(member, row)
            before = str(said.get(name, "")) if isinstance(said, dict) else ""
            typed = data.get(name, before).strip()
            if typed == before:
                continue
            try:
                seen[key] = read_given(before, row.measure)
                cells[key] = read_given(typed, row.measure)
            except UnfitFigure as error:
                errors[key] = f"{str(error)[:1].upper()}{str(error)[1:]}"
        return cells, seen, errors


def _name(member: Member, row: Criterion) -> str:
    return f"g-{row.pk}-{member.pk}"


@require_http_methods(["GET", "HEAD", "POST"])
def assignments(request: HttpRequest, pk: int) -> HttpResponse:
    sheet = _Sheet(request, pk)
    if request.method == "POST":
        return _save(sheet)
    return _show(sheet, None, {}, None)


def _save(sheet: _Sheet) -> HttpResponse:
    """Cells that are free of trouble are kept; the others stay as they were typed, with the reason."""
    if not sheet.open:
        raise PermissionDenied
    data = sheet.request.POST
    cells, seen, errors = sheet.read(data)
    if errors:
        return _show(sheet, data, errors, None, status=422)
    try:
        saved = give_targets(sheet.season, cells, seen=seen, actor=sheet.request.user)
    except UnfitTarget as error:
        return _show(sheet, data, {error.key: str(error)}, None, status=422)
    if saved.clashes:
        sheet.given = selectors.given(sheet.season)
        return _show(sheet, data, {}, saved, status=409)
    messages.success(sheet.request, f"Đã lưu {saved.changed} ô." if saved.changed else "Không có gì thay đổi.")
    return redirect(sheet.here)


def _show(
    sheet: _Sheet,
    data: QueryDict | None,
    errors: Mapping[Key, str],
    saved: Saved | None,
    *,
    status: int = 200,
) -> HttpResponse:
    rows = sheet.rows(data, errors, saved)
    context: dict[str, Any] = {
        "title": "Chỉ tiêu giao",
        "standing": _standing(sheet),
        "season": sheet.season,
        "members": sheet.members,
        "rows": rows,
        "seen": sheet.seen(),
        "page": sheet.page,
        "shows_all": sheet.shows_all,
        "may_write": bool(sheet.open),
        "may_import": len(sheet.open) > 1,
        "is_own": _is_own(sheet),
        "troubled": [row for row in rows if row.troubles],
        "saved": saved,
    }
    return render(sheet.request, "clusters/criteria/assignments.html", context, status=status)


def _is_own(sheet: _Sheet) -> bool:
    """A member that writes its own registration."""
    return any(one.pk in sheet.open and belongs_to(sheet.request.user, one) for one in sheet.members)


def _standing(sheet: _Sheet) -> str:
    own: Sequence[Criterion] = [row for row in sheet.criteria if row.kind in selectors.OF_TARGETS]
    wanted = len(own) * len(sheet.members)
    keys = {(one.pk, row.pk) for row in own for one in sheet.members}
    done = sum(key in keys for key in sheet.given)
    if not wanted:
        return "Bộ tiêu chí của năm này không có tiêu chí nào tính theo kế hoạch giao."
    return f"{sheet.season}: đã ghi {done} trong {wanted} ô của {len(own)} tiêu chí tính theo kế hoạch."
