"""Lists of many villages: dropped, looked at, taken at once or not at all; put together in one sheet."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core import files
from core.errors import UnfitField
from core.models import AuditEntry, SheetImport
from core.sheets.writing import is_dangerous
from reminders.asking import links, list_export, list_services
from reminders.asking.list_drops import Drop, asked_of, find_drop, lots_in
from reminders.asking.list_matching import lots_of
from reminders.asking.list_services import AlreadyTaken, drop_files, take
from reminders.asking.lists import read_list
from reminders.asking.services import NotOpen
from reminders.models import Answer, AnswerFile, Request
from reminders.states import RequestState
from tests.core.sheet_samples import downloaded, read_book
from tests.factories import Role, UnitFactory, UserFactory
from tests.reminders.asking.desk import COLUMNS, NOW, TODAY, answer_of, ask_of, officer, request_of, xlsx
from tests.units.conftest import signed_in
from units.models import User

pytestmark = pytest.mark.django_db

HEAD = ["TT", *COLUMNS]
MAY = {"Họ và tên": "Lò Thị Mây", "Năm sinh": "1980", "Thành tích": "Hiến đất"}
AN = {"Họ và tên": "Quàng Văn An", "Năm sinh": "", "Thành tích": ""}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def an() -> User:
    return officer(UnitFactory(name="An Hòa"))


@pytest.fixture
def asked(an) -> Request:
    return request_of(an.person.unit, an, villages=["Thôn Đông", "Thôn Tây", "Thôn Nam"])


@pytest.fixture
def dropped(asked, an, django_capture_on_commit_callbacks):
    """Files dropped together, and read."""

    def dropped(*files: Any, actor: User = an) -> Drop:
        with django_capture_on_commit_callbacks(execute=True):
            pk = drop_files(asked, files, actor=actor)
        found = find_drop(actor, asked, pk)
        assert found is not None
        return found

    return dropped


def chosen_of(drop: Drop) -> dict[str, int | None]:
    return {lot.key: lot.guess for lot in lots_in(drop, asked_of(drop.request))}


def answers() -> list[tuple[str, str, list[dict[str, str]], list[str]]]:
    rows = Answer.objects.select_related("ask__part").prefetch_related("files__file").order_by("pk")
    return [(str(one.ask), one.way, one.rows, [str(file.file) for file in one.files.all()]) for one in rows]


EAST = [HEAD, [1, "Lò Thị Mây", 1980, "Hiến đất"]]
WEST = [["Đơn vị: Thôn Tây"], HEAD, [1, "Quàng Văn An"]]
FAULTY = [HEAD, [1, "Quàng Văn An"], [2, "Lò Thị Ín", "không rõ"]]


# -- Dropping and reading ------------------------------------------------------------------------


def test_files_are_read_and_nothing_is_written(asked, an, dropped):
    drop = dropped(xlsx("thon-dong.xlsx", EAST), xlsx("ds2.xlsx", WEST))

    assert drop.is_read
    assert not drop.is_taken
    assert [(lot.file_name, lot.guess, len(lot.rows)) for lot in lots_in(drop, asked_of(asked))] == [
        ("thon-dong.xlsx", ask_of(asked, "Thôn Đông").pk, 1),
        ("ds2.xlsx", ask_of(asked, "Thôn Tây").pk, 1),
    ]
    assert drop.job is not None
    assert (drop.job.state, drop.job.done, drop.job.total) == ("done", 2, 2)
    assert not Answer.objects.exists()
    assert {entry.code for entry in AuditEntry.objects.all()} == {"core.file.stored"}


def test_a_file_that_cannot_be_read_hinders_no_other(dropped):
    drop = dropped(
        SimpleUploadedFile("anh.png", b"\x89PNG\r\n\x1a\n" + b"x" * 20),
        xlsx("khac.xlsx", [["Mã", "Tên"], [1, "x"]]),
        xlsx("thon-dong.xlsx", EAST),
    )

    assert [name for name, _ in drop.refused] == ["anh.png", "khac.xlsx"]
    assert [why.partition(".")[0] for _, why in drop.refused] == [
        "Tệp này không phải bảng tính",
        "Không thấy dòng tên cột (có cột «Họ và tên») trong tệp này",
    ]
    assert [one.file.name for one, _ in drop.readable] == ["thon-dong.xlsx"]


def test_without_any_sheet_nothing_is_kept(asked, an):
    with pytest.raises(UnfitField, match="anh.png: Tệp này không phải bảng tính"):
        drop_files(asked, [SimpleUploadedFile("anh.png", b"\x89PNG\r\n\x1a\nxxxx")], actor=an)
    with pytest.raises(UnfitField, match="tối đa 60 tệp"):
        drop_files(asked, [xlsx("a.xlsx", EAST)] * 61, actor=an)

    assert not SheetImport.objects.exists()


# -- Taking --------------------------------------------------------------------------------------


def test_lists_are_taken_with_their_files_in_one_act(asked, an, dropped):
    drop = dropped(xlsx("thon-dong.xlsx", EAST), xlsx("ds2.xlsx", WEST))

    take(drop, actor=an, day=dt.date(2026, 11, 23), chosen=chosen_of(drop))

    assert answers() == [
        ("Thôn Đông", "sheet", [MAY], ["thon-dong.xlsx"]),
        ("Thôn Tây", "sheet", [AN], ["ds2.xlsx"]),
    ]
    first = Answer.objects.order_by("pk")[0]
    assert (first.day, first.by, first.sender, first.text) == (dt.date(2026, 11, 23), an, "Thôn Đông", "")
    assert AuditEntry.objects.filter(code="reminders.answer.came").count() == 2


def test_rows_of_one_place_from_several_lists_are_one_answer(asked, an, dropped):
    drop = dropped(xlsx("thon-dong.xlsx", EAST), xlsx("thon-dong-them.xlsx", [HEAD, [1, "Quàng Văn An"]]))

    take(drop, actor=an, day=TODAY, chosen=chosen_of(drop))

    assert answers() == [("Thôn Đông", "sheet", [MAY, AN], ["thon-dong.xlsx", "thon-dong-them.xlsx"])]


def test_a_file_with_rows_of_several_goes_with_none_of_them(asked, an, dropped):
    rows = [
        ["TT", "Thôn/Đơn vị", *COLUMNS],
        [1, "Thôn Đông", "Lò Thị Mây", 1980, "Hiến đất"],
        [2, "Thôn Tây", "Quàng Văn An"],
    ]
    drop = dropped(xlsx("ca-xa.xlsx", rows))

    take(drop, actor=an, day=TODAY, chosen=chosen_of(drop))

    assert answers() == [("Thôn Đông", "sheet", [MAY], []), ("Thôn Tây", "sheet", [AN], [])]


def test_a_file_with_rows_that_nobody_took_goes_with_no_answer(asked, an, dropped):
    rows = [["TT", "Thôn/Đơn vị", *COLUMNS], [1, "Thôn Tây", "Quàng Văn An"], [2, "Thôn Xa", "Lò Thị Mây"]]
    drop = dropped(xlsx("ca-xa.xlsx", rows))

    take(drop, actor=an, day=TODAY, chosen=chosen_of(drop))

    assert answers() == [("Thôn Tây", "sheet", [AN], [])]


def test_rows_with_faults_stay_out_only_where_it_is_said_and_are_listed(asked, an, dropped):
    drop = dropped(xlsx("thon-dong.xlsx", FAULTY))

    with pytest.raises(UnfitField, match="Còn 1 dòng lỗi") as refused:
        take(drop, actor=an, day=TODAY, chosen=chosen_of(drop))
    assert (refused.value.field, answers()) == ("without_faulty", [])

    [answer] = take(drop, actor=an, day=TODAY, chosen=chosen_of(drop), without_faulty=True)

    assert answers() == [("Thôn Đông", "sheet", [AN], ["thon-dong.xlsx"])]
    assert answer.text == (
        "Không nhận 1 dòng còn lỗi:\nthon-dong.xlsx, dòng 3: "
        "Năm sinh: «không rõ» không phải năm; ghi bốn chữ số như 1980."
    )


def test_all_or_nothing(asked, an, dropped):
    """One place whose rows are all wrong keeps the others out, too."""
    drop = dropped(xlsx("thon-dong.xlsx", EAST), xlsx("thon-tay.xlsx", [HEAD, [1, "Lò Thị Ín", "không rõ"]]))

    with pytest.raises(UnfitField, match="Thôn Tây: mọi dòng đều có lỗi"):
        take(drop, actor=an, day=TODAY, chosen=chosen_of(drop), without_faulty=True)

    assert answers() == []
    assert {row.state for row in SheetImport.objects.all()} == {"checked"}


def test_a_second_click_takes_nothing_again(asked, an, dropped):
    drop = dropped(xlsx("thon-dong.xlsx", EAST))
    take(drop, actor=an, day=TODAY, chosen=chosen_of(drop))

    with pytest.raises(AlreadyTaken):
        take(drop, actor=an, day=TODAY, chosen=chosen_of(drop))

    assert len(answers()) == 1


def test_what_is_not_chosen_is_not_taken(asked, an, dropped):
    drop = dropped(xlsx("thon-dong.xlsx", EAST), xlsx("ds2.xlsx", WEST))
    first, second = chosen_of(drop)

    take(drop, actor=an, day=TODAY, chosen={first: None, second: ask_of(asked, "Thôn Nam").pk})

    assert answers() == [("Thôn Nam", "sheet", [AN], ["ds2.xlsx"])]
    with pytest.raises(UnfitField, match="Chưa chọn danh sách nào"):
        take(drop, actor=an, day=TODAY, chosen={first: None, second: None})


def test_another_requests_place_cannot_be_chosen(asked, an, dropped):
    other = request_of(asked.unit, an, villages=["Thôn Bắc"])
    drop = dropped(xlsx("thon-dong.xlsx", EAST))

    with pytest.raises(UnfitField, match="bị bỏ khỏi yêu cầu"):
        take(drop, actor=an, day=TODAY, chosen=dict.fromkeys(chosen_of(drop), ask_of(other, "Thôn Bắc").pk))

    assert answers() == []


def test_a_closed_request_takes_nothing(asked, an, dropped):
    drop = dropped(xlsx("thon-dong.xlsx", EAST))
    Request.objects.filter(pk=asked.pk).update(state=RequestState.CLOSED)

    with pytest.raises(NotOpen):
        take(drop, actor=an, day=TODAY, chosen=chosen_of(drop))

    assert answers() == []


# -- Pages ---------------------------------------------------------------------------------------


@pytest.fixture
def window(an) -> Client:
    return signed_in(an)


def test_the_whole_way_on_the_pages(window, asked, dropped, django_capture_on_commit_callbacks):
    page = window.get(reverse("reminders:list_drop", args=[asked.pk]))
    assert (page.status_code, b"Th\xc3\xa0nh t\xc3\xadch" in page.content) == (200, True)

    with django_capture_on_commit_callbacks(execute=True):
        files = [xlsx("thon-dong.xlsx", FAULTY), xlsx("khong-ro.xlsx", EAST)]
        moved = window.post(reverse("reminders:list_drop", args=[asked.pk]), {"files": files})
    url = moved["Location"]
    shown = window.get(url).content.decode()
    assert "Đọc được 3 dòng, 1 dòng có lỗi." in shown
    assert "Dòng 3 (Lò Thị Ín; không rõ)" in shown
    assert "Theo tên tệp." in shown
    assert "Trong tệp không thấy tên nơi nào được yêu cầu." in shown

    east, south = (str(ask_of(asked, name).pk) for name in ("Thôn Đông", "Thôn Nam"))
    refused = window.post(url, {"lo-0-0-0": east, "lo-1-0-0": "", "day": "25/11/2026", "without_faulty": "on"})
    assert refused.status_code == 422
    assert "Chọn nơi gửi, hoặc «Không nhận»." in refused.content.decode()
    unsaid = window.post(url, {"lo-0-0-0": east, "lo-1-0-0": south, "day": "25/11/2026"})
    assert unsaid.status_code == 422
    assert "Còn 1 dòng lỗi" in unsaid.content.decode()
    assert answers() == []

    done = window.post(
        url, {"lo-0-0-0": east, "lo-1-0-0": south, "day": "25/11/2026", "without_faulty": "on"}, follow=True
    )

    assert "Đã nhận 2 dòng của 2 nơi." in done.content.decode()
    assert [(name, rows) for name, _, rows, _ in answers()] == [("Thôn Đông", [AN]), ("Thôn Nam", [MAY])]
    again = window.post(url, {"lo-0-0-0": east, "lo-1-0-0": south, "day": "25/11/2026"})
    assert (again.status_code, len(answers())) == (200, 2)


def test_who_sent_already_is_told_beside_the_new_list(window, asked, dropped):
    answer_of(ask_of(asked, "Thôn Đông"), rows=[MAY, AN])
    drop = dropped(xlsx("thon-dong.xlsx", EAST))

    shown = window.get(reverse("reminders:list_read", args=[asked.pk, drop.pk])).content.decode()

    assert "Nơi này đã gửi ngày 20/11/2026, 2 dòng; nhận lần này thì tính theo danh sách mới." in shown


def test_a_list_that_waits_is_found_again(window, asked, dropped):
    drop = dropped(xlsx("thon-dong.xlsx", EAST))

    shown = window.get(reverse("reminders:list_drop", args=[asked.pk])).content.decode()

    assert reverse("reminders:list_read", args=[asked.pk, drop.pk]) in shown


def test_while_files_are_read_the_page_asks_again(window, asked, an):
    pk = drop_files(asked, [xlsx("thon-dong.xlsx", EAST)], actor=an)  # the worker has not begun
    url = reverse("reminders:list_read", args=[asked.pk, pk])

    waiting, inner = window.get(url), window.get(url, headers={"HX-Request": "true"})
    list_services.SheetImport.objects.update(state="checked", report={"sheets": []})
    over = window.get(url, headers={"HX-Request": "true"})

    assert "Có thể rời trang này" in waiting.content.decode()
    assert inner.templates[0].name == "reminders/asking/_list_waiting.html"
    assert over["HX-Refresh"] == "true"


def test_files_that_could_not_be_read_do_not_wait(window, asked, dropped):
    dropped(xlsx("khac.xlsx", [["Mã", "Tên"], [1, "x"]]))

    assert "chưa nhận. <a" not in window.get(reverse("reminders:list_drop", args=[asked.pk])).content.decode()


def test_the_page_of_other_imports_does_not_show_them(window, dropped):
    drop = dropped(xlsx("thon-dong.xlsx", EAST))

    assert window.get(reverse("core:import", args=[drop.pk])).status_code == 404


def test_what_was_dropped_is_its_owners_alone(asked, dropped):
    drop = dropped(xlsx("thon-dong.xlsx", EAST))
    colleague = officer(asked.unit, "binh")

    assert signed_in(colleague).get(reverse("reminders:list_read", args=[asked.pk, drop.pk])).status_code == 404


def test_a_request_without_columns_has_no_lists(window, an):
    plain = request_of(an.person.unit, an, columns=[])

    names = ("list_drop", "list_sample", "list_merged")
    assert [window.get(reverse(f"reminders:{name}", args=[plain.pk])).status_code for name in names] == [404] * 3


@pytest.mark.parametrize("lots", [3, 100])
def test_the_page_of_what_was_read_asks_as_often_for_many_lots(
    window, asked, dropped, lots, django_assert_num_queries
):
    rows = [["TT", "Thôn/Đơn vị", "Họ và tên"], [1, "Thôn Đông", "An"]]
    rows += [[number, f"Nơi {number}", f"Người {number}"] for number in range(2, lots + 1)]
    drop = dropped(xlsx("ca-xa.xlsx", rows))
    url = reverse("reminders:list_read", args=[asked.pk, drop.pk])
    window.get(url)

    with django_assert_num_queries(11):
        page = window.get(url)

    assert page.content.decode().count("<select") == lots


def test_sheets_that_came_by_link_are_read_for_their_senders(window, asked, an, django_capture_on_commit_callbacks):
    came = answer_of(ask_of(asked, "Thôn Tây"))
    kept = files.store(xlsx("mau.xlsx", EAST), name="mau.xlsx", unit_id=asked.unit_id, actor=None)
    AnswerFile.objects.create(answer=came, file=kept)
    url = reverse("reminders:list_drop", args=[asked.pk])
    assert "Đọc 1 tệp đã gửi về" in window.get(url).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        moved = window.post(url, {"da-gui-ve": "1"})
    shown = window.get(moved["Location"]).content.decode()
    window.post(moved["Location"], {"lo-0-0-0": str(came.ask_id), "day": "25/11/2026"})

    assert "Tệp do nơi này gửi về." in shown
    assert [(name, way, rows) for name, way, rows, _ in answers()] == [
        ("Thôn Tây", "link", []),
        ("Thôn Tây", "sheet", [MAY]),
    ]
    assert "đã gửi về</button>" not in window.get(url).content.decode()
    assert window.post(url, {"da-gui-ve": "1"}).status_code == 422


# -- Files out -----------------------------------------------------------------------------------


def test_the_sample_is_read_back_and_known_again(asked):
    content = list_export.sample(asked, "Thôn Tây")
    [title, note, head] = read_book(content)["Danh sách"][:3]

    assert title[0] == "Danh sách đề nghị khen thưởng cuối năm"
    assert note[0].startswith("Nơi gửi: Thôn Tây. ")
    assert list(head) == HEAD
    assert _filled_and_matched(content, asked) == (ask_of(asked, "Thôn Tây").pk, [AN])


def test_who_opens_a_link_gets_a_sample_of_the_own_name(asked, client):
    ask = ask_of(asked, "Thôn Tây")
    links.renew([ask], asked.due)
    page = client.get(links.address_of(ask).removeprefix(settings.SITE_URL))

    answer = client.get(page.context["sample_url"])

    assert read_book(downloaded(answer))["Danh sách"][1][0].startswith("Nơi gửi: Thôn Tây. ")


def _filled_and_matched(content: bytes, asked: Request) -> tuple[int | None, list[dict[str, str]]]:
    made = openpyxl.load_workbook(io.BytesIO(content))
    made["Danh sách"]["A4"], made["Danh sách"]["B4"] = 1, "Quàng Văn An"
    stream = io.BytesIO()
    made.save(stream)
    stream.seek(0)
    [lot] = lots_of([("mau.xlsx", read_list(stream, asked.columns), None)], asked_of(asked))
    return lot.guess, [row.values for row in lot.rows]


def test_everything_is_put_together_with_who_sent_it_and_who_is_missing(window, asked):
    answer_of(ask_of(asked, "Thôn Tây"), rows=[AN, {**MAY, "Thành tích": '=HYPERLINK("x")'}])
    answer_of(ask_of(asked, "Thôn Đông"), rows=[MAY])
    returned = answer_of(ask_of(asked, "Thôn Nam"), rows=[MAY])
    Answer.objects.filter(pk=returned.pk).update(returned_at=NOW, return_reason="thiếu chữ ký")

    answer = window.get(reverse("reminders:list_merged", args=[asked.pk]))
    book = read_book(downloaded(answer))

    assert book["Tổng hợp"][2:] == [
        ("TT", "Nơi gửi", *COLUMNS),
        (1, "Thôn Đông", "Lò Thị Mây", "1980", "Hiến đất"),
        (2, "Thôn Tây", "Quàng Văn An", None, None),
        (3, "Thôn Tây", "Lò Thị Mây", "1980", '=HYPERLINK("x")'),
    ]
    assert book["Tổng hợp"][1][0] == "3 dòng của 2/3 nơi. Lập lúc 10:00 ngày 25/11/2026"
    assert book["Chưa có trong danh sách"][2:] == [
        ("TT", "Nơi gửi", "Tình trạng", "Ghi chú"),
        (1, "Thôn Nam", "Trả lại (quá 5 ngày)", "Lý do trả lại: thiếu chữ ký"),
    ]


def test_a_formula_that_somebody_typed_is_no_formula(asked):
    answer_of(ask_of(asked, "Thôn Đông"), rows=[{**MAY, "Họ và tên": "=1+1"}])

    cell = openpyxl.load_workbook(io.BytesIO(list_export.merged(asked)))["Tổng hợp"]["C4"]

    assert is_dangerous(cell.value)
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_a_long_list_is_written_by_a_worker(window, asked, django_capture_on_commit_callbacks, monkeypatch):
    monkeypatch.setattr(list_export, "ROWS_IN_REQUEST", 2)
    answer_of(ask_of(asked, "Thôn Đông"), rows=[MAY, AN, AN])

    with django_capture_on_commit_callbacks(execute=True):
        moved = window.get(reverse("reminders:list_merged", args=[asked.pk]))
    page = window.get(moved["Location"])

    assert "tong-hop-danh-sach-de-nghi-khen-thuong-cuoi-nam.xlsx" in page.content.decode()


def test_colleagues_take_the_merged_list_and_may_drop_nothing(asked):
    colleague = signed_in(UserFactory(role=Role.COUNCIL_MEMBER, unit=asked.unit))
    codes = {
        name: colleague.get(reverse(f"reminders:{name}", args=[asked.pk])).status_code
        for name in ("list_merged", "list_sample", "list_drop", "letter")
    }

    assert codes == {"list_merged": 200, "list_sample": 200, "list_drop": 403, "letter": 403}
