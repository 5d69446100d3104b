"""The words of reminders: texts with place-holders in braces, which a unit may put in its own words.

``{don_vi}`` stands for what the program fills in. A text is checked when it is saved, so that ``fill``
never meets a place-holder that it does not know. Plain text; what it becomes (mail, page, Zalo, paper)
is the business of whoever asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from core.errors import AppError
from core.text import as_pasted, clean_lines, fold, refuse_markup
from reminders.models import Wording
from units.models import Person

_HOLDER = re.compile(r"\{([^{}\n]*)\}")
_SPACES = re.compile(r"[\s\-]+")
_SENTENCE_END = re.compile(r"(?:^|\n|[.!?…]\s+)$")
_AROUND = 20
"""Letters before a stray brace that are said, so that a person finds it."""


class UnfitWording(AppError):
    """One sentence for each thing that is wrong; ``problems`` has them apart."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Holder:
    """A place in a text that the program fills in."""

    name: str
    means: str
    example: str
    is_required: bool = False

    @property
    def typed(self) -> str:
        return f"{{{self.name}}}"


@dataclass(frozen=True, slots=True)
class Text:
    name: str
    label: str
    where: str
    """In which message it stands, in a sentence."""
    default: str
    holders: tuple[Holder, ...]
    longest: int = 600
    """Letters, before it is filled in."""

    def holder(self, name: str) -> Holder | None:
        return next((holder for holder in self.holders if holder.name == name), None)


UNIT = Holder("don_vi", "tên đơn vị gửi", "xã An Hòa")
READER = Holder("nguoi_nhan", "người nhận, kèm ông hoặc bà", "bà Lò Thị Mây")
TODAY = Holder("ngay", "ngày gửi", "16/11/2026")
COUNT = Holder("so_viec", "số việc được nêu", "3")
MY_WORK = Holder("lien_ket", "địa chỉ trang «Việc của tôi»", "http://nhacviec.xa.vn/")
WEEK = Holder("tuan", "tuần được tổng hợp", "tuần từ 16/11/2026 đến 22/11/2026")
ASKED = Holder("viec", "yêu cầu gửi gì", "danh sách đề nghị khen thưởng cuối năm")
DUE = Holder("han", "hạn gửi", "20/11/2026")
BODY = Holder("noi_dung", "nội dung, cách làm ghi trong yêu cầu; yêu cầu không ghi thì bỏ trống", "Gửi theo mẫu 01.")
PLACE = Holder("noi_nhan", "tên thôn, trường, cơ quan được yêu cầu", "Thôn Đông")
HEAD = Holder("nguoi_nhan", "người đứng đầu nơi nhận, kèm ông hoặc bà; chưa có thì là tên nơi nhận", "ông Lò Văn Hặc")
LINK = Holder("lien_ket", "liên kết dùng một lần của nơi nhận", "http://nhacviec.xa.vn/gui/…", is_required=True)
ASKER = Holder("nguoi_gui", "cán bộ theo dõi, kèm điện thoại nếu đã nhập", "bà Lò Thị Mây, điện thoại 0912 345 678")
ISSUER = Holder("co_quan", "cơ quan ký văn bản", "Ủy ban nhân dân xã An Hòa")
PAPER = Holder(
    "van_ban",
    "văn bản đã yêu cầu; không có văn bản thì ghi «yêu cầu ngày …»",
    "Công văn số 112/UBND-VHXH ngày 03/11/2026",
)
ALL = Holder("tong_so", "số nơi được yêu cầu", "28")
CAME = Holder("so_da_gui", "số nơi đã gửi", "2")
MISSING = Holder("so_chua_gui", "số nơi chưa gửi", "26")
NEW_DUE = Holder("han_moi", "hạn ghi trong văn bản đôn đốc", "25/11/2026")

_LETTER = (ISSUER, UNIT, PAPER, ASKED, DUE, NEW_DUE, TODAY, ALL, CAME, MISSING, ASKER)

