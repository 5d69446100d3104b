"""The pledge: drafted from its campaign, changed and signed by many, the same words in PDF and Word."""

from __future__ import annotations

import datetime as dt
import io
import re

import docx
import pdfplumber
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import Campaign, Pledge
from campaigns.taking_part import pledges
from campaigns.taking_part.pledge_forms import moved
from campaigns.taking_part.pledge_text import Facts, draft, subject
from campaigns.taking_part.pledges import PledgeData, Signing, save_pledge
from core.errors import UnfitField, UnfitRow
from core.states import EditedMeanwhile
from documents.models import IssuedPaper
from documents.proofreading import context_of, proofread, shipped_laws
from documents.rendering import render
from documents.rendering.text import render_text
from plans.models import Plan
from tests.campaigns.taking_part.office import LDTT, TITLE, TTLDTT, codes
from tests.factories import PartFactory, PersonFactory, PlanFactory

WHOM = "các thôn, cơ quan, đơn vị, trường học"
NAMES = ("Lò Văn Đông", "Lò Văn Tây", "Lò Văn Nam")


def paper(office):
    campaign = office.campaign
    data = pledges.data_of(campaign, pledges.pledge_of(campaign))
    return pledges.paper_of(campaign, data, pledges.issuer_of(campaign))


def data(*signings: tuple[str, str, str], body: str = "Thi đua./.", **fields) -> PledgeData:
    return PledgeData(body, signatories=tuple(Signing(*one) for one in signings), **fields)


def words(text: str) -> list[str]:
    return re.sub(r"\s+", " ", text).split()


# -- The draft ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (TITLE, f"Thực hiện p{TITLE[1:]}"),
        ("Phát động phong trào thi đua yêu nước", "Thực hiện phong trào thi đua yêu nước năm 2026"),
        ("Thi đua lập thành tích", "Thực hiện phong trào thi đua lập thành tích năm 2026"),
        ("Cả nước chung tay vì người nghèo", "Thực hiện phong trào thi đua cả nước chung tay vì người nghèo năm 2026"),
    ],
)
def test_the_subject_names_the_movement_and_its_year(title, expected):
    assert subject(Facts("xã Mai Khê", WHOM, title, "", 2026)) == expected


def test_a_campaign_that_says_nothing_gives_a_text_all_the_same():
    lines = draft(Facts("xã Mai Khê", WHOM, "Thi đua lập thành tích", "", 2026)).split("\n")

    assert [line for line in lines if not line.startswith("- ")] == [
        "Đại diện các thôn, cơ quan, đơn vị, trường học của xã Mai Khê thống nhất ký giao ước thi đua thực hiện phong "
        "trào thi đua lập thành tích năm 2026, với các nội dung sau:",
        "1. Nội dung thi đua",
        "2. Tổ chức thực hiện",
        "Các đơn vị cam kết thực hiện đầy đủ các nội dung đã ký. Giao ước được lưu tại mỗi đơn vị một bản để cùng "
        "thực hiện./.",
    ]


def test_the_draft_says_targets_in_words_and_counts_the_titles_aimed_at(office):
    office.registered("Thôn Đông", TTLDTT)
    office.registered("Thôn Tây", TTLDTT)
    office.registered("Thôn Đông", LDTT, person=office.person("Lò Văn Hặc"))

    text = draft(pledges.facts_of(office.campaign))

    assert "- Trồng cây phân tán 3.000 cây;\n- Tỷ lệ hộ nghèo giảm 2 %." in text
    assert f"- {TTLDTT}: 2 tập thể;\n- {LDTT}: 1 cá nhân." in text
    assert "- Hưởng ứng chủ đề thi đua “Đoàn kết, sáng tạo”;" in text


def test_those_who_sign_are_called_as_the_unit_calls_them(office):
    office.unit.village_word = "khu phố"
    office.campaign.unit = office.unit
    above = Campaign(unit=office.province, title=TITLE, year=2026)
    above.save()

    assert pledges.facts_of(office.campaign).whom == "các khu phố, cơ quan, đơn vị, trường học"
    assert pledges.facts_of(above).whom == "các xã, phường, cơ quan, đơn vị"
    assert pledges.who_sign(above) == [
        Signing("ỦY BAN NHÂN DÂN XÃ HỒNG LẠC", "CHỦ TỊCH"),
        Signing("ỦY BAN NHÂN DÂN XÃ MAI KHÊ", "CHỦ TỊCH"),
    ]


