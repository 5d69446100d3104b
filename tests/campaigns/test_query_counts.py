"""Every page of campaigns, and every page besides that reads them, asks the same of the database at 3 and at 300 rows.

The addresses are those of the program's own table: a new one without a line here fails.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scripts.benchmarks.around_campaigns import write_answers, write_history
from scripts.benchmarks.many_campaigns import Written, write_campaigns
from tests.campaigns.addresses import POSTED, address, names
from tests.factories import PersonFactory, Role, UnitFactory, UserFactory
from tests.units.conftest import signed_in
from units.models import Unit

FEW, MANY = 3, 300
MOST = 20
MOST_AT_HOME = 24
"""The lists of every app come together there."""
NOW = dt.datetime(2026, 7, 6, 3, 0, tzinfo=dt.UTC)

SHOWS = {
    "list": "lần 2",
    "import": "Excel",
    "export": "",
    "template": "",
    "new": "Lập phong trào thi đua",
    "campaign": "Chỉ tiêu số 1:",
    "edit": "Đoàn kết, sáng tạo",
    "waves": "Đợt thi đua số 3",
    "movements": "Chuyên đề",
    "launch": "Ghi nhận đã phát động",
    "drop": "Không thực hiện phong trào",
    "parent": "Gắn với phong trào của cấp trên",
    "answers": "Đơn vị cấp dưới hưởng ứng",
    "targets": "Chỉ tiêu số 3:",
    "targets_paste": "Dán chỉ tiêu",
    "targets_import": "Excel",
    "targets_export": "",
    "targets_template": "",
    "target_remove": "Chỉ tiêu số 1:",
    "shares": "Thôn Vân 2",
    "results": "Chỉ tiêu số 3:",
    "results_import": "Excel",
    "results_export": "",
    "results_template": "",
    "board": "Thôn Vân 2",
    "fillings": "bieu.xlsx",
    "filling": "Chỉ tiêu số 3:",
    "filling_download": "",
    "registrations": "Thôn Vân 2",
    "registration_new": "Lò Văn Hặc 2",
    "registration_ask": "Thôn Vân 2",
    "registration_take": "Lò Thị Mai",
    "registration_import": "Nhập đăng ký thi đua từ Excel",
    "registration_export": "",
    "registration_template": "",
    "registration": "Thôn Vân 1",
    "registration_edit": "Tập thể lao động tiên tiến",
    "pledge": "Thôn Vân 2",
    "pledge_sign": "Ghi nhận giao ước đã ký",
    "pledge_download": "Thôn Vân 2",
    "reviews": "6 tháng đầu năm 2026",
    "review": "Chỉ tiêu số 3:",
    "review_text": "Sửa: ",
    "review_issue": "Ghi nhận đã ban hành",
    "review_download": "Chỉ tiêu số 3:",
    "exemplars": "Bà Lò Thị Mây 2",
    "exemplar_new": "Thôn Vân 2",
    "exemplar": "Bà Lò Thị Mây 0",
}
"""Name of an address → what its page shows at either size, so that no fast empty page passes; blank: a workbook."""


@dataclass(frozen=True)
class Office:
    written: Written
    window: Client


def office(unit: Unit, *, campaigns: int, rows: int) -> Office:
    officer = UserFactory(role=Role.OFFICER, unit=unit, person=PersonFactory(unit=unit, full_name="Lò Thị An"))
    written = write_campaigns(unit, actor=officer, count=campaigns, parts=rows, targets=rows, wide=1)
    write_history(written, actor=officer, count=rows)
    return Office(written, signed_in(officer))


@pytest.fixture(autouse=True)
def _summer() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def beside(written: Written) -> dict[str, tuple[str, str]]:
    """Pages of other apps that read campaigns: address and what is shown."""
    campaign = written.campaign
    wave = campaign.waves.order_by("-pk")[0]

    def deadline(kind: str, subject: int, slot: int = 0) -> str:
        return reverse("reminders:deadline", args=[f"campaigns.{kind}", subject, slot])

    return {
        "home": (reverse("home"), "Việc của tôi"),
        "schedule": (reverse("reminders:schedule"), "thi đua"),
        "lower board": (reverse("reminders:lower_board"), ""),
        "requests": (reverse("reminders:requests"), "Đăng ký thi đua"),
        "duties": (reverse("plans:tasks"), ""),
        "plans": (reverse("plans:list"), "Phát động phong trào thi đua số"),
        "plan of a campaign": (reverse("plans:plan", args=[campaign.plan_id]), "Phát động phong trào thi đua số"),
        "deadline of results": (deadline("results", campaign.pk, 3), "Ghi kết quả các chỉ tiêu"),
        "deadline of a review": (deadline("review", wave.pk), "Sơ kết, tổng kết"),
    }


def cost(window: Client, url: str, shows: str) -> int:
    """Of a page that is opened again: the first time fills caches and remembers the filters."""
    window.get(url)
    with CaptureQueriesContext(connection) as queries:
        answer = window.get(url)
    assert answer.status_code == 200, url
    assert shows in answer.content.decode(errors="replace"), url
    return len(queries)


def costs(found: Office) -> dict[str, int]:
    pages = {name: (address(name, found.written), shows) for name, shows in SHOWS.items()}
    pages |= beside(found.written)
    return {name: cost(found.window, url, shows) for name, (url, shows) in pages.items()}


def test_every_address_is_measured_or_answers_no_get():
    assert names() == sorted([*SHOWS, *POSTED])
    assert POSTED.isdisjoint(SHOWS)


@pytest.mark.parametrize("more", ["campaigns", "rows"])
def test_every_page_costs_the_same_at_3_and_at_300(db, more):
    """``campaigns`` of the unit; or ``rows`` of all that is in one of them."""
    few = office(UnitFactory(name="Vân Khê"), campaigns=FEW, rows=FEW)
    many = office(UnitFactory(name="Vân Sơn"), **{"campaigns": FEW, "rows": FEW, more: MANY})

    asked = costs(few)

    assert costs(many) == asked
    allowed = {"home": MOST_AT_HOME}
    assert {name: count for name, count in asked.items() if count > allowed.get(name, MOST)} == {}


@pytest.mark.parametrize(("name", "shows"), [("campaign", "đã hưởng ứng"), ("answers", "Mai 1")])
def test_a_launcher_asks_the_same_with_3_and_with_300_units_below(db, name, shows):
    asked = []
    for count in (FEW, MANY):
        province = UnitFactory(province=True)
        below = Unit.objects.bulk_create(
            Unit(kind="commune", code=f"{count}-{n}", designation="xã", name=f"Mai {n}", parent=province)
            for n in range(count)
        )
        found = office(province, campaigns=FEW, rows=FEW)
        write_answers(found.written.campaign, below, actor=None)
        asked.append(cost(found.window, address(name, found.written), shows))

    assert asked[0] == asked[1] <= MOST


def test_those_that_answer_no_get_say_so(db):
    found = office(UnitFactory(), campaigns=FEW, rows=FEW)

    assert {found.window.get(address(name, found.written)).status_code for name in POSTED} == {405}
