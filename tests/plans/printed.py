"""What a ``tdkt-plan/1`` file promises to see on paper, told without the composer.

Two lists of words: those of the file in the order of the paper, and those that the paper
adds by rule. Together they are the paper, no word more and no word less.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def words_of_file(plan: dict[str, Any]) -> list[str]:
    return [word for text in _texts(plan) for word in words(text)]


def added_by_rule(plan: dict[str, Any]) -> Counter[str]:
    """National name, motto, «Số», the date, «Nơi nhận», «Lưu», quarter heads, running numbers."""
    parts = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập Tự do Hạnh phúc",
        "Số",
        "ngày tháng năm",
        *_date_numbers(plan["date"]),
        "Nơi nhận",
    ]
    if plan["archive"]:
        parts.append("Lưu")
    for table in _tables(plan):
        if table["layout"] == "quarters-bullets":
            parts += [f"{n} Quý {_ROMAN[quarter]}" for n, quarter in enumerate(_quarters(plan), start=1)]
        elif table["layout"].startswith("quarters"):
            parts += [f"QUÝ {_ROMAN[quarter]}" for quarter in _quarters(plan)]
        if table["layout"] != "quarters-bullets":
            parts += [str(task["no"]) for task in plan["tasks"]]
    return Counter(word for part in parts for word in words(part))


def _date_numbers(iso: str) -> Iterator[str]:
    year, *rest = iso.split("-")
    yield year
    if rest:
        month = int(rest[0])
        yield f"{month:02d}" if month < 3 else str(month)
    if len(rest) > 1:
        yield rest[1]


def _texts(plan: dict[str, Any]) -> Iterator[str]:
    yield from (plan["issuer_parent"], plan["issuer"], plan["number"], plan["symbol"], plan["place"])
    yield from (plan["title"], plan["subject"], *plan["preamble"])
    for block in plan["blocks"]:
        if block["type"] == "tasks":
            yield from _table_texts(block, plan["tasks"])
        else:
            yield from (block.get("marker", ""), block["text"])
    yield plan["closing"]
    yield from (*plan["recipients"], plan["archive"])
    yield from (*plan["signature"]["lines"], plan["signature"]["post"], plan["signature"]["name"])
    if appendix := plan["appendix"]:
        yield from (appendix["title"], appendix["subject"], appendix["reference"])
        yield from _table_texts(appendix, plan["tasks"])


def _table_texts(table: dict[str, Any], tasks: list[dict[str, Any]]) -> Iterator[str]:
    """Heads, then the rows. The files at hand have their columns in the usual order."""
    columns = table.get("columns", [])
    yield from columns
    for task in tasks:
        yield task["content"]
        if len(columns) >= 3:
            yield from (*task["lead"], *task["support"])
        if len(columns) >= 5:
            yield task["time_text"]
        if len(columns) >= 6:
            yield task["note"]


def _tables(plan: dict[str, Any]) -> list[dict[str, Any]]:
    in_body = [block for block in plan["blocks"] if block["type"] == "tasks"]
    return in_body + ([plan["appendix"]] if plan["appendix"] else [])


def _quarters(plan: dict[str, Any]) -> Iterator[int]:
    current = None
    for task in plan["tasks"]:
        if task["quarter"] != current and task["quarter"]:
            yield task["quarter"]
        current = task["quarter"]


def is_subsequence(part: list[str], whole: list[str]) -> bool:
    rest = iter(whole)
    return all(word in rest for word in part)
