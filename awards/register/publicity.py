"""Whether a line stands on the public list: somebody may ask not to (Luật số 91/2025/QH15)."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from awards.models import Grant
from core import audit


@transaction.atomic
def set_public(grant: Grant, *, actor: Any, is_public: bool) -> bool:
    """Whether this changed anything. The certificate can be checked by its code in either case."""
    changed = Grant.objects.filter(pk=grant.pk, entry=Grant.Entry.GIVEN, is_public=not is_public).update(
        is_public=is_public
    )
    if not changed:
        return False
    grant.is_public = is_public
    changes = {"is_public": (not is_public, is_public)}
    audit.record("awards.grant.publicity", grant, actor=actor, unit_id=grant.unit_id, changes=changes)
    return True
