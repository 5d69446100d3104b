"""What a person says of the paper that a plan became. Whether it fits is said by the services."""

from __future__ import annotations

from typing import Any

from django import forms

from documents.series_forms import NumberedPaperForm
from documents.signed import FileKind
from plans.issuing.comparing import Beside, lay_beside
from plans.models import Plan
from plans.printing import composer_of
from plans.selectors import plan_data, with_content

TAKE = "lay"
"""Name of the button that takes the signed copy's words into the plan and records the issue."""
_SAID = ("number", "symbol", "date", "signer")
_CLOSED = frozenset({FileKind.BROKEN, FileKind.OTHER})
_LOOK_AGAIN = "Hãy xem các chỗ khác nhau của tệp này trước, rồi bấm lại."


class IssueForm(NumberedPaperForm):
    """``version`` is the plan's when the page was shown: what was not seen is not frozen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    mark = forms.CharField(required=False, widget=forms.HiddenInput)
    """Of the differences that the page showed: what was not seen is not taken over."""

    beside: Beside | None = None
    takes_signed = False

    @staticmethod
    def initial_of(plan: Plan) -> dict[str, Any]:
        return {
            "version": plan.version,
            "number": plan.number,
            "symbol": plan.symbol,
            "date": plan.date.exact,
            "signer": plan.signature_name,
        }

    def lay_beside(self, plan: Plan) -> None:
        """The plan beside what the kept file says, into ``beside``; a file that nobody can open is not compared."""
        if self.findings is None or self.findings.file.kind in _CLOSED:
            return
        found = with_content(Plan.objects.filter(pk=plan.pk)).get()
        typed = {name: self.cleaned_data.get(name) for name in _SAID} if self.is_bound else {}
        self.beside = lay_beside(plan_data(found), self.findings, typed, found.issuer.lines, composer_of(found))
        (self.data if self.is_bound else self.initial)["mark"] = self.beside.mark

    def agrees_with_file(self) -> bool:
        """As for any paper; and the plan's words are those of the file, are to be so, or the person keeps them."""
        if self.takes_signed and (self.beside is None or self.cleaned_data["mark"] != self.beside.mark):
            self.add_error("signed_file", _LOOK_AGAIN)
        if self.findings is None:
            return self.is_valid()
        question = self._question()
        return self.ask([*self.doubts(), *([("signed_file", question)] if question else [])])

    def _question(self) -> str:
        """Of the words that stay different."""
        if self.beside is None or not self.beside.differs:
            return ""
        if not self.takes_signed:
            said = self.beside.comparison.sentence
            choice = "Lấy theo bản đã ký, hoặc xác nhận giữ lời văn của kế hoạch."
            return said if self.beside.comparison.is_other_paper else f"{said} {choice}"
        if left := len(self.beside.takes.left):
            return f"Còn {left} chỗ chưa lấy được theo bản đã ký. Sửa tay trước, hoặc xác nhận ghi nhận."
        return ""
