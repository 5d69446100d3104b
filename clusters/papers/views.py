"""The papers of a season: all with what they lack, one with its words and its print, their files."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from clusters import rules
from clusters.models import Season, SeasonPaper
from clusters.papers import selectors, services
from clusters.papers.doors import paper_seen, season_seen
from clusters.papers.forms import OWN, PaperForm
from clusters.papers.kinds import Sort
from clusters.papers.lacks import There, lacks_of
from clusters.papers.presenters import rows_of, state_of
from clusters.papers.printing import (
    Printed,
    file_name,
    is_big,
    printed,
    sheet_printed,
)
from clusters.papers.tasks import render_papers
from clusters.sheets.doors import sheet_seen
from clusters.standing import read_season
from core import files, jobs
from core.errors import UnfitField
from core.history import history_lines
from core.states import EditedMeanwhile
from documents.rendering import FORMATS
from documents.rendering import render as draw
from documents.rendering.html import paper_body
from documents.tree import Paper

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
_FROZEN = {"pdf": ("pdf_file", "issued_file"), "docx": ("word_file", "word_file")}


# -- All papers ------------------------------------------------------------------------------


@require_safe
def papers(request: HttpRequest, pk: int) -> HttpResponse:
    season = season_seen(request, pk)
    sorts = selectors.sorts_seen(request.user, season)
    rows = rows_of(sorts, season, selectors.paper_rows(season))
    done = sum(row.is_frozen for row in rows)
    sheets = selectors.sheets_seen(request.user, season)
    context = {
        "title": f"Văn bản {season}",
        "standing": f"{len(rows)} văn bản, {done} đã ghi nhận. Lời văn soạn sẵn từ dữ liệu, sửa được trước khi in."
        if rules.writes_papers(request.user, season)
        else f"{len(rows)} văn bản xem được.",
        "season": season,
        "rows": rows,
        "sheets": sheets,
        "may_write": rules.writes_papers(request.user, season),
    }
    return render(request, "clusters/papers/papers.html", context)


# -- One paper -------------------------------------------------------------------------------


@get_or_post
def paper(request: HttpRequest, pk: int, which: str) -> HttpResponse:
    season, sort = paper_seen(request, pk, which)
    may_write = rules.writes_papers(request.user, season)
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    kept = selectors.kept_paper(season, sort)
    if kept is not None and kept.is_frozen:
        return _frozen(request, season, sort, kept, may_write=may_write)
    said = printed(season, sort.kind, kept)
    form = _form(request, said) if may_write else None
    status = 200
    if form is not None and form.is_bound:
        status = _saved(request, season, sort, form)
        if status == 302:
            return redirect("clusters:paper", pk, which)
        said = _typed(said, form)
    composed = said.paper()
    lacks = lacks_of(sort, season, kept, There(season, said.facts), said.texts) if may_write else []
    context = {
        "title": sort.label(season.cluster.kind),
        "standing": f"{season}. {state_of(kept)[1]}.",
        "season": season,
        "sort": sort,
        "kept": kept,
        "form": form,
        "lacks": lacks,
        "may_write": may_write,
        "paper": paper_body(composed),
        "history": history_lines(kept) if kept and may_write else [],
    }
    return render(request, "clusters/papers/paper.html", context, status=status)


def _form(request: HttpRequest, said: Printed) -> PaperForm:
    season, kept = said.facts.season, said.kept
    issuers = selectors.issuers_to_choose(request.user, season)
    stood = kept.issuer if kept else None
    chosen = OWN if stood is None or selectors.is_own(stood, season) else stood.pk
    initial = {"version": kept.version if kept else 0, "issuer": chosen, "day": said.day, **said.texts}
    return PaperForm(
        request.POST or None,
        initial=initial,
        season=season,
        sort=said.sort,
        kept=kept,
        issuers=issuers,
        own_unit=selectors.unit_of_own(request.user, season),
    )


def _saved(request: HttpRequest, season: Season, sort: Sort, form: PaperForm) -> int:
    """The status to answer with, 302 once it is saved."""
    if not form.is_valid():
        return 422
    said = form.cleaned_data
    try:
        services.save_paper(
            season,
            sort,
            actor=request.user,
            version=said["version"],
            issuer=form.chosen,
            day=said["day"],
            texts=form.texts(),
        )
    except UnfitField as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return 422
    except services.IsRecorded as error:
        messages.info(request, str(error))
        return 302
    except EditedMeanwhile as error:
        _show_theirs(season, sort, form, str(error))
        return 409
    messages.success(request, "Đã lưu. Xem bản in bên cạnh.")
    return 302


def _show_theirs(season: Season, sort: Sort, form: PaperForm, told: str) -> None:
    """What stands there now, at each field that differs; saving once more is then a choice."""
    kept = selectors.kept_paper(season, sort)
    there = printed(season, sort.kind, kept).texts
    form.add_error(None, f"{told} Chỗ khác nhau có ghi ở từng ô; lưu lần nữa là lấy nội dung của bạn.")
    for name, text in form.texts().items():
        if there.get(name, "") != text:
            form.add_error(name, f"Người khác vừa lưu: «{there.get(name) or 'để trống'}».")
    form.data = form.data.copy()  # type: ignore[misc]
    form.data["version"] = str(kept.version if kept else 0)


def _typed(said: Printed, form: PaperForm) -> Printed:
    """For the print beside a page that was refused."""
    kept = said.kept or SeasonPaper(season=said.facts.season, kind=said.sort.kind)
    typed = {name: value for name, value in getattr(form, "cleaned_data", {}).items() if name in said.drafts}
    return Printed(said.facts, said.sort, SeasonPaper(kind=kept.kind, issuer=kept.issuer, day=kept.day, texts=typed))


def _frozen(request: HttpRequest, season: Season, sort: Sort, kept: SeasonPaper, *, may_write: bool) -> HttpResponse:
    if request.method == "POST":
        messages.info(request, str(services.IsRecorded()))
        return redirect("clusters:paper", season.pk, sort.slug)
    record = kept.paper
    context = {
        "title": sort.label(season.cluster.kind),
        "standing": f"{season}. {state_of(kept)[1]}; nội dung, số liệu và bản in được giữ nguyên.",
        "season": season,
        "sort": sort,
        "kept": kept,
        "signed_file": record.signed_file if record else kept.signed_file,
        "may_write": may_write,
        "may_open_paper": record is not None and request.user.has_perm("units.view_inside", record.issuer.unit),
        "history": history_lines(kept) if may_write else [],
    }
    return render(request, "clusters/papers/frozen.html", context)


# -- Files -----------------------------------------------------------------------------------


@require_safe
def download(request: HttpRequest, pk: int, which: str, to: str) -> HttpResponse:
    """Of a recorded paper the bytes that were kept; else drawn now, a long one by a worker."""
    season, sort = paper_seen(request, pk, which)
    if to not in FORMATS:
        raise Http404
    kept = selectors.kept_paper(season, sort)
    if kept is not None and kept.is_frozen and to in _FROZEN:
        own, recorded = _FROZEN[to]
        stored = getattr(kept.paper, recorded) if kept.paper else getattr(kept, own)
        return FileResponse(
            files.open_stored(stored), as_attachment=True, filename=stored.name, content_type=FORMATS[to]
        )
    composed = printed(season, sort.kind, kept).paper()
    name = file_name(f"{sort.slug} {season}", to)
    back = reverse("clusters:paper", args=[pk, which])
    title = f"{sort.label(season.cluster.kind)}, {season}"
    return _answered(request, season, composed, to, name=name, title=title, back=back, which=which)


@require_safe
def sheet_download(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """One member's sheet."""
    sheet = sheet_seen(request, pk)
    if to not in FORMATS:
        raise Http404
    season = sheet.member.season
    composed = sheet_printed(read_season(season), sheet, request.user)
    words = f"Bảng chấm điểm {sheet.member} năm {season.year}"
    back = reverse("clusters:papers", args=[season.pk])
    return _answered(
        request, season, composed, to, name=file_name(words, to), title=words, back=back, sheets=[sheet.pk]
    )


