"""Names out of what people type, and posts with the places that they are of."""

from __future__ import annotations

import pytest

from clusters.papers.people import name_of, titled


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Lò Văn An, Chủ tịch UBND xã An Bình", "Lò Văn An"),
        ("Ông Lò Văn An (xã An Bình)", "Lò Văn An"),
        ("Tổ trưởng: ông Lò Văn An; xã An Bình", "Lò Văn An"),
        ("Thành viên: Quàng Thị Phiếu", "Quàng Thị Phiếu"),
        ("Tổ trưởng: đại diện Trưởng cụm", ""),
        ("đại diện Phó trưởng cụm, chuyên viên Sở Nội vụ", ""),
        ("…, Chủ tịch UBND xã An Bình", ""),
        ("", ""),
    ],
)
def test_only_a_name_is_printed_where_one_signs(line, name):
    assert name_of(line) == name


@pytest.mark.parametrize(
    ("post", "name", "said"),
    [
        ("Trưởng thôn", "Thôn Phố Chợ", "Trưởng thôn Phố Chợ"),
        ("Tổ trưởng tổ dân phố", "Tổ dân phố số 5", "Tổ trưởng tổ dân phố số 5"),
        ("Hiệu trưởng", "Trường Tiểu học Mai Khê", "Hiệu trưởng Trường Tiểu học Mai Khê"),
        ("Trưởng bản", "Bản Chẹng", "Trưởng bản Chẹng"),
        ("", "Văn phòng", "Văn phòng"),
    ],
)
def test_a_post_takes_its_place_without_saying_the_word_twice(post, name, said):
    assert titled(post, name) == said
