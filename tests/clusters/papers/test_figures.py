"""Every figure on the papers is the engine's: recomputed here from ``clusters.standing``."""

from __future__ import annotations

from fractions import Fraction

import pytest

from clusters.models import Member, Ranking
from clusters.papers.kinds import Kind
from clusters.papers.printing import printed, sheet_printed, sheets_printed
from clusters.ranking.services import freeze
from clusters.scoring import shown
from clusters.standing import read_season
from clusters.states import Stage
from documents import tree
from documents.rendering.text import render_text
from tests.clusters.papers.scene import CERTIFICATE, FLAG, a_scene, say, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def found():
    found = a_scene()
    vote(found)
    return found


def paper_of(found, kind: str) -> tree.Paper:
    found.season.refresh_from_db()
    return printed(found.season, kind, None).paper()


def tables_of(blocks) -> list[tree.Table]:
    return [block for block in blocks if isinstance(block, tree.Table)]


def summary_of(found) -> tree.Table:
    """In the wide appendix where there is one."""
    paper = paper_of(found, Kind.SUMMARY)
    [table] = tables_of(paper.appendices[0].blocks if paper.appendices else paper.body)
    return table


def cells(table: tree.Table) -> list[list[str]]:
    return [[" ".join(cell) for cell in row.cells] for row in table.rows if isinstance(row, tree.Row)]


def words(points: Fraction, decimals: int = 2) -> str:
    return shown(points, decimals).replace(".", ",").replace("-", "−")


def expected_rows(found) -> list[list[str]]:
    """Name, groups, conversion, total and rank of each member, the best first."""
    scores = read_season(found.season).scores()
    groups = [("I.1", "I.2", "I.3"), ("II.1", "II.2", "II.3"), ("III",), ("IV",)]
    rows = []
    for member in sorted(found.members, key=lambda one: scores[one.pk].rank or 0):
        score = scores[member.pk]
        sums = [sum((score.points[code] or Fraction(0) for code in codes), Fraction(0)) for codes in groups]
        rows.append([member.name, *map(words, sums), words(score.conversion), words(score.total), str(score.rank)])
    return rows


# -- The summary ---------------------------------------------------------------------------


def test_the_summary_has_groups_totals_and_ranks_as_the_engine_gives_them(found):
    table = summary_of(found)

    assert [column.head for column in table.columns] == [
        "TT", "Đơn vị", "I", "II", "III", "IV", "Quy đổi", "Tổng điểm", "Xếp hạng",
    ]  # fmt: skip
    assert [row[1:] for row in cells(table)] == expected_rows(found)


def test_until_it_is_frozen_the_summary_says_that_it_is_expected(found):
    before = paper_of(found, Kind.SUMMARY)
    freeze(found.season, actor=found.noivu)
    after = paper_of(found, Kind.SUMMARY)

    assert before.title == "BẢNG TỔNG HỢP KẾT QUẢ CHẤM ĐIỂM (DỰ KIẾN)"
    assert "(DỰ KIẾN)" in before.appendices[0].subject
    assert after.title == "BẢNG TỔNG HỢP KẾT QUẢ CHẤM ĐIỂM"
    assert "DỰ KIẾN" not in render_text(after)


def test_a_frozen_summary_does_not_follow_what_is_entered_later(found):
    rows = expected_rows(found)
    freeze(found.season, actor=found.noivu)
    say(found, 3, "I.1", Stage.HEAD, actual=0, reason="Sửa sau")
    found.sheets[3].entries.filter(criterion__code="I.1", stage=Stage.REVIEW).delete()
    Member.objects.filter(pk=found.members[0].pk).update(name="Xã Tên Mới")

    table = summary_of(found)

    assert [row[1:] for row in cells(table)] == rows
    assert rows != expected_rows(found)  # there was something to follow
    assert Ranking.objects.get().content["units"][0]["name"] == "Xã An Bình"


def test_an_excluded_member_stands_below_with_its_reason(found):
    Member.objects.filter(pk=found.members[3].pk).update(is_excluded=True, exclusion_reason="Mới thành lập")

    table = summary_of(found)

    assert table.rows[3] == tree.GroupRow("Không xếp hạng")
    assert (cells(table)[3][1], cells(table)[3][-1]) == ("Xã Đông Hải (Mới thành lập)", "–")


def test_members_without_every_target_are_ranked_apart_where_the_set_says_so(found):
    found.season.criteria.not_assigned = "separate"
    found.season.criteria.save()

    table = summary_of(found)

    assert table.rows[3] == tree.GroupRow("Xếp hạng riêng: đơn vị không được giao đủ chỉ tiêu")
    assert (cells(table)[3][1], cells(table)[3][-1]) == ("Xã An Bình", "1")


# -- Sheets --------------------------------------------------------------------------------


def test_a_sheet_says_the_points_of_every_stage_and_the_conversion(found):
    standing = read_season(found.season)
    scores = {stage: standing.scores(stage)[found.members[0].pk] for stage in Stage}

    paper = sheet_printed(standing, found.sheets[0], found.noivu)
    rows = {row[0] or row[1]: row for row in cells(tables_of(paper.appendices[0].blocks)[0])}

    for code in ("I.1", "I.3", "II.1", "II.2", "II.3", "III", "IV"):
        assert rows[code][4:8] == [words(scores[stage].points[code]) for stage in Stage]
    assert rows["I.2"][3:8] == ["không giao"] * 5
    assert rows["I"][4:8] == [words(scores[stage].points["I.1"] + scores[stage].points["I.3"]) for stage in Stage]
    assert rows["Quy đổi do không giao chỉ tiêu"][4:8] == [words(scores[stage].conversion) for stage in Stage]
    assert rows["Tổng điểm"][4:8] == [words(scores[stage].total) for stage in Stage]
    assert scores[Stage.REVIEW].conversion > 0
    assert rows["II.3"][8] == "Trưởng cụm chấm: trừ 2,5; Vắng 01 buổi sinh hoạt cụm"
    assert rows["I.1"][8].endswith("Theo số của Thuế cơ sở")


