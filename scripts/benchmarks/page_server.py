"""page_server.py COUNT NAME: the pages of a program with COUNT plans, in a database NAME of its own.

Prints one line of JSON on what it has and how many queries each page takes, then answers
each page's position on standard input with the seconds of one request.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import logging
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from typing import Any

import django

django.setup()

from django.apps import apps  # noqa: E402 -- models need the set-up above, here and below
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, override_settings  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from core import files  # noqa: E402
from core.health import findings  # noqa: E402
from core.management.commands.prepare_database import make_folders  # noqa: E402
from core.models import Heartbeat, Job  # noqa: E402
from documents.rendering import FORMATS  # noqa: E402
from plans.models import Plan  # noqa: E402
from scripts.benchmarks.many_campaigns import Written, write_campaigns  # noqa: E402
from scripts.benchmarks.many_plans import write_plans  # noqa: E402
from scripts.benchmarks.routes import Address, Values, addresses  # noqa: E402
from scripts.benchmarks.samples import our_plans  # noqa: E402
from tdkt.demo.office import Office, build_office, create_accounts  # noqa: E402
from units.accounts import invite  # noqa: E402
from units.models import Membership, Unit, User  # noqa: E402

PASSWORD = "mat-khau-do-luong-2026"  # of accounts that live as long as this process
CAMPAIGNS = 3
"""And as many places and targets in one: how they grow is measured by ``campaign_server.py``."""
WHO = ("canbo", "quantri", "")
"""Tried in turn until one may open the page; the last is nobody signed in."""


@dataclass(frozen=True, slots=True)
class Page:
    label: str
    url: str
    who: str
    queries: int
    refusal: str = ""
    """Why nobody opened it; empty where somebody did."""


@contextmanager
def own_database(name: str) -> Iterator[None]:
    connection.settings_dict["TEST"]["NAME"] = name
    usual = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(usual, verbosity=0)


def fill(count: int) -> tuple[Office, Plan, Plan]:
    with transaction.atomic():
        office = build_office()
        create_accounts(office, PASSWORD)
        # A commune that was never merged, so that plans of earlier years are its own.
        Unit.objects.filter(pk=office.commune.pk).update(valid_from=None)
        office.commune.refresh_from_db()
        officer = User.objects.get(username=WHO[0])
        contents = [sample.plan for sample in our_plans() if sample.plan.tasks]
        plans = write_plans(contents, office.commune, actor=officer, count=count)
    analyze()
    return office, *plans


def analyze() -> None:
    """As PostgreSQL does by itself after a while."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def values_of(unit: Unit, plan: Plan, long: Plan) -> Values:
    officer, administrator = (User.objects.get(username=name) for name in WHO[:2])
    stored = files.store(io.BytesIO(b"%PDF-1.7\n%%EOF\n"), name="to-trinh.pdf", unit_id=unit.pk, actor=officer)
    job = Job.objects.create(owner=officer, unit_id=unit.pk, title="Dựng PDF", state=Job.State.DONE, result=stored)
    role = Membership.Role.CLERK
    invitation, link = invite(unit, actor=administrator, full_name="Hoàng Thị Nhâm", role=role)
    one = {
        ("plans", "pk"): plan,
        ("units", "pk"): unit,
        ("units", "part_pk"): unit.parts.first(),
        ("units", "person_pk"): unit.people.first(),
        ("units", "issuer_pk"): unit.issuers.first(),
        ("units", "membership_pk"): officer.memberships.first(),
        ("units", "user_pk"): officer,
        ("units", "invitation_pk"): invitation,
        ("core:file", "pk"): stored,
        ("core:job", "pk"): job,
    }
    values: dict[tuple[str, str], dict[str, Any]] = {key: {"": row.pk} for key, row in one.items() if row}
    values["plans:plan", "pk"] = {"": plan.pk, f"{long.tasks.count()} nhiệm vụ": long.pk}
    values["plans", "to"] = {to: to for to in FORMATS}
    values["invitation", "token"] = {"": link.rstrip("/").rpartition("/")[2]}
    few = write_campaigns(unit, actor=officer, count=CAMPAIGNS, parts=CAMPAIGNS, targets=CAMPAIGNS, wide=CAMPAIGNS)
    return {**values, **campaign_values(few)}


