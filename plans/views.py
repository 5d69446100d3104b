"""Pages of plans. Rows come through scoped selectors, changes go through services."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as show
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_safe

from core import jobs
from core.history import history_lines
from core.paging import list_page
from core.states import EditedMeanwhile
from core.text import fold
from documents.rendering import FORMATS, render
from documents.rendering.html import paper_body
from plans import presenters, selectors, services
from plans.cleaning import UnfitField
from plans.forms import EditForm, HeaderForm, PlanFilter, SectionForm, TableForm, TaskForm
from plans.models import Plan, TaskTable
from plans.paper import compose
from plans.states import PlanState
from plans.tasks import render_plan

SORTS = {
    "ten": ("subject",),
    "nam": ("year",),
    "don-vi": ("unit__name",),
    "so": ("number",),
    "sua": ("changed_at",),
}
ROWS_IN_REQUEST = 60
"""About half a second of WeasyPrint; longer tables are set by a worker."""


@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    plans = PlanFilter(request.GET, queryset=selectors.for_list(request.user))
    page = list_page(request, plans.qs, sorts=SORTS, default="-nam")
    context = {
        "title": "Kế hoạch",
        "standing": "Kế hoạch công tác, phong trào, cụm thi đua và hội nghị của đơn vị.",
        "filter": plans,
        "page": page,
        "is_filtered": plans.form.has_changed(),
    }
    return show(request, "plans/list.html", context)


@require_safe
def plan_page(request: HttpRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(selectors.for_page(request.user), pk=pk)
    groups = presenters.quarters(plan, timezone.localdate())
    context = {
        "title": str(plan),
        "standing": presenters.standing(plan),
        "plan": plan,
        "sections": [(section, presenters.lines(section)) for section in plan.sections.all()],
        "quarters": groups,
        "tables": plan.task_tables.all(),
        "paper": paper_body(_paper(plan)),
        "history": history_lines(plan, plan.sections.all(), plan.tasks.all(), last=50),
        "may_change": request.user.has_perm("plans.change_plan", plan),
    }
    return show(request, "plans/plan.html", context)


@require_safe
def download(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    plan = get_object_or_404(selectors.for_page(request.user), pk=pk)
    if to not in FORMATS:
        return redirect("plans:plan", pk=pk)
    if to == "pdf" and len(plan.tasks.all()) > ROWS_IN_REQUEST:
        job = jobs.start(
            render_plan,
            owner=request.user,
            unit_id=plan.unit_id,
            title=f"Dựng PDF: {plan}",
            back_url=reverse("plans:plan", args=[pk]),
            plan_id=pk,
            to=to,
        )
        return redirect("core:job", pk=job.pk)
    response = HttpResponse(render(_paper(plan), to), content_type=FORMATS[to])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file_name(plan, to))}"
    return response


def file_name(plan: Plan, to: str) -> str:
    """Without marks and blanks, so that every mail program and document system takes it."""
    words = fold(f"{plan.full_number.replace('/', '-')} {plan.subject}")
    return "-".join("".join(letter if letter.isalnum() else " " for letter in words).split())[:80] + f".{to}"


def _paper(plan: Plan) -> Any:
    return compose(selectors.plan_data(plan), plan.issuer.lines)


class EditView(View):
    """One form over one row of a plan: 404 to strangers, 403 to those who may only read, 409 to a stale page."""

    form_class: ClassVar[type[EditForm]]
    heading: ClassVar[str]
    anchor: ClassVar[str] = ""
    """Where on the plan's page the row stands."""

    def rows(self) -> models.QuerySet:
        raise NotImplementedError

    def save(self, row: Any, form: EditForm) -> None:
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self._read(kwargs["pk"])
        if not request.user.has_perm("plans.write_plan", self.plan):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm("plans.change_plan", self.plan):
            messages.warning(request, str(services.PlanIsClosed()))
            return self._back()
        return self._show(self._form())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            self.save(self.row, form)
        except UnfitField as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self._show(form, status=422)
        except (EditedMeanwhile, services.PlanIsClosed):
            return self._show_both(form)
        messages.success(request, "Đã lưu.")
        return self._back()

    def _read(self, pk: int) -> None:
        self.row = get_object_or_404(self.rows(), pk=pk)
        self.plan: Plan = self.row if isinstance(self.row, Plan) else self.row.plan

    def _back(self) -> HttpResponseRedirect:
        """To the very row on the plan's page."""
        return HttpResponseRedirect(reverse("plans:plan", args=[self.plan.pk]) + self.anchor.format(self.row.pk))

    def _form(self, data: Any = None) -> EditForm:
        initial = self.form_class.initial_of(self.row) | {"version": self.plan.version}  # type: ignore[attr-defined]
        return self.form_class(data, initial=initial, **self.form_arguments())

    def form_arguments(self) -> dict[str, Any]:
        return {}

    def _show_both(self, form: EditForm) -> HttpResponse:
        """What was typed stays in the form; what is stored now stands beside it; saving again is then a choice."""
        self._read(self.row.pk)
        stored = self._form()
        form.data = form.data.copy()
        form.data["version"] = str(self.plan.version)
        differing = [
            {"label": form[name].label, "stored": stored[name].value(), "typed": form[name].value()}
            for name in form.fields
            if name != "version" and _plain(stored[name].value()) != _plain(form[name].value())
        ]
        return self._show(form, status=409, differing=differing)

    def _show(
        self, form: EditForm, *, status: int = 200, differing: list[dict[str, Any]] | None = None
    ) -> HttpResponse:
        context = {
            "title": self.heading,
            "standing": str(self.plan),
            "plan": self.plan,
            "form": form,
            "differing": differing,
            "last_act": history_lines(self.plan, self.plan.sections.all(), self.plan.tasks.all(), last=1),
            "keep": f"{self.row._meta.label_lower}-{self.row.pk}",
            "is_closed": self.plan.state != PlanState.DRAFT,
            "cancel_url": reverse("plans:plan", args=[self.plan.pk]),
        }
        return show(self.request, "plans/edit.html", context, status=status)


