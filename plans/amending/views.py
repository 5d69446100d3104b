"""Pages on which an issued plan is amended, and on which its earlier text is read."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core import jobs
from core.errors import UnfitField
from core.states import EditedMeanwhile
from documents.rendering import FORMATS, is_long
from documents.rendering import render as draw
from documents.rendering.html import paper_body
from plans import presenters
from plans.amending import selectors
from plans.amending.forms import AmendForm
from plans.amending.services import AlreadyAmending, start_amending, why_not
from plans.amending.wording import cited
from plans.doors import plan_again, plan_for
from plans.models import Revision
from plans.printing import printed_before
from plans.tasks import render_revision


@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_for(request, pk, "plans.write_plan")
    if refusal := why_not(plan):
        messages.warning(request, str(refusal))
        return redirect("plans:plan", pk)
    if found := selectors.open_amendment(plan):
        return _under_way(request, AlreadyAmending(found))
    form = AmendForm(request.POST or None)
    if form.is_valid():
        try:
            draft = start_amending(plan, actor=request.user, reason=form.cleaned_data["reason"])
        except UnfitField as error:
            form.add_error(error.field, str(error))
        except AlreadyAmending as error:
            return _under_way(request, error)
        except EditedMeanwhile:
            return redirect("plans:amend", plan_again(request, plan).pk)
        else:
            messages.success(request, f"Đã lập bản dự thảo sửa đổi {cited(plan)}.")
            return redirect("plans:editor", draft.pk)
    context = {
        "title": "Sửa đổi, bổ sung kế hoạch",
        "standing": f"{cited(plan)}: chương trình chép nội dung thành bản dự thảo để bạn sửa; văn bản in ra chỉ nêu "
        "những chỗ đã sửa.",
        "plan": plan,
        "form": form,
    }
    return render(request, "plans/amend.html", context, status=422 if form.errors else 200)


def _under_way(request: HttpRequest, error: AlreadyAmending) -> HttpResponse:
    messages.info(request, f"{error} Đây là bản đó.")
    return redirect("plans:plan", error.plan.pk)


@require_safe
def before(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The text of a plan before one of its amendments."""
    revision = _revision(request, pk, number)
    context = {
        "title": f"Bản trước khi sửa lần {number}",
        "standing": f"{cited(revision.plan)}, trước khi được sửa đổi, bổ sung. Chỉ để xem và in lại.",
        "plan": revision.plan,
        "revision": revision,
        "paper": paper_body(printed_before(revision)),
    }
    return render(request, "plans/before.html", context)


@require_safe
def before_download(request: HttpRequest, pk: int, number: int, to: str) -> HttpResponse:
    revision = _revision(request, pk, number)
    if to not in FORMATS:
        return redirect("plans:before", pk, number)
    paper = printed_before(revision)
    if is_long(paper, to):
        job = jobs.start(
            render_revision,
            owner=request.user,
            unit_id=revision.plan.unit_id,
            title=f"Dựng PDF: bản trước khi sửa lần {number}, {revision.plan}"[:200],
            back_url=reverse("plans:before", args=[pk, number]),
            revision_id=revision.pk,
            to=to,
        )
        return redirect("core:job", pk=job.pk)
    answer = HttpResponse(draw(paper, to), content_type=FORMATS[to])
    name = presenters.file_name(revision.plan, to).replace(f".{to}", f"-truoc-sua-lan-{number}.{to}")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


def _revision(request: HttpRequest, pk: int, number: int) -> Revision:
    return get_object_or_404(selectors.visible_revisions(request.user), plan=pk, number=number)
