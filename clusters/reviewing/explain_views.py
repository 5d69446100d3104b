"""Giải trình of one sheet: what was cut and why, what the unit says to it, what the organiser answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clusters import rules
from clusters.models import Criterion, Entry, Explanation, ScoreSheet
from clusters.receipts.board import read_board
from clusters.reviewing.doors import (
    explanation_to_answer,
    explanation_to_withdraw,
    sheet_explained,
    sheet_to_explain,
)
from clusters.reviewing.explaining import (
    Said,
    WindowClosed,
    cut_on,
    explain,
    grant,
    is_window_open,
    may_open,
    refuse,
    withdraw,
)
from clusters.reviewing.forms import AnswerForm, ExplainForm
from clusters.reviewing.presenters import window_words
from clusters.sheets import selectors
from clusters.sheets.acting import stages_seen
from clusters.sheets.board import in_words
from clusters.sheets.doors import leaf_of_sheet
from clusters.sheets.forms import initial_of
from clusters.sheets.presenters import SheetRow, SheetTable
from clusters.sheets.services import EntryMeanwhile
from clusters.sheets.typed import Values, read_typed, standing_of, values_of
from clusters.standing import ORDER, SeasonStanding, read_season
from clusters.states import ExplanationState, SeasonState, SheetStage, Stage
from clusters.wording import in_season
from core.errors import AppError, UnfitField

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class CutRow:
    """A row that was cut, or that was explained once."""

    row: Criterion
    maximum: str
    own: str
    now: str
    why: list[tuple[str, str]]
    """Stage and reason, of those that cut; of papers that came late what was asked for, and the arithmetic."""
    explanations: list[Explanation]

    @property
    def waiting(self) -> Explanation | None:
        return next((one for one in self.explanations if one.state == ExplanationState.OPEN), None)


def _rows(standing: SeasonStanding, sheet: ScoreSheet, user: Any, only: Criterion | None = None) -> list[CutRow]:
    table = SheetTable(standing, sheet, user)
    explained: dict[int, list[Explanation]] = {}
    given = Explanation.objects.filter(sheet=sheet).select_related("by__person", "answered_by__person")
    for one in given.prefetch_related("evidence__file", "evidence__paper__signed_file"):
        explained.setdefault(one.criterion_id, []).append(one)
    cut = cut_on(standing, sheet)
    rows = [
        _cut_row(found, standing, explained.get(found.line.row.pk, []))
        for found in table.table()
        if found.spoken
        and (found.line.row.code in cut or found.line.row.pk in explained)
        and (only is None or found.line.row.pk == only.pk)
    ]
    if any(_is_from_receipts(one) for one in rows) and standing.late.get(sheet.member_id):
        late = _late_words(standing, sheet)
        rows = [replace(one, why=late) if _is_from_receipts(one) else one for one in rows]
    return rows


def _is_from_receipts(cut: CutRow) -> bool:
    """Whether nobody said why: then it comes from the days on which papers came."""
    return cut.row.kind == Criterion.Kind.PENALTY and not cut.why


def _late_words(standing: SeasonStanding, sheet: ScoreSheet) -> list[tuple[str, str]]:
    """«Gửi báo cáo: Hạn 30/11/2026, nhận 06/12/2026: chậm 6 ngày, …», as Văn bản đến says it."""
    board = read_board(standing.season, [sheet.member], on=standing.on)
    return [(row.step.text.rstrip(" .;"), row.words) for row in board.rows if row.days]


def _cut_row(found: SheetRow, standing: SeasonStanding, explanations: list[Explanation]) -> CutRow:
    row, spoken = found.line.row, found.spoken
    why = [
        (in_season(one.stage.label, standing.season), one.reason or one.said)
        for one in spoken
        if one.is_here and one.stage != Stage.SELF and (one.reason or one.said)
    ]
    maximum = in_words(Fraction(row.maximum), standing.scheme.decimals)
    own = spoken[0].points if row.scored_by == Stage.SELF else "–"
    return CutRow(row, maximum, own, spoken[-1].points, why, explanations)


@require_safe
def explanations(request: HttpRequest, pk: int) -> HttpResponse:
    sheet = sheet_explained(request, pk)
    season, today = sheet.member.season, timezone.localdate()
    rows = _rows(read_season(season), sheet, request.user) if sheet.stage != SheetStage.SELF else []
    decides = rules.decides_on_sheet(request.user, sheet)
    context = {
        "sheet": sheet,
        "season": season,
        "title": f"Giải trình {sheet.member} năm {season.year}",
        "standing": window_words(sheet, today),
        "rows": rows,
        "may_explain": rules.explains_sheet(request.user, sheet) and is_window_open(sheet, today),
        "may_answer": decides and season.state == SeasonState.SCORING,
        "may_open": decides and season.state == SeasonState.SCORING and may_open(sheet),
        "is_open": is_window_open(sheet, today),
    }
    return render(request, "clusters/reviewing/explanations.html", context)


@get_or_post
def explain_row(request: HttpRequest, pk: int, criterion_pk: int) -> HttpResponse:
    sheet = sheet_to_explain(request, pk)
    row = leaf_of_sheet(sheet, criterion_pk)
    if not is_window_open(sheet, timezone.localdate()):
        messages.warning(request, str(WindowClosed(sheet.explain_until)))
        return redirect("clusters:explanations", pk)
    shown = _rows(read_season(sheet.member.season), sheet, request.user, row)
    if not shown:
        messages.info(request, "Dòng này không bị trừ điểm nên không cần giải trình.")
        return redirect("clusters:explanations", pk)
    waiting = shown[0].waiting
    form = ExplainForm(request.POST or None, request.FILES or None, initial={"text": waiting.text if waiting else ""})
    if form.is_valid() and _is_explained(request, sheet, row, form):
        messages.success(request, "Đã gửi giải trình. Câu trả lời sẽ hiện ở đây.")
        return redirect("clusters:explanations", pk)
    context = {
        "sheet": sheet,
        "season": sheet.member.season,
        "title": f"Giải trình dòng {row.code}",
        "standing": f"{sheet.member}. {window_words(sheet, timezone.localdate())}",
        "cut": shown[0],
        "form": form,
        "is_behalf": not rules.belongs_to(request.user, sheet.member),
    }
    return render(request, "clusters/reviewing/explain.html", context, status=422 if form.errors else 200)


def _is_explained(request: HttpRequest, sheet: ScoreSheet, row: Criterion, form: ExplainForm) -> bool:
    try:
        explain(sheet, row, said=Said(form.cleaned_data["text"], form.proof()), actor=request.user)
    except UnfitField as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return False
    except AppError as error:
        form.add_error(None, str(error))
        return False
    return True


@require_POST
def withdraw_row(request: HttpRequest, pk: int, explanation_pk: int) -> HttpResponse:
    explanation = explanation_to_withdraw(request, pk, explanation_pk)
    try:
        withdraw(explanation, actor=request.user)
    except AppError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, f"Đã rút lại giải trình dòng {explanation.criterion.code}.")
    return redirect("clusters:explanations", pk)


@get_or_post
def answer(request: HttpRequest, pk: int, explanation_pk: int) -> HttpResponse:
    explanation = explanation_to_answer(request, pk, explanation_pk)
    sheet, row = explanation.sheet, explanation.criterion
    season = sheet.member.season
    if explanation.state != ExplanationState.OPEN or season.state != SeasonState.SCORING:
        messages.info(request, "Giải trình này đã được trả lời, hoặc năm thi đua đã thôi chấm điểm.")
        return redirect("clusters:explanations", pk)
    found = _Answer(request, explanation)
    form = found.form
    if form.is_valid() and found.is_saved():
        messages.success(request, "Đã trả lời. Đơn vị xem được câu trả lời ngay.")
        return redirect("clusters:explanations", pk)
    context = {
        "sheet": sheet,
        "season": season,
        "title": f"Trả lời giải trình dòng {row.code}",
        "standing": f"{sheet.member}: {row.title}"[:200],
        "cut": _rows(read_season(season), sheet, request.user, row)[0],
        "form": form,
    }
    return render(request, "clusters/reviewing/answer.html", context, status=422 if form.errors else 200)


class _Answer:
    """The cell as the reviewer's stage would say it, and the words to the unit."""

    def __init__(self, request: HttpRequest, explanation: Explanation) -> None:
        self.request, self.explanation = request, explanation
        sheet, row = explanation.sheet, explanation.criterion
        self.leaf = selectors.leaves_of(sheet.member.season, [row])[row.pk]
        entries = selectors.entries_at([sheet], [row]).get((sheet.pk, row.pk), {})
        said = [entry for entry in entries.values() if entry.stage in stages_seen(sheet)]
        self.own: Entry | None = entries.get(Stage.REVIEW)
        stood = standing_of(sorted(said, key=lambda entry: ORDER[entry.stage]))
        initial = initial_of(self.leaf, self.own, values_of(self.own) if self.own else replace(stood, reason=""))
        initial |= {"reason": "", "decision": ""}
        self.form = AnswerForm(
            request.POST or None,
            leaf=self.leaf,
            stage=Stage.REVIEW,
            needs_evidence=row.needs_evidence,
            initial=initial,
        )

    def is_saved(self) -> bool:
        form, user = self.form, self.request.user
        try:
            if not form.is_accepted:
                refuse(self.explanation, answer=form.cleaned_data["reason"], actor=user)
            else:
                grant(
                    self.explanation,
                    values=self._values(),
                    version=form.cleaned_data["version"],
                    answer=form.cleaned_data["reason"],
                    actor=user,
                )
        except EntryMeanwhile as error:
            theirs = error.clash.theirs
            form.data = form.data.copy()
            form.data["version"] = theirs.version if theirs else 0
            form.add_error("value", str(error))
        except UnfitField as error:
            form.add_error(error.field if error.field in form.fields else "value", str(error))
        except AppError as error:
            form.add_error(None, str(error))
        else:
            return True
        return False

    def _values(self) -> Values:
        before = values_of(self.own) if self.own else Values()
        read = read_typed(self.leaf, self.form.cleaned_data["value"], before)
        return replace(read, **self.form.values_on(read))
