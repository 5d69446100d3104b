"""Papers of the register, out of sheets and into them. Records are written by ``documents.issuing``, never changed.

Offices draw their register as Decree 30/2020/NĐ-CP does (Phụ lục IV): «Số, ký hiệu» in one column, «Tên loại và
trích yếu» in one, beside columns that are not kept here (nơi nhận, số lượng bản). Both are read, and two columns each.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from core.cells import Cell, Day, RowByName, Words, name_key
from core.errors import AppError
from core.resources import Column, SheetResource, Work
from core.sheets.tables import Table
from documents import issuing, selectors, series
from documents.issuing import PaperData, UnfitPaper
from documents.kinds import kind_and_subject, kind_of_symbol, spelled
from documents.models import IssuedPaper
from documents.rules import RECORDERS
from units.models import Issuer

YEAR = "nam"
"""Option of an import: the year of days that are written without one."""

_SHORT_DAY = re.compile(r"(?:ngày\s*)?(\d{1,2})\s*[/.\-]\s*(\d{1,2})[/.]?", re.IGNORECASE)
_GROUP = re.compile(r"(?:tháng|quý|năm|sổ)\b.{0,30}", re.IGNORECASE)


class NoRight(AppError):
    message = "Bạn không còn quyền ghi vào sổ văn bản của cơ quan này."


class NumberCell(Words):
    """«27», «07», «27a», «27/KH-UBND». Excel reads «27/3» as a day; that is no number any more."""

    def read(self, value: Any) -> str:
        if isinstance(value, dt.date):
            raise ValueError("Excel đã đổi ô này thành ngày; hãy định dạng cột là chữ (Text) rồi ghi lại số")
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return super().read(value)


class RegisterDay(Day):
    """A day; where the register leaves out the year («05/3»), the one that the person named for the whole file."""

    year: int | None = None

    def read(self, value: Any) -> dt.date:
        if isinstance(value, str) and (found := _SHORT_DAY.fullmatch(" ".join(value.split()))):
            if self.year is None:
                raise ValueError(f"«{value.strip()}» thiếu năm; ghi đủ ngày/tháng/năm, hoặc chọn năm của sổ khi nạp")
            value = f"{found[1]}/{found[2]}/{self.year}"
        return super().read(value)


Key = tuple[int, str, int, int, str]
"""What no two papers share: issuer, symbol, year, number and the letter after it."""


@dataclass(frozen=True, slots=True)
class _Numbered:
    number: int
    row: Work | None
    """None for a paper that is on record already."""


class PaperResource(SheetResource):
    sheet_name: ClassVar[str] = "Sổ văn bản"
    examples: ClassVar = (
        ("27", "KH-UBND", "18/01/2025", "Kế hoạch", "Công tác thi đua, khen thưởng năm 2025", "Lò Văn Thắng", ""),
        ("112/QĐ-UBND", "", "05/6/2025", "", "Về việc tặng Giấy khen đợt 1 năm 2025", "Hà Thị Mận", ""),
    )

    number = Column(
        "number",
        "Số",
        NumberCell(issuing.NUMBER + issuing.SYMBOL),
        also=("Số, ký hiệu", "Số và ký hiệu", "Số, ký hiệu văn bản", "Số văn bản", "Số hiệu", "Số hiệu văn bản"),
        key=True,
        hint="27, 07, 27a; hoặc cả ký hiệu: 27/KH-UBND.",
        width=12,
    )
    symbol = Column(
        "symbol",
        "Ký hiệu",
        Words(issuing.SYMBOL),
        also=("Ký hiệu văn bản",),
        hint="Để trống nếu đã ghi cùng số.",
        width=14,
    )
    date = Column(
        "date",
        "Ngày ban hành",
        RegisterDay(),
        also=("Ngày, tháng văn bản", "Ngày tháng năm văn bản", "Ngày văn bản", "Ngày tháng", "Ngày ký", "Ngày"),
        key=True,
        hint="18/01/2025, 18.1.25, ngày 18 tháng 01 năm 2025.",
        width=14,
    )
    kind = Column(
        "kind",
        "Tên loại",
        Words(issuing.KIND),
        also=("Tên loại văn bản", "Loại văn bản", "Thể loại"),
        hint="Kế hoạch, Quyết định… Để trống thì đọc từ ký hiệu.",
        width=18,
    )
    subject = Column(
        "subject",
        "Trích yếu",
        Words(issuing.SUBJECT),
        also=(
            *("Trích yếu nội dung", "Trích yếu nội dung văn bản", "Tên loại và trích yếu nội dung văn bản"),
            *("Tên loại và trích yếu nội dung", "Tên loại và trích yếu", "Nội dung"),
        ),
        hint="Có tên loại ở đầu cũng được.",
        width=60,
    )
    signer = Column(
        "signer", "Người ký", Words(issuing.SIGNER), also=("Họ tên người ký",), hint="Họ và tên.", width=24
    )
    issuer = Column(
        "issuer",
        "Cơ quan ban hành",
        RowByName("đơn vị không có cơ quan ban hành «{}»; ghi như ở trang Đơn vị, hoặc để trống ô này"),
        hint="Để trống thì lấy cơ quan đã chọn khi nạp.",
        width=36,
    )
    signed_file = Column("signed_file__name", "Bản đã ký", Cell(), shown_only=True, width=24)

    class Meta:
        model = IssuedPaper
        fields = ("number", "symbol", "date", "kind", "subject", "signer", "issuer", "signed_file")
        export_order = fields

    target: Issuer
    """Whose papers the rows are where they do not say."""
    actor: Any

    @classmethod
    def opened(cls, *, actor: Any, target_id: int, options: Mapping[str, str]) -> Self:
        resource = cls()
        issuer = selectors.issuers_to_record_for(actor, *RECORDERS).filter(pk=target_id).first()
        if issuer is None:
            raise NoRight
        resource.target, resource.actor = issuer, actor
        resource.fields["date"].widget.year = int(options[YEAR]) if options.get(YEAR) else None
        return resource

    def is_group(self, words: str) -> bool:
        """«Tháng 01/2025» between the rows."""
        return bool(_GROUP.fullmatch(words))

    # -- In ------------------------------------------------------------------------------

    def prepare(self, table: Table) -> None:
        issuers = list(Issuer.objects.filter(unit=self.target.unit_id).select_related("unit"))
        self.fields["issuer"].widget.offer(issuers, _dates_of)
        self.papers: dict[Key, IssuedPaper] = {}
        for paper in IssuedPaper.objects.filter(issuer__in=issuers).select_related("issuer__unit"):
            if key := _key(paper.issuer, paper.symbol, paper.date, paper.number):
                self.papers[key] = paper
        self.books: dict[tuple[int, str, int], list[_Numbered]] = {}
        for paper in self.papers.values():
            self._enter(paper.issuer, paper.symbol, paper.date, paper.number, None)

    def before_import_row(self, row: MutableMapping[str, Any], row_number: int = 0, **kwargs: Any) -> None:
        super().before_import_row(row, row_number, **kwargs)
        try:
            self._settle(self.work)
        except AppError as error:
            self.work.errors.append(str(error))

    def _settle(self, work: Work) -> None:
        """Each thing in its own place, wherever the sheet has it."""
        values = work.values
        if "issuer" not in work.refused:
            values.setdefault("issuer", self.target)
        if "number" not in values:
            return
        values["number"], values["symbol"] = issuing.number_and_symbol(values["number"], values.get("symbol", ""))
        values["number"] = series.read_number(values["number"]).text
        if not values["symbol"]:
            raise UnfitPaper("symbol", "Ký hiệu: còn trống; ghi ở cột Ký hiệu, hoặc ghi 27/KH-UBND ở cột Số.")
        self._settle_kind(work)

    def _settle_kind(self, work: Work) -> None:
        """From its own cell, from the symbol by the decree's table, or from the first words of the subject."""
        values = work.values
        if "kind" in work.refused or "issuer" not in values:
            return
        first_words, subject = kind_and_subject(values.get("subject", ""))
        kind = values.get("kind") or kind_of_symbol(values["symbol"], values["issuer"].symbol) or first_words
        if not kind:
            raise UnfitPaper("kind", f"Tên loại: còn trống, và ký hiệu {values['symbol']} không cho biết loại nào.")
        values["kind"] = spelled(kind)
        if first_words == values["kind"]:
            values["subject"] = subject

    def find(self, work: Work) -> IssuedPaper | None:
        """By number, symbol and year. The same day makes it the same paper, and what is on record stays."""
        key = self._key_of(work)
        found = self.papers.get(key) if key else None
        if found is None:
            return None
        if found.date != work.values["date"]:
            raise AppError(
                f"Số {found.full_number} năm {found.date.year} đã ghi cho {_named(found)} ngày {found.date:%d/%m/%Y}. "
                "Hãy xem lại số và ngày trên văn bản."
            )
        work.notes.append(_kept(found, work))
        work.values |= {name: getattr(found, name) for name in work.values}
        return found

    def same_as(self, work: Work) -> Key | None:
        return self._key_of(work)

    def check(self, work: Work) -> None:
        if not work.is_new:
            return
        paper = issuing.checked(self._data(work), work.values["issuer"], is_past=True)
        self._enter(work.values["issuer"], paper.symbol, paper.date, paper.number, work)

    def create(self, work: Work) -> None:
        issuing.record_past(self._data(work), issuer=work.values["issuer"], actor=self.actor, is_confirmed=True)

    def label(self, work: Work) -> str:
        values = work.values
        number = "/".join(filter(None, (values.get("number"), values.get("symbol"))))
        return " ".join(filter(None, (values.get("kind"), number)))

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        """Now that all numbers are known: what stands far above the next lower one is pointed out, not refused."""
        for book in self.books.values():
            below = 0
            for entry in sorted(book, key=lambda entry: (entry.number, entry.row is not None)):
                if entry.row and entry.number > below + series.LARGEST_JUMP:
                    before = f"số liền trước là {below}" if below else "đây là số nhỏ nhất"
                    entry.row.notes.append(f"Số {entry.number} cách xa các số khác ({before}); hãy xem lại.")
                below = entry.number

    def _enter(self, issuer: Issuer, symbol: str, day: dt.date, number: str, row: Work | None) -> None:
        book = (issuer.pk, issuer.series or symbol, day.year)
        self.books.setdefault(book, []).append(_Numbered(series.read_number(number).value, row))

    def _key_of(self, work: Work) -> Key | None:
        values = work.values
        if work.errors or not {"issuer", "symbol", "date", "number"} <= set(values):
            return None
        return _key(values["issuer"], values["symbol"], values["date"], values["number"])

    def _data(self, work: Work) -> PaperData:
        names = ("kind", "number", "symbol", "date", "subject", "signer")
        return PaperData(**{name: work.values[name] for name in names if name in work.values})

    # -- Out -----------------------------------------------------------------------------

    def number_of(self, row: Any, position: int) -> int:
        return position


