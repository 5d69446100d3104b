from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from awards.facts import Recipient
from awards.money import By, NoRate, award_money
from core.commands import JsonCommand


class Command(JsonCommand):
    help = "Tính tiền thưởng kèm theo một danh hiệu, hình thức khen thưởng, có ghi phép tính."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("award", metavar="CODE")
        parser.add_argument("--recipient", required=True, metavar="|".join(Recipient))
        parser.add_argument("--by", required=True, metavar="|".join(By))
        parser.add_argument("--on", required=True, metavar="2026-11-22")

    def answer(self, *, award: str, recipient: str, by: str, on: str, **options: Any) -> dict[str, Any]:
        try:
            whom, who = Recipient(recipient), By(by)
        except ValueError:
            raise NoRate(f"Chọn --recipient trong {', '.join(Recipient)} và --by trong {', '.join(By)}.") from None
        try:
            day = dt.date.fromisoformat(on)
        except ValueError:
            raise NoRate(f"«{on}» không phải là ngày. Ghi dạng 2026-11-22.") from None
        money = award_money(award, recipient=whom, by=who, on=day)
        return {
            "award": award,
            "recipient": whom.value,
            "by": who.value,
            "on": day.isoformat(),
            "base_salary": money.base,
            "amount": money.amount,
            "sums": [{"amount": one.amount, "arithmetic": one.arithmetic} for one in money.sums],
            "note": "" if money.is_confirmed else "cần xác nhận",
            "source": money.source,
        }
