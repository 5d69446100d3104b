"""Several windows and both sides at the same moment."""

from __future__ import annotations

import pytest

from core import audit
from core.models import AuditEntry
from core.states import MovedMeanwhile
from documents.deliveries import services
from documents.models import Delivery
from tests.documents.at_once import at_once
from tests.documents.deliveries.conftest import TODAY

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_of_eight_windows_that_send_at_once_one_sends(desk):
    sent, errors = at_once(8, lambda: len(desk.send(desk.province, desk.far, names=["Công ty Hoa Ban"])))

    assert errors == []
    assert sorted(sent) == [0] * 7 + [3]
    assert Delivery.objects.count() == 3
    assert audit.first_broken_link(desk.commune.pk) is None


def test_of_a_receipt_and_a_withdrawal_at_once_one_happens(desk):
    delivery = desk.sent()
    turns = ["receive", "withdraw"] * 4

    def act() -> str:
        name, mine = turns.pop(), seen.pop()
        if name == "receive":
            services.receive(mine, actor=desk.nga, unit_id=desk.province.pk, day=TODAY)
        else:
            services.withdraw(mine, actor=desk.an)
        return name

    seen = [Delivery.objects.select_related("paper", "receiver", "sender").get(pk=delivery.pk) for _ in turns]
    done, errors = at_once(8, act)

    assert len(done) == 1
    assert {type(error) for error in errors} == {MovedMeanwhile}
    row = Delivery.objects.get()
    assert (row.received_on is None) != (row.withdrawn_on is None)
    assert AuditEntry.objects.filter(code__startswith="documents.delivery").count() == 2
