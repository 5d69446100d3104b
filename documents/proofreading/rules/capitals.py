"""Capital letters of Decree 30/2020/NĐ-CP, Phụ lục II."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from documents.proofreading.findings import Finding, Severity, at
from documents.proofreading.letters import LOWER, UPPER
from documents.proofreading.reading import WRITTEN, Line, Reading, Role

_READ = WRITTEN | {Role.RECIPIENT}

NAMES = (
    "Ủy ban nhân dân",
    "Uỷ ban nhân dân",
    "Hội đồng nhân dân",
    "Tòa án nhân dân",
    "Viện kiểm sát nhân dân",
    "Ủy ban Mặt trận Tổ quốc",
    "Uỷ ban Mặt trận Tổ quốc",
    "Mặt trận Tổ quốc",
    "Ban Chấp hành Trung ương",
    "Bộ Chính trị",
    "Bộ Nội vụ",
    "Thủ tướng Chính phủ",
    "Chính phủ",
    "Quốc hội",
    "Ban Bí thư",
    "Tỉnh ủy",
    "Tổ quốc",
    "Bộ Tài chính",
    "Đoàn Thanh niên",
    "Trạm Y tế",
    "Lao động tiên tiến",
    "Tập thể lao động xuất sắc",
    "Tập thể lao động tiên tiến",
    "Sở Nội vụ",
    "Phòng Nội vụ",
    "Hội Liên hiệp Phụ nữ",
    "Hội Cựu chiến binh",
    "Hội Nông dân",
    "Đảng Cộng sản Việt Nam",
    "Chủ tịch Hồ Chí Minh",
    "Chủ tịch UBND",
    "Phó Chủ tịch UBND",
    "Cách mạng tháng Tám",
    "Huân chương Lao động",
    "Chiến sĩ thi đua",
    "Nguyên đán",
)
"""As the decree spells them; written otherwise they are pointed at."""
_COUNCIL = re.compile(
    r"(?<!\w)(?P<body>Hội\s+đồng|hội\s+đồng|Ban|HĐ)\s+"
    r"(?P<name>thi\s+đua(?P<join>\s*[-–—,]\s*|\s+)khen\s+thưởng|khen\s+thưởng\s*[-–—,]\s*thi\s+đua)(?!\w)",
    re.IGNORECASE,
)
_COUNCIL_NAME = "Thi đua - Khen thưởng"


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(rf"(?<!\w){'[ ]+'.join(name.split())}(?!\w)", re.IGNORECASE)) for name in NAMES)


def names(reading: Reading) -> Iterator[Finding]:
    for line in reading.lines:
        if line.role not in _READ or line.is_upper:
            continue
        for name, pattern in _patterns():
            for match in pattern.finditer(line.text):
                if match[0] != name and not match[0].isupper() and not _is_common(line, match, name):
                    message = f"Viết hoa là «{name}»."
                    yield at(line, "capital.name", match.span(), message, new=name)
        for match in _COUNCIL.finditer(line.text):
            is_any = re.search(r"(?:các|mỗi|từng)\s+$", line.text[: match.start()])
            if match["name"] == _COUNCIL_NAME and match["body"] in {"hội đồng", "Hội Đồng"} and not is_any:
                message = "Tên cơ quan viết hoa: «Hội đồng»."
                yield at(line, "name.council", match.span("body"), message, new="Hội đồng")
            if match["name"] == _COUNCIL_NAME or match["name"].isupper() or "Luật" in line.text[: match.start()][-6:]:
                continue
            if match["body"].islower() and match["body"] != "hội đồng":
                continue
            body = "Hội đồng" if match["body"].lower() == "hội đồng" else match["body"]
            message = "Tên cơ quan này viết là «Thi đua - Khen thưởng»."
            yield at(line, "name.council", match.span(), message, new=f"{body} {_COUNCIL_NAME}")


_TITLES = frozenset(
    {"Chiến sĩ thi đua", "Lao động tiên tiến", "Tập thể lao động xuất sắc", "Tập thể lao động tiên tiến"}
)
"""People are called so too: «các chiến sĩ thi đua»."""
_WITHIN_NAMES = frozenset({"Tỉnh ủy", "Đoàn Thanh niên", "Trạm Y tế"})
"""Names where they begin with a capital: «trạm y tế» is any."""
_COMMON_BEFORE = re.compile(r"(?:các|những|mỗi|từng|danh\s+hiệu)\s+$", re.IGNORECASE)


def _is_common(line: Line, match: re.Match[str], name: str) -> bool:
    """«các chiến sĩ thi đua» are people, and «các phòng nội vụ» no name; a first letter may open the sentence."""
    if (
        match[0][1:] == name[1:]
        and match[0][0].lower() == name[0].lower()
        and name.startswith(("Ủy", "Uỷ", "Hội đồng n"))
    ):
        return False
    if name in _WITHIN_NAMES:
        return match[0][0].islower()
    if name == "Chính phủ":
        return line.text[: match.start()].lower().endswith("phi ")
    if name in _TITLES:
        return not re.search(r"danh\s+hiệu\s+[“\"]?$", line.text[: match.start()], re.IGNORECASE)
    return bool(_COMMON_BEFORE.search(line.text[: match.start()])) and name == "Phòng Nội vụ"


_WORDS_WITHIN = (
    "Văn Hóa|Văn Hoá|Xã Hội|Kinh Tế|Nội Vụ|Tài Chính|Giáo Dục|Đào Tạo|Môi Trường|Nông Nghiệp|Y Tế|Thanh Niên|Phụ Nữ|"
    "Nông Dân|Kế Hoạch|Mặt Trận|Tổ Quốc|Chủ Tịch|Thi Đua|Khen Thưởng|Hội Đồng|Giấy Khen|Bằng Khen|Danh Hiệu|Nhiệm Vụ|"
    "Phong Trào|Chính Quyền|Hành Chính|Nghị Quyết|Quyết Định|Nghị Định|Thông Tư|Cán Bộ|Công Chức|Viên Chức|Tập Thể|"
    "Cá Nhân|Địa Phương|Cơ Quan|Đơn Vị|Văn Phòng|Trung Ương|Chiến Sĩ|Nông Thôn|Đô Thị|Chuyển Đổi|Lao Động|Dân Tộc"
)
_WITHIN = re.compile(rf"(?<!\w)(?P<said>{_WORDS_WITHIN.replace(' ', '[ ]')})(?!\w)")
_PERSON = re.compile(
    rf"(?:ông|bà|đồng\s+chí|đ/c)\s+(?:[{UPPER}][{LOWER}]+\s+)*$|(?:Nguyễn|Trần|Lê|Phạm|Vũ|Võ|Đỗ)\s+\S*\s?$"
)


def within_names(reading: Reading) -> Iterator[Finding]:
    """``Phòng Nội Vụ``: not every syllable of a body's name has a capital, only its parts (Phụ lục II, IV.1)."""
    for line in reading.lines:
        if line.role not in _READ or line.is_upper:
            continue
        for match in _WITHIN.finditer(line.text):
            if not _PERSON.search(line.text[: match.start()]):
                first, second = match["said"].split(" ")
                new = f"{first} {second.lower()}"
                message = f"Chỉ viết hoa chữ đầu: «{new}» (Nghị định 30, Phụ lục II)."
                yield at(line, "capital.name", match.span(), message, new=new)


