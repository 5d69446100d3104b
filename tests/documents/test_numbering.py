"""Numbering: what is wrong is said once, and correct papers are left in peace."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.numbering import NumberingFinding, find_numbering
from documents.outline import Kind, Line, write_body
from plans.pasting import split_sections
from tests.plans.files import SHARED, every_plan, read_file


def said(*lines: str) -> list[tuple[int | None, str]]:
    return [(finding.line, finding.message) for finding in find_numbering([("", "\n".join(lines))])]


@pytest.mark.parametrize(
    "lines",
    [
        ["1. a", "2. b", "3. c"],
        ["1. a", "a) x", "b) y", "2. b", "a) x", "b) y"],
        ["a) x", "b) x", "c) x", "d) x", "đ) x", "e) x", "g) x", "h) x", "i) x", "k) x", "l) x"],
        ["a) x", "b) x", "c) x", "d) x", "e) x", "g) x"],
        ["a. x", "b. x", "c. x", "d. x", "e. x", "f. x", "g. x", "h. x", "i. x", "j. x"],
        ["1. a", "1.1. b", "1.2. c", "2. d", "2.1. e", "2.1.1. f", "2.1.2. g", "2.2. h", "3. i"],
        ["1.1 Một", "1.2 Hai", "2.1 Ba"],
        ["1. a", "- x", "- y", "+ z", "2. b"],
        ["- Tập thể:", "a) x", "b) y", "- Cá nhân:", "a) x", "b) y"],
        ["Đối với tập thể", "1. a", "2. b", "Đối với cá nhân", "1. a", "2. b"],
        ["1. a", "1) x", "2) y", "2. b", "(1) x", "(2) y"],
        ["1. a", "2) b", "3. c"],
        ["Điều 1. a", "1. x", "2. y", "Điều 2. b", "1. x", "Điều 3. c"],
        ["Bước 1:\ta", "Bước 2:\tb"],
        ["A. a", "I. x", "II. y", "B. b", "I. x"],
        ["1.000 hộ đạt chuẩn", "2.5 ha rừng", "1. a"],
        ["i) nhỏ", "ii) nhỏ", "v) nhỏ"],
        ["[Bảng nhiệm vụ]", "1. a", "2. b"],
        [],
    ],
)
def test_correct_numbering_is_left_in_peace(lines):
    assert said(*lines) == []


@pytest.mark.parametrize(
    ("lines", "findings"),
    [
        (["1. a", "2. b", "4. c"], [(2, "Sau «2.» lại đến «4.»: thiếu «3.»?")]),
        (["1. a", "4. b", "5. c"], [(1, "Sau «1.» lại đến «4.»: thiếu «2.», «3.»?")]),
        (["1) a", "9) b"], [(1, "Sau «1)» lại đến «9)»: thiếu từ «2)» đến «8)»?")]),
        (["1. a", "2. b", "", "2. c", "3. d"], [(3, "Có hai mục «2.».")]),
        (["1. a", "2. b", "1. c", "2. d"], [(2, "Sau «2.» lại bắt đầu từ «1.».")]),
        (["1. a", "2. b", "- x;", "1. c"], [(3, "Sau «2.» lại bắt đầu từ «1.».")]),
        (["1. a", "2. b", "3. c", "2. d"], [(3, "Sau «3.» lại quay về «2.».")]),
        (["2. a", "3. b"], [(0, "Mục đầu tiên ở đây là «2.», chưa có «1.».")]),
        (["a) x", "b) y", "d) z"], [(2, "Sau «b)» lại đến «d)»: thiếu «c)»?")]),
        (["a) x", "b) y", "b) z", "c) z"], [(2, "Có hai mục «b)».")]),
        (["a. x", "b. x", "c. x", "d. x", "g. x"], [(4, "Sau «d.» lại đến «g.»: thiếu «e.»?")]),
        (["1. a", "1.1. b", "1.3. c"], [(2, "Sau «1.1.» lại đến «1.3.»: thiếu «1.2.»?")]),
        (["1. a", "2. b", "2.2. c"], [(2, "Mục đầu tiên ở đây là «2.2.», chưa có «2.1.».")]),
        (["1. a", "2. b", "3.2. c"], [(2, "«3.2.» nằm dưới «2.»: có phải «2.2.»?")]),
        (["1. a", "1.1. b", "2.1. c"], [(2, "«2.1.» nằm dưới «1.»: thiếu «2.»?")]),
        (["Điều 1. a", "Điều 3. b"], [(1, "Sau «Điều 1.» lại đến «Điều 3.»: thiếu «Điều 2.»?")]),
        (["I. a", "III. b"], [(1, "Sau «I.» lại đến «III.»: thiếu «II.»?")]),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(lines, findings):
    assert said(*lines) == findings


def test_headings_count_through_all_sections():
    found = find_numbering([("I.", "1. a"), ("II.", "1. a\n3. b"), ("IV.", ""), ("IV.", ""), ("", "2. c")])

    assert found == [
        NumberingFinding(1, 1, "Sau «1.» lại đến «3.»: thiếu «2.»?"),
        NumberingFinding(2, None, "Sau «II.» lại đến «IV.»: thiếu «III.»?"),
        NumberingFinding(3, None, "Có hai mục «IV.»."),
        NumberingFinding(4, 0, "Mục đầu tiên ở đây là «2.», chưa có «1.»."),
    ]


@pytest.mark.parametrize(
    "markers",
    [
        ["I.", "II.", "III.", "IV.", "V.", "VI.", "VII.", "VIII.", "IX.", "X."],
        ["A.", "I.", "II.", "B.", "I.", "II.", "C."],
        ["Phần I", "A.", "B.", "Phần II", "A."],
        ["PHẦN THỨ NHẤT", "I.", "", "II."],
        ["A.", "B.", "C.", "D.", "Đ.", "E.", "G.", "H.", "I.", "K."],
        ["1.", "2.", "3."],
    ],
)
def test_headings_that_are_right(markers):
    assert find_numbering([(marker, "") for marker in markers]) == []


def test_numbers_may_go_on_from_one_section_to_the_next():
    assert find_numbering([("I.", "1. a\n2. b"), ("II.", "3. c\n4. d"), ("III.", "1. e")]) == []


def sections_of(plan: dict) -> list[tuple[str, str]]:
    sections: list[tuple[str, list[Line]]] = [("", [])]
    for block in plan["blocks"]:
        if block["type"] == "heading":
            sections.append((block["marker"], []))
        else:
            line = Line(Kind(block["type"]), block.get("text", ""), block.get("marker", ""))
            sections[-1][1].append(line)
    return [(marker, write_body(lines)) for marker, lines in sections]


@pytest.mark.parametrize("name", every_plan())
def test_plans_that_were_issued(name):
    """The plan of Đoài Trung does go from «5.» to «7.»; the others are right."""
    known = {"doai_trung": ["Sau «5.» lại đến «7.»: thiếu «6.»?"]}

    found = find_numbering(sections_of(read_file(name)))

    assert [finding.message for finding in found] == known.get(name, [])


@pytest.mark.skipif(not (SHARED / "plans").is_dir(), reason="the real plans are not at hand (TDKT_SHARED)")
@pytest.mark.parametrize(
    ("name", "messages"),
    [
        ("02_daklak_0124", []),
        ("other_05_nghean_1026", []),
        ("other_12_cantho_159", []),
        ("other_14_dongthap_552", ["Có hai mục «III.»."]),
    ],
)
def test_plans_pasted_from_web_pages(name, messages):
    text = (SHARED / "plans" / "unlabelled" / f"{name}.txt").read_text(encoding="utf-8")

    found = find_numbering([(section.marker, section.body) for section in split_sections(text)])

    assert [finding.message for finding in found] == messages


markers = st.sampled_from(
    ["1.", "2.", "3.", "a)", "b)", "đ)", "1.1.", "2.1", "I.", "II.", "-", "+", "A.", "(1)", "i)", "Bước 1:\t"]
)


@given(st.lists(st.tuples(markers, st.lists(markers.map("{} Chữ".format), max_size=8)), max_size=4))
def test_anything_is_answered_in_sentences_at_most_one_a_line(sections):
    found = find_numbering([(marker, "\n".join(body)) for marker, body in sections])

    assert len({(finding.section, finding.line) for finding in found}) == len(found)
    for finding in found:
        assert re.fullmatch(r"[A-ZĐ«].*[.?]", finding.message)
        assert finding.line is None or finding.line < len(sections[finding.section][1])


@given(st.integers(1, 40), st.sampled_from(["{}.", "{})", "({})", "Điều {}."]), st.data())
def test_leaving_one_out_of_a_run_is_one_finding(length, form, data):
    lines = [f"{form.format(number)} Chữ" for number in range(1, length + 2)]
    gap = data.draw(st.integers(1, length))

    assert find_numbering([("", "\n".join(lines))]) == []
    assert len(find_numbering([("", "\n".join(lines[: gap - 1] + lines[gap:]))])) == 1
