"""The table of laws as the program brings it along: ``data/legal_texts.json``, loaded by a migration.

What stands in the table already is left alone: a province may have confirmed or corrected a row.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from core.text import fold

FILE = Path(__file__).parent / "data" / "legal_texts.json"


def known_texts() -> list[dict[str, Any]]:
    """One a text, ``replaced_by`` the number of another; certainty as ``LegalText.Certainty``."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def load_missing(model: Any) -> None:
    """``model`` is ``LegalText``, or its form at the time of a migration; loading twice changes nothing."""
    added = {}
    for row in known_texts():
        fields = {name: value for name, value in row.items() if name not in {"number", "replaced_by"}}
        search = fold(f"{row['number']} {row['name']}")
        text, is_new = model.objects.get_or_create(number=row["number"], defaults={**fields, "search": search})
        if is_new:
            added[text.number] = row["replaced_by"]
    heirs = dict(model.objects.filter(number__in=added.values()).values_list("number", "pk"))
    for number, heir in added.items():
        if heir:
            model.objects.filter(number=number).update(replaced_by=heirs[heir])


def remove(model: Any) -> None:
    """Take back what ``load_missing`` brings."""
    model.objects.filter(number__in=[row["number"] for row in known_texts()]).delete()
