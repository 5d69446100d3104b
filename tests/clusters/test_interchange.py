"""``tdkt-scoring/1`` and the command: what does not fit is told with its place, notes are passed over."""

from __future__ import annotations

import json
from copy import deepcopy
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from clusters.interchange import UnfitScoring, read_rule, read_scoring
from clusters.recompute import write_scoring
from clusters.scheme import Band, Lateness, Surplus

FILE: dict[str, Any] = {
    "schema": "tdkt-scoring/1",
    "name": "Cụm số 1",
    "year": 2026,
    "decimals": 1,
    "criteria": [
        {"code": "1", "title": "Trồng rừng", "max": 60, "kind": "ratio"},
        {"code": "2", "title": "Nền nếp", "max": 40, "kind": "yes_no", "evidence": True},
    ],
    "units": [
        {"name": "Xã Đông", "figures": {"1": {"target": 3, "actual": 1}, "2": {"actual": True, "evidence": True}}},
        {"name": "Xã Tây", "figures": {"1": {"actual": 0.1}}},
    ],
}


def changed(*path: Any, to: Any) -> str:
    content = deepcopy(FILE)
    where = content
    for step in path[:-1]:
        where = where[step]
    where[path[-1]] = to
    return json.dumps(content)


def printed(capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str) -> Any:
    file = tmp_path / "cum.json"
    file.write_text(text, encoding="utf-8")
    call_command("score_cluster", str(file))
    return json.loads(capsys.readouterr().out)


def test_the_command_prints_totals_ranks_points_and_problems(capsys, tmp_path):
    assert printed(capsys, tmp_path, json.dumps(FILE)) == {
        "units": [
            {"name": "Xã Đông", "total": "60.0", "rank": 1, "points": {"1": "20.0", "2": "40.0"}},
            {"name": "Xã Tây", "total": "0.0", "rank": 2, "points": {"1": "0.0", "2": "0.0"}},
        ],
        "vote_needed": [],
        "problems": [
            {
                "unit": "Xã Tây",
                "code": "1",
                "why": "Chưa có chỉ tiêu giao, hoặc chỉ tiêu giao bằng 0, nên không tính được điểm.",
            }
        ],
    }


def test_the_command_names_unit_and_criterion_of_a_negative_figure(capsys, tmp_path):
    with pytest.raises(SystemExit) as ended:
        printed(capsys, tmp_path, changed("units", 0, "figures", "1", "actual", to=-1))

    assert ended.value.code == 1
    assert capsys.readouterr().err.strip() == "Xã Đông, tiêu chí 1: Số liệu không được âm."


def test_decimals_are_those_of_the_file_not_their_nearest_float():
    data = read_scoring(json.dumps(FILE))

    assert data.units[1].figures["1"].actual == Fraction(1, 10)


def test_notes_and_what_is_expected_are_passed_over():
    assert read_scoring(changed("note", to="nháp")).name == "Cụm số 1"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "Tệp không phải JSON đọc được."),
        ("[" * 100_000, "Tệp không phải JSON đọc được."),
        ("[]", "Tệp phải là một nhóm có tên trường (JSON object)."),
        (changed("schema", to="tdkt-plan/1"), "Tệp không ghi mẫu tdkt-scoring/1 ở trường «schema»."),
        (changed("criteria", 0, "kind", to="mới"), "Trường «kind» ghi «mới», không có trong mẫu tdkt-scoring/1."),
        (
            changed("criteria", 0, "kind", to=None),
            "Tiêu chí «1» phải có cách tính điểm (trường «kind») hoặc có tiêu chí con, một trong hai.",
        ),
        (changed("criteria", 0, "max", to="sáu mươi"), "Tiêu chí «1», trường «max» ghi «sáu mươi», phải là số."),
        (changed("criteria", 0, "max", to=-1), "Tiêu chí «1», trường «max» không được âm."),
        (changed("criteria", 1, "code", to="1"), "Mã tiêu chí «1» có hai lần."),
        (changed("criteria", 1, "code", to=""), "«criteria» mục 2 thiếu mã tiêu chí (trường «code»)."),
        (changed("tie_break", to=["9"]), "Trường «tie_break» ghi «9», không có trong bộ tiêu chí."),
        (changed("decimals", to=99), "Tệp, trường «decimals» phải là số từ 0 đến 6."),
        (changed("units", 0, "name", to=""), "«units» mục 1 thiếu tên đơn vị (trường «name»)."),
        (
            changed("units", 0, "figures", "9", to={"actual": 1}),
            "«Xã Đông» có số liệu của tiêu chí «9» không có.",
        ),
        (
            changed("units", 0, "figures", "1", "actual", to=True),
            "«Xã Đông», tiêu chí «1», trường «actual» ghi «True», phải là số.",
        ),
        (
            changed("units", 0, "figures", "1", "actual", to=1e300),
            "«Xã Đông», tiêu chí «1», trường «actual» lớn hơn mức cho phép.",
        ),
        (json.dumps(FILE).replace("0.1", "NaN"), "Tệp không phải JSON đọc được."),
    ],
    ids=lambda value: value[:20],
)
def test_what_does_not_fit_is_told(text, sentence):
    with pytest.raises(UnfitScoring) as refusal:
        read_scoring(text)

    assert str(refusal.value) == sentence


def test_a_rule_as_the_database_keeps_it():
    rule = {
        "points_each": "2.5",
        "bands": [{"from": 88, "points": "0.5"}],
        "grades": {"A": 10, "B": "7.5"},
        "surplus": {"cap_percent": 20},
        "late": [{"days": 5, "points": 5}],
        "late_each": 1,
        "grace": 2,
        "cutoff": 30,
    }

    read = read_rule("1", rule)

    assert read["points_each"] == Fraction(5, 2)
    assert read["bands"] == (Band(Fraction(88), Fraction(1, 2)),)
    assert read["grades"] == {"A": 10, "B": Fraction(15, 2)}
    assert read["surplus"] == Surplus(Fraction(1), Fraction(20))
    assert read["late"] == Lateness((Band(Fraction(5), Fraction(5)),), Fraction(1), 2, 30)


def test_what_is_written_computes_to_the_same(capsys, tmp_path):
    data = read_scoring(json.dumps(FILE))

    written = write_scoring(data.name, data.year, data.scheme, data.units)
    again = read_scoring(json.dumps(written))

    assert (again.scheme, again.units) == (data.scheme, data.units)
