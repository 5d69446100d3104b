"""The criteria of the demonstration's province, and those of its commune for villages: as a set is typed.

Each leaf tells what a usual unit reaches, from which ``cluster_figures`` makes those of each.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.utils import timezone

from clusters.criteria.editing import Node, RowEdit, save_rows, take_over
from clusters.criteria.services import change_set, copy_proposed, copy_set, create_set, publish_set
from clusters.criteria.values import CriterionValues, SetValues, set_values
from clusters.models import CriteriaSet, Criterion
from clusters.states import Stage
from units.models import Unit, User

Kind = Criterion.Kind


@dataclass(frozen=True)
class Leaf:
    title: str
    maximum: str
    kind: str
    usual: float = 0
    """What a usual unit reaches."""
    more: Mapping[str, Any] = field(default_factory=dict)


def _bands(*pairs: tuple[int, float]) -> dict[str, Any]:
    return {"rule": {"bands": [{"from": low, "points": str(points)} for low, points in pairs]}}


_FULL = {"starts_full": True}
_PROOF = {"needs_evidence": True}
_LOWER = {"is_lower_better": True}
_BY_REVIEW = {"scored_by": Stage.REVIEW.value}
_PERCENT = {"measure": "%"}
_LATE = {"late": [{"days": 1, "points": "0.5"}, {"days": 4, "points": 1}, {"days": 8, "points": 2}], "cutoff": 15}
_GRADES = {"rule": {"grades": {"A": 5, "B": 4, "C": "2.5", "D": 0}}}
_SCHOOL = {"rule": {"grades": {"A": 4, "B": 3, "C": 2, "D": 0}}}
_SURPLUS = {"rule": {"surplus": {"each_percent": 1, "cap_percent": 10}}}

Groups = Sequence[tuple[str, Sequence[Leaf]]]

PROVINCE: Groups = (
    ("Phát triển kinh tế", (
        Leaf("Thu ngân sách trên địa bàn", "6", Kind.RATIO, 12.4,
             {"measure": "tỷ đồng", "office": "Thuế tỉnh", **_SURPLUS}),
        Leaf("Thu nhập bình quân đầu người", "5", Kind.RATIO_LEADER, 46, {"measure": "triệu đồng"}),
        Leaf("Tổng sản lượng lương thực có hạt", "4", Kind.RATIO, 5200, {"measure": "tấn"}),
        Leaf("Tỷ lệ giải ngân vốn đầu tư công", "5", Kind.RATIO_BAND, 100,
             {"rule": {"low": 60, "high": 95}, "office": "Sở Tài chính", **_PERCENT}),
        Leaf("Mô hình sản xuất có hiệu quả được nhân rộng", "3", Kind.COUNT, 3,
             {"rule": {"points_each": 1}, "measure": "mô hình"}),
        Leaf("Hoàn thành kế hoạch chuyển đổi số", "2", Kind.YES_NO),
    )),
    ("Phát triển văn hóa - xã hội", (
        Leaf("Tỷ lệ hộ nghèo đa chiều", "5", Kind.RATIO, 6.5, {**_LOWER, **_PERCENT}),
        Leaf("Tỷ lệ người dân tham gia bảo hiểm y tế", "4", Kind.RATIO, 94,
             {"office": "Bảo hiểm xã hội tỉnh", **_PERCENT}),
        Leaf("Tỷ lệ gia đình văn hóa", "4", Kind.BANDS, 88, {**_bands((70, 2), (80, 3), (90, 4)), **_PERCENT}),
        Leaf("Xếp loại công tác giáo dục", "4", Kind.GRADES, 0, _SCHOOL),
        Leaf("Thực hiện nếp sống văn minh trong việc cưới, việc tang, lễ hội", "3", Kind.MANUAL, 0, _FULL),
    )),
    ("Xây dựng Đảng, xây dựng chính quyền", (
        Leaf("Xếp loại chất lượng chính quyền", "5", Kind.GRADES, 0, _GRADES),
        Leaf("Tỷ lệ hồ sơ thủ tục hành chính giải quyết đúng hạn", "5", Kind.RATIO_BAND, 100,
             {"rule": {"low": 80, "high": 98}, **_PERCENT}),
        Leaf("Sáng kiến được công nhận", "3", Kind.RELATIVE, 12, {"measure": "sáng kiến"}),
        Leaf("Tiếp công dân, giải quyết đơn thư", "4", Kind.MANUAL, 0, _FULL),
        Leaf("Thực hiện dân chủ ở cơ sở", "3", Kind.YES_NO, 0, _PROOF),
    )),
    ("Quốc phòng, an ninh", (
        Leaf("Hoàn thành chỉ tiêu giao quân", "5", Kind.YES_NO),
        Leaf("Tỷ lệ thôn, tổ dân phố đạt tiêu chuẩn «An toàn về an ninh, trật tự»", "5", Kind.BANDS, 86,
             {**_bands((60, 2), (75, 3.5), (85, 5)), **_PERCENT}),
        Leaf("Bảo đảm trật tự an toàn giao thông, phòng cháy, chữa cháy", "3", Kind.MANUAL, 0, _FULL),
        Leaf("Số vụ phạm pháp hình sự", "2", Kind.RATIO, 8, {"measure": "vụ", **_LOWER}),
    )),
    ("Công tác thi đua, khen thưởng", (
        Leaf("Ban hành kế hoạch thi đua, khen thưởng đúng hạn", "3", Kind.YES_NO, 0, _PROOF),
        Leaf("Phát hiện, giới thiệu điển hình tiên tiến", "3", Kind.RATIO, 10, {"measure": "điển hình"}),
        Leaf("Tỷ lệ khen thưởng người trực tiếp lao động, công tác", "5", Kind.BANDS, 62,
             {**_bands((30, 2), (50, 3.5), (70, 5)), **_PERCENT}),
        Leaf("Tham gia sinh hoạt cụm", "4", Kind.MANUAL, 0, {**_FULL, "confirmed_by": Stage.HEAD.value}),
        Leaf("Chất lượng báo cáo, hồ sơ đề nghị khen thưởng", "5", Kind.MANUAL, 5,
             {"scored_by": Stage.HEAD.value, "confirmed_by": Stage.REVIEW.value}),
    )),
    ("Điểm thưởng", (
        Leaf("Được cấp bộ, cấp tỉnh khen thưởng theo chuyên đề", "3", Kind.BONUS, 1,
             {"confirmed_by": Stage.REVIEW.value}),
        Leaf("Có mô hình mới được tỉnh nhân rộng", "2", Kind.BONUS, 1, {"confirmed_by": Stage.REVIEW.value}),
    )),
    ("Điểm trừ", (
        Leaf("Gửi báo cáo, bảng điểm chậm", "5", Kind.PENALTY, 0, {"rule": _LATE, **_BY_REVIEW}),
        Leaf("Hồ sơ khen thưởng bị trả lại", "3", Kind.PENALTY, 0, {"rule": {"returned_each": "0.5"}, **_BY_REVIEW}),
    )),
)  # fmt: skip

VILLAGES: Groups = (
    ("Phát triển kinh tế, đời sống", (
        Leaf("Tỷ lệ hộ nghèo giảm so với kế hoạch", "15", Kind.RATIO, 4, _PERCENT),
        Leaf("Đóng góp các quỹ theo quy định", "10", Kind.RATIO, 18, {"measure": "triệu đồng"}),
        Leaf("Làm, sửa đường, kênh mương", "15", Kind.MANUAL, 0, _FULL),
    )),
    ("Văn hóa - xã hội, vệ sinh môi trường", (
        Leaf("Tỷ lệ gia đình văn hóa", "15", Kind.BANDS, 85, {**_bands((70, 8), (80, 12), (90, 15)), **_PERCENT}),
        Leaf("Đường làng, ngõ xóm xanh, sạch, đẹp", "15", Kind.MANUAL, 0, _FULL),
        Leaf("Tỷ lệ người dân tham gia bảo hiểm y tế", "10", Kind.RATIO, 94, _PERCENT),
    )),
    ("An ninh, trật tự; sinh hoạt thôn", (
        Leaf("Không có vụ việc phức tạp về an ninh, trật tự", "10", Kind.YES_NO),
        Leaf("Họp, gửi báo cáo đầy đủ", "10", Kind.MANUAL, 0, _FULL),
    )),
    ("Điểm thưởng", (
        Leaf("Có mô hình, cách làm mới", "5", Kind.BONUS, 2),
    )),
)  # fmt: skip

_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII")
_TIES = ["I.1", "V.3"]
"""What decides among equals first."""
_NEW_POINTS = {"I.5": Decimal(2), "I.6": Decimal(3)}
"""Of the second year; the group's stay the same."""


