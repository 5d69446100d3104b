"""What is on record of one subject, year by year, its rows before a merger included, as the dossier shows it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Q

from awards.judging import asked_by_of, standing_grants
from awards.models import Grant, Headcount, Impediment, Initiative, Nominee, Rating, Subject
from awards.shipped import award_name
from awards.states import LIVE

YEARS_SHOWN = 6
"""Of the longest condition (Bằng khen của Thủ tướng: five years) and one more."""


@dataclass(slots=True)
class YearOf:
    """One year; what came from an earlier row (before a merger) is read, not edited."""

    year: int
    rating: Rating | None = None
    headcount: Headcount | None = None
    is_maternity: bool = False
    titles: list[Grant] = field(default_factory=list)
    own: bool = True


@dataclass(slots=True)
class Known:
    years: list[YearOf]
    initiatives: list[Initiative]
    chosen: set[int]
    uses: dict[int, list[str]]
    """Initiative → where it serves already."""
    before: list[Subject]
    """The rows that it continues."""


def known_of(nominee: Nominee) -> Known:
    """Six queries and one a merger."""
    subject = nominee.subject
    assert subject is not None
    everybody = list(asked_by_of([subject.pk]))
    earlier = [pk for pk in everybody if pk != subject.pk]
    before = list(Subject.objects.filter(pk__in=earlier).select_related("unit")) if earlier else []
    grants = list(standing_grants().filter(subject__in=everybody).select_related("decision"))
    ratings = list(Rating.objects.filter(subject__in=everybody).order_by("pk"))
    counts = list(Headcount.objects.filter(subject__in=everybody).order_by("pk"))
    maternity = set(subject.maternity_years).union(*(one.maternity_years for one in before))
    years = _years(nominee.year, [*grants, *ratings, *counts], maternity)
    rows = {year: YearOf(year, is_maternity=year in maternity) for year in years}
    for rating in ratings:
        rows[rating.year].rating = rating
        rows[rating.year].own = rating.subject_id == subject.pk
    for count in counts:
        rows[count.year].headcount = count
        rows[count.year].own = count.subject_id == subject.pk
    for grant in grants:
        rows[grant.year].titles.append(grant)
    ideas = list(Initiative.objects.filter(authors__in=everybody).distinct().order_by("-year", "title", "pk"))
    chosen = set(nominee.initiatives.values_list("pk", flat=True))
    return Known(list(rows.values()), ideas, chosen, uses_of([one.pk for one in ideas], but=nominee.pk), before)


def _years(asked: int, rows: list[Grant | Rating | Headcount], maternity: set[int]) -> list[int]:
    """The newest first: those that a condition may ask for, and whatever else is on record."""
    needed = set(range(asked - YEARS_SHOWN + 1, asked + 1))
    return sorted(needed | {row.year for row in rows} | maternity, reverse=True)


def uses_of(initiative_ids: list[int], *, but: int = 0) -> dict[int, list[str]]:
    """Initiative → «Chiến sĩ thi đua cơ sở năm 2026, Nguyễn Thị Hoa»: dossiers that count."""
    links = Nominee.initiatives.through.objects.filter(initiative__in=initiative_ids, nominee__state__in=LIVE).exclude(
        nominee=but
    )
    found: dict[int, list[str]] = defaultdict(list)
    for pk, award, year, name in links.order_by("nominee_id").values_list(
        "initiative_id", "nominee__award", "nominee__year", "nominee__name"
    ):
        found[pk].append(f"{award_name(award)} năm {year}, {name}")
    return found


def impediments_of(subject: Subject) -> list[Impediment]:
    """Of the subject and of what it continues."""
    return list(Impediment.objects.filter(subject__in=asked_by_of([subject.pk])).select_related("subject"))


def with_counts() -> dict[str, Count]:
    """Annotation for lists of initiatives: how many dossiers use each one."""
    return {"used": Count("nominees", filter=Q(nominees__state__in=LIVE), distinct=True)}
