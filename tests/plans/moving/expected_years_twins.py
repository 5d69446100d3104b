"""Each invented plan moved to 2026, word by word, and every year that stays.

Their slips on purpose move with them and are marked «!»: 78 years that are 79, a wave and a task
dated a year early, reports of the last quarter on the year before.
"""

from __future__ import annotations

from tests.plans.moving.moves import Moved

TWINS = {
    "na_luong": Moved(
        words="""
            year: 2025 → 2026
            number: 07 → –
            date: 2025-01-14 → 2026
            subject: năm 2025 → năm 2026
            preamble/0: năm 2025 → năm 2026
            blocks/2/text: năm 2025 → năm 2026
            tasks/0/content: năm 2024 → năm 2025
            tasks/1/content: năm 2024 → năm 2025
            tasks/1/content: năm 2025 → năm 2026
            tasks/2/content: năm 2025 → năm 2026
            tasks/7/content: năm 2025 → năm 2026
            tasks/8/content: năm học 2024 - 2025 → năm học 2025 - 2026
            tasks/11/content: năm 2024 → năm 2025 !
            tasks/11/content: năm 2025 → năm 2026
            tasks/12/content: năm 2024 → năm 2025 !
            tasks/13/content: năm 2025 → năm 2026
        """,
        dates=["quý I/2026 ×6", "quý II/2026 ×3", "quý III/2026 ×2", "quý IV/2026 ×3"],
        left=["preamble/0: 2025 2025", "tasks/5/content: 2023"],
        asked="""
            preamble/0: Kế hoạch … năm 2025 → ?
            tasks/5/content: năm 2023 → năm 2024 !
        """,
    ),
    "doai_trung": Moved(
        words="""
            year: 2024 → 2026
            number: 16 → –
            date: 2024-01-22 → 2026
            subject: năm 2024 → năm 2026
            preamble/1: năm 2024 → năm 2026
            blocks/2/text: năm 2024 → năm 2026
            blocks/23/text: 75 năm → 77 năm
            tasks/0/content: năm 2024 → năm 2026
            tasks/0/time_text: Quý I/2024 → Quý I/2026
            tasks/1/time_text: 15/3/2024 → 15/3/2026
            tasks/2/time_text: Quý I/2024 → Quý I/2026
            tasks/3/time_text: Tháng 3/2024 → Tháng 3/2026
            tasks/4/content: năm 2024 → năm 2026
            tasks/4/time_text: Quý I/2024 → Quý I/2026
            tasks/5/content: năm 2024 → năm 2026
            tasks/5/time_text: Quý II/2024 → Quý II/2026
            tasks/6/content: năm 2024 → năm 2026
            tasks/6/time_text: Quý II/2024 → Quý II/2026
            tasks/8/time_text: Quý III/2024 → Quý III/2026
            tasks/9/content: năm 2023 → năm 2025 !
            tasks/9/time_text: 11/2024 → 11/2026
            tasks/10/time_text: 05/12/2024 → 05/12/2026
            tasks/11/content: năm 2024 → năm 2026
            tasks/11/time_text: Quý IV/2024 → Quý IV/2026
            tasks/12/time_text: năm 2024 → năm 2026
            closing: năm 2024 → năm 2026
            appendix/subject: NĂM 2024 → NĂM 2026
            appendix/reference: 16/KH-UBND ngày … năm 2024 → /KH-UBND ngày tháng năm 2026
        """,
        dates=[
            "quý I/2026 ×1",
            "… – 2026-03-14 ×1",
            "quý I/2026 ×1",
            "2026-03-01 – 2026-03-31 ×1",
            "quý I/2026 ×1",
            "quý II/2026 ×2",
            "2026-04-01 – 2026-09-30 ×1",
            "quý III/2026 ×1",
            "2026-10-01 – 2026-11-30 ×1",
            "… – 2026-12-05 ×1",
            "quý IV/2026 ×1",
            "2026-01-01 – 2026-12-31 ×1",
        ],
        left=["preamble/0: 2022 2023 2023 2024 2024", "blocks/10/text: 2022 2023"],
        asked="""
            preamble/0: Kế hoạch … năm 2024 → ?
        """,
    ),
    "diem_hai": Moved(
        words="""
            year: 2025 → 2026
            date: 2025-02 → 2026
            subject: năm 2025 → năm 2026
            preamble/0: năm 2025 → năm 2026 ×2
            blocks/2/text: năm 2025 → năm 2026
            blocks/11/text: năm 2025 → năm 2026
            blocks/14/text: năm 2025 → năm 2026
            blocks/22/text: năm 2025 → năm 2026
            blocks/23/text: 01/01/2024 → 01/01/2025 !
            blocks/23/text: 30/6/2024 → 30/6/2025 !
            blocks/23/text: Ất Tỵ → Bính Ngọ
            blocks/23/text: 95 năm → 96 năm
            blocks/23/text: 03/02/2025 → 03/02/2026
            blocks/23/text: 78 năm → 79 năm !
            blocks/23/text: 06/01/2025 → 06/01/2026
            blocks/23/text: 50 năm → 51 năm
            blocks/23/text: 30/4/2025 → 30/4/2026
            blocks/23/text: 135 năm → 136 năm
            blocks/23/text: 19/5/2025 → 19/5/2026
            blocks/24/text: 05/7/2025 → 05/7/2026
            blocks/25/text: 01/7/2025 → 01/7/2026
            blocks/25/text: 20/12/2025 → 20/12/2026
            blocks/25/text: 80 năm → 81 năm
            blocks/25/text: 19/8/2025 → 19/8/2026
            blocks/25/text: 02/9/2025 → 02/9/2026
            blocks/25/text: 95 năm → 96 năm
            blocks/25/text: 18/11/2025 → 18/11/2026
            blocks/25/text: 81 năm → 82 năm
            blocks/25/text: 22/12/2025 → 22/12/2026
            blocks/26/text: năm 2026 → năm 2027
            blocks/26/text: 20/12/2025 → 20/12/2026
            blocks/71/text: năm 2025 → năm 2026
            parts/campaign/theme: năm 2025 → năm 2026
            parts/campaign/waves/0/start: 2024-01-01 → 2025-01-01 !
            parts/campaign/waves/0/end: 2024-06-30 → 2025-06-30 !
            parts/campaign/waves/0/as_printed: 01/01/2024 → 01/01/2025 !
            parts/campaign/waves/0/as_printed: 30/6/2024 → 30/6/2025 !
            parts/campaign/waves/0/review_by: 2025-07-04 → 2026-07-04
            parts/campaign/waves/1/start: 2025-07-01 → 2026-07-01
            parts/campaign/waves/1/end: 2025-12-20 → 2026-12-20
            parts/campaign/waves/1/as_printed: 01/7/2025 → 01/7/2026
            parts/campaign/waves/1/as_printed: 20/12/2025 → 20/12/2026
            parts/campaign/waves/1/review_by: 2025-12-19 → 2026-12-19
        """,
        dates=[],
        left=[
            "preamble/0: 2025 2025 2024 2025 2024",
            "blocks/23/text: 1930 1946 1975 1890",
            "blocks/25/text: 1945 1945 1930 1944",
            "blocks/29/text: 2025 2027",
            "blocks/50/text: 2014",
        ],
        asked="""
            preamble/0: công văn … năm 2025 → ?
            preamble/0: Nghị quyết … năm 2025 → ?
            preamble/0: Nghị quyết … HĐND xã → ?
            blocks/2/text: nhiệm kỳ mới → ?
            blocks/29/text: giai đoạn 2025 - 2027 → ?
            blocks/56/text: nhiệm kỳ mới → ?
        """,
    ),
    "muong_than": Moved(
        words="""
            year: 2023 → 2026
            date: 2023-03 → 2026
            subject: năm 2023 → năm 2026
            preamble/4: năm 2023 → năm 2026
            blocks/5/text: năm 2023 → năm 2026
            tasks/0/content: năm 2023 → năm 2026
            tasks/0/time_text: Tháng 3/2023 → Tháng 3/2026
            tasks/1/time_text: Tháng 4/2022 → Tháng 4/2025 !
            tasks/2/time_text: năm 2023 → năm 2026
            tasks/3/time_text: 05/7/2023 → 05/7/2026
            tasks/4/time_text: 20/7/2023 → 20/7/2026
            tasks/5/time_text: 11/2023 → 11/2026
            tasks/7/time_text: 10/12/2023 → 10/12/2026
            tasks/8/time_text: Tháng 12/2023 → Tháng 12/2026
            tasks/8/time_text: 01/2024 → 01/2027
            tasks/9/content: năm 2023 → năm 2026
            tasks/9/time_text: Tháng 01/2024 → Tháng 01/2027
            tasks/10/time_text: 15/02/2024 → 15/02/2027
            tasks/11/content: năm 2024 → năm 2027 ×2
            tasks/11/time_text: 4/2024 → 4/2027
            closing: năm 2023 → năm 2026 ×2
        """,
        dates=[
            "2026-03-01 – 2026-03-31 ×1",
            "2025-04-01 – 2025-04-30 ×1",
            "2026-01-01 – 2026-12-31 ×1",
            "… – 2026-07-04 ×1",
            "… – 2026-07-20 ×1",
            "2026-10-01 – 2026-11-30 ×1",
            "… – 2026-11-25 ×1",
            "… – 2026-12-10 ×1",
            "2026-12-01 – 2027-01-31 ×1",
            "2027-01-01 – 2027-01-31 ×1",
            "… – 2027-02-14 ×1",
            "2027-03-01 – 2027-04-30 ×1",
        ],
        left=["preamble/0: 2003 2005 2013", "preamble/1: 2017 2017", "preamble/2: 2023 2022 2023", "preamble/3: 2023"],
        asked="""
            preamble/2: Quyết định … thi đua → ?
            preamble/2: Kế hoạch … năm 2023 → ?
            preamble/3: biên bản … ngày 28/02/2023 → ?
        """,
    ),
    "trang_son": Moved(
        words="""
            year: 2024 → 2026
            date: 2024 → 2026
            subject: năm 2024 → năm 2026
            preamble/1: năm 2024 → năm 2026
            blocks/0/text: NĂM 2023 → NĂM 2025
            blocks/2/text: NĂM 2024 → NĂM 2026
            blocks/6/text: năm 2024 → năm 2026
            tasks/0/content: năm 2024 → năm 2026
            tasks/3/content: năm 2023 → năm 2025
            tasks/4/content: năm 2023 → năm 2025
            tasks/4/content: năm 2024 → năm 2026
            tasks/5/content: năm 2024 → năm 2026
            tasks/7/content: năm 2023 → năm 2025
            tasks/8/content: năm học 2023 - 2024 → năm học 2025 - 2026
            tasks/9/content: năm 2024 → năm 2026
            tasks/11/content: năm 2024 → năm 2026
            tasks/12/content: năm học 2023 - 2024 → năm học 2025 - 2026
            tasks/12/content: năm học 2023-2024 → năm học 2025-2026
            tasks/14/content: năm 2024 → năm 2026
            tasks/15/content: năm 2023 → năm 2025 !
            tasks/17/content: năm 2024 → năm 2026
            tasks/17/content: năm 2025 → năm 2027
            closing: năm 2024 → năm 2026
        """,
        dates=["quý I/2026 ×8", "quý II/2026 ×4", "quý III/2026 ×3", "quý IV/2026 ×3"],
        left=["preamble/0: 2023 2024", "blocks/1/text: 2023 2022", "blocks/6/text: 2021 2026"],
        asked="""
            preamble/0: Kế hoạch … Bình Lộc → ?
            blocks/1/text: Năm 2023 → Năm 2025
            blocks/1/text: năm 2022 → năm 2024 !
            blocks/6/text: (2021 -2026) → ?
        """,
    ),
}
