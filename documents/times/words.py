"""The words by which Vietnamese papers name time, as plain tables. No rule stands here."""

from __future__ import annotations

# One spelling for words that are written in several, as they stand after lower-casing.
SPELLINGS = {
    "hàng": "hằng",
    "quí": "quý",
    "qúy": "quý",
    "qúi": "quý",
    "thg": "tháng",
    "thàng": "tháng",
    "uỷ": "ủy",
    "tuỳ": "tùy",
    "kì": "kỳ",
    "kỉ": "kỷ",
    "mồng": "mùng",
    "bẩy": "bảy",
    "hay": "hoặc",
}

# Words typed without marks. Used only for texts that have no marked letter at all.
PLAIN_SPELLINGS = {
    "thang": "tháng",
    "quy": "quý",
    "ngay": "ngày",
    "nam": "năm",
    "tuan": "tuần",
    "truoc": "trước",
    "den": "đến",
    "toi": "tới",
    "tu": "từ",
    "va": "và",
    "hoac": "hoặc",
    "het": "hết",
    "cham": "chậm",
    "muon": "muộn",
    "nhat": "nhất",
    "khong": "không",
    "qua": "quá",
    "han": "hạn",
    "hang": "hằng",
    "moi": "mỗi",
    "dinh": "định",
    "ky": "kỳ",
    "lan": "lần",
    "thuong": "thường",
    "xuyen": "xuyên",
    "dau": "đầu",
    "giua": "giữa",
    "cuoi": "cuối",
    "hoc": "học",
    "doan": "đoạn",
    "dot": "đột",
    "xuat": "xuất",
    "ke": "kế",
    "hoach": "hoạch",
    "hanh": "hành",
    "lam": "làm",
    "viec": "việc",
    "vong": "vòng",
    "thu": "thứ",
    "tet": "tết",
    "hoan": "hoàn",
    "thanh": "thành",
}

_UNITS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_AFTER_TEN = ("một", "hai", "ba", "bốn", "lăm", "sáu", "bảy", "tám", "chín")
_AFTER_TWENTY = ("mốt", "hai", "ba", "tư", "lăm", "sáu", "bảy", "tám", "chín")

# Numbers in words as days, months and quarters need them: 1 to 31.
NUMBERS = (
    {word: value for value, word in enumerate(_UNITS, 1)}
    | {"nhất": 1, "nhì": 2, "tư": 4, "mười": 10, "hai mươi": 20, "ba mươi": 30, "ba mốt": 31, "ba mươi mốt": 31}
    | {f"mười {word}": value for value, word in enumerate(_AFTER_TEN, 11)}
    | {f"hai mươi {word}": value for value, word in enumerate(_AFTER_TWENTY, 21)}
    | {f"hăm {word}": value for value, word in enumerate(_AFTER_TWENTY, 21)}
    | {"hai mươi bốn": 24}
)

ROMANS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}

# Lunar months that have a name of their own; the solar ones are tháng một, tháng mười hai.
LUNAR_MONTHS = {"giêng": 1, "chạp": 12}

