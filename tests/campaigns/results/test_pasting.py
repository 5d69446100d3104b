"""What is pasted: sentences and columns."""

from __future__ import annotations

import pytest

from campaigns.results.pasting import read_column, read_sentences

VILLAGES = ["Thôn Đông", "Thôn Tây", "Thôn Nam"]


def test_sentences_are_read_line_by_line_and_the_rest_is_named():
    found = read_sentences(
        "- Tỷ lệ hộ nghèo giảm 1-2 %/năm; trồng 3.000 cây phân tán\n\n2. Giữ vững an ninh trật tự\n"
        "a) Thu ngân sách đạt từ 19 đến 20 tỷ đồng"
    )

    assert [(one.text, one.op, str(one.low), one.unit, one.is_decrease) for one in found.targets] == [
        ("Tỷ lệ hộ nghèo", "range", "1", "%/năm", True),
        ("trồng cây phân tán", "=", "3000", "cây", False),
        ("Thu ngân sách", "range", "19", "tỷ đồng", False),
    ]
    assert found.unread == ["Giữ vững an ninh trật tự"]


@pytest.mark.parametrize(
    ("pasted", "figures", "unfit"),
    [
        ("10\n\n30\n", {0: "10", 2: "30"}, []),
        ("10\n20\n30\n40", {0: "10", 1: "20", 2: "30"}, ["Dòng 4 («40»): bảng không còn dòng nào để nhận."]),
        ("THÔN TÂY\t20\nthôn nam\t1.234,5", {1: "20", 2: "1.234,5"}, []),
        (
            "TT\tThôn\tSố giao\n1\tThôn Tây\t20\n2\tThôn Bắc\t5",
            {1: "20"},
            ["Dòng 3 («2 · Thôn Bắc · 5»): không có tên này trong bảng."],
        ),
        ("Thôn Đông\tmười hai", {0: "mười hai"}, []),
        (
            "Thôn Đông\t1\nThôn Đông\t2",
            {0: "1"},
            ["Dòng 2 («Thôn Đông · 2»): tên này có nhiều dòng, hãy gõ vào bảng."],
        ),
        ("", {}, []),
    ],
)
def test_a_column_goes_by_order_and_with_names_by_name(pasted, figures, unfit):
    found = read_column(pasted, VILLAGES)

    assert (found.figures, found.unfit) == (figures, unfit)
