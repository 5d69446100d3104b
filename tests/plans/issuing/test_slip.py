"""Phiếu trình: one page in the layout of every paper, with what the plan says and room to write."""

from __future__ import annotations

import datetime as dt
import io

import pdfplumber
import pytest
from django.urls import reverse
from docx import Document

from documents.rendering import render
from documents.rendering.text import render_text
from plans import interchange
from plans.issuing.services import paper_of, record_issue
from plans.issuing.slip import Submitter, compose_slip
from plans.models import Plan, Task
from plans.selectors import any_plan
from plans.services import create_plan, submit_plan
from plans.states import PlanState
from tests.factories import IssuerFactory, PartFactory, PersonFactory, PlanFactory, TaskFactory, UserFactory
from tests.layout.pdf import check_pdf
from tests.layout.word import check_docx
from tests.plans.files import OUR_PLANS, read_file
from tests.plans.rows import again, everything
from tests.units.conftest import signed_in
from units.models import Membership, User

Role = Membership.Role
DAY = dt.date(2026, 2, 5)
MAY = Submitter("Lò Thị Mây", "Phòng Văn hóa - Xã hội")


def address(plan: Plan, to: str = "pdf") -> str:
    return reverse("plans:slip", args=[plan.pk, to])


def text_of(plan: Plan, *, to: str = "Chủ tịch", by: Submitter = MAY) -> list[str]:
    return render_text(compose_slip(any_plan(plan.pk), to=to, by=by, on=DAY)).splitlines()


def pages_of(content: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return [page.extract_text() for page in pdf.pages]


@pytest.fixture
def office(plan: Plan) -> Plan:
    """The plan of «xã Vân Khê», two tasks by quarter and one without."""
    plan.unit.name = "Vân Khê"
    plan.unit.save()
    plan.issuer.name_lines, plan.issuer.place = "ỦY BAN NHÂN DÂN\nXÃ VÂN KHÊ", "Vân Khê"
    plan.issuer.save()
    Plan.objects.filter(pk=plan.pk).update(subject="Công tác thi đua, khen thưởng năm 2026", place="Vân Khê")
    for order, quarter in ((1, 1), (2, 3)):
        Task.objects.filter(plan=plan, order=order).update(quarter=quarter)
    TaskFactory(plan=plan, order=3)
    TaskFactory(plan=plan, order=4, due=dt.date(2026, 9, 15))
    return again(plan)


# -- The paper -----------------------------------------------------------------------------


def test_the_slip_says_who_submits_what_to_whom_and_leaves_room(office):
    assert text_of(office) == [
        "ỦY BAN NHÂN DÂN XÃ VÂN KHÊ",
        "PHÒNG VĂN HÓA - XÃ HỘI",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số:        /PTr",
        "Vân Khê, ngày 05 tháng 02 năm 2026",
        "PHIẾU TRÌNH",
        "Giải quyết công việc",
        "Kính gửi: Chủ tịch Ủy ban nhân dân xã Vân Khê",
        "1. Cơ quan, bộ phận trình: Phòng Văn hóa - Xã hội.",
        "2. Vấn đề trình: Ký ban hành Kế hoạch “Công tác thi đua, khen thưởng năm 2026”.",
        "3. Tóm tắt nội dung: Thực hiện trong năm 2026, gồm 1 mục và 4 nhiệm vụ:",
        "Quý I\tQuý II\tQuý III\tQuý IV\tKhông theo quý\tCả năm",
        "1\t0\t2\t0\t1\t4",
        "4. Văn bản kèm theo: Dự thảo Kế hoạch nêu trên.",
        "Ý kiến của người trình\tÝ kiến của lãnh đạo",
        f"Kính trình Chủ tịch xem xét, ký ban hành.\t{' ' * 10}Ngày      tháng      năm 2026 (Ký, ghi rõ họ tên)",
        "NGƯỜI TRÌNH",
        "Lò Thị Mây",
    ]


def test_what_is_not_known_is_left_to_the_hand(db):
    issuer = IssuerFactory(name_lines="HỘI ĐỒNG\nTHI ĐUA - KHEN THƯỞNG", superior="UBND XÃ VÂN KHÊ")
    plan = PlanFactory(unit=issuer.unit, issuer=issuer)

    lines = text_of(plan, to="", by=Submitter())

    assert lines[:3] == ["UBND XÃ VÂN KHÊ", "HỘI ĐỒNG", "THI ĐUA - KHEN THƯỞNG"]
    assert f"Kính gửi: {'.' * 60}" in lines
    assert "1. Cơ quan, bộ phận trình: HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG." in lines
    assert "3. Tóm tắt nội dung: Thực hiện trong năm 2026." in lines
    assert lines[-1] == "NGƯỜI TRÌNH"


@pytest.mark.parametrize(
    ("to", "line"),
    [
        ("Phó Chủ tịch", "Kính gửi: Phó Chủ tịch Ủy ban nhân dân xã Vân Khê"),
        ("Chủ tịch Hội đồng", "Kính gửi: Chủ tịch Hội đồng"),
        ("Lò Văn Thắng, Chủ tịch", "Kính gửi: Lò Văn Thắng, Chủ tịch"),
    ],
)
def test_a_bare_post_is_that_of_the_office(office, to, line):
    assert line in text_of(office, to=to)


@pytest.mark.parametrize("by", [Submitter(), MAY], ids=["office", "part"])
@pytest.mark.parametrize("name", OUR_PLANS)
def test_it_keeps_the_layout_of_every_paper_on_one_page(db, name, by):
    plan = any_plan(create_plan(interchange.read(read_file(name)), actor=None).pk)
    paper = compose_slip(plan, to="Chủ tịch", by=by, on=DAY)
    pdf = render(paper, "pdf")

    assert check_pdf(paper, pdf) == []
    assert check_docx(paper, render(paper, "docx")) == []
    assert len(pages_of(pdf)) == 1


def test_a_long_subject_still_leaves_one_page(office):
    Plan.objects.filter(pk=office.pk).update(subject="Tổ chức phong trào thi đua yêu nước " * 8)
    paper = compose_slip(any_plan(office.pk), to="Chủ tịch", by=MAY, on=DAY)

    assert len(pages_of(render(paper, "pdf"))) == 1


# -- The page ------------------------------------------------------------------------------


def person(officer: User, plan: Plan) -> None:
    part = PartFactory(unit=plan.unit, name="Phòng Văn hóa - Xã hội")
    officer.person = PersonFactory(unit=plan.unit, part=part, full_name="Lò Thị Mây")
    officer.save()


def test_it_is_printed_before_and_after_the_submission_with_its_day_and_addressee(page, office, officer):
    person(officer, office)
    before = pages_of(page.get(address(office)).content)[0]

    submit_plan(office, actor=officer, to="Phó Chủ tịch", on=dt.date(2026, 2, 12))
    after = pages_of(page.get(address(office)).content)[0]

    assert "ngày 20 tháng 02 năm 2026" in before
    assert "Kính gửi: Chủ tịch Ủy ban nhân dân xã Vân Khê" in before
    assert "Lò Thị Mây" in before
    assert "ngày 12 tháng 02 năm 2026" in after
    assert "Kính gửi: Phó Chủ tịch Ủy ban nhân dân xã Vân Khê" in after


def test_an_issued_plan_still_has_its_slip(page, office, officer):
    data = paper_of(office, number="27", symbol="KH-UBND", date=dt.date(2026, 2, 12))
    record_issue(office, actor=officer, version=office.version, paper=data)

    assert again(office).state == PlanState.ISSUED
    assert "PHIẾU TRÌNH" in pages_of(page.get(address(office)).content)[0]


def test_the_word_file_can_be_worked_on_and_nothing_is_kept(page, office):
    kept = everything(office)

    answer = page.get(address(office, "docx"))

    words = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(answer.content)).paragraphs)
    assert "Kính gửi: Chủ tịch Ủy ban nhân dân xã Vân Khê" in words
    assert "phieu-trinh-" in answer["Content-Disposition"]
    assert answer["Content-Disposition"].endswith(".docx")
    assert everything(office) == kept


