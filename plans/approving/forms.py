"""What is typed on a plan's way to a leader and back. Whether it fits is said by the services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from core.errors import UnfitField
from documents.forms import DAY_HINT
from plans import limits
from plans.approving.presenters import any_leader, leader_label
from plans.approving.services import LONGEST_REMARK, WHOLE, RemarkData, field_of
from plans.models import Plan, Section, Task
from plans.services import OpenRemarks
from units.models import User

ANY = "bat-ky"
"""Instead of one leader's key: whoever of them comes first."""
_SIGNERS = {"CHỦ TỊCH": "Chủ tịch", "PHÓ CHỦ TỊCH": "Phó Chủ tịch", "TRƯỞNG PHÒNG": "Trưởng phòng"}


class _Submission(forms.Form):
    confirmed = forms.BooleanField(
        label="Đã xem các ý kiến còn lại, vẫn trình", required=False, widget=forms.HiddenInput
    )

    def refuse(self, error: UnfitField) -> None:
        """Say it at its field; where only a yes is missing, ask for it."""
        self.add_error(error.field, str(error))
        if isinstance(error, OpenRemarks):
            self.fields["confirmed"].widget = forms.CheckboxInput()


class SubmissionForm(_Submission):
    """The usual way: what was done on paper or in the document system is put on record."""

    to = forms.CharField(
        label="Trình ai", max_length=limits.SUBMITTED_TO, help_text="Ví dụ: Chủ tịch; Chủ tịch Hội đồng."
    )
    on = forms.DateField(label="Ngày trình", help_text=DAY_HINT)
    field_order = ("to", "on", "confirmed")

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        initial = {"to": _usual_signer(plan), "on": timezone.localdate()}
        super().__init__(*args, initial=initial, **kwargs)

    def words(self) -> dict[str, Any]:
        return {"to": self.cleaned_data["to"], "on": self.cleaned_data["on"]}


class InsideSubmissionForm(_Submission):
    """To a leader who approves here, or to any of them."""

    to = forms.ChoiceField(
        label="Trình ai",
        help_text="Kế hoạch hiện ở «Việc của tôi» của lãnh đạo. Lãnh đạo khác của đơn vị vẫn duyệt thay được.",
    )
    field_order = ("to", "confirmed")

    def __init__(self, *args: Any, plan: Plan, leaders: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        anyone = any_leader(plan.unit)
        self.labels = {str(leader.pk): leader_label(leader) for leader in leaders}
        choices = list(self.labels.items())
        if len(leaders) > 1:
            choices.insert(0, (ANY, f"{anyone[:1].upper()}{anyone[1:]}, ai duyệt cũng được"))
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
        self.labels[ANY] = anyone

    def words(self) -> dict[str, Any]:
        return {"to": self.labels[self.cleaned_data["to"]], "on": timezone.localdate()}


def _usual_signer(plan: Plan) -> str:
    """Whoever signs by the paper's own last line, where that is a usual post."""
    return _SIGNERS.get(plan.signature_lines.rpartition("\n")[2].strip().upper(), "")


class ReviewForm(forms.Form):
    """A box for the whole and one at each section and task. ``version`` is that of the text shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, plan: Plan) -> None:
        """``plan`` comes from ``selectors.for_page``."""
        rows: list[Section | Task | None] = [*plan.sections.all(), *plan.tasks.all(), None]
        self.rows = {field_of(row): row for row in rows}
        super().__init__(self._with_homeless(data) if data else None, initial={"version": plan.version})
        for name in self.rows:
            self.fields[name] = forms.CharField(
                label="Ý kiến chung về cả kế hoạch" if name == WHOLE else "Ý kiến ở đây",
                required=False,
                widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_REMARK}),
            )

    def _with_homeless(self, data: Any) -> Any:
        """What was typed at a row that is gone by now stays, as a remark on the whole."""
        data = data.copy()
        gone = [name for name in data if name.startswith(("muc-", "nhiem-vu-")) and name not in self.rows]
        words = [data.pop(name)[-1].strip() for name in gone]
        data[WHOLE] = "\n".join(word for word in (data.get(WHOLE, "").strip(), *words) if word)
        return data

    def remarks(self) -> list[RemarkData]:
        """What was typed, in the order of the paper; the whole comes last."""
        return [RemarkData(self.cleaned_data[name], row) for name, row in self.rows.items() if self.cleaned_data[name]]
