"""Figures on pages of campaigns."""

from __future__ import annotations

from django import template

from campaigns.wording import held

register = template.Library()
register.filter("held", held)
