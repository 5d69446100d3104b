"""Lines of the register out of sheets and into them (``core.resources`` says how); ``old`` writes them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar, Self

from django.utils import timezone

from awards.collecting.wording import read_kind
from awards.models import Grant, Subject
from awards.models.common import Level, RecipientKind
from awards.register import old
from awards.register.known import KnownSubjects
from awards.register.old import OldDecision, OldLine
from core.cells import Cell, Choice, Day, UnfitCell, Words, Year, as_words
from core.errors import AppError, UnfitField
from core.resources import Column, SheetResource, Work
from core.sheets.reading import Sheet, Value
from core.sheets.tables import Table
from documents.reading.encodings import Encoding, guess_encoding, to_unicode
from units.models import Unit
from units.selectors import standing_of

KIND = "awards.register"
SAME_NAME = "cung-ten"
"""Option of an import: people of one name without a birth year are one."""
_MONEY = re.compile(r"\d{1,3}(?:[.\s]\d{3})*|\d{1,13}")
_FIRST_BIRTH = 1850
_LATIN_1 = 0xFF


class NoRight(AppError):
    message = "Bạn không còn quyền ghi vào sổ khen thưởng của đơn vị này."


class MoneyCell(Cell):
    """Whole đồng: «760.000», «760.000 đồng», a number."""

    def read(self, value: Any) -> int:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = as_words(value).lower().removesuffix("đồng").removesuffix("đ").strip()
        if not _MONEY.fullmatch(text):
            raise UnfitCell(f"«{text[:40]}» không phải số tiền; ghi như 760.000")
        return int(re.sub(r"\D", "", text))


class KindCell(Choice):
    def read(self, value: Any) -> str:
        found = read_kind(as_words(value))
        return found.value if found else super().read(value)


class NumberCell(Words):
    """«312/QĐ-UBND»; Excel reads «27/3» as a day, and that is no number any more."""

    def read(self, value: Any) -> str:
        if isinstance(value, dt.date):
            raise UnfitCell("Excel đã đổi ô này thành ngày; hãy định dạng cột là chữ (Text) rồi ghi lại số")
        return super().read(int(value) if isinstance(value, float) and value.is_integer() else value)


class GrantResource(SheetResource):
    sheet_name: ClassVar[str] = "Sổ khen thưởng"
    examples: ClassVar = (
        ("45/QĐ-UBND", "18/01/2019", "Lò Văn Thắng", "UBND xã Yên Bình", "Bà Nguyễn Thị Hoa", "Cá nhân", 1980)
        + ("Giáo viên, Trường Tiểu học số 1", "Chiến sĩ thi đua cơ sở", 2018, "", "Công trạng", "", "1.390.000", "12"),
        ("45/QĐ-UBND", "18/01/2019", "", "", "Thôn Đông", "", "")
        + ("", "Tập thể lao động tiên tiến", 2018, "", "", "", "", "13"),
    )

    number = Column(
        "decision__number",
        "Số quyết định",
        NumberCell(old.NUMBER),
        also=("Số, ký hiệu quyết định", "Số QĐ", "Quyết định số", "Số, ký hiệu", "Số và ký hiệu quyết định"),
        key=True,
        hint="312/QĐ-UBND; các dòng cùng số và ngày là một quyết định.",
        width=18,
    )
    day = Column(
        "decision__day",
        "Ngày quyết định",
        Day(),
        also=("Ngày ký", "Ngày QĐ", "Ngày tháng năm quyết định", "Ngày ban hành"),
        key=True,
        hint="18/01/2019.",
        width=14,
    )
    signer = Column("decision__signer", "Người ký", Words(old.SIGNER), also=("Họ tên người ký",), width=22)
    issuer = Column(
        "decision__issuer_name",
        "Cơ quan quyết định",
        Words(old.ISSUER),
        also=("Cơ quan ban hành", "Cấp khen thưởng"),
        width=28,
    )
    name = Column(
        "name",
        "Họ và tên, tên gọi",
        Words(old.NAME),
        also=("Họ và tên", "Họ tên", "Tên tập thể, cá nhân", "Tên cá nhân, tập thể", "Đối tượng được khen thưởng"),
        key=True,
        width=30,
    )
    kind = Column(
        "kind",
        "Đối tượng",
        KindCell(RecipientKind.choices),
        also=("Loại đối tượng", "Cá nhân/tập thể"),
        hint="Để trống thì hiểu theo danh hiệu và tên.",
        width=14,
    )
    birth_year = Column(
        "subject__birth_year",
        "Năm sinh",
        Year(_FIRST_BIRTH, lambda: timezone.localdate().year),
        also=("Ngày sinh", "Ngày tháng năm sinh"),
        hint="Giúp phân biệt người cùng tên.",
        width=10,
    )
    detail = Column(
        "detail",
        "Chức vụ, đơn vị, địa chỉ",
        Words(old.DETAIL),
        also=("Chức vụ, đơn vị", "Chức vụ, đơn vị công tác", "Đơn vị công tác", "Đơn vị", "Địa chỉ"),
        width=36,
    )
    award_name = Column(
        "award_name",
        "Danh hiệu, hình thức khen thưởng",
        Words(old.AWARD_NAME),
        also=("Danh hiệu, hình thức", "Danh hiệu thi đua", "Hình thức khen thưởng", "Danh hiệu"),
        key=True,
        hint="Như trong quyết định; tên cũ không có trong danh mục được giữ nguyên.",
        width=32,
    )
    year = Column(
        "year",
        "Năm tính thành tích",
        Year(old.FIRST_YEAR, lambda: timezone.localdate().year),
        also=("Năm thành tích", "Năm khen thưởng", "Năm"),
        hint="Để trống thì lấy năm của quyết định.",
        width=10,
    )
    achievement = Column(
        "achievement", "Thành tích", Words(old.ACHIEVEMENT), also=("Lý do khen thưởng", "Nội dung"), width=40
    )
    mode = Column("mode", "Phương thức", Choice(Grant.ModeKind.choices), hint="Để trống là Công trạng.", width=18)
    level = Column("level", "Phân loại", Choice([one for one in Level.choices if one[0]]), width=24)
    money = Column("money", "Tiền thưởng", MoneyCell(), also=("Tiền thưởng (đồng)", "Mức thưởng"), width=14)
    golden_number = Column("golden_number", "Số sổ vàng", Words(40), also=("Sổ vàng",), width=10)
    entry = Column("entry", "Việc", Choice(Grant.Entry.choices), shown_only=True, width=16)
    revoked_by = Column("reversed_by__decision__number", "Đã hủy bỏ theo", Cell(), shown_only=True, width=18)

    class Meta:
        model = Grant
        fields = (
            "number",
            "day",
            "signer",
            "issuer",
            "name",
            "kind",
            "birth_year",
            "detail",
            "award_name",
            "year",
        ) + (*("achievement", "mode", "level", "money", "golden_number", "entry", "revoked_by"),)
        export_order = fields

    unit: Unit
    actor: Any

    @classmethod
    def opened(cls, *, actor: Any, target_id: int, options: Mapping[str, str]) -> Self:
        resource = cls()
        unit = Unit.objects.filter(pk=target_id, pk__in=standing_of(actor).unit_ids).first()
        if unit is None or not actor.has_perm("awards.keep_register", Grant(unit=unit)):
            raise NoRight
        resource.unit, resource.actor = unit, actor
        resource.joins_same_name = options.get(SAME_NAME, "mot") == "mot"
        return resource

    def as_read(self, sheets: list[Sheet]) -> list[Sheet]:
        """TCVN3 and VNI of old files are made Unicode before anything looks for heads."""
        texts = [value for sheet in sheets for row in sheet.rows for value in row if isinstance(value, str)]
        encoding = guess_encoding(texts)
        if encoding is None:
            return sheets
        return [
            replace(sheet, rows=[tuple(converted(value, encoding) for value in row) for row in sheet.rows])
            for sheet in sheets
        ]

    # -- In ------------------------------------------------------------------------------

    def prepare(self, table: Table) -> None:
        self.known = KnownSubjects(self.unit.pk, joins_same_name=self.joins_same_name)
        self.lines: dict[OldDecision, list[OldLine]] = {}
        self.heads: dict[tuple[str, dt.date], OldDecision] = {}
        self.there: dict[tuple[Any, ...], Grant] = {}
        self.decided_here: set[tuple[str, dt.date | None]] = set()
        rows = Grant.objects.filter(unit=self.unit, entry=Grant.Entry.GIVEN).select_related("decision", "subject")
        for grant in rows:
            number, day = grant.decision.number, grant.decision.day
            self.there[number, day, *old.same_line(grant.name, grant.award or grant.award_name, grant.year)] = grant
            if grant.decision.round_id is not None:
                self.decided_here.add((number, day))

    def find(self, work: Work) -> Grant | None:
        """What stands in the register stays as it is."""
        found = self.there.get(self._key(work))
        if found is not None:
            work.notes.append("Đã có trong sổ, giữ nguyên.")
            work.values.clear()
        return found

    def same_as(self, work: Work) -> Any:
        return self._key(work) if work.values else None

    def label(self, work: Work) -> str:
        return str(work.values.get("name") or getattr(work.found, "name", ""))

    def check(self, work: Work) -> None:
        """Reads the row as ``old`` will, and knows whom it means, so that the report says what writing would."""
        if not work.is_new:
            return
        head = self._head(work)
        if (head.number, head.day) in self.decided_here:
            raise AppError(f"Quyết định số {head.number} đã vào sổ từ đợt xét trong chương trình; bỏ dòng này.")
        line = old.checked_line(self._line(work), head)
        found = self.known.find(line.kind, old.split_honorific(line.name)[1], line.birth_year)
        if found is None:
            name = old.split_honorific(line.name)[1] if line.kind == RecipientKind.PERSON else line.name
            self.known.add(Subject(kind=line.kind, name=name, birth_year=line.birth_year))
        elif found.pk and line.kind != RecipientKind.COLLECTIVE and found.birth_year != line.birth_year:
            work.notes.append(f"Ghi cùng đối tượng «{found.name}» đã có trong sổ vì cùng tên.")
        if not old.code_of(line.award):
            work.notes.append(f"«{line.award}» không có trong danh mục, giữ nguyên tên.")
        self.lines.setdefault(head, []).append(line)

    def _head(self, work: Work) -> OldDecision:
        """The first row of a decision speaks for the rows after it."""
        values = work.values
        try:
            head = old.checked_decision(
                OldDecision(
                    values["decision__number"],
                    values["decision__day"],
                    values.get("decision__signer", ""),
                    values.get("decision__issuer_name", ""),
                )
            )
        except UnfitField as error:
            raise AppError(str(error)) from None
        return self.heads.setdefault((head.number, head.day), head)

    def _line(self, work: Work) -> OldLine:
        values = work.values
        known = {name: values[name] for name in _LINE_FIELDS if name in values}
        return OldLine(award=values["award_name"], birth_year=values.get("subject__birth_year"), **known)

    def _key(self, work: Work) -> tuple[Any, ...]:
        values = work.values
        day = values["decision__day"]
        same = old.same_line(values["name"], values["award_name"], values.get("year", day.year))
        return values["decision__number"], day, *same

    def create(self, work: Work) -> None:
        """All at once, by decision: ``finish``."""

    def finish(self) -> None:
        known = KnownSubjects(self.unit.pk, joins_same_name=self.joins_same_name)
        for head, lines in self.lines.items():
            old.enter_old(
                self.unit.pk,
                actor=self.actor,
                decision=head,
                lines=lines,
                joins_same_name=self.joins_same_name,
                known=known,
            )


_LINE_FIELDS = ("name", "kind", "detail", "year", "achievement", "mode", "level", "money", "golden_number")


def converted(value: Value, encoding: Encoding) -> Value:
    """What holds letters beyond Latin 1 is Unicode already, whatever the sheet is."""
    if not isinstance(value, str) or value.isascii() or any(ord(letter) > _LATIN_1 for letter in value):
        return value
    return to_unicode(value, encoding)
