"""Criteria in our own layout out of sheets and into them (``core.resources`` says how); ``taking`` writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.http import Http404, QueryDict

from campaigns.excel.cells import Figure, Lines, YesNo, as_number
from clusters.criteria import rulebook
from clusters.criteria.rulebook import RULE_OF, kept, read_bands, read_grades
from clusters.criteria.taking import TakenRow, take_rows
from clusters.criteria.values import NAMES, CriterionValues, checked, values_of
from clusters.models import CriteriaSet, Criterion
from clusters.scheme import Kind
from clusters.selectors import visible_sets
from clusters.states import SetState, Stage
from core.cells import Cell, Choice, UnfitCell, Whole, Words, as_words
from core.errors import AppError, UnfitField
from core.exporting import Listed
from core.resources import Column, SheetResource, Work
from core.sheets.tables import Table

KIND = "clusters.criteria"
_FIGURES = ("points_each", "late_each", "returned_each", "low", "high")
_DAYS = ("grace", "cutoff")
_RULE_NAMES = (*_FIGURES, *_DAYS, "bands", "grades", "late", "surplus_each", "surplus_cap")


class NoRight(AppError):
    message = "Bộ tiêu chí này không còn sửa được, hoặc bạn không còn quyền sửa."


class Code(Words):
    """«1.1», which Excel makes a number of."""

    def read(self, value: Any) -> str:
        return super().read(as_words(value).replace(",", ".") if isinstance(value, float) else value)


class Typed(Cell):
    """Lines of bands or grades, checked as the form checks them and kept as it shows them."""

    def __init__(self, read: Callable[[str], Any], show: Callable[[Any], str]) -> None:
        super().__init__()
        self.reads, self.shows = read, show

    def read(self, value: Any) -> str:
        try:
            return self.shows(self.reads(as_words(value)))
        except UnfitField as error:
            raise UnfitCell(str(error)) from None


def _bands(reached: str) -> Typed:
    return Typed(
        lambda text: read_bands("", text, reached=reached),
        lambda bands: rulebook.show_pairs((one[reached], one["points"]) for one in bands),
    )


class CriterionResource(SheetResource):
    sheet_name = "Tiêu chí"
    examples: ClassVar = (
        ("I", "Phát triển kinh tế - xã hội", "", 30, "Nhóm tiêu chí", *[""] * 20),
        ("I.1", "Thu ngân sách trên địa bàn", "I", 20, "Tỷ lệ so với kế hoạch", *[""] * 20),
        ("I.2", "Chế độ họp, báo cáo", "I", 10, "Người chấm cho điểm", *[""] * 20),
    )

    code = Column("code", "Mã", Code(40), also=("Mã tiêu chí", "Mã số"), key=True, hint="Như I, I.1, I.1.a.", width=10)
    title = Column("title", "Nội dung tiêu chí", Words(2_000), also=("Nội dung", "Tiêu chí"), key=True, width=60)
    parent = Column("parent_code", "Thuộc nhóm", Code(40), hint="Mã của nhóm; để trống thì theo mã.", width=12)
    maximum = Column("maximum", "Điểm chuẩn", Figure(), also=("Điểm tối đa", "Điểm"), width=12)
    kind = Column("kind", "Cách tính điểm", Choice(Criterion.Kind.choices), also=("Cách tính",), width=26)
    lower = Column("is_lower_better", "Càng thấp càng tốt", YesNo(), hint="có, không", width=12)
    evidence = Column("needs_evidence", "Phải có tài liệu kiểm chứng", YesNo(), hint="có, không", width=14)
    full = Column("starts_full", "Chấm theo lối trừ", YesNo(), hint="có, không", width=12)
    measure = Column("measure", "Đơn vị tính", Words(80), also=("ĐVT",), width=14)
    scored = Column("scored_by", "Ai chấm", Choice(Stage.choices), width=18)
    confirmed = Column("confirmed_by", "Ai xác nhận", Choice(Criterion.Confirmer.choices), width=18)
    low = Column("low", "Mức dưới (%)", Figure(), width=12)
    high = Column("high", "Mức trên (%)", Figure(), width=12)
    surplus_each = Column("surplus_each", "Vượt 1 % thưởng (% điểm)", Figure(), width=14)
    surplus_cap = Column("surplus_cap", "Thưởng vượt nhiều nhất (% điểm)", Figure(), width=14)
    points_each = Column("points_each", "Điểm mỗi đơn vị đếm được", Figure(), width=14)
    bands = Column("bands", "Các mức đạt", _bands("from"), hint="Mỗi dòng một mức, như 30: 5.", width=20)
    grades = Column(
        "grades",
        "Điểm các loại",
        Typed(lambda text: read_grades("", text), lambda found: rulebook.show_pairs(found.items())),
        hint="Mỗi dòng một loại, như A: 10.",
        width=20,
    )
    late = Column("late", "Mức trừ theo ngày chậm", _bands("days"), hint="Mỗi dòng một mức, như 5: 5.", width=20)
    late_each = Column("late_each", "Trừ mỗi ngày chậm", Figure(), width=12)
    grace = Column("grace", "Không trừ đến (ngày)", Whole(), width=12)
    cutoff = Column("cutoff", "Không nhận sau (ngày)", Whole(), width=12)
    returned_each = Column(
        "returned_each",
        "Trừ mỗi hồ sơ trả lại",
        Figure(),
        hint="Điểm trừ để trống mọi cột mức trừ thì người chấm tự ghi số điểm trừ.",
        width=16,
    )
    office = Column("office", "Cơ quan cung cấp số liệu", Words(300), width=30)
    guidance = Column("guidance", "Cách chấm", Lines(10_000), width=50)

    class Meta:
        model = Criterion
        fields = (
            "code", "title", "parent", "maximum", "kind", "lower", "evidence", "full", "measure", "scored",
            "confirmed", "low", "high", "surplus_each", "surplus_cap", "points_each", "bands", "grades", "late",
            "late_each", "grace", "cutoff", "returned_each", "office", "guidance",
        )  # fmt: skip
        export_order = fields

    set: CriteriaSet
    actor: Any

    @classmethod
    def opened(cls, *, actor: Any, target_id: int, options: Mapping[str, str]) -> Self:
        found = visible_sets(actor).filter(pk=target_id, state=SetState.DRAFT).first()
        if found is None or not actor.has_perm("clusters.run_season", found):
            raise NoRight
        resource = cls()
        resource.set, resource.actor = found, actor
        return resource

    # -- In ------------------------------------------------------------------------------

    def prepare(self, table: Table) -> None:
        self.there = {row.code: show(row) for row in self.set.criteria.select_related("parent")}
        self.taken_rows: list[TakenRow] = []
        codes = (row.values.get("code") for row in table.rows)
        self.codes = {*self.there, *(as_words(code).replace(",", ".").strip() for code in codes if code is not None)}
        given = {as_words(row.values["parent_code"]).strip() for row in table.rows if row.values.get("parent_code")}
        self.groups = given | {_parent_by_code(code, self.codes) for code in self.codes}

    def find(self, work: Work) -> Criterion | None:
        return self.there.get(work.values["code"])

    def same_as(self, work: Work) -> str:
        return work.values["code"]

    def check(self, work: Work) -> None:
        try:
            row = self._row(work)
            checked(row.values)
        except UnfitField as error:
            raise AppError(str(error)) from None
        if row.parent and (row.parent not in self.codes or row.parent == row.values.code):
            raise AppError(f"Thuộc nhóm: không có nhóm mã «{row.parent}» trong bộ này và trong tệp.")

    def _row(self, work: Work) -> TakenRow:
        after = {name: new for name, (_, new) in work.changes.items()}
        found: Criterion | None = work.found
        values = values_of(found) if found is not None else self._begun(work)
        plain = {name: value for name, value in after.items() if name in NAMES}
        typed = {name: after.get(name, getattr(found, name, None)) for name in _RULE_NAMES}
        values = replace(values, **plain)
        parent = after.get("parent_code", getattr(found, "parent_code", None))
        if parent is None:
            parent = _parent_by_code(values.code, self.codes)
        rule = _rule(values.kind, typed)
        return TakenRow(replace(values, rule=rule), parent, found.pk if found is not None else None)

    def _begun(self, work: Work) -> CriterionValues:
        """A new row whose kind is blank is a group where others stand inside, else one that a person scores."""
        code = work.values["code"]
        kind = "" if code in self.groups else Kind.MANUAL.value
        return CriterionValues(code, work.values["title"], kind=kind, starts_full=bool(kind))

    def create(self, work: Work) -> None:
        self.taken_rows.append(self._row(work))

    change = create

    def finish(self) -> None:
        if self.taken_rows:
            take_rows(self.set, self.taken_rows, version=self.set.version, actor=self.actor)

    # -- Out -----------------------------------------------------------------------------

    def export_resource(self, instance: Any, selected_fields: Any = None, **kwargs: Any) -> list[Any]:
        return super().export_resource(show(instance), selected_fields, **kwargs)

    def dehydrate_maximum(self, row: Criterion) -> Any:
        return as_number(row.maximum)


def _parent_by_code(code: str, codes: Any) -> str:
    """«I.1.a» stands in «I.1», else in «I», where such a row is."""
    above = code.rpartition(".")[0]
    while above and above not in codes:
        above = above.rpartition(".")[0]
    return above


def _rule(kind: str, typed: Mapping[str, Any]) -> dict[str, Any]:
    """In the form's words, from the cells; raise ``UnfitField``."""
    rule: dict[str, Any] = {
        name: kept(Decimal(typed[name])) for name in (*_FIGURES, *_DAYS) if typed[name] is not None
    }
    for name, reached in (("bands", "from"), ("late", "days")):
        if typed[name]:
            rule[name] = read_bands(name, typed[name], reached=reached)
    if typed["grades"]:
        rule["grades"] = read_grades("grades", typed["grades"])
    words = {"each_percent": "surplus_each", "cap_percent": "surplus_cap"}
    if surplus := {word: kept(typed[name]) for word, name in words.items() if typed[name] is not None}:
        rule["surplus"] = surplus
    if negative := [name for name in _FIGURES if str(rule.get(name, "")).startswith("-")]:
        raise UnfitField(negative[0], "Số điểm, tỷ lệ không được âm.")
    return {name: value for name, value in rule.items() if name in RULE_OF.get(kind, ())}


