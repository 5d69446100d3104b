"""Texts with place-holders: what is wrong is said in a sentence, what is right is filled in."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminders import history_words, wording
from reminders.models import Wording
from reminders.wording import TEXTS, UnfitWording, addressed, check, examples, fill, text_of, wordings_of
from tests.factories import PersonFactory, UnitFactory
from units.models import Person

NAMES = sorted(TEXTS)


def problems(name: str, text: str) -> list[str]:
    with pytest.raises(UnfitWording) as refusal:
        check(name, text)
    assert str(refusal.value) == " ".join(refusal.value.problems)
    return refusal.value.problems


# -- The program's own texts -----------------------------------------------------------


def test_there_is_a_text_for_every_use():
    assert NAMES == [
        "digest_closing",
        "digest_greeting",
        "letter_closing",
        "letter_opening",
        "weekly_greeting",
        "zalo_request",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_program_s_own_text_passes_and_reads_well_on_its_example(name):
    text = TEXTS[name]

    assert check(name, text.default) == text.default
    filled = fill(name, text.default, examples(name))

    assert "{" not in filled
    assert all(holder.example in filled for holder in text.holders if holder.is_required)
    assert len(text.default) < text.longest


def test_the_zalo_text_as_a_village_head_reads_it():
    assert fill("zalo_request", TEXTS["zalo_request"].default, examples("zalo_request")) == (
        "Kính gửi ông Lò Văn Hặc.\n"
        "Xã An Hòa đề nghị Thôn Đông gửi: danh sách đề nghị khen thưởng cuối năm.\n"
        "Hạn gửi: 20/11/2026.\n"
        "Xin mở liên kết sau trên điện thoại để xem và trả lời, không cần tài khoản:\n"
        "http://nhacviec.xa.vn/gui/…\n"
        "Liên kết chỉ dùng một lần, dành riêng cho Thôn Đông. "
        "Cần hỏi thêm, xin liên hệ bà Lò Thị Mây, điện thoại 0912 345 678."
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_history_calls_a_text_by_its_label(name):
    assert history_words.WORDS[name] == TEXTS[name].label


# -- What is refused -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "offer"),
    [
        ("{đơn vị}", "{don_vi}"),
        ("{Don-vi}", "{don_vi}"),
        ("{donvi}", "{don_vi}"),
        ("{nguoinhan}", "{nguoi_nhan}"),
        ("{so_viecs}", "{so_viec}"),
    ],
)
def test_an_unknown_place_holder_is_named_with_the_nearest_known_one(typed, offer):
    assert problems("digest_greeting", f"Chào {typed}.") == [f"Không có chỗ điền {typed}; có phải {offer} không?"]


def test_where_none_is_near_all_are_named():
    assert problems("digest_closing", "Chào {xyz}") == [
        "Không có chỗ điền {xyz}; dùng được: {lien_ket}, {nguoi_nhan}, {don_vi}, {ngay}."
    ]


def test_a_place_holder_of_another_text_is_unknown_here():
    assert problems("weekly_greeting", "{han}") == [
        "Không có chỗ điền {han}; dùng được: {nguoi_nhan}, {don_vi}, {tuan}, {ngay}."
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Kính gửi {nguoi_nhan.", "Dấu { sau «Kính gửi» không có dấu } đi cùng; hãy thêm hoặc bỏ đi."),
        ("Kính gửi nguoi_nhan}.", "Dấu } sau «Kính gửi nguoi_nhan» không có dấu { đi cùng; hãy thêm hoặc bỏ đi."),
        ("Chào\n} bà", "Dấu } ở đầu dòng không có dấu { đi cùng; hãy thêm hoặc bỏ đi."),
        ("{{ngay}}", "Mỗi chỗ điền chỉ dùng một dấu { và một dấu }, ví dụ {don_vi}; hãy bỏ dấu thừa."),
        (
            "Chào {}",
            "Trong ngoặc { } chưa có tên chỗ điền; dùng được: {nguoi_nhan}, {don_vi}, {so_viec}, {ngay}.",
        ),
        ("  \n ", "Hãy ghi nội dung mẫu, hoặc bấm «Trở về mẫu của chương trình»."),
        ("a" * 601, "Mẫu dài quá 600 ký tự."),
        ("<b>Chào</b>", "Mẫu có thẻ HTML «<b>»; văn bản chỉ gồm chữ, hãy bỏ thẻ đi."),
        ("Chào\x07", "Mẫu có ký tự không in được (mã U+0007) sau «Chào»; hãy xóa ký tự đó."),
    ],
)
def test_each_fault_has_its_sentence(text, said):
    assert problems("digest_greeting", text) == [said]


def test_the_link_may_not_be_left_out_of_a_message_that_asks():
    assert problems("zalo_request", "Nhờ {nguoi_nhan} gửi {viec}.") == [
        "Mẫu này phải có {lien_ket} (liên kết dùng một lần của nơi nhận)."
    ]
    assert check("digest_closing", "Trân trọng.") == "Trân trọng."


def test_all_faults_are_told_at_once():
    assert len(problems("zalo_request", "{hanh} {viecc} }")) == 4


def test_what_is_kept_is_composed_and_without_blanks_around():
    decomposed = unicodedata.normalize("NFD", "Kính gửi {nguoi_nhan}\r\n")

    assert check("digest_greeting", f" {decomposed} ") == "Kính gửi {nguoi_nhan}"


@given(st.lists(st.sampled_from(["{ngay}", "{don_vi}", "{so_viec}", "{ngày}", "{", "}", " ", "a", "\n", "{}"])))
def test_whatever_passes_can_be_filled_in(pieces):
    """And only what has a brace too many, or an unknown name, does not pass."""
    text = "".join(pieces)
    is_fit = bool(text.strip()) and not re.search(r"[{}]", re.sub(r"\{(ngay|don_vi|so_viec)\}", "", text))
    try:
        kept = check("digest_greeting", text)
    except UnfitWording:
        kept = None

    assert (kept is not None) == is_fit
    if kept is not None:
        assert not set("{}") & set(fill("digest_greeting", kept, dict.fromkeys(examples("digest_greeting"), "x")))


# -- Filling in ------------------------------------------------------------------------


def filled(text: str, **values: str) -> str:
    return fill("zalo_request", text, examples("zalo_request") | values)


def test_a_value_that_begins_a_sentence_begins_with_a_capital():
    assert filled("{don_vi} nhờ {don_vi}. {don_vi}\n{viec}") == (
        "Xã An Hòa nhờ xã An Hòa. Xã An Hòa\nDanh sách đề nghị khen thưởng cuối năm"
    )


def test_a_link_stays_as_it_is():
    assert filled("{lien_ket}", lien_ket="http://a.vn/gui/x") == "http://a.vn/gui/x"


def test_braces_in_a_value_are_only_letters():
    assert filled("Gửi {viec}", viec="{han} {lien_ket}") == "Gửi {han} {lien_ket}"


def test_a_line_of_blank_values_goes_and_blank_lines_of_the_author_stay():
    assert filled("Kính gửi.\n{noi_dung}\n\nHạn {han}", noi_dung="") == "Kính gửi.\n\nHạn 20/11/2026"
    assert filled("Cách làm: {noi_dung}\nHết", noi_dung="") == "Cách làm: \nHết"


def test_who_forgets_a_value_learns_it_from_the_first_test():
    with pytest.raises(KeyError, match="noi_nhan"):
        fill("zalo_request", "Chào", {name: "x" for name in examples("zalo_request") if name != "noi_nhan"})


def test_people_are_addressed_with_their_honorific():
    assert addressed(Person(honorific="Bà", full_name="Lò Thị Mây")) == "bà Lò Thị Mây"
    assert addressed(Person(full_name="Lò Thị Mây")) == "Lò Thị Mây"
    assert addressed(PersonFactory.build(honorific="Đồng chí", full_name="Lò Văn Hặc", unit=None)) == (
        "đồng chí Lò Văn Hặc"
    )


# -- A unit's own words ----------------------------------------------------------------


@pytest.mark.django_db
def test_a_unit_s_own_words_come_before_the_program_s(django_assert_num_queries):
    own, other = UnitFactory(), UnitFactory()
    Wording.objects.create(unit=own, name="digest_closing", text="Văn phòng {don_vi}.")
    values = examples("digest_closing")

    with django_assert_num_queries(1):
        assert text_of(own.pk, "digest_closing", values) == "Văn phòng xã An Hòa."
    assert text_of(other.pk, "digest_closing", values) == fill(
        "digest_closing", TEXTS["digest_closing"].default, values
    )
    with django_assert_num_queries(1):
        words = wordings_of([own.pk, other.pk], ["digest_closing", "weekly_greeting"])
    assert words == {
        own.pk: {"digest_closing": "Văn phòng {don_vi}.", "weekly_greeting": TEXTS["weekly_greeting"].default},
        other.pk: {name: TEXTS[name].default for name in ("digest_closing", "weekly_greeting")},
    }


@pytest.mark.django_db
def test_a_place_holder_that_is_no_more_stops_no_message():
    unit = UnitFactory()
    Wording.objects.create(unit=unit, name="digest_closing", text="{don_vi}: {ten_cu}")

    assert text_of(unit.pk, "digest_closing", examples("digest_closing")) == "Xã An Hòa: {ten_cu}"


def test_names_that_others_import_stand_for_place_holders():
    assert wording.MY_WORK in TEXTS["digest_closing"].holders
    assert [text.name for text in TEXTS.values() if any(holder.is_required for holder in text.holders)] == [
        "zalo_request"
    ]
