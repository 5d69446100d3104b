"""One-time links as village heads meet them: opened, answered once, refused alike ever after."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from core import files
from core.logs import HideSecretAddresses
from core.models import AuditEntry, StoredFile
from reminders import feeds
from reminders.asking import services, uploads
from reminders.models import Answer, Ask
from tests.core.sheet_samples import book
from tests.reminders.asking.office import COLUMNS, HEIC, PDF, PNG, TITLE, ask_of, path_of, state_of, stored, upload
from tests.reminders.sending.rows import TUESDAY, at
from units import accounts

pytestmark = pytest.mark.django_db
SAID = {"sender": "Lò Văn Đông", "text": "Thôn đề nghị hai người."}


@pytest.fixture
def phone() -> Client:
    return Client()


def opened(path: str, **also: Any) -> tuple[int, str, dict[str, str]]:
    """Status, page and the headers that tell something; the form's secret differs on each page."""
    answer = Client(**also).get(path)
    body = re.sub(r'"X-CSRFToken": "\w+"', "", answer.content.decode())
    names = ("Referrer-Policy", "X-Robots-Tag", "Cache-Control", "Content-Type")
    return answer.status_code, body, {name: answer[name] for name in names}


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


# -- Asked and answered ------------------------------------------------------------------------


def test_a_head_reads_what_is_asked_and_answers_without_an_account(office, phone):
    request = office.asked(body="Mỗi thôn tối đa 3 người.")
    path = path_of(ask_of(request))

    page = phone.get(path)
    looked_again = phone.get(path)
    done = phone.post(
        path, SAID | {"photos": upload("anh.png"), "files": [upload("a.pdf", PDF), upload("b.png", PNG)]}
    )

    assert (page.status_code, looked_again.status_code, done.status_code) == (200, 200, 200)
    for said in (TITLE, "Xã Mai Khê", "Thôn Đông", "20/11/2026", "Mỗi thôn tối đa 3 người."):
        assert said in words(page)
    assert "Đã nhận lúc 09:00 ngày 17/11/2026" in words(done)
    answer = Answer.objects.get()
    told = (answer.way, answer.sender, answer.text, answer.day, answer.by, answer.seen_at)
    assert told == ("link", SAID["sender"], SAID["text"], TUESDAY, None, None)
    assert [one.file.name for one in answer.files.all()] == ["anh.png", "a.pdf", "b.png"]
    assert state_of(request)["Thôn Đông"] == "Đã gửi"


def test_the_link_is_used_up_by_the_answer(office, phone):
    path = path_of(ask_of(office.asked()))
    phone.post(path, SAID)

    again = phone.post(path, SAID | {"text": "Ba người."})

    assert (again.status_code, phone.get(path).status_code) == (404, 404)
    assert [answer.text for answer in Answer.objects.all()] == [SAID["text"]]


def test_used_expired_withdrawn_closed_guessed_and_other_links_are_refused_alike(office, phone):
    request = office.asked()
    used, renewed, removed, late = (ask_of(request, part.name) for part in office.parts)
    paths = {
        "used": path_of(used),
        "withdrawn": path_of(renewed),
        "removed": path_of(removed),
        "expired": path_of(late),
    }
    other = office.asked(title="Yêu cầu đã kết thúc")
    paths["closed"] = path_of(ask_of(other))
    assert {name: phone.get(path).status_code for name, path in paths.items()} == dict.fromkeys(paths, 200)

    phone.post(paths["used"], SAID)
    services.renew_link(renewed, actor=office.an)
    request.refresh_from_db()
    left = office.data(parts=[part for part in office.parts if part.pk != removed.part_id])
    services.change_request(request, actor=office.an, version=request.version, data=left)
    services.close(other, actor=office.an)
    Ask.objects.filter(pk=late.pk).update(expires_at=at(TUESDAY, 8))
    feed = feeds.make_feed(office.desk.unit, office.an.person, actor=office.an)
    invitation = accounts.invite(office.desk.unit, actor=office.desk.dung, full_name="Lê Văn Tư", role="clerk")[1]
    paths |= {
        "guessed": f"/gui/{'a' * 32}/",
        "short": "/gui/x/",
        "feed": f"/gui/{feeds.address_of(feed).rsplit('/', 1)[-1].removesuffix('.ics')}/",
        "invitation": f"/gui/{invitation.rstrip('/').rsplit('/', 1)[-1]}/",
    }
    answers = {name: opened(path) for name, path in paths.items()}
    answers |= {f"{name}, sample": opened(f"{path}mau/") for name, path in paths.items()}

    status, body, headers = answers["guessed"]
    assert (status, answers) == (404, dict.fromkeys(answers, answers["guessed"]))
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "xin liên kết mới" in body
    for secret in (TITLE, "Mai Khê", "Thôn", "20/11", "An"):
        assert secret not in re.sub(r"<[^>]+>", " ", body).replace("Thi đua", "")