TEXTS: dict[str, Text] = {
    text.name: text
    for text in (
        Text(
            "digest_greeting",
            "Lời mở đầu thư nhắc việc",
            "Đầu lời nhắc mỗi ngày, trong thư điện tử và trong chương trình.",
            "Kính gửi {nguoi_nhan},\n{don_vi} có {so_viec} việc thi đua, khen thưởng cần lưu ý, tính đến ngày {ngay}:",
            (READER, UNIT, COUNT, TODAY),
        ),
        Text(
            "digest_closing",
            "Lời kết thư nhắc việc",
            "Cuối lời nhắc mỗi ngày, sau danh sách việc.",
            "Việc đã ghi kết quả thì không nhắc nữa. Xem tất cả tại «Việc của tôi»: {lien_ket}",
            (MY_WORK, READER, UNIT, TODAY),
        ),
        Text(
            "zalo_request",
            "Tin nhắn Zalo gửi thôn, trường, cơ quan",
            "Tin để cán bộ dán vào Zalo khi yêu cầu một nơi gửi báo cáo, danh sách; mỗi nơi một liên kết riêng.",
            "Kính gửi {nguoi_nhan}.\n"
            "{don_vi} đề nghị {noi_nhan} gửi: {viec}.\n"
            "Hạn gửi: {han}.\n"
            "Xin mở liên kết sau trên điện thoại để xem và trả lời, không cần tài khoản:\n"
            "{lien_ket}\n"
            "Liên kết chỉ dùng một lần, dành riêng cho {noi_nhan}. Cần hỏi thêm, xin liên hệ {nguoi_gui}.",
            (HEAD, PLACE, UNIT, ASKED, BODY, DUE, LINK, ASKER),
            longest=1200,
        ),
        Text(
            "letter_opening",
            "Lời mở đầu công văn đôn đốc",
            "Đầu công văn đôn đốc, trước danh sách nơi chưa gửi.",
            "Thực hiện {van_ban} của {co_quan} về việc gửi {viec}, hạn gửi ngày {han}; đến hết ngày {ngay}, "
            "có {so_da_gui}/{tong_so} đơn vị đã gửi, còn {so_chua_gui} đơn vị chưa gửi, gồm:",
            _LETTER,
            longest=2000,
        ),
        Text(
            "letter_closing",
            "Lời kết công văn đôn đốc",
            "Cuối công văn đôn đốc, sau danh sách nơi chưa gửi.",
            "{co_quan} đề nghị thủ trưởng các đơn vị nêu trên khẩn trương chỉ đạo thực hiện, gửi kết quả về {co_quan} "
            "trước ngày {han_moi}. Quá trình thực hiện nếu có vướng mắc, đề nghị liên hệ {nguoi_gui} để phối hợp "
            "giải quyết./.",
            _LETTER,
            longest=2000,
        ),
        Text(
            "weekly_greeting",
            "Lời mở đầu bản tổng hợp tuần cho lãnh đạo",
            "Đầu bản tổng hợp gửi lãnh đạo ngày làm việc đầu tuần, nếu đơn vị bật.",
            "Kính gửi {nguoi_nhan},\nTổng hợp việc thi đua, khen thưởng của {don_vi}, {tuan}:",
            (READER, UNIT, WEEK, TODAY),
        ),
    )
}
_NEVER_CAPITAL = {LINK.name}


def addressed(person: Person) -> str:
    """«bà Lò Thị Mây», as ``{nguoi_nhan}`` and ``{nguoi_gui}`` name people."""
    return f"{person.honorific.lower()} {person.full_name}".strip()


def examples(name: str) -> dict[str, str]:
    """A value for each place-holder, where there is nothing real to show."""
    return {holder.name: holder.example for holder in TEXTS[name].holders}


def check(name: str, text: str) -> str:
    """The text as it is kept; raise ``UnfitWording`` with a sentence for each thing that is wrong with it."""
    wanted = TEXTS[name]
    try:
        text = refuse_markup(clean_lines(as_pasted(text), limit=wanted.longest, name="Mẫu"), name="mẫu").strip()
    except AppError as error:
        raise UnfitWording([str(error)]) from None
    problems = _unknown(wanted, text) + _stray_braces(text) + _missing(wanted, text)
    if not text:
        problems = ["Hãy ghi nội dung mẫu, hoặc bấm «Trở về mẫu của chương trình»."]
    if problems:
        raise UnfitWording(problems)
    return text


