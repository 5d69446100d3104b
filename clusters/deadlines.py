"""What falls due out of the years of clusters, until its proof is recorded.

clusters.step     a line of the timetable, for the organiser: over when it is said to be done, when every member's
                  paper is there, or when no score sheet waits for its stage. A line that is a task of an issued plan
                  is told as that task alone.
clusters.report   a member's own paper for a line of the timetable: over with its receipt, a waiver, or a delivery to
                  the organiser that answers it
clusters.scoring  a member with accounts has sheets to score: its own, those that it cross-checks, those it heads
clusters.explain  the window in which a member may explain, as long as it is open and nothing was said

Members without accounts are in no list of their own: the organiser's line says how many of them are missing.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from clusters.models import Explanation, Member, Receipt, ScoreSheet, Season, Step
from clusters.receipts.matching import Asked, guess_step
from clusters.states import SeasonState, SheetStage, Stage
from clusters.wording import worded
from documents.deliveries.states import is_open
from documents.models import Delivery
from plans.states import PlanState
from reminders.deadlines import Collector, Deadline, Scope, as_line

STEP, REPORT, SCORING, EXPLAIN = "clusters.step", "clusters.report", "clusters.scoring", "clusters.explain"
SEASON = "clusters.season"
"""Kind of the group: who watches a season watches its deadlines."""

_RUN = (SeasonState.RUNNING, SeasonState.SCORING, SeasonState.RANKED, SeasonState.PUBLISHED)
_OWED = (SeasonState.RUNNING, SeasonState.SCORING)
_LOOKED_BACK = dt.timedelta(days=92)
"""A quarter: whoever enters last year's cluster is not told of all that it lacks, as with tasks of plans."""
_BEFORE = dt.timedelta(days=120)
_WAITING = {
    Step.Kind.SELF: (SheetStage.SELF,),
    Step.Kind.CROSS: (SheetStage.SELF, SheetStage.CROSS),
    Step.Kind.HEAD: (SheetStage.SELF, SheetStage.CROSS, SheetStage.HEAD),
    Step.Kind.REVIEW: (SheetStage.SELF, SheetStage.CROSS, SheetStage.HEAD, SheetStage.REVIEW),
}
"""Sheets that have not passed that stage yet."""
SLOTS = {Stage.SELF: 1, Stage.CROSS: 2, Stage.HEAD: 3}
ASKED = 4
"""Slots of ``SCORING``; the last is the own sheet where the timetable counts how late it comes."""
_JUDGED = (Step.Kind.SELF, Step.Kind.CROSS, Step.Kind.HEAD)
"""Named as the stages are."""
_EPOCH = dt.date(2000, 1, 1)
"""A window for explanations has its last day as its slot: opened again or longer it is told anew."""
BY_HAND, PAPERS, SHEETS = 0, 1, 2
"""Slots of ``STEP``: what settles the line."""


def collect(scope: Scope) -> Iterator[Deadline]:
    """What members owe: in one query, and one for deliveries where papers are owed."""
    rows = list(_members(scope))
    yield from _reports([row for row in rows if _is_owed(row, scope)])
    for _, lines in itertools.groupby(rows, key=lambda row: row.pk):
        yield from _scoring(list(lines), scope)


def _members(scope: Scope) -> models.QuerySet[Any]:
    """With accounts: a row for each line of the timetable that asks them for something, in its order."""
    # Named first: each condition is then about that one line, and not about any line of the season.
    lines = {"step": "pk", "slot": "order", "text": "text", "due": "due", "line_kind": "kind", "asks": "asks_members"}
    there = Receipt.objects.filter(member=models.OuterRef("pk"), step=models.OuterRef("step")).exclude(_is_blank())
    at_head = ScoreSheet.objects.filter(member__season=models.OuterRef("season"), stage=SheetStage.HEAD)
    crossing = ScoreSheet.objects.filter(cross_by=models.OuterRef("pk"), stage=SheetStage.CROSS)
    said = Explanation.objects.filter(sheet=models.OuterRef("sheet"))
    rows = Member.objects.annotate(**{name: models.F(f"season__steps__{field}") for name, field in lines.items()})
    rows = rows.annotate(
        came=models.Exists(there),
        cross_count=_count(crossing, "cross_by"),
        others=_count(at_head.exclude(member__role=Member.Role.HEAD), "member__season"),
        heads=_count(at_head.filter(member__role=Member.Role.HEAD), "member__season"),
        has_explained=models.Exists(said),
    )
    is_scored = models.Q(season__state=SeasonState.SCORING)
    explains = models.Q(sheet__explain_until__gte=timezone.localdate())
    return (
        rows.filter(_in_force("unit", scope, "pk"), unit__isnull=False, season__state__in=_OWED)
        .filter(models.Q(asks=True, came=False) | is_scored & (models.Q(line_kind__in=_JUDGED) | explains))
        .select_related("season__cluster", "sheet")
        .order_by("pk", "season__steps__order")
    )


