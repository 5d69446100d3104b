"""The table of laws that every installation has after ``migrate``."""

from __future__ import annotations

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps

from documents import legal_texts
from documents.models import LegalText
from documents.selectors import legal_text_rows

pytestmark = pytest.mark.django_db


def in_force(day: dt.date) -> set[str]:
    return {
        text.number
        for text in legal_text_rows()
        if (text.in_force_from is None or text.in_force_from <= day)
        and (text.in_force_to is None or day <= text.in_force_to)
    }


def test_every_known_text_is_there_as_it_was_written_down():
    known = legal_texts.known_texts()
    assert len(known) > 20

    stored = [
        {
            "number": text.number,
            "name": text.name,
            "issuer": text.issuer,
            "issued_on": text.issued_on and text.issued_on.isoformat(),
            "in_force_from": text.in_force_from and text.in_force_from.isoformat(),
            "in_force_to": text.in_force_to and text.in_force_to.isoformat(),
            "replaced_by": text.replaced_by.number if text.replaced_by else "",
            "certainty": text.certainty,
            "source": text.source,
        }
        for text in legal_text_rows()
    ]

    assert sorted(stored, key=lambda row: row["number"]) == sorted(known, key=lambda row: row["number"])


def test_what_replaces_a_text_is_in_the_table_and_begins_when_it_ends():
    numbers = {row["number"] for row in legal_texts.known_texts()}

    assert {row["replaced_by"] for row in legal_texts.known_texts() if row["replaced_by"]} <= numbers
    for text in legal_text_rows():
        if text.replaced_by is not None:
            assert text.in_force_to is not None, text.number
            begins = text.replaced_by.in_force_from
            assert begins is None or begins <= text.in_force_to + dt.timedelta(days=1), text.number


@pytest.mark.parametrize(
    ("day", "decree"),
    [("2023-12-31", "91/2017/NĐ-CP"), ("2024-01-01", "98/2023/NĐ-CP"), ("2025-07-01", "152/2025/NĐ-CP")],
)
def test_each_day_has_one_decree_on_emulation(day, decree):
    decrees = {"91/2017/NĐ-CP", "98/2023/NĐ-CP", "152/2025/NĐ-CP"}

    assert in_force(dt.date.fromisoformat(day)) & decrees == {decree}


def test_what_nobody_confirmed_says_so():
    said = {text.number: text.get_certainty_display() for text in legal_text_rows()}

    assert said["06/2022/QH15"] == "Đã đọc nguyên văn"
    assert said["06/2026/QH16"] == "Theo nguồn khác"
    assert said["38/2019/NĐ-CP"] == "Chưa xác nhận"
    assert [text.number for text in legal_text_rows() if not text.source] == []
    assert {text.certainty for text in legal_text_rows()} <= set(LegalText.Certainty.values)


def test_a_text_is_found_without_its_marks():
    assert LegalText.objects.get(search__contains="ve phan cap, phan quyen").number == "152/2025/NĐ-CP"


def test_loading_again_keeps_what_an_office_corrected():
    LegalText.objects.filter(number="15/2025/TT-BNV").update(certainty="seen", source="Công văn của Sở Nội vụ")
    LegalText.objects.filter(number="91/2017/NĐ-CP").delete()

    legal_texts.load_missing(LegalText)
    legal_texts.load_missing(LegalText)

    assert LegalText.objects.count() == len(legal_texts.known_texts())
    assert LegalText.objects.get(number="15/2025/TT-BNV").source == "Công văn của Sở Nội vụ"
    assert LegalText.objects.get(number="91/2017/NĐ-CP").replaced_by.number == "98/2023/NĐ-CP"


def test_the_migration_can_be_taken_back():
    LegalText.objects.create(number="9/2026/QĐ-UBND", name="Quyết định của tỉnh")

    import_module("documents.migrations.0003_legal_texts").unload(apps, None)

    assert [text.number for text in legal_text_rows()] == ["9/2026/QĐ-UBND"]


def test_the_table_is_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        heirs = [text.replaced_by and text.replaced_by.number for text in legal_text_rows()]

    assert len(heirs) == len(legal_texts.known_texts())
