"""The officer's pages: the list, writing a request, the board, one place, the Zalo texts."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from reminders.asking import links, services
from reminders.asking.deadlines import KIND
from reminders.asking.values import AnswerData
from reminders.models import Answer, Request
from tests.factories import PartFactory, Role
from tests.reminders.asking.office import DUE, PDF, TITLE, Office, ask_of, path_of, state_of, upload
from tests.reminders.sending.rows import TUESDAY
from units.models import Membership

pytestmark = pytest.mark.django_db


def told(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def titles(answer) -> list[str]:
    return [row.title for row in answer.context["page"].rows]


def primary(answer) -> list[str]:
    found = re.findall(r'class="btn btn-primary"[^>]*>(?:<svg.*?</svg>)?(.*?)</', answer.content.decode(), re.S)
    return [" ".join(words.split()) for words in found]


def typed(office: Office, **values) -> dict:
    return {"title": TITLE, "due": "20/11/2026", "kinds": ["village"], "follower": "Lò Thị An"} | values


def came(office: Office, request: Request, name: str = "Thôn Đông") -> Answer:
    token = path_of(ask_of(request, name)).split("/")[2]
    return links.answer_by_link(token, data=AnswerData(sender="Lò Văn Hặc", text="Hai người"))


# -- The list ----------------------------------------------------------------------------------


@pytest.fixture
def many(office) -> Office:
    """Five requests, one in each state."""
    office.draft(title="Đang soạn")
    office.asked(title="Chờ bốn nơi")
    office.asked(title="Đã trễ hạn", due=TUESDAY.replace(day=10))
    full = office.asked(title="Đã đủ", parts=office.parts[:1], due=TUESDAY.replace(day=12))
    office.entered(ask_of(full))
    closed = office.asked(title="Kết thúc sớm", due=TUESDAY.replace(year=2027))
    services.close(closed, actor=office.an)
    return office


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Kết thúc sớm", "Đã đủ", "Đã trễ hạn", "Chờ bốn nơi", "Đang soạn"]),
        ({"q": "da tre"}, ["Đã trễ hạn"]),
        ({"trang_thai": "dang-cho"}, ["Đã trễ hạn", "Chờ bốn nơi"]),
        ({"trang_thai": "qua-han"}, ["Đã trễ hạn"]),
        ({"trang_thai": "gui-du"}, ["Đã đủ"]),
        ({"trang_thai": "dang-soan"}, ["Đang soạn"]),
        ({"trang_thai": "ket-thuc"}, ["Kết thúc sớm"]),
        ({"nam": "2027"}, ["Kết thúc sớm"]),
        ({"xep": "han", "dong": "2"}, ["Đã trễ hạn", "Đã đủ"]),
        ({"xep": "chua-gui", "dong": "1"}, ["Đã đủ"]),
        ({"q": "khong co"}, []),
    ],
)
def test_requests_are_found_sorted_and_paged(many, query, found):
    assert titles(many.page("requests", **query)) == found


def test_each_says_how_many_are_missing_and_how_late(many):
    answer = many.page("requests")

    shown = {
        row.title: (row.asked, row.sent, row.missing, f"{state.word} {state.note}".strip())
        for row, state in answer.context["rows"]
    }
    assert shown == {
        "Đang soạn": (4, 0, 4, "Đang soạn"),
        "Chờ bốn nơi": (4, 0, 4, "Đang chờ còn 3 ngày làm việc"),
        "Đã trễ hạn": (4, 0, 4, "Quá hạn quá 7 ngày"),
        "Đã đủ": (1, 1, 0, "Đã gửi đủ"),
        "Kết thúc sớm": (4, 0, 4, "Đã kết thúc thiếu 4 nơi"),
    }
    assert primary(answer) == ["Lập yêu cầu"]


def test_the_empty_list_teaches_those_who_may_ask(office):
    assert primary(office.page("requests")) == ["Lập yêu cầu"]
    assert primary(office.page("requests", who=office.desk.binh)) == []
    assert "Không có dòng nào khớp" in office.page("requests", q="gì đó").content.decode()


@pytest.mark.parametrize("page", ["requests", "request", "request_zalo"])
def test_a_page_asks_the_database_as_often_for_300_rows_as_for_3(office, page, django_assert_max_num_queries):
    first = office.asked(parts=office.parts[:3])
    args = () if page == "requests" else (first.pk,)

    def make(count: int) -> None:
        if page == "requests":
            for _ in range(count):
                office.asked(parts=office.parts[:1])
            return
        new = [PartFactory(unit=office.desk.unit, name=f"Bản {count} {number}") for number in range(count)]
        there = [ask.part for ask in first.asks.select_related("part")]
        first.refresh_from_db()
        services.change_request(first, actor=office.an, version=first.version, data=office.data(parts=[*there, *new]))
        for ask in first.asks.select_related("request__unit", "part")[: count // 2 if page == "request" else 0]:
            office.entered(ask)

    def asked() -> int:
        with django_assert_max_num_queries(15) as queries:
            answer = office.page(page, *args, dong=100)
        rows = answer.context["texts" if page == "request_zalo" else "rows"]
        assert len(rows) == (min(Request.objects.count(), 100) if page == "requests" else first.asks.count())
        return len(queries)

    make(2)
    office.page(page, *args, dong=100)  # the first look is written down in the session
    few = asked()
    make(298)

    assert asked() == few


# -- Writing -----------------------------------------------------------------------------------


def test_a_kind_is_asked_as_a_whole_and_others_one_by_one(office):
    school = office.parts[3]

    answer = office.post("request_new", **typed(office, parts=[school.pk], columns="Họ và tên; Năm sinh"))

    request = Request.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("reminders:request", args=[request.pk]))
    assert [str(ask) for ask in request.asks.all()] == [part.name for part in office.parts]
    assert (request.columns, request.follower, request.due) == (["Họ và tên", "Năm sinh"], office.an.person, DUE)


def test_the_kinds_are_named_in_the_units_own_word(office):
    office.desk.unit.village_word = "bản"
    office.desk.unit.save()
    PartFactory(unit=office.desk.unit, kind="group", name="Các thôn")

    groups = office.page("request_new").context["groups"]

    assert [group.label for group in groups] == ["Tất cả bản (3)", "Tất cả trường (1)"]


def test_what_was_typed_stays_when_it_is_refused_with_the_sample(office):
    answer = office.post("request_new", **typed(office, kinds=[], body="Theo mẫu.", sample=upload("mau.pdf", PDF)))

    page = answer.content.decode()
    assert (answer.status_code, Request.objects.count()) == (422, 0)
    assert "Chưa chọn nơi nào" in page
    assert "Theo mẫu." in page
    kept = answer.context["form"]["kept"].value()
    office.post("request_new", **typed(office, kept=kept))
    assert Request.objects.get().sample.name == "mau.pdf"


def test_a_request_for_a_deadline_takes_its_words_and_its_day(office):
    first = office.asked()
    address = f"{reverse('reminders:request_new')}?kind={KIND}&subject={first.pk}"

    form = office.page("request_new", kind=KIND, subject=first.pk).context["form"]
    office.window(office.an).post(address, typed(office))

    assert (form["title"].value(), form["due"].value()) == (f"{TITLE}: còn 4 nơi chưa gửi", DUE)
    made = Request.objects.exclude(pk=first.pk).get()
    assert (made.kind, made.subject) == (KIND, first.pk)


def test_another_units_deadline_proposes_nothing(office):
    first = office.asked()
    answer = office.page("request_new", who=office.desk.cuong, kind=KIND, subject=first.pk)

    assert (answer.status_code, answer.context["form"]["title"].value()) == (200, None)
    assert TITLE not in answer.content.decode()


def test_two_windows_and_the_second_is_told(office):
    request = office.draft()
    form = office.page("request_edit", request.pk).context["form"]
    said = typed(office, version=form["version"].value())
    assert form.ticked == {part.pk for part in office.parts}

    first, second = (office.post("request_edit", request.pk, **(said | {"title": title})) for title in ("Một", "Hai"))

    assert (first.status_code, second.status_code) == (302, 409)
    assert 'value="Hai"' in second.content.decode()
    request.refresh_from_db()
    assert (request.title, request.asks.count()) == ("Một", 3)


# -- The board ---------------------------------------------------------------------------------


def test_the_board_says_who_has_sent_and_who_has_not(office):
    request = office.draft()
    assert primary(office.page("request", request.pk)) == ["Gửi yêu cầu cho 4 nơi"]

    answer = office.post("request_send", request.pk)
    assert answer["Location"] == reverse("reminders:request_zalo", args=[request.pk])
    came(office, request)
    board = office.page("request", request.pk)

    assert board.context["standing"] == "3 nơi chưa gửi, 1 nơi đã gửi. Hạn 20/11/2026."
    assert primary(board) == ["Tin nhắn Zalo cho 3 nơi"]
    assert [(str(row.ask), row.is_missing, row.is_new) for row in board.context["rows"]][:2] == [
        ("Thôn Đông", False, True),
        ("Thôn Tây", True, False),
    ]
    missing = office.page("request", request.pk, loc="chua-gui")
    assert [str(row.ask) for row in missing.context["rows"]] == ["Thôn Tây", "Thôn Nam", "Trường Tiểu học Mai Khê"]


def test_a_late_request_says_by_how_many_days(office):
    request = office.asked(due=TUESDAY.replace(day=10))
    office.entered(ask_of(request), day=TUESDAY.replace(day=12))

    assert office.page("request", request.pk).context["standing"] == (
        "3 nơi chưa gửi, 1 nơi đã gửi. Hạn 10/11/2026, đã quá 7 ngày."
    )
    assert state_of(request)["Thôn Đông"] == "Đã gửi muộn 2 ngày"
    assert state_of(request)["Thôn Tây"] == "Quá hạn quá 7 ngày"


def test_the_board_says_how_far_each_message_went(office):
    request = office.asked()
    first, second = (ask_of(request, name) for name in ("Thôn Đông", "Thôn Tây"))
    services.mark_told(first, actor=office.an)
    office.window(office.an).get(path_of(first), headers={"Sec-Fetch-Dest": "document"})
    services.send_back(came(office, request, "Thôn Tây"), actor=office.an, reason="Thiếu chữ ký.")

    notes = {row.ask: row.note for row in office.page("request", request.pk).context["rows"]}

    assert notes[first] == "Đã nhắn lúc 09:00 17/11/2026; đã mở liên kết lúc 09:00 17/11/2026"
    assert notes[second] == "Lý do trả lại: Thiếu chữ ký"


def test_it_is_closed_and_opened_again_from_the_board(office):
    request = office.asked()

    for act, state in (("ket-thuc", "closed"), ("ket-thuc", "closed"), ("mo-lai", "asked"), ("lạ", "asked")):
        assert office.post("request_move", request.pk, viec=act).status_code == 302
        request.refresh_from_db()
        assert request.state == state


def test_what_came_is_looked_at_and_marked(office):
    request = office.asked()
    answer = came(office, request)
    page = office.page("ask", request.pk, answer.ask_id)
    assert primary(page) == ["Đã xem"]
    assert "Hai người" in page.content.decode()

    office.post("request_seen", request.pk, **{"noi-dung": [answer.pk, "x", 10**30]})

    answer.refresh_from_db()
    assert answer.seen_at is not None
    assert primary(office.page("ask", request.pk, answer.ask_id)) == []


def test_it_is_sent_back_with_a_reason(office):
    request = office.asked()
    answer = came(office, request)
    without, other, done = (
        office.post("ask", request.pk, answer.ask_id, **said)
        for said in (
            {"noi-dung": answer.pk, "reason": " "},
            {"noi-dung": 0, "reason": "Thiếu"},
            {"noi-dung": answer.pk, "reason": "Thiếu chữ ký."},
        )
    )

    assert (without.status_code, other.status_code, done.status_code) == (422, 422, 302)
    page = office.page("ask", request.pk, answer.ask_id)
    assert "Lý do: Thiếu chữ ký." in page.content.decode()
    assert path_of(ask_of(request)) in page.content.decode()
    assert primary(page) == ["Nhập hộ"]


def test_the_officer_enters_what_she_was_told(office):
    request = office.asked(columns=("Họ và tên", "Năm sinh"))
    ask = ask_of(request)
    assert office.page("ask_behalf", request.pk, ask.pk).context["form"]["sender"].value() == "Lò Văn Đông"

    said = {"sender": "Bà Mây", "day": "16/11/2026", "dong-0-0": "Hà Văn Sơn", "files": upload("anh.png")}
    late = office.post("ask_behalf", request.pk, ask.pk, **(said | {"day": "18/11/2026"}))
    done = office.post("ask_behalf", request.pk, ask.pk, **(said | {"files": upload("anh.png")}))

    assert (late.status_code, done.status_code) == (422, 302)
    assert "Ngày 18/11/2026 chưa đến." in late.content.decode()
    answer = Answer.objects.get()
    assert (answer.sender, answer.rows, answer.by) == (
        "Bà Mây",
        [{"Họ và tên": "Hà Văn Sơn", "Năm sinh": ""}],
        office.an,
    )
    assert [one.file.name for one in answer.files.all()] == ["anh.png"]


def test_a_new_link_for_one_place_ends_the_old_one(office):
    request = office.asked()
    old = path_of(ask_of(request))

    office.post("ask_renew", request.pk, ask_of(request).pk)

    assert path_of(ask_of(request)) != old
    assert [office.window(office.an).get(path).status_code for path in (old, path_of(ask_of(request)))] == [
        404,
        200,
    ]


# -- Zalo texts --------------------------------------------------------------------------------


def test_each_missing_place_has_its_text_with_its_own_link(office):
    request = office.asked()
    office.entered(ask_of(request, "Thôn Tây"))

    answer = office.page("request_zalo", request.pk)

    texts = {str(one.row.ask): one for one in answer.context["texts"]}
    assert list(texts) == ["Thôn Đông", "Thôn Nam", "Trường Tiểu học Mai Khê"]
    first = texts["Thôn Đông"]
    assert first.text.splitlines() == [
        "Kính gửi ông Lò Văn Đông.",
        f"Xã Mai Khê đề nghị Thôn Đông gửi: {TITLE}.",
        "Hạn gửi: 20/11/2026.",
        "Xin mở liên kết sau trên điện thoại để xem và trả lời, không cần tài khoản:",
        links.address_of(ask_of(request)),
        "Liên kết chỉ dùng một lần, dành riêng cho Thôn Đông. Cần hỏi thêm, xin liên hệ bà Lò Thị An.",
    ]
    assert (first.head, first.phone, first.call_url, first.chat_url) == (
        *("ông Lò Văn Đông", "0912 345 670"),
        *("tel:+84912345670", "https://zalo.me/84912345670"),
    )
    assert (texts["Trường Tiểu học Mai Khê"].phone, texts["Trường Tiểu học Mai Khê"].chat_url) == ("", "")


def test_phones_cannot_open_what_only_this_machine_knows(office, settings):
    request = office.asked()
    warning = "điện thoại không mở được"
    assert warning in office.page("request_zalo", request.pk).content.decode()

    settings.SITE_URL = "https://thidua.maikhe.gov.vn"

    page = office.page("request_zalo", request.pk).content.decode()
    assert warning not in page
    assert "https://thidua.maikhe.gov.vn/gui/" in page


def test_who_was_told_is_marked_and_stands_last(office):
    request = office.asked()
    ask = ask_of(request)

    plain = office.post("ask_told", request.pk, ask.pk)
    url = reverse("reminders:ask_told", args=[request.pk, ask.pk])
    quiet = office.window(office.an).post(url, headers={"X-Requested-With": "fetch"})

    assert (plain.status_code, quiet.content.decode()) == (302, "Đã nhắn lúc 09:00 17/11/2026")
    assert [str(one.row.ask) for one in office.page("request_zalo", request.pk).context["texts"]][-1] == "Thôn Đông"


def test_links_that_are_no_more_are_made_anew_for_all(office):
    request = office.asked()
    request.asks.update(expires_at="2026-11-01T00:00:00Z")
    answer = office.page("request_zalo", request.pk)
    assert [one.text for one in answer.context["texts"]] == [""] * 4
    assert primary(answer) == ["Lập liên kết mới cho 4 nơi"]

    office.post("request_links", request.pk)

    assert all(one.text for one in office.page("request_zalo", request.pk).context["texts"])


def test_there_are_no_texts_before_it_is_sent_out_nor_after_its_end(office):
    request = office.draft()

    answer = office.page("request_zalo", request.pk)

    assert answer["Location"] == reverse("reminders:request", args=[request.pk])


# -- Who sees what -----------------------------------------------------------------------------


def test_another_units_officer_sees_nothing_of_it(office):
    request = office.asked(body="Nội dung riêng", parts=office.parts)
    answer = came(office, request)
    args = {"request": (request.pk,), "ask": (request.pk, answer.ask_id), "request_zalo": (request.pk,)}
    own = {name: office.page(name, *ids) for name, ids in args.items()}
    assert {name: page.status_code for name, page in own.items()} == dict.fromkeys(args, 200)
    assert all(words in own["ask"].content.decode() for words in (TITLE, "Hai người", "Lò Văn Hặc"))
    assert titles(office.page("requests")) == [TITLE]

    stranger = office.desk.cuong
    theirs = [office.page(name, *ids, who=stranger).status_code for name, ids in args.items()]
    acts = [
        office.post(name, *ids, who=stranger, viec="ket-thuc", **{"noi-dung": answer.pk, "reason": "x"}).status_code
        for name, ids in (("ask", args["ask"]), ("request_move", args["request"]), ("request_seen", args["request"]))
    ]

    assert (theirs, acts) == ([404] * 3, [404] * 3)
    assert titles(office.page("requests", who=stranger)) == []
    request.refresh_from_db()
    assert (request.state, Answer.objects.get().returned_at) == ("asked", None)


def test_a_colleague_reads_and_does_nothing(office):
    request = office.asked()
    answer = came(office, request)
    binh = office.desk.binh

    board, page = office.page("request", request.pk, who=binh), office.page("ask", request.pk, answer.ask_id, who=binh)

    assert (board.status_code, page.status_code, primary(board), primary(page)) == (200, 200, [], [])
    assert (
        path_of(ask_of(request, "Thôn Tây"))
        not in office.page("ask", request.pk, ask_of(request, "Thôn Tây").pk, who=binh).content.decode()
    )
    assert office.page("request_zalo", request.pk, who=binh).status_code == 403
    assert office.post("ask", request.pk, answer.ask_id, who=binh, reason="x").status_code == 403


def test_an_ask_is_found_under_its_own_request_alone(office):
    first, second = office.asked(), office.asked()

    assert office.page("ask", first.pk, ask_of(second).pk).status_code == 404


def test_an_officer_of_two_communes_chooses_for_which_one_she_asks(office):
    away = office.desk.away
    Membership.objects.create(user=office.an, unit=away, role=Role.OFFICER)
    part = PartFactory(unit=away, name="Bản Mới")

    page = office.page("request_new", don_vi=away.pk)
    address = f"{reverse('reminders:request_new')}?don_vi={away.pk}"
    office.window(office.an).post(address, typed(office, follower=""))

    assert [group.parts for group in page.context["groups"]] == [[part]]
    assert (Request.objects.get().unit, [str(ask) for ask in Request.objects.get().asks.all()]) == (away, ["Bản Mới"])
