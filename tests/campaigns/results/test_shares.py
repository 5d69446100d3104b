"""A target divided among villages, schools, bodies."""

from __future__ import annotations

from decimal import Decimal

import pytest

from campaigns.models import Share
from campaigns.results.services import Misplaced
from campaigns.results.shares import ShareRow, save_shares
from core.models import AuditEntry
from tests.campaigns.results.conftest import insured, rice
from tests.factories import PartFactory, UnitFactory

D = Decimal


def key(part) -> str:
    return f"part{part.pk}"


def shares(office) -> dict[str, Decimal]:
    return {str(share.part): share.low for share in Share.objects.select_related("part").order_by("part__order")}


def test_all_in_force_bear_shares_but_groups(office):
    [lua] = office.targets(rice())
    PartFactory(unit=office.unit, name="Thôn cũ", valid_to="2023-12-31")

    lines = office.page("shares", lua.pk).context["lines"]

    assert [str(line.bearer) for line in lines] == ["Thôn Đông", "Thôn Tây", "Thôn Nam", "Trường Tiểu học"]


def test_shares_are_saved_with_their_sum(office):
    [lua] = office.targets(rice())
    east, west, _ = office.villages

    answer = office.post("shares", lua.pk, **{f"{key(east)}-low": "1.200", f"{key(west)}-low": "950,5"})

    assert answer.url == office.url("shares", lua.pk)
    assert shares(office) == {"Thôn Đông": D(1200), "Thôn Tây": D("950.5")}
    page = office.page("shares", lua.pk)
    assert page.context["sum_words"] == "cộng 2.150,5/2.200 tấn: còn thiếu 49,5"
    assert AuditEntry.objects.get(code="campaigns.shares.given").changes == {
        "Thôn Đông": [None, "1.200 tấn"],
        "Thôn Tây": [None, "950,5 tấn"],
    }


def test_of_percentages_the_page_says_that_they_are_not_summed(office):
    [bhyt] = office.targets(insured())
    office.post("shares", bhyt.pk, **{f"{key(office.villages[0])}-low": "95"})

    words = office.page("shares", bhyt.pk).context["sum_words"]

    assert words == "số giao của các nơi không cộng lại được: mỗi nơi một mức"


def test_an_emptied_field_takes_the_share_back(office):
    [lua] = office.targets(rice())
    east, west, _ = office.villages
    for part in (east, west):
        Share.objects.create(target=lua, part=part, low=5)

    office.post("shares", lua.pk, **{f"{key(east)}-low": "", f"{key(east)}-was": "5|"})

    assert shares(office) == {"Thôn Tây": D(5)}


def test_a_wrong_figure_is_told_at_its_row_and_the_rest_waits(office):
    [lua] = office.targets(rice())
    east, west, _ = office.villages

    answer = office.post("shares", lua.pk, **{f"{key(east)}-low": "mười", f"{key(west)}-low": "7"})

    assert answer.status_code == 422
    assert [error for _, error in answer.context["errors"]] == [
        "Thôn Đông: ghi «mười», không phải một số. Ghi bằng chữ số, như 12 hoặc 12,5."
    ]
    assert [line.low for line in answer.context["lines"][:2]] == ["mười", "7"]
    assert shares(office) == {}


def test_a_pasted_column_is_shown_first_and_saved_after(office):
    [lua] = office.targets(rice())
    east, _, south = office.villages

    page = office.post("shares", lua.pk, viec="dan", dan="Thôn Nam\t700\nThôn Đông\t500\nThôn Bắc\t1")

    assert (page.context["pasted"], page.context["unfit"]) == (
        2,
        ["Dòng 3 («Thôn Bắc · 1»): không có tên này trong bảng."],
    )
    assert shares(office) == {}
    filled = {f"{line.key}-low": line.low for line in page.context["lines"]}
    office.post("shares", lua.pk, **filled)
    assert shares(office) == {str(east): D(500), str(south): D(700)}


def test_two_who_give_different_parts_lose_nothing_and_of_one_part_see_both(office):
    [lua] = office.targets(rice())
    east, west, _ = office.villages
    was = {f"{key(part)}-was": "|" for part in office.villages}
    office.post("shares", lua.pk, who=office.lan, **was | {f"{key(east)}-low": "10"})

    other = office.post("shares", lua.pk, **was | {f"{key(west)}-low": "20"})
    same = office.post("shares", lua.pk, **was | {f"{key(east)}-low": "30"})

    assert (other.status_code, same.status_code) == (302, 409)
    [line] = same.context["clashes"]
    assert (line.low, line.theirs, line.was) == ("30", "10 tấn", "10|")
    assert shares(office) == {"Thôn Đông": D(10), "Thôn Tây": D(20)}


def test_a_part_of_another_unit_bears_nothing(office):
    [lua] = office.targets(rice())

    with pytest.raises(Misplaced):
        save_shares(lua, [ShareRow(PartFactory(), D(5))], actor=office.an)


def test_a_province_divides_among_its_units(office):
    province = UnitFactory(province=True)
    type(office.unit).objects.filter(pk=office.unit.pk).update(kind="province")
    below = UnitFactory(parent=office.unit, name="Ba Vì")
    [lua] = office.targets(rice())
    assert province.pk != office.unit.pk

    office.post("shares", lua.pk, **{f"lower{below.pk}-low": "30"})

    assert [(share.lower, share.low) for share in Share.objects.select_related("lower")] == [(below, D(30))]


@pytest.mark.parametrize("count", [3, 30])
def test_the_page_costs_the_same_for_3_and_30_parts(office, count, django_assert_num_queries):
    [lua] = office.targets(rice())
    for number in range(count - len(office.villages)):
        part = PartFactory(unit=office.unit, name=f"Xóm {number}")
        Share.objects.create(target=lua, part=part, low=number)
    office.page("shares", lua.pk)

    with django_assert_num_queries(9):
        page = office.page("shares", lua.pk)

    assert len(page.context["lines"]) == count + 1
