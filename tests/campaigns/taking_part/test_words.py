"""Titles and promised targets as people write them, read without a guess."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest

from campaigns.taking_part.promises import Promise, from_json, in_words, read_promises
from campaigns.taking_part.titles import USUAL, offered, read_titles


@dataclass(frozen=True)
class Aim:
    pk: int
    text: str
    measure: str


TREES, ALL_TREES = Aim(1, "Trồng cây", "cây"), Aim(2, "Trồng cây phân tán", "cây")
POVERTY = Aim(3, "Tỷ lệ hộ nghèo.", "%")
TARGETS = [TREES, ALL_TREES, POVERTY]


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("", ()),
        ("LĐTT", ("Lao động tiên tiến",)),
        ("lao động TIÊN TIẾN.", ("Lao động tiên tiến",)),
        ("LĐTT; CSTĐCS", ("Lao động tiên tiến", "Chiến sĩ thi đua cơ sở")),
        ("LĐTT, CSTĐCS", ("Lao động tiên tiến", "Chiến sĩ thi đua cơ sở")),
        ("- Lao động tiên tiến\n- Gia đình văn hoá", ("Lao động tiên tiến", "Gia đình văn hóa")),
        ("Lao động tiên tiến và Gia đình văn hóa", ("Lao động tiên tiến", "Gia đình văn hóa")),
        ("LĐTT; LĐTT", ("Lao động tiên tiến",)),
        ("Giấy khen của Chủ tịch, hạng nhất", ("Giấy khen của Chủ tịch, hạng nhất",)),
        ("Thôn kiểu mẫu", ("Thôn kiểu mẫu",)),
    ],
)
def test_titles_are_parted_only_where_it_is_sure(typed, titles):
    assert read_titles(typed) == titles


def test_titles_that_the_unit_wrote_are_offered_first_then_the_usual_ones():
    own = ["Thôn kiểu mẫu", "Gia đình văn hóa", "Thôn kiểu mẫu"]

    assert offered(own) == ["Thôn kiểu mẫu", "Gia đình văn hóa", *(title for title in USUAL if title not in own)]


@pytest.mark.parametrize(
    ("typed", "promises"),
    [
        ("Trồng cây phân tán: 200 cây", (Promise(2, Decimal(200)),)),
        ("trồng cây phân tán 1.200", (Promise(2, Decimal(1200)),)),
        ("Trồng cây đạt 50 cây", (Promise(1, Decimal(50)),)),
        ("Tỷ lệ hộ nghèo giảm 1,5 %", (Promise(3, Decimal("1.5")),)),
        ("Tỷ lệ hộ nghèo giảm 1,5%; Trồng cây: 20", (Promise(3, Decimal("1.5")), Promise(1, Decimal(20)))),
        ("Trồng cây ở hai bên đường", (Promise(text="Trồng cây ở hai bên đường"),)),
        ("Trồng cây: mười hai", (Promise(text="Trồng cây: mười hai"),)),
        (
            "1. Hiến 200 m2 đất\n2. Không có hộ tái nghèo.",
            (Promise(text="Hiến 200 m2 đất"), Promise(text="Không có hộ tái nghèo")),
        ),
    ],
)
def test_a_line_is_a_figure_only_of_the_target_whose_words_it_begins_with(typed, promises):
    assert read_promises(typed, TARGETS) == promises


def test_promises_are_kept_and_worded_so_that_they_are_read_back_the_same():
    found = (Promise(2, Decimal("1200.5")), Promise(3, Decimal(2)), Promise(text="Hiến đất"))

    words = [in_words(one, {aim.pk: aim for aim in TARGETS}) for one in found]

    assert words == ["Trồng cây phân tán: 1.200,5 cây", "Tỷ lệ hộ nghèo: 2 %", "Hiến đất"]
    assert read_promises("\n".join(words), TARGETS) == found
    assert from_json([one.as_json for one in found]) == found


def test_a_promise_of_a_target_that_is_gone_is_said_to_be_one():
    assert in_words(Promise(9, Decimal(3)), {}) == "Chỉ tiêu đã bỏ khỏi phong trào: 3"
