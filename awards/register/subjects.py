"""The history of a person, collective or household across mergers and moves: which rows are one, and who says so."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from awards.judging import asked_by_of
from awards.models import Grant, Nominee, Subject
from awards.models.common import RecipientKind
from awards.register.lists import grants_for_list
from awards.rules import WORKING
from awards.selectors import visible_nominees, visible_subjects
from awards.states import LIVE, NomineeState
from core import audit
from core.cells import name_key
from core.errors import AppError, UnfitField
from core.text import clean_line, fold, refuse_markup
from units.models import Succession
from units.selectors import standing_of

REASON = 300
_GENERATIONS = 8


class JoinedAlready(AppError):
    message = "Hai dòng này đã là cùng một đối tượng."


class NotJoinable(AppError):
    message = "Hai dòng này không cùng loại đối tượng nên không thể là một."


class NotOurs(AppError):
    message = "Cả hai dòng đều do đơn vị trước đây lập, chỉ để xem. Nối từ dòng của đơn vị mình."


# -- Reads -------------------------------------------------------------------------------


def row_ids(subject: Subject) -> set[int]:
    """All rows that are this subject: those before it and those after it, whoever keeps them."""
    newest = {subject.pk}
    for _ in range(_GENERATIONS):
        later = set(Subject.objects.filter(continues__in=newest).values_list("pk", flat=True)) - newest
        if not later:
            break
        newest |= later
    return set(asked_by_of(newest))


def rows_of(user: Any, ids: set[int]) -> QuerySet[Subject]:
    return visible_subjects(user).filter(pk__in=ids).order_by("unit__valid_from", "pk")


def grants_of(user: Any, ids: set[int]) -> QuerySet[Grant]:
    rows = grants_for_list(user).filter(subject__in=ids, entry=Grant.Entry.GIVEN)
    return rows.order_by("-year", "-decision__day", "pk")


def underway_of(user: Any, ids: set[int]) -> QuerySet[Nominee]:
    """Asked for and not decided."""
    rows = visible_nominees(user).filter(subject__in=ids, state__in=LIVE).exclude(state=NomineeState.DECIDED)
    return rows.order_by("-year", "pk")


def candidates_for(user: Any, subject: Subject, ids: set[int]) -> list[Subject]:
    """Rows that may be the same: of one name, or of the part or unit that this one took over from."""
    alike = Q(search__contains=fold(subject.name))
    if subject.part_id:
        alike |= Q(part__in=Succession.objects.filter(new_part=subject.part_id).values("old_part"))
        alike |= Q(part__in=Succession.objects.filter(old_part=subject.part_id).values("new_part"))
    rows = visible_subjects(user).filter(alike, kind=subject.kind).exclude(pk__in=ids).order_by("pk")[:50]
    return [one for one in rows if _may_be(subject, one)]


def _may_be(subject: Subject, other: Subject) -> bool:
    """People of one name with other birth years are two; of collectives the part is as good as the name."""
    if subject.kind != RecipientKind.PERSON:
        return True
    years = {subject.birth_year, other.birth_year} - {None}
    return name_key(subject.name) == name_key(other.name) and len(years) < 2


# -- Writes ------------------------------------------------------------------------------


@transaction.atomic
def join(subject: Subject, other: Subject, *, actor: Any, reason: str) -> None:
    """«Là cùng đối tượng»: from now on the history of one is that of the other.

    The link stands in a row of the actor's own unit; what a predecessor left stays as it is.
    Raises ``JoinedAlready``, ``NotJoinable``, ``NotOurs``, ``UnfitField``.
    """
    audit.wait_for_turn(subject.unit_id)
    words = _reason(reason, "Ghi vì sao là cùng đối tượng, ví dụ: cùng số định danh, đổi tên sau sáp nhập.")
    if subject.kind != other.kind:
        raise NotJoinable
    ids = row_ids(subject)
    if other.pk in ids:
        raise JoinedAlready
    earliest, others = _earliest(ids), _earliest(row_ids(other))
    if _is_ours(actor, earliest):
        row, continues = earliest, other
    elif _is_ours(actor, others):
        row, continues = others, subject
    else:
        raise NotOurs
    if not Subject.objects.filter(pk=row.pk, continues=None).update(continues=continues):
        raise JoinedAlready
    row.continues = continues
    told = f"{continues.name} ({continues.unit.title})"
    changes = {"continues": (None, told), "reason": (None, words)}
    audit.record("awards.subject.joined", row, actor=actor, unit_id=row.unit_id, changes=changes)


@transaction.atomic
def part(subject: Subject, *, actor: Any, reason: str) -> None:
    """Takes back a join that was wrong: ``subject`` is no longer the one before it."""
    words = _reason(reason, "Ghi vì sao không phải cùng đối tượng.")
    before = subject.continues
    if before is None or not Subject.objects.filter(pk=subject.pk, continues=before).update(continues=None):
        raise AppError("Dòng này không nối với dòng nào trước đó.")
    subject.continues = None
    told = f"{before.name} ({before.unit.title})"
    changes = {"continues": (told, None), "reason": (None, words)}
    audit.record("awards.subject.parted", subject, actor=actor, unit_id=subject.unit_id, changes=changes)


def _earliest(ids: set[int]) -> Subject:
    """Which row of one line has none before it; of several the first that was made."""
    return Subject.objects.select_related("unit").filter(pk__in=ids, continues=None).order_by("pk")[0]


def _is_ours(actor: Any, row: Subject) -> bool:
    return standing_of(actor).has_role(row.unit_id, *WORKING)


def _reason(text: str, otherwise: str) -> str:
    reason = refuse_markup(clean_line(" ".join(text.split()), limit=REASON, name="Lý do"), name="lý do")
    if not reason:
        raise UnfitField("reason", otherwise)
    return reason
