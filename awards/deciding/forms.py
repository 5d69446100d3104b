"""What the pages of decisions ask. Whether it fits is said by the services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from awards.collecting import wording
from awards.collecting.rows import RowData
from awards.collecting.values import ACHIEVEMENT, NAME, POST, WORKPLACE, NomineeData
from awards.deciding.candidates import Group
from awards.deciding.drafting import LONGEST, TEXTS
from awards.deciding.paying import NOTE, Choice, Question
from awards.deciding.services import PAYER
from awards.models import Decision, Nominee, Round
from awards.models.common import RecipientKind
from awards.money import BY_WORDS, By
from awards.shipped import Award
from campaigns.results.evidence import Proof
from campaigns.running.forms import day_field
from core.cells import UnfitCell
from core.errors import AppError
from documents.models import IssuedPaper
from documents.series_forms import NumberedPaperForm
from documents.signed import Outcome
from documents.signed.comparing import compare
from documents.tree import Paper
from units.models import Issuer, Unit

NONE, OWN_SUM = "khong", "khac"
GIVEN, REFUSED, OPEN = "duoc", "khong", ""
_LINE = 300
ROWS_OF_QUICK = 5


class GroupsForm(forms.Form):
    """Which awards and kinds go together."""

    use_required_attribute = False

    groups = forms.MultipleChoiceField(
        label="Đưa vào quyết định",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một mục."},
    )

    def __init__(self, *args: Any, groups: Sequence[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["groups"]
        field.choices = [(group.key, group.words) for group in groups]
        field.initial = [group.key for group in groups]


class DraftForm(GroupsForm):
    by = forms.ChoiceField(label="Người quyết định", required=False)

    def __init__(self, *args: Any, groups: Sequence[Group], **kwargs: Any) -> None:
        super().__init__(*args, groups=groups, **kwargs)
        deciders = list(dict.fromkeys(by for group in groups for by in group.deciders))
        if len(deciders) < 2:
            del self.fields["by"]
            return
        field: Any = self.fields["by"]
        field.choices = [("", "Người quyết định được tất cả"), *((by.value, BY_WORDS[by]) for by in deciders)]


class WordsForm(forms.Form):
    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput)
    issuer = forms.ModelChoiceField(
        label="Cơ quan ban hành",
        queryset=Issuer.objects.none(),
        empty_label=None,
        help_text="Tên ở góc trái, trên cùng; ký hiệu cũng theo cơ quan này.",
    )
    payer = forms.CharField(
        label="Nguồn chi tiền thưởng", max_length=PAYER, help_text="In ở Điều 2 và danh sách chi tiền."
    )

    def __init__(self, *args: Any, issuers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["issuer"]
        field.queryset = issuers
        for text in TEXTS:
            widget = forms.Textarea(attrs={"rows": text.rows}) if text.rows else forms.TextInput()
            limit = LONGEST if text.rows else _LINE
            self.fields[text.name] = forms.CharField(
                label=text.label,
                help_text=text.hint,
                max_length=limit,
                required=text.needed,
                widget=widget,
                error_messages={"required": f"Ghi {text.label.lower()}."},
            )

    def texts(self) -> dict[str, str]:
        """Line ends as the rows keep them."""
        return {text.name: self.cleaned_data[text.name].replace("\r\n", "\n") for text in TEXTS}


class IssueForm(NumberedPaperForm):
    """``version`` is the decision's when the page was shown: what was not seen is not frozen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def agrees(self, composed: Paper) -> bool:
        """Whether the signed copy says what is typed and what was composed; else the person is asked once."""
        if self.kept_file is None or self.findings is None:
            return self.is_valid()
        doubts = list(self.doubts())
        found = compare(composed, self.findings.file, issued_as="bản soạn ở đây")
        if found.outcome is Outcome.DIFFER:
            doubts.append(("signed_file", found.sentence))
        return self.ask(doubts)

    @staticmethod
    def initial_of(decision: Decision, symbol: str, signer: str) -> dict[str, Any]:
        return {"version": decision.version, "symbol": symbol, "signer": signer}


