"""The list of sheets, the grid and one sheet as people open them."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.models import Assignment, Entry, Member, ScoreSheet, Season
from clusters.states import SeasonState, Stage
from tests.clusters.season import Round, a_round
from tests.clusters.sheets.cells import grow, move_all, write
from tests.factories import Role, UserFactory
from tests.units.conftest import signed_in
from units.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def found() -> Round:
    """Nothing is late yet, whenever the test runs."""
    found = a_round()
    found.season.steps.update(due=dt.date(2099, 11, 30))
    return found


def page(user: User, name: str, *args: int, **query: str):
    return signed_in(user).get(reverse(f"clusters:{name}", args=args), query)


def text_of(response) -> str:
    content = response.content.decode()
    main = content[content.index("<main") : content.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


# -- The grid ----------------------------------------------------------------------------


def test_the_grid_opens_where_there_is_work(found):
    move_all(found, Stage.REVIEW)
    response = page(found.noivu, "grid", found.season.pk)
    assert (response.context["stage"], response.context["standing"]) == (
        Stage.REVIEW,
        "Bước Thẩm định: 4/4 đơn vị đang chờ bạn chấm.",
    )

    response = page(found.noivu, "grid", found.season.pk, buoc="self")
    assert (response.context["stage"], response.context["standing"]) == (Stage.SELF, "Bước Tự chấm: chỉ xem.")
    assert 'data-typed="' not in response.content.decode()


def test_the_grid_shows_only_sheets_that_one_sees(found):
    def columns(user: User) -> list[str]:
        return [sheet.member.name for sheet in page(user, "grid", found.season.pk).context["sheets"]]

    assert columns(found.noivu) == ["Xã An Bình", "Xã Bình Minh", "Xã Cẩm Sơn", "Xã Đông Hải"]
    assert columns(found.officers[0]) == ["Xã An Bình"]
    ScoreSheet.objects.filter(pk=found.sheets[2].pk).update(stage=Stage.HEAD)
    assert columns(found.officers[0]) == ["Xã An Bình", "Xã Cẩm Sơn"]
    assert columns(found.officers[3]) == ["Xã Đông Hải"]


@pytest.mark.parametrize(("only", "codes"), [("", 8), ("tru", 2), ("lech", 1)])
def test_filters_keep_rows_with_their_groups(found, only, codes):
    """II.3 was cut by its unit, I.1 by the head; all others stand as they were."""
    Assignment.objects.create(member=found.members[2], criterion=found.criteria["I.1"], target=10)
    write(found, 2, "I.1", "10")
    write(found, 2, "II.3", "2; vắng")
    ScoreSheet.objects.filter(pk=found.sheets[2].pk).update(stage=Stage.HEAD)
    found.sheets[2].refresh_from_db()
    write(found, 2, "I.1", "9; theo Thuế cơ sở", actor=found.officers[0])
    ScoreSheet.objects.filter(pk=found.sheets[2].pk).update(stage=Stage.SELF)

    rows = page(found.noivu, "grid", found.season.pk, loc=only, buoc="head").context["rows"]

    leaves = [row.line.row.code for row in rows if row.cells]
    groups = [row.line.row.code for row in rows if not row.cells]
    assert len(leaves) == codes
    if only == "tru":
        assert (leaves, groups) == (["I.1", "II.3"], ["I", "II"])
    if only == "lech":
        assert (leaves, groups) == (["I.1"], ["I"])


def test_a_cell_of_a_criterion_without_target_takes_nothing(found):
    Assignment.objects.create(member=found.members[0], criterion=found.criteria["I.1"], is_assigned=False)

    rows = page(found.officers[0], "grid", found.season.pk).context["rows"]

    [one] = next(row.cells for row in rows if row.line.row.code == "I.1")
    assert (one.said, one.is_open, one.points) == ("không giao", False, "")


def test_words_of_people_are_escaped_in_cells(found):
    Member.objects.filter(pk=found.members[0].pk).update(name='Xã "An" <b>Bình</b>')
    Entry.objects.create(
        sheet=found.sheets[0],
        criterion=found.criteria["II.3"],
        stage="self",
        deduction=1,
        reason='"><script>x</script>',
    )

    content = page(found.officers[0], "grid", found.season.pk).content.decode()

    assert "<script>x" not in content
    assert 'data-reason="&quot;&gt;&lt;script&gt;x&lt;/script&gt;"' in content


@pytest.mark.parametrize(("members", "leaves"), [(4, 12), (14, 180)])
def test_the_grid_costs_the_same_queries_at_every_size(found, members, leaves):
    grow(found, members=members, leaves=leaves)
    move_all(found, Stage.REVIEW)
    client, url = signed_in(found.noivu), reverse("clusters:grid", args=[found.season.pk])
    client.get(url)

    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)

    assert response.content.decode().count("data-c=") == members * leaves
    assert len(queries) == 16


@pytest.mark.parametrize(("members", "leaves"), [(4, 12), (14, 180)])
def test_a_sheet_costs_the_same_queries_at_every_size(found, members, leaves):
    grow(found, members=members, leaves=leaves)
    move_all(found, Stage.REVIEW)
    client, url = signed_in(found.noivu), reverse("clusters:sheet", args=[found.sheets[0].pk])
    client.get(url)

    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)

    assert response.content.decode().count("data-c=") == leaves
    assert len(queries) == 20


@pytest.mark.parametrize("members", [4, 14])
def test_the_list_of_sheets_costs_the_same_queries_at_every_size(found, members):
    grow(found, members=members, leaves=12)
    client, url = signed_in(found.noivu), reverse("clusters:sheets", args=[found.season.pk])
    client.get(url)

    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)

    assert len(response.context["rows"]) == members
    assert len(queries) == 16


# -- One sheet ---------------------------------------------------------------------------


def test_a_unit_sees_all_stages_and_why_each_point_was_cut(found):
    Assignment.objects.create(member=found.members[2], criterion=found.criteria["I.1"], target=10)
    write(found, 2, "I.1", "10")
    write(found, 2, "II.3", "1; vắng 01 buổi")
    for stage, actor, text in (
        (Stage.HEAD, found.officers[0], "2; vắng 02 buổi theo biên bản"),
        (Stage.REVIEW, found.noivu, "1,5; 01 buổi có phép"),
    ):
        move_all(found, stage)
        write(found, 2, "II.3", text, actor=actor)

    response = page(found.officers[2], "sheet", found.sheets[2].pk)
    words = text_of(response)

    row = next(row for row in response.context["rows"] if row.line.row.code == "II.3")
    assert [(one.stage, one.points, one.said, one.reason) for one in row.spoken] == [
        (Stage.SELF, "24,00", "trừ 1", "vắng 01 buổi"),
        (Stage.CROSS, "24,00", "", ""),
        (Stage.HEAD, "23,00", "trừ 2", "vắng 02 buổi theo biên bản"),
        (Stage.REVIEW, "23,50", "trừ 1,5", "01 buổi có phép"),
    ]
    assert "vắng 02 buổi theo biên bản" in words
    assert (row.cells, response.context["is_open"]) == ([], False)
    total = f"t-{found.members[2].pk}"  # it follows the cells as they are typed
    assert response.context["standing"] == f'Đang thẩm định: <span data-out="{total}">43,50</span> điểm.'


def test_the_sheet_adds_up(found):
    Assignment.objects.create(member=found.members[0], criterion=found.criteria["I.1"], target=10)
    Assignment.objects.create(member=found.members[0], criterion=found.criteria["I.2"], is_assigned=False)
    write(found, 0, "I.1", "8")
    write(found, 0, "III", "5")

    response = page(found.officers[0], "sheet", found.sheets[0].pk)

    assert [(words, sums[0][1]) for _, words, sums in response.context["footers"]] == [
        ("Cộng điểm các tiêu chí", "41,00"),
        ("Quy đổi do không giao chỉ tiêu", "4,56"),
        ("Điểm thưởng và điểm trừ", "5,00"),
        ("Tổng điểm", "50,56"),
    ]


def test_a_later_stage_is_not_there_before_it_has_begun(found):
    assert page(found.officers[0], "sheet", found.sheets[0].pk).context["stages"] == [Stage.SELF]


@pytest.mark.parametrize("only", ["tru", "lech"])
def test_filters_of_the_sheet_say_so_when_nothing_is_left(found, only):
    words = text_of(page(found.officers[0], "sheet", found.sheets[0].pk, loc=only))

    assert "Không có dòng nào như vậy" in words


def test_others_see_a_sheet_only_as_the_season_opens_it(found):
    own, other, stranger = found.officers[2], found.officers[3], UserFactory(role=Role.OFFICER)
    pk = found.sheets[2].pk

    def codes() -> list[int]:
        return [page(user, "sheet", pk).status_code for user in (own, found.noivu, found.officers[0], other, stranger)]

    assert codes() == [200, 200, 404, 404, 404]
    ScoreSheet.objects.filter(pk=pk).update(stage=Stage.HEAD)
    assert codes() == [200, 200, 200, 404, 404]
    Season.objects.update(state=SeasonState.PUBLISHED, shows=Season.Shows.ALL)
    assert codes() == [200, 200, 200, 200, 404]


def test_who_speaks_on_a_sheet_reads_its_history_and_others_do_not(found):
    write(found, 2, "II.2", "72")
    write(found, 2, "II.2", "75")
    Season.objects.update(state=SeasonState.PUBLISHED, shows=Season.Shows.ALL)

    [line] = page(found.officers[2], "sheet", found.sheets[2].pk).context["history"]
    assert (line.who, line.what) == (str(found.officers[2]), "Ghi điểm")
    assert sorted((one.name, one.old, one.new) for one in line.changes) == [
        ("II.2, Tự chấm", "(trống)", "72"),
        ("II.2, Tự chấm", "72", "75"),
    ]
    assert page(found.officers[3], "sheet", found.sheets[2].pk).context["history"] is None
