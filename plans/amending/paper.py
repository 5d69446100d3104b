"""The amending paper: numbered items that say what differs, in the words of offices. No database here.

As papers that amend others are written (Decree 30/2020, Phụ lục II and III; the models of amending texts of the
law on promulgation): what changes is worded in full between “…”, what is added says behind what, what is taken
out is repealed («bãi bỏ») at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Any

from documents import tree
from documents.dates import ROMAN
from documents.outline import read_body
from documents.tree import AppendixReference, Block, Heading, Item, Paragraph
from documents.wording import break_issuer
from plans.amending import differences as changes_of
from plans.amending.addresses import Addresses
from plans.amending.differences import SECTIONS, TASKS, Added, Moved, Removed, differences
from plans.amending.texts import Origins, SectionText, Text, entries_of, holds_tasks
from plans.interchange import DECISION, PlanData, TaskData
from plans.layouts import Field, fields_of
from plans.paper import bullet, compose_blocks, compose_opening, compose_tasks

POINTS = "abcdđeghiklmnopqrstuvxy"
"""The letters that count points (Decree 30, Phụ lục I)."""
_FIELD_OF = {
    "content": Field.CONTENT,
    "lead": Field.LEAD,
    "support": Field.SUPPORT,
    "time_text": Field.TIME,
    "note": Field.NOTE,
}
_LABELS = {
    "number": "số thứ tự",
    "content": "nội dung",
    "lead": "đơn vị chủ trì",
    "support": "đơn vị phối hợp",
    "time_text": "thời gian thực hiện",
    "note": "ghi chú",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One numbered item: the sentence that says what is done, and the new words under it."""

    sentence: str
    under: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Amendment:
    """Both texts, and the name of the amended plan as the paper cites it: «Kế hoạch số 27/KH-UBND ngày …»."""

    old: Text
    new: Text
    origins: Origins
    cited: str

    @cached_property
    def items(self) -> list[Change]:
        """Empty where the paper would have nothing to say."""
        return _Composer(self.old, self.new, self.origins, self.cited).items()

    @property
    def removed_tasks(self) -> list[int]:
        """Places in the old text."""
        kept = set(self.origins.tasks)
        return [at for at in range(len(self.old.tasks)) if at not in kept]


def compose_amending(head: PlanData, issuer_lines: Sequence[str] = (), *, amendment: Amendment) -> tree.Paper:
    """``head`` is the amending plan's own head and foot; of its rows only the differences are printed."""
    items, cited = amendment.items, amendment.cited
    body: list[Block] = []
    if head.kind == DECISION:
        body.append(tree.Article("Điều 1.", f"Sửa đổi, bổ sung một số điều của {cited} như sau:"))
    for number, item in enumerate(items, start=1):
        body += [Item(f"{number}.", item.sentence, title=bool(item.under)), *item.under]
    if not items:
        body.append(AppendixReference(f"(Chưa có nội dung nào sửa đổi, bổ sung so với {cited}.)"))
    if head.closing:
        body += compose_blocks(read_body(head.closing), ())
    return tree.Paper(
        header=tree.Header(
            issuer=tuple(issuer_lines) or break_issuer(head.issuer),
            superior=head.superior,
            number=head.number,
            symbol=head.symbol,
            place=head.place,
            date=head.date,
        ),
        title=head.title,
        subject=head.subject,
        preamble=tuple(compose_opening(text, is_decision=head.kind == DECISION) for text in head.preamble),
        body=tuple(body),
        recipients=tree.Recipients(head.recipients, head.archive),
        signature=tree.Signature(head.signature_lines, head.signature_name, head.signature_post),
    )


