"""The page of the pledge, beside it the paper as it prints; its files."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from campaigns.models import Campaign, Pledge
from campaigns.states import PledgeState
from campaigns.taking_part import pledges
from campaigns.taking_part.pledge_forms import FILL, PledgeForm, moved
from campaigns.taking_part.pledges import PledgeData, PledgeIsSigned
from campaigns.taking_part.signing import NoIssuer
from campaigns.taking_part.views import campaign_of, get_or_post, may_write
from core import files
from core.errors import UnfitField, UnfitRow
from core.history import history_lines
from core.states import EditedMeanwhile
from documents import rendering
from documents.proofreading import context_of, proofread, shipped_laws
from documents.rendering.html import paper_body
from documents.tree import Paper

_FROZEN = {"pdf": "pdf_file", "docx": "word_file"}


@get_or_post
def pledge(request: HttpRequest, pk: int) -> HttpResponse:
    """Drafted from the campaign until somebody saves it."""
    campaign = campaign_of(request, pk)
    writes = may_write(request, campaign)
    if request.method == "POST" and not writes:
        raise PermissionDenied
    kept = pledges.pledge_of(campaign)
    if kept is not None and kept.state == PledgeState.SIGNED:
        return _signed(request, campaign, kept)
    data = pledges.data_of(campaign, kept)
    initial = {
        "body": data.body,
        "place": data.place,
        "signed_on": data.signed_on,
        "version": kept.version if kept else 0,
    }
    form = PledgeForm(request.POST if request.method == "POST" else None, there=data, initial=initial)
    status = 200
    if form.is_bound:
        status, at = _saved(request, campaign, form)
        if status == 302:
            return redirect(f"{reverse('campaigns:pledge', args=[pk])}{at}")
        data = _typed(form, data)
    issuer = pledges.issuer_of(campaign)
    paper = pledges.paper_of(campaign, data, issuer) if issuer else None
    context = {
        "title": pledges.pledge_text.TITLE.capitalize(),
        "standing": _standing(kept is not None, data),
        "campaign": campaign,
        "form": form,
        "rows": form.rows(),
        "is_kept": kept is not None,
        "may_sign": writes and kept is not None and issuer is not None,
        "paper": paper_body(paper) if paper else "",
        "findings": _findings(paper, campaign) if paper else [],
        "no_issuer": "" if paper else str(NoIssuer()),
        "may_write": writes,
        "fill": FILL,
        "history": history_lines(kept) if kept else [],
    }
    return render(request, "campaigns/pledge.html", context, status=status)


def _signed(request: HttpRequest, campaign: Campaign, kept: Pledge) -> HttpResponse:
    """As it was signed: words and files that were kept, for what the campaign says may have changed since."""
    if request.method == "POST":
        messages.info(request, str(PledgeIsSigned()))
        return redirect("campaigns:pledge", campaign.pk)
    copy = "" if kept.signed_file else "; chưa có bản quét"
    context = {
        "title": pledges.pledge_text.TITLE.capitalize(),
        "standing": f"Đã ký ngày {kept.signed_on:%d/%m/%Y}{copy}. Nội dung và bản in được giữ nguyên.",
        "campaign": campaign,
        "pledge": kept,
        "signatories": kept.signatories.all(),
        "may_write": may_write(request, campaign),
        "history": history_lines(kept),
    }
    return render(request, "campaigns/pledge_signed.html", context)


def _saved(request: HttpRequest, campaign: Campaign, form: PledgeForm) -> tuple[int, str]:
    """The status to answer with, 302 once it is saved; and the place on the page to go on from."""
    if not form.is_valid():
        return 422, ""
    data, anchor = _after(request.POST.get("viec", ""), form.read(), campaign)
    version = form.cleaned_data["version"] or 0
    try:
        pledges.save_pledge(campaign, actor=request.user, version=version, data=data)
    except UnfitRow as error:
        form.refuse(error)
    except UnfitField as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
    except (EditedMeanwhile, PledgeIsSigned) as error:
        form.add_error(None, str(error))
        return 409, ""
    else:
        if not anchor:
            messages.success(request, "Đã lưu giao ước.")
        return 302, anchor
    return 422, ""


def _after(act: str, data: PledgeData, campaign: Campaign) -> tuple[PledgeData, str]:
    """What one of the buttons at the rows does, before all is saved."""
    if act == FILL:
        return replace(data, signatories=pledges.with_missing(data.signatories, campaign)), "#nguoi-ky"
    rows, at = moved(data.signatories, act)
    return replace(data, signatories=rows), "" if at is None else f"#nguoi-{at}"


def _typed(form: PledgeForm, data: PledgeData) -> PledgeData:
    """For the paper beside a page that was refused."""
    said: Any = getattr(form, "cleaned_data", {})
    rows = tuple(one for one in form.typed if not one.is_blank)
    return PledgeData(said.get("body", data.body), said.get("place", data.place), said.get("signed_on"), rows)


def _findings(paper: Paper, campaign: Campaign) -> list[Any]:
    names = [str(campaign.unit.parent)] if campaign.unit.parent else []
    return list(proofread(paper, context_of(paper, year=campaign.year, laws=shipped_laws(), other_names=names)))


def _standing(is_kept: bool, data: PledgeData) -> str:
    signed = f"{len(data.signatories)} đơn vị ký"
    if not is_kept:
        return f"Bản soạn sẵn từ phong trào, chưa lưu; {signed}. Xem lại, sửa rồi lưu."
    return f"Ký ngày {data.signed_on:%d/%m/%Y}; {signed}." if data.signed_on else f"Chưa ghi ngày ký; {signed}."


@require_safe
def download(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    campaign = campaign_of(request, pk)
    if to not in rendering.FORMATS:
        raise Http404
    pledge = pledges.pledge_of(campaign)
    if pledge is not None and pledge.state == PledgeState.SIGNED:
        kept = getattr(pledge, _FROZEN.get(to, ""), None)
        if kept is None:
            raise Http404
        return FileResponse(
            files.open_stored(kept), as_attachment=True, filename=kept.name, content_type=rendering.FORMATS[to]
        )
    issuer = pledges.issuer_of(campaign)
    if issuer is None:
        messages.info(request, str(NoIssuer()))
        return redirect("campaigns:pledge", pk)
    paper = pledges.paper_of(campaign, pledges.data_of(campaign, pledge), issuer)
    answer = HttpResponse(rendering.render(paper, to), content_type=rendering.FORMATS[to])
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'giao-uoc-thi-dua-{pk}.{to}')}"
    return answer
