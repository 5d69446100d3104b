"""Cấp đổi, cấp lại: asked for from a line of the register, noted when given."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from awards.certificates import reissuing
from awards.certificates.doors import grant_to_keep, reissue_to_keep
from awards.certificates.forms import GivenForm, ReissueForm, show_at_field
from core.errors import AppError

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    found = grant_to_keep(request, pk)
    corrections = list(reissuing.corrections_of(found.unit_id)[:50])
    form = ReissueForm(request.POST or None, grant=found, corrections=corrections)
    if form.is_valid():
        try:
            reissuing.ask(found, actor=request.user, said=form.said())
        except AppError as error:
            show_at_field(form, error)
        else:
            messages.success(request, "Đã ghi. Đánh dấu dòng này để in bản mới, rồi ghi ngày cấp.")
            return redirect("awards:certificates", found.decision_id)
    context = {
        "title": f"Cấp đổi, cấp lại: {found.name}",
        "standing": f"{found.award_name}, {found.decision}.",
        "grant": found,
        "form": form,
        "before": list(found.reissues.select_related("decision")),
        "today": timezone.localdate(),
    }
    return render(request, "awards/certificates/reissue.html", context, status=422 if form.errors else 200)


@require_POST
def given(request: HttpRequest, pk: int) -> HttpResponse:
    found = reissue_to_keep(request, pk)
    form = GivenForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    else:
        try:
            reissuing.give(found, actor=request.user, day=form.cleaned_data["day"])
        except AppError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"Đã ghi cấp bản mới cho {found.grant.name}.")
    return redirect("awards:certificates", found.grant.decision_id)
