"""What the page of a paper asks, who issues it, its day, its words; and what is typed from the signed one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from campaigns.running.forms import day_field
from clusters.models import Season, SeasonPaper
from clusters.papers.kinds import Kind, Sort
from clusters.papers.selectors import is_own
from clusters.papers.services import LONGEST
from clusters.wording import in_season
from documents.forms import AskedForm
from documents.series_forms import NumberedPaperForm
from documents.signed import Outcome
from documents.signed.comparing import compare
from documents.tree import Paper
from units.models import Issuer, Unit

OWN = "cum"
"""Stands for the cluster itself, entered as an issuer or not yet."""
_LINE = 300


class PaperForm(forms.Form):
    """``issuers``: those that the user may choose; ``own_unit``: where the cluster itself would be entered."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput)
    issuer = forms.ChoiceField(
        label="Cơ quan ban hành", help_text="Tên ở góc trái, trên cùng; ký hiệu cũng theo cơ quan này."
    )
    day = day_field("Ngày", "Chưa biết thì để trống, in ra có chỗ ghi.", required=False)

    def __init__(
        self,
        *args: Any,
        season: Season,
        sort: Sort,
        kept: SeasonPaper | None,
        issuers: Sequence[Issuer],
        own_unit: Unit | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sort, self.own_unit = sort, own_unit
        stood = [kept.issuer] if kept is not None and kept.issuer is not None else []
        self.issuers = {OWN if is_own(one, season) else str(one.pk): one for one in (*reversed(issuers), *stood)}
        choices = [
            (key, f"{one.name} ({one.unit.title})") for key, one in reversed(self.issuers.items()) if key != OWN
        ]
        if own_unit is not None or OWN in self.issuers:
            choices.insert(0, (OWN, season.cluster.name.upper()))
        self.fields["issuer"].choices = choices  # type: ignore[attr-defined]
        for text in sort.texts:
            widget = forms.Textarea(attrs={"rows": text.rows}) if text.rows else forms.TextInput()
            self.fields[text.name] = forms.CharField(
                label=in_season(text.label, season),
                help_text=in_season(text.hint, season),
                max_length=LONGEST if text.rows else _LINE,
                required=False,
                widget=widget,
            )
        if sort.kind == Kind.PLEDGE:
            self.fields["day"].label = "Ngày ký"

    @property
    def chosen(self) -> Issuer | Unit:
        key = self.cleaned_data["issuer"]
        if key in self.issuers:
            return self.issuers[key]
        assert self.own_unit is not None
        return self.own_unit

    def texts(self) -> dict[str, str]:
        """Line ends as the rows keep them."""
        said = self.cleaned_data
        return {text.name: said.get(text.name, "").replace("\r\n", "\n") for text in self.sort.texts}


class NumberedForm(NumberedPaperForm):
    """``version`` is the paper's when the page was shown: what was not seen is not frozen."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class SignedForm(AskedForm):
    """Of a paper without number: when it was signed, with the copy; of one on record only the copy."""

    date = day_field("Ngày ký", "Như ghi trên bản đã ký.")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order: tuple[str, ...] = ("signed_file", "date", "confirmed")

    def __init__(self, *args: Any, is_recorded: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_recorded:
            del self.fields["date"], self.fields["version"]

    def agrees_with(self, issued: Paper | str, day: dt.date) -> bool:
        """Whether the copy says what is kept here; where it does not, the person is asked once."""
        if self.kept_file is None or self.findings is None:
            return True
        doubts = [("signed_file", self.findings.doubt)] if self.findings.doubt else []
        there = self.findings.values.get("date")
        if there and there != day and "date" in self.fields:
            doubts.append(("date", f"Tệp đã ký ghi ngày {there:%d/%m/%Y}."))
        found = compare(issued, self.findings.file, issued_as="bản soạn ở đây")
        if found.outcome is Outcome.DIFFER:
            doubts.append(("signed_file", found.sentence))
        return self.ask(doubts)