def test_the_page_is_for_nobody_but_the_one_who_holds_the_link(office):
    status, body, headers = opened(path_of(ask_of(office.asked())))

    assert status == 200
    assert headers == {
        "Referrer-Policy": "strict-origin",  # the site alone: «no-referrer» would spoil the form's protection
        "X-Robots-Tag": "noindex, nofollow",
        "Cache-Control": "max-age=0, no-cache, no-store, must-revalidate, private",
        "Content-Type": "text/html; charset=utf-8",
    }
    assert 'name="robots" content="noindex' in body


def test_a_form_from_elsewhere_is_refused_and_the_link_lives_on(office):
    path = path_of(ask_of(office.asked()))

    assert Client(enforce_csrf_checks=True).post(path, SAID).status_code == 403
    assert (Answer.objects.count(), Client().get(path).status_code) == (0, 200)


def test_links_are_kept_out_of_the_log():
    record = logging.LogRecord(
        "django", 30, "", 1, "Not Found: %s, then %s", ("/gui/abc123/", "http://a/moi/x?y"), None
    )

    assert HideSecretAddresses(["gui", "moi"]).filter(record)
    assert record.getMessage() == "Not Found: /gui/…/, then http://a/moi/…"


@pytest.mark.parametrize(("headers", "is_opened"), [({}, False), ({"Sec-Fetch-Dest": "document"}, True)])
def test_opening_is_noted_of_browsers_not_of_messengers_that_look_for_a_preview(office, phone, headers, is_opened):
    request = office.asked()

    phone.get(path_of(ask_of(request)), headers=headers)

    assert (ask_of(request).opened_at is not None) is is_opened


# -- Guessing ----------------------------------------------------------------------------------


def test_who_guesses_often_is_refused_everywhere_for_a_while(office, phone):
    path = path_of(ask_of(office.asked()))
    statuses = [phone.get(f"/gui/{number:032}/").status_code for number in range(20)]
    assert statuses == [404] * 20

    assert phone.get(path).status_code == 404
    assert phone.post(path, SAID).status_code == 404
    assert Client(REMOTE_ADDR="10.0.0.9").get(path).status_code == 200
    with time_machine.travel(at(TUESDAY, 9, 6), tick=False):
        assert phone.get(path).status_code == 200


def test_opening_ones_own_link_is_no_guess(office, phone):
    path = path_of(ask_of(office.asked()))

    assert {phone.get(path).status_code for _ in range(25)} == {200}
    assert phone.post(path, SAID).status_code == 200


def test_who_sends_too_often_keeps_what_was_typed(office, phone):
    path = path_of(ask_of(office.asked()))
    for _ in range(30):
        assert phone.post(path, {"text": "chưa ghi tên"}).status_code == 422

    answer = phone.post(path, SAID)

    assert (answer.status_code, Answer.objects.count()) == (429, 0)
    assert SAID["text"] in answer.content.decode()
    cache.clear()
    assert phone.post(path, SAID).status_code == 200


# -- What is refused at the form ---------------------------------------------------------------


def test_what_was_typed_and_the_good_files_stay_when_one_does_not_fit(office, phone):
    path = path_of(ask_of(office.asked()))

    answer = phone.post(
        path, SAID | {"files": [upload("tot.png"), upload("IMG_01.HEIC", HEIC), upload("v.exe", b"MZ")]}
    )

    assert (answer.status_code, Answer.objects.count()) == (422, 0)
    shown = words(answer)
    assert "IMG_01.HEIC: Đây là ảnh định dạng HEIC của iPhone" in shown
    assert "v.exe: Không nhận được tệp này" in shown
    assert "Đã nhận 1 tệp, không phải chọn lại: tot.png" in shown
    assert SAID["text"] in shown
    kept = answer.context["form"]["kept"].value()
    assert phone.post(path, SAID | {"kept": kept}).status_code == 200
    assert [one.file.name for one in Answer.objects.get().files.all()] == ["tot.png"]


def test_kept_files_of_another_place_are_not_taken(office, phone):
    request = office.asked()
    kept = uploads.pack(ask_of(request, "Thôn Tây"), [stored(office)])

    for forged in (kept, "khong-phai", f"{kept}x"):
        assert uploads.unpack(ask_of(request), forged) == []
    phone.post(path_of(ask_of(request)), SAID | {"kept": kept})

    assert Answer.objects.get().files.count() == 0
    assert len(uploads.unpack(ask_of(request, "Thôn Tây"), kept)) == 1


def test_a_name_and_something_to_send_are_asked_for(office, phone):
    path = path_of(ask_of(office.asked()))

    nameless, empty = phone.post(path, SAID | {"sender": " "}), phone.post(path, {"sender": "Lò Văn Đông"})

    assert (nameless.status_code, empty.status_code, Answer.objects.count()) == (422, 422, 0)
    assert "Ghi họ và tên người gửi." in words(nameless)
    assert "Chưa có gì để gửi" in words(empty)
    assert 'value="Lò Văn Đông"' in empty.content.decode()


