"""One nominee: the dossier's words, initiatives and papers, and what a person decides on it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from awards.dossiers import services
from awards.dossiers.appraising import appraise, follow_outcome, overrule, reopen
from awards.dossiers.doors import nominee_seen, nominee_to_decide, nominee_to_work, paper_to_work
from awards.dossiers.forms import DecideForm, proof_of
from awards.dossiers.nominee_page import paper_form, show_page, texts_form
from core.errors import AppError, UnfitField
from core.states import EditedMeanwhile


@require_safe
def nominee(request: HttpRequest, pk: int) -> HttpResponse:
    return show_page(request, nominee_seen(request, pk))


@require_POST
def texts(request: HttpRequest, pk: int) -> HttpResponse:
    found = nominee_to_work(request, pk)
    form = texts_form(found, request.POST)
    if form.is_valid():
        try:
            services.save_texts(
                found,
                actor=request.user,
                version=form.cleaned_data["version"],
                achievement=form.cleaned_data["achievement"],
                report=form.report(),
            )
        except EditedMeanwhile:
            form.add_error(None, "Hồ sơ vừa được người khác sửa. Chép phần vừa ghi, tải lại trang rồi ghi lại.")
            return show_page(request, found, forms={"texts": form}, status=409)
        except AppError as error:
            refuse(form, error)
        else:
            messages.success(request, "Đã lưu thành tích.")
            return redirect("awards:nominee", pk)
    return show_page(request, found, forms={"texts": form}, status=422)


@require_POST
def initiatives(request: HttpRequest, pk: int) -> HttpResponse:
    found = nominee_to_work(request, pk)
    chosen = [int(one) for one in request.POST.getlist("initiatives") if one.isascii() and one.isdecimal()]
    return _act(
        request,
        pk,
        lambda: services.choose_initiatives(found, actor=request.user, initiative_ids=chosen),
        "Đã lưu sáng kiến làm căn cứ.",
    )


@require_POST
def papers(request: HttpRequest, pk: int) -> HttpResponse:
    found = nominee_to_work(request, pk)
    form = paper_form(found, request.POST, request.FILES)
    if form.is_valid():
        try:
            services.add_paper(found, actor=request.user, kind=form.named(), proof=proof_of(form))
        except AppError as error:
            refuse(form, error)
        else:
            messages.success(request, "Đã thêm tài liệu vào hồ sơ.")
            return redirect("awards:nominee", pk)
    return show_page(request, found, forms={"paper": form}, status=422)


@require_POST
def paper_remove(request: HttpRequest, pk: int, paper_pk: int) -> HttpResponse:
    paper = paper_to_work(request, pk, paper_pk)
    return _act(request, pk, lambda: services.remove_paper(paper, actor=request.user), "Đã bỏ tài liệu khỏi hồ sơ.")


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Against the outcome, or back to it («bo»)."""
    found = nominee_to_decide(request, pk)
    if request.POST.get("bo"):
        return _act(request, pk, lambda: follow_outcome(found, actor=request.user), "Đã bỏ quyết định khác.")
    form = DecideForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            overrule(found, actor=request.user, choice=said["choice"], reason=said["reason"])
        except AppError as error:
            refuse(form, error)
        else:
            messages.success(request, f"Đã ghi: {found.get_overruled_display().lower()}.")
            return redirect("awards:nominee", pk)
    return show_page(request, found, forms={"decide": form}, status=422)


@require_POST
def appraise_one(request: HttpRequest, pk: int) -> HttpResponse:
    found = nominee_to_decide(request, pk)
    done = appraise(found.round, actor=request.user, nominee_ids=[pk])
    if done.done:
        messages.success(request, f"Đã thẩm định hồ sơ của {found.name}.")
    for _, why in done.left:
        messages.warning(request, f"Chưa ghi đã thẩm định: {why}")
    return redirect("awards:nominee", pk)


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    found = nominee_to_work(request, pk)
    return _act(request, pk, lambda: reopen(found, actor=request.user), "Hồ sơ đang được xem lại.")


def _act(request: HttpRequest, pk: int, act: Callable[[], object], told: str) -> HttpResponse:
    """Something without a form of its own: what hinders it is told above the page."""
    try:
        act()
    except AppError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, told)
    return redirect("awards:nominee", pk)


def refuse(form: Form, error: AppError) -> None:
    """At its field where the form has it, else above all fields."""
    field = error.field if isinstance(error, UnfitField) and error.field in form.fields else None
    form.add_error(field, str(error))
