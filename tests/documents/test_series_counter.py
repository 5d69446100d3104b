"""Numbers of papers that the program counts: without gap or double, however papers come in and fail."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.transaction import TransactionManagementError

from documents import series
from documents.models import NumberSeries
from documents.series import CounterTooLow, NumberTaken, SuspiciousJump, WrongMode
from tests.documents.series_rows import KH, Mode, entries, issue, last_number, own, paper, register, undone
from tests.factories import IssuerFactory, UserFactory
from units.models import Issuer, User


@pytest.fixture
def issuer(db) -> Issuer:
    return IssuerFactory()


@pytest.fixture
def an(db) -> User:
    return UserFactory()


# -- Numbers of our own -------------------------------------------------------------------


def test_the_counter_gives_one_number_after_the_other(issuer, an):
    own(issuer)

    assert [issue(issuer, actor=an) for _ in range(11)] == [
        "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11",
    ]  # fmt: skip
    assert entries()[:3] == [
        ("documents.series.opened", {"mode": [None, "Theo sổ của văn thư"]}),
        ("documents.series.mode", {"mode": ["Theo sổ của văn thư", "Chương trình cấp số"]}),
        ("documents.number.given", {"number": [None, "01/KH-UBND"], "last_number": [0, 1]}),
    ]
    assert len(entries()) == 13


def test_a_paper_that_could_not_be_made_gives_its_number_back(issuer):
    own(issuer)
    issue(issuer)

    assert undone(lambda: series.next_number(issuer=issuer, symbol=KH, year=2026, actor=None)) == "02"

    assert last_number(issuer) == 1
    assert issue(issuer) == "02"


def test_a_number_is_only_taken_inside_the_transaction_of_its_paper(issuer, monkeypatch):
    own(issuer)

    with monkeypatch.context() as outside:
        outside.setattr(connection, "in_atomic_block", False)
        with pytest.raises(TransactionManagementError):
            series.next_number(issuer=issuer, symbol=KH, year=2026, actor=None)

    assert last_number(issuer) == 0


def test_each_year_begins_at_one_in_the_way_of_the_year_before(issuer):
    own(issuer)
    issue(issuer)

    assert issue(issuer, year=2027) == "01"
    assert issue(issuer) == "02"


def test_the_counter_does_not_run_where_the_register_counts(issuer):
    with pytest.raises(WrongMode, match="^Số của sổ «KH-UBND 2026» do văn thư cấp"):
        issue(issuer)


def test_loaded_papers_move_the_counter_on_but_never_back(issuer, an):
    own(issuer)
    issue(issuer)

    def load(number: str) -> int:
        paper(issuer, series.note_existing(issuer=issuer, symbol=KH, year=2026, number=number, actor=an))
        return last_number(issuer)

    assert [load(number) for number in ("30", "12", "30a", "5")] == [30, 30, 30, 30]
    assert issue(issuer) == "31"
    assert entries()[-2] == ("documents.number.noted", {"number": [None, "5/KH-UBND"]})


def test_a_loaded_paper_must_not_bear_a_number_that_is_taken_nor_jump_unasked(issuer):
    own(issuer)
    issue(issuer)
    way = {"issuer": issuer, "symbol": KH, "year": 2026, "actor": None}

    with pytest.raises(NumberTaken):
        series.note_existing(**way, number="1")
    with pytest.raises(SuspiciousJump):
        series.note_existing(**way, number="2700")

    assert last_number(issuer) == 1
    assert series.note_existing(**way, number="2700", is_confirmed=True) == "2700"


def test_the_counter_steps_over_numbers_that_papers_bear(issuer):
    own(issuer)
    for number in ("1", "02", "4a"):
        paper(issuer, number)

    assert [issue(issuer), issue(issuer)] == ["03", "04"]


# -- The series itself --------------------------------------------------------------------


def test_a_series_taken_over_in_mid_year_goes_on_where_the_register_stood(issuer):
    register(issuer, "45")
    own(issuer)

    assert issue(issuer) == "46"


def test_choosing_the_same_way_again_writes_nothing(issuer):
    own(issuer)
    before = entries()

    own(issuer)

    assert entries() == before


def test_a_counter_is_set_above_the_papers_and_told(issuer, an):
    own(issuer)
    way = {"issuer": issuer, "symbol": KH, "year": 2026, "actor": an}
    series.go_on_after(**way, last_number=45)
    assert issue(issuer) == "46"
    series.note_existing(**way, number="146")  # noted, then given up: no paper bears it

    series.go_on_after(**way, last_number=46)

    assert issue(issuer) == "47"
    with pytest.raises(CounterTooLow, match="đã có văn bản mang số 47"):
        series.go_on_after(**way, last_number=46)
    assert entries()[-2] == ("documents.series.counter", {"last_number": [146, 46]})


def test_a_series_is_set_up_by_one_act_or_not_at_all(issuer, an):
    paper(issuer, "27")
    way = {"issuer": issuer, "symbol": KH, "year": 2026, "mode": Mode.OWN, "actor": an}

    with pytest.raises(CounterTooLow):
        series.set_up(**way, last_number=12)
    assert (NumberSeries.objects.count(), entries()) == (0, [])

    kept = series.set_up(**way, last_number=30)

    assert (kept.mode, kept.last_number, series.coming_number(kept, KH)) == (Mode.OWN, 30, "31")


def test_a_series_is_read_as_it_would_open_without_being_opened(issuer):
    own(issuer, year=2025)
    paper(issuer, "07")

    looked_at = series.series_for(issuer, KH, 2026)

    assert (looked_at.pk, looked_at.mode, looked_at.last_number) == (None, Mode.OWN, 7)
    assert series.coming_number(looked_at, KH) == "08"
    assert [row.year for row in NumberSeries.objects.all()] == [2025]
