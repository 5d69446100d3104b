"""Sổ văn bản: found, sorted, printed, taken to Excel; past papers typed in."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from documents.models import IssuedPaper
from tests.core.sheet_samples import downloaded, read_book
from tests.factories import IssuerFactory, UserFactory
from tests.plans.issuing.signed_copies import SCAN
from tests.plans.rows import written
from tests.units.conftest import signed_in
from units.models import Issuer, Membership, Unit

pytestmark = pytest.mark.django_db

QUERIES = 7
REGISTER, RECORD = reverse("documents:register"), reverse("documents:record")
Role = Membership.Role


@pytest.fixture
def issuer() -> Issuer:
    return IssuerFactory()


@pytest.fixture
def officer(issuer: Issuer) -> Any:
    return UserFactory(role=Role.OFFICER, unit=issuer.unit)


@pytest.fixture
def page(officer: Any) -> Client:
    return signed_in(officer)


def paper(issuer: Issuer, number: str, day: str = "2025-03-10", **values: Any) -> IssuedPaper:
    fields = {"kind": "Kế hoạch", "symbol": "KH-UBND", "subject": "Công tác thi đua", "signer": "Lò Văn Thắng"}
    return IssuedPaper.objects.create(
        issuer=issuer, number=number, date=dt.date.fromisoformat(day), **(fields | values)
    )


def typed(**values: Any) -> dict[str, Any]:
    return {
        "kind": "Báo cáo",
        "number": "12",
        "symbol": "BC-UBND",
        "date": "5/3/2024",
        "subject": "Kết quả phong trào",
        "signer": "Hà Thị Mận",
        **values,
    }


def numbers(answer: Any) -> list[str]:
    return [row.number for row in answer.context["page"].rows]


def word_file(text: str) -> bytes:
    document, content = Document(), io.BytesIO()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(content)
    return content.getvalue()


# -- The list ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["100", "27", "9", "3"]),
        ("?q=bao cao", ["3"]),
        ("?q=27/kh-ubnd", ["27"]),
        ("?q=LO VAN thang ke", ["100", "27", "9"]),
        ("?nam=2024", ["3"]),
        ("?xep=so", ["3", "9", "27", "100"]),
        ("?xep=-so", ["100", "27", "9", "3"]),
        ("?q=khong co", []),
    ],
)
def test_papers_are_found_without_marks_and_sorted_by_number_as_numbers(page, issuer, query, found):
    paper(issuer, "9", "2025-01-09")
    paper(issuer, "100", "2025-12-01")
    paper(issuer, "27", "2025-02-01")
    paper(issuer, "3", "2024-02-01", kind="Báo cáo", symbol="BC-UBND")
    paper(IssuerFactory(), "55")  # of another unit

    assert numbers(page.get(f"{REGISTER}{query}")) == found


def test_the_list_of_one_issuer(page, issuer):
    council = IssuerFactory(unit=issuer.unit, name_lines="HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG")
    paper(issuer, "1")
    paper(council, "2")

    assert numbers(page.get(f"{REGISTER}?cq={council.pk}")) == ["2"]


def test_the_list_asks_the_database_as_often_for_300_rows_as_for_3(page, issuer, django_assert_num_queries):
    def asked() -> int:
        with django_assert_num_queries(QUERIES) as queries:
            answer = page.get(f"{REGISTER}?dong=100")
        assert len(numbers(answer)) == min(IssuedPaper.objects.count(), 100)
        return len(queries)

    for number in range(3):
        paper(issuer, str(number + 1))
    page.get(f"{REGISTER}?dong=100")  # the first look is written down in the session
    few = asked()
    for number in range(3, 300):
        paper(issuer, str(number + 1))

    assert asked() == few


def test_the_list_goes_into_excel_with_its_filters(page, issuer):
    paper(issuer, "9", "2025-01-09")
    paper(issuer, "3", "2024-02-01")

    [_, _, head, *rows] = read_book(downloaded(page.get(f"{reverse('documents:export')}?nam=2025")))["Sổ văn bản"]

    assert head == (
        *("TT", "Số", "Ký hiệu", "Ngày ban hành", "Tên loại", "Trích yếu", "Người ký"),
        *("Cơ quan ban hành", "Bản đã ký"),
    )
    day = dt.datetime.fromisoformat("2025-01-09")
    assert rows == [
        (1, "9", "KH-UBND", day, "Kế hoạch", "Công tác thi đua", "Lò Văn Thắng", issuer.name, None),
    ]


@pytest.mark.parametrize(("role", "buttons"), [(Role.OFFICER, 1), (Role.CLERK, 1), (Role.LEADER, 0)])
def test_an_empty_register_teaches_and_offers_what_one_may_do(issuer, role, buttons):
    answer = signed_in(UserFactory(role=role, unit=issuer.unit)).get(REGISTER)

    assert "Sổ chưa có văn bản nào" in answer.content.decode()
    assert answer.content.decode().count(f'class="btn btn-primary" href="{RECORD}"') == buttons


# -- A past paper, typed in ----------------------------------------------------------------


def test_a_past_paper_is_typed_in_with_its_file(page, issuer, officer):
    answer = page.post(RECORD, typed(issuer=issuer.name, signed_file=SimpleUploadedFile("12.pdf", SCAN)), follow=True)

    kept = IssuedPaper.objects.get()
    assert answer.redirect_chain == [(reverse("documents:paper", args=[kept.pk]), 302)]
    assert (kept.issuer, kept.kind, kept.full_number, kept.date) == (
        issuer,
        "Báo cáo",
        "12/BC-UBND",
        dt.date(2024, 3, 5),
    )
    assert (kept.subject, kept.signer, kept.issued_file) == ("Kết quả phong trào", "Hà Thị Mận", None)
    assert (kept.signed_file.name, kept.signed_file.size) == ("12.pdf", len(SCAN))
    assert kept.signed_file.sha256 in answer.content.decode()
    assert "documents.paper.recorded" in [entry[0] for entry in written()]
    assert {entry[3] for entry in written()} == {officer.pk}


def test_the_next_entry_keeps_what_papers_of_a_row_share(page, issuer):
    answer = page.post(RECORD, typed(issuer=issuer.name, tiep="1"), follow=True)

    form = answer.context["form"]
    assert [form[name].value() for name in ("issuer", "kind", "symbol", "signer", "number")] == [
        f"{issuer.name} ({issuer.unit.title})",
        "Báo cáo",
        "BC-UBND",
        "Hà Thị Mận",
        None,
    ]


def test_the_next_entry_begins_at_the_number_and_enter_goes_on(page, issuer):
    council = IssuerFactory(unit=issuer.unit, name_lines="HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG")
    first = page.get(RECORD).content.decode()
    answer = page.post(RECORD, typed(issuer=council.name, tiep="1"), follow=True)
    following = answer.content.decode()

    def buttons(words: str) -> list[str]:
        return re.findall(r"<button[^>]*>([^<]*)</button>", words.partition('class="form-acts"')[2])

    assert answer.context["form"]["issuer"].value() == f"{council.name} ({council.unit.title})"
    assert [words.count("autofocus") for words in (first, following)] == [1, 1]
    assert following.partition("autofocus")[0].rpartition("<")[2].startswith('input type="text" name="number"')
    assert buttons(first) == ["Ghi vào sổ", "Ghi và ghi tiếp", "Đọc từ tệp"]
    assert buttons(following) == ["Ghi và ghi tiếp", "Ghi vào sổ rồi thôi", "Đọc từ tệp"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"number": "7"}, "number"),
        ({"number": "x"}, "number"),
        ({"symbol": ""}, "symbol"),
        ({"date": "31/2/2024"}, "date"),
        ({"date": "5/3/2124"}, "date"),
        ({"kind": ""}, "kind"),
        ({"issuer": "Ủy ban nhân dân nơi khác"}, "issuer"),
        ({"signed_file": SimpleUploadedFile("12.pdf", b"MZ")}, "signed_file"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(page, issuer, values, field):
    paper(issuer, "07", "2024-01-15", symbol="BC-UBND")

    answer = page.post(RECORD, typed(**{"issuer": issuer.name, **values}))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert IssuedPaper.objects.count() == 1


def test_a_paper_of_days_before_the_unit_is_refused(page, issuer):
    Unit.objects.filter(pk=issuer.unit_id).update(valid_from=dt.date(2025, 7, 1))

    answer = page.post(RECORD, typed(issuer=issuer.name))

    title = issuer.unit.title
    assert answer.context["form"].errors["date"] == [f"{title} chỉ có từ ngày 01/07/2025."]


def test_issuers_of_other_units_are_not_offered(page, issuer):
    other = IssuerFactory()

    answer = page.post(RECORD, typed(issuer=other.name))

    assert (answer.status_code, IssuedPaper.objects.count()) == (422, 0)


def test_a_missing_signed_copy_is_added_once(page, issuer):
    url = reverse("documents:paper", args=[paper(issuer, "7").pk])
    assert page.post(url, {}).context["form"].errors["signed_file"] == ["Chưa chọn tệp."]

    page.post(url, {"signed_file": SimpleUploadedFile("7.pdf", SCAN)})
    again = page.post(url, {"signed_file": SimpleUploadedFile("khac.pdf", SCAN + b"\n")})

    assert again.context["form"].errors["signed_file"] == ["Văn bản này đã có bản đã ký; bản đã lưu không thay được."]
    assert IssuedPaper.objects.get().signed_file.name == "7.pdf"


@pytest.mark.parametrize(("role", "code"), [(Role.CLERK, 302), (Role.LEADER, 403)])
def test_only_those_who_keep_the_register_add_to_it(issuer, role, code):
    url = reverse("documents:paper", args=[paper(issuer, "7").pk])
    window = signed_in(UserFactory(role=role, unit=issuer.unit))

    assert window.post(url, {"signed_file": SimpleUploadedFile("7.pdf", SCAN)}).status_code == code


def test_kind_and_subject_too_are_read_from_the_file(page, issuer):
    words = "\n".join(
        [
            "ỦY BAN NHÂN DÂN",
            "XÃ VÂN KHÊ",
            "Số: 12/BC-UBND",
            "Vân Khê, ngày 05 tháng 3 năm 2024",
            "BÁO CÁO",
            "Kết quả phong trào thi đua quý I",
        ]
    )
    signed = SimpleUploadedFile("12.docx", word_file(words))

    form = page.post(RECORD, {"issuer": issuer.name, "doc": "1", "signed_file": signed}).context["form"]

    assert [str(form[name].value()) for name in ("issuer", "kind", "number", "symbol", "date", "subject")] == [
        issuer.name,
        "Báo cáo",
        "12",
        "BC-UBND",
        "2024-03-05",
        "Kết quả phong trào thi đua quý I",
    ]
    assert IssuedPaper.objects.count() == 0
