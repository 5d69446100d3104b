"""The demonstration's papers are papers that an office could send: in form, in words, on the page.

They are templates, so each is filled for several units and years before it is looked at.
"""

from __future__ import annotations

import calendar
import datetime as dt
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from string import Template
from typing import Any

import pytest

from documents.rendering import render
from documents.times import read_time
from documents.tree import Paper
from plans.paper import compose
from tdkt.demo import texts
from tests.layout.content import content_findings
from tests.layout.pdf import check_pdf
from tests.layout.word import check_docx
from tests.test_fixture_plans import QUARTERS, carries

PAPERS = (
    "cluster_plan",
    "closing_conference",
    "commune_annual",
    "commune_annual_2024",
    "commune_campaign",
    "council_programme",
    "district_annual_2024",
    "province_annual",
)
POOLS = ("legal", "names")
UNDER_A_DISTRICT = ("commune_annual_2024", "district_annual_2024")

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
POINTS = "abcdđeghiklmnopqrstuvxy"  # Decree 30: no f, j, w, z
ABBREVIATIONS = ("UBND", "HĐND", "MTTQ", "TĐKT", "THCS", "OCOP")
REFORM = dt.date(2025, 7, 1)


@dataclass(frozen=True)
class Case:
    """One unit on one day."""

    name: str
    kind: str
    commune: str
    day: dt.date
    number: str = "12"
    place: str = ""


BEFORE = (
    Case("commune of 2024", "xã", "Đồng Nhuệ", dt.date(2024, 1, 15)),
    Case("township of 2025", "thị trấn", "Mai Khê", dt.date(2025, 1, 9), number="07"),
)
SINCE = (
    Case("commune of 2026", "xã", "Mai Khê", dt.date(2026, 1, 15)),
    Case("ward of 2027", "phường", "Lam Thành", dt.date(2027, 3, 5), number="156"),
    Case("ward with a number, leap year", "phường", "3", dt.date(2028, 2, 29), number="", place="Phường 3"),
)


def cases(*chosen: int) -> list[Any]:
    """Every paper with each case of its time, or with the ``chosen`` ones."""
    return [
        pytest.param(paper, case, id=f"{paper}, {case.name}")
        for paper in PAPERS
        for number, case in enumerate(BEFORE if paper in UNDER_A_DISTRICT else SINCE)
        if not chosen or number in chosen
    ]


def words_for(case: Case) -> dict[str, str]:
    year, day = case.day.year, case.day
    earlier = texts.day_words(day - dt.timedelta(days=6))
    names = {"commune": case.commune, "kind": case.kind, "province": "Lam Giang", "district": "Thượng Lam"}
    signers = {"chairman": "Nông Đức Khiêm", "vice_chairman": "Trần Thị Thu Hằng"}
    papers = {"superior": "08", "resolution": "25", "plan": "07", "council": "31", "cluster": "03", "meeting": "01"}
    return (
        names
        | {f"{name}_upper": value.upper() for name, value in names.items()}
        | signers
        | {f"{name}_number": number for name, number in papers.items()}
        | {f"{name}_date": earlier for name in papers}
        | texts.legal_bases(day)
        | {
            "village": "tổ dân phố" if case.kind == "phường" else "thôn",
            "place": case.place or case.commune,
            "superior_office": "Phòng Nội vụ huyện Thượng Lam",
            "year": str(year),
            "last_year": str(year - 1),
            "next_year": str(year + 1),
            "number": case.number,
            "date": f"{day:%Y-%m-%d}",
            "date_words": texts.day_words(day),
            "cluster_decision": "215",
            "members": "xã Mai Khê, xã Minh Lãm, phường Lam Thành",
        }
    )


@cache
def filled(paper: str, case: Case) -> dict[str, Any]:
    return texts.plan_from(paper, words_for(case))


@cache
def composed(paper: str, case: Case) -> Paper:
    return compose(texts.read(filled(paper, case)))


def source(name: str) -> str:
    return (texts._FOLDER / f"{name}.json").read_text(encoding="utf-8")


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for entry in value:
            yield from strings(entry)
    elif isinstance(value, str):
        yield value


def prose(plan: dict[str, Any]) -> list[str]:
    """Preamble, blocks and closing, in the order of the paper."""
    blocks = [block["text"] for block in plan["blocks"] if "text" in block]
    return [*plan["preamble"], *blocks, *([plan["closing"]] if plan["closing"] else [])]


# -- The files ----------------------------------------------------------------------------


def test_the_folder_holds_these_papers_and_pools():
    assert sorted(path.stem for path in texts._FOLDER.glob("*.json")) == sorted([*PAPERS, *POOLS])