@require_safe
def all_sheets(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """Those that the user sees, in one file; always by a worker."""
    season = season_seen(request, pk)
    sheets = selectors.sheets_seen(request.user, season)
    if to not in ("pdf", "docx") or not sheets:
        raise Http404
    job = jobs.start(
        render_papers,
        owner=request.user,
        unit_id=season.unit_id,
        title=f"Dựng {len(sheets)} bảng chấm điểm, {season}",
        back_url=reverse("clusters:papers", args=[pk]),
        season_id=season.pk,
        to=to,
        sheets=[sheet.pk for sheet in sheets],
    )
    return redirect("core:job", pk=job.pk)


def _answered(
    request: HttpRequest,
    season: Season,
    composed: Paper,
    to: str,
    *,
    name: str,
    title: str,
    back: str,
    **what: Any,
) -> HttpResponse:
    """``what``: as the task is told it, where the paper is too long to wait for."""
    if is_big(composed, to):
        job = jobs.start(
            render_papers,
            owner=request.user,
            unit_id=season.unit_id,
            title=f"Dựng tệp: {title}",
            back_url=back,
            season_id=season.pk,
            to=to,
            **what,
        )
        return redirect("core:job", pk=job.pk)
    answer = HttpResponse(draw(composed, to), content_type=FORMATS[to])
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer
