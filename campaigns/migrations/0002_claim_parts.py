"""The verbatim ``campaign`` parts of plans loaded so far become campaigns; what no rows can hold stays verbatim."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from campaigns import interchange
from campaigns.part import NAME, data_of, fields_of, write_rows
from core.text import fold

# By ids: two renderings of the same model, as migrations that run one after the other have them, do not mix.


def claim(apps: Any, schema_editor: Any) -> None:
    parts = apps.get_model("plans", "UnclaimedPart").objects.filter(name=NAME)
    campaigns, *rows = (apps.get_model("campaigns", name) for name in ("Campaign", "Wave", "Movement", "Target"))
    for pk in list(parts.order_by("pk").values_list("pk", flat=True)):
        part = parts.select_related("plan__unit").get(pk=pk)
        data = interchange.read(part.content)
        if data is None:
            continue
        if not campaigns.objects.filter(plan_id=part.plan_id).exists():
            write_rows(campaigns.objects.create(**_fields(part.plan, data)), data, rows)
        part.delete()


def _fields(plan: Any, data: interchange.CampaignData) -> dict[str, Any]:
    fields = fields_of(plan, plan.unit.kind, data) | {"follower_id": plan.follower_id}
    del fields["follower"]
    words = fold(f"{fields['title']} {data.theme} {plan.unit.designation} {plan.unit.name}")
    return fields | {"plan_id": plan.pk, "unit_id": plan.unit_id, "search": words}


def give_back(apps: Any, schema_editor: Any) -> None:
    """The parts as they came, beside the rows: those go with their tables, and with them what no part can hold."""
    parts = apps.get_model("plans", "UnclaimedPart").objects
    campaigns = apps.get_model("campaigns", "Campaign").objects.exclude(plan=None)
    for campaign in campaigns.select_related("plan__unit"):
        content = interchange.write(data_of(campaign, campaign.plan))
        parts.create(plan_id=campaign.plan_id, name=NAME, content=content)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_initial"), ("plans", "0009_printed_parts")]
    operations = [migrations.RunPython(claim, give_back)]
