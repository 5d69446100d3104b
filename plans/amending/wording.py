"""The words with which an amending paper begins and ends, and by which it names the plan that it amends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.text import split_lines
from documents.wording import is_basis
from plans import limits
from plans.models import Plan
from units.naming import ordinary_case

_COMMITTEE = "ỦY BAN NHÂN DÂN"
_END = re.compile(r"[.;,\s]+$")
_ACT = " sửa đổi, bổ sung "


@dataclass(frozen=True, slots=True)
class Head:
    """What an amending draft begins with; a person goes on from there."""

    subject: str
    preamble: str
    closing: str


def cited(plan: Plan) -> str:
    """«Kế hoạch số 27/KH-UBND ngày 12 tháng 02 năm 2026»."""
    number = f" số {plan.full_number}" if plan.number else ""
    day = f" {plan.date.in_words()}" if plan.date.exact else ""
    return f"{kind_of(plan)}{number}{day}"


def cited_whole(plan: Plan) -> str:
    """With who issued it and what it is about, as a paper names it the first time (Decree 30, Phụ lục I)."""
    return f"{cited(plan)} của {issuer_of(plan)} {_about(plan.subject)}"


def kind_of(plan: Plan) -> str:
    return plan.title[:1].upper() + plan.title[1:].lower()


def issuer_of(plan: Plan) -> str:
    """In a sentence: «Ủy ban nhân dân xã Vân Khê»."""
    if plan.issuer.name.startswith(_COMMITTEE) and plan.issuer.name.endswith(str(plan.unit).upper()):
        return f"Ủy ban nhân dân {plan.unit}"
    return ordinary_case(plan.issuer.name)


def _about(subject: str) -> str:
    """«Công tác …» → «về công tác …»; a subject that begins so itself, and a name in capitals, stay."""
    if re.match(r"[Vv]ề\b", subject):
        return subject[:1].lower() + subject[1:]
    second = subject[1:2]
    return f"về {subject if second.isupper() else subject[:1].lower() + subject[1:]}"


def head_of(plan: Plan, reason: str, earlier: Sequence[str]) -> Head:
    """``reason``: «Thực hiện Công văn số …»; ``earlier``: papers that amended the plan before, as ``cited``."""
    is_decision = plan.kind == Plan.Kind.DECISION
    what = "một số điều" if is_decision else "một số nội dung"
    reason = f"{reason[:1].upper()}{reason[1:]}"  # it begins a paragraph of the paper
    subject = f"Sửa đổi, bổ sung {what} của {cited_whole(plan)}"
    if len(subject) > limits.SUBJECT:
        subject = f"Sửa đổi, bổ sung {what} của {cited(plan)}"
    others = f"Các nội dung khác của {cited(plan)} không thay đổi./."
    if is_decision:
        return Head(
            subject,
            "\n".join(_with_basis(split_lines(plan.preamble), reason)),
            f"Điều 2. Quyết định này có hiệu lực kể từ ngày ký. {others}",
        )
    amended = f" (đã được sửa đổi, bổ sung tại {', '.join(earlier)})" if earlier else ""
    opening = f"{_END.sub('', reason)}, {issuer_of(plan)}{_ACT}{what} của {cited_whole(plan)}{amended} như sau:"
    return Head(subject, "\n".join([*_bases(split_lines(plan.preamble)), opening]), others)


def _bases(lines: Sequence[str]) -> list[str]:
    """Each ends in a semicolon, the last in a full stop."""
    bases = [_END.sub("", line) for line in lines if is_basis(line)]
    return [f"{line}{'.' if line is bases[-1] else ';'}" for line in bases]


def _with_basis(lines: Sequence[str], reason: str) -> list[str]:
    """Of a decision: one basis more, in front of the line that decides."""
    bases = [line for line in lines if is_basis(line)]
    others = [line for line in lines if not is_basis(line)]
    return [*others[:1], *_bases([*bases, f"{_END.sub('', reason)}."]), *others[1:]]


def reason_of(plan: Plan, original: Plan) -> str:
    """Why, as the amending paper itself says it: what its opening adds to that of the original."""
    before = {_END.sub("", line) for line in split_lines(original.preamble)}
    new = [line for line in split_lines(plan.preamble) if _END.sub("", line) not in before]
    said = " ".join(new)
    head, act, _ = said.partition(_ACT)
    if act:
        said = head.removesuffix(issuer_of(original)).rstrip()
    return _END.sub("", said) or plan.subject
