from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from core.commands import JsonCommand, read_json
from core.errors import AppError
from plans import interchange
from plans.parts import rows_of_parts
from plans.services import create_plan
from units.models import Unit


class Command(JsonCommand):
    help = "Nạp một kế hoạch từ tệp JSON theo mẫu tdkt-plan/1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.json")
        parser.add_argument(
            "--unit", metavar="CODE", help="mã đơn vị; bỏ trống thì lập đơn vị theo dòng cơ quan ban hành"
        )

    def answer(self, *, file: str, unit: str | None, **options: Any) -> dict[str, int]:
        data = interchange.read(read_json(file))
        owner = None
        if unit is not None:
            owner = Unit.objects.filter(code=unit).first()
            if owner is None:
                raise AppError(f"Không có đơn vị nào mang mã {unit}.")
        plan = create_plan(data, actor=None, unit=owner)
        return {"plan": plan.pk, **rows_of_parts(plan)}
