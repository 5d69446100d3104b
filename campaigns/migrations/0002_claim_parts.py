"""The verbatim ``campaign`` parts of plans loaded so far become campaigns; what no rows can hold stays verbatim."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from campaigns import interchange
from campaigns.part import NAME, data_of, fields_of, write_rows
from core.text import fold


def claim(apps: Any, schema_editor: Any) -> None:
    parts = apps.get_model("plans", "UnclaimedPart").objects.filter(name=NAME)
    campaigns, *rows = (apps.get_model("campaigns", name) for name in ("Campaign", "Wave", "Movement", "Target"))
    for pk in list(parts.order_by("pk").values_list("pk", flat=True)):
        part = parts.select_related("plan__unit").get(pk=pk)
        data = interchange.read(part.content)
        if data is None:
            continue
        plan = part.plan
        fields = fields_of(plan, plan.unit.kind, data)
        words = fold(f"{fields['title']} {data.theme} {plan.unit.designation} {plan.unit.name}")
        campaign = campaigns.objects.create(plan=plan, unit=plan.unit, search=words, **fields)
        write_rows(campaign, data, rows)
        part.delete()


def give_back(apps: Any, schema_editor: Any) -> None:
    """The parts as they came. Raises where something hangs on a campaign that no part can hold, such as results."""
    parts = apps.get_model("plans", "UnclaimedPart").objects
    campaigns = apps.get_model("campaigns", "Campaign").objects.exclude(plan=None)
    for campaign in campaigns.select_related("plan__unit"):
        parts.create(plan=campaign.plan, name=NAME, content=interchange.write(data_of(campaign, campaign.plan)))
        campaign.delete()


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_initial"), ("plans", "0007_duties")]
    operations = [migrations.RunPython(claim, give_back)]
