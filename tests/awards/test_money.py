"""Reward money, with the table of the decree at both base salaries."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction

import pytest
from django.core.management import call_command

from awards.facts import Recipient
from awards.money import By, award_money, rounded_up

OLD, NEW = dt.date(2026, 6, 30), dt.date(2026, 7, 1)
PERSON, COLLECTIVE, HOUSEHOLD = Recipient.PERSON, Recipient.COLLECTIVE, Recipient.HOUSEHOLD


@pytest.mark.parametrize(("award", "recipient", "by", "old", "new"), [
    ("CSTDTQ", PERSON, By.PM, 10_530_000, 11_390_000),
    ("CSTDT", PERSON, By.PROVINCE, 7_020_000, 7_590_000),
    ("CSTDCS", PERSON, By.COMMUNE, 2_340_000, 2_530_000),
    ("LDTT", PERSON, By.COMMUNE, 710_000, 760_000),
    ("TTLDXS", COLLECTIVE, By.PROVINCE, 3_510_000, 3_800_000),
    ("TTLDTT", COLLECTIVE, By.COMMUNE, 1_880_000, 2_030_000),
    ("XTB", COLLECTIVE, By.PROVINCE, 4_680_000, 5_060_000),
    ("TVH", COLLECTIVE, By.COMMUNE, 3_510_000, 3_800_000),
    ("COCP", COLLECTIVE, By.PM, 28_080_000, 30_360_000),
    ("COT", COLLECTIVE, By.PROVINCE, 18_720_000, 20_240_000),
    ("BKTTg", PERSON, By.PM, 8_190_000, 8_860_000),
    ("BKTTg", COLLECTIVE, By.PM, 16_380_000, 17_710_000),
    ("BKT", PERSON, By.PROVINCE, 3_510_000, 3_800_000),
    ("BKT", COLLECTIVE, By.PROVINCE, 7_020_000, 7_590_000),
    ("GK", PERSON, By.DEPARTMENT, 710_000, 760_000),
    ("GK", COLLECTIVE, By.DEPARTMENT, 1_410_000, 1_520_000),
    ("GK", HOUSEHOLD, By.DEPARTMENT, 1_060_000, 1_140_000),
])  # fmt: skip
def test_the_table(award, recipient, by, old, new):
    sums = [award_money(award, recipient=recipient, by=by, on=day).amount for day in (OLD, NEW)]

    assert sums == [old, new]


@pytest.mark.parametrize(
    ("recipient", "sums"),
    [(PERSON, [360_000, 710_000]), (COLLECTIVE, [710_000, 1_410_000]), (HOUSEHOLD, [530_000, 1_060_000])],
)
def test_giay_khen_of_a_commune_has_two_readings_and_no_amount(recipient, sums):
    money = award_money("GK", recipient=recipient, by=By.COMMUNE, on=OLD)

    assert ([one.amount for one in money.sums], money.amount, money.is_confirmed) == (sums, None, False)


def test_the_command_shows_the_arithmetic(capsys):
    call_command("award_money", "GK", "--recipient", "person", "--by", "commune", "--on", "2026-07-01")

    printed = json.loads(capsys.readouterr().out)
    assert printed["sums"] == [
        {"amount": 380_000, "arithmetic": "0,15 × 2.530.000 = 379.500 đồng, làm tròn lên 380.000 đồng"},
        {"amount": 760_000, "arithmetic": "0,3 × 2.530.000 = 759.000 đồng, làm tròn lên 760.000 đồng"},
    ]
    assert (printed["amount"], printed["note"]) == (None, "cần xác nhận")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            "GK --recipient person --by commune --on 2024-06-30",
            "Mức lương cơ sở trước ngày 01/07/2024 chưa được kiểm chứng trong chương trình, nên không tính tiền thưởng"
            " cho quyết định ngày 30/06/2024.",
        ),
        (
            "XX --recipient person --by commune --on 2026-07-01",
            "Không có danh hiệu, hình thức khen thưởng nào mang mã «XX».",
        ),
        ("LDTT --recipient collective --by commune --on 2026-07-01", "LDTT không dành cho tập thể."),
        ("LDTT --recipient household --by commune --on 2026-07-01", "LDTT không dành cho hộ gia đình."),
        (
            "BKT --recipient person --by commune --on 2026-07-01",
            "Chủ tịch Ủy ban nhân dân cấp xã không quyết định BKT.",
        ),
        ("LDTT --recipient person --by commune --on 1/7/2026", "«1/7/2026» không phải là ngày. Ghi dạng 2026-11-22."),
    ],
    ids=lambda value: value[:24],
)
def test_what_cannot_be_computed_is_refused_with_the_reason(capsys, arguments, sentence):
    with pytest.raises(SystemExit):
        call_command("award_money", *arguments.split())

    assert capsys.readouterr().err.strip() == sentence


@pytest.mark.parametrize(("exact", "rounded"), [("700000", 700_000), ("700000.5", 710_000), ("1", 10_000), ("0", 0)])
def test_sums_are_rounded_up_to_ten_thousand(exact, rounded):
    assert rounded_up(Fraction(exact)) == rounded
