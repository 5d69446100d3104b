"""A plan whose number the program gives: taken as it is recorded, given back where that fails, once for two clicks."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import audit
from core.states import EditedMeanwhile
from documents import series
from documents.errors import RenderingFailed
from documents.issuing import UnfitPaper
from documents.models import IssuedPaper, NumberSeries
from documents.rendering import render
from plans.issuing import services
from plans.issuing.services import paper_of, record_issue
from plans.models import Plan
from plans.paper import compose
from plans.selectors import any_plan, plan_data
from plans.services import update_plan
from plans.states import PlanState
from tests.documents.at_once import at_once
from tests.factories import IssuerFactory, PlanFactory, UserFactory
from tests.plans.rows import again, everything, written
from units.models import Issuer, Membership

Mode = NumberSeries.Mode
DAY = dt.date(2026, 2, 12)
BY_PROGRAM = "Chương trình cấp số khi ghi nhận"


def own(issuer: Issuer, symbol: str = "KH-UBND", year: int = 2026, last_number: int | None = None) -> None:
    series.set_up(issuer=issuer, symbol=symbol, year=year, mode=Mode.OWN, last_number=last_number, actor=None)


def issued(plan: Plan, officer: Any, number: str = "", **more: Any) -> IssuedPaper:
    paper = paper_of(plan, number=number, symbol="KH-UBND", date=DAY, signer="Lò Văn Thắng")
    return record_issue(plan, actor=officer, version=plan.version, paper=paper, **more)


def address(plan: Plan) -> str:
    return reverse("plans:issue", args=[plan.pk])


def typed(plan: Plan, **values: Any) -> dict[str, Any]:
    """What the page sends where it asks no number."""
    return {
        "version": plan.version,
        "symbol": "KH-UBND",
        "date": "12/2/2026",
        "signer": "Lò Văn Thắng",
        **values,
    }


def last_number() -> int:
    return NumberSeries.objects.get(name="KH-UBND", year=2026).last_number


# -- The service ---------------------------------------------------------------------------


def test_the_number_is_taken_while_the_paper_is_recorded(plan, officer):
    own(plan.issuer, last_number=6)

    paper = issued(plan, officer)

    assert (paper.full_number, paper.where) == ("07/KH-UBND", IssuedPaper.Where.HERE)
    assert (again(plan).state, again(plan).full_number) == (PlanState.ISSUED, "07/KH-UBND")
    assert "documents.number.given" in [entry[0] for entry in written()]
    assert audit.first_broken_link(plan.unit_id) is None


def test_a_number_that_was_typed_comes_from_next_door(plan, officer):
    assert issued(plan, officer, number="27").where == IssuedPaper.Where.NEXT_DOOR


def test_a_failed_drawing_gives_the_number_back_to_the_next(plan, officer, monkeypatch):
    def fail(*_: Any) -> bytes:
        raise RenderingFailed

    own(plan.issuer, last_number=6)
    before = everything(plan)
    with monkeypatch.context() as broken:
        broken.setattr(services, "render", fail)
        with pytest.raises(RenderingFailed):
            issued(again(plan), officer)

    assert (everything(plan), last_number(), IssuedPaper.objects.count()) == (before, 6, 0)
    assert issued(PlanFactory(unit=plan.unit, issuer=plan.issuer), officer).number == "07"
    assert issued(again(plan), officer).number == "08"


def test_of_two_clicks_one_takes_a_number(plan, officer):
    own(plan.issuer)
    first, second = again(plan), again(plan)
    issued(first, officer)

    with pytest.raises(EditedMeanwhile):
        issued(second, officer)

    assert ([paper.number for paper in IssuedPaper.objects.all()], last_number()) == (["01"], 1)


def test_who_gives_the_number_is_settled_when_it_is_taken(plan, officer):
    with pytest.raises(UnfitPaper) as missing:
        issued(again(plan), officer)
    own(plan.issuer)
    with pytest.raises(UnfitPaper) as surplus:
        issued(again(plan), officer, number="27")

    assert (missing.value.field, str(missing.value)) == ("number", "Chưa ghi số của văn bản.")
    assert (surplus.value.field, str(surplus.value)) == (
        "number",
        "Số của sổ «KH-UBND 2026» do chương trình cấp, không ghi tay; hãy để trống ô số.",
    )
    assert IssuedPaper.objects.count() == 0


def quick(*_: Any) -> bytes:
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_fifty_plans_issued_at_once_get_fifty_numbers_in_a_row(monkeypatch):
    """Every tenth cannot be drawn at first: its number goes to another, and it gets one later."""
    issuer = IssuerFactory()
    officer = UserFactory(role=Membership.Role.OFFICER, unit=issuer.unit)
    waiting = [PlanFactory(unit=issuer.unit, issuer=issuer).pk for _ in range(50)]
    broken = set(waiting[::10])

    def drawn(paper: Any, to: str) -> bytes:
        if broken and paper.subject in {Plan.objects.get(pk=pk).subject for pk in broken}:
            raise RenderingFailed
        return quick()

    def issue_one() -> str:
        return issued(Plan.objects.select_related("unit", "issuer").get(pk=turns.pop()), officer).number

    own(issuer)
    monkeypatch.setattr(services, "render", drawn)
    turns = list(waiting)
    numbers, errors = at_once(50, issue_one)
    late = sorted(broken)
    broken.clear()
    turns.extend(late)
    more, failures = at_once(len(late), issue_one)

    assert [type(error) for error in errors] == [RenderingFailed] * 5
    assert failures == []
    assert sorted(map(int, numbers)) == list(range(1, 46))
    assert sorted(map(int, numbers + more)) == list(range(1, 51))
    assert NumberSeries.objects.get().last_number == 50
    assert audit.first_broken_link(issuer.unit_id) is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_ten_clicks_on_one_plan_take_one_number():
    issuer = IssuerFactory()
    officer = UserFactory(role=Membership.Role.OFFICER, unit=issuer.unit)
    plan = PlanFactory(unit=issuer.unit, issuer=issuer, sections=1, tasks=2)
    own(issuer)
    shown = [Plan.objects.select_related("unit", "issuer").get(pk=plan.pk) for _ in range(10)]

    numbers, errors = at_once(10, lambda: issued(shown.pop(), officer).number)

    assert numbers == ["01"]
    assert [type(error) for error in errors] == [EditedMeanwhile] * 9
    assert NumberSeries.objects.get().last_number == 1


# -- The page ------------------------------------------------------------------------------


def test_the_page_asks_no_number_where_the_program_gives_it(page, plan):
    own(plan.issuer, last_number=6)
    Plan.objects.filter(pk=plan.pk).update(number="99")  # of a draft that was copied

    field = page.get(address(plan)).context["form"]["number"]

    assert (field.field.disabled, field.value()) == (True, BY_PROGRAM)
    assert field.help_text.startswith("Số tiếp theo của sổ «KH-UBND 2026» là 07.")
    assert f'href="{reverse("documents:series_list")}"' in field.help_text


def test_the_number_that_was_given_is_told(page, plan):
    own(plan.issuer, last_number=6)

    answer = page.post(address(plan), typed(plan), follow=True)

    assert [str(message) for message in answer.context["messages"]] == [
        "Đã ghi nhận ban hành Kế hoạch 07/KH-UBND ngày 12/02/2026."
    ]


def test_a_second_click_on_the_page_takes_no_second_number(page, plan):
    own(plan.issuer)
    for _ in range(2):
        page.post(address(plan), typed(plan))

    assert ([paper.number for paper in IssuedPaper.objects.all()], last_number()) == (["01"], 1)


@pytest.mark.parametrize(
    ("change", "book"), [({"symbol": "QĐ-UBND"}, "QĐ-UBND 2026"), ({"date": "12/2/2025"}, "KH-UBND 2025")]
)
def test_symbol_or_day_of_another_book_ask_for_the_number_at_its_field(page, plan, change, book):
    own(plan.issuer)
    series.set_up(issuer=plan.issuer, symbol="KH-UBND", year=2025, mode=Mode.REGISTER, actor=None)

    answer = page.post(address(plan), typed(plan, **change))
    form = answer.context["form"]
    page.post(address(plan), typed(plan, **change, number="12"))

    assert answer.status_code == 422
    assert form.errors == {"number": [f"Số của sổ «{book}» do văn thư cấp; hãy ghi số trên văn bản."]}
    assert (form["number"].field.disabled, form.coming_number) == (False, "")
    assert IssuedPaper.objects.get().number == "12"
    assert last_number() == 0


def test_a_number_typed_for_a_book_that_the_program_counts_is_dropped_and_said(page, plan):
    own(plan.issuer, "KH-HĐTĐKT", last_number=3)

    answer = page.post(address(plan), typed(plan, symbol="KH-HĐTĐKT", number="27"))
    form = answer.context["form"]
    again_sent = {name: form[name].value() for name in ("version", "symbol", "date", "signer")}
    page.post(address(plan), again_sent)

    assert form.errors == {
        "number": [
            "Số của sổ «KH-HĐTĐKT 2026» do chương trình cấp, nên số vừa ghi đã được bỏ. "
            "Bấm ghi nhận lần nữa để lấy số."
        ]
    }
    assert (form["number"].field.disabled, form["number"].value()) == (True, BY_PROGRAM)
    assert IssuedPaper.objects.get().full_number == "04/KH-HĐTĐKT"


def test_a_symbol_typed_with_the_number_names_the_book_too(page, plan):
    own(plan.issuer, "KH-HĐTĐKT")

    form = page.post(address(plan), typed(plan, symbol="", number="27/KH-HĐTĐKT")).context["form"]

    assert (str(form.series), form.is_counted, list(form.errors)) == ("KH-HĐTĐKT 2026", True, ["number"])


def test_a_signed_copy_is_compared_with_the_number_that_would_be_given(page, plan, officer):
    own(plan.issuer, last_number=6)
    update_plan(plan, actor=officer, version=plan.version, number="31", paper_date="2026-02-12")
    stored = any_plan(plan.pk)
    signed = render(compose(plan_data(stored), stored.issuer.lines), "pdf")
    data = typed(again(plan), signed_file=SimpleUploadedFile("31.pdf", signed))

    form = page.post(address(plan), data).context["form"]

    assert form.errors["number"] == ["Tệp đã ký ghi số 31, chương trình sẽ ghi 07."]
    assert again(plan).state == PlanState.DRAFT
