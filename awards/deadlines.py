"""What falls due out of rounds of awards, until it is done.

awards.lists     senders' lists, while they are collected: how many were asked and have not sent is said beside it
awards.superior  the dossier to the superior: the round's own day, else the day that a local rule orders each year
                 (10 December, for schools 10 July); over when the round is through
awards.answers   hiệp y: a body that was asked and has not answered
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from awards.judging import lines_above
from awards.models import Consultation, LocalRule, Nominee, Proposal, Round
from awards.shipped import award_name
from awards.states import LIVE, NomineeState, ProposalState, RoundState
from reminders.deadlines import Collector, Deadline, Scope, as_line

LISTS, SUPERIOR, ANSWERS = "awards.lists", "awards.superior", "awards.answers"
ROUND = "awards.round"
"""Kind of the group: who watches a round watches its deadlines."""

_LOOKED_BACK = dt.timedelta(days=92)
"""A quarter: whoever enters an old round is not told of all that it missed, as with tasks of plans."""
_NOT_SENT = (NomineeState.PROPOSED, NomineeState.CORRECTING, NomineeState.READY, NomineeState.PASSED)
_MOST_NAMED = 2


def collect(scope: Scope) -> Iterator[Deadline]:
    """Of all three kinds. One query; three more where a round has no day of its own, one where a body is asked."""
    rows = list(_open_rounds(scope))
    yield from collect_rounds(rows, scope)
    if scope.subjects is not None or any(row.is_asking for row in rows):
        yield from collect_answers(scope)


def collect_rounds(rows: Sequence[Any], scope: Scope) -> Iterator[Deadline]:
    for row in rows:
        if row.state == RoundState.COLLECTING and _is_near(row.due, scope):
            left = f"; {row.sent} nơi đã gửi, chưa tiếp nhận" if row.sent else ""
            yield _of_round(LISTS, row, row.due, f"Tiếp nhận danh sách đề nghị khen thưởng{left}")
    yield from _to_superiors([row for row in rows if row.unsent], scope)


def _open_rounds(scope: Scope) -> models.QuerySet[Any]:
    lists = Proposal.objects.filter(round=models.OuterRef("pk"), state=ProposalState.SENT)
    unsent = Nominee.objects.filter(round=models.OuterRef("pk"), state__in=_NOT_SENT)
    rows = Round.objects.exclude(state=RoundState.DONE).filter(_in_force("unit", scope, "pk"))
    asking = Consultation.objects.filter(round=models.OuterRef("pk"), answered_on=None, due__isnull=False)
    return (
        rows.filter(year__gte=timezone.localdate().year - 1)
        .annotate(sent=_count(lists), unsent=_count(unsent), is_asking=models.Exists(asking))
        .select_related("unit")
        .order_by("pk")
    )


# -- To the superior -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ordered:
    """A day that a local rule orders for a round."""

    day: dt.date
    awards: tuple[str, ...]
    source: str


def _to_superiors(rounds: Sequence[Any], scope: Scope) -> Iterator[Deadline]:
    ordered = ordered_days([row for row in rounds if row.superior_due is None])
    for row in rounds:
        day, why = row.superior_due, ""
        if day is None and (found := ordered.get(row.pk)):
            day = found.day
            names = ", ".join(award_name(code) for code in found.awards[:_MOST_NAMED])
            why = f" ({names}{'…' if len(found.awards) > _MOST_NAMED else ''}, theo {found.source})"
        if _is_near(day, scope):
            yield _of_round(SUPERIOR, row, day, f"Gửi hồ sơ khen thưởng lên cấp trên{why}")


def ordered_days(rounds: Sequence[Round]) -> dict[int, Ordered]:
    """Round → the first of the days that rules order for what is proposed in it; the higher unit's rule counts."""
    if not rounds:
        return {}
    proposed: dict[int, set[str]] = defaultdict(set)
    live = Nominee.objects.filter(round__in=[row.pk for row in rounds], state__in=LIVE).order_by()
    for pk, award in live.values_list("round", "award").distinct():
        proposed[pk].add(award)
    lines = lines_above({row.unit_id for row in rounds})
    units = {one for line in lines.values() for one in line}
    rules: dict[int, list[LocalRule]] = defaultdict(list)
    today = timezone.localdate()
    for rule in LocalRule.objects.filter(unit__in=units, due_month__isnull=False, due_day__isnull=False):
        if rule.is_in_force(today):
            rules[rule.unit_id].append(rule)
    found: dict[int, Ordered] = {}
    for row in rounds:
        if ordered := _first_day(row, proposed[row.pk], lines[row.unit_id], rules):
            found[row.pk] = ordered
    return found


