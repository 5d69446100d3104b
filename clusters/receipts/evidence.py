"""Files behind waivers: read by the organiser's people and by those of the member that was let off."""

from __future__ import annotations

from typing import Any

from django.db import models

from clusters.models import Receipt
from units.selectors import readable_unit_ids


def files_of_waivers(user: Any) -> models.Q:
    """A scope for ``core.files``."""
    own = readable_unit_ids(user)
    rows = Receipt.objects.filter(
        models.Q(member__unit__in=own) | models.Q(step__season__cluster__unit__in=own), waiver__isnull=False
    ).order_by()
    return models.Q(pk__in=rows.exclude(waiver__file=None).values("waiver__file")) | models.Q(
        pk__in=rows.exclude(waiver__paper__signed_file=None).values("waiver__paper__signed_file")
    )
