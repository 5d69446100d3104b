"""Charts as SVG: well formed whatever they say, within their frame, and never by colour alone."""

from __future__ import annotations

import re
from decimal import Decimal
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from campaigns.charts import WIDTH, Bar, Bars, Periods, Point, bars, line

D = Decimal
SVG = "{http://www.w3.org/2000/svg}"


def texts(drawing: str) -> list[str]:
    return [node.text or "" for node in ET.fromstring(drawing).iter(f"{SVG}text")]


def widths(drawing: str) -> list[Decimal]:
    return [D(node.attrib["width"]) for node in ET.fromstring(drawing).iter(f"{SVG}rect")]


def test_a_bar_is_as_long_as_its_percent():
    chart = Bars(
        "Kết quả", [Bar("Sản lượng lúa", "1.100 / 2.200 tấn · 50 %", D(50)), Bar("Cây", "đủ", D(100), "done")]
    )

    track, half, _, full = widths(bars(chart))

    assert (half, full) == (track / 2, track)


def test_without_a_figure_there_is_no_bar_but_words():
    drawing = bars(Bars("Kết quả", [Bar("Sản lượng lúa", "Chưa có số liệu")]))

    assert len(widths(drawing)) == 1
    assert texts(drawing) == ["Sản lượng lúa", "Chưa có số liệu"]


def test_a_chart_says_all_it_shows_to_who_cannot_see_it():
    root = ET.fromstring(bars(Bars("Kết quả 6 tháng", [Bar("Lúa", "50 %", D(50)), Bar("Cây", "90 %", D(90))])))
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")

    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"].split() == [title.attrib["id"], description.attrib["id"]]
    assert (title.text, description.text) == ("Kết quả 6 tháng", "Lúa: 50 %; Cây: 90 %")


def test_the_line_of_periods_tells_each_figure_and_the_target():
    points = [Point("Quý I", "quý I năm 2024", D("500.5"), 0.25), Point("6 th.", "6 tháng đầu năm 2024", D(1200), 0.5)]
    drawing = line(Periods("Lúa qua các kỳ", "tấn", points, D(2205), "2.205 tấn"))

    assert texts(drawing) == ["– – chỉ tiêu: 2.205 tấn", "500,5", "Quý I", "1.200", "6 th."]
    assert ET.fromstring(drawing).find(f"{SVG}desc").text == (
        "quý I năm 2024: 500,5 tấn; 6 tháng đầu năm 2024: 1.200 tấn; chỉ tiêu: 2.205 tấn"
    )


def test_nothing_that_a_strict_policy_refuses():
    drawing = bars(Bars("<script>", [Bar('"><script>alert(1)</script>', "style", D(5))]))

    assert "<script" not in drawing
    assert " style=" not in drawing


words = st.text(max_size=120)
percents = st.none() | st.decimals(-100, 10**6, places=1)


@given(words, st.lists(st.builds(Bar, words, words, percents, st.sampled_from(["done", "late", "active", "new"]))))
def test_bars_are_well_formed_and_stay_in_their_frame(title, rows):
    drawing = bars(Bars(title, rows))

    root = ET.fromstring(drawing)
    assert all(0 <= width <= WIDTH for width in widths(drawing))
    height = D(root.attrib["height"])
    assert all(D(node.attrib["y"]) <= height for node in root.iter(f"{SVG}text"))


values = st.decimals(-(10**9), 10**9, places=3)
points = st.builds(Point, words, words, values, st.floats(0, 1))


@given(words, words, st.lists(points, min_size=1, max_size=12), st.none() | values)
def test_points_are_well_formed_and_stay_in_their_frame(title, measure, found, target):
    drawing = line(Periods(title, measure, found, target, "chỉ tiêu" if target is not None else ""))

    height = D(ET.fromstring(drawing).attrib["height"])
    spots = [(D(node.attrib["cx"]), D(node.attrib["cy"])) for node in ET.fromstring(drawing).iter(f"{SVG}circle")]
    assert len(spots) == len(found)
    assert all(0 <= x <= WIDTH and 0 <= y <= height for x, y in spots)
    assert not re.search(r"\d,\d", "".join(re.findall(r' (?:x|y|cx|cy|width|height)="[^"]*"', drawing)))
