"""The page from which the dossier pack is made, and the lists in Excel."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from awards.papers import doors
from awards.papers.field_sheets import field_sheets
from awards.papers.forms import ALL, UP, PackForm
from awards.papers.packing import nominees_for
from awards.papers.tasks import make_pack
from awards.papers.views import get_or_post
from core import jobs
from core.exporting import download


@get_or_post
def pack(request: HttpRequest, pk: int) -> HttpResponse:
    found = doors.round_to_work(request, pk)
    counts = {which: len(nominees_for(found, which)) for which in (UP, ALL)}
    form = PackForm(request.POST or None, initial={"which": UP if counts[UP] else ALL})
    if form.is_bound and form.is_valid():
        which = form.cleaned_data["which"]
        if counts[which]:
            job = jobs.start(
                make_pack,
                owner=request.user,
                unit_id=found.unit_id,
                title=f"Đóng gói {counts[which]} hồ sơ: {found.name}"[:300],
                back_url=reverse("awards:pack", args=[pk]),
                round_id=pk,
                which=which,
            )
            return redirect("core:job", pk=job.pk)
        form.add_error("which", "Chưa có đối tượng nào thuộc mục này; chọn mục khác.")
    context = {
        "title": "Gói hồ sơ",
        "standing": f"{found.name}. {counts[UP]} đối tượng trình cấp trên, {counts[ALL]} đã được thông qua.",
        "round": found,
        "form": form,
        "has_any": bool(counts[ALL] or counts[UP]),
    }
    return render(request, "awards/papers/pack.html", context, status=422 if form.errors else 200)


@require_safe
def lists(request: HttpRequest, pk: int) -> HttpResponse:
    """What the pack's workbook says, alone."""
    found = doors.round_to_work(request, pk)
    nominees = nominees_for(found, UP) or nominees_for(found, ALL)
    return download(field_sheets(found, nominees), f"bieu-nhap-khen-thuong-{found.pk}")
