"""Names and quarters, as cells word them."""

from __future__ import annotations

import pytest

from core.text import fold
from plans.pasting.names import split_names, split_parties
from plans.pasting.quarters import NamedQuarter, quarter_of, read_quarter, reads_as_time

KNOWN = {fold(name) for name in ("Công an xã", "Các thôn", "Trạm Y tế")}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ()),
        ("UBND xã", ("UBND xã",)),
        ("UBND xã\nVăn phòng - Thống kê", ("UBND xã", "Văn phòng - Thống kê")),
        ("- UBND xã;\n- Văn phòng - Thống kê.", ("UBND xã", "Văn phòng - Thống kê")),
        ("- UBND xã. - Văn phòng - Thống kê.", ("UBND xã", "Văn phòng - Thống kê")),
        ("Công an xã; Ban CHQS xã ;", ("Công an xã", "Ban CHQS xã")),
        ("Công an xã, Các thôn", ("Công an xã", "Các thôn")),
        ("Công an xã, các thôn, Đội K", ("Công an xã, các thôn, Đội K",)),
        ("Các ngành, đoàn thể, cán bộ", ("Các ngành, đoàn thể, cán bộ",)),
        ("1. Công an xã\n2. Các thôn", ("Công an xã", "Các thôn")),
        ("Công an xã; công an xã; Công an xã", ("Công an xã", "công an xã")),
        ("Các thôn và trường học...", ("Các thôn và trường học...",)),
        ("-", ()),
    ],
)
def test_names_of_a_cell(text, names):
    assert split_names(text, KNOWN) == names


@pytest.mark.parametrize(
    ("text", "lead", "support"),
    [
        ("Văn phòng\nCác thôn", "Văn phòng\nCác thôn", ""),
        ("Văn phòng chủ trì, các thôn phối hợp", "Văn phòng chủ trì, các thôn phối hợp", ""),
        ("Chủ trì: Văn phòng; Phối hợp: các thôn", "Văn phòng", "các thôn"),
        ("- Chủ trì: Văn phòng\n- Phối hợp: Công an xã;\nTrạm Y tế", "Văn phòng", "Công an xã;\nTrạm Y tế"),
        ("Đơn vị chủ trì : Văn phòng; Đơn vị phối hợp: các thôn", "Văn phòng", "các thôn"),
        ("CT: Văn phòng; PH: các thôn", "Văn phòng", "các thôn"),
        ("Văn phòng; phối hợp: các thôn", "Văn phòng", "các thôn"),
        ("Văn phòng (chủ trì); Công an xã (phối hợp)", "Văn phòng", "Công an xã"),
        ("Văn phòng (chủ trì), Trạm Y tế\nCác thôn (phối hợp)", "Văn phòng\nTrạm Y tế", "Các thôn"),
        ("Phối hợp: các thôn", "", "các thôn"),
    ],
)
def test_who_leads_and_who_supports_where_the_words_say_so(text, lead, support):
    assert split_parties(text) == (lead, support)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("QUÝ I", NamedQuarter(1, None)),
        ("I. Quý I:", NamedQuarter(1, None)),
        ("1. Quý I/2026", NamedQuarter(1, 2026)),
        ("II - Quý II năm 2026", NamedQuarter(2, 2026)),
        ("Nhiệm vụ trọng tâm quý 3", NamedQuarter(3, None)),
        ("QUÝ IV (tháng 10, 11, 12)", NamedQuarter(4, None)),
        ("Quí tư", NamedQuarter(4, None)),
        ("Quý I, II", None),
        ("Quỹ 1", None),
        ("Quý V", None),
        ("Sơ kết quý I", None),
        ("Quý I sơ kết", None),
        ("I", None),
        ("", None),
    ],
)
def test_words_that_name_one_quarter(text, named):
    assert read_quarter(text) == named


def test_a_bare_figure_is_a_quarter_only_where_the_column_says_so():
    assert [read_quarter(text, bare=True) for text in ("III", "2", "5", "x")] == [
        NamedQuarter(3, None),
        NamedQuarter(2, None),
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "reads", "quarter"),
    [
        ("Tháng 3", True, 1),
        ("Quý I, II", True, None),
        ("Thường xuyên", True, None),
        ("Trước ngày 30/6", True, None),
        ("15/4/2026", True, 2),
        ("Quý III", True, 3),
        ("Quý III/2025", False, None),
        ("Tổng kết năm 2026", False, None),
        ("Công an xã", False, None),
        ("các thôn Việt Nam xã Quý II", False, None),
        ("Nam xã Quý II", False, None),
        ("QUY II NAM 2026", True, 2),
        ("Theo Kế hoạch số 05/KH-UBND ngày 09/01/2026", False, 1),
        ("", False, None),
    ],
)
def test_time_words(text, reads, quarter):
    assert reads_as_time(text, 2026) is reads
    if reads:
        assert quarter_of(text, 2026) == quarter
