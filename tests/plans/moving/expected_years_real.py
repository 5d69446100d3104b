"""Each real plan moved to 2026, word by word, and every year that stays: read against the papers, line by line.

What stays is a citation, a day of history, a period, or the one slip two years back. The slips of
the papers themselves stay slips («!»): the first wave dated a year early (cam_linh), tasks of the
last quarter that name the year before (cuong_loi).
"""

from __future__ import annotations

from tests.plans.moving.moves import Moved

REAL = {
    "cuong_loi": Moved(
        words="""
            year: 2024 → 2026
            number: 14 → –
            date: 2024-01-18 → 2026
            subject: năm 2024 → năm 2026
            preamble/0: năm 2024 → năm 2026
            blocks/2/text: năm 2024 → năm 2026 ×2
            blocks/9/text: năm 2024 → năm 2026
            tasks/0/content: năm 2023 → năm 2025
            tasks/0/content: năm 2024 → năm 2026
            tasks/0/content: năm 2023 → năm 2025
            tasks/1/content: năm 2023 → năm 2025
            tasks/1/content: năm 2024 → năm 2026 ×2
            tasks/3/content: năm 2024 → năm 2026
            tasks/6/content: năm 2024 → năm 2026
            tasks/7/content: năm 2024 → năm 2026 ×2
            tasks/8/content: năm 2024 → năm 2026
            tasks/9/content: năm 2023 → năm 2025 !
            tasks/9/content: năm 2024 → năm 2026
            tasks/9/content: năm 2023 → năm 2025 !
            tasks/10/content: năm 2023 → năm 2025 !
            tasks/11/content: năm 2024 → năm 2026
        """,
        dates=["quý I/2026 ×6", "quý II/2026 ×2", "quý III/2026 ×1", "quý IV/2026 ×3"],
        left=["preamble/0: 2024 2024", "tasks/4/content: 2022"],
        asked="""
            preamble/0: Kế hoạch … năm 2024 → ?
            tasks/4/content: năm 2022 → năm 2024 !
        """,
    ),
    "minh_tien": Moved(
        words="""
            year: 2024 → 2026
            number: 11 → –
            date: 2024-01-10 → 2026
            subject: năm 2024 → năm 2026
            preamble/1: năm 2024 → năm 2026 ×2
            blocks/2/text: năm 2024 → năm 2026
            blocks/13/text: năm 2024 → năm 2026
            blocks/14/text: năm 2024 → năm 2026
            blocks/15/text: năm 2024 → năm 2026
            tasks/0/content: năm 2024 → năm 2026
            tasks/0/time_text: Quý I/2024 → Quý I/2026
            tasks/1/content: năm 2024 → năm 2026
            tasks/1/time_text: Quý I/2024 → Quý I/2026
            tasks/2/content: năm 2024 → năm 2026
            tasks/2/time_text: Quý I/2024 → Quý I/2026
            tasks/3/content: năm 2024 → năm 2026
            tasks/3/time_text: Quý I/2024 → Quý I/2026
            tasks/4/content: năm 2024 → năm 2026
            tasks/4/time_text: Quý I/2024 → Quý I/2026
            tasks/5/content: năm 2024 → năm 2026
            tasks/5/time_text: Quý I/2024 → Quý I/2026
            tasks/6/content: năm 2024 → năm 2026
            tasks/6/time_text: Quý II/2024 → Quý II/2026
            tasks/7/content: năm 2024 → năm 2026
            tasks/7/time_text: Quý II/2024 → Quý II/2026
            tasks/8/time_text: Quý III/2024 → Quý III/2026
            tasks/9/content: năm 2024 → năm 2026
            tasks/9/time_text: Quý IV/2024 → Quý IV/2026
            tasks/10/content: năm 2024 → năm 2026
            tasks/10/content: năm 2025 → năm 2027
            tasks/10/time_text: Quý IV/2024 → Quý IV/2026
            closing: năm 2024 → năm 2026
            appendix/subject: NĂM 2024 → NĂM 2026
            appendix/reference: 11/KH-UBND ngày … năm 2024 → /KH-UBND ngày tháng năm 2026
        """,
        dates=["quý I/2026 ×6", "quý II/2026 ×2", "quý III/2026 ×1", "quý IV/2026 ×2"],
        left=["preamble/0: 2022 2024 2024", "blocks/9/text: 2014 2014 2022"],
        asked="""
            preamble/0: Kế hoạch … năm 2024 → ?
        """,
    ),
    "cam_linh": Moved(
        words="""
            year: 2024 → 2026
            date: 2024-03 → 2026
            subject: năm 2024 → năm 2026
            preamble/0: năm 2024 → năm 2026 ×2
            blocks/2/text: năm 2024 → năm 2026
            blocks/9/text: năm 2024 → năm 2026
            blocks/21/text: năm 2024 → năm 2026
            blocks/22/text: 01/01/2023 → 01/01/2025 !
            blocks/22/text: 30/6/2023 → 30/6/2025 !
            blocks/22/text: 94 năm → 96 năm
            blocks/22/text: 03/02/2024 → 03/02/2026
            blocks/22/text: Giáp Thìn → Bính Ngọ
            blocks/22/text: 78 năm → 80 năm
            blocks/22/text: 06/01/2024 → 06/01/2026
            blocks/22/text: 49 năm → 51 năm
            blocks/22/text: 30/4/2024 → 30/4/2026
            blocks/22/text: 134 năm → 136 năm
            blocks/22/text: 19/5/2024 → 19/5/2026
            blocks/22/text: năm 2024 → năm 2026
            blocks/23/text: năm 2024 → năm 2026
            blocks/23/text: 30/6/2024 → 30/6/2026
            blocks/24/text: 01/7/2024 → 01/7/2026
            blocks/24/text: 29/12/2024 → 29/12/2026
            blocks/24/text: 79 năm → 81 năm
            blocks/24/text: 19/8/2024 → 19/8/2026
            blocks/24/text: 02/9/2024 → 02/9/2026
            blocks/24/text: 94 năm → 96 năm
            blocks/24/text: 12/9/2024 → 12/9/2026
            blocks/24/text: 94 năm → 96 năm
            blocks/24/text: 18/11/2024 → 18/11/2026
            blocks/24/text: năm 2024 → năm 2026
            blocks/25/text: năm 2024 → năm 2026
            blocks/25/text: năm 2025 → năm 2027
            blocks/25/text: 29/12/2024 → 29/12/2026
            blocks/26/text: năm 2024 → năm 2026
            blocks/51/text: 2024 → 2026
            blocks/52/text: 2024 → 2026
            blocks/52/text: năm 2024 → năm 2026
            blocks/63/text: năm 2024 → năm 2026
            blocks/67/text: năm 2024 → năm 2026
            blocks/69/text: năm 2024 → năm 2026
            parts/campaign/theme: năm 2024 → năm 2026
            parts/campaign/waves/0/start: 2023-01-01 → 2025-01-01 !
            parts/campaign/waves/0/end: 2023-06-30 → 2025-06-30 !
            parts/campaign/waves/0/as_printed: 01/01/2023 → 01/01/2025 !
            parts/campaign/waves/0/as_printed: 30/6/2023 → 30/6/2025 !
            parts/campaign/waves/0/review_by: 2024-06-29 → 2026-06-29
            parts/campaign/waves/1/start: 2024-07-01 → 2026-07-01
            parts/campaign/waves/1/end: 2024-12-29 → 2026-12-29
            parts/campaign/waves/1/as_printed: 01/7/2024 → 01/7/2026
            parts/campaign/waves/1/as_printed: 29/12/2024 → 29/12/2026
            parts/campaign/waves/1/review_by: 2024-12-28 → 2026-12-28
        """,
        dates=[],
        left=[
            "preamble/0: 2024 2024 2023 2024 2023 2024",
            "blocks/22/text: 1930 1946 1975 1890",
            "blocks/24/text: 1945 1945 1930 1930",
            "blocks/28/text: 2021 2025",
            "blocks/48/text: 2021 2030 1980",
        ],
        asked="""
            preamble/0: công văn … năm 2024 → ?
            preamble/0: Nghị quyết … năm 2024 → ? ×2
            blocks/28/text: giai đoạn 2021 - 2025 → ?
            blocks/48/text: giai đoạn 2021-2030 → ?
        """,
    ),
    "tuan_giao": Moved(
        words="""
            year: 2022 → 2026
            date: 2022-03 → 2026
            subject: năm 2022 → năm 2026
            preamble/4: năm 2022 → năm 2026 ×2
            blocks/2/text: năm 2022 → năm 2026
            blocks/5/text: năm 2022 → năm 2026
            blocks/17/text: năm 2022 → năm 2026
            blocks/19/text: năm 2022 → năm 2026
            tasks/0/content: năm 2022 → năm 2026
            tasks/0/time_text: Tháng 3/2022 → Tháng 3/2026
            tasks/1/content: năm 2022 → năm 2026
            tasks/1/time_text: năm 2022 → năm 2026
            tasks/2/content: năm 2022 → năm 2026
            tasks/2/time_text: 01/7/2022 → 01/7/2026
            tasks/3/content: năm 2022 → năm 2026
            tasks/3/time_text: 15/7/2022 → 15/7/2026
            tasks/4/time_text: 12/2022 → 12/2026
            tasks/5/time_text: Tháng 12/2022 → Tháng 12/2026
            tasks/5/time_text: 01/2023 → 01/2027
            tasks/6/content: 2022 → 2026
            tasks/6/time_text: Tháng 01/2023 → Tháng 01/2027
            tasks/7/content: năm 2022 → năm 2026
            tasks/7/time_text: Tháng 01/2023 → Tháng 01/2027
            tasks/8/content: năm 2022 → năm 2026
            tasks/8/content: năm 2023 → năm 2027
            tasks/8/time_text: 4/2023 → 4/2027
            closing: năm 2022 → năm 2026 ×2
        """,
        dates=[
            "2026-03-01 – 2026-03-31 ×1",
            "2026-01-01 – 2026-12-31 ×1",
            "… – 2026-06-30 ×1",
            "… – 2026-07-14 ×1",
            "2026-11-01 – 2026-12-31 ×1",
            "2026-12-01 – 2027-01-31 ×1",
            "2027-01-01 – 2027-01-31 ×2",
            "2027-03-01 – 2027-04-30 ×1",
        ],
        left=[
            "preamble/0: 2003 2005 2013",
            "preamble/1: 2017 2017 2013",
            "preamble/2: 2022 2022 2021 2022",
            "preamble/3: 2022 2022",
        ],
        asked="""
            preamble/2: Chỉ thị … năm 2022 → ?
            preamble/2: Kế hoạch … năm 2022 → ?
            preamble/3: biên bản … ngày 22/02/2022 → ?
        """,
    ),
    "vinh_cuu": Moved(
        words="""
            year: 2023 → 2026
            date: 2023 → 2026
            subject: năm 2023 → năm 2026
            preamble/1: năm 2023 → năm 2026 ×2
            blocks/3/text: năm 2023 → năm 2026 ×2
            blocks/22/text: năm 2023 → năm 2026
            tasks/0/content: năm 2023 → năm 2026
            tasks/1/content: năm 2023 → năm 2026
            tasks/4/content: năm 2022 → năm 2025 ×2
            tasks/5/content: năm 2023 → năm 2026
            tasks/7/content: năm 2022 → năm 2025
            tasks/7/content: năm 2023 → năm 2026
            tasks/8/content: năm học 2022 - 2023 → năm học 2025 - 2026
            tasks/10/content: năm 2023 → năm 2026
            tasks/11/content: năm học 2022 - 2023 → năm học 2025 - 2026
            tasks/11/content: năm học 2022-2023 → năm học 2025-2026
            tasks/12/content: năm 2023 → năm 2026
            tasks/13/content: năm 2023 → năm 2026
            tasks/14/content: năm 2023 → năm 2026
            tasks/15/content: năm 2024 → năm 2027
            closing: năm 2023 → năm 2026
        """,
        dates=["quý I/2026 ×8", "quý II/2026 ×3", "quý III/2026 ×2", "quý IV/2026 ×3"],
        left=["preamble/0: 2022 2023", "blocks/3/text: 2021 2026", "blocks/14/text: 2014 2014"],
        asked="""
            preamble/0: Kế hoạch … năm 2023 → ?
            blocks/3/text: (2021 -2026) → ?
        """,
    ),
}