def test_the_signed_page_of_a_sheet_has_the_same_total(found):
    standing = read_season(found.season)
    paper = sheet_printed(standing, found.sheets[1], found.noivu)

    total = words(standing.scores()[found.members[1].pk].total)

    assert cells(tables_of(paper.body)[0])[-1][-1] == total
    assert f"Tổng điểm sau bước thẩm định: {total} điểm." in render_text(paper)


def test_all_sheets_in_one_file_are_an_appendix_each(found):
    paper = sheets_printed(read_season(found.season), found.sheets, found.noivu)

    assert [one.title for one in paper.appendices] == ["Phụ lục I", "Phụ lục II", "Phụ lục III", "Phụ lục IV"]
    assert [one.subject for one in paper.appendices] == [
        f"ĐIỂM TỪNG TIÊU CHÍ NĂM 2026 CỦA {member.name.upper()}" for member in found.members
    ]


# -- Criteria ------------------------------------------------------------------------------


def test_the_criteria_table_says_points_and_ways_of_scoring(found):
    paper = paper_of(found, Kind.CRITERIA)
    [table] = tables_of(paper.appendices[0].blocks)
    rows = {row[0]: row[1:] for row in cells(table)}

    assert paper.appendices[0].landscape
    assert [row.text for row in table.rows if isinstance(row, tree.GroupRow)] == [
        "I. Phát triển kinh tế - xã hội: 50 điểm",
        "II. Công tác thi đua, khen thưởng: 50 điểm",
    ]
    assert sorted(rows) == ["I.1", "I.2", "I.3", "II.1", "II.2", "II.3", "III", "IV"]
    assert rows["I.2"][:3] == [
        "Tỷ lệ hộ nghèo (%)", "10",
        "Tỷ lệ so với kế hoạch. Càng thấp càng tốt: lấy kế hoạch chia cho thực hiện.",
    ]  # fmt: skip
    assert rows["II.1"][2].endswith("Không có tài liệu kiểm chứng thì không có điểm.")
    assert rows["IV"][1] == "trừ đến 50"
    assert "Chậm từ 5 ngày: trừ 5 điểm; từ 10 ngày: trừ 10 điểm; từ 15 ngày: trừ 20 điểm." in rows["IV"][2]
    said = render_text(paper)
    assert "1. Thang điểm: 100 điểm; điểm thưởng nhiều nhất 15 điểm; điểm trừ nhiều nhất 50 điểm" in said
    assert "xét lần lượt điểm của: I.1, II.2; vẫn bằng thì bỏ phiếu phân hạng" in said


# -- Votes and commendations -----------------------------------------------------------------


def test_the_count_says_ballots_and_votes_of_each_member(found):
    paper = paper_of(found, Kind.COUNT)
    said = render_text(paper)

    assert "- Số phiếu phát ra: 04; số phiếu thu về: 04;" in said
    assert "- Số phiếu hợp lệ: 03; không hợp lệ: 01. Kết quả:" in said
    assert cells(tables_of(paper.body)[0]) == [
        ["1", "Xã An Bình", "03", "100 %"],
        ["2", "Xã Bình Minh", "01", "33,33 %"],
        ["3", "Xã Cẩm Sơn", "00", "0 %"],
        ["4", "Xã Đông Hải", "00", "0 %"],
    ]
    assert [(one.body, one.name) for one in paper.signatories.each] == [
        ("THÀNH VIÊN", "Quàng Thị Phiếu"), ("THÀNH VIÊN", "Trần Văn Ba"), ("TỔ TRƯỞNG", "Lò Văn Kiểm"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", [Kind.PROPOSAL, Kind.MEETING])
def test_whom_the_cluster_commends_stands_with_total_rank_votes_and_reason(found, kind):
    freeze(found.season, actor=found.noivu)
    scores = read_season(found.season).scores()
    first, fourth = scores[found.members[0].pk], scores[found.members[3].pk]

    table = tables_of(paper_of(found, kind).body)[-1]

    assert cells(table) == [
        ["1", "Xã An Bình", FLAG, words(first.total), str(first.rank), "03/03", ""],
        ["2", "Xã Đông Hải", CERTIFICATE, words(fourth.total), str(fourth.rank), "00/03",
         "Có mô hình mới được nhân rộng."],
    ]  # fmt: skip


def test_where_nobody_is_commended_against_his_rank_no_reason_is_asked_on_paper(found):
    found.season.commendations.update(reason="")

    [table] = tables_of(paper_of(found, Kind.PROPOSAL).body)

    assert [column.head for column in table.columns] == [
        "TT", "Đơn vị", "Hình thức đề nghị", "Tổng điểm", "Xếp hạng", "Số phiếu",
    ]  # fmt: skip


def test_the_meeting_tells_totals_and_ranks_and_who_is_barred(found):
    Member.objects.filter(pk=found.members[2].pk).update(barred_reason="Lãnh đạo bị kỷ luật cảnh cáo.")
    rows = expected_rows(found)

    paper = paper_of(found, Kind.MEETING)

    assert [row[1:] for row in cells(tables_of(paper.body)[0])] == [[row[0], row[-2], row[-1]] for row in rows]
    assert "Không suy tôn: xã Cẩm Sơn (Lãnh đạo bị kỷ luật cảnh cáo)." in render_text(paper)
