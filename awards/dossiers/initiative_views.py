"""Sáng kiến: the list, one of them, and what proves it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.dossiers import doors
from awards.dossiers import initiative_services as services
from awards.dossiers.forms import InitiativeForm, proof_of
from awards.dossiers.initiative_lists import KIND, SORTS, InitiativeFilter, for_list
from awards.dossiers.known import uses_of
from awards.dossiers.nominee_views import refuse
from awards.models import Initiative, Nominee
from awards.rules import WORKING
from awards.selectors import visible_nominees
from awards.shipped import award_name
from clusters.sheets.forms import ProofForm
from core import exporting
from core.errors import AppError
from core.history import history_lines
from core.paging import list_page
from units.doors import unit_to_work_for

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
_FIELDS = ("title", "year", "scope", "is_recognised", "recognised_by", "recognised_on", "applied_at", "used_for")


@require_safe
def initiatives(request: HttpRequest) -> HttpResponse:
    found = InitiativeFilter(request.GET, queryset=for_list(request.user))
    page = list_page(request, found.qs, sorts=SORTS, default="-nam")
    uses = uses_of([row.pk for row in page.rows])
    context = {
        "title": "Sáng kiến",
        "standing": "Sáng kiến, đề tài là căn cứ xét danh hiệu; mỗi sáng kiến làm căn cứ một lần.",
        "filter": found,
        "page": page,
        "rows": [(row, _uses(row, uses.get(row.pk, []))) for row in page.rows],
        "is_filtered": found.form.has_changed(),
        "may_add": request.user.has_perm(doors.RUN, None),
    }
    return render(request, "awards/dossiers/initiatives.html", context)


def _uses(row: Initiative, uses: list[str]) -> list[str]:
    outside = [f"{award_name(row.used_for)} (ngoài chương trình)"] if row.used_for else []
    return [*outside, *uses]


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    return exporting.answer(request, KIND, list_url=reverse("awards:initiatives"))


@get_or_post
def new(request: HttpRequest) -> HttpResponse:
    """``?ho-so=``: of whoever that dossier is about, which gets it as its basis."""
    unit, units = unit_to_work_for(request, *WORKING)
    nominee = _nominee(request)
    if nominee is not None:
        unit = nominee.round.unit
    initial: dict[str, Any] = {"year": nominee.year if nominee else timezone.localdate().year}
    if nominee is not None and nominee.subject is not None:
        initial["authors"] = services.authors_text([nominee.subject])
    form = InitiativeForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            saved = services.add_initiative(unit, actor=request.user, data=form.data_of())
        except AppError as error:
            refuse(form, error)
        else:
            _tell(request, saved, "Đã thêm sáng kiến.")
            return redirect("awards:nominee", nominee.pk) if nominee else redirect("awards:initiative", saved.row.pk)
    context = {
        "title": "Thêm sáng kiến",
        "standing": f"Của {unit.title}. Ghi một lần, dùng cho mọi hồ sơ của tác giả.",
        "form": form,
        "nominee": nominee,
        "units": units if len(units) > 1 and nominee is None else [],
        "unit": unit,
    }
    return render(request, "awards/dossiers/initiative_new.html", context, status=422 if form.errors else 200)


def _nominee(request: HttpRequest) -> Nominee | None:
    asked = request.GET.get("ho-so", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
        return None
    found = visible_nominees(request.user).filter(pk=int(asked)).first()
    return found if found is not None and request.user.has_perm(doors.RUN, found) else None


@get_or_post
def initiative(request: HttpRequest, pk: int) -> HttpResponse:
    row = doors.initiative_seen(request, pk)
    if request.method == "POST":
        row = doors.initiative_to_work(request, pk)
    may_work = request.user.has_perm(doors.RUN, row)
    authors = list(row.authors.order_by("name", "pk"))
    initial = {name: getattr(row, name) for name in _FIELDS} | {"authors": services.authors_text(authors)}
    form = InitiativeForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            saved = services.change_initiative(row, actor=request.user, data=form.data_of())
        except AppError as error:
            refuse(form, error)
        else:
            _tell(request, saved, "Đã lưu sáng kiến.")
            return redirect("awards:initiative", pk)
    return _shown(request, row, form, ProofForm(), authors=authors, may_work=may_work)


def _shown(
    request: HttpRequest, row: Initiative, form: InitiativeForm, proof: ProofForm, *, authors: Any, may_work: bool
) -> HttpResponse:
    uses = _uses(row, uses_of([row.pk]).get(row.pk, []))
    recognised = "đã được công nhận" if row.is_recognised else "chưa được công nhận"
    used = "đã dùng làm căn cứ" if uses else "chưa dùng làm căn cứ lần nào"
    context = {
        "title": row.title if len(row.title) <= 120 else f"{row.title[:119]}…",
        "standing": f"Năm {row.year}, phạm vi {row.get_scope_display().lower()}, {recognised}, {used}.",
        "initiative": row,
        "authors": authors,
        "uses": uses,
        "evidence": list(row.evidence.select_related("file", "paper__signed_file").order_by("pk")),
        "form": form,
        "proof_form": proof,
        "may_work": may_work,
        "may_remove": may_work and not row.nominees.exists(),
        "history": history_lines(row, last=30),
    }
    refused = form.errors or proof.errors
    return render(request, "awards/dossiers/initiative.html", context, status=422 if refused else 200)


@require_POST
def prove(request: HttpRequest, pk: int) -> HttpResponse:
    row = doors.initiative_to_work(request, pk)
    proof = ProofForm(request.POST, request.FILES)
    if proof.is_valid():
        try:
            services.add_proof(row, actor=request.user, proof=proof_of(proof))
        except AppError as error:
            refuse(proof, error)
        else:
            messages.success(request, "Đã thêm tài liệu.")
            return redirect("awards:initiative", pk)
    authors = list(row.authors.order_by("name", "pk"))
    initial = {name: getattr(row, name) for name in _FIELDS} | {"authors": services.authors_text(authors)}
    return _shown(request, row, InitiativeForm(initial=initial), proof, authors=authors, may_work=True)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = doors.initiative_to_work(request, pk)
    try:
        services.remove_initiative(row, actor=request.user)
    except AppError as error:
        messages.warning(request, str(error))
        return redirect("awards:initiative", pk)
    messages.success(request, "Đã xóa sáng kiến ghi nhầm.")
    return redirect("awards:initiatives")


def _tell(request: HttpRequest, saved: services.Saved, told: str) -> None:
    more = f" Đã thêm {', '.join(saved.new_people)} vào danh sách đối tượng." if saved.new_people else ""
    messages.success(request, f"{told}{more}")
