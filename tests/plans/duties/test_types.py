"""Kinds of duties: the shipped ones, a unit's own, and how their steps are typed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from core.errors import UnfitField
from core.models import AuditEntry
from core.states import EditedMeanwhile
from plans.duties.countback import Step
from plans.duties.types.selectors import suggested, types_of
from plans.duties.types.services import add_type, change_type, mark_of, remove_type
from plans.duties.types.shipped import shipped_types
from plans.duties.types.steps import MOST_STEPS, of_json, read_steps, written
from plans.models import DutyType
from tests.factories import MembershipFactory, UnitFactory
from tests.units.conftest import signed_in

LIST = reverse("plans:duty_types")
ADD = reverse("plans:duty_type_add")
STEPS = "30 – Yêu cầu các thôn gửi danh sách\n5 – Trình ký"
PETITION = "Tờ trình đề nghị khen thưởng"


# -- As they are typed ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "30 – Yêu cầu các thôn",
        "30 - Yêu cầu các thôn",
        "−30 Yêu cầu các thôn",
        "- 30: Yêu cầu các thôn",
        "30 ngày: Yêu cầu các thôn",
        "Trước 30 ngày, Yêu cầu các thôn",
        "30\tYêu cầu các thôn",
    ],
)
def test_a_step_is_understood_however_it_is_written(line):
    assert read_steps(line) == (Step(30, "Yêu cầu các thôn"),)


def test_steps_are_kept_with_the_farthest_first_and_written_as_they_are_read():
    steps = read_steps("5 – Trình ký\n\n30 – Yêu cầu 28 thôn\n5 – Gửi")

    assert steps == (Step(30, "Yêu cầu 28 thôn"), Step(5, "Trình ký"), Step(5, "Gửi"))
    assert read_steps(written(steps)) == steps


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Ghi ít nhất một mốc"),
        ("30 – Yêu cầu\nTrình ký", "Dòng 2: bắt đầu bằng số ngày trước hạn"),
        ("30/11 – Yêu cầu", "Dòng 1: bắt đầu bằng số ngày trước hạn"),
        ("30 –", "Dòng 1: sau số ngày, ghi việc phải làm"),
        ("400 – Yêu cầu", "Dòng 1: mốc cách hạn nhiều nhất 365 ngày."),
        (f"30 – {'a' * 301}", "Dòng 1: việc ở mốc này dài quá 300 chữ"),
        ("\n".join(["1 – Gửi"] * (MOST_STEPS + 1)), "nhiều nhất 30 mốc"),
        ("30 – <script>alert(1)</script>", "HTML"),
    ],
)
def test_what_is_no_step_is_refused_with_its_line(text, message):
    with pytest.raises(UnfitField) as refused:
        read_steps(text)

    assert refused.value.field == "steps"
    assert message in str(refused.value)


# -- Shipped ----------------------------------------------------------------------------------


def test_the_shipped_kinds_are_what_a_person_could_have_typed():
    names = [one.name for one in shipped_types()]

    assert names == [
        PETITION,
        "Báo cáo sơ kết, tổng kết",
        "Đăng ký thi đua",
        "Chấm điểm cụm thi đua",
        "Hội nghị tổng kết",
    ]
    assert len({one.key for one in shipped_types()}) == len(names)
    assert all(read_steps(written(one.steps)) == one.steps for one in shipped_types())
    assert [step.days for step in shipped_types()[0].steps] == [30, 20, 12, 8, 5, 2]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Trình Chủ tịch UBND tỉnh tờ trình khen cao", PETITION),
        ("Gửi báo cáo sơ kết về Sở Nội vụ", "Báo cáo sơ kết, tổng kết"),
        ("Gửi bản đăng ký thi đua về Cụm trưởng", "Đăng ký thi đua"),
        ("Tự chấm điểm, gửi báo cáo kết quả", "Chấm điểm cụm thi đua"),
        ("Kiện toàn Hội đồng Thi đua - Khen thưởng", None),
    ],
)
def test_a_duty_suggests_its_kind_by_its_words(desk, text, name):
    found = suggested(types_of(desk.unit), text)

    assert (found and found.name) == name


# -- A unit's own -----------------------------------------------------------------------------


def test_a_units_own_copy_stands_in_for_the_shipped_one_until_it_goes(desk):
    row = add_type(desk.unit, actor=desk.an, name="tờ trình đề nghị khen thưởng", steps=STEPS)

    own, *others = types_of(desk.unit)
    assert (own.row, own.is_shipped, own.key) == (row, True, "to-trinh")
    assert own.steps == (Step(30, "Yêu cầu các thôn gửi danh sách"), Step(5, "Trình ký"))
    assert [one.row for one in others] == [None] * 4
    assert types_of(UnitFactory())[0].row is None  # nobody else's

    remove_type(row, actor=desk.an)
    assert types_of(desk.unit)[0].steps == shipped_types()[0].steps
    codes = AuditEntry.objects.filter(subject_type="plans.dutytype").order_by("pk").values_list("code", flat=True)
    assert list(codes) == ["plans.duty_type.added", "plans.duty_type.removed"]


def test_a_kind_of_ones_own_comes_after_the_shipped_ones_and_is_suggested(desk):
    row = add_type(desk.unit, actor=desk.an, name="Gia đình văn hóa", steps=STEPS)

    assert types_of(desk.unit)[-1].row == row
    assert suggested(types_of(desk.unit), "Xét tặng gia đình văn hóa năm 2026").row == row


def test_sent_twice_it_is_made_once_and_another_of_its_name_is_refused(desk):
    first = add_type(desk.unit, actor=desk.an, name="Gia đình văn hóa", steps=STEPS)

    assert add_type(desk.unit, actor=desk.an, name="Gia đình văn hóa", steps=STEPS) == first
    with pytest.raises(UnfitField) as refused:
        add_type(desk.unit, actor=desk.an, name="GIA ĐÌNH VĂN HÓA", steps="3 – Gửi")
    assert refused.value.field == "name"
    assert DutyType.objects.count() == 1


def test_a_change_is_told_and_a_stale_page_refused(desk):
    row = add_type(desk.unit, actor=desk.an, name="Gia đình văn hóa", steps=STEPS)
    shown = mark_of(row)

    change_type(row, actor=desk.an, was=shown, name="Gia đình văn hóa", steps="3 – Gửi")

    assert of_json(DutyType.objects.get().steps) == (Step(3, "Gửi"),)
    entry = AuditEntry.objects.latest("pk")
    assert (entry.code, entry.changes) == ("plans.duty_type.changed", {"steps": [STEPS, "3 – Gửi"]})
    with pytest.raises(EditedMeanwhile):
        change_type(row, actor=desk.an, was=shown, name="Gia đình văn hóa", steps="4 – Gửi")
    assert change_type(row, actor=desk.an, was=shown, name="Gia đình văn hóa", steps="3 – Gửi").pk == row.pk


# -- Pages ------------------------------------------------------------------------------------


@pytest.fixture
def page(desk):
    return signed_in(desk.an)


def test_the_list_shows_every_kind_with_its_steps(desk, page):
    add_type(desk.unit, actor=desk.an, name="Gia đình văn hóa", steps=STEPS)

    html = page.get(LIST).content.decode()

    assert [name for name in [one.name for one in shipped_types()] if name not in html] == []
    assert "Của đơn vị, 2 mốc." in html
    assert "−30 ngày" in html


def test_a_shipped_kind_is_taken_as_a_copy_and_given_back(desk, page):
    form = page.get(f"{ADD}?mau=to-trinh").context["form"]
    said = {"unit": desk.unit.pk, "name": form["name"].value(), "steps": f"{form['steps'].value()}\n1 – Gọi điện"}

    answer = page.post(f"{ADD}?mau=to-trinh", said, follow=True)

    assert "Đơn vị đã sửa từ mẫu có sẵn, 7 mốc." in answer.content.decode()
    remove = reverse("plans:duty_type_remove", args=[DutyType.objects.get().pk])
    assert "Bỏ bản đã sửa, dùng lại mẫu" in page.get(remove).content.decode()
    assert DutyType.objects.exists()  # asked first
    page.post(remove)
    assert not DutyType.objects.exists()
    assert page.post(remove).status_code == 302  # a second click


@pytest.mark.parametrize(
    ("fields", "error"),
    [({"name": " "}, "name"), ({"steps": "Trình ký"}, "steps"), ({"steps": ""}, "steps")],
)
def test_errors_stand_at_their_fields_and_what_was_typed_stays(desk, page, fields, error):
    said = {"unit": desk.unit.pk, "name": "Gia đình văn hóa", "steps": STEPS} | fields

    answer = page.post(ADD, said)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [error]
    assert not DutyType.objects.exists()


def test_a_kind_is_changed_on_its_page_unless_somebody_was_faster(desk, page):
    row = add_type(desk.unit, actor=desk.an, name="Gia đình văn hóa", steps=STEPS)
    edit = reverse("plans:duty_type_edit", args=[row.pk])
    form = page.get(edit).context["form"]
    said = {name: form[name].value() for name in form.fields}

    assert page.post(edit, said | {"steps": "3 – Gửi"}).status_code == 302
    stale = page.post(edit, said | {"steps": "4 – Gửi"})

    assert stale.status_code == 409
    assert "4 – Gửi" in stale.content.decode()
    assert of_json(DutyType.objects.get().steps) == (Step(3, "Gửi"),)


def test_only_officers_of_the_unit_change_its_kinds(desk):
    row = add_type(desk.unit, actor=desk.an, name="Gia đình văn hóa", steps=STEPS)
    pages = [reverse(f"plans:duty_type_{name}", args=[row.pk]) for name in ("edit", "remove")]

    asked = {who: [signed_in(who).get(url).status_code for url in pages] for who in (desk.an, desk.binh, desk.cuong)}

    assert asked == {desk.an: [200, 200], desk.binh: [403, 403], desk.cuong: [404, 404]}
    assert "Gia đình văn hóa" not in signed_in(desk.cuong).get(LIST).content.decode()
    assert signed_in(desk.binh).get(LIST).status_code == 403


def test_an_officer_of_two_units_keeps_their_kinds_apart(desk):
    other = UnitFactory(name="Mường Than")
    MembershipFactory(user=desk.an, unit=other, role="officer")
    page = signed_in(desk.an)

    page.post(ADD, {"unit": other.pk, "name": "Gia đình văn hóa", "steps": STEPS})

    assert DutyType.objects.get().unit == other
    assert {unit: len(types) for unit, types in page.get(LIST).context["groups"]} == {desk.unit: 5, other: 6}


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_costs_the_same_for_3_and_30_kinds(desk, page, count, django_assert_num_queries):
    for number in range(count):
        add_type(desk.unit, actor=desk.an, name=f"Loại {number}", steps=STEPS)
    page.get(LIST)

    with django_assert_num_queries(7):
        answer = page.get(LIST)

    assert len(answer.context["groups"][0][1]) == count + 5
