"""Pages from which a plan is started: where it comes from, what is carried over, several merged into one.

The moving and the merging page keep nothing between requests: their addresses say all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import AppError
from plans import samples
from plans.doors import units_to_plan
from plans.interchange import PlanData
from plans.models import Plan
from plans.selectors import plan_data, search_plans
from plans.starting import presenters, selectors, services
from plans.starting.forms import EMPTY, MERGE, NEW_ISSUER, PLAN, SAMPLE, MovingForm, StartForm, issuer_choices
from plans.starting.merging import Pick, refuse_several_years, side_by_side
from plans.starting.presenters import Option
from plans.starting.proposals import Line, decided, fingerprint, lines_of, proposals_of
from units.models import Issuer, Unit

MADE_PLAN_PAGE = "plans:editor"
_OFFERED = 8
"""Plans of a kind on the start page; the others are found by searching."""
_MONTH_OF_NEXT_YEAR = 10
"""From October on an office plans the year to come."""

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _unit_for(request: HttpRequest) -> tuple[Unit, list[Unit]]:
    """The unit that ``?dv=`` names, else the user's first; and all for which the user may plan."""
    units = units_to_plan(request)
    wanted = request.GET.get("dv", "")
    unit = next((unit for unit in units if str(unit.pk) == wanted), None if wanted else units[0])
    if unit is None:
        raise Http404
    return unit, units


def _year_for(request: HttpRequest) -> int:
    wanted = request.GET.get("nam", "")
    if len(wanted) == 4 and wanted.isdecimal() and 2000 <= int(wanted) <= 2100:
        return int(wanted)
    today = timezone.localdate()
    return today.year + (today.month >= _MONTH_OF_NEXT_YEAR)


def _sources_for(request: HttpRequest, parameter: str) -> list[Plan]:
    """The plans that the address names: 404 where one of them is not the user's to see."""
    named = request.GET.getlist(parameter)
    pks = [int(pk) for pk in named if pk.isdecimal() and len(pk) < 19]
    found = selectors.sources(request.user, pks[: selectors.MOST_COLUMNS]) if pks else []
    if len(found) != len(set(named)):
        raise Http404
    return found


def _address(name: str, unit: Unit, units: list[Unit], year: int, **lists: list[Any]) -> str:
    query = [(key, value) for key, values in lists.items() for value in values]
    query += [("nam", year), *([("dv", unit.pk)] if len(units) > 1 else [])]
    return f"{reverse(name)}?{urlencode(query)}"


def _made(request: HttpRequest, plan: Plan) -> HttpResponseRedirect:
    messages.success(request, f"Đã lập dự thảo {plan}.")
    return redirect(MADE_PLAN_PAGE, plan.pk)


# -- Where from --------------------------------------------------------------------------


@get_or_post
def start(request: HttpRequest) -> HttpResponse:
    unit, units = _unit_for(request)
    year = _year_for(request)
    offers = _offers(request, unit, year)
    form = StartForm(
        request.POST or None,
        years=sorted({year, *range(timezone.localdate().year - 1, timezone.localdate().year + 2)}, reverse=True),
        sources=offers.values,
        initial={"nam": year, "tu": offers.likeliest, "loai": Plan.Kind.ANNUAL},
    )
    if form.is_valid():
        try:
            return _begin(request, form, unit, units)
        except AppError as error:
            form.add_error("tu", str(error))
    context = {
        "title": "Lập kế hoạch",
        "standing": f"Kế hoạch lập ra là dự thảo của {unit}, sửa tiếp được ngay sau đó.",
        "form": form,
        "offers": offers.groups,
        "unit": unit,
        "units": units,
        "is_searched": bool(request.GET.get("q")),
        "may_search": offers.are_cut or bool(request.GET.get("q")),
    }
    return render(request, "plans/start.html", context, status=422 if form.errors else 200)


