"""What a person types from a signed paper. Whether it fits is said by ``documents.issuing``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, Self

from django import forms
from django.http import HttpRequest

from core.forms import RowByName, TypedListInput
from core.models import StoredFile
from documents import issuing
from documents.findings import Findings, read_stored
from documents.models import IssuedPaper
from documents.signed import Outcome
from documents.signed_copies import CopyReport, beside
from units.models import Issuer

_TYPED = frozenset(field.name for field in fields(issuing.PaperData))
_KINDS = (
    *("Kế hoạch", "Quyết định", "Báo cáo", "Tờ trình", "Công văn", "Thông báo", "Hướng dẫn", "Chương trình"),
    *("Biên bản", "Giấy mời", "Quy chế", "Nghị quyết"),
)
READ = "doc"
"""Name of the button that reads the file instead of recording."""
DAY_HINT = "Ngày/tháng/năm, ví dụ 5/3/2026."


class SignedFileForm(forms.Form):
    """A signed copy. It is kept as soon as it came, so that a page shown again need not ask for it again."""

    kept = forms.IntegerField(required=False, widget=forms.HiddenInput)
    signed_file = forms.FileField(
        label="Bản đã ký",
        required=False,
        help_text="Chọn hoặc kéo thả tệp PDF, Word (.docx) hay ảnh chụp. Tệp được giữ nguyên như khi nhận.",
    )

    data: Any
    kept_file: StoredFile | None = None
    is_new_file = False
    """It came with this request, so nobody has seen yet what it says."""

    def receive(self, request: HttpRequest, unit_id: int) -> None:
        """Keep what was dropped in, or find what was before, into ``kept_file``; refusals stand at the field."""
        who: dict[str, Any] = {"unit_id": unit_id, "actor": request.user}
        try:
            if upload := self.cleaned_data.get("signed_file"):
                self.kept_file, self.is_new_file = issuing.keep_signed(upload, **who), True
            elif pk := self.cleaned_data.get("kept"):
                self.kept_file = issuing.kept_signed(pk, **who)
        except issuing.UnfitPaper as error:
            self.add_error(error.field, str(error))
        self.data = self.data.copy()
        self.data["kept"] = str(self.kept_file.pk) if self.kept_file else ""
        self._say_kept()

    def _say_kept(self) -> None:
        if self.kept_file:  # at the field as it is shown: one that was looked at keeps the words of its beginning
            self["signed_file"].help_text = "Chỉ chọn tệp khi muốn thay tệp đã nhận ở trên."


class AskedForm(SignedFileForm):
    """A signed copy that is read: what it contradicts is asked about once, and the person decides."""

    confirmed = forms.BooleanField(
        label="Đã đối chiếu với văn bản, vẫn ghi như ở đây", required=False, widget=forms.HiddenInput
    )

    findings: Findings | None = None

    def receive(self, request: HttpRequest, unit_id: int) -> None:
        """And what the kept file says, into ``findings``."""
        super().receive(request, unit_id)
        if self.kept_file:
            self.findings = read_stored(self.kept_file)

    def ask(self, doubts: Sequence[tuple[str, str]]) -> bool:
        """Whether nothing is left to ask: there is no doubt, or the person saw this file and said yes."""
        if doubts and self.is_new_file:
            self.data["confirmed"] = ""  # the yes was given to another file
        if self.is_new_file or not self.cleaned_data["confirmed"]:
            for field, sentence in doubts:
                self.refuse(issuing.ToConfirm(field, sentence))
        return self.is_valid()

    def refuse(self, error: issuing.UnfitPaper) -> None:
        """Say it at its field; where only a yes is missing, ask for it."""
        self.add_error(error.field if error.field in self.fields else None, str(error))
        if isinstance(error, issuing.ToConfirm):
            self.fields["confirmed"].widget = forms.CheckboxInput()


class CopyForm(AskedForm):
    """The signed copy of a paper that is on record without one."""

    field_order: tuple[str, ...] = ("signed_file", "confirmed")

    copy: CopyReport | None = None

    def agrees_with(self, paper: IssuedPaper) -> bool:
        """Whether it contradicts neither the record nor what went out; else the person is asked once: a copy on
        record is never replaced.
        """
        if self.kept_file is None:
            return True
        self.copy = beside(paper, self.kept_file)
        recorded = {name: getattr(paper, name) for name in ("number", "symbol", "date", "signer")}
        doubts = self.copy.findings.doubts(recorded, where="sổ")
        if self.copy.comparison and self.copy.comparison.outcome is Outcome.DIFFER:
            doubts.append(("signed_file", self.copy.comparison.sentence))
        return self.ask(doubts)


class PaperForm(AskedForm):
    number = forms.CharField(
        label="Số", max_length=issuing.NUMBER + issuing.SYMBOL, help_text="Ví dụ: 27 hoặc 27/KH-UBND."
    )
    symbol = forms.CharField(
        label="Ký hiệu",
        max_length=issuing.SYMBOL,
        required=False,
        help_text="Ví dụ: KH-UBND. Đã ghi cùng số thì để trống.",
    )
    date = forms.DateField(label="Ngày ban hành", help_text=DAY_HINT)
    signer = forms.CharField(
        label="Người ký", max_length=issuing.SIGNER, required=False, help_text="Họ và tên như trên văn bản."
    )
    field_order: tuple[str, ...] = ("signed_file", "number", "symbol", "date", "signer", "confirmed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed_file"].help_text += " Bấm «Đọc từ tệp» để điền sẵn số, ngày, người ký."

    def read(self, **more: Any) -> Self:
        """The page again with what the kept file says in its fields; what it does not say stays as typed."""
        if self.kept_file is None or self.findings is None:
            if "signed_file" not in self.errors:
                self.add_error("signed_file", "Chưa chọn tệp để đọc.")
            return self
        found = self.findings
        typed = {name: self.data[name] for name in self.fields if self.data.get(name) and name != "confirmed"}
        fresh = type(self)(initial={**typed, **found.values, "kept": self.kept_file.pk}, **more)
        fresh.kept_file, fresh.findings = self.kept_file, found
        fresh._say_kept()
        return fresh

    def agrees_with_file(self) -> bool:
        """Whether the file contradicts nothing that was typed; where it does, the person is asked once."""
        return self.findings is None or self.ask(self.findings.doubts(self.typed()))

    def typed(self) -> dict[str, Any]:
        """What the paper says: without the file and the page's own fields."""
        return {name: value for name, value in self.cleaned_data.items() if name in _TYPED}


class PastPaperForm(PaperForm):
    """A paper that was issued elsewhere or earlier, typed from its copy."""

    issuer = RowByName(label="Cơ quan ban hành", unknown="Không có cơ quan ban hành này ở đơn vị của bạn.")
    kind = forms.CharField(
        label="Tên loại", max_length=issuing.KIND, widget=TypedListInput, help_text="Kế hoạch, Quyết định, Báo cáo…"
    )
    subject = forms.CharField(
        label="Trích yếu", max_length=issuing.SUBJECT, widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    field_order = ("issuer", "signed_file", "kind", "number", "symbol", "date", "subject", "signer", "confirmed")

    def __init__(self, *args: Any, issuers: Sequence[Issuer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer"].offer(issuers, lambda issuer: issuer.unit.title)  # type: ignore[attr-defined]
        self.fields["kind"].widget.offers = list(_KINDS)
        if len(issuers) == 1:
            self.initial.setdefault("issuer", issuers[0])
