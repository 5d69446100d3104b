"""Which step a paper answers and which member a name means; what is unsure is asked."""

from __future__ import annotations

import datetime as dt

import pytest

from clusters.receipts.matching import Asked, Guess, Named, Names, guess_step
from clusters.receipts.pasting import REGISTER, NoRegister, read_paste

STEPS = [
    Asked(1, "register", "Đăng ký thi đua, gửi trưởng cụm", dt.date(2026, 2, 15), 2026),
    Asked(2, "report", "Gửi báo cáo sơ kết 6 tháng đầu năm", dt.date(2026, 6, 15), 2026),
    Asked(3, "report", "Gửi báo cáo tổng kết năm 2026", dt.date(2026, 11, 30), 2026),
]


@pytest.mark.parametrize(
    ("words", "day", "guess"),
    [
        ("Báo cáo tổng kết công tác thi đua, khen thưởng năm 2026", dt.date(2026, 12, 6), Guess(3, True)),
        ("BC tong ket cong tac TDKT - bao cao nam 2026", dt.date(2026, 11, 29), Guess(3, True)),
        ("Báo cáo kết quả công tác thi đua 06 tháng đầu năm 2026", dt.date(2026, 6, 12), Guess(2, True)),
        ("V/v đăng ký thi đua năm 2026", dt.date(2026, 2, 10), Guess(1, True)),
        ("Báo cáo tổng kết năm 2025", dt.date(2026, 11, 20), Guess()),
        ("Báo cáo tổng kết năm 2026", dt.date(2026, 5, 2), Guess()),  # half a year too early
        ("Giấy mời họp", dt.date(2026, 11, 29), Guess()),
    ],
)
def test_a_paper_is_known_by_its_words_its_period_and_its_day(words, day, guess):
    assert guess_step(STEPS, words, day) == guess


MEMBERS = Names([(1, "Xã An Bình"), (2, "Xã Bình Minh"), (3, "Thôn Vân"), (4, "Thôn Vàn")])


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Xã An Bình", Named((1,), True)),
        ("UBND xã An Bình", Named((1,), True)),
        ("uy ban nhan dan xa an binh", Named((1,), True)),
        ("An Binh", Named((1,), True)),
        ("Xã An Bính", Named((1,))),  # another name, or a slip: asked
        ("Phường An Bình", Named((1,))),
        ("Phòng Văn hóa - Xã hội xã An Bình", Named((1,))),
        ("Thôn Vân", Named((3,), True)),
        ("thon van", Named((3, 4))),
        ("Sở Tài chính", Named()),
        ("", Named()),
    ],
)
def test_a_name_means_one_member_or_is_asked(text, named):
    assert MEMBERS.meant_by(text) == named


HEAD = "Ngày đến\tSố đến\tTác giả\tSố, ký hiệu\tNgày tháng\tTên loại và trích yếu nội dung\n"


def test_a_register_is_read_by_its_heads_and_nothing_is_lost():
    rows = "06/12/2026\t12\tUBND xã An Bình\t27/BC-UBND\t31/11/2026\tBáo cáo tổng kết\nTháng 12\n"

    found = read_paste(f"SỔ VĂN BẢN ĐẾN\n{HEAD}{rows}", "", REGISTER)

    [line] = found.lines
    assert dict(line.days) == {"received_on": dt.date(2026, 12, 6)}
    assert (line.of("number"), line.of("sender"), line.of("subject"), line.of("signed_on")) == (
        "27/BC-UBND",
        "UBND xã An Bình",
        "Báo cáo tổng kết",
        "31/11/2026",
    )
    assert line.faults == ("không có ngày 31/11/2026",)
    assert [(number, words) for number, words, _ in found.left] == [
        (1, "SỔ VĂN BẢN ĐẾN"),
        (2, " | ".join(HEAD.strip().split("\t"))),
        (4, "Tháng 12"),
    ]


def test_without_a_head_columns_are_known_by_their_cells():
    text = "6/12/2026 08:15\t27/BC-UBND\t25/11/2026\txa an binh\tBáo cáo tổng kết năm 2026\n"

    found = read_paste(text, "", REGISTER, lambda cell: bool(MEMBERS.meant_by(cell).pks))

    [line] = found.lines
    assert dict(line.days) == {"received_on": dt.date(2026, 12, 6), "signed_on": dt.date(2026, 11, 25)}
    assert (line.of("number"), line.of("sender"), line.of("subject")) == (
        "27/BC-UBND",
        "xa an binh",
        "Báo cáo tổng kết năm 2026",
    )


def test_what_names_no_unit_is_refused():
    with pytest.raises(NoRegister):
        read_paste("a\tb\nc\td\n", "", REGISTER)
