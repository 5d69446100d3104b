"""Thẩm định theo tiêu chí: one criterion for all units of all clusters that score by one set in one year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from campaigns.figures import show_figure
from clusters import rules
from clusters.models import Assignment, CriteriaSet, Criterion, Entry, ScoreSheet, Season
from clusters.reviewing.figures import Typed
from clusters.reviewing.listing import Named, Read, read_list
from clusters.reviewing.selectors import seasons_to_review
from clusters.sheets import selectors
from clusters.sheets.typed import Leaf, Values, Way, read_typed, said_in_words, standing_of, typed_text, values_of
from clusters.standing import ORDER
from clusters.states import SheetStage, Stage
from clusters.wording import in_season
from core.errors import UnfitField
from core.text import fold

FIELD, QUESTION = "o-", "hoi-"
"""Names of fields: a cell carries its sheet and the version that was seen, a question its line."""
_LONGEST = 400
CHANGED, BLANK = "lech", "trong"
FILTERS = {CHANGED: "Chỉ chênh lệch", BLANK: "Chỉ đơn vị chưa có số"}


@dataclass(frozen=True, slots=True)
class YearSet:
    """A set of criteria as it is used in one year."""

    set: CriteriaSet
    year: int
    seasons: list[Season]

    @property
    def key(self) -> str:
        return f"{self.set.pk}-{self.year}"

    def __str__(self) -> str:
        return self.set.name if str(self.year) in self.set.name else f"{self.set.name}, năm {self.year}"


def year_sets(user: Any) -> list[YearSet]:
    """Of the seasons that the user reviews now, the newest first; members come along for the rules."""
    rows = seasons_to_review(user).filter(criteria__isnull=False).prefetch_related("members")
    found: dict[str, YearSet] = {}
    for season in rows.order_by("-year", "criteria__name", "cluster__order", "cluster__name"):
        assert season.criteria is not None
        key = f"{season.criteria_id}-{season.year}"
        found.setdefault(key, YearSet(season.criteria, season.year, [])).seasons.append(season)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Progress:
    """Of one criterion: how many units the reviewer has said something of."""

    row: Criterion
    done: int
    total: int


def progress_of(chosen: YearSet) -> list[Progress]:
    leaves = chosen.set.criteria.exclude(kind=Criterion.Kind.GROUP)
    sheets = ScoreSheet.objects.filter(member__season__in=chosen.seasons)
    said = Entry.objects.filter(sheet__in=sheets, stage=Stage.REVIEW).values_list("criterion", flat=True)
    counts, total = Counter(said.order_by()), sheets.count()
    return [Progress(row, counts[row.pk], total) for row in leaves]


@dataclass(slots=True)
class UnitRow:
    sheet: ScoreSheet
    cluster: str
    target: str
    own: str
    """As the unit said it."""
    before: str
    """As the stages between left it, where that differs."""
    typed: str
    version: int
    closed: str
    """Why nothing can be entered; empty where something can."""
    gap: str
    is_gap: bool
    said: str
    """What the reviewer has said already."""
    error: str = ""

    @property
    def name(self) -> str:
        return f"{FIELD}{self.sheet.pk}-{self.version}"


class CriterionTable:
    """One criterion: what the units said, what is typed or pasted, what is wrong with it."""

    def __init__(self, chosen: YearSet, row: Criterion, user: Any, posted: QueryDict | None) -> None:
        self.chosen, self.row, self.user = chosen, row, user
        seasons = {season.pk: season for season in chosen.seasons}
        rows = ScoreSheet.objects.filter(member__season__in=list(seasons)).select_related(
            "member__unit", "member__part"
        )
        self.sheets = list(
            rows.order_by("member__season__cluster__order", "member__season__cluster__name", "member__order", "pk")
        )
        for sheet in self.sheets:
            sheet.member.season = seasons[sheet.member.season_id]
        self.by_pk = {sheet.pk: sheet for sheet in self.sheets}
        self.leaf: Leaf = selectors.leaves_of(chosen.seasons[0], [row])[row.pk]
        self.entries = selectors.entries_at(self.sheets, [row])
        assigned = Assignment.objects.filter(criterion=row, member__season__in=list(seasons))
        self.assigned = {one.member_id: one for one in assigned}
        self.typed, self.versions = _typed(posted)
        self.errors: dict[int, str] = {}
        self.told: list[str] = []

    # -- In --------------------------------------------------------------------------

    def paste(self, text: str, posted: QueryDict) -> Read:
        """Values go into the rows; what could not is told."""
        many = len(self.chosen.seasons) > 1
        units = [
            Named(sheet.pk, sheet.member.name, sheet.member.season.cluster.name if many else "")
            for sheet in self.sheets
        ]
        answers = {
            line: key
            for name, value in posted.items()
            if (line := _number(name.removeprefix(QUESTION)))
            and name.startswith(QUESTION)
            and (key := _number(str(value)))
        }
        read = read_list(text, units, answers)
        for pk, value in read.values.items():
            if closed := self._closed(self.by_pk[pk]):
                self.told.append(f"{self.by_pk[pk].member.name}: {closed}, không ghi «{value}».")
            else:
                self.typed[pk] = value
        self.told += read.unknown
        return read

    def to_save(self) -> list[Typed]:
        """What differs from what the reviewer has said already; what cannot stand goes into ``errors``."""
        found = []
        for pk in self.versions:
            sheet = self.by_pk.get(pk)
            if sheet is None:
                continue
            text, there = self.typed.get(pk, ""), self._there(sheet)
            if text == there:
                continue
            if closed := self._closed(sheet):
                self.errors[pk] = f"{closed[:1].upper()}{closed[1:]}."
            elif not text:
                self.errors[pk] = f"Đã ghi {there}; muốn bỏ thì mở bảng điểm của đơn vị."
            else:
                found.append(Typed(sheet, text, self.versions[pk]))
        return found

    def _there(self, sheet: ScoreSheet) -> str:
        """The reviewer's own value as it stands in the cell."""
        entry = self.entries.get((sheet.pk, self.row.pk), {}).get(Stage.REVIEW)
        return typed_text(self.leaf, values_of(entry)) if entry else ""

    # -- Out -------------------------------------------------------------------------

    def rows(self, words: str = "", only: str = "") -> list[UnitRow]:
        wanted = fold(words).split()
        found = [self._row(sheet) for sheet in self.sheets if _has(sheet, wanted)]
        if only == CHANGED:
            return [one for one in found if one.is_gap or one.error]
        return [one for one in found if not one.said or one.error] if only == BLANK else found

    def _row(self, sheet: ScoreSheet) -> UnitRow:
        said = sorted(self.entries.get((sheet.pk, self.row.pk), {}).values(), key=lambda one: ORDER[one.stage])
        handed_in = sheet.stage != SheetStage.SELF
        own = standing_of([one for one in said if one.stage == Stage.SELF]) if handed_in else Values()
        before = standing_of([one for one in said if one.stage != Stage.REVIEW]) if handed_in else Values()
        entry = next((one for one in said if one.stage == Stage.REVIEW), None)
        text = self.typed.get(sheet.pk, "" if sheet.pk in self.versions else self._there(sheet))
        gap, is_gap = self._gap(own, text)
        own_words, before_words = said_in_words(self.leaf, own), said_in_words(self.leaf, before)
        assignment = self.assigned.get(sheet.member_id)
        return UnitRow(
            sheet,
            sheet.member.season.cluster.name,
            show_figure(assignment.target) if assignment else "",
            own_words,
            before_words if before_words != own_words else "",
            text,
            self.versions.get(sheet.pk, entry.version if entry else 0),
            self._closed(sheet),
            gap,
            is_gap,
            (said_in_words(self.leaf, values_of(entry)) or "chấp nhận") if entry else "",
            self.errors.get(sheet.pk, ""),
        )

    def _gap(self, own: Values, text: str) -> tuple[str, bool]:
        """What stands in the cell against what the unit said."""
        if not text:
            return "", False
        try:
            now = read_typed(self.leaf, text, Values())
        except UnfitField:
            return "", False
        return gap_between(self.leaf, own, now)

    def _closed(self, sheet: ScoreSheet) -> str:
        assignment = self.assigned.get(sheet.member_id)
        if assignment is not None and not assignment.is_assigned:
            return "không giao chỉ tiêu"
        if not rules.may_work_on(self.user, sheet, Stage.REVIEW):
            return "đơn vị của bạn, người khác thẩm định"
        if sheet.stage != SheetStage.REVIEW:
            label = in_season(sheet.get_stage_display(), sheet.member.season)
            return f"{label[:1].lower()}{label[1:]}"
        return ""


