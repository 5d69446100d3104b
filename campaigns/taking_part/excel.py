"""Registrations out of sheets and into them (``core.resources`` says how); rows are written by the services."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any, ClassVar, Self

from django.db import models
from django.http import Http404, QueryDict
from django.utils import timezone

from campaigns.models import Campaign, Registration
from campaigns.states import RegistrationState
from campaigns.taking_part import promises, selectors, services, titles
from campaigns.taking_part.matching import PROMISES, TITLES
from campaigns.taking_part.promises import Promise
from campaigns.taking_part.values import RegistrationData, Who, cleaned
from core.cells import Cell, Choice, Day, RowByName, Words, as_words, name_key
from core.errors import AppError, UnfitField
from core.exporting import Listed
from core.resources import Column, SheetResource, Work
from core.sheets.tables import Table
from units.models import Part, Person, Unit
from units.services import add_person

KIND = "campaigns.registrations"
NAME, POST = "Họ và tên", "Chức vụ"


class NoRight(AppError):
    message = "Bạn không còn quyền nhập đăng ký của phong trào này."


class Titles(Cell):
    """Semicolons or line ends part them; short forms are read."""

    def __init__(self) -> None:
        super().__init__()
        self.known: list[str] = []

    def read(self, value: Any) -> tuple[str, ...]:
        return titles.read_titles(as_words(value), self.known)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "; ".join(value.split("\n") if isinstance(value, str) else value or ())

    def is_same(self, old: Any, new: Any) -> bool:
        return [*map(name_key, self.render(old).split("; "))] == [*map(name_key, new)]


class Promises(Cell):
    """«Trồng cây phân tán: 200 cây»: a figure where the words are a target's, else words."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[Any] = []

    def read(self, value: Any) -> tuple[Promise, ...]:
        return promises.read_promises(as_words(value), self.targets)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        by_pk = {target.pk: target for target in self.targets}
        found = [one if isinstance(one, Promise) else promises.from_json([one])[0] for one in value or ()]
        return "\n".join(promises.in_words(one, by_pk) for one in found)

    def is_same(self, old: Any, new: Any) -> bool:
        """As they read: what a sheet cannot carry (a semicolon inside) changes nothing."""
        return self.read(self.render(old)) == new


