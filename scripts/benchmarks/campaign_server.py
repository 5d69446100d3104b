"""campaign_server.py COUNT NAME: the pages of a commune with COUNT campaigns, in a database NAME of its own.

One campaign is as full as a commune's may be. Speaks as ``page_server.py`` does: a line of JSON on its pages, then
the seconds of one request for each position on standard input; the last position draws the report without a request.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from contextlib import suppress
from dataclasses import asdict
from typing import Any

import django

django.setup()

from django.apps import apps  # noqa: E402 -- models need the set-up above, here and below
from django.db import connection, transaction  # noqa: E402

from campaigns.models import Review  # noqa: E402
from campaigns.reporting.printing import report_of  # noqa: E402
from documents.rendering import render  # noqa: E402
from scripts.benchmarks.around_campaigns import write_history  # noqa: E402
from scripts.benchmarks.many_campaigns import Written, write_campaigns  # noqa: E402
from scripts.benchmarks.page_server import (  # noqa: E402
    PASSWORD,
    WHO,
    Page,
    Visitors,
    analyze,
    campaign_values,
    database_words,
    own_database,
)
from scripts.benchmarks.routes import addresses  # noqa: E402
from tdkt.demo.office import build_office, create_accounts  # noqa: E402
from units.models import Unit, User  # noqa: E402

PARTS, TARGETS = 30, 24
DRAWING = "chỉ vẽ báo cáo"
_BESIDE = ("home", "reminders:schedule", "reminders:lower_board", "reminders:requests")
"""Pages of other apps that read campaigns."""


@transaction.atomic
def fill(count: int) -> Written:
    office = build_office()
    create_accounts(office, PASSWORD)
    Unit.objects.filter(pk=office.commune.pk).update(valid_from=None)
    office.commune.refresh_from_db()
    officer = User.objects.get(username=WHO[0])
    written = write_campaigns(office.commune, actor=officer, count=count, parts=PARTS, targets=TARGETS, wide=TARGETS)
    write_history(written, actor=officer, count=PARTS)
    return written


def contents() -> dict[str, Any]:
    names = ("Campaign", "Target", "Share", "Result", "Registration", "Exemplar", "Review")
    rows = {name: apps.get_model("campaigns", name).objects.count() for name in names}
    return {"rows": rows, "database": database_words()}


def drawing(written: Written) -> float:
    """Seconds for the PDF alone, its figures counted and its words drafted before."""
    review = Review.objects.select_related("campaign__unit", "campaign__plan__issuer").get(
        pk=written.rows["review_pk"]
    )
    paper = report_of(review).paper()
    started = time.perf_counter()
    render(paper, "pdf")
    return time.perf_counter() - started


def serve(count: int) -> None:
    written = fill(count)
    analyze()
    visitors = Visitors()
    pages = [
        visitors.visit(address)
        for address in addresses(campaign_values(written))
        if address.label.startswith(("campaigns:", *_BESIDE)) and address.url
    ]
    pages = [page for page in pages if not page.refusal] + [Page(DRAWING, "", "", 0)]
    print(json.dumps({**contents(), "pages": [asdict(page) for page in pages]}), flush=True)
    for line in sys.stdin:
        page = pages[int(line)]
        print(drawing(written) if page.label == DRAWING else visitors.seconds(page), flush=True)


def main(count: int, name: str) -> None:
    logging.disable()  # pages that nobody may open are counted, not reported
    with suppress(KeyboardInterrupt), own_database(name):
        serve(count)
        connection.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
