"""What the page of a paper asks: who issues it, its day, its words; and what goes into the dossier pack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from awards.models import AwardPaper
from awards.papers.frames import is_council
from awards.papers.kinds import Sort
from awards.papers.services import LONGEST, OWN
from campaigns.running.forms import day_field
from units.models import Issuer

_LINE = 300
UP, ALL = "cap-tren", "tat-ca"


def key_of(issuer: Issuer | None) -> str:
    """The council keeps its key when somebody enters it among the issuers while the page is open."""
    return OWN if issuer is None or is_council(issuer) else str(issuer.pk)


class PaperForm(forms.Form):
    """``issuers``: those of the unit."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput)
    issuer = forms.ChoiceField(
        label="Cơ quan ban hành", help_text="Tên ở góc trái, trên cùng; ký hiệu cũng theo cơ quan này."
    )
    day = day_field("Ngày", "Chưa biết thì để trống, in ra có chỗ ghi.", required=False)

    def __init__(
        self, *args: Any, sort: Sort, kept: AwardPaper | None, issuers: Sequence[Issuer], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sort = sort
        stood = [kept.issuer] if kept is not None and kept.issuer is not None else []
        self.issuers = {key_of(one): one for one in (*issuers, *stood)}
        if sort.has_issuer:
            self._offer_issuers()
        else:
            del self.fields["issuer"]
        for text in sort.texts:
            widget = forms.Textarea(attrs={"rows": text.rows}) if text.rows else forms.TextInput()
            self.fields[text.name] = forms.CharField(
                label=text.label,
                help_text=text.hint,
                max_length=LONGEST if text.rows else _LINE,
                required=False,
                widget=widget,
            )

    def _offer_issuers(self) -> None:
        choices = [(key, one.name) for key, one in self.issuers.items()]
        if self.sort.is_council and OWN not in self.issuers:
            choices.insert(0, (OWN, "HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG"))
        self.fields["issuer"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            self.fields["issuer"].help_text = "Đơn vị chưa có cơ quan ban hành nào: thêm ở mục Đơn vị."

    @property
    def chosen(self) -> Issuer | str | None:
        key = self.cleaned_data.get("issuer", "")
        return self.issuers.get(key) or key or None

    def texts(self) -> dict[str, str]:
        """Line ends as the rows keep them."""
        said = self.cleaned_data
        return {text.name: said.get(text.name, "").replace("\r\n", "\n") for text in self.sort.texts}


class PackForm(forms.Form):
    """Whose dossiers go into the pack."""

    which = forms.ChoiceField(
        label="Hồ sơ của",
        choices=[(UP, "Đối tượng trình cấp trên quyết định"), (ALL, "Mọi đối tượng đã được thông qua")],
        widget=forms.RadioSelect,
    )
