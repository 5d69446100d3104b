"""Writes: what one stage says of one criterion. Earlier stages keep their words; old values stay in the history.

``Entry.version`` is the version of its sheet when it was last saved, and a sheet's version only grows: an entry that
was taken back and made anew never passes for the one that somebody saw.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from clusters import rules
from clusters.models import Criterion, Entry, ScoreSheet, Season
from clusters.sheets import selectors
from clusters.sheets.acting import Speaker, speaker_on
from clusters.sheets.typed import FIELDS, Leaf, Values, check, said_in_words, standing_of, values_of
from clusters.standing import ORDER
from clusters.states import SeasonState, Stage
from clusters.wording import in_season
from core import audit
from core.errors import AppError, UnfitField
from core.states import EditedMeanwhile
from core.text import as_pasted, clean_lines, refuse_markup

_REASON = 2_000
"""Letters."""


class NotScoring(AppError):
    message = "Năm thi đua này không ở bước chấm điểm nên chưa ghi được điểm."


class SheetMoved(EditedMeanwhile):
    message = "Bảng điểm này vừa được chuyển sang bước khác. Hãy tải lại trang để xem."


class NotYours(AppError):
    message = "Bạn không phải là người chấm bảng điểm này ở bước hiện tại."


@dataclass(frozen=True, slots=True)
class Saying:
    """One cell as somebody wants it."""

    sheet: ScoreSheet
    criterion: Criterion
    values: Values
    version: int
    """Of the entry of this stage that the person saw; 0: none."""

    @property
    def key(self) -> tuple[int, int]:
        return self.sheet.pk, self.criterion.pk


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody saved the cell since the person saw it."""

    saying: Saying
    theirs: Entry | None
    """None: they took back what stood there."""
    sentence: str


@dataclass(frozen=True, slots=True)
class Refused:
    saying: Saying
    field: str
    """``value`` or ``reason``."""
    sentence: str


@dataclass(slots=True)
class Saved:
    """What became of the cells that were sent: each stands in one of the three."""

    entries: dict[tuple[int, int], Entry | None] = field(default_factory=dict)
    """(sheet, criterion) → as it stands now; None where nothing does any more."""
    refused: list[Refused] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)


class EntryMeanwhile(EditedMeanwhile):
    """Both values are told, nothing is lost."""

    def __init__(self, clash: Clash) -> None:
        super().__init__(clash.sentence)
        self.clash = clash


@transaction.atomic
def save_entry(
    sheet: ScoreSheet, criterion: Criterion, *, stage: str, values: Values, version: int, actor: Any
) -> Entry | None:
    """None where nothing is said any more. Raise ``UnfitField``, ``EntryMeanwhile`` and what ``save_many`` raises.

    Whether it is on behalf of somebody without an account follows from who acts (``acting.speaker_on``).
    """
    saying = Saying(sheet, criterion, values, version)
    found = save_many([saying], stage=stage, actor=actor)
    for refused in found.refused:
        raise UnfitField(refused.field, refused.sentence)
    for clash in found.clashes:
        raise EntryMeanwhile(clash)
    return found.entries[saying.key]


@transaction.atomic
def save_many(sayings: Sequence[Saying], *, stage: str, actor: Any) -> Saved:
    """All that can stand is written in one transaction; what cannot is answered cell by cell.

    The sheets share one season with its members. Raise ``NotScoring``, ``NotYours`` and ``SheetMoved`` before anything
    is written.
    """
    sheets = {saying.sheet.pk: saying.sheet for saying in sayings}
    if not sheets:
        return Saved()
    season = next(iter(sheets.values())).member.season
    speakers = {pk: _speaker(actor, sheet, stage) for pk, sheet in sheets.items()}
    versions = _claim(sheets, stage)
    _check_scoring(season)
    work = Work(season, stage, actor, list(sheets.values()), [saying.criterion for saying in sayings])
    saved = Saved()
    for saying in {saying.key: saying for saying in sayings}.values():
        work.settle(saying, saved)
    work.write(versions, speakers, saved)
    return saved


