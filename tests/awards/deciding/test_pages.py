"""The pages of decisions: what they show and offer, how they answer, how many queries they ask."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.deciding import issuing, services
from awards.models import Decision, Grant, Nominee, Round
from core.files import visible_files
from core.models import Job
from documents.rendering import render
from tests.awards.deciding.scene import a_draft, an_office_to_decide, drawn_quickly, issued, passed
from tests.factories import Role, UserFactory

pytestmark = [pytest.mark.django_db]
LIST, DETAIL, ORDER, MONEY = 6, 20, 6, 11
"""Queries, however many rows."""


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture(autouse=True)
def _drawn(monkeypatch):
    monkeypatch.setattr(issuing, "render", drawn_quickly)


@pytest.fixture
def office():
    return an_office_to_decide()


@pytest.fixture
def page(office) -> Client:
    return signed_in(office.officer)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(name: str, *args) -> str:
    return reverse(f"awards:{name}", args=args)


def desk(office) -> str:
    return f"{url('decisions')}?dot={office.round.pk}"


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as counted:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(counted)


# -- The list --------------------------------------------------------------------------------


def test_the_rounds_page_offers_what_comes_next(office, page):
    passed(office, "LDTT")
    passed(office, "BKT")

    first = words(page.get(desk(office)))
    assert "Lao động tiên tiến: 1 cá nhân" in first
    assert "cấp trên quyết định: Chủ tịch Ủy ban nhân dân tỉnh" in first
    assert f'class="btn btn-primary" href="{url("decision_draft", office.round.pk)}"' in first
    assert first.count("btn-primary") == 1

    issued(a_draft(office), actor=office.officer)
    second = words(page.get(desk(office)))
    assert f'class="btn btn-primary" href="{url("decisions_publish", office.round.pk)}"' in second
    assert "1 đối tượng chờ trình cấp trên; 1 quyết định chưa công bố." in second


def test_a_leader_reads_and_is_offered_nothing(office):
    passed(office, "LDTT")

    answer = signed_in(office.leader).get(desk(office))

    assert (answer.status_code, "btn-primary" in words(answer)) == (200, False)


def test_filters_and_search(office, page):
    for award, number in (("LDTT", "01"), ("CSTDCS", "02")):
        passed(office, award)
        issued(a_draft(office, f"{award}:person"), actor=office.officer, number=number)
    passed(office, "GK")
    draft = a_draft(office, "GK:person")
    first, second = Decision.objects.exclude(pk=draft.pk).order_by("pk")

    def found(query: str) -> list[int]:
        return sorted(one.pk for one in page.get(f"{url('decisions')}?{query}").context["page"].rows)

    assert found("") == sorted([first.pk, second.pk, draft.pk])
    assert found("trang_thai=draft") == [draft.pk]
    assert found("q=chien+si") == [second.pk]
    assert found("nam=2026") == sorted([first.pk, second.pk, draft.pk])
    assert found("nam=2025") == []
    assert found("cua=noi-khac") == []
    assert found(f"dot={office.round.pk}") == sorted([first.pk, second.pk, draft.pk])
    assert page.get(f"{url('decisions')}?dot=999999999").status_code == 404


def test_an_empty_list_teaches(office, page):
    assert "Quyết định được soạn từ một đợt xét" in words(page.get(url("decisions")))


def test_pages_ask_the_same_of_three_and_of_many(office, page):
    def grow(start: int, count: int) -> None:
        for number in range(start, start + count):
            passed(office, "LDTT", f"Người {number}")

    grow(0, 3)
    draft = a_draft(office)
    Decision.objects.bulk_create(Decision(unit=office.unit, round=office.round, subject=f"D{n}") for n in range(2))
    addresses = {
        url("decisions"): LIST,
        url("decision", draft.pk): DETAIL,
        url("decision_order", draft.pk): ORDER,
        url("decision_money", draft.pk): MONEY,
    }
    few = {address: queries(page, address) for address in addresses}

    grow(3, 20)
    services.take_in(Decision.objects.get(pk=draft.pk), actor=office.officer, version=1, groups=["LDTT:person"])
    Decision.objects.bulk_create(Decision(unit=office.unit, round=office.round, subject=f"E{n}") for n in range(20))

    assert {address: queries(page, address) for address in addresses} == few
    assert few == addresses
    assert page.get(url("decision", draft.pk)).content.decode().count("Bà Người ") == 23


# -- A draft ---------------------------------------------------------------------------------


def test_from_the_round_to_a_draft(office, page):
    passed(office, "LDTT")
    passed(office, "CSTDCS")

    answer = page.post(url("decision_draft", office.round.pk), {"groups": ["CSTDCS:person"]})

    made = Decision.objects.get()
    assert (answer.status_code, answer.url) == (302, url("decision", made.pk))
    assert made.nominees.count() == 1
    assert page.post(url("decision_draft", office.round.pk), {}).status_code == 422


def test_words_are_saved_and_a_second_window_sees_both(office, page):
    passed(office)
    draft = a_draft(office)
    address = url("decision_words", draft.pk)
    form = page.get(address).context["form"]
    data = {name: form[name].value() for name in form.fields} | {"issuer": draft.issuer_id}

    assert page.post(address, data | {"signer": "Lò Văn Thắng"}).status_code == 302
    clash = page.post(address, data | {"signer": "Quàng Văn Ón"})

    assert clash.status_code == 409
    assert "Người khác vừa lưu: «Lò Văn Thắng»." in words(clash)
    assert Decision.objects.get().texts == {"signer": "Lò Văn Thắng"}


def test_the_order_is_typed_or_moved_by_one(office, page):
    rows = [passed(office, "LDTT", name) for name in "ABC"]
    draft = a_draft(office)
    address = url("decision_order", draft.pk)

    def names() -> str:
        return "".join(draft.nominees.order_by("decision_order").values_list("name", flat=True))

    page.post(address, {"version": 1, f"tt_{rows[2].pk}": "1", f"tt_{rows[0].pk}": "1", f"tt_{rows[1].pk}": "2"})
    assert names() == "CAB"
    page.post(address, {"version": 2, "xuong": rows[2].pk})
    assert names() == "ACB"
    page.post(address, {"version": 2, "len": rows[1].pk})  # an old page
    assert names() == "ACB"
    page.post(address, {"version": 3, "viec": "mac-dinh"})
    assert names() == "ABC"
    page.post(url("decision_leave_out", draft.pk, rows[0].pk), {"version": 4})
    assert names() == "BC"


def test_more_is_taken_in_and_a_draft_is_thrown_away(office, page):
    passed(office, "LDTT")
    draft = a_draft(office)
    passed(office, "CSTDCS")
    assert "Chiến sĩ thi đua cơ sở: 1 cá nhân" in words(page.get(url("decision", draft.pk)))

    page.post(url("decision_take_in", draft.pk), {"version": 1, "groups": "CSTDCS:person"})
    assert draft.nominees.count() == 2
    answer = page.post(url("decision_discard", draft.pk), {"version": 2})

    assert (answer.url, Decision.objects.count()) == (desk(office), 0)


@pytest.mark.parametrize(("to", "begins"), [("pdf", b"%PDF"), ("docx", b"PK"), ("txt", "ỦY BAN".encode())])
def test_a_draft_downloads_with_number_and_day_blank(office, page, to, begins):
    passed(office)

    answer = page.get(url("decision_download", a_draft(office).pk, to))

    assert answer.content.startswith(begins)
    if to == "txt":
        assert "/QĐ-UBND" in answer.content.decode()


def test_a_long_draft_is_drawn_by_a_worker(office, page):
    for number in range(70):
        passed(office, "LDTT", f"Người {number}")

    answer = page.get(url("decision_download", a_draft(office).pk, "pdf"))

    assert (answer.status_code, Job.objects.get().title[:8]) == (302, "Dựng tệp")


# -- Recorded --------------------------------------------------------------------------------


def record(page: Client, draft: Decision, **more):
    data = {
        "version": draft.version,
        "number": "01",
        "symbol": "QĐ-UBND",
        "date": "20/11/2026",
        "signer": "Lò Văn Thắng",
    }
    return page.post(url("decision_issue", draft.pk), data | more)


def test_recorded_back_with_the_signed_file(office, page, monkeypatch):
    passed(office)
    draft = a_draft(office)
    decision = Decision.objects.select_related("unit", "round", "issuer__unit").get()
    said = issuing.printed(decision)
    typed = issuing.paper_of(said, number="01", symbol="QĐ-UBND", date=dt.date(2026, 11, 20), signer="Lò Văn Thắng")
    signed = render(issuing.Printed(said.facts, typed).paper(), "pdf")

    answer = record(page, draft, signed_file=SimpleUploadedFile("qd.pdf", signed))

    decision.refresh_from_db()
    assert (answer.status_code, decision.state, decision.paper.signed_file.name) == (302, "issued", "qd.pdf")
    shown = words(page.get(url("decision", decision.pk)))
    assert "Ban hành ngày 20/11/2026; chưa công bố." in shown
    kept = b"".join(page.get(url("decision_download", decision.pk, "pdf")).streaming_content)
    assert kept == drawn_quickly(None, "pdf")


def test_another_file_is_asked_about_first(office, page):
    passed(office)
    draft = a_draft(office)
    passed(office, "CSTDCS", "Trần Văn Bình")
    other = a_draft(office, "CSTDCS:person")
    wrong = render(issuing.printed(Decision.objects.get(pk=other.pk)).paper(), "pdf")

    answer = record(page, draft, signed_file=SimpleUploadedFile("khac.pdf", wrong))

    assert (answer.status_code, Decision.objects.filter(state="issued").count()) == (422, 0)
    assert "signed_file" in answer.context["form"].errors
    kept = answer.context["form"].data["kept"]
    assert record(page, draft, kept=kept, confirmed="on").status_code == 302


def test_a_second_window_is_told(office, page):
    passed(office)
    draft = a_draft(office)
    record(page, draft)

    answer = record(page, draft, number="02")

    assert (answer.status_code, answer.url, Grant.objects.count()) == (302, url("decision", draft.pk), 1)


def test_nothing_is_recorded_without_a_number(office, page):
    passed(office)

    answer = record(page, a_draft(office), number="")

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["number"])


# -- Money -----------------------------------------------------------------------------------


def test_the_pay_table_asks_computes_and_pays(office, page):
    passed(office, "GK", "A", path="sudden", state="ready")
    passed(office, "LDTT", "B")
    decision = issued(a_draft(office, "GK:person", "LDTT:person"), actor=office.officer)
    address = url("decision_money", decision.pk)
    first = words(page.get(address))
    assert "Mức tiền thưởng cần xác nhận; chọn mức áp dụng." in first
    assert "0,15 × 2.530.000 = 379.500 đồng, làm tròn lên 380.000 đồng" in first
    assert "Bằng chữ: Bảy trăm sáu mươi nghìn đồng." in first

    refused = page.post(address, {"GK_person-how": "khac", "GK_person-amount": "500.000"})
    assert refused.status_code == 422
    page.post(address, {"GK_person-how": "khac", "GK_person-amount": "500.000", "GK_person-reason": "NQ số 3"})
    assert dict(Grant.objects.values_list("award", "money")) == {"GK": 500_000, "LDTT": 760_000}

    page.post(url("decision_paid", decision.pk), {"day": "21/11/2026", "tat-ca": "1"})
    grant = Grant.objects.get(award="GK")
    assert str(grant.paid_on) == "2026-11-21"
    page.post(url("decision_unpaid", decision.pk, grant.pk))
    assert Grant.objects.filter(paid_on=None).get() == grant


def test_a_leader_reads_the_pay_table_and_changes_nothing(office):
    passed(office)
    decision = issued(a_draft(office), actor=office.officer)
    leader = signed_in(office.leader)

    assert leader.get(url("decision_money", decision.pk)).status_code == 200
    assert leader.post(url("decision_money", decision.pk), {}).status_code == 403


# -- Up, down, published ---------------------------------------------------------------------


def test_up_back_and_the_outcome_by_hand(office, page):
    above = Round.objects.create(unit=office.province, name="Cấp tỉnh năm 2026", year=2026)
    nominee = passed(office, "BKT")
    address = url("send_up", office.round.pk)
    assert "Cấp tỉnh năm 2026" in words(page.get(address))

    page.post(address, {"groups": "BKT:person", "day": "21/11/2026", "to": above.pk})
    assert above.nominees.count() == 1
    page.post(url("send_recall", office.round.pk), {"nominees": nominee.pk, "reason": "Sửa tên"})
    assert above.nominees.count() == 0
    page.post(address, {"groups": "BKT:person", "day": "21/11/2026"})
    data = {f"outcome_{nominee.pk}": "duoc", "by": "province", "number": "1312/QĐ-UBND", "issuer": "UBND tỉnh"}
    asked = page.post(url("decision_outside", office.round.pk), data)
    assert (asked.status_code, list(asked.context["form"].errors)) == (422, ["date"])
    refused = page.post(url("decision_outside", office.round.pk), {f"outcome_{nominee.pk}": "khong", "by": "province"})
    assert list(refused.context["form"].errors) == [f"reason_{nominee.pk}"]  # it needs no decision, but its reason
    scan = SimpleUploadedFile("qd.pdf", drawn_quickly(None, "pdf"))
    page.post(url("decision_outside", office.round.pk), data | {"date": "21/11/2026", "upload": scan})

    decision = Decision.objects.get()
    assert Nominee.objects.get(pk=nominee.pk).state == "decided"
    assert "UBND tỉnh" in words(page.get(url("decision", decision.pk)))
    assert page.get(url("decision_download", decision.pk, "pdf")).status_code == 404
    stored = decision.outside.file
    stranger = UserFactory(role=Role.OFFICER)
    assert [visible_files(user).filter(pk=stored.pk).exists() for user in (office.leader, stranger)] == [True, False]


def test_published_together(office, page):
    for award, number in (("LDTT", "01"), ("CSTDCS", "02")):
        passed(office, award)
        issued(a_draft(office, f"{award}:person"), actor=office.officer, number=number)
    ids = list(Decision.objects.values_list("pk", flat=True))

    assert page.post(url("decisions_publish", office.round.pk), {"decisions": ids}).status_code == 302

    assert set(Decision.objects.values_list("state", flat=True)) == {"published"}


# -- Khen nhanh ------------------------------------------------------------------------------


def quick_rows(**more) -> dict[str, str]:
    management = {
        "dong-TOTAL_FORMS": "5",
        "dong-INITIAL_FORMS": "0",
        "dong-MIN_NUM_FORMS": "0",
        "dong-MAX_NUM_FORMS": "100",
    }
    return management | {"deed": "Cứu người bị đuối nước", "award": "GK"} | more


def test_khen_nhanh_from_one_page_to_the_decision(office, page):
    assert page.get(url("quick")).status_code == 200

    answer = page.post(
        url("quick"),
        quick_rows(**{"dong-0-name": "Ông Lò Văn Pản", "dong-0-birth": "1988", "dong-1-name": "Bà Quàng Thị Én"}),
    )

    decision = Decision.objects.get()
    assert (answer.status_code, answer.url) == (302, url("decision", decision.pk))
    assert list(decision.nominees.order_by("decision_order").values_list("honorific", "name", "birth_year")) == [
        ("Ông", "Lò Văn Pản", 1988),
        ("Bà", "Quàng Thị Én", None),
    ]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, "Ghi tên ít nhất một người, tập thể hoặc hộ gia đình được khen."),
        ({"deed": "", "dong-0-name": "Ông A"}, "Ghi việc đã làm"),
        ({"dong-0-name": "Ông A", "dong-0-birth": "32/13/1988"}, "Dòng 1"),
    ],
)
def test_khen_nhanh_says_what_is_missing_and_keeps_what_was_typed(office, page, more, told):
    answer = page.post(url("quick"), quick_rows(**more))

    assert (answer.status_code, Decision.objects.count(), Round.objects.filter(is_quick=True).count()) == (422, 0, 0)
    assert told in words(answer)
