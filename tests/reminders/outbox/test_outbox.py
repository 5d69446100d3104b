"""«Lời nhắc đã gửi»: found, counted, read by those who may, sent again by those who may."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.html import escape

from core.models import AuditEntry
from reminders.models import Message, Notice
from reminders.models.message import ASSIGNED
from tests.factories import MembershipFactory, PersonFactory, Role
from tests.reminders.deadlines import KIND, deadline, only
from tests.reminders.desk import NOW, Desk
from tests.reminders.sending.rows import FRIDAY, TUESDAY

pytestmark = pytest.mark.django_db

LIST = "/nhac-viec/da-gui/"
EARLIER = TUESDAY - dt.timedelta(days=31)


def page_of(message: Message) -> str:
    return f"{LIST}{message.pk}/"


def listed(desk: Desk, query: str = "", user: str = "an") -> list[str]:
    """Who was told and with which result, from the top."""
    answer = desk.window(getattr(desk, user)).get(f"{LIST}{query}")
    return [f"{row['message'].person}: {row['look'].word}" for row in answer.context["rows"]]


@pytest.fixture
def many(desk: Desk) -> Desk:
    desk.said(desk.an, day=FRIDAY, purpose="digest")
    desk.said(desk.an, channel="app", purpose="digest", address="")
    desk.said(desk.binh, state="failed", result="550 Không có người này.")
    desk.said(desk.binh, state="uncertain", purpose="digest")
    desk.said(desk.dung, state="missed", channel="none", subject="", content={})
    desk.said(desk.dung, state="missed", is_moot=True)
    desk.said(desk.dung, state="missed", day=EARLIER)
    desk.said(desk.dung, state="due", subject="", content={}, ended_at=None, attempts=0)
    desk.said(desk.cuong, state="failed")
    return desk


# -- The list ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (
            "",
            [
                "Lò Văn Dũng: Chờ gửi",
                "Lò Văn Dũng: Không còn cần gửi",
                "Lò Văn Dũng: Đã lỡ",
                "Lò Văn Bình: Không rõ đã đến chưa",
                "Lò Văn Bình: Không gửi được",
                "Lò Thị An: Đã gửi",
                "Lò Thị An: Đã gửi",
                "Lò Văn Dũng: Đã lỡ",
            ],
        ),
        (
            "?trang_thai=can-xem",
            ["Lò Văn Dũng: Đã lỡ", "Lò Văn Bình: Không rõ đã đến chưa", "Lò Văn Bình: Không gửi được"],
        ),
        ("?trang_thai=failed", ["Lò Văn Bình: Không gửi được"]),
        ("?cach_gui=app", ["Lò Thị An: Đã gửi"]),
        ("?cach_gui=none", ["Lò Văn Dũng: Đã lỡ"]),
        ("?noi_dung=digest&xep=ngay", ["Lò Thị An: Đã gửi", "Lò Văn Bình: Không rõ đã đến chưa", "Lò Thị An: Đã gửi"]),
        ("?q=lo thi", ["Lò Thị An: Đã gửi", "Lò Thị An: Đã gửi"]),
        ("?nam=2025", []),
        ("?xep=tinh-trang&trang_thai=can-xem&dong=1", ["Lò Văn Bình: Không gửi được"]),
        ("?xep=-nguoi&dong=1", ["Lò Văn Dũng: Chờ gửi"]),
    ],
)
def test_messages_of_the_own_unit_are_found_sorted_and_paged(many, query, found):
    assert Message.objects.filter(unit=many.away).exists()

    assert listed(many, query) == found


def test_one_persons_messages_are_chosen_by_name(many):
    assert listed(many, f"?nguoi={many.an.person_id}") == ["Lò Thị An: Đã gửi", "Lò Thị An: Đã gửi"]
    choices = many.window(many.an).get(LIST).context["filter"].form.fields["nguoi"].queryset
    assert [str(person) for person in choices] == ["Lò Thị An", "Lò Văn Bình", "Lò Văn Dũng"]


def test_what_somebody_should_look_at_is_counted_on_top_with_its_filter(many):
    shown = many.window(many.an).get(LIST).content.decode()

    assert "3 lời nhắc cần xem</strong> trong 30 ngày qua" in shown
    assert "1 không gửi được, 1 không rõ đã đến chưa, 1 đã lỡ." in shown
    assert 'href="?trang_thai=can-xem"' in shown


def test_what_was_sent_again_needs_no_more_looking_at(many):
    failed = Message.objects.get(unit=many.unit, state="failed")
    many.said(many.binh, again=failed, state="due", asked_by=many.an)

    assert listed(many, "?trang_thai=can-xem") == ["Lò Văn Dũng: Đã lỡ", "Lò Văn Bình: Không rõ đã đến chưa"]
    assert "2 lời nhắc cần xem" in many.window(many.an).get(LIST).content.decode()


def test_all_is_well_says_nothing_on_top(desk):
    desk.said(desk.an)

    assert "cần xem</strong>" not in desk.window(desk.an).get(LIST).content.decode()


def test_an_empty_outbox_teaches_and_a_filter_without_rows_says_so(desk):
    assert "Chưa có lời nhắc nào" in desk.window(desk.an).get(LIST).content.decode()
    assert "Không có dòng nào khớp" in desk.window(desk.an).get(f"{LIST}?trang_thai=sent").content.decode()


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_costs_the_same_at_3_and_300_messages(desk, count, django_assert_num_queries):
    for number in range(count):
        person = PersonFactory(unit=desk.unit, full_name=f"Người {number}")
        desk.said(person, state="failed" if number % 3 else "sent")
    window = desk.window(desk.an)
    window.get(f"{LIST}?dong=tat-ca")  # the list is remembered in the session

    with django_assert_num_queries(9):
        answer = window.get(f"{LIST}?dong=tat-ca")

    assert len(answer.context["rows"]) == count


# -- One message -------------------------------------------------------------------------


def test_a_message_shows_exactly_what_was_said(desk):
    shown = desk.window(desk.an).get(page_of(desk.said(desk.an))).content.decode()

    assert "Đã gửi Lò Thị An, qua thư điện tử, lúc 08:00 ngày 17/11/2026." in shown
    for words in (
        "Kính gửi bà Lò Thị An,",
        "<h3>Quá hạn</h3>",
        '<a href="/ghi/1/">Gửi báo cáo tháng 10</a>',
        "hạn 13/11/2026, quá 2 ngày làm việc; theo Công văn số 1479/SNV-TĐKT; thêm 3 ngày nữa: −5 điểm",
        "Việc đã ghi kết quả thì không nhắc nữa.",
    ):
        assert words in shown


def test_what_was_said_stays_though_the_deadline_is_settled_or_renamed(desk):
    """The notices tell how it stands now; the words stay as they were."""
    message = desk.said(desk.an)
    for subject, rung in ((1, -2), (2, 0), (3, ASSIGNED), (4, 7)):
        Notice.objects.create(
            message=message, kind=KIND, subject=subject, due=FRIDAY, rung=rung, person=message.person, channel="mail"
        )
    ours = deadline(desk.unit, FRIDAY, subject=2, what="Gửi báo cáo tháng 11")
    theirs = deadline(desk.away, FRIDAY, subject=4, what="Việc của xã khác")

    with only(ours, theirs):
        answer = desk.window(desk.an).get(page_of(message))

    assert [(row.what, row.url, row.rung) for row in answer.context["notices"]] == [
        ("", "", "quá 2 ngày làm việc"),
        ("Gửi báo cáo tháng 11", "/xem/2/", "đúng hạn"),
        ("", "", "mới phải theo dõi"),
        ("", "", "trước 7 ngày làm việc"),
    ]
    assert "Gửi báo cáo tháng 10</a>" in answer.content.decode()


def test_words_are_shown_as_words_and_never_as_markup(desk):
    line = {"what": "<script>alert(1)</script>", "due": "2026-11-13"}
    content = {"greeting": "<b>Chào</b>", "groups": [{"head": "<i>", "lines": [line]}], "closing": ""}
    message = desk.said(desk.an, subject="<u>Nhắc</u>", content=content, result="<s>")

    shown = desk.window(desk.an).get(page_of(message)).content.decode()

    for words in ("<script>alert(1)</script>", "<b>Chào</b>", "<i>", "<u>Nhắc</u>", "<s>"):
        assert words not in shown
        assert escape(words) in shown


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"state": "sent", "channel": "app"}, "Đã gửi Lò Thị An, trong chương trình, lúc 08:00 ngày 17/11/2026."),
        (
            {"state": "due", "ended_at": None, "attempts": 0, "next_try_at": NOW, "content": {}},
            "Gửi Lò Thị An, qua thư điện tử: chờ gửi từ 09:00 ngày 17/11/2026.",
        ),
        (
            {"state": "due", "ended_at": None, "attempts": 2, "next_try_at": NOW, "content": {}},
            "Gửi Lò Thị An, qua thư điện tử: chờ gửi từ 09:00 ngày 17/11/2026, sau 2 lần máy chủ chưa nhận.",
        ),
        (
            {"state": "sending", "claimed_at": NOW},
            "Gửi Lò Thị An, qua thư điện tử: đang gửi từ 09:00 ngày 17/11/2026.",
        ),
        (
            {"state": "failed", "result": "550 Không có người này."},
            "Không gửi được cho Lò Thị An, qua thư điện tử, lúc 08:00 ngày 17/11/2026. 550 Không có người này.",
        ),
        (
            {"state": "uncertain"},
            "Không rõ đã đến Lò Thị An chưa: gửi qua thư điện tử lúc 08:00 ngày 17/11/2026.",
        ),
        (
            {"state": "missed", "result": "Chương trình không chạy ngày này."},
            "Đã lỡ lời nhắc Lò Thị An ngày 17/11/2026. Chương trình không chạy ngày này.",
        ),
        (
            {"state": "missed", "is_moot": True, "result": "Các việc đã xong."},
            "Gửi Lò Thị An, qua thư điện tử: không gửi nữa lúc 08:00 ngày 17/11/2026. Các việc đã xong.",
        ),
    ],
)
def test_how_it_stands_is_said_in_one_sentence(desk, fields, sentence):
    message = desk.said(desk.an, **fields)

    assert desk.window(desk.an).get(page_of(message)).context["standing"] == sentence


def test_whoever_cannot_be_told_leads_to_the_card_where_the_address_is_missing(desk):
    mute = PersonFactory(unit=desk.unit, full_name="Lường Văn Phú")
    message = desk.said(mute, channel="none", state="missed", address="", subject="", content={})

    officer, reader = (desk.window(user).get(page_of(message)).content.decode() for user in (desk.an, desk.binh))

    link = f'href="/don-vi/{desk.unit.pk}/con-nguoi/{mute.pk}/"'
    assert link in officer
    assert link not in reader


@pytest.mark.parametrize("count", [3, 300])
def test_a_message_costs_the_same_with_3_and_300_notices(desk, count, django_assert_num_queries):
    message = desk.said(desk.an)
    opened = [deadline(desk.unit, FRIDAY, subject=subject) for subject in range(count)]
    Notice.objects.bulk_create(
        Notice(
            message=message, kind=KIND, subject=one.subject, due=FRIDAY, rung=1, person=message.person, channel="mail"
        )
        for one in opened
    )

    window = desk.window(desk.an)

    with only(*opened), django_assert_num_queries(8):
        answer = window.get(page_of(message))

    assert len(answer.context["notices"]) == count


# -- Who reads ---------------------------------------------------------------------------


def test_members_read_strangers_do_not_learn_that_it_exists(desk):
    message = desk.said(desk.an)

    codes = {
        user: desk.window(getattr(desk, user)).get(page_of(message)).status_code for user in ("an", "binh", "cuong")
    }

    assert codes == {"an": 200, "binh": 200, "cuong": 404}
    assert listed(desk, user="binh") == ["Lò Thị An: Đã gửi"]
    assert listed(desk, user="cuong") == []


@pytest.mark.parametrize(("user", "sees"), [("an", True), ("dung", True), ("binh", False)])
def test_the_address_is_for_officers_and_administrators(desk, user, sees):
    message = desk.said(desk.an)
    window = desk.window(getattr(desk, user))

    assert ("an@vidu.example" in window.get(LIST).content.decode()) is sees
    assert ("an@vidu.example" in window.get(page_of(message)).content.decode()) is sees


# -- Again -------------------------------------------------------------------------------


@pytest.fixture
def reached(desk: Desk) -> Desk:
    """The officer's own address: what is sent again goes to the one that holds now."""
    desk.an.email = "an.moi@vidu.example"
    desk.an.save()
    return desk


