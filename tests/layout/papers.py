"""Example papers for the hard cases of layout. Invented: no such commune, no such people."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from PIL import Image

from documents.dates import PartialDate
from documents.tree import (
    Appendix,
    AppendixReference,
    Article,
    Bar,
    Basis,
    Block,
    Cell,
    Chart,
    Column,
    EnactingLine,
    GroupRow,
    Header,
    Heading,
    Item,
    Paper,
    Paragraph,
    Picture,
    Recipients,
    Row,
    Signature,
    Table,
)

_PURPOSE = (
    "Khơi dậy tinh thần thi đua yêu nước trong cán bộ, công chức, viên chức, người lao động và các tầng lớp "
    "Nhân dân, tạo động lực hoàn thành thắng lợi các chỉ tiêu phát triển kinh tế - xã hội của xã năm 2026."
)
_DEMAND = (
    "Phong trào thi đua phải có chủ đề rõ ràng, tiêu chí cụ thể, sát với nhiệm vụ chính trị của từng cơ quan, đơn vị, "
    "tránh hình thức; việc khen thưởng phải kịp thời, công khai, đúng người, đúng việc."
)
_REVIEW = (
    "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã theo dõi, đôn đốc, tổng hợp kết quả thực hiện "
    "và báo cáo Chủ tịch Ủy ban nhân dân xã trước ngày 05 của tháng cuối mỗi quý."
)
_CLOSING = (
    "Trên đây là Kế hoạch công tác thi đua, khen thưởng năm 2026 của xã. Quá trình thực hiện nếu có khó khăn, "
    "vướng mắc, các đơn vị phản ánh về Văn phòng để tổng hợp, báo cáo Ủy ban nhân dân xã xem xét, quyết định./."
)

_TASKS = (
    "Tổ chức phát động thi đua và ký kết giao ước thi đua giữa các thôn, trường học, cơ quan trên địa bàn xã",
    "Rà soát, bổ sung quy chế làm việc của Hội đồng Thi đua - Khen thưởng xã",
    "Kiểm tra việc thực hiện phong trào “Chung sức xây dựng nông thôn mới” tại các thôn",
    "Lập hồ sơ đề nghị khen thưởng chuyên đề cho tập thể, cá nhân và hộ gia đình tiêu biểu",
    "Bồi dưỡng, nhân rộng điển hình tiên tiến; viết bài tuyên truyền trên hệ thống truyền thanh của xã",
)
_LEADS = ("Văn phòng HĐND và UBND", "Phòng Văn hóa - Xã hội", "Các thôn", "Trường Tiểu học Suối Bạc")


def plain_plan() -> Paper:
    """Number and day below ten, so both need their zero; KT. with three lines."""
    return Paper(
        header=Header(
            issuer=("ỦY BAN NHÂN DÂN", "XÃ SUỐI BẠC"),
            number="05",
            symbol="KH-UBND",
            place="Suối Bạc",
            date=PartialDate(2026, 2, 5),
        ),
        title="KẾ HOẠCH",
        subject="Công tác thi đua, khen thưởng năm 2026 của xã Suối Bạc",
        preamble=(
            Basis("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;"),
            Basis(
                "Căn cứ Kế hoạch số 12/KH-UBND ngày 20 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh về công tác "
                "thi đua, khen thưởng năm 2026.",
            ),
            Paragraph(
                "Ủy ban nhân dân xã Suối Bạc ban hành Kế hoạch công tác thi đua, khen thưởng năm 2026 với những "
                "nội dung chủ yếu sau đây:",
            ),
        ),
        body=_plan_body(),
        recipients=_recipients(),
        signature=Signature(
            lines=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
            name="Lò Văn Thắng",
        ),
    )


def _plan_body() -> tuple[Block, ...]:
    return (
        Heading("I.", "MỤC ĐÍCH, YÊU CẦU"),
        Item("1.", "Mục đích", title=True),
        Paragraph(_PURPOSE),
        Item("2.", "Yêu cầu", title=True),
        Item("a)", _DEMAND),
        Item("b)", "Người đứng đầu cơ quan, đơn vị chịu trách nhiệm về kết quả phong trào của đơn vị mình."),
        Heading("II.", "TỔ CHỨC THỰC HIỆN"),
        Item("1.", _REVIEW),
        Item("2.", "Các thôn, trường học và đoàn thể cụ thể hóa Kế hoạch này trong tháng 3 năm 2026."),
        Paragraph(_CLOSING),
    )


def _recipients() -> Recipients:
    return Recipients(
        lines=(
            "Sở Nội vụ (để b/c)",
            "Thường trực Đảng ủy, Thường trực HĐND xã",
            "Chủ tịch và các Phó Chủ tịch UBND xã",
            "Các thôn, trường học, trạm y tế trên địa bàn xã (để t/h)",
        ),
        archive="VT, VP",
    )


def short_plan() -> Paper:
    """One page with a piece of every kind that a plan without a table has."""
    paper = plain_plan()
    heading, _, _, title, point, *_, closing = paper.body
    return replace(paper, preamble=paper.preamble[1:2], body=(heading, title, point, closing))


def plan_of_march() -> Paper:
    """A month that must not have a zero."""
    paper = short_plan()
    return replace(paper, header=replace(paper.header, date=PartialDate(2026, 3, 5)))


def issuer_over_three_lines() -> Paper:
    paper = plain_plan()
    header = replace(
        paper.header,
        superior="UBND XÃ SUỐI BẠC",
        issuer=("BAN CHỈ ĐẠO PHONG TRÀO", "TOÀN DÂN ĐOÀN KẾT", "XÂY DỰNG ĐỜI SỐNG MỚI"),
        number="112",
        symbol="KH-BCĐ",
    )
    return replace(
        paper,
        header=header,
        signature=Signature(lines=("TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN"), post="CHỦ TỊCH UBND XÃ", name="Quàng Thị Hoa"),
    )


def long_place() -> Paper:
    """At 14 pt this line is wider than its column."""
    paper = plain_plan()
    header = replace(
        paper.header,
        issuer=("ỦY BAN NHÂN DÂN", "PHƯỜNG BẾN MƠ"),
        place="Thành phố Hồ Chí Minh",
        date=PartialDate(2026, 10, 29),
    )
    return replace(paper, header=header)


def long_place_without_a_day() -> Paper:
    """The blanks of a draft must leave the line whole, too."""
    paper = long_place()
    return replace(paper, header=replace(paper.header, number="", date=PartialDate(2026)))


def two_hundred_tasks() -> Paper:
    rows = tuple(_task_row(number) for number in range(1, 201))
    return _with_table(Table(columns=_columns(0.07, 0.53, 0.22, 0.18), rows=rows))


def quarter_groups() -> Paper:
    rows: list[Row | GroupRow] = []
    for quarter, first in zip(("I", "II", "III", "IV"), (1, 6, 11, 16), strict=True):
        rows.append(GroupRow(f"QUÝ {quarter}"))
        rows += [_task_row(number) for number in range(first, first + 5)]
    return _with_table(Table(columns=_columns(0.07, 0.53, 0.22, 0.18), rows=tuple(rows)))


def two_appendices() -> Paper:
    """The second is landscape and longer than a page, so that its numbers begin anew."""
    paper = plain_plan()
    reference = "(Kèm theo Kế hoạch số 05/KH-UBND ngày 05 tháng 02 năm 2026 của Ủy ban nhân dân xã Suối Bạc)"
    body = (
        *paper.body[:-1],
        AppendixReference("(Có Phụ lục I và Phụ lục II kèm theo)"),
        paper.body[-1],
    )
    first = Appendix(
        title="Phụ lục I",
        subject="HƯỚNG DẪN CHẤM ĐIỂM THI ĐUA",
        reference=reference,
        blocks=(*(Item(f"{number}.", _DEMAND) for number in range(1, 14)), Paragraph(_REVIEW[:-1] + "./.")),
    )
    second = Appendix(
        title="Phụ lục II",
        subject=(
            "DANH MỤC NHIỆM VỤ TRỌNG TÂM VỀ CÔNG TÁC THI ĐUA, KHEN THƯỞNG NĂM 2026 "
            "CỦA CÁC CƠ QUAN, ĐƠN VỊ VÀ CÁC THÔN TRÊN ĐỊA BÀN XÃ"
        ),
        reference=reference,
        blocks=(Table(columns=_columns(0.06, 0.50, 0.24, 0.20), rows=tuple(_task_row(n) for n in range(1, 25))),),
        landscape=True,
    )
    return replace(paper, body=body, appendices=(first, second))


def composed_letters() -> Paper:
    """Words that were typed with combining marks, as the composers hand them over: composed."""
    return _with_first_item(unicodedata.normalize("NFC", decomposed_words()))


def decomposed_letters() -> Paper:
    """The same words as typed: a breach of the tree's promise that measuring must notice."""
    return _with_first_item(decomposed_words())


