"""The page of one criterion: chosen, pasted into, saved in one act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from clusters.models import Criterion
from clusters.reviewing.criterion import FILTERS, CriterionTable, YearSet, chosen_of, progress_of, year_sets
from clusters.reviewing.figures import Source, UnfitFigures, save_figures
from clusters.reviewing.forms import SourceForm
from clusters.reviewing.listing import Question
from clusters.reviewing.lists import organises_something
from clusters.sheets.typed import hint_of
from core.errors import AppError, UnfitField

SET, ROW, ONLY, WORDS = "bo", "tc", "loc", "q"
READ, SAVE = "doc", "luu"


@require_http_methods(["GET", "HEAD", "POST"])
def by_criterion(request: HttpRequest) -> HttpResponse:
    if not organises_something(request.user):
        raise PermissionDenied
    sets = year_sets(request.user)
    key = request.GET.get(SET, "")
    chosen = chosen_of(sets, key)
    if key and chosen is None:
        raise Http404
    row = _row_of(request, chosen)
    if chosen is None or row is None:
        return _choose(request, sets, chosen)
    page = _Page(request, chosen, row)
    return page.answer(sets)


def _row_of(request: HttpRequest, chosen: YearSet | None) -> Criterion | None:
    asked = request.GET.get(ROW, "")
    if not asked or chosen is None:
        return None
    leaves = chosen.set.criteria.exclude(kind=Criterion.Kind.GROUP)
    found = leaves.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 19 else None
    if found is None:
        raise Http404
    return found


def _choose(request: HttpRequest, sets: list[YearSet], chosen: YearSet | None) -> HttpResponse:
    context = {
        "title": "Thẩm định theo tiêu chí",
        "standing": "Một tiêu chí, mọi đơn vị: dán danh sách của cơ quan chuyên môn, so với tự chấm, lưu một lần.",
        "sets": sets,
        "chosen": chosen,
        "criteria": progress_of(chosen) if chosen else [],
    }
    return render(request, "clusters/reviewing/criteria.html", context)


@dataclass(slots=True)
class _Shown:
    text: str = ""
    questions: tuple[Question, ...] = ()
    status: int = 200


class _Page:
    def __init__(self, request: HttpRequest, chosen: YearSet, row: Criterion) -> None:
        self.request, self.chosen, self.row = request, chosen, row
        self.table = CriterionTable(chosen, row, request.user, request.POST if request.method == "POST" else None)
        self.shown = _Shown(request.POST.get("danh-sach", "")[:200_000])

    def answer(self, sets: list[YearSet]) -> HttpResponse:
        request = self.request
        form = SourceForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and request.POST.get("viec") == SAVE:
            if form.is_valid() and self._is_saved(form):
                return redirect(request.get_full_path())
            self.shown.status = 422
        elif request.method == "POST":
            self._read()
            said = ("reason", "number", "date", "issuer")
            form = SourceForm(initial={name: request.POST.get(name, "") for name in said})
        return self._render(form, sets)

    def _read(self) -> None:
        read = self.table.paste(self.shown.text, self.request.POST)
        self.shown.questions = tuple(read.questions)
        if not read.values and not read.questions:
            self.table.told.insert(0, "Chưa đọc được dòng nào: mỗi dòng ghi tên đơn vị rồi đến số liệu.")

    def _is_saved(self, form: SourceForm) -> bool:
        typed = self.table.to_save()
        if self.table.errors:
            return False
        source = Source(form.cleaned_data["reason"], form.proof())
        try:
            count = save_figures(self.row, self.table.leaf, typed, source=source, actor=self.request.user)
        except UnfitFigures as error:
            self.table.errors = error.errors
        except UnfitField as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        except AppError as error:
            form.add_error(None, str(error))
        else:
            messages.success(self.request, f"Đã lưu số liệu của {count} đơn vị.")
            return True
        return False

    def _render(self, form: SourceForm, sets: list[YearSet]) -> HttpResponse:
        words, only = self.request.GET.get(WORDS, "")[:100], self.request.GET.get(ONLY, "")
        rows = self.table.rows(words, only)
        open_rows = [one for one in rows if not one.closed]
        context = {
            "title": f"{self.row.code}. {self.row.title}"[:200],
            "standing": _standing(self.table.rows()),
            "sets": sets,
            "chosen": self.chosen,
            "row": self.row,
            "hint": hint_of(self.table.leaf),
            "form": form,
            "rows": rows,
            "has_open": bool(open_rows),
            "errors": [one for one in rows if one.error],
            "told": self.table.told,
            "questions": self.shown.questions,
            "text": self.shown.text,
            "words": words,
            "filters": FILTERS,
            "only": only if only in FILTERS else "",
            "many_clusters": len(self.chosen.seasons) > 1,
        }
        return render(self.request, "clusters/reviewing/by_criterion.html", context, status=self.shown.status)


def _standing(rows: list[Any]) -> str:
    done, gaps = sum(bool(one.said) for one in rows), sum(one.is_gap for one in rows)
    words = f"{done}/{len(rows)} đơn vị đã có số thẩm định"
    return f"{words}; {gaps} đơn vị lệch với tự chấm." if gaps else f"{words}."
