"""Writes: what the tellers counted on paper, row by row as they type; what does not add up is kept and told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.db.models import F

from awards.councils.ballots import COUNT_FIELDS, House, counts_of_item, has_ballots, house_of
from awards.councils.services import NotTheTime, claim
from awards.councils.sums import MOST, Counts, check_ballots, fault_of
from awards.models import Item, Sitting
from awards.states import SittingState
from core import audit
from core.errors import UnfitField

BALLOT_FIELDS = {"issued": "số phiếu phát ra", "collected": "số phiếu thu về", "valid": "số phiếu hợp lệ"}
_WRITTEN = ("written_yes", "written_no")


@dataclass(frozen=True, slots=True)
class Typed:
    """One row as the page sends it: texts, and the text of what stood there when it was shown."""

    values: Mapping[str, str]
    was: str


@dataclass(slots=True)
class Saved:
    """What became of the rows that were sent."""

    was: dict[int, str] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)
    """Not saved: the sentence why; the page keeps what was typed."""
    ballots: dict[str, str] = field(default_factory=dict)
    """Field → why it was not saved."""
    kept: dict[int, Counts] = field(default_factory=dict)
    """As they stand now, of rows that somebody else had changed."""


def as_text(counts: Counts) -> str:
    """«8,1,,0,0»: what the page sends back, so that two tellers do not undo each other."""
    return ",".join("" if (value := getattr(counts, name)) is None else str(value) for name in COUNT_FIELDS)


@transaction.atomic
def save_counts(
    sitting: Sitting, *, actor: Any, rows: Mapping[int, Typed], ballots: Mapping[str, str] | None = None
) -> Saved:
    """Only those that were sent. Raise ``NotTheTime``."""
    audit.wait_for_turn(sitting.unit_id)
    claim(sitting, SittingState.OPEN, SittingState.COUNTING)
    refuse_other_media(sitting)
    saved, changes = Saved(), dict[str, Any]()
    _save_ballots(sitting, ballots or {}, saved, changes)
    items = {item.pk: item for item in sitting.items.filter(pk__in=rows).select_related("nominee")}
    changed = [item for pk, typed in rows.items() if (item := items.get(pk)) and _take(item, typed, saved, changes)]
    Item.objects.bulk_update(changed, COUNT_FIELDS, batch_size=200)
    if changes:
        # Whoever is about to close the sitting has seen other figures.
        Sitting.objects.filter(pk=sitting.pk).update(version=F("version") + 1)
        sitting.version += 1
        audit.record("awards.sitting.counts", sitting, actor=actor, unit_id=sitting.unit_id, changes=changes)
    return saved


def refuse_other_media(sitting: Sitting) -> None:
    """Only written opinions of absent members are typed where ballots are cast in the program."""
    if sitting.medium == Sitting.Medium.OPEN:
        raise NotTheTime("Phiên họp này biểu quyết trong chương trình, không nhập kết quả kiểm phiếu.")


def _take(item: Item, typed: Typed, saved: Saved, changes: dict[str, Any]) -> bool:
    before = counts_of_item(item)
    try:
        after = _read(item.sitting, typed.values, before)
    except UnfitField as error:
        saved.refused[item.pk] = str(error)
        return False
    if as_text(before) not in (typed.was, as_text(after)):
        saved.kept[item.pk] = before
        saved.refused[item.pk] = f"Vừa có người ghi dòng này: {told(before)}. Nhập lại nếu vẫn muốn sửa."
        saved.was[item.pk] = as_text(before)
        return False
    saved.was[item.pk] = as_text(after)
    if before == after:
        return False
    for name in COUNT_FIELDS:
        setattr(item, name, getattr(after, name))
    changes[f"{item.order}. {item.nominee.name}"[:300]] = (told(before), told(after))
    return True


def _read(sitting: Sitting, values: Mapping[str, str], before: Counts) -> Counts:
    names = _WRITTEN if sitting.medium == Sitting.Medium.SECRET else COUNT_FIELDS
    found: dict[str, Any] = {name: _number(name, values[name]) for name in names if name in values}
    return replace(before, **{name: (value or 0) if name in _WRITTEN else value for name, value in found.items()})


def _number(name: str, text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not text.isascii() or not text.isdecimal() or int(text[:9]) > MOST:
        raise UnfitField(name, f"«{text[:20]}» không phải số phiếu; ghi số từ 0 đến {MOST}.")
    return int(text)


def _save_ballots(sitting: Sitting, texts: Mapping[str, str], saved: Saved, changes: dict[str, Any]) -> None:
    """All three together: one that does not fit leaves all as they were."""
    if not texts or not has_ballots(sitting):
        return
    before = {name: getattr(sitting, name) for name in BALLOT_FIELDS}
    after = dict(before)
    for name in BALLOT_FIELDS:
        try:
            after[name] = _number(name, texts[name]) if name in texts else before[name]
        except UnfitField as error:
            saved.ballots[error.field] = str(error)
    if saved.ballots:
        return
    try:
        check_ballots(**after, present=len(house_of(sitting).voters))
    except UnfitField as error:
        saved.ballots[error.field] = str(error)
        return
    if found := audit.differences(before, after):
        Sitting.objects.filter(pk=sitting.pk).update(**after)
        for name, value in after.items():
            setattr(sitting, name, value)
        changes |= found


def told(counts: Counts) -> str:
    """For the history: «8/1/0, bằng văn bản 1/0»."""
    if counts.is_missing and not counts.written_yes and not counts.written_no:
        return "chưa nhập"
    here = "/".join("–" if value is None else str(value) for value in (counts.yes, counts.no, counts.blank))
    written = counts.written_yes or counts.written_no
    return f"{here}, bằng văn bản {counts.written_yes}/{counts.written_no}" if written else here


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the counting is."""

    faults: Mapping[int, str]
    missing: tuple[int, ...]
    ballots: str = ""
    """What the figures of the ballots lack."""

    @property
    def is_whole(self) -> bool:
        return not self.faults and not self.missing and not self.ballots

    @property
    def told(self) -> str:
        parts = [self.ballots] if self.ballots else []
        if self.missing:
            parts.append(f"còn {len(self.missing)} dòng chưa nhập")
        if self.faults:
            parts.append(f"{len(self.faults)} dòng chưa khớp")
        words = ", ".join(parts)
        return f"{words[:1].upper()}{words[1:]}." if words else "Đã nhập đủ, các dòng đều khớp."


def standing_of(sitting: Sitting, items: list[Item], house: House | None = None) -> Standing:
    """Of a paper ballot; of the others only the written opinions can be wrong."""
    house = house or house_of(sitting)
    active = [item for item in items if item.outcome != Item.Outcome.PUT_OFF]
    on_paper = sitting.medium == Sitting.Medium.PAPER
    faults, missing = {}, []
    for item in active:
        counts = counts_of_item(item)
        if fault := fault_of(
            counts if on_paper else replace(counts, yes=None, no=None, blank=None), house.base_of(item)
        ):
            faults[item.pk] = fault
        if on_paper and counts.is_missing:
            missing.append(item.pk)
    return Standing(faults, tuple(missing), _ballots_lack(sitting, house))


def _ballots_lack(sitting: Sitting, house: House) -> str:
    if not has_ballots(sitting):
        return ""
    numbers = {name: getattr(sitting, name) for name in BALLOT_FIELDS}
    if None in numbers.values():
        return "chưa ghi đủ số phiếu phát ra, thu về, hợp lệ"
    try:
        check_ballots(**numbers, present=len(house.voters))
    except UnfitField as error:
        return f"{BALLOT_FIELDS[error.field]}: {str(error).rstrip('.').lower()}"
    return ""
