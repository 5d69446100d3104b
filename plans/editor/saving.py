"""Acts of the editor's page carried out through the services, each answered for itself.

One refused cell does not hold back the others. Where another page saved meanwhile, an act
goes through as long as what it changes is still what its person saw; else both texts are
given back and the person decides. (One version for the whole plan would have two people
who work on different rows stop each other at every cell.)
"""

from __future__ import annotations

import enum
import uuid
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core.errors import UnfitField
from plans.editor import rows as page_rows
from plans.editor import values as page_values
from plans.editor.acts import Act, UnfitActs, text
from plans.editor.state import HEADER, header_values, section_values, table_values, task_values
from plans.layouts import DEFAULT_COLUMNS
from plans.models import Assignment, Plan, Section, Task
from plans.services import (
    add_sections,
    add_tasks,
    move_section,
    move_task,
    remove_section,
    remove_tasks,
    set_follower,
    update_plan,
    update_section,
    update_table,
    update_task,
)
from plans.services.ordering import last_place


class Kind(enum.StrEnum):
    SAVED = "saved"
    REFUSED = "refused"
    """What was typed does not fit; ``message`` says why."""
    CONFLICT = "conflict"
    """Somebody else changed it; ``stored`` is what stands there now."""
    GONE = "gone"
    """Somebody else took the row out."""


@dataclass(frozen=True, slots=True)
class Outcome:
    kind: Kind
    message: str = ""
    stored: Any = None


_COLUMNS = {"lead": "Chủ trì", "support": "Phối hợp", "time_text": "Thời gian thực hiện", "note": "Ghi chú"}
"""Of a row that is refused as a whole: where it does not fit."""
_NO_KEY = uuid.UUID(int=0)
SAVED = Outcome(Kind.SAVED)
GONE = Outcome(Kind.GONE, "Dòng này vừa được bỏ đi ở nơi khác.")


@dataclass(frozen=True, slots=True)
class Answer:
    outcomes: list[Outcome]
    """One for each act."""
    touched: list[Task]
    """Tasks whose values were set: their dates may be news to the page."""


def save(plan: Plan, acts: list[Act], *, actor: Any, version: int) -> Answer:
    """``version``: the one that the page knows. Raise ``EditedMeanwhile`` when somebody saves at this very moment."""
    desk = _Desk(plan, actor, is_stale=version != plan.version)
    with transaction.atomic() if len(acts) > 1 else nullcontext():  # a single act is one service
        outcomes = [desk.carry_out(act) for act in acts]
    return Answer(outcomes, list(desk.touched.values()))


def _tidy(value: Any) -> Any:
    """Without the blanks that the page may still show and no row keeps."""
    if isinstance(value, str):
        return [line.strip() for line in value.splitlines() if line.strip()]
    return value


