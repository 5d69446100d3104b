"""Pages of targets: their table, sentences pasted into it, the removal of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from campaigns.models import Campaign, Target
from campaigns.results import selectors
from campaigns.results.doors import WRITE, campaign_inside, campaign_to_write, refuse_reader, target_of
from campaigns.results.pasting import read_sentences
from campaigns.results.standing import Bearer
from campaigns.results.target_forms import Choices, TargetForm, forms_of, initial_of, of_sentence, with_lost_rows
from campaigns.results.targets import (
    HasResults,
    move_target,
    remove_target,
    results_of,
    row_of,
    save_targets,
    seen,
)
from campaigns.wording import in_words, sentence, sum_in_words
from core.errors import UnfitRow
from core.states import EditedMeanwhile

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
PAGE = 50
"""Rows on one page: each has ten fields, and a form of more than a thousand is refused."""
_MOVES = {"len": -1, "xuong": 1}


@dataclass(frozen=True, slots=True)
class Row:
    """One target on the page."""

    form: TargetForm
    number: int
    target: Target | None = None
    words: str = ""
    printed: str = ""
    """The whole line, as papers have it."""
    shares: str = ""
    theirs: str = ""
    """What is stored, where the page shows something else that was typed before."""


@get_or_post
def targets(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = campaign_inside(request, pk)
    if request.method == "POST":
        refuse_reader(request, campaign)
        return _save(request, campaign)
    rows = list(selectors.targets_of(campaign))
    page = _page(request, rows)
    return _table(request, campaign, rows, page, forms_of(list(page.object_list), Choices.of(campaign)))


def _page(request: HttpRequest, rows: list[Target]) -> Page:
    return Paginator(rows, PAGE).get_page(request.GET.get("trang"))


def _save(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """What was typed, and after that the one move that was asked for."""
    rows = list(selectors.targets_of(campaign))
    page = _page(request, rows)
    data = with_lost_rows(request.POST, rows)
    forms = forms_of(list(page.object_list), Choices.of(campaign), data)
    if any([not form.is_valid() for form in forms]):  # noqa: C419 -- all of them, so that each shows its errors
        return _table(request, campaign, rows, page, forms, status=422)
    changed = [form for form in forms if form.has_changed() and not form.is_blank]
    # Another part of the campaign may have a new version; what stands here is what the person saw.
    is_as_seen = request.POST.get("seen") == seen(rows)
    version = campaign.version if is_as_seen else _whole(request.POST.get("version"))
    try:
        if changed:
            save_targets(campaign, [form.row for form in changed], version=version, actor=request.user)
            messages.success(request, f"Đã lưu {len(changed)} chỉ tiêu.")
        return _moved(request, campaign, rows)
    except EditedMeanwhile:
        return _table(request, campaign, rows, page, forms, status=409, is_conflict=True)
    except UnfitRow as error:
        changed[error.position].add_error(error.field, str(error))
        return _table(request, campaign, rows, page, forms, status=422)


def _moved(request: HttpRequest, campaign: Campaign, rows: list[Target]) -> HttpResponse:
    """``viec=len-12``: up; by the version that saving left."""
    act, _, pk = request.POST.get("viec", "").partition("-")
    target = next((row for row in rows if str(row.pk) == pk), None)
    here = f"{reverse('campaigns:targets', args=[campaign.pk])}{_query(request)}"
    if target is None or act not in _MOVES:
        return redirect(here)
    move_target(campaign, target, by=_MOVES[act], version=campaign.version, actor=request.user)
    return redirect(f"{here}#chi-tieu-{target.pk}")


def _query(request: HttpRequest) -> str:
    query = request.GET.urlencode()
    return f"?{query}" if query else ""


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 0


def _table(
    request: HttpRequest,
    campaign: Campaign,
    rows: list[Target],
    page: Page,
    forms: list[TargetForm],
    *,
    status: int = 200,
    is_conflict: bool = False,
) -> HttpResponse:
    shares = selectors.shares_of(campaign)
    shown = [
        _row(form, number, shares.get(form.target.pk if form.target else 0, {}), is_conflict=is_conflict)
        for number, form in enumerate(forms, start=page.start_index() or 1)
    ]
    context = {
        "campaign": campaign,
        "title": "Chỉ tiêu",
        "standing": _standing(rows),
        "rows": shown,
        "total": len(rows),
        "page": page,
        "seen": seen(rows),
        "may_write": request.user.has_perm(WRITE, campaign),
        "is_conflict": is_conflict,
        "error_rows": [row for row in shown if row.form.errors] if status == 422 else [],
    }
    return render(request, "campaigns/targets.html", context, status=status)


def _row(form: TargetForm, number: int, shares: dict[Bearer, Any], *, is_conflict: bool) -> Row:
    target = form.target
    if target is None:
        return Row(form, number)
    theirs = sentence(target) if is_conflict and form.has_changed() else ""
    given = sum_in_words(target, [share.low for share in shares.values()], adds_up=target.adds_up)
    return Row(form, number, target, in_words(target), sentence(target), given, theirs)


def _standing(rows: list[Target]) -> str:
    if not rows:
        return "Phong trào chưa có chỉ tiêu nào."
    without = sum(row.low is None for row in rows)
    return f"{len(rows)} chỉ tiêu{f', trong đó {without} chưa có số giao' if without else ''}."


# -- Sentences -----------------------------------------------------------------------------


@get_or_post
def paste(request: HttpRequest, pk: int) -> HttpResponse:
    """Sentences of a plan: read, shown, then taken."""
    campaign = campaign_to_write(request, pk)
    choices = Choices.of(campaign)
    context: dict[str, Any] = {
        "campaign": campaign,
        "title": "Dán chỉ tiêu",
        "standing": "Dán câu văn có chỉ tiêu; chương trình đọc ra từng chỉ tiêu để xem lại trước khi lấy.",
    }
    text = request.POST.get("text", "")[:50_000]
    if request.POST.get("viec") == "lay":
        return _take(request, campaign, choices, context)
    if request.method != "POST" or not text.strip():
        error = "Chưa dán câu nào." if request.method == "POST" else ""
        context["error"] = error
        return render(request, "campaigns/targets_paste.html", context, status=422 if error else 200)
    found = read_sentences(text)
    rows = [
        TargetForm(prefix=f"moi{at}", choices=choices, initial=initial_of(of_sentence(one)))
        for at, one in enumerate(found.targets[:PAGE])
    ]
    context |= {
        "text": text,
        "forms": [(form, True) for form in rows],
        "without": found.unread,
        "more": len(found.targets) - len(rows),
    }
    return render(request, "campaigns/targets_paste.html", context)


def _take(request: HttpRequest, campaign: Campaign, choices: Choices, context: dict[str, Any]) -> HttpResponse:
    data: QueryDict = request.POST
    forms = forms_of([], choices, data)
    taken = [form for form in forms if form.prefix in data.getlist("lay")]
    if all([form.is_valid() for form in taken]) and taken:  # noqa: C419 -- each shows its errors
        rows = [form.row for form in taken if not form.is_blank]
        try:
            save_targets(campaign, rows, version=campaign.version, actor=request.user)
        except UnfitRow as error:
            taken[error.position].add_error(error.field, str(error))
        else:
            messages.success(request, f"Đã thêm {len(rows)} chỉ tiêu.")
            return redirect("campaigns:targets", campaign.pk)
    chosen = {form.prefix for form in taken}
    context |= {
        "text": data.get("text", ""),
        "forms": [(form, form.prefix in chosen) for form in forms],
        "error": "" if taken else "Chưa chọn chỉ tiêu nào để lấy.",
        "error_rows": [form for form in taken if form.errors],
    }
    return render(request, "campaigns/targets_paste.html", context, status=422)


# -- Removal -------------------------------------------------------------------------------


@get_or_post
def remove(request: HttpRequest, pk: int, target_pk: int) -> HttpResponse:
    """Asks first, or says why not."""
    campaign = campaign_to_write(request, pk)
    target = target_of(campaign, target_pk)
    if request.method == "POST":
        try:
            remove_target(campaign, target, version=_whole(request.POST.get("version")), actor=request.user)
        except HasResults:
            pass  # the page says it
        else:
            messages.success(request, f"Đã bỏ chỉ tiêu «{row_of(target).text[:100]}».")
            return redirect("campaigns:targets", campaign.pk)
    count = results_of(target).count()
    context = {
        "campaign": campaign,
        "title": "Bỏ chỉ tiêu",
        "standing": sentence(target),
        "target": target,
        "why_not": str(HasResults(count)) if count else "",
        "shares": target.shares.count(),
    }
    return render(request, "campaigns/target_remove.html", context, status=422 if request.method == "POST" else 200)
