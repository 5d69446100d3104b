"""Guarded state moves: the WHERE clause decides who was first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction

from core import audit
from core.errors import AppError

Moves = Mapping[str, Mapping[str, str]]
"""State → {state it may go to: name of the permission that is needed}."""


class MoveRefused(AppError):
    message = "Không chuyển được trạng thái này."


class MovedMeanwhile(AppError):
    message = "Vừa có người chuyển trạng thái trước bạn. Hãy tải lại trang để xem."


class EditedMeanwhile(AppError):
    """The row was saved by somebody else since it was shown (HTTP 409)."""

    message = "Nội dung vừa được người khác sửa. Hãy xem lại trước khi lưu."


def move(
    subject: models.Model,
    to: str,
    moves: Moves,
    *,
    actor: Any,
    unit_id: int,
    code: str,
    field: str = "state",
    **also: Any,
) -> None:
    """Move ``subject`` to the state ``to`` if the table allows it and nobody was faster.

    Returns early if it is there already. ``also`` are fields set by the same UPDATE.
    Asking whether the actor may is the caller's work: the table names the permission.
    """
    move_many([subject], to, moves, actor=actor, unit_id=unit_id, code=code, field=field, **also)


@transaction.atomic
def move_many(
    subjects: Iterable[models.Model],
    to: str,
    moves: Moves,
    *,
    actor: Any,
    unit_id: int,
    code: str,
    field: str = "state",
    **also: Any,
) -> None:
    """All of them or none, each as ``move`` does it, in a number of queries that does not grow with them."""
    waiting = [one for one in subjects if getattr(one, field) != to]
    by_old: dict[str, list[models.Model]] = {}
    for one in waiting:
        by_old.setdefault(getattr(one, field), []).append(one)
    if any(to not in moves.get(old, {}) for old in by_old):
        raise MoveRefused
    for old, rows in by_old.items():
        still = type(rows[0])._default_manager.filter(pk__in=[one.pk for one in rows], **{field: old})
        if still.update(**{field: to}, **also) != len(rows):
            raise MovedMeanwhile
    acts: list[audit.Act] = []
    for one in waiting:
        before = {name: getattr(one, name) for name in (field, *also)}
        for name, value in {field: to, **also}.items():
            setattr(one, name, value)
        told = {field: (before[field], to), **audit.differences(before, also)}
        acts.append(audit.Act(code, one, told))
    if acts:
        audit.record_many(acts, actor=actor, unit_id=unit_id)


def claim_version(subject: models.Model, version: int, **still: Any) -> None:
    """Take the next version of an aggregate.

    Raise ``EditedMeanwhile`` where ``version`` is an old one or the row is no longer ``still`` so.
    """
    changed = (
        type(subject)._default_manager.filter(pk=subject.pk, version=version, **still).update(version=version + 1)
    )
    if not changed:
        raise EditedMeanwhile
    subject.version = version + 1  # type: ignore[attr-defined]