def decomposed_words() -> str:
    return unicodedata.normalize("NFD", "Hướng dẫn các thôn đăng ký danh hiệu “Thôn văn hóa” đúng biểu mẫu.")


def markup_in_words() -> Paper:
    return _with_first_item("Gửi <b>&amp; “hồ sơ” <script>1 < 2</script> về xã, kể cả dấu & và </p> như đã gõ.")


def stacked_marks() -> Paper:
    """Letters that carry two marks, in bold, in italic and in both."""
    paper = plain_plan()
    header = replace(paper.header, place="Ngũ Phụng", issuer=("ỦY BAN NHÂN DÂN", "XÃ NGŨ PHỤNG"))
    return replace(paper, header=header, signature=replace(paper.signature, name="Đặng Thị Ngọc Ánh"))


def cluster_signature() -> Paper:
    """A cluster signs, the agency post stands above the name, and number and day are still open."""
    paper = plain_plan()
    header = Header(
        issuer=("CỤM THI ĐUA SỐ 3",),
        superior="UBND TỈNH HÒA AN",
        symbol="KH-CTĐ",
        place="Suối Bạc",
        date=PartialDate(2026, 3),
    )
    signature = Signature(
        lines=("TT. CỤM THI ĐUA SỐ 3", "TRƯỞNG CỤM"),
        post="CHỦ TỊCH UBND XÃ SUỐI BẠC",
        name="Nguyễn Đỗ Quỳnh",
    )
    return replace(paper, header=header, signature=signature)


