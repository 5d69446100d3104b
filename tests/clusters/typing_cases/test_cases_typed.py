"""Cases with what must come of them, typed into the pages by the people whose figures they are.

Nothing is written past a page: criteria through the editor's forms, members and timetable through the season's,
targets, cells and proofs through the sheets', days of receipt through theirs. What the ranking's page, the table of
points and the frozen file say is compared with ``expected`` to the last digit.
"""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest

from clusters.interchange import read_scoring
from clusters.models import Ballot, Step
from clusters.ranking.ballots import field_of
from clusters.standing import scheme_of
from clusters.states import Stage
from tests.clusters.typing_cases.criteria_typed import in_order, type_criteria
from tests.clusters.typing_cases.desk import Case, Desk, read_case
from tests.clusters.typing_cases.pages_read import frozen_outcome, points_on_page, ranks_on_page, votes_on_page
from tests.clusters.typing_cases.scores_typed import (
    type_case,
    type_own_sheets,
    type_receipts,
    type_review,
    type_season,
    type_targets,
)
from tests.plans.files import SHARED

pytestmark = pytest.mark.django_db

OURS = sorted((Path(__file__).parent / "cases").glob("*.json"))
SHARED_CASES = sorted((SHARED / "cases").glob("scoring_*.json")) if (SHARED / "cases").is_dir() else []


def test_there_are_cases_of_our_own():
    assert [path.stem for path in OURS] == ["every_kind", "guideline"]


@pytest.mark.parametrize("path", [*OURS, *SHARED_CASES], ids=lambda path: path.stem)
def test_a_case_typed_into_the_pages_agrees_to_the_last_digit(path: Path):
    desk = Desk(read_case(path))
    type_criteria(desk)
    assert in_order(scheme_of(desk.set)) == in_order(read_scoring(path.read_text(encoding="utf-8")).scheme)

    type_case(desk)

    expected = desk.case["expected"]
    assert ranks_on_page(desk) == {one["name"]: (one["rank"], one["total"]) for one in expected["units"]}
    assert points_on_page(desk) == {one["name"]: one["points"] for one in expected["units"]}
    assert votes_on_page(desk) == expected["vote_needed"]
    frozen = frozen_outcome(desk, keeps_ties=bool(expected["vote_needed"]))
    assert {name: frozen["outcome"][name] for name in expected} == expected
    assert ranks_on_page(desk) == {one["name"]: (one["rank"], one["total"]) for one in expected["units"]}


# -- What a case does not have of itself -------------------------------------------------------


def of_ours(name: str) -> Case:
    return read_case(next(path for path in OURS if path.stem == name))


def test_lateness_typed_into_the_rows_with_its_reason_counts_as_what_the_receipts_say():
    desk = Desk(of_ours("guideline"))
    type_criteria(desk)
    type_season(desk)
    Step.objects.filter(season=desk.season_pk).delete()
    type_targets(desk)
    type_own_sheets(desk)

    type_review(desk)

    expected = desk.case["expected"]["units"]
    assert ranks_on_page(desk) == {one["name"]: (one["rank"], one["total"]) for one in expected}


def test_each_of_two_criteria_of_lateness_has_its_own_days():
    case = deepcopy(TIED)
    late = {"max": 10, "kind": "penalty", "late": [{"days": 5, "points": 2}]}
    case["criteria"] += [{"code": "2", **late}, {"code": "3", **late, "returned_each": 1}]
    case["units"][0]["figures"] |= {"2": {"late_days": 5}, "3": {"late_days": 4, "returned": 1}}
    case["units"][1]["figures"] |= {"3": {"late_days": 6, "returned": 2}}
    desk = Desk(case)
    type_criteria(desk)

    type_case(desk)

    assert points_on_page(desk)["Xã Một"] == {"1": "7.00", "2": "-2.00", "3": "-1.00"}
    assert points_on_page(desk)["Xã Hai"] == {"1": "9.00", "2": "0.00", "3": "-4.00"}


def test_a_waived_paper_and_one_that_has_not_come_are_told_apart():
    """A waiver takes the five points back; of whom nothing is recorded the paper is late until today."""
    case = of_ours("guideline")
    desk = Desk(case)
    type_criteria(desk)
    type_season(desk)
    type_targets(desk)
    type_own_sheets(desk)
    type_receipts(desk, but="Xã Tây Khê")
    step = Step.objects.get(season=desk.season_pk)
    said = {"reason": "Bão số 10, mất điện diện rộng", "number": "45/UBND-VX", "date": f"20/12/{desk.year - 1}"}
    desk.post("receipt_waive", desk.season_pk, desk.member("Xã Đông Khê").pk, step.pk, **said)

    type_review(desk)

    assert points_on_page(desk)["Xã Đông Khê"]["V"] == "-5.00"
    assert points_on_page(desk)["Xã Tây Khê"]["V"] == "-20.00"
    assert ranks_on_page(desk)["Xã Đông Khê"] == (1, "84.70")
    assert ranks_on_page(desk)["Xã Tây Khê"] == (2, "83.58")


TIED: Case = {
    "schema": "tdkt-scoring/1",
    "name": "Cụm thi đua số 1",
    "year": 2025,
    "tie_break": ["1"],
    "criteria": [{"code": "1", "title": "Tin bài", "max": 10, "kind": "count", "points_each": 1}],
    "units": [
        {"name": name, "figures": {"1": {"actual": actual}}}
        for name, actual in (("Xã Một", 7), ("Xã Hai", 9), ("Xã Ba", 7), ("Xã Bốn", 3))
    ],
}


def test_a_vote_entered_on_its_page_parts_those_who_share_a_rank():
    desk = Desk(deepcopy(TIED))
    type_criteria(desk)
    type_case(desk)
    assert votes_on_page(desk) == [2]
    one, other = desk.member("Xã Một"), desk.member("Xã Ba")

    desk.post(
        "tie_ballot",
        desk.season_pk,
        one.pk,
        held_on=f"20/12/{desk.year}",
        voters=5,
        issued=5,
        collected=5,
        valid=5,
        **{field_of(one.pk): 2, field_of(other.pk): 3},
    )

    assert Ballot.objects.filter(season=desk.season_pk).count() == 1
    assert votes_on_page(desk) == []
    assert ranks_on_page(desk) == {
        "Xã Hai": (1, "9.00"),
        "Xã Ba": (2, "7.00"),
        "Xã Một": (3, "7.00"),
        "Xã Bốn": (4, "3.00"),
    }
    frozen = frozen_outcome(desk, keeps_ties=False)
    assert [one["rank"] for one in frozen["outcome"]["units"]] == [2, 1, 2, 4]
    assert [one["rank"] for one in frozen["units"]] == [3, 1, 2, 4]


@pytest.mark.parametrize("text", ["-3", "-0,5"])
def test_a_negative_figure_is_refused_at_its_cell(text):
    desk = Desk(deepcopy(TIED))
    type_criteria(desk)
    type_season(desk)
    cell = desk.cell("Xã Một", "1", text)

    answer = desk.send(desk.speaker("Xã Một"), Stage.SELF, [cell])

    told = "Số thực hiện không được âm."
    assert (answer["saved"], answer["clashes"]) == ([], [])
    assert answer["refused"] == [{"key": cell["key"], "field": "value", "message": told}]
