"""The Word file of every example keeps the layout, and no rule can be broken unnoticed."""

from __future__ import annotations

import io

import docx
import pytest

from tests.layout.papers import EXAMPLES
from tests.layout.rendered import docx_of
from tests.layout.word import check_docx
from tests.layout.word_mutations import DECISION_MUTATIONS, LETTER_MUTATIONS, WORD_MUTATIONS, Change


@pytest.mark.parametrize("example", EXAMPLES)
def test_word_file_keeps_the_layout(example: str) -> None:
    assert check_docx(EXAMPLES[example](), docx_of(example)) == []


@pytest.mark.parametrize("name", WORD_MUTATIONS)
def test_broken_rule_is_noticed(name: str) -> None:
    breaks, change = WORD_MUTATIONS[name]

    assert checks_failed_by("two_appendices", change) == set(breaks.split())


@pytest.mark.parametrize("name", DECISION_MUTATIONS)
def test_broken_rule_of_a_decision_is_noticed(name: str) -> None:
    breaks, change = DECISION_MUTATIONS[name]

    assert checks_failed_by("decision", change) == set(breaks.split())


@pytest.mark.parametrize("name", LETTER_MUTATIONS)
def test_broken_rule_of_a_letter_is_noticed(name: str) -> None:
    breaks, change = LETTER_MUTATIONS[name]

    assert checks_failed_by("letter", change) == set(breaks.split())


def checks_failed_by(example: str, change: Change) -> set[str]:
    document = docx.Document(io.BytesIO(docx_of(example)))
    changed = io.BytesIO()
    change(document)
    document.save(changed)
    return {failure.check for failure in check_docx(EXAMPLES[example](), changed.getvalue())}
