"""Nominees out of sheets and into them (``core.resources`` says how); rows are written by the services.

Our own layout and those that offices have (``office_sheets``) are read alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any, ClassVar, Self

from django.http import Http404, QueryDict
from django.utils import timezone

from awards.collecting import identifying, proposals, rows, selectors, wording
from awards.collecting.cells import AwardCell, BirthCell, Identity, KindCell, Lenient, LevelCell
from awards.collecting.excel_forms import SENDER
from awards.collecting.lists import NOMINEE_SORTS, NomineeFilter
from awards.collecting.office_sheets import EXTRA_HEADS, in_words, read_codes
from awards.collecting.pasting import HEADS
from awards.collecting.presenters import NOT_ASKED_FOR
from awards.collecting.rows import EDITABLE, NotEditable, RowData
from awards.collecting.values import ACHIEVEMENT, FIELDS, NAME, POST, WORKPLACE, NomineeData, Sender, cleaned_nominee
from awards.models import Nominee, Proposal, Round
from awards.models.common import RecipientKind
from awards.selectors import visible_rounds
from awards.states import NomineeState
from core.cells import Choice, RowByName, Words, name_key
from core.errors import AppError, UnfitField
from core.exporting import Listed
from core.resources import Column, SheetResource, Work
from core.sheets.reading import Sheet
from core.sheets.tables import Table, Wanted, find_table
from units.models import Part, Unit

KIND = "awards.nominees"
_PLACE_HEADS = ("Nơi gửi", "Thôn/Đơn vị", "Đơn vị gửi", "Đơn vị đề nghị", "Nơi gửi danh sách")


class NoRight(AppError):
    message = "Bạn không còn quyền nhập danh sách của đợt xét này."


def _also(name: str) -> tuple[str, ...]:
    return HEADS[name][1:]


class NomineeResource(SheetResource):
    sheet_name = "Danh sách"
    examples: ClassVar = (
        (
            "Trường Tiểu học số 1",
            "Bà",
            "Nguyễn Thị Hoa",
            "",
            "5/3/1985",
            "Giáo viên",
            "Tổ 4-5",
            "",
            "",
            "LĐTT",
            "",
            "",
        ),
        (
            "Thôn Đông",
            "",
            "Hộ ông Lò Văn Hặc",
            "",
            "",
            "",
            "Thôn Đông",
            "Hộ gia đình",
            "",
            "Giấy khen",
            "Hiến đất",
            "",
        ),
    )

    place = Column(
        "place",
        "Nơi đề nghị",
        RowByName("«{}» không có trong danh sách của đơn vị"),
        also=_PLACE_HEADS,
        hint="Tên thôn, trường, cơ quan. Để trống nếu chọn nơi gửi khi nạp tệp.",
        width=28,
    )
    honorific = Column("honorific", "Danh xưng", Words(20), also=("Tên gọi (Ông/Bà/Chức danh)", "Ông/Bà"), width=10)
    name = Column("name", HEADS["name"][0], Words(NAME), also=_also("name"), key=True, width=28)
    gender = Column("gender", "Giới tính", Lenient(wording.read_gender, {"male": "Nam", "female": "Nữ"}), width=9)
    birth = Column("birth", HEADS["birth"][0], BirthCell(), also=_also("birth"), hint="1980 hoặc 5/3/1980.", width=14)
    post = Column("post", "Chức vụ", Words(POST), also=_also("post"), width=22)
    workplace = Column("workplace", HEADS["workplace"][0], Words(WORKPLACE), also=_also("workplace"), width=28)
    kind = Column("kind", "Đối tượng", KindCell(), also=HEADS["kind"], hint="Để trống thì tự nhận ra.", width=14)
    level = Column("level", "Phân loại", LevelCell(), also=HEADS["level"], width=20)
    award = Column("award", HEADS["award"][0], AwardCell(), also=_also("award"), hint="Như trong danh mục.", width=30)
    achievement = Column("achievement", "Tóm tắt thành tích", Words(ACHIEVEMENT), also=_also("achievement"), width=50)
    identity = Column(
        "identity",
        "Số định danh cá nhân",
        Identity(),
        also=("CCCD", "Số CCCD", "Căn cước công dân", "Số định danh"),
        hint="Không bắt buộc. Được mã hóa, không xuất ra.",
        width=16,
    )
    state = Column("state", "Trạng thái", Choice(NomineeState.choices), shown_only=True, width=20)
    reason = Column("reason", "Lý do", Words(), shown_only=True, width=26)

    class Meta:
        model = Nominee
        fields = (
            *("place", "honorific", "name", "gender", "birth", "post", "workplace", "kind", "level", "award"),
            *("achievement", "identity", "state", "reason"),
        )
        export_order = fields

    round: Round
    actor: Any
    sender: str = ""

    @classmethod
    def opened(cls, *, actor: Any, target_id: int, options: Mapping[str, str]) -> Self:
        found = visible_rounds(actor).filter(pk=target_id).first()
        if found is None or not actor.has_perm("awards.run_rounds", found):
            raise NoRight
        resource = cls()
        resource.round, resource.actor, resource.sender = found, actor, options.get(SENDER, "")
        return resource

    # -- In ------------------------------------------------------------------------------

    @property
    def wanted(self) -> Wanted:
        return {**super().wanted, **EXTRA_HEADS}

    def table_of(self, sheets: Sequence[Sheet]) -> Table:
        table = find_table(sheets, self.wanted, self.required, self.is_group)
        return in_words(table, read_codes(sheets, table.sheet))

    def prepare(self, table: Table) -> None:
        proposals.refuse_closed(self.round)
        places = selectors.places_to_send(self.round)
        offered = {(type(one), one.pk): one for one in places}
        self.fields["place"].widget.offer(offered.values())
        self.by_name = {name_key(str(one)): one for one in places}
        by_key = {selectors.sender_of(one, self.round).key: one for one in places}
        self.chosen = by_key.get(self.sender)
        self.there: dict[tuple[str, str, str], list[Nominee]] = defaultdict(list)
        for row in selectors.nominees_for_list(self.round):
            row.round = row.proposal.round = self.round
            self.there[self._key(Sender(row.proposal.part, row.proposal.lower), row.name, row.award)].append(show(row))
        self.adding: dict[str, list[RowData]] = defaultdict(list)
        self.senders: dict[str, Sender] = {}

    def _key(self, sender: Sender, name: str, award: str) -> tuple[str, str, str]:
        return sender.key, name_key(name), award

    def before_import_row(self, row: MutableMapping[str, Any], row_number: int = 0, **kwargs: Any) -> None:
        work = self.works[row_number - 1]
        for cell in (column.widget for column in self.read_columns):
            if isinstance(cell, Lenient):
                cell.notes = work.notes
        super().before_import_row(row, row_number, **kwargs)
        self._place(work)
        if "award" not in work.values and "award" not in work.refused:
            work.errors.append("Danh hiệu, hình thức đề nghị: còn trống.")
        self._who(work)

    def _place(self, work: Work) -> None:
        """The sender that was chosen counts before the column, the column before the heading of the group."""
        found: Part | Unit | None = self.chosen or work.values.get("place") or self.by_name.get(name_key(work.group))
        if self.chosen is not None:
            work.errors = [error for error in work.errors if not error.startswith("Nơi đề nghị")]
        if found is not None:
            work.values["place"] = found
        elif "place" not in work.refused:
            work.errors.append("Nơi đề nghị: còn trống; chọn nơi gửi khi nạp tệp, hoặc thêm cột này.")

    def _who(self, work: Work) -> None:
        """The honorific out of the name, the kind where none is said; what only people have goes from others."""
        values = work.values
        if "name" not in values or "award" not in values:
            return
        said = values.get("kind")
        honorific, name = wording.split_honorific(values["name"])
        meant = wording.kind_meant(name, values["award"], RecipientKind(said) if said else None)
        values["kind"] = meant.value
        if meant == RecipientKind.PERSON:
            values["name"] = name
            if honorific or "honorific" in values:
                values["honorific"] = values.get("honorific") or honorific
        else:
            for only in ("honorific", "gender", "birth", "level", "identity"):
                values.pop(only, None)

    def find(self, work: Work) -> Nominee | None:
        if "award" not in work.values or "place" not in work.values:
            return None
        found = self.there.get(self._key(self._sender(work), work.values["name"], work.values["award"]), [])
        birth = work.values.get("birth")
        if len(found) > 1 and birth:
            found = [row for row in found if row.birth_year == birth[1]] or found
        if len(found) > 1:
            raise AppError(f"Danh sách đã có {len(found)} người tên {work.values['name']}; ghi thêm năm sinh.")
        if found and birth and found[0].birth_year and found[0].birth_year != birth[1]:
            return None
        return found[0] if found else None

    def _sender(self, work: Work) -> Sender:
        return selectors.sender_of(work.values["place"], self.round)

    def same_as(self, work: Work) -> tuple[Any, ...] | None:
        values = work.values
        if "place" not in values or "award" not in values:
            return None
        return (*self._key(self._sender(work), values["name"], values["award"]), values.get("birth"))

    def check(self, work: Work) -> None:
        if not work.is_new and work.found.state not in EDITABLE:
            raise NotEditable
        if self.round.awards and work.values["award"] not in self.round.awards:
            work.notes.append(f"{NOT_ASKED_FOR}.")
        try:
            cleaned_nominee(self._row(work).data, self.round.year)
        except UnfitField as error:
            raise AppError(str(error)) from None

    def _row(self, work: Work) -> RowData:
        values = dict(work.values)
        birth_date, birth_year = values.pop("birth", (None, None))
        own = {name: getattr(work.found, name) for name in FIELDS} if work.found else {}
        said = {name: value for name, value in values.items() if name in FIELDS}
        if birth_year:
            said |= {"birth_date": birth_date, "birth_year": birth_year}
        data = NomineeData(**own | said)
        return RowData(data, work.found.pk if work.found else None, values.get("identity", ""))

    def create(self, work: Work) -> None:
        sender = self._sender(work)
        self.senders[sender.key] = sender
        self.adding[sender.key].append(self._row(work))

    def change(self, work: Work) -> None:
        rows.change_row(work.found, actor=self.actor, row=self._row(work), identifies=False)

    def finish(self) -> None:
        today = timezone.localdate()
        for key, added in self.adding.items():
            one = proposals.open_proposal(
                self.round, actor=self.actor, sender=self.senders[key], day=today, way=Proposal.Way.SHEET
            )
            rows.add_rows(one, actor=self.actor, rows=added, identifies=False)
        identifying.identify_sure(self.round, actor=self.actor)

    def label(self, work: Work) -> str:
        return str(work.values.get("name", ""))

    # -- Out -----------------------------------------------------------------------------

    def export_resource(self, instance: Any, selected_fields: Any = None, **kwargs: Any) -> list[Any]:
        return super().export_resource(show(instance), selected_fields, **kwargs)


def show(row: Nominee) -> Nominee:
    """With what the columns read besides fields of its own; of an identity number only its hash, to compare with."""
    row.place = row.proposal.part or row.proposal.lower or row.proposal.round.unit  # type: ignore[attr-defined]
    row.birth = (row.birth_date, row.birth_year)  # type: ignore[attr-defined]
    row.identity = row.subject.identity_hash if row.subject else ""  # type: ignore[attr-defined]
    return row


def list_nominees(user: Any, round_id: int, query: QueryDict) -> Listed:
    found = visible_rounds(user).filter(pk=round_id).first()
    if found is None:
        raise Http404
    filtered = NomineeFilter(
        query, found=found, proposals=selectors.proposals_of(found), awards=selectors.awards_asked_for(found)
    )
    resource = NomineeResource()
    del resource.fields["identity"]
    ordered = filtered.qs.order_by(*NOMINEE_SORTS["tt"], "pk")
    title = f"Danh sách đề nghị khen thưởng: {found.name}"[:200]
    return Listed(resource, ordered, title, f"danh-sach-de-nghi-{found.pk}", found.unit_id)
