"""What the page of a task's results asks. What may be written is said by the services."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from core.forms import RowByName
from plans.models import Progress, Task
from plans.progress.services import FileProof, PaperProof, Proof, SignedProof
from units.models import Person

PAPER, FILE, SIGNED = "van-ban", "tep", "xac-nhan"
PROOFS = [
    (PAPER, "Văn bản đã ban hành"),
    (FILE, "Tệp: biên bản, giấy mời, ảnh"),
    (SIGNED, "Một câu có người xác nhận"),
]
QUARTERS = [(1, "Quý I"), (2, "Quý II"), (3, "Quý III"), (4, "Quý IV")]
DAY_HINT = "Ngày/tháng/năm, ví dụ 5/3/2026."
_FILES = ".pdf,.docx,.xlsx,.png,.jpg,.jpeg"
_NOT_A_DAY = {"invalid": f"Không có ngày này. {DAY_HINT}", "required": f"Chưa ghi ngày. {DAY_HINT}"}


class ProgressForm(forms.Form):
    """Only the fields of the chosen proof are read; what stands in the others stays in the page."""

    use_required_attribute = False  # a browser would ask for the fields of every proof

    quarter = forms.TypedChoiceField(
        label="Quý",
        choices=QUARTERS,
        coerce=int,
        help_text="Nhiệm vụ thường xuyên mỗi quý ghi một dòng.",
        error_messages={"required": "Chưa chọn quý."},
    )
    outcome = forms.ChoiceField(
        label="Kết quả",
        choices=Progress.Outcome.choices,
        widget=forms.RadioSelect,
        initial=Progress.Outcome.DONE,
        error_messages={"required": "Chưa chọn kết quả."},
    )
    day = forms.DateField(
        label="Ngày làm xong hoặc ngày thôi làm",
        help_text=DAY_HINT,
        error_messages=_NOT_A_DAY,
        initial=timezone.localdate,
    )
    note = forms.CharField(
        label="Nội dung kết quả, lý do",
        required=False,
        help_text="Ví dụ: 28/28 thôn đã đăng ký thi đua. Không thực hiện thì ghi lý do.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    proof = forms.ChoiceField(
        label="Tài liệu kiểm chứng", choices=PROOFS, initial=PAPER, error_messages={"required": "Chưa chọn một cách."}
    )
    number = forms.CharField(
        label="Số, ký hiệu",
        help_text="Ví dụ: 27/BC-UBND.",
        error_messages={"required": "Ghi số và ký hiệu của văn bản, ví dụ 27/BC-UBND."},
    )
    date = forms.DateField(label="Ngày văn bản", help_text=DAY_HINT, error_messages=_NOT_A_DAY)
    issuer = forms.CharField(label="Cơ quan ban hành", required=False)
    scan = forms.FileField(
        label="Bản đã ký",
        required=False,
        widget=forms.FileInput(attrs={"accept": _FILES}),
        help_text="Văn bản đã có trong sổ của đơn vị thì không cần đính kèm.",
    )
    file = forms.FileField(
        label="Tệp",
        error_messages={"required": "Chưa chọn tệp."},
        widget=forms.FileInput(attrs={"accept": _FILES}),
        help_text="PDF, Word, Excel hoặc ảnh (PNG, JPEG).",
    )
    by = RowByName(
        label="Người xác nhận",
        error_messages={"required": "Chọn người của đơn vị xác nhận kết quả này."},
        unknown="Chưa có người này trong danh sách Nhân sự của đơn vị.",
        help_text="Gõ tên rồi chọn. Dùng cho việc không sinh ra văn bản nào; nội dung kết quả ở trên là câu xác nhận.",
    )

    def __init__(self, *args: Any, task: Task, person: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not task.is_ongoing:
            del self.fields["quarter"]
        self.fields["by"].offer(  # type: ignore[attr-defined]
            Person.objects.on().filter(unit=task.unit_id), lambda one: one.post
        )
        today = timezone.localdate()
        self.initial = {
            "quarter": _quarter_to_write(task, today),
            "issuer": task.plan.issuer.name if task.plan else "",
            "by": person if person and person.unit_id == task.unit_id else None,
        } | self.initial

    def clean(self) -> dict[str, Any]:
        """Faults in the fields of a proof that was not chosen are nobody's concern."""
        chosen = self.cleaned_data.get("proof")
        for proof, names in FIELDS_OF.items():
            for name in names:
                if proof != chosen:
                    self.errors.pop(name, None)
        return self.cleaned_data

    def read(self) -> dict[str, Any]:
        """For ``record_progress``."""
        said = self.cleaned_data
        return {
            "outcome": said["outcome"],
            "day": said["day"],
            "note": said["note"],
            "quarter": said.get("quarter"),
            "proof": self._proof(),
        }

    def _proof(self) -> Proof:
        said = self.cleaned_data
        if said["proof"] == PAPER:
            return PaperProof(said["number"], said["date"], said["issuer"], said.get("scan"))
        return FileProof(said["file"]) if said["proof"] == FILE else SignedProof(said["by"])


DROPPING = {"outcome": Progress.Outcome.DROPPED, "proof": SIGNED}
"""What the form begins with where somebody wants to say that a task is not to be done."""
FIELDS_OF = {PAPER: ("number", "date", "issuer", "scan"), FILE: ("file",), SIGNED: ("by",)}


def _quarter_to_write(task: Task, today: dt.date) -> int:
    """The first quarter without a line among those that have begun; else the present one."""
    year = task.plan.year if task.plan else today.year
    present = 4 if today.year > year else (today.month + 2) // 3 if today.year == year else 1
    written = {line.quarter for line in task.progress.all()}
    return next((quarter for quarter in range(1, present + 1) if quarter not in written), present)