class _Composer:
    def __init__(self, old: Text, new: Text, origins: Origins, cited: str) -> None:
        self.old, self.new, self.origins, self.cited = old, new, origins, cited
        self.before, self.after = Addresses(old), Addresses(new)
        self.changes = differences(old, new, origins)

    def items(self) -> list[Change]:
        removed = [change for change in self.changes if isinstance(change, Removed | changes_of.EntryRemoved)]
        on_tasks = [
            change
            for change in self.changes
            if isinstance(change, changes_of.TaskRewritten) or (isinstance(change, Moved) and change.of == TASKS)
        ]
        added = [change.row for change in self.changes if isinstance(change, Added) and change.of == TASKS]
        rest = (change for change in self.changes if change not in removed and change not in on_tasks)
        items = [item for change in rest if (item := self._item(change))]
        items += self._tasks_changed(on_tasks)
        items += self._tasks_added(added)
        items += self._repealed(removed)
        return items + self._renumbered()

    # -- Sections

    def _item(self, change: Any) -> Change | None:
        match change:
            case changes_of.SectionRewritten():
                return self._worded(f"Sửa đổi, bổ sung {self.before.section(change.at)}", change.section)
            case changes_of.HeadingRewritten():
                return self._heading(change)
            case changes_of.EntryRewritten() | changes_of.EntryAdded():
                return self._entry(change)
            case Added() if change.of == SECTIONS:
                where = self._behind(change.to, self.origins.sections, "section")
                return self._worded(f"Bổ sung {self.after.section(change.to)} {where}", change.row)
            case Moved():
                where = self._behind(change.to, self.origins.sections, "section").removeprefix("vào ")
                return Change(f"Chuyển {self.before.section(change.at)} đến {where}.")
            case changes_of.TableChanged():
                return self._table(change)
            case changes_of.AppendixChanged():
                return self._appendix(change)
        return None

    def _heading(self, change: changes_of.HeadingRewritten) -> Change:
        old, new = self.old.sections[change.at].heading, change.heading
        name = self.before.section(change.at)
        if old and old.text == new.text and old.marker != new.marker:
            return Change(f"{_capital(name)} đổi thành {self.after.section(self.origins.sections.index(change.at))}.")
        if old and (old.text, old.marker) == (new.text, new.marker):
            return Change(f"{_capital(name)} chuyển thành đề mục cấp {new.level}.")
        return self._worded(f"Sửa đổi tiêu đề {name}", SectionText(new, ()))

    def _entry(self, change: changes_of.EntryRewritten | changes_of.EntryAdded) -> Change:
        entries = entries_of(self.old.sections[change.at].lines)
        if isinstance(change, changes_of.EntryRewritten):
            name = self.before.entry(change.at, entries[change.entry].marker)
            return self._worded(f"Sửa đổi, bổ sung {name}", SectionText(None, change.lines))
        section = self.before.section(change.at)
        after = entries_of(self.new.sections[self.origins.sections.index(change.at)].lines)
        neighbour, word = (after[change.to - 1], "sau") if change.to else (after[1], "trước")
        where = f"vào {word} {self.before.entry(change.at, neighbour.marker)}"
        name = self.before.entry(change.at, change.entry.marker).removesuffix(f" {section}")
        return self._worded(f"Bổ sung {name} {where}", SectionText(None, change.entry.lines))

    def _behind(self, to: int, origins: Sequence[int | None], what: str) -> str:
        """«vào sau Mục II», by its old name where it has one."""
        place, word = (to - 1, "sau") if to else (to + 1, "trước")
        if place >= len(origins):
            return "vào nội dung Kế hoạch"
        at = origins[place]
        if at is not None:
            return f"vào {word} {getattr(self.before, what)(at)}"
        # New numbers beside old ones would be misread: a new task is named by its words.
        name = f"nhiệm vụ “{self.new.tasks[place].content}”" if what == "task" else self.after.section(place)
        return f"vào {word} {name}"

    def _worded(self, sentence: str, section: SectionText) -> Change:
        return Change(f"{sentence} như sau:", quoted(self._blocks(section)))

    def _blocks(self, section: SectionText) -> tuple[Block, ...]:
        """A table of tasks is amended row by row, so the new words only say that it stands there."""
        heading = (section.heading,) if section.heading else ()
        table: tuple[Block, ...] = ()
        if holds_tasks(section.lines):
            changed = ", được sửa đổi, bổ sung theo các quy định dưới đây" if self._touches_tasks() else ""
            table = (AppendixReference(f"(Bảng nhiệm vụ theo {self.cited}{changed})"),)
        return compose_blocks((*heading, *section.lines), table)

    def _touches_tasks(self) -> bool:
        return any(
            isinstance(change, changes_of.TaskRewritten) or getattr(change, "of", "") == TASKS
            for change in self.changes
        )

    # -- Tables

    def _table(self, change: changes_of.TableChanged) -> Change | None:
        if change.table is None:
            return None  # the section that loses its table is worded anew
        return Change(f"Bảng nhiệm vụ{self.after.tasks} {_layout_words(change.table.columns)}.")

    def _appendix(self, change: changes_of.AppendixChanged) -> Change:
        old, new = self.old.appendix, change.appendix
        if new is None:
            return Change("Bãi bỏ Phụ lục.")
        said = []
        if old is None or old.subject != new.subject:
            said.append(f"tiêu đề là “{new.subject}”")
        if old is None or old.title != new.title:
            said.append(f"tên là “{new.title}”")
        if old is None or old.table != new.table:
            said.append(f"bảng nhiệm vụ {_layout_words(new.table.columns)}")
        return Change(f"{'Bổ sung' if old is None else 'Sửa đổi'} Phụ lục: {'; '.join(said)}.")

    # -- Tasks

    def _tasks_changed(self, changes: Sequence[Any]) -> list[Change]:
        by_task = [(at, list(group)) for at, group in groupby(changes, key=lambda change: change.at)]
        said = [f"{_capital(self.before.task(at))}: {'; '.join(self._said_of(group))}" for at, group in by_task]
        where = f"nhiệm vụ{self.before.tasks}"
        if len(said) == 1:
            return [Change(f"Sửa đổi, bổ sung {where} như sau:", (Paragraph(f"{said[0]}."),))]
        return [Change(f"Sửa đổi, bổ sung các {where} như sau:", tuple(_points(said)))] if said else []

    def _said_of(self, changes: Iterable[Any]) -> Iterator[str]:
        for change in changes:
            if isinstance(change, Moved):
                where = self._behind(change.to, self.origins.tasks, "task").removeprefix("vào ")
                yield f"chuyển đến {where}"
                continue
            old = self.old.tasks[change.at]
            for name, value in change.values:
                if name == "quarter":
                    yield f"chuyển sang Quý {ROMAN[value]}" if value else "không ghi theo quý"
                    continue
                yield _field_said(self._label(name), _shown(name, getattr(old, name)), _shown(name, value))

    def _label(self, name: str) -> str:
        """As the column is headed, so that whoever holds the paper finds the cell."""
        table, field = self.before.printed_table, _FIELD_OF.get(name)
        if table is not None and field is not None and table.layout.is_table:
            for head, fields in zip(table.columns, fields_of(table.columns), strict=True):
                if fields == (field,):
                    return _in_sentence(head)
        return _LABELS[name]

    def _tasks_added(self, tasks: Sequence[TaskData]) -> list[Change]:
        if not tasks:
            return []
        table = self.after.printed_table
        sentence = f"Bổ sung {'các ' if len(tasks) > 1 else ''}nhiệm vụ sau đây{self.after.tasks}:"
        if table is not None and table.layout.is_table:
            return [Change(sentence, compose_tasks(table, tasks))]
        under: list[Block] = []
        for position, (quarter, group) in enumerate(groupby(tasks, key=lambda task: task.quarter)):
            if quarter:
                under.append(Item(f"{POINTS[position % len(POINTS)]})", f"Quý {ROMAN[quarter]}:", title=True))
            under += [bullet(task) for task in group]
        return [Change(sentence, tuple(under))]

    def _repealed(self, changes: Sequence[Any]) -> list[Change]:
        items: list[Change] = []
        tasks: list[str] = []
        for change in changes:
            if isinstance(change, changes_of.EntryRemoved):
                marker = entries_of(self.old.sections[change.at].lines)[change.entry].marker
                items.append(Change(f"Bãi bỏ {self.before.entry(change.at, marker)}."))
            elif change.of == SECTIONS:
                items.append(Change(f"Bãi bỏ {self.before.section(change.at)}."))
            else:
                tasks.append(self._repealed_task(change.at))
        if len(tasks) == 1:
            items.append(Change(f"Bãi bỏ {tasks[0]}{self.before.tasks}."))
        elif tasks:
            items.append(
                Change(f"Bãi bỏ các nhiệm vụ sau đây{self.before.tasks}:", tuple(_points(map(_capital, tasks))))
            )
        return items

    def _repealed_task(self, at: int) -> str:
        """With its words, for a number alone is easily misread."""
        name, content = self.before.task(at), self.old.tasks[at].content
        return name if content in name else f"{name} (“{content}”)"

    def _renumbered(self) -> list[Change]:
        is_told = any(isinstance(change, changes_of.TasksRenumbered) for change in self.changes)
        if not is_told or not self.after.prints_numbers:
            return []
        return [Change(f"Số thứ tự các nhiệm vụ{self.after.tasks} đánh lại theo thứ tự sau khi sửa đổi, bổ sung.")]