@dataclass(frozen=True, slots=True)
class _Offers:
    """What may be chosen, under its headings; a heading without choices is not there."""

    groups: list[tuple[str, list[Option]]]
    likeliest: str
    are_cut: bool
    """There are more plans than are shown: they are found by searching."""

    @property
    def values(self) -> list[str]:
        return [option.value for _, options in self.groups for option in options]


def _offers(request: HttpRequest, unit: Unit, year: int) -> _Offers:
    words = request.GET.get("q", "")[:100]
    own = selectors.own_earlier_plans(request.user, unit).filter(year__lt=year)
    sent = selectors.sent_plans_of_others(request.user, unit).filter(year__lte=year)
    own_plans, sent_plans = (list(search_plans(plans, words)[: _OFFERED + 1]) for plans in (own, sent))
    are_cut = max(len(own_plans), len(sent_plans)) > _OFFERED
    merged = selectors.plans_to_merge(request.user, unit, year - 1)
    groups = [
        ("Kế hoạch cũ của đơn vị", [presenters.plan_option(plan, PLAN) for plan in own_plans[:_OFFERED]]),
        ("Ghép từ nhiều kế hoạch cũ", [presenters.merge_option(merged, MERGE)] if merged else []),
        ("Mẫu soạn sẵn", _samples(unit)),
        ("Kế hoạch đơn vị khác đã gửi", [presenters.plan_option(plan, PLAN) for plan in sent_plans[:_OFFERED]]),
        (
            "Đề cương trống",
            [Option(EMPTY, "Chỉ có các mục và bảng nhiệm vụ", "Mục đích, yêu cầu · Nội dung · Tổ chức thực hiện.")],
        ),
    ]
    has_own = any(plan.unit_id == unit.pk for plan in own_plans)
    likeliest = (
        MERGE
        if merged and not has_own
        else f"{PLAN}{own_plans[0].pk}"
        if own_plans
        else next((option.value for option in _samples(unit)), EMPTY)
    )
    return _Offers([(heading, options) for heading, options in groups if options], likeliest, are_cut)


def _samples(unit: Unit) -> list[Option]:
    return [
        Option(f"{SAMPLE}{sample.code}", sample.label, sample.explanation)
        for sample in samples.ALL
        if unit.kind in sample.for_levels
    ]


def _begin(request: HttpRequest, form: StartForm, unit: Unit, units: list[Unit]) -> HttpResponse:
    """On to the page that the choice needs, or the plan itself where nothing is left to ask."""
    year, source = form.cleaned_data["nam"], form.cleaned_data["tu"]
    if source.startswith(PLAN):
        return redirect(_address("plans:moving", unit, units, year, tu=[source.removeprefix(PLAN)]))
    if source == MERGE:
        merged = selectors.plans_to_merge(request.user, unit, year - 1)
        return redirect(_address("plans:merging", unit, units, year, cu=[plan.pk for plan in merged]))
    act = {"actor": request.user, "unit": unit, "year": year}
    if source.startswith(SAMPLE):
        code = source.removeprefix(SAMPLE)
        return _made(request, services.start_from_sample(**act, code=code, today=timezone.localdate()))
    kind = form.cleaned_data["loai"] or Plan.Kind.ANNUAL
    issuer = services.default_issuer(selectors.issuers_in_force(unit, timezone.localdate()), kind=kind)
    return _made(request, services.start_empty(**act, kind=kind, issuer=issuer))


# -- Several side by side ----------------------------------------------------------------


@require_safe
def merging(request: HttpRequest) -> HttpResponse:
    unit, units = _unit_for(request)
    year = _year_for(request)
    plans = _sources_for(request, "cu")
    if len(plans) < 2:
        return redirect(_address("plans:start", unit, units, year))
    refuse_several_years(plan.year for plan in plans)
    parts = presenters.shown_parts(side_by_side({plan.pk: plan_data(plan) for plan in plans}))
    context = {
        "title": f"Ghép {len(plans)} kế hoạch năm {plans[0].year}",
        "standing": "Phần giống nhau nằm cùng một hàng, lấy một là đủ. Đánh dấu «Lấy» ở phần đưa vào kế hoạch mới.",
        "plans": plans,
        "parts": parts,
        "unit": unit,
        "units": units,
        "year": year,
        "start_url": _address("plans:start", unit, units, year),
    }
    return render(request, "plans/merge.html", context)


