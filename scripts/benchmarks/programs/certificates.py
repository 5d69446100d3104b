"""certificates.py ours|bare COUNT OUT.pdf: so many certificates in a process of their own.

«ours» as the worker makes a batch, «bare» the same pages by WeasyPrint and nothing else. Prints the seconds from the
certificates' words to the bytes, and the most megabytes that the process held.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

import django

django.setup()

import weasyprint  # noqa: E402 -- models need the set-up above, here and below

from awards.certificates.drawing import Press, document, whole_sheet  # noqa: E402
from awards.certificates.joining import join  # noqa: E402
from awards.certificates.layouts import Field, layout_of  # noqa: E402
from awards.certificates.words import Certificate  # noqa: E402
from awards.shipped import award_name  # noqa: E402
from documents.rendering.fetcher import BASE_URL, StaticOnlyFetcher  # noqa: E402
from documents.rendering.pdf import html_to_pdf  # noqa: E402

_FAMILY = ("Nguyễn Thị", "Trần Văn", "Lê Thị Minh", "Phạm Đình", "Hoàng Ngọc")
_GIVEN = ("Hoa", "Bình", "Khuê", "Phượng", "Tám", "Nghĩa", "Thảo")


def certificate(number: int) -> Certificate:
    award = ("GK", "CSTDCS", "LDTT")[number % 3]
    return Certificate(
        award,
        {
            Field.NATION: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            Field.MOTTO: "Độc lập - Tự do - Hạnh phúc",
            Field.AUTHORITY: "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ AN SƠN",
            Field.GIVES: layout_of(award).gives,
            Field.AWARD: award_name(award).upper(),
            Field.NAME: f"Bà {_FAMILY[number % 5]} {_GIVEN[number % 7]}",
            Field.DETAIL: f"Giáo viên, Trường Tiểu học số {number % 9 + 1} An Sơn",
            Field.CITATION: f"Đã có thành tích xuất sắc trong phong trào thi đua năm {2000 + number % 27}",
            Field.DAY: "An Sơn, ngày 20 tháng 12 năm 2026",
            Field.SIGNED: "CHỦ TỊCH",
            Field.SIGNER: "Lò Văn Thắng",
            Field.DECISION: "Quyết định số 312/QĐ-UBND ngày 20 tháng 12 năm 2026",
            Field.GOLDEN: f"Số sổ vàng: {number + 1}",
        },
    )


def bare(certificates: list[Certificate]) -> bytes:
    html = document("Giấy khen", [whole_sheet(one, Press()) for one in certificates])
    page = weasyprint.HTML(string=html, base_url=BASE_URL, url_fetcher=StaticOnlyFetcher())
    return page.write_pdf(pdf_variant="pdf/a-2b", presentational_hints=True)


kind, count, target = sys.argv[1:]
many = [certificate(number) for number in range(int(count))]
started = time.perf_counter()
made = join(many, Press(), title="Giấy khen", draw=html_to_pdf) if kind == "ours" else bare(many)
seconds = time.perf_counter() - started
Path(target).write_bytes(made)
print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