def show(row: Criterion) -> Criterion:
    """With what the columns read besides fields of its own."""
    rule: dict[str, Any] = row.rule
    shown: dict[str, Any] = {"parent_code": row.parent.code if row.parent else ""}
    shown |= {name: Decimal(str(rule[name])) if rule.get(name) is not None else None for name in _FIGURES}
    shown |= {name: rule.get(name) for name in _DAYS}
    shown |= {
        name: rulebook.show_pairs((band[reached], band["points"]) for band in rule.get(name, []))
        for name, reached in (("bands", "from"), ("late", "days"))
    }
    shown["grades"] = rulebook.show_pairs(rule.get("grades", {}).items())
    surplus = rule.get("surplus") or {}
    for word, name in (("each_percent", "surplus_each"), ("cap_percent", "surplus_cap")):
        shown[name] = Decimal(str(surplus[word])) if surplus.get(word) is not None else None
    for name, value in shown.items():
        setattr(row, name, value)
    return row


def list_criteria(user: Any, set_id: int, query: QueryDict) -> Listed:
    found = visible_sets(user).filter(pk=set_id).first()
    if found is None:
        raise Http404
    rows = found.criteria.select_related("parent").order_by("order")
    return Listed(CriterionResource(), rows, found.name[:200], f"tieu-chi-{found.pk}", found.unit_id)
