"""Guarded state moves: the WHERE clause decides who was first."""

from __future__ import annotations

from collections.abc import Mapping
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


@transaction.atomic
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
    old = getattr(subject, field)
    if old == to:
        return
    if to not in moves.get(old, {}):
        raise MoveRefused
    changed = type(subject)._default_manager.filter(pk=subject.pk, **{field: old}).update(**{field: to}, **also)
    if not changed:
        raise MovedMeanwhile
    before = {name: getattr(subject, name) for name in also}
    for name, value in {field: to, **also}.items():
        setattr(subject, name, value)
    audit.record(
        code, subject, actor=actor, unit_id=unit_id, changes={field: (old, to), **audit.differences(before, also)}
    )


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
