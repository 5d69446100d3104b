"""Before a sitting: the invitation (Decree 30, Mẫu 1.7), the list of names, and the ballot of the whole list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awards.councils.selectors import ItemFacts
from awards.deciding.facts import award_words
from awards.facts import Recipient
from awards.money import RECIPIENT_WORDS
from awards.papers.counts import counted, counts_table
from awards.papers.frames import NOBODY, council_words, day_words, header, in_words, shared_draft, usual_issuer
from awards.papers.kinds import Kind, Sort
from awards.papers.sitting_facts import Facts, clock, person_words
from core.text import split_lines
from documents import layout, tree
from documents.composing import (
    DOTS,
    Head,
    Texts,
    Width,
    columns,
    composed,
    items,
    named,
    opening,
    paragraphs,
    recipients,
    row,
    signature,
)

WHOLE = layout.PORTRAIT.text_width
PAGES_BLANK = "……"
CHOICES = ("Đồng ý", "Không đồng ý")


def draft(sort: Sort, facts: Facts) -> dict[str, str]:
    shared = shared_draft(sort, usual_issuer(sort, facts.unit), facts.unit)
    shared["recipients"] = "\n".join(("Thành viên Hội đồng", "Lưu: VT"))
    return shared | {Kind.INVITATION.value: _invitation, Kind.LIST.value: _listing, Kind.BALLOT.value: _ballot}[
        sort.kind
    ](facts)


# -- Invitation ----------------------------------------------------------------------------


def _invitation(facts: Facts) -> dict[str, str]:
    sitting = facts.sitting
    when = f"{clock(sitting.at)}, {in_words(sitting.day)}" if sitting.at else ""
    return {
        "invited": "\n".join(person_words(seat) for seat in sitting.seats),
        "what": f"họp {facts.what}" if facts.items else "họp Hội đồng",
        "chair": facts.chair,
        "begins": when,
        "venue": sitting.place,
        "notes": "Tài liệu họp gồm danh sách trích ngang gửi kèm Giấy mời này. Thành viên vắng mặt gửi ý kiến bằng "
        "văn bản đến Thường trực Hội đồng trước giờ họp.",
        "recipients": "\n".join(("Như thành phần mời", "Lưu: VT")),
    }


def invitation(sort: Sort, facts: Facts, texts: Texts, head: Head) -> tree.Paper:
    said = [line.strip() for line in split_lines(texts["notes"]) if line.strip()]
    chair = texts["chair"].strip().rstrip(".")
    last = [
        f"Chủ trì: {chair}." if chair else "",
        f"Thời gian: {_dotted(texts['begins'])}",
        f"Địa điểm: {_dotted(texts['venue'])}",
        *said,
    ]
    ends = [line for line in last if line]
    ends[-1] = f"{ends[-1].removesuffix('./.').rstrip('.')}./."
    return tree.Paper(
        header=header(sort, texts, head),
        title=sort.title,
        subject=_raised(texts["what"].strip()),
        preamble=(),
        body=(
            *named(f"{council_words(facts.unit)} trân trọng kính mời", texts["invited"]),
            *paragraphs(f"Tới dự: {_dotted(texts['what'])}", *ends),
        ),
        recipients=recipients(texts["recipients"]),
        signature=signature(texts),
    )


def _dotted(text: str) -> str:
    return f"{text.strip().rstrip('.') or DOTS}."


def _raised(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


# -- The list ------------------------------------------------------------------------------


def _listing(facts: Facts) -> dict[str, str]:
    whom = counted(named_kinds(facts)) or "đối tượng"
    return {
        "opening": f"Danh sách {whom} đưa ra {council_words(facts.unit)} {facts.what}:",
        "closing": "Danh sách này gửi các thành viên Hội đồng nghiên cứu trước phiên họp./.",
    }


def named_kinds(facts: Facts) -> list[tuple[str, Recipient]]:
    return [(one.award, Recipient(one.kind)) for one in facts.items]


def listing(sort: Sort, facts: Facts, texts: Texts, head: Head) -> tree.Paper:
    """How many of what, to be signed; the names on wide pages behind it."""
    told = (counts_table(named_kinds(facts)), tree.AppendixReference("(Có Phụ lục kèm theo)"))
    return tree.Paper(
        header=header(sort, texts, head),
        title=sort.title,
        subject=_raised(facts.what),
        preamble=opening(texts["opening"]),
        body=(*(told if facts.items else ()), *composed(texts["closing"])),
        recipients=recipients(texts["recipients"]),
        signature=signature(texts),
        appendices=(_names_of(facts, head),) if facts.items else (),
    )


def _names_of(facts: Facts, head: Head) -> tree.Appendix:
    return tree.Appendix(
        "Phụ lục",
        f"Trích ngang đối tượng {facts.what}".upper(),
        f"(Kèm theo Danh sách trích ngang {day_words(head)} của {head.words})",
        (_names(facts), tree.Paragraph(f"Danh sách này có {counted(named_kinds(facts))}./.")),
        landscape=True,
    )


def _names(facts: Facts) -> tree.Table:
    has_ratings = any(one.rating for one in facts.known.values())
    widths: list[Width] = [("TT", 12, "center"), ("Họ và tên, năm sinh", 52, "left")]
    widths += [("Chức vụ, đơn vị công tác", 60, "left")]
    widths += [("Xếp loại", 32, "left")] if has_ratings else []
    widths += [("Tóm tắt thành tích, sáng kiến", 0, "left")]
    rows: list[tree.Row | tree.GroupRow] = []
    for one, group in grouped(facts.items):
        known = facts.known[one.nominee]
        if group:
            rows.append(tree.GroupRow(group))
        born = (f"Sinh năm {known.birth_year}",) if known.birth_year and one.kind == Recipient.PERSON else ()
        ideas = tuple(f"Sáng kiến: {title}" for title in known.initiatives)
        deeds = (" ".join(one.achievement.split()), *ideas)
        cells: list[str | tuple[str, ...]] = [str(one.order), (named_in_full(one), *born), place_of(one)]
        cells += [known.rating] if has_ratings else []
        rows.append(row(*cells, tuple(line for line in deeds if line)))
    return tree.Table(columns(widths, layout.LANDSCAPE.text_width), tuple(rows))


def grouped(found: Sequence[ItemFacts]) -> Iterator[tuple[ItemFacts, str]]:
    """Each item, with the heading where award or kind changes."""
    before: tuple[str, str] = ("", "")
    for one in found:
        now = (one.award, one.kind)
        kind = RECIPIENT_WORDS[Recipient(one.kind)]
        yield one, f"{award_words(one.award)} ({kind})".upper() if now != before else ""
        before = now


def named_in_full(one: ItemFacts) -> str:
    return " ".join(filter(None, (one.honorific, one.name)))


def place_of(one: ItemFacts) -> str:
    where = one.workplace if one.workplace != one.name else ""
    return ", ".join(filter(None, (one.post, where)))


# -- The ballot ----------------------------------------------------------------------------


def _ballot(facts: Facts) -> dict[str, str]:
    return {
        "what": _raised(facts.what),
        "guide": "\n".join(
            (
                "Đánh dấu “X” vào một trong hai cột «Đồng ý» hoặc «Không đồng ý» ở từng dòng. Dòng không đánh dấu là "
                "không có ý kiến; dòng đánh dấu cả hai cột không được tính.",
                "Thành viên không tham gia bỏ phiếu về đối tượng nào thì để trống dòng đó.",
                "Không ký, không ghi tên người bỏ phiếu.",
            )
        )
        if not facts.is_written
        else "\n".join(
            (
                "Đánh dấu “X” vào một trong hai cột «Đồng ý» hoặc «Không đồng ý» ở từng dòng.",
                "Thành viên không tham gia về đối tượng nào thì gạch ngang dòng đó.",
            )
        ),
    }


def ballot(sort: Sort, facts: Facts, texts: Texts, head: Head, pages: int | None = None) -> tree.Paper:
    """Of all names alike, without the voter's. ``pages``: how many it has; None: room to write it in.

    A round of written opinions has no secret: who answers signs.
    """
    told = f"{pages:02}" if pages else PAGES_BLANK
    guide = items(texts["guide"])
    by = (tree.Signatory("", "", ""), tree.Signatory("THÀNH VIÊN HỘI ĐỒNG", "", ""))
    return tree.Paper(
        header=header(sort, texts, head),
        title="PHIẾU LẤY Ý KIẾN" if facts.is_written else sort.title,
        subject=texts["what"].strip(),
        preamble=(),
        body=(
            *guide,
            *((_marks(facts),) if facts.items else ()),
            *paragraphs(f"Phiếu có {told} trang, {len(facts.items):02} dòng./."),
        ),
        recipients=tree.Recipients((), ""),
        signature=tree.Signature(()),
        signatories=tree.Signatories("", by, 2) if facts.is_written else NOBODY,
    )


def _marks(facts: Facts) -> tree.Table:
    widths: tuple[Width, ...] = (
        ("TT", 12, "center"), ("Họ và tên, tên tập thể, hộ gia đình", 58, "left"), ("Chức vụ, đơn vị", 0, "left"),
        (CHOICES[0], 20, "center"), (CHOICES[1], 24, "center"),
    )  # fmt: skip
    rows: list[tree.Row | tree.GroupRow] = []
    for one, group in grouped(facts.items):
        if group:
            rows.append(tree.GroupRow(group))
        rows.append(row(str(one.order), named_in_full(one), place_of(one), "", ""))
    return tree.Table(columns(widths, WHOLE), tuple(rows))


def lacks(facts: Facts) -> list[str]:
    return [] if facts.items else ["Đưa đối tượng ra xét ở trang phiên họp."]
