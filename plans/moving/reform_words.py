"""The words of the three-tier time as data, each with what stands in their place since 1 July 2025.

A pattern is written with names in angle brackets: ``<UBND> <huyện>``. Rules are tried in their
order; the first that takes a stretch of text keeps it, so the longer ones stand first.
``{tỉnh}`` is the word of the province (tỉnh or thành phố), ``{tỉnh Y}`` its full name,
``{xã}`` the word of the own unit (xã, phường, đặc khu).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from plans.moving.citations import UPPER
from plans.moving.proposals import Kind

_DASH = r"\s?[-–—,]?\s?"
_VOCABULARY = {
    "UBND": r"(?:UBND|(?:ủy|uỷ)\s+ban\s+nhân\s+dân)",
    "HĐND": r"(?:HĐND|hội\s+đồng\s+nhân\s+dân)",
    "TĐKT": rf"(?:TĐ\s?-?\s?KT|thi\s+đua{_DASH}khen\s+thưởng)",
    "HĐTĐKT": rf"(?:HĐTĐKT|(?:hội\s+đồng|HĐ)\s+(?:TĐ\s?-?\s?KT|thi\s+đua{_DASH}khen\s+thưởng))",
    "huyện": r"(?:huyện(?!\s+(?:ủy|uỷ)\b)|quận|thị\s+xã)",
    "Tên": rf"(?:\s+(?-i:[{UPPER}])\w*){{0,4}}",
    "Tên có": rf"(?-i:[{UPPER}])\w*(?:\s+(?-i:[{UPPER}])\w*){{0,3}}",
    "vùng": r"vùng\s+(?:thấp|cao|núi|biên\s+giới|đồng\s+bằng|ven\s+biển|biển)",
    "-": r"\s?[-–—]\s?",
    "và": r"(?:\s*,\s*|\s+và\s+)",
    "TT": r"(?:TT\.?\s?|Thường\s+trực\s+)?",
    "công chức": r"(?:(?:công\s+chức|bộ\s+phận|cán\s+bộ)\s+)?",
}
CULTURE, OFFICE = "Phòng Văn hóa - Xã hội", "Văn phòng HĐND và UBND"
ECONOMY, ECONOMY_URBAN = "Phòng Kinh tế", "Phòng Kinh tế, Hạ tầng và Đô thị"
HOME_AFFAIRS = "Sở Nội vụ"


@dataclass(frozen=True, slots=True)
class Rule:
    pattern: str
    new: str | None
    """With ``\\g<body>`` for the words of the pattern that stay; None: asked without suggestion."""
    why: str
    kind: Kind = Kind.CERTAIN
    choices: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    """Last steps of the places that the rule looks at; everywhere if empty."""
    needs_heir: bool = False
    """Certain only where it is known which unit took the own one over; else asked."""


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    expanded = re.sub(r"<([^<>?!=]+)>", lambda word: _VOCABULARY.get(word[1], word[0]), pattern)
    expanded = re.sub(r"\(\?<!([^()]*)\)", lambda behind: behind[0].replace(" ", r"\s"), expanded)
    expanded = re.sub(r" ", r"\\s+", expanded)
    return re.compile(rf"(?<!\w)(?:{expanded})(?!\w)", re.IGNORECASE)


_NO_DISTRICT = "Từ 01/7/2025 không còn cấp huyện"

# A commune's plan: the district was the level above.
OF_COMMUNE = (
    Rule(
        "(?P<body><UBND>|<HĐND>) <huyện><và>(?P=body) (?:tỉnh|thành phố)(?! trực)",
        r"\g<body> {tỉnh}",
        f"{_NO_DISTRICT}: chỉ còn cấp tỉnh ở trên xã.",
    ),
    Rule("(?P<body>tỉnh)<và>huyện", "{tỉnh}", f"{_NO_DISTRICT}."),
    Rule("huyện<và>tỉnh", "{tỉnh}", f"{_NO_DISTRICT}."),
    Rule(
        "phòng nội vụ(?: <huyện>(?P<named><Tên>))?", HOME_AFFAIRS, "Việc của Phòng Nội vụ huyện nay do Sở Nội vụ làm."
    ),
    Rule("ban <TĐKT> tỉnh(?P<named><Tên>)", HOME_AFFAIRS, "Ban Thi đua - Khen thưởng tỉnh nay thuộc Sở Nội vụ."),
    Rule(
        "ban <TĐKT> <huyện>(?P<named><Tên>)",
        HOME_AFFAIRS,
        f"{_NO_DISTRICT}: gửi Sở Nội vụ hay Hội đồng Thi đua - Khen thưởng tỉnh?",
        Kind.ASK,
        (HOME_AFFAIRS, "Hội đồng Thi đua - Khen thưởng {tỉnh}"),
    ),
    Rule(
        "(?P<body><TT>)(?:huyện (?:ủy|uỷ)|(?-i:HU))(?P<named><Tên>)",
        r"\g<body>{Tỉnh ủy}",
        "Huyện ủy không còn: nay là {Tỉnh ủy} hay Đảng ủy {xã}?",
        Kind.ASK,
        (r"\g<body>{Tỉnh ủy}", r"\g<body>Đảng ủy {xã}"),
    ),
    Rule(
        "(?:xây dựng|ban hành) .*?(?P<what>(?P<body><HĐTĐKT>) <huyện>)",
        None,
        "Xã soạn chương trình của Hội đồng xã; câu này ghi Hội đồng huyện: nay là xã hay tỉnh?",
        Kind.ASK,
        (r"\g<body> {xã}", r"\g<body> {tỉnh}"),
        ("content",),
    ),
    Rule(
        "(?P<body><UBND>) <huyện>(?P<named><Tên>)(?= (?:xét |tặng |quyết định )*khen thưởng)",
        r"\g<body> {tỉnh Y}",
        "Danh hiệu, giấy khen huyện từng quyết định nay do Chủ tịch UBND xã quyết định: việc nào vẫn trình tỉnh?",
        Kind.ASK,
    ),
    Rule(
        "(?P<body><UBND>|<HĐND>|<HĐTĐKT>) <huyện>(?P<named><Tên>)",
        r"\g<body> {tỉnh Y}",
        f"{_NO_DISTRICT}: cơ quan cấp trên của xã là cấp tỉnh.",
    ),
    Rule(
        "cấp huyện",
        "cấp tỉnh",
        f"{_NO_DISTRICT}: việc này nay ở cấp tỉnh hay cấp xã?",
        Kind.ASK,
        ("cấp tỉnh", "cấp xã"),
    ),
    Rule(
        "cụm (?:thi đua )?<huyện>",
        "Cụm thi đua các xã, phường",
        "Cụm thi đua nay do tỉnh chia giữa các xã, phường: tên cụm là gì?",
        Kind.ASK,
    ),
)

# A province's plan, or one of which it is not known whose it was.
OF_OTHERS = (
    Rule("ban <TĐKT> tỉnh(?P<named><Tên>)", HOME_AFFAIRS, "Ban Thi đua - Khen thưởng tỉnh nay thuộc Sở Nội vụ."),
    Rule(
        "(?:các |từng |mỗi |cấp )?<huyện>(?:<và>(?:<huyện>|thành phố))*",
        None,
        f"{_NO_DISTRICT}: nay là những đơn vị nào?",
        Kind.ASK,
        ("các xã, phường",),
    ),
)

# Before the names of units: «Phòng Nội vụ huyện Mường Thàn» is one body, not a body of its heir.
OFFICES_OF_DISTRICT = (
    Rule(
        "phòng nội vụ(?: các <huyện>(?:, <huyện>)*| <huyện>(?P<named><Tên>))?",
        None,
        "Phòng Nội vụ huyện không còn: nay nơi nào làm việc này?",
        Kind.ASK,
        (CULTURE, OFFICE, HOME_AFFAIRS),
    ),
)

# A district's own plan, taken over by the commune that is its heir or follows its example.
OF_DISTRICT = (
    Rule("ban <TĐKT> tỉnh(?P<named><Tên>)", HOME_AFFAIRS, "Ban Thi đua - Khen thưởng tỉnh nay thuộc Sở Nội vụ."),
    Rule(
        "phòng tài chính<->kế hoạch",
        None,
        "Phòng chuyên môn của huyện không còn: nay nơi nào làm việc này?",
        Kind.ASK,
        (ECONOMY, ECONOMY_URBAN),
    ),
    Rule(
        "(?P<body><TT>)(?:huyện (?:ủy|uỷ)|(?-i:HU))<Tên>",
        r"\g<body>Đảng ủy {xã}",
        "Huyện ủy không còn: nay là Đảng ủy {xã}?",
        Kind.ASK,
    ),
    Rule(
        "đại hội đảng bộ <huyện>(?: lần thứ \\w+)?",
        None,
        "Đảng bộ huyện không còn: nay theo Nghị quyết của Đại hội nào?",
        Kind.ASK,
    ),
    Rule(
        "cụm thi đua (?:(?:các )?<huyện>(?:<và>(?:<huyện>|thành phố))*(?: <vùng>)?|<vùng>)",
        None,
        "Cụm thi đua các huyện không còn: nay là cụm nào của tỉnh?",
        Kind.ASK,
    ),
    Rule(
        "(?:các|từng|mỗi|những) <huyện>(?:<và>(?:<huyện>|thành phố))*(?: <vùng>)?",
        None,
        f"{_NO_DISTRICT}: nay là những đơn vị nào?",
        Kind.ASK,
        ("các xã, phường",),
    ),
    Rule("<huyện> và xã", "{xã}", f"{_NO_DISTRICT}.", needs_heir=True),
    Rule(
        "(?:(?:các|mỗi|từng|một số|sáu) )?xã, (?:thị trấn|phường)(?:, thị trấn)?|(?:các|mỗi|từng|một số) xã",
        None,
        "Dưới xã mới không còn xã, thị trấn: nay giao cho thôn, đơn vị nào?",
        Kind.ASK,
    ),
    Rule("cấp huyện", "cấp xã", f"{_NO_DISTRICT}: nay ở cấp xã hay cấp tỉnh?", Kind.ASK, ("cấp xã", "cấp tỉnh")),
    Rule(
        "(?P<body><UBND>) (?:<huyện>|thành phố) (?P<named><Tên có>)",
        None,
        f"{_NO_DISTRICT}: đơn vị này nay là xã, phường nào?",
        Kind.ASK,
    ),
    Rule(
        "(?<!thị )(?:xã|phường|thị trấn) <Tên có>",
        None,
        "Đây là xã trong huyện cũ: nay thuộc đơn vị nào?",
        Kind.ASK,
    ),
    Rule(
        "(?P<body><UBND>|<HĐND>|<HĐTĐKT>) <huyện>",
        r"\g<body> {xã}",
        f"{_NO_DISTRICT}: việc của huyện mình nay do {{xã}} làm.",
        needs_heir=True,
    ),
)

# Wherever a commune's officers are named.
OFFICERS = (
    Rule(
        "<công chức>văn phòng<->thống kê",
        None,
        "Chức danh Văn phòng - Thống kê không còn: nay là phòng nào?",
        Kind.ASK,
        (CULTURE, OFFICE),
    ),
    Rule(
        "công chức văn (?:hóa|hoá)<->xã hội",
        None,
        "Công chức Văn hóa - Xã hội nay thuộc phòng nào?",
        Kind.ASK,
        (CULTURE,),
    ),
    Rule(
        "công chức tài chính<->kế toán",
        None,
        "Công chức Tài chính - Kế toán nay thuộc phòng nào?",
        Kind.ASK,
        (ECONOMY, ECONOMY_URBAN),
    ),
    Rule("công chức địa chính", None, "Công chức Địa chính nay thuộc phòng nào?", Kind.ASK, (ECONOMY, ECONOMY_URBAN)),
    Rule("công chức tư pháp<->hộ tịch", None, "Công chức Tư pháp - Hộ tịch nay thuộc nơi nào?", Kind.ASK, (OFFICE,)),
    Rule("ban văn (?:hóa|hoá)(?: xã)?", None, "Ban Văn hóa xã nay là phòng nào?", Kind.ASK, (CULTURE,)),
    Rule(
        "văn phòng <UBND>(?P<tail> xã| phường|)",
        None,
        "Văn phòng UBND xã nay là Văn phòng HĐND và UBND xã: có giao việc này không?",
        Kind.ASK,
        (OFFICE + r"\g<tail>", CULTURE),
    ),
    Rule(
        "cụm (?:thi đua |thi )?số (?:\\d+|[IVX]+)",
        None,
        "Cụm thi đua cũ không còn: năm nay đơn vị thuộc cụm nào của tỉnh?",
        Kind.ASK,
    ),
)

# What is left, after all else.
TOWNS = (
    Rule("xã, phường, thị trấn", "xã, phường", "Thị trấn nay là xã hoặc phường."),
    Rule("xã, thị trấn", "xã", "Thị trấn nay là xã hoặc phường."),
    Rule("thị trấn", "xã", "Thị trấn nay là xã hoặc phường."),
)
LEFT_OF_COMMUNE = (
    Rule(
        "<huyện>(?P<named><Tên>)",
        None,
        f"{_NO_DISTRICT}: ở đây nay là tỉnh hay xã?",
        Kind.ASK,
        ("{tỉnh Y}", "{xã}"),
    ),
)
LEFT_OF_DISTRICT = (
    Rule("<huyện>(?=[^“”]*”)", "{xã}", "Tên riêng có chữ huyện: đổi thành {xã} hay giữ nguyên?", Kind.ASK),
    Rule("<huyện> (?P<named><Tên có>)", None, f"{_NO_DISTRICT}: đơn vị này nay là xã, phường nào?", Kind.ASK),
    Rule("<huyện>", "{xã}", f"{_NO_DISTRICT}: việc của huyện mình nay là của {{xã}}.", needs_heir=True),
)


def own_word(old: str) -> tuple[Rule, ...]:
    """A commune that becomes a ward, a town that becomes a commune: its word wherever it speaks of itself."""
    alone = rf"(?<!các )(?<!cấp )(?<!mỗi )(?<!từng )(?<!những )(?<!hợp tác )(?<!thị ){old}(?! hội| viên| <Tên có>)"
    return (
        Rule(
            f"{alone}(?=[^“”]*”)", "{xã}", "Tên riêng có chữ chỉ đơn vị cũ: đổi thành {xã} hay giữ nguyên?", Kind.ASK
        ),
        Rule(
            f"{alone}(?= (?:đạt )?(?:chuẩn )?(?:nông thôn mới|NTM))",
            None,
            "Phường không xét nông thôn mới: câu này còn đúng không?",
            Kind.ASK,
        ),
        Rule(alone, "{xã}", "Đơn vị mới là {xã}."),
    )
