"""Rankings told to the person at the screen, from rows already read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from clusters.models import Ballot, Commendation, Member, Ranking, Season
from clusters.ranking.ballots import commendable, why_not
from clusters.ranking.commending import DECIDED_IN
from clusters.ranking.differences import show
from clusters.ranking.selectors import Shown, Sight
from clusters.ranking.snapshots import ranked_units
from clusters.ranking.votes import Voted, count_votes
from clusters.rules import has_own_people
from clusters.scoring import Outcome
from clusters.sheets.acting import stages_seen
from clusters.standing import SeasonStanding, read_season
from clusters.states import SeasonState, SheetStage, Stage
from clusters.wording import in_season

_PARTS = (
    ("base", "Cộng tiêu chí"),
    ("conversion", "Quy đổi"),
    ("surplus", "Thưởng vượt kế hoạch"),
    ("bonus", "Điểm thưởng"),
    ("penalty", "Điểm trừ"),
)


# -- The table -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StageTotal:
    stage: str
    total: str
    change: str
    """Against the stage before it: «+1,50», «−2,00»; blank where it left the total as it was."""


@dataclass(frozen=True, slots=True)
class Line:
    shown: Shown
    total: str
    gap: str
    """To the total of the one before it; blank for the first, for equals and for who is not ranked."""
    parts: list[tuple[str, str]] = field(default_factory=list)
    """Head of the column, points."""
    stages: list[StageTotal] = field(default_factory=list)
    where: str = ""
    """Where its sheet lies, while it is being scored."""


@dataclass(slots=True)
class Board:
    lines: list[Line]
    parts: list[str]
    """Heads of the columns: those in which somebody has something."""
    stages: list[str]
    has_apart: bool
    own: list[tuple[str, list[tuple[str, str]]]]
    """Of the user's own units, where the others show totals only: name, rows of words and points."""


def board_of(
    season: Season, shown: Sequence[Shown], *, has_details: bool, live: Mapping[int, Member] | None = None
) -> Board:
    """``live``: members with their sheets, while they are being scored."""
    open_rows = [one.unit for one in shown if one.unit is not None]
    names = [(name, words) for name, words in _PARTS if name == "base" or _any(open_rows, name)]
    stages = [stage for stage in season.stages if has_details and _has_stage(open_rows, stage)]
    lines, before = [], None
    for one in shown:
        member = live.get(one.member) if live and one.member else None
        gap = _gap(before, one)
        row = one.unit if has_details else None
        lines.append(
            Line(
                one,
                show(one.total),
                gap,
                [(words, show(row[name])) for name, words in names] if row else [],
                _stages(season, row, stages, member) if row else [],
                _where(season, member),
            )
        )
        before = one
    return Board(
        lines=lines,
        parts=[words for _, words in names] if has_details else [],
        stages=[in_season(stage.label, season) for stage in stages],
        has_apart=any(one.is_apart for one in shown),
        own=[] if has_details else _own(season, shown, names),
    )


def _any(rows: Iterable[Mapping[str, Any]], name: str) -> bool:
    return any(Decimal(row[name]) for row in rows)


def _has_stage(rows: Iterable[Mapping[str, Any]], stage: Stage) -> bool:
    return any(stage.value in row["stages"] for row in rows)


def _gap(before: Shown | None, one: Shown) -> str:
    if before is None or one.rank in (None, before.rank) or before.rank is None or before.is_apart != one.is_apart:
        return ""
    return show(Decimal(before.total) - Decimal(one.total))


def _stages(
    season: Season, row: Mapping[str, Any], stages: Sequence[Stage], member: Member | None
) -> list[StageTotal]:
    """What a stage has not seen yet is not shown as if it had agreed."""
    seen = stages_seen(member.sheet) if member is not None and hasattr(member, "sheet") else stages
    found, before = [], None
    for stage in stages:
        text, head = row["stages"].get(stage.value), in_season(stage.label, season)
        if text is None or stage not in seen:
            found.append(StageTotal(head, "–", ""))
            continue
        total = Decimal(text)
        found.append(StageTotal(head, show(text), "" if before is None else _signed(total - before)))
        before = total
    return found


def _signed(change: Decimal) -> str:
    if not change:
        return ""
    return f"{'+' if change > 0 else '−'}{show(abs(change))}"


