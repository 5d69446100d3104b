"""Parts and people of a unit, out of sheets and into them. Rows are written by ``units.services``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self, TypeVar

from django.utils import timezone

from core.cells import Choice, Day, Email, Name, Phone, RowByName, Words, Year, name_key
from core.errors import AppError
from core.resources import Column, SheetResource, Work
from core.sheets.tables import Table
from core.text import fold
from units import selectors, services
from units.models import Part, Person, Unit
from units.naming import part_kind
from units.rows import check_dates

_Named = TypeVar("_Named", Part, Person)
_DAY_HINT = "Ngày/tháng/năm, ví dụ 5/3/2026. Để trống nếu không có."


class NoRight(AppError):
    message = "Bạn không còn quyền sửa danh sách của đơn vị này."


def _this_year() -> int:
    return timezone.localdate().year


class _OfUnit(SheetResource):
    """A list that lies in a unit."""

    unit: Unit
    actor: Any

    @classmethod
    def opened(cls, *, actor: Any, target_id: int, options: Mapping[str, str]) -> Self:
        resource = cls()
        unit = selectors.visible_units(actor).filter(pk=target_id).first()
        if unit is None or not actor.has_perm("units.change_unit", unit):
            raise NoRight
        resource.unit, resource.actor = unit, actor
        return resource

    def check(self, work: Work) -> None:
        check_dates(self.after(work, "valid_from"), self.after(work, "valid_to"))

    def after(self, work: Work, name: str) -> Any:
        """The field's value once the row is written."""
        return work.values.get(name, getattr(work.found, name, None))


class PartResource(_OfUnit):
    sheet_name = "Bộ phận"
    examples: ClassVar = (
        ("Thôn Đông", "Thôn, khu phố", "", "0912 345 678", "", ""),
        ("Trường Tiểu học An Sơn", "Trường học", "Lê Thị Mai", "", "01/7/2025", ""),
    )

    name = Column(
        "name",
        "Tên bộ phận",
        Name(300),
        also=("Tên đơn vị", "Tên đơn vị, tập thể", "Tên tập thể", "Tên cơ quan", "Tên thôn", "Đơn vị", "Bộ phận"),
        key=True,
        hint="Như ghi trong kế hoạch, ví dụ: Thôn Đông.",
        width=42,
    )
    kind = Column(
        "kind",
        "Loại",
        Choice(Part.Kind.choices),
        also=("Loại bộ phận", "Phân loại"),
        hint="Chọn trong danh sách. Để trống thì chương trình xếp theo tên.",
        width=24,
    )
    head = Column(
        "head",
        "Người đứng đầu",
        RowByName("chưa có «{}» trong danh sách Nhân sự; hãy thêm người đó trước, hoặc để trống ô này"),
        also=("Trưởng thôn", "Họ tên người đứng đầu"),
        hint="Họ và tên như trong danh sách Nhân sự.",
        width=26,
    )
    phone = Column("phone", "Điện thoại", Phone(20), also=("Số điện thoại", "SĐT"), hint="Ví dụ 0912 345 678.")
    valid_from = Column("valid_from", "Từ ngày", Day(), also=("Hoạt động từ ngày",), hint=_DAY_HINT, width=14)
    valid_to = Column("valid_to", "Đến hết ngày", Day(), also=("Đến ngày",), hint=_DAY_HINT, width=14)

    class Meta:
        model = Part
        fields = ("name", "kind", "head", "phone", "valid_from", "valid_to")
        export_order = fields

    def prepare(self, table: Table) -> None:
        self.parts = list(Part.objects.filter(unit=self.unit).select_related("head"))
        self.order = max((part.order for part in self.parts), default=0)
        self.by_key: dict[str, list[Part]] = {}
        self.by_fold: dict[str, Part] = {}
        for part in self.parts:
            self.by_key.setdefault(name_key(part.name), []).append(part)
            self.by_fold.setdefault(fold(part.name), part)
        offer_people(self, self.unit)

    def find(self, work: Work) -> Part | None:
        """By its name; a name that differs by marks alone may be a slip or another village, so it is asked."""
        name = work.values["name"]
        lives = self.by_key.get(name_key(name), [])
        if len(lives) > 1:
            lives = [part for part in lives if part.is_in_force(timezone.localdate())]
        if len(lives) > 1:
            raise AppError(f"Danh sách có nhiều dòng tên «{name}»; hãy sửa ở trang Bộ phận.")
        if not lives and (alike := self.by_fold.get(fold(name))):
            raise AppError(
                f"Danh sách đã có «{alike.name}», chỉ khác dấu. Nếu là một, hãy ghi giống hệt; "
                "nếu là hai nơi khác nhau, hãy thêm nơi này ở trang Bộ phận."
            )
        return lives[0] if lives else None

    def same_as(self, work: Work) -> str:
        return f"{name_key(work.values['name'])}"

    def create(self, work: Work) -> None:
        self.order += 1
        values = {"kind": part_kind(work.values["name"]), "order": self.order, **work.values}
        services.add_part(self.unit, actor=self.actor, **values)

    def change(self, work: Work) -> None:
        after = {name: new for name, (_, new) in work.changes.items()}
        services.update_part(work.found, actor=self.actor, **after)


