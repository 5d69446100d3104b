"""Numbers of papers: what is one, and those typed in from the register."""

from __future__ import annotations

import pytest

from core import audit
from core.models import AuditEntry
from documents import series
from documents.models import IssuedPaper, NumberSeries
from documents.series import NumberTaken, SuspiciousJump, UnfitNumber, WrongMode
from tests.documents.series_rows import KH, QD, entries, last_number, own, paper, register, undone
from tests.factories import IssuerFactory, UserFactory
from units.models import Issuer, User


@pytest.fixture
def issuer(db) -> Issuer:
    return IssuerFactory()


@pytest.fixture
def an(db) -> User:
    return UserFactory()


# -- What is a number ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("27", ("27", 27, "")),
        (" 27 ", ("27", 27, "")),
        ("07", ("07", 7, "")),
        ("007", ("007", 7, "")),
        ("27a", ("27a", 27, "a")),
        ("27 A", ("27A", 27, "A")),
        ("27đ", ("27đ", 27, "đ")),
        ("27bis", ("27bis", 27, "bis")),
        ("05-NQ", ("05-NQ", 5, "-NQ")),
        ("9999999", ("9999999", 9_999_999, "")),
    ],
)
def test_numbers_are_read_as_registers_write_them(typed, read):
    found = series.read_number(typed)

    assert (found.text, found.value, found.suffix) == read


@pytest.mark.parametrize(
    "typed", ["", " ", "a", "0", "00", "-7", "27/KH-UBND", "27, 28", "2.7", "27 tháng 3", "10000000"]
)
def test_what_is_no_number_is_told(issuer, typed):
    with pytest.raises(UnfitNumber, match="ví dụ 27 hoặc 27a"):
        register(issuer, typed)

    assert not NumberSeries.objects.exists()


# -- Numbers of the register --------------------------------------------------------------


def test_a_typed_number_is_taken_and_told_in_the_history(issuer, an):
    number = series.take_registered(issuer=issuer, symbol=KH, year=2026, number=" 27 ", actor=an)

    assert number == "27"
    assert entries() == [
        ("documents.series.opened", {"mode": [None, "Theo sổ của văn thư"]}),
        ("documents.number.registered", {"number": [None, "27/KH-UBND"], "last_number": [0, 27]}),
    ]
    assert [entry.actor for entry in AuditEntry.objects.all()] == [an, an]
    assert audit.first_broken_link(issuer.unit_id) is None


def test_gaps_are_normal_and_may_be_filled_later(issuer):
    for number in ("12", "45", "13", "27a", "27"):
        register(issuer, number)

    assert last_number(issuer) == 45


@pytest.mark.parametrize(("there", "typed"), [("27", "27"), ("27", "027"), ("07", "7"), ("007", "07"), ("27a", "27A")])
def test_a_number_is_taken_once_however_it_is_written(issuer, there, typed):
    register(issuer, there)

    with pytest.raises(NumberTaken) as refusal:
        register(issuer, typed)

    assert str(refusal.value) == (
        f"Số {typed}/KH-UBND năm 2026 đã ghi cho Kế hoạch «Công tác thi đua, khen thưởng» ngày 12/03/2026. "
        "Hãy xem lại số trên văn bản."
    )


def test_a_letter_makes_another_number(issuer):
    assert [register(issuer, number) for number in ("27", "27a", "27b")] == ["27", "27a", "27b"]
    assert last_number(issuer) == 27


def test_issuer_year_and_symbol_each_have_their_own_numbers(issuer):
    other = IssuerFactory(unit=issuer.unit)

    register(issuer, "27")
    register(issuer, "27", symbol=QD)
    register(issuer, "27", year=2027)
    register(other, "27")

    assert IssuedPaper.objects.filter(number="27").count() == 4
    assert NumberSeries.objects.count() == 4


def test_one_book_for_all_papers_is_one_series(issuer):
    Issuer.objects.filter(pk=issuer.pk).update(series="Văn bản hành chính")
    issuer.refresh_from_db()

    register(issuer, "27")
    register(issuer, "90", symbol=QD)
    register(issuer, "91")

    assert NumberSeries.objects.get().name == "Văn bản hành chính"
    assert last_number(issuer, "Văn bản hành chính") == 91


def test_a_jump_is_asked_and_taken_when_the_person_says_so(issuer):
    register(issuer, "27")
    register(issuer, str(27 + series.LARGEST_JUMP))

    with pytest.raises(SuspiciousJump) as question:
        register(issuer, "1270")

    assert str(question.value) == (
        "Số 1270 cao hơn hẳn các số đã có: số cao nhất đã ghi trong sổ «KH-UBND 2026» là 127. "
        "Hãy xem lại trên văn bản; nếu đúng thì xác nhận."
    )
    assert last_number(issuer) == 127
    assert register(issuer, "1270", is_confirmed=True) == "1270"
    assert last_number(issuer) == 1270


def test_the_first_number_is_asked_too(issuer):
    with pytest.raises(SuspiciousJump, match="sổ «KH-UBND 2026» chưa ghi số nào"):
        register(issuer, "350")


def test_a_series_opens_above_the_papers_that_are_there(issuer):
    for number in ("300", "27a", "12-VB.9"):
        paper(issuer, number)
    paper(issuer, "900", symbol=QD)
    paper(issuer, "900", year=2025)

    register(issuer, "350")

    assert last_number(issuer) == 350


def test_an_act_that_fails_leaves_no_number(issuer):
    undone(lambda: series.take_registered(issuer=issuer, symbol=KH, year=2026, number="27", actor=None))

    assert (NumberSeries.objects.count(), entries()) == (0, [])
    assert register(issuer, "27") == "27"


def test_numbers_are_not_typed_where_the_program_counts(issuer):
    own(issuer)

    with pytest.raises(WrongMode, match="^Số của sổ «KH-UBND 2026» do chương trình cấp"):
        register(issuer, "1")