def _where(season: Season, member: Member | None) -> str:
    if member is None or not hasattr(member, "sheet") or member.sheet.stage == SheetStage.DONE:
        return ""
    return in_season(member.sheet.get_stage_display(), season)


def _own(season: Season, shown: Sequence[Shown], names: Sequence[tuple[str, str]]) -> list[Any]:
    found = []
    for one in shown:
        if not one.is_own or one.unit is None:
            continue
        rows = [(words, show(one.unit[name])) for name, words in names]
        rows += [
            (f"Tổng sau bước {in_season(stage.label, season).lower()}", show(one.unit["stages"][stage.value]))
            for stage in season.stages
            if stage.value in one.unit["stages"]
        ]
        found.append((one.name, rows))
    return found


# -- While it is being scored --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShownTie:
    rank: int
    names: list[str]
    url: str
    """Where the votes are entered; blank before every sheet is reviewed."""


@dataclass(frozen=True, slots=True)
class ShownProblem:
    name: str
    criterion: str
    why: str
    url: str


@dataclass(slots=True)
class Live:
    """A season as it would be frozen now."""

    standing: SeasonStanding
    outcome: Outcome
    voted: Voted
    units: list[dict[str, Any]]
    waiting: list[Member]
    """Whose sheets are not reviewed to the end."""


def live_of(season: Season, ballots: Sequence[Ballot]) -> Live:
    standing = read_season(season)
    outcome = standing.outcome()
    voted = count_votes(outcome, ballots)
    waiting = [one for one in season.members.all() if not hasattr(one, "sheet") or one.sheet.stage != SheetStage.DONE]
    return Live(standing, outcome, voted, ranked_units(standing, outcome, voted), waiting)


def ties_shown(season: Season, live: Live) -> list[ShownTie]:
    """Only of a season that is reviewed to the end: before that everybody may stand at nought."""
    if live.waiting:
        return []
    names = {str(member.pk): member for member in live.standing.members}
    return [
        ShownTie(
            tie.rank,
            [names[name].name for name in tie.names],
            reverse("clusters:tie_ballot", args=[season.pk, int(tie.names[0])]),
        )
        for tie in live.voted.ties
    ]


def problems_shown(season: Season, live: Live) -> list[ShownProblem]:
    """What the engine could not compute, led to the row of the sheet where it is put right."""
    members = {str(member.pk): member for member in season.members.all()}
    rows = {row.code: row for row in live.standing.criteria}
    found = []
    for problem in live.outcome.problems:
        member, row = members[problem.unit], rows.get(problem.code)
        sheet = getattr(member, "sheet", None)
        url = _url("clusters:entry", sheet.pk, row.pk) if sheet and row else ""
        found.append(ShownProblem(member.name, f"{row.code} {row.title}" if row else "", problem.why, url))
    return found


def _url(name: str, *args: int) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


# -- Ballots -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShownBallot:
    ballot: Ballot
    what: str
    counts: list[tuple[str, int]]
    note: str
    may_drop: bool


def ballots_shown(season: Season, ballots: Sequence[Ballot], applied: frozenset[int] | None) -> list[ShownBallot]:
    """``applied``: of a season that is being scored, which ones count; None: it is frozen."""
    names, found = {member.pk: member.name for member in season.members.all()}, []
    for ballot in ballots:
        is_tie = ballot.purpose == Ballot.Purpose.TIE
        what = f"Phân hạng các đơn vị cùng hạng {ballot.rank}" if is_tie else f"Suy tôn: {ballot.award}"
        is_idle = is_tie and applied is not None and ballot.pk not in applied
        note = "Không còn tính: các đơn vị bằng điểm đã thay đổi từ lần bỏ phiếu này." if is_idle else ""
        is_open = season.state == SeasonState.SCORING if is_tie else season.state in DECIDED_IN[:2]
        counts = _counts(names, ballot)
        found.append(ShownBallot(ballot, what, counts, note, is_open))
    return found


def _counts(names: Mapping[int, str], ballot: Ballot) -> list[tuple[str, int]]:
    """Those who got votes; the others in one, unless nobody got any."""
    counts = [(names[count.member_id], count.votes) for count in ballot.counts.all()]
    voted = [one for one in counts if one[1]]
    return [*voted, ("các đơn vị khác", 0)] if voted and len(counts) - len(voted) > 1 else counts