@pytest.mark.parametrize("state", ["failed", "missed"])
def test_an_officer_sends_it_again_by_one_click(reached, state):
    message = reached.said(reached.an, state=state)

    answer = reached.window(reached.an).post(f"{page_of(message)}gui-lai/", follow=True)

    again = Message.objects.get(again=message)
    assert (again.state, again.address, again.subject) == ("due", "an.moi@vidu.example", message.subject)
    assert answer.redirect_chain == [(page_of(again), 302)]
    assert "Đã nhận yêu cầu gửi lại cho Lò Thị An." in answer.content.decode()
    assert AuditEntry.objects.get(code="reminders.message.resent").actor == reached.an


def test_of_an_uncertain_one_it_asks_first_and_says_why(reached):
    message = reached.said(reached.an, state="uncertain")
    window, address = reached.window(reached.an), f"{page_of(message)}gui-lai/"

    asked = window.post(address)

    assert asked.status_code == 200
    assert "không trả lời là đã nhận xong" in asked.content.decode()
    assert "Vẫn gửi lại cho Lò Thị An" in asked.content.decode()
    assert not Message.objects.filter(again=message).exists()

    window.post(address, {"da-hoi": "1"})

    assert Message.objects.get(again=message).asked_by == reached.an


def test_looking_at_the_question_sends_nothing(reached):
    message = reached.said(reached.an, state="failed")

    assert reached.window(reached.an).get(f"{page_of(message)}gui-lai/").status_code == 200
    assert not Message.objects.filter(again=message).exists()


