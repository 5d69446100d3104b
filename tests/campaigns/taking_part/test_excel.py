"""Registrations out of sheets and into them: what goes out comes back the same, bad rows say why."""

from __future__ import annotations

import datetime as dt

import pytest
from django.http import QueryDict

from campaigns.models import Registration
from campaigns.taking_part.excel import NoRight, RegistrationResource, list_registrations
from campaigns.taking_part.promises import Promise
from core.sheets.tables import Table, TableRow
from tests.campaigns.taking_part.office import IN_TIME, LDTT, TTLDTT, promised

HEADS = ("place", "person_name", "person_post", "titles", "promises", "day")


def table(*rows) -> Table:
    found = [
        TableRow(number, {name: value for name, value in zip(HEADS, row, strict=False) if value is not None}, "")
        for number, row in enumerate(rows, start=2)
    ]
    return Table("Đăng ký", {name: name for name in HEADS}, found)


def run(office, *rows, dry_run=False):
    resource = RegistrationResource.opened(actor=office.an, target_id=office.campaign.pk, options={})
    return resource.run(table(*rows), dry_run=dry_run)


def exported(office) -> list[list]:
    listed = list_registrations(office.an, office.campaign.pk, QueryDict())
    return [list(row)[1:] for row in listed.resource.exported(listed.rows)]


def test_places_people_and_new_people_come_in(office):
    office.person("Lò Văn Hặc")

    report = run(
        office,
        ("Thôn Đông", None, None, "TTLĐTT", "Trồng cây phân tán: 200 cây\nHiến đất", IN_TIME),
        ("thôn đông", "Lò Văn Hặc", None, "LĐTT; Gia đình văn hóa", None, "10/2/2026"),
        ("Thôn Tây", "Vì Thị Mới", "Chi hội trưởng", "LĐTT", None, None),
    )

    assert [(row.outcome, row.errors) for row in report.rows] == [("new", [])] * 3
    assert report.rows[2].notes == ["Thêm người mới vào Thôn Tây: Vì Thị Mới."]
    rows = Registration.objects.order_by("pk").select_related("part", "person")
    assert [(str(row.part), str(row.person or ""), row.titles, row.day) for row in rows] == [
        ("Thôn Đông", "", TTLDTT, IN_TIME),
        ("Thôn Đông", "Lò Văn Hặc", f"{LDTT}\nGia đình văn hóa", IN_TIME),
        ("Thôn Tây", "Vì Thị Mới", LDTT, dt.date(2026, 2, 18)),
    ]
    assert rows[0].promises == [{"target": office.trees.pk, "low": "200"}, {"text": "Hiến đất"}]
    assert rows[2].person.post == "Chi hội trưởng"


def test_looking_writes_nothing(office):
    report = run(office, ("Thôn Tây", "Vì Thị Mới", None, "LĐTT"), dry_run=True)

    assert report.count("new") == 1
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (("Thôn Lạ", None, None, "LĐTT"), "Nơi đăng ký: «Thôn Lạ» không có trong danh sách của đơn vị."),
        ((None, "Lò Văn Hặc", None, "LĐTT"), "Nơi đăng ký: còn trống."),
        (("Thôn Đông",), "Ghi danh hiệu đăng ký, hoặc ít nhất một chỉ tiêu đăng ký."),
        (("Thôn Đông", None, None, "LĐTT", None, "31/2/2026"), "Ngày gửi: không có ngày 31/2/2026."),
        (("Thôn Đông", None, None, "LĐTT", None, "28/2/2026"), "Ngày 28/02/2026 chưa đến."),
        (
            ("Thôn Đông", "Lò Văn Tây", None, "LĐTT"),
            "Lò Văn Tây đang ở Thôn Tây; nếu là người khác thì thêm vào danh sách Nhân sự trước.",
        ),
    ],
)
def test_a_bad_row_says_why(office, row, error):
    report = run(office, row)

    assert [row.errors for row in report.rows] == [[error]]
    assert not Registration.objects.exists()


def test_two_rows_of_one_are_refused(office):
    report = run(office, ("Thôn Đông", None, None, "LĐTT"), ("Thôn  Đông", None, None, "TTLĐTT"), dry_run=True)

    assert [row.outcome for row in report.rows] == ["new", "wrong"]
    assert report.rows[1].errors == ["Trùng với dòng 2 của tệp. Hãy bỏ một trong hai dòng."]


def test_of_two_of_one_name_the_post_decides_or_the_row_is_refused(office):
    office.person("Lò Văn Hặc", post="Phó thôn")
    second = office.person("Lò Văn Hặc", post="Công an viên")

    refused = run(office, ("Thôn Đông", "Lò Văn Hặc", None, "LĐTT"))
    assert refused.rows[0].errors == ["Có 2 người tên Lò Văn Hặc; ghi thêm chức vụ như trong danh sách Nhân sự."]
    run(office, ("Thôn Đông", "Lò Văn Hặc", "Công an viên", "LĐTT"))

    assert Registration.objects.get().person == second


def test_what_went_out_comes_back_the_same(office):
    office.registered(
        "Thôn Đông",
        TTLDTT,
        "Thôn văn hóa",
        promises=(promised(office.trees, "1200.5"), promised(office.poverty, "2"), Promise(text="Hiến đất")),
    )
    office.approved(office.registered("Thôn Đông", LDTT, person=office.person("Lò Văn Hặc", post="Phó thôn")))
    rows = exported(office)
    assert [row[:7] for row in rows] == [
        [
            "Thôn Đông",
            "",
            "",
            f"{TTLDTT}; Thôn văn hóa",
            "Trồng cây phân tán: 1.200,5 cây\nTỷ lệ hộ nghèo: 2 %\nHiến đất",
            IN_TIME,
            "Chờ duyệt",
        ],
        ["Thôn Đông", "Lò Văn Hặc", "Phó thôn", LDTT, "", IN_TIME, "Đã duyệt"],
    ]

    back = [tuple(cell or None for cell in row[:6]) for row in rows]
    report = run(office, back[0], dry_run=True)

    assert [(row.outcome, row.errors) for row in report.rows] == [("same", [])]


def test_an_approved_one_is_not_changed_by_a_sheet(office):
    office.approved(office.registered("Thôn Đông"))

    report = run(office, ("Thôn Đông", None, None, "Thôn văn hóa"))

    assert report.rows[0].errors == ["Đăng ký này đã duyệt. Muốn sửa thì trả lại trước, kèm lý do."]
    assert Registration.objects.get().titles == TTLDTT


def test_a_row_changes_what_it_says_and_nothing_else(office):
    office.registered("Thôn Đông", promises=(promised(office.trees, "200"),))

    report = run(office, ("Thôn Đông", None, None, "Thôn văn hóa"))

    row = Registration.objects.get()
    assert (report.rows[0].outcome, row.titles) == ("changed", "Thôn văn hóa")
    assert row.promises == [{"target": office.trees.pk, "low": "200"}]


def test_only_the_officer_of_the_unit_brings_rows_in(office):
    for user in (office.binh, office.cuong, office.lan):
        with pytest.raises(NoRight):
            RegistrationResource.opened(actor=user, target_id=office.campaign.pk, options={})
