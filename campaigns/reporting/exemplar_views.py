"""Pages of «Điển hình tiên tiến»: the list, and one of them written or changed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from campaigns.models import Campaign, Exemplar
from campaigns.reporting import exemplar_services as services
from campaigns.reporting import selectors
from campaigns.reporting.forms import ExemplarForm
from campaigns.reporting.views import get_or_post
from campaigns.results.doors import WRITE, campaign_inside, campaign_to_write
from campaigns.states import CampaignState
from core.errors import UnfitField
from core.history import history_lines
from core.models import StoredFile
from core.paging import list_page
from units.models import Part

SORTS = {
    "ngay": ("day",),
    "ten": ("name",),
    "doi-tuong": ("kind", "name"),
    "noi": ("part__order", "name"),
    "khen": ("proposed", "name"),
}


@require_safe
def exemplars(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = campaign_inside(request, pk)
    found = selectors.ExemplarFilter(request.GET, campaign=campaign)
    may_write = request.user.has_perm(WRITE, campaign)
    context = {
        "title": "Điển hình tiên tiến",
        "standing": "Tập thể, cá nhân, hộ gia đình tiêu biểu ghi trong năm; báo cáo sơ kết, tổng kết lấy từ đây.",
        "campaign": campaign,
        "filter": found,
        "page": list_page(request, found.qs, sorts=SORTS, default="-ngay"),
        "is_filtered": found.form.has_changed(),
        "may_write": may_write,
        "may_add": may_write and campaign.state != CampaignState.DROPPED,
    }
    return render(request, "campaigns/exemplars.html", context)


@get_or_post
def new(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = campaign_to_write(request, pk)
    initial = {"kind": Exemplar.Kind.PERSON, "day": timezone.localdate()}
    form = _form(request, campaign, initial)
    if form.is_bound and form.is_valid():
        try:
            exemplar = services.add_exemplar(
                campaign, actor=request.user, data=form.wanted(_picture(request, form, campaign, None))
            )
        except UnfitField as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, f"Đã ghi điển hình {exemplar.name}.")
            return redirect("campaigns:exemplars", pk)
    return _shown(request, form, campaign, None)


@get_or_post
def edit(request: HttpRequest, pk: int, exemplar_pk: int) -> HttpResponse:
    exemplar = _exemplar(request, pk, exemplar_pk)
    campaign = exemplar.campaign
    form = _form(request, campaign, ExemplarForm.initial_of(exemplar))
    if form.is_bound and form.is_valid():
        try:
            picture = _picture(request, form, campaign, exemplar.picture)
            services.change_exemplar(exemplar, actor=request.user, data=form.wanted(picture))
        except UnfitField as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, f"Đã lưu điển hình {exemplar.name}.")
            return redirect("campaigns:exemplars", pk)
    return _shown(request, form, campaign, exemplar)


@require_POST
def remove(request: HttpRequest, pk: int, exemplar_pk: int) -> HttpResponse:
    exemplar = _exemplar(request, pk, exemplar_pk)
    services.remove_exemplar(exemplar, actor=request.user)
    messages.success(request, f"Đã bỏ điển hình {exemplar.name} khỏi phong trào. Báo cáo đã ban hành không đổi.")
    return redirect("campaigns:exemplars", pk)


def _exemplar(request: HttpRequest, pk: int, exemplar_pk: int) -> Exemplar:
    campaign = campaign_to_write(request, pk)
    return get_object_or_404(selectors.exemplars_for_list(campaign).select_related("campaign__unit"), pk=exemplar_pk)


def _form(request: HttpRequest, campaign: Campaign, initial: dict[str, object]) -> ExemplarForm:
    parts = list(Part.objects.on().filter(unit=campaign.unit_id).order_by("order", "pk"))
    if (own := initial.get("part")) and own not in parts:
        parts.append(own)  # type: ignore[arg-type]
    used = Exemplar.objects.filter(campaign__unit=campaign.unit_id).exclude(proposed="").order_by("-pk")
    known = list(dict.fromkeys(used.values_list("proposed", flat=True)[:200]))
    more = {"campaign": campaign, "parts": parts, "used": known}
    return ExemplarForm(request.POST or None, request.FILES or None, initial=initial, **more)


def _picture(
    request: HttpRequest, form: ExemplarForm, campaign: Campaign, before: StoredFile | None
) -> StoredFile | None:
    """The new one, the one that is there, or none where the person takes it out."""
    upload = request.FILES.get("picture")
    if upload:
        return services.keep_picture(upload, unit_id=campaign.unit_id, actor=request.user)
    return None if form.cleaned_data.get("drops_picture") else before


def _shown(request: HttpRequest, form: ExemplarForm, campaign: Campaign, exemplar: Exemplar | None) -> HttpResponse:
    context = {
        "title": "Sửa điển hình" if exemplar else "Ghi điển hình",
        "standing": str(exemplar) if exemplar else "Ghi ngay khi có việc làm tốt; đến kỳ báo cáo không phải nhớ lại.",
        "campaign": campaign,
        "exemplar": exemplar,
        "form": form,
        "back": reverse("campaigns:exemplars", args=[campaign.pk]),
        "history": history_lines(exemplar, last=20) if exemplar else [],
    }
    return render(request, "campaigns/exemplar.html", context, status=422 if form.errors else 200)
