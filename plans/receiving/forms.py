"""The file that is dropped in, and for which unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from units.models import Unit


class FileForm(forms.Form):
    unit = forms.ChoiceField(label="Đơn vị lập kế hoạch", choices=[])
    file = forms.FileField(
        label="Tệp kế hoạch",
        help_text="Tệp Word (.docx, .doc), PDF có chữ, hoặc văn bản thuần. Tệp được giữ nguyên bên cạnh dự thảo.",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.doc,.odt,.rtf,.pdf,.txt"}),
        error_messages={"required": "Hãy chọn tệp.", "empty": "Tệp này trống.", "invalid": "Hãy chọn tệp."},
    )

    def __init__(self, *args: Any, units: Sequence[Unit]) -> None:
        super().__init__(*args)
        self.units = {str(unit.pk): unit for unit in units}
        self.fields["unit"].choices = [(pk, unit.title) for pk, unit in self.units.items()]  # type: ignore[attr-defined]
        if len(self.units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = next(iter(self.units))

    @property
    def chosen_unit(self) -> Unit:
        return self.units[self.cleaned_data["unit"]]
