"""Pages of sets: the list, one set, its head, publication, the copy for the next year, what it changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from clusters.criteria import presenters, selectors, services
from clusters.criteria.comparing import SAME, compare, compare_rules, counted
from clusters.criteria.doors import WRITE, set_seen, set_to_write, version_in
from clusters.criteria.forms import SetForm
from clusters.criteria.lists import SORTS, SetFilter
from clusters.criteria.services import NotPublishable
from clusters.criteria.values import SetValues
from clusters.models import CriteriaSet
from clusters.rules import WORKING
from clusters.selectors import visible_sets
from clusters.states import SetState
from core.errors import AppError, UnfitField
from core.history import history_lines
from core.paging import list_page
from core.states import EditedMeanwhile
from core.year import current_year
from plans.task_views import with_year
from units.doors import unit_to_work_for

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def set_list(request: HttpRequest) -> HttpResponse:
    data = with_year(request)
    found = SetFilter(data, user=request.user)
    page = list_page(request, found.qs, sorts=SORTS, default="-nam")
    context = {
        "title": "Bộ tiêu chí thi đua",
        "standing": "Thang điểm chấm thi đua của cụm, khối. Đã ban hành thì giữ nguyên; năm sau lập từ bộ cũ.",
        "filter": found,
        "page": page,
        "rows": [(row, presenters.look(row)) for row in page.rows],
        "is_filtered": any(value for name, value in data.items() if name in found.form.fields and name != "nam"),
        "may_write": request.user.has_perm(WRITE),
        "shown_year": data.get("nam", ""),
    }
    return render(request, "clusters/criteria/list.html", context)


@require_safe
def one_set(request: HttpRequest, pk: int) -> HttpResponse:
    found = set_seen(request, pk)
    rows = list(found.criteria.all())
    shown = presenters.shown(found, rows)
    may_write = request.user.has_perm(WRITE, found)
    is_draft = found.state == SetState.DRAFT
    context = {
        "title": found.name,
        "standing": presenters.standing(found, shown),
        "set": found,
        "shown": shown,
        "look": presenters.look(found),
        "seasons": selectors.seasons_by(found, request.user),
        "may_edit": may_write and is_draft,
        "may_copy": not is_draft and request.user.has_perm(WRITE),
        "may_publish": may_write and is_draft and bool(shown.leaf_count) and not shown.fault_count,
        "source": _source(request, found),
        "history": history_lines(found, rows, last=50) if may_write else [],
    }
    return render(request, "clusters/criteria/set.html", context)


def _source(request: HttpRequest, found: CriteriaSet) -> CriteriaSet | None:
    """The one that it was made from, where the user may see that."""
    if found.copied_from_id is None:
        return None
    return visible_sets(request.user).filter(pk=found.copied_from_id).first()


# -- Its head --------------------------------------------------------------------------------


@get_or_post
def new(request: HttpRequest) -> HttpResponse:
    unit, units = unit_to_work_for(request, *WORKING)
    year = current_year(request)
    initial = {"year": year, "name": f"Bộ tiêu chí chấm điểm thi đua năm {year}", "unit": unit.pk, "decimals": 2}
    clusters = selectors.clusters_of(unit)
    form = SetForm(request.POST or None, units=units, clusters=clusters, initial=initial)
    if form.is_valid():
        try:
            made = services.create_set(unit, values=form.read(), actor=request.user)
        except UnfitField as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, "Đã lập bộ tiêu chí. Bây giờ gõ các tiêu chí vào bảng, hoặc đọc bảng có sẵn.")
            return redirect("clusters:set_rows", made.pk)
    context = {
        "title": "Lập bộ tiêu chí",
        "standing": "Tên, năm và cách làm tròn, cách xét khi bằng điểm. Các tiêu chí ghi ở bước sau.",
        "form": form,
    }
    return render(request, "clusters/criteria/form.html", context, status=422 if form.errors else 200)


@get_or_post
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = set_to_write(request, pk)
    clusters = selectors.clusters_of(found.unit, also=found.cluster_id)
    form = SetForm(request.POST or None, clusters=clusters, criteria_set=found)
    version, status = found.version, 422 if form.is_bound else 200
    if form.is_valid():
        try:
            services.change_set(
                found,
                values=form.read(),
                tie_break=form.tie_break_codes,
                version=version_in(request.POST),
                actor=request.user,
            )
        except UnfitField as error:
            form.add_error(error.field, str(error))
        except EditedMeanwhile as error:
            _show_theirs(form, error, CriteriaSet.objects.select_related("cluster").get(pk=pk))
            status = 409
        else:
            messages.success(request, "Đã lưu.")
            return redirect("clusters:set", pk)
    context = {"title": "Sửa bộ tiêu chí", "standing": found.name, "form": form, "set": found, "version": version}
    return render(request, "clusters/criteria/form.html", context, status=status)


def _show_theirs(form: SetForm, error: EditedMeanwhile, theirs: CriteriaSet) -> None:
    """What stands there now, at each field that differs; saving once more is then a choice."""
    form.add_error(None, f"{error} Chỗ khác nhau có ghi ở từng ô; lưu lần nữa là lấy nội dung của bạn.")
    there = SetForm(clusters=[theirs.cluster] if theirs.cluster else [], criteria_set=theirs)
    for name in list(form.fields):
        mine, other = form[name].value(), there[name].value()
        if str(mine or "").split() != str(other or "").split():
            form.add_error(name, f"Người khác vừa lưu: «{other or 'để trống'}».")


@get_or_post
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    found = set_to_write(request, pk)
    why_not = ""
    if request.method == "POST":
        try:
            services.discard_set(found, version=version_in(request.POST), actor=request.user)
        except services.InUse as error:
            why_not = str(error)
        else:
            messages.success(request, f"Đã xóa dự thảo «{found.name}».")
            return redirect("clusters:sets")
    context = {
        "title": "Xóa dự thảo bộ tiêu chí",
        "standing": found.name,
        "set": found,
        "why_not": why_not,
        "count": found.criteria.count(),
    }
    return render(request, "clusters/criteria/discard.html", context, status=422 if why_not else 200)


# -- Publication, the next year --------------------------------------------------------------


@get_or_post
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    found = set_to_write(request, pk)
    shown = presenters.shown(found, list(found.criteria.all()))
    refusal = ""
    if request.method == "POST":
        try:
            services.publish_set(found, version=version_in(request.POST), actor=request.user)
        except NotPublishable as error:
            refusal = str(error)
        else:
            messages.success(request, "Đã ban hành bộ tiêu chí. Từ nay dùng được cho năm thi đua của cụm, khối.")
            return redirect("clusters:set", pk)
    context = {
        "title": "Ban hành bộ tiêu chí",
        "standing": found.name,
        "set": found,
        "shown": shown,
        "refusal": refusal,
        "may_publish": bool(shown.leaf_count) and not shown.fault_count,
    }
    return render(request, "clusters/criteria/publish.html", context, status=422 if refusal else 200)


@get_or_post
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Also of a set that another unit published: its criteria begin the own one."""
    source = set_seen(request, pk)
    if source.state != SetState.PUBLISHED:
        raise AppError("Bộ này còn là dự thảo; hãy sửa ngay ở bộ này. Lập bộ mới từ một bộ đã ban hành.")
    unit, units = unit_to_work_for(request, *WORKING)
    if not request.POST.get("unit") and source.unit_id in {one.pk for one in units}:
        unit = source.unit
    clusters = selectors.clusters_of(unit)
    proposed = services.copy_proposed(source)
    initial: dict[str, Any] = {name: getattr(proposed, name) for name in SetValues.__dataclass_fields__}
    initial |= {"unit": unit.pk, "cluster": proposed.cluster if proposed.cluster in clusters else None}
    form = SetForm(request.POST or None, units=units, clusters=clusters, initial=initial)
    if form.is_valid():
        try:
            made = services.copy_set(source, unit, values=form.read(), actor=request.user)
        except UnfitField as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, "Đã lập bộ mới với mọi tiêu chí của bộ cũ. Sửa xong thì ban hành.")
            return redirect("clusters:set", made.pk)
    context = {
        "title": "Lập bộ mới từ bộ này",
        "standing": f"Chép mọi tiêu chí của «{source.name}» thành dự thảo để sửa; bộ cũ giữ nguyên.",
        "form": form,
        "source": source,
    }
    return render(request, "clusters/criteria/form.html", context, status=422 if form.errors else 200)


@require_safe
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    found = set_seen(request, pk)
    source = _source(request, found)
    if source is None:
        raise Http404
    rows = compare(source.criteria.all(), found.criteria.all())
    rules_changed = compare_rules(source, found)
    shows_all = request.GET.get("xem") == "tat-ca"
    context = {
        "title": "So với bộ cũ",
        "standing": f"{counted(rows, rules_changed)} So với «{source.name}».",
        "rules": rules_changed,
        "set": found,
        "source": source,
        "rows": [row for row in rows if shows_all or row.state != SAME],
        "same": sum(row.state == SAME for row in rows),
        "shows_all": shows_all,
    }
    return render(request, "clusters/criteria/changes.html", context)
