"""Sổ khen thưởng: the list, one line with its decision, money, certificate and code; what takes it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.models import Grant
from awards.money import dong
from awards.register import presenters, revoking
from awards.register.forms import RecoveredForm, RevokeForm, show_at_field
from awards.register.lists import EXPORT, NEWEST_FIRST, SORTS, GrantFilter, grants_for_list
from awards.register.publicity import set_public
from core import exporting
from core.errors import AppError
from core.history import history_lines
from core.paging import list_page

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
KEEP = "awards.keep_register"


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    rows = GrantFilter(request.GET, grants_for_list(request.user), user=request.user)
    page = list_page(request, rows.qs, sorts=SORTS, default=NEWEST_FIRST)
    presenters.say_money(page)
    context = {
        "title": "Sổ khen thưởng",
        "standing": "Ai được khen thưởng gì, theo quyết định nào; dòng bị hủy bỏ vẫn ở lại và nói rõ.",
        "filter": rows,
        "page": page,
        "is_filtered": rows.form.has_changed(),
        "may_keep": request.user.has_perm(KEEP),
    }
    return render(request, "awards/register/list.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    return exporting.answer(request, EXPORT, list_url=reverse("awards:register"))


def grant_seen(request: HttpRequest, pk: int) -> Grant:
    return get_object_or_404(grants_for_list(request.user), pk=pk)


def grant_to_keep(request: HttpRequest, pk: int) -> Grant:
    found = grant_seen(request, pk)
    if not request.user.has_perm(KEEP, found):
        raise PermissionDenied
    return found


@require_safe
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    found = grant_seen(request, pk)
    is_given = found.entry == Grant.Entry.GIVEN
    reversal = presenters.reversal_of(found)
    may_keep = request.user.has_perm(KEEP, found)
    context = {
        "title": f"{found.honorific} {found.name}".strip(),
        "standing": presenters.standing(found),
        "grant": found,
        "decision_words": presenters.decision_in_words(found.decision),
        "money": presenters.money_in_words(found),
        "recovered_words": f"{dong(found.recovered)} đồng" if found.recovered is not None else "",
        "reversal": reversal,
        "reversal_words": presenters.decision_in_words(reversal.decision) if reversal else "",
        "is_given": is_given,
        "qr": presenters.qr_image(presenters.verification_url(found)) if is_given else "",
        "verify_url": presenters.verification_url(found),
        "reissues": list(found.reissues.all()),
        "may_keep": may_keep,
        "may_revoke": may_keep and is_given and reversal is None,
        "may_recover": may_keep and not is_given and bool(found.money),
        "history": history_lines(found) if may_keep else [],
    }
    return render(request, "awards/register/grant.html", context)


@require_POST
def publicity(request: HttpRequest, pk: int) -> HttpResponse:
    found = grant_to_keep(request, pk)
    is_public = request.POST.get("cong-khai") == "co"
    if set_public(found, actor=request.user, is_public=is_public):
        told = "Đã đưa vào danh sách công khai." if is_public else "Đã bỏ khỏi danh sách công khai."
        messages.success(request, told)
    return redirect("awards:grant", pk)


# -- Hủy bỏ, thu hồi -----------------------------------------------------------------------


@get_or_post
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    found = grant_to_keep(request, pk)
    if found.entry != Grant.Entry.GIVEN or presenters.is_revoked(found):
        messages.info(request, f"Không ghi thêm. {presenters.standing(found)}")
        return redirect("awards:grant", pk)
    paid = found.money if found.paid_on else None
    form = RevokeForm(request.POST if request.method == "POST" else None, initial={"to_recover": paid})
    if form.is_valid():
        try:
            revoking.revoke(found, actor=request.user, data=form.data_said())
        except revoking.RevokedAlready as error:
            messages.info(request, str(error))
            return redirect("awards:grant", pk)
        except AppError as error:
            show_at_field(form, error)
        else:
            messages.success(request, "Đã ghi hủy bỏ, thu hồi. Dòng khen thưởng vẫn ở trong sổ.")
            return redirect("awards:grant", pk)
    told = (
        f"{found.award_name} của {found.name} theo {presenters.decision_in_words(found.decision)} không còn hiệu lực"
        " sau khi ghi. Việc này không hoàn lại được."
    )
    return _form(request, found, form, "Hủy bỏ quyết định, thu hồi", told, "Ghi hủy bỏ, thu hồi")


@get_or_post
def recovered(request: HttpRequest, pk: int) -> HttpResponse:
    """Of a line that takes an award back."""
    found = grant_to_keep(request, pk)
    if found.entry != Grant.Entry.REVOKED or not found.money:
        messages.info(request, "Dòng này không có tiền phải thu hồi.")
        return redirect("awards:grant", pk)
    initial = {"recovered_on": found.recovered_on or timezone.localdate()}
    form = RecoveredForm(request.POST if request.method == "POST" else None, grant=found, initial=initial)
    if form.is_valid():
        said = form.cleaned_data
        try:
            revoking.note_recovered(found, actor=request.user, amount=said["recovered"] or 0, day=said["recovered_on"])
        except AppError as error:
            show_at_field(form, error)
        else:
            messages.success(request, "Đã ghi số tiền thu hồi.")
            return redirect("awards:grant", pk)
    told = f"Phải thu hồi {presenters.money_in_words(found)}. Ghi tổng số đã thu hồi đến nay."
    return _form(request, found, form, "Ghi tiền đã thu hồi", told, "Lưu số tiền đã thu hồi", danger=False)


def _form(
    request: HttpRequest, found: Grant, form: Any, title: str, told: str, submit: str, *, danger: bool = True
) -> HttpResponse:
    context = {
        "title": title,
        "standing": f"{found.name}: {found.award_name}, {presenters.decision_in_words(found.decision)}.",
        "grant": found,
        "form": form,
        "told": told,
        "submit": submit,
        "danger": danger,
    }
    return render(request, "awards/register/form.html", context, status=422 if form.errors else 200)
