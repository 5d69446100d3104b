"""The pay table of a decision: sums with their arithmetic, what has to be chosen, who was paid when."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from awards.deciding import paying, presenters
from awards.deciding.doors import DECIDE, decision_seen, decision_to_write
from awards.deciding.forms import ChoiceForm, PaidForm
from awards.deciding.paying import PayTable, pay_table
from awards.deciding.views import get_or_post
from awards.models import Decision
from awards.shipped import award_name
from core.errors import AppError, UnfitField
from core.paging import page_of


@get_or_post
def money(request: HttpRequest, pk: int) -> HttpResponse:
    """``chon-lai`` names what is settled, not yet paid, and to be chosen anew."""
    found = decision_seen(request, pk)
    may_write = request.user.has_perm(DECIDE, found)
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    table = pay_table(found, asks_again=request.GET.getlist("chon-lai"))
    asks = may_write and not table.is_forecast
    data = request.POST if request.method == "POST" else None
    forms = [ChoiceForm(data, question=one) for one in table.questions] if asks else []
    status = 200
    if data is not None:
        if _chosen(request, found, forms):
            return redirect("awards:decision_money", pk)
        status = 422
    context = {
        "title": "Tiền thưởng",
        "standing": _standing(found, table),
        "decision": found,
        "name": presenters.named(found),
        "table": table,
        "forms": forms,
        "page": page_of(request, table.lines),
        "settled": _settled(table) if asks else [],
        "unwritten": asks and any(line.grant and line.grant.money is None and line.amount for line in table.lines),
        "may_write": may_write,
        "paid_form": PaidForm(initial={"day": timezone.localdate()}) if asks and table.due else None,
    }
    return render(request, "awards/deciding/money.html", context, status=status)


def _standing(found: Decision, table: PayTable) -> str:
    if table.is_forecast:
        return f"Dự kiến, nếu ký ngày {table.on:%d/%m/%Y}. Ghi nhận ban hành xong mới chi."
    left = len(table.questions)
    asked = f"; còn {left} mục phải chọn mức" if left else ""
    day = f"Tính theo mức lương cơ sở của ngày quyết định {table.on:%d/%m/%Y}"
    return f"{day}; nguồn chi: {found.payer or 'chưa ghi'}{asked}."


def _settled(table: PayTable) -> list[tuple[str, str]]:
    """What may still be chosen anew: nothing of it was paid."""
    asked = {one.key for one in table.questions}
    keys = dict.fromkeys(line.key for line in table.lines if line.amount is not None and line.key not in asked)
    free = [key for key in keys if not any(line.key == key and line.paid_on for line in table.lines)]
    return [(key, award_name(key.partition(":")[0])) for key in free]


def _chosen(request: HttpRequest, found: Decision, forms: list[ChoiceForm]) -> bool:
    """Whether it is written; with no question left, what has become settled since is written."""
    valid = [form.is_valid() for form in forms]  # each says what is wrong with it
    if not all(valid):
        return False
    by_key = {form.question.key: form for form in forms}
    choices = {key: choice for key, form in by_key.items() if (choice := form.choice())}
    try:
        if choices:
            count = paying.choose(found, actor=request.user, choices=choices)
        else:
            count = paying.write_due(found, actor=request.user)
    except UnfitField as error:
        form = by_key[error.field]
        form.show(error, form.cleaned_data.get("how", ""))
        return False
    except AppError as error:
        messages.error(request, str(error))
        return True
    messages.success(request, f"Đã ghi tiền thưởng của {count} dòng." if count else "Không có dòng nào để ghi thêm.")
    return True


@require_POST
def paid(request: HttpRequest, pk: int) -> HttpResponse:
    """``tat-ca``: everybody who waits; else those ticked."""
    found = decision_to_write(request, pk)
    form = PaidForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("awards:decision_money", pk)
    if request.POST.get("tat-ca"):
        grants = [line.grant.pk for line in pay_table(found).due if line.grant]
    else:
        grants = [int(one) for one in request.POST.getlist("lines") if one.isdecimal()]
    try:
        count = paying.pay_out(found, actor=request.user, grant_ids=grants, day=form.cleaned_data["day"])
    except UnfitField as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Đã ghi {count} dòng nhận tiền ngày {form.cleaned_data['day']:%d/%m/%Y}.")
    return redirect("awards:decision_money", pk)


@require_POST
def unpaid(request: HttpRequest, pk: int, grant_pk: int) -> HttpResponse:
    found = decision_to_write(request, pk)
    paying.undo_pay_out(found, actor=request.user, grant_id=grant_pk)
    messages.success(request, "Đã bỏ ngày nhận tiền của dòng này.")
    return redirect("awards:decision_money", pk)
