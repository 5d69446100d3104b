"""A decision as an official paper (Decree 30/2020, Phụ lục III, Mẫu 1.2): facts and words in, the tree out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from awards.deciding.drafting import LIST_LINE
from awards.deciding.facts import Facts, Row, authority_of, award_words, counted, is_title, recipients_words
from awards.facts import Recipient
from core.text import split_lines
from documents import tree
from documents.dates import PartialDate
from documents.outline import compose_body, read_body

KIND, ABBREVIATION = "Quyết định", "QĐ"
ENACTING = "QUYẾT ĐỊNH:"
_ARCHIVE = "Lưu:"
_HEADS = {
    Recipient.PERSON: "Họ và tên",
    Recipient.COLLECTIVE: "Tên tập thể",
    Recipient.HOUSEHOLD: "Hộ gia đình",
}


@dataclass(frozen=True, slots=True)
class Head:
    """Number and day are blank until the decision is recorded."""

    issuer: tuple[str, ...]
    superior: str
    symbol: str
    date: PartialDate
    number: str = ""
    post: str = ""


def compose(facts: Facts, texts: Mapping[str, str], head: Head) -> tree.Paper:
    has_list = LIST_LINE not in texts["articles"].split("\n")
    return tree.Paper(
        header=tree.Header(
            issuer=head.issuer,
            superior=head.superior,
            number=head.number,
            symbol=head.symbol,
            place=texts["place"],
            date=head.date,
        ),
        title=KIND.upper(),
        subject=texts["subject"],
        preamble=_preamble(texts),
        body=tuple(_body(facts, texts["articles"])),
        recipients=_recipients(texts["recipients"]),
        signature=tree.Signature(split_lines(texts["lines"]), texts["signer"].strip(), head.post),
        appendices=(_list(facts, head),) if has_list and facts.rows else (),
    )


def _preamble(texts: Mapping[str, str]) -> tuple[tree.Preamble, ...]:
    lines = [line.strip().rstrip(".;") for line in split_lines(texts["bases"])]
    marked = [f"{line}{'.' if at == len(lines) else ';'}" for at, line in enumerate(lines, start=1)]
    return (
        tree.EnactingLine(texts["authority"].strip()),
        *(tree.Basis(line) for line in marked),
        tree.EnactingLine(ENACTING),
    )


def _recipients(text: str) -> tree.Recipients:
    named = [line.strip(" -;.") for line in split_lines(text)]
    archive = next((line for line in named if line.startswith(_ARCHIVE)), "")
    return tree.Recipients(
        tuple(line for line in named if line and not line.startswith(_ARCHIVE)), archive.removeprefix(_ARCHIVE).strip()
    )


def _body(facts: Facts, articles: str) -> Iterator[tree.Block]:
    before, found, after = articles.partition(LIST_LINE)
    yield from compose_body(read_body(before))
    if found:
        yield from _items(facts)
    yield from compose_body(read_body(after))


def _items(facts: Facts) -> Iterator[tree.Item]:
    """The few that stand in Điều 1."""
    last = len(facts.rows)
    for row in facts.rows:
        said = ", ".join(filter(None, (row.name, row.detail)))
        what = f": {award_words(row.award)}" if len(facts.awards) > 1 else ""
        yield tree.Item(f"{row.number}.", f"{said}{what}{'.' if row.number == last else ';'}")


# -- The list ------------------------------------------------------------------------------


def _list(facts: Facts, head: Head) -> tree.Appendix:
    whom = recipients_words(facts.kinds)
    several = "danh hiệu thi đua" if all(map(is_title, facts.awards)) else "danh hiệu thi đua, hình thức khen thưởng"
    what = award_words(facts.awards[0]) if len(facts.awards) == 1 else several
    when = f" năm {facts.period}" if facts.period and not facts.of_school_year else ""
    number = f"{head.number or tree.BLANK_NUMBER}/{head.symbol}"
    day = head.date.in_words(blank=tree.BLANK_DAY)
    return tree.Appendix(
        title="DANH SÁCH",
        subject=f"{whom} được tặng {what}{when}".upper(),
        reference=f"(Kèm theo {KIND} số {number} {day} của {authority_of(facts.by, facts.unit, facts.issuer)})",
        blocks=(
            tree.Table(_columns(facts), tuple(_rows(facts))),
            tree.Paragraph(f"Danh sách này có {counted(facts.rows)}./."),
        ),
    )


def _columns(facts: Facts) -> tuple[tree.Column, ...]:
    name = ", ".join(_HEADS[kind] for kind in facts.kinds).capitalize()
    detail = "Chức vụ, đơn vị công tác, địa chỉ"
    if _has_deeds(facts.rows):
        return (
            tree.Column("TT", 0.08, "center"),
            tree.Column(name, 0.27),
            tree.Column(detail, 0.3),
            tree.Column("Thành tích", 0.35),
        )
    return (tree.Column("TT", 0.08, "center"), tree.Column(name, 0.37), tree.Column(detail, 0.55))


def _has_deeds(rows: Sequence[Row]) -> bool:
    """Forms are given for something; a title for the year."""
    return any(row.achievement for row in rows if not is_title(row.award))


def _rows(facts: Facts) -> Iterator[tree.Row | tree.GroupRow]:
    """As they are handed over: a head stands wherever award or kind changes."""
    before: tuple[str, Recipient] | None = None
    has_deeds = _has_deeds(facts.rows)
    for row in facts.rows:
        if before is None or before[0] != row.award:
            if len(facts.awards) > 1:
                yield tree.GroupRow(award_words(row.award).upper())
            before = None
        if len(facts.kinds) > 1 and (before is None or before[1] is not row.kind):
            yield tree.GroupRow(recipients_words([row.kind]).capitalize())
        before = (row.award, row.kind)
        deed = ((row.achievement,),) if has_deeds else ()
        yield tree.Row(((str(row.number),), (row.name,), (row.detail,), *deed))
