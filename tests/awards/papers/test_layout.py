"""The papers keep the layout of Decree 30, in PDF and Word, also where names are many and long."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest

from awards.papers.kinds import BY_SLUG
from awards.papers.packing import cover_paper
from awards.papers.printing import pages_of
from documents import tree
from documents.rendering import render
from documents.rendering.text import render_text
from tests.awards.papers.scene import LONG, a_scene
from tests.layout.content import content_findings
from tests.layout.pdf import check_pdf
from tests.layout.word import check_docx
from tests.layout.words import docx_words, pdf_words

pytestmark = pytest.mark.django_db
LARGE = 30
"""Teachers for each of two awards: every list goes over several pages."""
UNNUMBERED = {"C14", "C16", "E3", "F2"}
"""What is asked of a number, a day in the head or recipients says nothing of papers that have none."""


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC))


@pytest.fixture
def small():
    return a_scene()


@pytest.fixture
def large():
    return a_scene(LARGE, name="Đặng Thị Ngọc Ánh Tuyết Nhung", place=LONG)


def as_measured(paper: tree.Paper) -> tree.Paper:
    """The measures want number and day: what lacks them gets some."""
    header = paper.header
    symbol = header.symbol if header.is_numbered else "BC-HĐTĐKT"
    plain = tree.Header(
        header.issuer, header.superior, "05", symbol, header.place or "An Bình", header.date, header.about
    )
    has_number = " số " in "".join(one.reference for one in paper.appendices)
    now = (f"số {tree.BLANK_NUMBER}", "số 05") if has_number else (" ngày", f" số 05/{symbol} ngày")
    appendices = tuple(replace(one, reference=one.reference.replace(*now)) for one in paper.appendices)
    return replace(paper, header=plain, appendices=appendices)


@pytest.mark.parametrize("slug", BY_SLUG)
def test_papers_of_few_names_keep_the_layout(small, slug):
    paper = as_measured(small.printed(slug).to_print())

    assert check_pdf(paper, render(paper, "pdf")) == []
    assert check_docx(paper, render(paper, "docx")) == []


@pytest.mark.parametrize("slug", BY_SLUG)
def test_papers_of_many_long_names_keep_the_layout(large, slug):
    paper = as_measured(large.printed(slug).to_print())

    assert check_pdf(paper, render(paper, "pdf")) == []


@pytest.mark.parametrize("slug", BY_SLUG)
def test_drafted_words_are_those_of_the_decree(small, slug):
    paper = small.printed(slug).paper()

    assert [one for one in content_findings(paper) if one.check not in UNNUMBERED] == []


@pytest.mark.parametrize("slug", BY_SLUG)
def test_pdf_and_word_say_the_same_words(small, slug):
    paper = small.printed(slug).to_print()
    wanted = Counter(render_text(paper).split())

    assert Counter(docx_words(render(paper, "docx"))) == wanted
    assert Counter(pdf_words(render(paper, "pdf"), paper)) == wanted


def test_the_ballot_says_how_many_pages_it_has(large):
    paper = large.printed("phieu-bau").to_print()

    pages = pages_of(paper)
    assert pages > 2
    assert f"Phiếu có {pages:02} trang, 61 dòng./." in render_text(paper)


def test_the_ballot_names_no_voter_and_nobody_signs_it(small):
    said = render_text(small.printed("phieu-bau").to_print())

    voters = {seat.name for seat in small.sitting.seats.all()}
    assert len(voters) == 9
    assert [name for name in voters if name in said] == []
    assert "CHỦ TỊCH" not in said.replace("CỦA CHỦ TỊCH", "")


def test_the_cover_list_keeps_the_layout(small):
    said = [(f"{number:03}. Nguyễn Thị Hoa: Báo cáo thành tích", f"ho-so/{number:03}.pdf") for number in range(1, 80)]
    paper = as_measured(cover_paper(small.round, said))

    assert check_pdf(paper, render(paper, "pdf")) == []
