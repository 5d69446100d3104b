"""What the pages show once everything is typed, in the words of a case's ``expected``."""

from __future__ import annotations

import json
import re
from typing import Any

from clusters.ranking.views import CONTENT
from clusters.states import Stage
from tests.clusters.typing_cases.desk import Desk

_ROW = re.compile(r"<tr\b(?:(?!</tr>).)*?data-label=\"Hạng\">(.*?)</td>\s*<th scope=\"row\">(.*?)</th>"
                  r"\s*<td class=\"number total\"[^>]*>(.*?)</td>", re.S)  # fmt: skip
_TAG = re.compile(r"<[^>]+>")


def plain(points: str) -> str:
    """«1.101,04» and «−30,00» as a file writes them."""
    return points.replace(".", "").replace(",", ".").replace("−", "-")


def ranks_on_page(desk: Desk) -> dict[str, tuple[int | None, str]]:
    """Unit → rank and total, as they stand in the table."""
    page = desk.get("ranking", desk.season_pk).content.decode()
    found = {}
    for rank, name, total in _ROW.findall(page):
        words = _TAG.sub("", rank).strip()
        own = _TAG.sub("", name.partition("<span")[0]).strip()
        found[own] = (int(words) if words.isdecimal() else None, plain(_TAG.sub("", total).strip()))
    return found


def votes_on_page(desk: Desk) -> list[int]:
    """The ranks that the page wants a vote on."""
    page = desk.get("ranking", desk.season_pk).content.decode()
    section = re.search(r'id="bang-diem".*?</section>', page, re.S)
    return [int(rank) for rank in re.findall(r"<li>Hạng (\d+):", section.group(0))] if section else []


def points_on_page(desk: Desk) -> dict[str, dict[str, str | None]]:
    """Unit → code → points, out of the table of the whole season."""
    page = desk.get("grid", desk.season_pk, query=f"?buoc={Stage.REVIEW.value}").content.decode()
    shown = dict(re.findall(r'data-out="p-(\d+-\d+)">([^<]*)<', page))
    found: dict[str, dict[str, str | None]] = {}
    for unit in desk.case["units"]:
        member = desk.member(unit["name"])
        texts = {code: shown[f"{member.pk}-{desk.criterion(code).pk}"] for code in desk.leaves}
        found[unit["name"]] = {code: plain(text) if text else None for code, text in texts.items()}
    return found


def frozen_outcome(desk: Desk, *, keeps_ties: bool) -> dict[str, Any]:
    """Freezes the ranking by its page and reads the file that it offers."""
    said = {"keeps_ties": "on"} if keeps_ties else {}
    desk.post("ranking_freeze", desk.season_pk, **said)
    return json.loads(desk.get("ranking_download", desk.season_pk, 1, CONTENT).content)
