"""A plan's file becomes rows and the rows become the same file: nothing lost, nothing invented."""

from __future__ import annotations

import json
import unicodedata

import pytest

from plans import interchange
from plans.paper import compose
from plans.selectors import plan_data
from tests.plans.conftest import paper_of
from tests.plans.files import every_plan, read_file


@pytest.mark.parametrize("name", every_plan())
def test_reading_then_writing_is_the_identity(name):
    data = read_file(name)

    assert interchange.write(interchange.read(data)) == data


@pytest.mark.parametrize("name", every_plan())
def test_loading_then_exporting_is_the_identity(load, name):
    plan = load(name)

    assert interchange.write(plan_data(plan)) == read_file(name)


@pytest.mark.parametrize("name", every_plan())
def test_the_paper_of_the_rows_is_the_paper_of_the_file(load, name):
    plan = load(name)

    assert paper_of(plan) == compose(interchange.read(read_file(name)))


def test_a_decomposed_file_is_kept_in_composed_letters(load):
    data = read_file("na_luong")
    decomposed = json.loads(unicodedata.normalize("NFD", json.dumps(data, ensure_ascii=False)))
    assert decomposed != data

    assert interchange.write(interchange.read(decomposed)) == data
