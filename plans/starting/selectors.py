"""Reads for the pages from which a plan is started: what it may be made from, and what is known of who adopts it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from core.text import fold
from documents.selectors import legal_text_rows
from plans.models import Plan
from plans.moving import LegalTextRow, ReformNames
from plans.moving.reform import REFORM
from plans.selectors import for_list, visible_plans, with_content
from plans.starting.proposals import Adoption
from plans.states import SHOWN_ABOVE
from units.models import Issuer, Membership, Person, Succession, Unit
from units.selectors import issuers_of, predecessor_ids, standing_of

MOST_COLUMNS = 5
"""Plans side by side on the page that merges them."""


def units_to_plan_for(user: Any) -> list[Unit]:
    """Where the user may start a plan, by name."""
    officer_of = standing_of(user).units_with_role(Membership.Role.OFFICER)
    return list(Unit.objects.filter(pk__in=officer_of).select_related("parent__parent").order_by("name", "pk"))


def own_earlier_plans(user: Any, unit: Unit) -> models.QuerySet[Plan]:
    """The unit's and its predecessors', the newest first; of one year the unit's own and the annual plan first."""
    mine = models.Q(unit=unit) | models.Q(unit__in=predecessor_ids([unit.pk]))
    is_own = models.Case(models.When(unit=unit, then=0), default=1)
    is_annual = models.Case(models.When(kind=Plan.Kind.ANNUAL, then=0), default=1)
    return for_list(user).filter(mine, amends=None).order_by("-year", is_annual, is_own, "-id")


def sent_plans_of_others(user: Any, unit: Unit) -> models.QuerySet[Plan]:
    mine = models.Q(unit=unit) | models.Q(unit__in=predecessor_ids([unit.pk]))
    sent = for_list(user).filter(state__in=SHOWN_ABOVE, amends=None).exclude(mine)
    return sent.order_by("-year", "unit__name", "-id")


def plans_to_merge(user: Any, unit: Unit, before: int) -> list[Plan]:
    """Annual plans of one year that different predecessors left, of the last year with at least two; else none."""
    found = (
        visible_plans(user)
        .filter(unit__in=predecessor_ids([unit.pk]), kind=Plan.Kind.ANNUAL, year__lte=before, amends=None)
        .select_related("unit")
        .order_by("-year", "unit__name", "-id")
    )
    by_year: dict[int, dict[int, Plan]] = {}
    for plan in found[: 10 * MOST_COLUMNS]:
        by_year.setdefault(plan.year, {}).setdefault(plan.unit_id, plan)
    return next((list(plans.values())[:MOST_COLUMNS] for plans in by_year.values() if len(plans) > 1), [])


def sources(user: Any, pks: Sequence[int]) -> list[Plan]:
    """In the order asked for, with all that ``plan_data`` reads; what the user may not see is not among them."""
    plans = with_content(visible_plans(user).filter(pk__in=pks, amends=None)).select_related("unit__parent")
    found = {plan.pk: plan for plan in plans}
    return [found[pk] for pk in dict.fromkeys(pks) if pk in found]


def issuers_in_force(unit: Unit, day: dt.date) -> list[Issuer]:
    return list(issuers_of(unit.pk, day))


def signers_of(unit: Unit) -> dict[str, str]:
    """Who heads the unit's committee, as far as its people are entered."""
    names = {"chairman": "", "vice_chairman": ""}
    for person in Person.objects.on().filter(unit=unit, search__contains="chu tich").order_by("pk"):
        if _COMMITTEE_POST.search(fold(person.post)):
            role = "vice_chairman" if fold(person.post).startswith("pho ") else "chairman"
            names[role] = names[role] or person.full_name
    return names


_COMMITTEE_POST = re.compile(r"^(?:pho )?chu tich (?:uy ban nhan dan|ubnd)\b")


# -- Who adopts a plan -------------------------------------------------------------------


def adoption_of(unit: Unit, plans: Sequence[Plan], year: int, today: dt.date) -> Adoption:
    """What is known of the unit that takes these plans over into ``year``."""
    day = min(max(today, dt.date(year, 1, 1)), dt.date(year, 12, 31))
    heirs, shared = _heirs(unit, plans)
    names = ReformNames(_province_of(unit), heirs, day, _laws())
    crosses = day >= REFORM and any(map(_is_of_three_tiers, plans))
    return Adoption(year, names, crosses, unit.village_word, shared)


def _is_of_three_tiers(plan: Plan) -> bool:
    """By the life of its unit, else by its day, else by its year: plans are made at the year's beginning."""
    begins, ends = plan.unit.valid_from, plan.unit.valid_to
    if ends is not None and ends < REFORM:
        return True
    if begins is not None and begins >= REFORM:
        return False
    if plan.date.year and plan.date.month:
        return dt.date(plan.date.year, plan.date.month, plan.date.day or 1) < REFORM
    return plan.year <= REFORM.year


def _province_of(unit: Unit) -> str:
    """«tỉnh Lạng Sơn»; only «tỉnh» where the level above is not entered."""
    above: Unit | None = unit
    while above is not None and above.kind != Unit.Kind.PROVINCE:
        above = above.parent
    return str(above) if above else "tỉnh"


def _heirs(unit: Unit, plans: Iterable[Plan]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Old name → new name, of units around the sources and of parts that the unit took over; and those split up."""
    found: dict[str, list[str]] = {}
    for succession in _successions(unit, plans):
        old = succession.old_unit or succession.old_part
        new = succession.new_unit or succession.new_part
        if str(new) not in found.setdefault(str(old), []):
            found[str(old)].append(str(new))
    heirs = {old: news[0] for old, news in found.items()}
    shared = {old.casefold(): tuple(news) for old, news in found.items() if len(news) > 1}
    for plan in plans:  # whoever adopts a plan is its heir, as far as that plan speaks of its own unit
        heirs[str(plan.unit)] = str(unit)
        shared.pop(str(plan.unit).casefold(), None)
    return heirs, shared


def _successions(unit: Unit, plans: Iterable[Plan]) -> list[Succession]:
    """Of the units beside the sources (their papers name neighbours), and of the parts that came to the unit."""
    old_units = [plan.unit_id for plan in plans]
    districts = [plan.unit.parent_id for plan in plans if plan.unit.parent_id]
    units = models.Q(old_unit__in=old_units) | models.Q(old_unit__parent__in=districts) | models.Q(new_unit=unit)
    return list(
        Succession.objects.filter(units | models.Q(new_part__unit=unit))
        .select_related("old_unit", "new_unit", "old_part", "new_part")
        .order_by("-is_whole", "date", "pk")
    )


def _laws() -> tuple[LegalTextRow, ...]:
    return tuple(
        LegalTextRow(
            number=text.number,
            name=text.name,
            in_force_from=text.in_force_from,
            in_force_to=text.in_force_to,
            replaced_by=text.replaced_by.number if text.replaced_by else "",
            issued=text.issued_on,
            issuer=text.issuer,
        )
        for text in legal_text_rows()
    )
