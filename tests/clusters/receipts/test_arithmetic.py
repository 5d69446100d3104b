"""From days late to the sentence that says what they cost and why."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from clusters.receipts.arithmetic import Scale, arithmetic
from clusters.scheme import Band, Criterion, Kind, Lateness

DUE = dt.date(2026, 11, 30)
BANDS = (Band(Fraction(10), Fraction(10)), Band(Fraction(5), Fraction(5)), Band(Fraction(15), Fraction(20)))


def penalty(code: str = "IV", maximum: int = 50, **late) -> Criterion:
    return Criterion(code, kind=Kind.PENALTY, maximum=Fraction(maximum), late=Lateness(**late))


BY_BANDS = Scale((penalty(bands=BANDS),))
BY_DAYS = Scale((penalty(maximum=5, each_day=Fraction(1, 2), grace=3, cutoff=20),))


@pytest.mark.parametrize(
    ("scale", "days", "words"),
    [
        (BY_BANDS, 4, "chưa đến mức trừ điểm"),
        (BY_BANDS, 6, "trừ 5 điểm theo mức từ 5 ngày"),
        (BY_BANDS, 15, "trừ 20 điểm theo mức từ 15 ngày"),
        (BY_DAYS, 3, "chưa trừ điểm vì chậm không quá 3 ngày"),
        (BY_DAYS, 4, "trừ 0,5 điểm (1 ngày, mỗi ngày 0,5 điểm)"),
        (BY_DAYS, 20, "trừ 5 điểm (17 ngày, mỗi ngày 0,5 điểm), nhiều nhất 5 điểm"),
        (BY_DAYS, 21, "trừ 5 điểm, hết điểm của mục này, vì sau hạn chót không nhận (chậm quá 20 ngày)"),
        (
            Scale((penalty("A", bands=BANDS), penalty("B", each_day=Fraction(1)))),
            6,
            "trừ 11 điểm (A 5 điểm theo mức từ 5 ngày; B 6 điểm (6 ngày, mỗi ngày 1 điểm))",
        ),
        (Scale(()), 6, "bộ tiêu chí không trừ điểm chậm"),
    ],
)
def test_why_points_are_lost(scale, days, words):
    assert scale.why(days) == words


@pytest.mark.parametrize(
    ("scale", "days", "following"),
    [
        (BY_BANDS, 0, (5, 5)),
        (BY_BANDS, 5, (10, 10)),
        (BY_BANDS, 15, None),
        (BY_DAYS, 0, (4, Fraction(1, 2))),
        (BY_DAYS, 4, (5, 1)),
        (BY_DAYS, 13, None),  # the whole maximum is gone before the last day
    ],
)
def test_when_the_next_points_go(scale, days, following):
    assert scale.next_loss(days) == following


@pytest.mark.parametrize(
    ("came", "on", "days", "words"),
    [
        (
            dt.date(2026, 12, 6),
            None,
            6,
            "Hạn 30/11/2026, nhận 06/12/2026: chậm 6 ngày, trừ 5 điểm theo mức từ 5 ngày.",
        ),
        (DUE, None, 0, "Hạn 30/11/2026, nhận 30/11/2026: đúng hạn."),
        (None, dt.date(2026, 11, 1), 0, "Hạn 30/11/2026, chưa nhận."),
        (
            None,
            dt.date(2026, 12, 2),
            2,
            "Hạn 30/11/2026, đến 02/12/2026 chưa nhận: đang chậm 2 ngày, chưa đến mức trừ điểm.",
        ),
    ],
)
def test_the_arithmetic_in_words(came, on, days, words):
    assert arithmetic(BY_BANDS, "received", due=DUE, came=came, on=on or dt.date(2026, 12, 20), days=days) == words
