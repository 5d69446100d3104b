"""The list of campaigns out of sheets and into them; rows are written by ``campaigns.running.services``."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, ClassVar, Self

from django.http import QueryDict
from django.utils import timezone

from campaigns.excel.cells import Lines
from campaigns.models import Campaign
from campaigns.running import selectors, services
from campaigns.running.lists import CampaignFilter
from campaigns.running.values import TEXT, THEME, TITLE, VALUE_NAMES, CampaignValues, cleaned, levels_for, values_of
from campaigns.selectors import visible_campaigns
from campaigns.states import CampaignState
from core.cells import Cell, Choice, Day, Name, Words, Year, name_key
from core.errors import AppError, UnfitField
from core.exporting import Listed
from core.resources import Column, SheetResource, Work
from core.sheets.tables import Table
from plans.models import Plan
from units.models import Person, Unit
from units.selectors import readable_unit_ids, units_of

KIND = "campaigns.campaigns"
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


class NoRight(AppError):
    message = "Bạn không có quyền lập phong trào ở đơn vị này."


class CampaignResource(SheetResource):
    sheet_name = "Phong trào"
    examples: ClassVar = (
        (
            "Phong trào thi đua phát triển kinh tế - xã hội năm 2026",
            2026,
            "Đoàn kết, sáng tạo, thi đua về đích",
            "Thường xuyên",
            "Cấp xã",
            "Năm",
            "1/1/2026",
            "31/12/2026",
            "15/2/2026",
            "Các thôn, trường học, cơ quan trong xã",
            "Giấy khen cho tập thể, cá nhân tiêu biểu",
            "",
            "",
            "",
        ),
    )

    title = Column(
        "title", "Tên phong trào", Words(TITLE), also=("Phong trào", "Phong trào thi đua"), key=True, width=60
    )
    year = Column("year", "Năm", Year(_FIRST_YEAR, lambda: _LAST_YEAR), key=True, hint="Bốn chữ số.", width=8)
    theme = Column("theme", "Chủ đề", Words(THEME), width=40)
    kind = Column("kind", "Loại", Choice(Campaign.Kind.choices), hint="Để trống là Thường xuyên.", width=16)
    level = Column(
        "level", "Cấp phát động", Choice(Campaign.Level.choices), hint="Để trống là cấp của đơn vị.", width=24
    )
    period = Column("period", "Thời kỳ", Choice(Plan.Period.choices), hint="Để trống là năm.", width=14)
    start = Column("start", "Từ ngày", Day(), also=("Bắt đầu", "Ngày bắt đầu"), hint="Ngày/tháng/năm.", width=14)
    end = Column("end", "Đến hết ngày", Day(), also=("Kết thúc", "Ngày kết thúc"), hint="Ngày/tháng/năm.", width=14)
    register_by = Column("register_by", "Hạn đăng ký", Day(), hint="Ngày/tháng/năm.", width=14)
    scope = Column("scope", "Phạm vi, đối tượng", Lines(TEXT), also=("Đối tượng", "Phạm vi"), width=40)
    rewards = Column("rewards", "Dự kiến khen thưởng", Lines(TEXT), also=("Khen thưởng",), width=40)
    follower = Column(
        "follower_name", "Người theo dõi", Name(160), hint="Họ tên như trong danh sách Nhân sự.", width=24
    )
    unit = Column("unit_title", "Đơn vị", Name(300), hint="Để trống là đơn vị đang nhập.", width=24)
    state = Column(
        "state", "Trạng thái", Choice(CampaignState.choices), hint="Chỉ để nhận ra phong trào đã có.", width=18
    )
    targets = Column("target_count", "Số chỉ tiêu", Cell(), shown_only=True, width=10)
    reported = Column("reported_count", "Chỉ tiêu đã có số", Cell(), shown_only=True, width=10)

    class Meta:
        model = Campaign
        fields = (
            "title",
            "year",
            "theme",
            "kind",
            "level",
            "period",
            "start",
            "end",
            "register_by",
            "scope",
            "rewards",
            "follower",
            "unit",
            "state",
            "targets",
            "reported",
        )
        export_order = fields

    target: Unit
    actor: Any
    inside: Collection[int] | None = None
    """Units whose own matters a list may show; None: an import, which compares with all that is there."""

    @classmethod
    def opened(cls, *, actor: Any, target_id: int, options: Mapping[str, str]) -> Self:
        resource = cls()
        unit = units_of(actor).select_related("parent").filter(pk=target_id).first()
        if unit is None or not actor.has_perm("campaigns.write_campaign", Campaign(unit=unit)):
            raise NoRight
        resource.target, resource.actor = unit, actor
        return resource

    # -- In ------------------------------------------------------------------------------

    def prepare(self, table: Table) -> None:
        self.there: dict[tuple[str, int, str], list[Campaign]] = {}
        for row in visible_campaigns(self.actor).select_related("unit", "plan", "follower").order_by("pk"):
            self.there.setdefault(_key(row.unit.title, row.year, row.title), []).append(show(row))
        self.people: dict[str, list[Person]] = {}
        for person in selectors.people_of(self.target):
            self.people.setdefault(name_key(person.full_name), []).append(person)

    def find(self, work: Work) -> Campaign | None:
        """By unit, year and name; of those that share them, the one whose state the row says, else the living one."""
        alike = self.there.get(self.same_as(work), [])
        for is_meant in (
            lambda one: one.unit_id == self.target.pk,
            lambda one: one.state == work.values.get("state"),
            lambda one: one.state != CampaignState.DROPPED,
        ):
            alike = [one for one in alike if is_meant(one)] or alike
        if len(alike) > 1:
            raise AppError(f"Có {len(alike)} phong trào cùng tên, cùng năm; hãy sửa ngay trong chương trình.")
        return alike[0] if alike else None

    def same_as(self, work: Work) -> tuple[str, int, str]:
        values = work.values
        return _key(values.get("unit_title") or self.target.title, values["year"], values["title"])

    def check(self, work: Work) -> None:
        found: Campaign | None = work.found
        if found is None:
            self._check_new(work)
        elif found.unit_id != self.target.pk:
            raise AppError(f"Phong trào này của {found.unit.title}; chỉ đơn vị ấy sửa được.")
        elif found.state == CampaignState.DROPPED:
            raise AppError("Phong trào này đã ghi không thực hiện. Muốn sửa thì bấm «Chuẩn bị lại» ở trang của nó.")
        elif "state" in work.changes:
            raise AppError("Trạng thái không đổi được từ tệp; hãy ghi nhận ở trang của phong trào.")
        try:
            values = cleaned(self._values(work), self.target)
        except UnfitField as error:
            raise AppError(str(error)) from None
        offered = levels_for(self.target, values.year, also=found.level if found else "")
        if values.level not in offered:
            raise AppError(f"Cấp phát động phải là một trong: {'; '.join(one.label for one in offered)}.")

    def _check_new(self, work: Work) -> None:
        unit = work.values.get("unit_title", "")
        if unit and name_key(unit) != name_key(self.target.title):
            raise AppError(f"Dòng này ghi đơn vị {unit}, còn đang nhập cho {self.target.title}.")
        if work.values.get("state", CampaignState.DRAFT) != CampaignState.DRAFT:
            work.notes.append("Phong trào mới thì đang chuẩn bị; ghi nhận đã phát động ở trang của phong trào.")
            work.changes.pop("state")

    def _values(self, work: Work) -> CampaignValues:
        after = {name: new for name, (_, new) in work.changes.items() if name in VALUE_NAMES}
        if "follower_name" in work.changes:
            after["follower"] = self._person(work.values["follower_name"])
        if work.found is not None:
            return CampaignValues(**{name: getattr(values_of(work.found), name) for name in VALUE_NAMES} | after)
        return CampaignValues(**{"level": Campaign.Level(self.target.kind)} | after)

    def _person(self, name: str) -> Person:
        found = self.people.get(name_key(name), [])
        if not found:
            raise AppError(f"Người theo dõi: «{name}» chưa có trong danh sách Nhân sự của đơn vị.")
        if len(found) > 1:
            raise AppError(f"Người theo dõi: có {len(found)} người tên {name}; hãy chọn ở trang của phong trào.")
        return found[0]

    def create(self, work: Work) -> None:
        services.create_campaign(self.target, actor=self.actor, values=self._values(work))

    def change(self, work: Work) -> None:
        found: Campaign = work.found
        services.change_campaign(
            found, actor=self.actor, version=found.version, values=self._values(work), plan=found.plan
        )

    # -- Out -----------------------------------------------------------------------------

    def export_resource(self, instance: Any, selected_fields: Any = None, **kwargs: Any) -> list[Any]:
        return super().export_resource(show(instance, self.inside), selected_fields, **kwargs)


def _key(unit: str, year: int, title: str) -> tuple[str, int, str]:
    return name_key(unit), year, name_key(title)


def show(campaign: Campaign, inside: Collection[int] | None = None) -> Campaign:
    """With what the columns read besides fields of its own; who follows it is no matter of other units."""
    campaign.unit_title = campaign.unit.title  # type: ignore[attr-defined]
    is_told = campaign.follower is not None and (inside is None or campaign.unit_id in inside)
    campaign.follower_name = campaign.follower.full_name if is_told else ""  # type: ignore[attr-defined, union-attr]
    if inside is not None and campaign.unit_id not in inside:
        campaign.reported_count = None  # type: ignore[attr-defined]
    return campaign


def list_campaigns(user: Any, target_id: int, query: QueryDict) -> Listed:
    found = CampaignFilter(query, user=user, today=timezone.localdate()).qs.order_by("-year", "-pk")
    rows = found.defer(None).prefetch_related(None).select_related("unit", "follower")
    unit_id = units_of(user).order_by("pk").values_list("pk", flat=True).first() or 0
    resource = CampaignResource()
    resource.inside = set(readable_unit_ids(user).values_list("pk", flat=True))
    return Listed(resource, rows, "Danh sách phong trào thi đua", "danh-sach-phong-trao", unit_id)
