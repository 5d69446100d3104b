"""Báo cáo thành tích (Nghị định số 152/2025/NĐ-CP, Phụ lục, Mẫu số 04, 05 and those of the occasion): the nominee's
own words under the headings of the form, what it received before from the register.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from awards.deciding.facts import award_words, is_title
from awards.dossiers.reports import form_of, sections_of
from awards.facts import Path, Recipient
from awards.judging import asked_by_of, standing_grants
from awards.models import Grant, Nominee
from awards.models.common import CycleKind
from awards.papers.frames import committee_words
from awards.papers.kinds import Sort
from awards.shipped import shipped_awards
from core.text import split_lines
from documents import layout, tree
from documents.composing import DOTS, Head, Texts, columns, composed, paragraphs, row, side_by_side
from documents.wording import break_issuer
from units.models import Unit

_BEFORE = "before"
ACHIEVED = "Thành tích đạt được"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass(frozen=True, slots=True)
class Before:
    year: int
    name: str
    decision: str
    is_title: bool


@dataclass(frozen=True, slots=True)
class Facts:
    nominee: Nominee
    unit: Unit
    form: str
    before: tuple[Before, ...]

    @property
    def is_person(self) -> bool:
        return self.nominee.kind == Recipient.PERSON

    @property
    def when(self) -> str:
        award_round, year = self.nominee.round, self.nominee.year
        is_school = award_round.cycle == CycleKind.SCHOOL_YEAR
        return f"năm học {year - 1}-{year}" if is_school else f"năm {year}"

    @property
    def place(self) -> str:
        return self.nominee.workplace or str(self.nominee.proposal)


def of_nominee(nominee: Nominee) -> Facts:
    award = shipped_awards().get(nominee.award)
    form = form_of(award.report if award else "", Recipient(nominee.kind), Path(nominee.path))
    return Facts(nominee, nominee.round.unit, form, tuple(_before(nominee)))


def _before(nominee: Nominee) -> Iterator[Before]:
    """Of the subject and of the rows that it continues, the newest first."""
    if nominee.subject_id is None:
        return
    rows = standing_grants().filter(subject__in=asked_by_of([nominee.subject_id])).exclude(nominee=nominee)
    for one in rows.select_related("decision").order_by("-year", "-decision__day", "pk"):
        yield Before(one.year, one.award_name, _decision(one), is_title(one.award))


def _decision(grant: Grant) -> str:
    found = grant.decision
    day = f" ngày {found.day:%d/%m/%Y}" if found.day else ""
    issuer = f" của {found.issuer_name}" if found.issuer_name else ""
    return f"Quyết định số {found.number}{day}{issuer}" if found.number else ""


# -- Words ---------------------------------------------------------------------------------


def draft(sort: Sort, facts: Facts) -> dict[str, str]:
    nominee, unit = facts.nominee, facts.unit
    name = facts.place if facts.is_person or nominee.kind == Recipient.HOUSEHOLD else nominee.name
    own = name.casefold() == str(unit).casefold()
    return {
        "above": "" if own else committee_words(unit),
        "unit_lines": f"ỦY BAN NHÂN DÂN\n{str(unit).upper()}" if own else name.upper(),
        "place": unit.name,
        "confirmer": "",
        "reporter": nominee.name if facts.is_person else "",
    }


# -- Paper ---------------------------------------------------------------------------------


def compose(sort: Sort, facts: Facts, texts: Texts, head: Head) -> tree.Paper:
    names = split_lines(texts["unit_lines"])
    broken = tuple(line for name in names for line in break_issuer(name)) if len(names) == 1 else names
    return tree.Paper(
        header=tree.Header(
            broken, texts["above"].strip().upper(), place=texts["place"], date=head.date, is_numbered=False
        ),
        title=sort.title,
        subject=f"Đề nghị tặng {award_words(facts.nominee.award)} {facts.when}",
        preamble=(),
        body=(
            *_body(facts),
            tree.Paragraph(
                f"Trên đây là báo cáo thành tích của {_who(facts)}, kính trình cấp có thẩm quyền xem xét./."
            ),
        ),
        recipients=tree.Recipients((), ""),
        signature=tree.Signature(()),
        signatories=_signed(facts, texts),
    )


def _who(facts: Facts) -> str:
    nominee = facts.nominee
    honorific = nominee.honorific.lower() if facts.is_person else ""
    return " ".join(filter(None, (honorific, nominee.name)))


def _signed(facts: Facts, texts: Texts) -> tree.Signatories:
    if facts.is_person or facts.nominee.kind == Recipient.HOUSEHOLD:
        return side_by_side(
            ("THỦ TRƯỞNG ĐƠN VỊ XÁC NHẬN, ĐỀ NGHỊ", texts["confirmer"]),
            ("NGƯỜI BÁO CÁO THÀNH TÍCH", texts["reporter"]),
        )
    return side_by_side(
        ("CẤP TRÊN TRỰC TIẾP NHẬN XÉT, XÁC NHẬN", texts["confirmer"]), ("THỦ TRƯỞNG ĐƠN VỊ", texts["reporter"])
    )


def _body(facts: Facts) -> Iterator[tree.Block]:
    nominee = facts.nominee
    sections = sections_of(facts.form, Recipient(nominee.kind))
    known = {section.code for section in sections}
    headings: list[tuple[str, list[tree.Block]]] = []
    for section in sections:
        blocks: list[tree.Block] = list(_facts_of(facts)) if section is sections[0] else []
        said = nominee.report.get(section.code, "")
        blocks += composed(said) if said.strip() else []
        if section.code == _BEFORE:
            blocks += _earlier(facts)
        if section.code == "achieved" and not said.strip() and nominee.achievement:
            blocks += paragraphs(" ".join(nominee.achievement.split()))
        headings.append((section.heading, blocks or list(paragraphs(DOTS))))
    headings += [
        ("Nội dung khác", list(composed(text)))
        for code, text in nominee.report.items()
        if code not in known and text.strip()
    ]
    yield from _numbered(headings)


def _numbered(headings: list[tuple[str, list[tree.Block]]]) -> Iterator[tree.Block]:
    """Two that begin alike stand under one heading, as the form of a person has them: «II. THÀNH TÍCH ĐẠT ĐƯỢC»."""
    number = part = 0
    for heading, blocks in headings:
        words = heading.removeprefix(ACHIEVED).lstrip(": ") if heading.startswith(f"{ACHIEVED}:") else ""
        if words or (part and heading.startswith(ACHIEVED)):
            part += 1
            if part == 1:
                number += 1
                yield tree.Heading(f"{_ROMAN[number - 1]}.", ACHIEVED.upper())
            yield tree.Heading(f"{part}.", f"{words[:1].upper()}{words[1:]}" if words else heading, level=2)
        else:
            part, number = 0, number + 1
            yield tree.Heading(f"{_ROMAN[number - 1]}.", heading.upper())
        yield from blocks


def _facts_of(facts: Facts) -> Iterator[tree.Item]:
    """What the dossier knows already of who reports."""
    nominee = facts.nominee
    born = f"{nominee.birth_date:%d/%m/%Y}" if nominee.birth_date else str(nominee.birth_year or "")
    if facts.is_person:
        yield tree.Item("-", f"Họ và tên: {' '.join(filter(None, (nominee.honorific, nominee.name)))};")
        yield tree.Item("-", f"Sinh {'ngày' if nominee.birth_date else 'năm'}: {born or DOTS};")
        if nominee.gender:
            yield tree.Item("-", f"Giới tính: {nominee.get_gender_display().lower()};")
        yield tree.Item("-", f"Chức vụ: {nominee.post or DOTS};")
        yield tree.Item("-", f"Đơn vị công tác, địa chỉ: {facts.place}.")
        return
    yield tree.Item("-", f"Tên: {nominee.name};")
    yield tree.Item("-", f"Địa chỉ: {facts.place if facts.place != nominee.name else str(facts.unit)}.")


def _earlier(facts: Facts) -> tuple[tree.Block, ...]:
    if not facts.before:
        return ()
    widths = (("Năm", 18, "center"), ("Danh hiệu, hình thức", 66, "left"), ("Số, ngày quyết định", 0, "left"))
    rows: list[tree.Row | tree.GroupRow] = []
    for label, titles in (("DANH HIỆU THI ĐUA", True), ("HÌNH THỨC KHEN THƯỞNG", False)):
        found = [one for one in facts.before if one.is_title is titles]
        rows += [tree.GroupRow(label)] if found else []
        rows += [row(str(one.year), one.name, one.decision) for one in found]
    return (tree.Table(columns(widths, layout.PORTRAIT.text_width), tuple(rows)),)


def lacks(facts: Facts) -> list[str]:
    return [] if any(text.strip() for text in facts.nominee.report.values()) else ["Ghi nội dung báo cáo ở hồ sơ."]