def _first_day(
    row: Round, proposed: set[str], line: Sequence[int], rules: dict[int, list[LocalRule]]
) -> Ordered | None:
    said: dict[str, LocalRule] = {}
    for unit_id in line:  # from below: a higher unit's word replaces it
        said |= {rule.award: rule for rule in rules[unit_id] if rule.cycle in ("", row.cycle)}
    days: dict[dt.date, list[LocalRule]] = defaultdict(list)
    for code in sorted(proposed & said.keys()):
        days[_day_in(row.year, said[code])].append(said[code])
    if not days:
        return None
    first = min(days)
    return Ordered(first, tuple(rule.award for rule in days[first]), days[first][0].source)


def _day_in(year: int, rule: LocalRule) -> dt.date:
    """29 February, and the 31st of short months: the last day there is."""
    month, day = rule.due_month or 12, rule.due_day or 31
    while True:
        try:
            return dt.date(year, month, day)
        except ValueError:
            day -= 1


# -- Hiệp y ----------------------------------------------------------------------------------


def collect_answers(scope: Scope) -> Iterator[Deadline]:
    """In one query."""
    rows = (
        Consultation.objects.filter(_in_force("round__unit", scope, "pk"), answered_on=None, due__isnull=False)
        .exclude(round__state=RoundState.DONE)
        .annotate(waiting=_count_of_opinions())
        .select_related("round")
        .order_by("pk")
    )
    for row in rows:
        if row.waiting and _is_near(row.due, scope):
            assert row.due is not None
            yield Deadline(
                ANSWERS,
                row.pk,
                row.round.unit_id,
                row.due,
                as_line(f"Hiệp y: {row.body} trả lời về {row.waiting} đối tượng"),
                group=row.round_id,
                origin=as_line(row.round.name),
            )


def _count_of_opinions() -> models.Count:
    return models.Count("opinions", filter=models.Q(opinions__says=""))


# -- ------------------------------------------------------------------------------------------


def _of_round(kind: str, row: Round, due: dt.date | None, what: str) -> Deadline:
    assert due is not None
    return Deadline(kind, row.pk, row.unit_id, due, as_line(what), group=row.pk, origin=as_line(row.name))


def _is_near(due: dt.date | None, scope: Scope) -> bool:
    if due is None or due < timezone.localdate() - _LOOKED_BACK:
        return False
    return scope.until is None or due <= scope.until


def _in_force(unit: str, scope: Scope, subject: str) -> models.Q:
    """Of units asked for that still are in force, and of the subjects asked for."""
    today = timezone.localdate()
    found = models.Q(**{f"{unit}__valid_to": None}) | models.Q(**{f"{unit}__valid_to__gte": today})
    if scope.units is not None:
        found &= models.Q(**{f"{unit}__in": scope.units})
    if scope.subjects is not None:
        found &= models.Q(**{f"{subject}__in": scope.subjects})
    return found


def _count(rows: models.QuerySet) -> Any:
    counted = rows.order_by().values("round").annotate(n=models.Count("pk")).values("n")
    return Coalesce(models.Subquery(counted, output_field=models.IntegerField()), 0)


def _round_page(deadline: Deadline) -> str:
    return reverse("awards:round", args=[deadline.group])


def _check_page(deadline: Deadline) -> str:
    return reverse("awards:check", args=[deadline.group])


def _consultation_page(deadline: Deadline) -> str:
    return reverse("awards:consultation", args=[deadline.subject])


_ALL: dict[str, Any] = {"group_kind": ROUND, "group_label": "cả đợt xét khen thưởng"}

COLLECTORS = (
    Collector(
        LISTS, "Danh sách đề nghị khen thưởng", collect, _round_page, _round_page, **_ALL, record_words="Mở đợt xét"
    ),
    Collector(
        SUPERIOR,
        "Hồ sơ khen thưởng gửi cấp trên",
        collect,
        _check_page,
        _round_page,
        **_ALL,
        record_words="Kiểm tra hồ sơ",
    ),
    Collector(
        ANSWERS,
        "Ý kiến hiệp y",
        collect,
        _consultation_page,
        _consultation_page,
        **_ALL,
        record_words="Ghi ý kiến",
    ),
)