def leaves_of(groups: Groups) -> dict[str, Leaf]:
    """By code."""
    return {f"{_NUMERALS[at]}.{place}": leaf for at, (_, rows) in enumerate(groups) for place, leaf in _placed(rows)}


def _placed(rows: Sequence[Leaf]) -> enumerate[Leaf]:
    return enumerate(rows, start=1)


def write_province_set(unit: Unit, year: int, *, actor: User) -> CriteriaSet:
    name = f"Bộ tiêu chí chấm điểm thi đua các xã, phường năm {year}"
    basis = "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022\nNghị quyết phát triển kinh tế - xã hội của tỉnh"
    values = SetValues(name, year, surplus_cap=Decimal(2), basis=basis)
    return _published(_written(unit, values, PROVINCE, actor), actor)


def copy_for_next_year(source: CriteriaSet, *, actor: User) -> CriteriaSet:
    """What the meeting of the year before asked for: more bonus beyond targets, more points for digital work."""
    made = copy_set(source, source.unit, values=copy_proposed(source), actor=actor)
    values = replace(set_values(made), surplus_cap=Decimal(3))
    change_set(made, values=values, tie_break=_TIES, version=made.version, actor=actor)
    made.refresh_from_db()
    rows = {row.code: row for row in made.criteria.filter(code__in=_NEW_POINTS)}
    edits = [RowEdit(row.pk, code, row.title, _NEW_POINTS[code]) for code, row in rows.items()]
    save_rows(made, edits, [], version=made.version, actor=actor)
    return _published(made, actor)