@pytest.mark.parametrize("name", [*PAPERS, *POOLS])
def test_a_file_is_nfc_and_indented_by_one(name):
    text = source(name)

    assert text == unicodedata.normalize("NFC", text)
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("paper", PAPERS)
def test_every_place_holder_is_well_formed_and_explained(paper):
    readme = (texts._FOLDER / "README.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"`(\w+)`", readme.partition("## Placeholders")[2].partition("## legal.json")[0]))
    found = [Template(text) for text in strings(json.loads(source(paper)))]

    assert all(template.is_valid() for template in found)
    used = {name for template in found for name in template.get_identifiers()}
    assert used >= {"year", "number", "date"}
    assert used - explained == set()


def test_a_place_holder_that_is_not_filled_is_an_error():
    words = words_for(SINCE[0])
    del words["chairman"]

    with pytest.raises(KeyError, match="chairman"):
        texts.plan_from("commune_annual", words)


def test_the_law_is_known_without_a_gap_since_2024():
    rows = json.loads(source("legal"))

    days = [(dt.date.fromisoformat(row["from"]), row["to"] and dt.date.fromisoformat(row["to"])) for row in rows]
    assert days[0][0] == dt.date(2024, 1, 1)
    assert days[-1][1] is None
    assert [first for first, _ in days[1:]] == [last + dt.timedelta(days=1) for _, last in days[:-1]]
    with pytest.raises(LookupError):
        texts.legal_bases(dt.date(2023, 12, 31))


# -- The form -----------------------------------------------------------------------------


@pytest.mark.parametrize(("paper", "case"), cases())
def test_headings_entries_and_points_are_numbered_without_gaps(paper, case):
    blocks = filled(paper, case)["blocks"]
    headings = [block["marker"] for block in blocks if block["type"] == "heading"]
    assert headings == [f"{number}." for number in ROMAN[: len(headings)]]
    assert len(headings) >= 3

    wanted, found = [], []
    entries = points = 0
    for block in blocks:
        if block["type"] == "heading":
            entries = points = 0
        elif block["type"] == "item":
            if block["marker"][0].isdigit():
                entries, points = entries + 1, 0
                wanted.append(f"{entries}.")
            else:
                points += 1
                wanted.append(f"{POINTS[points - 1]})")
            found.append(block["marker"])
    assert found == wanted


@pytest.mark.parametrize(("paper", "case"), cases())
def test_entries_end_as_sentences_unless_deeper_ones_follow(paper, case):
    blocks = filled(paper, case)["blocks"]

    open_ends = []
    for block, following in zip(blocks, [*blocks[1:], {"type": "end"}], strict=True):
        if block["type"] not in ("item", "paragraph"):
            continue
        deeper = following["type"] == "item" and following["marker"].endswith(")") > block.get("marker", "").endswith(
            ")"
        )
        is_title = block["type"] == "item" and (deeper or following["type"] in ("paragraph", "tasks"))
        if is_title == block["text"].endswith((".", "”", ":", ";")):
            open_ends.append(block["text"])
    assert open_ends == []


@pytest.mark.parametrize(("paper", "case"), cases())
def test_the_end_is_marked_once(paper, case):
    plan = filled(paper, case)

    assert prose(plan)[-1].endswith("./.")
    assert "\n".join(strings(plan)).count("./.") == 1


@pytest.mark.parametrize(("paper", "case"), cases())
def test_the_preamble_cites_its_sources_and_then_says_what_follows(paper, case):
    *bases, last, announcement = filled(paper, case)["preamble"]

    assert len(bases) >= 2
    assert all(text.startswith(("Căn cứ", "Thực hiện", "Theo")) for text in (*bases, last))
    assert all(text.endswith(";") for text in bases)
    assert last.endswith(".")
    assert announcement.endswith(":")


@pytest.mark.parametrize(("paper", "case"), cases())
def test_an_abbreviation_is_explained_where_it_first_stands(paper, case):
    text = re.sub(r"\S*/\S+", "", "\n".join(prose(filled(paper, case))))
    found = {name: text.find(name) for name in ABBREVIATIONS if name in text}

    assert "UBND" in found
    unexplained = {name: text[place - 30 : place + 10] for name, place in found.items() if text[place - 1] != "("}
    assert unexplained == {}


@pytest.mark.parametrize(("paper", "case"), cases())
def test_bodies_of_a_district_are_named_only_while_there_were_districts(paper, case):
    text = "\n".join(strings(filled(paper, case)))

    assert ("huyện" in text.casefold()) == (case.day < REFORM)


# -- Tasks --------------------------------------------------------------------------------

LIMIT = re.compile(r"(Trước ngày|Chậm nhất ngày) (\d{2})/(\d{1,2})/(\d{4})")
QUARTER = re.compile(r"Quý (I{1,3}|IV)/(\d{4})")
MONTHS = re.compile(r"Tháng (\d+)(?:-(\d+)|/(\d{4}) - (\d+))?/(\d{4})")


def days_of(task: dict[str, Any], year: int) -> tuple[str | None, str, int | None]:
    """Start, due and quarter that the time words mean."""
    words = task["time_text"]
    if not words:
        first, last = QUARTERS[task["quarter"]]
        return f"{year}-{first}", f"{year}-{last}", task["quarter"]
    if match := LIMIT.fullmatch(words):
        day = dt.date(int(match[4]), int(match[3]), int(match[2]))
        return None, str(day - dt.timedelta(days=match[1] == "Trước ngày")), None
    if match := QUARTER.fullmatch(words):
        quarter = ROMAN.index(match[1]) + 1
        first, last = QUARTERS[quarter]
        return f"{match[2]}-{first}", f"{match[2]}-{last}", quarter
    if match := MONTHS.fullmatch(words):
        first, last = int(match[1]), int(match[2] or match[4] or match[1])
        begins, ends = int(match[3] or match[5]), int(match[5])
        return f"{begins}-{first:02d}-01", f"{ends}-{last:02d}-{calendar.monthrange(ends, last)[1]}", None
    assert words.startswith("Thường xuyên"), words
    return f"{year}-01-01", f"{year}-12-31", None


@pytest.mark.parametrize(("paper", "case"), cases())
def test_tasks_are_numbered_and_due_when_their_words_say(paper, case):
    tasks = filled(paper, case)["tasks"]
    assert bool(tasks) == (paper != "commune_campaign")

    found = [(task["start"], task["due"], task["quarter"]) for task in tasks]

    assert [task["no"] for task in tasks] == list(range(1, len(tasks) + 1))
    assert found == [days_of(task, case.day.year) for task in tasks]
    assert [bool(task.get("ongoing")) for task in tasks] == [
        task["time_text"].startswith("Thường xuyên") for task in tasks
    ]


@pytest.mark.parametrize(("paper", "case"), cases())
def test_the_program_reads_the_same_days_from_the_words(paper, case):
    tasks = filled(paper, case)["tasks"]

    read = [read_time(task["time_text"], case.day.year, issued=case.day, quarter=task["quarter"]) for task in tasks]

    assert [reading.problem for reading in read] == [""] * len(tasks)
    assert [(reading.start and str(reading.start), str(reading.due), reading.ongoing) for reading in read] == [
        (task["start"], task["due"], bool(task.get("ongoing"))) for task in tasks
    ]


def test_each_of_the_printed_layouts_is_there():
    layouts = {}
    for paper in PAPERS:
        plan = json.loads(source(paper))
        blocks = [block for block in plan["blocks"] if block["type"] == "tasks"]
        layouts[paper] = [block["layout"] for block in (*blocks, *([plan["appendix"]] if plan["appendix"] else []))]

    assert layouts == {
        "cluster_plan": ["columns-6"],
        "closing_conference": ["columns-5"],
        "commune_annual": ["columns-5"],
        "commune_annual_2024": ["quarters-3col"],
        "commune_campaign": [],
        "council_programme": ["columns-5"],
        "district_annual_2024": ["quarters-bullets"],
        "province_annual": ["columns-6"],
    }


@pytest.mark.parametrize("case", SINCE, ids=lambda case: case.name)
def test_the_campaign_says_every_target_and_every_movement_in_its_text(case):
    plan = filled("commune_campaign", case)
    campaign, text = plan["campaign"], "\n".join(prose(plan))
    said = [campaign["theme"], *campaign["thematic"], *(wave["as_printed"] for wave in campaign["waves"])]

    lost = [target for target in campaign["targets"] if not any(carries(entry, target) for entry in prose(plan))]

    assert (len(campaign["targets"]), len(campaign["waves"]), len(campaign["thematic"])) == (25, 2, 11)
    assert lost == []
    assert [words for words in said if words not in text] == []


# -- The paper ----------------------------------------------------------------------------


@pytest.mark.parametrize(("paper", "case"), cases())
def test_proofreading_finds_nothing(paper, case):
    assert content_findings(composed(paper, case)) == []


def test_proofreading_would_find_a_slip():
    words = words_for(SINCE[0]) | {"superior_date": "9 tháng 01 năm 2026"}

    assert content_findings(compose(texts.read(texts.plan_from("commune_annual", words)))) != []


@pytest.mark.parametrize(("paper", "case"), cases(0, 2))
def test_the_pdf_keeps_the_layout(paper, case):
    assert check_pdf(composed(paper, case), render(composed(paper, case), "pdf")) == []


@pytest.mark.parametrize(("paper", "case"), cases(1))
def test_the_word_file_keeps_the_layout(paper, case):
    assert check_docx(composed(paper, case), render(composed(paper, case), "docx")) == []
