"""What is said of a set and of a criterion, as plain values; ``UnfitField`` tells where they cannot be kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from clusters.criteria.rulebook import RULE_OF
from clusters.interchange import UnfitScoring, read_rule
from clusters.models import Cluster, CriteriaSet, Criterion
from clusters.scheme import Kind
from clusters.standing import ORDER
from clusters.states import Stage
from core.errors import AppError, UnfitField
from core.text import as_pasted, clean_line, clean_lines, refuse_markup

MOST_POINTS = Decimal(100_000)
MOST_CRITERIA = 600
MOST_LEVELS = 6
_CODE, _TITLE, _MEASURE, _LINE, _TEXT = 40, 2_000, 80, 300, 10_000
FIRST_YEAR, LAST_YEAR = 2000, 2100


# -- A set ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SetValues:
    name: str
    year: int
    cluster: Cluster | None = None
    decimals: int = 2
    not_assigned: str = CriteriaSet.NotAssigned.RESCALE
    surplus_cap: Decimal | None = None
    basis: str = ""


def set_values(criteria_set: CriteriaSet) -> SetValues:
    return SetValues(**{name: getattr(criteria_set, name) for name in SetValues.__dataclass_fields__})


def checked_set(values: SetValues, unit_id: int) -> SetValues:
    name = _line("name", "Tên bộ tiêu chí", values.name, _LINE)
    if not name:
        raise UnfitField("name", "Tên bộ tiêu chí còn trống.")
    if not FIRST_YEAR <= values.year <= LAST_YEAR:
        raise UnfitField("year", f"Năm phải từ {FIRST_YEAR} đến {LAST_YEAR}.")
    if values.cluster is not None and values.cluster.unit_id != unit_id:
        raise UnfitField("cluster", "Chọn cụm, khối do đơn vị này tổ chức.")
    if not 0 <= values.decimals <= 4:
        raise UnfitField("decimals", "Số chữ số thập phân từ 0 đến 4.")
    if values.surplus_cap is not None:
        checked_points("surplus_cap", "Mức thưởng vượt kế hoạch", values.surplus_cap)
    return replace(values, name=name, basis=_lines("basis", "Căn cứ ban hành", values.basis))


# -- A criterion ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CriterionValues:
    code: str
    title: str
    maximum: Decimal = Decimal(0)
    kind: str = ""
    rule: Mapping[str, Any] = field(default_factory=dict)
    is_lower_better: bool = False
    needs_evidence: bool = False
    starts_full: bool = False
    measure: str = ""
    guidance: str = ""
    office: str = ""
    scored_by: str = Stage.SELF
    confirmed_by: str = ""


NAMES = tuple(CriterionValues.__dataclass_fields__)


def values_of(criterion: Criterion) -> CriterionValues:
    return CriterionValues(**{name: getattr(criterion, name) for name in NAMES})


def checked(values: CriterionValues) -> CriterionValues:
    """As it can be kept: what its kind does not know is left out."""
    code = _line("code", "Mã", values.code, _CODE)
    if not code or ";" in code:
        raise UnfitField("code", "Mã còn trống." if not code else "Mã không có dấu chấm phẩy.")
    title = _line("title", "Nội dung tiêu chí", values.title, _TITLE)
    if not title:
        raise UnfitField("title", "Nội dung tiêu chí còn trống.")
    checked_points("maximum", "Điểm chuẩn", values.maximum)
    if values.kind not in Criterion.Kind.values:
        raise UnfitField("kind", "Chọn cách tính điểm trong danh sách.")
    kind = Kind(values.kind) if values.kind else None
    _check_stages(values)
    is_leaf, is_in_base = kind is not None, kind is not None and kind.is_in_base
    return replace(
        values,
        code=code,
        title=title,
        rule=checked_rule(values.kind, values.rule),
        is_lower_better=values.is_lower_better and kind is not None and kind.needs_target,
        needs_evidence=values.needs_evidence and is_leaf and kind is not Kind.PENALTY,
        starts_full=values.starts_full and is_in_base,
        measure=_line("measure", "Đơn vị tính", values.measure, _MEASURE) if is_leaf else "",
        guidance=_lines("guidance", "Cách chấm", values.guidance),
        office=_line("office", "Cơ quan cung cấp số liệu", values.office, _LINE),
        scored_by=values.scored_by if is_leaf else Stage.SELF.value,
        confirmed_by=values.confirmed_by if is_leaf else "",
    )


def checked_rule(kind: str, rule: Mapping[str, Any]) -> dict[str, Any]:
    own = {name: rule[name] for name in RULE_OF.get(kind, ()) if rule.get(name) not in (None, [], {})}
    try:
        read_rule("", own)
    except UnfitScoring as error:
        raise UnfitField("rule", str(error)) from None
    return own


def checked_points(name: str, label: str, points: Decimal) -> Decimal:
    if points < 0:
        raise UnfitField(name, f"{label} không được âm.")
    if points > MOST_POINTS:
        raise UnfitField(name, f"{label} lớn quá; hãy xem lại.")
    if points != points.quantize(Decimal("0.0001")):
        raise UnfitField(name, f"{label} có quá 4 chữ số lẻ.")
    return points


def _check_stages(values: CriterionValues) -> None:
    if values.scored_by not in Stage.values:
        raise UnfitField("scored_by", "Chọn ai chấm.")
    if values.confirmed_by not in Criterion.Confirmer.values:
        raise UnfitField("confirmed_by", "Chọn ai xác nhận.")
    if values.confirmed_by and ORDER[values.confirmed_by] <= ORDER[values.scored_by]:
        raise UnfitField("confirmed_by", "Bên xác nhận phải ở bước sau bên chấm; hãy chọn bước sau, hoặc không cần.")


def _line(name: str, label: str, text: str, limit: int) -> str:
    try:
        return refuse_markup(clean_line(" ".join(as_pasted(text).split()), limit=limit, name=label), name=label)
    except AppError as error:
        raise UnfitField(name, str(error)) from None


def _lines(name: str, label: str, text: str) -> str:
    try:
        return refuse_markup(clean_lines(as_pasted(text).strip(), limit=_TEXT, name=label), name=label)
    except AppError as error:
        raise UnfitField(name, str(error)) from None
