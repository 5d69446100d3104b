"""Công văn đôn đốc: to those who are missing, in the office's own words, as the decree wants it."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import docx
import pytest
import time_machine
from django.urls import reverse

from documents.deliveries import services as deliveries
from documents.proofreading import context_of, proofread
from documents.rendering import render
from documents.rendering.text import render_text
from documents.tree import Paper, Table
from plans.proofreading.sources import whose
from reminders import wording
from reminders.asking import letters, presenters, selectors
from reminders.asking.letters import Choice, compose_letter
from reminders.models import Answer, Request, Wording
from tests.factories import IssuerFactory, PartFactory, Role, UnitFactory, UserFactory
from tests.layout.content import content_findings
from tests.layout.pdf import check_pdf
from tests.layout.word import check_docx
from tests.reminders.asking.desk import NOW, TODAY, answer_of, ask_of, deliver, officer, paper_of, request_of
from tests.units.conftest import signed_in
from units.models import Issuer, Part, Unit, User

pytestmark = pytest.mark.django_db

VILLAGES = ["Thôn Đông", "Thôn Tây", "Thôn Nam"]
MANY = [f"Thôn {name}" for name in ("Đông", "Tây", "Nam", "Bắc", "Thượng", "Hạ", "Trung", "Đoài", "Mới")]


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def unit() -> Unit:
    return UnitFactory(name="An Hòa")


@pytest.fixture
def committee(unit) -> Issuer:
    return IssuerFactory(unit=unit)


@pytest.fixture
def an(unit) -> User:
    return officer(unit, honorific="Bà", full_name="Lò Thị Mây", phone="0912 345 678")


def letter_of(request: Request, issuer: Issuer, on: dt.date = TODAY, **choice: Any) -> Paper:
    rows = [presenters.ask_row(ask, request, on) for ask in selectors.asks_of(request)]
    texts = wording.wordings_of([request.unit_id], [letters.OPENING, letters.CLOSING])[request.unit_id]
    chosen = {"symbol": letters.symbol_of(issuer), "new_due": dt.date(2026, 11, 27)} | choice
    return compose_letter(request, rows=rows, choice=Choice(issuer, **chosen), texts=texts, on=on)


def table_of(paper: Paper) -> list[tuple[str, ...]]:
    table = next(block for block in paper.body if isinstance(block, Table))
    return [tuple(cell[0] for cell in row.cells) for row in table.rows]  # type: ignore[union-attr]


# -- Words -----------------------------------------------------------------------------------------


def test_the_letter_says_who_is_missing_and_how_late(unit, committee, an):
    request = request_of(unit, an, villages=VILLAGES, follower=an.person)
    answer_of(ask_of(request, "Thôn Tây"))
    returned = answer_of(ask_of(request, "Thôn Nam"))
    Answer.objects.filter(pk=returned.pk).update(returned_at=NOW, return_reason="Thiếu chữ ký.")

    assert render_text(letter_of(request, committee)).splitlines() == [
        "ỦY BAN NHÂN DÂN",
        "XÃ AN HÒA",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số:        /UBND-TĐKT",
        "An Hòa, ngày      tháng 11 năm 2026",
        "V/v đôn đốc gửi danh sách đề nghị khen thưởng cuối năm",
        "Kính gửi:",
        "- Thôn Đông;",
        "- Thôn Nam.",
        "Thực hiện yêu cầu ngày 25/11/2026 của Ủy ban nhân dân xã An Hòa về việc gửi danh sách đề nghị khen thưởng "
        "cuối năm, hạn gửi ngày 20/11/2026; đến hết ngày 25/11/2026, có 1/3 đơn vị đã gửi, còn 2 đơn vị chưa gửi, "
        "gồm:",
        "TT\tĐơn vị\tTình trạng\tQuá hạn",
        "1\tThôn Đông\tChưa gửi\t5 ngày",
        "2\tThôn Nam\tĐã gửi, được trả lại: Thiếu chữ ký; chưa gửi lại\t5 ngày",
        "Ủy ban nhân dân xã An Hòa đề nghị thủ trưởng các đơn vị nêu trên khẩn trương chỉ đạo thực hiện, gửi kết quả "
        "về Ủy ban nhân dân xã An Hòa trước ngày 27/11/2026. Quá trình thực hiện nếu có vướng mắc, đề nghị liên hệ "
        "bà Lò Thị Mây, điện thoại 0912 345 678 để phối hợp giải quyết./.",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
    ]


def test_before_the_day_nobody_is_late(unit, committee, an):
    request = request_of(unit, an, villages=["Thôn Đông"], due=TODAY)

    assert table_of(letter_of(request, committee)) == [("1", "Thôn Đông", "Chưa gửi", "Chưa đến hạn")]


def test_many_addressees_are_named_by_the_table_alone(unit, committee, an):
    villages = request_of(unit, an, villages=MANY)
    mixed = request_of(unit, an, villages=MANY)
    mixed.asks.create(part=PartFactory(unit=unit, name="Trường Tiểu học", kind=Part.Kind.SCHOOL))

    paper = letter_of(villages, committee)
    assert list(paper.addressed()) == ["Kính gửi: Các thôn có tên trong danh sách dưới đây"]
    assert [row[1] for row in table_of(paper)] == MANY
    assert list(letter_of(mixed, committee).addressed()) == ["Kính gửi: Các đơn vị có tên trong danh sách dưới đây"]


def test_units_below_are_written_to_as_peoples_committees(an, unit):
    province = UnitFactory(province=True, name="Sông Vân")
    Unit.objects.filter(pk=unit.pk).update(parent=province)
    nga = officer(province, "nga")
    paper = paper_of(province, "12")
    [delivery] = deliver(paper, nga, Unit.objects.get(pk=unit.pk)).values()
    request = request_of(province, nga, paper=paper, columns=[], title="Gửi báo cáo 6 tháng")
    request.asks.create(lower=unit, delivery=delivery)

    made = letter_of(request, paper.issuer)

    assert list(made.addressed()) == ["Kính gửi: Ủy ban nhân dân xã An Hòa"]
    assert made.header.about == "V/v đôn đốc gửi báo cáo 6 tháng"
    assert "Thực hiện Công văn số 12/UBND-TĐKT ngày 02/11/2026 của Ủy ban nhân dân tỉnh Sông Vân" in render_text(made)
    deliveries.receive(delivery, actor=an, unit_id=unit.pk, day=TODAY)


@pytest.mark.parametrize(
    ("title", "what"),
    [
        ("Gửi báo cáo quý III.", "báo cáo quý III"),
        ("UBND xã báo cáo", "UBND xã báo cáo"),
        ("02 danh sách đề nghị", "02 danh sách đề nghị"),
        ("Danh sách", "danh sách"),
    ],
)
def test_what_is_asked_goes_on_within_a_sentence(unit, an, title, what):
    assert letters.what_is_asked(request_of(unit, an, title=title)) == what


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("ỦY BAN NHÂN DÂN\nXÃ AN HÒA", "Ủy ban nhân dân xã An Hòa"),
        ("PHÒNG VĂN HÓA - XÃ HỘI", "Phòng Văn hóa - Xã hội"),
        ("HỘI ĐỒNG\nTHI ĐUA - KHEN THƯỞNG", "Hội đồng Thi đua - Khen thưởng"),
        ("VĂN PHÒNG HĐND VÀ UBND", "Văn phòng HĐND và UBND"),
        ("TRƯỜNG TIỂU HỌC AN HÒA", "Trường tiểu học an hòa"),
    ],
)
def test_an_office_is_named_out_of_capitals(unit, lines, words):
    assert letters.in_words(IssuerFactory(unit=unit, name_lines=lines)) == words


def test_a_part_of_the_office_is_named_as_its_card_has_it(unit):
    part = PartFactory(unit=unit, name="Trường Tiểu học An Hòa")

    assert letters.in_words(IssuerFactory(unit=unit, part=part, name_lines="TRƯỜNG TIỂU HỌC")) == part.name


def test_the_symbol_is_that_of_the_newest_letter(unit, committee):
    assert letters.symbol_of(committee) == "UBND-TĐKT"

    paper_of(unit, "3", day=dt.date(2026, 3, 1), symbol="UBND-VX")
    paper_of(unit, "9", day=dt.date(2026, 9, 1), symbol="UBND-VHXH")
    paper_of(unit, "10", day=dt.date(2026, 10, 1), symbol="KH-UBND", kind="Kế hoạch")

    assert letters.symbol_of(committee) == "UBND-VHXH"


def test_the_units_own_words_are_used(unit, committee, an):
    request = request_of(unit, an, villages=["Thôn Đông"])
    Wording.objects.create(unit=unit, name=letters.OPENING, text="{co_quan} nhắc: còn {so_chua_gui} nơi.\n\nGồm:")

    paper = letter_of(request, committee)

    assert [block.text for block in paper.body[:2]] == [
        "Ủy ban nhân dân xã An Hòa nhắc: còn 1 nơi.",
        "Gồm:",
    ]


# -- Looks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("names", [["Thôn Đông"], VILLAGES, MANY * 4], ids=["one", "three", "many"])
def test_nothing_is_wrong_with_its_words_and_its_layout(unit, committee, an, names):
    villages = [name if names.count(name) == 1 else f"{name} {at}" for at, name in enumerate(names)]
    paper = letter_of(request_of(unit, an, villages=villages, follower=an.person), committee)
    context = context_of(paper, year=2026, whose=whose(unit))

    assert [(one.code, one.words) for one in proofread(paper, context)] == []
    assert content_findings(paper) == []
    assert check_pdf(paper, render(paper, "pdf")) == []
    assert check_docx(paper, render(paper, "docx")) == []


# -- The page --------------------------------------------------------------------------------------


def test_the_page_shows_the_letter_and_takes_choices(unit, committee, an):
    council = IssuerFactory(unit=unit, name_lines="HỘI ĐỒNG\nTHI ĐUA - KHEN THƯỞNG", symbol="HĐTĐKT")
    request = request_of(unit, an, villages=VILLAGES)
    window, url = signed_in(an), reverse("reminders:letter", args=[request.pk])

    page = window.get(url).content.decode()
    chosen = {"co_quan": council.pk, "cua": committee.pk, "ky_hieu": "UBND-TĐKT", "han_moi": "2/12/2026"}
    changed = window.get(url, chosen).content.decode()
    kept = window.get(url, chosen | {"cua": council.pk, "ky_hieu": "HĐTĐKT-VP"}).content.decode()

    assert "Số:        /UBND-TĐKT" in page
    assert "trước ngày 30/11/2026" in page  # three working days
    assert "Số:        /HĐTĐKT<" in changed
    assert "trước ngày 02/12/2026" in changed
    assert "Số:        /HĐTĐKT-VP" in kept


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"han_moi": "1/11/2026"}, "Ngày 01/11/2026 đã qua"),
        ({"han_moi": "x"}, "Không có ngày này."),
        ({"co_quan": "0", "ky_hieu": "UBND-TĐKT"}, "Chọn cơ quan ký trong danh sách."),
    ],
)
def test_what_does_not_fit_is_said_and_no_file_is_made(unit, committee, an, typed, sentence):
    request = request_of(unit, an, villages=VILLAGES)
    window = signed_in(an)

    for url in (
        reverse("reminders:letter", args=[request.pk]),
        reverse("reminders:letter_download", args=[request.pk, "pdf"]),
    ):
        answer = window.get(url, typed)
        assert (answer.status_code, sentence in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(("to", "start"), [("pdf", b"%PDF-"), ("docx", b"PK")])
def test_both_files_are_downloaded(unit, committee, an, to, start):
    request = request_of(unit, an, villages=VILLAGES)

    answer = signed_in(an).get(reverse("reminders:letter_download", args=[request.pk, to]))

    assert (answer.status_code, answer.content[: len(start)]) == (200, start)
    assert answer["Content-Disposition"].endswith(f"cong-van-don-doc-{request.pk}.{to}")
    if to == "docx":
        title = docx.Document(io.BytesIO(answer.content)).core_properties.title
        assert title == "V/v đôn đốc gửi danh sách đề nghị khen thưởng cuối năm"


def test_without_anybody_missing_or_an_issuer_there_is_no_letter(unit, an):
    request = request_of(unit, an, villages=["Thôn Đông"])
    window, url = signed_in(an), reverse("reminders:letter", args=[request.pk])

    assert "Đơn vị chưa có cơ quan ban hành" in window.get(url, follow=True).content.decode()

    IssuerFactory(unit=unit)
    answer_of(ask_of(request, "Thôn Đông"))
    assert "Các nơi đã gửi đủ" in window.get(url, follow=True).content.decode()


def test_strangers_and_colleagues(unit, committee, an):
    request = request_of(unit, an, villages=VILLAGES)
    colleague = UserFactory(role=Role.COUNCIL_MEMBER, unit=unit)
    stranger = officer(UnitFactory(), "cuong")

    for name, arguments in (("letter", [request.pk]), ("letter_download", [request.pk, "pdf"])):
        url = reverse(f"reminders:{name}", args=arguments)
        assert (signed_in(colleague).get(url).status_code, signed_in(stranger).get(url).status_code) == (403, 404)
