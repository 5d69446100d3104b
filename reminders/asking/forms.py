"""What the pages of requests ask. Whether it fits is said by ``values``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from core.errors import AppError
from core.forms import RowByName
from core.models import StoredFile
from reminders.asking import uploads, values
from reminders.asking.values import AnswerData, RequestData, Row
from reminders.models import Ask
from units.models import Part, Person

DAY_HINT = "Ngày/tháng/năm, ví dụ 5/3/2026."
ROW_GROUPS = (3, 7, 10)
"""Rows of a list to type on the phone: so many are shown, then so many more for the asking."""
ROWS_ON_PAGE = sum(ROW_GROUPS)


def day_field(label: str, hint: str = "", **kwargs: Any) -> forms.DateField:
    errors = {"invalid": f"Không có ngày này. {DAY_HINT}", "required": f"Chưa ghi ngày. {DAY_HINT}"}
    widget = forms.DateInput(attrs={"class": "short", "autocomplete": "off"})
    return forms.DateField(
        label=label, help_text=f"{hint} {DAY_HINT}".strip(), error_messages=errors, widget=widget, **kwargs
    )


# -- The request -----------------------------------------------------------------------------


class RequestForm(forms.Form):
    title = forms.CharField(
        label="Yêu cầu gửi gì",
        max_length=values.TITLE,
        help_text="Ví dụ: Danh sách đề nghị khen thưởng cuối năm.",
        error_messages={"required": "Ghi yêu cầu các nơi gửi gì."},
    )
    body = forms.CharField(
        label="Nội dung, cách làm",
        required=False,
        help_text="Nơi nhận đọc trên điện thoại: cần những gì, theo mẫu nào, gửi thế nào.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    due = day_field("Hạn gửi")
    parts = forms.Field(label="Gửi cho", required=False, widget=forms.CheckboxSelectMultiple)
    kinds = forms.Field(required=False, widget=forms.CheckboxSelectMultiple)
    columns = forms.CharField(
        label="Các cột, nếu cần danh sách",
        required=False,
        help_text="Cách nhau bằng dấu chấm phẩy, ví dụ: Họ và tên; Năm sinh; Thành tích. Để trống nếu chỉ cần nội "
        "dung, ảnh, tệp.",
    )
    sample = forms.FileField(
        label="Tệp mẫu",
        required=False,
        help_text="Nơi nhận tải về từ liên kết. PDF, Word (.docx), Excel (.xlsx) hoặc ảnh.",
        widget=forms.FileInput(attrs={"accept": uploads.ACCEPTED}),
        error_messages={"empty": "Tệp này trống."},
    )
    drop_sample = forms.BooleanField(label="Bỏ tệp mẫu đang có", required=False)
    follower = RowByName(
        label="Người theo dõi",
        required=False,
        unknown="Chưa có người này trong danh sách Nhân sự của đơn vị.",
        help_text="Gõ tên rồi chọn. Người này được nhắc khi còn nơi chưa gửi và được báo khi có nơi gửi về.",
    )
    kept = forms.IntegerField(required=False, widget=forms.HiddenInput)
    """A sample that came with a page which was refused."""
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    kept_sample: StoredFile | None = None

    def __init__(
        self,
        *args: Any,
        offered: Sequence[Part],
        people: Sequence[Person],
        there: StoredFile | None,
        layout: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        """``layout``: the columns, where they are not the officer's to choose."""
        super().__init__(*args, **kwargs)
        if layout:
            self._fix(layout)
        self.offered, self.there = {part.pk: part for part in offered}, there
        self.fields["follower"].offer(people, lambda one: one.post)  # type: ignore[attr-defined]
        if there is None:
            del self.fields["drop_sample"]

    def _fix(self, layout: Sequence[str]) -> None:
        columns = self.fields["columns"]
        columns.disabled, columns.label = True, "Các cột"
        columns.help_text = "Cố định, để nội dung gửi về nhận thẳng vào danh sách."
        self.initial["columns"] = "; ".join(layout)

    @property
    def ticked(self) -> set[int]:
        return {int(value) for value in self["parts"].value() or () if str(value).isdecimal()}

    @property
    def ticked_kinds(self) -> list[str]:
        return list(self["kinds"].value() or ())

    def clean_parts(self) -> list[Part]:
        """Those ticked one by one and those of a kind that was ticked as a whole."""
        kinds = self.ticked_kinds if self.is_bound else []
        return [part for pk, part in self.offered.items() if pk in self.ticked or part.kind in kinds]

    def keep_sample(self, *, unit_id: int, actor: Any) -> None:
        """The file that was chosen, else one kept from a page that was refused, else the one that is there."""
        said = self.cleaned_data
        try:
            if upload := said.get("sample"):
                self.kept_sample = uploads.keep(upload, unit_id=unit_id, actor=actor)
            elif pk := said.get("kept"):
                self.kept_sample = StoredFile.objects.filter(pk=pk, unit_id=unit_id, created_by=actor).first()
        except AppError as error:
            self.add_error("sample", str(error))
        self.data = self.data.copy()  # type: ignore[misc]
        self.data["kept"] = str(self.kept_sample.pk) if self.kept_sample else ""

    def read(self, **also: Any) -> RequestData:
        said = self.cleaned_data
        there = None if said.get("drop_sample") else self.there
        return RequestData(
            title=said["title"],
            body=said["body"],
            due=said["due"],
            parts=said["parts"],
            follower=said["follower"],
            columns=tuple(said["columns"].split(";")) if said["columns"] else (),
            sample=self.kept_sample or there,
            **also,
        )


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label="Lý do trả lại",
        max_length=values.REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nơi gửi đọc được lý do này khi mở liên kết mới.",
        error_messages={"required": "Ghi lý do trả lại, để nơi gửi biết cần sửa gì."},
    )


