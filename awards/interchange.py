"""``tdkt-eligibility/1``: cases read from JSON, judgements written. Knows no database."""

from __future__ import annotations

import datetime as dt
import json
from enum import StrEnum
from typing import Any, ClassVar

from awards.eligibility import Judgement
from awards.facts import RATINGS, Case, Discipline, Initiative, Members, Mode, Path, Recipient, Scope, Subject, Title
from core.errors import AppError
from core.json_reading import Node, shortened

FORM = "tdkt-eligibility/1"
_FIRST, _LAST = 1945, 2200


class UnfitCase(AppError):
    message = f"Tệp không đúng mẫu {FORM}."


class _Node(Node):
    form: ClassVar[str] = FORM
    error: ClassVar[type[AppError]] = UnfitCase

    def get(self, key: str) -> Any:
        return self.mapping().get(key)

    def text(self, key: str) -> str:
        return self.line(key) if self.get(key) is not None else ""

    def day(self, key: str, *, optional: bool = False) -> dt.date | None:
        value = self.get(key)
        if value is None and optional:
            return None
        try:
            return dt.date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.error(f"{self.where}, trường «{key}» phải là ngày, dạng 2025-12-31.") from None

    def year(self, key: str) -> int:
        if self.get(key) is None:
            raise self.error(f"{self.where} thiếu năm (trường «{key}»).")
        return self.integer(key, _FIRST, _LAST)

    def option(self, key: str, choices: type[StrEnum], usual: StrEnum) -> Any:
        return choices(self.choice(key, tuple(choices))) if self.get(key) is not None else usual

    def count(self, key: str) -> int:
        return self.integer(key, 0, 1_000_000) if self.get(key) is not None else 0

    def listed(self, key: str) -> list[Any]:
        return self.nodes(key) if self.get(key) is not None else []


def read_cases(text: str) -> dict[str, Case]:
    """Id → case, in the file's order. Raises ``UnfitCase`` with the place of what does not fit."""
    try:
        top = _Node(json.loads(text), "tệp")
    except (ValueError, RecursionError):
        raise UnfitCase("Tệp không phải JSON đọc được.") from None
    if top.get("schema") != FORM:
        raise UnfitCase(f"Tệp không ghi mẫu {FORM} ở trường «schema».")
    cases: dict[str, Case] = {}
    for node in top.listed("cases"):
        name = node.text("id").strip()
        if not name:
            raise UnfitCase(f"{node.where} thiếu mã (trường «id»).")
        if name in cases:
            raise UnfitCase(f"Mã «{shortened(name)}» có hai lần.")
        cases[name] = _case(_Node(node.value, f"trường hợp «{shortened(name)}»"))
    return cases


def write_judgement(judgement: Judgement) -> dict[str, Any]:
    return {
        "outcome": judgement.outcome.value,
        "checks": [
            {"code": one.code, "ok": one.ok, "because": one.because, "source": one.source} for one in judgement.checks
        ],
        "ruleset": judgement.ruleset.code,
    }


def _case(node: _Node) -> Case:
    received = node.day("received_on")
    assert received is not None
    return Case(
        award=node.text("title"),
        year=node.year("year"),
        received_on=received,
        path=node.option("path", Path, Path.MERIT),
        subject=_subject(_Node(node.get("subject") or {}, f"{node.name}, «subject»")),
    )


def _subject(node: _Node) -> Subject:
    members = node.get("members")
    return Subject(
        kind=node.option("kind", Recipient, Recipient.PERSON),
        ratings=_ratings(_Node(node.get("ratings") or {}, f"{node.name}, «ratings»")),
        titles=tuple(
            Title(one.text("code"), one.year("year"), one.option("mode", Mode, Mode.MERIT))
            for one in node.listed("titles")
        ),
        initiatives=tuple(
            Initiative(
                one.text("id"),
                one.year("year"),
                one.option("scope", Scope, Scope.BASE),
                one.flag("recognised"),
                one.text("used_for"),
            )
            for one in node.listed("initiatives")
        ),
        discipline=tuple(_discipline(one) for one in node.listed("discipline")),
        has_open_case=node.flag("open_case"),
        maternity_years=frozenset(
            _Node({"year": one.value}, one.name).year("year") for one in node.listed("maternity_years")
        ),
        members=_members(_Node(members, f"{node.name}, «members»")) if members is not None else None,
    )


def _ratings(node: _Node) -> dict[int, str]:
    found: dict[int, str] = {}
    for year in node.mapping():
        if not (year.isascii() and year.isdigit() and _FIRST <= int(year) <= _LAST):
            raise UnfitCase(f"{node.where}: «{shortened(year)}» không phải là năm.")
        found[int(year)] = node.choice(year, RATINGS)
    return found


def _discipline(node: _Node) -> Discipline:
    start = node.day("start")
    assert start is not None
    return Discipline(node.text("level"), start, node.day("end", optional=True))


def _members(node: _Node) -> Members:
    return Members(*(node.count(name) for name in ("total", "ldtt", "cstdcs", "completed", "warned_or_worse")))
