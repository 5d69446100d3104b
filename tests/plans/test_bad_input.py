"""What does not fit is told in one Vietnamese sentence, and the database stays as it was."""

from __future__ import annotations

import copy
import datetime as dt
import json

import pytest
from django.core.management import call_command

from core.models import AuditEntry
from plans.models import Plan
from tests.plans.files import read_file
from units.models import Issuer, Part, Unit


def with_value(path, value):
    def change(data):
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = value

    return change


def without(key):
    def change(data):
        del data[key]

    return change


WRONG = {
    "another schema": (with_value(["schema"], "tdkt-plan/9"), "Tệp không ghi schema là tdkt-plan/1."),
    "a field is missing": (without("recipients"), "Tệp thiếu trường «recipients»."),
    "an unknown field": (with_value(["colour"], "đỏ"), "Tệp có trường «colour» không có trong mẫu tdkt-plan/1."),
    "an unknown kind": (with_value(["kind"], "weekly"), "Trường «kind» ghi «weekly», không có trong mẫu tdkt-plan/1."),
    "an unknown block": (
        with_value(["blocks", 0, "type"], "poem"),
        "«blocks» mục 1: loại «poem» không có trong mẫu tdkt-plan/1.",
    ),
    "the mark of a reference as a marker": (
        lambda data: data["blocks"].insert(0, {"type": "item", "marker": "[Dẫn phụ lục]", "text": "một"}),
        "«blocks» mục 1: «[Dẫn phụ lục]» không dùng làm số mục được.",
    ),
    "a number that no register holds": (
        with_value(["number"], "1" * 21),
        "Tệp, trường «number» dài quá 20 ký tự.",
    ),
    "an unknown layout": (
        with_value(["appendix", "layout"], "circle"),
        "Trường «appendix»: kiểu bảng «circle» không có trong mẫu tdkt-plan/1.",
    ),
    "too few columns": (
        with_value(["appendix", "columns"], ["TT"]),
        "Trường «appendix»: kiểu bảng «columns-5» cần 5 tên cột, tệp ghi 1.",
    ),
    "text where a list belongs": (with_value(["tasks"], "không có"), "Trường «tasks» phải là một danh sách."),
    "a number where text belongs": (with_value(["subject"], 2026), "Tệp, trường «subject» phải là chữ."),
    "a year beyond sense": (with_value(["year"], 20266), "Tệp, trường «year» phải là số từ 1948 đến 2100."),
    "a fifth quarter": (
        with_value(["tasks", 0, "quarter"], 5),
        "«tasks» mục 1, trường «quarter» phải là số từ 1 đến 4.",
    ),
    "30 February": (with_value(["date"], "2024-02-30"), "Tệp, trường «date»: không có ngày «2024-02-30»."),
    "a due day that no calendar has": (
        with_value(["tasks", 0, "due"], "2024-06-31"),
        "«tasks» mục 1, trường «due»: không có ngày «2024-06-31».",
    ),
    "due before start": (
        lambda data: data["tasks"][0].update(start="2024-05-01", due="2024-04-01"),
        "«tasks» mục 1: hạn 01/04/2024 lại trước ngày bắt đầu 01/05/2024.",
    ),
    "a 10 MB field": (
        with_value(["closing"], "thi đua " * 1_310_720),
        "Tệp, trường «closing» dài quá 20.000 ký tự.",
    ),
    "markup": (
        with_value(["tasks", 0, "content"], "Báo cáo <script>alert(1)</script>"),
        "«tasks» mục 1, trường «content» có thẻ HTML «<script>»; văn bản chỉ gồm chữ, hãy bỏ thẻ đi.",
    ),
    "a control character": (
        with_value(["subject"], "Công tác thi đua\x07"),
        "Tệp, trường «subject» có ký tự không in được (mã U+0007) sau «Công tác thi đua»; hãy xóa ký tự đó.",
    ),
    "a line break inside a paragraph": (
        with_value(["closing"], "một\nhai"),
        "Tệp, trường «closing» phải nằm trên một dòng, không có dấu xuống dòng hay dấu tab.",
    ),
    "a control character in a part kept for later": (
        with_value(["campaign"], {"theme": "a\x00b"}),
        "Phần «campaign» có ký tự không in được (mã U+0000) sau «a»; hãy xóa ký tự đó.",
    ),
}


