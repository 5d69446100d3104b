"""Facts by year, each edited in place on the nominee's page."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from awards.dossiers import fact_services as services
from awards.dossiers.doors import nominee_of_known
from awards.dossiers.forms import ConfirmForm, CountForm, MaternityForm, RatingForm
from awards.dossiers.nominee_page import show_page
from awards.dossiers.nominee_views import refuse
from awards.models import Nominee
from core.errors import AppError


@require_POST
def rating(request: HttpRequest, pk: int) -> HttpResponse:
    nominee, subject = nominee_of_known(request, pk)
    form = RatingForm(request.POST)
    return _saved(
        request,
        nominee,
        form,
        lambda: services.set_rating(subject, actor=request.user, data=form.data_of()),
        "Đã lưu xếp loại.",
    )


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    nominee, subject = nominee_of_known(request, pk)
    form = ConfirmForm(request.POST)
    return _saved(
        request,
        nominee,
        form,
        lambda: services.confirm_rating(subject, actor=request.user, **form.cleaned_data),
        "Đã xác nhận xếp loại chính thức.",
    )


@require_POST
def headcount(request: HttpRequest, pk: int) -> HttpResponse:
    nominee, subject = nominee_of_known(request, pk)
    form = CountForm(request.POST)
    return _saved(
        request,
        nominee,
        form,
        lambda: services.set_headcount(subject, actor=request.user, data=form.data_of()),
        "Đã lưu số người của tập thể.",
    )


@require_POST
def maternity(request: HttpRequest, pk: int) -> HttpResponse:
    nominee, subject = nominee_of_known(request, pk)
    form = MaternityForm(request.POST)
    return _saved(
        request,
        nominee,
        form,
        lambda: services.set_maternity(subject, actor=request.user, **form.cleaned_data),
        "Đã lưu năm nghỉ thai sản.",
    )


def _saved(request: HttpRequest, nominee: Nominee, form: Form, act: Callable[[], None], told: str) -> HttpResponse:
    if form.is_valid():
        try:
            act()
        except AppError as error:
            refuse(form, error)
        else:
            messages.success(request, told)
            return redirect("awards:nominee", nominee.pk)
    return show_page(request, nominee, forms={"fact": form}, status=422)
