"""The Word file of every example keeps the layout, and no rule can be broken unnoticed."""

from __future__ import annotations

import io

import docx
import pytest

from tests.layout.papers import EXAMPLES
from tests.layout.rendered import docx_of
from tests.layout.word import check_docx
from tests.layout.word_mutations import WORD_MUTATIONS


@pytest.mark.parametrize("example", EXAMPLES)
def test_word_file_keeps_the_layout(example: str) -> None:
    assert check_docx(EXAMPLES[example](), docx_of(example)) == []


@pytest.mark.parametrize("name", WORD_MUTATIONS)
def test_broken_rule_is_noticed(name: str) -> None:
    breaks, change = WORD_MUTATIONS[name]
    document = docx.Document(io.BytesIO(docx_of("two_appendices")))
    changed = io.BytesIO()

    change(document)
    document.save(changed)
    failures = check_docx(EXAMPLES["two_appendices"](), changed.getvalue())

    assert {failure.check for failure in failures} == set(breaks.split())
