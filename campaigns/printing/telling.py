"""What a plan that was read from a file says of the campaign that was made of it."""

from __future__ import annotations

from django.db.models import Count
from django.urls import reverse

from campaigns.models import Campaign
from plans.models import Plan
from plans.parts import Told


def tell(plan: Plan) -> Told | None:
    counts = [Count(name, distinct=True) for name in ("targets", "waves", "movements")]
    found = Campaign.objects.filter(plan=plan).values_list("pk", *counts).first()
    if found is None:
        return None
    pk, *numbers = found
    said = zip(numbers, ("chỉ tiêu", "đợt", "chuyên đề"), strict=True)
    words = ", ".join(f"{count} {what}" for count, what in said if count)
    return Told(
        f"Đã lập phong trào với {words}" if words else "Đã lập phong trào, chưa có chỉ tiêu nào",
        reverse("campaigns:campaign", args=[pk]),
    )
