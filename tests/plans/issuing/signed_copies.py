"""Signed copies as they are dropped in."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

from pypdf import PdfWriter

from documents.rendering.pdf import render_pdf
from plans.interchange import PlanData
from plans.issuing.comparing import with_head
from plans.models import Plan
from plans.paper import compose
from plans.selectors import plan_data, with_content
from tests.documents.signed.signing import leader, signed

HEAD = {"number": "27", "symbol": "KH-UBND", "date": dt.date(2026, 2, 12), "signer": "Lò Văn Thắng"}
"""As the signed paper has them."""
AT_NOON = dt.datetime(2026, 2, 12, 5, 0, tzinfo=dt.UTC)


def _scan() -> bytes:
    writer, content = PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(content)
    return content.getvalue()


SCAN = _scan()
"""One page without a word, as a scanner makes it."""
BROKEN = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n"


def loaded(plan: Plan) -> Plan:
    return with_content(Plan.objects.filter(pk=plan.pk)).get()


def printed(plan: Plan, change: Callable[[PlanData], PlanData] = lambda data: data, **head: Any) -> bytes:
    """The plan's PDF as it comes back from next door: numbered and dated, and with what somebody changed there."""
    found = loaded(plan)
    return render_pdf(compose(change(with_head(plan_data(found), HEAD | head)), found.issuer.lines))


def signed_pdf(plan: Plan, change: Callable[[PlanData], PlanData] = lambda data: data, **head: Any) -> bytes:
    return signed(printed(plan, change, **head), leader(), at=AT_NOON)
