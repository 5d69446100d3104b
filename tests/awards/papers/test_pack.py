"""The dossier pack: agreed names, whole dossiers, only what its maker may see."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from awards.models import DossierPaper
from awards.papers.forms import ALL, UP
from awards.papers.packing import nominees_for
from awards.papers.tasks import make_pack
from core import files
from core.models import Job
from documents.models import Evidence
from tests.awards.papers.scene import Scene, a_scene
from tests.factories import Role, UnitFactory, UserFactory
from tests.permissions.world import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC))


@pytest.fixture
def found() -> Scene:
    return a_scene(2)


def as_(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def packed(found: Scene, which: str, user=None) -> zipfile.ZipFile:
    job = Job.objects.create(owner=user or found.office.officer, unit_id=found.office.unit.pk, title="Gói")
    make_pack(job_id=job.pk, round_id=found.round.pk, which=which)
    job.refresh_from_db()
    assert (job.state, job.message) == ("done", "")
    assert (job.done, job.total) == (job.total, len(nominees_for(found.round, which)) + 1)
    with files.open_stored(job.result) as stored:
        return zipfile.ZipFile(io.BytesIO(stored.read()))


def test_the_pack_has_agreed_names_in_ascii(found):
    names = packed(found, UP).namelist()

    assert all(name.isascii() and ".." not in name and not name.startswith("/") for name in names)
    assert sorted(names) == [
        "00-muc-luc.docx",
        "00-muc-luc.pdf",
        "01-to-trinh.docx",
        "01-to-trinh.pdf",
        "02-danh-sach-de-nghi.xlsx",
        "03-phien-hop-01-bien-ban.pdf",
        "03-phien-hop-01-kiem-phieu.pdf",
        "03-phien-hop-01-trich-ngang.pdf",
        "ho-so/001-ttldxs-truong-tieu-hoc-so-1/01-bao-cao-thanh-tich.pdf",
        "ho-so/002-bkt-nguyen-thi-hoa-1/01-bao-cao-thanh-tich.pdf",
        "ho-so/003-bkt-nguyen-thi-hoa-2/01-bao-cao-thanh-tich.pdf",
    ]


def test_a_name_that_is_a_path_becomes_a_plain_one(found):
    nominee = nominees_for(found.round, UP)[0]
    nominee.name = "../../etc/passwd\\C:"
    nominee.save()

    folders = {name.split("/")[1] for name in packed(found, UP).namelist() if name.startswith("ho-so/")}

    assert "001-ttldxs-etc-passwd-c" in folders


def test_proofs_go_along_by_their_content_and_what_has_no_file_is_listed_only(found):
    nominee = nominees_for(found.round, UP)[0]
    unit = found.office.unit
    own = files.store(io.BytesIO(PDF), name="quyết định.exe", unit_id=unit.pk, actor=found.office.officer)
    typed = Evidence.objects.create(unit=unit, typed_number="5/QĐ-UBND")
    proof = Evidence.objects.create(unit=unit, file=own)
    for kind, one in (("initiative", proof), ("Giấy khác", typed)):
        DossierPaper.objects.create(nominee=nominee, kind=kind, evidence=one)

    archive = packed(found, UP)

    [name] = [name for name in archive.namelist() if "/02-" in name]
    assert [one for one in archive.namelist() if "/03-" in one] == []
    assert name == "ho-so/001-ttldxs-truong-tieu-hoc-so-1/02-chung-nhan-sang-kien.pdf"
    assert archive.read(name) == PDF


def test_the_workbook_has_the_fields_of_the_central_form_and_no_identity_number(found):
    book = openpyxl.load_workbook(io.BytesIO(packed(found, ALL).read("02-danh-sach-de-nghi.xlsx")))

    assert book.sheetnames == ["Danh sách", "CÁ NHÂN", "TẬP THỂ"]
    cells = [str(cell) for sheet in book for line in sheet.iter_rows(values_only=True) for cell in line if cell]
    assert cells.count("Nguyễn Thị Hoa 1") == 2
    assert not [cell for cell in cells if "CCCD" in cell]


def test_the_pack_is_made_by_whoever_runs_the_round(found):
    url = reverse("awards:pack", args=[found.round.pk])
    stranger = UserFactory(role=Role.OFFICER, unit=UnitFactory())

    assert as_(stranger).get(url).status_code == 404
    assert as_(found.office.leader).get(url).status_code == 403
    page = as_(found.office.officer).get(url)
    assert "3 đối tượng trình cấp trên, 5 đã được thông qua" in page.content.decode()
    answer = as_(found.office.officer).post(url, {"which": UP})
    assert answer["Location"] == reverse("core:job", args=[Job.objects.get().pk])


def test_somebody_who_lost_the_right_meanwhile_gets_no_pack(found):
    job = Job.objects.create(owner=found.office.leader, unit_id=found.office.unit.pk, title="Gói")

    make_pack(job_id=job.pk, round_id=found.round.pk, which=UP)

    job.refresh_from_db()
    assert job.result is None


def test_a_round_without_anybody_passed_says_so(found):
    found.round.nominees.update(state="proposed")

    page = as_(found.office.officer).get(reverse("awards:pack", args=[found.round.pk])).content.decode()

    assert "Chưa có hồ sơ để đóng gói" in page