# -- Commendation --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShownCommendation:
    row: Commendation
    outcome: str


def commended_shown(rows: Iterable[Commendation]) -> list[ShownCommendation]:
    return [ShownCommendation(row, outcome_in_words(row)) for row in rows]


def outcome_in_words(row: Commendation) -> str:
    if row.granted_award:
        return f"Được khen hình thức khác: {row.granted_award}"
    return row.get_outcome_display()


def quota_lines(season: Season, rows: Sequence[Commendation]) -> list[tuple[Any, int]]:
    """Each quota with how many of it are used."""
    return [(quota, sum(row.award == quota.award for row in rows)) for quota in season.quotas.all()]


def left_out(season: Season) -> list[tuple[Member, str]]:
    """Who cannot be commended, and why."""
    members = season.members.all()
    allowed = commendable(members)
    return [(member, why_not(member)) for member in members if member not in allowed]


# -- In one sentence -----------------------------------------------------------------------


def standing_of(season: Season, sight: Sight, latest: Ranking | None, live: Live | None) -> str:
    if live is not None:
        total = len(live.standing.members)
        done = total - len(live.waiting)
        if live.waiting:
            return f"Dự kiến: {done}/{total} đơn vị đã thẩm định xong, thứ hạng còn có thể thay đổi."
        ties = f", còn {len(live.voted.ties)} chỗ bằng điểm chờ bỏ phiếu" if live.voted.ties else ""
        return f"Dự kiến: đã thẩm định xong {total} đơn vị{ties}, chưa chốt."
    if sight is Sight.WAITING and season.state == SeasonState.SCORING:
        return "Đang chấm điểm. Thứ hạng hiện ở đây khi được công bố."
    if sight is Sight.WAITING and season.state == SeasonState.RANKED:
        return "Đã chốt xếp hạng, chờ đơn vị tổ chức công bố."
    if latest is None:
        return "Chưa có kết quả xếp hạng."
    frozen = f"Chốt lần {latest.number} ngày {timezone.localtime(latest.at):%d/%m/%Y}"
    if season.published_at and season.state != SeasonState.RANKED:
        return f"{frozen}, công bố ngày {timezone.localtime(season.published_at):%d/%m/%Y}."
    return f"{frozen}, chưa công bố."


def who_sees_early(season: Season) -> str:
    """Who reads the table before it is published."""
    leads = [member for member in season.members.all() if member.role != Member.Role.MEMBER]
    if season.shows not in (Season.Shows.TOTALS, Season.Shows.ALL) or not any(map(has_own_people, leads)):
        return "các đơn vị chưa thấy bảng này"
    return in_season("ngoài đơn vị tổ chức chỉ Trưởng cụm, Phó trưởng cụm thấy bảng này cho đến khi công bố", season)


def readers_of(season: Season) -> str:
    """Who reads what after publication: villages read it on paper."""
    if any(map(has_own_people, season.members.all())):
        return f"đơn vị thành viên xem: {season.get_shows_display()[:1].lower()}{season.get_shows_display()[1:]}"
    return "các đơn vị không có tài khoản để xem; gửi cho họ Bảng tổng hợp kết quả chấm điểm, ở trang Văn bản"


@dataclass(frozen=True, slots=True)
class Act:
    words: str
    url: str


def next_act(season: Season, live: Live | None, commended: Sequence[Commendation]) -> Act | None:
    """What the one primary button offers to who may rank."""
    state = season.state
    if live is not None:
        return None if live.waiting else Act("Chốt xếp hạng", reverse("clusters:ranking_freeze", args=[season.pk]))
    if state == SeasonState.RANKED and season.quotas.all() and not commended:
        return Act("Ghi kết quả suy tôn", reverse("clusters:commend", args=[season.pk]))
    if state == SeasonState.RANKED:
        query = f"?dv={season.cluster.unit_id}&nam={season.year}&chon={season.pk}"
        return Act("Công bố kết quả", reverse("clusters:publish") + query)
    if state in DECIDED_IN and any(not row.outcome for row in commended):
        return Act("Ghi quyết định khen thưởng", reverse("clusters:commend_decide", args=[season.pk]))
    return None
