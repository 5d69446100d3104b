"""Stored files and work in the background, each for whoever may see it."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core import files, jobs
from core.paging import list_page


@require_safe
def stored_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes as they were stored, always as a download: nothing that was uploaded runs in a page of ours."""
    stored = get_object_or_404(files.visible_files(request.user).distinct(), pk=pk)
    try:
        content = files.open_stored(stored)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content, as_attachment=True, filename=stored.name, content_type=stored.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the work is. htmx asks for the inner part again until it is over."""
    found = get_object_or_404(jobs.visible_jobs(request.user), pk=pk)
    template = "core/_job.html" if request.headers.get("HX-Request") else "core/job.html"
    return render(request, template, {"job": found, "title": found.title})


@require_safe
def my_jobs(request: HttpRequest) -> HttpResponse:
    page = list_page(
        request,
        jobs.visible_jobs(request.user),
        sorts={"luc": "created_at", "viec": "title", "trang-thai": "state"},
        default="-luc",
    )
    context = {
        "title": "Việc đang xử lý",
        "standing": "Những việc lâu mà chương trình làm hộ: xuất nhiều văn bản, nhập tệp lớn.",
        "page": page,
    }
    return render(request, "core/jobs.html", context)
