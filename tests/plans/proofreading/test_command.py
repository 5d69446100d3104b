"""``proofread``: the same answer for a plan of the database and for its file."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from documents.rendering import render
from plans import interchange
from plans.paper import compose
from plans.services import create_plan
from tests.plans.files import OURS, read_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys):
    def run(*words):
        call_command("proofread", *words)
        return json.loads(capsys.readouterr().out)

    return run


def test_a_file_and_the_plan_loaded_from_it_are_read_alike(run):
    plan = create_plan(interchange.read(read_file("na_luong")), actor=None)

    by_file = run(str(OURS / "na_luong.json"))

    assert run("--plan", str(plan.pk)) == by_file
    assert [(one["code"], one["words"]) for one in by_file][:2] == [
        ("word.slip", "Cụm thi số"),
        ("word.doubled", "các các"),
    ]


def test_a_paper_that_is_only_text_is_read_first(run, tmp_path):
    plan = interchange.read(read_file("doai_trung"))
    text = tmp_path / "ke_hoach.docx"
    text.write_bytes(render(compose(plan), "docx"))

    by_words = {(one["code"], one["words"]) for one in run(str(text))}

    assert {("word.slip", "điễn hình"), ("word.doubled", "cuối cuối"), ("task.year", "2023")} <= by_words


def test_number_and_day_are_missed_only_at_issue(run):
    file = str(OURS / "diem_hai.json")

    def blanks(found):
        return [(one["code"], one["message"]) for one in found if one["code"] == "head.blank"]

    assert blanks(run(file)) == []
    assert blanks(run(file, "--issue")) == [
        ("head.blank", "Chưa có số văn bản."),
        ("head.blank", "Chưa có đủ ngày, tháng, năm."),
    ]


def test_the_table_of_laws_is_asked(run, tmp_path):
    data = read_file("na_luong")
    data["preamble"][0] = "Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31/12/2023 của Chính phủ;"
    data |= {"date": "2026-01-05"}
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(data), encoding="utf-8")

    assert [one["suggestion"] for one in run(str(file)) if one["code"] == "law.over"] == [
        "Nghị định số 152/2025/NĐ-CP ngày 14/6/2025 của Chính phủ"
    ]


@pytest.mark.parametrize("words", [(), ("x.json", "--plan", "1")])
def test_one_thing_must_be_named(words, capsys):
    with pytest.raises(SystemExit):
        call_command("proofread", *words)

    assert capsys.readouterr().err == "Hãy nêu một tệp, hoặc --plan kèm mã số của kế hoạch.\n"
