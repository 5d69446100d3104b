"""What each paper is called, whose it is, and which words it needs besides what the rows say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from awards.models import AwardPaper
from clusters.papers.kinds import CLOSING, ENDS, HELD, OPENING, PEOPLE, PERSON, PLACE, RECIPIENTS, SIGNED, Text

Kind = AwardPaper.Kind


@dataclass(frozen=True, slots=True)
class Sort:
    """``abbreviation`` blank: the paper enters no register and bears no number."""

    slug: str
    kind: str
    owner: str
    """Field of ``AwardPaper`` that says whose it is."""
    name: str
    title: str
    abbreviation: str
    texts: tuple[Text, ...]
    is_minutes: bool = False
    """Two sign side by side, place and day stand in its text (Decree 30, Phụ lục III, Mẫu 1.9)."""
    is_council: bool = False
    """Goes out in the council's name unless somebody chooses another."""
    has_issuer: bool = True
    """A report is headed by whoever reports, as typed in it."""
    is_kept: bool = True
    """May be recorded as issued or signed; what nobody signs (a ballot, a script) is only printed."""

    @property
    def is_numbered(self) -> bool:
        return bool(self.abbreviation) or self.is_letter

    @property
    def is_letter(self) -> bool:
        return not self.title

    @property
    def kind_name(self) -> str:
        """As the register calls it: «Biên bản», «Tờ trình»."""
        return self.title.capitalize() or "Công văn"


ADDRESSEES = Text("addressees", "Kính gửi", "Mỗi dòng một nơi.", 3, needed=True)

