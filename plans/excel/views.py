"""«Nhập từ Excel», «Xuất Excel» and «Tải tệp mẫu» of plans and tasks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import exporting
from core.import_views import Target, UploadForm, UploadView, template_answer
from plans.excel.tasks import AT_END, BY, BY_CONTENT, BY_NUMBER, BY_QUARTER, PLACE
from plans.selectors import visible_plans
from plans.services import PlanIsClosed
from plans.starting.selectors import units_to_plan_for

PLANS, PLAN_TASKS, TASKS = "plans.plans", "plans.plan_tasks", "plans.tasks"


# -- Heads of plans ----------------------------------------------------------------------


class PlansForm(UploadForm):
    unit = forms.ChoiceField(label="Đơn vị lập kế hoạch", choices=[])
    field_order = ("unit", "file")

    def __init__(self, *args: Any, units: list[Any]) -> None:
        super().__init__(*args)
        self.fields["unit"].choices = [(unit.pk, unit.title) for unit in units]
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = units[0].pk


class ImportPlans(UploadView):
    kind = PLANS
    standing = "Mỗi dòng thành phần đầu của một bản dự thảo; nội dung và nhiệm vụ soạn tiếp trong chương trình."

    def target(self, **kwargs: Any) -> Target:
        if not self.request.user.has_perm("plans.add_plan"):
            raise PermissionDenied
        self.units = units_to_plan_for(self.request.user)
        chosen = self.request.POST.get("unit", "")
        unit = next((unit for unit in self.units if str(unit.pk) == chosen), self.units[0])
        return Target(unit.pk, unit.pk, ((reverse("plans:list"), "Kế hoạch"),), reverse("plans:template"))

    def make_form(self, *args: Any) -> PlansForm:
        return PlansForm(*args, units=self.units)


@require_safe
def export_plans(request: HttpRequest) -> HttpResponse:
    return exporting.answer(request, PLANS, list_url=reverse("plans:list"))


@require_safe
def plans_template(request: HttpRequest) -> HttpResponse:
    return template_answer(PLANS, "Danh sách kế hoạch", "mau-ke-hoach")


# -- Tasks -------------------------------------------------------------------------------


class TasksForm(UploadForm):
    by = forms.ChoiceField(
        label="Các dòng trong tệp",
        widget=forms.RadioSelect,
        initial=BY_CONTENT,
        choices=[
            (BY_CONTENT, "Là nhiệm vụ mới; dòng nào trùng nội dung với nhiệm vụ đã có thì sửa nhiệm vụ đó"),
            (BY_NUMBER, "Đã xuất từ kế hoạch này rồi sửa lại; nhận ra nhiệm vụ theo cột TT"),
        ],
    )
    place = forms.ChoiceField(
        label="Nhiệm vụ mới đứng ở",
        widget=forms.RadioSelect,
        initial=AT_END,
        choices=[(AT_END, "Cuối bảng"), (BY_QUARTER, "Cuối các nhiệm vụ cùng quý")],
    )
    field_order = ("file", BY, PLACE)


class ImportTasks(UploadView):
    kind = PLAN_TASKS
    form_class = TasksForm
    standing = "Nhận các dòng của một bảng Excel vào bảng nhiệm vụ của bản dự thảo."

    def target(self, **kwargs: Any) -> Target:
        plan = get_object_or_404(visible_plans(self.request.user), pk=kwargs["pk"])
        if not self.request.user.has_perm("plans.write_plan", plan):
            raise PermissionDenied
        if not self.request.user.has_perm("plans.change_plan", plan):
            raise PlanIsClosed
        crumbs = ((reverse("plans:list"), "Kế hoạch"), (reverse("plans:plan", args=[plan.pk]), str(plan)[:80]))
        return Target(plan.pk, plan.unit_id, crumbs, reverse("plans:tasks_template", args=[plan.pk]))


@require_safe
def export_plan_tasks(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(visible_plans(request.user), pk=pk)
    return exporting.answer(request, PLAN_TASKS, list_url=reverse("plans:plan", args=[pk]), target_id=pk)


@require_safe
def tasks_template(request: HttpRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(visible_plans(request.user), pk=pk)
    return template_answer(PLAN_TASKS, f"Nhiệm vụ: {plan.subject}"[:200], "mau-nhiem-vu")


@require_safe
def export_tasks(request: HttpRequest) -> HttpResponse:
    return exporting.answer(request, TASKS, list_url=reverse("plans:tasks"))
