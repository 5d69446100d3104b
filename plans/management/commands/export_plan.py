from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from core.commands import JsonCommand
from plans import interchange
from plans.selectors import any_plan, plan_data


class Command(JsonCommand):
    help = "In một kế hoạch ra JSON theo mẫu tdkt-plan/1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("plan", metavar="ID", type=int)

    def answer(self, *, plan: int, **options: Any) -> dict[str, Any]:
        return interchange.write(plan_data(any_plan(plan)))
