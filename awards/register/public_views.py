"""What anybody may see without an account: whether a certificate is true, and the list of what is public.

Whatever is wrong with a code gets one page and one status; a wrong one costs one guess of a few.
"""

from __future__ import annotations

from typing import Any

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from awards.models import Grant
from awards.register import presenters
from awards.register.public import find_by_code, public_grants
from core.paging import PAGE_PARAMETER, PAGE_SIZE, ListPage, search

RATES = {"verify": "20/5m/ip", "list": "120/5m/ip"}
"""Wrong codes, and pages of the list, from one address before all are refused for a while (shared cache)."""


@login_not_required
@never_cache
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Name, unit, award, decision, validity; nothing else."""
    found = find_by_code(code) if _may(request, "verify", dry_run=True) else None
    if found is None:
        _may(request, "verify")
        return _hidden(HttpResponse(_unknown(), status=404))
    reversal = presenters.reversal_of(found)
    context = {
        "title": "Tra cứu khen thưởng",
        "standing": (
            f"Đã bị hủy bỏ theo {presenters.decision_in_words(reversal.decision)}."
            if reversal
            else "Có trong sổ khen thưởng và đang có hiệu lực."
        ),
        "grant": found,
        "is_valid": reversal is None,
        "where": where_of(found),
        "decision_words": presenters.decision_in_words(found.decision),
    }
    return _hidden(render(request, "awards/register/verify.html", context))


@login_not_required
@never_cache
@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    if not _may(request, "list"):
        return render(request, "429.html", status=429)
    text = request.GET.get("q", "")[:100]
    rows = public_grants()
    page = _page(request, search(rows, text) if text else rows)
    context = {
        "title": "Danh sách khen thưởng công khai",
        "standing": "Khen thưởng đã công bố: tên, đơn vị, danh hiệu hoặc hình thức, quyết định.",
        "page": page,
        "rows": [(grant, where_of(grant), presenters.decision_in_words(grant.decision)) for grant in page.rows],
        "q": text,
    }
    return render(request, "awards/register/public_list.html", context)


def _unknown() -> str:
    """The same for whatever is wrong with the code and whoever asks: drawn without the request."""
    context = {"title": "Không tìm thấy", "standing": "Không có khen thưởng nào mang mã này."}
    return render_to_string("awards/register/unknown.html", context)


def where_of(grant: Grant) -> str:
    """Part or unit below, and the unit whose register it is: no post, no address."""
    inner = grant.subject.part or grant.subject.lower
    own = "" if inner is None or str(inner) == grant.name else f"{inner}, "
    return f"{own}{grant.unit.title}"


def _page(request: HttpRequest, rows: Any) -> ListPage:
    """Without a session: visitors are given none."""
    wanted = request.GET.get(PAGE_PARAMETER, "1")
    paginator = Paginator(rows, PAGE_SIZE)
    cut = paginator.get_page(wanted if len(wanted) < 9 else 1)
    return ListPage(list(cut.object_list), paginator.count, cut.number, paginator.num_pages, PAGE_SIZE, "")


def _hidden(response: HttpResponse) -> HttpResponse:
    """From search engines, from pages one goes to, and from the log of refused addresses."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _may(request: HttpRequest, action: str, *, dry_run: bool = False) -> bool:
    usage = ratelimit.consume(request, app="awards", action=action, config=RATES, dry_run=dry_run, limit_get=True)
    return usage is not None
