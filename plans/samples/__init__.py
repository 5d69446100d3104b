"""Templates (mẫu) from which a plan is started: papers that an office sends once it has put its names in.

They speak of the two levels of local government since 1 July 2025 and cite the law of their
day. What nobody can know yet stands as «…»; every day is one of the year asked for.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.errors import UnfitField
from documents.dates import PartialDate
from plans.interchange import PlanData
from plans.samples.loading import FOLDER, legal_bases, read_template
from plans.samples.names import NOBODY_YET, UNKNOWN, Cited, SampleNames, names_of, paper_words

__all__ = ["ALL", "NOBODY_YET", "UNKNOWN", "Cited", "Sample", "SampleNames", "fill", "get", "likely_date", "names_of"]

REFORM = dt.date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Sample:
    code: str
    """Also the name of its file."""
    label: str
    explanation: str
    """One sentence for the person who chooses."""
    kind: str
    """Of ``interchange.KINDS``."""
    for_levels: tuple[str, ...]
    """Kinds of ``units.Unit`` that issue such a paper."""
    month: int
    """In which it is usually issued."""


ALL = (
    Sample(
        "commune_annual",
        "Kế hoạch công tác thi đua, khen thưởng năm (cấp xã)",
        "Kế hoạch cả năm của UBND xã, phường: mục đích, sáu nội dung trọng tâm và bảng nhiệm vụ theo tháng, quý.",
        "annual",
        ("commune",),
        1,
    ),
    Sample(
        "province_annual",
        "Kế hoạch công tác thi đua, khen thưởng năm (cấp tỉnh)",
        "Kế hoạch cả năm của UBND tỉnh, thành phố; nhiệm vụ, thời hạn và sản phẩm nằm ở Phụ lục.",
        "annual",
        ("province",),
        1,
    ),
    Sample(
        "council_programme",
        "Chương trình công tác năm của Hội đồng Thi đua - Khen thưởng",
        "Văn bản của Hội đồng cấp xã, có tên cơ quan và số riêng (CTr-HĐTĐKT): các kỳ họp, kiểm tra, phân công.",
        "programme",
        ("commune",),
        1,
    ),
    Sample(
        "commune_campaign",
        "Kế hoạch phát động phong trào thi đua",
        "Phát động phong trào cả năm của một xã nông thôn: chủ đề, 25 chỉ tiêu, hai đợt thi đua, các chuyên đề.",
        "campaign",
        ("commune",),
        1,
    ),
    Sample(
        "cluster_plan",
        "Kế hoạch hoạt động của Cụm thi đua",
        "Dành cho xã, phường làm Cụm trưởng: giao ước, kiểm tra chéo, chấm điểm, bình xét và suy tôn.",
        "cluster",
        ("commune",),
        3,
    ),
    Sample(
        "closing_conference",
        "Kế hoạch tổ chức Hội nghị tổng kết, tuyên dương điển hình tiên tiến",
        "Chương trình theo giờ, cách chọn điển hình, khen thưởng tại Hội nghị và bảng việc chuẩn bị.",
        "conference",
        ("commune",),
        10,
    ),
    Sample(
        "council_decision",
        "Quyết định kiện toàn Hội đồng Thi đua - Khen thưởng",
        "Quyết định của Chủ tịch UBND cấp xã: thành phần, nhiệm vụ, nguyên tắc làm việc của Hội đồng.",
        "decision",
        ("commune",),
        1,
    ),
)


def get(code: str) -> Sample:
    """Raise ``KeyError`` for a code that no template has."""
    return {sample.code: sample for sample in ALL}[code]


def fill(code: str, names: SampleNames, year: int, *, number: str = "", date: PartialDate | None = None) -> PlanData:
    """The template as a plan of ``year``.

    ``date``: of the paper; the usual month of that year where none is said. It chooses the law
    that is cited. Raise ``UnfitField`` for a day before the reform: the templates know no districts.
    """
    date = date or PartialDate(year, get(code).month)
    day = dt.date(date.year or year, date.month or 1, date.day or 1)
    if day < REFORM:
        raise UnfitField("year", "Mẫu này dùng cho chính quyền địa phương hai cấp, từ ngày 01/7/2025 trở đi.")
    words = names.words() | paper_words(year, number, date) | legal_bases(day)
    return read_template(FOLDER / f"{code}.json", words)


def likely_date(code: str, year: int, today: dt.date) -> PartialDate:
    """Month of a paper that is begun today: the usual one, or this one where that is over."""
    month = get(code).month
    return PartialDate(year, max(month, today.month) if year == today.year else month)