def _plain(value: Any) -> str:
    """As text with one kind of line end: browsers send another than we keep."""
    return str("" if value is None else value).replace("\r\n", "\n").strip()


class EditHeader(EditView):
    form_class = HeaderForm
    heading = "Sửa phần đầu và phần cuối"

    def rows(self) -> models.QuerySet:
        return selectors.visible_plans(self.request.user).select_related("unit", "issuer")

    def save(self, row: Plan, form: EditForm) -> None:
        services.update_plan(row, actor=self.request.user, version=form.cleaned_data["version"], **form.values())


class EditSection(EditView):
    form_class = SectionForm
    heading = "Sửa một mục"
    anchor = "#muc-{}"

    def rows(self) -> models.QuerySet:
        return selectors.visible_sections(self.request.user)

    def save(self, row: Any, form: EditForm) -> None:
        services.update_section(row, actor=self.request.user, version=form.cleaned_data["version"], **form.values())


class EditTable(EditView):
    form_class = TableForm
    heading = "Sửa kiểu bảng nhiệm vụ"
    anchor = "#nhiem-vu"

    def rows(self) -> models.QuerySet:
        return TaskTable.objects.filter(plan__in=selectors.visible_plans(self.request.user)).select_related(
            "plan__unit"
        )

    def form_arguments(self) -> dict[str, Any]:
        return {"table": self.row}

    def save(self, row: Any, form: EditForm) -> None:
        services.update_table(row, actor=self.request.user, version=form.cleaned_data["version"], **form.values())


class EditTask(EditView):
    form_class = TaskForm
    heading = "Sửa một nhiệm vụ"
    anchor = "#nhiem-vu-{}"

    def rows(self) -> models.QuerySet:
        return selectors.visible_tasks(self.request.user)

    def save(self, row: Any, form: EditForm) -> None:
        task = services.update_task(
            row, actor=self.request.user, version=form.cleaned_data["version"], **form.values()
        )
        if "time_text" in form.changed_data and (problem := services.time_problem(task)):
            messages.warning(self.request, problem)
