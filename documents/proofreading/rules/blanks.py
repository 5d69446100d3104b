"""What a template left to be filled in: ``Kế hoạch số …/KH-UBND ngày …``. A draft may wait for it, a paper may not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.proofreading.findings import Finding, Severity, at
from documents.proofreading.reading import Reading

_DOTS = r"(?:…|\.{3,}|_{3,})[….]*"
_BLANK = re.compile(
    rf"\b(?:số|ngày|tháng|năm|ông|bà|đồng chí)(?: \([^)]*\))?\s*{_DOTS}|{_DOTS}\s*/\s*[A-ZĐ]", re.IGNORECASE
)
"""Not «v.v…» nor the dots of a list that goes on."""


def blanks(reading: Reading) -> Iterator[Finding]:
    """Only of a paper that goes out."""
    if not reading.context.is_issue:
        return
    for line in reading.lines:
        if match := _BLANK.search(line.text):
            message = "Chỗ này còn để trống, chưa điền."
            yield at(line, "text.blank", match.span(), message, severity=Severity.MUST)


RULES = (blanks,)
