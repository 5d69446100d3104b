"""The demonstration's papers of the time of districts are papers that an office could have sent.

They are templates, so each is filled for several units and years before it is looked at. The
papers since July 2025 are templates of the plans themselves (``tests/plans/test_samples.py``).
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from string import Template
from typing import Any

import pytest

from documents.dates import PartialDate
from documents.rendering import render
from documents.times import read_time
from documents.tree import Paper
from plans import interchange
from plans.interchange import PlanData
from plans.paper import compose
from plans.samples import Cited
from tdkt.demo import texts
from tests.layout.content import content_findings
from tests.layout.pdf import check_pdf
from tests.layout.word import check_docx
from tests.plans.drafting import days_meant, misplaced_markers, open_ends, prose, strings, unexplained

LAYOUTS = {"commune_annual_2024": "quarters-3col", "district_annual_2024": "quarters-bullets"}


@dataclass(frozen=True)
class Case:
    """One unit on one day."""

    name: str
    kind: str
    commune: str
    day: PartialDate
    number: str = "12"


CASES = (
    Case("commune of 2024", "xã", "Đồng Nhuệ", PartialDate(2024, 1, 15)),
    Case("township of 2025", "thị trấn", "Mai Khê", PartialDate(2025, 1, 9), number="07"),
)
EACH = [pytest.param(paper, case, id=f"{paper}, {case.name}") for paper in LAYOUTS for case in CASES]


def words_for(case: Case) -> dict[str, str]:
    names = {"commune": case.commune, "kind": case.kind, "province": "Lam Giang", "district": "Thượng Lam"}
    return (
        names
        | {f"{name}_upper": value.upper() for name, value in names.items()}
        | Cited("08", PartialDate(case.day.year, 1, 6)).words("superior")
        | {
            "village": "thôn",
            "place": case.commune,
            "superior_office": "Phòng Nội vụ huyện Thượng Lam",
            "chairman": "Nông Đức Khiêm",
            "vice_chairman": "Trần Thị Thu Hằng",
            "cluster_number": "03",
        }
    )


@cache
def filled(paper: str, case: Case) -> PlanData:
    return texts.district_plan(paper, words_for(case), case.day.year or 0, number=case.number, date=case.day)


def as_file(paper: str, case: Case) -> dict[str, Any]:
    return interchange.write(filled(paper, case))


def composed(paper: str, case: Case) -> Paper:
    return compose(filled(paper, case))


def source(name: str) -> str:
    return (texts.FOLDER / f"{name}.json").read_text(encoding="utf-8")


# -- The files ----------------------------------------------------------------------------


def test_the_folder_holds_these_papers_and_the_names():
    assert sorted(path.stem for path in texts.FOLDER.glob("*.json")) == sorted([*LAYOUTS, "names"])


@pytest.mark.parametrize("name", [*LAYOUTS, "names"])
def test_a_file_is_nfc_and_indented_by_one(name):
    text = source(name)

    assert text == unicodedata.normalize("NFC", text)
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("paper", LAYOUTS)
def test_every_place_holder_is_well_formed_and_explained(paper):
    readme = (texts.FOLDER / "README.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"`(\w+)`", readme.partition("## Placeholders")[2].partition("## names.json")[0]))
    found = [Template(text) for text in strings(json.loads(source(paper)))]

    assert all(template.is_valid() for template in found)
    used = {name for template in found for name in template.get_identifiers()}
    assert used >= {"year", "number", "date"}
    assert used - explained == set()


def test_a_place_holder_that_is_not_filled_is_an_error():
    words = words_for(CASES[0])
    del words["chairman"]

    with pytest.raises(KeyError, match="chairman"):
        texts.district_plan("commune_annual_2024", words, 2024, number="12", date=CASES[0].day)


# -- The form -----------------------------------------------------------------------------


@pytest.mark.parametrize(("paper", "case"), EACH)
def test_it_is_in_order_ends_its_sentences_and_explains_its_abbreviations(paper, case):
    plan = as_file(paper, case)

    assert (misplaced_markers(plan), open_ends(plan), unexplained(plan)) == ([], [], {})
    assert prose(plan)[-1].endswith("./.")
    assert "\n".join(strings(plan)).count("./.") == 1


@pytest.mark.parametrize(("paper", "case"), EACH)
def test_the_preamble_cites_its_sources_and_then_says_what_follows(paper, case):
    *bases, announcement = filled(paper, case).preamble

    assert len(bases) >= 3
    assert all(text.startswith(("Căn cứ", "Thực hiện", "Theo")) for text in bases)
    assert [text[-1] for text in bases] == [*";" * (len(bases) - 1), "."]
    assert announcement.endswith(":")


@pytest.mark.parametrize(("paper", "case"), EACH)
def test_its_superior_is_a_district(paper, case):
    assert "huyện" in "\n".join(strings(as_file(paper, case)))


@pytest.mark.parametrize(("paper", "layout"), LAYOUTS.items())
def test_each_has_its_own_way_of_printing_tasks(paper, layout):
    assert [block["layout"] for block in json.loads(source(paper))["blocks"] if block["type"] == "tasks"] == [layout]


# -- Tasks --------------------------------------------------------------------------------


@pytest.mark.parametrize(("paper", "case"), EACH)
def test_tasks_are_numbered_and_due_when_their_words_say(paper, case):
    tasks = as_file(paper, case)["tasks"]
    read = [read_time(task["time_text"], case.day.year, quarter=task["quarter"]) for task in tasks]

    assert len(tasks) >= 14
    assert [task["no"] for task in tasks] == list(range(1, len(tasks) + 1))
    assert [reading.problem for reading in read] == [""] * len(tasks)
    assert [(task["start"], task["due"]) for task in tasks] == [days_meant(task, case.day.year) for task in tasks]


# -- The paper ----------------------------------------------------------------------------


@pytest.mark.parametrize(("paper", "case"), EACH)
def test_proofreading_finds_nothing(paper, case):
    assert content_findings(composed(paper, case)) == []


def test_proofreading_would_find_a_slip():
    words = words_for(CASES[0]) | {"superior_date": "9 tháng 01 năm 2024"}
    plan = texts.district_plan("commune_annual_2024", words, 2024, number="12", date=CASES[0].day)

    assert content_findings(compose(plan)) != []


@pytest.mark.parametrize(("paper", "case"), EACH)
def test_pdf_and_word_file_keep_the_layout(paper, case):
    tree = composed(paper, case)

    assert check_pdf(tree, render(tree, "pdf")) == []
    assert check_docx(tree, render(tree, "docx")) == []
