"""The program with two addresses more: a table of points and a saved cell as bare as they can be, behind signing in.

The table reads the same rows as Django's objects and writes as many cells with what was entered; no rights, no points,
no sums, nothing around it. Saving changes one row and adds one line of the history, in one transaction; nothing is
checked or told.
"""

from __future__ import annotations

import html

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from clusters.models import Criterion, Entry, Member, Season
from core.models import AuditEntry

_SAVE = "UPDATE clusters_entry SET reason = reason, at = %s WHERE id = %s"


def grid(request: HttpRequest, pk: int) -> HttpResponse:
    season = Season.objects.get(pk=pk)
    members = list(Member.objects.filter(season=season))
    entries = Entry.objects.filter(sheet__member__season=season).order_by("pk").prefetch_related("sheet", "by__person")
    last = {(entry.sheet.member_id, entry.criterion_id): entry for entry in entries}
    parts = [f"<th>{html.escape(member.name)}</th>" for member in members]
    for row in Criterion.objects.filter(set=season.criteria_id):
        parts.append(f"</tr><tr><th>{html.escape(row.code)} {html.escape(row.title)}</th><td>{row.maximum}</td>")
        if row.kind:
            parts += [_cell(f"{member.pk}-{row.pk}", last.get((member.pk, row.pk))) for member in members]
    return HttpResponse(f"<table><tr>{''.join(parts)}</tr></table>")


def _cell(key: str, entry: Entry | None) -> str:
    if entry is None:
        return f'<td class="cell" data-c="{key}" tabindex="-1"></td>'
    said = entry.deduction if entry.actual is None else entry.actual
    reason, who = html.escape(entry.reason), html.escape(f"{entry.by}, {entry.at}")
    return (
        f'<td class="cell" data-c="{key}" data-version="{entry.version}" data-typed="{said}"'
        f' data-reason="{reason}" data-who="{who}" tabindex="-1">'
        f'<span class="said">{said}</span> <span class="points" data-out="p-{key}">{said}</span></td>'
    )


def save(request: HttpRequest, pk: int) -> HttpResponse:
    line = AuditEntry.objects.latest("pk")
    line.pk, line.position, line.hash = None, line.position + 1, f"{line.position + 1:064x}"
    columns = [one for one in AuditEntry._meta.concrete_fields if not one.primary_key]
    values = [one.get_db_prep_save(getattr(line, one.attname), connection) for one in columns]
    names, marks = ", ".join(f'"{one.column}"' for one in columns), ", ".join(["%s"] * len(columns))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_SAVE, [line.at, pk])
        cursor.execute(f"INSERT INTO core_auditentry ({names}) VALUES ({marks})", values)
    return HttpResponse()


urlpatterns = [
    path("do-bang/<int:pk>/", grid, name="bare_grid"),
    path("do-o/<int:pk>/", save, name="bare_save"),
    path("", include("tdkt.urls")),
]
