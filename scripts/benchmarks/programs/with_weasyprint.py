"""with_weasyprint.py PAGE.html OUT.pdf: the same page by WeasyPrint and nothing else, in a process of its own.

Prints the seconds from WeasyPrint's import to the bytes.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

source, target = sys.argv[1:]
html = Path(source).read_text(encoding="utf-8")
started = time.perf_counter()

import weasyprint  # noqa: E402 -- its import is part of what is measured

document = weasyprint.HTML(string=html, base_url=source)
pdf = document.write_pdf(pdf_variant="pdf/a-2b", presentational_hints=True)
print(time.perf_counter() - started)
Path(target).write_bytes(pdf)
