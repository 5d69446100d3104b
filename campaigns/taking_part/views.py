"""Pages of registrations: all that could register, one registration, entering and changing one, judging."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.models import Campaign, Registration
from campaigns.states import RegistrationState
from campaigns.taking_part import presenters, selectors, services
from campaigns.taking_part.forms import ListFilter, RegistrationForm, ReturnForm
from campaigns.taking_part.presenters import Wanted
from core.errors import AppError, UnfitField
from core.history import history_lines
from core.paging import SORT_PARAMETER, page_of
from core.states import EditedMeanwhile
from units.models import Part, Unit

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
PLACE, SEEN = "noi", "dang-ky"
"""In the address of a new one: whose; in what is approved: registrations, each with its version."""


# -- All ---------------------------------------------------------------------------------------


@require_safe
def registrations(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = campaign_of(request, pk)
    today = timezone.localdate()
    places = selectors.places_of(campaign)
    counts = selectors.counts_of(campaign, places, today)
    kinds = presenters.kinds_of(campaign, places)
    found = ListFilter(request.GET, kinds=kinds)
    every = presenters.rows_of(campaign, places, today)
    wanted = _wanted(found)
    sort = request.GET.get(SORT_PARAMETER, presenters.BY_PLACE)
    sort = sort if sort.removeprefix("-") in presenters.SORTS else presenters.BY_PLACE
    rows = presenters.sorted_rows([row for row in every if wanted.fits(row)], sort)
    page = replace(page_of(request, rows), sort=sort)
    by_kind = Counter(presenters.kind_of(one.place) for one in places)
    is_by_place = sort == presenters.BY_PLACE
    waiting = selectors.answers_to_take(campaign) if may_write(request, campaign) else []
    context = {
        "title": "Đăng ký thi đua",
        "standing": presenters.standing(campaign, counts, today),
        "campaign": campaign,
        "counts": counts,
        "tabs": _tabs(every, wanted.state),
        "filter": found,
        "is_filtered": any(found.data.get(name) for name in found.fields),
        "page": page,
        "rows": list(presenters.with_heads(page.rows, by_kind)) if is_by_place else [("", row) for row in page.rows],
        "requests": selectors.requests_of(campaign, request.user),
        "to_take": len(waiting),
        "may_write": may_write(request, campaign),
        "may_judge": may_judge(request, campaign),
        "may_ask": may_write(request, campaign) and campaign.unit.kind == Unit.Kind.COMMUNE,
        "to_judge": sum(row.may_be_approved for row in page.rows),
    }
    return render(request, "campaigns/registrations.html", context)


def _wanted(found: ListFilter) -> Wanted:
    found.is_valid()
    said = found.cleaned_data
    names = ("tinh_trang", "loai", "doi_tuong", "q")
    return Wanted(*(said.get(name, "") for name in names))


def _tabs(rows: list[presenters.Row], shown: str) -> list[tuple[str, str, int]]:
    """Those with rows, and the one that is shown."""
    found = [(code, words, sum(Wanted(code).fits(row) for row in rows)) for code, words in presenters.STATES.items()]
    return [tab for tab in found if tab[2] or tab[0] == shown]


# -- One ---------------------------------------------------------------------------------------


@require_safe
def registration(request: HttpRequest, pk: int, registration_pk: int) -> HttpResponse:
    return _registration_page(request, registration_of(request, pk, registration_pk))


def _registration_page(request: HttpRequest, row: Registration, form: ReturnForm | None = None) -> HttpResponse:
    campaign = row.campaign
    judges = may_judge(request, campaign)
    answer = row.answer
    context = {
        "title": f"Đăng ký thi đua: {services.who_of(row)}",
        "standing": presenters.one_standing(row),
        "campaign": campaign,
        "row": row,
        "look": presenters.look_of(row),
        "titles": presenters.titles_of(row),
        "promises": services.promise_words(row.promises, campaign.targets.all()),
        "origin": presenters.origin_of(row),
        "answer_url": reverse("reminders:ask", args=[answer.ask.request_id, answer.ask_id]) if answer else "",
        "may_write": may_write(request, campaign),
        "may_judge": judges,
        "is_open": row.state == RegistrationState.SENT,
        "form": form or ReturnForm(offers_answer=services.may_send_answer_back(row)),
        "history": history_lines(row),
    }
    return render(request, "campaigns/registration.html", context, status=422 if form else 200)


@get_or_post
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Nhập hộ: ``?noi=part-12`` names whose it is."""
    campaign = writable(request, pk)
    form = _form(request, campaign, initial=_asked_for(request, campaign))
    if form.is_valid():
        try:
            row = _registered(request, campaign, form)
        except services.RegisteredAlready as error:
            form.add_error(error.field, str(error))
        except UnfitField as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        except AppError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Đã ghi đăng ký của {services.who_of(row)}, chờ duyệt.")
            return redirect("campaigns:registrations", pk)
    context = {
        "title": "Nhập đăng ký",
        "standing": f"{campaign.title}: đăng ký nhận qua điện thoại, bản giấy hoặc văn bản, cán bộ nhập thay.",
        "campaign": campaign,
        "form": form,
    }
    return render(request, "campaigns/registration_form.html", context, status=422 if form.errors else 200)


