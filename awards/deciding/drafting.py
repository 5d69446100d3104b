"""The words of a decision to begin with. What an officer leaves as it was follows the rows; what he wrote stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from awards.deciding.facts import Facts, Row, authority_of, award_words, counted, is_title, recipients_words
from awards.models.common import PathKind
from documents.dates import PartialDate

LIST_LINE = "[Danh sách]"
"""Stands in the articles where the names are printed; without it they stand in a list of their own."""
FEW = 5
"""Up to so many names stand in Điều 1 itself."""
LONGEST = 20_000
Draft = dict[str, str]


@dataclass(frozen=True, slots=True)
class Text:
    """``rows`` 0: a single line."""

    name: str
    label: str
    hint: str = ""
    rows: int = 0
    needed: bool = False


TEXTS = (
    Text("subject", "Trích yếu", "Ví dụ: Về việc tặng danh hiệu “Lao động tiên tiến” năm 2026.", 2, needed=True),
    Text("authority", "Thẩm quyền ban hành", "Chữ in hoa, trên các căn cứ.", needed=True),
    Text("bases", "Căn cứ", "Mỗi dòng một căn cứ; dấu cuối dòng được thêm khi in.", 7, needed=True),
    Text(
        "articles",
        "Các điều",
        f"Mỗi điều một dòng, bắt đầu bằng «Điều 1.». Dòng «{LIST_LINE}» in tên ngay tại đó; bỏ dòng ấy đi thì tên in "
        "thành danh sách kèm theo.",
        12,
        needed=True,
    ),
    Text("recipients", "Nơi nhận", "Mỗi dòng một nơi; dòng cuối là «Lưu: VT».", 4),
    Text("lines", "Quyền hạn, chức vụ người ký", "Chữ in hoa, xuống dòng như trên văn bản.", 2, needed=True),
    Text("signer", "Họ và tên người ký"),
    Text("place", "Địa danh", "Như in trước ngày tháng: An Sơn.", needed=True),
)
BY_NAME = {text.name: text for text in TEXTS}


def drafted(facts: Facts) -> Draft:
    issuer = facts.issuer
    signed = [line for line in (issuer.signature_lines if issuer else "").split("\n") if line.strip()]
    own = [line for line in signed if not line.startswith("TM.")]  # it is the chairman's own power (nd30, Điều 13)
    return {
        "subject": _subject(facts),
        "authority": authority_of(facts.by, facts.unit, issuer).upper(),
        "bases": "\n".join((*facts.bases.lines, _proposed(facts))),
        "articles": _articles(facts),
        "recipients": "\n".join((f"Như Điều {_LAST}", f"Hội đồng Thi đua - Khen thưởng {facts.unit}", "Lưu: VT")),
        "lines": "\n".join(own or ["CHỦ TỊCH"]),
        "signer": facts.decision.signer,
        "place": issuer.place if issuer else facts.unit.name,
    }


def settled(drafts: Mapping[str, str], texts: Mapping[str, str]) -> Draft:
    return {name: texts.get(name, draft) for name, draft in drafts.items()}


# -- Title and bases -----------------------------------------------------------------------

_LAST = 4
"""The article that says who carries the decision out."""


def _subject(facts: Facts) -> str:
    whom = f" cho {recipients_words(facts.kinds)}" if facts.rows else ""
    return f"Về việc tặng {_awards(facts)}{_when(facts)}{whom}"


def _awards(facts: Facts) -> str:
    titles = [award_words(one).removeprefix("danh hiệu ") for one in facts.awards if is_title(one)]
    forms = [award_words(one) for one in facts.awards if not is_title(one)]
    said = [*([f"danh hiệu {', '.join(titles)}"] if titles else []), *forms]
    return " và ".join(filter(None, (", ".join(said[:-1]), said[-1]))) if said else "danh hiệu, hình thức khen thưởng"


def _when(facts: Facts) -> str:
    """« năm 2026» of titles; forms say for what they are given."""
    if not facts.period or not any(is_title(one) for one in facts.awards):
        return ""
    return f" năm học {facts.period}" if facts.of_school_year else f" năm {facts.period}"


def _proposed(facts: Facts) -> str:
    council = f"Hội đồng Thi đua - Khen thưởng {facts.unit}"
    if facts.sat_on is None:
        return f"Theo đề nghị của Thường trực {council}"
    day = PartialDate(facts.sat_on.year, facts.sat_on.month, facts.sat_on.day).in_words()
    return f"Theo đề nghị của {council} tại phiên họp {day}"


# -- Articles ------------------------------------------------------------------------------


def _articles(facts: Facts) -> str:
    whom = recipients_words(facts.kinds) or "tập thể, cá nhân"
    decree = facts.bases.decree
    rule = f" theo quy định tại {decree}" if decree else " theo quy định"
    payer = facts.decision.payer or f"Quỹ thi đua, khen thưởng của {facts.unit}"
    return "\n".join(
        (
            *_first(facts),
            f"Điều 2. Các {whom} có tên tại Điều 1 được nhận tiền thưởng{rule}; chi từ {payer}.",
            "Điều 3. Quyết định này có hiệu lực kể từ ngày ký.",
            f"Điều {_LAST}. Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân, thủ trưởng các cơ quan, đơn vị có "
            f"liên quan và các {whom} có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
        )
    )


def _first(facts: Facts) -> list[str]:
    what = f"Tặng {_giver(facts, _awards(facts))}{_when(facts)}"
    count, why = counted(facts.rows), _why(facts)
    if 0 < len(facts.rows) <= FEW:
        return [f"Điều 1. {what} cho {count} có tên sau đây{why}:", LIST_LINE]
    if len(facts.awards) <= 1:
        return [f"Điều 1. {what} cho {count}{why} (có danh sách kèm theo)."]
    by_award = [(one, counted(row for row in facts.rows if row.award == one)) for one in facts.awards]
    lines = [f"{number}. {_raised(award_words(one))}: {many}" for number, (one, many) in enumerate(by_award, start=1)]
    told = "Tặng danh hiệu thi đua, hình thức khen thưởng" if _mixed(facts) else "Tặng danh hiệu thi đua"
    opening = f"Điều 1. {told}{_when(facts)} cho {count}{why} (có danh sách kèm theo), gồm:"
    return [opening, *(f"{line};" for line in lines[:-1]), f"{lines[-1]}."]


def _mixed(facts: Facts) -> bool:
    return not all(is_title(one) for one in facts.awards)


def _giver(facts: Facts, words: str) -> str:
    """A commendation is named by who gives it: «Giấy khen của Chủ tịch Ủy ban nhân dân xã An Sơn»."""
    if facts.awards == ("GK",):
        return f"{words} của {authority_of(facts.by, facts.unit, facts.issuer)}"
    return words


def _why(facts: Facts) -> str:
    paths = {row.path for row in facts.rows}
    if len(paths) != 1:
        return " đã có thành tích trong công tác, lao động và phong trào thi đua"
    path = paths.pop()
    award_round = facts.decision.round
    if path == PathKind.SUDDEN:
        return f" đã {_deed(facts.rows)}" if _deed(facts.rows) else " đã có thành tích đột xuất"
    if path == PathKind.MOVEMENT and award_round is not None:
        return f" đã có thành tích xuất sắc trong {award_round.campaign or 'phong trào thi đua'}"
    if path == PathKind.CONTRIBUTION:
        return " đã có nhiều đóng góp, ủng hộ"
    return " đã có thành tích trong phong trào thi đua"


def _deed(rows: tuple[Row, ...]) -> str:
    """What all of them did, where it is one deed: «cứu người bị đuối nước»."""
    deeds = {row.achievement.rstrip(" .;") for row in rows}
    deed = deeds.pop() if len(deeds) == 1 else ""
    return f"{deed[:1].lower()}{deed[1:]}".removeprefix("đã ")


def _raised(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
