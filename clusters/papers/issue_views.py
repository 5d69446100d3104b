"""The page on which a paper is recorded as issued or signed, or gets the signed copy that was missing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from clusters.models import Season, SeasonPaper
from clusters.papers import selectors, services
from clusters.papers.doors import paper_to_write
from clusters.papers.forms import NumberedForm, SignedForm
from clusters.papers.kinds import Sort
from clusters.papers.lacks import There, lacks_of
from clusters.papers.printing import Printed, printed
from clusters.papers.views import get_or_post
from core.errors import AppError, UnfitField
from core.states import EditedMeanwhile
from documents.findings import read_stored
from documents.forms import READ, CopyForm
from documents.issuing import HasSignedFile, UnfitPaper

_EDITED = "Văn bản vừa được sửa sau khi bạn mở trang này. Hãy xem lại rồi ghi nhận lần nữa."


@get_or_post
def issue(request: HttpRequest, pk: int, which: str) -> HttpResponse:
    season, sort = paper_to_write(request, pk, which)
    kept = selectors.kept_paper(season, sort)
    if kept is not None:
        kept.season = season
    if kept is not None and kept.is_frozen:
        return _copy(request, season, sort, kept)
    said = printed(season, sort.kind, kept)
    if lacks := lacks_of(sort, season, kept, There(season, said.facts), said.texts):
        messages.info(request, str(services.StillLacks(lacks)))
        return redirect("clusters:paper", pk, which)
    assert kept is not None
    return _numbered(request, said, kept) if sort.is_numbered else _signed(request, said, kept)


def _shown(
    request: HttpRequest, season: Season, sort: Sort, form: Any, status: int, *, is_recorded: bool = False
) -> HttpResponse:
    back = reverse("clusters:paper", args=[season.pk, sort.slug])
    name = sort.label(season.cluster.kind)
    told = "Ghi như trên văn bản đã ký; sau đó nội dung, số liệu và bản in được giữ nguyên."
    context = {
        "title": "Thêm bản đã ký"
        if is_recorded
        else "Ghi nhận đã ký"
        if not sort.is_numbered
        else "Ghi nhận đã ban hành",
        "standing": f"{name}, {season}." if is_recorded else f"{name}, {season}. {told}",
        "season": season,
        "sort": sort,
        "name": name,
        "form": form,
        "can_read": sort.is_numbered and not is_recorded,
        "back": back,
    }
    return render(request, "clusters/papers/issue.html", context, status=status)


# -- With a number ---------------------------------------------------------------------------


def _numbered(request: HttpRequest, said: Printed, kept: SeasonPaper) -> HttpResponse:
    season, sort = said.facts.season, said.sort
    form = _numbered_form(request, said, kept)
    status = 200
    if form.is_bound and form.is_valid() and form.agrees_with_file():
        try:
            _record(request, said, kept, form)
        except services.IsRecorded:
            return _told(request, season, sort)
        except EditedMeanwhile:
            if (done := _edited(request, season, sort, form)) is not None:
                return done
            status = 409
        except UnfitPaper as error:
            form.refuse(error)
        except services.StillLacks as error:
            form.add_error(None, str(error))
        else:
            return redirect("clusters:paper", season.pk, sort.slug)
    return _shown(request, season, sort, form, 422 if form.errors and status == 200 else status)


def _numbered_form(request: HttpRequest, said: Printed, kept: SeasonPaper) -> NumberedForm:
    more = {"issuer": kept.issuer}
    initial = {
        "version": kept.version,
        "symbol": said.symbol,
        "date": said.day,
        "signer": said.paper().signature.name or said.chair,
    }
    form = NumberedForm(request.POST or None, request.FILES or None, initial=initial, **more)
    if form.is_bound:
        form.is_valid()
        form.receive(request, said.facts.season.unit_id)
        if READ in request.POST:
            form = form.read(**more)
    return form


def _record(request: HttpRequest, said: Printed, kept: SeasonPaper, form: NumberedForm) -> None:
    typed = form.cleaned_data
    record = services.record_issue(
        kept,
        actor=request.user,
        version=typed["version"],
        paper=services.paper_of(said, **form.typed()),
        signed_file=form.kept_file,
        is_confirmed=typed["confirmed"],
    )
    messages.success(request, f"Đã ghi nhận ban hành {record} ngày {record.date:%d/%m/%Y}.")


def _edited(request: HttpRequest, season: Season, sort: Sort, form: Any) -> HttpResponse | None:
    now = selectors.kept_paper(season, sort)
    if now is None or now.is_frozen:
        return _told(request, season, sort)
    form.data["version"] = str(now.version)
    form.add_error(None, _EDITED)
    return None


def _told(request: HttpRequest, season: Season, sort: Sort) -> HttpResponse:
    messages.info(request, "Không ghi nhận thêm. Văn bản đã được ghi nhận, mở ở đây.")
    return redirect("clusters:paper", season.pk, sort.slug)


# -- Without ---------------------------------------------------------------------------------


def _signed(request: HttpRequest, said: Printed, kept: SeasonPaper) -> HttpResponse:
    season, sort = said.facts.season, said.sort
    initial = {"version": kept.version, "date": said.day}
    form = SignedForm(request.POST or None, request.FILES or None, initial=initial, is_recorded=False)
    status = 200
    if form.is_bound:
        form.is_valid()
        form.receive(request, season.unit_id)
        status = _answered(request, said, kept, form) if form.is_valid() else 422
        if status == 302:
            return redirect("clusters:paper", season.pk, sort.slug)
    return _shown(request, season, sort, form, status)


def _answered(request: HttpRequest, said: Printed, kept: SeasonPaper, form: SignedForm) -> int:
    day: dt.date = form.cleaned_data["date"]
    try:
        if not form.agrees_with(said.paper(), day):
            return 422
        version = form.cleaned_data["version"] or 0
        services.record_signed(kept, actor=request.user, version=version, day=day, signed_file=form.kept_file)
    except UnfitField as error:
        form.add_error(error.field, str(error))
        return 422
    except EditedMeanwhile:
        return 302 if _edited(request, said.facts.season, said.sort, form) else 409
    except AppError as error:
        form.add_error(None, str(error))
        return 422
    messages.success(request, f"Đã ghi nhận ký ngày {day:%d/%m/%Y}.")
    return 302


# -- The copy that was missing ---------------------------------------------------------------


def _copy(request: HttpRequest, season: Season, sort: Sort, kept: SeasonPaper) -> HttpResponse:
    if (kept.paper.signed_file if kept.paper else kept.signed_file) is not None:
        return _told(request, season, sort)
    form: Any
    if kept.paper is not None:
        form = CopyForm(request.POST or None, request.FILES or None)
    else:
        form = SignedForm(request.POST or None, request.FILES or None, is_recorded=True)
    status = 200
    if form.is_bound:
        form.is_valid()
        form.receive(request, season.unit_id)
        if form.kept_file is None and "signed_file" not in form.errors:
            form.add_error("signed_file", "Chọn tệp bản đã ký.")
        status = _copied(request, kept, form) if form.is_valid() else 422
        if status == 302:
            return redirect("clusters:paper", season.pk, sort.slug)
    return _shown(request, season, sort, form, status, is_recorded=True)


def _copied(request: HttpRequest, kept: SeasonPaper, form: Any) -> int:
    if kept.paper is not None:
        agrees = form.agrees_with(kept.paper)
    else:
        assert kept.pdf_file is not None
        assert kept.day is not None
        agrees = form.agrees_with(read_stored(kept.pdf_file).file.text, kept.day)
    if not agrees:
        return 422
    try:
        services.add_copy(kept, actor=request.user, signed_file=form.kept_file)
    except HasSignedFile as error:
        messages.info(request, str(error))
    else:
        messages.success(request, "Đã thêm bản đã ký.")
    return 302