def _asked_for(request: HttpRequest, campaign: Campaign) -> dict[str, Any]:
    kind, _, pk = request.GET.get(PLACE, "").partition("-")
    if kind not in ("part", "lower") or not pk.isdecimal() or len(pk) > 18:
        return {}
    rows = Part.objects.filter(unit=campaign.unit_id) if kind == "part" else Unit.objects.filter(parent=campaign.unit)
    place = rows.filter(pk=int(pk)).first()
    return {"place": place} if place else {}


def _registered(request: HttpRequest, campaign: Campaign, form: RegistrationForm) -> Registration:
    said = form.cleaned_data
    return services.register_with_person(
        campaign,
        actor=request.user,
        place=said["place"],
        person=said["person"],
        post=said["post"],
        data=form.read(),
    )


@get_or_post
def edit(request: HttpRequest, pk: int, registration_pk: int) -> HttpResponse:
    row = registration_of(request, pk, registration_pk)
    if not may_write(request, row.campaign):
        raise PermissionDenied
    if row.state == RegistrationState.APPROVED:
        messages.info(request, services.ApprovedAlready.message)
        return redirect("campaigns:registration", pk, registration_pk)
    form, status = _form(request, row.campaign, row=row), 200
    if form.is_valid():
        status = _changed(request, row, form)
        if status == 302:
            return redirect("campaigns:registration", pk, registration_pk)
    status = 422 if form.errors and status == 200 else status
    context = {
        "title": f"Sửa đăng ký: {services.who_of(row)}",
        "standing": presenters.one_standing(row),
        "campaign": row.campaign,
        "row": row,
        "form": form,
    }
    return render(request, "campaigns/registration_form.html", context, status=status)


def _changed(request: HttpRequest, row: Registration, form: RegistrationForm) -> int:
    """The status to answer with: 302 once it is saved."""
    version = form.cleaned_data["version"] or 0
    try:
        services.change_registration(row, actor=request.user, version=version, data=form.read())
    except UnfitField as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
    except EditedMeanwhile as error:
        form.add_error(None, str(error))
        return 409
    except AppError as error:
        form.add_error(None, str(error))
    else:
        messages.success(request, "Đã lưu, chờ duyệt.")
        return 302
    return 422


def _form(request: HttpRequest, campaign: Campaign, row: Registration | None = None, **more: Any) -> RegistrationForm:
    has_below = campaign.unit.kind != Unit.Kind.COMMUNE
    offered: dict[str, Any] = {}
    if row is None:
        places: list[Any] = list(Part.objects.on().filter(unit=campaign.unit).order_by("order", "pk"))
        if has_below:
            places = [*selectors.could_register(campaign), *places]
        offered = {"places": places, "people": selectors.people_of(campaign.unit)}
    papers = selectors.papers_from_below(campaign) if has_below else []
    bound = request.POST if request.method == "POST" else None
    used = selectors.titles_used(campaign.unit)
    return RegistrationForm(bound, campaign=campaign, used=used, papers=papers, row=row, **offered, **more)