def bullets() -> Paper:
    items: list[Block] = [Heading("III.", "NHIỆM VỤ TỪNG QUÝ")]
    for number, quarter in enumerate(("I", "II", "III", "IV"), start=1):
        items.append(Item(f"{number}.", f"Quý {quarter} năm 2026", title=True))
        items += [Item("-", f"{task}.") for task in _TASKS]
    paper = plain_plan()
    return replace(paper, body=(*paper.body[:-1], *items, paper.body[-1]))


def decision() -> Paper:
    """The chairman decides: who and that on lines of their own, articles with and without a heading."""
    paper = plain_plan()
    return replace(
        paper,
        header=replace(paper.header, number="39", symbol="QĐ-UBND"),
        title="QUYẾT ĐỊNH",
        subject="Về việc kiện toàn Hội đồng Thi đua - Khen thưởng xã Suối Bạc",
        preamble=(
            EnactingLine("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ SUỐI BẠC"),
            Basis("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;"),
            Basis("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;"),
            Basis("Theo đề nghị của Trưởng phòng Văn hóa - Xã hội."),
            EnactingLine("QUYẾT ĐỊNH:"),
        ),
        body=(
            Article("Điều 1.", f"{_DEMAND[:-1]}, gồm các ông, bà có tên sau đây:"),
            *(Item(f"{number}.", f"Ông Lò Văn Thắng, {lead}, Ủy viên.") for number, lead in enumerate(_LEADS, 1)),
            Item("Điều 2.", "Nhiệm vụ của Hội đồng", title=True),
            Item("1.", _PURPOSE),
            Item("2.", _REVIEW),
            Article("Điều 3.", "Quyết định này có hiệu lực kể từ ngày ký."),
            Article("Điều 4.", f"{_CLOSING.partition('.')[0]}./."),
        ),
        signature=Signature(lines=("CHỦ TỊCH",), name="Lò Văn Thắng"),
    )


def letter() -> Paper:
    """A công văn of a part of the office to several: no title, what it is about under its number."""
    paper = plain_plan()
    return replace(
        paper,
        header=replace(
            paper.header,
            superior="UBND XÃ SUỐI BẠC",
            issuer=("PHÒNG VĂN HÓA - XÃ HỘI",),
            number="",
            symbol="VHXH-TĐKT",
            date=PartialDate(2026, 3),
            about="V/v đôn đốc gửi danh sách tập thể, cá nhân đề nghị khen thưởng năm 2026",
        ),
        title="",
        subject="",
        addressees=("Thôn Đông", "Trường Tiểu học và Trung học cơ sở Suối Bạc", "Hội Liên hiệp Phụ nữ xã"),
        preamble=(Paragraph(_DEMAND),),
        body=(Paragraph(_REVIEW), Paragraph(f"{_CLOSING.partition('.')[0]}./.")),
        recipients=Recipients(("Như trên",), "VT, VHXH"),
        signature=Signature(lines=("TRƯỞNG PHÒNG",), name="Lò Văn Thắng"),
    )


