"""Time words to days: collections of expressions, sentences about what is doubtful, and what holds for any text."""

from __future__ import annotations

import csv
import json
import os
import time
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import holidays
import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # comes with celery and holidays, without types
from hypothesis import given
from hypothesis import strategies as st

from documents.times import TimeReading, as_json, read_time
from documents.times.lunar import solar_day

ROOT = Path(__file__).resolve().parents[2]
OWN = Path(__file__).with_name("time_expressions.tsv")
SHARED = (ROOT / os.environ.get("TDKT_SHARED", "../shared")).resolve() / "plans"
real_papers = pytest.mark.skipif(not SHARED.is_dir(), reason="the real plans (TDKT_SHARED) are not here")

ONE_DAY = timedelta(days=1)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _read_row(row: dict[str, str]) -> TimeReading:
    """The year of ``2026-2027 (năm học)`` is the first."""
    return read_time(
        row["expression"],
        int(row["plan_year"][:4]),
        issued=_day(row["issued"]),
        quarter=int(row["quarter"]) if row["quarter"] else None,
    )


def _recorded(row: dict[str, str]) -> TimeReading:
    dates = tuple(date.fromisoformat(day) for day in [*row["more"].replace(",", " ").split(), row["end"]] if day)
    return TimeReading(_day(row["start"]), _day(row["end"]), dates, row["ongoing"] == "1", row["recurrence"])


def _without_problem(reading: TimeReading) -> TimeReading:
    return replace(reading, problem="")


# --- the collections -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", _rows(OWN), ids=lambda row: f"{row['expression']}|{row['plan_year']}{row['quarter']}")
def test_own_expression_reads_as_recorded(row: dict[str, str]) -> None:
    reading = _read_row(row)

    assert _without_problem(reading) == _recorded(row)
    assert bool(reading.problem) == (row["problem"] == "1"), reading.problem


def test_own_collection_is_wide_enough() -> None:
    assert len(_rows(OWN)) >= 80


@real_papers
def test_expressions_of_real_papers_read_as_recorded() -> None:
    rows = _rows(SHARED / "time_expressions.tsv")
    wrong = {}

    for row in rows:
        reading, recorded = _read_row(row), _recorded(row)
        if recorded.start is None:  # a blank start is not compared
            recorded = replace(recorded, start=reading.start)
        if _without_problem(reading) != recorded or bool(reading.problem) != (row["problem"] == "1"):
            wrong[row["expression"]] = (reading, recorded)

    assert rows
    assert wrong == {}


@real_papers
def test_tasks_and_waves_of_real_plans_get_their_days() -> None:
    wrong: dict[tuple[str, str], object] = {}
    count = 0

    for path in sorted(SHARED.glob("*.json")):
        plan = json.loads(path.read_text(encoding="utf-8"))
        for task in plan["tasks"]:
            reading = read_time(task["time_text"], plan["year"], quarter=task["quarter"])
            found = (reading.start, reading.due, reading.ongoing)
            recorded = (_day(task["start"] or ""), _day(task["due"] or ""), task.get("ongoing", False))
            wrong |= {} if found == recorded else {(path.stem, task["content"]): (found, recorded)}
            count += 1
        for wave in plan.get("campaign", {}).get("waves", []):
            reading = read_time(wave["as_printed"], plan["year"])
            found = (reading.start, reading.due, bool(reading.problem))
            start, end = _day(wave["start"]), _day(wave["end"])
            assert end is not None
            recorded = (start, end, end.year < plan["year"])
            wrong |= {} if found == recorded else {(path.stem, wave["name"]): (found, recorded)}
            count += 1

    assert count > 0
    assert wrong == {}


# --- what is said ----------------------------------------------------------------------------------------------------

