"""The base of every list that comes from a sheet or goes into one: django-import-export, through our services.

The library runs a sheet row by row: cells are read by widgets (``core.cells``), the row of the
database is found, unchanged rows are skipped, the rest is saved. Ours is that nothing but a
service ever writes, and that every refusal is a Vietnamese sentence.

A dry run writes nothing and takes no lock: what a service would refuse, ``check`` refuses before it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar, Self

import tablib
from django.core.exceptions import ValidationError
from django.db import models
from import_export import fields, resources
from import_export.results import RowResult

from core.cells import Cell, as_words
from core.errors import AppError
from core.sheets.reading import Sheet, Value
from core.sheets.tables import NUMBER, Table, Wanted, find_table
from core.sheets.writing import SheetColumn

NEW, CHANGED, SAME, WRONG = "new", "changed", "same", "wrong"
_OUTCOMES = {
    RowResult.IMPORT_TYPE_NEW: NEW,
    RowResult.IMPORT_TYPE_UPDATE: CHANGED,
    RowResult.IMPORT_TYPE_SKIP: SAME,
}
_TOLD_EVERY = 100
_NUMBER_WIDTH = 6
_NUMBER_HEADS = ("TT", "STT", "Số TT", "Số thứ tự")

Progress = Callable[[int, int], None]


class Column(fields.Field):
    """A column of a sheet: its head, what offices call it besides, what its cells hold.

    ``key`` marks what an unnamed row cannot do without; ``shown_only`` goes into a sheet and is not read from one.
    """

    def __init__(
        self,
        attribute: str,
        head: str,
        cell: Cell,
        *,
        also: Sequence[str] = (),
        key: bool = False,
        shown_only: bool = False,
        hint: str = "",
        width: int = 18,
    ) -> None:
        super().__init__(attribute=attribute, column_name=head, widget=cell, readonly=shown_only)
        self.also, self.key, self.hint, self.width = tuple(also), key, hint, width

    @property
    def choices(self) -> tuple[str, ...]:
        return tuple(getattr(self.widget, "labels", {}).values()) if hasattr(self.widget, "values") else ()


@dataclass(slots=True)
class RowReport:
    """What came, or would come, of one row of the sheet."""

    number: int
    label: str
    outcome: str = WRONG
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    """Head, old and new value in words; of a new row only what it brings."""
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What the person should know though it hinders nothing."""


