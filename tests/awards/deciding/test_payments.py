"""What is paid for the lines of a decision: the highest title of one period, every form, nothing that is open."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.deciding.payments import MANY_HOUSEHOLDS, Due, Earlier, Terms, in_words, total_of, work_out
from awards.facts import Recipient
from awards.money import By

PERSON, COLLECTIVE, HOUSEHOLD = Recipient.PERSON, Recipient.COLLECTIVE, Recipient.HOUSEHOLD
DAY = dt.date(2026, 12, 20)
TERMS = Terms(By.COMMUNE, DAY)
CHOSEN = Terms(By.COMMUNE, DAY, {("GK", PERSON): (Fraction("0.3"), "Văn bản số 12/HD-SNV")})


def due(key: int, award: str, subject: int = 1, period: str = "2026", kind: Recipient = PERSON) -> Due:
    return Due(key, award, kind, subject, period)


def amounts(dues: list[Due], terms: Terms = CHOSEN) -> dict[int, int | None]:
    return {key: pay.amount for key, pay in work_out(dues, terms).items()}


def test_of_two_titles_for_one_period_the_highest_is_paid_and_the_other_says_why():
    pays = work_out([due(1, "LDTT"), due(2, "CSTDCS")], TERMS)

    assert {key: pay.amount for key, pay in pays.items()} == {1: 0, 2: 2_530_000}
    assert pays[1].note == (
        "Hưởng mức cao nhất của danh hiệu Chiến sĩ thi đua cơ sở, cùng thời gian 2026"
        " (Nghị định số 152/2025/NĐ-CP, Điều 49)."
    )
    assert pays[2].arithmetic == "1 × 2.530.000 = 2.530.000 đồng"


@pytest.mark.parametrize(
    ("dues", "expected"),
    [
        ([due(1, "LDTT", period="2025"), due(2, "LDTT")], {1: 760_000, 2: 760_000}),
        ([due(1, "LDTT"), due(2, "LDTT", subject=2)], {1: 760_000, 2: 760_000}),
        ([due(1, "GK"), due(2, "GK")], {1: 760_000, 2: 760_000}),
        ([due(1, "LDTT"), due(2, "GK")], {1: 760_000, 2: 760_000}),
        ([due(1, "LDTT", subject=0), due(2, "CSTDCS", subject=0)], {1: 760_000, 2: 2_530_000}),
        ([due(1, "LDTT"), due(2, "LDTT")], {1: 760_000, 2: 0}),
    ],
    ids=["two periods", "two people", "two forms", "a title and a form", "nobody knows who", "the same one twice"],
)
def test_what_is_paid_beside_what(dues, expected):
    assert amounts(dues) == expected


def test_what_nobody_confirmed_has_both_sums_and_no_amount():
    pay = work_out([due(1, "GK")], TERMS)[1]

    assert (pay.amount, [one.amount for one in pay.sums]) == (None, [380_000, 760_000])
    assert pay.note == "Mức tiền thưởng cần xác nhận; chọn mức áp dụng."
    assert total_of([pay]) == 0


def test_an_ordered_multiplier_takes_the_place_of_the_readings():
    pay = work_out([due(1, "GK")], CHOSEN)[1]

    assert (pay.amount, pay.source) == (760_000, "Văn bản số 12/HD-SNV; Nghị định số 161/2026/NĐ-CP, Điều 3 khoản 2")
    assert pay.arithmetic == "0,3 × 2.530.000 = 759.000 đồng, làm tròn lên 760.000 đồng"


def test_many_households_are_asked_about_few_are_paid():
    order = {("GDVH", HOUSEHOLD): (Fraction("0.1"), "Nghị quyết của HĐND tỉnh")}
    terms = Terms(By.COMMUNE, DAY, order)
    few = [due(key, "GDVH", key, kind=HOUSEHOLD) for key in range(1, MANY_HOUSEHOLDS + 1)]
    many = [*few, due(99, "GDVH", 99, kind=HOUSEHOLD)]

    assert set(amounts(few, terms).values()) == {260_000}
    assert set(amounts(many, terms).values()) == {None}
    assert work_out(many, terms)[99].note == (
        "11 hộ, tổng cộng 2.860.000 đồng (Gia đình văn hóa): xác nhận có chi rồi mới tính."
    )


def test_what_another_decision_paid_for_the_same_period_is_asked_about():
    terms = Terms(By.COMMUNE, DAY, earlier={(1, "2026"): (Earlier("LDTT", 760_000, "Quyết định số 300/QĐ-UBND"),)})
    pays = work_out([due(1, "CSTDCS"), due(2, "CSTDCS", period="2025")], terms)

    assert [pays[key].amount for key in (1, 2)] == [None, 2_530_000]
    assert "Lao động tiên tiến 760.000 đồng theo Quyết định số 300/QĐ-UBND" in pays[1].note
    assert [one.amount for one in pays[1].sums] == [2_530_000]


@pytest.mark.parametrize(
    ("one", "terms", "reason"),
    [
        (due(1, "BKT"), TERMS, "Chủ tịch Ủy ban nhân dân cấp xã không quyết định BKT."),
        (
            due(1, "LDTT"),
            Terms(By.COMMUNE, dt.date(2024, 6, 30)),
            "Mức lương cơ sở trước ngày 01/07/2024 chưa được kiểm chứng trong chương trình, nên không tính tiền"
            " thưởng cho quyết định ngày 30/06/2024.",
        ),
    ],
)
def test_where_there_is_no_rate_the_reason_is_said(one, terms, reason):
    pay = work_out([one], terms)[1]

    assert (pay.amount, pay.sums, pay.note) == (None, (), reason)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (760_000, "Bảy trăm sáu mươi nghìn đồng"),
        (2_530_000, "Hai triệu năm trăm ba mươi nghìn đồng"),
        (105_010_000, "Một trăm lẻ năm triệu mười nghìn đồng"),
    ],
)
def test_sums_in_words(amount, words):
    assert in_words(amount) == words


LINES = st.lists(
    st.tuples(
        st.sampled_from(["LDTT", "CSTDCS", "GK"]), st.integers(1, 3), st.sampled_from(["2025", "2026", "2025-2026"])
    ),
    max_size=12,
).map(lambda rows: [due(key, award, who, period) for key, (award, who, period) in enumerate(rows, start=1)])


@given(LINES, st.randoms())
def test_the_order_of_the_lines_changes_nothing(dues, random):
    shuffled = random.sample(dues, len(dues))

    for terms in (TERMS, CHOSEN):
        assert work_out(shuffled, terms) == work_out(dues, terms)


@given(LINES)
def test_totals_add_up_and_no_period_pays_two_titles(dues):
    pays = work_out(dues, CHOSEN)

    paid_titles = [(one.subject, one.period) for one in dues if one.award != "GK" and pays[one.key].amount]
    titled = {(one.subject, one.period) for one in dues if one.award != "GK"}
    assert sorted(paid_titles) == sorted(titled)
    assert all(pays[one.key].amount == 760_000 for one in dues if one.award == "GK")
    assert total_of(pays.values()) == sum(pay.amount for pay in pays.values())
    alone = [work_out([one for one in dues if one.subject == who], CHOSEN).values() for who in (1, 2, 3)]
    assert total_of(pays.values()) == sum(total_of(one) for one in alone)
