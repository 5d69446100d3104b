from __future__ import annotations

import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.db import transaction

from core.commands import JsonCommand
from core.errors import AppError
from tdkt.demo.awards import has_awards, write_awards
from tdkt.demo.campaigns import has_campaigns, write_campaigns
from tdkt.demo.clusters import has_clusters, write_clusters
from tdkt.demo.deliveries import send_plans
from tdkt.demo.office import ACCOUNTS, build_office, create_accounts
from tdkt.demo.outbox import tell_of_past_days
from tdkt.demo.papers import write_papers
from tdkt.demo.reminders import write_reminders
from tdkt.demo.results import write_results
from tdkt.environment import VAR_DIR
from units.models import User


class Command(JsonCommand):
    help = (
        "Nạp bản trình diễn: một tỉnh có 24 xã, phường, kế hoạch ba năm, bảy tài khoản; phong trào; cụm thi đua; "
        "khen thưởng."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stage", choices=("plan", "campaign", "scoring", "awards"), default="plan")

    def answer(self, *, stage: str, **options: Any) -> dict[str, Any]:
        password = _password()
        if not User.objects.filter(username="canbo").exists():
            if User.objects.exists():
                raise AppError("Cơ sở dữ liệu này đã có người dùng thật, nên không nạp bản trình diễn vào.")
            with transaction.atomic():
                office = build_office()
                create_accounts(office, password)
                write_papers(office)
                send_plans(office)
                write_results(office)
                officer, reviewer = (User.objects.get(username=name) for name in ("canbo", "noivu"))
                tell_of_past_days(office, officer)
                write_reminders(office, officer, reviewer)
        if stage != "plan" and not has_campaigns():
            with transaction.atomic():
                write_campaigns()
        if stage in ("scoring", "awards") and not has_clusters():
            with transaction.atomic():
                write_clusters()
        if stage == "awards" and not has_awards():
            with transaction.atomic():
                write_awards()
        (VAR_DIR / "demo").touch()
        return {"stage": stage, "accounts": list(ACCOUNTS), "password": password}


def _password() -> str:
    """One for each installation, kept where only its owner reads it."""
    file: Path = VAR_DIR / "demo_password"
    if not file.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(f"tdkt-{secrets.token_hex(4)}\n")
    return file.read_text().strip()
