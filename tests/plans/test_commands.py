"""The commands as a person types them: JSON alone on standard output, one sentence on standard error."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from plans.models import Plan
from tests.plans.files import OURS, ROOT, read_file


@pytest.fixture
def run(capsys):
    def run(*words):
        call_command(*words)
        return json.loads(capsys.readouterr().out)

    return run


@pytest.mark.django_db
def test_a_plan_is_loaded_exported_and_rendered(run, tmp_path):
    plan = str(run("load_plan", str(OURS / "na_luong.json"))["plan"])

    assert run("export_plan", plan) == read_file("na_luong")
    for to, start in (("pdf", b"%PDF"), ("docx", b"PK"), ("txt", "ỦY BAN NHÂN DÂN".encode())):
        out = tmp_path / f"plan.{to}"
        told = run("render_plan", plan, "--to", to, "--out", str(out))
        assert told == {"plan": int(plan), "file": str(out), "bytes": out.stat().st_size}
        assert out.read_bytes().startswith(start)


@pytest.mark.django_db
def test_a_unit_made_from_its_line_says_that_nobody_compared_it(run):
    plan = Plan.objects.get(pk=run("load_plan", str(OURS / "na_luong.json"))["plan"])

    assert (str(plan.unit), plan.unit.is_verified) == ("xã Nà Lường", False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("export_plan", "999"), "Không có kế hoạch số 999."),
        (("render_plan", "999", "--to", "pdf", "--out", "x.pdf"), "Không có kế hoạch số 999."),
        (("read_time", "2026", "Quý I", "--issued", "ngày mai"), "Không có ngày ngày mai; ghi theo dạng 2026-01-15."),
    ],
)
def test_trouble_is_one_sentence_and_exit_code_1(capsys, words, sentence):
    with pytest.raises(SystemExit) as stop:
        call_command(*words)

    said = capsys.readouterr()
    assert (stop.value.code, said.out, said.err) == (1, "", sentence + "\n")


def test_time_words_are_read_without_any_database(tmp_path):
    """In a shell where nothing is set, with a folder where no database was ever made."""
    environment = {"PATH": os.environ["PATH"], "TDKT_VAR": str(tmp_path / "var"), "LANG": "C.UTF-8"}
    words = ["read_time", "2022", "--quarter", "2", "Trước ngày 01/7/2022", "Tháng 13/2022", "Hằng tháng"]

    done = subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    first, second, third = json.loads(done.stdout)
    assert first == {
        "start": None,
        "due": "2022-06-30",
        "dates": ["2022-06-30"],
        "ongoing": False,
        "recurrence": "",
        "problem": "",
    }
    assert (second["due"], bool(second["problem"])) == (None, True)
    assert (third["start"], third["due"], third["recurrence"]) == ("2022-04-01", "2022-06-30", "FREQ=MONTHLY")
    assert not list(Path(tmp_path / "var").glob("*.sqlite3"))


def test_a_command_that_is_typed_wrong_is_told_in_vietnamese():
    done = subprocess.run(
        [sys.executable, "manage.py", "render_plan", "1"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Lệnh chưa đúng. Cách dùng: ")
