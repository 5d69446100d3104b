"""Archives that are cut, changed, strange or made to do harm: refused in a sentence before anything is written."""

from __future__ import annotations

import re
import warnings
import zipfile
from pathlib import Path
from typing import Any

import pytest

from core.backup import archive, manifest, restoring
from core.backup.manifest import UnfitArchive
from core.errors import AppError
from tests.core.backup.archives import Described, refusal_of, rewritten, table_of

NOT_OURS = "Tệp này không phải bản sao lưu của chương trình, hoặc đã bị cắt mất một phần; hãy dùng bản khác."
UNITS = "data/units.unit.jsonl"


def test_a_whole_archive_is_proven(saved):
    with archive.opened(saved) as found:
        assert found.manifest.summary()["files"] == 3
    assert manifest.load(manifest.dump(found.manifest)) == found.manifest


# -- Not an archive, or not all of it -----------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [b"", b"Thi \xc4\x91ua", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"%PDF-1.7 " * 100],
    ids=["empty", "words", "start of a zip", "empty zip", "PDF"],
)
def test_what_is_no_archive_is_told(tmp_path, content):
    path = tmp_path / "tdkt.zip"
    path.write_bytes(content)

    assert refusal_of(path) == NOT_OURS


def test_what_is_not_there_and_a_folder_are_told(tmp_path):
    assert refusal_of(tmp_path / "none.zip") == f"Không có tệp {tmp_path / 'none.zip'}."
    assert refusal_of(tmp_path) == NOT_OURS


@pytest.mark.parametrize("kept", [0.05, 0.5, 0.9, 0.999])
def test_an_archive_that_was_cut_is_told(saved, tmp_path, kept):
    path, content = tmp_path / "tdkt.zip", saved.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])

    assert refusal_of(path) == NOT_OURS


def test_no_changed_byte_gets_through(saved, tmp_path):
    """Some bytes of a zip mean nothing (days, margins); where such a one changed, what is held is what was saved."""
    path, content = tmp_path / "tdkt.zip", saved.read_bytes()
    with archive.opened(saved) as found:
        whole = found.manifest

    def outcome(place: int) -> str:
        path.write_bytes(content[:place] + bytes([content[place] ^ 0x41]) + content[place + 1 :])
        try:
            with archive.opened(path) as found:
                return "whole" if found.manifest == whole else "changed"
        except UnfitArchive as refusal:
            return "refused" if re.fullmatch(r".+; hãy dùng bản khác\.", str(refusal)) else str(refusal)

    outcomes = [outcome(place) for place in range(0, len(content), len(content) // 150)]

    assert set(outcomes) <= {"whole", "refused"}
    assert outcomes.count("refused") > 100


# -- A manifest that does not fit ---------------------------------------------------------


def units(found: Described) -> dict[str, Any]:
    return table_of(found, "units.unit")


def first_file(found: Described) -> dict[str, Any]:
    file: dict[str, Any] = found["files"][0]
    return file


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda m: units(m).update(sha256="0" * 64), f"Bản sao lưu bị hỏng ở phần «{UNITS}»; hãy dùng bản khác."),
        (lambda m: units(m).update(rows=7), f"Bản sao lưu bị hỏng ở phần «{UNITS}»; hãy dùng bản khác."),
        (lambda m: units(m).update(size=7), f"Bản sao lưu bị hỏng ở phần «{UNITS}»; hãy dùng bản khác."),
        (lambda m: first_file(m).update(size=7), "Bản sao lưu bị hỏng ở phần «files/"),
        (lambda m: first_file(m).update(sha256="0" * 64), "Bản sao lưu có phần lạ «files/"),
        (lambda m: m["files"].pop(), "Bản sao lưu có phần lạ «files/"),
        (lambda m: m["tables"].remove(units(m)), f"Bản sao lưu có phần lạ «{UNITS}» "),
        (lambda m: m["files"].append({"sha256": "0" * 64, "size": 1}), "Bản sao lưu thiếu phần «files/00/000"),
        (lambda m: m["files"].append(first_file(m)), "Bản sao lưu có phần lạ không có trong bản kê; "),
        (lambda m: first_file(m).update(sha256="../../" + "0" * 58), "«Files» mục 1 của bản kê ghi «../../000"),
        (lambda m: first_file(m).update(sha256="A" * 64), "mục 1 của bản kê ghi «AAAA"),
        (lambda m: units(m).update(name="../units.unit"), "mục 1 của bản kê ghi «../units.unit», không đúng mẫu "),
        (lambda m: units(m).update(name="units"), "mục 1 của bản kê ghi «units», không đúng mẫu tdkt-backup/1."),
        (lambda m: units(m).update(rows=-1), "trường «rows» phải là số từ 0 "),
        (lambda m: units(m).update(sha256=None), "trường «sha256» phải là chữ."),
        (lambda m: m.pop("migrations"), "Bản kê của bản sao lưu thiếu trường «migrations»."),
        (lambda m: m.update(secret=1), "Bản kê của bản sao lưu có trường «secret» không có trong mẫu tdkt-backup/1."),
        (lambda m: m.update(files={}), "Trường «files» phải là một danh sách."),
        (
            lambda m: m.update(format="tdkt-backup/2", more=1),
            "Bản sao lưu theo mẫu tdkt-backup/2, mới hơn chương trình này; hãy nâng cấp chương trình rồi làm lại.",
        ),
        (lambda m: m.update(format="tdkt-plan/1"), NOT_OURS),
        (lambda m: m.update(format=1), NOT_OURS),
        (lambda m: m.pop("format"), NOT_OURS),
    ],
)
def test_a_manifest_that_does_not_fit_is_told(saved, tmp_path, change, sentence):
    refusal = refusal_of(rewritten(saved, tmp_path / "tdkt.zip", change=change))

    assert sentence.lower() in refusal.lower()
    assert "\n" not in refusal


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"", NOT_OURS),
        (b"{", NOT_OURS),
        (b"[" * 100_000, NOT_OURS),
        (b"\xff\xfe", NOT_OURS),
        (b"[]", "Bản kê của bản sao lưu phải là một nhóm có tên trường (JSON object)."),
    ],
    ids=["empty", "cut", "nested without end", "no text", "list"],
)
def test_a_manifest_that_cannot_be_read_is_told(saved, tmp_path, text, sentence):
    assert refusal_of(rewritten(saved, tmp_path / "tdkt.zip", text=text)) == sentence


