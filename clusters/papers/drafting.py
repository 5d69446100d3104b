"""The words of a paper to begin with. What an officer leaves as it was follows the rows; what he wrote stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from clusters.models import Member, Step
from clusters.papers.facts import Facts
from clusters.papers.frames import is_basis
from clusters.papers.kinds import Kind, Sort
from clusters.papers.people import in_sentence, joined
from clusters.wording import worded
from units.models import Unit

_NEW_LAW = 2024
"""The first year under the law of 2022."""
Draft = dict[str, str]


def drafted(sort: Sort, facts: Facts) -> Draft:
    """Every field of the paper's form, blank where nobody can know it."""
    said = {**_shared(facts), **_DRAFTS[sort.kind](facts)}
    return {text.name: said.get(text.name, "") for text in sort.texts}


def settled(drafts: Mapping[str, str], texts: Mapping[str, str]) -> Draft:
    return {name: texts.get(name, draft) for name, draft in drafts.items()}


def _shared(facts: Facts) -> Draft:
    leader = facts.leader
    return {
        "place": place_of(facts),
        "lines": f"TT. {facts.name.upper()}\n{facts.head_word.upper()}",
        "post": _post(leader),
        "signer": facts.signer_of(leader).name if leader else "",
        "recipients": "\n".join((organ(facts.cluster.unit), "Các đơn vị thành viên", "Lưu: VT")),
    }


def place_of(facts: Facts) -> str:
    leader = facts.leader
    return leader.unit.name if leader and leader.unit else facts.cluster.unit.name


def organ(unit: Unit) -> str:
    return f"UBND {unit}"


def _post(leader: Member | None) -> str:
    """On whose behalf the head signs for all."""
    if leader is None:
        return ""
    if leader.unit is not None:
        return f"CHỦ TỊCH UBND {leader.unit}".upper()
    return leader.part.head.post.upper() if leader.part and leader.part.head else ""


def _law(facts: Facts) -> str:
    day = "15 tháng 6 năm 2022" if facts.season.year >= _NEW_LAW else "26 tháng 11 năm 2003"
    return f"Căn cứ Luật Thi đua, khen thưởng ngày {day}"


# -- By paper ------------------------------------------------------------------------------


def _pledge(facts: Facts) -> Draft:
    body = facts.season.pledge_text or _promise(facts)
    return {
        "body": body,
        "signatories": "\n".join(facts.signer_of(member).line for member in facts.followers),
        "place": facts.season.pledged_at or place_of(facts),
    }


def _promise(facts: Facts) -> str:
    year = facts.season.year
    mains = [node for node in facts.scheme.criteria if node.base]
    aims = [f"- {node.title.rstrip(' .;')};" for node in mains]
    sections = [
        f"Đại diện các đơn vị thành viên {facts.name} thống nhất ký giao ước thi đua năm {year} với các nội dung sau:",
        "1. Nội dung thi đua",
        "- Thi đua hoàn thành và hoàn thành vượt mức các chỉ tiêu, nhiệm vụ được giao"
        + (" trên các mặt:" if aims else "."),
        *aims[:-1],
        *([f"{aims[-1][:-1]}."] if aims else []),
        "2. Chấm điểm, bình xét",
        f"- Tự chấm điểm trung thực theo bộ tiêu chí của {facts.name}, có tài liệu kiểm chứng, gửi đúng hạn;",
        "- Bình xét, suy tôn công khai, dân chủ, đúng thành tích.",
        "3. Tổ chức thực hiện",
        "- Mỗi đơn vị cụ thể hóa nội dung giao ước, phân công người phụ trách và thường xuyên kiểm tra;",
        worded("- Tham gia đầy đủ các hoạt động của cụm; giúp đỡ nhau cùng hoàn thành nhiệm vụ.", facts.kind),
        "Các đơn vị cam kết thực hiện đầy đủ các nội dung đã ký. Giao ước được lưu tại mỗi đơn vị một bản để cùng "
        "thực hiện./.",
    ]
    return "\n".join(sections)


def _criteria(facts: Facts) -> Draft:
    chosen = facts.season.criteria
    basis = [f"{_as_basis(line)};" for line in (chosen.basis if chosen else "").split("\n") if line.strip()]
    bases = basis or [f"{_law(facts)};"]
    said = f"{facts.name} thống nhất tiêu chí và thang điểm chấm thi đua năm {facts.season.year} như sau:"
    return {
        "opening": "\n".join((*bases[:-1], f"{bases[-1][:-1]}.", said)),
        "closing": "Các đơn vị thành viên căn cứ tiêu chí và thang điểm này để tự chấm, chấm chéo và bình xét./."
        if facts.season.has_cross
        else "Các đơn vị thành viên căn cứ tiêu chí và thang điểm này để tự chấm và bình xét./.",
    }


