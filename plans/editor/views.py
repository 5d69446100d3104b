"""The editor: one page, and what it asks for while a person writes."""

from __future__ import annotations

import base64
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as show
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from core.errors import AppError
from core.history import history_lines
from core.states import EditedMeanwhile
from documents.numbering import find_numbering
from documents.rendering import render
from documents.rendering.html import paper_body
from documents.rendering.pictures import page_pictures
from plans import presenters, selectors
from plans.approving.presenters import shown_remarks
from plans.approving.selectors import remarks_of
from plans.blocks import offered
from plans.editor.acts import Act, read_acts, read_key, text
from plans.editor.drafts import draft_of, printed_draft
from plans.editor.requests import editable_plan, json_of
from plans.editor.saving import Answer, Kind, save
from plans.editor.state import state_of, time_values
from plans.editor.values import day_text, read_heading
from plans.forms import HeaderForm
from plans.layouts import LABELS
from plans.models import Plan, Reading, TaskTable
from plans.parts import dump_parts, told_of_parts
from plans.printing import printed
from plans.receiving.selectors import reading_of as reading_of_plan
from plans.services import PlanIsClosed, problem_of, reading_of
from plans.states import PlanState

MOST_PAGES = 60
"""Pictures of the printed pages; a longer paper is looked at as PDF."""

HEAD = ("number", "symbol", "place", "paper_date", "title", "subject", "preamble")
FOOT = ("closing", "recipients", "archive", "signature_lines", "signature_post", "signature_name")
COLUMNS = {
    "number": "TT",
    "lead": "Chủ trì",
    "support": "Phối hợp",
    "time_text": "Thời gian thực hiện",
    "due": "Hạn hoàn thành",
    "planned_for": "Dự kiến làm ngày",
    "note": "Ghi chú",
}
"""What may be hidden in the task table; the content always shows."""


_ADDRESSES = ("save", "preview", "pages", "paste", "findings", "dismiss")
"""What the page asks for while somebody writes."""


@require_safe
def editor(request: HttpRequest, pk: int) -> HttpResponse:
    plan = editable_plan(request, selectors.for_page(request.user), pk)
    if plan.state != PlanState.DRAFT:
        return redirect("plans:plan", pk=pk)
    remarks, paper = remarks_of(plan), paper_body(printed(plan))
    context = {
        "title": str(plan),
        "standing": presenters.standing(plan, remarks),
        "plan": plan,
        "reading": (reading := reading_of_plan(plan)),
        "told": told_of_parts(plan) if reading else [],
        "remarks": shown_remarks(remarks),
        **_bound_fields(plan),
        "columns": COLUMNS.items(),
        "tables": [_look(table) for table in plan.task_tables.all()],
        "people": selectors.followers_for(plan),
        "state": state_of(plan),
        "settings": _settings(plan) | {"unsure": _unsure(reading)},
        "paper": paper,
    }
    return show(request, "plans/editor.html", context)


def _bound_fields(plan: Plan) -> dict[str, list[Any]]:
    """The header's fields before and after the sections, each naming what it changes."""
    form = HeaderForm(initial=HeaderForm.initial_of(plan), auto_id="o-%s")
    for name, field in form.fields.items():
        field.widget.attrs |= {"data-binds": f"header:{name}", "autocomplete": "off"}
    return {"head_fields": [form[name] for name in HEAD], "foot_fields": [form[name] for name in FOOT]}


def _look(table: TaskTable) -> dict[str, Any]:
    """How a table is printed: the usual ways, and its own where it has another number of columns."""
    layouts = dict(LABELS)
    layouts.setdefault(table.layout, f"Bảng {table.parsed_layout.column_count} cột")
    return {"place": table.place, "label": table.get_place_display().lower(), "layouts": layouts.items()}


def _settings(plan: Plan) -> dict[str, Any]:
    """What the page needs to know besides the plan itself."""
    return {
        "plan": plan.pk,
        "year": plan.year,
        "blocks": offered(dump_parts(plan)),
        "parts": selectors.part_names(plan),
        "urls": {name: reverse(f"plans:editor_{name}", args=[plan.pk]) for name in _ADDRESSES}
        | {"sign_in": reverse("account_login"), "plan": reverse("plans:plan", args=[plan.pk])},
    }