@transaction.atomic
def confirm_many(cells: Iterable[tuple[ScoreSheet, Criterion]], *, stage: str, actor: Any) -> list[Entry]:
    """«Chấp nhận điểm đề nghị»: the stage takes over what stands there, by an entry without a value of its own.

    Where it has said something already, or nothing is scored, nothing happens; the new entries are returned.
    The sheets share one season. Raise what ``save_many`` raises.
    """
    wanted = list(cells)
    sheets = {sheet.pk: sheet for sheet, _ in wanted}
    if not sheets:
        return []
    speakers = {pk: _speaker(actor, sheet, stage) for pk, sheet in sheets.items()}
    versions = _claim(sheets, stage)
    _check_scoring(next(iter(sheets.values())).member.season)
    rows = [row for _, row in wanted if row.kind]
    there = selectors.entries_at(list(sheets.values()), rows)
    without = selectors.unassigned([sheet.member for sheet in sheets.values()], rows)
    new = [
        Entry(sheet=sheet, criterion=row, stage=stage, by=actor, at=timezone.now(), version=versions[sheet.pk])
        for sheet, row in wanted
        if row.kind
        and stage not in there.get((sheet.pk, row.pk), {})
        and (sheet.member_id, row.pk) not in without
        and ORDER[stage] >= ORDER[row.scored_by]
    ]
    told: dict[int, dict[str, tuple[Any, Any]]] = {}
    for entry in new:
        entry.on_behalf = speakers[entry.sheet_id].on_behalf
        name = f"{entry.criterion.code}, {Stage(stage).label}"
        told.setdefault(entry.sheet_id, {})[name] = ("", "chấp nhận điểm đề nghị")
    Entry.objects.bulk_create(new)
    for pk in sorted(told):
        unit_id = speakers[pk].unit_id
        audit.record("clusters.entry.confirmed", sheets[pk], actor=actor, unit_id=unit_id, changes=told[pk])
    return new


def _speaker(actor: Any, sheet: ScoreSheet, stage: str) -> Speaker:
    if not rules.may_work_on(actor, sheet, stage):
        raise NotYours
    return speaker_on(actor, sheet, stage)


def _claim(sheets: Iterable[int], stage: str) -> dict[int, int]:
    """Take the next version of each; writers of one sheet stand in line at its row, in one order of sheets."""
    versions = {}
    for pk in sorted(sheets):
        if not ScoreSheet.objects.filter(pk=pk, stage=stage).update(version=F("version") + 1):
            raise SheetMoved
        versions[pk] = ScoreSheet.objects.values_list("version", flat=True).get(pk=pk)
    return versions


def _check_scoring(season: Season) -> None:
    if not Season.objects.filter(pk=season.pk, state=SeasonState.SCORING).exists():
        raise NotScoring


