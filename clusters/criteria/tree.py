"""The rows of a set as a tree: in their order with their depth, moved about, numbered anew. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

UP, DOWN, INTO, OUT = "len", "xuong", "vao", "ra"
MOVES = (UP, DOWN, INTO, OUT)


@dataclass(slots=True)
class Branch:
    """A row with what hangs on it; the root has no row."""

    row: Any = None
    children: list[Branch] = field(default_factory=list)

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Branch]]:
        for child in self.children:
            yield depth, child
            yield from child.walk(depth + 1)

    @property
    def height(self) -> int:
        """Levels, its own among them."""
        return 1 + max((child.height for child in self.children), default=0)


def grown(rows: Iterable[Any]) -> Branch:
    """``rows`` in their order, with ``pk`` and ``parent_id``. What stands inside itself is left out."""
    branches = [Branch(row) for row in rows]
    root = Branch()
    there = {None: root, **{branch.row.pk: branch for branch in branches}}
    for branch in branches:
        there[branch.row.parent_id].children.append(branch)
    return root


def in_order(rows: Iterable[Any]) -> list[tuple[int, Any]]:
    """Depth and row, whatever the order in which the groups' rows were numbered."""
    return [(depth, branch.row) for depth, branch in grown(rows).walk()]


def path_to(root: Branch, pk: int) -> list[Branch]:
    """From the root to the row, both with it; ``KeyError`` where it is none."""
    for child in root.children:
        if child.row.pk == pk:
            return [root, child]
        try:
            return [root, *path_to(child, pk)]
        except KeyError:
            continue
    raise KeyError(pk)


def moved(root: Branch, pk: int, way: str) -> bool:
    """Whether the row could go one step that way; it takes what hangs on it along."""
    *above, parent, branch = path_to(root, pk)
    siblings = parent.children
    at = siblings.index(branch)
    if way in (UP, DOWN):
        to = at + (1 if way == DOWN else -1)
        if not 0 <= to < len(siblings):
            return False
        siblings.insert(to, siblings.pop(at))
        return True
    if way == INTO:
        if not at:
            return False
        siblings[at - 1].children.append(siblings.pop(at))
        return True
    if not above:
        return False
    outer = above[-1].children
    outer.insert(outer.index(parent) + 1, siblings.pop(at))
    return True


def places(root: Branch) -> dict[int, tuple[int, int | None]]:
    """Row → its number from 1 and its parent."""
    parents = {
        child.row.pk: branch.row.pk if branch.row else None for branch in _all(root) for child in branch.children
    }
    return {branch.row.pk: (order, parents[branch.row.pk]) for order, (_, branch) in enumerate(root.walk(), start=1)}


def _all(root: Branch) -> Iterator[Branch]:
    yield root
    for _, branch in root.walk():
        yield branch
