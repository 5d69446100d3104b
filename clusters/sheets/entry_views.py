"""One row of one sheet: what every stage said of it, what the present one says, and what proves it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.results.evidence import Proof
from clusters import rules
from clusters.models import Criterion, Entry, ScoreSheet
from clusters.sheets import selectors
from clusters.sheets.acting import stages_seen, works_now
from clusters.sheets.board import in_words, target_in_words, who_in_words
from clusters.sheets.doors import leaf_of_sheet, sheet_seen
from clusters.sheets.evidence import add_proof, evidence_of, link_proofs, offers_for, unlink_proof
from clusters.sheets.forms import EntryForm, ProofForm, initial_of
from clusters.sheets.services import EntryMeanwhile, save_entry
from clusters.sheets.typed import Leaf, Values, read_typed, said_in_words, standing_of, values_of
from clusters.standing import ORDER, read_season
from clusters.states import Stage
from clusters.wording import in_season
from core.errors import AppError, UnfitField

SEARCH = "tim"


class _Row:
    """The row with what stands there, for whichever of the forms was sent."""

    def __init__(self, request: HttpRequest, pk: int, criterion_pk: int) -> None:
        self.request = request
        self.sheet: ScoreSheet = sheet_seen(request, pk)
        self.criterion: Criterion = leaf_of_sheet(self.sheet, criterion_pk)
        self.season = self.sheet.member.season
        self.leaf: Leaf = selectors.leaves_of(self.season, [self.criterion])[self.criterion.pk]
        entries = selectors.entries_at([self.sheet], [self.criterion]).get((self.sheet.pk, self.criterion.pk), {})
        self.entries: list[Entry] = sorted(entries.values(), key=lambda entry: ORDER[entry.stage])
        self.own: Entry | None = entries.get(self.sheet.stage)
        self.proofs = evidence_of(self.entries)
        self.works = works_now(request.user, self.sheet)

    @property
    def may_write(self) -> bool:
        return self.works and ORDER[self.sheet.stage] >= ORDER[self.criterion.scored_by]

    def to_write(self) -> _Row:
        if not rules.works_on_sheet(self.request.user, self.sheet):
            raise PermissionDenied
        return self

    def form(self, data: Any = None) -> EntryForm:
        values = values_of(self.own) if self.own else standing_of(self.entries)
        if not self.own:
            values = replace(values, reason="", late_days=None, returned=None, is_proved=None)
        return EntryForm(
            data,
            leaf=self.leaf,
            stage=self.sheet.stage,
            needs_evidence=self.criterion.needs_evidence,
            initial=initial_of(self.leaf, self.own, values),
        )

    def render(self, form: EntryForm | None, proof: ProofForm | None = None, status: int = 200) -> HttpResponse:
        standing = read_season(self.season)
        words = self.request.GET.get(SEARCH, "")[:100]
        context = {
            "sheet": self.sheet,
            "season": self.season,
            "row": self.criterion,
            "title": str(self.criterion),
            "standing": f"{self.sheet.member}, {in_season(self.sheet.get_stage_display(), self.season).lower()}.",
            "maximum": in_words(Fraction(self.criterion.maximum), standing.scheme.decimals),
            "target": target_in_words(
                standing.assignments.get((self.sheet.member_id, self.criterion.pk)), self.criterion
            ),
            "spoken": self._spoken(standing),
            "stage_label": Stage(self.sheet.stage).label if self.may_write else "",
            "form": form if self.may_write else None,
            "proof": proof or ProofForm(),
            "proofs": self.proofs.get(self.own.pk, []) if self.own else [],
            "may_write": self.may_write,
            "offers": offers_for(self.request.user, self.sheet, self.sheet.stage, words) if self.may_write else [],
            "words": words,
        }
        return render(self.request, "clusters/sheets/entry.html", context, status=status)

    def _spoken(self, standing: Any) -> list[dict[str, Any]]:
        seen = stages_seen(self.sheet)
        found = []
        for entry in self.entries:
            if entry.stage not in seen:
                continue
            points = standing.scores(entry.stage)[self.sheet.member_id].points[self.criterion.code]
            found.append(
                {
                    "stage": Stage(entry.stage).label,
                    "said": said_in_words(self.leaf, values_of(entry)) or "giữ như bước trước",
                    "points": in_words(points, standing.scheme.decimals),
                    "entry": entry,
                    "who": who_in_words(entry),
                    "evidence": self.proofs.get(entry.pk, []),
                }
            )
        return found


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, pk: int, criterion_pk: int) -> HttpResponse:
    row = _Row(request, pk, criterion_pk)
    if request.method != "POST":
        return row.render(row.form())
    form = row.to_write().form(request.POST)
    if form.is_valid() and _is_saved(row, form):
        messages.success(request, "Đã lưu.")
        return redirect("clusters:entry", pk=pk, criterion_pk=criterion_pk)
    return row.render(form, status=422)


def _is_saved(row: _Row, form: EntryForm) -> bool:
    before = values_of(row.own) if row.own else Values()
    try:
        read = read_typed(row.leaf, form.cleaned_data["value"], before)
        save_entry(
            row.sheet,
            row.criterion,
            stage=row.sheet.stage,
            values=replace(read, **form.values_on(read)),
            version=form.cleaned_data["version"],
            actor=row.request.user,
        )
    except UnfitField as error:
        form.add_error(error.field if error.field in form.fields else "value", str(error))
        return False
    except EntryMeanwhile as error:
        theirs = error.clash.theirs
        form.data = form.data.copy()
        form.data["version"] = theirs.version if theirs else 0
        form.add_error("value", str(error))
        return False
    except AppError as error:
        form.add_error(None, str(error))
        return False
    return True


# -- Evidence ----------------------------------------------------------------------------


@require_POST
def prove(request: HttpRequest, pk: int, criterion_pk: int) -> HttpResponse:
    """A new file or a paper by number."""
    row = _Row(request, pk, criterion_pk).to_write()
    form = ProofForm(request.POST, request.FILES)
    if form.is_valid():
        data = form.cleaned_data
        proof = Proof(data["number"], data["date"], data["issuer"], data["file"])
        try:
            add_proof(row.sheet, row.criterion, stage=row.sheet.stage, proof=proof, actor=request.user)
        except AppError as error:
            name = getattr(error, "field", "number" if data["number"] or data["date"] or data["issuer"] else "file")
            form.add_error(name if name in form.fields else None, str(error))
        else:
            messages.success(request, "Đã thêm tài liệu kiểm chứng.")
            return redirect("clusters:entry", pk=pk, criterion_pk=criterion_pk)
    return row.render(row.form(), form, status=422)


@require_POST
def link(request: HttpRequest, pk: int, criterion_pk: int) -> HttpResponse:
    """What is on record already."""
    row = _Row(request, pk, criterion_pk).to_write()
    try:
        count = link_proofs(
            row.sheet, row.criterion, stage=row.sheet.stage, keys=request.POST.getlist("chon"), actor=request.user
        )
    except AppError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, f"Đã thêm {count} tài liệu." if count else "Các tài liệu này đã có ở đây.")
    return redirect("clusters:entry", pk=pk, criterion_pk=criterion_pk)


@require_POST
def unprove(request: HttpRequest, pk: int, criterion_pk: int, evidence_pk: int) -> HttpResponse:
    row = _Row(request, pk, criterion_pk).to_write()
    try:
        unlink_proof(row.sheet, row.criterion, stage=row.sheet.stage, pk=evidence_pk, actor=request.user)
    except AppError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, "Đã bỏ tài liệu khỏi dòng này.")
    return redirect("clusters:entry", pk=pk, criterion_pk=criterion_pk)
