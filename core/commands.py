"""Commands are thin doors to the functions that pages use: JSON out, one Vietnamese sentence on trouble."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from core.errors import AppError


class _Parser(CommandParser):
    def error(self, message: str) -> NoReturn:
        _stop(f"Lệnh chưa đúng. Cách dùng: {' '.join(self.format_usage().split()[1:])}")


class JsonCommand(BaseCommand):
    """Prints what ``answer`` returns as JSON, alone on standard output.

    An ``AppError`` becomes its sentence on standard error and exit code 1.
    """

    requires_system_checks: list[str] = []
    stealth_options = ("no_color",)

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.__class__ = _Parser
        return parser

    def answer(self, **options: Any) -> Any:
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            result = self.answer(**options)
        except AppError as error:
            _stop(str(error))
        except DatabaseError as error:
            _stop(_database_sentence(error))
        try:
            self.stdout.write(json.dumps(result, ensure_ascii=False, indent=1))
            self.stdout.flush()
        except OSError:
            _stop("Không in được kết quả ra; có thể đĩa đã đầy.")


def read_json(path: str) -> Any:
    """The content of a JSON file, or an ``AppError`` that says what is wrong with it."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise AppError(f"Không có tệp {path}.") from None
    except (OSError, UnicodeDecodeError):
        raise AppError(f"Không đọc được tệp {path}; tệp phải là văn bản UTF-8.") from None
    try:
        return json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_without_doubles)
    except (ValueError, RecursionError):
        raise AppError(f"Tệp {path} không phải JSON đúng, có thể đã bị cắt mất một phần.") from None


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON itself lets the last of two equal keys win, in silence."""
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        double = next(key for key in keys if keys.count(key) > 1)
        raise AppError(f"Tệp ghi trường «{double[:60]}» hai lần.")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _database_sentence(error: DatabaseError) -> str:
    if "no such table" in str(error) or "does not exist" in str(error):
        return "Cơ sở dữ liệu chưa được chuẩn bị; hãy chạy scripts/run --check trước."
    return "Không ghi hoặc đọc được cơ sở dữ liệu."


def _stop(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    raise SystemExit(1)
