"""Trả lại một nội dung: asked for by whoever appraises, answered by the office or by who sent the list."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from awards.dossiers import correcting
from awards.dossiers.doors import correction_to_answer, nominee_to_work
from awards.dossiers.forms import AnswerForm, AskForm
from awards.dossiers.nominee_views import refuse
from core.errors import AppError
from core.states import EditedMeanwhile

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    nominee = nominee_to_work(request, pk)
    initial = {"field": request.GET.get("noi-dung", "")}
    form = AskForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            correcting.ask(nominee, actor=request.user, field=said["field"], reason=said["reason"])
        except AppError as error:
            refuse(form, error)
        else:
            messages.success(
                request, f"Đã trả lại một nội dung để {nominee.proposal} sửa. Các nội dung khác giữ nguyên."
            )
            return redirect("awards:nominee", pk)
    context = {
        "title": "Trả lại một nội dung",
        "standing": f"{nominee.name}, {nominee.proposal} gửi. Chỉ sửa nội dung này; các nội dung khác giữ nguyên.",
        "nominee": nominee,
        "round": nominee.round,
        "form": form,
    }
    return render(request, "awards/dossiers/ask.html", context, status=422 if form.errors else 200)


@get_or_post
def answer(request: HttpRequest, pk: int, correction_pk: int) -> HttpResponse:
    correction = correction_to_answer(request, pk, correction_pk)
    field = correcting.FIELDS[correction.field]
    if correction.answered_at is not None:
        messages.info(request, "Nội dung này đã được sửa.")
        return redirect("awards:nominee", pk)
    raw = getattr(correction.nominee, field.name, "") if field.is_column else ""
    shown = raw if field.choices else correcting.shown(field, raw)
    form = AnswerForm(request.POST or None, field=field, initial={"value": shown})
    if form.is_bound and form.is_valid():
        try:
            correcting.answer(correction, actor=request.user, value=form.cleaned_data["value"])
        except EditedMeanwhile:
            messages.warning(request, "Vừa có người sửa nội dung này trước bạn.")
            return redirect("awards:nominee", pk)
        except AppError as error:
            refuse(form, error)
        else:
            messages.success(request, f"Đã sửa: {field.label.lower()}.")
            return redirect("awards:nominee", pk)
    context = {
        "title": f"Sửa: {field.label.lower()}",
        "standing": f"{correction.nominee.name}. Cần sửa: {correction.reason}",
        "nominee": correction.nominee,
        "round": correction.nominee.round,
        "correction": correction,
        "form": form,
    }
    return render(request, "awards/dossiers/answer.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw(request: HttpRequest, pk: int, correction_pk: int) -> HttpResponse:
    nominee_to_work(request, pk)
    correction = correction_to_answer(request, pk, correction_pk)
    try:
        correcting.withdraw(correction, actor=request.user)
    except AppError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, "Đã thôi trả lại nội dung này.")
    return redirect("awards:nominee", pk)
