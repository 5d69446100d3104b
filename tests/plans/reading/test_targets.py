"""One sentence each: what is a target, and what its figure means."""

from __future__ import annotations

from typing import Any

import pytest

from plans.reading.targets import targets_in

ONE: list[tuple[str, dict[str, Any]]] = [
    ("Tốc độ tăng thu 9,5% trở lên", {"text": "Tốc độ tăng thu", "op": ">=", "low": 9.5, "unit": "%"}),
    ("phấn đấu gia đình văn hóa đạt từ 92% trở lên", {"text": "gia đình văn hóa", "op": ">=", "low": 92, "unit": "%"}),
    ("tỷ lệ hồ sơ trễ hạn không quá 2%", {"text": "tỷ lệ hồ sơ trễ hạn", "op": "<=", "low": 2, "unit": "%"}),
    ("giải ngân vốn trên 95%", {"text": "giải ngân vốn", "op": ">", "low": 95, "unit": "%"}),
    (
        "tỷ lệ trẻ dưới 5 tuổi thấp còi dưới 14%",
        {"text": "tỷ lệ trẻ dưới 5 tuổi thấp còi", "op": "<", "low": 14, "unit": "%"},
    ),
    (
        "thu ngân sách: 19 đến 20 tỷ đồng",
        {"text": "thu ngân sách", "op": "range", "low": 19, "high": 20, "unit": "tỷ đồng"},
    ),
    ("Sản lượng muối 1.800 tấn", {"text": "Sản lượng muối", "op": "=", "low": 1800, "unit": "tấn"}),
    ("trồng mới 5 ngàn cây chắn sóng", {"text": "trồng mới cây chắn sóng", "op": "=", "low": 5000, "unit": "cây"}),
    (
        "giảm tỷ lệ hộ nghèo 0,7%/năm",
        {"text": "tỷ lệ hộ nghèo", "op": "=", "low": 0.7, "unit": "%/năm", "direction": "down"},
    ),
    (
        "tỷ lệ hộ cận nghèo giảm từ 1,5 đến 2 điểm %",
        {"text": "tỷ lệ hộ cận nghèo", "op": "range", "low": 1.5, "high": 2, "unit": "điểm %", "direction": "down"},
    ),
    (
        "số vụ vi phạm giảm 10% so với năm 2025",
        {"text": "số vụ vi phạm", "op": "=", "low": 10, "unit": "%", "direction": "down"},
    ),
    ("Về an ninh: 100% thôn không có ma túy", {"text": "thôn không có ma túy", "op": "=", "low": 100, "unit": "%"}),
]


@pytest.mark.parametrize(("sentence", "target"), ONE)
def test_a_figure_with_a_unit_is_a_target(sentence: str, target: dict[str, Any]) -> None:
    assert [found.as_json() for found in targets_in(sentence)] == [target]


@pytest.mark.parametrize(
    "sentence",
    [
        "Hoàn thành các chỉ tiêu về cải cách hành chính.",
        "triển khai 02 đợt thi đua trong năm 2026",
        "kỷ niệm 95 năm Ngày thành lập Đảng (03/02/1930 - 03/02/2025)",
        "hoàn thành trước ngày 30/6/2026; sơ kết 6 tháng đầu năm",
    ],
)
def test_years_days_and_counts_of_time_are_none(sentence: str) -> None:
    assert list(targets_in(sentence)) == []


def test_a_list_of_targets_keeps_its_order() -> None:
    sentence = (
        "Giữ vững 100% thôn văn hóa, 95% hộ văn hóa; 15 ha rừng sản xuất, rừng ngập mặn, trong đó trồng mới 3 ha."
    )

    found = [(one.text, int(one.low), one.unit) for one in targets_in(sentence)]

    assert found == [
        ("thôn văn hóa", 100, "%"),
        ("hộ văn hóa", 95, "%"),
        ("rừng sản xuất, rừng ngập mặn", 15, "ha"),
        ("trồng mới", 3, "ha"),
    ]
