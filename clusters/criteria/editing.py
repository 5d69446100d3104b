"""Writes on the rows of a draft: typed into the table, changed one by one, moved, taken out, taken over all at once.

Every act names the version of the set that the person saw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from campaigns.figures import show_figure
from clusters.criteria.rulebook import rule_words
from clusters.criteria.services import ASIDE, claim, number_anew
from clusters.criteria.tree import MOVES, grown, in_order, moved, path_to, places
from clusters.criteria.values import (
    MOST_CRITERIA,
    MOST_LEVELS,
    NAMES,
    CriterionValues,
    checked,
    values_of,
)
from clusters.models import CriteriaSet, Criterion
from clusters.standing import scheme_of
from core import audit
from core.errors import AppError, UnfitField, UnfitRow


class HasFigures(AppError):
    message = (
        "Tiêu chí này đã có chỉ tiêu giao hoặc điểm đã chấm nên không bỏ được. Hãy bỏ số liệu ấy trước, "
        "hoặc lập bộ tiêu chí mới."
    )


class Unmovable(AppError):
    message = "Dòng này không chuyển theo hướng đó được."


@dataclass(frozen=True, slots=True)
class RowEdit:
    """What the table says of a row; ``maximum`` None: of a group, the sum of what is inside."""

    pk: int
    code: str
    title: str
    maximum: Decimal | None


@dataclass(frozen=True, slots=True)
class NewRow:
    values: CriterionValues
    parent: int | None = None
    sums_up: bool = False
    """A group whose points were left blank."""


@dataclass(frozen=True, slots=True)
class Node:
    """A criterion with what stands inside, to be taken over as it is."""

    values: CriterionValues
    children: tuple[Node, ...] = ()


# -- The table -------------------------------------------------------------------------------


@transaction.atomic
def save_rows(
    criteria_set: CriteriaSet, edits: Sequence[RowEdit], added: Sequence[NewRow], *, version: int, actor: Any
) -> int:
    """How many rows changed or came. Raise ``UnfitRow`` (edits first, then new rows), ``EditedMeanwhile``."""
    claim(criteria_set, version)
    own = {row.pk: row for row in criteria_set.criteria.all()}
    before = {pk: values_of(row) for pk, row in own.items()}
    sums = set()
    for place, edit in enumerate(edits):
        if edit.pk not in own:
            raise UnfitRow(place, "title", "Dòng này không còn trong bộ tiêu chí.")
        sums |= _take(own[edit.pk], edit, place)
    fresh = []
    for place, new in enumerate(added, start=len(edits)):
        row = _added(criteria_set, own, new, place)
        own[row.pk] = row
        fresh.append(row)
        if new.sums_up:
            sums.add(row.pk)
    _refuse_double_codes(own.values(), [edit.pk for edit in edits] + [row.pk for row in fresh])
    changed = [row for pk, row in own.items() if pk in before and values_of(row) != before[pk]]
    _write(changed, before)
    if added:
        number_anew(criteria_set, places(grown(_as_ordered(own.values()))))
    changed += _sum_up(criteria_set, sums, {row.pk for row in changed})
    for row in changed:
        if row.pk in before:
            record(criteria_set, row, actor, _differences(before[row.pk], values_of(row)))
    for row in fresh:
        row.refresh_from_db()
        _tell_added(criteria_set, row, actor)
    return len({row.pk for row in (*changed, *fresh)})


def _take(row: Criterion, edit: RowEdit, place: int) -> set[int]:
    maximum = row.maximum if edit.maximum is None else edit.maximum
    if edit.maximum is None and row.kind:
        raise UnfitRow(place, "maximum", "Ghi điểm chuẩn của tiêu chí.")
    values = _checked(replace(values_of(row), code=edit.code, title=edit.title, maximum=maximum), place)
    row.code, row.title, row.maximum = values.code, values.title, values.maximum
    return {row.pk} if edit.maximum is None else set()


def _added(criteria_set: CriteriaSet, own: Mapping[int, Criterion], new: NewRow, place: int) -> Criterion:
    values = _checked(new.values, place)
    if len(own) >= MOST_CRITERIA:
        raise UnfitRow(place, "title", f"Một bộ có nhiều nhất {MOST_CRITERIA} dòng.")
    try:
        parent = _parent(own, new.parent)
    except UnfitField as error:
        raise UnfitRow(place, error.field, str(error)) from None
    last = max((row.order for row in own.values()), default=0)
    if any(row.code == values.code for row in own.values()):
        raise UnfitRow(place, "code", f"Mã «{values.code}» đã dùng cho dòng khác.")
    return Criterion.objects.create(set=criteria_set, parent=parent, order=last + 1, **_fields(values))


def _parent(own: Mapping[int, Criterion], pk: int | None) -> Criterion | None:
    if pk is None:
        return None
    parent = own.get(pk)
    if parent is None or parent.kind:
        raise UnfitField("parent", "Chọn một nhóm của bộ tiêu chí này.")
    level, above = 1, parent
    while above.parent_id is not None:
        above, level = own[above.parent_id], level + 1
    if level >= MOST_LEVELS:
        raise UnfitField("parent", f"Bộ tiêu chí có nhiều nhất {MOST_LEVELS} cấp; hãy chọn nhóm ở trên.")
    return parent


def _checked(values: CriterionValues, place: int) -> CriterionValues:
    try:
        return checked(values)
    except UnfitField as error:
        raise UnfitRow(place, error.field, str(error)) from None


def _refuse_double_codes(rows: Any, order: Sequence[int]) -> None:
    counted: dict[str, list[Criterion]] = {}
    for row in rows:
        counted.setdefault(row.code, []).append(row)
    for same in counted.values():
        if len(same) > 1:
            at = max((order.index(row.pk) for row in same if row.pk in order), default=0)
            raise UnfitRow(at, "code", f"Mã «{same[0].code}» đã dùng cho dòng khác.")


def _write(changed: Sequence[Criterion], before: Mapping[int, CriterionValues]) -> None:
    """Codes that change places pass through one that nobody has."""
    for row in changed:
        if row.code != before[row.pk].code:
            Criterion.objects.filter(pk=row.pk).update(code=f"\x7f{row.pk}")
    Criterion.objects.bulk_update(changed, list(NAMES))


def _sum_up(criteria_set: CriteriaSet, groups: set[int], told: set[int]) -> list[Criterion]:
    """Give the groups the sum of their leaves; those that no edit has told of already are given back."""
    if not groups:
        return []
    worth = {node.code: node.worth for _, node in scheme_of(criteria_set).walk()}
    found = []
    for row in criteria_set.criteria.filter(pk__in=groups):
        total = worth[row.code]
        points = Decimal(total.numerator) / Decimal(total.denominator)
        if row.maximum != points:
            row.maximum = points
            row.save(update_fields=["maximum"])
            found.append(row)
    return found


def _as_ordered(rows: Any) -> list[Criterion]:
    return sorted(rows, key=lambda row: row.order)


# -- One row ---------------------------------------------------------------------------------


@transaction.atomic
def change_criterion(
    criteria_set: CriteriaSet, criterion: Criterion, *, values: CriterionValues, version: int, actor: Any
) -> None:
    """All that is said of one row. Raise ``UnfitField``, ``EditedMeanwhile``."""
    values = checked(values)
    claim(criteria_set, version)
    before = values_of(criterion)
    if values.kind and not before.kind and criterion.children.exists():
        raise UnfitField("kind", "Nhóm này còn tiêu chí bên trong; hãy chuyển chúng ra trước.")
    if criteria_set.criteria.filter(code=values.code).exclude(pk=criterion.pk).exists():
        raise UnfitField("code", f"Mã «{values.code}» đã dùng cho dòng khác.")
    for name, value in _fields(values).items():
        setattr(criterion, name, value)
    if changes := _differences(before, values):
        criterion.save(update_fields=list(NAMES))
        record(criteria_set, criterion, actor, changes)


@transaction.atomic
def move_criterion(criteria_set: CriteriaSet, criterion: Criterion, *, way: str, version: int, actor: Any) -> None:
    """One step up, down, into the row above or out of its group, with all that is inside.

    Raise ``Unmovable``, ``EditedMeanwhile``.
    """
    claim(criteria_set, version)
    root = grown(criteria_set.criteria.all())
    if way not in MOVES or not moved(root, criterion.pk, way):
        raise Unmovable
    path = path_to(root, criterion.pk)
    if (into := path[-2].row) is not None and into.kind:
        raise Unmovable(f"«{into.code}» là tiêu chí có cách tính điểm, không chứa dòng con. Đổi thành nhóm trước.")
    if len(path) - 2 + path[-1].height > MOST_LEVELS:
        raise Unmovable(f"Bộ tiêu chí có nhiều nhất {MOST_LEVELS} cấp.")
    wanted = places(root)
    old = _place_said(criteria_set, (criterion.order, criterion.parent_id))
    new = _place_said(criteria_set, wanted[criterion.pk])
    number_anew(criteria_set, wanted)
    audit.record(
        "clusters.criterion.moved", criterion, actor=actor, unit_id=criteria_set.unit_id, changes={"order": (old, new)}
    )


def _place_said(criteria_set: CriteriaSet, place: tuple[int, int | None]) -> str:
    order, parent = place
    code = criteria_set.criteria.filter(pk=parent).values_list("code", flat=True).first() if parent else None
    return f"dòng {order}, trong {code}" if code else f"dòng {order}"


@transaction.atomic
def remove_criterion(criteria_set: CriteriaSet, criterion: Criterion, *, version: int, actor: Any) -> int:
    """With all that is inside; how many rows went. Raise ``HasFigures``, ``EditedMeanwhile``."""
    claim(criteria_set, version)
    branch = path_to(grown(criteria_set.criteria.all()), criterion.pk)[-1]
    rows = [branch.row, *(below.row for _, below in branch.walk())]
    told = "\n".join(f"{row.code} {row.title} ({show_figure(row.maximum)})" for row in rows)
    audit.record(
        "clusters.criterion.removed",
        criteria_set,
        actor=actor,
        unit_id=criteria_set.unit_id,
        changes={"criteria_text": (told, None)},
    )
    try:
        Criterion.objects.filter(pk__in=[row.pk for row in rows]).delete()
    except models.ProtectedError:
        raise HasFigures from None
    number_anew(criteria_set, places(grown(criteria_set.criteria.all())))
    return len(rows)


# -- Many at once ----------------------------------------------------------------------------


@transaction.atomic
def take_over(
    criteria_set: CriteriaSet,
    nodes: Sequence[Node],
    *,
    replaces: bool,
    version: int,
    actor: Any,
    parent: int | None = None,
) -> int:
    """Rows that were read from a sheet or a paper, behind those that are there or instead of them.

    Raise ``UnfitRow`` (by the row's place in the tree), ``HasFigures``, ``EditedMeanwhile``.
    """
    claim(criteria_set, version)
    before = as_text(criteria_set)
    if replaces:
        try:
            criteria_set.criteria.all().delete()
        except models.ProtectedError:
            raise HasFigures from None
    own = {row.pk: row for row in criteria_set.criteria.all()}
    top = _parent(own, parent)
    made = _insert(criteria_set, nodes, top, {row.code for row in own.values()}, len(own))
    number_anew(criteria_set, places(grown(_as_ordered(criteria_set.criteria.all()))))
    audit.record(
        "clusters.criteria.taken",
        criteria_set,
        actor=actor,
        unit_id=criteria_set.unit_id,
        changes={"criteria_text": (before, as_text(criteria_set))},
    )
    return made


def _insert(
    criteria_set: CriteriaSet, nodes: Sequence[Node], top: Criterion | None, codes: set[str], there: int
) -> int:
    """Level by level, so that the rows' keys are known to what hangs on them; ``order`` counts through the tree."""
    flat: list[tuple[Criterion, int | None]] = []
    depth_of: dict[int, int] = {}

    def lay(node: Node, above: int | None, depth: int) -> None:
        place = len(flat)
        if depth >= MOST_LEVELS:
            raise UnfitRow(place, "title", f"Bộ tiêu chí có nhiều nhất {MOST_LEVELS} cấp.")
        values = _checked(node.values, place)
        if values.code in codes:
            raise UnfitRow(place, "code", f"Mã «{values.code}» đã dùng cho dòng khác.")
        codes.add(values.code)
        depth_of[place] = depth
        flat.append((Criterion(set=criteria_set, order=ASIDE + there + place, **_fields(values)), above))
        for child in node.children:
            lay(child, place, depth + 1)

    for node in nodes:
        lay(node, None, 0)
    if there + len(flat) > MOST_CRITERIA:
        raise UnfitRow(len(flat) - 1, "title", f"Một bộ có nhiều nhất {MOST_CRITERIA} dòng.")
    for level in range(max(depth_of.values(), default=-1) + 1):
        rows = [(row, above) for place, (row, above) in enumerate(flat) if depth_of[place] == level]
        for row, above in rows:
            row.parent = top if above is None else flat[above][0]
        Criterion.objects.bulk_create([row for row, _ in rows])
    return len(flat)


def as_text(criteria_set: CriteriaSet) -> str:
    """A line for each row, for the history."""
    lines = []
    for depth, row in in_order(criteria_set.criteria.all()):
        more = "; ".join([row.get_kind_display(), *rule_words(row.kind, row.rule)])
        lines.append(f"{'  ' * depth}{row.code} {row.title} ({show_figure(row.maximum)}) [{more}]")
    return "\n".join(lines)


# -- Shared ----------------------------------------------------------------------------------


def record(criteria_set: CriteriaSet, criterion: Criterion, actor: Any, changes: audit.Changes) -> None:
    audit.record("clusters.criterion.changed", criterion, actor=actor, unit_id=criteria_set.unit_id, changes=changes)


def _tell_added(criteria_set: CriteriaSet, criterion: Criterion, actor: Any) -> None:
    told = _told(values_of(criterion))
    changes = {name: (None, value) for name, value in told.items() if value not in (None, "", False)}
    audit.record("clusters.criterion.added", criterion, actor=actor, unit_id=criteria_set.unit_id, changes=changes)


def _differences(before: CriterionValues, after: CriterionValues) -> dict[str, tuple[Any, Any]]:
    return audit.differences(_told(before), _told(after))


def _told(values: CriterionValues) -> dict[str, Any]:
    """As the history tells it: points and rules as they read, kinds by their words."""
    told = {name: getattr(values, name) for name in NAMES}
    told["maximum"] = show_figure(values.maximum)
    told["rule"] = "; ".join(rule_words(values.kind, values.rule))
    return told


def _fields(values: CriterionValues) -> dict[str, Any]:
    return {name: getattr(values, name) for name in NAMES}
