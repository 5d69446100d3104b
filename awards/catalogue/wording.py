"""Conditions and local orders in words. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from awards.catalogue.effective import Quota
from awards.checks import TITLE_WORDS
from awards.conditions import Condition
from awards.facts import RATING_WORDS, SCOPE_WORDS, Recipient, Scope
from awards.money import BY_WORDS, RECIPIENT_WORDS, By
from awards.shipped import CYCLE_WORDS, PAPER_WORDS, ROUTE_WORDS, award_name

Asks = Mapping[str, Any]
QUOTA_OF = {"people": "số người của đơn vị", "collectives": "số tập thể của đơn vị"}
FIELD_WORDS = {
    "papers": "Thành phần hồ sơ",
    "cycle": "Chu kỳ",
    "due": "Hạn gửi hồ sơ hằng năm",
    "days": "Thời hạn giải quyết",
    "route": "Cách xét",
    "vote_percent": "Tỷ lệ phiếu đồng ý",
    "quota": "Tỷ lệ tối đa",
    "quota_direct_percent": "Người lao động trực tiếp",
    "payer": "Nguồn chi tiền thưởng",
    "multiplier": "Hệ số tiền thưởng",
}
NOT_IN_LAW = "luật không quy định"


def _title(asks: Asks) -> str:
    return TITLE_WORDS[asks["titles"][0]]


_CHECKS: Mapping[str, Callable[[Asks], str]] = {
    "rating": lambda asks: f"Xếp loại của năm từ mức {RATING_WORDS[asks['least']]} trở lên",
    "excellent_or_initiative": lambda asks: "Hoàn thành xuất sắc nhiệm vụ, hoặc có sáng kiến được công nhận ở cơ sở",
    "excellent_and_initiative": lambda asks: "Hoàn thành xuất sắc nhiệm vụ và có sáng kiến được công nhận ở cơ sở",
    "initiative_scope": lambda asks: (
        f"Có sáng kiến được công nhận, phạm vi ảnh hưởng {SCOPE_WORDS[Scope(asks['scope'])]},"
        f" trong {asks['years']} năm"
    ),
    "consecutive_titles": lambda asks: f"{asks['years']} năm liên tục đạt {_title(asks)}",
    "consecutive_ratings": lambda asks: (
        f"{asks['years']} năm liên tục xếp loại từ mức {RATING_WORDS[asks['least']]} trở lên"
    ),
    "titles_within": lambda asks: f"Trong {asks['years']} năm có {asks['count']} lần đạt {_title(asks)}",
    "titles_or_ratings": lambda asks: (
        f"{asks['years']} năm liên tục đạt {_title(asks)}, hoặc {asks['years']} năm liên tục hoàn thành xuất sắc nhiệm"
        f" vụ và có {asks['initiatives']} sáng kiến được công nhận"
    ),
    "excellent_years": lambda asks: (
        f"{asks['years']} năm liên tục hoàn thành xuất sắc nhiệm vụ hoặc đạt {_title(asks)}"
    ),
    "prior_award": lambda asks: f"Đã được tặng {_title(asks)}",
    "ldtt_share": lambda asks: f"Ít nhất {asks['percent']} % số người đạt Lao động tiên tiến",
    "all_completed": lambda asks: "100 % số người hoàn thành nhiệm vụ",
    "cstdcs_present": lambda asks: f"Có ít nhất {asks['count']} Chiến sĩ thi đua cơ sở",
    "nobody_warned": lambda asks: "Không có người bị kỷ luật từ cảnh cáo trở lên",
}


def condition_in_words(condition: Condition) -> str:
    return _CHECKS[condition.check](condition.asks)


def rate_in_words(award: str, recipient: Recipient, by: By) -> str:
    """«Mức tiền Giấy khen cho cá nhân, Chủ tịch Ủy ban nhân dân cấp xã quyết định»."""
    return f"Mức tiền thưởng {award_name(award)} cho {RECIPIENT_WORDS[recipient]}, {BY_WORDS[by]} quyết định"


def paper_in_words(code: str) -> str:
    """A line of the unit's own stays as it is."""
    return PAPER_WORDS.get(code, code)


def value_in_words(field: str, value: Any) -> str:
    match field:
        case "papers":
            return "; ".join(map(paper_in_words, value)) or "không cần giấy tờ nào"
        case "cycle":
            return CYCLE_WORDS[value]
        case "due":
            return f"trước ngày {value[1]}/{value[0]}"
        case "days":
            return f"{value} ngày làm việc" if value is not None else NOT_IN_LAW
        case "route":
            return ROUTE_WORDS[value]
        case "vote_percent":
            return f"{value} % tổng số thành viên Hội đồng" if value is not None else "quá nửa số thành viên Hội đồng"
        case "quota":
            return quota_in_words(value)
        case "quota_direct_percent":
            return f"ít nhất {_number(value)} %"
        case "multiplier":
            return f"{_number(value)} lần mức lương cơ sở"
    return str(value)


def quota_in_words(quota: Quota) -> str:
    of = QUOTA_OF.get(quota.of) or f"số {award_name(quota.of)}"
    return f"không quá {_number(quota.percent)} % {of}"


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")
