"""Tasks of a plan, out of sheets and into them. Rows are written by ``plans.services``.

The heads of plans themselves: ``plans.excel.plans``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, MutableMapping
from typing import Any, ClassVar, Self

from core.cells import Cell, Day, Words, as_words, name_key, read_day
from core.errors import AppError, UnfitField
from core.resources import Column, SheetResource, Work
from core.sheets.tables import Table
from core.text import clean_line, fold, refuse_markup
from documents.dates import ROMAN
from plans import limits, services
from plans.interchange import MOST_NAMES, MOST_TASKS, TaskData
from plans.models import Plan, Task
from plans.pasting.names import split_names, split_parties
from plans.pasting.quarters import read_quarter
from plans.selectors import part_names, visible_plans

BY, PLACE = "by", "place"
BY_CONTENT, BY_NUMBER = "content", "number"
AT_END, BY_QUARTER = "end", "quarter"
"""How an import reads: by what a row is known again, and where new rows go."""


class NoRight(AppError):
    message = "Bạn không còn quyền sửa kế hoạch này."


class Names(Cell):
    """Who leads or supports: one a line or with semicolons; commas part only names that the unit knows."""

    def __init__(self) -> None:
        super().__init__()
        self.known: Collection[str] = ()

    def read(self, value: Any) -> tuple[str, ...]:
        found = split_names(as_words(value), self.known)
        names = tuple(
            refuse_markup(clean_line(name, limit=limits.BODY_NAME, name="tên"), name="tên") for name in found
        )
        if len(names) > MOST_NAMES:
            raise ValueError(f"có {len(names)} tên, nhiều hơn {MOST_NAMES} tên cho phép")
        return names

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        names = tuple(value or ())
        return "\n".join(names) if any(";" in name for name in names) else "; ".join(names)

    def is_same(self, old: Any, new: Any) -> bool:
        """A dot at the end and the like are lost on the way through a sheet; that changes nothing."""
        return tuple(old or ()) == new or self.read(self.render(old)) == new


class Quarter(Cell):
    def read(self, value: Any) -> int:
        found = read_quarter(as_words(value), bare=True)
        if found is None:
            raise ValueError(f"«{as_words(value)[:40]}» không phải quý; ghi I, II, III hoặc IV")
        return found.quarter

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return ROMAN.get(value, "")


class DayOrWords(Day):
    """Offices write «Quý II» under «Hạn hoàn thành»: these are time words then."""

    def read(self, value: Any) -> dt.date | str:  # type: ignore[override]
        if not isinstance(value, str):
            return super().read(value)
        try:
            return super().read(read_day(value))
        except ValueError:
            if any(letter.isalpha() for letter in value):
                return Words().read(value)
            raise


class TaskResource(SheetResource):
    sheet_name = "Nhiệm vụ"
    examples: ClassVar = (
        ("I", "Xây dựng kế hoạch phát động thi đua năm", "Phòng Văn hóa - Xã hội", "Các thôn", "Tháng 1", "", "", ""),
        ("II", "Sơ kết 6 tháng đầu năm", "Phòng Văn hóa - Xã hội", "", "", "", "25/6/2026", "Gửi báo cáo về tỉnh"),
    )

    quarter = Column("quarter", "Quý", Quarter(), hint="I, II, III hoặc IV.", width=8)
    content = Column(
        "content",
        "Nội dung",
        Words(),
        also=("Nhiệm vụ", "Nội dung công việc", "Nội dung nhiệm vụ", "Công việc", "Hoạt động"),
        key=True,
        hint="Mỗi nhiệm vụ một dòng.",
        width=60,
    )
    lead = Column(
        "lead",
        "Chủ trì",
        Names(),
        also=("Cơ quan chủ trì", "Đơn vị chủ trì", "Phân công", "Phụ trách", "Đơn vị thực hiện", "Thực hiện"),
        hint="Nhiều nơi thì cách nhau bằng dấu chấm phẩy.",
        width=30,
    )
    support = Column("support", "Phối hợp", Names(), also=("Cơ quan phối hợp", "Đơn vị phối hợp"), width=30)
    time_text = Column(
        "time_text",
        "Thời gian thực hiện",
        Words(),
        also=("Thời gian", "Thời điểm", "Tiến độ", "Thời hạn"),
        hint="Như trên văn bản: Quý II, Tháng 3, Trước ngày 10/7. Chương trình đọc ra hạn.",
        width=24,
    )
    start = Column("start", "Bắt đầu", Day(), also=("Ngày bắt đầu",), hint="Ngày/tháng/năm, nếu cần.", width=14)
    due = Column(
        "due",
        "Hạn hoàn thành",
        DayOrWords(),
        also=("Hạn", "Thời hạn hoàn thành", "Ngày hoàn thành"),
        hint="Ngày/tháng/năm. Để trống thì đọc từ thời gian thực hiện.",
        width=16,
    )
    note = Column("note", "Ghi chú", Words(), also=("Kết quả", "Sản phẩm", "Kết quả/Sản phẩm"), width=30)

    class Meta:
        model = Task
        fields = ("quarter", "content", "lead", "support", "time_text", "start", "due", "note")
        export_order = fields

    plan: Plan
    actor: Any
    options: Mapping[str, str]

    @classmethod
    def opened(cls, *, actor: Any, target_id: int, options: Mapping[str, str]) -> Self:
        resource = cls()
        plan = visible_plans(actor).select_related("unit", "issuer").filter(pk=target_id).first()
        if plan is None or not actor.has_perm("plans.write_plan", plan):
            raise NoRight
        if not actor.has_perm("plans.change_plan", plan):
            raise services.PlanIsClosed
        resource.plan, resource.actor, resource.options = plan, actor, options
        return resource

    def is_group(self, words: str) -> bool:
        return read_quarter(words) is not None

    # -- In ------------------------------------------------------------------------------

    def prepare(self, table: Table) -> None:
        self.tasks = list(self.plan.tasks.prefetch_related("assignments"))
        self.by_content: dict[str, list[Task]] = {}
        self.by_number: dict[int, list[Task]] = {}
        for task in self.tasks:
            task.plan = self.plan  # one plan, whose version every change moves on
            self.by_content.setdefault(name_key(task.content), []).append(task)
            if task.number is not None:
                self.by_number.setdefault(task.number, []).append(task)
        self.added: list[TaskData] = []
        self.new_rows = 0
        known = {fold(name) for name in part_names(self.plan)}
        self.fields["lead"].widget.known = self.fields["support"].widget.known = known

    def before_import_row(self, row: MutableMapping[str, Any], row_number: int = 0, **kwargs: Any) -> None:
        lead, support = self.fields["lead"].column_name, self.fields["support"].column_name
        if isinstance(row.get(lead), str) and not row.get(support):
            row[lead], row[support] = split_parties(row[lead])  # «Chủ trì: …; Phối hợp: …» in one cell
        super().before_import_row(row, row_number, **kwargs)
        self._settle_time(self.work)

    def _settle_time(self, work: Work) -> None:
        values = work.values
        if "quarter" not in values and "quarter" not in work.refused and (named := read_quarter(work.group)):
            values["quarter"] = named.quarter
        if isinstance(values.get("due"), str):
            words = values.pop("due")
            if "time_text" in values:
                work.errors.append(f"{self.fields['due'].column_name}: «{words[:60]}» không phải ngày.")
            else:
                values["time_text"] = words

    def find(self, work: Work) -> Task | None:
        """By content, equals by number; by number alone where the person said that the sheet came from this plan."""
        number = self._number(work)
        alike = self.by_content.get(name_key(work.values["content"]), [])
        if self.options.get(BY) == BY_NUMBER and number is not None:
            alike = self.by_number.get(number, [])
        elif len(alike) > 1:
            alike = [task for task in alike if task.number == number] or alike
        if len(alike) > 1:
            raise AppError(f"Kế hoạch có {len(alike)} nhiệm vụ giống dòng này; hãy sửa ngay trong kế hoạch.")
        return alike[0] if alike else None

    def _number(self, work: Work) -> int | None:
        text = as_words(work.counted).rstrip(".") if work.counted is not None else ""
        return int(text) if text.isdecimal() and len(text) < 6 else None

    def check(self, work: Work) -> None:
        self._read_time(work)
        start, due = (work.values.get(name, getattr(work.found, name, None)) for name in ("start", "due"))
        if start and due and due < start:
            raise AppError(f"Hạn {due:%d/%m/%Y} lại trước ngày bắt đầu {start:%d/%m/%Y}.")
        begins = self.plan.unit.valid_from
        if due and begins and due < begins:
            raise AppError(f"Hạn này trước ngày {self.plan.unit} được thành lập ({begins:%d/%m/%Y}).")
        self.new_rows += work.is_new
        if work.is_new and len(self.tasks) + self.new_rows > MOST_TASKS:
            raise AppError(f"Một kế hoạch có nhiều nhất {MOST_TASKS:,} nhiệm vụ.".replace(",", "."))

    def _read_time(self, work: Work) -> None:
        """New time words bring their days, unless the sheet names days of its own."""
        if not {"time_text", "quarter"} & set(work.changes) or {"start", "due"} & set(work.values):
            return
        text = work.values.get("time_text", getattr(work.found, "time_text", ""))
        quarter = work.values.get("quarter", getattr(work.found, "quarter", None))
        reading = services.reading_of(text, self.plan, quarter=quarter)
        if reading.problem:
            work.notes.append(reading.problem)
        elif text and not reading.due:
            work.notes.append(services.says_no_day(text))
        for name, value in (("start", reading.start), ("due", reading.due)):
            old = getattr(work.found, name, None)
            work.values[name] = value
            if value != old:
                work.changes[name] = (old, value)
        work.values["is_ongoing"] = reading.ongoing

    def create(self, work: Work) -> None:
        values = work.values
        self.added.append(
            TaskData(
                number=None,
                quarter=values.get("quarter"),
                content=values["content"],
                lead=values.get("lead", ()),
                support=values.get("support", ()),
                time_text=values.get("time_text", ""),
                start=values.get("start"),
                due=values.get("due"),
                note=values.get("note", ""),
                is_ongoing=values.get("is_ongoing", False),
            )
        )

    def change(self, work: Work) -> None:
        after = {name: new for name, (_, new) in work.changes.items()}
        if {"time_text", "quarter"} & set(after):  # the days that were shown, not another reading of the words
            times_of = ("time_text", "start", "due", "is_ongoing")
            after |= {name: work.values[name] for name in times_of if name in work.values}
        try:
            services.update_task(work.found, actor=self.actor, version=self.plan.version, **after)
        except UnfitField as error:
            raise AppError(str(error)) from None

    def finish(self) -> None:
        if self.options.get(PLACE) != BY_QUARTER:
            self._add(self.added, None)
            return
        for quarter in (1, 2, 3, 4):
            rows = [row for row in self.added if row.quarter == quarter]
            self._add(rows, self._end_of(quarter))
        self._add([row for row in self.added if row.quarter is None], None)

    def _add(self, rows: list[TaskData], after: int | None) -> None:
        if rows:
            services.add_tasks(self.plan, actor=self.actor, version=self.plan.version, rows=rows, after=after)

    def _end_of(self, quarter: int) -> int | None:
        """Behind the last task of the quarter or of those before it; in front where there is none."""
        places = Task.objects.filter(plan=self.plan, quarter__lte=quarter).order_by("-quarter", "-order")
        return places.values_list("order", flat=True).first() or 0

    # -- Out -----------------------------------------------------------------------------

    def number_of(self, row: Any, position: int) -> int | None:
        return row.number