def _is_near(due: dt.date | None, season: Season, scope: Scope) -> bool:
    """Of this year's seasons, or a day not long over; near enough for whoever asks."""
    today = timezone.localdate()
    is_recent = due is not None and (season.year >= today.year or due >= today - _LOOKED_BACK)
    return is_recent and (scope.until is None or (due is not None and due <= scope.until))


def _in_force(unit: str, scope: Scope, subject: str) -> models.Q:
    """Of units asked for that still are in force, and of the subjects asked for."""
    today = timezone.localdate()
    found = models.Q(**{f"{unit}__valid_to": None}) | models.Q(**{f"{unit}__valid_to__gte": today})
    if scope.units is not None:
        found &= models.Q(**{f"{unit}__in": scope.units})
    if scope.subjects is not None:
        found &= models.Q(**{f"{subject}__in": scope.subjects})
    return found


# -- The organiser's timetable ---------------------------------------------------------------


def collect_steps(scope: Scope) -> Iterator[Deadline]:
    """In one query."""
    for step in _open_steps(scope).order_by("pk"):
        missing = _missing(step)
        if missing == 0:
            continue
        season, cluster = step.season, step.season.cluster
        label = Step.Kind(step.kind).label
        what = step.text if step.kind == Step.Kind.OTHER else f"{worded(label, cluster.kind)}: {step.text}"
        left = f"; còn thiếu {missing} {'đơn vị' if step.asks_members else 'bảng điểm'}" if missing else ""
        assert step.due is not None
        yield Deadline(
            STEP,
            step.pk,
            cluster.unit_id,
            step.due,
            as_line(what),
            slot=_settled_by(step),
            follower_id=cluster.reviewer_id,
            group=season.pk,
            origin=as_line(f"{season}{left}"),
        )


def _open_steps(scope: Scope) -> models.QuerySet[Step]:
    came = Receipt.objects.filter(step=models.OuterRef("pk")).exclude(_is_blank())
    rows = Step.objects.filter(
        _in_force("season__cluster__unit", scope, "pk"),
        season__state__in=_RUN,
        due__gte=timezone.localdate() - _LOOKED_BACK,
        done_on=None,
    ).exclude(task__isnull=False, season__plan__state=PlanState.ISSUED)
    if scope.until is not None:
        rows = rows.filter(due__lte=scope.until)
    return rows.annotate(
        members=_count(Member.objects.filter(season=models.OuterRef("season")), "season"),
        received=_count(came, "step"),
        **{f"at_{stage}": _count(_sheets(stage), "member__season") for stage in _WAITING[Step.Kind.REVIEW]},
    ).select_related("season__cluster")


def _is_blank() -> models.Q:
    """Neither a day nor a waiver: nothing has come."""
    return models.Q(received_on=None, sent_on=None, signed_on=None, waived="")


def _sheets(stage: str) -> models.QuerySet[ScoreSheet]:
    return ScoreSheet.objects.filter(member__season=models.OuterRef("season"), stage=stage)


def _count(rows: models.QuerySet, by: str) -> Any:
    counted = rows.order_by().values(by).annotate(n=models.Count("pk")).values("n")
    return Coalesce(models.Subquery(counted, output_field=models.IntegerField()), 0)


def _missing(step: Any) -> int | None:
    """Members or sheets for which the line still waits; None: nobody counts, a person says that it is done."""
    settled_by = _settled_by(step)
    if settled_by == PAPERS:
        return max(step.members - step.received, 0)
    if settled_by == SHEETS:
        return sum(getattr(step, f"at_{stage}") for stage in _WAITING[step.kind])
    return None


def _settled_by(step: Any) -> int:
    if step.asks_members and step.members:
        return PAPERS
    return SHEETS if step.kind in _WAITING and step.season.state == SeasonState.SCORING else BY_HAND


# -- A member's own papers -------------------------------------------------------------------


def _is_owed(row: Any, scope: Scope) -> bool:
    """Handing in the own sheet is ``SCORING``."""
    is_sheet = row.line_kind == Step.Kind.SELF and row.season.state == SeasonState.SCORING
    return row.asks and not row.came and not is_sheet and _is_near(row.due, row.season, scope)


def _reports(owed: Collection[Any]) -> Iterator[Deadline]:
    """The subject is the member, the slot the line of the timetable."""
    answered = _answered(owed)
    for row in owed:
        if (row.pk, row.step) not in answered:
            yield _of_member(REPORT, row, row.due, row.text, slot=row.slot)


