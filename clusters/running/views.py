"""Pages that show: the list, one cluster with its years, one season."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clusters.models import Cluster, Member, Season
from clusters.ranking.selectors import forecasts
from clusters.running import moves, presenters, rows, selectors
from clusters.running.lists import SORTS, ClusterFilter
from clusters.running.next_acts import next_act
from clusters.running.presenters import names_in_words
from clusters.running.values import quotas_in_words
from clusters.states import SeasonState
from clusters.wording import deputy, head, word
from core.history import history_lines
from core.paging import list_page
from plans.task_views import with_year


@require_safe
def cluster_list(request: HttpRequest) -> HttpResponse:
    data = with_year(request)
    today = timezone.localdate()
    found = ClusterFilter(data, user=request.user, today=today)
    page = list_page(request, found.qs, sorts=SORTS, default="ten")
    year = data.get("nam", "")
    context = {
        "title": "Cụm thi đua",
        "standing": "Các cụm, khối thi đua: năm nào đang ở bước nào, việc gần nhất còn bao nhiêu ngày.",
        "filter": found,
        "page": page,
        "rows": [presenters.row_of(one, today, year) for one in page.rows],
        "is_filtered": any(value for name, value in data.items() if name in found.form.fields and name != "nam"),
        "may_organise": request.user.has_perm("clusters.run_season", None),
        "shown_year": year,
    }
    return render(request, "clusters/running/list.html", context)


@require_safe
def cluster(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    found: Any = get_object_or_404(selectors.cluster_for_page(request.user, today), pk=pk)
    may_run = request.user.has_perm("clusters.run_season", found)
    seasons = found.years
    next_year = seasons[0].year + 1 if seasons else today.year
    context = {
        "title": found.name,
        "standing": f"{found.get_kind_display()} do {found.unit} tổ chức; {_years_told(seasons)}.",
        "cluster": found,
        "word": word(found.kind),
        "head_word": head(found.kind),
        "years": [(season, presenters.look_of(season), *_of_year(season, today)) for season in seasons],
        "may_run": may_run,
        "next_year": next_year,
        "is_inside": _is_inside(request, found),
        "history": history_lines(found, last=50) if _is_inside(request, found) else [],
    }
    return render(request, "clusters/running/cluster.html", context)


def _is_inside(request: HttpRequest, found: Cluster) -> bool:
    return selectors.readable_unit_ids(request.user).filter(pk=found.unit_id).exists()


def _years_told(seasons: list[Season]) -> str:
    return f"{len(seasons)} năm thi đua" if seasons else "chưa có năm thi đua nào"


def _of_year(season: Any, today: Any) -> tuple[str, str]:
    """Who headed it, and what is next."""
    heads = presenters.of_role(season, Member.Role.HEAD)
    return names_in_words(heads), presenters.coming_of(season, today)


@require_safe
def season(request: HttpRequest, pk: int) -> HttpResponse:
    found: Season = get_object_or_404(selectors.season_for_page(request.user), pk=pk)
    today = timezone.localdate()
    inside = selectors.is_inside(request.user, found)
    may_run = request.user.has_perm("clusters.run_season", found)
    sheets = selectors.own_sheets(request.user, found)
    context = {
        "title": str(found),
        "standing": presenters.standing(found, today),
        "season": found,
        "word": word(found.cluster.kind),
        "head_word": head(found.cluster.kind),
        "deputy_word": deputy(found.cluster.kind),
        "heads": presenters.of_role(found, Member.Role.HEAD),
        "deputies": presenters.of_role(found, Member.Role.DEPUTY),
        "quotas": quotas_in_words(list(found.quotas.all())),
        "plan": found.plan if inside else selectors.visible_plan_of(request.user, found),
        "missing": presenters.missing_of(found),
        "steps": presenters.steps_of(found, today),
        "members": presenters.members_of(found),
        "is_inside": inside,
        "may_run": may_run,
        "may_edit": may_run and found.state in (SeasonState.DRAFT, SeasonState.RUNNING, SeasonState.SCORING),
        "act": _act(request, found, may_run=may_run, sheets=sheets),
        "forecasts": [] if inside else forecasts(request.user, found),
        "may_plan": may_run and request.user.has_perm("plans.add_plan", found.cluster.unit),
        **(_inside(found, today, may_run=may_run) if inside else {}),
    }
    return render(request, "clusters/running/season.html", context)


def _act(request: HttpRequest, found: Season, *, may_run: bool, sheets: Any) -> Any:
    after = selectors.season_after(found) if found.state == SeasonState.CLOSED else None
    has_sets = found.state != SeasonState.DRAFT or bool(selectors.sets_to_choose(found))
    return next_act(found, may_run=may_run, sheets=sheets, after=after, has_sets=has_sets)


def _inside(found: Season, today: dt.date, *, may_run: bool) -> dict[str, Any]:
    owes = found.state in (SeasonState.RUNNING, SeasonState.SCORING)
    missing = selectors.papers_missing(found, today) if owes else []
    return {
        "papers_missing": [(step, len(members), names_in_words(members)) for step, members in missing],
        "behind": rows.steps_behind(found) if may_run and found.plan_id else [],
        "back": moves.may_go_back(found),
        "history": history_lines(found, last=50),
    }
