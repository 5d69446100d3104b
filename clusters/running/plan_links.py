"""On the page of a plan of a cluster: the season that it is written for, or how to make one of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from clusters.models import Season
from clusters.part import KIND
from clusters.selectors import visible_seasons
from plans.links import Link
from plans.models import Plan
from plans.parts import Told

_LABEL = "Năm thi đua"


def links_of(plan: Plan, user: Any) -> Iterator[Link]:
    if plan.kind != KIND or plan.amends_id:
        return
    found = visible_seasons(user).filter(plan=plan).first()
    if found is not None:
        yield Link(_LABEL, str(found), reverse("clusters:season", args=[found.pk]))
    elif user.has_perm("plans.write_plan", plan) and not Season.objects.filter(plan=plan).exists():
        yield Link(_LABEL, "Lập năm thi đua từ kế hoạch này", f"{reverse('clusters:new')}?ke-hoach={plan.pk}")


def tell(plan: Plan) -> Told | None:
    season = Season.objects.filter(plan=plan).select_related("cluster").first()
    if season is None:
        return None
    steps, members = season.steps.count(), season.members.count()
    words = f"Đã lập năm thi đua {season.year} của {season.cluster} với {steps} việc trong lịch"
    words += f", {members} đơn vị thành viên" if members else ""
    return Told(words, reverse("clusters:season", args=[season.pk]))


def stays_behind(content: Any) -> None:
    """The season of another year is begun from the season itself, with its rotation, not from the plan."""
