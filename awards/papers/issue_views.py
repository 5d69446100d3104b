"""The page on which a paper is recorded as issued or signed, or gets the signed copy that was missing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from awards.models import AwardPaper
from awards.papers import doors, selectors, services
from awards.papers.printing import Printed, lacks_of
from awards.papers.views import get_or_post
from clusters.papers.forms import NumberedForm, SignedForm
from core.errors import AppError, UnfitField
from core.states import EditedMeanwhile
from documents.findings import read_stored
from documents.forms import READ, CopyForm
from documents.issuing import HasSignedFile, UnfitPaper

_EDITED = "Văn bản vừa được sửa sau khi bạn mở trang này. Hãy xem lại rồi ghi nhận lần nữa."


@get_or_post
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    sort, owner, kept = doors.paper_seen(request, pk)
    doors.refuse_readers(request, sort, owner)
    if not sort.is_kept:
        raise Http404
    said = Printed(sort, owner, kept)
    if kept.is_frozen:
        return _copy(request, said, kept)
    if lacks := lacks_of(said):
        messages.info(request, str(services.StillLacks(lacks)))
        return redirect("awards:paper", pk)
    return _numbered(request, said, kept) if sort.is_numbered else _signed(request, said, kept)


def _shown(request: HttpRequest, said: Printed, form: Any, status: int, *, is_recorded: bool = False) -> HttpResponse:
    sort, kept = said.sort, said.kept
    assert kept is not None
    named = f"{sort.name}, {said.owner}"
    told = "Ghi như trên văn bản đã ký; sau đó nội dung, số liệu và bản in được giữ nguyên."
    title = "Thêm bản đã ký" if is_recorded else "Ghi nhận đã ban hành" if sort.is_numbered else "Ghi nhận đã ký"
    context = {
        "title": title,
        "standing": f"{named}." if is_recorded else f"{named}. {told}",
        "name": sort.name,
        "form": form,
        "can_read": sort.is_numbered and not is_recorded,
        "back": reverse("awards:paper", args=[kept.pk]),
    }
    return render(request, "awards/papers/issue.html", context, status=status)


# -- With a number ---------------------------------------------------------------------------


def _numbered(request: HttpRequest, said: Printed, kept: AwardPaper) -> HttpResponse:
    form = _numbered_form(request, said, kept)
    status = 200
    if form.is_bound and form.is_valid() and form.agrees_with_file():
        try:
            _record(request, said, kept, form)
        except services.IsRecorded:
            return _told(request, kept)
        except EditedMeanwhile:
            if (done := _edited(request, kept, form)) is not None:
                return done
            status = 409
        except UnfitPaper as error:
            form.refuse(error)
        except services.StillLacks as error:
            form.add_error(None, str(error))
        else:
            return redirect("awards:paper", kept.pk)
    return _shown(request, said, form, 422 if form.errors and status == 200 else status)


def _numbered_form(request: HttpRequest, said: Printed, kept: AwardPaper) -> NumberedForm:
    more = {"issuer": kept.issuer}
    signer = said.paper().signature.name or said.chair
    initial = {"version": kept.version, "symbol": said.symbol, "date": said.day, "signer": signer}
    form = NumberedForm(request.POST or None, request.FILES or None, initial=initial, **more)
    if form.is_bound:
        form.is_valid()
        form.receive(request, said.unit.pk)
        if READ in request.POST:
            form = form.read(**more)
    return form


def _record(request: HttpRequest, said: Printed, kept: AwardPaper, form: NumberedForm) -> None:
    typed = form.cleaned_data
    record = services.record_issue(
        kept,
        said.sort,
        said.owner,
        actor=request.user,
        version=typed["version"],
        paper=services.paper_of(said, **form.typed()),
        signed_file=form.kept_file,
        is_confirmed=typed["confirmed"],
    )
    messages.success(request, f"Đã ghi nhận ban hành {record} ngày {record.date:%d/%m/%Y}.")


def _edited(request: HttpRequest, kept: AwardPaper, form: Any) -> HttpResponse | None:
    now = selectors.papers_seen(request.user).filter(pk=kept.pk).first()
    if now is None or now.is_frozen:
        return _told(request, kept)
    form.data["version"] = str(now.version)
    form.add_error(None, _EDITED)
    return None


def _told(request: HttpRequest, kept: AwardPaper) -> HttpResponse:
    messages.info(request, "Không ghi nhận thêm. Văn bản đã được ghi nhận, mở ở đây.")
    return redirect("awards:paper", kept.pk)


# -- Without ---------------------------------------------------------------------------------


def _signed(request: HttpRequest, said: Printed, kept: AwardPaper) -> HttpResponse:
    initial = {"version": kept.version, "date": said.day}
    form = SignedForm(request.POST or None, request.FILES or None, initial=initial, is_recorded=False)
    status = 200
    if form.is_bound:
        form.is_valid()
        form.receive(request, said.unit.pk)
        status = _answered(request, said, kept, form) if form.is_valid() else 422
        if status == 302:
            return redirect("awards:paper", kept.pk)
    return _shown(request, said, form, status)


def _answered(request: HttpRequest, said: Printed, kept: AwardPaper, form: SignedForm) -> int:
    day: dt.date = form.cleaned_data["date"]
    version = form.cleaned_data["version"] or 0
    try:
        if not form.agrees_with(said.paper(), day):
            return 422
        services.record_signed(
            kept,
            said.sort,
            said.owner,
            actor=request.user,
            version=version,
            day=day,
            signed_file=form.kept_file,
        )
    except UnfitField as error:
        form.add_error(error.field, str(error))
        return 422
    except EditedMeanwhile:
        return 302 if _edited(request, kept, form) else 409
    except AppError as error:
        form.add_error(None, str(error))
        return 422
    messages.success(request, f"Đã ghi nhận ký ngày {day:%d/%m/%Y}.")
    return 302


# -- The copy that was missing ---------------------------------------------------------------


def _copy(request: HttpRequest, said: Printed, kept: AwardPaper) -> HttpResponse:
    if (kept.paper.signed_file if kept.paper else kept.signed_file) is not None:
        return _told(request, kept)
    form: Any
    if kept.paper is not None:
        form = CopyForm(request.POST or None, request.FILES or None)
    else:
        form = SignedForm(request.POST or None, request.FILES or None, is_recorded=True)
    status = 200
    if form.is_bound:
        form.is_valid()
        form.receive(request, said.unit.pk)
        if form.kept_file is None and "signed_file" not in form.errors:
            form.add_error("signed_file", "Chọn tệp bản đã ký.")
        status = _copied(request, said, kept, form) if form.is_valid() else 422
        if status == 302:
            return redirect("awards:paper", kept.pk)
    return _shown(request, said, form, status, is_recorded=True)


def _copied(request: HttpRequest, said: Printed, kept: AwardPaper, form: Any) -> int:
    if kept.paper is not None:
        agrees = form.agrees_with(kept.paper)
    else:
        assert kept.pdf_file is not None
        assert kept.day is not None
        agrees = form.agrees_with(read_stored(kept.pdf_file).file.text, kept.day)
    if not agrees:
        return 422
    try:
        services.add_copy(kept, said.sort, said.owner, actor=request.user, signed_file=form.kept_file)
    except HasSignedFile as error:
        messages.info(request, str(error))
    else:
        messages.success(request, "Đã thêm bản đã ký.")
    return 302
