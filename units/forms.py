"""What pages of units ask. Rows are written by services; a form only reads what was typed."""

from __future__ import annotations

from typing import Any

import django_filters
from allauth.account.forms import ChangePasswordForm
from django import forms
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

from core.filters import ValidityFilter, WordsFilter
from core.forms import RowByName
from units.accounts import check_password
from units.models import Issuer, Membership, Part, Person, Unit, User

STRENGTH_HINT = "Ít nhất 10 ký tự, không chỉ gồm chữ số. Một câu ngắn dễ nhớ là tốt nhất."
DAY_HINT = "Ngày/tháng/năm, ví dụ 5/3/2026."


class UnitFilter(django_filters.FilterSet):
    q = WordsFilter()
    cap = django_filters.ChoiceFilter("kind", label="Cấp", choices=Unit.Kind.choices, empty_label="Mọi cấp")
    tinh = django_filters.ModelChoiceFilter(
        label="Thuộc tỉnh", queryset=Unit.objects.none(), method="in_province", empty_label="Mọi tỉnh"
    )
    con = ValidityFilter()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        provinces = self.queryset.filter(kind=Unit.Kind.PROVINCE).order_by("name")
        self.form.fields["tinh"].queryset = provinces

    def in_province(self, units: models.QuerySet, name: str, province: Unit) -> models.QuerySet:
        return units.filter(models.Q(parent=province) | models.Q(parent__parent=province) | models.Q(pk=province.pk))


class PartFilter(django_filters.FilterSet):
    q = WordsFilter()
    loai = django_filters.ChoiceFilter("kind", label="Loại", choices=Part.Kind.choices, empty_label="Mọi loại")
    con = ValidityFilter()


class PersonFilter(django_filters.FilterSet):
    q = WordsFilter(label="Tìm tên, chức vụ; không cần gõ dấu")
    con = ValidityFilter()


class PartForm(forms.ModelForm):
    head = RowByName(
        label="Người đứng đầu", required=False, unknown="Chưa có người này trong danh sách Nhân sự của đơn vị."
    )

    class Meta:
        model = Part
        fields = ("name", "kind", "head", "phone", "order", "valid_from", "valid_to")
        help_texts = {
            "name": "Như ghi trong kế hoạch, ví dụ: Thôn Đông; Trường Tiểu học An Sơn.",
            "order": "Số nhỏ đứng trước trong danh sách; để 0 thì đứng cuối.",
            "valid_from": DAY_HINT,
            "valid_to": DAY_HINT,
        }

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["head"].offer(Person.objects.on().filter(unit=unit), lambda person: person.post)
        self.fields["order"].required = False

    def clean_order(self) -> int:
        return self.cleaned_data["order"] or 0


class PersonForm(forms.ModelForm):
    part = RowByName(label="Bộ phận", required=False, unknown="Chưa có bộ phận này trong đơn vị.")

    class Meta:
        model = Person
        fields = (
            "full_name",
            "honorific",
            "birth_year",
            "post",
            "part",
            "phone",
            "email",
            "valid_from",
            "valid_to",
        )
        help_texts = {"valid_from": DAY_HINT, "valid_to": DAY_HINT}

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].offer(Part.objects.on().filter(unit=unit))

    def clean_birth_year(self) -> int | None:
        year = self.cleaned_data["birth_year"]
        if year is not None and not 1900 <= year <= timezone.localdate().year:
            raise forms.ValidationError("Năm sinh phải từ 1900 đến năm nay.")
        return year


class IssuerForm(forms.ModelForm):
    part = RowByName(label="Bộ phận", required=False, unknown="Chưa có bộ phận này trong đơn vị.")

    class Meta:
        model = Issuer
        fields = (
            "superior",
            "name_lines",
            "place",
            "symbol",
            "series",
            "signature_lines",
            "signature_post",
            "part",
            "valid_from",
            "valid_to",
        )
        widgets = {
            "name_lines": forms.Textarea(attrs={"rows": 3}),
            "signature_lines": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "place": "Ghi trước ngày tháng trên văn bản, ví dụ: An Sơn.",
            "signature_lines": "Mỗi dòng như trên văn bản, ví dụ: TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH.",
            "part": "Chỉ ghi khi một phòng, ban hay hội đồng của đơn vị ban hành văn bản.",
            "valid_from": DAY_HINT,
            "valid_to": DAY_HINT,
        }

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].offer(Part.objects.on().filter(unit=unit))


class UnitForm(forms.ModelForm):
    class Meta:
        model = Unit
        fields = ("village_word", "approves_inside", "is_verified")
        labels = {
            "village_word": "Gọi thôn là",
            "approves_inside": "Lãnh đạo duyệt kế hoạch trong chương trình",
            "is_verified": "Tên và mã đã đối chiếu với danh mục đơn vị hành chính",
        }
        help_texts = {
            "approves_inside": (
                "Bật: cán bộ trình, lãnh đạo duyệt hoặc trả lại kèm ý kiến, văn thư lấy số ngay tại đây; văn bản ký ở "
                "ngoài vẫn ghi nhận được. Tắt: cán bộ chỉ ghi lại việc đã trình, đã ký ở ngoài chương trình."
            ),
        }


