"""Hiệp y: one letter to one body, with the names about which it is asked and room for its answer."""

from __future__ import annotations

from dataclasses import dataclass

from awards.deciding.facts import award_words
from awards.facts import Recipient
from awards.models import Consultation, Opinion
from awards.papers.frames import header, in_words, shared_draft, usual_issuer
from awards.papers.kinds import Sort
from documents import layout, tree
from documents.composing import (
    Head,
    Texts,
    Width,
    columns,
    composed,
    lines,
    opening,
    recipients,
    row,
    signature,
)
from units.models import Unit


@dataclass(frozen=True, slots=True)
class Asked:
    name: str
    birth_year: int | None
    detail: str
    award: str


@dataclass(frozen=True, slots=True)
class Facts:
    consultation: Consultation
    unit: Unit
    asked: tuple[Asked, ...]


def of_consultation(consultation: Consultation) -> Facts:
    rows = Opinion.objects.filter(consultation=consultation)
    joined = ("nominee__proposal__part", "nominee__proposal__lower", "nominee__proposal__round__unit")
    found = rows.select_related(*joined).order_by("nominee__order", "pk")
    return Facts(consultation, consultation.round.unit, tuple(_asked(one) for one in found))


def _asked(opinion: Opinion) -> Asked:
    one = opinion.nominee
    where = one.workplace or str(one.proposal)
    return Asked(
        " ".join(filter(None, (one.honorific, one.name))),
        one.birth_year if one.kind == Recipient.PERSON else None,
        ", ".join(filter(None, (one.post, where if where != one.name else ""))),
        award_words(one.award),
    )


def draft(sort: Sort, facts: Facts) -> dict[str, str]:
    found, year = facts.consultation, facts.consultation.round.year
    due = f" trước {in_words(found.due)}" if found.due else ""
    about = found.about.strip().rstrip(".")
    return {
        **shared_draft(sort, usual_issuer(sort, facts.unit), facts.unit),
        "about": f"V/v lấy ý kiến về việc khen thưởng năm {year}",
        "addressees": found.body,
        "opening": f"Để có cơ sở xét khen thưởng năm {year}, Ủy ban nhân dân {facts.unit} đề nghị {found.body} cho ý "
        f"kiến đối với {len(facts.asked):02} tập thể, cá nhân có tên dưới đây về: {about}.",
        "closing": f"Đề nghị {found.body} ghi ý kiến ở từng dòng và gửi lại{due} để tổng hợp./.",
        "recipients": "\n".join(("Như trên", "Lưu: VT")),
    }


def compose(sort: Sort, facts: Facts, texts: Texts, head: Head) -> tree.Paper:
    return tree.Paper(
        header=header(sort, texts, head),
        title="",
        subject="",
        preamble=opening(texts["opening"]),
        body=(*((_table(facts),) if facts.asked else ()), *composed(texts["closing"])),
        recipients=recipients(texts["recipients"]),
        signature=signature(texts),
        addressees=tuple(line.rstrip(".") for line in lines(texts["addressees"])),
    )


def _table(facts: Facts) -> tree.Table:
    has_years = any(one.birth_year for one in facts.asked)
    widths: list[Width] = [("TT", 11, "center"), ("Họ và tên, tên tập thể", 46, "left")]
    widths += [("Năm sinh", 15, "center")] if has_years else []
    widths += [("Chức vụ, đơn vị, địa chỉ", 0, "left"), ("Ý kiến (thống nhất hay không, lý do)", 34, "left")]
    rows: list[tree.Row | tree.GroupRow] = []
    before = ""
    for number, one in enumerate(facts.asked, start=1):
        if one.award != before:
            rows.append(tree.GroupRow(f"Đề nghị tặng {one.award}".upper()))
            before = one.award
        years = [str(one.birth_year or "")] if has_years else []
        rows.append(row(str(number), one.name, *years, one.detail, ""))
    return tree.Table(columns(widths, layout.PORTRAIT.text_width), tuple(rows))


def lacks(facts: Facts) -> list[str]:
    return [] if facts.asked else ["Chưa có đối tượng nào được hỏi."]
