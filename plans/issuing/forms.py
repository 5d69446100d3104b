"""What a person says of a plan's way out. Whether it fits is said by the services."""

from __future__ import annotations

from typing import Any

from django import forms

from documents.forms import DAY_HINT, PaperForm
from plans import limits
from plans.models import Plan

_SIGNERS = {"CHỦ TỊCH": "Chủ tịch", "PHÓ CHỦ TỊCH": "Phó Chủ tịch", "TRƯỞNG PHÒNG": "Trưởng phòng"}


class SubmissionForm(forms.Form):
    to = forms.CharField(
        label="Trình ai", max_length=limits.SUBMITTED_TO, help_text="Ví dụ: Chủ tịch; Chủ tịch Hội đồng."
    )
    on = forms.DateField(label="Ngày trình", help_text=DAY_HINT)

    @staticmethod
    def initial_of(plan: Plan) -> dict[str, Any]:
        """Whoever signs by the paper's own last line, where that is a usual post."""
        return {"to": _SIGNERS.get(plan.signature_lines.rpartition("\n")[2].strip().upper(), "")}


class IssueForm(PaperForm):
    """``version`` is the plan's when the page was shown: what was not seen is not frozen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def initial_of(plan: Plan) -> dict[str, Any]:
        return {
            "version": plan.version,
            "number": plan.number,
            "symbol": plan.symbol,
            "date": plan.date.exact,
            "signer": plan.signature_name,
        }
