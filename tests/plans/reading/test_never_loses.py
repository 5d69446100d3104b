"""Whatever a file holds: reading never fails, and every word is in the plan or named beside it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from documents.reading.conservation import weigh
from documents.reading.plain import read_plain
from documents.reading.source import Source, SourceLine
from plans import interchange
from plans.reading import as_json, read_plan
from plans.reading.assembling import plan_texts

LINES = [
    *("KẾ HOẠCH", "QUYẾT ĐỊNH:", "Số: /KH-UBND", "Số: 12/KH-UBND", "XÃ AN SƠN", "An Sơn, ngày tháng 02 năm 2026"),
    *("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Kính gửi: Các thôn", "V/v báo cáo"),
    *(
        "Công tác thi đua năm 2026",
        "Căn cứ Luật Thi đua;",
        "như sau:",
        "I. MỤC ĐÍCH",
        "III.",
        "1. Mục đích",
        "2.1. Chung",
    ),
    *(
        "a) Đẩy mạnh phong trào",
        "- Tổ chức hội nghị;",
        "+",
        "thi đua yêu nước trong toàn xã.",
        "Trên đây là kế hoạch./.",
    ),
    *("1. Quý I:", "Quý II", "QUÝ III", "Tháng 3:", "TT\tNội dung\tChủ trì", "1\tLàm kế hoạch\tVăn phòng\tQuý I"),
    *(
        "\tnối dòng\t- Các thôn",
        "STT",
        "NỘI DUNG",
        "CHỦ TRÌ",
        "THỜI GIAN",
        "1",
        "2",
        "I",
        "Văn phòng",
        "Trước ngày 30/6",
    ),
    *(
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "CHỦ TỊCH",
        "(Đã ký)",
        "Lê Văn Tám",
    ),
    *(
        "PHỤ LỤC",
        "PHỤ LỤC II",
        "(Kèm theo Kế hoạch số 12",
        "ngày 01/02/2026)",
        "Người ký: Lê Văn Tám",
        "1. Chủ đề:",
        "“Đoàn kết”",
    ),
    *("Đợt 1 (từ ngày 01/01/2026 đến 30/6/2026)", "2. Chỉ tiêu", "thu ngân sách 19 - 20 tỷ đồng", "", "", "\f"),
]


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=45), st.randoms(use_true_random=False))
def test_every_word_lands_somewhere_and_none_is_invented(lines: list[str], random) -> None:
    source = read_plain("\n".join(lines))
    if random.random() < 0.3:
        blocks = [
            replace(block, column=random.choice([0, 0, 1])) if isinstance(block, SourceLine) else block
            for block in source.blocks
        ]
        source = Source(tuple(blocks))

    read = read_plan(source)

    kept = [*plan_texts(read.plan), *read.said_otherwise, *(one.text for one in read.unsure if one.stands_nowhere)]
    assert weigh([line.text for line in source.lines()], kept).lost == ()
    assert as_json(read)["schema"] == interchange.SCHEMA


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    source = read_plain(text)

    read = read_plan(source)

    kept = [*plan_texts(read.plan), *read.said_otherwise, *(one.text for one in read.unsure if one.stands_nowhere)]
    assert weigh([line.text for line in source.lines()], kept).lost == ()
