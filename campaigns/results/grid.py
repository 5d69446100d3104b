"""The table in which figures are entered: targets of the whole, targets of one part, or the parts of one target.

Each row knows what the person saw in it (``was``) and what was typed; reading knows no database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django import forms
from django.core.files.uploadedfile import UploadedFile

from campaigns.figures import UnfitFigure, read_figure, show_figure
from campaigns.measuring import Aim
from campaigns.models import Result, Share, Target
from campaigns.periods import Period
from campaigns.results.doubts import doubt
from campaigns.results.evidence import Proof
from campaigns.results.presenters import Shown, shown_pace
from campaigns.results.selectors import aim_of, bearer_of, part_aim, span_of
from campaigns.results.standing import Measured, Reported, measured
from campaigns.wording import in_words, percent_in_words, share_in_words, with_measure
from units.models import Part, Unit

_LONGEST = 60
_DAY = "Ngày văn bản ghi như 5/3/2026."
_WHY = "muốn rút số đã ghi, để ô này thành chưa có số liệu, thì ghi lý do. Ghi nhầm số thì ghi số đúng thay vào."
_WITHDRAWN = "rút số, chưa có số liệu"


@dataclass(frozen=True, slots=True)
class Place:
    """One cell of the table: a target of the whole, or of one who bears it."""

    target: Target
    bearer: Part | Unit | None = None
    share: Share | None = None

    @property
    def key(self) -> str:
        if self.bearer is None:
            return f"{self.target.pk}-0"
        kind, pk = bearer_of(self.bearer)
        return f"{self.target.pk}-{kind}{pk}"

    @property
    def aim(self) -> Aim:
        return aim_of(self.target) if self.bearer is None else part_aim(self.target, self.share)

    @property
    def aim_words(self) -> str:
        if self.bearer is None:
            return in_words(self.target)
        if self.share is not None:
            return share_in_words(self.target, self.share.low, self.share.high)
        return "" if self.target.adds_up else in_words(self.target)


@dataclass(frozen=True, slots=True)
class Entered:
    """One figure of a cell's history."""

    words: str
    by: str
    at: dt.datetime
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row as the page shows it."""

    place: Place
    number: int
    name: str
    period: Period
    chain: tuple[Result, ...] = ()
    """Everything ever entered here for the period, the newest last."""
    others: tuple[Reported, ...] = ()
    """What counts here for other periods."""
    value: str = ""
    note: str = ""
    was: int | None = None
    proof: Proof = field(default_factory=Proof)
    day: str = ""
    reason: str = ""
    """Why the figure that stood there is withdrawn: its cell was emptied."""
    kept: str = ""
    """The odd figure to which the person said yes."""
    errors: tuple[tuple[str, str], ...] = ()
    """Field («v», «n», «ngay», «rut») and what is wrong with it."""
    doubt: str = ""
    clash: str = ""
    hint: str = ""
    """What the parts have come to."""
    summed: Measured | None = None
    """Of the whole, where nobody entered it: what the figures of the parts for this period sum to."""
    is_saved: bool = False

    @property
    def key(self) -> str:
        return self.place.key

    @property
    def result(self) -> Result | None:
        return self.chain[-1] if self.chain else None

    @property
    def has_figure(self) -> bool:
        return self.result is not None and self.result.value is not None

    @property
    def seen(self) -> Result | None:
        return next((one for one in self.chain if one.pk == self.was), None)

    @property
    def corrections(self) -> int:
        return max(len(self.chain) - 1, 0)

    @property
    def history(self) -> list[Entered]:
        """The newest first."""
        measure = self.place.target.measure
        return [
            Entered(with_measure(one.value, measure) or _WITHDRAWN, str(one.by or "chưa rõ ai"), one.at, one.note)
            for one in reversed(self.chain)
        ]

    @property
    def kept_value(self) -> str:
        """What a yes to an odd figure says yes to."""
        return show_figure(self.figure)

    @property
    def figure(self) -> Decimal | None:
        """What was typed; None where nothing or no figure was."""
        try:
            return read_figure(self.value, self.place.target.measure)
        except UnfitFigure:
            return None

    @property
    def is_changed(self) -> bool:
        """Against what the person saw. Nothing typed where nothing stood is no change."""
        stood = self._stood
        typed = self.value if self.errors else show_figure(self.figure)
        return (typed, self.note) != stood or bool(self.proof) or bool(self.day)

    @property
    def seen_words(self) -> str:
        return with_measure(self.seen.value, self.place.target.measure) if self.seen else ""

    @property
    def is_withdrawing(self) -> bool:
        """The figure that the person saw was taken out: that needs a reason."""
        return not self.value and self.seen is not None and self.seen.value is not None

    @property
    def _stood(self) -> tuple[str, str]:
        """Figure and note as the person saw them; the reason of a withdrawal is no note of the next figure."""
        seen = self.seen
        return (show_figure(seen.value), seen.note) if seen and seen.value is not None else ("", "")

    @property
    def is_open(self) -> bool:
        """Whether the folded fields are shown: they hold what is not saved yet."""
        is_new = self.note != self._stood[1]
        return is_new or bool(self.proof or self.day) or any(name not in ("v", "rut") for name, _ in self.errors)

    @property
    def percent(self) -> str:
        return percent_in_words(self._measured.percent)

    @property
    def state(self) -> Shown:
        return shown_pace(self._measured)

    @property
    def _measured(self) -> Measured:
        result, target = self.result, self.place.target
        one = Reported(result.pk, self.period, result.value) if result and result.value is not None else None
        if one is None and self.summed is not None:
            return self.summed
        return measured(self.place.aim, one, span_of(target))

    def error(self, field_name: str) -> str:
        return next((words for name, words in self.errors if name == field_name), "")


def stored_line(line: Line) -> Line:
    """As it stands, nothing typed."""
    result = line.result
    if result is None:
        return line
    if result.value is None:
        return replace(line, was=result.pk)
    return replace(line, value=show_figure(result.value), note=result.note, was=result.pk)


def typed_line(line: Line, post: Mapping[str, str], files: Mapping[str, UploadedFile]) -> Line:
    """With what was sent for it; what was not sent is as it stands."""
    key = line.key
    if f"v-{key}" not in post:
        return line
    was, day = post.get(f"was-{key}", ""), post.get(f"ngay-{key}", "").strip()[:_LONGEST]
    date, day_error = _day(day)
    proof = Proof(post.get(f"so-{key}", "").strip(), date, post.get(f"cq-{key}", "").strip(), files.get(f"tep-{key}"))
    line = replace(
        line,
        value=" ".join(post[f"v-{key}"].split())[:_LONGEST],
        note=post.get(f"n-{key}", line.note).replace("\r\n", "\n").strip(),
        was=int(was) if was.isdecimal() and len(was) < 19 else None,
        proof=proof,
        day=day,
        reason=post.get(f"rut-{key}", "").strip(),
        kept=post.get(f"giu-{key}", ""),
    )
    errors = [("v", error) for error in [_value_error(line)] if error]
    errors += [("rut", _WHY)] if line.is_withdrawing and not line.reason else []
    errors += [("ngay", day_error)] if day_error else []
    return replace(line, errors=tuple(errors))


def _day(text: str) -> tuple[dt.date | None, str]:
    if not text:
        return None, ""
    try:
        return forms.DateField().clean(text), ""
    except forms.ValidationError:
        return None, _DAY


def _value_error(line: Line) -> str:
    try:
        figure = read_figure(line.value, line.place.target.measure)
    except UnfitFigure as error:
        return str(error)
    if figure is not None or line.is_withdrawing:
        return ""
    return "ghi số thực hiện; chỉ có ghi chú hoặc tài liệu thì chưa đủ." if line.note or line.proof else ""


def doubted(line: Line) -> Line:
    """With the question that the figure raises, unless the person said yes to just this figure."""
    figure = line.figure
    if figure is None or line.errors or not line.is_changed:
        return line
    seen = line.seen
    if line.kept == show_figure(figure) or (seen is not None and seen.value == figure):
        return line
    return replace(line, doubt=doubt(line.place.aim, figure, line.place.target.measure, line.period, line.others))
