"""Forms of the pages that start a plan. What a plan may say is said by the services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from core.errors import UnfitField
from plans import cleaning
from plans.models import Plan
from plans.starting.proposals import NOTHING, Line, suggested
from plans.starting.services import EMPTY_KINDS
from units.models import Issuer

OTHER, KEEP, DROP = "khac", "giu", "bo"
NEW_ISSUER = "moi"
PLAN, SAMPLE, MERGE, EMPTY = "ke-hoach-", "mau-", "ghep", "trong"


class StartForm(forms.Form):
    """``tu`` is «ke-hoach-12», «mau-commune_annual», «ghep» or «trong»."""

    nam = forms.TypedChoiceField(label="Kế hoạch của năm", coerce=int)
    tu = forms.ChoiceField(
        label="Lập từ", widget=forms.RadioSelect, error_messages={"required": "Chưa chọn lập kế hoạch từ đâu."}
    )
    loai = forms.ChoiceField(
        label="Loại kế hoạch", choices=[(kind, Plan.Kind(kind).label) for kind in EMPTY_KINDS], required=False
    )

    def __init__(self, *args: Any, years: Sequence[int], sources: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nam"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        self.fields["tu"].choices = [(source, source) for source in sources]  # type: ignore[attr-defined]
        self.fields["tu"].error_messages["invalid_choice"] = "Kế hoạch này không còn trong danh sách; hãy chọn lại."


class MovingForm(forms.Form):
    """One field a question, made of the lines that are shown.

    Ticks are read as they come: ``doi`` are the lines to change, ``giu`` single places to leave.
    Nothing is changed that the person was not shown: ``shown`` is the lines' fingerprint.
    """

    issuer = forms.ChoiceField(label="Cơ quan ban hành")
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    keep_rest = forms.BooleanField(label="Giữ nguyên những chỗ chưa trả lời", required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        lines: Sequence[Line],
        fingerprint: str,
        issuers: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.lines, self.fingerprint = lines, fingerprint
        self.questions = [line for line in lines if line.is_question]
        self.answers: dict[str, str | None] = {}
        self.is_stale = False
        self.initial |= {"shown": fingerprint}
        self.fields["issuer"].choices = list(issuers)  # type: ignore[attr-defined]
        for line in self.questions:
            self._ask(line)

    def _ask(self, line: Line) -> None:
        options = [(str(position), words) for position, words in enumerate(line.choices)]
        options += [(OTHER, "Ghi khác"), *([(DROP, "Bỏ phần này")] if line.may_go else []), (KEEP, "Giữ nguyên")]
        self.fields[f"tl_{line.key}"] = forms.ChoiceField(
            label=f"«{line.old[:60]}{'…' if len(line.old) > 60 else ''}»",
            choices=options,
            required=False,
            widget=forms.RadioSelect,
        )
        self.fields[f"chu_{line.key}"] = forms.CharField(
            label=f"Chữ thay cho «{line.old[:60]}»",
            required=False,
            initial=suggested(line) or line.old,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )

    @property
    def taken(self) -> set[str]:
        """Lines that are changed: at first all that a rule is sure of."""
        if self.is_bound:
            return set(self.data.getlist("doi"))
        return {line.key for line in self.lines if not line.is_question}

    @property
    def kept(self) -> set[str]:
        return set(self.data.getlist("giu")) if self.is_bound else set()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("shown") != self.fingerprint:
            self.data = self.data.copy()
            self.data["shown"] = self.fingerprint
            self.is_stale = True
            self.add_error(None, "Kế hoạch nguồn vừa được sửa nên danh sách đã khác. Hãy xem lại rồi lập kế hoạch.")
        for line in self.questions:
            self._answer(line, cleaned)
        return cleaned

    def _answer(self, line: Line, cleaned: dict[str, Any]) -> None:
        chosen, typed = cleaned.get(f"tl_{line.key}", ""), cleaned.get(f"chu_{line.key}", "")
        if not chosen and typed != self.fields[f"chu_{line.key}"].initial:
            chosen = OTHER  # typed without touching the circle before it
        if chosen == OTHER:
            self._typed(line, typed)
        elif chosen in (KEEP, DROP):
            self.answers[line.key] = None if chosen == KEEP else NOTHING
        elif chosen:
            self.answers[line.key] = line.choices[int(chosen)]
        elif cleaned.get("keep_rest"):
            self.answers[line.key] = None
        else:
            self.add_error(f"tl_{line.key}", "Chưa trả lời. Chọn một câu, hoặc giữ nguyên.")

    def _typed(self, line: Line, typed: str) -> None:
        try:
            words = cleaning.line(f"tl_{line.key}", typed)
        except UnfitField as error:
            self.add_error(error.field, str(error))
            return
        if not words:
            self.add_error(f"tl_{line.key}", "Chưa ghi chữ thay vào. Muốn để như cũ thì chọn Giữ nguyên.")
        self.answers[line.key] = words


def issuer_choices(issuers: Sequence[Issuer], committee: str) -> list[tuple[str, str]]:
    """The unit's issuers; its committee is offered where it is not among them."""
    choices = [
        (str(issuer.pk), f"{issuer.superior} · {issuer.name}" if issuer.superior else issuer.name)
        for issuer in issuers
    ]
    if not any(issuer.name == committee for issuer in issuers):
        choices.append((NEW_ISSUER, f"{committee} (lập mới)"))
    return choices
