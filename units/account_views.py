"""Accounts: users of a unit, one-time links, the own account, and the set-up of an empty installation."""

from __future__ import annotations

from typing import Any

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from core.errors import AppError
from core.paging import list_page
from core.site import opens_here_only
from units import accounts, selectors, services
from units.accounts import LinkRefused, UsernameTaken
from units.forms import EmailForm, InvitationForm, NewAccountForm, PasswordForm, RoleForm
from units.models import Invitation, Membership, User
from units.views import get_or_post, inner_unit, save

GUESSES = {"invitation": "20/5m/ip"}
"""Wrong links from one address before all are refused for a while (counted in the shared cache)."""


# -- Users of a unit -------------------------------------------------------------------


def user_list(request: HttpRequest, pk: int) -> HttpResponse:
    unit = inner_unit(request, pk, "units.invite")
    page = list_page(
        request,
        selectors.memberships_of(unit),
        sorts={"ten": "user__person__search", "tai-khoan": "user__username", "vai-tro": "role", "tu": "valid_from"},
        default="ten",
    )
    context = {
        "title": f"Người dùng của {unit}",
        "unit": unit,
        "is_inside": True,
        "may_invite": True,
        "page": page,
        "invitations": selectors.open_invitations(unit),
        "today": timezone.localdate(),
    }
    return render(request, "units/users.html", context)


@never_cache
@get_or_post
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    unit = inner_unit(request, pk, "units.invite")
    form = InvitationForm(request.POST or None)
    if made := save(form, lambda **fields: accounts.invite(unit, actor=request.user, **fields)):
        return _show_link(request, *made)
    context = {"title": "Mời người dùng", "unit": unit, "form": form, "is_inside": True, "may_invite": True}
    return render(request, "units/invite.html", context)


@never_cache
@require_POST
def offer_password(request: HttpRequest, pk: int, user_pk: int) -> HttpResponse:
    unit = inner_unit(request, pk, "units.invite")
    user = get_object_or_404(User.objects.select_related("person"), pk=user_pk, memberships__in=unit.memberships.on())
    try:
        made = accounts.offer_new_password(user, unit, actor=request.user)
    except AppError as error:
        messages.error(request, str(error))
        return redirect("units:users", unit.pk)
    return _show_link(request, *made)


@require_POST
def withdraw(request: HttpRequest, pk: int, invitation_pk: int) -> HttpResponse:
    unit = inner_unit(request, pk, "units.invite")
    invitation = get_object_or_404(Invitation.objects.select_related("person"), unit=unit, pk=invitation_pk)
    accounts.withdraw(invitation, actor=request.user)
    messages.success(request, f"Liên kết của {invitation.person} không còn dùng được.")
    return redirect("units:users", unit.pk)


@get_or_post
def role_add(request: HttpRequest, pk: int) -> HttpResponse:
    unit = inner_unit(request, pk, "units.invite")
    form = RoleForm(request.POST or None, unit=unit)
    if membership := save(form, lambda **fields: services.grant_role(unit=unit, actor=request.user, **fields)):
        messages.success(request, f"{membership.user} có vai trò {membership.get_role_display()}.")
        return redirect("units:users", unit.pk)
    context = {
        "title": "Thêm vai trò",
        "unit": unit,
        "form": form,
        "is_inside": True,
        "may_invite": True,
        "back_url": reverse("units:users", args=[unit.pk]),
        "submit": "Thêm vai trò",
    }
    return render(request, "units/form.html", context)


@get_or_post
def role_end(request: HttpRequest, pk: int, membership_pk: int) -> HttpResponse:
    unit = inner_unit(request, pk, "units.invite")
    membership = get_object_or_404(selectors.memberships_of(unit), pk=membership_pk)
    if request.method == "POST":
        try:
            services.end_role(membership, actor=request.user)
        except AppError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"{membership.user} thôi vai trò {membership.get_role_display()}.")
        return redirect("units:users", unit.pk)
    context = {
        "title": f"Thôi vai trò {membership.get_role_display()} của {membership.user}",
        "standing": "Có hiệu lực ngay. Những gì người này đã làm vẫn ghi tên người này.",
        "unit": unit,
        "membership": membership,
        "is_inside": True,
        "may_invite": True,
    }
    return render(request, "units/role_end.html", context)


def _show_link(request: HttpRequest, invitation: Invitation, address: str) -> HttpResponse:
    """The only page that ever shows the link: it is not stored."""
    is_mailed = bool(invitation.person.email) and accounts.mail_link(invitation, address)
    context = {
        "title": f"Liên kết của {invitation.person}",
        "unit": invitation.unit,
        "invitation": invitation,
        "address": address,
        "is_mailed": is_mailed,
        "opens_here_only": opens_here_only(),
        "is_inside": True,
        "may_invite": True,
    }
    return render(request, "units/invitation_slip.html", context)


# -- One-time link ---------------------------------------------------------------------


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2")
@get_or_post
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    try:
        if not _may_guess(request, dry_run=True):
            raise LinkRefused
        invitation = accounts.find_invitation(token)
        user = User.objects.filter(person=invitation.person_id).first()
        form = (PasswordForm if user else NewAccountForm)(request.POST or None)
        if form.is_valid():
            username = user.username if user else form.cleaned_data["username"]
            accounts.accept(token, username=username, password=form.cleaned_data["password1"])
            messages.success(request, f"Xong. Hãy đăng nhập bằng tên {username} và mật khẩu vừa đặt.")
            return redirect("account_login")
    except UsernameTaken as error:
        form.add_error("username", str(error))
    except LinkRefused as refusal:
        _may_guess(request)
        context = {"title": "Liên kết không dùng được", "standing": str(refusal)}
        response = render(request, "units/invitation_refused.html", context, status=404)
        response._has_been_logged = True  # the server's log keeps no link that may still open something
        return response
    title = "Đặt mật khẩu mới" if user else f"Chào {invitation.person}"
    context = {"title": title, "invitation": invitation, "form": form, "account": user}
    return render(request, "units/invitation.html", context)


def _may_guess(request: HttpRequest, *, dry_run: bool = False) -> bool:
    usage = ratelimit.consume(
        request, app="units", action="invitation", config=GUESSES, dry_run=dry_run, limit_get=True
    )
    return usage is not None


# -- Own account -----------------------------------------------------------------------


@get_or_post
def account(request: HttpRequest) -> HttpResponse:
    form = EmailForm(request.POST or None, initial={"email": request.user.email})
    if form.is_valid():
        accounts.change_email(request.user, email=form.cleaned_data["email"])
        messages.success(request, "Đã lưu thư điện tử.")
        return redirect("account")
    roles = Membership.objects.on().filter(user=request.user).select_related("unit").order_by("unit__name", "role")
    context: dict[str, Any] = {
        "title": "Tài khoản",
        "standing": f"Bạn đang dùng tên đăng nhập {request.user.username}.",
        "form": form,
        "roles": roles,
        "has_two_steps": accounts.has_two_steps(request.user),
    }
    return render(request, "account/account.html", context)


@require_POST
def text_size(request: HttpRequest) -> HttpResponse:
    accounts.switch_text_size(request.user)
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if is_ours else reverse("account"))