class _Desk:
    """One plan, one person, the rows that their acts name."""

    def __init__(self, plan: Plan, actor: Any, *, is_stale: bool) -> None:
        self.plan, self.actor, self.is_stale = plan, actor, is_stale
        self.touched: dict[uuid.UUID, Task] = {}

    def carry_out(self, act: Act) -> Outcome:
        version = self.plan.version
        try:
            return self._handler(act)(act)
        except UnfitField as error:
            self.plan.version = version  # the savepoint took the claim back
            self.touched.pop(act.key, None)  # type: ignore[arg-type]
            column = _COLUMNS.get(error.field, "") if act.do == "add" else ""
            return Outcome(Kind.REFUSED, f"{column}: {error}" if column else str(error))

    def _handler(self, act: Act) -> Callable[[Act], Outcome]:
        if act.do != "set":
            return {
                ("add", "section"): self._add_sections,
                ("move", "section"): self._move_section,
                ("remove", "section"): self._remove_section,
                ("add", "task"): self._add_tasks,
                ("move", "task"): self._move_task,
                ("remove", "task"): self._remove_task,
            }[act.do, act.of]
        return {
            "header": self._set_header,
            "follower": self._set_follower,
            "table": self._set_table,
            "section": self._set_section,
            "task": self._set_task,
        }[act.of]

    @property
    def _who(self) -> dict[str, Any]:
        """Who acts on which version; read anew for each act."""
        return {"actor": self.actor, "version": self.plan.version}

    def _meets_another(self, act: Act, stored: Any) -> Outcome | None:
        """What to answer where another page was there before; None: go on."""
        if not self.is_stale or _tidy(stored) == _tidy(act.was):
            return None
        return SAVED if _tidy(stored) == _tidy(act.value) else Outcome(Kind.CONFLICT, stored=stored)

    # -- Single values

    def _set_header(self, act: Act) -> Outcome:
        if act.field not in HEADER:
            raise UnfitActs
        if met := self._meets_another(act, header_values(self.plan)[act.field]):
            return met
        value = text(act.value)
        if act.field == "paper_date":
            value = page_values.read_partial_date("paper_date", value)
        try:
            values: dict[str, Any] = {act.field: value}
            update_plan(self.plan, **self._who, **values)
        except UnfitField:
            self.plan.refresh_from_db()
            raise
        return SAVED

    def _set_follower(self, act: Act) -> Outcome:
        if met := self._meets_another(act, self.plan.follower_id):
            return met
        set_follower(self.plan, actor=self.actor, person=page_rows.person(self.plan, act.value))
        return SAVED

    def _set_table(self, act: Act) -> Outcome:
        place, _, name = act.field.partition(".")
        table = self.plan.task_tables.filter(place=place).first()
        if table is None or name not in table_values(table):
            raise UnfitActs
        if met := self._meets_another(act, table_values(table)[name]):
            return met
        table.plan = self.plan
        value = text(act.value)
        values: dict[str, Any] = {name: value}
        if name == "layout":
            values["columns"] = "\n".join(DEFAULT_COLUMNS.get(value, table.heads))
        update_table(table, **self._who, **values)
        return SAVED

    def _set_section(self, act: Act) -> Outcome:
        section = self._section(act.key)
        if section is None:
            return GONE
        if act.field not in {"line", "level", "body"}:
            raise UnfitActs
        if met := self._meets_another(act, section_values(section)[act.field]):
            return met
        if act.field == "line":
            values = page_rows.heading_values(self.plan, section, text(act.value))
        else:
            values = {act.field: act.value if act.field == "level" else text(act.value)}
        update_section(section, **self._who, **values)
        return SAVED

    def _set_task(self, act: Act) -> Outcome:
        task = self._task(act.key, with_names=self.is_stale or act.field in Assignment.Role.values)
        if task is None:
            return GONE
        read = page_rows.TASK_FIELDS.get(act.field)
        if read is None:
            raise UnfitActs
        if self.is_stale and (met := self._meets_another(act, task_values(task, self.plan)[act.field])):
            return met
        values: dict[str, Any] = {act.field: read(act.field, act.value, self.plan)}
        if act.field == "asks_day":
            values = {"is_planned_day_settled": not values["asks_day"]}
        update_task(task, **self._who, **values)
        self.touched[task.key] = task
        return SAVED

    # -- Rows

    def _add_sections(self, act: Act) -> Outcome:
        fresh = page_rows.fresh(Section, act.rows)
        if fresh:
            sections = page_rows.sections_of(self.plan, fresh.values())
            after = self._place(Section, act.after)
            add_sections(self.plan, **self._who, sections=sections, after=after, keys=list(fresh))
        return SAVED

    def _move_section(self, act: Act) -> Outcome:
        section = self._section(act.key)
        if section is None:
            return GONE
        move_section(section, **self._who, after=self._place(Section, act.after))
        return SAVED

    def _remove_section(self, act: Act) -> Outcome:
        if section := self._section(act.key):
            remove_section(section, **self._who)
        return SAVED

    def _add_tasks(self, act: Act) -> Outcome:
        fresh = page_rows.fresh(Task, act.rows)
        if not fresh:
            return SAVED
        rows = [page_rows.task_of(self.plan, row) for row in fresh.values()]
        after = self._place(Task, act.after)
        with transaction.atomic():
            tasks = add_tasks(self.plan, **self._who, rows=rows, after=after, keys=list(fresh))
            for task, row in zip(tasks, fresh.values(), strict=True):
                if planned := text(row.get("planned_for")):
                    day = page_values.read_day("planned_for", planned, self.plan.year)
                    update_task(task, **self._who, planned_for=day)
        return SAVED

    def _move_task(self, act: Act) -> Outcome:
        task = self._task(act.key)
        if task is None:
            return GONE
        move_task(task, **self._who, after=self._place(Task, act.after), quarter=act.quarter)
        return SAVED

    def _remove_task(self, act: Act) -> Outcome:
        if task := self._task(act.key):
            remove_tasks(self.plan, **self._who, tasks=[task])
        return SAVED

    # -- Rows by their keys, always of this plan

    def _section(self, key: uuid.UUID | None) -> Section | None:
        section = Section.objects.filter(plan=self.plan, key=key or _NO_KEY).first()
        if section is not None:
            section.plan = self.plan
        return section

    def _task(self, key: uuid.UUID | None, *, with_names: bool = False) -> Task | None:
        tasks = Task.objects.filter(plan=self.plan, key=key or _NO_KEY)
        task = (tasks.prefetch_related("assignments") if with_names else tasks).first()
        if task is not None:
            task.plan, task.unit = self.plan, self.plan.unit
        return task

    def _place(self, model: type[Section] | type[Task], key: uuid.UUID | None) -> int:
        """Behind the row of that key; at the end where it is gone; in front where none is named."""
        if key is None:
            return 0
        rows = model._default_manager.filter(plan=self.plan)
        found = rows.filter(key=key).values_list("order", flat=True).first()
        return found if found is not None else last_place(rows)