def write_village_set(unit: Unit, year: int, *, actor: User) -> CriteriaSet:
    values = SetValues(f"Bảng điểm thi đua các thôn năm {year}", year, decimals=1)
    return _published(_written(unit, values, VILLAGES, actor), actor)


def _written(unit: Unit, values: SetValues, groups: Groups, actor: User) -> CriteriaSet:
    made = create_set(unit, values=values, actor=actor)
    take_over(made, _nodes(groups), replaces=True, version=made.version, actor=actor)
    made.refresh_from_db()
    ties = _TIES if groups is PROVINCE else ["II.1"]
    change_set(made, values=set_values(made), tie_break=ties, version=made.version, actor=actor)
    return made


def _published(made: CriteriaSet, actor: User) -> CriteriaSet:
    made.refresh_from_db()
    at = dt.datetime(made.year, 2, 20, 9, tzinfo=timezone.get_current_timezone())
    publish_set(made, version=made.version, actor=actor, at=min(at, timezone.now()))
    made.refresh_from_db()
    return made


def _nodes(groups: Groups) -> list[Node]:
    nodes = []
    for numeral, (title, rows) in zip(_NUMERALS, groups, strict=False):
        children = tuple(
            Node(CriterionValues(f"{numeral}.{place}", leaf.title, Decimal(leaf.maximum), kind=leaf.kind, **leaf.more))
            for place, leaf in _placed(rows)
        )
        total = sum((child.values.maximum for child in children), Decimal(0))
        nodes.append(Node(CriterionValues(numeral, title, total), children))
    return nodes
