"""A scoring file becomes a season that comes to the same totals."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from clusters.interchange import UnfitScoring, read_scoring, write_outcome
from clusters.models import Assignment, CriteriaSet, Entry, Member, Receipt, Season
from clusters.running.loading import load_cluster
from clusters.scoring import score
from clusters.standing import read_season
from core.models import AuditEntry
from tests.factories import PartFactory

CASES = Path(os.environ.get("TDKT_SHARED", Path(__file__).resolve().parents[4] / "shared")) / "cases"
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not at hand (TDKT_SHARED)")
pytestmark = pytest.mark.django_db

ALL_KINDS: dict[str, Any] = {
    "schema": "tdkt-scoring/1",
    "name": "Khối thi đua các thôn",
    "year": 2026,
    "decimals": 3,
    "not_assigned": "separate",
    "surplus_cap": 2.5,
    "tie_break": ["II", "I.1"],
    "criteria": [
        {"code": "I", "title": "Kinh tế", "max": 47.5, "children": [
            {"code": "I.1", "title": "Thu", "max": 10, "kind": "ratio",
             "surplus": {"each_percent": 0.5, "cap_percent": 10}},
            {"code": "I.2", "title": "Hộ nghèo", "max": 7.5, "kind": "ratio", "better": "lower"},
            {"code": "I.3", "title": "Thu nhập", "max": 10, "kind": "ratio_leader"},
            {"code": "I.4", "title": "Rừng", "max": 10, "kind": "ratio_band", "low": 50, "high": 90.5},
            {"code": "I.5", "title": "Tin bài", "max": 10, "kind": "relative"},
        ]},
        {"code": "II", "title": "Thi đua", "max": 40, "children": [
            {"code": "II.1", "title": "Kế hoạch", "max": 5, "kind": "yes_no", "evidence": True},
            {"code": "II.2", "title": "Mô hình", "max": 5, "kind": "count", "points_each": 1.25},
            {"code": "II.3", "title": "Người lao động", "max": 10, "kind": "bands",
             "bands": [{"from": 70, "points": 10}, {"from": 30.5, "points": 2.5}]},
            {"code": "II.4", "title": "Xếp loại", "max": 10, "kind": "grades", "grades": {"A": 10, "B": 7.5}},
            {"code": "II.5", "title": "Chế độ họp", "max": 10, "kind": "manual", "starts_full": True},
        ]},
        {"code": "III", "title": "Thưởng", "max": 5, "kind": "bonus"},
        {"code": "IV", "title": "Trừ", "max": 20, "kind": "penalty", "late": [{"days": 3, "points": 1.5}],
         "late_each": 0.25, "grace": 1, "cutoff": 30, "returned_each": 2},
    ],
    "units": [
        {"name": "Thôn Đông", "figures": {
            "I.1": {"target": 12.5, "actual": 14.123456}, "I.2": {"target": 3, "actual": 2.4},
            "I.3": {"target": 50, "actual": 58}, "I.4": {"target": 10, "actual": 7}, "I.5": {"actual": 40},
            "II.1": {"actual": True, "evidence": True}, "II.2": {"actual": 3}, "II.3": {"actual": 72},
            "II.4": {"grade": "B"}, "II.5": {"deduction": 2.5}, "III": {"actual": 3},
            "IV": {"late_days": 4, "returned": 1}}},
        {"name": "Thôn Tây", "figures": {
            "I.1": {"target": 0, "actual": 5}, "I.2": {"not_assigned": True}, "I.3": {"target": 50, "actual": 70},
            "I.4": {"target": 10, "actual": 9.05, "points": 8.75}, "I.5": {"actual": 10},
            "II.1": {"actual": True}, "II.3": {"actual": 31}, "II.4": {"grade": "C"}, "IV": {"late_days": 31}}},
        {"name": "Thôn Nam", "excluded": True, "figures": {"I.5": {"actual": 400}, "II.5": {}}},
        {"name": "Thôn Bắc", "figures": {}},
    ],
}  # fmt: skip


def same_as_the_file(season: Season, text: str) -> None:
    data = read_scoring(text)
    standing = read_season(Season.objects.select_related("criteria", "cluster").get(pk=season.pk))
    names = {str(member.pk): member.name for member in standing.members}
    found = write_outcome(standing.scheme, standing.outcome())
    for unit in found["units"]:
        unit["name"] = names[unit["name"]]
    for problem in found["problems"]:
        problem["unit"] = names[problem["unit"]]
    assert found == write_outcome(data.scheme, score(data.scheme, data.units))
    assert standing.scheme == data.scheme


@needs_cases
@pytest.mark.parametrize("name", ["scoring_cluster", "scoring_ties"])
def test_a_case_comes_to_what_is_expected_of_it(name, capsys):
    text = (CASES / f"{name}.json").read_text(encoding="utf-8")

    call_command("load_cluster", str(CASES / f"{name}.json"))

    printed = json.loads(capsys.readouterr().out)
    season = Season.objects.select_related("criteria").get()
    assert printed == {"season": season.pk, "cluster": season.cluster_id, "set": season.criteria_id}
    same_as_the_file(season, text)
    standing = read_season(season)
    found = write_outcome(standing.scheme, standing.outcome())
    expected = json.loads(text)["expected"]
    assert [(unit["total"], unit["rank"], unit["points"]) for unit in found["units"]] == [
        (unit["total"], unit["rank"], unit["points"]) for unit in expected["units"]
    ]
    assert found["vote_needed"] == expected["vote_needed"]


def test_every_kind_and_field_comes_to_the_same(desk):
    text = json.dumps(ALL_KINDS)

    season = load_cluster(read_scoring(text), actor=None, unit=desk.communes[0])

    same_as_the_file(season, text)
    members = list(season.members.order_by("order").values_list("name", "part", "is_excluded"))
    assert members == [
        ("Thôn Đông", desk.villages[0].pk, False),
        ("Thôn Tây", desk.villages[1].pk, False),
        ("Thôn Nam", None, True),
        ("Thôn Bắc", None, False),
    ]
    assert (season.state, season.cluster.kind, season.cluster.unit) == ("scoring", "block", desk.communes[0])
    assert (season.criteria.state, season.criteria.decimals) == ("published", 3)
    assert set(Entry.objects.values_list("stage", flat=True)) == {"self"}
    assert list(Assignment.objects.filter(is_assigned=False).values_list("criterion__code", flat=True)) == ["I.2"]
    assert AuditEntry.objects.filter(code="clusters.season.loaded").count() == 1


def test_the_organiser_is_found_or_made_from_the_name():
    data = read_scoring(json.dumps(ALL_KINDS))

    first, second = (load_cluster(data, actor=None) for _ in range(2))

    assert first.cluster.unit == second.cluster.unit
    assert (str(first.cluster.unit), first.cluster.unit.is_verified) == ("Khối thi đua các thôn", False)
    assert [first.cluster.name, second.cluster.name] == ["Khối thi đua các thôn", "Khối thi đua các thôn (2)"]
    assert CriteriaSet.objects.count() == 2


def test_two_places_of_one_name_are_nobody_in_particular(desk):
    desk.communes[0].parts.create(name="Thôn Bắc", valid_from="2020-01-01")
    PartFactory(unit=desk.communes[0], name="Thôn Bắc")

    load_cluster(read_scoring(json.dumps(ALL_KINDS)), actor=None, unit=desk.communes[0])

    assert Member.objects.get(name="Thôn Bắc").part is None


@pytest.mark.parametrize(
    ("figure", "why"),
    [
        ({"actual": 0.1234567}, "nhiều hơn 6 chữ số thập phân"),
        ({"points": 0.12345}, "nhiều hơn 4 chữ số thập phân"),
        ({"actual": -1}, "không được âm"),
    ],
)
def test_what_rows_would_round_is_refused_and_nothing_stays(figure, why):
    units = [{"name": "Thôn Đông", "figures": {"II.5": figure}}]

    with pytest.raises(UnfitScoring, match=why):
        load_cluster(read_scoring(json.dumps(ALL_KINDS | {"units": units})), actor=None)
    assert not Season.objects.exists()


def test_a_name_that_stands_twice_is_refused():
    units = [{"name": "Thôn Đông"}, {"name": "Thôn Đông"}]

    with pytest.raises(UnfitScoring, match="«Thôn Đông» có hai lần"):
        load_cluster(read_scoring(json.dumps(ALL_KINDS | {"units": units})), actor=None)


def test_an_unknown_unit_is_said(tmp_path, capsys):
    path = tmp_path / "cum.json"
    path.write_text(json.dumps(ALL_KINDS), encoding="utf-8")

    with pytest.raises(SystemExit):
        call_command("load_cluster", str(path), unit="X9")
    assert capsys.readouterr().err == "Không có đơn vị nào mang mã X9.\n"


def test_several_late_papers_stay_several():
    """Six and eleven days are 1,5 each by the band from three days, not what seventeen would cost."""
    file = json.loads(json.dumps(ALL_KINDS))
    file["criteria"][3] = {
        "code": "IV", "title": "Trừ", "max": 20, "kind": "penalty", "late": [{"days": 3, "points": 1.5}],
        "late_each": 0.25, "grace": 1, "cutoff": 30, "returned_each": 2,
    }  # fmt: skip
    file["units"][0]["figures"]["IV"] = {"late_days": [6, 11, 0], "returned": 1}
    file["units"][1]["figures"]["IV"] = {"late_days": 31}
    text = json.dumps(file)

    season = load_cluster(read_scoring(text), actor=None)

    same_as_the_file(season, text)
    received = Receipt.objects.filter(step__season=season, member__name="Thôn Đông").order_by("step__order")
    assert [(row.received_on - row.step.due).days for row in received] == [6, 11, 0][: len(received)]


def test_several_late_papers_under_several_penalties_are_refused():
    file = json.loads(json.dumps(ALL_KINDS))
    file["criteria"].append({"code": "V", "title": "Trừ", "max": 5, "kind": "penalty", "late_each": 1})
    file["units"][0]["figures"]["IV"] = {"late_days": [6, 11]}

    with pytest.raises(UnfitScoring, match=r"nhiều tiêu chí trừ điểm chậm \(IV, V\)"):
        load_cluster(read_scoring(json.dumps(file)), actor=None)
