"""What the nominee's page says in its first lines, and how an outcome shows: word, shape and colour."""

from __future__ import annotations

from dataclasses import dataclass, field

from awards.catalogue.effective import Effective
from awards.dossiers.checking import Checked, Issue
from awards.dossiers.judged import Judged
from awards.dossiers.known import Known, YearOf
from awards.dossiers.outlook import Outlook
from awards.dossiers.readings import CHECK_WORDS, OUTCOME_WORDS, Both
from awards.eligibility import Outcome
from awards.models import Correction, DossierPaper, Headcount, Initiative, Nominee, Opinion, Rating
from awards.shipped import award_name
from awards.states import NomineeState

TONES = {True: ("done", "circle-check"), False: ("late", "circle-x"), None: ("active", "circle-question-mark")}
OK_WORDS = {True: "Đạt", False: "Không đạt", None: "Cần xem xét"}
OUTCOME_OK = {Outcome.ELIGIBLE: True, Outcome.NOT_ELIGIBLE: False, Outcome.NEEDS_PERSON: None}
MARK_LOOKS = {
    "do": ("late", "circle-x", "Phải xử lý"),
    "vang": ("honour", "triangle-alert", "Cần xem"),
    "dat": ("done", "circle-check", "Đủ"),
}


@dataclass(frozen=True, slots=True)
class Look:
    word: str
    tone: str
    shape: str


@dataclass(frozen=True, slots=True)
class ShownCheck:
    look: Look
    name: str
    because: str
    source: str


@dataclass(slots=True)
class Page:
    """All that the nominee's page shows."""

    nominee: Nominee
    checked: Checked
    may_work: bool
    may_decide: bool
    may_see: bool
    may_answer: bool
    edits_facts: bool
    is_inside: bool
    """Of the unit whose round it is; who only sent the list sees the row, its state and what is to be corrected."""
    checks: list[ShownCheck] = field(default_factory=list)
    both: Both | None = None
    outlook: Outlook | None = None
    known: Known | None = None
    papers: list[DossierPaper] = field(default_factory=list)
    opinions: list[Opinion] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    rule: Effective | None = None
    """The award as it holds for the unit today."""

    @property
    def outcome_look(self) -> Look:
        return look_of(self.checked.outcome)

    @property
    def is_open(self) -> bool:
        return self.nominee.state in (NomineeState.PROPOSED, NomineeState.CORRECTING)

    @property
    def shows_decision(self) -> bool:
        """Somebody may decide otherwise, and there is something to decide."""
        decided_in = (NomineeState.PROPOSED, NomineeState.CORRECTING, NomineeState.READY)
        return self.may_decide and self.nominee.state in decided_in


def look_of(outcome: Outcome | None) -> Look:
    if outcome is None:
        return Look("Chưa xét được", "waiting", "circle-dashed")
    tone, shape = TONES[OUTCOME_OK[outcome]]
    return Look(OUTCOME_WORDS[outcome], tone, shape)


def ok_look(ok: bool | None, word: str = "") -> Look:
    tone, shape = TONES[ok]
    return Look(word or OK_WORDS[ok], tone, shape)


def issue_look(issue: Issue) -> Look:
    return Look(issue.name, *MARK_LOOKS[issue.mark][:2])


PAPER_LOOKS = {
    "look_there": Look("Có", "done", "circle-check"),
    "look_missing": Look("Thiếu", "honour", "triangle-alert"),
    "look_round": Look("Lập chung cả đợt", "waiting", "circle"),
}


def checks_of(nominee: Nominee, found: Judged) -> list[ShownCheck]:
    """The frozen ones from the appraisal on, so that what was decided on can be read for ever."""
    frozen = nominee.judgement or {}
    if frozen and found.shows_impediments:
        rows = [(one["code"], one["ok"], one["because"], one["source"]) for one in frozen["checks"]]
    else:
        rows = [(one.code, one.ok, one.because, one.source) for one in found.checks]
    return [
        ShownCheck(ok_look(ok), CHECK_WORDS.get(code, code), because, source) for code, ok, because, source in rows
    ]


def standing_of(page: Page) -> str:
    """Who proposes, how it stands, what to do next."""
    nominee = page.nominee
    head = f"{nominee.proposal} đề nghị {award_name(nominee.award)} năm {nominee.year}."
    if not page.is_inside:
        waiting = sum(one.answered_at is None for one in page.corrections)
        asked = f" {nominee.round.unit} đề nghị sửa {waiting} nội dung." if waiting else ""
        return f"{head} {nominee.get_state_display()}.{asked}"
    return f"{head} {_how_it_stands(page)}"


def _how_it_stands(page: Page) -> str:
    nominee, checked = page.nominee, page.checked
    if nominee.state == NomineeState.WITHDRAWN:
        return f"Không đề nghị: {nominee.reason}."
    if nominee.state not in (NomineeState.PROPOSED, NomineeState.CORRECTING):
        return f"{nominee.get_state_display()}, {page.outcome_look.word.lower()}."
    if nominee.subject_id is None:
        return "Chưa xác định đối tượng là ai nên chưa xét được điều kiện."
    words = f"{page.outcome_look.word}{', vẫn đề nghị' if checked.is_kept else ''}."
    if checked.hindering:
        return f"{words} Còn {len(checked.hindering)} việc phải xử lý trước khi thẩm định xong."
    if checked.issues:
        return f"{words} Xem các điểm cần lưu ý rồi ghi đã thẩm định."
    return f"{words} Hồ sơ đủ, có thể ghi đã thẩm định."


@dataclass(frozen=True, slots=True)
class ShownYear:
    row: YearOf
    may_edit: bool

    @property
    def rating(self) -> Rating | None:
        return self.row.rating

    @property
    def headcount(self) -> Headcount | None:
        return self.row.headcount


@dataclass(frozen=True, slots=True)
class ShownIdea:
    row: Initiative
    is_chosen: bool
    uses: list[str]


def ideas_of(known: Known) -> list[ShownIdea]:
    found = []
    for one in known.initiatives:
        uses = list(known.uses.get(one.pk, ()))
        if one.used_for:
            uses.insert(0, f"{award_name(one.used_for)} (ngoài chương trình)")
        found.append(ShownIdea(one, one.pk in known.chosen, uses))
    return found