class PublishForm(forms.Form):
    use_required_attribute = False

    decisions = forms.MultipleChoiceField(
        label="Công bố cùng lúc",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một quyết định."},
    )

    def __init__(self, *args: Any, decisions: Sequence[Decision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["decisions"]
        field.choices = [
            (str(one.pk), f"Số {one.number} ngày {one.day:%d/%m/%Y}: {one.subject}"[:400]) for one in decisions
        ]
        field.initial = [str(one.pk) for one in decisions]

    def ids(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["decisions"]]


# -- Sent up -------------------------------------------------------------------------------


class SendForm(GroupsForm):
    day = day_field("Ngày trình", "Ngày gửi tờ trình và hồ sơ.")
    paper = forms.ModelChoiceField(
        label="Tờ trình",
        queryset=IssuedPaper.objects.none(),
        required=False,
        empty_label="Gửi ngoài chương trình, chỉ ghi nhận",
        help_text="Tờ trình đã vào Sổ văn bản được gửi luôn cho cấp trên trong chương trình.",
    )
    to = forms.ModelChoiceField(
        label="Đợt xét của cấp trên",
        queryset=Round.objects.none(),
        required=False,
        empty_label="Cấp trên không nhận trong chương trình",
        help_text="Danh sách và thành tích được chuyển vào đợt xét này; rút lại được khi cấp trên chưa tiếp nhận.",
    )

    def __init__(
        self,
        *args: Any,
        groups: Sequence[Group],
        papers: Sequence[IssuedPaper],
        rounds: Sequence[Round],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, groups=groups, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["groups"].label = "Trình cấp trên"
        fields["day"].initial = timezone.localdate()
        fields["paper"].queryset = IssuedPaper.objects.filter(pk__in=[one.pk for one in papers])
        fields["paper"].label_from_instance = lambda one: f"{one} ngày {one.date:%d/%m/%Y}: {one.subject}"[:160]
        fields["to"].queryset = Round.objects.filter(pk__in=[one.pk for one in rounds]).select_related("unit")
        fields["to"].label_from_instance = lambda one: f"{one.name} ({one.unit})"
        if rounds:
            fields["to"].initial = rounds[0].pk
        else:
            del fields["to"]
        if not papers:
            del fields["paper"]


class RecallForm(forms.Form):
    use_required_attribute = False

    nominees = forms.MultipleChoiceField(
        label="Rút lại",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một đối tượng."},
    )
    reason = forms.CharField(
        label="Lý do rút lại", max_length=_LINE, error_messages={"required": "Ghi lý do rút lại."}
    )

    def __init__(self, *args: Any, nominees: Sequence[Nominee], words: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["nominees"]
        field.choices = [(str(one.pk), words(one)) for one in nominees]


class OutsideForm(forms.Form):
    """A superior's decision, and what it says of each of those who were sent up."""

    use_required_attribute = False

    by = forms.ChoiceField(label="Người quyết định")
    number = forms.CharField(
        label="Số, ký hiệu",
        max_length=80,
        help_text="Như trên quyết định: 1312/QĐ-UBND.",
        error_messages={"required": "Ghi số, ký hiệu quyết định, ví dụ 1312/QĐ-UBND."},
    )
    date = day_field("Ngày quyết định")
    issuer = forms.CharField(
        label="Cơ quan quyết định",
        max_length=_LINE,
        error_messages={"required": "Ghi cơ quan quyết định như trên văn bản."},
    )
    signer = forms.CharField(label="Người ký", max_length=120, required=False)
    upload = forms.FileField(label="Bản chụp quyết định", required=False, help_text="Tệp PDF, Word hoặc ảnh.")

    def __init__(self, *args: Any, nominees: Sequence[Nominee], deciders: Sequence[By], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nominees = nominees
        gives = not self.is_bound or any(self.data.get(f"outcome_{one.pk}") == GIVEN for one in nominees)
        for name in ("number", "date", "issuer"):
            self.fields[name].required = gives  # a refusal may come without a decision
        field: Any = self.fields["by"]
        field.choices = [(by.value, BY_WORDS[by]) for by in deciders]
        for one in nominees:
            self.fields[f"outcome_{one.pk}"] = forms.ChoiceField(
                label=f"Kết quả: {one.name}",
                choices=[(OPEN, "Chưa có"), (GIVEN, "Được khen"), (REFUSED, "Không khen")],
                required=False,
            )
            self.fields[f"reason_{one.pk}"] = forms.CharField(
                label=f"Lý do không khen: {one.name}", max_length=_LINE, required=False
            )

    def rows(self) -> list[tuple[Nominee, Any, Any]]:
        return [(one, self[f"outcome_{one.pk}"], self[f"reason_{one.pk}"]) for one in self.nominees]

    def head(self) -> list[Any]:
        return [self[name] for name in ("by", "number", "date", "issuer", "signer", "upload")]

    def given(self) -> list[int]:
        return [one.pk for one in self.nominees if self.cleaned_data.get(f"outcome_{one.pk}") == GIVEN]

    def refused(self) -> dict[int, str]:
        said = self.cleaned_data
        return {one.pk: said[f"reason_{one.pk}"] for one in self.nominees if said.get(f"outcome_{one.pk}") == REFUSED}

    def proof(self) -> Proof:
        return Proof(upload=self.cleaned_data.get("upload"))


# -- Money ---------------------------------------------------------------------------------


class ChoiceForm(forms.Form):
    """How the lines of one award and kind are paid."""

    use_required_attribute = False

    how = forms.ChoiceField(label="Mức áp dụng", widget=forms.RadioSelect, required=False)
    amount = forms.CharField(
        label="Mức khác, đồng một người (tập thể, hộ)",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label="Căn cứ, lý do", max_length=NOTE, required=False, help_text="Ví dụ: Nghị quyết số 12/2026/NQ-HĐND."
    )

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, prefix=question.key.replace(":", "_"), **kwargs)
        self.question = question
        field: Any = self.fields["how"]
        field.choices = [*question.choices, (OWN_SUM, "Mức khác (ghi ở dưới)"), (NONE, "Không chi tiền thưởng")]

    def clean_amount(self) -> int | None:
        text = "".join(self.cleaned_data["amount"].replace(".", "").split())
        if not text:
            return None
        if not text.isdecimal() or len(text) > 12:
            raise ValidationError("Ghi số tiền bằng đồng, ví dụ 500.000.")
        return int(text)

    def choice(self) -> Choice | None:
        """None: nothing was chosen yet."""
        said = self.cleaned_data
        how = said.get("how", "")
        if not how:
            return None
        if how == NONE:
            return Choice(reason=said["reason"])
        if how == OWN_SUM:
            return Choice(amount=said.get("amount") or 0, reason=said["reason"])
        return Choice(multiplier=Fraction(how), reason=said["reason"])

    def show(self, error: AppError, how: str) -> None:
        self.add_error("amount" if how == OWN_SUM and "số tiền" in str(error) else "reason", str(error))


class PaidForm(forms.Form):
    use_required_attribute = False

    day = day_field("Ngày chi")


# -- Khen nhanh ----------------------------------------------------------------------------


class QuickForm(forms.Form):
    use_required_attribute = False

    unit = forms.ChoiceField(label="Đơn vị", choices=[], required=False)
    deed = forms.CharField(
        label="Việc đã làm",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Việc gì, ở đâu, ngày nào, kết quả. In trong quyết định, tờ trình và giấy khen.",
        error_messages={"required": "Ghi việc đã làm, ví dụ: Cứu hai học sinh bị đuối nước ngày 15/11/2026."},
    )
    award = forms.ChoiceField(label="Hình thức khen thưởng")

    def __init__(self, *args: Any, units: Sequence[Unit], awards: Sequence[Award], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["award"].choices = [(one.code, one.name) for one in awards]
        fields["unit"].choices = [(str(one.pk), one.title) for one in units]
        if len(units) < 2:
            del self.fields["unit"]


class QuickRow(forms.Form):
    use_required_attribute = False

    name = forms.CharField(label="Họ và tên, tên tập thể", max_length=NAME + 30, required=False)
    kind = forms.ChoiceField(label="Đối tượng", choices=[("", "Tự nhận ra"), *RecipientKind.choices], required=False)
    birth = forms.CharField(
        label="Ngày hoặc năm sinh",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    post = forms.CharField(label="Chức vụ", max_length=POST, required=False)
    workplace = forms.CharField(label="Đơn vị, địa chỉ", max_length=WORKPLACE, required=False)
    achievement = forms.CharField(
        label="Việc riêng của người này",
        max_length=ACHIEVEMENT,
        required=False,
        help_text="Để trống thì lấy việc đã làm ở trên.",
    )

    def clean_birth(self) -> tuple[dt.date | None, int | None]:
        try:
            return wording.read_birth(self.cleaned_data["birth"], timezone.localdate())
        except UnfitCell as error:
            said = str(error)
            raise ValidationError(f"{said[:1].upper()}{said[1:].rstrip('.')}.") from None

    @property
    def is_said(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("name", "post", "workplace", "achievement"))

    def row(self, award: str) -> RowData:
        said = self.cleaned_data
        honorific, name = wording.split_honorific(said["name"])
        kind = wording.kind_meant(name, award, RecipientKind(said["kind"]) if said["kind"] else None)
        if kind != RecipientKind.PERSON:
            honorific, name = "", " ".join(said["name"].split())
        birth_date, birth_year = said["birth"]
        return RowData(
            NomineeData(
                name=name,
                award=award,
                kind=kind.value,
                honorific=honorific,
                birth_date=birth_date,
                birth_year=birth_year,
                post=said["post"],
                workplace=said["workplace"],
                achievement=said["achievement"],
            )
        )


QuickRows = forms.formset_factory(QuickRow, extra=ROWS_OF_QUICK, max_num=100, absolute_max=100)