@pytest.mark.parametrize(
    "fields", [{"state": "sent"}, {"state": "due"}, {"state": "sending"}, {"state": "missed", "is_moot": True}]
)
def test_what_arrived_is_on_its_way_or_settled_is_not_sent_again(reached, fields):
    message = reached.said(reached.an, **fields)

    answer = reached.window(reached.an).post(f"{page_of(message)}gui-lai/", {"da-hoi": "1"}, follow=True)

    assert "Không gửi lại." in answer.content.decode()
    assert "</svg> Gửi lại</button>" not in answer.content.decode()
    assert not Message.objects.filter(again=message).exists()


def test_a_second_click_sends_no_second_message(reached):
    message = reached.said(reached.an, state="failed")
    window = reached.window(reached.an)
    window.post(f"{page_of(message)}gui-lai/")

    window.post(f"{page_of(message)}gui-lai/")

    assert Message.objects.filter(again=message).count() == 1


def test_where_there_is_no_way_the_refusal_says_what_to_do(desk):
    mute = PersonFactory(unit=desk.unit, full_name="Lường Văn Phú")
    message = desk.said(mute, channel="none", state="missed")

    answer = desk.window(desk.an).post(f"{page_of(message)}gui-lai/", follow=True)

    assert "Lường Văn Phú chưa có địa chỉ thư nhận nhắc việc; hãy ghi địa chỉ rồi gửi lại." in answer.content.decode()
    assert not Message.objects.filter(again=message).exists()


def test_sending_again_is_the_officers_right_in_that_unit(desk):
    """An officer elsewhere who is only a member here may read and not send."""
    message = desk.said(desk.an, state="failed")
    MembershipFactory(user=desk.cuong, unit=desk.unit, role=Role.REVIEWER)
    address = f"{page_of(message)}gui-lai/"

    codes = [desk.window(user).post(address).status_code for user in (desk.binh, desk.dung, desk.cuong)]

    assert codes == [403, 403, 403]
    assert not Message.objects.filter(again=message).exists()
    shown = desk.window(desk.cuong).get(LIST)
    assert [row["may_resend"] for row in shown.context["rows"]] == [False]