def test_the_pages_of_the_plan_lead_to_it(page, office, officer):
    links = [f'href="{address(office)}"', f'href="{address(office, "docx")}"']
    submission = page.get(reverse("plans:submit", args=[office.pk])).content.decode()
    draft = page.get(reverse("plans:plan", args=[office.pk])).content.decode()
    submit_plan(office, actor=officer, to="Chủ tịch", on=DAY)
    submitted = page.get(reverse("plans:plan", args=[office.pk])).content.decode()

    assert [submission.count(link) for link in links] == [1, 1]
    assert (draft.count(links[0]), submitted.count(links[0])) == (1, 1)


@pytest.mark.parametrize(
    ("role", "code"), [(Role.OFFICER, 200), (Role.CLERK, 200), (Role.LEADER, 403), (Role.COUNCIL_MEMBER, 403)]
)
def test_those_who_bring_the_plan_out_print_it(as_role, office, role, code):
    assert as_role(role).get(address(office)).status_code == code


def test_other_forms_and_other_units_find_nothing(page, office):
    stranger = signed_in(UserFactory(role=Role.OFFICER))

    assert page.get(address(office, "odt")).status_code == 404
    assert stranger.get(address(office)).status_code == 404


@pytest.mark.parametrize("count", [3, 100])
def test_it_costs_the_same_for_3_and_100_tasks(page, office, django_assert_num_queries, count):
    Task.objects.filter(plan=office).delete()
    for order in range(1, count + 1):
        TaskFactory(plan=office, order=order)
    page.get(address(office, "txt"))

    with django_assert_num_queries(10):
        words = page.get(address(office, "txt")).content.decode()

    assert f"gồm 1 mục và {count} nhiệm vụ" in words
