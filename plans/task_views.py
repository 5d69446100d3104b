"""One list of the tasks of all plans and of none: what is due, whose it is, where it stands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.paging import list_page
from core.year import current_year
from plans import presenters
from plans.task_list import SORTS, TaskFilter


@require_safe
def task_list(request: HttpRequest) -> HttpResponse:
    data = with_year(request)
    tasks = TaskFilter(data, user=request.user)
    page = list_page(request, tasks.qs, sorts=SORTS, default="han")
    today = timezone.localdate()
    context = {
        "title": "Nhiệm vụ",
        "standing": "Nhiệm vụ của mọi kế hoạch mà bạn xem được và việc từ văn bản đến, theo hạn hoàn thành.",
        "filter": tasks,
        "page": page,
        "rows": [presenters.task_row(task, task.plan, today) for task in page.rows],
        "is_filtered": any(value for name, value in data.items() if name in tasks.form.fields),
        "query": data.urlencode(),
    }
    return render(request, "plans/tasks.html", context)


def with_year(request: HttpRequest) -> QueryDict:
    """The year of the top bar, unless the address says «Mọi năm» or another."""
    data = request.GET.copy()
    if "nam" not in data:
        data["nam"] = str(current_year(request))
    return data
