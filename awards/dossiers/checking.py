"""One check before sending: what stands in the way of each nominee (red), and what to look at once more (amber).

However many nominees there are, the queries are the same. Nothing here bars anybody: whoever stays red is either put
in order or proposed all the same, by a person with a reason.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils import timezone

from awards.catalogue.effective import Effective, effective_awards
from awards.dossiers.counting import WHOLE_WORDS, meters_of
from awards.dossiers.judged import Judged, judged, outcome_of
from awards.dossiers.overlap import Kind, Overlap
from awards.dossiers.overlaps import overlaps_of
from awards.dossiers.quotas import Meter
from awards.dossiers.readings import OUTCOME_WORDS
from awards.eligibility import Outcome, judge
from awards.models import AwardPaper, Correction, DossierPaper, Nominee, Opinion, Rating, Round
from awards.money import BY_WORDS, By
from awards.shipped import PAPER_WORDS, shipped_awards
from awards.states import NomineeState

CHECKED_STATES = (NomineeState.PROPOSED, NomineeState.CORRECTING, NomineeState.READY, NomineeState.PASSED)
OF_ROUND = frozenset(["submission", "minutes", "count"])
"""Papers of the whole list, made later: no single dossier lacks them."""


class Mark(StrEnum):
    RED = "do"
    AMBER = "vang"
    CLEAN = "dat"


class Code(StrEnum):
    """In the address, as the filter sends it."""

    SUBJECT = "doi-tuong"
    CONDITION = "dieu-kien"
    OPEN_RULE = "quy-dinh"
    PERSON = "nguoi-xem"
    PAPERS = "ho-so"
    RATING = "xep-loai"
    EXPECTED = "du-kien"
    DOUBLE = "trung"
    OVERLAP = "chong-lan"
    WAITING = "cho-hiep-y"
    OBJECTION = "khong-thong-nhat"
    QUOTA = "chi-tieu"
    CORRECTION = "tra-lai"
    COMPETENCE = "tham-quyen"
    CHANGED = "khac-truoc"


CODE_WORDS = {
    Code.SUBJECT: "Chưa xác định đối tượng",
    Code.CONDITION: "Không đủ điều kiện",
    Code.OPEN_RULE: "Quy định cần xác nhận",
    Code.PERSON: "Cần người xem xét",
    Code.PAPERS: "Thiếu hồ sơ",
    Code.RATING: "Thiếu xếp loại",
    Code.EXPECTED: "Xếp loại còn dự kiến",
    Code.DOUBLE: "Đề nghị hai lần",
    Code.OVERLAP: "Có thể trùng thành tích",
    Code.WAITING: "Chờ hiệp y",
    Code.OBJECTION: "Hiệp y không thống nhất",
    Code.QUOTA: "Vượt tỷ lệ",
    Code.CORRECTION: "Đang chờ sửa",
    Code.COMPETENCE: "Thẩm quyền",
    Code.CHANGED: "Khác khi thẩm định",
}


@dataclass(frozen=True, slots=True)
class Issue:
    mark: Mark
    code: Code
    words: str

    @property
    def name(self) -> str:
        return CODE_WORDS[self.code]


@dataclass(slots=True)
class Checked:
    nominee: Nominee
    judged: Judged | None
    outcome: Outcome | None
    issues: list[Issue]
    overlaps: list[Overlap] = field(default_factory=list)

    @property
    def mark(self) -> Mark:
        marks = {one.mark for one in self.issues}
        return Mark.RED if Mark.RED in marks else Mark.AMBER if Mark.AMBER in marks else Mark.CLEAN

    @property
    def outcome_words(self) -> str:
        return OUTCOME_WORDS[self.outcome] if self.outcome else "Chưa xét được"

    @property
    def is_kept(self) -> bool:
        return self.nominee.overruled == Nominee.Overruled.KEPT

    @property
    def may_be_ready(self) -> bool:
        """Without red, or somebody proposes it all the same."""
        waits = self.nominee.state in (NomineeState.PROPOSED, NomineeState.CORRECTING)
        return waits and self.nominee.subject_id is not None and not self.hindering

    @property
    def hindering(self) -> list[Issue]:
        """A reason to propose all the same answers for the judgement and for objections, not for a doubtful name."""
        answered = {Code.CONDITION, Code.DOUBLE, Code.OBJECTION, Code.COMPETENCE} if self.is_kept else set()
        return [one for one in self.issues if one.mark is Mark.RED and one.code not in answered]


@dataclass(slots=True)
class RoundCheck:
    rows: list[Checked]
    meters: list[Meter]
    rules: Mapping[str, Effective]
    opinions: Mapping[int, list[Opinion]]
    """By nominee."""

    def count(self, mark: Mark) -> int:
        return sum(row.mark is mark for row in self.rows)


@dataclass(slots=True)
class _Known:
    rules: Mapping[str, Effective]
    judged: Mapping[int, Judged]
    overlaps: Mapping[int, list[Overlap]]
    meters: Sequence[Meter]
    expected: set[tuple[int, int]] = field(default_factory=set)
    """(subject, year) of ratings that are only expected."""
    papers: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    written: set[int] = field(default_factory=set)
    opinions: dict[int, list[Opinion]] = field(default_factory=lambda: defaultdict(list))
    corrections: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    ideas: set[int] = field(default_factory=set)
    """Nominees with a recognised initiative as their basis."""
    today: dt.date = field(default_factory=lambda: timezone.localdate())


def check_round(award_round: Round, *, with_impediments: bool) -> RoundCheck:
    rows = list(
        award_round.nominees.filter(state__in=CHECKED_STATES)
        .select_related("round__unit", "proposal__part", "proposal__lower", "subject")
        .order_by("order", "pk")
    )
    for row in rows:
        row.round = row.proposal.round = award_round
    return check_nominees(award_round, rows, with_impediments=with_impediments)


def check_nominees(award_round: Round, rows: Sequence[Nominee], *, with_impediments: bool) -> RoundCheck:
    """``rows`` of that round, with ``proposal`` joined."""
    rules = effective_awards(award_round.unit_id, timezone.localdate())
    meters = meters_of(award_round, rules)
    known = _Known(rules, judged(rows, with_impediments=with_impediments), overlaps_of(rows), meters)
    _read(known, rows)
    return RoundCheck([_check(row, known) for row in rows], meters, rules, known.opinions)


def _read(known: _Known, rows: Sequence[Nominee]) -> None:
    pks = [row.pk for row in rows]
    subjects = {row.subject_id for row in rows if row.subject_id}
    expected = Rating.objects.filter(subject__in=subjects, is_expected=True)
    known.expected = set(expected.values_list("subject_id", "year"))
    for pk, kind in DossierPaper.objects.filter(nominee__in=pks).values_list("nominee_id", "kind"):
        known.papers[pk].add(kind)
    written = AwardPaper.objects.filter(kind=AwardPaper.Kind.REPORT, nominee__in=pks)
    known.written = {pk for pk in written.values_list("nominee_id", flat=True) if pk}
    for opinion in Opinion.objects.filter(nominee__in=pks).select_related("consultation").order_by("pk"):
        known.opinions[opinion.nominee_id].append(opinion)
    open_ones = Correction.objects.filter(nominee__in=pks, answered_at=None)
    for pk, reason in open_ones.order_by("pk").values_list("nominee_id", "reason"):
        known.corrections[pk].append(reason)
    ideas = Nominee.initiatives.through.objects.filter(nominee__in=pks, initiative__is_recognised=True)
    known.ideas = set(ideas.values_list("nominee_id", flat=True))


def _check(row: Nominee, known: _Known) -> Checked:
    found = known.judged.get(row.pk)
    outcome = outcome_of(row, found)
    issues = [
        *_who(row),
        *_competence(row, known),
        *_conditions(row, found, outcome),
        *_ratings(row, found, known),
        *_overlapping(known.overlaps.get(row.pk, ())),
        *_consulted(known.opinions.get(row.pk, ())),
        *(Issue(Mark.RED, Code.CORRECTION, f"Chờ sửa: {reason}") for reason in known.corrections.get(row.pk, ())),
        *_papers(row, known),
        *_quota(row, known),
    ]
    return Checked(row, found, outcome, issues, known.overlaps.get(row.pk, []))


def _who(row: Nominee) -> Iterable[Issue]:
    if row.subject_id is None:
        yield Issue(Mark.RED, Code.SUBJECT, "Chưa xác định đây là ai trong danh sách đối tượng.")


def _competence(row: Nominee, known: _Known) -> Iterable[Issue]:
    award = shipped_awards().get(row.award)
    if award is None:
        yield Issue(Mark.RED, Code.COMPETENCE, f"Danh mục không có «{row.award}»: chọn danh hiệu, hình thức khác.")
        return
    if row.kind not in award.recipients:
        yield Issue(Mark.RED, Code.COMPETENCE, f"{award.name} không dành cho {row.get_kind_display().lower()}.")
    if row.round.awards and row.award not in row.round.awards:
        yield Issue(Mark.AMBER, Code.COMPETENCE, f"Đợt xét này không nhận đề nghị {award.name}.")
    deciders = award.decided_by(known.today)
    own = By(row.round.unit.kind)
    if own in deciders or (row.round.superior_due and deciders):
        return
    if row.round.is_quick or not deciders:
        words = " hoặc ".join(BY_WORDS[one] for one in deciders) or "chưa ai"
        yield Issue(Mark.RED, Code.COMPETENCE, f"{award.name}: {words} có thẩm quyền quyết định.")
        return
    words = " hoặc ".join(BY_WORDS[one] for one in deciders)
    yield Issue(Mark.AMBER, Code.COMPETENCE, f"{words} quyết định: đợt xét chưa ghi hạn trình cấp trên.")


def _conditions(row: Nominee, found: Judged | None, outcome: Outcome | None) -> Iterable[Issue]:
    if found is None or row.subject_id is None:
        return
    failed = [one.because for one in found.checks if one.ok is False]
    if outcome is Outcome.NOT_ELIGIBLE:
        told = " ".join(failed) or "Theo kết quả đã ghi khi thẩm định."
        yield Issue(Mark.RED, Code.CONDITION, told)
    if row.judgement and found.shows_impediments and outcome is not found.outcome:
        yield Issue(Mark.AMBER, Code.CHANGED, f"Xét theo số liệu hôm nay: {found.words.lower()}.")
    if row.judgement:
        return
    if found.open_conditions and outcome is Outcome.NEEDS_PERSON:
        decided = tuple(one if one.confirmed_by else one.confirmed("như trước") for one in found.conditions)
        before = OUTCOME_WORDS[judge(found.case, decided).outcome].lower()
        yield Issue(Mark.AMBER, Code.OPEN_RULE, f"Theo quy định cũ: {before}; theo sửa đổi: cần xác nhận.")
    elif outcome is Outcome.NEEDS_PERSON:
        asked = [one.because for one in found.checks if one.ok is None and one.code != "rating"]
        is_only_rating = any(one.ok is None and one.code == "rating" for one in found.checks) and not asked
        if not is_only_rating:
            yield Issue(Mark.AMBER, Code.PERSON, " ".join(asked) or "Không có điều kiện tính được: cần người xem xét.")


def _ratings(row: Nominee, found: Judged | None, known: _Known) -> Iterable[Issue]:
    if found is None or row.subject_id is None:
        return
    if row.year not in found.case.subject.ratings and any(one.asks.get("least") for one in found.asked):
        yield Issue(Mark.AMBER, Code.RATING, f"Chưa có xếp loại năm {row.year}.")
    if (row.subject_id, row.year) in known.expected:
        yield Issue(Mark.AMBER, Code.EXPECTED, f"Xếp loại năm {row.year} mới là dự kiến: xác nhận trước khi trình.")


def _overlapping(overlaps: Iterable[Overlap]) -> Iterable[Issue]:
    for one in overlaps:
        if one.kind is Kind.DOUBLE:
            yield Issue(Mark.RED, Code.DOUBLE, one.words)
        else:
            yield Issue(Mark.AMBER, Code.OVERLAP, one.words)


def _consulted(opinions: Iterable[Opinion]) -> Iterable[Issue]:
    for one in opinions:
        body = one.consultation.body
        if one.says == Opinion.Says.OBJECTS:
            yield Issue(Mark.RED, Code.OBJECTION, f"{body} không thống nhất: {one.note}")
        elif one.says == Opinion.Says.WAITING:
            yield Issue(Mark.AMBER, Code.WAITING, f"{body} chưa trả lời.")


def _papers(row: Nominee, known: _Known) -> Iterable[Issue]:
    missing = missing_papers(
        row,
        known.rules.get(row.award),
        there=known.papers.get(row.pk, set()),
        is_written=row.pk in known.written,
        opinions=known.opinions.get(row.pk, ()),
        has_idea=row.pk in known.ideas,
        ratings=known.judged[row.pk].case.subject.ratings if row.pk in known.judged else {},
    )
    if missing:
        yield Issue(Mark.AMBER, Code.PAPERS, f"Thiếu: {', '.join(missing)}.")


def missing_papers(
    row: Nominee,
    rule: Effective | None,
    *,
    there: Iterable[str],
    is_written: bool,
    opinions: Iterable[Opinion],
    has_idea: bool,
    ratings: Mapping[int, str],
) -> list[str]:
    """What the catalogue asks of this dossier and neither a file nor the program has."""
    has = set(there)
    if is_written or any(str(text).strip() for text in row.report.values()):
        has.add("report")
    if row.achievement.strip():
        has.add("summary")
    answered = list(opinions)
    if answered and all(one.says != Opinion.Says.WAITING for one in answered):
        has.add("clearance")
    if has_idea:
        has |= {"initiative", "proof"}
    if ratings.get(row.year) == "HTXSNV":
        has.add("proof")
    asked = rule.award.papers if rule else ()
    return [PAPER_WORDS.get(one, one) for one in asked if one not in OF_ROUND and one not in has]


def _quota(row: Nominee, known: _Known) -> Iterable[Issue]:
    for meter in known.meters:
        is_his = meter.award == row.award and meter.where in (WHOLE_WORDS, str(row.proposal))
        if is_his and meter.is_exceeded:
            yield Issue(Mark.AMBER, Code.QUOTA, f"{meter.where}: {meter.words}.")