def fill(name: str, text: str, values: Mapping[str, str]) -> str:
    """``text`` (that ``check`` let pass) with its place-holders filled in; ``values`` has all that the text may name.

    At the start of a sentence a value begins with a capital. A line that held only place-holders
    whose values are blank goes. A place-holder that the program once had stands as it was typed:
    one unit's old words must not stop the reminders of all.
    """
    missing = {holder.name for holder in TEXTS[name].holders} - set(values)
    if missing:
        raise KeyError(f"{name}: no value for {', '.join(sorted(missing))}")
    lines = [line for line in text.split("\n") if not _is_blank_once_filled(line, values)]
    text = "\n".join(lines)
    return _HOLDER.sub(lambda found: _value(found, text, values), text)


def text_of(unit_id: int, name: str, values: Mapping[str, str]) -> str:
    """The unit's words, or the program's, filled in. One query: for many at once ask ``wordings_of``."""
    return fill(name, wordings_of([unit_id], [name])[unit_id][name], values)


def wordings_of(unit_ids: list[int] | set[int], names: list[str]) -> dict[int, dict[str, str]]:
    """Unit → name → text to fill in, in one query."""
    texts = {unit: {name: TEXTS[name].default for name in names} for unit in unit_ids}
    rows = Wording.objects.filter(unit__in=texts, name__in=names)
    for unit, name, text in rows.values_list("unit", "name", "text"):
        texts[unit][name] = text
    return texts


# -- What can be wrong -----------------------------------------------------------------


def _unknown(wanted: Text, text: str) -> list[str]:
    names = list(dict.fromkeys(found[1] for found in _HOLDER.finditer(text)))
    return [_proposal(wanted, name) for name in names if wanted.holder(name) is None]


def _proposal(wanted: Text, name: str) -> str:
    """Names are looked for as people type them: with marks, blanks and capitals."""
    known = [holder.name for holder in wanted.holders]
    near = get_close_matches(_SPACES.sub("_", fold(name)), known, n=1, cutoff=0.6)
    offer = f"có phải {{{near[0]}}} không?" if near else f"dùng được: {', '.join(f'{{{one}}}' for one in known)}."
    what = f"Không có chỗ điền {{{name.strip()}}}" if name.strip() else "Trong ngoặc { } chưa có tên chỗ điền"
    return f"{what}; {offer}"


def _stray_braces(text: str) -> list[str]:
    rest = _HOLDER.sub(lambda found: " " * len(found[0]), text)
    if "{{" in text or "}}" in text:
        return ["Mỗi chỗ điền chỉ dùng một dấu { và một dấu }, ví dụ {don_vi}; hãy bỏ dấu thừa."]
    if not (stray := re.search(r"[{}]", rest)):
        return []
    before = text[: stray.start()].rpartition("\n")[2][-_AROUND:].strip()
    where = f"sau «{before}»" if before else "ở đầu dòng"
    other = {"{": "}", "}": "{"}[stray[0]]
    return [f"Dấu {stray[0]} {where} không có dấu {other} đi cùng; hãy thêm hoặc bỏ đi."]


def _missing(wanted: Text, text: str) -> list[str]:
    return [
        f"Mẫu này phải có {holder.typed} ({holder.means})."
        for holder in wanted.holders
        if holder.is_required and holder.typed not in text
    ]


def _is_blank_once_filled(line: str, values: Mapping[str, str]) -> bool:
    return bool(line.strip()) and not _HOLDER.sub(lambda found: values.get(found[1], found[0]), line).strip()


def _value(found: re.Match[str], text: str, values: Mapping[str, str]) -> str:
    value = values.get(found[1], found[0])
    if found[1] in _NEVER_CAPITAL or not _SENTENCE_END.search(text[: found.start()]):
        return value
    return value[:1].upper() + value[1:]
