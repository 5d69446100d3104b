"""Precision and recall of the rules on the labelled plans, told at the end of every run of the tests.

Loaded by ``tests/conftest.py``: with several workers only the first conftest's hooks run where the report is printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

PROPERTY = "proofreading"


@dataclass(frozen=True)
class Score:
    """Of one rule: mistakes there are, findings made, findings that are such a mistake."""

    code: str
    labelled: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.labelled if self.labelled else 1.0


def scores(labels: Iterable[tuple[str, str, str]], findings: Iterable[tuple[str, str, str]]) -> list[Score]:
    """(plan, code, words) each; a label's words are the first words of its finding. Every label counts once."""
    wanted, made, right = Counter[str](), Counter[str](), Counter[str]()
    open_labels: dict[tuple[str, str], list[str]] = {}
    for plan, code, words in labels:
        wanted[code] += 1
        open_labels.setdefault((plan, code), []).append(words)
    for plan, code, words in findings:
        made[code] += 1
        left = open_labels.get((plan, code), [])
        match = next((label for label in left if " ".join(words.split()).startswith(" ".join(label.split()))), None)
        if match is not None:
            left.remove(match)
            right[code] += 1
    return [Score(code, wanted[code], made[code], right[code]) for code in sorted(wanted | made)]


def overall(rules: Sequence[Score]) -> Score:
    return Score("tất cả", *(sum(getattr(one, name) for one in rules) for name in ("labelled", "found", "right")))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for report in terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", []):
        for name, rows in getattr(report, "user_properties", ()):
            if name == PROPERTY:
                _print(terminalreporter, [Score(*row) for row in rows])


def _print(reporter: Any, rules: Sequence[Score]) -> None:
    reporter.section("Soát lỗi: độ chính xác và độ đầy đủ theo quy tắc")
    reporter.line(f"{'quy tắc':24}{'lỗi có':>8}{'báo':>6}{'đúng':>6}{'chính xác':>11}{'đầy đủ':>9}")
    for one in (*rules, overall(rules)):
        row = f"{one.code:24}{one.labelled:8}{one.found:6}{one.right:6}{one.precision:10.0%} {one.recall:8.0%}"
        reporter.line(row)


@pytest.fixture
def tell(record_property: Any) -> Any:
    """Have these scores printed when the tests are over."""
    return lambda rules: record_property(PROPERTY, [[one.code, one.labelled, one.found, one.right] for one in rules])
