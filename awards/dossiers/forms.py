"""What the pages of dossiers ask. What may stand is said by the services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from awards.dossiers.consulting import MOST_DAYS, USUAL_DAYS
from awards.dossiers.correcting import FIELDS, Field
from awards.dossiers.fact_services import CountData, ImpedimentData, RatingData
from awards.dossiers.initiative_services import InitiativeData
from awards.dossiers.reports import Section
from awards.models import Impediment, Initiative, Nominee, Rating
from awards.shipped import PAPER_WORDS, shipped_awards
from campaigns.results.evidence import Proof
from clusters.sheets.forms import ProofForm

_BAD_DAY = {"invalid": "Không có ngày này. Ghi ngày/tháng/năm, ví dụ 5/12/2026."}
_COUNT = {
    "invalid": "Ghi số bằng chữ số.",
    "required": "Ghi số, không có thì ghi 0.",
    "min_value": "Ghi từ 0 trở lên.",
}


def proof_of(form: forms.Form) -> Proof:
    said = form.cleaned_data
    return Proof(said.get("number", ""), said.get("date"), said.get("issuer", ""), said.get("file"))


class RatingForm(forms.Form):
    """Of one year; without a level it is taken out."""

    use_required_attribute = False

    year = forms.IntegerField(widget=forms.HiddenInput)
    level = forms.ChoiceField(label="Xếp loại", required=False, choices=[("", "Chưa có"), *Rating.Level.choices])
    is_expected = forms.BooleanField(label="Dự kiến, chưa có văn bản", required=False)
    source = forms.CharField(label="Theo văn bản", required=False, max_length=300)

    def data_of(self) -> RatingData:
        return RatingData(**self.cleaned_data)


class CountForm(forms.Form):
    use_required_attribute = False

    year = forms.IntegerField(widget=forms.HiddenInput)
    total = forms.IntegerField(label="Số người", min_value=0, error_messages=_COUNT)
    completed = forms.IntegerField(label="Hoàn thành nhiệm vụ", min_value=0, error_messages=_COUNT)
    ldtt = forms.IntegerField(label="Lao động tiên tiến", min_value=0, error_messages=_COUNT)
    cstdcs = forms.IntegerField(label="Chiến sĩ thi đua cơ sở", min_value=0, error_messages=_COUNT)
    warned_or_worse = forms.IntegerField(label="Bị kỷ luật từ cảnh cáo", min_value=0, error_messages=_COUNT)
    women = forms.IntegerField(label="Nữ", min_value=0, required=False, error_messages=_COUNT)

    def data_of(self) -> CountData:
        return CountData(**self.cleaned_data)


class MaternityForm(forms.Form):
    year = forms.IntegerField(widget=forms.HiddenInput)
    is_on = forms.BooleanField(required=False, widget=forms.HiddenInput)


class ConfirmForm(forms.Form):
    use_required_attribute = False

    year = forms.IntegerField(widget=forms.HiddenInput)
    source = forms.CharField(
        label="Theo văn bản",
        max_length=300,
        error_messages={"required": "Ghi văn bản xếp loại, ví dụ: Thông báo số 15/TB-UBND ngày 5/12/2026."},
    )


class ImpedimentForm(forms.Form):
    use_required_attribute = False

    kind = forms.ChoiceField(label="Loại", choices=Impediment.Kind.choices)
    level = forms.CharField(
        label="Hình thức, nội dung",
        max_length=120,
        help_text="Ví dụ: Khiển trách; Đang xác minh đơn tố cáo.",
        error_messages={"required": "Ghi hình thức kỷ luật hoặc nội dung vụ việc."},
    )
    start = forms.DateField(
        label="Từ ngày", error_messages=_BAD_DAY | {"required": "Ghi ngày bắt đầu, ví dụ 5/3/2026."}
    )
    end = forms.DateField(
        label="Đến hết ngày",
        required=False,
        help_text="Để trống nếu còn hiệu lực, còn đang xem xét.",
        error_messages=_BAD_DAY,
    )
    source = forms.CharField(label="Cơ quan xác nhận, văn bản", required=False, max_length=300)

    def data_of(self) -> ImpedimentData:
        return ImpedimentData(**self.cleaned_data)


class DecideForm(forms.Form):
    use_required_attribute = False

    choice = forms.ChoiceField(
        label="Quyết định",
        choices=[one for one in Nominee.Overruled.choices if one[0]],
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn vẫn đề nghị hoặc không đề nghị."},
    )
    reason = forms.CharField(
        label="Lý do",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Ghi lý do để người xem sau hiểu vì sao."},
    )


class TextsForm(forms.Form):
    """Summary, and the sections of the report's form."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput)
    achievement = forms.CharField(
        label="Tóm tắt thành tích",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="In trong danh sách trích ngang; với Giấy khen là hồ sơ của đối tượng.",
    )

    def __init__(self, *args: Any, sections: Sequence[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = sections
        for one in sections:
            self.fields[one.code] = forms.CharField(
                label=one.heading,
                required=False,
                max_length=20_000,
                widget=forms.Textarea(attrs={"rows": 6}),
                help_text=one.hint,
            )

    def report(self) -> dict[str, str]:
        return {one.code: self.cleaned_data[one.code] for one in self.sections}


class PaperForm(ProofForm):
    """A piece of the dossier: one that the catalogue asks for, or any other."""

    kind = forms.ChoiceField(label="Thành phần hồ sơ", error_messages={"required": "Chọn thành phần hồ sơ."})
    other = forms.CharField(label="Tên tài liệu, nếu là loại khác", required=False, max_length=120)
    field_order = ("kind", "other", "file", "number", "date", "issuer")

    def __init__(self, *args: Any, asked: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rest = [code for code in PAPER_WORDS if code not in asked]
        choices = [(code, PAPER_WORDS.get(code, code)) for code in (*asked, *rest)]
        self.fields["kind"].choices = [*choices, ("", "Loại khác")]  # type: ignore[attr-defined]
        self.fields["kind"].required = False

    def named(self) -> str:
        return self.cleaned_data["kind"] or self.cleaned_data["other"]


class AskForm(forms.Form):
    """One faulty field."""

    use_required_attribute = False

    field = forms.ChoiceField(
        label="Nội dung cần sửa",
        choices=[(one.name, one.label) for one in FIELDS.values()],
        error_messages={"required": "Chọn nội dung cần sửa."},
    )
    reason = forms.CharField(
        label="Cần sửa gì",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ví dụ: Năm sinh khác với hồ sơ năm trước, đề nghị đối chiếu. Các nội dung khác giữ nguyên.",
        error_messages={"required": "Ghi cần sửa gì để nơi gửi biết."},
    )


class AnswerForm(forms.Form):
    """Just that field, as it is kept."""

    use_required_attribute = False

    value = forms.CharField(label="Sửa thành", required=False)

    def __init__(self, *args: Any, field: Field, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field.choices:
            self.fields["value"] = forms.ChoiceField(label=field.label, choices=field.choices, required=False)
        elif field.is_long or not field.is_column:
            widget = forms.Textarea(attrs={"rows": 6 if field.is_long else 3})
            hint = "" if field.is_column else "Ghi đã sửa, đã bổ sung gì."
            self.fields["value"] = forms.CharField(label=field.label, required=False, widget=widget, help_text=hint)
        else:
            hint = "Ngày/tháng/năm, ví dụ 5/3/1985." if field.is_day else ""
            self.fields["value"] = forms.CharField(label=field.label, required=False, help_text=hint)


class ConsultForm(forms.Form):
    use_required_attribute = False

    body = forms.CharField(
        label="Cơ quan được hỏi",
        max_length=300,
        help_text="Ví dụ: Công an xã; Thuế cơ sở 5; Bảo hiểm xã hội cơ sở Vân Khê.",
        error_messages={"required": "Ghi cơ quan được hỏi, ví dụ: Công an xã."},
    )
    about = forms.CharField(
        label="Nội dung hỏi",
        max_length=300,
        help_text="Ví dụ: chấp hành pháp luật, an ninh trật tự, an toàn giao thông.",
        error_messages={"required": "Ghi nội dung hỏi, ví dụ: chấp hành pháp luật."},
    )
    sent_on = forms.DateField(
        label="Ngày gửi",
        initial=timezone.localdate,
        error_messages=_BAD_DAY | {"required": "Ghi ngày gửi, ví dụ 5/12/2026."},
    )
    days = forms.IntegerField(
        label="Số ngày làm việc để trả lời",
        min_value=0,
        max_value=MOST_DAYS,
        initial=USUAL_DAYS,
        help_text="Đếm từ ngày làm việc sau ngày gửi, theo lịch làm việc của đơn vị. Ghi 0 nếu không có hạn.",
        error_messages={"required": "Ghi số ngày làm việc.", "invalid": "Ghi số ngày bằng chữ số."},
    )
    nominees = forms.TypedMultipleChoiceField(
        label="Đối tượng được hỏi",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một đối tượng để hỏi."},
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nominees"].choices = choices  # type: ignore[attr-defined]


class AnswersForm(ProofForm):
    """Of one body, besides the rows: when it answered, and by which paper."""

    answered_on = forms.DateField(
        label="Ngày trả lời",
        initial=timezone.localdate,
        error_messages=_BAD_DAY | {"required": "Ghi ngày trả lời, ví dụ 10/12/2026."},
    )
    field_order = ("answered_on", "number", "date", "issuer", "file")


class PasteForm(forms.Form):
    use_required_attribute = False

    text = forms.CharField(
        label="Dán bảng trả lời",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "data-paste-html": "html", "wrap": "off"}),
        help_text="Chép trong Excel hoặc Word, cả dòng tên cột: Họ và tên, Năm sinh, Ý kiến, Ghi chú.",
    )
    html = forms.CharField(required=False, widget=forms.HiddenInput())


class InitiativeForm(forms.Form):
    use_required_attribute = False

    title = forms.CharField(
        label="Tên sáng kiến, đề tài",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Ghi tên sáng kiến, đề tài."},
    )
    year = forms.IntegerField(
        label="Năm", error_messages={"required": "Ghi năm, ví dụ 2026.", "invalid": "Ghi năm bằng bốn chữ số."}
    )
    authors = forms.CharField(
        label="Tác giả, mỗi người một dòng",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ghi thêm năm sinh nếu có người trùng tên hoặc là người mới, ví dụ: Nguyễn Thị Hoa, 1985.",
        error_messages={"required": "Ghi ít nhất một tác giả."},
    )
    scope = forms.ChoiceField(label="Phạm vi ảnh hưởng", choices=Initiative.Scope.choices)
    is_recognised = forms.BooleanField(label="Đã được công nhận", required=False)
    recognised_by = forms.CharField(
        label="Quyết định công nhận",
        required=False,
        max_length=300,
        help_text="Số, ngày, người ký: Quyết định số 45/QĐ-UBND ngày 2/6/2026 của Chủ tịch Ủy ban nhân dân xã.",
    )
    recognised_on = forms.DateField(label="Ngày công nhận", required=False, error_messages=_BAD_DAY)
    applied_at = forms.CharField(label="Nơi áp dụng", required=False, max_length=300)
    used_for = forms.ChoiceField(
        label="Đã dùng làm căn cứ, ngoài chương trình",
        required=False,
        help_text="Mỗi sáng kiến làm căn cứ một lần. Hồ sơ trong chương trình tự hiện, không cần ghi ở đây.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = [("", "Chưa dùng"), *((code, award.name) for code, award in shipped_awards().items())]
        self.fields["used_for"].choices = codes  # type: ignore[attr-defined]

    def data_of(self) -> InitiativeData:
        return InitiativeData(**{name: self.cleaned_data[name] for name in InitiativeData.__dataclass_fields__})