SORTS: tuple[Sort, ...] = (
    Sort(
        "to-trinh-cap-tren", Kind.SUBMISSION, "round", "Tờ trình cấp trên đề nghị khen thưởng", "TỜ TRÌNH", "TTr",
        (ADDRESSEES, OPENING, CLOSING, PLACE, *SIGNED, RECIPIENTS),
    ),
    Sort(
        "hiep-y", Kind.CONSULTATION, "consultation", "Công văn lấy ý kiến hiệp y", "", "",
        (
            Text("about", "Trích yếu", "Ví dụ: V/v lấy ý kiến về việc khen thưởng năm 2026.", needed=True),
            ADDRESSEES,
            Text("opening", "Phần mở đầu", "Mỗi dòng một đoạn.", 4),
            CLOSING, PLACE, *SIGNED, RECIPIENTS,
        ),
    ),
    Sort(
        "bao-cao", Kind.REPORT, "nominee", "Báo cáo thành tích", "BÁO CÁO THÀNH TÍCH", "",
        (
            Text("above", "Tên đơn vị cấp trên", "Dòng trên cùng, góc trái."),
            Text("unit_lines", "Tên đơn vị", "Chữ in hoa, xuống dòng như trên văn bản.", 2, needed=True),
            PLACE,
            Text("confirmer", "Người xác nhận, đề nghị", f"Để trống thì chừa chỗ ghi tên. {PERSON}"),
            Text("reporter", "Người báo cáo", "Họ và tên."),
        ),
        has_issuer=False,
    ),
    Sort(
        "giay-moi", Kind.INVITATION, "sitting", "Giấy mời họp Hội đồng", "GIẤY MỜI", "GM",
        (
            Text("invited", "Kính mời", PEOPLE, 9, needed=True),
            Text("what", "Tới dự", "Ví dụ: họp xét danh hiệu thi đua năm 2026.", needed=True),
            Text("chair", "Chủ trì", PERSON),
            Text("begins", "Thời gian", "Ví dụ: 08 giờ 00, ngày 25 tháng 11 năm 2026.", needed=True),
            Text("venue", "Địa điểm", needed=True),
            Text("notes", "Nội dung cần lưu ý", "Mỗi dòng một đoạn.", 3),
            PLACE, *SIGNED, RECIPIENTS,
        ),
        is_council=True,
    ),
    Sort(
        "trich-ngang", Kind.LIST, "sitting", "Danh sách trích ngang", "DANH SÁCH TRÍCH NGANG", "",
        (OPENING, CLOSING, PLACE, *SIGNED, RECIPIENTS),
        is_council=True,
    ),
    Sort(
        "phieu-bau", Kind.BALLOT, "sitting", "Phiếu bầu", "PHIẾU BẦU", "",
        (
            Text("what", "Trích yếu", "In dưới chữ «PHIẾU BẦU».", needed=True),
            Text("guide", "Hướng dẫn ghi phiếu", "Mỗi dòng một đoạn, in trên danh sách.", 5, needed=True),
        ),
        is_minutes=True, is_council=True, is_kept=False,
    ),
    Sort(
        "bien-ban", Kind.MINUTES, "sitting", "Biên bản họp Hội đồng", "BIÊN BẢN", "BB",
        (
            *HELD,
            Text("chair", "Chủ trì", PERSON, needed=True),
            Text("secretary", "Thư ký", PERSON, needed=True),
            Text("guests", "Khách mời", f"Không có thì để trống. {PEOPLE}", 2),
            Text("absent", "Vắng mặt", "Kèm lý do. Không ai vắng thì để trống.", 3),
            Text("content", "Nội dung họp", "Mỗi dòng một nội dung.", 3),
            Text("opinions", "Ý kiến thảo luận", "Mỗi dòng một ý kiến.", 6),
            Text("conclusion", "Kết luận", "Mỗi dòng một nội dung.", 5, needed=True),
            ENDS, RECIPIENTS,
        ),
        is_minutes=True, is_council=True,
    ),
    Sort(
        "kiem-phieu", Kind.COUNT, "sitting", "Biên bản kiểm phiếu", "BIÊN BẢN", "BB",
        (
            *HELD,
            Text("tellers", "Tổ kiểm phiếu", f"{PEOPLE} Dòng đầu là tổ trưởng.", 4, needed=True),
            ENDS, RECIPIENTS,
        ),
        is_minutes=True, is_council=True,
    ),
    Sort(
        "to-trinh", Kind.SUBMISSION, "decision", "Tờ trình kèm dự thảo quyết định", "TỜ TRÌNH", "TTr",
        (ADDRESSEES, OPENING, CLOSING, PLACE, *SIGNED, RECIPIENTS),
        is_council=True,
    ),
    Sort(
        "chi-tien", Kind.PAY_LIST, "decision", "Danh sách chi tiền thưởng", "DANH SÁCH CHI TIỀN THƯỞNG", "",
        (
            OPENING, PLACE,
            Text("maker", "Người lập", "Họ và tên."),
            Text("accountant", "Kế toán", "Họ và tên."),
            Text("head_line", "Chức vụ người duyệt chi", "Chữ in hoa: CHỦ TỊCH, THỦ TRƯỞNG ĐƠN VỊ.", needed=True),
            Text("head_name", "Người duyệt chi", "Họ và tên."),
        ),
    ),
    Sort(
        "kich-ban", Kind.HAND_OVER, "decision", "Kịch bản trao thưởng", "KỊCH BẢN TRAO THƯỞNG", "",
        (
            Text("opening", "Lời dẫn mở đầu", "Mỗi dòng một đoạn.", 3),
            Text("givers", "Người trao", "Mỗi lượt một dòng; thiếu dòng thì dòng cuối dùng cho các lượt sau.", 6,
                 needed=True),
            Text("closing", "Lời dẫn kết thúc", "Mỗi dòng một đoạn.", 2),
            PLACE,
        ),
        is_kept=False,
    ),
)  # fmt: skip
BY_SLUG: Mapping[str, Sort] = {sort.slug: sort for sort in SORTS}
BY_ROW: Mapping[tuple[str, str], Sort] = {(sort.kind, sort.owner): sort for sort in SORTS}
OWNERS = tuple(dict.fromkeys(sort.owner for sort in SORTS))


def sorts_of(owner: str) -> list[Sort]:
    return [sort for sort in SORTS if sort.owner == owner]
