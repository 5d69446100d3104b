"""The pages of score sheets as people open them, and the address that takes saved cells."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.models import Assignment, Entry, Member, ScoreSheet, Season
from clusters.states import SeasonState, Stage
from tests.clusters.season import Round, a_round
from tests.clusters.sheets.cells import cell, entry_of, grow, move_all, send, write
from tests.factories import Role, UnitFactory, UserFactory
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


def told(response) -> dict:
    return json.loads(response.content)


# -- Saving cells ------------------------------------------------------------------------


def test_a_saved_cell_is_answered_with_its_points_and_the_sums_above_it(found):
    Assignment.objects.create(member=found.members[0], criterion=found.criteria["I.1"], target=200)

    response = send(signed_in(found.officers[0]), found, cell(found, 0, "I.1", "150"))

    member, row, group = found.members[0].pk, found.criteria["I.1"].pk, found.criteria["I"].pk
    answer = told(response)
    assert (response.status_code, answer["refused"], answer["clashes"]) == (200, [], [])
    [saved] = answer["saved"]
    assert (saved["key"], saved["said"], saved["typed"], saved["is_own"]) == (f"{member}-{row}", "150", "150", True)
    assert saved["version"] == entry_of(found.sheets[0], "I.1").version
    assert answer["outs"] == {
        f"p-{member}-{row}": "15,00",
        f"g-{member}-{group}": "15,00",
        f"b-{member}": "40,00",
        f"q-{member}": "0,00",
        f"s-{member}": "0,00",
        f"x-{member}": "0,00",
        f"t-{member}": "40,00",
    }


def test_a_leader_moves_the_points_of_the_others_that_one_sees(found):
    for member, target in zip(found.members, (100, 100, 100, 100), strict=True):
        Assignment.objects.create(member=member, criterion=found.criteria["I.3"], target=target)
    write(found, 1, "I.3", "120")

    seen = told(send(signed_in(found.officers[0]), found, cell(found, 0, "I.3", "140")))["outs"]
    row = found.criteria["I.3"].pk
    assert {name for name in seen if name.startswith("p-")} == {f"p-{found.members[0].pk}-{row}"}

    move_all(found, Stage.REVIEW)
    seen = told(
        send(signed_in(found.noivu), found, cell(found, 0, "I.3", "160", reason="sửa số"), stage=Stage.REVIEW)
    )["outs"]
    points = {f"p-{member.pk}-{row}": seen[f"p-{member.pk}-{row}"] for member in found.members}
    assert list(points.values()) == ["20,00", "13,33", "0,00", "0,00"]


def test_good_cells_of_a_pasted_block_are_kept_and_bad_ones_named(found):
    cells = [
        cell(found, 0, "I.1", "1.234.567"),
        cell(found, 0, "I.2", "tám"),
        cell(found, 0, "II.1", "x"),
        cell(found, 0, "II.3", "2,5"),
        cell(found, 0, "III", "3;  sáng kiến cấp tỉnh "),
        cell(found, 0, "IV", "1"),
    ]

    answer = told(send(signed_in(found.officers[0]), found, *cells))

    assert [one["key"] for one in answer["saved"]] == [cells[n]["key"] for n in (0, 2, 4)]
    assert [(one["key"], one["field"]) for one in answer["refused"]] == [
        (cells[1]["key"], "value"),
        (cells[3]["key"], "reason"),
        (cells[5]["key"], "value"),
    ]
    assert entry_of(found.sheets[0], "I.1").actual == 1234567
    assert entry_of(found.sheets[0], "III").reason == "sáng kiến cấp tỉnh"


def test_a_conflict_brings_both_values(found):
    write(found, 0, "II.2", "72")
    colleague = UserFactory(role=Role.OFFICER, unit=found.communes[0])

    answer = told(send(signed_in(colleague), found, cell(found, 0, "II.2", "75", version=0)))

    [clash] = answer["clashes"]
    assert (answer["saved"], clash["theirs"]["said"], clash["theirs"]["typed"]) == ([], "72", "72")
    assert re.fullmatch(
        rf"{found.officers[0]} vừa ghi 72 lúc \d\d:\d\d \d\d/\d\d; bạn ghi 75\. Hãy xem lại rồi ghi tiếp\.",
        clash["message"],
    )
    assert entry_of(found.sheets[0], "II.2").actual == 72


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{",
        "{}",
        '{"stage": "self"}',
        '{"stage": "self", "cells": []}',
        '{"stage": "self", "cells": [5]}',
        '{"stage": "self", "cells": [{"key": "1", "text": "", "reason": "", "version": 0}]}',
        '{"stage": "self", "cells": [{"key": "1-²", "text": "", "reason": "", "version": 0}]}',
        '{"stage": "self", "cells": [{"key": "1-2", "text": 5, "reason": "", "version": 0}]}',
        '{"stage": "self", "cells": [{"key": "1-2", "text": "", "reason": 1, "version": 0}]}',
        '{"stage": "self", "cells": [{"key": "1-2", "text": "", "reason": "", "version": true}]}',
        '{"stage": "self", "cells": [{"key": "1-2", "text": "", "reason": "", "version": -1}]}',
        '{"stage": "done", "cells": [{"key": "1-2", "text": "", "reason": "", "version": 0}]}',
        '{"stage": ["self"], "cells": [{"key": "1-2", "text": "", "reason": "", "version": 0}]}',
        "[" * 100_000,
    ],
)
def test_what_no_page_sends_is_answered_in_one_sentence(found, body):
    url = reverse("clusters:grid_save", args=[found.season.pk])

    response = signed_in(found.officers[0]).post(url, body, content_type="application/json")

    assert (response.status_code, told(response)) == (
        400,
        {"message": "Trang này đã cũ nên chưa lưu được. Hãy tải lại trang."},
    )
    assert not Entry.objects.exists()


def test_too_long_a_cell_and_too_many_cells_are_refused(found):
    client = signed_in(found.officers[0])

    assert send(client, found, cell(found, 0, "II.3", "2;" + "x" * 5_000)).status_code == 400
    assert send(client, found, *[cell(found, 0, "I.1", "1")] * 4_001).status_code == 400


def test_a_sheet_that_moved_on_is_told(found):
    ScoreSheet.objects.update(stage=Stage.REVIEW)

    response = send(signed_in(found.officers[0]), found, cell(found, 0, "I.1", "1"))

    assert response.status_code == 409
    assert "vừa được chuyển sang bước khác" in told(response)["message"]


@pytest.mark.parametrize("place", [0, 2])
def test_cells_of_others_are_hidden_or_refused(found, place):
    """The head does not learn of a sheet that its unit is still filling in; who only reads is refused."""
    other = 3 if place == 0 else 0
    response = send(signed_in(found.officers[place]), found, cell(found, other, "I.1", "1"))
    assert response.status_code == 404

    assert send(signed_in(found.noivu), found, cell(found, 0, "I.1", "1")).status_code == 403
    reader = UserFactory(role=Role.LEADER, unit=found.communes[0])
    assert send(signed_in(reader), found, cell(found, 0, "I.1", "1")).status_code == 403
    stranger = UserFactory(role=Role.OFFICER, unit=UnitFactory(parent=found.province))
    assert send(signed_in(stranger), found, cell(found, 0, "I.1", "1")).status_code == 404
    assert not Entry.objects.exists()


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
    assert len(queries) == 19


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
    assert response.context["standing"] == "Đang thẩm định: 43,50 điểm."


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


# -- From stage to stage -----------------------------------------------------------------


def test_before_handing_in_empty_rows_and_missing_evidence_are_told(found):
    write(found, 2, "II.1", "x")
    client = signed_in(found.officers[2])
    url = reverse("clusters:sheet_hand_in", args=[found.sheets[2].pk])

    words = text_of(client.get(url))
    assert "4 dòng chưa ghi kết quả nên được 0 điểm: I.1, I.2, I.3, II.2." in words
    assert "1 dòng chưa có tài liệu kiểm chứng nên chưa được điểm: II.1." in words

    response = client.post(url, follow=True)
    assert "Đã gửi bảng điểm Xã Cẩm Sơn sang bước đang chấm chéo." in text_of(response)
    assert ScoreSheet.objects.get(pk=found.sheets[2].pk).stage == "cross"


def test_a_figure_without_its_target_is_told_at_the_cell_and_before_handing_in(found):
    answer = told(send(signed_in(found.officers[2]), found, cell(found, 2, "I.1", "150")))

    [saved] = answer["saved"]
    assert saved["problem"] == "Chưa có chỉ tiêu giao, hoặc chỉ tiêu giao bằng 0, nên không tính được điểm."
    words = text_of(page(found.officers[2], "sheet_hand_in", found.sheets[2].pk))
    assert "1 dòng chưa được giao chỉ tiêu nên chưa tính được điểm: I.1." in words


def test_rows_that_the_reviewer_must_confirm_are_told(found):
    move_all(found, Stage.REVIEW)

    words = text_of(page(found.noivu, "sheet_hand_in", found.sheets[2].pk))

    assert "1 dòng phải xác nhận ở bước này nhưng chưa ghi gì: II.3." in words


def test_a_sheet_is_returned_with_its_reason_at_the_field(found):
    move_all(found, Stage.HEAD)
    client = signed_in(found.officers[0])
    url = reverse("clusters:sheet_return", args=[found.sheets[2].pk])

    refused = client.post(url, {"to": "self", "reason": ""})
    assert refused.status_code == 422
    assert refused.context["form"].errors == {"reason": ["Ghi lý do trả lại để đơn vị biết cần sửa gì."]}

    client.post(url, {"to": "self", "reason": "Thiếu tài liệu"})
    words = text_of(page(found.officers[2], "sheet", found.sheets[2].pk))
    assert "Bảng điểm bị trả lại: Thiếu tài liệu" in words


def test_it_is_taken_back_from_its_page(found):
    ScoreSheet.objects.filter(pk=found.sheets[2].pk).update(stage=Stage.CROSS)
    client, pk = signed_in(found.officers[2]), found.sheets[2].pk
    assert client.get(reverse("clusters:sheet", args=[pk])).context["acts"]["recall"] is True

    client.post(reverse("clusters:sheet_recall", args=[pk]))

    assert ScoreSheet.objects.get(pk=pk).stage == "self"


# -- One row -----------------------------------------------------------------------------


def entry_url(found: Round, place: int, code: str, name: str = "entry") -> str:
    return reverse(f"clusters:{name}", args=[found.sheets[place].pk, found.criteria[code].pk])


def test_a_row_is_saved_without_any_script(found):
    client, url = signed_in(found.officers[0]), entry_url(found, 0, "II.3")

    refused = client.post(url, {"value": "2,5", "reason": "", "version": "0"})
    assert refused.context["form"].errors == {"reason": ["Ghi lý do trừ điểm."]}
    assert refused.context["form"]["value"].value() == "2,5"

    saved = client.post(url, {"value": "2,5", "reason": "vắng 01 buổi", "version": "0"})
    assert saved.status_code == 302
    entry = entry_of(found.sheets[0], "II.3")
    assert (entry.deduction, entry.reason) == (2.5, "vắng 01 buổi")


def test_a_stale_row_shows_both_and_the_second_saving_is_a_decision(found):
    write(found, 0, "II.2", "72")
    colleague = UserFactory(role=Role.OFFICER, unit=found.communes[0])
    client, url = signed_in(colleague), entry_url(found, 0, "II.2")

    refused = client.post(url, {"value": "75", "reason": "", "version": "0"})
    [sentence] = refused.context["form"].errors["value"]
    assert "vừa ghi 72" in sentence

    version = refused.context["form"]["version"].value()
    client.post(url, {"value": "75", "reason": "", "version": str(version)})
    assert entry_of(found.sheets[0], "II.2").actual == 75


def test_the_reviewer_says_late_days_and_proof(found):
    move_all(found, Stage.REVIEW)
    client = signed_in(found.noivu)

    client.post(
        entry_url(found, 0, "IV"), {"value": "2", "late_days": "6", "reason": "theo sổ văn bản đến", "version": "0"}
    )
    client.post(
        entry_url(found, 0, "II.1"),
        {"value": "", "is_proved": "False", "reason": "văn bản của năm trước", "version": "0"},
    )

    late, proof = entry_of(found.sheets[0], "IV", "review"), entry_of(found.sheets[0], "II.1", "review")
    assert (late.returned, late.late_days) == (2, 6)
    assert (proof.is_proved, proof.reason) == (False, "văn bản của năm trước")


def test_evidence_is_added_and_taken_off_on_the_row(found):
    client = signed_in(found.officers[0])
    scan = SimpleUploadedFile("giấy mời.pdf", b"%PDF-1.4\n%%EOF\n")

    refused = client.post(entry_url(found, 0, "II.1", "entry_prove"), {})
    assert refused.context["proof"].errors == {"file": ["Chọn tệp, hoặc ghi số, ngày của văn bản."]}
    client.post(entry_url(found, 0, "II.1", "entry_prove"), {"file": scan})
    [evidence] = entry_of(found.sheets[0], "II.1").evidence.all()
    assert "giấy mời.pdf" in text_of(client.get(entry_url(found, 0, "II.1")))

    client.post(reverse("clusters:entry_unprove", args=[found.sheets[0].pk, found.criteria["II.1"].pk, evidence.pk]))
    assert not entry_of(found.sheets[0], "II.1").evidence.exists()


def test_a_row_of_another_set_or_a_group_is_not_there(found):
    client = signed_in(found.officers[0])

    assert client.get(entry_url(found, 0, "I")).status_code == 404
    other = a_round(year=2025, names=("An Khê", "Bình Khê"))
    url = reverse("clusters:entry", args=[found.sheets[0].pk, other.criteria["I.1"].pk])
    assert client.get(url).status_code == 404


def test_a_khoi_is_spoken_of_as_a_khoi(found):
    found.season.cluster.kind = "block"
    found.season.cluster.save()
    move_all(found, Stage.HEAD)

    for name, pk in (("sheets", found.season.pk), ("grid", found.season.pk), ("sheet", found.sheets[2].pk)):
        words = text_of(page(found.officers[0], name, pk))
        assert "Trưởng khối" in words
        assert "Trưởng cụm" not in words