# RFC 5545 names of weekdays by how Vietnamese counts them: the week's second day is Monday.
WEEKDAYS = {
    "hai": "MO",
    "2": "MO",
    "ba": "TU",
    "3": "TU",
    "tư": "WE",
    "4": "WE",
    "năm": "TH",
    "5": "TH",
    "sáu": "FR",
    "6": "FR",
    "bảy": "SA",
    "7": "SA",
}
WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEKDAY_NAMES = dict(
    zip(WEEK, ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"), strict=True)
)

# What follows "năm" and says which year without a figure: years from the plan's own.
RELATIVE_YEARS = {
    "sau liền kề": 1,
    "liền kề sau": 1,
    "liền kề": 1,
    "kế tiếp": 1,
    "tiếp theo": 1,
    "kế": 1,
    "tới": 1,
    "sau": 1,
    "trước liền kề": -1,
    "liền trước": -1,
    "trước đó": -1,
    "trước": -1,
    "nay": 0,
    "này": 0,
    "đó": 0,
    "báo cáo": 0,
    "kế hoạch": 0,
    "công tác": 0,
    "hiện tại": 0,
    "hiện hành": 0,
    "thi đua": 0,
}

# Days that papers name without a figure: (day, month). The state's commemorations and those of the
# organisations that a commune's plan follows.
NAMED_DAYS = {
    "tết dương lịch": (1, 1),
    "ngày thành lập đảng": (3, 2),
    "thành lập đảng cộng sản việt nam": (3, 2),
    "thầy thuốc việt nam": (27, 2),
    "quốc tế phụ nữ": (8, 3),
    "thành lập đoàn": (26, 3),
    "giải phóng miền nam": (30, 4),
    "thống nhất đất nước": (30, 4),
    "quốc tế lao động": (1, 5),
    "chiến thắng điện biên phủ": (7, 5),
    "sinh nhật bác": (19, 5),
    "ngày sinh chủ tịch hồ chí minh": (19, 5),
    "quốc tế thiếu nhi": (1, 6),
    "truyền thống thi đua yêu nước": (11, 6),
    "bác hồ ra lời kêu gọi thi đua ái quốc": (11, 6),
    "báo chí cách mạng việt nam": (21, 6),
    "gia đình việt nam": (28, 6),
    "thương binh liệt sĩ": (27, 7),
    "thương binh - liệt sĩ": (27, 7),
    "cách mạng tháng tám": (19, 8),
    "cách mạng tháng 8": (19, 8),
    "tổng khởi nghĩa tháng tám": (19, 8),
    "quốc khánh": (2, 9),
    "chuyển đổi số quốc gia": (10, 10),
    "doanh nhân việt nam": (13, 10),
    "thành lập hội nông dân": (14, 10),
    "phụ nữ việt nam": (20, 10),
    "pháp luật việt nam": (9, 11),
    "đại đoàn kết toàn dân tộc": (18, 11),
    "nhà giáo việt nam": (20, 11),
    "thành lập hội cựu chiến binh": (6, 12),
    "thành lập quân đội": (22, 12),
    "quốc phòng toàn dân": (22, 12),
}

# Feasts of the lunar calendar: (day, month).
LUNAR_DAYS = {
    "giỗ tổ hùng vương": (10, 3),
    "giỗ tổ": (10, 3),
    "tết trung thu": (15, 8),
    "trung thu": (15, 8),
    "tết thiếu nhi trung thu": (15, 8),
    "lễ phật đản": (15, 4),
    "phật đản": (15, 4),
    "vu lan": (15, 7),
    "tết nguyên tiêu": (15, 1),
    "tết đoan ngọ": (5, 5),
    "ông công ông táo": (23, 12),
}

NEW_YEAR = ("tết nguyên đán", "tết cổ truyền", "tết âm lịch", "tết ta", "tết")

# Whatever may follow Tết and only names the same year again.
YEAR_NAMES = tuple(
    f"{stem} {branch}"
    for stem in ("giáp", "ất", "bính", "đinh", "mậu", "kỷ", "canh", "tân", "nhâm", "quý")
    for branch in ("tý", "sửu", "dần", "mão", "thìn", "tỵ", "tị", "ngọ", "mùi", "thân", "dậu", "tuất", "hợi")
)

# What this very paper may be called: days are counted from its issue. "Kế hoạch" means it by itself,
# the others only with "này".
OWN_PAPERS = (
    "kế hoạch",
    "chương trình",
    "công văn",
    "hướng dẫn",
    "văn bản",
    "thông báo",
    "quyết định",
    "nghị quyết",
    "quy chế",
)
ISSUING = ("ký ban hành", "ký, ban hành", "ký", "ban hành", "phát hành", "có hiệu lực", "được ban hành", "được ký")

# The day that follows still counts.
LATEST = (
    "chậm nhất",
    "muộn nhất",
    "trễ nhất",
    "không quá",
    "không chậm quá",
    "không muộn quá",
    "không trễ quá",
    "không chậm hơn",
    "không muộn hơn",
    "không trễ hơn",
    "không sau",
    "tối đa",
    "hạn",
    "hạn cuối",
    "hạn cuối cùng",
    "hạn chót",
    "thời hạn",
    "hết",
    "trước hoặc trong",
    "trước và trong",
    "trong hoặc trước",
    "trước hoặc đúng",
)

AND_LATER_YEARS = (
    *(
        f"và {some} năm {end}"
        for some in ("các", "những")
        for end in ("tiếp theo", "tiếp sau", "sau", "tới", "kế tiếp")
    ),
    *(f"{some} năm {end}" for some in ("các", "những") for end in ("tiếp theo", "tiếp sau", "sau", "tới", "kế tiếp")),
    "trở đi",
    "về sau",
)

# Words of time that say none.
IDLE = (
    "trước mắt",
    "trước hết",
    "trước tiên",
    "trước đây",
    "trước đó",
    "sau đó",
    "từ đó",
    "đến nay",
    "đến từng",
    "tới từng",
    "hạn chế",
    "hết sức",
    "từ nguồn",
    "quý vị",
    "quý cơ quan",
)

# Happens when something else happens, or when somebody else says so: no day of its own.
EVENTS = (
    "đột xuất",
    "phát sinh",
    "kế hoạch riêng",
    "kế hoạch cụ thể",
    "nhận được",
    "có yêu cầu",
    "được yêu cầu",
    "ngày tổ chức",
    "không thời hạn",
)
ON_DEMAND = ("đột xuất",)

# The task waits for something: for what, the words that follow must say.
WAITS = ("khi", "theo", "thời điểm", "tùy")

# What an office may wait for: papers, meetings, orders, matters that come in.
HAPPENINGS = (
    *("ban hành", "ký", "công bố", "phê duyệt", "thông qua", "thẩm định", "thống nhất", "có hiệu lực", "quy định"),
    *("văn bản", "công văn", "kế hoạch", "chương trình", "quyết định", "nghị quyết", "chỉ thị", "thông báo"),
    *("hướng dẫn", "kết luận", "chỉ đạo", "ý kiến", "yêu cầu", "đề nghị", "phân công", "triệu tập", "giao", "lịch"),
    *("hội nghị", "đại hội", "họp", "hội thi", "hội thao", "hội thảo", "sự kiện", "ngày lễ", "bầu cử", "tổ chức"),
    *("phát động", "sơ kết", "tổng kết", "đợt", "phong trào", "cuộc thi", "chiến dịch", "tổng kiểm kê", "lễ"),
    *("kiểm tra", "thanh tra", "giám sát", "khảo sát", "đoàn", "hồ sơ", "nhận", "kết quả", "kinh phí"),
    *("phát sinh", "vụ việc", "sự việc", "nhu cầu", "thành tích", "tiến độ", "dự án", "công trình", "nghiệm thu"),
    *("kết thúc năm học", "kỳ thi"),
)

ONGOING = (
    "thường xuyên",
    "liên tục",
    "xuyên suốt",
    "quanh năm",
    "suốt năm",
    "suốt cả năm",
)

# Limits for exceptions and views beyond the plan set no due day; neither does what follows them in the clause.
EXCEPTIONS = ("trường hợp", "nếu", "gia hạn", "kéo dài", "lùi", "tầm nhìn", "định hướng đến")

# What is done when a report is written: a span after these words is what it is about.
REPORTS = ("báo cáo", "sơ kết", "tổng kết", "kết quả", "số liệu", "đánh giá", "tổng hợp", "tình hình", "nhiệm vụ")

# The work begins, and it is done: a text that says both has one start and one due day.
BEGINNINGS = ("triển khai", "khởi công", "khởi động")
ENDINGS = ("hoàn thành", "hoàn tất", "xong", "kết thúc")

# Seasons of weather, crops and schools: their days are those of the place and the year, not of the calendar.
SEASONS = (
    *("hè", "mùa hè", "xuân", "mùa xuân", "mùa thu", "mùa đông", "mùa mưa", "mùa mưa bão", "mùa mưa lũ", "mùa bão"),
    *("mùa lũ", "mùa khô", "mùa vụ", "đông xuân", "hè thu", "thu đông", "xuân hè", "vụ đông xuân", "vụ hè thu"),
    *("vụ thu đông", "vụ xuân hè", "vụ xuân", "vụ hè", "vụ thu", "vụ đông", "vụ mùa", "vụ chiêm", "vụ chiêm xuân"),
)

# Days in the life of schools that the provinces set from year to year.
SCHOOL_EVENTS = ("khai giảng", "bế giảng", "tựu trường", "khai trường")

# "Kế hoạch năm 2026": the year of the thing, not of the work.
SUBJECTS = ("hoạch", "vụ", "tác", "kết", "quả", "cáo", "hướng", "trào", "đua", "thưởng", "trình", "kỷ", "toán", "mục")
