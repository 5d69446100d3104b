"""The papers keep the layout of Decree 30, in PDF and Word, also where members and rows are many and names long."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest

from clusters.models import Cluster
from clusters.papers.kinds import SORTS, Kind
from clusters.papers.printing import printed, sheet_printed
from clusters.standing import read_season
from documents import tree
from documents.rendering import render
from documents.rendering.text import render_text
from tests.clusters.papers.scene import NAMES_14, a_scene, many_leaves, vote
from tests.layout.pdf import check_pdf
from tests.layout.word import check_docx
from tests.layout.words import docx_words, pdf_words

pytestmark = pytest.mark.django_db


def as_measured(paper: tree.Paper) -> tree.Paper:
    """The measures want number and day: what lacks them gets some."""
    header = paper.header
    symbol = header.symbol if header.is_numbered else "BC-CTĐ"
    place = header.place or "An Bình"
    plain = tree.Header(header.issuer, header.superior, "05", symbol, place, header.date)
    appendices = tuple(
        replace(one, reference=one.reference.replace(" ngày", f" số 05/{symbol} ngày")) for one in paper.appendices
    )
    return replace(paper, header=plain, appendices=appendices)


@pytest.fixture
def small():
    found = a_scene()
    vote(found)
    return found


@pytest.fixture
def large():
    found = a_scene(names=NAMES_14)
    many_leaves(found, 60)
    vote(found)
    return found


@pytest.mark.parametrize("kind", SORTS)
def test_papers_of_a_small_cluster_keep_the_layout(small, kind):
    paper = as_measured(printed(small.season, kind, None).paper())

    assert check_pdf(paper, render(paper, "pdf")) == []
    assert check_docx(paper, render(paper, "docx")) == []


@pytest.mark.parametrize("kind", [*SORTS])
def test_papers_of_a_large_cluster_keep_the_layout(large, kind):
    paper = as_measured(printed(large.season, kind, None).paper())

    assert check_pdf(paper, render(paper, "pdf")) == []


@pytest.mark.parametrize("kind", [Kind.PLEDGE, Kind.MEETING, Kind.COUNT, Kind.HANDOVER])
def test_what_several_sign_keeps_the_layout_without_number_or_day(small, large, kind):
    for found in (small, large):
        paper = printed(found.season, kind, None).paper()

        assert check_pdf(paper, render(paper, "pdf")) == []


def test_a_sheet_keeps_the_layout_and_repeats_its_head(large):
    paper = as_measured(sheet_printed(read_season(large.season), large.sheets[0], large.noivu))
    pdf = render(paper, "pdf")

    assert check_pdf(paper, pdf) == []
    assert check_docx(paper, render(paper, "docx")) == []


@pytest.mark.parametrize("kind", SORTS)
def test_pdf_and_word_say_the_same_words(small, kind):
    paper = printed(small.season, kind, None).paper()
    wanted = Counter(render_text(paper).split())

    assert Counter(docx_words(render(paper, "docx"))) == wanted
    assert Counter(pdf_words(render(paper, "pdf"), paper)) == wanted


def test_every_member_signs_the_pledge_once_the_head_last(large):
    paper = printed(large.season, Kind.PLEDGE, None).paper()

    assert [one.body for one in paper.signatories.each] == [f"UBND XÃ {name.upper()}" for name in NAMES_14[1:]]
    assert paper.signatories.columns == 3
    assert paper.signature == tree.Signature(
        ("TT. CỤM THI ĐUA SỐ 2", "TRƯỞNG CỤM"), "Nguyễn Thị Người 1", f"CHỦ TỊCH UBND XÃ {NAMES_14[0].upper()}"
    )


def test_minutes_have_no_place_and_day_in_their_head(small):
    paper = printed(small.season, Kind.COUNT, None).paper()

    assert (paper.header.number_line, paper.header.date_line) == ("Số:        /BB-CTĐ", "")
    assert "Thời gian bắt đầu: …………, ngày 28 tháng 12 năm 2026." in render_text(paper)


@pytest.mark.parametrize("kind", SORTS)
def test_a_block_speaks_of_itself_as_khoi(small, kind):
    Cluster.objects.update(kind="block", name="Khối thi đua các xã vùng cao")
    small.season.refresh_from_db()
    small.season.handed_to = small.members[1]

    said = render_text(printed(small.season, kind, None).paper())

    assert "cụm" not in said.replace("sinh hoạt cụm", "").lower()


def test_a_paper_without_a_day_leaves_room_for_it(small, time_machine):
    time_machine.move_to(dt.datetime(2026, 12, 3, tzinfo=dt.UTC))
    assert (
        printed(small.season, Kind.PROPOSAL, None).paper().header.date_line == "An Bình, ngày      tháng 12 năm 2026"
    )

    time_machine.move_to(dt.datetime(2029, 3, 1, tzinfo=dt.UTC))
    assert (
        printed(small.season, Kind.PROPOSAL, None).paper().header.date_line == "An Bình, ngày      tháng      năm 2026"
    )