_FUNCTION = re.compile(
    rf"(?<![{UPPER}\w])(?P<before>[{LOWER}]+)\s+(?P<said>Các|Những|Và|Của|Được|Trong|Với|Cho|Đến|Theo|Để|Từ|"
    rf"Cán bộ|Công chức|Viên chức|Đơn vị|Cá nhân|Tập thể)(?!\w)(?!\s+[{UPPER}])"
)


def out_of_place(reading: Reading) -> Iterator[Finding]:
    """``triển khai Các phong trào``: within a sentence, and no name."""
    for line in reading.lines:
        if line.role not in WRITTEN or line.is_upper:
            continue
        for match in _FUNCTION.finditer(line.text):
            if not line.is_cited(*match.span()):
                new = match["said"][0].lower() + match["said"][1:]
                message = "Giữa câu, chữ này không viết hoa."
                yield at(line, "capital.common", match.span("said"), message, new=new, severity=Severity.LOOK)


# -- Nhân dân, Nhà nước ------------------------------------------------------------------------

_PEOPLE = re.compile(
    r"(?<!ban )(?<!đồng )(?<!án )(?<!sát )(?<!ông an )(?<!đội )(?<!vũ trang )(?<!thanh tra )(?<!thẩm )(?<!tín dụng )"
    r"(?<!chiến tranh )(?<!an ninh )(?<!phòng )(?<!nhà giáo )(?<!thầy thuốc )(?<!nghệ sĩ )(?<!nghệ nhân )(?<!biểu )"
    r"(?<!Nhà giáo )(?<!Thầy thuốc )(?<!Nghệ sĩ )(?<!Nghệ nhân )(?<!trận )(?<!khu )\b(?P<said>nhân\s+dân)(?!\w)"
)
_STATE = re.compile(r"(?:(?:của|Đảng,|Đảng\s+và|với|do|chính\s+sách\s+của)\s+)(?P<said>nhà\s+nước)(?!\w)")


