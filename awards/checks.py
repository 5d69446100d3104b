"""One function a condition: facts in, findings out; each tells what was looked at and, failing, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from awards.facts import RATING_WORDS, SCOPE_WORDS, Case, Initiative, Mode, Scope

TITLE_WORDS = {
    "LDTT": "Lao động tiên tiến",
    "CSTDCS": "Chiến sĩ thi đua cơ sở",
    "CSTDT": "Chiến sĩ thi đua cấp tỉnh",
    "CSTDTQ": "Chiến sĩ thi đua toàn quốc",
    "TTLDTT": "Tập thể lao động tiên tiến",
    "TTLDXS": "Tập thể lao động xuất sắc",
    "BKT": "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
    "BKTTg": "Bằng khen của Thủ tướng Chính phủ",
    "GK": "Giấy khen",
}
TITLES = frozenset(["LDTT", "CSTDCS", "CSTDT", "CSTDTQ", "TTLDTT", "TTLDXS"])
"""Danh hiệu thi đua; all others are hình thức khen thưởng."""
_SCOPES = list(Scope)


@dataclass(frozen=True, slots=True)
class Finding:
    code: str
    ok: bool | None
    """None: open, a person has to look."""
    because: str


Asks = Mapping[str, Any]
Check = Callable[[Case, Asks], list[Finding]]


# -- Of one year -------------------------------------------------------------------------


def rating(case: Case, asks: Asks) -> list[Finding]:
    found, least = case.subject.ratings.get(case.year), asks["least"]
    if found is None and case.year in case.subject.maternity_years:
        return [Finding("rating", None, f"Năm {case.year} nghỉ thai sản, thời gian nghỉ được tính; chưa có xếp loại.")]
    if found is None:
        return [
            Finding("rating", None, f"Chưa có xếp loại năm {case.year}; cần từ mức {RATING_WORDS[least]} trở lên.")
        ]
    ok = case.subject.is_rated(case.year, least)
    need = "" if ok else f"; cần từ mức {RATING_WORDS[least]} trở lên"
    return [Finding("rating", ok, f"Năm {case.year} xếp loại {RATING_WORDS[found]}{need}.")]


def excellent_or_initiative(case: Case, asks: Asks) -> list[Finding]:
    """HTXSNV, or an initiative; then it must not have been used up."""
    if case.subject.is_rated(case.year, "HTXSNV"):
        return [Finding("excellent_or_initiative", True, f"Năm {case.year} hoàn thành xuất sắc nhiệm vụ.")]
    fitting = _initiatives(case, asks)
    if not fitting:
        return [
            Finding(
                "excellent_or_initiative",
                False,
                f"Năm {case.year} không hoàn thành xuất sắc nhiệm vụ và không có sáng kiến được công nhận ở cơ sở.",
            )
        ]
    told = Finding("excellent_or_initiative", True, f"Có sáng kiến được công nhận: {_named(fitting)}.")
    return [told, reuse(case, fitting)]


def excellent_and_initiative(case: Case, asks: Asks) -> list[Finding]:
    """Both, as the bill of December 2025 had it: only where a confirmation says that the amended law reads so."""
    is_excellent, fitting = case.subject.is_rated(case.year, "HTXSNV"), _initiatives(case, asks)
    lacking = [] if is_excellent else [f"xếp loại hoàn thành xuất sắc nhiệm vụ năm {case.year}"]
    lacking += [] if fitting else ["sáng kiến được công nhận ở cơ sở"]
    if lacking:
        return [Finding("excellent_or_initiative", False, f"Còn thiếu {' và '.join(lacking)}.")]
    words = f"Năm {case.year} hoàn thành xuất sắc nhiệm vụ và có sáng kiến được công nhận: {_named(fitting)}."
    return [Finding("excellent_or_initiative", True, words), reuse(case, fitting)]


# -- Initiatives -------------------------------------------------------------------------


def initiative_scope(case: Case, asks: Asks) -> list[Finding]:
    fitting = _initiatives(case, asks)
    where = SCOPE_WORDS[Scope(asks["scope"])]
    if not fitting:
        first = case.year - asks["years"] + 1
        return [
            Finding(
                "initiative_scope",
                False,
                f"Từ năm {first} đến {case.year} chưa có sáng kiến được công nhận có phạm vi ảnh hưởng {where}.",
            )
        ]
    return [Finding("initiative_scope", True, f"Có sáng kiến {where}: {_named(fitting)}."), reuse(case, fitting)]


def _initiatives(case: Case, asks: Asks) -> list[Initiative]:
    least = _SCOPES.index(Scope(asks["scope"]))
    return [
        one
        for one in case.subject.initiatives
        if one.is_recognised
        and _SCOPES.index(one.scope) >= least
        and case.year - asks["years"] < one.year <= case.year
    ]


def reuse(case: Case, fitting: Iterable[Initiative], needed: int = 1) -> Finding:
    """One initiative, one award (CV 5007/BNV-TĐKT 2023): across kinds forbidden, between two titles to be judged."""
    fresh = [one for one in fitting if not one.used_for]
    if len(fresh) >= needed:
        return Finding("initiative_reuse", True, f"Sáng kiến chưa dùng cho lần khen thưởng nào: {_named(fresh)}.")
    used = [one for one in fitting if one.used_for]
    told = ", ".join(f"{one.id} đã dùng cho {TITLE_WORDS.get(one.used_for, one.used_for)}" for one in used)
    alike = [one for one in used if (one.used_for in TITLES) == (case.award in TITLES) and case.award in TITLES]
    if len(fresh) + len(alike) >= needed:
        return Finding("initiative_reuse", None, f"{told}; dùng lại giữa hai danh hiệu thì phải có người xem xét.")
    return Finding("initiative_reuse", False, f"{told}; không dùng lại được cho {TITLE_WORDS[case.award]}.")


def _named(initiatives: Iterable[Initiative]) -> str:
    return ", ".join(f"{one.id} (năm {one.year}, {SCOPE_WORDS[one.scope]})" for one in initiatives)


# -- Over the years ----------------------------------------------------------------------


def consecutive_titles(case: Case, asks: Asks) -> list[Finding]:
    """Up to the year of the award. A year of maternity leave without the title is no gap (NĐ 152/2025, Điều 4)."""
    titles, needed = tuple(asks["titles"]), asks["years"]
    years = _run(case, lambda year: case.subject.has_title(titles, year))
    name = TITLE_WORDS[titles[0]]
    if len(years) >= needed:
        return [Finding("consecutive_titles", True, f"{name} các năm {_list(years[:needed])} liên tục.")]
    thematic = [one.year for one in case.subject.titles if one.code in titles and one.mode is not Mode.MERIT]
    later = f"; sớm nhất có thể đề nghị cho năm {case.year + needed - len(years)}" if years else ""
    beside = f" Danh hiệu theo chuyên đề, đột xuất năm {_list(thematic)} không được tính." if thematic else ""
    return [
        Finding(
            "consecutive_titles",
            False,
            f"Cần {needed} năm liên tục đạt {name} tính đến năm {case.year}, mới có {_count(years)}{later}.{beside}",
        )
    ]


def consecutive_ratings(case: Case, asks: Asks) -> list[Finding]:
    least, needed = asks["least"], asks["years"]
    rated = case.subject.ratings

    def counts(year: int) -> bool:
        return case.subject.is_rated(year, least) or (year in case.subject.maternity_years and year not in rated)

    years = [year for year in range(case.year, case.year - needed, -1) if counts(year)]
    ok = len(years) == needed
    if ok:
        words = f"{needed} năm liên tục {case.year - needed + 1}-{case.year} từ mức {RATING_WORDS[least]} trở lên."
    else:
        missing = [year for year in range(case.year - needed + 1, case.year + 1) if year not in years]
        words = (
            f"Cần {needed} năm liên tục từ mức {RATING_WORDS[least]} trở lên tính đến năm {case.year};"
            f" chưa đạt hoặc chưa có số liệu năm {_list(missing)}."
        )
    return [Finding("consecutive_ratings", ok, words)]


def titles_within(case: Case, asks: Asks) -> list[Finding]:
    titles, needed, span = tuple(asks["titles"]), asks["count"], asks["years"]
    years = [year for year in range(case.year - span + 1, case.year + 1) if case.subject.has_title(titles, year)]
    words = f"Trong {span} năm đến năm {case.year} có {len(years)} lần {TITLE_WORDS[titles[0]]}, cần {needed} lần."
    return [Finding("consecutive_titles", len(years) >= needed, words)]


def titles_or_ratings(case: Case, asks: Asks) -> list[Finding]:
    """Bằng khen of a province for a person: so many years the title, or as many excellent years with initiatives."""
    [titles] = consecutive_titles(case, asks)
    if titles.ok:
        return [titles]
    [ratings] = consecutive_ratings(case, {"least": "HTXSNV", "years": asks["years"]})
    fitting = _initiatives(case, {"scope": "base", "years": asks["years"]})
    enough = len(fitting) >= asks["initiatives"]
    if ratings.ok and enough:
        return [ratings, reuse(case, fitting, asks["initiatives"])]
    if _is_mixed(case, asks, fitting):
        words = (
            "Mỗi năm đạt một trong hai điều kiện: Chiến sĩ thi đua cơ sở, hoặc xuất sắc có sáng kiến; cần người xem."
        )
        return [Finding("consecutive_titles", None, words)]
    need = f"Có {len(fitting)} sáng kiến được công nhận trong {asks['years']} năm, cần {asks['initiatives']}."
    return [titles, ratings, *([] if enough else [Finding("initiative_scope", False, need)])]


def _is_mixed(case: Case, asks: Asks, fitting: Iterable[Initiative]) -> bool:
    with_initiative = {one.year for one in fitting}
    return all(
        case.subject.has_title(tuple(asks["titles"]), year)
        or (case.subject.is_rated(year, "HTXSNV") and year in with_initiative)
        for year in range(case.year - asks["years"] + 1, case.year + 1)
    )


def excellent_years(case: Case, asks: Asks) -> list[Finding]:
    """Of a collective: each of the years excellent or with the title."""
    titles, needed = tuple(asks["titles"]), asks["years"]

    def counts(year: int) -> bool:
        return case.subject.is_rated(year, "HTXSNV") or case.subject.has_title(titles, year)

    missing = [year for year in range(case.year - needed + 1, case.year + 1) if not counts(year)]
    words = f"Cần {needed} năm liên tục đến năm {case.year} hoàn thành xuất sắc nhiệm vụ hoặc {TITLE_WORDS[titles[0]]}"
    words += f"; còn thiếu năm {_list(missing)}." if missing else ": đạt."
    return [Finding("consecutive_ratings", not missing, words)]


def prior_award(case: Case, asks: Asks) -> list[Finding]:
    codes = tuple(asks["titles"])
    years = sorted(one.year for one in case.subject.titles if one.code in codes and one.year <= case.year)
    name = TITLE_WORDS[codes[0]]
    words = f"Đã được tặng {name} năm {_list(years)}." if years else f"Chưa được tặng {name}."
    return [Finding("prior_award", bool(years), words)]


def _run(case: Case, holds: Callable[[int], bool]) -> list[int]:
    """Years without a gap, from the year of the award backwards."""
    years: list[int] = []
    year = case.year
    while holds(year) or (year in case.subject.maternity_years and years):
        if holds(year):
            years.append(year)
        year -= 1
    return years


def _count(years: list[int]) -> str:
    return f"{len(years)} năm ({_list(years)})" if years else "0 năm"


def _list(years: Iterable[int]) -> str:
    return ", ".join(str(year) for year in sorted(years))


# -- Of a collective ---------------------------------------------------------------------


def ldtt_share(case: Case, asks: Asks) -> list[Finding]:
    members, percent = case.subject.members, asks["percent"]
    if members is None or members.total == 0:
        return [Finding("ldtt_share", None, "Chưa có số người trong tập thể.")]
    ok = members.ldtt * 100 >= percent * members.total
    words = f"{members.ldtt}/{members.total} người đạt Lao động tiên tiến, cần ít nhất {percent} %."
    return [Finding("ldtt_share", ok, words)]


def all_completed(case: Case, asks: Asks) -> list[Finding]:
    members = case.subject.members
    if members is None:
        return [Finding("all_completed", None, "Chưa có số người hoàn thành nhiệm vụ.")]
    words = f"{members.completed}/{members.total} người hoàn thành nhiệm vụ, cần đủ 100 %."
    return [Finding("all_completed", members.completed >= members.total, words)]


def cstdcs_present(case: Case, asks: Asks) -> list[Finding]:
    members, needed = case.subject.members, asks["count"]
    if members is None:
        return [Finding("cstdcs_present", None, "Chưa có số Chiến sĩ thi đua cơ sở của tập thể.")]
    words = f"Có {members.cstdcs} Chiến sĩ thi đua cơ sở, cần ít nhất {needed}."
    return [Finding("cstdcs_present", members.cstdcs >= needed, words)]


def nobody_warned(case: Case, asks: Asks) -> list[Finding]:
    members = case.subject.members
    if members is None:
        return [Finding("discipline", None, "Chưa biết có người bị kỷ luật từ cảnh cáo trở lên hay không.")]
    ok = members.warned_or_worse == 0
    words = "Không có người bị kỷ luật từ cảnh cáo trở lên."
    return [
        Finding("discipline", ok, words if ok else f"{members.warned_or_worse} người bị kỷ luật từ cảnh cáo trở lên.")
    ]


CHECKS: Mapping[str, Check] = {
    check.__name__: check
    for check in (
        rating,
        excellent_or_initiative,
        excellent_and_initiative,
        initiative_scope,
        consecutive_titles,
        consecutive_ratings,
        titles_within,
        titles_or_ratings,
        excellent_years,
        prior_award,
        ldtt_share,
        all_completed,
        cstdcs_present,
        nobody_warned,
    )
}
