"""Each kind of value is given back as it stands, or told by its place in words of the form that asked."""

from __future__ import annotations

import pytest

from core.errors import AppError
from core.json_reading import Node
from core.text import UnfitText


class UnfitSheet(AppError):
    message = "Tệp không đúng mẫu."


class Sheet(Node):
    form, error = "tdkt-sheet/1", UnfitSheet


def sheet(**values) -> Sheet:
    return Sheet(values, "tệp")


def test_values_come_back_as_they_stand():
    node = sheet(
        kind="a", name="  Thôn Đông ", empty="", year=2026, none=None, on=True, names=["một", "hai"], inner={"x": ""}
    )

    assert (node.choice("kind", ("a", "b")), node.line("name"), node.line("empty")) == ("a", "  Thôn Đông ", "")
    assert (node.integer("year", 2026, 2026), node.integer("none", 1, 2, optional=True)) == (2026, None)
    assert (node.flag("on"), node.flag("absent"), node.lines("names")) == (True, False, ("một", "hai"))
    assert node.node("inner").line("x") == ""


def test_what_lies_inside_speaks_for_the_same_form():
    inner = sheet(rows=[{}, {}]).nodes("rows")[1]

    assert (type(inner), inner.where) == (Sheet, "«rows» mục 2")


def test_the_fields_of_a_form_are_these_and_perhaps_those():
    sheet(a=1, b=2).only("a b", optional=("c",))
    sheet(a=1, b=2, c=3).only("a b", optional=("c",))


READINGS = {
    "no object": (lambda: Sheet([], "tệp").mapping(), "Tệp phải là một nhóm có tên trường (JSON object)."),
    "missing field": (lambda: sheet(a=1).only("a b"), "Tệp thiếu trường «b»."),
    "unknown field": (lambda: sheet(a=1, b=2).only("a"), "Tệp có trường «b» không có trong mẫu tdkt-sheet/1."),
    "no list": (lambda: sheet(a="x").nodes("a"), "Trường «a» phải là một danh sách."),
    "long list": (lambda: sheet(a=[1, 2]).nodes("a", 1), "Trường «a» có 2 mục, nhiều hơn 1 mục cho phép."),
    "no text": (lambda: sheet(a=1).line("a"), "Tệp, trường «a» phải là chữ."),
    "empty text": (lambda: sheet(a="").line("a", required=True), "Tệp, trường «a» còn trống."),
    "blanks": (lambda: sheet(a="  ").line("a"), "Tệp, trường «a» chỉ có dấu cách."),
    "empty entry": (lambda: sheet(a=["x", ""]).lines("a"), "«a» mục 2, trường «a» còn trống."),
    "no choice": (
        lambda: sheet(a="b\n" * 90).choice("a", ("a",)),
        f"Trường «a» ghi «{'b ' * 29}b», không có trong mẫu tdkt-sheet/1.",
    ),
    "truth for a number": (lambda: sheet(a=True).integer("a", 0, 9), "Tệp, trường «a» phải là số từ 0 đến 9."),
    "null for a number": (lambda: sheet(a=None).integer("a", 0, 9), "Tệp, trường «a» phải là số từ 0 đến 9."),
    "beyond the range": (lambda: sheet(a=10).integer("a", 0, 9), "Tệp, trường «a» phải là số từ 0 đến 9."),
    "a number for truth": (lambda: sheet(a=1).flag("a"), "Tệp, trường «a» phải là true hoặc false."),
    "inside": (lambda: sheet(a={"b": 1}).node("a").line("b"), "Trường «a», trường «b» phải là chữ."),
}


@pytest.mark.parametrize("case", READINGS)
def test_what_does_not_fit_is_told_with_its_place(case):
    read, sentence = READINGS[case]

    with pytest.raises(UnfitSheet) as refusal:
        read()

    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("một\nhai", "Tệp, trường «a» phải nằm trên một dòng, không có dấu xuống dòng hay dấu tab."),
        ("<b>một", "Tệp, trường «a» có thẻ HTML «<b>»; văn bản chỉ gồm chữ, hãy bỏ thẻ đi."),
        ("một hai ba", "Tệp, trường «a» dài quá 7 ký tự."),
    ],
)
def test_text_that_no_paper_carries_is_told_with_its_place(text, sentence):
    with pytest.raises(UnfitText) as refusal:
        sheet(a=text).line("a", limit=7)

    assert str(refusal.value) == sentence
