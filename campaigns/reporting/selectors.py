"""Reads: the figures of a review from the rows, reviews and exemplars for their pages.

Only for those inside the unit (``campaigns.selectors.inside_campaigns``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import django_filters
from django.db import models

from campaigns.measuring import Pace
from campaigns.models import Campaign, Exemplar, Review, Wave
from campaigns.periods import Period, period_of
from campaigns.reporting.figures import (
    ExemplarFigures,
    Figures,
    MovementFigures,
    PartCount,
    PlaceFigures,
    Registrations,
    TargetFigures,
    WaveFigures,
)
from campaigns.results import selectors as results
from campaigns.results.selectors import Standing
from campaigns.results.standing import Reported, measured, newest_of_each
from campaigns.results.status import status_of
from campaigns.selectors import inside_campaigns
from campaigns.taking_part.selectors import counts
from campaigns.wording import in_words
from core.filters import WordsFilter
from core.text import fold
from units.models import Part, Unit

# -- Figures -------------------------------------------------------------------------------


def figures_of(campaign: Campaign, period: str, *, wave: Wave | None = None, is_final: bool | None = None) -> Figures:
    """As the rows are now; the same number of queries however many rows there are.

    Of a wave: its own targets and those of the whole time. ``period`` is a code; raise ``UnfitPeriod`` else.
    """
    until = period_of(period)
    is_final = ends(campaign, until) if is_final is None else is_final
    rows, bearers = results.figures_of(campaign), results.bearers_of(campaign, until.last)
    standings = results.standing(campaign, period=period, figures=rows, bearers=bearers)
    targets = [one for one in standings if wave is None or one.target.wave_id in (None, wave.pk)]
    return Figures(
        campaign=campaign.pk,
        title=campaign.title,
        theme=campaign.theme,
        year=campaign.year,
        period=period,
        period_words=until.words,
        last_day=until.last,
        wave=wave.name if wave else "",
        is_final=is_final,
        launched_on=campaign.launched_on,
        targets=tuple(_target(one, until, is_final=is_final) for one in targets),
        places=tuple(_places(targets, until, rows, bearers)),
        registrations=_registrations(campaign, until.last),
        waves=tuple(_wave(row, campaign, until) for row in campaign.waves.all()),
        movements=tuple(MovementFigures(row.pk, row.name, row.lead) for row in campaign.movements.all()),
        exemplars=tuple(_exemplar(row) for row in exemplars_of(campaign, until, wave)),
    )


def ends(campaign: Campaign, period: Period) -> bool:
    """Whether the review of the period is the last one."""
    return period.last >= (campaign.end or dt.date(period.last.year, 12, 31))


def _target(one: Standing, until: Period, *, is_final: bool) -> TargetFigures:
    target, figure = one.target, one.figure
    parts = figure.parts
    return TargetFigures(
        target=target.pk,
        text=target.text,
        aim=in_words(target),
        measure=target.measure,
        low=target.low,
        grows=target.adds_up,
        value=figure.value,
        period=figure.period.words if figure.period else "",
        is_current=figure.period is not None and figure.period.last == until.last,
        is_sum=figure.is_sum,
        percent=None if figure.is_partial else figure.percent,
        status=status_of(figure),
        parts=PartCount(parts.reported, parts.expected, parts.noun) if parts else None,
        forecast=None if is_final or figure.is_partial else figure.forecast,
        movement=target.movement_id,
    )


def _places(
    targets: Sequence[Standing], until: Period, rows: Mapping[int, Sequence[Reported]], bearers: Sequence[Part | Unit]
) -> list[PlaceFigures]:
    """Those that were given shares, in their order."""
    found: dict[tuple[str, int], list[int]] = {}
    for one in targets:
        newest = newest_of_each(rows.get(one.target.pk, []), until.last, until.code)
        for bearer, share in one.shares.items():
            tally = found.setdefault(bearer, [0, 0, 0])
            aim = results.part_aim(one.target, share)
            said = measured(aim, newest.get(bearer), results.span_of(one.target))
            tally[0] += 1
            tally[1] += said.value is not None
            tally[2] += said.pace is Pace.REACHED
    return [
        PlaceFigures(_name(row), results.noun_of(row), *found[results.bearer_of(row)])
        for row in bearers
        if results.bearer_of(row) in found
    ]


def _name(row: Any) -> str:
    return str(row) if isinstance(row, Unit) else row.name


def _registrations(campaign: Campaign, day: dt.date) -> Registrations | None:
    """As they are now, of those in force on the day; None where nobody was asked and nothing came."""
    found = counts(campaign, day=day)
    if campaign.register_by is None and found.missing == found.total:
        return None
    return Registrations(found.approved, found.waiting, found.returned, found.missing, found.people)


def _wave(row: Wave, campaign: Campaign, until: Period) -> WaveFigures:
    """Days that lie outside the campaign were misprinted: they are left out."""
    days = [day for day in (row.start, row.end) if day]
    fits = all(
        (campaign.start is None or day >= campaign.start) and (campaign.end is None or day <= campaign.end)
        for day in days
    )
    is_coming = row.start is not None and row.start > until.last
    return WaveFigures(row.name, row.start if fits else None, row.end if fits else None, is_coming)


def _exemplar(row: Exemplar) -> ExemplarFigures:
    place = row.part.name if row.part else ""
    return ExemplarFigures(row.pk, row.kind, row.name, place, row.story, row.day, row.proposed, row.picture_id)


def exemplars_of(campaign: Campaign, period: Period, wave: Wave | None = None) -> models.QuerySet[Exemplar]:
    """Of the wave; else those collected from the beginning of the year to the last day of the period."""
    rows = Exemplar.objects.filter(campaign=campaign).select_related("part", "picture")
    in_time = models.Q(day__gte=period.first, day__lte=period.last)
    if wave is not None:
        in_time = models.Q(wave=wave) | models.Q(wave=None) & in_time
    return rows.filter(in_time).order_by("kind", "day", "pk")


# -- Reviews -------------------------------------------------------------------------------


def reviews_of(campaign: Campaign) -> models.QuerySet[Review]:
    return Review.objects.filter(campaign=campaign).select_related("wave", "paper").order_by("-pk")


def review_for(user: Any) -> models.QuerySet[Review]:
    return Review.objects.filter(campaign__in=inside_campaigns(user).order_by().values("pk")).select_related(
        "campaign__unit__parent",
        "campaign__plan__issuer__unit",
        "campaign__plan__issuer__part",
        "campaign__plan__paper",
        "wave",
        "issuer__unit",
        "issuer__part",
        "paper__issuer__unit",
        "paper__issuer__part",
        "paper__issued_file",
        "paper__word_file",
        "paper__signed_file",
    )


def any_review(campaign: Campaign, period: str) -> Review:
    """That of the period: the one of the whole campaign, else of its wave; one that nobody began yet is not kept."""
    rows = reviews_of(campaign).filter(period=period).select_related("paper__issued_file", "paper__word_file")
    found = sorted(rows, key=lambda review: review.wave_id is not None)
    return found[0] if found else Review(campaign=campaign, period=period, is_final=ends(campaign, period_of(period)))


# -- Exemplars -----------------------------------------------------------------------------


def exemplars_for_list(campaign: Campaign) -> models.QuerySet[Exemplar]:
    return Exemplar.objects.filter(campaign=campaign).select_related("part", "wave", "picture", "by__person")


def files_of_exemplars(user: Any) -> models.Q:
    """A scope for ``core.files``: members of the unit see the pictures of its exemplars."""
    seen = Exemplar.objects.filter(campaign__in=inside_campaigns(user).order_by().values("pk"))
    return models.Q(pk__in=seen.exclude(picture=None).order_by().values("picture"))


class ExemplarFilter(django_filters.FilterSet):
    q = WordsFilter(label="Tìm tên, việc làm, không cần gõ dấu", method="with_words")
    loai = django_filters.ChoiceFilter("kind", label="Đối tượng", choices=Exemplar.Kind.choices, empty_label="Tất cả")
    dot = django_filters.ModelChoiceFilter(
        "wave", label="Đợt", queryset=Wave.objects.none(), empty_label="Mọi đợt", null_label="Không theo đợt"
    )
    khen = django_filters.ChoiceFilter(
        label="Đề nghị khen thưởng",
        choices=[("co", "Có đề nghị"), ("khong", "Chưa đề nghị")],
        method="are_proposed",
        empty_label="Tất cả",
    )

    class Meta:
        model = Exemplar
        fields: list[str] = []

    def __init__(self, data: Any, *, campaign: Campaign) -> None:
        super().__init__(data, queryset=exemplars_for_list(campaign))
        self.form.fields["dot"].queryset = Wave.objects.filter(campaign=campaign).order_by("order")

    def with_words(self, rows: models.QuerySet[Exemplar], name: str, words: str) -> models.QuerySet[Exemplar]:
        """There are a few dozen in a campaign and no folded column, so their words are folded here."""
        wanted = fold(words[:100]).split()
        texts = rows.values_list("pk", "name", "story", "part__name", "proposed")
        fitting = [pk for pk, *said in texts if all(word in fold(" ".join(filter(None, said))) for word in wanted)]
        return rows.filter(pk__in=fitting)

    def are_proposed(self, rows: models.QuerySet[Exemplar], name: str, wanted: str) -> models.QuerySet[Exemplar]:
        return rows.exclude(proposed="") if wanted == "co" else rows.filter(proposed="")
