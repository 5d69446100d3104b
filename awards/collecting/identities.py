"""Identity numbers of lists that have them: checked, kept sealed, compared by keyed hash. Never demanded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from awards.sealing import keyed_hash, seal
from core.errors import UnfitField

PURPOSE = "identity"
_SEALED, _HASH = "identity_sealed", "identity_hash"
_NUMBER = re.compile(r"\d{9}|\d{12}")


def cleaned(text: str) -> str:
    """Digits alone, or blank; raise ``UnfitField``."""
    digits = re.sub(r"[\s.'-]", "", text)
    if digits and not _NUMBER.fullmatch(digits):
        raise UnfitField("identity", "Số định danh cá nhân (CCCD) gồm 12 chữ số; để trống nếu không có.")
    return digits


def sealed(number: str) -> dict[str, str]:
    """What a row keeps until it is said who it is."""
    return {_SEALED: seal(number, PURPOSE), _HASH: hash_of(number)} if number else {}


def hash_of(number: str) -> str:
    return keyed_hash(number, PURPOSE)


def of_row(as_sent: Mapping[str, Any]) -> tuple[str, str]:
    """Hash and sealed number of a row; blank where it has none."""
    return str(as_sent.get(_HASH, "")), str(as_sent.get(_SEALED, ""))