def _key(issuer: Issuer, symbol: str, day: dt.date, number: str) -> Key | None:
    """None for a number of another make, which no sheet can name."""
    try:
        read = series.read_number(number)
    except series.UnfitNumber:
        return None
    return issuer.pk, symbol, day.year, read.value, read.suffix.lower()


def _dates_of(issuer: Issuer) -> str:
    """Tells two of one name apart."""
    first, last = (f"{day:%d/%m/%Y}" if day else "" for day in (issuer.valid_from, issuer.valid_to))
    return " ".join(filter(None, (first and f"từ {first}", last and f"đến {last}")))


def _named(paper: IssuedPaper) -> str:
    return f"{paper.kind} «{paper.subject[:80]}»" if paper.subject else paper.kind


def _kept(found: IssuedPaper, work: Work) -> str:
    """That nothing comes of the row, and what it says otherwise than the record."""
    other = []
    for name, label in (("kind", "tên loại"), ("subject", "trích yếu"), ("signer", "người ký")):
        value = getattr(found, name)
        if name in work.values and name_key(work.values[name]) != name_key(value):
            other.append(f"{label} trong sổ {f'là «{value[:120]}»' if value else 'để trống'}")
    return f"Đã có trong sổ, giữ nguyên: {'; '.join(other)}." if other else "Đã có trong sổ, giữ nguyên."
