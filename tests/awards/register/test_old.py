"""Old decisions: typed, pasted and out of Excel; people are known again, asked about where it is unsure."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.urls import reverse

from awards.models import Decision, Grant, Subject
from awards.register.old import NoLines, OldDecision, OldLine, enter_old
from awards.register.resources import GrantResource
from core.errors import UnfitField, UnfitRow
from core.files import XLSX
from core.resources import Report
from core.sheets.reading import read_sheets
from core.sheets.tables import find_table
from tests.awards.rows import Office, a_nominee, a_subject, an_office
from tests.core.sheet_samples import book
from tests.units.conftest import signed_in

pytestmark = pytest.mark.django_db

HEAD = OldDecision("45/QĐ-UBND", dt.date(2019, 1, 18), "Lò Văn Thắng", "UBND xã Yên Bình")
HEADS = ("TT", "Số QĐ", "Ngày quyết định", "Họ và tên", "Năm sinh", "Đơn vị", "Danh hiệu", "Năm")


@pytest.fixture
def office() -> Office:
    return an_office()


def enter(office: Office, *lines: OldLine, joins: bool = True, head: OldDecision = HEAD) -> Any:
    return enter_old(office.unit.pk, actor=office.officer, decision=head, lines=lines, joins_same_name=joins)


def test_a_decision_enters_with_its_lines(office):
    entered = enter(
        office,
        OldLine(
            "Bà Nguyễn Thị Hoa", "CSTĐCS", birth_year=1980, detail="Trường Tiểu học số 1", year=2018, money=1_390_000
        ),
        OldLine("Thôn Đông", "Làng văn hóa xuất sắc"),
    )

    decision = entered.decision
    assert (decision.number, decision.day, decision.signer, decision.state) == (
        *("45/QĐ-UBND", dt.date(2019, 1, 18), "Lò Văn Thắng", "published"),
    )
    fields = ("order", "kind", "honorific", "name", "award", "award_name", "year", "money", "golden_number")
    assert list(Grant.objects.order_by("order").values_list(*fields)) == [
        (1, "person", "Bà", "Nguyễn Thị Hoa", "CSTDCS", "Chiến sĩ thi đua cơ sở", 2018, 1_390_000, "1"),
        (2, "collective", "", "Thôn Đông", "", "Làng văn hóa xuất sắc", 2019, None, "2"),
    ]
    assert list(Subject.objects.values_list("name", "birth_year")) == [("Nguyễn Thị Hoa", 1980), ("Thôn Đông", None)]


def test_a_decision_that_is_there_gets_the_lines_that_it_lacks(office):
    enter(office, OldLine("Nguyễn Thị Hoa", "LDTT"))

    again = enter(office, OldLine("nguyễn thị  Hoa", "Lao động tiên tiến"), OldLine("Trần Văn Bình", "LĐTT"))

    assert (again.there, [grant.name for grant in again.grants]) == (1, ["Trần Văn Bình"])
    assert (Decision.objects.count(), list(Grant.objects.values_list("order", flat=True))) == (1, [1, 2])


def test_lines_of_a_round_are_not_entered_by_hand(office):
    decision = Decision.objects.create(
        unit=office.unit, round=office.round, state="issued", number=HEAD.number, day=HEAD.day
    )
    a_nominee(office.lists["school"], decision=decision)

    with pytest.raises(UnfitField, match="từ đợt xét"):
        enter(office, OldLine("Nguyễn Thị Hoa", "LDTT"))


@pytest.mark.parametrize(
    ("known", "line", "joins", "is_new"),
    [
        ({"birth_year": 1980}, {"birth_year": 1980}, False, False),
        ({"birth_year": 1980}, {"birth_year": 1985}, True, True),
        ({"birth_year": 1980}, {}, True, False),
        ({"birth_year": 1980}, {}, False, True),
        ({}, {"birth_year": 1980}, True, False),
        ({}, {}, False, True),
    ],
)
def test_people_are_known_by_name_and_birth_year(office, known, line, joins, is_new):
    there = a_subject(office.unit, "Nguyễn Thị Hoa", **known)

    [grant] = enter(office, OldLine("Nguyễn Thị Hoà", "LDTT", **line), joins=joins).grants
    [same] = enter(
        office, OldLine("Nguyễn Thị Hoa", "LDTT", **line), joins=joins, head=OldDecision("9/QĐ", HEAD.day)
    ).grants

    assert grant.subject != there  # «Hoà» is another name than «Hoa»
    assert (same.subject != there) == is_new


def test_two_of_one_name_are_asked_about(office):
    for year in (1980, 1985):
        a_subject(office.unit, "Nguyễn Thị Hoa", birth_year=year)

    with pytest.raises(UnfitRow) as refused:
        enter(office, OldLine("Trần Văn Bình", "LDTT"), OldLine("Nguyễn Thị Hoa", "LDTT"))

    assert (refused.value.position, refused.value.field, Grant.objects.count()) == (1, "birth_year", 0)
    assert str(refused.value) == "Có 2 đối tượng tên Nguyễn Thị Hoa trong sổ. Ghi thêm năm sinh để biết là ai."


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (OldLine("", "LDTT"), "name"),
        (OldLine("Hoa", ""), "award"),
        (OldLine("Hoa", "LDTT", year=2030), "year"),
        (OldLine("<b>Hoa</b>", "LDTT"), "name"),
    ],
)
def test_what_does_not_fit_is_said_at_its_line(office, line, field):
    with pytest.raises(UnfitRow) as refused:
        enter(office, OldLine("Trần Văn Bình", "LDTT"), line)

    assert (refused.value.position, refused.value.field) == (1, field)


def test_a_decision_without_lines_is_refused(office):
    with pytest.raises(NoLines):
        enter(office)


# -- The page ------------------------------------------------------------------------------


def typed(office: Office, *lines: dict[str, str], **more: str) -> dict[str, str]:
    found = {"unit": str(office.unit.pk), "number": HEAD.number, "day": "18/1/2019", "decider": "commune"}
    found |= {"same_name": "mot", "rows": "10"}
    for place, line in enumerate(lines):
        found |= {f"{place}-{name}": value for name, value in line.items()}
    return found | more


def test_a_decision_is_typed_line_by_line_and_blank_lines_are_none(office):
    page = signed_in(office.officer)

    answer = page.post(
        reverse("awards:enter_old"),
        typed(
            office,
            {"name": "Bà Nguyễn Thị Hoa", "award": "Lao động tiên tiến", "year": "2018", "money": "390.000"},
            {},
            {"name": "Thôn Đông", "award": "Tập thể lao động tiên tiến"},
        ),
        follow=True,
    )

    assert "Đã vào sổ 2 dòng của Quyết định số 45/QĐ-UBND." in answer.content.decode()
    assert list(Grant.objects.order_by("order").values_list("name", "award", "money")) == [
        ("Nguyễn Thị Hoa", "LDTT", 390_000),
        ("Thôn Đông", "TTLDTT", None),
    ]


def test_a_refused_line_is_named_and_everything_stays(office):
    answer = signed_in(office.officer).post(
        reverse("awards:enter_old"), typed(office, {"name": "Hoa", "award": "LDTT"}, {"name": "Bình", "award": ""})
    )

    text = answer.content.decode()
    assert (answer.status_code, Grant.objects.count()) == (422, 0)
    assert "Dòng 2: Ghi danh hiệu hoặc hình thức khen thưởng." in text
    assert 'value="Bình"' in text


def test_more_lines_without_scripts_keep_what_was_typed(office):
    answer = signed_in(office.officer).post(
        reverse("awards:enter_old"), typed(office, {"name": "Hoa", "award": "LDTT"}, more="1", number="")
    )

    assert (answer.status_code, answer.context["rows"].count) == (200, 20)
    assert 'value="Hoa"' in answer.content.decode()


def test_pasted_words_in_an_old_encoding_become_unicode(office):
    line = {"name": "NguyÔn ThÞ Hoa", "award": "ChiÕn sÜ thi ®ua c¬ së", "detail": "Tr­êng TiÓu häc sè 1"}

    signed_in(office.officer).post(reverse("awards:enter_old"), typed(office, line))

    assert list(Grant.objects.values_list("name", "award", "detail")) == [
        ("Nguyễn Thị Hoa", "CSTDCS", "Trường Tiểu học số 1")
    ]


# -- Excel -----------------------------------------------------------------------------------


def run(office: Office, *rows: Any, dry_run: bool = True, heads: Any = HEADS) -> Report:
    resource = GrantResource.opened(actor=office.officer, target_id=office.unit.pk, options={})
    sheets = resource.as_read(read_sheets(io.BytesIO(book([heads, *rows])), XLSX))
    return resource.run(find_table(sheets, resource.wanted, resource.required), dry_run=dry_run)


ROWS = [
    (1, "45/QĐ-UBND", "18/1/2019", "Bà Nguyễn Thị Hoa", 1980, "Trường Tiểu học số 1", "Chiến sĩ thi đua cơ sở", 2018),
    (2, "45/QĐ-UBND", "18/1/2019", "Thôn Đông", "", "", "Làng văn hóa xuất sắc", ""),
    (3, "50/QĐ-UBND", "20/1/2020", "Nguyễn Thị Hoa", 1980, "", "LĐTT", 2019),
]


def test_a_sheet_is_looked_at_and_then_written_by_decision(office):
    seen = run(office, *ROWS)
    assert (Grant.objects.count(), Decision.objects.count(), Subject.objects.count()) == (0, 0, 0)

    written = run(office, *ROWS, dry_run=False)

    assert [row.outcome for row in seen.rows] == ["new", "new", "new"]
    assert written.digest == seen.digest
    assert list(
        Grant.objects.order_by("decision__number", "order").values_list(
            "decision__number", "order", "name", "award", "year"
        )
    ) == [
        ("45/QĐ-UBND", 1, "Nguyễn Thị Hoa", "CSTDCS", 2018),
        ("45/QĐ-UBND", 2, "Thôn Đông", "", 2019),
        ("50/QĐ-UBND", 1, "Nguyễn Thị Hoa", "LDTT", 2019),
    ]
    assert Subject.objects.filter(name="Nguyễn Thị Hoa").count() == 1
    assert "«Làng văn hóa xuất sắc» không có trong danh mục, giữ nguyên tên." in seen.rows[1].notes


def test_a_sheet_that_comes_again_changes_nothing(office):
    run(office, *ROWS, dry_run=False)

    assert [(row.outcome, row.label) for row in run(office, *ROWS).rows] == [
        ("same", "Nguyễn Thị Hoa"),
        ("same", "Thôn Đông"),
        ("same", "Nguyễn Thị Hoa"),
    ]


def test_each_row_says_its_own_faults(office):
    rows = run(
        office,
        (1, "QĐ-UBND", "18/1/2019", "Hoa", "", "", "LĐTT", ""),
        (2, "45/QĐ-UBND", "18/1/2019", "", "", "", "LĐTT", ""),
        (3, "45/QĐ-UBND", "32/1/2019", "Hoa", "", "", "LĐTT", ""),
        (4, "45/QĐ-UBND", "18/1/2019", "Bình", "", "", "LĐTT", 2020),
        (5, "45/QĐ-UBND", "18/1/2019", "Mai", "", "", "LĐTT", 2018),
        (6, "45/QĐ-UBND", "18/1/2019", "mai", "", "", "Lao động tiên tiến", 2018),
    ).rows

    assert [row.outcome for row in rows] == ["wrong", "wrong", "wrong", "wrong", "new", "wrong"]
    assert rows[0].errors == ["Ghi số, ký hiệu quyết định, ví dụ 312/QĐ-UBND."]
    assert rows[1].errors == ["Họ và tên, tên gọi: còn trống."]
    assert rows[3].errors == ["Năm tính thành tích từ 1945 đến năm quyết định (2019)."]
    assert rows[5].errors == ["Trùng với dòng 6 của tệp. Hãy bỏ một trong hai dòng."]


def test_a_sheet_in_tcvn3_is_read_heads_and_all(office):
    heads = ("TT", "Sè Q§", "Ngµy quyÕt ®Þnh", "Hä vµ tªn", "N¨m sinh", "§¬n vÞ", "Danh hiÖu", "N¨m")
    row = (1, "45/Q§-UBND", "18/1/2019", "NguyÔn ThÞ Hoa", 1980, "Tr­êng TiÓu häc", "ChiÕn sÜ thi ®ua c¬ së", 2018)

    run(office, row, dry_run=False, heads=heads)

    assert list(Grant.objects.values_list("name", "award", "decision__number")) == [
        ("Nguyễn Thị Hoa", "CSTDCS", "45/QĐ-UBND")
    ]
