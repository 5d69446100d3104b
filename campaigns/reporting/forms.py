"""What the pages of reports and exemplars ask. Whether it fits is said by the services."""

from __future__ import annotations

from typing import Any

from django import forms

from campaigns.issuers import to_choose
from campaigns.models import Campaign, Exemplar, Review, Wave
from campaigns.reporting.exemplar_services import NAME, PROPOSED, ExemplarData
from campaigns.reporting.presenters import words_of
from campaigns.results.selectors import periods_to_report
from campaigns.running.forms import day_field
from core.forms import RowByName, TypedListInput
from core.models import StoredFile
from documents.series_forms import NumberedPaperForm
from units.models import Issuer, Part

INTERIM, FINAL = "so-ket", "tong-ket"
_AWARDS = (
    "Giấy khen của Chủ tịch Ủy ban nhân dân xã",
    "Giấy khen của Chủ tịch Ủy ban nhân dân phường",
    "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
)


class ReviewForm(forms.Form):
    use_required_attribute = False

    period = forms.ChoiceField(
        label="Kỳ", help_text="Số liệu lũy kế đến hết kỳ.", error_messages={"required": "Chọn kỳ."}
    )
    wave = forms.ModelChoiceField(
        label="Của đợt", queryset=Wave.objects.none(), required=False, empty_label="Cả phong trào"
    )
    what = forms.ChoiceField(
        label="Loại báo cáo",
        choices=[(INTERIM, "Sơ kết"), (FINAL, "Tổng kết phong trào")],
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn sơ kết hoặc tổng kết."},
    )

    issuer = forms.ModelChoiceField(
        label="Cơ quan ban hành", queryset=Issuer.objects.none(), required=False, empty_label=None
    )

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not offer_issuers(self.fields["issuer"], campaign):
            del self.fields["issuer"]
        periods = periods_to_report(campaign)
        self.fields["period"].choices = [(one.code, _first_up(words_of(one.code))) for one in periods]  # type: ignore[attr-defined]
        self.fields["wave"].queryset = campaign.waves.order_by("order")  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        """Arguments of ``start_review``."""
        said = self.cleaned_data
        what = {"period": said["period"], "wave": said["wave"], "is_final": said["what"] == FINAL}
        return what | {"issuer": said.get("issuer")}


def offer_issuers(field: Any, campaign: Campaign) -> bool:
    """Whether there is any choice."""
    offered = to_choose(campaign)
    field.queryset = Issuer.objects.filter(pk__in=[one.pk for one in offered])
    field.choices = [(one.pk, one.name) for one in offered]
    return len(offered) > 1


class IssuerForm(forms.Form):
    """``version`` is the review's when the page was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    issuer = forms.ModelChoiceField(
        label="Cơ quan ban hành",
        queryset=Issuer.objects.none(),
        empty_label=None,
        error_messages={"required": "Chọn cơ quan ban hành.", "invalid_choice": "Chọn cơ quan ban hành của đơn vị."},
    )

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_choice = offer_issuers(self.fields["issuer"], campaign)


def _first_up(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


class TextForm(forms.Form):
    """``version`` is the review's when the page was shown."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput)
    lines = forms.CharField(
        label="Lời văn",
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Mỗi dòng một đoạn, như trong Word: «1. …», «a) …», «- …». Để trống thì không in phần này.",
    )


class ReviewIssueForm(NumberedPaperForm):
    """``version`` is the review's when the page was shown: what was not seen is not frozen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    closes = forms.BooleanField(label="Ghi đã tổng kết phong trào", required=False)

    def __init__(self, *args: Any, asks_to_close: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_to_close:
            del self.fields["closes"]

    @staticmethod
    def initial_of(review: Review, symbol: str, signer: str) -> dict[str, Any]:
        return {"version": review.version, "symbol": symbol, "signer": signer, "closes": review.is_final}


class ExemplarForm(forms.Form):
    use_required_attribute = False

    kind = forms.ChoiceField(label="Đối tượng", choices=Exemplar.Kind.choices, widget=forms.RadioSelect)
    name = forms.CharField(
        label="Tên",
        max_length=NAME,
        help_text="Như in trên báo cáo, ví dụ: Bà Lò Thị Mây; Tập thể Thôn 3.",
        error_messages={"required": "Ghi tên tập thể, cá nhân hoặc hộ gia đình."},
    )
    part = RowByName(label="Thôn, trường, đơn vị", required=False, unknown="Không có bộ phận này ở đơn vị của bạn.")
    story = forms.CharField(
        label="Việc làm, thành tích",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Ghi việc làm, thành tích."},
    )
    day = day_field("Ngày ghi", "Ngày của việc làm hoặc ngày ghi nhận.")
    wave = forms.ModelChoiceField(
        label="Trong đợt", queryset=Wave.objects.none(), required=False, empty_label="Không theo đợt"
    )
    proposed = forms.CharField(
        label="Đề nghị khen thưởng",
        max_length=PROPOSED,
        required=False,
        widget=TypedListInput,
        help_text="Hình thức khen thưởng dự kiến, như ghi trên văn bản. Chưa đề nghị thì để trống.",
    )
    picture = forms.FileField(
        label="Ảnh", required=False, help_text="Tệp PNG hoặc JPEG; in ở phần điển hình tiên tiến của báo cáo."
    )
    drops_picture = forms.BooleanField(label="Bỏ ảnh đang có", required=False)

    def __init__(self, *args: Any, campaign: Campaign, parts: list[Part], used: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].offer(parts)  # type: ignore[attr-defined]
        self.fields["wave"].queryset = campaign.waves.order_by("order")  # type: ignore[attr-defined]
        self.fields["proposed"].widget.offers = list(dict.fromkeys([*used, *_AWARDS]))  # type: ignore[attr-defined]
        if not self.initial.get("picture"):
            del self.fields["drops_picture"]

    @staticmethod
    def initial_of(exemplar: Exemplar) -> dict[str, Any]:
        names = ("kind", "name", "part", "story", "day", "wave", "proposed", "picture")
        return {name: getattr(exemplar, name) for name in names}

    def wanted(self, picture: StoredFile | None) -> ExemplarData:
        said = self.cleaned_data
        fields = ("name", "story", "day", "kind", "part", "wave", "proposed")
        return ExemplarData(**{name: said[name] for name in fields}, picture=picture)