@dataclass(slots=True)
class Report:
    rows: list[RowReport]

    def count(self, outcome: str) -> int:
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def digest(self) -> str:
        """Two runs of one digest do the same to the database."""
        rows = json.dumps([asdict(row) for row in self.rows], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(rows.encode()).hexdigest()


@dataclass(slots=True)
class Work:
    """The row in hand: what its cells say, and the row of the database that it is about."""

    number: int
    group: str = ""
    counted: Value = None
    """What stands under «TT»."""
    values: dict[str, Any] = field(default_factory=dict)
    """Attribute → value, of cells that say something: a blank cell changes nothing."""
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    """Attributes of cells that could not be read."""
    found: Any = None
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    is_new: bool = True


class SheetResource(resources.ModelResource):
    """A list of one kind. Subclasses name the columns, find rows and hand them to services."""

    sheet_name: ClassVar[str] = "Danh sách"
    examples: ClassVar[Sequence[Sequence[Any]]] = ()
    """Rows of the template's second sheet, cell by cell as the columns that are read."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.works: list[Work] = []
        self.taken: dict[Any, int] = {}
        self.work = Work(0)

    @classmethod
    def opened(cls, *, actor: Any, target_id: int, options: Mapping[str, str]) -> Self:
        """For an import of ``actor`` into the target; raise ``AppError`` where the right to is gone."""
        raise NotImplementedError

    def is_group(self, words: str) -> bool:
        """Whether a row with these words alone heads a group of rows."""
        return False

    # -- What a subclass says ------------------------------------------------------------

    def as_read(self, sheets: list[Sheet]) -> list[Sheet]:
        """The sheets of the file before their table is looked for."""
        return sheets

    def table_of(self, sheets: Sequence[Sheet]) -> Table:
        """The table of a file; a list whose cells another sheet explains says how. Raise ``AppError``."""
        return find_table(sheets, self.wanted, self.required, self.is_group)

    def prepare(self, table: Table) -> None:
        """Read at once what the rows will be compared with."""

    def find(self, work: Work) -> Any:
        """The row of the database that this row is about, or None; raise ``AppError`` rather than guess."""
        raise NotImplementedError

    def same_as(self, work: Work) -> Any:
        """What two rows of one sheet must not share; None where they may."""
        return None

    def check(self, work: Work) -> None:
        """Refuse what the service would refuse of the row as a whole."""

    def create(self, work: Work) -> None:
        raise NotImplementedError

    def change(self, work: Work) -> None:
        raise NotImplementedError

    def finish(self) -> None:
        """Write what is written at once for all rows."""

    def label(self, work: Work) -> str:
        return str(
            next((work.values[column.attribute] for column in self.keys if column.attribute in work.values), "")
        )

    # -- Columns -------------------------------------------------------------------------

    @property
    def columns(self) -> list[Column]:
        return [self.fields[name] for name in self.get_export_order() if name in self.fields]

    @property
    def read_columns(self) -> list[Column]:
        return [column for column in self.columns if not column.readonly]

    @property
    def keys(self) -> list[Column]:
        return [column for column in self.read_columns if column.key]

    @property
    def wanted(self) -> Wanted:
        found = {column.attribute: (column.column_name, *column.also) for column in self.read_columns}
        return {NUMBER: _NUMBER_HEADS, **found}

    @property
    def required(self) -> list[str]:
        return [column.attribute for column in self.keys]

    def sheet_columns(self, *, to_fill: bool = False) -> list[SheetColumn]:
        """``to_fill``: only what is read back, with hints and choices."""
        columns = self.read_columns if to_fill else self.columns
        return [
            SheetColumn(_NUMBER_HEADS[0], _NUMBER_WIDTH),
            *(
                SheetColumn(column.column_name, column.width, _hint(column), column.choices if to_fill else ())
                for column in columns
            ),
        ]

    # -- Running -------------------------------------------------------------------------

    def run(self, table: Table, *, dry_run: bool, progress: Progress | None = None) -> Report:
        """Every row of the table. Without ``dry_run`` in a transaction of the caller's, who undoes it on errors."""
        there = [column for column in self.read_columns if column.attribute in table.columns]
        self.progress, self.total = progress, len(table.rows)
        self.works = [Work(row.number, row.group, row.values.get(NUMBER)) for row in table.rows]
        self.taken = {}
        self.prepare(table)
        dataset = tablib.Dataset(headers=[column.column_name for column in there])
        for row in table.rows:
            dataset.append([row.values.get(column.attribute) for column in there])
        result = self.import_data_inner(dataset, dry_run, False, False, False)
        report = Report([self._reported(work, row) for work, row in zip(self.works, result.rows, strict=True)])
        if not dry_run and not report.count(WRONG):
            self.finish()
        return report

    def _reported(self, work: Work, result: RowResult) -> RowReport:
        row = RowReport(work.number, self.label(work)[:200])
        if result.validation_error:
            row.errors = list(result.validation_error.messages)
            return row
        for error in result.errors:
            if not isinstance(error.error, AppError):
                raise error.error  # a fault of the program, not of the sheet
            row.errors.append(str(error.error))
        if not row.errors:
            row.outcome = _OUTCOMES[result.import_type]
            row.notes = work.notes
            row.changes = [
                self._told(column, *work.changes[column.attribute])
                for column in self.columns
                if column.attribute in work.changes
            ]
        return row

    def _told(self, column: Column, old: Any, new: Any) -> tuple[str, str, str]:
        return column.column_name, *(_shown(column.widget.render(value)) for value in (old, new))

    # -- Steps of the library ------------------------------------------------------------

    def before_import_row(self, row: MutableMapping[str, Any], row_number: int = 0, **kwargs: Any) -> None:
        self.work = self.works[row_number - 1]
        if self.progress and (row_number % _TOLD_EVERY == 0 or row_number == self.total):
            self.progress(row_number, self.total)
        for column in self.read_columns:
            if column.column_name in row:
                self._read(column, row[column.column_name])
        said = {*self.work.values, *self.work.refused}
        blank = [f"{column.column_name}: còn trống." for column in self.keys if column.attribute not in said]
        self.work.errors = blank + self.work.errors

    def _read(self, column: Column, cell: Any) -> None:
        try:
            value = column.widget.clean(cell)
        except ValueError as error:
            self.work.errors.append(f"{column.column_name}: {str(error).rstrip('.')}.")
            self.work.refused.add(column.attribute)
        else:
            if value is not None and value != ():
                self.work.values[column.attribute] = value

    def get_or_init_instance(self, instance_loader: Any, row: Mapping[str, Any]) -> tuple[Any, bool]:
        work = self.work
        if all(column.attribute in work.values for column in self.keys):
            try:
                work.found = self.find(work)
                self._refuse_twice(work)
            except AppError as error:
                work.errors.append(str(error))
        work.is_new = work.found is None
        return (self.init_instance(row), True) if work.is_new else (work.found, False)

    def _refuse_twice(self, work: Work) -> None:
        same = self.same_as(work) if work.found is None else ("row", work.found.pk)
        if same is None:
            return
        if (earlier := self.taken.setdefault(same, work.number)) != work.number:
            raise AppError(f"Trùng với dòng {earlier} của tệp. Hãy bỏ một trong hai dòng.")

    def import_instance(self, instance: Any, row: Mapping[str, Any], **kwargs: Any) -> None:
        """The row itself stays as it is: services compare what is stored with what comes."""
        if self.work.errors:
            raise ValidationError(self.work.errors)
        cells = {column.attribute: column.widget for column in self.read_columns}
        for name, value in self.work.values.items():
            old = None if self.work.is_new else getattr(instance, name)
            if self.work.is_new or not cells[name].is_same(old, value):
                self.work.changes[name] = (old, value)

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        return not (self.work.is_new or self.work.changes or import_validation_errors)

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        if import_validation_errors:
            raise ValidationError(self.work.errors)
        self.check(self.work)

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:
        if kwargs["dry_run"]:
            return
        if is_create:
            self.create(self.work)
        else:
            self.change(self.work)

    def save_m2m(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Services wrote it all."""

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        """No key came from the sheet, so no sequence needs to be set."""

    class Meta:
        skip_diff = True
        skip_html_diff = True
        report_skipped = True
        store_instance = False
        chunk_size = 2_000

    # -- Out -----------------------------------------------------------------------------

    def exported(self, rows: Iterable[models.Model]) -> Iterable[Sequence[Any]]:
        """The cells of each row, as ``clean`` would read them back."""
        for position, row in enumerate(rows, start=1):
            yield [self.number_of(row, position), *self.export_resource(row)]

    def number_of(self, row: Any, position: int) -> int | None:
        """What stands under «TT»."""
        return position


def _hint(column: Column) -> str:
    return f"Bắt buộc. {column.hint}".strip() if column.key else column.hint


def _shown(value: Any) -> str:
    text = "" if value in (None, "") else as_words(value)
    return text if len(text) <= 300 else f"{text[:300]}…"
