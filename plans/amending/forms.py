"""What a person says when a plan is to be amended."""

from __future__ import annotations

from django import forms

from plans.amending.services import REASON


class AmendForm(forms.Form):
    reason = forms.CharField(
        label="Lý do sửa đổi, bổ sung",
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="In vào phần mở đầu, sửa tiếp được. Ví dụ: Thực hiện Công văn số 512/SNV-TĐKT ngày 05 tháng 5 năm "
        "2026 của Sở Nội vụ; hoặc: Để phù hợp với tình hình thực tế.",
    )
