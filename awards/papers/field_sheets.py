"""Lists in Excel for whoever decides: one to read, and the fields of the central system's form to copy from.

Identity numbers stay out: whoever enters them there has the dossiers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from awards.deciding.facts import is_title
from awards.facts import Recipient
from awards.models import Nominee, Round
from awards.papers.submissions import votes_on
from awards.shipped import award_name
from core.sheets.writing import SheetColumn, SheetData, workbook

_NOTE = "Mã danh hiệu, hình thức, phân loại lấy ở trang DANHMUC của biểu nhập; số định danh ghi khi nhập."
_LIST = (
    SheetColumn("TT", 6), SheetColumn("Họ và tên, tên gọi", 32), SheetColumn("Đối tượng", 14),
    SheetColumn("Năm sinh", 10), SheetColumn("Chức vụ", 26), SheetColumn("Đơn vị công tác, địa chỉ", 34),
    SheetColumn("Danh hiệu, hình thức đề nghị", 34), SheetColumn("Năm tính thành tích", 12),
    SheetColumn("Tóm tắt thành tích", 48), SheetColumn("Số phiếu đồng ý", 18), SheetColumn("Nơi đề nghị", 28),
)  # fmt: skip
_PEOPLE = (
    SheetColumn("STT", 6), SheetColumn("Họ và tên", 30), SheetColumn("Giới tính", 10), SheetColumn("Ngày sinh", 14),
    SheetColumn("Chức vụ", 26), SheetColumn("Tên phòng ban/ khối, tổ công tác", 28),
    SheetColumn("Tên đơn vị/tập thể công tác", 34), SheetColumn("Địa chỉ / Nơi ở", 30),
    SheetColumn("Phân loại cán bộ", 30), SheetColumn("Hình thức khen thưởng", 30),
    SheetColumn("Danh hiệu thi đua (nếu có)", 30),
)  # fmt: skip
_COLLECTIVES = (
    SheetColumn("STT", 6), SheetColumn("Tên đơn vị / tập thể", 40), SheetColumn("Phân loại tập thể", 28),
    SheetColumn("Hình thức khen thưởng", 30), SheetColumn("Danh hiệu thi đua (nếu có)", 30),
)  # fmt: skip


def field_sheets(found: Round, nominees: Sequence[Nominee]) -> bytes:
    title = f"Danh sách đề nghị khen thưởng: {found.name}"[:200]
    people = [one for one in nominees if one.kind == Recipient.PERSON]
    others = [one for one in nominees if one.kind != Recipient.PERSON]
    sheets = [SheetData("Danh sách", title, _LIST, list(_list_rows(nominees)))]
    if people:
        sheets.append(SheetData("CÁ NHÂN", title, _PEOPLE, list(_people_rows(people)), note=_NOTE))
    if others:
        sheets.append(SheetData("TẬP THỂ", title, _COLLECTIVES, list(_collective_rows(others)), note=_NOTE))
    return workbook(sheets)


def _list_rows(nominees: Sequence[Nominee]) -> Iterator[list[Any]]:
    votes = votes_on(nominees)
    for number, one in enumerate(nominees, start=1):
        yield [
            number,
            " ".join(filter(None, (one.honorific, one.name))),
            one.get_kind_display(),
            one.birth_year or "",
            one.post,
            one.workplace,
            award_name(one.award),
            one.year,
            " ".join(one.achievement.split()),
            votes.get(one.pk, ""),
            str(one.proposal),
        ]


def _people_rows(nominees: Iterable[Nominee]) -> Iterator[list[Any]]:
    for number, one in enumerate(nominees, start=1):
        born = one.birth_date or (str(one.birth_year) if one.birth_year else "")
        gender = one.get_gender_display() if one.gender else ""
        level = one.get_level_display() if one.level else ""
        part = str(one.proposal.part or "")
        place = one.workplace or part or str(one.proposal)
        yield [number, one.name, gender, born, one.post, part, place, "", level, *_form_and_title(one)]


def _collective_rows(nominees: Iterable[Nominee]) -> Iterator[list[Any]]:
    for number, one in enumerate(nominees, start=1):
        yield [number, one.name, "", *_form_and_title(one)]


def _form_and_title(one: Nominee) -> tuple[str, str]:
    name = award_name(one.award)
    return ("", name) if is_title(one.award) else (name, "")
