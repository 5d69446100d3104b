"""``read_plan FILE`` prints what the page would show, and writes nothing."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from documents.reading.plain import read_plain
from documents.rendering.text import render_text
from plans import interchange
from plans.paper import compose
from plans.reading import as_json, read_plan
from tests.plans.files import read_file


def test_the_command_prints_the_plan_and_what_is_unsure(tmp_path: Path) -> None:
    text = render_text(compose(interchange.read(read_file("na_luong"))))
    path = tmp_path / "kế hoạch.txt"
    path.write_text(text, encoding="utf-8")
    out = io.StringIO()

    call_command("read_plan", str(path), stdout=out)

    printed = json.loads(out.getvalue())
    assert printed == as_json(read_plan(read_plain(text)))
    assert printed.pop("unsure") == []
    assert printed == read_file("na_luong")


def test_a_missing_file_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        call_command("read_plan", "/khong/co.txt")

    assert (stopped.value.code, capsys.readouterr().err) == (1, "Không có tệp /khong/co.txt.\n")
