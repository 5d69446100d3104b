"""The verbatim ``campaign`` parts of plans loaded so far become campaigns; what no rows can hold stays verbatim."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from campaigns import interchange
from campaigns.part import adds_up, fields_of
from core.text import fold


def claim(apps: Any, schema_editor: Any) -> None:
    part_rows = apps.get_model("plans", "UnclaimedPart").objects.filter(name="campaign")
    model = {name: apps.get_model("campaigns", name) for name in ("Campaign", "Wave", "Movement", "Target")}
    for part in part_rows.select_related("plan__unit").order_by("pk").iterator():
        data = interchange.read(part.content)
        if data is None:
            continue
        plan = part.plan
        fields = fields_of(plan, plan.unit.kind, data)
        words = fold(f"{fields['title']} {data.theme} {plan.unit.designation} {plan.unit.name}")
        campaign = model["Campaign"].objects.create(plan=plan, unit=plan.unit, search=words, **fields)
        for order, wave in enumerate(data.waves, start=1):
            days = {"start": wave.start, "end": wave.end, "review_by": wave.review_by}
            model["Wave"].objects.create(
                campaign=campaign, order=order, name=wave.name, as_printed=wave.as_printed, **days
            )
        for order, name in enumerate(data.movements, start=1):
            model["Movement"].objects.create(campaign=campaign, order=order, name=name)
        for order, target in enumerate(data.targets, start=1):
            model["Target"].objects.create(
                campaign=campaign,
                order=order,
                text=target.text,
                comparison=target.comparison,
                low=target.low,
                high=target.high,
                measure=target.measure,
                direction=target.direction,
                adds_up=adds_up(target.measure),
            )
        part.delete()




class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_initial"), ("plans", "0007_duties")]
    operations = [migrations.RunPython(claim)]
