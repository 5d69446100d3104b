from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from documents.rendering import render
from plans import interchange
from plans.models import Plan
from plans.paper import compose
from plans.selectors import any_plan, plan_data
from plans.services import create_plan
from tests.plans.files import read_file


@pytest.fixture
def load(db: None) -> Callable[[str], Plan]:
    """Load a plan by the name of its file."""
    return lambda name: any_plan(create_plan(interchange.read(read_file(name)), actor=None).pk)


@cache
def rendered(name: str, to: str) -> bytes:
    """A file's paper without a database, set once for all tests that look at it."""
    return render(compose(interchange.read(read_file(name))), to)


def paper_of(plan: Plan):
    found = any_plan(plan.pk)
    return compose(plan_data(found), found.issuer.lines)
