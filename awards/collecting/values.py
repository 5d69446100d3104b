"""What rounds, lists and their rows say, as plain values, made fit to keep or refused with the name of the field."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from awards.collecting.wording import FIRST_BIRTH_YEAR, gender_of
from awards.models.common import RecipientKind
from awards.shipped import award_name, shipped_awards
from campaigns.models import Campaign
from clusters.models import Season
from core.errors import UnfitField
from plans import cleaning
from units.models import Part, Unit

NAME, TITLE, POST, WORKPLACE, HONORIFIC, ACHIEVEMENT, REASON, SENDER = 300, 300, 300, 300, 20, 5_000, 300, 120
FIRST_YEAR, LAST_YEAR = 1990, 2100
_YEARS_AHEAD = 1
_RECIPIENTS = {
    RecipientKind.PERSON: "cá nhân",
    RecipientKind.COLLECTIVE: "tập thể",
    RecipientKind.HOUSEHOLD: "hộ gia đình",
}


@dataclass(frozen=True, slots=True)
class RoundData:
    name: str
    year: int
    cycle: str
    path: str
    awards: tuple[str, ...] = ()
    due: dt.date | None = None
    superior_due: dt.date | None = None
    campaign: Campaign | None = None
    season: Season | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """A part of the unit, a unit below, or neither: the unit itself."""

    part: Part | None = None
    lower: Unit | None = None

    @property
    def key(self) -> str:
        if self.part is not None:
            return f"part-{self.part.pk}"
        return f"lower-{self.lower.pk}" if self.lower is not None else OWN


OWN = "own"


@dataclass(frozen=True, slots=True)
class NomineeData:
    """One row: one award asked for one recipient."""

    name: str
    award: str
    kind: str = RecipientKind.PERSON.value
    honorific: str = ""
    gender: str = ""
    birth_date: dt.date | None = None
    birth_year: int | None = None
    post: str = ""
    workplace: str = ""
    level: str = ""
    achievement: str = ""
    year: int | None = None
    """None: the round's."""


FIELDS = (
    "kind",
    "honorific",
    "name",
    "gender",
    "birth_date",
    "birth_year",
    "post",
    "workplace",
    "level",
    "award",
    "year",
    "achievement",
)
"""Of a nominee, as a row says them."""


def cleaned_round(data: RoundData) -> RoundData:
    name = cleaning.line("name", " ".join(data.name.split()), TITLE)
    if not name:
        raise UnfitField("name", "Ghi tên đợt xét, ví dụ: Xét khen thưởng cuối năm 2026.")
    if not FIRST_YEAR <= data.year <= LAST_YEAR:
        raise UnfitField("year", f"Năm từ {FIRST_YEAR} đến {LAST_YEAR}.")
    unknown = [code for code in data.awards if code not in shipped_awards()]
    if unknown:
        raise UnfitField("awards", f"Danh mục không có «{unknown[0][:20]}».")
    if data.due and data.superior_due and data.superior_due < data.due:
        raise UnfitField("superior_due", "Hạn gửi hồ sơ lên cấp trên sớm hơn hạn các nơi gửi danh sách; hãy xem lại.")
    order = list(shipped_awards())
    return replace(data, name=name, awards=tuple(sorted(set(data.awards), key=order.index)))


def cleaned_nominee(data: NomineeData, year: int) -> NomineeData:
    """``year``: the round's."""
    name = cleaning.line("name", " ".join(data.name.split()), NAME)
    if not name:
        raise UnfitField("name", "Ghi họ và tên, hoặc tên tập thể, hộ gia đình.")
    if data.award not in shipped_awards():
        raise UnfitField("award", "Chọn danh hiệu hoặc hình thức đề nghị.")
    allowed = [one.value for one in shipped_awards()[data.award].recipients]
    if data.kind not in allowed:
        words = " và ".join(_RECIPIENTS[RecipientKind(one)] for one in allowed)
        raise UnfitField("kind", f"{award_name(data.award)} chỉ dành cho {words}.")
    _refuse_birth(data)
    is_person = data.kind == RecipientKind.PERSON.value
    return replace(
        data,
        name=name,
        honorific=cleaning.line("name", data.honorific, HONORIFIC) if is_person else "",
        gender=(data.gender or gender_of(data.honorific)) if is_person else "",
        birth_date=data.birth_date if is_person else None,
        birth_year=(data.birth_year or (data.birth_date.year if data.birth_date else None)) if is_person else None,
        level=data.level if is_person else "",
        post=cleaning.line("post", " ".join(data.post.split()), POST),
        workplace=cleaning.line("workplace", " ".join(data.workplace.split()), WORKPLACE),
        achievement=_achievement(data.achievement),
        year=data.year or year,
    )


def _achievement(text: str) -> str:
    said = cleaning.lines("achievement", text)
    if len(said) > ACHIEVEMENT:
        raise UnfitField("achievement", f"Tóm tắt thành tích dài quá {ACHIEVEMENT:,} ký tự.".replace(",", "."))
    return said


def _refuse_birth(data: NomineeData) -> None:
    today = timezone.localdate()
    if data.birth_date is not None and data.birth_date > today:
        raise UnfitField("birth", f"Ngày {data.birth_date:%d/%m/%Y} chưa đến.")
    if data.birth_year is not None and not FIRST_BIRTH_YEAR <= data.birth_year <= today.year:
        raise UnfitField("birth", f"Năm sinh {data.birth_year} không thể có.")


def cleaned_reason(text: str, what: str) -> str:
    """``what``: half a sentence, what the reason is for."""
    reason = cleaning.line("reason", " ".join(text.split()), REASON)
    if not reason:
        raise UnfitField("reason", f"Ghi lý do {what}.")
    return reason


def checked_day(field: str, day: dt.date, *, not_before: dt.date | None = None) -> dt.date:
    if day > timezone.localdate():
        raise UnfitField(field, f"Ngày {day:%d/%m/%Y} chưa đến.")
    if not_before is not None and day < not_before:
        raise UnfitField(field, f"Sớm hơn ngày gửi ({not_before:%d/%m/%Y}); hãy xem lại ngày.")
    if day.year < FIRST_YEAR:
        raise UnfitField(field, f"Năm {day.year} xa quá; hãy xem lại ngày.")
    return day


def told(values: dict[str, Any]) -> dict[str, Any]:
    """For the history: awards by their names."""
    if "awards" in values:
        values = values | {"awards": [award_name(code) for code in values["awards"]]}
    return values | ({"award": award_name(values["award"])} if values.get("award") else {})
