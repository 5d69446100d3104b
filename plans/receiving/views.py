"""Pages of a file that becomes a plan: it is dropped in, it is being read, and then the editor beside its source."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import AppError
from plans import selectors
from plans.doors import units_to_plan
from plans.editor.requests import editable_plan, json_of
from plans.models import Reading
from plans.receiving.forms import FileForm
from plans.receiving.selectors import unsure_of, visible_readings
from plans.receiving.services import accept, receive, settle

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def drop(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("plans.add_plan"):
        raise PermissionDenied
    form = FileForm(*((request.POST, request.FILES) if request.method == "POST" else ()), units=units_to_plan(request))
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            reading = receive(upload, name=upload.name, unit=form.chosen_unit, actor=request.user)
        except AppError as error:
            form.add_error("file", str(error))
        else:
            return redirect("plans:reading", reading.pk)
    context = {
        "title": "Lập kế hoạch từ tệp đã có",
        "standing": "Chương trình đọc tệp thành dự thảo. Bạn xem lại từng chỗ bên cạnh bản gốc rồi mới nhận.",
        "form": form,
    }
    return render(request, "plans/drop.html", context, status=422 if form.errors else 200)


@require_safe
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; once read, the draft. htmx asks for the inner part until then."""
    found = get_object_or_404(visible_readings(request.user), pk=pk)
    if not request.user.has_perm("plans.add_plan", found.unit):
        raise PermissionDenied
    has_failed = found.plan is None and (found.job is None or found.job.is_over)
    is_inner = bool(request.headers.get("HX-Request"))
    if found.plan is not None or has_failed:
        if is_inner:
            answer = HttpResponse()
            answer["HX-Redirect" if found.plan else "HX-Refresh"] = _draft_url(found) if found.plan else "true"
            return answer
        if found.plan is not None:
            return redirect(_draft_url(found))
    context = {
        "title": found.file.name,
        "standing": "Chưa lập được dự thảo từ tệp này." if has_failed else "Chương trình đang đọc tệp.",
        "reading": found,
        "has_failed": has_failed,
    }
    return render(request, "plans/_reading_waiting.html" if is_inner else "plans/reading.html", context)


def _draft_url(found: Reading) -> str:
    return reverse("plans:editor", args=[found.plan_id])


@require_POST
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Places of the draft that somebody has looked at (``again``: is to look at once more)."""
    plan = editable_plan(request, selectors.for_saving(request.user), pk)
    try:
        asked = json_of(request)
    except AppError as error:
        return JsonResponse({"message": str(error)}, status=400)
    wanted = [key for key in asked.get("ids", []) if isinstance(key, int)]
    settle(list(unsure_of(plan).filter(pk__in=wanted)), actor=request.user, again=bool(asked.get("again")))
    return JsonResponse({"left": unsure_of(plan).filter(settled_at=None).count()})


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft is taken for what the file says."""
    plan = editable_plan(request, selectors.for_saving(request.user), pk)
    found = get_object_or_404(visible_readings(request.user), plan=plan)
    accept(found, actor=request.user)
    messages.success(request, f"Đã nhận dự thảo đọc từ tệp {found.file.name}. Bản gốc vẫn xem được ở khung bên.")
    return redirect("plans:editor", pk)
