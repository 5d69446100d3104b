"""The pledge (giao ước thi đua) as it is drafted from its campaign, and as a paper. Pure: plain values in.

Its text is plain lines like a plan's section: what the officer writes over the draft is what is printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from documents import tree
from documents.dates import PartialDate
from documents.outline import compose_body, read_body

TITLE = "GIAO ƯỚC THI ĐUA"
SIGNED_BY = "ĐẠI DIỆN CÁC ĐƠN VỊ KÝ GIAO ƯỚC"
ARCHIVE = "VT"
_THREE_ABREAST = 5
"""From so many signatories on three stand side by side."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the campaign says."""

    unit: str
    """«xã An Hòa»."""
    whom: str
    """«các thôn, cơ quan, đơn vị, trường học»."""
    title: str
    theme: str
    year: int
    plan: str = ""
    """«Kế hoạch số 12/KH-UBND ngày 15 tháng 01 năm 2026», once it is issued."""
    targets: Sequence[str] = ()
    """Sentences, as ``campaigns.wording`` words them."""
    titles: Sequence[tuple[str, int, int]] = ()
    """Title, how many collectives and how many people registered for it."""


@dataclass(frozen=True, slots=True)
class Head:
    """Of the paper: who issues it and signs last."""

    issuer: tuple[str, ...]
    superior: str
    place: str
    date: PartialDate
    signature_lines: tuple[str, ...]
    signature_post: str = ""
    signature_name: str = ""


def draft(facts: Facts) -> str:
    """The text to begin with; sections for which the campaign has nothing are left out."""
    sections = [
        ("Nội dung thi đua", _aims(facts)),
        ("Chỉ tiêu thi đua", [_item(target) for target in facts.targets]),
        ("Danh hiệu đăng ký", [_titles(*one) for one in facts.titles]),
        ("Tổ chức thực hiện", _promise()),
    ]
    lines = [_opening(facts)]
    for number, (heading, items) in enumerate(((head, items) for head, items in sections if items), start=1):
        lines += [f"{number}. {heading}", *(f"- {item}{';' if item is not items[-1] else '.'}" for item in items)]
    lines.append(
        "Các đơn vị cam kết thực hiện đầy đủ các nội dung đã ký. Giao ước được lưu tại mỗi đơn vị một bản để cùng "
        "thực hiện./."
    )
    return "\n".join(lines)


def compose(body: str, facts: Facts, head: Head, signatories: Sequence[tree.Signatory]) -> tree.Paper:
    columns = 3 if len(signatories) >= _THREE_ABREAST else 2
    return tree.Paper(
        header=tree.Header(
            issuer=head.issuer, superior=head.superior, place=head.place, date=head.date, is_numbered=False
        ),
        title=TITLE,
        subject=subject(facts),
        preamble=(),
        body=compose_body(read_body(body)),
        signatories=tree.Signatories(SIGNED_BY, tuple(signatories), columns) if signatories else None,
        recipients=tree.Recipients(("Các đơn vị ký giao ước",), ARCHIVE),
        signature=tree.Signature(head.signature_lines, head.signature_name, head.signature_post),
    )


def subject(facts: Facts) -> str:
    """«Thực hiện phong trào thi đua … năm 2026»."""
    name = _small(facts.title.rstrip(" ."))
    for launching in ("phát động ", "tổ chức "):
        name = name.removeprefix(launching)
    name = name if name.startswith("phong trào") else f"phong trào thi đua {name.removeprefix('thi đua ')}"
    return f"Thực hiện {name}" if str(facts.year) in name else f"Thực hiện {name} năm {facts.year}"


def _opening(facts: Facts) -> str:
    by = f"Thực hiện {facts.plan}, đại" if facts.plan else "Đại"
    what = subject(facts).removeprefix("Thực hiện ")
    return (
        f"{by} diện {facts.whom} của {facts.unit} thống nhất ký giao ước thi đua thực hiện "
        f"{what}, với các nội dung sau:"
    )


def _aims(facts: Facts) -> list[str]:
    theme = facts.theme.strip().strip('“”"«».').strip()
    aims = [f"Hưởng ứng chủ đề thi đua “{theme}”"] if theme else []
    return [
        *aims,
        "Tuyên truyền, vận động cán bộ, công chức, viên chức, người lao động và Nhân dân tích cực tham gia phong trào",
        "Thi đua hoàn thành và hoàn thành vượt mức các chỉ tiêu, nhiệm vụ được giao",
    ]


def _promise() -> list[str]:
    return [
        "Mỗi đơn vị cụ thể hóa nội dung giao ước thành việc làm, phân công người phụ trách và thường xuyên kiểm tra",
        "Kết quả thực hiện giao ước là căn cứ để bình xét thi đua, đề nghị khen thưởng",
    ]


def _titles(title: str, collectives: int, people: int) -> str:
    counted = [f"{collectives} tập thể" if collectives else "", f"{people} cá nhân" if people else ""]
    return f"{title}: {', '.join(filter(None, counted))}"


def _item(text: str) -> str:
    text = text.strip().rstrip(".;")
    return f"{text[:1].upper()}{text[1:]}"


def _small(text: str) -> str:
    """As it goes on inside a sentence; short forms and names in capitals stay."""
    return f"{text[:1].lower()}{text[1:]}" if text[1:2].islower() else text
