"""What one cell is read as, and how that is told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from campaigns.excel.cells import Comparison, PeriodCell, YesNo, as_number, how_read
from campaigns.figures import read_figure, show_figure
from campaigns.periods import periods_of

D = Decimal


@pytest.mark.parametrize(
    ("cell", "figure", "told"),
    [
        ("1.234", 1234, "«1.234» được đọc là 1234 (dấu chấm ngăn phần nghìn). Nếu là số lẻ thì ghi 1,234."),
        ("1.234 tấn", 1234, "«1.234» được đọc là 1234 (dấu chấm ngăn phần nghìn). Nếu là số lẻ thì ghi 1,234."),
        ("1.234.567", 1234567, "«1.234.567» được đọc là 1234567 (dấu chấm ngăn phần nghìn), như ghi liền 1234567."),
        ("1,234", "1.234", "«1,234» được đọc là số lẻ (dấu phẩy ngăn phần lẻ). Nếu là phần nghìn thì ghi 1234."),
        (1.234, "1.234", "Ô số này được đọc là số lẻ 1,234. Nếu là phần nghìn thì gõ liền 1234."),
        ("12.5", "12.5", "«12.5» được đọc là 12,5."),
        ("1234567", 1234567, ""),
        (1234567, 1234567, ""),
        ("12,5", "12.5", ""),
        (12.5, "12.5", ""),
        (1234.567, "1234.567", ""),
    ],
)
def test_what_could_be_taken_for_another_number_is_told(cell, figure, told):
    read = read_figure(cell, "tấn")

    assert read == D(figure)
    assert how_read(cell, read) == told


@pytest.mark.parametrize("figure", ["0", "-3.5", "2350", "0.000001", "12345678901234.567891", "99999999999999", "0.1"])
def test_every_figure_comes_back_from_a_sheet(figure):
    """As Excel gives it back: a number with a point as a float."""
    cell = as_number(D(figure))

    assert read_figure(cell) == D(figure)
    assert isinstance(cell, str) == (figure == "12345678901234.567891")
    assert show_figure(read_figure(show_figure(D(figure)))) == show_figure(D(figure))


@pytest.mark.parametrize(
    ("text", "comparison"),
    [
        ("từ … đến …", "range"),
        ("Từ ... đến ...", "range"),
        ("≥", ">="),
        (">=", ">="),
        ("đạt", "="),
        ("không quá", "<="),
    ],
)
def test_a_comparison_is_a_word_or_a_sign(text, comparison):
    assert Comparison().clean(text) == comparison


@pytest.mark.parametrize(("cell", "said"), [("có", True), ("Không", False), ("x", True), (0, False), (True, True)])
def test_yes_and_no(cell, said):
    assert YesNo().clean(cell) is said


@pytest.fixture
def period_cell() -> PeriodCell:
    cell = PeriodCell()
    cell.offer(periods_of(2024), 2024, "năm 2024")
    return cell


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("6 tháng đầu năm 2024", "2024-H1"),
        ("QUÝ  I NĂM 2024", "2024-Q1"),
        ("Quý II/2024", "2024-Q2"),
        ("tháng 3/2024", "2024-M03"),
        ("2024-9m", "2024-9M"),
        (2024, "2024-Y"),
    ],
)
def test_a_period_is_known_by_its_words_and_its_code(period_cell, text, code):
    assert period_cell.clean(text).code == code


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Quý I/2023", "kỳ «quý I năm 2023» nằm ngoài thời gian của phong trào (năm 2024)"),
        ("năm học 2024-2025", "kỳ «năm học 2024-2025» nằm ngoài thời gian của phong trào (năm 2024)"),
        ("hôm qua", "«hôm qua» không phải một kỳ; ghi như «6 tháng đầu năm 2026», «quý I năm 2026»"),
    ],
)
def test_another_period_is_refused_with_its_reason(period_cell, text, reason):
    with pytest.raises(ValueError, match=".") as refused:
        period_cell.clean(text)

    assert str(refused.value) == reason
