"""After a sitting: its minutes and the count record (Decree 30, Phụ lục III, Mẫu 1.9). No law gives them a form;
minutes name who was there, away or wrote, the names voted on, votes with their share of all members, the conclusion.
"""

from __future__ import annotations

from collections.abc import Sequence

from awards.councils.selectors import ItemFacts
from awards.models import Item, Seat
from awards.models.common import RouteKind
from awards.papers.frames import day_words, header
from awards.papers.kinds import Kind, Sort
from awards.papers.meeting_papers import grouped, named_in_full, place_of
from awards.papers.sitting_facts import PRESENT, Facts, clock, person_words
from documents import layout, tree
from documents.composing import (
    DOTS,
    Head,
    Texts,
    Width,
    columns,
    items,
    lines,
    name_of,
    named,
    numbered,
    paragraphs,
    recipients,
    row,
    side_by_side,
)

WHOLE = layout.PORTRAIT.text_width
WRITTEN, ABSENT = Seat.Presence.WRITTEN.label, Seat.Presence.ABSENT.label
_WAYS = {
    RouteKind.SECRET.value: "Bỏ phiếu kín",
    RouteKind.SHOW.value: "Biểu quyết giơ tay",
    RouteKind.WRITTEN.value: "Lấy ý kiến bằng văn bản",
    RouteKind.STANDING.value: "Thường trực Hội đồng biểu quyết",
}


def draft(sort: Sort, facts: Facts) -> dict[str, str]:
    sitting = facts.sitting
    said = {
        "begins": clock(sitting.opened_at or sitting.at),
        "venue": sitting.place,
        "ends": clock(sitting.closed_at),
        "recipients": "\n".join(("Thành viên Hội đồng", "Lưu: VT, hồ sơ")),
    }
    if sort.kind == Kind.COUNT:
        return said | {"tellers": "\n".join(sitting.tellers)}
    away = [person_words(seat) for seat in sitting.seats if seat.presence == ABSENT]
    return said | {
        "chair": facts.chair,
        "secretary": facts.secretary,
        "guests": "",
        "absent": "\n".join(away),
        "content": facts.what[:1].upper() + facts.what[1:] if facts.items else "",
        "opinions": sitting.opinions,
        "conclusion": sitting.conclusion,
    }


# -- Minutes -------------------------------------------------------------------------------


def minutes(sort: Sort, facts: Facts, texts: Texts, head: Head) -> tree.Paper:
    ended = texts["ends"].strip() or DOTS
    body = (
        *_who(facts, texts),
        *numbered(
            ("Nội dung", items(texts["content"])),
            ("Ý kiến thảo luận", items(texts["opinions"])),
            (f"Kết quả: {_way(facts).lower()}", _results(facts)),
            ("Kết luận", items(texts["conclusion"])),
        ),
        *paragraphs(
            f"Phiên họp kết thúc vào {ended} cùng ngày. Biên bản đã được đọc lại và các thành viên dự họp nhất trí "
            "thông qua./."
        ),
    )
    signed = side_by_side(("THƯ KÝ", texts["secretary"]), ("CHỦ TRÌ", texts["chair"]))
    subject = f"Họp {facts.what}" if facts.items else "Họp Hội đồng Thi đua - Khen thưởng"
    return _paper(sort, facts, texts, head, subject=subject, body=body, signed=signed)


def _paper(
    sort: Sort,
    facts: Facts,
    texts: Texts,
    head: Head,
    *,
    subject: str,
    body: Sequence[tree.Block],
    signed: tree.Signatories,
) -> tree.Paper:
    began = f"{texts['begins'].strip() or DOTS}, {day_words(head)}"
    return tree.Paper(
        header=header(sort, texts, head),
        title=sort.title,
        subject=subject,
        preamble=(),
        body=(
            *paragraphs(f"Thời gian bắt đầu: {began}.", f"Địa điểm: {texts['venue'].strip() or DOTS}."),
            *body,
        ),
        recipients=recipients(texts["recipients"]),
        signature=tree.Signature(()),
        signatories=signed,
    )