def _answered(owed: Collection[Any]) -> set[tuple[int, int]]:
    """(member, step) that a delivery to the organiser answers, though nobody has recorded its receipt yet."""
    if not owed:
        return set()
    asked: dict[tuple[int, int], list[Any]] = {}
    for row in owed:
        asked.setdefault((row.unit_id, row.season.cluster.unit_id), []).append(row)
    deliveries = Delivery.objects.filter(
        is_open(),
        sender__in={sender for sender, _ in asked},
        receiver__in={receiver for _, receiver in asked},
        sent_on__gte=min(row.due for row in owed) - _BEFORE,
    )
    tied = Receipt.objects.filter(delivery=models.OuterRef("pk"))
    found: set[tuple[int, int]] = set()
    for one in deliveries.filter(~models.Exists(tied)).select_related("paper").order_by("sent_on", "pk"):
        rows = asked.get((one.sender_id, one.receiver_id or 0), [])
        steps = [
            Asked(row.step, row.line_kind, row.text, row.due, row.season.year)
            for row in rows
            if (row.pk, row.step) not in found
        ]
        guess = guess_step(steps, f"{one.paper.kind} {one.paper.subject} {one.purpose}", one.sent_on)
        found |= {(row.pk, row.step) for row in rows if guess.is_sure and row.step == guess.pk}
    return found


def _of_member(kind: str, member: Any, due: dt.date, what: str, slot: int = 0) -> Deadline:
    season = member.season
    words = as_line(worded(what, season.cluster.kind))
    return Deadline(
        kind, member.pk, member.unit_id, due, words, slot=slot, group=season.pk, origin=as_line(str(season))
    )


# -- Scoring ---------------------------------------------------------------------------------


def _scoring(lines: Sequence[Any], scope: Scope) -> Iterator[Deadline]:
    """Sheets that lie with a member: its own, those that it cross-checks, those that it judges as head or deputy; and
    the window in which it may explain, which is a right: it is gone without lateness when it closes."""
    row = lines[0]
    if row.season.state != SeasonState.SCORING:
        return
    sheet = getattr(row, "sheet", None)
    heads = {Member.Role.HEAD.value: row.others, Member.Role.DEPUTY.value: row.heads}.get(row.role, 0)
    is_own = sheet is not None and sheet.stage == SheetStage.SELF
    for stage, count, what in (
        (Stage.SELF, int(is_own), "Tự chấm điểm, gửi bảng điểm"),
        (Stage.CROSS, row.cross_count, f"Chấm chéo {row.cross_count} bảng điểm"),
        (Stage.HEAD, heads, f"Trưởng cụm chấm {heads} bảng điểm"),
    ):
        days = sorted(one.due for one in lines if one.line_kind == stage.value and one.due)
        if count and days and _is_near(days[0], row.season, scope):
            is_asked = any(one.asks and one.line_kind == stage.value and one.due == days[0] for one in lines)
            yield _of_member(
                SCORING, row, days[0], what, slot=ASKED if stage is Stage.SELF and is_asked else SLOTS[stage]
            )
    until = sheet.explain_until if sheet else None
    if until and until >= timezone.localdate() and not row.has_explained and _is_near(until, row.season, scope):
        slot = (until - _EPOCH).days
        yield _of_member(EXPLAIN, row, until, "Xem điểm bị trừ, gửi giải trình nếu có", slot=slot)


# -- Addresses -------------------------------------------------------------------------------


def _page(deadline: Deadline) -> str:
    return reverse("clusters:season", args=[deadline.group])


def _step_form(deadline: Deadline) -> str:
    """Where receipts are recorded, sheets are judged, or a line of the timetable is said to be done."""
    if deadline.slot == PAPERS:
        return f"{_receipts(deadline)}?viec={deadline.subject}&trang_thai=chua"
    return _sheets_page(deadline) if deadline.slot == SHEETS else _page(deadline)


def _sheets_page(deadline: Deadline) -> str:
    return reverse("clusters:sheets", args=[deadline.group])


def _receipts(deadline: Deadline) -> str:
    return reverse("clusters:receipts", args=[deadline.group])


def _report_form(deadline: Deadline) -> str:
    return reverse("clusters:receipt_due", args=[deadline.group, deadline.subject, deadline.slot])


_ALL: dict[str, Any] = {"group_kind": SEASON, "group_label": "cả năm thi đua"}

COLLECTORS = (
    Collector(STEP, "Lịch cụm thi đua", collect_steps, _step_form, _page, **_ALL, record_words="Ghi kết quả"),
    Collector(REPORT, "Văn bản gửi cụm thi đua", collect, _report_form, _receipts, **_ALL, record_words="Gửi văn bản"),
    Collector(SCORING, "Chấm điểm thi đua", collect, _sheets_page, _sheets_page, **_ALL, record_words="Mở bảng điểm"),
    Collector(
        EXPLAIN,
        "Giải trình điểm thi đua",
        collect,
        _sheets_page,
        _sheets_page,
        **_ALL,
        record_words="Xem điểm, giải trình",
    ),
)
