"""The layout of Decree 30/2020 holds on every plan; what its writer got wrong is reported, not repaired."""

from __future__ import annotations

import pytest

from plans import interchange
from plans.paper import compose
from tests.layout.pdf import check_pdf
from tests.layout.word import check_docx
from tests.plans.conftest import rendered
from tests.plans.files import every_plan, read_file


@pytest.mark.parametrize("name", every_plan())
def test_pdf_keeps_the_layout(name):
    paper = compose(interchange.read(read_file(name)))

    assert check_pdf(paper, rendered(name, "pdf")) == []


@pytest.mark.parametrize("name", every_plan())
def test_word_file_keeps_the_layout(name):
    paper = compose(interchange.read(read_file(name)))

    assert check_docx(paper, rendered(name, "docx")) == []
