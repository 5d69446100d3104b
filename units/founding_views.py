"""The set-up page of an empty installation: three steps, kept in the session until the last one writes all."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from core.errors import AppError
from units import founding
from units.forms import FoundingAccountForm, FoundingIssuerForm, FoundingUnitForm
from units.founding import Office
from units.views import get_or_post

_SESSION_KEY = "founding"
_STEPS: tuple[tuple[str, type[forms.Form]], ...] = (
    ("Đơn vị", FoundingUnitForm),
    ("Cơ quan ban hành", FoundingIssuerForm),
    ("Người quản trị", FoundingAccountForm),
)


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2")
@get_or_post
def setup(request: HttpRequest) -> HttpResponse:
    """Opened once by the code; each step keeps what was typed, the third founds the office."""
    if not founding.is_empty():
        raise Http404
    if "ma" in request.GET:
        if not founding.is_right_code(request.GET["ma"]):
            raise Http404
        request.session[_SESSION_KEY] = {}
        return redirect("setup")
    if _SESSION_KEY not in request.session:
        raise Http404
    typed: dict[str, dict[str, Any]] = request.session[_SESSION_KEY]
    step = _step(request, typed)
    form = _STEPS[step][1](request.POST or None, initial=_initial(step, typed))
    if form.is_valid():
        if step < len(_STEPS) - 1:
            request.session[_SESSION_KEY] = {**typed, str(step): form.cleaned_data}
            return redirect(f"{reverse('setup')}?buoc={step + 2}")
        if _found(request, typed, form):
            return redirect("account_login")
    return render(request, "units/setup.html", _context(step, form))


def _step(request: HttpRequest, typed: dict[str, Any]) -> int:
    """The step asked for, or the first that is still open before it."""
    wanted = request.GET.get("buoc", "1")
    step = min(int(wanted), len(_STEPS)) - 1 if wanted in {"1", "2", "3"} else 0
    return next((earlier for earlier in range(step) if str(earlier) not in typed), step)


def _initial(step: int, typed: dict[str, Any]) -> dict[str, Any]:
    """What was typed in this step before; in step 2 what follows from step 1."""
    if str(step) in typed:
        return typed[str(step)]
    if step != 1:
        return {}
    unit = typed["0"]
    return {
        "name_lines": f"ỦY BAN NHÂN DÂN\n{unit['designation']} {unit['name']}".upper(),
        "place": unit["name"],
        "signature_lines": "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",
    }


def _found(request: HttpRequest, typed: dict[str, Any], form: forms.Form) -> bool:
    account = form.cleaned_data
    office = Office(
        **typed["0"],
        **typed["1"],
        full_name=account["full_name"],
        username=account["username"],
        password=account["password1"],
    )
    try:
        founding.found(office)
    except AppError as error:
        form.add_error(None, str(error))
        return False
    del request.session[_SESSION_KEY]
    messages.success(request, f"Đã thiết lập xong. Hãy đăng nhập bằng tên {office.username}.")
    return True


def _context(step: int, form: forms.Form) -> dict[str, Any]:
    return {
        "title": f"Thiết lập lần đầu: {_STEPS[step][0]}",
        "standing": f"Bước {step + 1} trong 3. Chưa có gì được ghi cho tới khi xong bước 3.",
        "step": step + 1,
        "back_url": f"{reverse('setup')}?buoc={step}" if step else "",
        "submit": "Tiếp" if step < len(_STEPS) - 1 else "Lập đơn vị và tài khoản",
        "form": form,
    }