def stored() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in (Plan, Unit, Issuer, Part, AuditEntry)}


@pytest.fixture
def run(tmp_path, capsys):
    """Run the command on a text; answer its exit code and what it said on standard error."""

    def run(text, *arguments):
        file = tmp_path / "plan.json"
        file.write_text(text, encoding="utf-8")
        with pytest.raises(SystemExit) as stop:
            call_command("load_plan", str(file), *arguments)
        said = capsys.readouterr()
        assert said.out == ""
        return stop.value.code, said.err.strip().replace(str(file), "FILE")

    return run


@pytest.mark.django_db
@pytest.mark.parametrize("case", WRONG, ids=str)
def test_a_wrong_file_is_told_and_nothing_is_stored(run, case):
    change, sentence = WRONG[case]
    data = copy.deepcopy(read_file("doai_trung"))
    change(data)
    before = stored()

    code, said = run(json.dumps(data))

    assert (code, said) == (1, sentence)
    assert stored() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"schema": "tdkt-plan/1", "ki', "Tệp FILE không phải JSON đúng, có thể đã bị cắt mất một phần."),
        ("[1, 2]", "Tệp phải là một nhóm có tên trường (JSON object)."),
        ('{"schema": NaN}', "Tệp FILE không phải JSON đúng, có thể đã bị cắt mất một phần."),
        ("[" * 100_000, "Tệp FILE không phải JSON đúng, có thể đã bị cắt mất một phần."),
    ],
    ids=["cut off", "a list", "not a number", "nested without end"],
)
def test_what_is_no_plan_at_all_is_told(run, text, sentence):
    before = stored()

    assert run(text) == (1, sentence)
    assert stored() == before


@pytest.mark.django_db
def test_an_unknown_unit_is_told(run):
    assert run(json.dumps(read_file("na_luong")), "--unit", "X-1") == (1, "Không có đơn vị nào mang mã X-1.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("begins", "sentence"),
    [
        (dt.date(2025, 7, 1), "Xã Mới chỉ có từ ngày 01/07/2025, sau thời gian của kế hoạch này."),
        (dt.date(2024, 1, 20), "Nhiệm vụ 1 có hạn 19/01/2024, trước ngày xã Mới được thành lập (20/01/2024)."),
    ],
)
def test_a_plan_from_before_its_unit_is_told(run, begins, sentence):
    Unit.objects.create(kind="commune", code="X-1", designation="xã", name="Mới", valid_from=begins)
    data = read_file("doai_trung")
    data["tasks"][0] |= {"start": None, "due": "2024-01-19"}
    before = stored()

    assert run(json.dumps(data), "--unit", "X-1") == (1, sentence)
    assert stored() == before


@pytest.mark.django_db
def test_a_missing_file_is_told(capsys):
    with pytest.raises(SystemExit) as stop:
        call_command("load_plan", "/nowhere/plan.json")

    assert (stop.value.code, capsys.readouterr().err.strip()) == (1, "Không có tệp /nowhere/plan.json.")


@pytest.mark.django_db
def test_words_that_merely_look_like_markup_are_kept(tmp_path, capsys):
    data = read_file("doai_trung")
    data["tasks"][0]["content"] = "Tỷ lệ < 5 % và > 3 %; mẫu <tên đơn vị> & Co"
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(data))

    call_command("load_plan", str(file))
    plan = json.loads(capsys.readouterr().out)["plan"]
    call_command("export_plan", str(plan))

    assert json.loads(capsys.readouterr().out) == data
