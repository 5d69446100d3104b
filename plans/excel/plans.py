"""Heads of plans, out of sheets and into them: drafts are made and changed by ``plans.services``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from core.cells import Cell, Choice, Words, Year, as_words, name_key, read_day
from core.errors import AppError
from core.resources import Column, SheetResource, Work
from core.sheets.tables import Table
from core.text import fold, split_lines
from documents.dates import PartialDate
from plans import limits, services
from plans.interchange import FIRST_YEAR, LAST_YEAR, PlanData
from plans.models import Plan
from plans.services.days import refuse_days_outside
from plans.states import PlanState
from units.models import Issuer, Unit
from units.selectors import issuers_of, units_of

_TITLES = {Plan.Kind.PROGRAMME: "CHƯƠNG TRÌNH", Plan.Kind.DECISION: "QUYẾT ĐỊNH"}
_USUAL_TITLE = "KẾ HOẠCH"
_YEARS_APART = 2


class NoRight(AppError):
    message = "Bạn không có quyền lập kế hoạch ở đơn vị này."


class PartialDay(Cell):
    """The day of a paper: whole, or with the day still blank («01/2026»), or only its year."""

    def read(self, value: Any) -> str:
        if isinstance(value, dt.datetime):
            value = value.date()
        if isinstance(value, dt.date):
            return value.isoformat()
        text = as_words(value).strip()
        if re.fullmatch(r"\d{4}", text):
            return text
        if found := re.fullmatch(r"(\d{1,2})\s*[/.\-]\s*(\d{4})", text):
            iso = f"{found[2]}-{int(found[1]):02d}"
        else:
            iso = read_day(text).isoformat()
        try:
            return str(PartialDate.parse(iso))
        except ValueError:
            raise ValueError(f"không có ngày {text}") from None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> dt.date | str:
        date = PartialDate.parse(value or "")
        return date.exact or "/".join(reversed(str(date).split("-")))


class PlanResource(SheetResource):
    sheet_name = "Kế hoạch"
    examples: ClassVar = (
        (
            "Kế hoạch công tác năm",
            2026,
            "KẾ HOẠCH",
            "Công tác thi đua, khen thưởng năm 2026",
            "",
            "KH-UBND",
            "",
            "",
            "",
        ),
        (
            "Kế hoạch tổ chức hội nghị",
            2026,
            "KẾ HOẠCH",
            "Tổ chức Hội nghị tổng kết công tác thi đua, khen thưởng năm 2026",
            "",
            "KH-UBND",
            "12/2026",
            "",
            "",
        ),
    )

    kind = Column(
        "kind",
        "Loại kế hoạch",
        Choice(Plan.Kind.choices),
        also=("Loại",),
        key=True,
        hint="Chọn trong danh sách.",
        width=28,
    )
    year = Column("year", "Năm", Year(FIRST_YEAR, lambda: LAST_YEAR), key=True, hint="Bốn chữ số.", width=8)
    title = Column(
        "title", "Tên loại", Words(limits.TITLE), hint="Như in trên văn bản; để trống là KẾ HOẠCH.", width=18
    )
    subject = Column(
        "subject", "Trích yếu", Words(limits.SUBJECT), also=("Trích yếu nội dung", "Tên kế hoạch"), key=True, width=60
    )
    number = Column(
        "number", "Số", Words(limits.NUMBER), also=("Số văn bản",), hint="Để trống khi chưa có số.", width=8
    )
    symbol = Column("symbol", "Ký hiệu", Words(limits.SYMBOL), hint="Ví dụ KH-UBND.", width=14)
    paper_date = Column(
        "paper_date", "Ngày văn bản", PartialDay(), also=("Ngày ban hành",), hint="18/01/2026, hoặc 01/2026.", width=14
    )
    issuer = Column(
        "issuer_name",
        "Cơ quan ban hành",
        Words(300),
        hint="Để trống nếu đơn vị chỉ có một cơ quan ban hành.",
        width=36,
    )
    signature_name = Column(
        "signature_name", "Người ký", Words(limits.SIGNATURE_NAME), also=("Họ tên người ký",), width=24
    )
    unit = Column("unit_title", "Đơn vị", Words(), shown_only=True, width=24)
    state = Column("state", "Trạng thái", Choice(PlanState.choices), shown_only=True, width=16)
    task_count = Column("task_count", "Nhiệm vụ", Cell(), shown_only=True, width=10)

    class Meta:
        model = Plan
        fields = (
            "kind",
            "year",
            "title",
            "subject",
            "number",
            "symbol",
            "paper_date",
            "issuer",
            "signature_name",
            "unit",
            "state",
            "task_count",
        )
        export_order = fields

    target: Unit
    actor: Any

    @classmethod
    def opened(cls, *, actor: Any, target_id: int, options: Mapping[str, str]) -> Self:
        resource = cls()
        unit = units_of(actor).filter(pk=target_id).first()
        if unit is None or not actor.has_perm("plans.add_plan", unit):
            raise NoRight
        resource.target, resource.actor = unit, actor
        return resource

    # -- In ------------------------------------------------------------------------------

    def prepare(self, table: Table) -> None:
        self.issuers = list(issuers_of(self.target.pk))
        self.by_number: dict[tuple[int, str], list[Plan]] = {}
        self.by_subject: dict[tuple[int, str, str], list[Plan]] = {}
        for plan in Plan.objects.filter(unit=self.target).select_related("unit", "issuer"):
            show(plan)
            self.by_subject.setdefault((plan.year, plan.kind, name_key(plan.subject)), []).append(plan)
            if plan.number:
                self.by_number.setdefault((plan.year, fold(plan.full_number)), []).append(plan)

    def find(self, work: Work) -> Plan | None:
        """By number and symbol; without a number by year, kind and subject."""
        values = work.values
        alike: list[Plan] = []
        if number := values.get("number"):
            alike = self.by_number.get((values["year"], fold(f"{number}/{values.get('symbol', '')}")), [])
        alike = alike or self.by_subject.get((values["year"], values["kind"], name_key(values["subject"])), [])
        if len(alike) > 1:
            raise AppError(f"Có {len(alike)} kế hoạch giống dòng này; hãy ghi số, ký hiệu để biết là kế hoạch nào.")
        return alike[0] if alike else None

    def same_as(self, work: Work) -> tuple[Any, ...]:
        values = work.values
        if number := values.get("number"):
            return (values["year"], fold(f"{number}/{values.get('symbol', '')}"))
        return (values["year"], values["kind"], name_key(values["subject"]))

    def check(self, work: Work) -> None:
        self._check_days(work)
        if work.is_new:
            self._issuer(work)
            return
        if work.found.state != PlanState.DRAFT:
            raise AppError("Kế hoạch này đã trình hoặc đã ban hành, nên không sửa được từ tệp.")
        if fixed := {"kind", "year", "issuer_name"} & set(work.changes):
            heads = ", ".join(column.column_name for column in self.columns if column.attribute in fixed)
            raise AppError(f"{heads} của kế hoạch đã có không sửa được từ tệp; hãy ghi như trong chương trình.")

    def _check_days(self, work: Work) -> None:
        year = work.values["year"]
        date = PartialDate.parse(work.values.get("paper_date", ""))
        if date.year and abs(date.year - year) > _YEARS_APART:
            raise AppError(f"Năm của ngày văn bản ({date.year}) cách xa năm của kế hoạch ({year}).")
        refuse_days_outside(self.target, year, date, ())

    def _issuer(self, work: Work) -> Issuer:
        name = work.values.get("issuer_name", "")
        found = [issuer for issuer in self.issuers if not name or name_key(issuer.name) == name_key(name)]
        if len(found) == 1:
            return found[0]
        if not self.issuers:
            raise AppError("Đơn vị chưa có cơ quan ban hành nào; hãy thêm ở trang Đơn vị trước.")
        known = "; ".join(issuer.name for issuer in self.issuers)
        raise AppError(f"Hãy ghi cơ quan ban hành là một trong: {known}.")

    def create(self, work: Work) -> None:
        issuer, values = self._issuer(work), work.values
        services.create_plan(
            PlanData(
                kind=values["kind"],
                year=values["year"],
                superior=issuer.superior,
                issuer=issuer.name,
                number=values.get("number", ""),
                symbol=values.get("symbol", ""),
                place=issuer.place,
                date=PartialDate.parse(values.get("paper_date", "")),
                title=values.get("title") or _TITLES.get(values["kind"], _USUAL_TITLE),
                subject=values["subject"],
                preamble=(),
                blocks=(),
                table=None,
                tasks=(),
                closing="",
                recipients=(),
                archive="",
                signature_lines=split_lines(issuer.signature_lines),
                signature_post=issuer.signature_post,
                signature_name=values.get("signature_name", ""),
                appendix=None,
            ),
            actor=self.actor,
            unit=self.target,
        )

    def change(self, work: Work) -> None:
        after = {name: new for name, (_, new) in work.changes.items()}
        services.update_plan(work.found, actor=self.actor, version=work.found.version, **after)

    # -- Out -----------------------------------------------------------------------------

    def export_resource(self, instance: Any, selected_fields: Any = None, **kwargs: Any) -> list[Any]:
        return super().export_resource(show(instance), selected_fields, **kwargs)


def show(plan: Plan) -> Plan:
    """With what the columns read besides fields of its own."""
    plan.issuer_name, plan.unit_title = plan.issuer.name, plan.unit.title  # type: ignore[attr-defined]
    return plan