# -- Judging -----------------------------------------------------------------------------------


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """One or many, as they were shown; back to the page from which it was asked."""
    campaign = judged(request, pk)
    seen = dict(pair for value in request.POST.getlist(SEEN) if (pair := _seen(value)))
    approved = services.approve(campaign, actor=request.user, seen=seen)
    if not seen:
        messages.info(request, "Chưa chọn đăng ký nào để duyệt.")
    elif len(approved) == len(seen):
        one = f"Đã duyệt đăng ký của {services.who_of(approved[0])}."
        messages.success(request, one if len(approved) == 1 else f"Đã duyệt {len(approved)} đăng ký.")
    else:
        left = len(seen) - len(approved)
        messages.info(
            request, f"Đã duyệt {len(approved)} đăng ký; {left} đăng ký vừa thay đổi hoặc đã xử lý rồi, hãy xem lại."
        )
    if len(seen) == 1 and request.POST.get("tu") == "mot":
        return redirect("campaigns:registration", pk, next(iter(seen)))
    return redirect(_list_url(request, pk))


def _seen(value: str) -> tuple[int, int] | None:
    row, _, version = value.partition(":")
    fits = row.isdecimal() and version.isdecimal() and len(value) < 30
    return (int(row), int(version)) if fits else None


def _list_url(request: HttpRequest, pk: int) -> str:
    """With the filters that were on."""
    url = reverse("campaigns:registrations", args=[pk])
    query = {
        name: request.POST[name] for name in ("q", "loai", "doi_tuong", "tinh_trang", "xep") if request.POST.get(name)
    }
    return f"{url}?{urlencode(query)}" if query else url


@require_POST
def give_back(request: HttpRequest, pk: int, registration_pk: int) -> HttpResponse:
    row = registration_of(request, pk, registration_pk)
    if not may_judge(request, row.campaign):
        raise PermissionDenied
    form = ReturnForm(request.POST, offers_answer=services.may_send_answer_back(row))
    if not form.is_valid():
        return _registration_page(request, row, form)
    said = form.cleaned_data
    try:
        services.give_back(row, actor=request.user, reason=said["reason"], with_answer=bool(said.get("with_answer")))
    except UnfitField as error:
        form.add_error(error.field, str(error))
        return _registration_page(request, row, form)
    except AppError as error:
        messages.info(request, str(error))
    else:
        messages.success(request, f"Đã trả lại đăng ký của {services.who_of(row)}.")
    return redirect("campaigns:registration", pk, registration_pk)


@require_POST
def take_out(request: HttpRequest, pk: int, registration_pk: int) -> HttpResponse:
    row = registration_of(request, pk, registration_pk)
    if not may_write(request, row.campaign):
        raise PermissionDenied
    who = str(services.who_of(row))
    try:
        services.take_out(row, actor=request.user)
    except AppError as error:
        messages.info(request, str(error))
        return redirect("campaigns:registrations", pk)
    messages.success(request, f"Đã xóa đăng ký của {who}.")
    return redirect("campaigns:registrations", pk)


# -- Doors -------------------------------------------------------------------------------------


def campaign_of(request: HttpRequest, pk: int) -> Campaign:
    """404 to everybody outside: registrations stay in the unit."""
    return get_object_or_404(selectors.campaigns_inside(request.user), pk=pk)


def writable(request: HttpRequest, pk: int) -> Campaign:
    campaign = campaign_of(request, pk)
    if not may_write(request, campaign):
        raise PermissionDenied
    return campaign


def judged(request: HttpRequest, pk: int) -> Campaign:
    campaign = campaign_of(request, pk)
    if not may_judge(request, campaign):
        raise PermissionDenied
    return campaign


def registration_of(request: HttpRequest, pk: int, registration_pk: int) -> Registration:
    rows = selectors.visible_registrations(request.user)
    return get_object_or_404(rows, pk=registration_pk, campaign=pk)


def may_write(request: HttpRequest, campaign: Campaign) -> bool:
    return bool(request.user.has_perm("campaigns.write_campaign", campaign))


def may_judge(request: HttpRequest, campaign: Campaign) -> bool:
    return bool(request.user.has_perm("campaigns.judge_registration", campaign))