class RegistrationResource(SheetResource):
    sheet_name = "Đăng ký"
    examples: ClassVar = (
        ("Thôn Đông", "", "", "Tập thể lao động tiên tiến", "Trồng 200 cây", "5/2/2026"),
        ("Thôn Đông", "Lò Văn Hặc", "Trưởng thôn", "Lao động tiên tiến; Chiến sĩ thi đua cơ sở", "", "5/2/2026"),
    )

    place = Column(
        "place",
        "Nơi đăng ký",
        RowByName("«{}» không có trong danh sách của đơn vị"),
        also=("Thôn/Đơn vị", "Đơn vị", "Bộ phận", "Tập thể", "Tên tập thể"),
        key=True,
        hint="Tên thôn, trường, cơ quan như trong danh sách Bộ phận.",
        width=30,
    )
    person = Column(
        "person_name",
        NAME,
        Words(120),
        also=("Họ tên", "Cá nhân"),
        hint="Để trống nếu tập thể đăng ký.",
        width=26,
    )
    post = Column("person_post", POST, Words(160), hint="Của cá nhân, nếu có.", width=22)
    titles = Column("titles", TITLES, Titles(), also=("Danh hiệu",), hint="Nhiều danh hiệu thì cách bằng ;", width=40)
    promises = Column("promises", PROMISES, Promises(), also=("Chỉ tiêu",), hint="Mỗi chỉ tiêu một dòng.", width=50)
    day = Column("day", "Ngày gửi", Day(), hint="Để trống là hôm nay.", width=14)
    state = Column("state", "Tình trạng", Choice(RegistrationState.choices), shown_only=True, width=14)
    reason = Column("reason", "Lý do trả lại", Words(), shown_only=True, width=30)

    class Meta:
        model = Registration
        fields = ("place", "person", "post", "titles", "promises", "day", "state", "reason")
        export_order = fields

    campaign: Campaign
    actor: Any

    @classmethod
    def opened(cls, *, actor: Any, target_id: int, options: Mapping[str, str]) -> Self:
        campaign = selectors.campaigns_inside(actor).filter(pk=target_id).first()
        if campaign is None or not actor.has_perm("campaigns.write_campaign", campaign):
            raise NoRight
        resource = cls.of(campaign)
        resource.actor = actor
        return resource

    @classmethod
    def of(cls, campaign: Campaign) -> Self:
        resource = cls()
        resource.campaign = campaign
        resource.fields["promises"].widget.targets = list(campaign.targets.all())
        resource.fields["titles"].widget.known = selectors.titles_used(campaign.unit)
        return resource

    # -- In ------------------------------------------------------------------------------

    def prepare(self, table: Table) -> None:
        campaign = self.campaign
        own = Part.objects.on().filter(unit=campaign.unit).order_by("order", "pk")
        places = {(type(one), one.pk): one for one in (*own, *selectors.could_register(campaign))}
        self.fields["place"].widget.offer(places.values())
        self.people: dict[str, list[Person]] = {}
        for person in selectors.people_of(campaign.unit):
            self.people.setdefault(name_key(person.full_name), []).append(person)
        self.there = {services.who_of(row).key: show(row) for row in selectors.for_list(campaign)}
        for row in self.there.values():
            row.campaign = campaign

    def before_import_row(self, row: MutableMapping[str, Any], row_number: int = 0, **kwargs: Any) -> None:
        super().before_import_row(row, row_number, **kwargs)
        self.work.values.setdefault("person_name", "")

    def find(self, work: Work) -> Registration | None:
        who = self._who(work)
        return self.there.get(who.key) if who else None

    def _who(self, work: Work) -> Who | None:
        """None: somebody new."""
        place, name = work.values["place"], work.values["person_name"]
        if not name:
            return Who(place)
        if isinstance(place, Unit):
            raise AppError("Đơn vị cấp dưới đăng ký thì để trống cột Họ và tên.")
        same = self.people.get(name_key(name), [])
        own = [person for person in same if person.part_id == place.pk] or same
        post = work.values.get("person_post", "")
        if len(own) > 1 and post:
            own = [person for person in own if name_key(person.post) == name_key(post)] or own
        if len(own) > 1:
            raise AppError(f"Có {len(own)} người tên {name}; ghi thêm chức vụ như trong danh sách Nhân sự.")
        if own and own[0].part_id not in (None, place.pk):
            raise AppError(f"{name} đang ở {own[0].part}; nếu là người khác thì thêm vào danh sách Nhân sự trước.")
        return Who(place, own[0]) if own else None

    def same_as(self, work: Work) -> tuple[Any, ...]:
        return (work.values["place"].pk, type(work.values["place"]), name_key(work.values["person_name"]))

    def check(self, work: Work) -> None:
        if not work.is_new and work.found.state == RegistrationState.APPROVED:
            raise services.ApprovedAlready
        if work.changes.keys() & {"place", "person_post"} and not work.is_new:
            heads = [column.column_name for column in self.columns if column.attribute in work.changes]
            raise AppError(f"{heads[0]} của đăng ký đã có không sửa được từ tệp; hãy ghi như trong chương trình.")
        who = self._who(work)
        if who is None:
            work.notes.append(f"Thêm người mới vào {work.values['place']}: {work.values['person_name']}.")
        try:
            cleaned(self._data(work), self.campaign, who or Who(work.values["place"]))
        except UnfitField as error:
            raise AppError(str(error)) from None

    def _data(self, work: Work) -> RegistrationData:
        row: Registration | None = work.found
        kept = promises.from_json(row.promises) if row else ()
        own = tuple(row.titles.split("\n")) if row and row.titles else ()
        return RegistrationData(
            work.values.get("day") or (row.day if row else timezone.localdate()),
            work.values["titles"] if "titles" in work.changes else own,
            work.values["promises"] if "promises" in work.changes else kept,
            row.delivery if row else None,
        )

    def create(self, work: Work) -> None:
        who = self._who(work)
        if who is None:
            place, name = work.values["place"], work.values["person_name"]
            post = work.values.get("person_post", "")
            person = add_person(self.campaign.unit, actor=self.actor, full_name=name, post=post, part=place)
            who = Who(place, person)
        services.register(self.campaign, actor=self.actor, who=who, data=self._data(work))

    def change(self, work: Work) -> None:
        services.change_registration(work.found, actor=self.actor, version=work.found.version, data=self._data(work))

    def label(self, work: Work) -> str:
        name, place = work.values.get("person_name", ""), work.values.get("place", "")
        return f"{name} ({place})" if name and place else str(name or place)

    # -- Out -----------------------------------------------------------------------------

    def export_resource(self, instance: Any, selected_fields: Any = None, **kwargs: Any) -> list[Any]:
        return super().export_resource(show(instance), selected_fields, **kwargs)


def show(row: Registration) -> Registration:
    """With what the columns read besides fields of its own."""
    row.place = row.part or row.lower  # type: ignore[attr-defined]
    row.person_name = row.person.full_name if row.person else ""  # type: ignore[attr-defined]
    row.person_post = row.person.post if row.person else ""  # type: ignore[attr-defined]
    return row


def list_registrations(user: Any, campaign_id: int, query: QueryDict) -> Listed:
    campaign = selectors.campaigns_inside(user).filter(pk=campaign_id).first()
    if campaign is None:
        raise Http404
    rows = selectors.for_list(campaign).order_by(
        models.F("part__order").asc(nulls_last=True),
        models.F("part").asc(nulls_last=True),
        "lower__name",
        models.F("person__full_name").asc(nulls_first=True),  # the collective before its people
        "pk",
    )
    resource = RegistrationResource.of(campaign)
    title = f"Đăng ký thi đua: {campaign.title}"[:200]
    return Listed(resource, rows, title, f"dang-ky-thi-dua-{campaign.pk}", campaign.unit_id)
