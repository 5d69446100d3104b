"""A filled template as a file, as a draft, and as a paper that an office could send."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import pytest

from documents.dates import PartialDate
from documents.rendering import render
from documents.rendering.text import render_text
from plans import interchange
from plans.samples import Cited, SampleNames
from plans.selectors import any_plan, plan_data
from plans.services import create_plan
from tests.factories import UnitFactory
from tests.layout.content import content_findings
from tests.layout.pdf import check_pdf
from tests.layout.word import check_docx
from tests.layout.words import docx_words, pdf_words, text_words
from tests.plans.printed import added_by_rule, words, words_of_file
from tests.plans.sample_offices import CODES, COMMUNE, as_file, each, filled, first_office, paper_of


@cache
def rendered(code: str, names: SampleNames, to: str) -> bytes:
    return render(paper_of(code, names), to)


# -- Nothing is lost ----------------------------------------------------------------------


@pytest.mark.parametrize(("code", "names"), each())
def test_the_file_of_a_filled_template_reads_as_the_same_plan(code: str, names: SampleNames) -> None:
    plan = filled(code, names)

    assert interchange.read(json.loads(json.dumps(interchange.write(plan)))) == plan


@pytest.mark.django_db
@pytest.mark.parametrize("code", CODES)
def test_a_draft_of_the_template_gives_back_the_same_plan(code: str) -> None:
    plan = filled(code, first_office(code))
    unit = UnitFactory(province=True) if code == "province_annual" else UnitFactory()

    draft = create_plan(plan, actor=None, unit=unit)

    assert plan_data(any_plan(draft.pk)) == plan


@pytest.mark.parametrize("code", CODES)
def test_the_paper_adds_to_the_words_of_the_file_only_those_of_the_rule(code: str) -> None:
    plan = as_file(code, first_office(code))
    text = words(render_text(paper_of(code, first_office(code))))

    assert sorted(text) == sorted([*words_of_file(plan), *added_by_rule(plan).elements()])


# -- The paper ----------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "names"), each())
def test_proofreading_finds_nothing(code: str, names: SampleNames) -> None:
    assert content_findings(paper_of(code, names)) == []


def test_proofreading_would_find_a_slip() -> None:
    slip = replace(COMMUNE, superior_plan=Cited("08", PartialDate(2026, 1)), place="Vân Khê,ngày")

    assert content_findings(paper_of("commune_annual", slip)) != []


@pytest.mark.parametrize(("code", "names"), each())
def test_the_pdf_keeps_the_layout(code: str, names: SampleNames) -> None:
    assert check_pdf(paper_of(code, names), rendered(code, names, "pdf")) == []


@pytest.mark.parametrize(("code", "names"), each())
def test_the_word_file_keeps_the_layout(code: str, names: SampleNames) -> None:
    assert check_docx(paper_of(code, names), rendered(code, names, "docx")) == []


@pytest.mark.parametrize("code", CODES)
def test_pdf_and_word_file_say_the_words_of_the_text(code: str) -> None:
    names = first_office(code)
    said = text_words(rendered(code, names, "txt").decode())

    assert pdf_words(rendered(code, names, "pdf"), paper_of(code, names)) == said
    assert docx_words(rendered(code, names, "docx")) == said