class LastDayForm(forms.Form):
    last_day = forms.DateField(label="Ngày cuối cùng còn dùng", help_text=DAY_HINT, initial=timezone.localdate)


class InvitationForm(forms.Form):
    full_name = forms.CharField(label="Họ và tên", max_length=120)
    post = forms.CharField(label="Chức vụ", max_length=160, required=False)
    role = forms.ChoiceField(label="Vai trò", choices=Membership.Role.choices, help_text="Sau này thêm được vai trò.")
    email = forms.EmailField(
        label="Thư điện tử",
        required=False,
        help_text="Có địa chỉ thì liên kết được gửi tới đó; không có thì in phiếu.",
    )


class RoleForm(forms.Form):
    user = RowByName(label="Tài khoản", unknown="Không có tài khoản này trong đơn vị.")
    role = forms.ChoiceField(label="Thêm vai trò", choices=Membership.Role.choices)
    valid_from = forms.DateField(label="Từ ngày", required=False, help_text=f"{DAY_HINT} Để trống là từ hôm nay.")
    valid_to = forms.DateField(label="Đến hết ngày", required=False, help_text=DAY_HINT)

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        users = User.objects.filter(memberships__unit=unit, is_active=True).select_related("person").distinct()
        self.fields["user"].offer(users, lambda user: user.username)


class PasswordForm(forms.Form):
    """A new password, typed twice. ``account`` is asked so that the password does not resemble it."""

    password1 = forms.CharField(
        label="Mật khẩu",
        strip=False,
        help_text=STRENGTH_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label="Gõ lại mật khẩu",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def account(self) -> User:
        return User(username=self.cleaned_data.get("username", ""))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", "Hai lần gõ mật khẩu chưa giống nhau.")
        for sentence in check_password(first, self.account()) if first else []:
            self.add_error("password1", sentence)
        return cleaned


class OwnPasswordForm(ChangePasswordForm):
    """The account's own change of password, with the same hint (``ACCOUNT_FORMS``)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = STRENGTH_HINT


class NewAccountForm(PasswordForm):
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        help_text="Chữ thường không dấu, số, dấu chấm, gạch; ví dụ: nva.anson.",
        validators=[
            validator
            for validator in User._meta.get_field("username").validators
            if isinstance(validator, RegexValidator)
        ],
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ("username", "password1", "password2")

    def clean_username(self) -> str:
        username = self.cleaned_data["username"]
        if User.objects.filter(username=username).exists():
            raise forms.ValidationError("Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.")
        return username


class EmailForm(forms.Form):
    email = forms.EmailField(
        label="Thư điện tử", required=False, help_text="Để nhận nhắc việc. Không có thì vẫn dùng được chương trình."
    )


class FoundingUnitForm(forms.Form):
    """Step 1 of the set-up."""

    kind = forms.ChoiceField(label="Cấp", choices=Unit.Kind.choices, initial=Unit.Kind.COMMUNE)
    designation = forms.CharField(
        label="Loại", max_length=20, initial="xã", help_text="xã, phường, thị trấn, đặc khu, huyện, tỉnh, thành phố."
    )
    name = forms.CharField(label="Tên riêng", max_length=120, help_text="Không ghi chữ xã, phường: ví dụ An Sơn.")
    province = forms.CharField(
        label="Tỉnh, thành phố",
        max_length=120,
        required=False,
        help_text="Ví dụ: tỉnh Lạng Sơn. Để trống với cấp tỉnh.",
    )
    village_word = forms.CharField(
        label="Gọi thôn là", max_length=20, initial="thôn", help_text="thôn, ấp, khu phố, bản…"
    )


class FoundingIssuerForm(forms.Form):
    """Step 2: the head of the office's papers."""

    name_lines = forms.CharField(
        label="Tên cơ quan ban hành",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Chữ in hoa, xuống dòng như trên văn bản.",
    )
    place = forms.CharField(label="Địa danh", max_length=120, help_text="Ghi trước ngày tháng, ví dụ: An Sơn.")
    symbol = forms.CharField(
        label="Ký hiệu cơ quan", max_length=40, initial="UBND", help_text="Phần sau dấu gạch: UBND trong KH-UBND."
    )
    signature_lines = forms.CharField(
        label="Quyền hạn, chức vụ người ký",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Mỗi dòng như trên văn bản.",
    )


class FoundingAccountForm(NewAccountForm):
    """Step 3: who runs the office's installation."""

    full_name = forms.CharField(label="Họ và tên", max_length=120)
    field_order = ("full_name", "username", "password1", "password2")