def campaign_values(written: Written) -> dict[tuple[str, str], dict[str, Any]]:
    rows = {("campaigns", name): {"": pk} for name, pk in {"pk": written.campaign.pk, **written.rows}.items()}
    drawn = {("campaigns", "to"): {to: to for to in ("pdf", "docx")}, ("campaigns", "key"): {"": "limits"}}
    return {**rows, **drawn, ("campaigns:launch", "pk"): {"": written.draft.pk}}


class Visitors:
    """Browsers signed in through the sign-in page; the password is said twice, as some pages want it once more."""

    def __init__(self) -> None:
        self._clients = {name: Client(SERVER_NAME="127.0.0.1") for name in WHO}
        for name in filter(None, WHO):
            self._sign_in(self._clients[name], name)

    def _sign_in(self, client: Client, name: str) -> None:
        client.post(reverse("account_login"), {"login": name, "password": PASSWORD})
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        if "_auth_user_id" not in client.session:
            raise RuntimeError(f"{name} could not sign in")

    def open(self, who: str, url: str) -> tuple[int, bytes]:
        response = self._clients[who].get(url)
        return response.status_code, response.getvalue()

    def visit(self, address: Address) -> Page:
        if not address.url:
            return Page(address.label, "", "", 0, "chưa biết mở với dòng nào")
        statuses = []
        for who in WHO:
            status, body = self.open(who, address.url)  # the first time fills caches and remembers the filters
            if status == 200:
                with CaptureQueriesContext(connection) as queries:
                    self.open(who, address.url)
                refuse_a_short_list(address, body)
                return Page(address.label, address.url, who, len(queries))
            statuses.append(status)
        refusal = "chỉ nhận POST" if 405 in statuses else f"mã {statuses[0]}"
        return Page(address.label, address.url, "", 0, refusal)

    def seconds(self, page: Page) -> float:
        self.open(page.who, page.url)  # another query of the same list may have been remembered meanwhile
        started = time.perf_counter()
        status, _ = self.open(page.who, page.url)
        spent = time.perf_counter() - started
        if status != 200:
            raise RuntimeError(f"{page.url}: {status}")
        return spent


def refuse_a_short_list(address: Address, body: bytes) -> None:
    """A fast page that shows nothing would be no measure."""
    if address.label == "plans:list":
        shown = len(set(re.findall(rb'href="/ke-hoach/(\d+)/"', body)))
        if shown != min(Plan.objects.count(), 25):
            raise RuntimeError(f"the list of plans shows {shown} rows")


def contents() -> dict[str, Any]:
    labels = ("plans.Plan", "plans.Section", "plans.Task", "plans.Assignment", "core.AuditEntry", "units.Person")
    rows = {label: apps.get_model(label).objects.count() for label in labels}
    return {"rows": rows, "database": database_words()}


def database_words() -> str:
    version = "SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version"
    with connection.cursor() as cursor:
        cursor.execute(version)
        return f"{connection.display_name} {cursor.fetchone()[0]}"


def seem_healthy() -> None:
    """For /healthz: as if workers had answered, today and for as long as the measuring may take."""
    make_folders()
    soon = timezone.now() + dt.timedelta(hours=1)
    names = [finding.name for finding in findings() if finding.name.startswith("worker-")]
    Heartbeat.objects.bulk_create(Heartbeat(queue=name.removeprefix("worker-"), at=soon) for name in names)


@override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=3600)
def serve(count: int) -> None:
    office, plan, long = fill(count)
    seem_healthy()
    visitors = Visitors()
    pages = [visitors.visit(address) for address in addresses(values_of(office.commune, plan, long))]
    print(json.dumps({**contents(), "pages": [asdict(page) for page in pages]}), flush=True)
    for line in sys.stdin:
        print(visitors.seconds(pages[int(line)]), flush=True)


def main(count: int, name: str) -> None:
    logging.disable()  # pages that nobody may open are counted, not reported
    with suppress(KeyboardInterrupt), own_database(name):
        serve(count)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
