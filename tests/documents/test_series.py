"""Numbers of papers: typed in from the register, or counted here without gap or double."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from core import audit
from core.models import AuditEntry
from documents import series
from documents.models import IssuedPaper, NumberSeries
from documents.series import CounterTooLow, NumberTaken, SuspiciousJump, UnfitNumber, WrongMode
from tests.factories import IssuerFactory, UserFactory
from units.models import Issuer, User

Mode = NumberSeries.Mode
KH, QD = "KH-UBND", "QĐ-UBND"


@pytest.fixture
def issuer(db) -> Issuer:
    return IssuerFactory()


@pytest.fixture
def an(db) -> User:
    return UserFactory()


def paper(issuer: Issuer, number: str, *, symbol: str = KH, year: int = 2026) -> IssuedPaper:
    """Written past the services, as if it had always been there."""
    return IssuedPaper.objects.create(
        issuer=issuer,
        kind="Kế hoạch",
        number=number,
        symbol=symbol,
        date=dt.date(year, 3, 12),
        subject="Công tác thi đua, khen thưởng",
    )


def register(issuer: Issuer, number: str, *, symbol: str = KH, year: int = 2026, **how) -> str:
    """A paper as an officer puts it on record: the number, then the row."""
    taken = series.take_registered(issuer=issuer, symbol=symbol, year=year, number=number, actor=None, **how)
    paper(issuer, taken, symbol=symbol, year=year)
    return taken


def own(issuer: Issuer, *, symbol: str = KH, year: int = 2026) -> None:
    series.choose_mode(issuer=issuer, symbol=symbol, year=year, mode=Mode.OWN, actor=None)


def issue(issuer: Issuer, *, symbol: str = KH, year: int = 2026, actor=None) -> str:
    """A paper that gets its number here, in one transaction with its record."""
    with transaction.atomic():
        number = series.next_number(issuer=issuer, symbol=symbol, year=year, actor=actor)
        paper(issuer, number, symbol=symbol, year=year)
    return number


def undone(act: Callable[[], str]) -> str:
    """What ``act`` answered before the rest of its transaction failed."""
    with transaction.atomic():
        answer = act()
        transaction.set_rollback(True)
    return answer


def last_number(issuer: Issuer, name: str = KH, year: int = 2026) -> int:
    return NumberSeries.objects.get(issuer=issuer, name=name, year=year).last_number


def entries() -> list[tuple[str, dict]]:
    found = AuditEntry.objects.filter(subject_type="documents.numberseries").order_by("position")
    return [(entry.code, entry.changes) for entry in found]


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


# -- Several at once ----------------------------------------------------------------------


def at_once(count: int, act) -> tuple[list, list[Exception]]:
    """What ``act`` answers in so many threads, each with a connection of its own, and what it raised."""
    start, answers, errors = threading.Barrier(count), [], []

    def run() -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            answers.append(act())
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers, errors


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_fifty_papers_issued_at_once_get_fifty_numbers_in_a_row():
    issuer = IssuerFactory()
    own(issuer)

    numbers, errors = at_once(50, lambda: issue(issuer))

    assert errors == []
    assert sorted(map(int, numbers)) == list(range(1, 51))
    assert last_number(issuer) == 50
    assert audit.first_broken_link(issuer.unit_id) is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_papers_that_fail_among_others_leave_no_gap():
    issuer = IssuerFactory()
    own(issuer)
    turns = iter(range(20))

    def issue_or_fail() -> str:
        fails = next(turns) % 2
        with transaction.atomic():
            number = issue(issuer)
            if fails:
                raise ZeroDivisionError
        return number

    numbers, errors = at_once(20, issue_or_fail)

    assert [type(error) for error in errors] == [ZeroDivisionError] * 10
    assert sorted(map(int, numbers)) == list(range(1, 11))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_those_who_type_the_same_number_one_gets_it():
    issuer = IssuerFactory()

    def type_it() -> str:
        with transaction.atomic():
            return register(issuer, "27")

    numbers, errors = at_once(8, type_it)

    assert numbers == ["27"]
    assert [type(error) for error in errors] == [NumberTaken] * 7


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_acts_that_wrote_to_the_log_before_and_those_that_did_not_never_lock_each_other_out():
    issuer = IssuerFactory()
    own(issuer)
    own(issuer, symbol=QD)
    turns = iter(range(20))

    def act() -> str:
        turn = next(turns)
        first, second = (KH, QD) if turn % 2 else (QD, KH)
        with transaction.atomic():
            if turn % 3:
                audit.record("units.issuer.changed", issuer, actor=None, unit_id=issuer.unit_id)
            return issue(issuer, symbol=first) + issue(issuer, symbol=second)

    numbers, errors = at_once(20, act)

    assert errors == []
    assert sorted(numbers) == [f"{number:02d}" * 2 for number in range(1, 21)]