# -- The answer ------------------------------------------------------------------------------


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile]:
        return files.getlist(name) if hasattr(files, "getlist") else []


class AnswerForm(forms.Form):
    """Made for the phone: rows of a list where one is asked for, words, pictures, files, a name."""

    use_required_attribute = False

    text = forms.CharField(
        label="Nội dung trả lời",
        required=False,
        max_length=values.TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": f"Nội dung dài quá {values.TEXT // 1000}.000 chữ; hãy gửi bằng tệp."},
    )
    photos = forms.Field(
        label="Chụp ảnh văn bản, danh sách",
        required=False,
        widget=SeveralFiles(attrs={"accept": "image/*", "capture": "environment", "multiple": True}),
    )
    files = forms.Field(
        label="Chọn ảnh hoặc tệp có sẵn",
        required=False,
        help_text=f"Ảnh, PDF, Word (.docx), Excel (.xlsx); tối đa {uploads.MOST} tệp, cộng lại "
        f"{uploads.LARGEST_TOGETHER >> 20} MB.",
        widget=SeveralFiles(attrs={"accept": uploads.ACCEPTED, "multiple": True}),
    )
    sender = forms.CharField(
        label="Họ và tên người gửi",
        max_length=values.SENDER,
        widget=forms.TextInput(attrs={"autocomplete": "name", "required": True}),
        error_messages={"required": "Ghi họ và tên người gửi."},
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    drop_kept = forms.BooleanField(label="Bỏ các tệp này, không gửi", required=False)

    def __init__(self, *args: Any, ask: Ask, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask, self.columns = ask, list(ask.request.columns)
        self.kept_files: list[StoredFile] = []
        if self.columns:
            self.fields["text"].label = "Ghi thêm"

    def receive(self, *, actor: Any) -> None:
        """Keep what was chosen; what does not fit is told by its name, the rest stays though the page is refused."""
        said = self.cleaned_data
        self.kept_files = [] if said.get("drop_kept") else uploads.unpack(self.ask, said.get("kept", ""))
        chosen = [(name, upload) for name in ("photos", "files") for upload in said.get(name, ())]
        size = sum(file.size for file in self.kept_files) + sum(upload.size or 0 for _, upload in chosen)
        if len(self.kept_files) + len(chosen) > uploads.MOST:
            self.add_error("files", f"Mỗi lần gửi tối đa {uploads.MOST} tệp; hãy chọn lại.")
        elif size > uploads.LARGEST_TOGETHER:
            self.add_error("files", f"Các tệp cộng lại quá {uploads.LARGEST_TOGETHER >> 20} MB; hãy bớt ảnh rồi gửi.")
        else:
            for name, upload in chosen:
                self._keep(name, upload, actor)
        self.data = self.data.copy()  # type: ignore[misc]
        self.data["kept"] = uploads.pack(self.ask, self.kept_files)

    def _keep(self, field: str, upload: UploadedFile, actor: Any) -> None:
        try:
            self.kept_files.append(uploads.keep(upload, unit_id=self.ask.request.unit_id, actor=actor))
        except AppError as error:
            self.add_error(field, f"{(upload.name or 'Tệp')[:80]}: {error}")

    # -- Rows of a list ----------------------------------------------------------------------

    @property
    def row_groups(self) -> Iterator[dict[str, Any]]:
        """After the first those that are blank are folded away."""
        typed, first = self._typed_rows(), 0
        for count in ROW_GROUPS:
            rows = [self._row(number, typed[number]) for number in range(first, first + count)]
            is_filled = any(cell["value"] for row in rows for cell in row["cells"])
            yield {"rows": rows, "is_open": first == 0 or is_filled, "first": first + 1, "last": first + count}
            first += count

    def _row(self, number: int, typed: Row) -> dict[str, Any]:
        cells = [
            {"name": _cell(number, place), "label": name, "value": typed.get(name, "")}
            for place, name in enumerate(self.columns)
        ]
        return {"number": number + 1, "cells": cells}

    def _typed_rows(self) -> list[Row]:
        if self.is_bound:
            return [
                {name: self.data.get(_cell(number, place), "") for place, name in enumerate(self.columns)}
                for number in range(ROWS_ON_PAGE)
            ]
        before = list(self.initial.get("rows", ()))[:ROWS_ON_PAGE]
        return before + [{}] * (ROWS_ON_PAGE - len(before))

    def read(self) -> AnswerData:
        said = self.cleaned_data
        rows: tuple[Row, ...] = ()
        if self.columns:
            typed = self._typed_rows()
            is_typed = any(value.strip() for row in typed for value in row.values())
            rows = tuple(typed) if is_typed else uploads.rows_in(self.kept_files, self.columns)
        return AnswerData(
            sender=said["sender"], text=said["text"], rows=rows, files=tuple(self.kept_files), day=said.get("day")
        )


class BehalfForm(AnswerForm):
    """Nhập hộ: the officer enters what he was told, or given on paper."""

    day = day_field("Ngày nhận được", initial=timezone.localdate)
    field_order = ("sender", "day", "text", "files", "kept")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["photos"]
        self.fields["sender"].label = "Ai gửi, ai báo"
        self.fields["sender"].help_text = "Họ và tên người đã báo hoặc nộp, ví dụ: Bà Lò Thị Mây, trưởng thôn."
        self.fields["files"].label = "Ảnh, tệp đã nhận"


def _cell(row: int, column: int) -> str:
    return f"dong-{row}-{column}"
