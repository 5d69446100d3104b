"""Quy định của địa phương: what a unit orders otherwise than the law, each with the paper that it rests on."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from awards.models import LocalRule
from awards.models.common import CycleKind, RouteKind
from awards.shipped import PAPER_WORDS, shipped_awards
from core import audit
from core.errors import AppError, UnfitField
from core.text import clean_line, refuse_markup
from units.models import Unit

SOURCE, PAYER, PAPER = 300, 300, 120
QUOTA_OF = ("people", "collectives")
MOST_PAPERS, MOST_DAYS = 20, 365
_DAYS_OF_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class GoneMeanwhile(AppError):
    message = "Quy định này vừa được người khác bỏ. Hãy tải lại trang."


@dataclass(frozen=True, slots=True)
class RuleData:
    """Blank fields: as in the law."""

    source: str
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    papers: tuple[str, ...] | None = None
    """Codes of ``PAPER_WORDS`` and lines of the unit's own; None: as in the law."""
    cycle: str = ""
    due_month: int | None = None
    due_day: int | None = None
    days: int | None = None
    route: str = ""
    vote_percent: int | None = None
    quota_percent: Decimal | None = None
    quota_of: str = ""
    quota_direct_percent: Decimal | None = None
    multiplier: Decimal | None = None
    recipient: str = ""
    payer: str = ""


_SAYING = (
    *("papers", "cycle", "due_month", "days", "route", "vote_percent", "quota_percent"),
    *("quota_direct_percent", "multiplier", "payer"),
)


@transaction.atomic
def add_rule(unit: Unit, award: str, *, actor: Any, data: RuleData) -> LocalRule:
    """Raises ``UnfitField``."""
    audit.wait_for_turn(unit.pk)
    values = _values(award, data)
    made = LocalRule(unit=unit, award=award, by=actor, **values)
    _keep(made)
    audit.record("awards.local_rule.added", made, actor=actor, unit_id=unit.pk, changes=_changes({}, values))
    return made


@transaction.atomic
def change_rule(rule: LocalRule, *, actor: Any, data: RuleData) -> None:
    """Raises ``UnfitField``, ``GoneMeanwhile``."""
    audit.wait_for_turn(rule.unit_id)
    values = _values(rule.award, data)
    before = {name: getattr(rule, name) for name in values}
    if before == values:
        return
    if not LocalRule.objects.filter(pk=rule.pk).exists():
        raise GoneMeanwhile
    for name, value in values.items():
        setattr(rule, name, value)
    _keep(rule)
    changes = _changes(before, values)
    audit.record("awards.local_rule.changed", rule, actor=actor, unit_id=rule.unit_id, changes=changes)


@transaction.atomic
def remove_rule(rule: LocalRule, *, actor: Any) -> None:
    """One that was entered by mistake; one that ended gets its last day instead."""
    audit.record("awards.local_rule.removed", rule, actor=actor, unit_id=rule.unit_id)
    rule.delete()


def _values(award: str, data: RuleData) -> dict[str, Any]:
    values = asdict(data)
    values["source"] = _line("source", data.source, SOURCE, "Theo văn bản")
    values["payer"] = _line("payer", data.payer, PAYER, "Nguồn chi")
    if data.papers is not None:
        values["papers"] = _papers(data.papers)
    if not values["source"]:
        raise UnfitField("source", "Ghi văn bản quy định, ví dụ: Hướng dẫn số 12/HD-SNV ngày 5/3/2026.")
    if data.valid_from and data.valid_to and data.valid_to < data.valid_from:
        raise UnfitField("valid_to", "Ngày hết hiệu lực không trước ngày có hiệu lực.")
    if all(values[name] in (None, "") for name in _SAYING):
        raise UnfitField("", "Ghi ít nhất một nội dung khác với luật.")
    _refuse_unfit(award, data)
    return values


def _refuse_unfit(award: str, data: RuleData) -> None:
    if (data.due_month is None) != (data.due_day is None) or (
        data.due_month is not None
        and not (1 <= data.due_month <= 12 and 1 <= (data.due_day or 0) <= _DAYS_OF_MONTH[data.due_month - 1])
    ):
        raise UnfitField("due", "Ghi ngày và tháng, ví dụ 10/12.")
    if data.days is not None and not 1 <= data.days <= MOST_DAYS:
        raise UnfitField("days", f"Ghi số ngày làm việc từ 1 đến {MOST_DAYS}.")
    if data.vote_percent is not None and not 50 <= data.vote_percent <= 100:
        raise UnfitField("vote_percent", "Tỷ lệ phiếu từ 50 đến 100 %.")
    for name in ("quota_percent", "quota_direct_percent"):
        value = getattr(data, name)
        if value is not None and not 0 <= value <= 100:
            raise UnfitField(name, "Ghi tỷ lệ từ 0 đến 100 %.")
    if (data.quota_percent is None) != (not data.quota_of):
        raise UnfitField("quota_of", "Ghi cả tỷ lệ tối đa và tính trên số nào.")
    if data.quota_of and data.quota_of not in (*QUOTA_OF, *shipped_awards()):
        raise UnfitField("quota_of", "Chọn tỷ lệ tính trên số nào.")
    if data.multiplier is not None and not 0 < data.multiplier <= 100:
        raise UnfitField("multiplier", "Ghi hệ số lớn hơn 0, ví dụ 0,3.")
    if data.recipient and (data.multiplier is None or data.recipient not in shipped_awards()[award].recipients):
        raise UnfitField("recipient", "Chọn đối tượng được tặng, và ghi hệ số tiền thưởng.")
    if data.cycle and data.cycle not in CycleKind.values:
        raise UnfitField("cycle", "Chọn chu kỳ.")
    if data.route and data.route not in RouteKind.values:
        raise UnfitField("route", "Chọn cách xét.")


def _papers(papers: tuple[str, ...]) -> list[str]:
    if len(papers) > MOST_PAPERS:
        raise UnfitField("own_papers", f"Nhiều nhất {MOST_PAPERS} thành phần hồ sơ.")
    return [one if one in PAPER_WORDS else _line("own_papers", one, PAPER, "Thành phần hồ sơ") for one in papers]


def _line(field: str, text: str, limit: int, name: str) -> str:
    try:
        return refuse_markup(clean_line(text.strip(), limit=limit, name=name), name=name)
    except AppError as error:
        raise UnfitField(field, str(error)) from None


def _keep(rule: LocalRule) -> None:
    try:
        with transaction.atomic():
            rule.save()
    except IntegrityError:
        raise UnfitField(
            "valid_from", "Đã có quy định của đơn vị cho danh hiệu, hình thức này từ ngày đó. Hãy sửa quy định đã có."
        ) from None


def _changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    said = {name: value for name, value in after.items() if before or value not in (None, "")}
    return audit.differences(before, said)