def test_the_draft_names_the_plan_once_it_has_number_and_day(office):
    issuer = office.unit.issuers.get()
    issued = IssuedPaper.objects.create(
        issuer=issuer, kind="Kế hoạch", number="12", symbol="KH-UBND", date=dt.date(2026, 1, 5), subject="Phát động"
    )
    office.campaign.plan = PlanFactory(unit=office.unit, issuer=issuer, kind=Plan.Kind.CAMPAIGN, paper=issued)

    assert draft(pledges.facts_of(office.campaign)).startswith(
        "Thực hiện Kế hoạch số 12/KH-UBND ngày 05 tháng 01 năm 2026 của Ủy ban nhân dân xã Mai Khê, đại diện các thôn"
    )


def test_those_who_take_part_sign_with_their_heads(office):
    assert [one.body for one in pledges.who_sign(office.campaign)] == [
        "THÔN ĐÔNG",
        "THÔN TÂY",
        "THÔN NAM",
        "TRƯỜNG TIỂU HỌC MAI KHÊ",
    ]

    office.registered("Thôn Tây")

    assert pledges.who_sign(office.campaign) == [Signing("THÔN TÂY", "TRƯỞNG THÔN", "Lò Văn Tây")]


# -- The paper ---------------------------------------------------------------------------------


def test_the_paper_has_no_number_and_all_who_sign_before_the_head(office):
    PersonFactory(unit=office.unit, full_name="Lò Văn Thắng", post="Chủ tịch Ủy ban nhân dân xã")

    lines = render_text(paper(office)).splitlines()

    assert lines[:6] == [
        "ỦY BAN NHÂN DÂN",
        "XÃ MAI KHÊ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Mai Khê, ngày      tháng      năm 2026",
        "GIAO ƯỚC THI ĐUA",
    ]
    first = lines.index("ĐẠI DIỆN CÁC ĐƠN VỊ KÝ GIAO ƯỚC")
    assert lines[first + 1 : first + 4] == ["THÔN ĐÔNG", "TRƯỞNG THÔN", "Lò Văn Đông"]
    assert lines[-6:] == [
        "Nơi nhận:",
        "- Các đơn vị ký giao ước;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Lò Văn Thắng",
    ]


def test_proofreading_finds_nothing_in_the_draft(office):
    office.registered("Thôn Đông", TTLDTT)
    office.registered("Thôn Tây", LDTT, person=office.person("Lò Văn Hặc", "Thôn Tây"))

    found = paper(office)

    assert proofread(found, context_of(found, year=2026, laws=shipped_laws(), other_names=["tỉnh Vĩnh Hà"])) == ()


@pytest.fixture
def crowded(office):
    """Twenty-eight places sign, some of them with long names."""
    for number in range(24):
        head = PersonFactory(unit=office.unit, full_name=f"Nguyễn Thị Thanh Hoa{number}", post="Hiệu trưởng")
        long = "Trường Phổ thông dân tộc bán trú Trung học cơ sở" if number % 5 == 0 else "Trường Mầm non"
        PartFactory(unit=office.unit, name=f"{long} Hoa{number}", head=head, order=20 + number)
    return office


def test_twenty_eight_signatories_stand_whole_on_their_pages(crowded):
    found = paper(crowded)
    assert len(found.signatories.each) == 28

    with pdfplumber.open(io.BytesIO(render(found, "pdf"))) as pdf:
        columns = [column for page in pdf.pages for column in _columns(page)]
        pages = len(pdf.pages)

    assert pages == 4
    for number in range(24):
        holding = [column for column in columns if f"HOA{number}" in column]
        assert [f"Hoa{number}" in column for column in holding] == [True], number


def _columns(page) -> list[list[str]]:
    """The words of each third of the page."""
    third = (page.width - 85 - 42.5) / 3
    boxes = [(85 + third * at, 0, 85 + third * (at + 1), page.height) for at in range(3)]
    return [words(page.crop(box, strict=False).extract_text() or "") for box in boxes]


