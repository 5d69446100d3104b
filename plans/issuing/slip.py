"""Phiếu trình giải quyết công việc: the slip that lies on a plan on its way to whoever signs it.

Decree 30/2020/NĐ-CP has no form of it; offices share this order: to whom, who submits, the matter, what it holds,
what lies with it, and room in which the submitter and the leader write.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from documents import tree
from documents.dates import ROMAN, PartialDate
from plans.interchange import PlanData
from plans.models import Plan
from plans.presenters import quarter_of
from plans.selectors import plan_data
from units.models import Issuer, Person

SYMBOL = "PTr"
_ROOM = 10
"""Blank lines in which the leader writes: about five centimetres, and the slip stays on one page."""


@dataclass(frozen=True, slots=True)
class Submitter:
    """Who writes the slip; what is not known is left blank for the hand."""

    name: str = ""
    part: str = ""

    @classmethod
    def of(cls, person: Person | None) -> Submitter:
        if person is None:
            return cls()
        return cls(person.full_name, person.part.name if person.part else "")


def compose_slip(plan: Plan, *, to: str, by: Submitter, on: dt.date) -> tree.Paper:
    """``plan`` comes from ``plans.selectors.with_content``; ``to`` is a post («Chủ tịch») or whom the plan names."""
    data, issuer = plan_data(plan), plan.issuer
    return tree.Paper(
        header=_header(issuer, by, on),
        title="PHIẾU TRÌNH",
        subject="Giải quyết công việc",
        preamble=(tree.Paragraph(f"Kính gửi: {_addressee(to, issuer)}"),),
        body=(
            tree.Item("1.", f"Cơ quan, bộ phận trình: {by.part or _in_words(issuer)}."),
            tree.Item("2.", f"Vấn đề trình: Ký ban hành {_kind(data)} “{data.subject}”."),
            *_summary(plan, data),
            tree.Item(
                "4.", f"Văn bản kèm theo: Dự thảo {_kind(data)} nêu trên{' và phụ lục' if data.appendix else ''}."
            ),
            _room_to_write(to, on),
        ),
        recipients=tree.Recipients((), ""),
        signature=tree.Signature(("NGƯỜI TRÌNH",), by.name),
    )


def _header(issuer: Issuer, by: Submitter, on: dt.date) -> tree.Header:
    """A part of the office writes under the office's name, the office itself as on its papers."""
    return tree.Header(
        issuer=(by.part.upper(),) if by.part else issuer.lines,
        superior=issuer.name if by.part else issuer.superior,
        symbol=SYMBOL,
        place=issuer.place,
        date=PartialDate(on.year, on.month, on.day),
    )


def _addressee(to: str, issuer: Issuer) -> str:
    """A bare post is that of the office: «Chủ tịch Ủy ban nhân dân xã An Sơn»."""
    is_bare = to in ("Chủ tịch", "Phó Chủ tịch")
    return f"{to} {_in_words(issuer)}" if is_bare and _is_committee(issuer) else to or "." * 60


def _is_committee(issuer: Issuer) -> bool:
    return issuer.name == f"ỦY BAN NHÂN DÂN {str(issuer.unit).upper()}"


def _in_words(issuer: Issuer) -> str:
    """Out of capitals where the name is known in small letters, too."""
    return f"Ủy ban nhân dân {issuer.unit}" if _is_committee(issuer) else issuer.name


def _kind(data: PlanData) -> str:
    return data.title[:1].upper() + data.title[1:].lower()


def _summary(plan: Plan, data: PlanData) -> tuple[tree.Block, ...]:
    """How much there is to read, and the tasks of each quarter as the plan's page counts them."""
    sections = sum(1 for section in plan.sections.all() if section.level == 1)
    tasks = Counter(quarter_of(task, plan.year) for task in plan.tasks.all())
    parts = [f"{sections} mục" if sections else "", f"{tasks.total()} nhiệm vụ" if tasks else ""]
    content = f"Tóm tắt nội dung: Thực hiện trong năm {data.year}"
    content += f", gồm {' và '.join(filter(None, parts))}" if any(parts) else ""
    outline = tree.Item("3.", f"{content}{':' if tasks else '.'}")
    return (outline, _counts(tasks)) if tasks else (outline,)


def _counts(tasks: Counter[int | None]) -> tree.Table:
    columns = [(f"Quý {roman}", tasks[quarter]) for quarter, roman in ROMAN.items()]
    columns += [("Không theo quý", tasks[None])] if tasks[None] else []
    columns.append(("Cả năm", tasks.total()))
    return tree.Table(
        tuple(tree.Column(head, 1 / len(columns), "center") for head, _ in columns),
        (tree.Row(tuple((str(count),) for _, count in columns)),),
    )


def _room_to_write(to: str, on: dt.date) -> tree.Table:
    submitted = (f"Kính trình {to or 'lãnh đạo'} xem xét, ký ban hành.",)
    decided = (*("",) * _ROOM, f"Ngày{' ' * 6}tháng{' ' * 6}năm {on.year}", "(Ký, ghi rõ họ tên)")
    return tree.Table(
        (tree.Column("Ý kiến của người trình", 0.4), tree.Column("Ý kiến của lãnh đạo", 0.6)),
        (tree.Row((submitted, decided)),),
    )
