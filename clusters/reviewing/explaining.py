"""Giải trình: the organiser opens a window, the unit explains what was cut, the organiser answers.

An accepted explanation changes the points as every change does: by an entry of the reviewer with its reason. A sheet
that was finished is taken up for it and finished again, in the same transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from campaigns.results.evidence import Proof, keep, proof_in_words
from clusters import rules
from clusters.models import Criterion, Entry, Explanation, ScoreSheet, Season
from clusters.scoring import UnitScore
from clusters.sheets.acting import speaker_on, stages_seen
from clusters.sheets.services import NotScoring, NotYours, save_entry
from clusters.sheets.stages import hand_in, send_back
from clusters.sheets.typed import Values, values_of
from clusters.standing import SeasonStanding, read_season
from clusters.states import ExplanationState, SeasonState, SheetStage, Stage
from core import audit
from core.errors import AppError, UnfitField
from core.states import MovedMeanwhile
from core.text import as_pasted, clean_lines, refuse_markup
from documents.models import Evidence
from reminders.calendars import workdays_of

MOST_PROOFS = 20
_TEXT = 5_000
"""Letters."""
_OPEN_AT = (SheetStage.REVIEW, SheetStage.DONE)
MOST_DAYS = 60


class WindowClosed(AppError):
    """Says until when the window was open."""

    def __init__(self, until: dt.date | None) -> None:
        closed = f"Hết hạn giải trình ngày {until:%d/%m/%Y}" if until else "Chưa mở giải trình cho bảng điểm này"
        super().__init__(f"{closed}; cần giải trình thì liên hệ cơ quan thẩm định.")


# -- The window --------------------------------------------------------------------------


def last_day(season: Season, days: int, today: dt.date) -> dt.date:
    """``days`` working days of the organiser from tomorrow on; the last one counts whole."""
    unit_id = season.cluster.unit_id
    return workdays_of([unit_id])[unit_id].after(today, days)


def may_open(sheet: ScoreSheet) -> bool:
    """Once the reviewer has it: what earlier stages say may still change without any explanation."""
    return sheet.stage in _OPEN_AT


@transaction.atomic
def open_window(season: Season, sheets: Sequence[ScoreSheet], *, days: int, actor: Any) -> dt.date:
    """Or open it longer. Raise ``UnfitField``, ``NotScoring``, ``NotYours``."""
    if not sheets:
        raise UnfitField("sheets", "Đánh dấu ít nhất một đơn vị.")
    if not 0 < days <= MOST_DAYS:
        raise UnfitField("days", f"Số ngày làm việc từ 1 đến {MOST_DAYS}.")
    _check_scoring(season)
    until = last_day(season, days, timezone.localdate())
    for sheet in sorted(sheets, key=lambda one: one.pk):
        if not rules.decides_on_sheet(actor, sheet):
            raise NotYours
        if not ScoreSheet.objects.filter(pk=sheet.pk, stage__in=_OPEN_AT).update(explain_until=until):
            raise UnfitField(
                "sheets", f"Bảng điểm {sheet.member} chưa đến bước thẩm định nên chưa mở giải trình được."
            )
        changes = {"explain_until": (sheet.explain_until, until)}
        sheet.explain_until = until
        unit_id = season.cluster.unit_id
        audit.record("clusters.sheet.window_opened", sheet, actor=actor, unit_id=unit_id, changes=changes)
    return until


def is_window_open(sheet: ScoreSheet, today: dt.date) -> bool:
    is_scoring = sheet.member.season.state == SeasonState.SCORING
    return is_scoring and sheet.explain_until is not None and today <= sheet.explain_until


# -- What may be explained ---------------------------------------------------------------


def cut_codes(rows: Collection[Criterion], first: UnitScore, now: UnitScore) -> set[str]:
    """Of the rows that got less than the unit gave itself; of what it does not score itself, less than the maximum."""
    found = set()
    for row in rows:
        points, own = now.points.get(row.code), first.points.get(row.code)
        if not row.kind or points is None:
            continue
        if row.kind == Criterion.Kind.PENALTY:
            is_cut = points < 0
        elif row.scored_by != Stage.SELF and row.kind != Criterion.Kind.BONUS:
            is_cut = points < Fraction(row.maximum)
        else:
            is_cut = own is not None and points < own
        if is_cut:
            found.add(row.code)
    return found


def cut_on(standing: SeasonStanding, sheet: ScoreSheet) -> set[str]:
    """Codes, of a sheet that has left its own unit."""
    last = stages_seen(sheet)[-1]
    first, now = (standing.scores(stage)[sheet.member_id] for stage in (Stage.SELF, last))
    return cut_codes(standing.criteria, first, now)


# -- The unit ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """What the unit writes; an empty proof adds none."""

    text: str
    proof: Proof = Proof()


@transaction.atomic
def explain(sheet: ScoreSheet, criterion: Criterion, *, said: Said, actor: Any) -> Explanation:
    """Give one, or change the one that waits for its answer.

    Raise ``NotYours``, ``WindowClosed``, ``UnfitField`` (of a row that was not cut, too) and what a proof raises.
    """
    if not rules.explains_sheet(actor, sheet):
        raise NotYours
    text = _cleaned("text", said.text, "Ghi nội dung giải trình.")
    if criterion.set_id != sheet.member.season.criteria_id or not criterion.kind:
        raise UnfitField("text", "Dòng này không phải tiêu chí chấm điểm. Hãy tải lại trang.")
    _check_scoring(sheet.member.season)
    _claim_window(sheet)
    speaker = speaker_on(actor, sheet, Stage.SELF)
    waiting = {"sheet": sheet, "criterion": criterion, "state": ExplanationState.OPEN}
    explanation = Explanation.objects.filter(**waiting).first()
    before = explanation.text if explanation else ""
    if explanation is None:
        if criterion.code not in cut_on(read_season(sheet.member.season), sheet):
            raise UnfitField("text", "Dòng này không bị trừ điểm nên không cần giải trình.")
        explanation = _begin(Explanation(**waiting, text=text, by=actor, on_behalf=speaker.on_behalf))
        code = "clusters.explanation.given"
    else:
        explanation.text, explanation.by, explanation.on_behalf = text, actor, speaker.on_behalf
        explanation.save(update_fields=["text", "by", "on_behalf"])
        code = "clusters.explanation.changed"
    changes: dict[str, tuple[Any, Any]] = {f"{criterion.code}, giải trình": (before, text)} if before != text else {}
    if said.proof:
        changes[f"{criterion.code}, tài liệu"] = ("", _prove(explanation, said.proof, speaker.unit_id, actor))
    if changes:
        audit.record(code, sheet, actor=actor, unit_id=speaker.unit_id, changes=changes)
    return explanation


@transaction.atomic
def withdraw(explanation: Explanation, *, actor: Any) -> None:
    """Rút lại, while the window is open and nobody has answered; the history keeps what it said.

    Raise ``NotYours``, ``NotScoring``, ``WindowClosed``, ``MovedMeanwhile``.
    """
    sheet = explanation.sheet
    if not rules.explains_sheet(actor, sheet):
        raise NotYours
    _check_scoring(sheet.member.season)
    _claim_window(sheet)
    waiting = Explanation.objects.filter(pk=explanation.pk, state=ExplanationState.OPEN)
    if not waiting.update(state=ExplanationState.OPEN):  # whoever answers it now waits for us
        raise MovedMeanwhile("Giải trình này vừa được trả lời hoặc đã rút lại. Hãy tải lại trang để xem.")
    code, proofs = explanation.criterion.code, [words_of(one) for one in explanation.evidence.all()]
    changes: dict[str, tuple[Any, Any]] = {f"{code}, giải trình": (explanation.text, "")}
    if proofs:
        changes[f"{code}, tài liệu"] = ("; ".join(proofs), "")
    waiting.delete()
    unit_id = speaker_on(actor, sheet, Stage.SELF).unit_id
    audit.record("clusters.explanation.withdrawn", sheet, actor=actor, unit_id=unit_id, changes=changes)


def _claim_window(sheet: ScoreSheet) -> None:
    there = ScoreSheet.objects.filter(pk=sheet.pk)
    if not there.filter(explain_until__gte=timezone.localdate()).update(version=F("version") + 1):
        raise WindowClosed(there.values_list("explain_until", flat=True).get())


def _begin(explanation: Explanation) -> Explanation:
    try:
        with transaction.atomic():
            explanation.save(force_insert=True)
    except IntegrityError:
        raise MovedMeanwhile("Đồng nghiệp vừa gửi giải trình cho dòng này. Hãy tải lại trang để xem.") from None
    return explanation


def _prove(explanation: Explanation, proof: Proof, unit_id: int, actor: Any) -> str:
    if explanation.evidence.count() >= MOST_PROOFS:
        raise UnfitField("file", f"Mỗi giải trình nhận nhiều nhất {MOST_PROOFS} tài liệu.")
    evidence = keep(proof, unit_id=unit_id, actor=actor)
    explanation.evidence.add(evidence)
    return words_of(evidence)


def words_of(evidence: Evidence) -> str:
    return ", ".join(filter(None, (proof_in_words(evidence), evidence.file.name if evidence.file else "")))


# -- The organiser -----------------------------------------------------------------------


@transaction.atomic
def refuse(explanation: Explanation, *, answer: str, actor: Any) -> None:
    """The points stay. Raise ``NotYours``, ``UnfitField``, ``MovedMeanwhile``."""
    _settle(explanation, ExplanationState.REFUSED, answer, actor)


@transaction.atomic
def grant(explanation: Explanation, *, values: Values, version: int, answer: str, actor: Any) -> None:
    """The reviewer's entry becomes ``values``, with the answer as its reason.

    Raise ``NotYours``, ``UnfitField``, ``MovedMeanwhile`` and what ``save_entry`` raises.
    """
    _settle(explanation, ExplanationState.ACCEPTED, answer, actor)
    sheet, row = explanation.sheet, explanation.criterion
    own = Entry.objects.filter(sheet=sheet, criterion=row, stage=Stage.REVIEW).first()
    values = replace(values, reason=explanation.answer)
    if values.weighed == (values_of(own) if own else Values()).weighed:
        raise UnfitField("value", "Ghi kết quả hoặc điểm mới; giữ nguyên điểm thì chọn «Giữ nguyên điểm».")
    was_done = sheet.stage == SheetStage.DONE
    if was_done:
        why = f"Chấp nhận giải trình tiêu chí {row.code}"
        send_back(sheet, to=SheetStage.REVIEW, reason=why, actor=actor)
    save_entry(sheet, row, stage=Stage.REVIEW, values=values, version=version, actor=actor)
    if was_done:
        hand_in(sheet, actor=actor)


def _settle(explanation: Explanation, to: ExplanationState, answer: str, actor: Any) -> None:
    sheet = explanation.sheet
    if not rules.decides_on_sheet(actor, sheet):
        raise NotYours
    words = _cleaned("reason", answer, "Ghi trả lời để đơn vị biết vì sao.")
    _check_scoring(sheet.member.season)
    changed = {"state": to, "answer": words, "answered_by": actor, "answered_at": timezone.now()}
    waiting = Explanation.objects.filter(pk=explanation.pk, state=ExplanationState.OPEN)
    if not waiting.update(**changed):
        raise MovedMeanwhile("Đồng nghiệp vừa trả lời giải trình này. Hãy tải lại trang để xem.")
    for name, value in changed.items():
        setattr(explanation, name, value)
    audit.record(
        f"clusters.explanation.{to.value}",
        sheet,
        actor=actor,
        unit_id=sheet.member.season.cluster.unit_id,
        changes={f"{explanation.criterion.code}, trả lời": ("", words)},
    )


def _check_scoring(season: Season) -> None:
    if not Season.objects.filter(pk=season.pk, state=SeasonState.SCORING).exists():
        raise NotScoring


def _cleaned(field: str, text: str, missing: str) -> str:
    try:
        words = refuse_markup(clean_lines(as_pasted(text).strip(), limit=_TEXT))
    except AppError as error:
        raise UnfitField(field, str(error)) from None
    if not words:
        raise UnfitField(field, missing)
    return words
