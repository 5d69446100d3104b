"""What the pages ask that ask places for their lists and take what came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from awards.collecting.taking import Shown
from awards.models import Round
from campaigns.taking_part.forms import AskForm

__all__ = ["AskForm", "TakeForm", "usual_due"]


class TakeForm(forms.Form):
    """For each answer whether it is taken, as it was shown."""

    def __init__(self, *args: Any, shown: Sequence[Shown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = shown
        for one in shown:
            pk = one.answer.pk
            self.fields[f"nhan-{pk}"] = forms.BooleanField(required=False, initial=bool(one.good))
            self.fields[f"xem-{pk}"] = forms.CharField(required=False, widget=forms.HiddenInput, initial=one.digest)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not any(said.get(f"nhan-{one.answer.pk}") for one in self.shown):
            raise forms.ValidationError("Chưa chọn nội dung nào để nhận.")
        return said

    def picks(self) -> dict[int, str]:
        said = self.cleaned_data
        pks = [one.answer.pk for one in self.shown]
        return {pk: said[f"xem-{pk}"] for pk in pks if said.get(f"nhan-{pk}")}


def usual_due(found: Round) -> dt.date:
    """The round's own day, or a week from now where it has passed."""
    today = timezone.localdate()
    return found.due if found.due and found.due >= today else today + dt.timedelta(days=7)
