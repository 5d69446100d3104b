"""Writes of units: whole results, one audit entry an act, nothing written when refused."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest

from core.audit import first_broken_link
from core.errors import AppError
from core.models import AuditEntry
from units import services
from units.models import Issuer, Membership, Part, Person, Succession, Unit
from units.selectors import standing_of, visible_units

DAY = dt.date(2026, 3, 5)


def codes() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("code", flat=True))


# -- Parts


def test_missing_parts_are_made_once_with_their_kinds_and_one_entry(office):
    before = codes()
    names = ["Thôn Đông", "Trường Tiểu học An Hòa", "Thôn Đông", " "]

    parts = services.ensure_parts(office.unit, names, actor=office.an)

    assert {name: (part.kind, part.order, part.search) for name, part in parts.items()} == {
        "Thôn Đông": ("village", 1, "thon dong"),
        "Trường Tiểu học An Hòa": ("school", 2, "truong tieu hoc an hoa"),
    }
    assert codes() == [*before, "units.parts.added"]


def test_known_parts_cost_one_query_and_no_entry(office, django_assert_num_queries):
    made = services.ensure_parts(office.unit, ["Thôn Đông", "Thôn Đoài"], actor=office.an)
    before = codes()

    with django_assert_num_queries(1):
        again = services.ensure_parts(office.unit, ["Thôn Đoài", "Thôn Đông"], actor=office.an)

    assert again == made
    assert codes() == before


def test_a_name_in_decomposed_letters_means_the_same_part(office):
    decomposed = unicodedata.normalize("NFD", "Thôn Đoài")

    made = services.ensure_parts(office.unit, ["Thôn Đoài"], actor=office.an)
    again = services.ensure_parts(office.unit, [decomposed], actor=office.an)

    assert again == {decomposed: made["Thôn Đoài"]}


def test_parts_of_another_unit_are_not_taken(office):
    away = office.cuong.memberships.first().unit
    theirs = services.ensure_parts(away, ["Thôn Đông"], actor=office.cuong)

    ours = services.ensure_parts(office.unit, ["Thôn Đông"], actor=office.an)

    assert ours["Thôn Đông"].pk != theirs["Thôn Đông"].pk


@pytest.mark.parametrize("name", ["Thôn\nĐông", "Thôn\x07Đông", "x" * 301])
def test_a_name_that_cannot_be_printed_is_refused_whole(office, name):
    with pytest.raises(AppError):
        services.ensure_parts(office.unit, ["Thôn Đoài", name], actor=office.an)

    assert Part.objects.count() == 0


def test_it_is_told_which_parts_were_made_and_which_were_there(office):
    services.ensure_parts(office.unit, ["Thôn Đông"], actor=office.an)

    some = services.ensure_parts(office.unit, ["Thôn Đoài", "Thôn Đông", "Thôn Đoàii"], actor=office.an)
    none = services.ensure_parts(office.unit, ["Thôn Đoài", "Thôn Đông"], actor=office.an)

    assert [part.name for part in some.made] == ["Thôn Đoài", "Thôn Đoàii"]
    assert (none.made, sorted(none)) == ((), ["Thôn Đoài", "Thôn Đông"])


WEB_CODE = {
    "a part named in a plan": (
        lambda office: services.ensure_parts(office.unit, ["Thôn Đông", "<b>Thôn Đoài</b>"], actor=office.an),
        "Tên bộ phận",
        "<b>",
    ),
    "a part": (lambda office: services.add_part(office.unit, actor=office.an, name="Thôn <i>Đông"), "Tên", "<i>"),
    "a part's telephone": (
        lambda office: services.add_part(office.unit, actor=office.an, name="Thôn Đông", phone="0912<br>"),
        "Điện thoại",
        "<br>",
    ),
    "a person": (
        lambda office: services.add_person(office.unit, actor=office.an, full_name="Lê <b>Thị Bưởi"),
        "Họ và tên",
        "<b>",
    ),
    "a person's post": (
        lambda office: services.update_person(office.an.person, actor=office.an, post="<p>Trưởng thôn</p>"),
        "Chức vụ",
        "<p>",
    ),
    "an issuer": (
        lambda office: services.create_issuer(office.unit, actor=office.an, name_lines="HỘI ĐỒNG\n<h1>XÃ AN HÒA"),
        "Tên cơ quan ban hành",
        "<h1>",
    ),
    "a unit": (
        lambda office: services.create_unit(
            actor=office.an, kind="commune", designation="xã", name="<script>alert(1)</script>"
        ),
        "Tên đơn vị",
        "<script>",
    ),
}


@pytest.mark.parametrize("what", WEB_CODE)
def test_web_code_is_refused_and_nothing_is_kept(office, what):
    write, label, tag = WEB_CODE[what]
    before = stored()

    with pytest.raises(AppError) as refusal:
        write(office)

    assert str(refusal.value) == f"{label} có thẻ HTML «{tag}»; văn bản chỉ gồm chữ, hãy bỏ thẻ đi."
    assert stored() == before


def stored() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (Unit, Part, Person, Issuer, AuditEntry)]


def test_words_with_angle_brackets_are_kept(office):
    part = services.add_part(office.unit, actor=office.an, name="Các thôn có tỷ lệ < 5 %, <tên thôn>")

    assert Part.objects.get() == part
    assert part.name == "Các thôn có tỷ lệ < 5 %, <tên thôn>"


def test_a_part_is_added_changed_and_ended_with_its_history(office):
    part = services.add_part(office.unit, actor=office.an, name="  Thôn Đông ", kind="village", phone="0912")
    services.update_part(part, actor=office.an, phone="0913", name="Thôn Đông")
    services.end_part(part, actor=office.an, last_day=DAY)

    part.refresh_from_db()
    assert (part.name, part.phone, part.order, part.valid_to) == ("Thôn Đông", "0913", 1, DAY)
    history = AuditEntry.objects.filter(subject_type="units.part").order_by("pk").values_list("code", "changes")
    assert list(history) == [
        (
            "units.part.added",
            {"name": [None, "  Thôn Đông "], "kind": [None, "village"], "phone": [None, "0912"]},
        ),
        ("units.part.changed", {"phone": ["0912", "0913"]}),
        ("units.part.ended", {"valid_to": [None, "2026-03-05"]}),
    ]
    assert first_broken_link(office.unit.pk) is None


@pytest.mark.parametrize(
    ("first", "second", "is_refused"),
    [
        ((None, None), (None, None), True),
        ((None, None), (DAY, None), True),
        ((DAY, None), (None, None), True),
        ((None, DAY), (DAY, None), True),
        ((None, DAY), (DAY + dt.timedelta(days=1), None), False),
        ((DAY + dt.timedelta(days=1), None), (None, DAY), False),
    ],
)
def test_two_parts_of_one_name_are_never_in_force_on_one_day(office, first, second, is_refused):
    def add(days) -> None:
        services.add_part(office.unit, actor=None, name="Thôn Đông", valid_from=days[0], valid_to=days[1])

    add(first)

    if is_refused:
        with pytest.raises(AppError, match="Đã có bộ phận «Thôn Đông» trong danh sách."):
            add(second)
    else:
        add(second)
    assert Part.objects.count() == (1 if is_refused else 2)


def test_saving_without_a_change_writes_nothing(office, django_assert_num_queries):
    part = services.add_part(office.unit, actor=office.an, name="Thôn Đông")
    before = codes()

    services.update_part(part, actor=office.an, name="Thôn Đông", phone="")

    assert codes() == before


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": " "}, "Bộ phận phải có tên."),
        ({"name": "Thôn Đoài"}, "Đã có bộ phận «Thôn Đoài» trong danh sách."),
        ({"valid_from": DAY, "valid_to": dt.date(2026, 3, 4)}, "Ngày kết thúc phải sau ngày bắt đầu."),
    ],
)
def test_an_unfit_change_of_a_part_is_refused_and_the_row_keeps_its_values(office, fields, sentence):
    services.add_part(office.unit, actor=office.an, name="Thôn Đoài")
    part = services.add_part(office.unit, actor=office.an, name="Thôn Đông")

    with pytest.raises(AppError) as refusal:
        services.update_part(part, actor=office.an, **fields)

    assert str(refusal.value) == sentence
    assert part.name == "Thôn Đông"
    part.refresh_from_db()
    assert (part.name, part.valid_from, part.valid_to) == ("Thôn Đông", None, None)


# -- Units


def test_a_unit_is_made_from_its_issuer_line_and_reused(db):
    first = services.unit_for_issuer_line("ỦY BAN NHÂN DÂN XÃ CẨM LĨNH", actor=None)
    again = services.unit_for_issuer_line("ỦY BAN NHÂN DÂN XÃ CẨM LĨNH", actor=None)
    other = services.unit_for_issuer_line("ỦY BAN NHÂN DÂN HUYỆN CẨM LĨNH", actor=None)

    assert again == first
    assert [(u.kind, u.designation, u.name, u.code, u.is_verified) for u in (first, other)] == [
        ("commune", "xã", "Cẩm Lĩnh", "M-1", False),
        ("district", "huyện", "Cẩm Lĩnh", "M-2", False),
    ]


def test_a_verified_unit_is_never_taken_for_a_printed_line(office):
    made = services.unit_for_issuer_line("ỦY BAN NHÂN DÂN XÃ AN HÒA", actor=None)

    assert made != office.unit
    assert made.is_verified is False


def test_a_name_that_begins_like_another_is_another_unit(db):
    services.unit_for_issuer_line("ỦY BAN NHÂN DÂN XÃ AN HÒA TÂY", actor=None)

    assert services.unit_for_issuer_line("ỦY BAN NHÂN DÂN XÃ AN HÒA", actor=None).name == "An Hòa"


def test_the_superior_on_the_paper_becomes_the_level_above_and_keeps_namesakes_apart(office):
    elsewhere = services.create_unit(actor=None, kind="province", designation="tỉnh", name="Sơn Hải", code="21")

    ours = services.unit_for_issuer_line("SỞ NỘI VỤ", actor=None, superior="UBND TỈNH VĨNH HÀ")
    theirs = services.unit_for_issuer_line("SỞ NỘI VỤ", actor=None, superior="UBND TỈNH SƠN HẢI")
    again = services.unit_for_issuer_line("SỞ NỘI VỤ", actor=None, superior="UBND TỈNH VĨNH HÀ")

    assert [(ours.parent, ours.name), (theirs.parent, theirs.name)] == [
        (office.province, "Sở nội vụ"),
        (elsewhere, "Sở nội vụ"),
    ]
    assert again == ours


def test_a_code_belongs_to_one_unit(office):
    with pytest.raises(AppError, match="Mã 00001 đã thuộc về một đơn vị khác."):
        services.create_unit(actor=None, kind="commune", designation="xã", name="Khác", code="00001")

    assert Unit.objects.filter(name="Khác").count() == 0


def test_a_succession_is_recorded_once(office):
    old = services.create_unit(actor=None, kind="commune", designation="xã", name="Cũ", valid_to=dt.date(2025, 6, 30))

    for _ in range(2):
        services.record_succession(actor=None, date=dt.date(2025, 7, 1), old=old, new=office.unit, is_whole=False)

    assert list(Succession.objects.values_list("old_unit", "new_unit", "is_whole")) == [
        (old.pk, office.unit.pk, False)
    ]
    assert codes().count("units.succession.recorded") == 1


def test_a_unit_does_not_follow_itself_nor_a_part(office):
    part = services.add_part(office.unit, actor=None, name="Thôn Đông")

    for other in (office.unit, part):
        with pytest.raises(AppError):
            services.record_succession(actor=None, date=DAY, old=office.unit, new=other)


# -- Issuers


def test_an_issuer_keeps_the_lines_of_the_paper(office):
    issuer = services.create_issuer(
        office.unit, actor=office.an, name_lines="ỦY BAN NHÂN DÂN\r\nXÃ AN HÒA\n", place="An Hòa", symbol="UBND"
    )
    services.update_issuer(issuer, actor=office.an, place="An Hoà")

    stored = Issuer.objects.get()
    assert (stored.lines, stored.place, stored.name) == (
        ("ỦY BAN NHÂN DÂN", "XÃ AN HÒA"),
        "An Hoà",
        "ỦY BAN NHÂN DÂN XÃ AN HÒA",
    )
    with pytest.raises(AppError, match="Cơ quan ban hành phải có tên."):
        services.update_issuer(issuer, actor=office.an, name_lines="\n ")


# -- Roles


def test_a_role_works_from_its_day_to_its_day(office, time_machine):
    time_machine.move_to("2098-03-05T09:00:00+07:00")
    clerk = Membership.Role.CLERK

    given = services.grant_role(office.an, office.unit, clerk, actor=office.binh)
    assert services.grant_role(office.an, office.unit, clerk, actor=office.binh) == given
    assert fresh_roles(office) == {"officer", "clerk"}

    services.end_role(given, actor=office.binh)
    assert fresh_roles(office) == {"officer"}

    services.grant_role(office.an, office.unit, clerk, actor=office.binh)
    assert fresh_roles(office) == {"officer", "clerk"}


def fresh_roles(office) -> set[str]:
    user = type(office.an).objects.get(pk=office.an.pk)
    return set(standing_of(user).roles.get(office.unit.pk, set()))


def test_the_last_administrator_stays(office):
    last = Membership.objects.get(user=office.binh)

    with pytest.raises(AppError, match="Đơn vị phải còn ít nhất một người quản trị"):
        services.end_role(last, actor=office.binh)

    services.grant_role(office.an, office.unit, Membership.Role.ADMINISTRATOR, actor=office.binh)
    services.end_role(last, actor=office.binh)
    assert Membership.objects.on().filter(user=office.binh).count() == 0


# -- Who sees which unit


def test_own_levels_above_and_below_and_predecessors_are_seen_and_no_neighbour(office):
    old = services.create_unit(actor=None, kind="commune", designation="xã", name="Cũ", valid_to=dt.date(2025, 6, 30))
    services.record_succession(actor=None, date=dt.date(2025, 7, 1), old=old, new=office.unit)
    assert Unit.objects.filter(name="Bình Sơn").exists()

    assert set(visible_units(office.an)) == {office.province, office.unit, old}


def test_a_province_sees_its_communes_through_the_districts_of_their_time(office):
    district = services.create_unit(
        actor=None, kind="district", designation="huyện", name="Trung", parent=office.province
    )
    commune = services.create_unit(actor=None, kind="commune", designation="xã", name="Xa", parent=district)
    reviewer = type(office.an).objects.create(username="noivu")
    services.grant_role(reviewer, office.province, Membership.Role.REVIEWER, actor=None)

    assert set(visible_units(reviewer)) == {
        office.province,
        office.unit,
        Unit.objects.get(name="Bình Sơn"),
        district,
        commune,
    }
