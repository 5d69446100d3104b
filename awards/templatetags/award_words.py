"""Awards and sums as people write them: ``{% load award_words %}``."""

from __future__ import annotations

from django import template

from awards import money, shipped

register = template.Library()


@register.filter
def dong(amount: int | None) -> str:
    """«2.530.000»; blank where there is none."""
    return "" if amount is None else money.dong(amount)


@register.filter
def award_name(code: str) -> str:
    return shipped.award_name(code)
