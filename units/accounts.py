"""Accounts come about by a one-time link only: invite, hand over or mail, accept.

The link carries 128 random bits; the database keeps their SHA-256 alone, so that whoever
reads a copy of it can open no account. A link for somebody who has an account already lets
that person set a new password: offices without e-mail have no other way back in.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import IntegrityError, models, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from core import audit
from core.errors import AppError
from units.models import Invitation, Membership, Person, Unit, User
from units.selectors import standing_of
from units.services import add_person, grant_role, update_person

LIFETIME = dt.timedelta(days=7)
_TOKEN_BYTES = 16


class LinkRefused(AppError):
    """One sentence for used, expired, ended and guessed links alike: which it is, is nobody's to learn."""

    message = (
        "Liên kết này không dùng được: có thể đã dùng rồi, đã quá hạn hoặc bị chép thiếu. "
        "Hãy nhờ người quản trị của đơn vị cấp liên kết mới."
    )


class UsernameTaken(AppError):
    message = "Tên đăng nhập này vừa có người dùng. Hãy chọn tên khác."


def two_steps_of(user: User) -> models.Exists:
    """``has_two_steps`` as a column for a query that is asked anyway."""
    return models.Exists(Authenticator.objects.filter(user=user.pk))


def has_two_steps(user: User) -> bool:
    """Whether the account asks for a second step besides its password."""
    return Authenticator.objects.filter(user=user.pk).exists()


@transaction.atomic
def invite(
    unit: Unit, *, actor: Any, full_name: str, role: str, email: str = "", post: str = ""
) -> tuple[Invitation, str]:
    """A link for a person of the unit, found by exact name or added. Returns the invitation and the link's address."""
    person = _person(unit, actor=actor, full_name=full_name, post=post)
    if email:
        update_person(person, actor=actor, email=email)
    return _link(unit, person, role, actor=actor, code="units.user.invited")


@transaction.atomic
def offer_new_password(user: User, unit: Unit, *, actor: Any) -> tuple[Invitation, str]:
    """A link by which the user sets a new password.

    Only an administrator of every unit that the user works in may hand it out: else the
    administrator of one unit could enter another through a shared colleague.
    """
    if user.is_superuser or user.person is None or not _administers_all_units_of(actor, user):
        raise AppError(
            "Người này còn làm việc ở đơn vị khác, nên liên kết phải do người quản trị chung của các đơn vị đó cấp."
        )
    role = Membership.objects.on().filter(user=user, unit=unit).values_list("role", flat=True).first()
    if role is None:
        raise AppError("Người này không còn vai trò nào ở đơn vị.")
    return _link(unit, user.person, role, actor=actor, code="units.user.password_offered")


@transaction.atomic
def withdraw(invitation: Invitation, *, actor: Any) -> None:
    changed = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True).update(expires_at=timezone.now())
    if changed:
        audit.record("units.user.invitation_withdrawn", invitation, actor=actor, unit_id=invitation.unit_id)


def mail_link(invitation: Invitation, address: str) -> bool:
    """Send the link to the person's e-mail. False when it did not leave: the printed slip still works."""
    context = {"invitation": invitation, "address": address, "days": LIFETIME.days}
    try:
        sent = send_mail(
            f"Liên kết mở tài khoản tại {invitation.unit}",
            render_to_string("units/invitation_mail.txt", context),
            settings.DEFAULT_FROM_EMAIL,
            [invitation.person.email],
        )
    except OSError:
        return False
    return bool(sent)


def find_invitation(token: str) -> Invitation:
    """The open invitation of a link, or ``LinkRefused``."""
    invitation = (
        Invitation.objects.filter(token_hash=_hash(token), used_at__isnull=True, expires_at__gt=timezone.now())
        .select_related("unit", "person")
        .first()
    )
    if invitation is None:
        raise LinkRefused
    return invitation


@transaction.atomic
def accept(token: str, *, username: str, password: str) -> User:
    """Use the link up: make the account with its role, or set the new password of the one that is there."""
    invitation = find_invitation(token)
    taken = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True).update(used_at=timezone.now())
    if not taken:
        raise LinkRefused
    user = User.objects.filter(person=invitation.person_id).first()
    if user is None:
        user = User(username=username, email=invitation.person.email, person=invitation.person)
        user.set_password(password)
        try:
            user.save()
        except IntegrityError:
            raise UsernameTaken from None  # by somebody between the form's question and this answer
        audit.record("units.user.created", user, actor=user, unit_id=invitation.unit_id)
    else:
        user.set_password(password)
        user.save(update_fields=["password"])
        audit.record("units.user.password_set", user, actor=user, unit_id=invitation.unit_id)
    grant_role(user, invitation.unit, invitation.role, actor=invitation.created_by)
    return user


@transaction.atomic
def change_email(user: User, *, email: str) -> None:
    if user.email == email:
        return
    old, user.email = user.email, email
    user.save(update_fields=["email"])
    audit.record("units.user.email_changed", user, actor=user, unit_id=None, changes={"email": (old, email)})


def switch_text_size(user: User) -> None:
    """Between usual and large letters. How a person reads is nobody's business: no audit entry."""
    user.large_text = not user.large_text
    user.save(update_fields=["large_text"])


def check_password(password: str, user: User) -> list[str]:
    """Why a password is too weak, in sentences; empty when it is good."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        return list(error.messages)
    return []


def _person(unit: Unit, *, actor: Any, full_name: str, post: str) -> Person:
    same = list(Person.objects.on().filter(unit=unit, full_name=" ".join(full_name.split()))[:2])
    if len(same) > 1:
        raise AppError(
            f"Đơn vị có nhiều người tên {full_name}. Hãy ghi thêm chức vụ vào tên của một người ở mục Nhân sự trước."
        )
    return same[0] if same else add_person(unit, actor=actor, full_name=full_name, post=post)


def _link(unit: Unit, person: Person, role: str, *, actor: Any, code: str) -> tuple[Invitation, str]:
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    Invitation.objects.filter(unit=unit, person=person, used_at__isnull=True).update(expires_at=timezone.now())
    invitation = Invitation.objects.create(
        unit=unit,
        person=person,
        role=Membership.Role(role),
        token_hash=_hash(token),
        created_by=actor,
        expires_at=timezone.now() + LIFETIME,
    )
    audit.record(code, invitation, actor=actor, unit_id=unit.pk, changes={"role": (None, role)})
    return invitation, settings.SITE_URL + reverse("invitation", args=[token])


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _administers_all_units_of(actor: Any, user: User) -> bool:
    units = set(Membership.objects.on().filter(user=user).values_list("unit", flat=True))
    return units <= set(standing_of(actor).units_with_role(Membership.Role.ADMINISTRATOR))
