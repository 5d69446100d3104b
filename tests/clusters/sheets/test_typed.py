"""What is typed into a cell, for each way of scoring: read, refused, written back as the same."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from clusters.models import Criterion
from clusters.sheets.typed import (
    Leaf,
    Values,
    Way,
    check,
    hint_of,
    leaf_of,
    read_typed,
    said_in_words,
    standing_of,
    typed_text,
)
from clusters.states import Stage
from core.errors import UnfitField

FIGURE = Leaf(Way.FIGURE, D(20), 2, "tỷ đồng")
YES_NO = Leaf(Way.YES_NO, D(10), 2)
GRADE = Leaf(Way.GRADE, D(10), 2, grades=("A", "B", "Hoàn thành tốt"))
POINTS = Leaf(Way.POINTS, D(25), 2)
BONUS = Leaf(Way.BONUS, D(15), 2)
DEDUCTION = Leaf(Way.DEDUCTION, D(25), 1)
RETURNED = Leaf(Way.RETURNED, D(50), 2)
LATE = Leaf(Way.LATE, D(50), 2)
PENALTY = Leaf(Way.PENALTY, D(10), 2)


def read(leaf: Leaf, text: str, before: Values | None = None) -> Values:
    return read_typed(leaf, text, before or Values())


@pytest.mark.parametrize(
    ("leaf", "text", "values"),
    [
        (FIGURE, "1.234.567", Values(actual=D(1234567))),
        (FIGURE, "1234567", Values(actual=D(1234567))),
        (FIGURE, " 98,5 ", Values(actual=D("98.5"))),
        (FIGURE, "98,5 tỷ đồng", Values(actual=D("98.5"))),
        (FIGURE, "0", Values(actual=D(0))),
        (FIGURE, "8,5 đ", Values(points=D("8.5"))),
        (FIGURE, "8,5 điểm", Values(points=D("8.5"))),
        (YES_NO, "x", Values(actual=D(1))),
        (YES_NO, "Đạt", Values(actual=D(1))),
        (YES_NO, "có", Values(actual=D(1))),
        (YES_NO, "KHÔNG", Values(actual=D(0))),
        (YES_NO, "0", Values(actual=D(0))),
        (GRADE, "b", Values(grade="B")),
        (GRADE, "loại A", Values(grade="A")),
        (GRADE, "hoan thanh tot", Values(grade="Hoàn thành tốt")),
        (POINTS, "22,5; họp thiếu 01 buổi", Values(points=D("22.5"), reason="họp thiếu 01 buổi")),
        (BONUS, "3", Values(actual=D(3))),
        (DEDUCTION, "2,5; vắng 01 buổi", Values(deduction=D("2.5"), reason="vắng 01 buổi")),
        (DEDUCTION, "-2,5", Values(deduction=D("2.5"))),
        (DEDUCTION, "22,5 đ", Values(deduction=D("2.5"))),
        (RETURNED, "2", Values(returned=2)),
        (LATE, "6", Values(late_days=6)),
        (PENALTY, "3; bị nhắc nhở bằng văn bản", Values(points=D(3), reason="bị nhắc nhở bằng văn bản")),
        (PENALTY, "-2,5", Values(points=D("2.5"))),
        (PENALTY, "2,5 điểm", Values(points=D("2.5"))),
    ],
)
def test_each_way_reads_what_people_type(leaf, text, values):
    assert read(leaf, text) == values


@pytest.mark.parametrize(
    ("leaf", "text", "sentence"),
    [
        (FIGURE, "-3", "Số thực hiện không được âm."),
        (FIGURE, "chín", "Số thực hiện ghi «chín», không phải một số. Ghi bằng chữ số, như 12 hoặc 12,5."),
        (FIGURE, "1,1234567", "Số thực hiện có quá 6 chữ số lẻ."),
        (
            FIGURE,
            "1,234,567",
            "Số thực hiện ghi «1,234,567»: phần nghìn dùng dấu chấm, phần lẻ dùng dấu phẩy, như 1.234.567,5.",
        ),
        (FIGURE, "#REF!", "Số thực hiện là lỗi công thức của Excel (#REF!)."),
        (FIGURE, "9" * 30, "Số thực hiện lớn quá, hãy xem lại đơn vị tính."),
        (FIGURE, "9" * 500, "Ô này dài quá; ghi lý do ở ô Lý do."),
        (FIGURE, "<b>1</b>", "Số thực hiện ghi «<b>1</b>», không phải một số. Ghi bằng chữ số, như 12 hoặc 12,5."),
        (YES_NO, "có lẽ", "Ghi x hoặc Đạt nếu đạt, Không nếu không đạt; ô này ghi «có lẽ»."),
        (GRADE, "E", "Chỉ có loại A, B, Hoàn thành tốt; ô này ghi «E»."),
        (DEDUCTION, "30 đ", "Điểm không được quá điểm chuẩn 25."),
        (RETURNED, "1,5", "Số hồ sơ bị trả lại phải là số nguyên từ 0 đến 999."),
        (LATE, "1000", "Số ngày chậm phải là số nguyên từ 0 đến 999."),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(leaf, text, sentence):
    with pytest.raises(UnfitField) as refusal:
        read(leaf, text)

    assert (refusal.value.field, str(refusal.value)) == ("value", sentence)


def test_the_measure_may_end_like_points():
    money = Leaf(Way.FIGURE, D(20), 2, "đ")

    assert read(money, "500.000 đ") == Values(actual=D(500_000))


def test_a_blank_cell_takes_the_value_back_and_leaves_what_it_does_not_show():
    before = Values(deduction=D(2), reason="vắng", is_proved=True)

    assert read(DEDUCTION, "", before) == Values(is_proved=True)
    assert read(RETURNED, " ", Values(returned=2, late_days=4)) == Values(late_days=4)


def test_a_new_value_keeps_the_reason_unless_it_brings_one():
    before = Values(deduction=D(2), reason="vắng 01 buổi")

    assert read(DEDUCTION, "3", before) == Values(deduction=D(3), reason="vắng 01 buổi")
    assert read(DEDUCTION, "3; vắng 02 buổi", before) == Values(deduction=D(3), reason="vắng 02 buổi")


@pytest.mark.parametrize(
    ("leaf", "values", "words"),
    [
        (FIGURE, Values(actual=D("1234567.500000")), "1.234.567,5"),
        (FIGURE, Values(points=D("8.5000")), "8,5 đ"),
        (YES_NO, Values(actual=D(1)), "Đạt"),
        (YES_NO, Values(actual=D(0)), "Không"),
        (GRADE, Values(grade="A"), "A"),
        (POINTS, Values(points=D("22.5")), "22,5 đ"),
        (DEDUCTION, Values(deduction=D("2.5")), "trừ 2,5"),
        (RETURNED, Values(returned=2, late_days=6), "2 hồ sơ trả lại, chậm 6 ngày"),
        (PENALTY, Values(points=D("2.5")), "trừ 2,5"),
        (FIGURE, Values(), ""),
    ],
)
def test_what_was_said_is_told_in_words_and_typed_text_reads_as_the_same(leaf, values, words):
    assert said_in_words(leaf, values) == words
    again = read(leaf, typed_text(leaf, values), values)
    assert again == values


@pytest.mark.parametrize(
    ("leaf", "values", "stood", "stage", "field", "sentence"),
    [
        (DEDUCTION, Values(deduction=D(2)), None, Stage.SELF, "reason", "Ghi lý do trừ điểm."),
        (POINTS, Values(points=D(24)), None, Stage.SELF, "reason", "Ghi lý do cho điểm thấp hơn điểm chuẩn 25."),
        (
            FIGURE,
            Values(actual=D(9)),
            Values(actual=D(10)),
            Stage.HEAD,
            "reason",
            "Ghi lý do sửa số liệu hoặc điểm của bước trước.",
        ),
        (
            DEDUCTION,
            Values(deduction=D(0)),
            Values(deduction=D(2)),
            Stage.REVIEW,
            "reason",
            "Ghi lý do sửa số liệu hoặc điểm của bước trước.",
        ),
        (
            LATE,
            Values(late_days=3),
            None,
            Stage.REVIEW,
            "reason",
            "Ghi lý do tính số ngày chậm khác với ngày nhận văn bản.",
        ),
        (
            YES_NO,
            Values(is_proved=False),
            None,
            Stage.REVIEW,
            "reason",
            "Ghi lý do không công nhận tài liệu kiểm chứng.",
        ),
        (POINTS, Values(points=D(26)), None, Stage.SELF, "value", "Điểm không được quá điểm chuẩn 25."),
        (
            POINTS,
            Values(points=D("25") / 8),
            None,
            Stage.SELF,
            "value",
            "Điểm chỉ ghi đến 2 chữ số lẻ; ô này ghi 3,125.",
        ),
        (DEDUCTION, Values(deduction=D(26)), None, Stage.SELF, "value", "Điểm trừ không được quá điểm chuẩn 25."),
        (PENALTY, Values(points=D(3)), None, Stage.REVIEW, "reason", "Ghi lý do trừ điểm."),
        (
            PENALTY,
            Values(points=D(11), reason="Bị phê bình"),
            None,
            Stage.REVIEW,
            "value",
            "Điểm trừ không được quá điểm chuẩn 10.",
        ),
        (FIGURE, Values(actual=D(-1)), None, Stage.SELF, "value", "Số liệu không được âm."),
        (FIGURE, Values(deduction=D(1)), None, Stage.SELF, "value", "Tiêu chí này không chấm theo lối trừ."),
        (GRADE, Values(grade="Z"), None, Stage.SELF, "value", "Chỉ có loại A, B, Hoàn thành tốt."),
        (
            FIGURE,
            Values(points=D(20)),
            None,
            Stage.SELF,
            "value",
            "Điểm của tiêu chí này tính từ kết quả thực hiện; hãy ghi kết quả, không ghi điểm.",
        ),
    ],
)
def test_what_cannot_stand(leaf, values, stood, stage, field, sentence):
    with pytest.raises(UnfitField) as refusal:
        check(leaf, stage, values, stood)

    assert (refusal.value.field, str(refusal.value)) == (field, sentence)


@pytest.mark.parametrize(
    ("leaf", "values", "stood", "stage"),
    [
        (DEDUCTION, Values(deduction=D(2), reason="vắng"), None, Stage.SELF),
        (DEDUCTION, Values(deduction=D(0)), None, Stage.HEAD),
        (POINTS, Values(points=D(25)), None, Stage.SELF),
        (BONUS, Values(actual=D("18.125")), None, Stage.SELF),
        (PENALTY, Values(points=D(10), reason="Bị phê bình"), None, Stage.REVIEW),
        (PENALTY, Values(points=D(0)), None, Stage.REVIEW),
        (FIGURE, Values(actual=D(10)), Values(actual=D(10)), Stage.REVIEW),
        (FIGURE, Values(), Values(actual=D(10)), Stage.REVIEW),
        (FIGURE, Values(actual=D(10)), None, Stage.REVIEW),
        (FIGURE, Values(points=D(12), reason="theo số của Thuế cơ sở"), Values(actual=D(10)), Stage.HEAD),
    ],
)
def test_what_can(leaf, values, stood, stage):
    check(leaf, stage, values, stood)


def test_later_stages_stand_for_the_whole_value_of_earlier_ones():
    class Said:
        def __init__(self, **fields: object) -> None:
            self.__dict__.update({name: getattr(Values(**fields), name) for name in Values.__slots__})

    entries = [Said(actual=D(10), late_days=2), Said(is_proved=True), Said(points=D(5), reason="sai số")]

    assert standing_of(entries) == Values(points=D(5), late_days=2, is_proved=True, reason="sai số")


@pytest.mark.parametrize(
    ("fields", "way"),
    [
        ({"kind": "ratio"}, Way.FIGURE),
        ({"kind": "manual"}, Way.POINTS),
        ({"kind": "manual", "starts_full": True}, Way.DEDUCTION),
        ({"kind": "yes_no", "starts_full": True}, Way.DEDUCTION),
        ({"kind": "bonus", "starts_full": True}, Way.BONUS),
        ({"kind": "penalty", "rule": {"returned_each": 5}}, Way.RETURNED),
        ({"kind": "penalty", "rule": {"late_each": 1}}, Way.LATE),
        ({"kind": "penalty", "rule": {}}, Way.PENALTY),
        ({"kind": "grades", "rule": {"grades": {"A": 10}}}, Way.GRADE),
    ],
)
def test_the_criterion_says_what_is_typed(fields, way):
    leaf = leaf_of(Criterion(code="I.1", maximum=D(10), **fields), 2)

    assert leaf.way is way
    assert hint_of(leaf).endswith(".")
