"""The words of a report drafted from its figures, section by section, as lines that a person may rewrite. Pure.

Nothing is said that the figures do not say: what is not known is not mentioned, causes are left to the person who
knows them, and what a figure would come to by the end of the year is called a forecast.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from campaigns.reporting.figures import Figures, Rank, TargetFigures, WaveFigures
from campaigns.results.status import WEAK, WORDS, Status
from campaigns.wording import on_paper, percent_in_words, with_measure

OPENING, DIRECTING, RESULTS, FINDINGS = "opening", "directing", "results", "findings"
EXEMPLARS, LIMITS, CAUSES, DIRECTIONS = "exemplars", "limits", "causes", "directions"
PROPOSALS, CLOSING, RECIPIENTS, SIGNATURE = "proposals", "closing", "recipients", "signature"

LABELS = {
    OPENING: "Lời mở đầu",
    DIRECTING: "I. Công tác chỉ đạo, triển khai",
    RESULTS: "II. Kết quả: lời dẫn trước bảng",
    FINDINGS: "II. Kết quả: nhận xét sau bảng và biểu đồ",
    EXEMPLARS: "III. Điển hình tiên tiến",
    LIMITS: "IV. Hạn chế",
    CAUSES: "IV. Nguyên nhân",
    DIRECTIONS: "V. Phương hướng, nhiệm vụ",
    PROPOSALS: "VI. Đề xuất khen thưởng",
    CLOSING: "Lời kết",
    RECIPIENTS: "Nơi nhận",
    SIGNATURE: "Quyền hạn, chức vụ người ký",
}
_MOST_NAMED = 10
"""Places of one rank that are named; more are counted."""
_ACTS = re.compile(
    r"^(?:(?:tổ chức|phát động|triển khai|hưởng ứng|thực hiện|tiếp tục|và),?\s+)+(?=phong trào)", re.IGNORECASE
)
_KINDS = {"collective": "Tập thể", "person": "Cá nhân", "household": "Hộ gia đình"}


@dataclass(frozen=True, slots=True)
class Office:
    """Who reports, and what is reported on."""

    name: str
    """«Ủy ban nhân dân xã An Sơn»."""
    plan: str = ""
    """«Kế hoạch số 15/KH-UBND ngày 12 tháng 3 năm 2024»; empty where none is issued."""
    recipients: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()


def drafted(figures: Figures, office: Office) -> dict[str, str]:
    """Key → lines; empty where there is nothing to say."""
    makers: dict[str, Callable[[], Iterable[str]]] = {
        OPENING: lambda: [_opening(figures, office)],
        DIRECTING: lambda: _dashed(_directing(figures)),
        RESULTS: lambda: [_results(figures)],
        FINDINGS: lambda: _dashed(_findings(figures)),
        EXEMPLARS: lambda: _exemplars(figures),
        LIMITS: lambda: _dashed(_limits(figures)),
        CAUSES: lambda: (),
        DIRECTIONS: lambda: _dashed(_directions(figures)),
        PROPOSALS: lambda: _proposals(figures),
        CLOSING: lambda: [f"Trên đây là Báo cáo {_lowered(subject(figures))} của {office.name}./."],
        RECIPIENTS: lambda: office.recipients,
        SIGNATURE: lambda: office.signature,
    }
    return {key: "\n".join(make()) for key, make in makers.items()}


def subject(figures: Figures) -> str:
    """«Sơ kết phong trào thi đua … 6 tháng đầu năm 2024»."""
    act = "Tổng kết" if figures.is_final else "Sơ kết"
    wave = f"{figures.wave}, " if figures.wave else ""
    return f"{act} {wave}{movement(figures)} {figures.period_words}"


def movement(figures: Figures) -> str:
    """The campaign in running text, without the act before it and the year after it, which the period says."""
    title = " ".join(figures.title.split()).rstrip(" .;")
    title = re.sub(rf",?\s*(?:trong )?năm {figures.year}$", "", title)
    bare = _ACTS.sub("", title)
    if bare.lower().startswith("phong trào"):
        return _lowered(bare)
    if bare.lower().startswith("thi đua"):
        return f"phong trào {_lowered(bare)}"
    return f"phong trào thi đua “{bare.strip('“”')}”"


# -- Sections ------------------------------------------------------------------------------


def _opening(figures: Figures, office: Office) -> str:
    by = f"Thực hiện {office.plan}, " if office.plan else ""
    name = office.name if by else _raised(office.name)
    return f"{by}{name} báo cáo kết quả {movement(figures)} {figures.period_words} như sau:"


def _directing(figures: Figures) -> Iterator[str]:
    theme = f" với chủ đề “{figures.theme.strip('“” .')}”" if figures.theme else ""
    if figures.launched_on:
        yield f"Phong trào được phát động ngày {on_paper(figures.launched_on)}{theme}."
    elif theme:
        yield f"Phong trào được triển khai{theme}."
    shared = sum(1 for target in figures.targets if target.parts)
    if figures.targets:
        yield (
            f"Phong trào có {len(figures.targets)} chỉ tiêu"
            + (f", trong đó {shared} chỉ tiêu có số liệu báo cáo từ cơ sở." if shared else ".")
        )
    else:
        yield "Phong trào không giao chỉ tiêu bằng số."
    if figures.waves:
        yield f"Tổ chức {len(figures.waves)} đợt thi đua: {'; '.join(_wave(wave) for wave in figures.waves)}."
    if figures.movements:
        names = "; ".join(f"“{one.name.strip('“” .')}”" for one in figures.movements)
        yield f"Triển khai {len(figures.movements)} phong trào thi đua chuyên đề: {names}."
    yield from _registered(figures)


def _wave(wave: WaveFigures) -> str:
    if wave.start and wave.end:
        return f"{wave.name} (từ ngày {on_paper(wave.start)} đến ngày {on_paper(wave.end)})"
    return wave.name


def _registered(figures: Figures) -> Iterator[str]:
    found = figures.registrations
    if found is None:
        return
    said = [(found.approved, "đã duyệt"), (found.waiting, "chờ duyệt"), (found.returned, "trả lại để bổ sung")]
    parts = ", ".join(f"{words} {number}" for number, words in said if number)
    people = f" Có {found.people} cá nhân đăng ký." if found.people else ""
    yield f"Đăng ký thi đua: {found.came}/{found.total} nơi đã đăng ký{f' ({parts})' if parts else ''}.{people}"


def _results(figures: Figures) -> str:
    if not figures.targets:
        return f"Tính đến ngày {on_paper(figures.last_day)}, phong trào không có chỉ tiêu bằng số để tổng hợp."
    counted = [f"{number} chỉ tiêu {WORDS[status]}" for status, number in figures.counts.items() if number]
    return (
        f"Tính đến ngày {on_paper(figures.last_day)}, trong {len(figures.targets)} chỉ tiêu có {', '.join(counted)}. "
        "Kết quả cụ thể:"
    )


def _findings(figures: Figures) -> Iterator[str]:
    for words, wanted in (
        ("Chỉ tiêu đạt", Status.REACHED),
        ("Chỉ tiêu vượt tiến độ", Status.AHEAD),
        ("Chỉ tiêu đúng tiến độ", Status.ON_TIME),
        ("Chỉ tiêu giữ trong mức giao", Status.KEPT),
        ("Chỉ tiêu đang thực hiện", Status.IN_PROGRESS),
    ):
        if found := figures.of(wanted):
            yield f"{words}: {_listed(found)}."
    if summed := [target for target in figures.targets if target.is_sum and target.parts]:
        said = "; ".join(f"{_named(target)} từ {target.parts}" for target in summed)
        yield f"Số liệu cộng từ cơ sở: {said}."
    yield from _ranked(figures.best, "đạt nhiều chỉ tiêu được giao nhất")
    if guessed := [target for target in figures.targets if target.forecast is not None]:
        said = "; ".join(f"{_named(one)} {with_measure(one.forecast, one.measure)}" for one in guessed)
        yield f"Dự báo cả năm nếu giữ tốc độ hiện nay (là dự báo, không phải kết quả): {said}."


def _exemplars(figures: Figures) -> Iterator[str]:
    if not figures.exemplars:
        yield "Trong kỳ chưa ghi nhận điển hình tiên tiến."
        return
    kinds = [kind for kind in _KINDS if any(one.kind == kind for one in figures.exemplars)]
    for number, kind in enumerate(kinds, start=1):
        if len(kinds) > 1:
            yield f"{number}. {_KINDS[kind]}"
        for one in (one for one in figures.exemplars if one.kind == kind):
            place = f", {one.place}" if one.place and one.place not in one.name else ""
            yield f"- {one.name}{place}: {_sentence(_lowered(' '.join(one.story.split())))}"


def _limits(figures: Figures) -> Iterator[str]:
    for words, wanted in (
        ("chỉ tiêu chậm tiến độ", Status.BEHIND),
        ("chỉ tiêu chưa đạt", Status.NOT_REACHED),
        ("chỉ tiêu chưa đủ số liệu của các nơi", Status.PARTIAL),
        ("chỉ tiêu chưa có số liệu", Status.NO_DATA),
    ):
        if found := figures.of(wanted):
            yield f"Còn {len(found)} {words}: {_listed(found)}."
    if figures.registrations and figures.registrations.missing:
        yield f"Còn {figures.registrations.missing} nơi chưa đăng ký thi đua."
    yield from _ranked(figures.weakest, "đạt ít chỉ tiêu được giao nhất")
    if figures.targets and not figures.of(*WEAK, Status.PARTIAL, Status.NO_DATA):
        yield "Không có chỉ tiêu chậm tiến độ hoặc chưa đạt."
    elif not figures.targets:
        yield "Phong trào chưa có chỉ tiêu bằng số để đánh giá."


def _directions(figures: Figures) -> Iterator[str]:
    weak = figures.of(*WEAK)
    if weak and not figures.is_final:
        yield f"Tập trung thực hiện các chỉ tiêu chậm tiến độ, chưa đạt: {'; '.join(map(_left, weak))}."
    elif weak:
        yield f"Tiếp tục thực hiện các chỉ tiêu chưa đạt trong năm {figures.year + 1}: {'; '.join(map(_named, weak))}."
    if figures.of(Status.NO_DATA, Status.PARTIAL):
        yield "Đôn đốc, tổng hợp đủ số liệu của các chỉ tiêu chưa có hoặc chưa đủ số liệu."
    for wave in figures.waves:
        if wave.is_coming:
            yield f"Tổ chức {_wave(wave)}."
    if figures.registrations and figures.registrations.missing and not figures.is_final:
        yield "Đôn đốc các nơi chưa đăng ký thi đua."
    yield "Duy trì kết quả của các chỉ tiêu đã đạt; tuyên truyền, nhân rộng điển hình tiên tiến."


def _proposals(figures: Figures) -> Iterator[str]:
    awards = list(dict.fromkeys(one.proposed for one in figures.proposed))
    if not awards:
        yield "Trong kỳ chưa có đề xuất khen thưởng."
    for number, award in enumerate(awards, start=1):
        yield f"{number}. {award}"
        for one in figures.proposed:
            if one.proposed == award:
                place = f", {one.place}" if one.place and one.place not in one.name else ""
                yield f"- {one.name}{place}."


# -- Words ---------------------------------------------------------------------------------


def _listed(targets: Sequence[TargetFigures]) -> str:
    return "; ".join(f"{_named(target)}{_reached(target)}" for target in targets)


def _named(target: TargetFigures) -> str:
    """A target inside a sentence."""
    return _lowered(target.text.rstrip(" .;:"))


def _reached(target: TargetFigures) -> str:
    """« (1.200 tấn, bằng 51,1 % chỉ tiêu)»; empty where nothing is known."""
    if target.value is None:
        return ""
    said = [with_measure(target.value, target.measure)]
    if target.status is Status.PARTIAL:
        said.append(f"của {target.parts}")
    elif target.percent is not None and not (target.measure.startswith("%") or target.status is Status.KEPT):
        said.append(f"bằng {percent_in_words(target.percent)} chỉ tiêu")
    elif target.aim:
        said.append(f"chỉ tiêu {target.aim}")
    return f" ({', '.join(said)})"


def _left(target: TargetFigures) -> str:
    rest = with_measure(target.remaining, target.measure)
    return f"{_named(target)}{f' (còn {rest})' if rest else ''}"


def _ranked(ranks: Sequence[Rank], what: str) -> Iterator[str]:
    for rank in ranks:
        if len(rank.names) > _MOST_NAMED:
            who = f"{len(rank.names)} {rank.noun}"
        else:
            who = ", ".join(f"{name} ({said})" for name, said in zip(rank.names, rank.reached, strict=True))
        among = "" if rank.compared == rank.of else f", trong {rank.compared}/{rank.of} {rank.noun} đủ số liệu"
        yield f"{_raised(rank.noun)} {what}{among}: {who}."


def _dashed(lines: Iterable[str]) -> Iterator[str]:
    return (f"- {line}" for line in lines)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text.rstrip(' ;,')}."


def _raised(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _lowered(text: str) -> str:
    """Unless it begins with an abbreviation or a name of several capitals."""
    first, _, second = text.partition(" ")
    is_name = first.isupper() and len(first) > 1 or second[:1].isupper()
    return text if is_name else f"{text[:1].lower()}{text[1:]}"
