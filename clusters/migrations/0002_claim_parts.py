"""Plans of clusters that were loaded so far become seasons; a verbatim part ``season`` becomes rows where they fit."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from clusters import part

# By ids: two renderings of the same model, as migrations that run one after the other have them, do not mix.


def claim(apps: Any, schema_editor: Any) -> None:
    tables = _tables(apps)
    plans = apps.get_model("plans", "Plan").objects.filter(amends=None).select_related("unit", "issuer")
    verbatim = dict(tables.unclaimed.objects.filter(name=part.NAME).values_list("plan_id", "content"))
    tables.unclaimed.objects.filter(name=part.NAME).delete()
    pks = {*plans.filter(kind=part.KIND).values_list("pk", flat=True), *verbatim}
    pks -= set(tables.season.objects.filter(plan__in=pks).values_list("plan_id", flat=True))
    for pk in sorted(pks):
        plan = plans.get(pk=pk)
        if pk in verbatim:
            part.claim(plan, verbatim[pk], tables)
        else:
            part.make(plan, part.told_by(plan), tables, is_in_plan=False)


def give_back(apps: Any, schema_editor: Any) -> None:
    """The parts as they would be exported, beside the rows: those go with their tables."""
    tables = _tables(apps)
    seasons = tables.season.objects.filter(plan__isnull=False, is_in_plan=True)
    for season in seasons.select_related("plan", "cluster"):
        content = part.season_part.write(part.data_of(season, season.plan))
        tables.unclaimed.objects.create(plan_id=season.plan_id, name=part.NAME, content=content)


def _tables(apps: Any) -> part.Tables:
    own = {name: apps.get_model("clusters", name) for name in ("cluster", "season", "member", "step", "quota")}
    units = {name: apps.get_model("units", name) for name in ("unit", "part")}
    return part.Tables(**own, **units, unclaimed=apps.get_model("plans", "UnclaimedPart"))


class Migration(migrations.Migration):
    dependencies = [("clusters", "0001_initial"), ("plans", "0009_printed_parts")]
    operations = [migrations.RunPython(claim, give_back)]
