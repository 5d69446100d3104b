"""Names of WordprocessingML, and reading its small values."""

from __future__ import annotations

from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_OFF = {"0", "false", "off", "none"}
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", RELATION[1:-1].encode()),
)


def transitional(content: bytes) -> bytes:
    """Files saved as «Strict Open XML» with the names of all others."""
    for strict, usual in _STRICT:
        content = content.replace(strict, usual)
    return content


def local(node: Any) -> str:
    """The name without its namespace; empty for comments and the like."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def child(node: Any, *names: str) -> Any:
    """Down the path of ``names``; None where a step is missing."""
    for name in names:
        if node is None:
            return None
        node = node.find(W + name)
    return node


def value(node: Any, *names: str, of: str = "val") -> str | None:
    found = child(node, *names)
    return None if found is None else found.get(W + of)


def whole(text: str | None, default: int = 0) -> int:
    """A number as files hold it; some write fractions where none belong."""
    try:
        return int(float(text)) if text else default
    except (ValueError, OverflowError):
        return default


def switch(node: Any, name: str) -> bool | None:
    """None where the file does not say."""
    found = child(node, name)
    return None if found is None else (found.get(W + "val") or "1") not in _OFF
