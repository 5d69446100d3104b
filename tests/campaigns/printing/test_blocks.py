"""What the lines of a plan print of its campaign, and that it is read back as it was. No database."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns import interchange
from campaigns.interchange import CampaignData, MovementData, TargetData, WaveData
from campaigns.printing import blocks
from documents.outline import Kind, Line
from documents.tree import GroupRow, Heading, Item, Paragraph, Row
from plans.reading.campaigns import campaign_of
from tests.campaigns.printing.conftest import PART

NOTHING = CampaignData("", (), (), ())
WAVE = WaveData("Đợt 1", dt.date(2026, 1, 1), dt.date(2026, 6, 30), "", None)
RICE = TargetData("sản lượng lúa", "=", Decimal("2205.5"), None, "tấn", "")


def texts(found: Any) -> list[str]:
    return [f"{block.marker} {block.text}" if isinstance(block, Item) else block.text for block in found]


@pytest.mark.parametrize("compose", [compose for _, compose, _ in blocks.BLOCKS])
def test_a_campaign_without_anything_prints_nothing(compose):
    assert list(compose(NOTHING)) == []


@pytest.mark.parametrize(
    ("theme", "printed"),
    [("Đoàn kết, kỷ cương", "“Đoàn kết, kỷ cương”"), ("“Đoàn kết”", "“Đoàn kết”"), ("Học «Bác»", "Học «Bác»")],
)
def test_the_theme_stands_between_quotation_marks_once(theme, printed):
    assert list(blocks.theme(replace(NOTHING, theme=theme))) == [Paragraph(printed)]


@pytest.mark.parametrize(
    ("changes", "printed"),
    [
        ({}, ["- Đợt 1 (từ ngày 01/01/2026 đến hết ngày 30/6/2026)."]),
        ({"as_printed": "từ 01/01/2026 đến 30/6/2026"}, ["- Đợt 1 (từ 01/01/2026 đến 30/6/2026)."]),
        (
            {"as_printed": "từ 01/01/2025 đến 30/6/2025"},
            ["- Đợt 1 (từ ngày 01/01/2026 đến hết ngày 30/6/2026)."],
        ),
        ({"start": None, "end": None}, ["- Đợt 1."]),
        ({"start": None, "end": None, "as_printed": "trong quý I"}, ["- Đợt 1 (trong quý I)."]),
        (
            {"occasion": "kỷ niệm 96 năm Ngày thành lập Đảng", "review_by": dt.date(2026, 6, 29)},
            [
                "- Đợt 1 (từ ngày 01/01/2026 đến hết ngày 30/6/2026): kỷ niệm 96 năm Ngày thành lập Đảng;",
                "+ Sơ kết, tổng kết đợt thi đua chậm nhất ngày 29/6/2026.",
            ],
        ),
        (
            {"occasion": "Quốc khánh 2/9", "end": None},
            ["- Đợt 1 (từ ngày 01/01/2026): chào mừng Quốc khánh 2/9."],
        ),
    ],
)
def test_a_wave_says_the_days_that_it_has(changes, printed):
    assert texts(blocks.waves(replace(NOTHING, waves=(replace(WAVE, **changes),)))) == printed


def test_a_movement_says_who_leads_it():
    data = replace(NOTHING, movements=(MovementData("Vì người nghèo", "Mặt trận xã"), MovementData("Dạy tốt")))

    assert texts(blocks.movements(data)) == ["- “Vì người nghèo” (chủ trì: Mặt trận xã);", "- “Dạy tốt”."]


def test_targets_of_a_wave_or_a_movement_stand_under_its_name():
    own = replace(RICE, text="ra quân làm đường", measure="buổi", low=Decimal(3), wave=1)
    poor = TargetData("Xóa nhà tạm", "range", Decimal(10), Decimal(12), "nhà", "", movement=1)
    data = CampaignData("", (WAVE,), (MovementData("Vì người nghèo"),), (own, RICE, poor))

    assert texts(blocks.targets(data)) == [
        "- Sản lượng lúa 2.205,5 tấn.",
        "- Chuyên đề “Vì người nghèo”:",
        "+ Xóa nhà tạm từ 10 đến 12 nhà.",
        "- Đợt 1:",
        "+ Ra quân làm đường 3 buổi.",
    ]


def test_the_table_counts_through_its_groups():
    poor = TargetData("tỷ lệ hộ nghèo", "range", Decimal(1), Decimal(2), "%/năm", "down", wave=1)
    roads = TargetData("Hoàn thành cải cách hành chính", "=", None, None, "", "")

    (table,) = blocks.target_table(CampaignData("", (WAVE,), (), (poor, RICE, roads)))

    assert [column.head for column in table.columns] == ["STT", "Chỉ tiêu", "Đơn vị tính", "Chỉ tiêu giao"]
    assert sum(column.share for column in table.columns) == pytest.approx(1)
    assert table.rows == (
        Row((("1",), ("Sản lượng lúa",), ("tấn",), ("2.205,5",))),
        Row((("2",), ("Hoàn thành cải cách hành chính",), (), ())),
        GroupRow("Đợt 1"),
        Row((("3",), ("Tỷ lệ hộ nghèo",), ("%/năm",), ("giảm 1 - 2",))),
    )


@pytest.mark.parametrize(
    ("comparison", "cell"),
    [("=", "2.205,5"), (">=", "≥ 2.205,5"), (">", "> 2.205,5"), ("<=", "≤ 2.205,5"), ("<", "< 2.205,5")],
)
def test_the_table_compares_by_sign(comparison, cell):
    (table,) = blocks.target_table(replace(NOTHING, targets=(replace(RICE, comparison=comparison),)))

    assert table.rows[0].cells[3] == (cell,)


# -- There and back ------------------------------------------------------------------------


def read_back(data: CampaignData) -> dict[str, Any]:
    """The part that reading finds in what the campaign prints."""
    lines: list[Any] = []
    for heading, compose in (
        ("1. Chủ đề thi đua:", blocks.theme),
        ("2. Các đợt thi đua", blocks.waves),
        ("3. Phong trào chuyên đề", blocks.movements),
        ("4. Mục tiêu cụ thể", blocks.targets),
    ):
        marker, words = heading.split(" ", 1)
        lines.append(Line(Kind.ITEM, words, marker))
        for block in compose(data):
            kind = Kind.ITEM if isinstance(block, Item) else Kind.PARAGRAPH
            lines.append(Line(kind, block.text, getattr(block, "marker", "")))
    found, unsure = campaign_of([Heading("I.", "NỘI DUNG", 1), *lines], 2026)
    assert unsure == []
    return found


def lowered(part: dict[str, Any]) -> dict[str, Any]:
    targets = [target | {"text": target["text"][:1].lower() + target["text"][1:]} for target in part["targets"]]
    return part | {"targets": targets}


def test_what_is_printed_is_read_as_the_same_campaign():
    data = interchange.read(PART)
    assert data is not None

    assert lowered(read_back(data)) == PART


figures = st.one_of(st.integers(1, 10**9).map(Decimal), st.decimals("0.5", 10**6, places=2)).map(Decimal.normalize)


@st.composite
def targets(draw: st.DrawFn) -> TargetData:
    low = draw(figures)
    comparison = draw(st.sampled_from(["=", ">=", ">", "<=", "<", "range"]))
    high = low + draw(figures) if comparison == "range" else None
    text = draw(st.sampled_from(["sản lượng lúa", "tỷ lệ hộ nghèo", "thu nhập bình quân đầu người", "diện tích rừng"]))
    measure = draw(st.sampled_from(["tấn", "%", "%/năm", "triệu đồng/người/năm", "ha", "km"]))
    return TargetData(text, comparison, low, high, measure, draw(st.sampled_from(["", "down"])))


@given(st.lists(targets(), min_size=1, max_size=6))
def test_no_figure_changes_between_the_row_the_paper_and_the_row_read_from_it(found):
    data = replace(NOTHING, targets=tuple(found))

    assert lowered(read_back(data))["targets"] == interchange.write(data)["targets"]
