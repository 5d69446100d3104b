"""What each paper of a season is called, which words it needs besides what the rows say, and how it is addressed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clusters.models import SeasonPaper
from clusters.wording import worded

Kind = SeasonPaper.Kind
PERSON = "Họ và tên, chức vụ, ví dụ: Lò Văn An, Chủ tịch UBND xã An Bình."
PEOPLE = f"Mỗi dòng một người. {PERSON}"


@dataclass(frozen=True, slots=True)
class Text:
    """One field of a paper's form. ``rows`` 0: a single line. What is ``needed`` must stand before it is recorded."""

    name: str
    label: str
    hint: str = ""
    rows: int = 0
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Sort:
    """``abbreviation`` blank: the paper enters no register and bears no number."""

    kind: str
    slug: str
    name: str
    title: str
    abbreviation: str
    texts: tuple[Text, ...]
    is_minutes: bool = False
    """Two sign side by side, place and day stand in its text (Decree 30, Phụ lục III, Mẫu 1.9)."""
    shows_scores: bool = False
    """Members read it as the season's publication allows."""

    @property
    def is_numbered(self) -> bool:
        return bool(self.abbreviation)

    def label(self, cluster_kind: str) -> str:
        return worded(self.name, cluster_kind)


PLACE = Text("place", "Địa danh", "Như in trước ngày tháng: An Bình.", needed=True)
SIGNED = (
    Text("lines", "Quyền hạn, chức vụ người ký", "Chữ in hoa, xuống dòng như trên văn bản.", 2, needed=True),
    Text("post", "Chức vụ ghi trên họ tên", "Để trống thì không in: CHỦ TỊCH UBND XÃ AN BÌNH."),
    Text("signer", "Họ và tên người ký"),
)
RECIPIENTS = Text("recipients", "Nơi nhận", "Mỗi dòng một nơi; dòng cuối là «Lưu: VT».", 4)
OPENING = Text("opening", "Phần mở đầu", "Mỗi dòng một đoạn; dòng bắt đầu bằng «Căn cứ» in nghiêng.", 5)
CLOSING = Text("closing", "Phần kết", rows=2)
HELD = (
    Text("begins", "Bắt đầu lúc", "Ví dụ: 08 giờ 00."),
    Text("venue", "Địa điểm", needed=True),
)
ENDS = Text("ends", "Kết thúc lúc", "Ví dụ: 10 giờ 30.")

SORTS: Mapping[str, Sort] = {
    sort.kind: sort
    for sort in (
        Sort(
            Kind.PLEDGE, "giao-uoc", "Giao ước thi đua", "GIAO ƯỚC THI ĐUA", "",
            (
                Text("body", "Nội dung giao ước", "Mỗi dòng một đoạn: «1. …», «- …».", 14, needed=True),
                Text(
                    "signatories", "Các đơn vị ký giao ước",
                    "Mỗi dòng một đơn vị: tên đơn vị; chức vụ; họ và tên. Trưởng cụm ký ở cuối văn bản.", 8,
                    needed=True,
                ),
                PLACE, *SIGNED, RECIPIENTS,
            ),
        ),
        Sort(
            Kind.CRITERIA, "tieu-chi", "Bảng tiêu chí và thang điểm", "BẢNG TIÊU CHÍ VÀ THANG ĐIỂM", "",
            (OPENING, CLOSING, PLACE, *SIGNED, RECIPIENTS),
        ),
        Sort(
            Kind.SUMMARY, "tong-hop", "Bảng tổng hợp kết quả chấm điểm", "BẢNG TỔNG HỢP KẾT QUẢ CHẤM ĐIỂM", "",
            (OPENING, CLOSING, PLACE, *SIGNED, RECIPIENTS), shows_scores=True,
        ),
        Sort(
            Kind.MEETING, "hop-binh-xet", "Biên bản họp bình xét, suy tôn", "BIÊN BẢN", "BB",
            (
                *HELD,
                Text("present", "Thành phần tham dự", PEOPLE, 8, needed=True),
                Text("absent", "Vắng mặt", "Kèm lý do. Không ai vắng thì để trống.", 2),
                Text("chair", "Chủ trì", PERSON, needed=True),
                Text("secretary", "Thư ký", PERSON, needed=True),
                Text("opinions", "Ý kiến thảo luận", "Mỗi dòng một ý kiến.", 6),
                Text("conclusion", "Kết luận", "Mỗi dòng một nội dung.", 4),
                ENDS, RECIPIENTS,
            ),
            is_minutes=True, shows_scores=True,
        ),
        Sort(
            Kind.COUNT, "kiem-phieu", "Biên bản kiểm phiếu", "BIÊN BẢN", "BB",
            (
                *HELD,
                Text("tellers", "Tổ kiểm phiếu", f"{PEOPLE} Dòng đầu là tổ trưởng.", 4, needed=True),
                ENDS, RECIPIENTS,
            ),
            is_minutes=True, shows_scores=True,
        ),
        Sort(
            Kind.HANDOVER, "ban-giao", "Biên bản bàn giao Trưởng cụm", "BIÊN BẢN", "BB",
            (
                *HELD,
                Text("giver", "Bên giao", PEOPLE, 3, needed=True),
                Text("receiver", "Bên nhận", PEOPLE, 3, needed=True),
                Text("witness", "Chứng kiến", f"Không có thì để trống. {PERSON}"),
                Text("items", "Nội dung bàn giao", "Hồ sơ, tài liệu, công việc đang làm; mỗi dòng một mục.", 8,
                     needed=True),
                ENDS, RECIPIENTS,
            ),
            is_minutes=True,
        ),
        Sort(
            Kind.PROPOSAL, "to-trinh", "Tờ trình đề nghị khen thưởng", "TỜ TRÌNH", "TTr",
            (
                Text("addressees", "Kính gửi", "Mỗi dòng một nơi.", 2, needed=True),
                OPENING, CLOSING, PLACE, *SIGNED, RECIPIENTS,
            ),
            shows_scores=True,
        ),
    )
}  # fmt: skip
BY_SLUG: Mapping[str, Sort] = {sort.slug: sort for sort in SORTS.values()}
