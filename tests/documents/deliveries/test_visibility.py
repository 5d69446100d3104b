"""Who reads a paper and its plan by a delivery. Each test first makes sure that there is something to leak."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from core.files import visible_files
from core.models import StoredFile
from documents.deliveries import services
from documents.deliveries.selectors import receivable_deliveries, visible_deliveries
from documents.models import Delivery, IssuedPaper
from documents.register import papers_for_list
from documents.selectors import visible_papers
from plans.models import Plan
from plans.selectors import followed_plans, visible_plans
from plans.task_list import tasks_for_list
from tests.documents.deliveries.conftest import TODAY, Desk, stored
from tests.factories import PlanFactory, Role, UserFactory
from units.models import Succession, Unit, User

pytestmark = pytest.mark.django_db


def opened(desk: Desk, user: User) -> dict[str, int]:
    """What the user is answered at every door to the paper and its plan, in a window opened for it."""
    page = Client()
    page.force_login(User.objects.get(pk=user.pk), backend="allauth.account.auth_backends.AuthenticationBackend")
    paper, plan = desk.paper, desk.plan
    addresses = {
        "paper": reverse("documents:paper", args=[paper.pk]),
        "pdf": reverse("core:file", args=[paper.issued_file_id]),
        "word": reverse("core:file", args=[paper.word_file_id]),
        "signed": reverse("core:file", args=[paper.signed_file_id]),
        "plan": reverse("plans:plan", args=[plan.pk]),
        "download": reverse("plans:download", args=[plan.pk, "pdf"]),
    }
    return {name: _code(page, url) for name, url in addresses.items()}


def _code(page: Client, url: str) -> int:
    answer = page.get(url)
    if answer.streaming:
        assert b"".join(answer.streaming_content)  # to its end, which closes the file
    return answer.status_code


def all_of(code: int) -> dict[str, int]:
    return dict.fromkeys(["paper", "pdf", "word", "signed", "plan", "download"], code)


def test_a_receiver_reads_the_paper_its_files_and_the_plan_from_the_delivery_on(desk):
    assert opened(desk, desk.an) == all_of(200)
    assert opened(desk, desk.cuong) == all_of(404)

    desk.send(desk.neighbour)

    assert opened(desk, desk.cuong) == all_of(200)


@pytest.mark.parametrize("role", Role.values)
def test_every_member_of_the_receiving_unit_reads_it(desk, role):
    reader = UserFactory(role=role, unit=desk.neighbour)
    assert opened(desk, reader) == all_of(404)

    desk.send(desk.neighbour, way=Delivery.Way.NEXT_DOOR)

    assert opened(desk, reader) == all_of(200)


def test_only_what_was_delivered_is_seen_and_by_nobody_else(desk):
    other = desk.paper_of(desk.commune, "28", signed_file=stored("28.pdf", desk.commune))
    PlanFactory(unit=desk.commune, issuer=other.issuer, paper=other, state="issued")
    PlanFactory(unit=desk.commune, state="draft")
    stranger = UserFactory(role=Role.OFFICER, unit=desk.far)
    assert (IssuedPaper.objects.count(), Plan.objects.count(), StoredFile.objects.count()) == (2, 3, 4)

    desk.send(desk.neighbour)

    kept = {desk.paper.issued_file, desk.paper.word_file, desk.paper.signed_file}
    seen = {
        user.username: (set(visible_papers(user)), set(visible_plans(user)), set(visible_files(user)))
        for user in (desk.cuong, stranger)
    }
    assert seen == {
        "cuong": ({desk.paper}, {desk.plan}, kept),
        stranger.username: (set(), set(), set()),
    }


def test_the_reviewer_above_sees_what_was_delivered_beside_what_it_saw_before(desk):
    before = {"plan": 200, "download": 200, "pdf": 200, "word": 200, "signed": 200}
    assert opened(desk, desk.nga) == {**all_of(404), **before}

    desk.send(desk.province)

    assert opened(desk, desk.nga) == all_of(200)


def test_of_what_went_to_the_unit_above_other_roles_there_see_the_plan_too(desk):
    secretary = UserFactory(role=Role.COUNCIL_SECRETARY, unit=desk.province)
    assert opened(desk, secretary) == all_of(404)

    desk.send(desk.province)

    assert opened(desk, secretary) == all_of(200)


def test_what_was_withdrawn_is_gone_and_what_was_returned_stays(desk):
    withdrawn, returned = desk.sent(desk.neighbour), desk.sent(desk.province)
    assert opened(desk, desk.cuong) == opened(desk, desk.nga) == all_of(200)

    services.withdraw(withdrawn, actor=desk.an)
    services.send_back(returned, actor=desk.nga, unit_id=desk.province.pk, reason="Nhầm nơi nhận.")

    assert opened(desk, desk.cuong) == all_of(404)
    assert opened(desk, desk.nga) == all_of(200)
    assert set(visible_deliveries(desk.cuong)) == set()
    assert set(visible_deliveries(desk.nga)) == {returned}
    assert set(visible_deliveries(desk.an)) == {withdrawn, returned}


def test_a_plan_not_issued_is_not_read_even_where_its_paper_was_delivered(desk):
    desk.send(desk.neighbour)
    assert set(visible_plans(desk.cuong)) == {desk.plan}

    Plan.objects.filter(pk=desk.plan.pk).update(state="draft")

    assert set(visible_plans(desk.cuong)) == set()


def test_a_former_member_reads_nothing_any_more_and_an_heir_reads_on(desk):
    desk.send(desk.neighbour)
    former = UserFactory(role=Role.OFFICER, unit=desk.neighbour, role_to=TODAY - dt.timedelta(days=1))
    heir = UserFactory(role=Role.OFFICER, unit=desk.far)
    assert opened(desk, heir) == all_of(404)

    Succession.objects.create(date=TODAY, old_unit=desk.neighbour, new_unit=desk.far)

    assert opened(desk, former) == all_of(404)
    assert opened(desk, heir) == all_of(200)


def test_what_became_of_the_plan_stays_with_those_who_follow_it(desk):
    desk.send(desk.neighbour, desk.province)
    task = desk.plan.tasks.get()
    proof = stored("biên bản.pdf", desk.commune, b"%PDF-1.4\n%%EOF\n")
    line = task.progress.create(outcome="done", day=TODAY, evidence=desk.commune.evidence.create(file=proof))
    pages = {
        user.username: desk.window(user).get(reverse("plans:plan", args=[desk.plan.pk]))
        for user in (desk.an, desk.nga, desk.cuong)
    }

    told = {name: "biên bản.pdf" in page.content.decode() for name, page in pages.items()}
    assert told == {"an": True, "nga": True, "cuong": False}
    assert "Lịch sử" not in pages["cuong"].content.decode()
    assert {row.state for group in pages["cuong"].context["quarters"] for row in group.rows} == {""}
    seen = {user.username: proof in visible_files(user) for user in (desk.an, desk.nga, desk.cuong)}
    assert seen == {"an": True, "nga": True, "cuong": False}
    assert [set(tasks_for_list(user)) for user in (desk.an, desk.nga, desk.cuong)] == [{task}, {task}, set()]
    assert _code(desk.window(desk.cuong), reverse("plans:sheet", args=[desk.plan.pk])) == 404
    assert (set(followed_plans(desk.cuong)), line.evidence.file) == (set(), proof)


def test_a_receiver_does_not_learn_who_else_got_it_nor_the_history_of_the_register(desk):
    services.send(desk.paper, actor=desk.an, sent_on=TODAY, units=[desk.neighbour], names=["Công ty Hoa Ban"])
    url = reverse("documents:paper", args=[desk.paper.pk])

    own, theirs = (desk.window(user).get(url).content.decode() for user in (desk.an, desk.cuong))

    assert ("Công ty Hoa Ban" in own, "Lịch sử" in own) == (True, True)
    assert ("Công ty Hoa Ban" in theirs, "Lịch sử" in theirs) == (False, False)
    assert "Xã An Hòa gửi" in theirs


def test_the_register_and_its_numbers_stay_the_units_own(desk):
    own = desk.paper_of(desk.neighbour, "5")
    desk.send(desk.neighbour)
    assert set(visible_papers(desk.cuong)) == {own, desk.paper}

    assert set(papers_for_list(desk.cuong)) == {own}


def test_an_answer_is_read_by_the_one_who_asked(desk):
    paper = desk.paper_of(desk.province, "8")
    asked = desk.sent(desk.commune, paper=paper, actor=desk.nga)
    report = desk.paper_of(desk.commune, "31", signed_file=stored("31.pdf", desk.commune, b"%PDF-1.4\n31\n%%EOF\n"))
    services.receive(asked, actor=desk.an, unit_id=desk.commune.pk, day=TODAY)
    assert report not in visible_papers(desk.nga)

    services.answer(asked, actor=desk.an, paper=report)

    assert report in visible_papers(desk.nga)
    assert report.signed_file in visible_files(desk.nga)
    assert report not in visible_papers(desk.cuong)


@pytest.mark.parametrize("role", Role.values)
def test_whose_receipts_one_may_record_is_the_same_in_python_and_in_sql(desk, role):
    for way in Delivery.Way.values:
        paper = desk.paper_of(desk.commune, f"1{way}")
        desk.send(desk.neighbour, desk.far, paper=paper, way=way, names=["Công ty Hoa Ban"])
    everything = list(Delivery.objects.all())
    assert len(everything) == 9
    for unit in Unit.objects.all():
        user = UserFactory(role=role, unit=unit)

        allowed = {one for one in everything if user.has_perm("documents.receive_delivery", one)}

        assert set(receivable_deliveries(user)) == allowed
