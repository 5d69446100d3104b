"""The table of targets as a form: one row each, figures typed the Vietnamese way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from campaigns.figures import UnfitFigure, read_figure, show_figure
from campaigns.models import Campaign, Movement, Target, Wave
from campaigns.part import adds_up
from campaigns.results.targets import TargetRow, checked, row_of
from core.errors import UnfitRow

_FIGURES = ("low", "high", "baseline")
_NARROW = ("comparison", "low", "high", "measure")
_NEW = re.compile(r"moi(\d{1,3})-text")
_OLD = re.compile(r"t(\d{1,18})-text")


@dataclass(frozen=True, slots=True)
class Choices:
    """Read once for all rows."""

    waves: dict[str, Wave]
    movements: dict[str, Movement]

    @classmethod
    def of(cls, campaign: Campaign) -> Choices:
        waves = {str(wave.pk): wave for wave in campaign.waves.all()}
        return cls(waves, {str(movement.pk): movement for movement in campaign.movements.all()})


class TargetForm(forms.Form):
    use_required_attribute = False

    text = forms.CharField(label="Chỉ tiêu", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    comparison = forms.ChoiceField(
        label="So sánh", choices=Target.Comparison.choices, error_messages={"invalid_choice": "Chọn cách so sánh."}
    )
    low = forms.CharField(label="Số giao", required=False, max_length=60)
    high = forms.CharField(label="Đến", required=False, max_length=60)
    measure = forms.CharField(label="Đơn vị tính", required=False, max_length=200)
    direction = forms.ChoiceField(label="Chiều", choices=Target.Direction.choices, required=False)
    baseline = forms.CharField(label="Năm trước đạt", required=False, max_length=60)
    wave = forms.ChoiceField(label="Đợt", required=False)
    movement = forms.ChoiceField(label="Chuyên đề", required=False)
    adds_up = forms.BooleanField(label="Số của các nơi cộng lại thành số chung", required=False)

    def __init__(self, *args: Any, choices: Choices, target: Target | None = None, **kwargs: Any) -> None:
        if target is not None:
            kwargs.setdefault("initial", initial_of(row_of(target)))
        super().__init__(*args, **kwargs)
        self.target, self.choices = target, choices
        waves = [("", "Cả thời gian"), *((key, str(row)) for key, row in choices.waves.items())]
        movements = [("", "Chung"), *((key, str(row)[:80]) for key, row in choices.movements.items())]
        self.fields["wave"].choices = waves  # type: ignore[attr-defined]
        self.fields["movement"].choices = movements  # type: ignore[attr-defined]
        for name in _FIGURES:
            self.fields[name].widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    @property
    def is_blank(self) -> bool:
        """A new row in which nothing was typed."""
        typed = ("text", "low", "high", "measure", "baseline")
        return self.target is None and not any((self[name].value() or "").strip() for name in typed)

    @property
    def narrow_errors(self) -> list[tuple[Any, str]]:
        """Of the fields in narrow columns: told below the words of the target, where a sentence has room."""
        return [(self[name], str(error)) for name in _NARROW for error in self.errors.get(name, [])]

    @property
    def more_has_errors(self) -> bool:
        return any(name in self.errors for name in ("direction", "baseline", "wave", "movement", "adds_up"))

    @property
    def more_in_words(self) -> str:
        """What stands in the folded fields."""
        words = [dict(Target.Direction.choices).get(self["direction"].value() or "", "")]
        if baseline := self["baseline"].value():
            words.append(f"năm trước {baseline}")
        words += [str(row) for row in (self._wave, self._movement) if row is not None]
        if self["adds_up"].value():
            words.append("cộng được")
        return " · ".join(words)

    @property
    def _wave(self) -> Wave | None:
        return self.choices.waves.get(str(self["wave"].value() or ""))

    @property
    def _movement(self) -> Movement | None:
        return self.choices.movements.get(str(self["movement"].value() or ""))

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        figures = {name: self._figure(name) for name in _FIGURES}
        if self.errors or self.is_blank:
            return said
        row = TargetRow(
            text=said["text"],
            comparison=said["comparison"],
            measure=said["measure"],
            direction=said["direction"],
            wave=self._wave,
            movement=self._movement,
            adds_up=said["adds_up"],
            pk=self.target.pk if self.target else None,
            **figures,
        )
        try:
            self.row = checked(row)
        except UnfitRow as error:
            self.add_error(error.field, str(error))
        return said

    def _figure(self, name: str) -> Any:
        try:
            return read_figure(self.cleaned_data.get(name, ""), self.cleaned_data.get("measure", "").strip())
        except UnfitFigure as error:
            self.add_error(name, f"{str(error)[:1].upper()}{str(error)[1:]}")
            return None


def initial_of(row: TargetRow) -> dict[str, Any]:
    """What the fields show."""
    shown = row.values() | {name: show_figure(getattr(row, name)) for name in _FIGURES}
    return shown | {"wave": _key(row.wave), "movement": _key(row.movement)}


def _key(row: Wave | Movement | None) -> str:
    return str(row.pk) if row else ""


def forms_of(targets: Sequence[Target], choices: Choices, data: Any = None) -> list[TargetForm]:
    """A form for each target on the page, then the new rows: one blank, or those that were sent."""
    found = [TargetForm(data, prefix=f"t{target.pk}", choices=choices, target=target) for target in targets]
    if data is None:
        return [*found, TargetForm(prefix="moi0", choices=choices, initial={"comparison": "="})]
    new = sorted({int(match[1]) for name in data if (match := _NEW.fullmatch(name))})
    return [*found, *(TargetForm(data, prefix=f"moi{at}", choices=choices) for at in new)]


def with_lost_rows(data: Any, targets: Sequence[Target]) -> Any:
    """What was typed into rows that somebody removed meanwhile comes back as new rows: no word is lost."""
    there = {target.pk for target in targets}
    gone = [pk for name in data if (match := _OLD.fullmatch(name)) and (pk := int(match[1])) not in there]
    if not gone:
        return data
    copy = data.copy()
    at = 100
    for pk in gone:
        for name in TargetForm.base_fields:
            if f"t{pk}-{name}" in data:
                copy[f"moi{at}-{name}"] = data[f"t{pk}-{name}"]
        at += 1
    return copy


def of_sentence(found: Any) -> TargetRow:
    """One that ``plans.reading.targets`` found."""
    measure = found.unit[:80]
    return TargetRow(
        text=found.text,
        comparison=found.op,
        low=found.low,
        high=found.high,
        measure=measure,
        direction="down" if found.is_decrease else "",
        adds_up=adds_up(measure),
    )