SENTENCES = {
    ("lúc nào tiện", 2026): "Chưa đọc được thời gian “lúc nào tiện”.",
    ("tháng 3, năm 20266", 2026): "Chưa đọc được phần “năm 20266”.",
    ("30/02/2026", 2026): "Ngày 30/02/2026 không có trên lịch.",
    ("29/02", 2026): "Ngày 29/02/2026 không có trên lịch.",
    ("ngày 32/5", 2026): "Không có ngày 32: một tháng có nhiều nhất 31 ngày.",
    ("Tháng 0", 2026): "Không có tháng 0: một năm chỉ có 12 tháng.",
    ("quý 6", 2026): "Không có quý 6: một năm chỉ có bốn quý.",
    ("12/25/2026", 2026): "Không có tháng 25: một năm chỉ có 12 tháng.",
    ("15/12/1026", 2026): "Năm 1026 không hợp lý.",
    ("tuần 7 tháng 5", 2026): "Một tháng chỉ có tuần thứ nhất đến tuần thứ năm.",
    ("năm học 2025-2027", 2026): "Năm học phải gồm hai năm liền nhau.",
    ("từ 20/6/2026 đến 10/6/2026", 2026): "Ngày kết thúc 10/06/2026 đứng trước ngày bắt đầu 20/06/2026.",
    ("sau ngày 15/6, trước ngày 10/6", 2026): "Ngày kết thúc 09/06/2026 đứng trước ngày bắt đầu 16/06/2026.",
    ("trước ngày 15", 2026): "Chưa rõ ngày 15 của tháng nào.",
    ("cuối quý", 2026): "Chưa rõ là quý nào.",
    ("đầu tháng", 2026): "Chưa rõ là tháng nào.",
    ("thứ Sáu", 2026): "Chưa rõ thứ trong tuần này thuộc tuần nào.",
    ("trong 10 ngày", 2026): "Chưa rõ thời hạn “trong 10 ngày” tính từ ngày nào.",
    ("từ 01/01/2025 đến 30/6/2025", 2026): "Thời gian này thuộc năm 2025, trước năm 2026 của kế hoạch.",
    ("trước ngày 15/12/2066", 2026): "Năm 2066 cách quá xa năm 2026 của kế hoạch.",
    ("từ 15/12/2026 đến 15/01", 2026): "Thời gian này sang năm khác mà chưa ghi rõ năm; đề nghị ghi đủ năm.",
    ("giữa năm", 2026): "Mốc đầu năm, giữa năm, cuối năm chỉ ước chừng; đề nghị ghi rõ tháng hoặc quý.",
    ("cuối năm", 2026): "Mốc đầu năm, giữa năm, cuối năm chỉ ước chừng; đề nghị ghi rõ tháng hoặc quý.",
    (
        "từ giữa năm đến cuối năm",
        2026,
    ): "Mốc đầu năm, giữa năm, cuối năm chỉ ước chừng; đề nghị ghi rõ tháng hoặc quý.",
    ("từ đầu năm đến cuối năm", 2026): "",
    ("đến cuối năm", 2026): "",
    ("khi nào xong thì thôi", 2026): "Chưa đọc được thời gian “khi nào xong thì thôi”.",
    ("họp khi rảnh", 2026): "Chưa đọc được thời gian “họp khi rảnh”.",
    ("khi có hướng dẫn của cấp trên", 2026): "",
    ("khi co huong dan", 2026): "",
    ("khi ranh", 2026): "Chưa đọc được thời gian “khi ranh”.",
    ("hè 2026", 2026): "Chưa đọc được thời gian “hè 2026”.",
    ("vụ mùa 2026, xong trước 30/11", 2026): "Chưa đọc được phần “vụ mùa 2026”.",
    ("học kỳ I năm học 2025-2026", 2026): "Mốc học kỳ, năm học do tỉnh quy định từng năm; đề nghị ghi rõ ngày.",
    ("tháng Giêng", 2026): "Tháng này được hiểu theo âm lịch; nếu là dương lịch, đề nghị ghi số tháng.",
    ("ngày 31 hằng tháng", 2026): "Có tháng không có ngày 31; nếu là ngày cuối tháng, đề nghị ghi rõ.",
    ("thứ Hai, ngày 19/6/2026", 2026): "Ngày 19/06/2026 là thứ Sáu, không khớp thứ đã ghi.",
    ("trước, trong và sau Tết", 2026): "“Trước, trong và sau” chưa nói rõ thời hạn; mới ghi được chính ngày đó.",
    ("Quý I", 1): "Năm 1 không hợp lý.",
}


@pytest.mark.parametrize(("expression", "year"), SENTENCES)
def test_what_cannot_be_read_or_is_doubtful_is_said_in_one_sentence(expression: str, year: int) -> None:
    assert read_time(expression, year).problem == SENTENCES[expression, year]


