"""How accounts come about (by invitation only) and what sign-in says."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import get_ip
from django.forms import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

LOCKED_FOR = dt.timedelta(minutes=5)
"""The longest that ``ACCOUNT_RATE_LIMITS["login_failed"]`` shuts a name out of an address: refused tries do not
prolong it."""


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failures count for a name *and* an address: by the name alone anybody could lock the chairman out.

        Many addresses may each try five times in five minutes; the cost of Argon2 and the second step
        stand against that.
        """
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{get_ip(request)}"

    def validation_error(self, code: str, *args: object) -> ValidationError:
        """After too many failed tries the sentence says from when the next one counts."""
        if code != "too_many_login_attempts":
            return super().validation_error(code, *args)
        free = timezone.localtime(timezone.now() + LOCKED_FOR)
        return ValidationError(
            f"Đã nhập sai quá nhiều lần. Hãy thử lại sau {free:%H:%M}. "
            "Nếu quên mật khẩu, nhờ người quản trị của đơn vị cấp liên kết đặt mật khẩu mới.",
            code=code,
        )
