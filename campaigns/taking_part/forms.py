"""What the pages of registrations ask. Whether it fits is said by ``values``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from campaigns.figures import UnfitFigure, read_figure
from campaigns.models import Campaign, Registration
from campaigns.taking_part import promises, titles, values
from campaigns.taking_part.presenters import STATES, WHOM, titles_of
from campaigns.taking_part.promises import Promise
from campaigns.taking_part.taking import Pick, Shown
from campaigns.taking_part.values import RegistrationData
from campaigns.wording import in_words, with_measure
from core.cells import name_key
from core.forms import RowByName, TypedListInput
from core.text import fold
from documents.models import Delivery
from reminders.asking.forms import RequestForm, day_field
from units.models import Part, Person, Unit

_TARGET = "chi-tieu-"
SKIP = "bo-qua"
"""Of a row that the officer leaves out."""


class RegistrationForm(forms.Form):
    """``place`` and the person are asked of a new one alone."""

    place = RowByName(
        label="Nơi đăng ký",
        unknown="Không có nơi này trong danh sách của đơn vị.",
        help_text="Gõ tên thôn, trường, cơ quan rồi chọn.",
        error_messages={"required": "Chọn nơi đăng ký."},
    )
    person = forms.CharField(
        label="Cá nhân",
        required=False,
        max_length=120,
        widget=TypedListInput,
        help_text="Để trống nếu tập thể đăng ký. Gõ họ tên rồi chọn.",
    )
    is_new = forms.BooleanField(label="Thêm người này vào danh sách của đơn vị", required=False)
    post = forms.CharField(label="Chức vụ của người mới", required=False, max_length=160)
    chosen = forms.MultipleChoiceField(
        label="Danh hiệu đăng ký", required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )
    titles = forms.CharField(
        label="Danh hiệu khác",
        required=False,
        help_text="Mỗi dòng một danh hiệu.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    promises = forms.CharField(
        label="Chỉ tiêu khác",
        required=False,
        help_text="Mỗi dòng một chỉ tiêu không có trong danh sách trên.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    delivery = RowByName(
        label="Văn bản đăng ký",
        required=False,
        unknown="Đơn vị chưa nhận được văn bản này.",
        help_text="Văn bản mà đơn vị cấp dưới đã gửi đến, nếu có.",
    )
    day = day_field("Ngày gửi", "Ngày nơi này gửi đăng ký.")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        campaign: Campaign,
        used: Sequence[str],
        places: Sequence[Part | Unit] = (),
        people: Sequence[Person] = (),
        papers: Sequence[Delivery] = (),
        row: Registration | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.campaign, self.row, self.used = campaign, row, used
        own = titles_of(row) if row else ()
        offered = titles.offered(used)
        self.fields["chosen"].choices = [(title, title) for title in offered]  # type: ignore[attr-defined]
        self._offer(places, people, papers)
        self._add_targets()
        if row is not None and not self.is_bound:
            self.initial |= self._initial(row, own, offered)
        elif not self.is_bound:
            self.initial.setdefault("day", timezone.localdate())

    def _offer(self, places: Sequence[Part | Unit], people: Sequence[Person], papers: Sequence[Delivery]) -> None:
        if self.row is not None:
            for name in ("place", "person", "is_new", "post"):
                del self.fields[name]
        else:
            self.fields["place"].offer(places)  # type: ignore[attr-defined]
            self.people = RowByName()
            self.people.offer(people, _more_of)
            self.fields["person"].widget.offers = list(self.people.labels.values())
        if papers:
            self.fields["delivery"].offer(papers, lambda one: f"{one.sender}")  # type: ignore[attr-defined]
        else:
            del self.fields["delivery"]

    def _add_targets(self) -> None:
        self.targets = [target for target in self.campaign.targets.all() if target.low is not None]
        for target in self.targets:
            aim = in_words(target)
            self.fields[f"{_TARGET}{target.pk}"] = forms.CharField(
                label=target.text, required=False, help_text=f"Chỉ tiêu của phong trào: {aim}.", max_length=60
            )

    def _initial(self, row: Registration, own: Sequence[str], offered: Sequence[str]) -> dict[str, Any]:
        known = {name_key(title): title for title in offered}
        found: dict[str, Any] = {
            "chosen": [known[name_key(title)] for title in own if name_key(title) in known],
            "titles": "\n".join(title for title in own if name_key(title) not in known),
            "day": row.day,
            "version": row.version,
            "delivery": row.delivery,
        }
        measures = {target.pk: target.measure for target in self.targets}
        words = []
        for promise in promises.from_json(row.promises):
            if promise.target in measures:
                found[f"{_TARGET}{promise.target}"] = with_measure(promise.low, measures[promise.target])
            elif promise.target is None:
                words.append(promise.text)
        return found | {"promises": "\n".join(words)}

    @property
    def target_fields(self) -> list[Any]:
        return [self[f"{_TARGET}{target.pk}"] for target in self.targets]

    @property
    def has_target_typed(self) -> bool:
        return any(field.value() or field.errors for field in self.target_fields)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        found = []
        for target in self.targets:
            name = f"{_TARGET}{target.pk}"
            try:
                low = read_figure(said.get(name), target.measure)
            except UnfitFigure as error:
                self.add_error(name, f"Số đăng ký {error}")
            else:
                found += [Promise(target.pk, low)] if low is not None else []
        said["figures"] = found
        return said

    def clean_person(self) -> Person | str | None:
        """The person, or the name of somebody who is to be added."""
        text = " ".join((self.cleaned_data["person"] or "").split())
        if not text:
            return None
        found: list[Any] = self.people.rows.get(fold(text), [])
        place = self.cleaned_data.get("place")
        found = [person for person in found if isinstance(place, Part) and person.part_id == place.pk] or found
        if self.data.get("is_new") and text not in self.people.labels.values():
            return text
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError("Có nhiều người cùng tên; hãy chọn dòng có ghi thêm trong ngoặc.")
        raise forms.ValidationError(
            "Chưa có người này trong danh sách. Xem lại tên, hoặc đánh dấu «Thêm người này vào danh sách»."
        )

    def read(self) -> RegistrationData:
        said = self.cleaned_data
        typed = titles.read_titles(said["titles"], self.used)
        free = promises.read_promises(said["promises"], self.targets)
        figures: list[Promise] = said["figures"]
        there = {one.target for one in figures}
        return RegistrationData(
            said["day"],
            (*said["chosen"], *typed),
            (*figures, *(one for one in free if one.target is None or one.target not in there)),
            said.get("delivery") if "delivery" in self.fields else (self.row.delivery if self.row else None),
        )


def _more_of(person: Person) -> str:
    return ", ".join(filter(None, [person.post, str(person.part) if person.part_id else ""]))


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label="Lý do trả lại",
        max_length=values.REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Ghi lý do trả lại, để nơi đăng ký biết cần sửa gì."},
    )
    with_answer = forms.BooleanField(
        label="Trả lại cả nội dung đã gửi về; nơi gửi nhận liên kết mới để gửi lại", required=False, initial=True
    )

    def __init__(self, *args: Any, offers_answer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not offers_answer:
            del self.fields["with_answer"]


class ListFilter(forms.Form):
    """Over the list; an unknown value filters nothing."""

    q = forms.CharField(
        label="Tìm, không cần gõ dấu",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    loai = forms.ChoiceField(label="Loại", required=False)
    doi_tuong = forms.ChoiceField(label="Đối tượng", required=False, choices=[("", "Tất cả"), *WHOM.items()])
    tinh_trang = forms.ChoiceField(required=False, choices=[("", "Tất cả"), *STATES.items()], widget=forms.HiddenInput)
    """Chosen by the counts above the list."""

    def __init__(self, *args: Any, kinds: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["loai"].choices = [("", "Tất cả"), *kinds.items()]  # type: ignore[attr-defined]


class AskForm(forms.Form):
    title = forms.CharField(label="Yêu cầu gửi gì", max_length=300, error_messages={"required": "Ghi yêu cầu gửi gì."})
    body = forms.CharField(
        label="Nội dung, cách làm",
        required=False,
        help_text="Nơi nhận đọc trên điện thoại.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    due = day_field("Hạn gửi")
    parts = forms.Field(label="Gửi cho", required=False, widget=forms.CheckboxSelectMultiple)
    kinds = forms.Field(required=False, widget=forms.CheckboxSelectMultiple)

    ticked, ticked_kinds, clean_parts = RequestForm.ticked, RequestForm.ticked_kinds, RequestForm.clean_parts

    def __init__(self, *args: Any, offered: Sequence[Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {part.pk: part for part in offered}


class TakeForm(forms.Form):
    """For each answer whether it is taken, for each row that was not sure whom it is about."""

    def __init__(self, *args: Any, shown: Sequence[Shown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = shown
        for one in shown:
            pk = one.answer.pk
            self.fields[f"nhan-{pk}"] = forms.BooleanField(required=False, initial=bool(one.good))
            self.fields[f"xem-{pk}"] = forms.CharField(required=False, widget=forms.HiddenInput, initial=one.digest)
            for line in one.lines:
                if line.is_asked:
                    choices = [("", "Chọn…"), *((c.value, c.label) for c in line.proposal.choices)]
                    self.fields[f"ai-{pk}-{line.proposal.number}"] = forms.ChoiceField(
                        label=f"{line.proposal.name} là ai",
                        required=False,
                        choices=[*choices, (SKIP, "Không nhận dòng này")],
                    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not any(said.get(f"nhan-{one.answer.pk}") for one in self.shown):
            raise forms.ValidationError("Chưa chọn nội dung nào để nhận.")
        for one in self.shown:
            for line in one.lines:
                name = f"ai-{one.answer.pk}-{line.proposal.number}"
                if line.is_asked and said.get(f"nhan-{one.answer.pk}") and not said.get(name):
                    self.add_error(name, f"Chọn «{line.proposal.name}» là ai, hoặc chọn không nhận dòng này.")
        return said

    def picks(self) -> list[Pick]:
        said = self.cleaned_data
        found = []
        for one in self.shown:
            pk = one.answer.pk
            if said.get(f"nhan-{pk}"):
                asked = [line.proposal.number for line in one.lines if line.is_asked]
                chosen = {number: said[f"ai-{pk}-{number}"] for number in asked}
                chosen = {number: "" if value == SKIP else value for number, value in chosen.items()}
                found.append(Pick(pk, said[f"xem-{pk}"], chosen))
        return found


def usual_due(campaign: Campaign) -> dt.date:
    """The closing day, or a week from now where it has passed."""
    today = timezone.localdate()
    day = campaign.register_by
    return day if day and day >= today else today + dt.timedelta(days=7)