def test_the_words_of_pdf_and_word_are_those_of_the_paper(crowded):
    found = paper(crowded)
    expected = sorted(words(render_text(found)))

    with pdfplumber.open(io.BytesIO(render(found, "pdf"))) as pdf:
        printed = [word for page in pdf.pages for word in words(page.extract_text() or "")]
    document = docx.Document(io.BytesIO(render(found, "docx")))
    written = [word for text in document.element.body.iter("{*}t") for word in words(text.text or "")]

    numbers = [str(number) for number in range(2, 5)]
    assert sorted(printed) == sorted(expected + numbers)
    assert sorted(written) == expected


def test_no_row_of_signatories_is_cut_in_word(crowded):
    document = docx.Document(io.BytesIO(render(paper(crowded), "docx")))

    frame = next(table for table in document.tables if "THÔN ĐÔNG" in table.cell(0, 0).text)
    assert (len(frame.rows), len(frame.columns)) == (10, 3)
    assert all(row._tr.trPr is not None and row._tr.trPr.find("{*}cantSplit") is not None for row in frame.rows)
    assert [line.text for line in frame.cell(0, 0).paragraphs] == ["THÔN ĐÔNG", "TRƯỞNG THÔN", "Lò Văn Đông"]


# -- Keeping it --------------------------------------------------------------------------------


def test_what_is_saved_is_what_prints(office):
    kept = data(
        ("TRẠM Y TẾ", "TRẠM TRƯỞNG", "Lò Văn Hặc"),
        ("", "", ""),
        ("THÔN ĐÔNG", "", ""),
        place="Mai Khê",
        signed_on=dt.date(2026, 2, 18),
    )

    pledge = save_pledge(office.campaign, actor=office.an, version=0, data=kept)

    assert [(one.order, one.body, one.post, one.name) for one in pledge.signatories.all()] == [
        (1, "TRẠM Y TẾ", "TRẠM TRƯỞNG", "Lò Văn Hặc"),
        (2, "THÔN ĐÔNG", "", ""),
    ]
    text = render_text(paper(office))
    assert "Mai Khê, ngày 18 tháng 02 năm 2026\n" in text
    assert "Thi đua./.\nĐẠI DIỆN CÁC ĐƠN VỊ KÝ GIAO ƯỚC\nTRẠM Y TẾ\nTRẠM TRƯỞNG\nLò Văn Hặc\nTHÔN ĐÔNG\n" in text
    assert codes(pledge) == ["campaigns.pledge.saved"]


def test_of_two_who_save_the_second_is_told(office):
    save_pledge(office.campaign, actor=office.an, version=0, data=data(body="Của tôi./."))

    for old in (0, 2):
        with pytest.raises(EditedMeanwhile):
            save_pledge(office.campaign, actor=office.an, version=old, data=data(body="Của bạn./."))

    assert Pledge.objects.get().body == "Của tôi./."


def test_the_same_again_claims_nothing(office):
    pledge = save_pledge(office.campaign, actor=office.an, version=0, data=data(("THÔN ĐÔNG", "", "")))

    save_pledge(office.campaign, actor=office.an, version=1, data=data(("THÔN ĐÔNG", "", "")))

    pledge.refresh_from_db()
    assert pledge.version == 1


def test_what_does_not_fit_is_refused(office):
    with pytest.raises(UnfitField) as blank:
        save_pledge(office.campaign, actor=office.an, version=0, data=data(body=" "))
    with pytest.raises(UnfitRow) as nobody:
        save_pledge(office.campaign, actor=office.an, version=0, data=data(("A", "", ""), ("", "Trưởng thôn", "B")))

    assert (blank.value.field, nobody.value.field, nobody.value.position) == ("body", "body", 1)
    assert not Pledge.objects.exists()


@pytest.mark.parametrize(
    ("act", "order", "at"),
    [
        ("len-1", "bac", 0),
        ("xuong-1", "acb", 2),
        ("bo-1", "ac", 1),
        ("bo-2", "ab", 1),
        ("len-0", "abc", 0),
        ("xuong-2", "abc", 2),
        ("len-9", "abc", None),
        ("len-x", "abc", None),
        ("", "abc", None),
    ],
)
def test_rows_move_one_place_and_never_out_of_the_list(act, order, at):
    rows, place = moved([Signing(letter) for letter in "abc"], act)

    assert ("".join(row.body for row in rows), place) == (order, at)


# -- The page ----------------------------------------------------------------------------------


