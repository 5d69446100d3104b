"""The issued paper beside the signed one: what pages add makes no difference, one changed word does."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.dates import PartialDate
from documents.rendering.pdf import render_pdf
from documents.rendering.text import render_text
from documents.signed import Comparison, Difference, Outcome, compare, inspect_file
from documents.signed.comparing import rewritten
from documents.signed.pieces import Piece, pieces_of
from documents.signed.words import key_of
from documents.tree import Item, Paper, Paragraph
from tests.documents.signed.samples import photo, pictures_of, report_of, scan, word_report_of
from tests.layout.papers import EXAMPLES, plain_plan, quarter_groups, two_appendices

MATCH = "Bản đã ký khớp từng chữ với bản phát hành."


def signed_text() -> str:
    return report_of("plain_plan").text


def found(comparison: Comparison) -> list[tuple[str, str, str]]:
    return [(one.place, one.before, one.after) for one in comparison.differences]


# -- The same -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_matches_its_own_pdf(example: str) -> None:
    assert compare(EXAMPLES[example](), report_of(example)) == Comparison(Outcome.MATCH, MATCH)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_text_of_a_pdf_matches_the_pdf(example: str) -> None:
    """For a paper that was issued elsewhere, of which only the file is known."""
    assert compare(report_of(example).text, report_of(example)) == Comparison(Outcome.MATCH, MATCH)


@pytest.mark.parametrize("example", ["plain_plan", "cluster_signature", "decision", "two_appendices"])
def test_every_example_matches_its_own_word_file(example: str) -> None:
    assert compare(EXAMPLES[example](), word_report_of(example)) == Comparison(Outcome.MATCH, MATCH)


def test_ways_of_writing_letters_dashes_and_quotes_make_no_difference() -> None:
    paper = quarter_groups()
    text = report_of("quarter_groups").text
    assert " - " in text
    assert "“" in text

    other = text.replace(" - ", " – ").replace("“", '"').replace("”", '"')

    assert compare(paper, unicodedata.normalize("NFD", other)).outcome is Outcome.MATCH


def test_words_divided_at_the_ends_of_lines_make_no_difference() -> None:
    text = (
        signed_text().replace("KH-UBND", "KH-\nUBND").replace("thưởng", "thư-\nởng").replace("Nhân dân", "Nhân d\nân")
    )

    assert compare(plain_plan(), text).outcome is Outcome.MATCH


def test_numbers_of_pages_make_no_difference() -> None:
    first, second = signed_text().split("\f")

    for pages in (f"{first}\f2\n{second}", f"{first}\f{second}\n2"):
        assert compare(plain_plan(), pages).outcome is Outcome.MATCH


def test_the_columns_of_head_and_foot_may_come_in_any_order() -> None:
    text = signed_text()
    issuer, rest = text.split("CỘNG HÒA", 1)
    national, rest = rest.split("Số:", 1)
    number, rest = rest.split("Suối Bạc, ngày", 1)
    body, foot = rest.split("Nơi nhận:", 1)
    recipients, signature = foot.split("TM. ỦY", 1)
    other = f"{issuer}Số:{number}CỘNG HÒA{national}Suối Bạc, ngày{body}TM. ỦY{signature}\nNơi nhận:{recipients}"
    assert other != text

    assert compare(plain_plan(), other) == Comparison(Outcome.MATCH, MATCH)


def test_both_columns_of_the_head_on_one_line_make_no_difference() -> None:
    text = signed_text().replace(
        "ỦY BAN NHÂN DÂN\nXÃ SUỐI BẠC\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n",
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ SUỐI BẠC ",
    )
    assert text.startswith("ỦY BAN NHÂN DÂN CỘNG")

    assert compare(plain_plan(), text) == Comparison(Outcome.MATCH, MATCH)


def test_a_row_cut_by_a_page_break_makes_no_difference_and_a_swap_of_cells_does() -> None:
    lead, time = "Phòng Văn hóa -\nXã hội\n\nTháng 5/2026", "Tháng 5/2026"
    text = report_of("quarter_groups").text
    content = "bàn xã\n\nPhòng Văn hóa -\nXã hội"
    assert lead in text
    assert content in text

    cut = text.replace(content, "bàn\n\nPhòng Văn hóa -\nXã hội\fxã", 1)
    swapped = text.replace(lead, f"{time}\n\nPhòng Văn hóa -\nXã hội", 1)

    assert compare(quarter_groups(), cut).outcome is Outcome.MATCH
    assert compare(quarter_groups(), swapped).outcome is Outcome.DIFFER


def test_what_fills_the_blanks_is_told_and_makes_no_difference() -> None:
    reference = "(Kèm theo Kế hoạch số        /KH-UBND ngày      tháng      năm 2026 của Ủy ban nhân dân xã Suối Bạc)"
    paper = two_appendices()
    blank = replace(
        paper,
        header=replace(paper.header, number="", date=PartialDate(2026)),
        signature=replace(paper.signature, name=""),
        appendices=tuple(replace(appendix, reference=reference) for appendix in paper.appendices),
    )

    assert compare(blank, report_of("two_appendices")) == Comparison(
        Outcome.MATCH, MATCH, filled=("05/KH-UBND", "05", "02", "Lò Văn Thắng")
    )


def test_words_beside_the_picture_of_a_signature_make_no_difference() -> None:
    text = signed_text().replace(
        "PHÓ CHỦ TỊCH\n", "PHÓ CHỦ TỊCH\nKý bởi: Lò Văn Thắng\nThời gian ký: 05/02/2026 08:30\n"
    )
    assert text != signed_text()

    assert compare(plain_plan(), text) == Comparison(Outcome.MATCH, MATCH)


# -- Different ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("trước ngày 05", "trước ngày 06", ("Mục II, dòng 1", "05", "06")),
        ("15 tháng 6 năm 2022", "16 tháng 7 năm 2022", ("Phần mở đầu, đoạn 1", "15 tháng 6", "16 tháng 7")),
        ("kịp\nthời", "kịp\nthì", ("Mục I, dòng 4", "thời,", "thì,")),
        ("đúng việc.", "đúng việc", ("Mục I, dòng 4", "việc.", "việc")),
        ("của xã. Quá", "của xã và thôn. Quá", ("Mục II, dòng 3", "xã.", "xã và thôn.")),
        ("Lò Văn Thắng", "Lò Văn Thông", ("Họ tên người ký", "Thắng", "Thông")),
        ("05/KH-UBND", "06/KH-UBND", ("Số, ký hiệu", "05/KH-UBND", "06/KH-UBND")),
        ("ngày 05 tháng 02", "ngày 06 tháng 02", ("Địa danh, ngày tháng", "05", "06")),
        ("XÃ SUỐI BẠC", "XÃ SUỐI VÀNG", ("Cơ quan ban hành", "BẠC", "VÀNG")),
        ("- Lưu: VT", "- Đảng ủy;\n- Lưu: VT", ("Thêm sau: Nơi nhận, dòng 4", "", "- Đảng ủy;")),
        ("- Sở Nội vụ (để b/c);\n", "", ("Nơi nhận, dòng 1", "- Sở Nội vụ (để b/c);", "")),
        ("rõ ràng, ", "", ("Mục I, dòng 4", "rõ ràng,", "")),
        ("rõ ràng,", "rất rõ ràng,", ("Mục I, dòng 4", "", "rất")),
        ("Mục đích", "Mục tiêu", ("Mục I, dòng 1", "đích", "tiêu")),
    ],
)
def test_what_was_changed_is_told_with_its_place(old: str, new: str, expected: tuple[str, str, str]) -> None:
    assert old in signed_text()

    comparison = compare(plain_plan(), signed_text().replace(old, new, 1))

    assert found(comparison) == [expected]
    assert (comparison.outcome, comparison.sentence) == (Outcome.DIFFER, "Bản đã ký khác bản phát hành ở 1 chỗ.")


def test_a_difference_carries_the_words_around_it_and_its_text() -> None:
    comparison = compare(plain_plan(), signed_text().replace("trước ngày 05", "trước ngày 06"))

    item = plain_plan().body[7]
    assert isinstance(item, Item)
    line = f"1. {item.text}"
    assert comparison.differences == (
        Difference(
            "Mục II, dòng 1",
            "05",
            "06",
            "ban nhân dân xã trước ngày",
            "của tháng cuối mỗi quý.",
            ("body", 7),
            line,
            line.index("05"),
            line.index("05") + 2,
        ),
    )


def test_a_cell_is_told_with_its_row_and_column() -> None:
    text = report_of("quarter_groups").text.replace("Tháng 4/2026", "Tháng 9/2026", 1)

    assert found(compare(quarter_groups(), text)) == [("Bảng, dòng 4, cột «Thời gian thực hiện»", "4/2026", "9/2026")]


def test_a_text_of_an_appendix_is_told_with_its_appendix() -> None:
    before, after = report_of("two_appendices").text.split("DANH MỤC", 1)

    comparison = compare(two_appendices(), f"{before}DANH SÁCH{after}")

    assert found(comparison) == [("Phụ lục II, tên phụ lục", "MỤC", "SÁCH")]


def test_two_changes_are_two_differences() -> None:
    text = signed_text().replace("trước ngày 05", "trước ngày 06").replace("Lò Văn Thắng", "Lò Văn Thông")

    comparison = compare(plain_plan(), text)

    assert found(comparison) == [("Mục II, dòng 1", "05", "06"), ("Họ tên người ký", "Thắng", "Thông")]
    assert comparison.sentence == "Bản đã ký khác bản phát hành ở 2 chỗ."


def test_changes_at_the_seam_of_two_texts_are_told_apart() -> None:
    text = signed_text().replace("của đơn vị mình.\n\nII.", "của đơn vị họ.\n\nIII.")
    assert text != signed_text()

    assert found(compare(plain_plan(), text)) == [
        ("Mục I, dòng 5", "mình.", "họ."),
        ("Mục II, đề mục", "II.", "III."),
    ]


def test_another_paper_is_called_another_paper() -> None:
    assert compare(plain_plan(), report_of("two_hundred_tasks")) == Comparison(
        Outcome.DIFFER,
        "Tệp này có vẻ là một văn bản khác, không phải bản đã ký của văn bản này.",
        is_other_paper=True,
    )


def test_without_the_paper_a_place_is_page_and_line() -> None:
    text = signed_text().replace("XÃ SUỐI BẠC", "XÃ SUỐI VÀNG")

    assert found(compare(signed_text(), text)) == [("Trang 1, dòng 2", "BẠC", "VÀNG")]


_OTHERS = st.sampled_from(["khác", "2031", "Ngân", "x", "điều-chỉnh", "27/KH-XYZ", "không"])


@settings(max_examples=150)
@given(data=st.data())
def test_one_changed_word_is_exactly_that_difference(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["plain_plan", "bullets", "decision", "two_appendices", "quarter_groups"]))
    words = report_of(name).text.split(" ")
    at = data.draw(st.integers(0, len(words) - 1))
    other = data.draw(_OTHERS)
    old = words[at].split()
    if len(old) != 1 or old[0] != words[at] or key_of(old[0]) == other or _is_part_of_head(old[0]):
        return
    comparison = compare(EXAMPLES[name](), " ".join([*words[:at], other, *words[at + 1 :]]))

    (one,) = comparison.differences
    assert (old[0] in one.before, one.after) == (True, one.before.replace(old[0], other))


def _is_part_of_head(word: str) -> bool:
    """A changed word in a table head that stands on several pages is also a page without its head."""
    return word in {"TT", "Nội", "dung", "nhiệm", "vụ", "Đơn", "vị", "chủ", "trì", "Thời", "gian", "thực", "hiện"}


@settings(max_examples=12)
@given(data=st.data())
def test_one_changed_word_of_a_printed_paper_is_exactly_that_difference(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["plain_plan", "bullets", "decision"]))
    paper = EXAMPLES[name]()
    texts = [at for at, block in enumerate(paper.body) if isinstance(block, Paragraph | Item)]
    position = data.draw(st.sampled_from(texts))
    words = paper.body[position].text.split()
    at = data.draw(st.integers(0, len(words) - 1))
    other = data.draw(_OTHERS)
    changed = _with_text(paper, position, " ".join([*words[:at], other, *words[at + 1 :]]))

    comparison = compare(paper, inspect_file(render_pdf(changed)))

    assert [(one.before, one.after, one.path) for one in comparison.differences] == (
        [(words[at], other, ("body", position))] if words[at] != other else []
    )


def _with_text(paper: Paper, position: int, text: str) -> Paper:
    block = replace(paper.body[position], text=text)
    return replace(paper, body=(*paper.body[:position], block, *paper.body[position + 1 :]))


@settings(max_examples=100)
@given(data=st.data())
def test_a_text_rewritten_by_its_differences_is_the_signed_text(data: st.DataObject) -> None:
    paper = plain_plan()
    piece = data.draw(st.sampled_from([piece for piece in pieces_of(paper) if piece.path[0] == "body"]))
    words = piece.text.split()
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(1, len(words) - 1))
        words[at : at + data.draw(st.integers(0, 1))] = data.draw(st.sampled_from([[], ["khác"], ["rất", "khác"]]))
        if len(words) < 3:
            return
    target = " ".join(words)

    comparison = compare(paper, _printed_with(paper, piece, target))
    mine = [one for one in comparison.differences if one.path == piece.path]

    assert [one for one in comparison.differences if one.path != piece.path] == []
    assert rewritten(piece.text, mine) == target


def _printed_with(paper: Paper, piece: Piece, text: str) -> str:
    return render_text(paper).replace(f"\n{piece.text}\n", f"\n{text}\n", 1)


# -- Not to be compared -------------------------------------------------------------------------------------


def test_what_holds_no_reliable_words_is_not_compared() -> None:
    pages = pictures_of("plain_plan")
    cases = {
        "scan": (scan(pages), "Không so được từng chữ vì đây là bản quét."),
        "photo": (photo(pages[0], "JPEG"), "Không so được từng chữ vì đây là ảnh chụp."),
        "broken": (b"%PDF-1.7", "Không so được vì không đọc được chữ trong tệp đã ký."),
    }

    for content, sentence in cases.values():
        assert compare(plain_plan(), inspect_file(content)) == Comparison(Outcome.CANNOT, sentence)
    assert compare(plain_plan(), " \n ").outcome is Outcome.CANNOT


def test_outcomes_have_their_words() -> None:
    assert [one.label for one in Outcome] == ["Khớp", "Khác", "Không so được"]
