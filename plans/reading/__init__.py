"""A paper that an office already has, read into a plan: ``read_plan(source)``, writing nothing.

    documents.reading   file -> lines -> paper: head, outline, tables, ending
    plans.reading       paper -> ``tdkt-plan/1``: year, kind, tasks, the part of a campaign

Each value is printed in the file or said to be inferred; each word lands in one field or is named in ``unsure``.
"""

from __future__ import annotations

from documents.reading.paper import Unsure
from plans.reading.assembling import ReadPlan, as_json, read_plan

__all__ = ["ReadPlan", "Unsure", "as_json", "read_plan"]