# -- Words -------------------------------------------------------------------------------


def quoted(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """New words between “ and ”, which end with the full stop of the item."""
    if not blocks:
        return ()
    first, *rest = blocks
    match first:
        case Heading() | Item() | tree.Article() if first.marker:
            first = replace(first, marker=f"“{first.marker}")
        case tree.Table() | tree.Chart() | tree.Picture():
            first, rest = Paragraph("“"), [first, *rest]
        case _:
            first = replace(first, text=f"“{first.text}")
    *before, last = [first, *rest]
    if isinstance(last, tree.Table | tree.Chart | tree.Picture):
        return (*before, last, Paragraph("”."))
    return (*before, replace(last, text=f"{last.text}”."))


def _points(texts: Iterable[str]) -> Iterator[Item]:
    """a), b), c)…; dashes where the letters do not suffice."""
    said = list(texts)
    for position, text in enumerate(said):
        marker = f"{POINTS[position]})" if len(said) <= len(POINTS) else "-"
        yield Item(marker, f"{text}{'.' if position == len(said) - 1 else ';'}")


def _field_said(label: str, old: str, new: str) -> str:
    if not old:
        return f"bổ sung {label} “{new}”"
    return f"{label} “{old}” sửa thành “{new}”" if new else f"bỏ {label} “{old}”"


def _in_sentence(head: str) -> str:
    """«Chủ trì», «THỜI GIAN» within a sentence; «UBND xã» stays."""
    if head == head.upper():
        return head.lower()
    return head if head[1:2].isupper() else head[:1].lower() + head[1:]


def _shown(name: str, value: Any) -> str:
    if name in {"lead", "support"}:
        return "; ".join(value)
    return "" if value is None else str(value)


def _layout_words(columns: Sequence[str]) -> str:
    heads = "; ".join(f"“{head}”" for head in columns)
    return f"trình bày theo các cột: {heads}" if columns else "trình bày bằng gạch đầu dòng theo quý"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