# -- What is carried over ----------------------------------------------------------------


@get_or_post
def moving(request: HttpRequest) -> HttpResponse:
    unit, units = _unit_for(request)
    year = _year_for(request)
    sources = _sources_for(request, "tu")
    picks = [pick for text in request.GET.getlist("lay") for pick in Pick.parse(text)]
    if not sources:
        return redirect(_address("plans:start", unit, units, year))
    if len(sources) > 1 and not picks:
        return redirect(_address("plans:merging", unit, units, year, cu=[plan.pk for plan in sources]))
    data = services.taken_together(sources, picks)
    today = timezone.localdate()
    lines = lines_of(proposals_of(data, selectors.adoption_of(unit, sources, year, today)))
    issuers = selectors.issuers_in_force(unit, today)
    form = _moving_form(request, unit, issuers, data, lines)
    status = 200
    if form.is_valid():
        try:
            plan = services.start_from_sources(
                actor=request.user,
                unit=unit,
                year=year,
                sources=sources,
                picks=picks,
                accepted=decided(lines, taken=form.taken, answers=form.answers, kept=form.kept),
                issuer=_chosen(issuers, form.cleaned_data["issuer"]),
            )
        except AppError as error:
            form.add_error(None, str(error))
        else:
            _tell_undated(request, plan, data)
            return _made(request, plan)
    if form.is_bound:
        status = 409 if form.is_stale else 422
    return render(request, "plans/moving.html", _moving_context(unit, units, year, sources, data, form), status=status)


def _tell_undated(request: HttpRequest, plan: Plan, source: PlanData) -> None:
    before = sum(task.due is None for task in source.tasks)
    if lost := plan.tasks.filter(due__isnull=True).count() - before:
        messages.warning(request, f"{lost} nhiệm vụ có hạn trước ngày lập {plan.unit} nên chưa có hạn; hãy ghi lại.")


def _moving_form(
    request: HttpRequest, unit: Unit, issuers: list[Issuer], data: PlanData, lines: list[Line]
) -> MovingForm:
    committee = " ".join(services.committee_lines(unit))
    found = services.default_issuer(issuers, like=data.issuer)
    return MovingForm(
        request.POST if request.method == "POST" else None,
        lines=lines,
        fingerprint=fingerprint(lines),
        issuers=issuer_choices(issuers, committee),
        initial={"issuer": str(found.pk) if found else NEW_ISSUER},
    )


def _chosen(issuers: list[Issuer], value: str) -> Issuer | None:
    """None for the committee that is still to be entered."""
    return next((issuer for issuer in issuers if str(issuer.pk) == value), None)


def _moving_context(
    unit: Unit, units: list[Unit], year: int, sources: list[Plan], data: PlanData, form: MovingForm
) -> dict[str, Any]:
    questions = presenters.shown_groups(data, form, questions=True)
    certain = presenters.shown_groups(data, form, questions=False)
    return {
        "title": f"Lập kế hoạch năm {year} từ kế hoạch cũ",
        "standing": presenters.moving_standing(questions, certain),
        "sources": sources,
        "form": form,
        "questions": questions,
        "certain": certain,
        "changes": sum(line.changes for group in certain for line in group.lines if line.is_taken),
        "year": year,
        "unit": unit,
        "units": units,
        "has_reference": data.appendix is not None and bool(data.appendix.reference),
        "keep": f"chuyen-{'-'.join(str(plan.pk) for plan in sources)}-{year}",
        "start_url": _address("plans:start", unit, units, year),
    }
