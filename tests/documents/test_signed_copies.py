"""What came back signed, on the page of a paper in the register: told before it is kept, and ever after."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core import audit, files
from documents import findings
from documents.models import IssuedPaper
from documents.rendering.pdf import render_pdf
from tests.documents.signed.returned import RETURNED, once, twice
from tests.documents.signed.samples import pictures_of, scan
from tests.documents.signed.signing import authority
from tests.factories import IssuerFactory, UserFactory
from tests.layout.papers import plain_plan
from tests.layout.rendered import pdf_of
from tests.plans.rows import written
from tests.units.conftest import signed_in
from units.models import Membership, User

pytestmark = pytest.mark.django_db
NO_CHANGE = (
    "Bản phát hành đã giữ nguyên, không sửa theo bản đã ký được nữa. "
    "Cần sửa nội dung thì ban hành văn bản sửa đổi, bổ sung."
)


@pytest.fixture(autouse=True)
def _known_authority(settings, tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_bytes(authority().pem)
    settings.SIGNATURE_ROOT_FILES = [str(tmp_path / "root.pem")]


@pytest.fixture
def paper() -> IssuedPaper:
    return IssuedPaper.objects.create(
        issuer=IssuerFactory(),
        kind="Kế hoạch",
        number="05",
        symbol="KH-UBND",
        date=dt.date(2026, 2, 5),
        signer="Lò Văn Thắng",
    )


@pytest.fixture
def officer(paper: IssuedPaper) -> User:
    return UserFactory(role=Membership.Role.OFFICER, unit=paper.issuer.unit)


@pytest.fixture
def page(officer: User) -> Client:
    return signed_in(officer)


def address(paper: IssuedPaper, name: str = "paper") -> str:
    return reverse(f"documents:{name}", args=[paper.pk])


def went_out(paper: IssuedPaper, content: bytes, actor: User) -> None:
    """The paper was drawn here."""
    stored = files.store(io.BytesIO(content), name="05.pdf", unit_id=paper.issuer.unit_id, actor=actor)
    IssuedPaper.objects.filter(pk=paper.pk).update(issued_file=stored)


def add(page: Client, paper: IssuedPaper, content: bytes | None, name: str = "05.pdf", **more: Any) -> Any:
    dropped = {"signed_file": SimpleUploadedFile(name, content)} if content is not None else {}
    return page.post(address(paper), {**dropped, **more}, follow=True)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def kept(paper: IssuedPaper) -> bool:
    return IssuedPaper.objects.get(pk=paper.pk).signed_file is not None


@pytest.mark.parametrize("kind", RETURNED)
def test_each_kind_of_file_shows_its_sentence_when_it_comes_and_ever_after(page, paper, kind):
    returned = RETURNED[kind]

    answer = add(page, paper, returned.make(), returned.name)

    assert returned.sentence in words(answer)
    assert kept(paper) is not returned.is_doubted
    if returned.is_doubted:
        assert answer.context["form"].errors == {"signed_file": [returned.sentence]}
        answer = add(page, paper, None, kept=answer.context["form"]["kept"].value(), confirmed="on")
        assert returned.sentence in words(answer)
    cache.clear()
    later = words(page.get(address(paper)))
    assert returned.sentence not in later
    assert f'hx-get="{address(paper, "signed_copy")}"' in later
    assert returned.sentence in words(page.get(address(paper, "signed_copy"), headers={"HX-Request": "true"}))
    assert returned.sentence in words(page.get(address(paper)))


def test_every_signature_is_shown_with_what_a_verifier_must_show(page, paper):
    answer = add(page, paper, twice())

    rows = answer.context["copy"].findings.signature_rows
    assert [label for label, _ in rows] == [
        *("Tình trạng", "Người ký", "Chức vụ", "Đơn vị quản lý", "Nơi cấp chứng thư", "Thời gian ký"),
        *("Tính toàn vẹn", "Chứng thư vào lúc ký", "Hạn của chứng thư", "Thu hồi", "Thuật toán"),
    ]
    assert dict(rows)["Người ký"] == ("Lò Văn Thắng", "Ủy ban nhân dân xã Suối Bạc")
    assert dict(rows)["Chức vụ"] == ("Phó Chủ tịch", "")
    assert "<td>Lò Văn Thắng</td><td>Ủy ban nhân dân xã Suối Bạc</td>" in words(answer)
    assert "Thông tư 15/2025/TT-BKHCN" in words(answer)


def test_number_day_and_signer_that_contradict_the_register_are_asked_about_once(page, paper):
    IssuedPaper.objects.filter(pk=paper.pk).update(number="06", date=dt.date(2026, 2, 6), signer="Hà Thị Mận")

    answer = add(page, paper, once())

    form = answer.context["form"]
    assert answer.status_code == 422
    assert [*form.non_field_errors(), *form.errors.get("signed_file", [])] == [
        "Tệp đã ký ghi số 05, sổ ghi 06.",
        "Tệp đã ký ghi ngày 05/02/2026.",
        "Tệp đã ký ghi người ký là Lò Văn Thắng.",
    ]
    add(page, paper, None, kept=form["kept"].value(), confirmed="on")
    assert kept(paper)


def test_a_copy_that_says_what_went_out_matches(page, paper, officer):
    went_out(paper, pdf_of("plain_plan"), officer)

    answer = add(page, paper, once())

    assert kept(paper)
    assert "Bản đã ký khớp từng chữ với bản phát hành." in words(page.get(address(paper, "signed_copy")))
    assert "Khớp" in words(page.get(address(paper)))
    assert answer.redirect_chain == [(address(paper), 302)]


def test_a_copy_that_says_something_else_is_asked_about_and_the_way_out_is_told(page, paper, officer):
    went_out(paper, render_pdf(replace(plain_plan(), subject="Công tác thi đua năm 2026 của xã Suối Bạc")), officer)

    asked = add(page, paper, once())

    assert asked.context["form"].errors == {"signed_file": ["Bản đã ký khác bản phát hành ở 1 chỗ."]}
    add(page, paper, None, kept=asked.context["form"]["kept"].value(), confirmed="on")
    for answer in (asked, page.get(address(paper))):
        assert "Công tác thi <del>đua</del> năm 2026 của xã" in words(answer)
        assert "Công tác thi <ins>đua, khen thưởng</ins> năm 2026 của xã" in words(answer)
        assert NO_CHANGE in words(answer)
    assert kept(paper)


def test_a_scan_is_kept_though_it_cannot_be_compared(page, paper, officer):
    went_out(paper, pdf_of("plain_plan"), officer)

    add(page, paper, scan(pictures_of("plain_plan")))

    assert kept(paper)
    assert "Không so được từng chữ vì đây là bản quét." in words(page.get(address(paper, "signed_copy")))


def test_an_added_copy_has_its_entry_and_the_chain_holds(page, paper, officer):
    add(page, paper, once())

    assert [entry[0] for entry in written()] == ["core.file.stored", "documents.paper.signed_file"]
    assert audit.first_broken_link(paper.issuer.unit_id) is None


def test_a_file_is_read_once_and_again_when_an_office_comes_to_trust_a_root(page, paper, monkeypatch, settings):
    add(page, paper, once())
    read = []
    monkeypatch.setattr(findings, "signature_report", lambda *_: read.append(1) or pytest.fail("read again"))
    page.get(address(paper))
    page.get(address(paper, "signed_copy"))
    assert read == []

    monkeypatch.undo()
    settings.SIGNATURE_ROOT_FILES = []

    assert "chưa xác minh được chứng thư" in words(page.get(address(paper, "signed_copy")))


def test_strangers_do_not_learn_of_the_copy(page, paper):
    add(page, paper, once())
    stranger = signed_in(UserFactory(role=Membership.Role.OFFICER, unit=IssuerFactory().unit))

    assert page.get(address(paper, "signed_copy")).status_code == 200
    assert stranger.get(address(paper, "signed_copy")).status_code == 404
