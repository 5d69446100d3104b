"""Days, years and anniversaries in the words of a paper."""

from __future__ import annotations

import pytest

from documents.dates import PartialDate
from documents.proofreading import context_of
from documents.proofreading.rules import anniversaries, dates
from tests.documents.proofreading.papers import about, paper, said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nộp hồ sơ trước ngày 31/11/2026.", [("31/11/2026", "")]),
        ("Họp ngày 30 tháng 02 năm 2026.", [("ngày 30 tháng 02 năm 2026", "")]),
        ("Xong ngày 10/13/2026.", [("10/13/2026", "")]),
        ("Báo cáo ngày 31/6 hằng năm.", [("ngày 31/6", "")]),
        ("Ngày 29/02/2028 năm nhuận; 24/7; 01/2024/TT-BNV; tỷ lệ 31/31 thôn; Quyết định số 31/2025/QĐ-UBND.", []),
    ],
)
def test_days_that_no_calendar_has(text, expected):
    assert about([dates.impossible], text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Từ ngày 20/8/2026 đến ngày 10/8/2026.", [("Từ ngày 20/8/2026 đến ngày 10/8/2026", "")]),
        ("Nghị quyết nhiệm kỳ 2030 - 2025.", [("nhiệm kỳ 2030 - 2025", "nhiệm kỳ 2025 - 2030")]),
        ("Khen thưởng năm học 2025 - 2027.", [("năm học 2025 - 2027", "")]),
        ("Từ tháng 9/2026 đến tháng 6/2026.", [("Từ tháng 9/2026 đến tháng 6/2026", "")]),
        ("Từ ngày 25 đến ngày 20 tháng 11 năm 2026.", [("Từ ngày 25 đến ngày 20 tháng 11 năm 2026", "")]),
        ("Đợt này từ ngày 15/7 đến ngày 01/7/2026.", [("từ ngày 15/7 đến ngày 01/7/2026", "")]),
        ("Từ tháng 9/2025 đến tháng 5/2026; từ tháng 10 đến tháng 02 năm sau.", []),
        ("Từ 15/11 đến 15/01; từ ngày 01/9 đến ngày 31/5/2026; năm học 2025 - 2026; giai đoạn 2026-2030.", []),
    ],
)
def test_an_end_before_its_start(text, expected):
    assert about([dates.backwards], text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đăng ký trước ngày 30/12/2025.", [("trước ngày 30/12/2025", "trước ngày 30/12/2026")]),
        (
            "- Đợt 1 (từ ngày 01/01/2025 đến ngày 30/6/2025): thi đua nước rút.",
            [("từ ngày 01/01/2025 đến ngày 30/6/2025", "từ ngày 01/01/2026 đến ngày 30/6/2026")],
        ),
        ("Đăng ký trước ngày 30/01/2026; số liệu đợt 1 tính từ ngày 01/12/2025 đến ngày 30/11/2026.", []),
        ("Kháng chiến (từ ngày 19/12/1946 đến ngày 21/7/1954).", []),
    ],
)
def test_days_before_the_plan(text, expected):
    assert about([dates.past], text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phấn đấu hoàn thành nhiệm vụ năm 2025.", [("2025", "2026")]),
        ("Đến năm 2206 đạt chuẩn.", [("2206", "")]),
        ("Phát huy kết quả đạt được năm 2025; tổng kết phong trào thi đua năm 2025; phấn đấu đến năm 2030.", []),
        ("Khen thưởng tập thể hoàn thành xuất sắc nhiệm vụ năm 2025.", []),
    ],
)
def test_aims_are_of_the_plan_s_own_year(text, expected):
    assert about([dates.goals], text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gửi trước ngày 5/3/2026.", [("5/3/2026", "05/3/2026")]),
        ("Gửi ngày 05/09/2026.", [("05/09/2026", "05/9/2026")]),
        ("Gửi ngày 6 tháng 1 năm 2026.", [("ngày 6 tháng 1 năm 2026", "ngày 06 tháng 01 năm 2026")]),
        ("Gửi ngày 05/3/2026, ngày 10/12/2026, ngày 06/01, chỉ số 1/2.", []),
    ],
)
def test_zeros_stand_before_small_days_and_the_first_two_months(text, expected):
    assert about([dates.zeros], text) == expected


def test_a_weekday_is_that_of_its_date():
    assert about([dates.weekdays], "Họp lúc 8 giờ, thứ Hai, ngày 15/12/2026.") == [("thứ Hai", "")]
    assert about([dates.weekdays], "Họp thứ Ba, ngày 15/12/2026; Chủ nhật ngày 20/12/2026.") == []


def test_the_paper_names_one_year():
    one = paper(subject="Công tác thi đua năm 2026", opening="UBND xã ban hành Kế hoạch công tác thi đua năm 2025:")

    assert said([dates.own_year], one) == [("date.own_year", "2025", "2026")]
    assert said([dates.own_year], paper(subject="Công tác thi đua năm 2025")) == [("date.own_year", "2025", "2026")]
    assert said([dates.own_year], paper(subject="Lộ trình đến năm 2035")) == []


@pytest.mark.parametrize(
    ("date", "expected"),
    [(PartialDate(2025, 1, 6), ["2025"]), (PartialDate(2025, 12, 20), []), (PartialDate(2026), [])],
)
def test_a_plan_is_dated_in_its_year_or_shortly_before(date, expected):
    assert [words for _, words, _ in said([dates.own_year], paper(date=date))] == expected


def test_the_year_of_the_old_calendar():
    assert about([dates.lunar_years], "Mừng Xuân Ất Tỵ.") == [("Ất Tỵ", "Bính Ngọ")]
    assert about([dates.lunar_years], "Mừng Xuân Bính Ngọ, chuẩn bị Tết Đinh Mùi.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kỷ niệm 95 năm Ngày thành lập Đảng (03/02/1930 - 03/02/2026)", [("95", "96")]),
        ("kỷ niệm 80 năm Cách mạng tháng Tám và Quốc khánh 02/9", [("80", "81")]),
        ("96 năm Ngày thành lập Đảng (03/02/1931 - 03/02/2027)", [("1931", "1930")]),
        ("51 năm Giải phóng miền Nam (30/4/1975 - 01/5/2026)", [("(30/4/1975 - 01/5/2026)", "")]),
        ("136 năm Ngày sinh Chủ tịch Hồ Chí Minh (15/9/1890 - 15/9/2026)", [("15/9", "19/5")]),
        ("Kế hoạch 5 năm (2026 - 2031)", [("(2026 - 2031)", "")]),
        # As it should be
        ("94 năm Ngày thành lập Đảng (03/02/1930 - 03/02/2024)", []),
        ("Kế hoạch 5 năm (2021 - 2025), 81 năm Quốc khánh, sau 50 năm Giải phóng miền Nam", []),
        ("giảm 3 năm liên tục, 05 năm công tác, hơn 70 năm Cách mạng tháng Tám", []),
    ],
)
def test_anniversaries_add_up(text, expected):
    assert about([anniversaries.anniversaries], text) == expected


def test_what_a_cited_paper_says_of_years_is_its_own():
    text = "Thực hiện Kế hoạch số 12/KH-UBND ngày 06/01/2025 của UBND tỉnh về kỷ niệm 80 năm Quốc khánh;"

    assert about(anniversaries.RULES, text) == []


def test_without_a_year_only_the_calendar_is_asked():
    one = paper("Mừng Xuân Ất Tỵ ngày 30/02/2026.", date=PartialDate())
    context = context_of(one, year=None)

    assert [code for code, *_ in said(dates.RULES, one, context)] == ["date.impossible"]
