"""Xác nhận áp dụng: the open rules side by side, what would change, the act, and its withdrawal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from awards.catalogue import confirming, presenters
from awards.catalogue.confirming import Change
from awards.catalogue.forms import ConfirmForm, WithdrawForm, show_at_field
from awards.catalogue.open_rules import AS_BEFORE, open_rules, standing_confirmations
from awards.catalogue.views import CONFIRM, UNIT, get_or_post, unit_asked
from awards.models import Confirmation
from awards.selectors import visible_confirmations
from core.errors import AppError
from units.models import Unit
from units.selectors import standing_of

_SHOWN = 20
"""Acts of the past on the page."""


@require_safe
def confirmations(request: HttpRequest) -> HttpResponse:
    unit, units = unit_asked(request)
    standing = standing_confirmations(unit.pk)
    may = request.user.has_perm(CONFIRM, Confirmation(unit=unit))
    waiting = len(open_rules().keys() - standing.keys())
    own = set(standing_of(request.user).unit_ids)
    rows = visible_confirmations(request.user).select_related("by").order_by("-pk").distinct()
    acts = [
        (row, _rule_words(row), presenters.confirmed_in_words(row), presenters.changes_in_words(row.changed, own))
        for row in rows[:_SHOWN]
    ]
    context = {
        "title": "Xác nhận áp dụng",
        "standing": (
            f"{waiting} quy định chưa ai xác nhận; hồ sơ chịu quy định đó được ghi «cần xác nhận»."
            if waiting
            else "Mọi quy định đang mở đều đã được xác nhận."
        ),
        "unit": unit,
        "units": units,
        "groups": presenters.rule_lines(unit.pk, standing, may=may),
        "acts": acts,
        "may": may,
        "waiting": waiting,
        "as_before": AS_BEFORE,
    }
    return render(request, "awards/catalogue/confirmations.html", context)


def _rule_words(row: Confirmation) -> str:
    rule = open_rules().get(row.rule)
    return f"{rule.award_name}: {rule.reading_words(row.reading)}" if rule else row.rule


def _chosen(request: HttpRequest) -> dict[str, str]:
    """Rule → reading, out of the address."""
    found = {}
    for key, rule in open_rules().items():
        said = request.GET.get(key, "")
        codes = {one.code or AS_BEFORE: one.code for one in rule.readings}
        if said in codes:
            found[key] = codes[said]
    return found


@get_or_post
def confirm(request: HttpRequest) -> HttpResponse:
    """Which dossiers would come out otherwise, the paper, and the one button."""
    unit, _ = unit_asked(request)
    if not request.user.has_perm(CONFIRM, Confirmation(unit=unit)):
        raise PermissionDenied
    chosen = _chosen(request)
    back = f"{reverse('awards:confirmations')}?{UNIT}={unit.pk}"
    if not chosen:
        messages.info(request, str(confirming.NothingChosen()))
        return redirect(back)
    form = ConfirmForm(*(request.POST, request.FILES) if request.method == "POST" else ())
    if form.is_valid() and (rows := _confirmed(request, unit, chosen, form)):
        messages.success(request, _told(len(rows[0].changed), f"Đã xác nhận áp dụng {len(rows)} quy định."))
        return redirect(back)
    rules = [(open_rules()[key], open_rules()[key].reading_words(code)) for key, code in chosen.items()]
    context = {
        "title": "Xác nhận áp dụng",
        "standing": f"{len(chosen)} quy định; áp dụng cho {unit.title} và các đơn vị cấp dưới.",
        "unit": unit,
        "rules": rules,
        "changes": _shown(confirming.foreseen(unit, chosen)),
        "form": form,
        "back": back,
    }
    return render(request, "awards/catalogue/confirm.html", context, status=422 if form.errors else 200)


def _confirmed(request: HttpRequest, unit: Unit, chosen: dict[str, str], form: ConfirmForm) -> list[Confirmation]:
    try:
        return confirming.confirm(
            unit, actor=request.user, chosen=chosen, proof=form.proof(), note=form.cleaned_data["note"]
        )
    except AppError as error:
        show_at_field(form, error)
        return []


def _shown(changed: Sequence[Change]) -> list[tuple[int, str, str, str, str]]:
    rows: list[dict[str, Any]] = [asdict(one) for one in changed]
    return presenters.changes_in_words(rows, {one.unit for one in changed})


def _told(changed: int, done: str) -> str:
    return f"{done} {f'{changed} hồ sơ đang xét thay đổi kết quả.' if changed else 'Không hồ sơ nào đổi kết quả.'}"


@get_or_post
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(visible_confirmations(request.user).distinct(), pk=pk)
    if not request.user.has_perm(CONFIRM, found):
        raise PermissionDenied
    back = f"{reverse('awards:confirmations')}?{UNIT}={found.unit_id}"
    if found.withdrawn_at is not None:
        messages.info(request, str(confirming.WithdrawnAlready()))
        return redirect(back)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            changed = confirming.withdraw(found, actor=request.user, reason=form.cleaned_data["reason"])
        except AppError as error:
            show_at_field(form, error)
        else:
            messages.success(request, _told(len(changed), "Đã bỏ xác nhận."))
            return redirect(back)
    context = {
        "title": "Bỏ xác nhận áp dụng",
        "standing": f"{_rule_words(found)}. {presenters.confirmed_in_words(found)}.",
        "told": "Hai cách hiểu lại đứng cạnh nhau, và hồ sơ đang xét được xét lại.",
        "form": form,
        "back": back,
    }
    return render(request, "awards/catalogue/withdraw.html", context, status=422 if form.errors else 200)