def form_values(page) -> dict:
    form, rows = page.context["form"], page.context["rows"]
    columns: dict[str, list[str]] = {}
    for row in rows:
        for name, _, value, _ in row.cells:
            columns.setdefault(name, []).append(value)
    return {name: form[name].value() or "" for name in form.fields} | columns


def test_the_page_shows_the_draft_and_saves_it(office):
    page = office.page("pledge")
    assert page.context["standing"] == "Bản soạn sẵn từ phong trào, chưa lưu; 4 đơn vị ký. Xem lại, sửa rồi lưu."
    assert page.context["findings"] == []

    answer = office.post("pledge", **form_values(page) | {"version": "0"})

    assert answer["Location"] == office.url("pledge")
    pledge = Pledge.objects.get()
    assert [one.name for one in pledge.signatories.all()] == [*NAMES, ""]
    assert office.page("pledge").context["standing"] == "Chưa ghi ngày ký; 4 đơn vị ký."


def test_the_buttons_at_the_rows_save_what_was_typed_and_move(office):
    office.registered("Thôn Tây")
    save_pledge(office.campaign, actor=office.an, version=0, data=data(("A", "", ""), ("B", "", "")))
    values = form_values(office.page("pledge")) | {"body": "Sửa./."}

    up = office.post("pledge", **values, viec="len-1")
    values = form_values(office.page("pledge"))
    fill = office.post("pledge", **values, viec="lay")

    assert up["Location"] == f"{office.url('pledge')}#nguoi-0"
    assert fill["Location"] == f"{office.url('pledge')}#nguoi-ky"
    pledge = Pledge.objects.get()
    assert (pledge.body, [one.body for one in pledge.signatories.all()]) == ("Sửa./.", ["B", "A", "THÔN TÂY"])


def test_an_old_page_saves_nothing_and_keeps_what_was_typed(office):
    save_pledge(office.campaign, actor=office.an, version=0, data=data(body="Của tôi./."))

    answer = office.post("pledge", body="Của bạn./.", version="0", don_vi=["A"], chuc_vu=[""], ho_ten=[""])

    assert answer.status_code == 409
    assert answer.context["form"]["body"].value() == "Của bạn./."
    assert Pledge.objects.get().body == "Của tôi./."


def test_a_row_without_its_body_is_told_at_the_row(office):
    answer = office.post(
        "pledge", body="A./.", version="0", don_vi=["", ""], chuc_vu=["Trưởng thôn", ""], ho_ten=["", ""]
    )

    assert answer.status_code == 422
    assert [(row.field, row.error) for row in answer.context["rows"]][0] == ("don_vi", "Ghi đơn vị ký giao ước.")


@pytest.mark.parametrize(("to", "start"), [("pdf", b"%PDF"), ("docx", b"PK"), ("txt", "ỦY BAN".encode())])
def test_the_files_are_there_before_it_is_saved_and_after(office, to, start):
    assert office.page("pledge_download", to).content.startswith(start)
    save_pledge(office.campaign, actor=office.an, version=0, data=data(("A", "", "")))
    assert office.page("pledge_download", to, who=office.binh).content.startswith(start)


def test_strangers_and_other_formats_get_nothing(office):
    assert office.page("pledge_download", "exe").status_code == 404
    assert office.page("pledge", who=office.cuong).status_code == 404
    assert office.page("pledge_download", "pdf", who=office.cuong).status_code == 404
    assert office.page("pledge", who=office.binh).status_code == 200
    assert office.post("pledge", who=office.binh, body="A", version="0").status_code == 403


def test_a_unit_without_an_issuer_is_told_what_to_do(office):
    office.unit.issuers.all().delete()

    assert "chưa có cơ quan ban hành" in office.page("pledge").content.decode()
    assert office.page("pledge_download", "pdf").status_code == 302


@pytest.mark.parametrize("count", [3, 40])
def test_the_queries_of_the_page_do_not_grow_with_those_who_sign(office, count):
    rows = [(f"Thôn {number}", "", "") for number in range(count)]
    save_pledge(office.campaign, actor=office.an, version=0, data=data(*rows))
    for number in range(count):
        office.registered("Thôn Đông", LDTT, person=office.person(f"Vì Thị {number}"))
    office.page("pledge")

    with CaptureQueriesContext(connection) as found:
        office.page("pledge")

    assert len(found) == 13