class PersonResource(_OfUnit):
    sheet_name = "Nhân sự"
    examples: ClassVar = (
        ("Bà", "Lê Thị Mai", 1980, "Hiệu trưởng", "Trường Tiểu học An Sơn", "0912 345 678", "", "", ""),
        ("Ông", "Trần Văn Bình", "", "Trưởng thôn", "Thôn Đông", "", "", "01/7/2025", ""),
    )

    honorific = Column(
        "honorific",
        "Danh xưng",
        Words(20),
        also=("Tên gọi (Ông/Bà/Chức danh)", "Ông/Bà", "Ông, Bà", "Học hàm, học vị"),
        hint="Ông, Bà, Đồng chí; học hàm, học vị.",
        width=14,
    )
    full_name = Column(
        "full_name",
        "Họ và tên",
        Name(120),
        also=("Họ tên", "Họ, tên", "Họ và tên cá nhân", "Tên cá nhân"),
        key=True,
        hint="Không ghi Ông, Bà trước tên.",
        width=30,
    )
    birth_year = Column(
        "birth_year",
        "Năm sinh",
        Year(1900, _this_year),
        also=("Ngày sinh", "Ngày, tháng, năm sinh", "Ngày tháng năm sinh"),
        hint="Bốn chữ số. Giúp phân biệt người trùng tên.",
        width=12,
    )
    post = Column("post", "Chức vụ", Words(160), also=("Chức danh", "Chức vụ, chức danh"), hint="", width=30)
    part = Column(
        "part",
        "Đơn vị, bộ phận",
        RowByName("chưa có bộ phận «{}»; hãy thêm bộ phận đó trước, hoặc để trống ô này"),
        also=("Bộ phận", "Đơn vị", "Đơn vị công tác", "Đơn vị/bộ phận", "Nơi công tác", "Phòng ban"),
        hint="Như trong danh sách Bộ phận.",
        width=34,
    )
    phone = Column("phone", "Điện thoại", Phone(20), also=("Số điện thoại", "SĐT"), hint="Ví dụ 0912 345 678.")
    email = Column("email", "Thư điện tử", Email(254), also=("Email", "E-mail", "Địa chỉ email"), hint="", width=28)
    valid_from = Column("valid_from", "Từ ngày", Day(), also=("Công tác từ ngày",), hint=_DAY_HINT, width=14)
    valid_to = Column("valid_to", "Đến hết ngày", Day(), also=("Đến ngày",), hint=_DAY_HINT, width=14)

    class Meta:
        model = Person
        fields = (
            "honorific",
            "full_name",
            "birth_year",
            "post",
            "part",
            "phone",
            "email",
            "valid_from",
            "valid_to",
        )
        export_order = fields

    def prepare(self, table: Table) -> None:
        self.by_key: dict[str, list[Person]] = {}
        for person in Person.objects.filter(unit=self.unit).select_related("part"):
            self.by_key.setdefault(name_key(person.full_name), []).append(person)
        self.fields["part"].widget.offer(_usable(Part.objects.filter(unit=self.unit)))

    def find(self, work: Work) -> Person | None:
        """By name and year of birth; where a year is not there, by name and part, unless nothing speaks against it."""
        name: str = work.values["full_name"]
        year, part = (work.values.get(key) for key in ("birth_year", "part"))
        alike = [
            person
            for person in self.by_key.get(name_key(name), [])
            if not (year and person.birth_year and year != person.birth_year)
        ]
        sure = [person for person in alike if year and year == person.birth_year]
        if len(sure) != 1 and part:
            sure = [person for person in sure or alike if person.part_id == part.pk]
        if len(sure) == 1:
            return sure[0]
        if not alike:
            return None
        if len(alike) == 1 and not (part and alike[0].part_id):
            return alike[0]
        raise AppError(_ask_who(name, alike))

    def same_as(self, work: Work) -> tuple[Any, ...] | None:
        part = work.values.get("part")
        return (name_key(work.values["full_name"]), work.values.get("birth_year"), part and part.pk)

    def create(self, work: Work) -> None:
        services.add_person(self.unit, actor=self.actor, **work.values)

    def change(self, work: Work) -> None:
        after = {name: new for name, (_, new) in work.changes.items()}
        services.update_person(work.found, actor=self.actor, **after)


def offer_people(resource: SheetResource, unit: Unit) -> None:
    """Heads by name; those of one name are told apart by post and year of birth, out and in alike."""

    def more_of(person: Person) -> str:
        return ", ".join(filter(None, (person.post, str(person.birth_year or ""))))

    resource.fields["head"].widget.offer(_usable(Person.objects.filter(unit=unit)), more_of)


def _usable(rows: Iterable[_Named]) -> list[_Named]:
    """Of several lives of one name those that go on; what ended alone is still known by its name."""
    today = timezone.localdate()
    found: dict[str, list[_Named]] = {}
    for row in rows:
        found.setdefault(name_key(str(row)), []).append(row)
    return [row for same in found.values() for row in ([row for row in same if row.is_in_force(today)] or same)]


def _ask_who(name: str, alike: list[Person]) -> str:
    told = (", ".join(filter(None, (str(who.birth_year or ""), str(who.part or "")))) for who in alike[:3])
    known = "; ".join(words or "không ghi năm sinh, bộ phận" for words in told)
    return (
        f"Danh sách đã có {len(alike)} người tên «{name}» ({known}). Hãy ghi năm sinh ở tệp và ở danh sách "
        "để biết dòng này là ai."
    )