def letter_to_one() -> Paper:
    """With a table, and an issuer without a superior."""
    paper = letter()
    header = replace(plain_plan().header, symbol="UBND-VHXH", about="V/v gửi báo cáo")
    table = Table(columns=_columns(0.07, 0.53, 0.22, 0.18), rows=tuple(_task_row(number) for number in range(1, 4)))
    return replace(
        paper, header=header, addressees=("Trường Tiểu học Suối Bạc",), body=(table, *paper.body), preamble=()
    )


def report() -> Paper:
    """A chart with bars short, full and beyond, and one of which nothing is known; a photograph below a table."""
    chart = Chart(
        "100 %",
        (
            Bar("1. Tổng sản lượng lương thực quy thóc", "45,3 %", 0.453),
            Bar("2. Tỷ lệ hộ dân được sử dụng nước sinh hoạt hợp vệ sinh theo quy chuẩn", "101 %", 1.01),
            Bar("3. Trồng cây phân tán", "212,5 %", 2.125),
            Bar("4. Gia đình văn hóa", "chưa có số liệu", None),
            Bar("5. Tỷ lệ <hộ nghèo> & cận nghèo", "0 %", 0.0),
        ),
        "Biểu đồ 1. Tỷ lệ thực hiện so với chỉ tiêu giao",
    )
    table = Table((Column("TT", 0.1, "center"), Column("Chỉ tiêu", 0.9)), (Row((("1",), ("Trồng cây",))),))
    picture = Picture(_photograph(), "image/png", (64, 48), "Bà Lò Thị Mây hướng dẫn trồng rau an toàn")
    plan = plain_plan()
    return replace(
        plan,
        header=replace(plan.header, symbol="BC-UBND"),
        title="BÁO CÁO",
        subject="Sơ kết phong trào thi đua 6 tháng đầu năm 2026",
        body=(
            Heading("I.", "KẾT QUẢ"),
            Paragraph(_PURPOSE),
            table,
            chart,
            Paragraph(_DEMAND),
            chart,
            Heading("II.", "ĐIỂN HÌNH TIÊN TIẾN"),
            Item("-", "Bà Lò Thị Mây, thôn Suối Bạc."),
            picture,
            Paragraph("Trên đây là Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm 2026./."),
        ),
    )


def _photograph() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), "#7a8c5a").save(buffer, "PNG")
    return buffer.getvalue()


EXAMPLES: dict[str, Callable[[], Paper]] = {
    maker.__name__: maker
    for maker in (
        plain_plan,
        issuer_over_three_lines,
        long_place,
        long_place_without_a_day,
        two_hundred_tasks,
        quarter_groups,
        two_appendices,
        composed_letters,
        markup_in_words,
        stacked_marks,
        cluster_signature,
        bullets,
        decision,
        letter,
        letter_to_one,
        report,
    )
}
"""Every paper of which the measures must find nothing."""


def _columns(*shares: float) -> tuple[Column, ...]:
    heads = ("TT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Thời gian thực hiện")
    aligns = ("center", "left", "left", "center")
    return tuple(Column(head, share, align) for head, share, align in zip(heads, shares, aligns, strict=True))


def _task_row(number: int) -> Row:
    lead = _LEADS[number % len(_LEADS)]
    leads: Cell = (f"- {lead}.", "- Mặt trận Tổ quốc xã.") if number % 3 == 0 else (lead,)
    month = (number - 1) % 12 + 1
    time = f"Tháng {month:02d}/2026" if month < 3 else f"Tháng {month}/2026"
    return Row(cells=((str(number),), (_TASKS[number % len(_TASKS)],), leads, (time,) if number % 7 else ()))


def _with_table(table: Table) -> Paper:
    paper = plain_plan()
    return replace(paper, body=(*paper.body[:6], Heading("II.", "NỘI DUNG"), table, *_ending(paper)))


def _ending(paper: Paper) -> tuple[Block, ...]:
    heading, *rest = paper.body[6:]
    assert isinstance(heading, Heading)
    return (replace(heading, marker="III."), *rest)


def _with_first_item(words: str) -> Paper:
    paper = plain_plan()
    return replace(paper, body=(*paper.body[:4], Item("a)", words), *paper.body[5:]))
