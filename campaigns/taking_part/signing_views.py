"""The page on which a pledge is recorded as signed, or gets the signed copy that was missing."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from campaigns.models import Pledge
from campaigns.states import PledgeState
from campaigns.taking_part import pledges, signing
from campaigns.taking_part.pledge_forms import SignedForm
from campaigns.taking_part.views import campaign_of, get_or_post, may_write
from core.errors import AppError, UnfitField
from core.states import EditedMeanwhile, MovedMeanwhile
from documents.findings import read_stored
from documents.issuing import HasSignedFile
from documents.tree import Paper


@get_or_post
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = campaign_of(request, pk)
    if not may_write(request, campaign):
        raise PermissionDenied
    pledge = pledges.pledge_of(campaign)
    if pledge is None:
        messages.info(request, "Lưu giao ước trước, rồi ghi nhận đã ký.")
        return redirect("campaigns:pledge", pk)
    pledge.campaign = campaign
    if pledge.signed_file is not None:
        return _told(request, pk)
    is_signed = pledge.state == PledgeState.SIGNED
    initial = {"version": pledge.version, "date": pledge.signed_on}
    form = SignedForm(request.POST or None, request.FILES or None, initial=initial, is_signed=is_signed)
    status = _answered(request, pledge, form) if form.is_bound else 200
    if status == 302:
        return redirect("campaigns:pledge", pk)
    context = {
        "title": "Thêm bản đã ký" if is_signed else "Ghi nhận giao ước đã ký",
        "standing": campaign.title,
        "campaign": campaign,
        "form": form,
        "is_signed": is_signed,
        "back": reverse("campaigns:pledge", args=[pk]),
    }
    return render(request, "campaigns/pledge_sign.html", context, status=status)


def _answered(request: HttpRequest, pledge: Pledge, form: SignedForm) -> int:
    """The status to answer with, 302 once it is recorded or somebody else was faster."""
    form.is_valid()
    form.receive(request, pledge.campaign.unit_id)
    is_signed = pledge.state == PledgeState.SIGNED
    if is_signed and form.kept_file is None and "signed_file" not in form.errors:
        form.add_error("signed_file", "Chọn tệp bản giao ước đã ký.")
    if not form.is_valid():
        return 422
    day = pledge.signed_on if is_signed else form.cleaned_data["date"]
    assert day is not None
    try:
        if not form.agrees_with(_issued(pledge, day), day):
            return 422
        _record(request, pledge, form, day)
    except UnfitField as error:
        form.add_error(error.field, str(error))
    except (HasSignedFile, pledges.PledgeIsSigned, MovedMeanwhile):
        _told(request, pledge.campaign_id)
        return 302
    except EditedMeanwhile:
        return _edited(request, pledge, form)
    except AppError as error:
        form.add_error(None, str(error))
    else:
        messages.success(
            request, "Đã thêm bản đã ký." if is_signed else f"Đã ghi nhận giao ước ký ngày {day:%d/%m/%Y}."
        )
        return 302
    return 422


def _edited(request: HttpRequest, pledge: Pledge, form: SignedForm) -> int:
    now = pledges.pledge_of(pledge.campaign)
    if now is None or now.state == PledgeState.SIGNED:
        _told(request, pledge.campaign_id)
        return 302
    form.data["version"] = str(now.version)
    form.add_error(None, "Giao ước vừa được sửa sau khi bạn mở trang này. Hãy xem lại rồi ghi nhận lần nữa.")
    return 409


def _issued(pledge: Pledge, day: dt.date) -> Paper | str:
    """What the copy is laid beside: the words that are kept, or that would be."""
    if pledge.pdf_file is not None:
        return read_stored(pledge.pdf_file).file.text
    return signing.paper_as_signed(pledge, day)


def _record(request: HttpRequest, pledge: Pledge, form: SignedForm, day: dt.date) -> None:
    if pledge.state == PledgeState.SIGNED:
        assert form.kept_file is not None
        signing.add_copy(pledge, actor=request.user, signed_file=form.kept_file)
        return
    version = form.cleaned_data["version"] or 0
    signing.record_signing(pledge, actor=request.user, version=version, day=day, signed_file=form.kept_file)


def _told(request: HttpRequest, pk: int) -> HttpResponse:
    messages.info(request, "Không ghi nhận thêm. Giao ước đã có bản ký, mở ở đây.")
    return redirect("campaigns:pledge", pk)
