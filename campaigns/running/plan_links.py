"""On the page of a plan: the campaign whose words it prints, or how to make one of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from campaigns.selectors import visible_campaigns
from plans.links import Link
from plans.models import Plan

_LABEL = "Phong trào"


def links_of(plan: Plan, user: Any) -> Iterator[Link]:
    if plan.kind != Plan.Kind.CAMPAIGN or plan.amends_id:
        return
    found = visible_campaigns(user).filter(plan=plan).only("pk", "title").first()
    if found is not None:
        yield Link(_LABEL, str(found), reverse("campaigns:campaign", args=[found.pk]))
    elif user.has_perm("campaigns.write_campaign", plan):
        address = f"{reverse('campaigns:new')}?ke-hoach={plan.pk}&dv={plan.unit_id}"
        yield Link(_LABEL, "Lập phong trào từ kế hoạch này", address)
