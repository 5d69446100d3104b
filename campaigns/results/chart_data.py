"""What the charts of a campaign are drawn of, for its pages and its reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.template.defaultfilters import capfirst

from campaigns.charts import Bar, Bars, Periods, Point
from campaigns.models import Campaign, Target
from campaigns.periods import Period
from campaigns.results import selectors
from campaigns.results.presenters import shown_pace
from campaigns.results.selectors import Standing, aim_of, span_of
from campaigns.results.standing import Bearers, figure_of, rank, time_passed
from campaigns.wording import in_words, percent_in_words, with_measure
from units.models import Part, Unit

_NAMES = {
    "Q1": "Quý I",
    "Q2": "Quý II",
    "Q3": "Quý III",
    "Q4": "Quý IV",
    "H1": "6 th.",
    "9M": "9 th.",
    "Y": "Năm",
    "SY": "Năm học",
}
_TONES = {"done": "done", "overdue": "late", "in_progress": "active"}


def bars_of(standings: Iterable[Standing], title: str) -> Bars:
    """Every target against its figure; those of which nothing is known have words and no bar."""
    return Bars(title, [_bar(one) for one in standings])


def _bar(one: Standing) -> Bar:
    figure, target = one.figure, one.target
    state = shown_pace(figure)
    if figure.value is None:
        asked = f"chỉ tiêu: {in_words(target)}" if in_words(target) else ""
        return Bar(capfirst(target.text), _joined(asked, state.word))
    value = with_measure(figure.value, target.measure)
    aim = f"{value} / {in_words(target)}" if in_words(target) else value
    parts = str(figure.parts) if figure.is_sum else ""
    words = _joined(aim, percent_in_words(figure.percent), state.word, parts)
    return Bar(capfirst(target.text), words, figure.percent, _TONES.get(state.look, "waiting"))


def _joined(*words: str) -> str:
    return " · ".join(word for word in words if word)


def periods_of(campaign: Campaign, target: Target, bearers: Sequence[Part | Unit]) -> Periods:
    """The whole of one target at the end of each period for which anything was reported."""
    rows = selectors.figures_of(campaign, target=target).get(target.pk, [])
    shares = selectors.shares_of(campaign).get(target.pk, {})
    known = Bearers(selectors.nouns_of(bearers), frozenset(shares))
    by_day = {one.period.last: one.period for one in sorted(rows, key=lambda one: rank(one.period))}
    points = []
    for day, period in sorted(by_day.items()):
        figure = figure_of(aim_of(target), rows, known, until=day, span=span_of(target))
        if figure.value is not None and figure.period is not None and figure.period.last == day:
            passed = time_passed(period, span_of(target))
            points.append(Point(_short(period), period.words, figure.value, passed))
    title = f"{capfirst(target.text)}: kết quả qua các kỳ"
    return Periods(title, target.measure, points, target.low, in_words(target))


def _short(period: Period) -> str:
    """Below a point: «T3», «Quý I», «6 th.»."""
    name = period.code.partition("-")[2]
    return f"T{int(name[1:])}" if name.startswith("M") else _NAMES[name]
