import pytest, time_machine
from tests.campaigns.test_query_counts import *
from django.db import connection
from django.test.utils import CaptureQueriesContext
def test_q(db):
    province = UnitFactory(province=True)
    below = Unit.objects.bulk_create(Unit(kind="commune", code=f"1-{n}", designation="xã", name=f"Mai {n}", parent=province) for n in range(3))
    found = office(province, campaigns=FEW, rows=FEW)
    write_answers(found.written.campaign, below, actor=None)
    url = address("campaign", found.written)
    found.window.get(url)
    with CaptureQueriesContext(connection) as q:
        found.window.get(url)
    for n, one in enumerate(q.captured_queries):
        s = one["sql"]; i = s.find(" FROM ")
        print(n, s[:60], "...", s[i:i+330], "\n")
    c=found.window.get(url); print(c.context["act"])