def _as_basis(line: str) -> str:
    """«Luật Thi đua, khen thưởng …» as it stands among the bases of a paper."""
    words = line.strip(" .;-")
    return words if is_basis(words) else f"Căn cứ {words}"


def _summary(facts: Facts) -> Draft:
    return {
        "opening": f"Kết quả chấm điểm thi đua năm {facts.season.year} của các đơn vị thành viên {facts.name}:",
        "closing": "Kết quả này là căn cứ để bình xét, suy tôn và đề nghị khen thưởng./.",
    }


def _meeting(facts: Facts) -> Draft:
    leader = facts.leader
    return {
        "present": "\n".join(facts.in_words(member) for member in facts.members),
        "chair": f"{facts.in_words(leader)}, {facts.head_word}" if leader else "",
        "conclusion": _conclusion(facts),
        "venue": _step_place(facts),
    }


def _conclusion(facts: Facts) -> str:
    asked = [
        f"Thống nhất suy tôn {in_sentence(row.member.name)} đề nghị tặng {row.award}." for row in facts.commendations
    ]
    send = worded("Giao Trưởng cụm hoàn thiện hồ sơ, trình cấp có thẩm quyền khen thưởng.", facts.kind)
    return "\n".join((*asked, send)) if asked else ""


def _step_place(facts: Facts) -> str:
    """Where the head sits, until somebody says otherwise."""
    leader = facts.leader
    return f"Trụ sở UBND {leader.unit}" if leader and leader.unit else f"Trụ sở UBND {facts.cluster.unit}"


def _count(facts: Facts) -> Draft:
    named = [line for ballot in facts.ballots for line in ballot.tellers.replace(";", "\n").split("\n")]
    return {
        "venue": _step_place(facts),
        "tellers": "\n".join(dict.fromkeys(line.strip(" -.") for line in named if line.strip())),
    }


def _handover(facts: Facts) -> Draft:
    receiver = next((one for one in facts.members if one.pk == facts.season.handed_to_id), None)
    return {
        "venue": _step_place(facts),
        "giver": facts.in_words(facts.leader) if facts.leader else "",
        "receiver": facts.in_words(receiver) if receiver else "",
        "items": "\n".join(
            (
                f"Hồ sơ, tài liệu hoạt động của {facts.name} năm {facts.season.year}: kế hoạch, giao ước thi đua, "
                "bộ tiêu chí, bảng điểm, biên bản, tờ trình",
                f"Danh sách các đơn vị thành viên ({len(facts.members)} đơn vị)",
                "Các công việc đang thực hiện",
            )
        ),
    }


def _proposal(facts: Facts) -> Draft:
    unit, year = facts.cluster.unit, facts.season.year
    meeting = f"Căn cứ kết quả chấm điểm, bình xét, suy tôn năm {year} của {facts.name}."
    count = len(facts.commendations)
    asked = joined(dict.fromkeys(row.award for row in facts.commendations))
    said = f"{facts.name} đề nghị khen thưởng {count:02} đơn vị ({asked}) có thành tích xuất sắc" if count else ""
    return {
        "addressees": f"Chủ tịch Ủy ban nhân dân {unit}",
        "opening": "\n".join(
            (f"{_law(facts)};", meeting, *([f"{said} trong phong trào thi đua năm {year}:"] * bool(said)))
        ),
        "closing": f"{facts.name} kính trình Chủ tịch Ủy ban nhân dân {unit} xem xét, quyết định./.",
        "recipients": "\n".join(("Như trên", "Các đơn vị thành viên", "Lưu: VT")),
    }


_DRAFTS: Mapping[str, Callable[[Facts], Draft]] = {
    Kind.PLEDGE: _pledge,
    Kind.CRITERIA: _criteria,
    Kind.SUMMARY: _summary,
    Kind.MEETING: _meeting,
    Kind.COUNT: _count,
    Kind.HANDOVER: _handover,
    Kind.PROPOSAL: _proposal,
}


def day_of(sort: Sort, facts: Facts) -> dt.date | None:
    """The day that the rows know: of the pledge, of the meeting's votes, of the handover."""
    if sort.kind == Kind.PLEDGE:
        return facts.season.pledged_on
    if sort.kind == Kind.HANDOVER:
        return facts.season.handed_over_on
    if sort.kind in (Kind.COUNT, Kind.MEETING):
        held = [ballot.held_on for ballot in facts.ballots]
        step = Step.Kind.MEETING
        done = next((one.done_on for one in facts.season.steps.all() if one.kind == step and one.done_on), None)
        return held[0] if held else done
    return None