def _unsure(reading: Reading | None) -> list[dict[str, Any]]:
    """Places that the page can go to; their reasons stand in the page itself."""
    places = reading.unsure.all() if reading else ()
    return [{"id": one.pk, "spot": one.spot, "words": one.words} for one in places if one.spot]


@require_POST
def save_acts(request: HttpRequest, pk: int) -> HttpResponse:
    """200 when all is saved, 422 when something does not fit, 409 when another page was there before."""
    plan = editable_plan(request, selectors.for_saving(request.user), pk)
    try:
        asked = json_of(request)
        acts = read_acts(asked.get("acts"))
        version = plan.version if asked.get("version") is None else asked["version"]
        is_stale = version != plan.version
        saved = save(plan, acts, actor=request.user, version=version)
    except PlanIsClosed as error:
        return JsonResponse({"closed": True, "message": str(error)}, status=409)
    except EditedMeanwhile:
        return JsonResponse({"again": True}, status=409)
    except AppError as error:
        return JsonResponse({"message": str(error)}, status=400)
    kinds = {outcome.kind for outcome in saved.outcomes}
    answer = {
        "version": plan.version,
        "at": timezone.localtime().strftime("%H:%M"),
        "outcomes": [
            {"kind": outcome.kind, "message": outcome.message, "stored": outcome.stored} for outcome in saved.outcomes
        ],
        **_news(request, plan, acts, saved, is_stale=is_stale),
    }
    if Kind.CONFLICT in kinds:
        answer["by"] = [
            {"who": line.who, "at": timezone.localtime(line.at).strftime("%H:%M %d/%m/%Y")}
            for line in history_lines(plan, plan.sections.all(), plan.tasks.all(), last=1)
        ]
    status = 409 if kinds & {Kind.CONFLICT, Kind.GONE} else 422 if Kind.REFUSED in kinds else 200
    return JsonResponse(answer, status=status)


def _news(request: HttpRequest, plan: Plan, acts: list[Act], saved: Answer, *, is_stale: bool) -> dict[str, Any]:
    """What the page may not know yet: dates read for the rows it touched, or the whole plan."""
    if is_stale or any(act.do != "set" or act.of in {"section", "table"} for act in acts):
        return {"state": state_of(get_object_or_404(selectors.for_page(request.user), pk=plan.pk))}
    return {"tasks": [time_values(task, plan) for task in saved.touched]}


@require_POST
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The printed page of what stands in the editor now, and what a person should look at in it."""
    plan = editable_plan(request, selectors.for_saving(request.user), pk)
    try:
        asked = json_of(request)
        state = asked.get("state")
        draft = draft_of(selectors.plan_head(plan), state)
        answer = {
            "html": paper_body(printed_draft(plan, draft, state)),
            "numbering": _numbering(state["sections"]),
            "times": {key: _reading(row, plan) for key, row in _asked_rows(state["tasks"], asked.get("times"))},
        }
    except AppError as error:
        return JsonResponse({"message": str(error)}, status=422)
    return JsonResponse(answer)


def _numbering(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    marked = [(read_heading(text(section.get("line")))[0], text(section.get("body"))) for section in sections]
    return [
        {"key": sections[finding.section]["key"], "line": finding.line, "message": finding.message}
        for finding in find_numbering(marked)
    ]


def _asked_rows(rows: list[dict[str, Any]], keys: Any) -> list[tuple[str, dict[str, Any]]]:
    wanted = {str(read_key(key)) for key in keys} if isinstance(keys, list) else set()
    return [(row["key"], row) for row in rows if row.get("key") in wanted]


def _reading(row: dict[str, Any], plan: Plan) -> dict[str, str]:
    """What the time words being typed mean, before they are saved."""
    words = text(row.get("time_text"))
    if not words.strip():
        return {"start": "", "due": "", "problem": ""}
    reading = reading_of(words, plan, quarter=row.get("quarter"))
    return {"start": day_text(reading.start), "due": day_text(reading.due), "problem": problem_of(words, reading)}


@require_safe
def pages(request: HttpRequest, pk: int) -> HttpResponse:
    """Pictures of the pages as they will be printed, of what is saved."""
    plan = editable_plan(request, selectors.for_page(request.user), pk)
    pdf = render(printed(plan), "pdf")
    pictures = page_pictures(pdf, most=MOST_PAGES)
    encoded = [f"data:image/png;base64,{base64.b64encode(picture).decode()}" for picture in pictures.shown]
    return JsonResponse({"pages": encoded, "total": pictures.total})
