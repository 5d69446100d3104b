"""Commands print JSON alone, or one Vietnamese sentence on standard error with exit code 1."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import OperationalError, ProgrammingError

from core.commands import JsonCommand, read_json
from core.errors import AppError


class Answering(JsonCommand):
    result: Any = None

    def add_arguments(self, parser):
        parser.add_argument("year", type=int)
        parser.add_argument("--stage", choices=("plan",), default="plan")

    def answer(self, *, year: int, stage: str, **options: Any) -> Any:
        if isinstance(self.result, Exception):
            raise self.result
        return self.result


@pytest.fixture
def run(capsys):
    """Run as the shell does; answer exit code, standard output, standard error."""

    def run(result: Any, *arguments: str) -> tuple[int, str, str]:
        command = Answering()
        command.result = result
        code = 0
        try:
            command.run_from_argv(["manage.py", "answering", *arguments])
        except SystemExit as stop:
            code = stop.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.mark.parametrize("result", [{"plan": 1}, [{"due": None}], [], {"tên": "Đường «Thi đua»"}])
def test_an_answer_is_json_alone(run, result):
    code, out, err = run(result, "2026")

    assert (code, json.loads(out), err) == (0, result, "")


def test_vietnamese_letters_are_readable_in_the_answer(run):
    _, out, _ = run({"tên": "Thi đua"}, "2026")

    assert "Thi đua" in out


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (AppError("Không có kế hoạch số 5."), "Không có kế hoạch số 5."),
        (AppError(), "Chưa làm được việc này."),
        (
            OperationalError("no such table: plans_plan"),
            "Cơ sở dữ liệu chưa được chuẩn bị; hãy chạy scripts/run --check trước.",
        ),
        (
            ProgrammingError('relation "plans_plan" does not exist'),
            "Cơ sở dữ liệu chưa được chuẩn bị; hãy chạy scripts/run --check trước.",
        ),
        (OperationalError("database is locked"), "Không ghi hoặc đọc được cơ sở dữ liệu."),
    ],
)
def test_trouble_is_one_sentence_on_standard_error(run, error, sentence):
    assert run(error, "2026") == (1, "", f"{sentence}\n")


@pytest.mark.parametrize("arguments", [[], ["năm"], ["2026", "thừa"], ["2026", "--stage", "war"], ["2026", "--nope"]])
def test_wrong_arguments_are_one_sentence_that_shows_the_usage(run, arguments):
    code, out, err = run({}, *arguments)

    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith("Lệnh chưa đúng. Cách dùng: ")
    assert "answering" in err
    assert "year" in err


def test_a_fault_of_the_program_is_no_sentence_for_people(run):
    with pytest.raises(ZeroDivisionError):
        run(ZeroDivisionError(), "2026")


# -- Reading a file -----------------------------------------------------------------------


def test_a_file_is_read_with_or_without_a_mark_at_its_start(tmp_path):
    file = tmp_path / "plan.json"

    for start in (b"", b"\xef\xbb\xbf"):
        file.write_bytes(start + '{"tên": "Thi đua"}'.encode())
        assert read_json(str(file)) == {"tên": "Thi đua"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Tệp {} không phải JSON đúng, có thể đã bị cắt mất một phần."),
        (b'{"a": [1, 2', "Tệp {} không phải JSON đúng, có thể đã bị cắt mất một phần."),
        (b'{"a": NaN}', "Tệp {} không phải JSON đúng, có thể đã bị cắt mất một phần."),
        (b"[" * 100_000, "Tệp {} không phải JSON đúng, có thể đã bị cắt mất một phần."),
        (b"1" * 5_000, "Tệp {} không phải JSON đúng, có thể đã bị cắt mất một phần."),
        ("Thi đua".encode("utf-16"), "Không đọc được tệp {}; tệp phải là văn bản UTF-8."),
        (b"\x89PNG\r\n\x1a\n\xff", "Không đọc được tệp {}; tệp phải là văn bản UTF-8."),
    ],
    ids=["empty", "cut", "not a number", "nested without end", "number without end", "UTF-16", "picture"],
)
def test_what_is_no_json_is_told(tmp_path, content, sentence):
    file = tmp_path / "plan.json"
    file.write_bytes(content)

    with pytest.raises(AppError) as refusal:
        read_json(str(file))

    assert str(refusal.value) == sentence.format(file)


def test_a_file_that_is_not_there_and_a_folder_are_told(tmp_path):
    with pytest.raises(AppError, match="^Không có tệp "):
        read_json(str(tmp_path / "none.json"))
    with pytest.raises(AppError, match="^Không đọc được tệp "):
        read_json(str(tmp_path))