def test_an_archive_of_a_newer_program_is_told(saved, tmp_path):
    path = rewritten(saved, tmp_path / "tdkt.zip", change=lambda m: m["migrations"].append("later.0001_initial"))

    with pytest.raises(UnfitArchive) as refusal:
        restoring.prove(path)

    assert str(refusal.value) == (
        "Bản sao lưu do phiên bản mới hơn ghi (bước «later.0001_initial» chương trình này chưa biết); "
        "hãy nâng cấp chương trình rồi làm lại."
    )


# -- Made to do harm ----------------------------------------------------------------------


def with_member(saved: Path, to: Path, name: str) -> Path:
    to.write_bytes(saved.read_bytes())
    with warnings.catch_warnings(), zipfile.ZipFile(to, "a") as packed:
        warnings.simplefilter("ignore")  # a second part of the same name
        packed.writestr(name, "x")
    return to


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/passwd", "files/zz"])
def test_a_part_that_the_manifest_does_not_know_is_refused(saved, tmp_path, name):
    assert refusal_of(with_member(saved, tmp_path / "tdkt.zip", name)) == (
        f"Bản sao lưu có phần lạ «{name}» không có trong bản kê; hãy dùng bản khác."
    )


def test_two_parts_of_one_name_are_refused(saved, tmp_path):
    assert refusal_of(with_member(saved, tmp_path / "tdkt.zip", UNITS)) == (
        "Bản sao lưu có phần lạ không có trong bản kê; hãy dùng bản khác."
    )


def test_a_zip_bomb_is_not_opened(saved, tmp_path, monkeypatch):
    """Its own table of contents says that it is one, so that no byte of it is unpacked."""
    bomb = b"\n" * 300_000_000
    path = rewritten(
        saved,
        tmp_path / "tdkt.zip",
        parts={UNITS: bomb},
        change=lambda m: units(m).update(size=len(bomb), rows=len(bomb)),
    )
    assert path.stat().st_size < 1_000_000
    monkeypatch.setattr(archive, "_prove", lambda *parts: pytest.fail("it was opened"))

    assert refusal_of(path) == "Bản sao lưu khi mở ra lớn bất thường nên chương trình không mở; hãy dùng bản khác."


def test_an_archive_that_nobody_may_read_is_told(saved, tmp_path, monkeypatch):
    def refuse(path: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(zipfile, "ZipFile", refuse)

    with pytest.raises(AppError) as refusal, archive.opened(saved):
        pass

    assert str(refusal.value) == f"Không được phép đọc tệp {saved}."