def test_time_outside_the_heading_is_read_and_reported() -> None:
    reading = read_time("Tháng 9", 2026, quarter=2)

    assert reading == TimeReading(
        date(2026, 9, 1),
        date(2026, 9, 30),
        (date(2026, 9, 30),),
        problem="Thời gian này không thuộc quý II/2026 của đề mục.",
    )


def test_long_text_is_quoted_short() -> None:
    problem = read_time("làm cho tốt " * 20, 2026).problem

    assert problem == "Chưa đọc được thời gian “" + ("làm cho tốt " * 20)[:80].rstrip() + "…”."


def test_text_far_too_long_for_a_cell_is_refused_at_once() -> None:
    reading = read_time("tháng 3, " * 1_000_000, 2026)

    assert reading.problem.startswith("Nội dung thời gian quá dài")
    assert _without_problem(reading) == TimeReading()


def test_heading_that_no_year_has_is_refused() -> None:
    assert read_time("", 2026, quarter=5) == TimeReading(problem="Không có quý 5: một năm chỉ có bốn quý.")


def test_json_has_iso_days() -> None:
    reading = read_time("trước ngày 10/6 và 10/12; tháng 3/4", 2026)

    assert as_json(reading) == {
        "start": None,
        "due": "2026-12-09",
        "dates": ["2026-06-09", "2026-12-09"],
        "ongoing": False,
        "recurrence": "",
        "problem": "Chưa đọc được phần “tháng 3/4”.",
    }
    assert as_json(TimeReading()) == {
        "start": None,
        "due": None,
        "dates": [],
        "ongoing": False,
        "recurrence": "",
        "problem": "",
    }


# --- what holds for any day and any text -----------------------------------------------------------------------------

days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
STYLES = (
    "{0:%d/%m/%Y}",
    "ngày {0.day}/{0.month}/{0.year}",
    "{0.day} / {0.month} / {0.year}",
    "{0:%d-%m-%Y}",
    "{0:%d.%m.%Y}",
    "{0:%d/%m/%y}",
    "{0:%Y-%m-%d}",
    "{0:%d/%m}",
    "ngày {0:%d} tháng {0.month} năm {0.year}",
    "{0.day} tháng {0.month}",
    "Ngày {0.day}, tháng {0.month}, năm {0.year}",
    "ngày{0.day}tháng{0.month}năm{0.year}",
)


@given(days, st.sampled_from(STYLES))
def test_a_day_in_any_style_reads_back(day: date, style: str) -> None:
    assert read_time(style.format(day), day.year) == TimeReading(day, day, (day,))


@given(days, st.sampled_from(STYLES))
def test_before_a_day_is_the_day_before_and_no_later_than_it_is_the_day(day: date, style: str) -> None:
    printed = style.format(day)

    assert read_time(f"trước {printed}", day.year).due == day - ONE_DAY
    assert read_time(f"chậm nhất {printed}", day.year).due == day
    assert read_time(f"trước 16h {printed}", day.year).due == day


@given(days, st.integers(0, 200))
def test_a_stretch_between_two_printed_days_reads_back(first: date, length: int) -> None:
    last = first + timedelta(days=length)

    reading = read_time(f"từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}", first.year)

    assert reading == TimeReading(first, last, (last,))


@given(days, st.integers(1, 60))
def test_days_counted_forth_and_back_meet(day: date, count: int) -> None:
    ahead = read_time(f"trong vòng {count} ngày kể từ ngày {day:%d/%m/%Y}", day.year).due
    assert ahead is not None

    back = read_time(f"{count} ngày trước ngày {ahead:%d/%m/%Y}", ahead.year).due

    assert ahead == day + timedelta(days=count)
    assert back == day