def gap_between(leaf: Leaf, own: Values, now: Values) -> tuple[str, bool]:
    """In words, and whether there is one: «khớp», «lệch −3», «khác tự chấm»."""
    if not said_in_words(leaf, own):
        return "chưa tự chấm", False
    before, after = (_figure(leaf, one) for one in (own, now))
    if before is None or after is None:
        is_same = said_in_words(leaf, own) == said_in_words(leaf, now)
        return ("khớp", False) if is_same else ("khác tự chấm", True)
    difference = after - before
    sign = "+" if difference > 0 else "−"
    return (f"lệch {sign}{show_figure(abs(difference))}", True) if difference else ("khớp", False)


def _figure(leaf: Leaf, values: Values) -> Decimal | None:
    """What can be subtracted: neither yes and no, nor grades, nor points that stand instead of a formula's."""
    if leaf.way in (Way.FIGURE, Way.BONUS) and values.points is None:
        return values.actual
    if leaf.way in (Way.POINTS, Way.PENALTY):
        return values.points
    if leaf.way is Way.DEDUCTION:
        return values.deduction
    counted = {Way.RETURNED: values.returned, Way.LATE: values.late_days}.get(leaf.way)
    return None if counted is None else Decimal(counted)


def _typed(posted: QueryDict | None) -> tuple[dict[int, str], dict[int, int]]:
    """Sheet → text, and → version, of the cells that were sent; blank ones keep their version only."""
    texts: dict[int, str] = {}
    versions: dict[int, int] = {}
    for name, value in (posted or {}).items():
        sheet, _, version = name.removeprefix(FIELD).partition("-")
        if not name.startswith(FIELD) or not (pk := _number(sheet)) or not _is_number(version):
            continue
        versions[pk] = int(version)
        if words := " ".join(str(value).split())[:_LONGEST]:
            texts[pk] = words
    return texts, versions


def _has(sheet: ScoreSheet, wanted: Sequence[str]) -> bool:
    name = fold(f"{sheet.member.name} {sheet.member.season.cluster.name}")
    return all(word in name for word in wanted)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def _number(text: str) -> int:
    return int(text) if _is_number(text) else 0


def chosen_of(sets: Iterable[YearSet], key: str) -> YearSet | None:
    """The one of the address; without any, the only one there is."""
    all_sets = list(sets)
    if not key:
        return all_sets[0] if len(all_sets) == 1 else None
    return next((one for one in all_sets if one.key == key), None)
