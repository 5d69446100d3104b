"""Reads: campaigns of the list and of one page, with the joins and counts that these show."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce, Least

from campaigns.models import Campaign, Movement, Result, Review, Target, Wave
from campaigns.selectors import visible_campaigns
from campaigns.states import CampaignState
from documents.models import Delivery
from plans.models import Plan
from plans.selectors import visible_plans
from units.models import Person, Unit
from units.selectors import readable_unit_ids, standing_of

LAST_DAY = dt.date(9999, 12, 31)
"""Stands for no day at all, so that both databases put such rows last."""
_MOST_OFFERED = 300
OPEN = (CampaignState.DRAFT, CampaignState.RUNNING)


# -- The list ------------------------------------------------------------------------------


def campaigns_for_list(user: Any, today: dt.date) -> models.QuerySet[Campaign]:
    """With ``target_count``, ``reported_count`` (with a figure) and ``nearest``, the next day of something due."""
    return (
        visible_campaigns(user)
        .select_related("unit__parent", "parent__unit")
        .prefetch_related(waves_told(), own_answers(user))
        .annotate(
            target_count=_count(Target.objects.filter(campaign=models.OuterRef("pk")), "campaign"),
            reported_count=_count(Target.objects.filter(_has_figure(), campaign=models.OuterRef("pk")), "campaign"),
            nearest=_nearest(today),
        )
        .defer("scope", "rewards")
    )


def _count(rows: models.QuerySet, owner: str) -> Coalesce:
    grouped = rows.order_by().values(owner).annotate(n=models.Count("pk")).values("n")
    return Coalesce(models.Subquery(grouped, output_field=models.IntegerField()), 0)


def _has_figure() -> models.Exists:
    return models.Exists(Result.objects.counting().filter(target=models.OuterRef("pk")))


def _nearest(today: dt.date) -> models.Case:
    """``presenters.steps_of`` in SQL, for the order of the list: of a draft its beginning counts, not its end."""
    none = models.Value(LAST_DAY, output_field=models.DateField())
    open_waves = Wave.objects.filter(~reviewed(), campaign=models.OuterRef("pk"), review_by__gte=today)
    first = open_waves.order_by("review_by").values("review_by")[:1]
    days = [
        models.Case(models.When(coming, then=models.F(name)), default=none)
        for name, coming in (
            ("register_by", models.Q(register_by__gte=today)),
            ("start", models.Q(start__gte=today, state=CampaignState.DRAFT)),
            ("end", models.Q(end__gte=today, state=CampaignState.RUNNING)),
        )
    ]
    nearest = Least(*days, Coalesce(models.Subquery(first), none), output_field=models.DateField())
    return models.Case(models.When(state__in=OPEN, then=nearest), default=none)


def reviewed(wave: str = "pk") -> models.Exists:
    """Of a wave: its review was issued. ``wave`` names its id in the rows that ask."""
    return models.Exists(Review.objects.filter(wave=models.OuterRef(wave), paper__isnull=False))


def waves_told() -> models.Prefetch:
    """Each knows ``is_reviewed``."""
    return models.Prefetch("waves", Wave.objects.annotate(is_reviewed=reviewed()).order_by("order"))


def own_answers(user: Any) -> models.Prefetch:
    """By which the user's own units answer the campaign, as ``mine``."""
    return models.Prefetch("answers", _answering(user), to_attr="mine")


def _answering(user: Any) -> models.QuerySet[Campaign]:
    rows = Campaign.objects.filter(unit__in=readable_unit_ids(user)).exclude(state=CampaignState.DROPPED)
    return rows.select_related("unit").order_by("pk")


def from_below(user: Any) -> models.Q:
    """Sent up by a unit one or two levels below: heads, many of them."""
    own = list(standing_of(user).unit_ids)
    return models.Q(unit__parent__in=own) | models.Q(unit__parent__parent__in=own)


# -- One campaign --------------------------------------------------------------------------


def for_page(user: Any) -> models.QuerySet[Campaign]:
    return (
        visible_campaigns(user)
        .select_related(
            "unit__parent", "plan__paper__issuer", "parent__unit", "parent__plan", "follower", "delivery__paper"
        )
        .prefetch_related(waves_told(), models.Prefetch("movements", Movement.objects.order_by("order")))
    )


def own_answer(user: Any, campaign: Campaign) -> Campaign | None:
    """By which the user's own units answer it."""
    return _answering(user).filter(parent=campaign).first()


def for_saving(user: Any) -> models.QuerySet[Campaign]:
    """The head alone, for acts on it."""
    return visible_campaigns(user).select_related("unit__parent", "plan", "parent__unit", "follower")


def visible_plan_of(user: Any, campaign: Campaign) -> Plan | None:
    """Where its words are printed, if the user may open it."""
    if campaign.plan_id is None:
        return None
    return visible_plans(user).filter(pk=campaign.plan_id).only("pk", "title", "subject", "state", "paper").first()


# -- What a form offers --------------------------------------------------------------------


def people_of(unit: Unit) -> list[Person]:
    return list(Person.objects.on().filter(unit=unit).order_by("full_name", "pk"))


def plans_to_link(unit: Unit, *, also: int | None = None) -> list[Plan]:
    """Plans of the kind that have no campaign yet, and the one that is linked now."""
    return _named(plans_of_campaigns(unit).filter(models.Q(campaign=None) | models.Q(pk=also)))


def plans_to_begin_with(unit: Unit) -> list[Plan]:
    """With those that have their campaign: who names one of them is led to it."""
    return _named(plans_of_campaigns(unit))


def plans_of_campaigns(unit: Unit) -> models.QuerySet[Plan]:
    return Plan.objects.filter(unit=unit, kind=Plan.Kind.CAMPAIGN, amends=None)


def _named(rows: models.QuerySet[Plan]) -> list[Plan]:
    return list(
        rows.only("pk", "title", "subject", "number", "symbol", "year", "unit").order_by("-year", "-pk")[
            :_MOST_OFFERED
        ]
    )


def parents_to_answer(user: Any, unit: Unit) -> models.QuerySet[Campaign]:
    """Launched by others, as they came down to the user's units."""
    return (
        visible_campaigns(user)
        .exclude(unit__in=[unit.pk])
        .exclude(from_below(user))
        .filter(state__in=(CampaignState.RUNNING, CampaignState.CLOSED))
    )


def parents_to_link(user: Any, campaign: Campaign) -> list[Campaign]:
    """Which it could answer: those that no other campaign of its unit does."""
    answered = Campaign.objects.filter(unit=campaign.unit_id, parent__isnull=False).exclude(
        state=CampaignState.DROPPED
    )
    rows = parents_to_answer(user, campaign.unit).exclude(pk__in=answered.order_by().values("parent"))
    return list(rows.select_related("unit", "plan").order_by("-year", "-pk")[:_MOST_OFFERED])


def delivery_to(unit: Unit, parent: Campaign) -> Delivery | None:
    """How the paper of the superior's campaign reached the unit."""
    if parent.plan is None or parent.plan.paper_id is None:
        return None
    rows = Delivery.objects.filter(paper=parent.plan.paper_id, receiver=unit, withdrawn_on=None)
    return rows.select_related("paper", "sender").order_by("-sent_on", "-pk").first()