def people_and_state(reading: Reading) -> Iterator[Finding]:
    """Nouns of their own (V.1); not within «Ủy ban nhân dân», «quản lý nhà nước»."""
    for pattern, name in ((_PEOPLE, "Nhân dân"), (_STATE, "Nhà nước")):
        for line in reading.lines:
            if line.role not in WRITTEN:
                continue
            for match in pattern.finditer(line.text):
                if line.is_cited(*match.span()):
                    continue
                message = f"«{name}» viết hoa khi là danh từ (Nghị định 30, Phụ lục II)."
                yield at(line, "capital.people", match.span("said"), message, new=name, severity=Severity.LOOK)


# -- Units, articles, sentences -------------------------------------------------------------------

_UNIT = re.compile(
    rf"(?<=[{LOWER},;] )(?P<unit>Tỉnh|Huyện|Xã|Phường|Thị trấn|Thành phố|Thôn)(?=\s+[{UPPER}][{LOWER}]+)"
    r"(?!\s+(?:Hồ\s+Chí|ủy|uỷ|đoàn))"
)
_AFTER_PERSONS = re.compile(
    r"\s+(?:Nguyễn|Trần|Lê|Phạm|Phan|Võ|Hoàng|Huỳnh|Đinh|Lý|Ngô|Hai\s+Bà|Bà\s+Triệu|Quang\s+Trung|Điện\s+Biên|Trưng|"
    r"Tôn\s+Đức|Hùng\s+Vương|An\s+Dương|Mạc|Chu\s+Văn|Bùi|Đặng|Đoàn|Trương|Cao)\b"
)
_ARTICLE = re.compile(
    r"(?:(?<!\d )|(?<=khoản \d )|(?<=khoản \d\d ))(?<!\w)(?P<said>điều)\s+\d+(?!\w)(?!\s*(?:kiện|răn))"
)
_LAW = re.compile(
    r"(?<!\w)Luật\s+(?P<said>ngân|thi|tổ|viên|cán|đất|đầu|bảo|an|giao|trẻ|lao|lưu|khiếu|tố|phòng|cư|xây|giáo|hộ)"
    r"(?=\s+(?:sách|đua|chức|bộ|đai|tư|vệ|hiểm|ninh|thông|em|động|trữ|nại|cáo|cháy|chống|trú|dựng|dục|tịch)\b)"
)
_LAW_SMALL = re.compile(
    r"(?<!\w)(?P<said>luật\s+(?:[Tt]hi\s+đua|[Tt]ổ\s+chức\s+chính\s+quyền|[Nn]gân\s+sách|[Vv]iên\s+chức|[Cc]án\s+bộ|"
    r"[Đđ]ất\s+đai|[Đđ]ầu\s+tư\s+công|[Bb]ảo\s+hiểm\s+y\s+tế))"
)
_CLAUSE = re.compile(rf"(?<=[{LOWER},] )(?P<said>Khoản(?=\s+\d+)|Điểm(?=\s+[a-zđ],?\s+[Kk]hoản))")
_NEW_SENTENCE = re.compile(rf"(?<=[{LOWER})”]{{2}})\.\s+(?P<said>[{LOWER}])(?P<rest>\w*)")
_SHORT = re.compile(r"(?:\bv\.v|\bvv|\bTP|\btr|\bTT|\bVP|\bths|\bst)\.?$", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"\b(?P<said>thứ\s+(?:hai|ba|tư|năm|sáu|bảy))(?=\s+(?:hằng|hàng|đầu|cuối)\s+tuần|,?\s+ngày\s+\d)"
)


