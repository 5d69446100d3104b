"""After a decision: the list by which money is paid and signed for, and the script by which awards are handed over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from awards.deciding.facts import authority_of, award_words, issuer_for, nominees_of
from awards.deciding.paying import Line, PayTable, given, pay_table
from awards.facts import Recipient
from awards.models import Decision
from awards.money import RECIPIENT_WORDS, By, dong
from awards.papers.frames import NOBODY, header, in_words, usual_issuer
from awards.papers.kinds import Sort
from awards.states import DecisionState
from documents import layout, tree
from documents.composing import Head, Texts, Width, columns, composed, lines, opening, paragraphs, row
from units.models import Unit

WHOLE = layout.PORTRAIT.text_width
AT_ONCE = 10
"""So many stand on the stage together."""


@dataclass(frozen=True, slots=True)
class PayFacts:
    unit: Unit
    decision: Decision
    table: PayTable


@dataclass(frozen=True, slots=True)
class Turn:
    award: str
    kind: Recipient
    names: tuple[tuple[int, str, str], ...]
    """Order in the decision, name, where from."""


@dataclass(frozen=True, slots=True)
class Facts:
    unit: Unit
    decision: Decision
    turns: tuple[Turn, ...]


# -- The pay list --------------------------------------------------------------------------


def of_pay(decision: Decision) -> PayFacts:
    return PayFacts(decision.unit, decision, pay_table(decision))


def _cited(decision: Decision) -> str:
    if decision.state == DecisionState.DRAFT or decision.day is None:
        return "dự thảo quyết định khen thưởng"
    by = decision.issuer_name or authority_of(By(decision.decider), decision.unit, decision.issuer)
    return f"Quyết định số {decision.number} {in_words(decision.day)} của {by}"


def pay_draft(sort: Sort, facts: PayFacts) -> dict[str, str]:
    decision = facts.decision
    payer = decision.payer or f"Quỹ thi đua, khen thưởng của {facts.unit}"
    issuer = usual_issuer(sort, facts.unit)
    return {
        "opening": f"Nguồn chi: {payer}.",
        "place": (issuer.place if issuer else "") or facts.unit.name,
        "maker": "",
        "accountant": "",
        "head_line": "CHỦ TỊCH",
        "head_name": decision.signer,
    }


def pay_list(sort: Sort, facts: PayFacts, texts: Texts, head: Head) -> tree.Paper:
    table = facts.table
    mark = " (DỰ KIẾN)" if table.is_forecast else ""
    each = (
        tree.Signatory("NGƯỜI LẬP", "", texts["maker"].strip()),
        tree.Signatory("KẾ TOÁN", "", texts["accountant"].strip()),
        tree.Signatory(texts["head_line"].strip().upper(), "", texts["head_name"].strip()),
    )
    open_lines = sum(line.amount is None for line in table.lines)
    told = f"Còn {open_lines:02} dòng chưa chọn mức tiền thưởng, chưa cộng vào tổng số." if open_lines else ""
    return tree.Paper(
        header=header(sort, texts, head),
        title=f"{sort.title}{mark}",
        subject=f"Theo {_cited(facts.decision)}",
        preamble=opening(texts["opening"]),
        body=(_pay_rows(table), *paragraphs(told, f"Tổng số tiền bằng chữ: {table.words}./.")),
        recipients=tree.Recipients((), ""),
        signature=tree.Signature(()),
        signatories=tree.Signatories("", each, 3),
    )


def _pay_rows(table: PayTable) -> tree.Table:
    widths: tuple[Width, ...] = (
        ("TT", 11, "center"), ("Họ và tên, đơn vị", 0, "left"), ("Cách tính", 38, "left"),
        ("Số tiền (đồng)", 24, "right"), ("Ký nhận", 26, "center"),
    )  # fmt: skip
    rows: list[tree.Row | tree.GroupRow] = []
    before = ("", Recipient.PERSON)
    for line in table.lines:
        if before != (line.award, line.kind):
            before = (line.award, line.kind)
            rows.append(tree.GroupRow(f"{award_words(line.award)} ({RECIPIENT_WORDS[line.kind]})".upper()))
        rows.append(_pay_row(line))
    return tree.Table(columns(widths, WHOLE), (*rows, row("", "Tổng cộng", "", dong(table.total), "")))


def _pay_row(line: Line) -> tree.Row:
    how = tuple(filter(None, (line.arithmetic, line.note)))
    amount = "chưa chọn mức" if line.amount is None else dong(line.amount)
    who = tuple(filter(None, (line.name, line.detail)))
    return row(str(line.order), who, how, amount, "")


def pay_lacks(facts: PayFacts) -> list[str]:
    found = []
    if not facts.table.lines:
        found.append("Quyết định chưa có đối tượng nào.")
    if facts.table.is_forecast:
        found.append("Ghi nhận quyết định đã ban hành; đến khi ấy bản in ghi DỰ KIẾN.")
    if any(line.amount is None for line in facts.table.lines):
        found.append("Chọn mức tiền thưởng ở trang quyết định.")
    return found


# -- The script ----------------------------------------------------------------------------


def of_script(decision: Decision) -> Facts:
    """In the order of the decision, which is the order of handing over."""
    if decision.state == DecisionState.DRAFT:
        rows = list(nominees_of(decision))
        each = [(one.award, one.kind, _called(one), _from(one.post, one.workplace)) for one in rows]
        found = [(order, *values) for order, values in enumerate(each, start=1)]
    else:
        found = [(one.order, one.award, one.kind, _called(one), one.detail) for one in given(decision)]
    turns = []
    for (award, kind), group in groupby(found, key=lambda one: (one[1], one[2])):
        names = [(order, name, where) for order, _, _, name, where in group]
        for first in range(0, len(names), AT_ONCE):
            turns.append(Turn(award, Recipient(kind), tuple(names[first : first + AT_ONCE])))
    return Facts(decision.unit, decision, tuple(turns))


def _called(one: object) -> str:
    return " ".join(filter(None, (getattr(one, "honorific", ""), getattr(one, "name", ""))))


def _from(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def script_draft(sort: Sort, facts: Facts) -> dict[str, str]:
    issuer = issuer_for(facts.unit)
    giver = authority_of(By(facts.decision.decider), facts.unit, facts.decision.issuer)
    who = f"Ông (bà) {facts.decision.signer}, {giver}" if facts.decision.signer else giver
    return {
        "opening": "Kính thưa các quý vị đại biểu, kính thưa toàn thể hội nghị.\n"
        f"Thay mặt Ban Tổ chức, tôi xin công bố {_cited(facts.decision)} về việc khen thưởng. Xin mời các tập thể, "
        "cá nhân có tên lần lượt lên nhận.",
        "givers": "\n".join(who for _ in facts.turns) or who,
        "closing": "Xin chúc mừng các tập thể, cá nhân vừa được khen thưởng. Xin trân trọng cảm ơn./.",
        "place": (issuer.place if issuer else "") or facts.unit.name,
    }


def script(sort: Sort, facts: Facts, texts: Texts, head: Head) -> tree.Paper:
    givers = lines(texts["givers"]) or [""]
    body: list[tree.Block] = [*composed(texts["opening"])]
    for number, turn in enumerate(facts.turns, start=1):
        giver = givers[min(number, len(givers)) - 1]
        body += _turn(number, turn, giver, len(facts.turns))
    return tree.Paper(
        header=header(sort, texts, head),
        title=sort.title,
        subject=f"Theo {_cited(facts.decision)}",
        preamble=(),
        body=(*body, *composed(texts["closing"])),
        recipients=tree.Recipients((), ""),
        signature=tree.Signature(()),
        signatories=NOBODY,
    )


def _turn(number: int, turn: Turn, giver: str, count: int) -> Iterator[tree.Block]:
    what = f"tặng {award_words(turn.award)} cho {len(turn.names):02} {RECIPIENT_WORDS[turn.kind]}"
    yield tree.Item(f"{number}.", f"Lượt {number:02}/{count:02}: {what}", title=True)
    whom = {Recipient.PERSON: "các ông, bà", Recipient.COLLECTIVE: "đại diện các tập thể"}.get(
        turn.kind, "đại diện các hộ gia đình"
    )
    yield tree.Paragraph(f"Trân trọng kính mời {giver.rstrip('.')} lên trao; kính mời {whom} có tên sau lên nhận:")
    widths: tuple[Width, ...] = (
        ("Số thứ tự", 20, "center"),
        ("Họ và tên, tên gọi", 66, "left"),
        ("Đơn vị", 0, "left"),
    )
    rows = [row(str(order), name, where) for order, name, where in turn.names]
    yield tree.Table(columns(widths, WHOLE), tuple(rows))


def script_lacks(facts: Facts) -> list[str]:
    return [] if facts.turns else ["Quyết định chưa có đối tượng nào."]