FRAGMENTS = (
    *("trước ngày", "ngày 15", "tháng", "quý", "năm", "15/12", "2026", "31", "29/2", "15/6/2026", "I", "II"),
    *("IV", "đến", "từ", "kể từ", "sau", "hằng", "định kỳ", "6 tháng", "đầu năm", "cuối", "tuần", "thứ hai"),
    *("và", ",", "-", ";", "(", ")", ".", "/", "hoặc", "đến hết", "chậm nhất", "05 ngày", "làm việc"),
    *("trong vòng", "Tết", "âm lịch", "mùng", "tháng chạp", "năm học", "2026-2027", "thường xuyên", "đột xuất"),
    *("khi", "trường hợp", "16h", "0h", ":", "00", "năm sau", "năm trước", "trở đi", "các", "một lần"),
    *("ban hành", "Kế hoạch này", "báo cáo", "hoàn thành", "của quý", "tháng cuối", "Quốc khánh", "9999", "0"),
    *("trước, trong và sau", "nửa đầu", "ngày cuối cùng của", "cả năm", "tháng 5", "quý II", "T3"),
    *("số 15/KH-UBND", "²", "½", "๓", "İ", "\u0301", "\n", "giai đoạn", "các năm tiếp theo", "%"),
)
texts = st.lists(st.sampled_from(FRAGMENTS), max_size=10).map(" ".join)
issues = st.none() | st.dates(date(2025, 6, 1), date(2027, 6, 1))
quarters = st.none() | st.integers(1, 4)


@given(st.text() | texts | texts.map(lambda text: text.replace(" ", "")), issues, quarters)
def test_any_text_gives_an_orderly_reading(text: str, issued: date | None, quarter: int | None) -> None:
    reading = read_time(text, 2026, issued=issued, quarter=quarter)

    assert list(reading.dates) == sorted(set(reading.dates))
    assert reading.due == (reading.dates[-1] if reading.dates else None)
    assert reading.start is None or reading.due is None or reading.start <= reading.due
    assert not reading.recurrence or (reading.start is not None and reading.due is not None)


@given(texts, issues, quarters)
def test_looks_that_mean_nothing_change_nothing(text: str, issued: date | None, quarter: int | None) -> None:
    def days_of(expression: str) -> TimeReading:
        reading = read_time(expression, 2026, issued=issued, quarter=quarter)
        return replace(reading, problem="said" if reading.problem else "")

    plain = days_of(text)

    assert days_of(unicodedata.normalize("NFD", text)) == plain
    assert days_of(text.replace(" ", "\u00a0")) == plain
    assert days_of(text.replace(" ", " \n ")) == plain
    assert days_of(text.replace("-", "–")) == plain


@pytest.mark.parametrize("row", _rows(OWN), ids=lambda row: f"{row['expression']}|{row['plan_year']}{row['quarter']}")
def test_capitals_and_decomposed_letters_read_the_same(row: dict[str, str]) -> None:
    plain = _without_problem(_read_row(row))

    capitals = _read_row(row | {"expression": row["expression"].upper()})
    decomposed = _read_row(row | {"expression": unicodedata.normalize("NFD", row["expression"])})

    assert [_without_problem(capitals), _without_problem(decomposed)] == [plain, plain]


RETURNING = [row for row in _rows(OWN) if "BYMONTHDAY" in row["recurrence"]]


@pytest.mark.parametrize("row", RETURNING, ids=lambda row: row["expression"])
def test_rule_of_returning_days_ends_on_the_due_day(row: dict[str, str]) -> None:
    reading = _read_row(row)
    assert reading.start is not None
    assert reading.due is not None
    start, end = (datetime.combine(day, datetime.min.time(), tzinfo=UTC) for day in (reading.start, reading.due))

    falls = rrulestr(reading.recurrence, dtstart=start).between(start, end, inc=True)

    assert falls[-1] == end
    assert (falls[0] == start) or "từ ngày" in row["expression"]


def test_lunar_new_year_and_the_kings_day_are_those_of_the_public_holidays() -> None:
    wrong = []

    for year in range(1990, 2100):
        public = holidays.country_holidays("VN", years=year, observed=False, language="vi")
        named = {name.removesuffix(" (dự kiến)"): day for day, name in public.items()}
        if named["Tết Nguyên Đán"] != solar_day(year, 1, 1):
            wrong.append(year)
        if named.get("Ngày Giỗ Tổ Hùng Vương", solar_day(year, 3, 10)) != solar_day(year, 3, 10):
            wrong.append(year)

    assert wrong == []


def test_a_thousand_cells_take_less_than_a_second() -> None:
    cells = [row["expression"] for row in _rows(OWN)]
    began = time.process_time()  # not the wall's: other work may share the processor

    for place in range(1000):
        read_time(cells[place % len(cells)], 2026)

    assert time.process_time() - began < 1
