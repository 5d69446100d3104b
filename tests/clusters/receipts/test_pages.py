"""The page of receipts as each of the people concerned uses it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.models import Entry, Member, Receipt, ScoreSheet, Season, Step
from clusters.receipts import services
from clusters.standing import read_season
from core.files import visible_files
from core.models import AuditEntry
from documents.models import Delivery, Evidence, IssuedPaper
from tests.clusters.season import Round, a_round
from tests.factories import IssuerFactory, Role, UnitFactory, UserFactory
from tests.units.conftest import signed_in
from units.models import Membership
from units.services import grant_role

pytestmark = pytest.mark.django_db
HEAD = "Ngày đến\tSố ký hiệu\tNgày văn bản\tNơi gửi\tTrích yếu\n"
TITLE = "Báo cáo tổng kết công tác thi đua, khen thưởng năm 2026"


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-12-08T09:00:00+07:00")


@pytest.fixture
def found() -> Round:
    return a_round()


def pair(found: Round, place: int) -> list[int]:
    return [found.season.pk, found.members[place].pk, found.season.steps.get(order=1).pk]


def url(found: Round, name: str, place: int | None = None) -> str:
    args = [found.season.pk] if place is None else pair(found, place)
    return reverse(f"clusters:{name}", args=args)


def post(found: Round, name: str, place: int | None = None, *, who: Any = None, **said: Any) -> Any:
    return signed_in(who or found.noivu).post(url(found, name, place), said)


def words(found: Round, who: Any = None) -> dict[str, str]:
    rows = signed_in(who or found.noivu).get(url(found, "receipts")).context["rows"]
    return {one["row"].member.name: one["row"].words for one in rows}


def receipt(found: Round, place: int) -> Receipt:
    return Receipt.objects.get(member=found.members[place])


def sent(found: Round, place: int, subject: str = TITLE, **fields: Any) -> Delivery:
    unit = found.communes[place]
    paper = IssuedPaper.objects.create(
        issuer=IssuerFactory(unit=unit),
        kind="Báo cáo",
        number="27",
        symbol="BC-UBND",
        date=dt.date(2026, 11, 25),
        subject=subject,
    )
    said = {"sent_on": dt.date(2026, 11, 26), "received_on": dt.date(2026, 12, 6)} | fields
    return Delivery.objects.create(paper=paper, sender=unit, receiver=found.province, **said)


# -- Who sees what ---------------------------------------------------------------------------

MISSING = "Hạn 30/11/2026, đến 08/12/2026 chưa nhận: đang chậm 8 ngày, trừ 5 điểm theo mức từ 5 ngày."


def test_the_organiser_sees_all_a_member_its_own_row_a_stranger_nothing(found):
    names = [member.name for member in found.members]
    colleague = UserFactory(role=Role.COUNCIL_MEMBER, unit=found.province)
    stranger = UserFactory(role=Role.OFFICER, unit=UnitFactory())

    assert words(found) == words(found, colleague) == dict.fromkeys(names, MISSING)
    assert words(found, found.officers[2]) == {names[2]: MISSING}
    assert signed_in(stranger).get(url(found, "receipts")).status_code == 404
    assert signed_in(found.officers[2]).get(url(found, "receipt", 2)).status_code == 200
    assert signed_in(found.officers[2]).get(url(found, "receipt", 1)).status_code == 404


ACTS = ("receipt", "receipt_clear", "receipt_waive", "receipt_unwaive")


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", ACTS)
def test_nobody_decides_on_a_unit_to_which_he_belongs_in_any_role(found, name, role):
    """Whatever else he is in the organiser."""
    both = UserFactory(role=Role.REVIEWER, unit=found.province)
    grant_role(both, found.communes[1], role, actor=None)

    assert post(found, name, 1, who=both, received_on="1/12/2026").status_code == 403
    assert Receipt.objects.count() == 0
    assert post(found, name, 2, who=both, received_on="1/12/2026").status_code in (302, 422)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.OFFICER, Role.REVIEWER)])
@pytest.mark.parametrize("name", [*ACTS, "receipts_take", "receipts_paste", "receipts_returned"])
def test_only_who_works_for_the_organiser_records(found, name, role):
    place = 2 if name in ACTS else None
    colleague = UserFactory(role=role, unit=found.province)

    assert post(found, name, place, who=colleague).status_code == 403
    assert post(found, name, place, who=found.officers[2]).status_code == 403


def test_the_service_refuses_it_too(found):
    both = UserFactory(role=Role.REVIEWER, unit=found.province)
    grant_role(both, found.communes[1], Membership.Role.CLERK, actor=None)
    step = found.season.steps.get()
    saying = services.Saying(found.members[1], step, services.Days(received_on=dt.date(2026, 12, 1)), "")

    with pytest.raises(services.OwnUnit):
        services.record_receipts(found.season, [saying], actor=both)


# -- By hand ---------------------------------------------------------------------------------


def test_a_day_typed_by_hand_tells_its_arithmetic_and_moves_the_score(found):
    answer = post(found, "receipt", 1, number="27/BC-UBND", received_on="6/12/2026", was="")

    assert answer.status_code == 302
    row = receipt(found, 1)
    assert (row.number, row.received_on, row.source, row.by) == (
        "27/BC-UBND", dt.date(2026, 12, 6), "typed", found.noivu,
    )  # fmt: skip
    assert words(found)["Xã Bình Minh"] == (
        "Hạn 30/11/2026, nhận 06/12/2026: chậm 6 ngày, trừ 5 điểm theo mức từ 5 ngày."
    )
    assert read_season(found.season).scores()[found.members[1].pk].points["IV"] == -5
    entry = AuditEntry.objects.get(code="clusters.receipts.recorded")
    assert entry.changes == {"Xã Bình Minh, Gửi báo cáo tổng kết": [None, "27/BC-UBND, nhận 06/12/2026"]}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"number": "27/BC-UBND"}, "received_on"),
        ({"received_on": "9/12/2026"}, "received_on"),  # tomorrow
        ({"received_on": "1/12/2026", "sent_on": "2/12/2026"}, "received_on"),
        ({"received_on": "31/11/2026"}, "received_on"),
    ],
)
def test_a_day_that_cannot_stand_is_said_at_its_field(found, said, field):
    answer = post(found, "receipt", 1, **said)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Receipt.objects.exists()


def test_of_two_who_record_at_once_the_second_sees_the_first(found):
    post(found, "receipt", 1, received_on="1/12/2026", was="")

    second = post(found, "receipt", 1, received_on="6/12/2026", was="")

    assert second.status_code == 409
    assert "nhận 01/12/2026" in second.content.decode()
    assert receipt(found, 1).received_on == dt.date(2026, 12, 1)
    again = post(found, "receipt", 1, received_on="6/12/2026", was=second.context["form"]["was"].value())
    assert (again.status_code, receipt(found, 1).received_on) == (302, dt.date(2026, 12, 6))


def test_what_was_a_slip_is_taken_back_and_nothing_is_recorded_once_ranked(found):
    post(found, "receipt", 1, received_on="1/12/2026", was="")
    post(found, "receipt_clear", 1)
    assert not Receipt.objects.exists()

    Season.objects.update(state="ranked")

    assert post(found, "receipt", 1, received_on="1/12/2026", was="").status_code == 422
    assert not Receipt.objects.exists()


def test_lateness_in_working_days_passes_over_tet(found, time_machine):
    time_machine.move_to("2026-03-02T09:00:00+07:00")
    Season.objects.update(late_in="working")
    Step.objects.update(due=dt.date(2026, 2, 12))

    post(found, "receipt", 1, received_on="26/2/2026", was="")

    assert words(found)["Xã Bình Minh"] == (
        "Hạn 12/02/2026, nhận 26/02/2026: chậm 5 ngày làm việc, trừ 5 điểm theo mức từ 5 ngày làm việc."
    )


# -- From deliveries -------------------------------------------------------------------------


def test_a_delivery_is_proposed_and_taken_with_one_click(found):
    tied = sent(found, 1)
    other = sent(found, 2, "Báo cáo sơ kết 6 tháng đầu năm 2026")
    page = signed_in(found.noivu).get(url(found, "receipts"))
    [one] = page.context["proposals"]
    assert (one.delivery, one.row.member, one.is_sure) == (tied, found.members[1], True)

    post(found, "receipts_take", chon=[one.key, f"{one.row.key}-{other.pk}"])

    row = receipt(found, 1)
    assert (row.source, row.delivery, row.number, row.received_on) == (
        "delivery", tied, "27/BC-UBND", dt.date(2026, 12, 6),
    )  # fmt: skip
    assert not signed_in(found.noivu).get(url(found, "receipts")).context["proposals"]


def test_what_nobody_received_yet_cannot_be_taken_where_receipt_counts(found):
    delivery = sent(found, 1, received_on=None)
    key = f"{found.members[1].pk}-{found.season.steps.get().pk}-{delivery.pk}"

    post(found, "receipts_take", chon=[key])

    assert not Receipt.objects.exists()


def test_the_reviewer_of_two_units_is_told_only_what_he_may_take(found):
    sent(found, 1)
    grant_role(found.noivu, found.communes[1], Membership.Role.LEADER, actor=None)
    [one] = signed_in(found.noivu).get(url(found, "receipts")).context["proposals"]

    post(found, "receipts_take", chon=[one.key])

    assert not Receipt.objects.exists()


def test_a_member_sends_a_paper_of_its_register(found):
    delivery = sent(found, 1)
    paper = delivery.paper
    delivery.delete()
    page = signed_in(found.officers[1]).get(url(found, "receipt_send", 1))
    assert page.context["papers"] == [paper]

    answer = post(found, "receipt_send", 1, who=found.officers[1], paper=paper.pk, sent_on="8/12/2026")

    assert answer.status_code == 302
    there = Delivery.objects.get()
    assert (there.receiver, there.sent_on, there.purpose) == (
        found.province, dt.date(2026, 12, 8), "Gửi báo cáo tổng kết",
    )  # fmt: skip
    assert signed_in(found.noivu).get(url(found, "receipt_send", 1)).status_code == 403


# -- The register of incoming papers ---------------------------------------------------------


def read(found: Round, *rows: str, **said: Any) -> Any:
    return post(found, "receipts_paste", text=HEAD + "\n".join(rows), **said)


def test_a_pasted_register_is_shown_and_taken_and_no_row_is_lost(found):
    rows = (
        f"6/12/2026\t27/BC-UBND\t25/11/2026\tUBND xa Binh Minh\t{TITLE}",
        "7/12/2026\t30/GM-UBND\t5/12/2026\tUBND xã An Bình\tGiấy mời họp",
        f"7/12/2026\t31/BC-STC\t5/12/2026\tSở Tài chính\t{TITLE}",
    )
    shown = read(found, *rows)
    assert not Receipt.objects.exists()
    lines = shown.context["reading"].shown
    assert [(one.member, one.step, one.is_taken) for one in lines] == [
        (found.members[1].pk, found.season.steps.get().pk, True),
        (found.members[0].pk, None, False),
        (None, found.season.steps.get().pk, False),
    ]
    assert "Nơi gửi «Sở Tài chính» không có trong danh sách đơn vị thành viên." in shown.content.decode()

    chosen = {"dv-2": found.members[1].pk, "viec-2": found.season.steps.get().pk, "lay-2": "on"}
    taken = read(found, *rows, viec="lay", **chosen)

    assert taken.status_code == 302
    row = Receipt.objects.get()
    assert (row.member, row.number, row.signed_on, row.received_on, row.source) == (
        found.members[1], "27/BC-UBND", dt.date(2026, 11, 25), dt.date(2026, 12, 6), "pasted",
    )  # fmt: skip


def test_what_is_on_record_is_asked_before_it_is_replaced(found):
    post(found, "receipt", 1, received_on="1/12/2026", was="")
    rows = f"6/12/2026\t27/BC-UBND\t25/11/2026\tXã Bình Minh\t{TITLE}"

    [line] = read(found, rows).context["reading"].shown

    assert not line.is_taken
    assert line.notes == ["Đang ghi nhận 01/12/2026; đánh dấu lấy để thay bằng dòng này."]


def test_two_rows_for_one_thing_and_rows_without_a_unit_are_refused_at_their_row(found):
    step = found.season.steps.get().pk
    row = f"6/12/2026\t27/BC-UBND\t25/11/2026\tXã Bình Minh\t{TITLE}"
    both = {f"{name}-{n}": value for n in (2, 3) for name, value in (("dv", found.members[1].pk), ("viec", step))}

    answer = read(found, row, row, viec="lay", **both, **{"lay-2": "on", "lay-3": "on"})
    nobody = read(found, row, viec="lay", **{"dv-2": "", "viec-2": step, "lay-2": "on"})

    assert [one.error for one in answer.context["reading"].shown] == [
        "", "Hai dòng cùng một đơn vị, một việc; chỉ lấy một dòng.",
    ]  # fmt: skip
    assert [one.error for one in nobody.context["reading"].shown] == [
        "Chọn đơn vị và việc, hoặc bỏ đánh dấu lấy dòng này."
    ]
    assert (answer.status_code, nobody.status_code, Receipt.objects.count()) == (422, 422, 0)


def test_returned_dossiers_are_counted_on_the_sheets_that_the_reviewer_has(found):
    ScoreSheet.objects.filter(pk=found.sheets[1].pk).update(stage="review")
    text = "Đơn vị\tHồ sơ\tNgày trả\tLý do\n" + "".join(
        f"{name}\tHồ sơ bằng khen\t5/12/2026\tThiếu báo cáo thành tích\n"
        for name in ("Xã Bình Minh", "xa binh minh", "Xã Cẩm Sơn")
    )
    lines = post(found, "receipts_returned", text=text).context["lines"]
    chosen = {f"dv-{one.line.number}": one.member for one in lines} | {f"lay-{one.line.number}": "on" for one in lines}

    answer = signed_in(found.noivu).post(
        url(found, "receipts_returned"), {"text": text, "viec": "lay", **chosen}, follow=True
    )

    entry = Entry.objects.get()
    assert (entry.sheet, entry.stage, entry.returned) == (found.sheets[1], "review", 2)
    assert entry.reason.startswith("Trả lại 2 hồ sơ: Hồ sơ bằng khen, 05/12/2026 (Thiếu báo cáo thành tích)")
    assert [str(one) for one in answer.context["messages"]] == [
        "Đã ghi hồ sơ trả lại vào 1 bảng điểm.",
        "Chưa ghi được vì bảng điểm chưa ở bước thẩm định: Xã Cẩm Sơn. Dán lại khi đến bước đó.",
    ]


# -- Waivers ---------------------------------------------------------------------------------


def waive(found: Round, **said: Any) -> Any:
    upload = SimpleUploadedFile("bao.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    return post(found, "receipt_waive", 1, **({"reason": "Bão số 10", "file": upload} | said))


def test_a_waiver_needs_a_reason_and_a_file_and_can_be_taken_back(found):
    assert list(waive(found, reason="").context["form"].errors) == ["reason"]
    assert list(waive(found, file="").context["form"].errors) == ["file"]
    assert not Receipt.objects.exists()

    assert waive(found).status_code == 302

    row = receipt(found, 1)
    assert (row.waived, row.waiver.file.name, row.by) == ("Bão số 10", "bao.pdf", found.noivu)
    assert words(found)["Xã Bình Minh"] == "Hạn 30/11/2026, chưa nhận. Được miễn trừ: Bão số 10"
    assert read_season(found.season).scores()[found.members[1].pk].points["IV"] == 0
    seen = [visible_files(who).filter(pk=row.waiver.file_id).exists() for who in (found.noivu, *found.officers)]
    assert seen == [True, False, True, False, False]

    post(found, "receipt_unwaive", 1)

    assert not Receipt.objects.exists()
    assert Evidence.objects.count() == 1
    assert words(found)["Xã Bình Minh"] == MISSING
    codes = (
        AuditEntry.objects.filter(code__startswith="clusters.receipt.").order_by("pk").values_list("code", flat=True)
    )
    assert list(codes) == ["clusters.receipt.waived", "clusters.receipt.waiver_taken_back"]


# -- The list --------------------------------------------------------------------------------


def test_the_list_is_filtered_searched_and_sorted(found):
    post(found, "receipt", 1, received_on="1/12/2026", was="")
    window = signed_in(found.noivu)

    def names(query: str) -> list[str]:
        return [one["row"].member.name for one in window.get(f"{url(found, 'receipts')}?{query}").context["rows"]]

    assert names("trang_thai=cham") == ["Xã Bình Minh"]
    assert names("q=cam+son") == ["Xã Cẩm Sơn"]
    assert names("xep=cham")[0] == "Xã Bình Minh"
    assert names("viec=0") == [member.name for member in found.members]


@pytest.mark.parametrize("count", [3, 300])
def test_the_page_asks_as_often_for_3_members_as_for_300(found, count):
    season = found.season
    Member.objects.filter(season=season, order__gt=3).delete()
    Member.objects.bulk_create(
        Member(season=season, order=order, name=f"Đơn vị {order}") for order in range(4, count + 1)
    )
    step = season.steps.get()
    Receipt.objects.bulk_create(
        Receipt(member=member, step=step, received_on=dt.date(2026, 12, 1), by=found.noivu)
        for member in season.members.order_by("-order")[: count // 2]
    )
    window = signed_in(found.noivu)
    window.get(url(found, "receipts"))

    with CaptureQueriesContext(connection) as queries:
        page = window.get(url(found, "receipts"))

    assert page.context["page"].total == count
    assert len(queries) == 15