class Work:
    """The cells of one call: what stands there, what becomes of each, all written at the end."""

    def __init__(
        self, season: Season, stage: str, actor: Any, sheets: Sequence[ScoreSheet], criteria: Sequence[Criterion]
    ) -> None:
        self.season, self.stage, self.actor = season, stage, actor
        self.there = selectors.entries_at(sheets, criteria)
        self.leaves = selectors.leaves_of(season, criteria)
        self.unassigned = selectors.unassigned([sheet.member for sheet in sheets], criteria)
        self.to_write: list[tuple[Saying, Entry | None]] = []

    @cached_property
    def proved(self) -> set[int]:
        """Entries of this stage on which evidence hangs; asked for where one is emptied."""
        own = [entries[self.stage].pk for entries in self.there.values() if self.stage in entries]
        rows = Entry.evidence.through.objects.filter(entry__in=own)
        return set(rows.values_list("entry_id", flat=True).distinct())

    def settle(self, saying: Saying, saved: Saved) -> None:
        """Sort the cell into what is written, refused or told."""
        entries = self.there.get(saying.key, {})
        own = entries.get(self.stage)
        try:
            saying = replace(saying, values=replace(saying.values, reason=cleaned_reason(saying.values.reason)))
            self.check(saying)
        except AppError as error:
            saved.refused.append(Refused(saying, getattr(error, "field", "value"), str(error)))
            return
        if (values_of(own) if own else Values()) == saying.values:
            saved.entries[saying.key] = own
        elif (own.version if own else 0) != saying.version:
            saved.clashes.append(Clash(saying, own, self._told(saying, own)))
        else:
            self.to_write.append((saying, own))

    def check(self, saying: Saying) -> None:
        """Raise ``UnfitField`` where the cell cannot stand, whoever saved it since."""
        entries = self.there.get(saying.key, {})
        row = saying.criterion
        if row.set_id != self.season.criteria_id or row.pk not in self.leaves:
            raise UnfitField("value", "Dòng này không phải tiêu chí chấm điểm. Hãy tải lại trang.")
        if ORDER[self.stage] < ORDER[row.scored_by]:
            raise UnfitField(
                "value", f"Tiêu chí này chấm từ bước {in_season(Stage(row.scored_by).label, self.season)}."
            )
        if (saying.sheet.member_id, row.pk) in self.unassigned and not saying.values.is_blank:
            raise UnfitField("value", "Đơn vị không được giao chỉ tiêu này nên không chấm.")
        before = [entry for stage, entry in entries.items() if ORDER[stage] < ORDER[self.stage]]
        stood = standing_of(sorted(before, key=lambda entry: ORDER[entry.stage])) if before else None
        check(self.leaves[row.pk], self.stage, saying.values, stood if stood and stood.says_value else None)

    def _told(self, saying: Saying, theirs: Entry | None) -> str:
        leaf = self.leaves[saying.criterion.pk]
        ours = said_in_words(leaf, saying.values) or "xóa ô này"
        if theirs is None:
            return f"Có người vừa xóa nội dung của ô này; bạn ghi {ours}. Hãy xem lại rồi ghi tiếp."
        at = f"lúc {timezone.localtime(theirs.at):%H:%M %d/%m}"
        did = f"ghi {said_in_words(leaf, values_of(theirs)) or 'lý do'} {at}"
        return f"{theirs.by or 'Người khác'} vừa {did}; bạn ghi {ours}. Hãy xem lại rồi ghi tiếp."

    def write(self, versions: Mapping[int, int], speakers: Mapping[int, Speaker], saved: Saved) -> None:
        new: list[Entry] = []
        changed: list[Entry] = []
        gone: list[int] = []
        changes: dict[int, dict[str, tuple[Any, Any]]] = {}
        for saying, own in self.to_write:
            name = f"{saying.criterion.code}, {Stage(self.stage).label}"
            words = self._in_words(saying, own)
            changes.setdefault(saying.sheet.pk, {})[name] = words
            if own is not None and saying.values.is_blank and own.pk not in self.proved:
                gone.append(own.pk)
                saved.entries[saying.key] = None
                continue
            entry = own or Entry(sheet=saying.sheet, criterion=saying.criterion, stage=self.stage)
            for field_name in FIELDS:
                setattr(entry, field_name, getattr(saying.values, field_name))
            entry.by, entry.at = self.actor, timezone.now()
            entry.on_behalf = speakers[saying.sheet.pk].on_behalf
            entry.version = versions[saying.sheet.pk]
            (changed if own else new).append(entry)
            saved.entries[saying.key] = entry
        Entry.objects.filter(pk__in=gone).delete()
        Entry.objects.bulk_create(new)
        Entry.objects.bulk_update(changed, [*FIELDS, "by", "at", "on_behalf", "version"])
        subjects = {saying.sheet.pk: saying.sheet for saying, _ in self.to_write}
        for pk in sorted(changes):
            unit_id = speakers[pk].unit_id
            audit.record("clusters.entry.saved", subjects[pk], actor=self.actor, unit_id=unit_id, changes=changes[pk])

    def _in_words(self, saying: Saying, own: Entry | None) -> tuple[str, str]:
        leaf = self.leaves[saying.criterion.pk]
        before = values_of(own) if own else Values()
        return _told_whole(leaf, before), _told_whole(leaf, saying.values)


def cleaned_reason(reason: str) -> str:
    """Raise ``UnfitField``."""
    try:
        return refuse_markup(clean_lines(as_pasted(reason).strip(), limit=_REASON, name="Lý do"), name="Lý do")
    except AppError as error:
        raise UnfitField("reason", str(error)) from None


def _told_whole(leaf: Leaf, values: Values) -> str:
    """For the history: the value, what was said of proof, the reason."""
    proof = {None: "", True: "đã kiểm chứng", False: "không công nhận tài liệu"}[values.is_proved]
    value = ", ".join(filter(None, (said_in_words(leaf, values), proof)))
    return f"{value} ({values.reason})" if values.reason else value
