"""«Việc của tôi»: open deadlines as one list, by how near they are; found by words and kind, cut into pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse

from core.paging import ListPage, page_of
from core.text import fold
from reminders.calendars import workdays_of
from reminders.costs import lateness_costs
from reminders.deadlines import Deadline, Key, collector_of, collectors, page_url, record_url, record_words
from reminders.names import names_of
from reminders.people import responsible
from reminders.presenters import Nearness
from reminders.selectors import mine_of, unit_deadlines
from units.selectors import standing_of, units_of

WHOLE_UNIT = "don-vi"
_WEEK = dt.timedelta(days=7)
_LATE, _SOON, _LATER = range(3)
_HEADS = {_LATE: "Quá hạn", _SOON: "Tuần này (7 ngày tới)", _LATER: "Sau đó"}
_COUNTED = {_LATE: "{} việc quá hạn", _SOON: "{} việc trong 7 ngày tới", _LATER: "{} việc sau đó"}


class ScopeField(forms.CharField):
    """Not a filter: «Bỏ lọc» is not offered because of it."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class DeadlineForm(forms.Form):
    q = forms.CharField(
        label="Tìm việc, không cần gõ dấu",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    loai = forms.ChoiceField(label="Loại việc", required=False)
    pham_vi = ScopeField(required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        kinds = [(collector.kind, collector.label) for collector in collectors()]
        self.fields["loai"].choices = [("", "Mọi loại việc"), *kinds]  # type: ignore[attr-defined]

    def filtered(self, deadlines: Iterable[Deadline]) -> list[Deadline]:
        """What a field cannot mean filters nothing."""
        self.full_clean()
        words, kind = fold(self.cleaned_data.get("q", "")).split(), self.cleaned_data.get("loai")
        return [one for one in deadlines if (not kind or one.kind == kind) and _has(one, words)]


def _has(deadline: Deadline, words: Sequence[str]) -> bool:
    if not words:
        return True
    text = fold(f"{deadline.what} {deadline.origin}")
    return all(word in text for word in words)


@dataclass(frozen=True, slots=True)
class Row:
    deadline: Deadline
    kind: str
    unit: str
    """Blank where the user has but one."""
    state: str
    note: str
    who: str
    cost: str
    page_url: str
    record_url: str
    """Blank for whoever may not record."""
    record_words: str
    told_url: str
    """Who is told of it, until when nobody is."""

    @property
    def is_opened(self) -> bool:
        """What it asks is recorded on its own page."""
        return self.record_url == self.page_url


@dataclass(frozen=True, slots=True)
class Group:
    head: str
    count: int
    """On all pages."""
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class DeadlineList:
    form: DeadlineForm
    is_whole_unit: bool
    page: ListPage
    groups: list[Group]
    """Those with rows on this page, the most pressing first."""
    words: str
    """«2 việc quá hạn, 3 việc trong 7 ngày tới»; blank: nothing is open. Of all, whatever is filtered."""

    @property
    def is_filtered(self) -> bool:
        return self.form.has_changed()


Choice = Callable[[list[Deadline]], list[Deadline]]


def deadline_list(request: HttpRequest, today: dt.date, *, only: Choice | None = None) -> DeadlineList:
    """``only``: which of all the user's deadlines are looked at."""
    form = DeadlineForm(request.GET)
    is_whole_unit = request.GET.get("pham_vi") == WHOLE_UNIT
    found = unit_deadlines(request.user)
    found = only(found) if only else found
    told = responsible(found)
    found = found if is_whole_unit else mine_of(request.user, found, told)
    shown = form.filtered(found)
    page = page_of(request, shown)
    rows = _rows(request.user, page.rows, {one.key: told[one.key] for one in page.rows}, today)
    return DeadlineList(
        form, is_whole_unit, page, _groups(rows, _counts(shown, today), today), _words(_counts(found, today))
    )


def _nearness(deadline: Deadline, today: dt.date) -> int:
    return _LATE if deadline.due < today else _SOON if deadline.due <= today + _WEEK else _LATER


def _counts(deadlines: Iterable[Deadline], today: dt.date) -> dict[int, int]:
    counts = dict.fromkeys(_HEADS, 0)
    for deadline in deadlines:
        counts[_nearness(deadline, today)] += 1
    return counts


def _words(counts: dict[int, int]) -> str:
    return ", ".join(_COUNTED[near].format(count) for near, count in counts.items() if count)


def _groups(rows: Sequence[Row], counts: dict[int, int], today: dt.date) -> list[Group]:
    groups = [
        Group(head, counts[near], [row for row in rows if _nearness(row.deadline, today) == near])
        for near, head in _HEADS.items()
    ]
    return [group for group in groups if group.rows]


def _rows(user: Any, deadlines: Sequence[Deadline], told: Mapping[Key, tuple[int, ...]], today: dt.date) -> list[Row]:
    """Of one page: as many queries for a hundred as for one."""
    nearness = Nearness(workdays_of({one.unit_id for one in deadlines}), today)
    names = names_of(told)
    costs = lateness_costs(deadlines, today)
    has_many = len(standing_of(user).unit_ids) > 1
    units = {unit.pk: unit.title for unit in units_of(user)} if has_many else {}
    rows = []
    for one in deadlines:
        collector, cost = collector_of(one.kind), costs.get(one.key)
        may_record = user.has_perm("reminders.record_result", one)
        rows.append(
            Row(
                one,
                collector.label if collector else "",
                units.get(one.unit_id, ""),
                nearness.state_of(one),
                nearness.note_on(one),
                ", ".join(names[one.key]),
                cost.words if cost else "",
                page_url(one),
                record_url(one) if may_record else "",
                record_words(one),
                reverse("reminders:deadline", args=list(one.key)),
            )
        )
    return rows
