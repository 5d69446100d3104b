"""Discipline and open cases: a page of their own, so that each look at them is meant, and on record."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from awards.dossiers import fact_services as services
from awards.dossiers.doors import RUN, impediment_to_work, nominee_of_known, nominee_with_impediments
from awards.dossiers.forms import ImpedimentForm
from awards.dossiers.known import impediments_of
from awards.dossiers.nominee_views import refuse
from awards.models import Impediment, Nominee, Opinion
from core.errors import AppError

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def impediments(request: HttpRequest, pk: int) -> HttpResponse:
    """``?y-kien=``: an objection from which one is taken over."""
    nominee, subject = nominee_with_impediments(request, pk)
    may_add = request.user.has_perm(RUN, nominee) and request.user.has_perm(RUN, subject)
    form = ImpedimentForm(request.POST or None, initial=_initial(request, nominee))
    if request.method == "POST":
        nominee_of_known(request, pk)
        if form.is_valid() and _is_added(form, subject, request):
            messages.success(request, "Đã ghi. Điều kiện được xét lại theo nội dung này.")
            return redirect("awards:nominee_impediments", pk)
    services.record_view(nominee, actor=request.user, names=[nominee.name])
    context = {
        "title": "Kỷ luật, vụ việc đang xem xét",
        "standing": f"{nominee.name}. Chỉ người thẩm định, Hội đồng, lãnh đạo được xem; mỗi lần xem đều được ghi lại.",
        "nominee": nominee,
        "round": nominee.round,
        "rows": impediments_of(subject),
        "subject": subject,
        "today": timezone.localdate(),
        "may_add": may_add,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "awards/dossiers/impediments.html", context, status=status)


def _initial(request: HttpRequest, nominee: Nominee) -> dict[str, Any]:
    asked = request.GET.get("y-kien", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
        return {"start": timezone.localdate()}
    opinion = get_object_or_404(nominee.opinions.select_related("consultation"), pk=int(asked))
    if opinion.says != Opinion.Says.OBJECTS:
        return {}
    row = opinion.consultation
    day = row.answered_on or timezone.localdate()
    return {
        "kind": Impediment.Kind.CASE,
        "level": opinion.note[:120],
        "start": day,
        "source": f"{row.body}, ý kiến hiệp y ngày {day:%d/%m/%Y}"[:300],
    }


def _is_added(form: ImpedimentForm, subject: Any, request: HttpRequest) -> bool:
    try:
        services.add_impediment(subject, actor=request.user, data=form.data_of())
    except AppError as error:
        refuse(form, error)
        return False
    return True


@get_or_post
def impediment(request: HttpRequest, pk: int, impediment_pk: int) -> HttpResponse:
    nominee, row = impediment_to_work(request, pk, impediment_pk)
    names = ("kind", "level", "start", "end", "source")
    form = ImpedimentForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    if form.is_bound and form.is_valid():
        try:
            services.change_impediment(row, actor=request.user, data=form.data_of())
        except AppError as error:
            refuse(form, error)
        else:
            messages.success(request, "Đã lưu.")
            return redirect("awards:nominee_impediments", pk)
    services.record_view(nominee, actor=request.user, names=[nominee.name])
    context = {
        "title": "Sửa kỷ luật, vụ việc",
        "standing": f"{nominee.name}.",
        "nominee": nominee,
        "round": nominee.round,
        "row": row,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "awards/dossiers/impediment.html", context, status=status)


@require_POST
def impediment_remove(request: HttpRequest, pk: int, impediment_pk: int) -> HttpResponse:
    _, row = impediment_to_work(request, pk, impediment_pk)
    services.remove_impediment(row, actor=request.user)
    messages.success(request, "Đã bỏ dòng ghi nhầm.")
    return redirect("awards:nominee_impediments", pk)
