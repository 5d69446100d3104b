"""Every printed word of the file stands on the paper, in order, and the paper adds only what the rule adds."""

from __future__ import annotations

from collections import Counter

import pytest

from documents.rendering import render
from plans import interchange
from plans.paper import compose
from tests.layout.words import docx_words, pdf_words, text_words
from tests.plans.conftest import rendered
from tests.plans.files import every_plan, read_file
from tests.plans.printed import added_by_rule, is_subsequence, words, words_of_file


@pytest.mark.parametrize("name", every_plan())
def test_the_words_of_the_file_stand_in_order_in_the_text(name):
    text = rendered(name, "txt").decode()

    assert is_subsequence(words_of_file(read_file(name)), words(text))


@pytest.mark.parametrize("name", every_plan())
def test_the_text_adds_exactly_the_words_of_the_rule(name):
    data = read_file(name)
    text = rendered(name, "txt").decode()

    assert Counter(words(text)) - Counter(words_of_file(data)) == added_by_rule(data)


@pytest.mark.parametrize("name", every_plan())
def test_pdf_has_the_words_of_the_text_in_order(name):
    paper = compose(interchange.read(read_file(name)))

    assert pdf_words(rendered(name, "pdf"), paper) == text_words(rendered(name, "txt").decode())


@pytest.mark.parametrize("name", every_plan())
def test_word_file_has_the_words_of_the_text_in_order(name):
    assert docx_words(rendered(name, "docx")) == text_words(rendered(name, "txt").decode())


FULL_TASK = {
    "no": 1,
    "quarter": 1,
    "content": "Tổng hợp đăng ký",
    "lead": ["Văn phòng"],
    "support": ["Các thôn"],
    "time_text": "Trước ngày 10/02/2025",
    "start": None,
    "due": "2025-02-09",
    "note": "Theo mẫu 03",
}


@pytest.mark.parametrize(
    ("layout", "columns", "row"),
    [
        ("quarters-bullets", [], "- Tổng hợp đăng ký (Văn phòng; Các thôn; Trước ngày 10/02/2025; Theo mẫu 03)"),
        (
            "columns-2",
            ["TT", "Nội dung"],
            "1\tTổng hợp đăng ký (Văn phòng; Các thôn; Trước ngày 10/02/2025; Theo mẫu 03)",
        ),
        (
            "columns-3",
            ["TT", "Nội dung, thời gian", "Cơ quan chủ trì, phối hợp"],
            "1\tTổng hợp đăng ký Trước ngày 10/02/2025 (Theo mẫu 03)\t- Văn phòng - Các thôn",
        ),
        (
            "columns-6",
            ["Ghi chú", "Thời hạn", "Phối hợp", "Chủ trì", "Nhiệm vụ", "STT"],
            "Theo mẫu 03\tTrước ngày 10/02/2025\tCác thôn\tVăn phòng\tTổng hợp đăng ký\t1",
        ),
    ],
)
def test_no_word_of_a_task_is_lost_whatever_the_layout(layout, columns, row):
    data = read_file("na_luong") | {"tasks": [FULL_TASK]}
    table = {"type": "tasks", "layout": layout} | ({"columns": columns} if columns else {})
    data["blocks"] = [table if block["type"] == "tasks" else block for block in data["blocks"]]

    text = render(compose(interchange.read(data)), "txt").decode()

    assert row in text.split("\n")
