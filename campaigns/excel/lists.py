"""Results as they go into a sheet: what stands there, or the rows to fill in."""

from __future__ import annotations

from typing import Any

from django.http import Http404, QueryDict
from django.utils import timezone

from campaigns.excel.results import ResultResource
from campaigns.excel.spots import Results, spots_of
from campaigns.models import Campaign, Target
from campaigns.periods import Period
from campaigns.results import selectors
from campaigns.selectors import inside_campaigns
from core.exporting import Listed
from units.models import Part, Unit

TO_FILL = "campaigns.results_to_fill"
PERIOD, TARGET, BEARER = "ky", "chi-tieu", "noi"
"""As in the address of the page of results."""


def list_results(user: Any, campaign_id: int, query: QueryDict) -> Listed:
    """What the page shows, the parts beside the whole; of one target or one place where the page asks for it."""
    campaign = _inside(user, campaign_id)
    period = period_asked(campaign, query)
    title = f"Kết quả {period.words}: {campaign.title}"
    return _listed(
        campaign, period, query, Results.of(campaign, period), title, f"ket-qua-{campaign.pk}-{period.code}"
    )


def list_to_fill(user: Any, campaign_id: int, query: QueryDict) -> Listed:
    """The targets and places in force, without a figure."""
    campaign = _inside(user, campaign_id)
    period = period_asked(campaign, query)
    title = f"Ghi kết quả {period.words} vào cột Thực hiện, chưa có số thì để trống: {campaign.title}"
    return _listed(campaign, period, query, None, title, f"mau-ket-qua-{campaign.pk}-{period.code}")


def period_asked(campaign: Campaign, query: QueryDict) -> Period:
    """The one of the address; else the last one that is over, of one day the longest, as the page shows it."""
    if code := query.get(PERIOD, ""):
        if found := selectors.chosen_period(campaign, code):
            return found
        raise Http404
    offered = selectors.periods_to_report(campaign)
    over = [period for period in offered if period.last <= timezone.localdate()]
    return over[-1] if over else offered[0]


def _inside(user: Any, pk: int) -> Campaign:
    campaign = inside_campaigns(user).select_related("unit").filter(pk=pk).first()
    if campaign is None:
        raise Http404
    return campaign


def _listed(
    campaign: Campaign, period: Period, query: QueryDict, results: Results | None, title: str, name: str
) -> Listed:
    """``results`` None: nothing that stands there is shown, nor who is gone."""
    targets: list[Target] = list(selectors.targets_of(campaign))
    is_blank = results is None
    bearers: list[Part | Unit] = list(selectors.bearer_rows(campaign)) if is_blank else selectors.bearers_of(campaign)
    resource = ResultResource()
    resource.offer(targets, bearers)
    if pk := query.get(TARGET, ""):
        targets = [one for one in targets if str(one.pk) == pk] or _not_there()
    if key := query.get(BEARER, ""):
        bearers = [one for one in bearers if "".join(map(str, selectors.bearer_of(one))) == key] or _not_there()
    rows = spots_of(
        campaign,
        period,
        targets=targets,
        bearers=bearers,
        results=results.counted if results else {},
        with_whole=not key,
        with_all=is_blank or bool(pk or key),
    )
    return Listed(resource, rows, title[:200], name, campaign.unit_id)  # type: ignore[arg-type]  # counted, gone through


def _not_there() -> list[Any]:
    raise Http404
