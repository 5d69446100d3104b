"""Pages that show campaigns: the list, one campaign, who below has answered it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.deadlines import CAMPAIGN, REGISTRATION
from campaigns.models import Campaign, Target
from campaigns.results.selectors import bearers_of, still_there
from campaigns.results.selectors import standing as targets_of
from campaigns.running import handing, presenters, selectors
from campaigns.running.handing_list import SORTS as UNIT_SORTS
from campaigns.running.handing_list import AnswerFilter, rows_of
from campaigns.running.history import PARAMETER as HISTORY
from campaigns.running.history import history_page
from campaigns.running.lists import SORTS, CampaignFilter
from campaigns.running.next_acts import next_act
from campaigns.selectors import inside_campaigns, is_inside
from campaigns.states import CampaignState
from campaigns.taking_part.selectors import counts
from campaigns.wording import in_words
from core.paging import list_page
from plans.task_views import with_year
from reminders.asking.selectors import requests_for
from units.models import Unit
from units.selectors import readable_unit_ids, standing_of

_ASKED = (REGISTRATION, CAMPAIGN)
"""What requests to the parts are made for."""


@require_safe
def campaign_list(request: HttpRequest) -> HttpResponse:
    data = with_year(request)
    today = timezone.localdate()
    found = CampaignFilter(data, user=request.user, today=today)
    page = list_page(request, found.qs, sorts=SORTS, default="han")
    may_write = request.user.has_perm("campaigns.add_campaign")
    inside = set(readable_unit_ids(request.user).values_list("pk", flat=True))
    own = standing_of(request.user).unit_ids
    context = {
        "title": "Phong trào thi đua",
        "standing": "Phong trào của đơn vị và của cấp trên: đang ở bước nào, còn bao nhiêu ngày, đã có số liệu gì.",
        "filter": found,
        "page": page,
        "rows": [presenters.row_of(one, today, inside=inside, own=own, may_write=may_write) for one in page.rows],
        "is_filtered": any(value for name, value in data.items() if name in found.form.fields and name != "nam"),
        "may_write": may_write,
        "shown_year": data.get("nam", ""),
    }
    return render(request, "campaigns/list.html", context)


@require_safe
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    found: Campaign = get_object_or_404(selectors.for_page(request.user), pk=pk)
    today = timezone.localdate()
    inside = is_inside(request.user, found)
    may_write = request.user.has_perm("campaigns.write_campaign", found)
    answer = None if inside else selectors.own_answer(request.user, found)
    may_answer = not inside and answer is None and request.user.has_perm("campaigns.add_campaign")
    own = _inside(request, found, today) if inside else _outside(found)
    context = {
        "title": str(found),
        "standing": presenters.standing(found, today, is_inside=inside),
        "campaign": found,
        "is_inside": inside,
        "may_write": may_write,
        "may_link": may_write and found.unit.parent_id is not None and found.state in selectors.OPEN,
        "plan": found.plan if inside else selectors.visible_plan_of(request.user, found),
        "waves": presenters.waves_of(found, today),
        "answer": answer,
        "may_answer": may_answer,
        "act": next_act(
            found,
            today,
            may_write=may_write,
            may_answer=may_answer,
            answer=answer,
            to_hand_down=_waits_to_be_handed_down(own),
        ),
        **own,
    }
    return render(request, "campaigns/campaign.html", context)


def _inside(request: HttpRequest, found: Campaign, today: dt.date) -> dict[str, Any]:
    """What only the own unit reads: how far, who is missing, what is next, history."""
    is_open = found.state in (CampaignState.RUNNING, CampaignState.CLOSED)
    bearers = bearers_of(found) if is_open else []
    targets = presenters.shown_targets(targets_of(found, bearers=bearers)) if is_open else []
    is_running = found.state == CampaignState.RUNNING
    is_launcher = found.unit.kind != Unit.Kind.COMMUNE
    paper = found.plan.paper if found.plan else None
    return {
        "targets": targets,
        "targets_words": presenters.targets_words(targets),
        "planned": [] if is_open else _planned(found),
        "days": presenters.coming_days(found, today, is_inside=True),
        "registrations": counts(found, places=still_there(bearers)) if is_running else None,
        "requests": list(requests_for(_ASKED, found.pk, request.user)),
        "may_ask": is_running and request.user.has_perm("campaigns.write_campaign", found),
        "is_launcher": is_launcher,
        "board": handing.board_of(found) if is_launcher and is_open else None,
        "paper": paper,
        "may_send": paper is not None and request.user.has_perm("documents.send_paper", paper),
        "history": history_page(found, request.GET.get(HISTORY, "")),
    }


def _waits_to_be_handed_down(own: dict[str, Any]) -> bool:
    """Launched, its plan issued, and no unit below has it yet."""
    board = own.get("board")
    return bool(board and board.units and not board.has_gone_out and own["may_send"])


def _outside(found: Campaign) -> dict[str, Any]:
    return {"planned": _planned(found)}


def _planned(found: Campaign) -> list[tuple[Target, str]]:
    """What is to be reached, without what was."""
    return [(target, in_words(target)) for target in found.targets.all()]


@require_safe
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Units below: who has it, who has answered, how late."""
    found: Campaign = get_object_or_404(selectors.for_page(request.user), pk=pk)
    if not inside_campaigns(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    board = handing.board_of(found)
    units = AnswerFilter(request.GET, Unit.objects.filter(pk__in=board.units), board=board)
    page = list_page(request, units.qs, sorts=UNIT_SORTS, default="ten")
    paper = found.plan.paper if found.plan else None
    context = {
        "title": "Đơn vị cấp dưới hưởng ứng",
        "standing": board.words or "Chưa có đơn vị cấp dưới nào.",
        "campaign": found,
        "board": board,
        "filter": units,
        "is_filtered": units.form.has_changed(),
        "page": page,
        "rows": rows_of(page.rows, board),
        "paper": paper,
        "may_send": paper is not None and request.user.has_perm("documents.send_paper", paper),
        "may_ask": paper is not None
        and board.request is None
        and request.user.has_perm("campaigns.write_campaign", found),
    }
    return render(request, "campaigns/answers.html", context)
