"""What our own papers say comes back from every form in which they leave the house, and from plain copies."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from documents.reading.files import read_source
from documents.reading.plain import read_plain
from documents.rendering import render
from plans import interchange
from plans.interchange import PlanData
from plans.paper import compose
from plans.reading import as_json, read_plan
from tests.plans.files import OUR_PLANS, every_plan, read_file
from tests.plans.reading.copies import COPIES
from tests.plans.sample_offices import each, filled

SAMPLES = each()
OFFICE = shutil.which("soffice")


def written(plan: PlanData) -> dict[str, Any]:
    """Runs of blanks, with which a number stays open, are one blank in any copy."""
    text = json.dumps(interchange.write(plan), ensure_ascii=False)
    found: dict[str, Any] = json.loads(re.sub(r" {2,}", " ", text))
    return found


def told(read: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in read.items() if key != "unsure"}


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("name", every_plan())
def test_a_plan_comes_back_from_a_plain_copy(name: str, copy: str) -> None:
    plan = interchange.read(read_file(name))

    read = read_plan(read_plain(COPIES[copy](compose(plan))))

    assert told(as_json(read)) == written(plan)
    assert [one.text for one in read.unsure if not one.path] == []


@pytest.mark.parametrize(("code", "names"), SAMPLES)
def test_a_template_comes_back_from_text(code: str, names: Any) -> None:
    plan = filled(code, names)

    read = read_plan(read_plain(COPIES["a line for each paragraph"](compose(plan))))

    assert told(as_json(read)) == written(plan)


@pytest.mark.parametrize("kind", ["docx", "pdf"])
@pytest.mark.parametrize("name", every_plan())
def test_a_plan_comes_back_from_the_files_that_are_issued(name: str, kind: str) -> None:
    plan = interchange.read(read_file(name))
    content = io.BytesIO(render(compose(plan), kind))

    read = read_plan(read_source(content, f"{name}.{kind}"))

    assert told(as_json(read)) == written(plan)


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["docx", "pdf"])
@pytest.mark.parametrize("name", ["diem_hai", "na_luong"])
def test_a_plan_comes_back_from_what_libreoffice_made_of_it(name: str, kind: str, tmp_path: Path) -> None:
    assert name in OUR_PLANS
    plan = interchange.read(read_file(name))
    ours = tmp_path / "ours.docx"
    ours.write_bytes(render(compose(plan), "docx"))

    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [str(OFFICE), "--headless", profile, "--convert-to", kind, "--outdir", str(tmp_path / "out"), str(ours)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    theirs = tmp_path / "out" / f"ours.{kind}"
    with theirs.open("rb") as content:
        read = read_plan(read_source(content, theirs.name))

    assert told(as_json(read)) == written(plan)