def _who(facts: Facts, texts: Texts) -> tuple[tree.Block, ...]:
    sitting = facts.sitting
    there = "\n".join(person_words(seat) for seat in sitting.seats if seat.presence == PRESENT)
    wrote = "\n".join(person_words(seat) for seat in sitting.seats if seat.presence == WRITTEN)
    away, guests = texts["absent"].strip(), texts["guests"].strip()
    told = f"Hội đồng có {sitting.members:02} thành viên; có mặt {len(sitting.present):02}"
    more = [
        f"{len(sitting.written):02} vắng mặt gửi ý kiến bằng văn bản" if sitting.written else "",
        f"{len(sitting.absent):02} vắng mặt" if sitting.absent else "",
    ]
    return (
        *paragraphs(f"{'; '.join((told, *filter(None, more)))}."),
        *named("Thành viên có mặt", there),
        *(named("Vắng mặt, có ý kiến bằng văn bản", wrote) if wrote else ()),
        *(named("Vắng mặt", away) if away else ()),
        *(named("Khách mời", guests) if guests else ()),
        *paragraphs(f"Chủ trì: {texts['chair'].strip() or DOTS}.", f"Thư ký: {texts['secretary'].strip() or DOTS}."),
    )


def _way(facts: Facts) -> str:
    return _WAYS.get(facts.sitting.route, "Biểu quyết")


def _results(facts: Facts) -> tuple[tree.Block, ...]:
    counted = [one for one in facts.items if one.outcome]
    if not counted:
        return ()
    away = [f"{name} (về {nominee}: {reason.rstrip('.').lower()})" for name, nominee, reason in facts.sitting.recused]
    needed = dict.fromkeys((one.needed, one.needed_percent) for one in counted)
    rules = [
        f"được thông qua khi có từ {votes:02} phiếu đồng ý trở lên "
        f"({f'{percent} %' if percent else 'quá nửa'} tổng số thành viên Hội đồng)"
        for votes, percent in needed
    ]
    rule = f"Mỗi đối tượng {rules[0]}." if len(rules) == 1 else "Số phiếu cần đạt ghi ở từng dòng."
    return (
        *paragraphs(_ballots(facts), f"Không tham gia bỏ phiếu: {'; '.join(away)}." if away else "", rule),
        _result_table(counted, has_needed=len(rules) > 1),
    )


def _ballots(facts: Facts) -> str:
    sitting = facts.sitting
    if sitting.issued is None or sitting.collected is None or sitting.valid is None:
        return ""
    return (
        f"Số phiếu phát ra {sitting.issued:02}, thu về {sitting.collected:02}, hợp lệ {sitting.valid:02}, "
        f"không hợp lệ {sitting.collected - sitting.valid:02}."
    )


def _result_table(found: Sequence[ItemFacts], *, has_needed: bool) -> tree.Table:
    has_notes = any(one.note for one in found)
    widths: list[Width] = [("TT", 11, "center"), ("Họ và tên, chức vụ, đơn vị", 0, "left")]
    widths += [("Số đồng ý", 28, "center"), ("Tỷ lệ trên tổng số thành viên", 24, "center")]
    widths += [("Cần đạt", 16, "center")] if has_needed else []
    widths += [("Kết quả", 24, "left")]
    rows: list[tree.Row | tree.GroupRow] = []
    for one, group in grouped(found):
        rows += [tree.GroupRow(group)] if group else []
        put_off = one.outcome == Item.Outcome.PUT_OFF
        cells: list[str | tuple[str, ...]] = [str(one.order), _who_is(one)]
        cells += ["–", "–"] if put_off else [_in_favour(one), one.percent]
        cells += [f"{one.needed:02}"] if has_needed else []
        note = one.note if has_notes else ""
        rows.append(row(*cells, tuple(filter(None, (Item.Outcome(one.outcome).label, note)))))
    return tree.Table(columns(widths, WHOLE), tuple(rows))


