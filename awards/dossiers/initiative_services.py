"""Sáng kiến: entered once, used once as a standard (Công văn số 5007/BNV-TĐKT năm 2023, mục III.5.c)."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from awards.dossiers.fact_services import FIRST_YEAR
from awards.models import Initiative, Subject
from awards.models.common import RecipientKind
from awards.shipped import shipped_awards
from campaigns.results.evidence import Proof, keep
from core import audit
from core.cells import name_key
from core.errors import AppError, UnfitField
from core.text import as_pasted, clean_line, refuse_markup
from units.models import Unit

TITLE, LINE = 500, 300
MOST_AUTHORS = 20
_YEAR = re.compile(r"[\s,;(]*(?:sinh(?: năm)?\s*)?((?:19|20)\d\d)\)?\s*$", re.IGNORECASE)


class UsedAlready(AppError):
    message = "Sáng kiến đang là căn cứ của hồ sơ nên không xóa được; bỏ chọn ở các hồ sơ đó trước."


@dataclass(frozen=True, slots=True)
class InitiativeData:
    title: str
    year: int
    authors: str
    """One a line: name, year of birth where two have the name."""
    scope: str = Initiative.Scope.BASE
    is_recognised: bool = False
    recognised_by: str = ""
    recognised_on: dt.date | None = None
    applied_at: str = ""
    used_for: str = ""


@dataclass(slots=True)
class Saved:
    row: Initiative
    new_people: list[str] = field(default_factory=list)
    """Authors who are now among those that the unit keeps."""


@transaction.atomic
def add_initiative(unit: Unit, *, actor: Any, data: InitiativeData) -> Saved:
    """Raise ``UnfitField``."""
    values = _values(data)
    authors, new = _authors(unit, data.authors)
    row = Initiative.objects.create(unit=unit, **values)
    row.authors.set(authors)
    told = {"title": ("", row.title), "authors": ("", _names(authors))}
    audit.record("awards.initiative.added", row, actor=actor, unit_id=unit.pk, changes=told)
    return Saved(row, new)


@transaction.atomic
def change_initiative(row: Initiative, *, actor: Any, data: InitiativeData) -> Saved:
    """Raise ``UnfitField``."""
    values = _values(data)
    authors, new = _authors(row.unit, data.authors)
    before = {name: getattr(row, name) for name in values} | {"authors": _names(row.authors.all())}
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    row.authors.set(authors)
    changes = audit.differences(before, values | {"authors": _names(authors)})
    if changes:
        audit.record("awards.initiative.changed", row, actor=actor, unit_id=row.unit_id, changes=changes)
    return Saved(row, new)


@transaction.atomic
def add_proof(row: Initiative, *, actor: Any, proof: Proof) -> None:
    if not proof:
        raise UnfitField("file", "Chọn tệp, hoặc ghi số, ngày của văn bản.")
    evidence = keep(proof, unit_id=row.unit_id, actor=actor)
    row.evidence.add(evidence)
    audit.record(
        "awards.initiative.proved", row, actor=actor, unit_id=row.unit_id, changes={"evidence": ("", str(evidence))}
    )


@transaction.atomic
def remove_initiative(row: Initiative, *, actor: Any) -> None:
    """Entered by mistake. Raise ``UsedAlready``."""
    if row.nominees.exists():
        raise UsedAlready
    audit.record(
        "awards.initiative.removed", row, actor=actor, unit_id=row.unit_id, changes={"title": (row.title, "")}
    )
    row.delete()


def _values(data: InitiativeData) -> dict[str, Any]:
    title = _line(data.title, "title", "Tên sáng kiến", TITLE)
    if not title:
        raise UnfitField("title", "Ghi tên sáng kiến, đề tài.")
    today = timezone.localdate()
    if not FIRST_YEAR <= data.year <= today.year + 1:
        raise UnfitField("year", "Ghi năm bằng bốn chữ số, ví dụ 2026.")
    if data.recognised_on and data.recognised_on > today:
        raise UnfitField("recognised_on", "Ngày công nhận không thể sau hôm nay.")
    recognised_by = _line(data.recognised_by, "recognised_by", "Quyết định công nhận")
    if data.is_recognised and not recognised_by:
        raise UnfitField("recognised_by", "Ghi quyết định công nhận, ví dụ: Quyết định số 45/QĐ-UBND ngày 2/6/2026.")
    if data.used_for and data.used_for not in shipped_awards():
        raise UnfitField("used_for", "Chọn danh hiệu, hình thức trong danh sách.")
    return {
        "title": title,
        "year": data.year,
        "scope": data.scope,
        "is_recognised": data.is_recognised,
        "recognised_by": recognised_by,
        "recognised_on": data.recognised_on,
        "applied_at": _line(data.applied_at, "applied_at", "Nơi áp dụng"),
        "used_for": data.used_for,
    }


def _authors(unit: Unit, text: str) -> tuple[list[Subject], list[str]]:
    """Nobody is guessed: a name that two have is asked about, one that nobody has needs a year of birth to be new."""
    lines = [" ".join(line.split()).strip(" -•,;") for line in as_pasted(text).splitlines()]
    lines = [line for line in lines if line]
    if not lines:
        raise UnfitField("authors", "Ghi ít nhất một tác giả, mỗi người một dòng.")
    if len(lines) > MOST_AUTHORS:
        raise UnfitField("authors", f"Mỗi sáng kiến có nhiều nhất {MOST_AUTHORS} tác giả.")
    known: dict[str, list[Subject]] = defaultdict(list)
    people = Subject.objects.filter(unit=unit, kind=RecipientKind.PERSON)
    for one in people.order_by("pk"):
        known[name_key(one.name)].append(one)
    found: list[Subject] = []
    new: list[str] = []
    for line in lines:
        author, is_new = _author(unit, line, known)
        if author not in found:
            found.append(author)
            new += [author.name] if is_new else []
    return found, new


def _author(unit: Unit, line: str, known: dict[str, list[Subject]]) -> tuple[Subject, bool]:
    with_year = _YEAR.search(line)
    year = int(with_year[1]) if with_year else None
    name = refuse_markup(clean_line((line[: with_year.start()] if with_year else line).strip(" ,;("), limit=LINE))
    same = known[name_key(name)]
    fitting = [one for one in same if year is None or one.birth_year == year]
    if len(fitting) == 1:
        return fitting[0], False
    if len(fitting) > 1:
        raise UnfitField("authors", f"Có {len(fitting)} người tên {name}: ghi thêm năm sinh, ví dụ {name}, 1985.")
    if year is None:
        words = f"Chưa có {name} trong danh sách đối tượng: ghi thêm năm sinh để thêm người này, ví dụ {name}, 1985."
        raise UnfitField("authors", words)
    author = Subject.objects.create(unit=unit, kind=RecipientKind.PERSON, name=name, birth_year=year)
    known[name_key(name)].append(author)
    return author, True


def authors_text(authors: Sequence[Subject]) -> str:
    """As the form shows them, and reads them again."""
    return "\n".join(f"{one.name}, {one.birth_year}" if one.birth_year else one.name for one in authors)


def _names(authors: Any) -> str:
    return ", ".join(sorted(one.name for one in authors))


def _line(text: str, field: str, name: str, limit: int = LINE) -> str:
    line = " ".join(as_pasted(text).split())
    if len(line) > limit:
        raise UnfitField(field, f"{name} dài quá {limit} ký tự.")
    return refuse_markup(clean_line(line, limit=limit, name=name))
