"""One criterion for all units of all clusters: pasted, compared with the self-scores, saved in one act."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.models import Assignment, Cluster, Criterion, Entry, Member, ScoreSheet, Season
from clusters.reviewing.criterion import gap_between
from clusters.sheets.typed import Leaf, Values, Way
from clusters.states import Stage
from documents.models import Evidence
from tests.clusters.season import Round, a_round
from tests.clusters.sheets.cells import move_all
from tests.factories import MembershipFactory, Role, UnitFactory
from tests.units.conftest import signed_in

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SOURCE = {"viec": "luu", "reason": "Theo danh sách của Sở Y tế"}


@pytest.fixture
def found() -> Round:
    """Four communes of one cluster, one of a second one by the same set; all at the reviewer; three have a figure."""
    found = a_round()
    cluster = Cluster.objects.create(unit=found.province, name="Cụm thi đua số 3", order=3)
    season = Season.objects.create(cluster=cluster, year=2026, state="scoring", criteria=found.season.criteria)
    unit = UnitFactory(name="Ea Hiao", parent=found.province)
    member = Member.objects.create(season=season, order=1, unit=unit, name="Xã Ea Hiao")
    found.sheets.append(ScoreSheet.objects.create(member=member, stage="review"))
    move_all(found, Stage.REVIEW)
    for place, figure in ((0, 72), (1, 55), (4, 40)):
        say(found, place, figure)
    return found


def say(found: Round, place: int, figure: int, stage: str = "self", **more) -> Entry:
    row = found.criteria["II.2"]
    return Entry.objects.create(sheet=found.sheets[place], criterion=row, stage=stage, actual=figure, **more)


def url(found: Round, code: str = "II.2") -> str:
    key = f"{found.season.criteria_id}-2026"
    return f"{reverse('clusters:by_criterion')}?bo={key}&tc={found.criteria[code].pk}"


def page(found: Round, query: str = "", code: str = "II.2", **posted):
    client = signed_in(found.noivu)
    return client.post(url(found, code) + query, posted) if posted else client.get(url(found, code) + query)


def cell(found: Round, place: int, version: int = 0) -> str:
    return f"o-{found.sheets[place].pk}-{version}"


def figures(found: Round) -> dict[str, tuple]:
    rows = Entry.objects.filter(stage=Stage.REVIEW).select_related("sheet__member")
    return {row.sheet.member.name: (row.actual, row.reason) for row in rows}


def test_the_units_of_all_clusters_stand_beside_their_own_figures(found):
    rows = page(found).context["rows"]

    assert [(row.sheet.member.name, row.own, row.typed, row.gap) for row in rows] == [
        ("Xã An Bình", "72", "", ""),
        ("Xã Bình Minh", "55", "", ""),
        ("Xã Cẩm Sơn", "", "", ""),
        ("Xã Đông Hải", "", "", ""),
        ("Xã Ea Hiao", "40", "", ""),
    ]


def test_a_pasted_list_goes_into_the_rows_with_its_gaps_and_writes_nothing(found):
    pasted = "Đơn vị\tTỷ lệ\nAn Binh\t70\nXã Bình Minh\t55\nCẩm Sơn\t31\nXã Xuân Lai\t3"

    answer = page(found, viec="doc", **{"danh-sach": pasted})

    assert [(row.typed, row.gap, row.is_gap) for row in answer.context["rows"]] == [
        ("70", "lệch −2", True),
        ("55", "khớp", False),
        ("31", "chưa tự chấm", False),
        ("", "", False),
        ("", "", False),
    ]
    assert answer.context["told"] == ["Dòng 5 («Xã Xuân Lai 3»): không có đơn vị nào tên như vậy."]
    assert figures(found) == {}


def test_two_units_of_one_name_are_asked_about_and_the_answer_counts(found):
    Member.objects.filter(pk=found.sheets[4].member_id).update(name="Xã An Bình")

    asked = page(found, viec="doc", **{"danh-sach": "An Bình\t70"})
    [question] = asked.context["questions"]
    assert [(one.key, one.group) for one in question.candidates] == [
        (found.sheets[0].pk, "Cụm thi đua số 2"), (found.sheets[4].pk, "Cụm thi đua số 3"),
    ]  # fmt: skip

    answered = page(found, viec="doc", **{"danh-sach": "An Bình\t70", "hoi-1": str(found.sheets[4].pk)})
    assert [row.typed for row in answered.context["rows"]] == ["", "", "", "", "70"]


def test_one_act_saves_all_with_reason_and_evidence(found):
    upload = SimpleUploadedFile("danh-sach.pdf", PDF, "application/pdf")
    typed = {cell(found, 0): "70", cell(found, 1): "55; số của quý IV", cell(found, 4): "41", cell(found, 2): ""}

    answer = page(found, **SOURCE, **typed, file=upload)

    assert answer.status_code == 302
    reason = SOURCE["reason"]
    assert figures(found) == {
        "Xã An Bình": (70, reason), "Xã Bình Minh": (55, "số của quý IV"), "Xã Ea Hiao": (41, reason),
    }  # fmt: skip
    proof = Evidence.objects.get()
    assert proof.unit == found.province
    assert Entry.objects.filter(evidence=proof, stage=Stage.REVIEW).count() == 3


def test_one_wrong_figure_and_nothing_is_saved(found):
    answer = page(found, **SOURCE, **{cell(found, 0): "70", cell(found, 1): "nhiều"})

    assert answer.status_code == 422
    assert [(row.sheet.member.name, row.error != "") for row in answer.context["errors"]] == [("Xã Bình Minh", True)]
    assert answer.context["rows"][0].typed == "70"
    assert figures(found) == {}


def test_the_reason_is_asked_for(found):
    answer = page(found, viec="luu", reason=" ", **{cell(found, 0): "70"})

    assert answer.status_code == 422
    assert "Ghi nguồn số liệu" in str(answer.context["form"].errors["reason"])
    assert figures(found) == {}


def test_what_a_colleague_saved_meanwhile_is_told_and_stays(found):
    say(found, 0, 65, "review", reason="Theo sổ", version=3, by=found.noivu)

    answer = page(found, **SOURCE, **{cell(found, 0, 1): "70", cell(found, 1): "50"})

    assert answer.status_code == 422
    [row] = answer.context["errors"]
    assert "vừa ghi 65" in row.error
    assert figures(found) == {"Xã An Bình": (65, "Theo sổ")}


def test_what_was_saved_before_keeps_its_own_reason(found):
    say(found, 0, 65, "review", reason="Theo sổ", version=3)

    page(found, **SOURCE, **{cell(found, 0, 3): "65", cell(found, 1): "50"})

    assert figures(found) == {"Xã An Bình": (65, "Theo sổ"), "Xã Bình Minh": (50, SOURCE["reason"])}


def test_a_saved_figure_is_not_emptied_here(found):
    say(found, 0, 65, "review", reason="Theo sổ", version=3)

    answer = page(found, **SOURCE, **{cell(found, 0, 3): ""})

    assert [row.error for row in answer.context["errors"]] == ["Đã ghi 65; muốn bỏ thì mở bảng điểm của đơn vị."]


def test_what_cannot_be_written_now_says_why(found):
    ScoreSheet.objects.filter(pk=found.sheets[1].pk).update(stage="head")
    Assignment.objects.create(member=found.members[2], criterion=found.criteria["II.2"], is_assigned=False)
    MembershipFactory(user=found.noivu, unit=found.communes[3], role=Role.COUNCIL_MEMBER)

    answer = page(found, viec="doc", **{"danh-sach": "Bình Minh\t50"})

    assert [row.closed for row in answer.context["rows"]] == [
        "", "trưởng cụm đang chấm", "không giao chỉ tiêu", "đơn vị của bạn, người khác thẩm định", "",
    ]  # fmt: skip
    assert answer.context["told"] == ["Xã Bình Minh: trưởng cụm đang chấm, không ghi «50»."]
    page(found, **SOURCE, **{cell(found, place): "50" for place in (1, 2, 3)})
    assert figures(found) == {}


def test_filters_and_search_without_marks(found):
    say(found, 0, 60, "review", reason="Theo sổ")

    def shown(query: str) -> list[str]:
        return [row.sheet.member.name for row in page(found, query).context["rows"]]

    assert shown("&q=dong+hai") == ["Xã Đông Hải"]
    assert shown("&q=so+3") == ["Xã Ea Hiao"]
    assert shown("&loc=lech") == ["Xã An Bình"]
    assert len(shown("&loc=trong")) == 4


def test_the_first_page_offers_sets_and_criteria_with_what_is_done(found):
    say(found, 0, 60, "review", reason="Theo sổ")

    answer = signed_in(found.noivu).get(reverse("clusters:by_criterion"))

    assert {one.row.code: (one.done, one.total) for one in answer.context["criteria"]} == {
        code: (int(code == "II.2"), 5) for code, row in found.criteria.items() if row.kind
    }
    assert [len(one.seasons) for one in answer.context["sets"]] == [2]


def test_another_organiser_finds_neither_set_nor_criterion(found):
    other = a_round(names=("Xa Lạ", "Xa Xôi"))

    assert signed_in(other.noivu).get(url(found)).status_code == 404
    assert signed_in(found.noivu).get(url(found).replace("tc=", "tc=9")).status_code == 404


@pytest.mark.parametrize("count", [3, 300])
def test_the_number_of_queries_is_the_same(found, count):
    for sheet in found.sheets[3:]:
        sheet.delete()
    members = [Member(season=found.season, order=n + 10, name=f"Xã {n}") for n in range(count - 3)]
    Member.objects.bulk_create(members)
    sheets = ScoreSheet.objects.bulk_create(ScoreSheet(member=member, stage="review") for member in members)
    row = Criterion.objects.get(pk=found.criteria["II.2"].pk)
    Entry.objects.bulk_create(Entry(sheet=sheet, criterion=row, stage="self", actual=40) for sheet in sheets)
    client = signed_in(found.noivu)
    client.get(url(found))

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url(found))

    assert (len(answer.context["rows"]), len(queries)) == (count, 10)


class TestGap:
    @pytest.mark.parametrize(
        ("way", "own", "now", "said"),
        [
            (Way.FIGURE, Values(actual=98), Values(actual=95), ("lệch −3", True)),
            (Way.DEDUCTION, Values(deduction=1), Values(deduction=2), ("lệch +1", True)),
            (Way.RETURNED, Values(returned=0), Values(returned=2), ("lệch +2", True)),
            (Way.GRADE, Values(grade="A"), Values(grade="B"), ("khác tự chấm", True)),
            (Way.YES_NO, Values(actual=1), Values(actual=1), ("khớp", False)),
            (Way.FIGURE, Values(actual=98), Values(points=5), ("khác tự chấm", True)),
            (Way.FIGURE, Values(), Values(actual=5), ("chưa tự chấm", False)),
        ],
    )
    def test_figures_are_subtracted_everything_else_is_the_same_or_not(self, way, own, now, said):
        assert gap_between(Leaf(way, 10, 2), own, now) == said