def _who_is(one: ItemFacts) -> tuple[str, ...]:
    return tuple(filter(None, (named_in_full(one), place_of(one))))


def _in_favour(one: ItemFacts) -> tuple[str, ...]:
    written = f"(trong đó {one.written_yes:02} bằng văn bản)" if one.written_yes else ""
    return tuple(filter(None, (f"{one.in_favour:02}", written)))


# -- The count -----------------------------------------------------------------------------


def count(sort: Sort, facts: Facts, texts: Texts, head: Head) -> tree.Paper:
    sitting = facts.sitting
    tellers = lines(texts["tellers"])
    numbers = (sitting.issued, sitting.collected, sitting.valid)
    issued, collected, valid = (DOTS if one is None else f"{one:02}" for one in numbers)
    unfit = DOTS if None in numbers else f"{(sitting.collected or 0) - (sitting.valid or 0):02}"
    voters = sum(seat.presence == PRESENT or (facts.is_written and seat.presence == WRITTEN) for seat in sitting.seats)
    body = (
        *named("Tổ kiểm phiếu gồm", texts["tellers"]),
        *numbered(
            (
                "Tình hình bỏ phiếu",
                (
                    tree.Item(
                        "-", f"Tổng số thành viên Hội đồng: {sitting.members:02}; số người bỏ phiếu: {voters:02};"
                    ),
                    tree.Item("-", f"Số phiếu phát ra: {issued}; số phiếu thu về: {collected};"),
                    tree.Item("-", f"Số phiếu hợp lệ: {valid}; không hợp lệ: {unfit}."),
                ),
            ),
            ("Kết quả kiểm phiếu", (_count_table(facts.items),) if facts.items else ()),
        ),
        *paragraphs(
            f"Việc kiểm phiếu kết thúc vào {texts['ends'].strip() or DOTS} cùng ngày. Phiếu đã kiểm được niêm phong, "
            "lưu cùng biên bản này./."
        ),
    )
    first, *others = tellers if len(tellers) > 1 else [*tellers, "", ""][:2]
    each = (
        *(tree.Signatory("THÀNH VIÊN", "", name_of(who)) for who in others),
        tree.Signatory("TỔ TRƯỞNG", "", name_of(first)),
    )
    signed = tree.Signatories("TỔ KIỂM PHIẾU", each, 3 if len(each) > 2 else 2)
    return _paper(sort, facts, texts, head, subject=f"Kiểm phiếu {facts.what}", body=body, signed=signed)


def _count_table(found: Sequence[ItemFacts]) -> tree.Table:
    has_written = any(one.written_yes or one.written_no for one in found)
    widths: list[Width] = [("TT", 11, "center"), ("Họ và tên, chức vụ, đơn vị", 0, "left")]
    widths += [("Đồng ý", 17, "center"), ("Không đồng ý", 19, "center"), ("Không có ý kiến", 19, "center")]
    widths += [("Đồng ý bằng văn bản", 22, "center")] if has_written else []
    rows: list[tree.Row | tree.GroupRow] = []
    for one, group in grouped(found):
        rows += [tree.GroupRow(group)] if group else []
        cells: list[str | tuple[str, ...]] = [str(one.order), _who_is(one)]
        cells += ["" if number is None else f"{number:02}" for number in (one.yes, one.no, one.blank)]
        cells += [f"{one.written_yes:02}"] if has_written else []
        rows.append(row(*cells))
    return tree.Table(columns(widths, WHOLE), tuple(rows))


# -- What is missing -----------------------------------------------------------------------


def lacks(facts: Facts) -> list[str]:
    if not facts.items:
        return ["Đưa đối tượng ra xét ở trang phiên họp."]
    return [] if facts.sitting.is_closed else ["Kết thúc phiên họp; đến khi ấy kết quả còn có thể thay đổi."]
