"""Words of the officer beside drafted ones: kept as they are, their figures watched."""

from __future__ import annotations

import pytest

from campaigns.reporting.drafting import DIRECTING, Office, drafted, movement, subject
from campaigns.reporting.texts import Segment, Stale, Written, marked, settled, stale
from tests.campaigns.reporting.test_figures import figures

DRAFT = "- Chỉ tiêu đạt: sản lượng lúa (1.280 tấn, bằng 58,2 % chỉ tiêu)."
MINE = "- Vụ xuân được mùa: 1.280 tấn lúa, đạt 58,2 % kế hoạch, nhờ 12 ha giống mới."


class TestStale:
    def test_nothing_is_stale_while_the_draft_is_what_it_was(self):
        assert stale(Written(MINE, DRAFT), DRAFT) == []

    def test_figures_of_the_words_that_the_rows_have_left_are_named_with_those_of_today(self):
        now = DRAFT.replace("1.280", "1.310").replace("58,2", "59,5")

        found = stale(Written(MINE, DRAFT), now)

        assert found == [Stale("1.280", "1.310"), Stale("58,2", "59,5")]
        assert [one.text for one in marked(MINE, found) if one.is_stale] == ["1.280", "58,2"]

    def test_a_figure_that_the_officer_did_not_take_over_is_none_of_his(self):
        written = Written("- Được mùa.", DRAFT)

        assert stale(written, DRAFT.replace("1.280", "1.310")) == []

    def test_a_small_number_of_other_things_is_no_figure_of_the_draft(self):
        written = Written("- Do 2 công trình hỏng, còn 2 chỉ tiêu chưa đạt.", "- Còn 2 chỉ tiêu chưa đạt: lúa.")

        assert stale(written, "- Còn 1 chỉ tiêu chưa đạt: lúa.") == [Stale("2", "1")]
        assert stale(Written("- Do 2 công trình hỏng.", written.drafted), "- Còn 1 chỉ tiêu chưa đạt: lúa.") == []

    def test_what_the_draft_says_no_more_has_no_figure_of_today(self):
        assert stale(Written(MINE, DRAFT), "- Chưa có chỉ tiêu đạt.") == [Stale("1.280", ""), Stale("58,2", "")]

    def test_marked_words_are_the_words(self):
        segments = marked(MINE, [Stale("12", "")])

        assert "".join(one.text for one in segments) == MINE
        assert segments[1] == Segment("12", is_stale=True)


def test_written_lines_stand_in_place_of_drafted_ones():
    drafts = {"a": "dự thảo a", "b": "dự thảo b"}

    assert settled(drafts, {"b": {"lines": "lời b", "drafted": "cũ"}, "gone": {"lines": "x", "drafted": ""}}) == {
        "a": "dự thảo a",
        "b": "lời b",
    }


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Tổ chức phong trào thi đua yêu nước năm 2024", "phong trào thi đua yêu nước"),
        ("Tổ chức, phát động Phong trào thi đua “Dân vận khéo” năm 2024", "phong trào thi đua “Dân vận khéo”"),
        ("Thi đua quyết thắng", "phong trào thi đua quyết thắng"),
        ("Chung sức xây dựng nông thôn mới", "phong trào thi đua “Chung sức xây dựng nông thôn mới”"),
        ("Phong trào thi đua năm 2023 chuyển tiếp", "phong trào thi đua năm 2023 chuyển tiếp"),
    ],
)
def test_a_campaign_is_named_without_the_act_before_it_and_the_year_after_it(title, words):
    assert movement(figures(title=title)) == words


def test_the_subject_says_which_review_it_is():
    assert subject(figures(title="Phong trào thi đua A")) == "Sơ kết phong trào thi đua A 6 tháng đầu năm 2024"
    assert (
        subject(figures(title="Phong trào thi đua A", wave="Đợt thi đua thứ nhất", is_final=True))
        == "Tổng kết Đợt thi đua thứ nhất, phong trào thi đua A 6 tháng đầu năm 2024"
    )


def test_a_campaign_of_which_nothing_is_known_claims_nothing():
    drafts = drafted(figures(), Office("Ủy ban nhân dân xã An Sơn"))

    assert drafts[DIRECTING] == "- Phong trào không giao chỉ tiêu bằng số."
    assert [key for key, lines in drafts.items() if any(letter.isdigit() for letter in lines.replace("2024", ""))] == [
        "opening",  # 6 tháng
        "results",  # ngày 30/6
        "closing",
    ]
