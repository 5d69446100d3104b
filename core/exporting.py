"""Lists into sheets: what the page shows, filters and scope included; long ones by a worker.

An app registers each of its lists; request and worker build it by the same function.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from celery import shared_task
from django.db import models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.module_loading import import_string

from core import files, jobs
from core.files import XLSX
from core.sheets.writing import SheetData, workbook

if TYPE_CHECKING:
    from core.resources import SheetResource

ROWS_IN_REQUEST = 1_000
"""About a second of openpyxl; longer lists are written by a worker."""
_EMPTY_ROWS = 200


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it goes into a sheet."""

    resource: SheetResource
    rows: models.QuerySet
    title: str
    file_name: str
    """Without its ending."""
    unit_id: int


Build = Callable[[Any, int, QueryDict], Listed]
"""User, id of what the list belongs to, the page's filters → the list. Raises ``Http404`` to strangers."""

_lists: dict[str, str] = {}


def register(name: str, build: str) -> None:
    """``build``: dotted path of a ``Build``, loaded when first needed."""
    _lists[name] = build


def build(name: str, user: Any, target_id: int, query: QueryDict) -> Listed:
    return import_string(_lists[name])(user, target_id, query)


def answer(request: HttpRequest, name: str, *, list_url: str, target_id: int = 0) -> HttpResponse:
    """The sheet of what stands at ``list_url`` with the filters of the request; for a long list the job."""
    listed = build(name, request.user, target_id, request.GET)
    if listed.rows.count() <= ROWS_IN_REQUEST:
        return download(_written(listed), listed.file_name)
    job = jobs.start(
        render_sheet,
        owner=request.user,
        unit_id=listed.unit_id,
        title=f"Xuất Excel: {listed.title}"[:300],
        back_url=f"{list_url}?{request.GET.urlencode()}"[:300],
        name=name,
        target_id=target_id,
        query=request.GET.urlencode(),
    )
    return redirect("core:job", pk=job.pk)


@shared_task(name="core.render_sheet")
def render_sheet(job_id: int, name: str, target_id: int, query: str) -> None:
    """Write a long list and leave the file on the job."""
    with jobs.running(job_id) as job:
        if job is None:
            return
        listed = build(name, job.owner, target_id, QueryDict(query))
        content = io.BytesIO(_written(listed))
        stored = files.store(content, name=f"{listed.file_name}.xlsx", unit_id=listed.unit_id, actor=job.owner)
        jobs.attach(job, stored)


def download(content: bytes, file_name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file_name)}.xlsx"
    return response


def template(resource: SheetResource, title: str) -> bytes:
    """A workbook to fill in: one sheet with the head and what each column wants, one with an example."""
    columns = resource.sheet_columns(to_fill=True)
    note = "Ghi mỗi dòng một mục dưới dòng tên cột, lưu tệp rồi nạp lại. Đừng đổi tên cột."
    examples = [[position, *row] for position, row in enumerate(resource.examples, start=1)]
    return workbook(
        [
            SheetData(resource.sheet_name, title, columns, (), note=note, with_hints=True, offered_rows=_EMPTY_ROWS),
            SheetData("Ví dụ", f"Ví dụ: {title}", columns, examples, note="Trang này chỉ để xem, không nạp."),
        ]
    )


def _written(listed: Listed) -> bytes:
    note = f"Xuất lúc {timezone.localtime():%H:%M ngày %d/%m/%Y}"
    resource = listed.resource
    rows = resource.exported(resource.iter_queryset(listed.rows))
    return workbook([SheetData(resource.sheet_name, listed.title, resource.sheet_columns(), rows, note=note)])