def places(reading: Reading) -> Iterator[Finding]:
    for line in reading.lines:
        if line.role not in _READ or line.is_upper:
            continue
        for match in _UNIT.finditer(line.text):
            if not _AFTER_PERSONS.match(line.text, match.end()):
                message = "Danh từ chỉ đơn vị trước tên riêng không viết hoa."
                new = match["unit"].lower()
                yield at(line, "capital.unit", match.span(), message, new=new, severity=Severity.LOOK)


_BEFORE_KIND = r"(?:UBND|HĐND|UBMTTQ|MTTQ|nhân\s+dân|[Kk]hen\s+thưởng|toàn|bàn|đoàn\s+thể|[Đđ]ảng\s+[ủu][yỷ])"


def own_kind(reading: Reading) -> Iterator[Finding]:
    """«UBND Phường» in a paper that writes «UBND phường» as a rule, or the other way round."""
    kind = reading.context.whose.kind
    if not kind:
        return
    pattern = re.compile(rf"(?<!\w){_BEFORE_KIND}\s+(?P<said>{kind}|{kind.capitalize()})(?!\w)(?!\s+[{UPPER}\d])")
    lines = [line for line in reading.lines if line.role in _READ and not line.is_upper]
    found = [(line, match) for line in lines for match in pattern.finditer(line.text)]
    capital = [one for one in found if one[1]["said"][0].isupper()]
    if not capital or len(capital) == len(found):
        return
    is_rare = 2 * len(capital) <= len(found)
    new = kind if is_rare else kind.capitalize()
    for line, match in found:
        if match["said"] != new:
            message = f"Chỗ khác trong văn bản viết «{new}»."
            yield at(line, "capital.unit", match.span("said"), message, new=new, severity=Severity.LOOK)


def within_sentences(reading: Reading) -> Iterator[Finding]:
    for line in reading.lines:
        if line.role not in WRITTEN or line.is_upper:
            continue
        for match in _ARTICLE.finditer(line.text):
            yield at(line, "capital.article", match.span("said"), "«Điều» của văn bản viết hoa.", new="Điều")
        for match in _LAW.finditer(line.text):
            new = match["said"].capitalize()
            yield at(line, "capital.law", match.span("said"), "Tên luật viết hoa chữ cái đầu.", new=new)
        for match in _LAW_SMALL.finditer(line.text):
            new = "Luật " + match["said"][5:6].upper() + match["said"][6:]
            yield at(line, "capital.law", match.span("said"), "Tên luật viết hoa chữ cái đầu.", new=new)
        for match in _CLAUSE.finditer(line.text):
            new = match["said"].lower()
            yield at(line, "capital.article", match.span("said"), f"«{new}» của văn bản không viết hoa.", new=new)
        for match in _NEW_SENTENCE.finditer(line.text):
            if not _SHORT.search(line.text[: match.start()]):
                span = (match.start("said"), match.end("rest"))
                new = match["said"].upper() + match["rest"]
                yield at(line, "capital.sentence", span, "Chữ đầu câu phải viết hoa.", new=new)
        for match in _WEEKDAY.finditer(line.text):
            first, last = match["said"].split()
            yield at(
                line,
                "capital.name",
                match.span("said"),
                "Tên thứ trong tuần viết hoa.",
                new=f"{first} {last.capitalize()}",
            )