@pytest.mark.parametrize(
    ("count", "largest", "sentence"),
    [(11, 45 << 20, "Mỗi lần gửi tối đa 10 tệp"), (2, 10, "Các tệp cộng lại quá")],
)
def test_number_and_size_of_files_are_limited(office, phone, monkeypatch, count, largest, sentence):
    monkeypatch.setattr(uploads, "LARGEST_TOGETHER", largest)
    path = path_of(ask_of(office.asked()))

    answer = phone.post(path, SAID | {"files": [upload(f"{number}.png") for number in range(count)]})

    assert (answer.status_code, StoredFile.objects.count()) == (422, 0)
    assert sentence in words(answer)


# -- Lists -------------------------------------------------------------------------------------


def test_a_list_is_typed_row_by_row(office, phone):
    path = path_of(ask_of(office.asked(columns=COLUMNS)))
    page = phone.get(path).content.decode()
    assert page.count('class="typed-row"') == 20

    typed = {"dong-0-0": "Lò Thị Mây", "dong-0-1": "1985", "dong-7-0": "Hà Văn Sơn", "dong-7-2": "Hiến đất"}
    refused = phone.post(path, typed)
    phone.post(path, typed | {"sender": "Lò Văn Đông"})

    assert 'value="Hà Văn Sơn"' in refused.content.decode()
    assert Answer.objects.get().rows == [
        {"Họ và tên": "Lò Thị Mây", "Năm sinh": "1985", "Thành tích": ""},
        {"Họ và tên": "Hà Văn Sơn", "Năm sinh": "", "Thành tích": "Hiến đất"},
    ]


def test_a_list_in_excel_is_read_and_the_file_stays_beside_it(office, phone):
    sheet = book([["TT", *COLUMNS], [1, "Lò Thị Mây", 1985, "Hiến đất"]])
    phone.post(path_of(ask_of(office.asked(columns=COLUMNS))), SAID | {"files": upload("ds.xlsx", sheet)})

    answer = Answer.objects.get()
    assert answer.rows == [{"Họ và tên": "Lò Thị Mây", "Năm sinh": "1985", "Thành tích": "Hiến đất"}]
    assert [one.file.name for one in answer.files.all()] == ["ds.xlsx"]


@pytest.mark.parametrize("rows", [[["Lạ", "Cột"], [1, 2]], [["TT", *COLUMNS], [1, "Lò Thị Mây", "chưa rõ", "x"]]])
def test_a_list_that_is_not_understood_comes_as_a_file(office, phone, rows):
    path = path_of(ask_of(office.asked(columns=COLUMNS)))

    done = phone.post(path, SAID | {"files": upload("ds.xlsx", book(rows))})

    answer = Answer.objects.get()
    assert (done.status_code, answer.rows, answer.files.count()) == (200, [], 1)


# -- Around the answer -------------------------------------------------------------------------


def test_what_was_sent_back_is_mended_not_typed_again(office, phone):
    request = office.asked(columns=COLUMNS)
    phone.post(path_of(ask_of(request)), SAID | {"dong-0-0": "Lò Thị Mây"})
    services.send_back(Answer.objects.get(), actor=office.an, reason="Thiếu năm sinh.")

    page = phone.get(path_of(ask_of(request)))

    assert "Lý do: Thiếu năm sinh." in words(page)
    assert 'value="Lò Thị Mây"' in page.content.decode()
    assert SAID["text"] in page.content.decode()


def test_the_sample_can_be_had_by_the_link(office, phone):
    request = office.asked(sample=stored(office, "mẫu 01.pdf"))
    path = path_of(ask_of(request))

    answer = phone.get(f"{path}mau/")

    assert b"".join(answer.streaming_content) == PDF
    assert "attachment" in answer["Content-Disposition"]
    assert f"{path}mau/" in phone.get(path).content.decode()
    assert path.split("/")[2] not in str(list(AuditEntry.objects.values_list("changes", flat=True)))


def test_what_came_is_opened_by_members_of_the_unit_alone(office, phone):
    phone.post(path_of(ask_of(office.asked())), SAID | {"files": upload("ảnh.png")})
    file = StoredFile.objects.get(name="ảnh.png")
    desk = office.desk

    seen = {user.username: file in files.visible_files(user) for user in (desk.an, desk.binh, desk.cuong)}
    own, strange = (office.window(user).get(f"/tep/{file.pk}/") for user in (desk.an, desk.cuong))

    assert seen == {desk.an.username: True, desk.binh.username: True, desk.cuong.username: False}
    assert (b"".join(own.streaming_content), strange.status_code) == (PNG, 404)
    assert phone.get(f"/tep/{file.pk}/").status_code == 302