_MOST_HEADINGS = 2 / 3


def headings(reading: Reading) -> Iterator[Finding]:
    """One in small letters among headings in capitals."""
    lines = [line for line in reading.of(Role.HEADING) if getattr(line.block, "level", 0) == 1 and line.words]
    small = [line for line in lines if not line.is_upper and "(" not in line.text]
    if len(lines) < 3 or len(lines) - len(small) < _MOST_HEADINGS * len(lines):
        return
    for line in small:
        span = (line.after_marker, len(line.text))
        new = line.text[line.after_marker :].upper()
        yield at(line, "capital.heading", span, "Các đề mục khác viết chữ in hoa.", new=new, severity=Severity.LOOK)


_COMMON = re.compile(
    rf"(?<=[{LOWER}]{{2}} )(?<!phòng )(?<!Phòng )(?<!Ban )(?P<said>Kinh tế - Xã hội|Quốc phòng - An ninh)(?!\w)"
)


def common_words(reading: Reading) -> Iterator[Finding]:
    """Fields of work are no names, but within the name of an office."""
    for line in reading.lines:
        if line.role not in WRITTEN or line.is_upper:
            continue
        for match in _COMMON.finditer(line.text):
            new = match["said"].lower()
            message = f"«{new}» không phải tên riêng nên không viết hoa."
            yield at(line, "capital.common", match.span(), message, new=new, severity=Severity.LOOK)


_ENOUGH, _MOST, _FEW = 6, 0.8, 0.15


_MARKER = re.compile(r"\s*(?:[a-zđ]|[ivx]{1,4})[.)]\s")


def openings(reading: Reading) -> Iterator[Finding]:
    """A paragraph that begins small, in a paper whose others begin with a capital; after «;» it may go on so."""
    lines = [line for line in reading.of(Role.ITEM, Role.PARAGRAPH, Role.CELL) if line.words and not _is_name(line)]
    small = [line for line in lines if _first_letter(line).islower()]
    if len(lines) < _ENOUGH or len(lines) - len(small) < _MOST * len(lines):
        return
    going_on = [line for line in lines if _goes_on(reading, line)]
    may_go_on = sum(_first_letter(line).islower() for line in going_on) > _FEW * len(going_on)
    for line in small:
        if (
            _MARKER.match(line.text)
            or (may_go_on and line in going_on)
            or line.role is Role.CELL
            and len(line.words) < _ENOUGH
        ):
            continue
        word = next(word for word in line.words if word.start >= line.after_marker)
        new = word.text[:1].upper() + word.text[1:]
        message = "Chữ đầu đoạn phải viết hoa."
        yield at(line, "capital.sentence", (word.start, word.end), message, new=new, severity=Severity.LOOK)


def _goes_on(reading: Reading, line: Line) -> bool:
    """The line before has not come to its end."""
    number = reading.order[line.path]
    return bool(number) and reading.lines[number - 1].text.rstrip().endswith((";", ":", ","))


def _is_name(line: Line) -> bool:
    return not any(word.start >= line.after_marker for word in line.words)


def _first_letter(line: Line) -> str:
    text = line.text[line.after_marker :].lstrip('-–+ “"(')
    return text[:1] if text[:1].isalpha() else "A"


RULES = (
    names,
    within_names,
    out_of_place,
    people_and_state,
    places,
    own_kind,
    within_sentences,
    headings,
    common_words,
    openings,
)
