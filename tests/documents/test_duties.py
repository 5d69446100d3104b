"""Sentences of incoming papers that ask for something by a day: what, when, how often, what to send, to whom, who."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.reading.duties import Concern, Duty, concern_of, duties_of


def only(*paragraphs: str, about: str = "") -> Duty:
    [duty] = duties_of(paragraphs, about=about)
    return duty


def times(*paragraphs: str) -> list[tuple[str, str]]:
    return [(duty.time_text, duty.every.value) for duty in duties_of(paragraphs)]


# -- What, and how often -------------------------------------------------------------------


def test_a_letter_asks_communes_for_a_report() -> None:
    text = "Để tổng hợp, Sở Nội vụ đề nghị UBND các xã, phường gửi báo cáo sơ kết về Sở Nội vụ trước ngày 10/6/2026."

    assert only(text) == Duty(
        what="Gửi báo cáo sơ kết về Sở Nội vụ trước ngày 10/6/2026",
        time_text="trước ngày 10/6/2026",
        send="báo cáo sơ kết",
        to="Sở Nội vụ",
        whom="UBND các xã, phường",
        start=0,
        end=len(text),
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gửi báo cáo trước ngày 10/7 hằng năm.", [("trước ngày 10/7 hằng năm", "year")]),
        ("Hằng năm, các xã gửi danh sách trước ngày 30/11.", [("trước ngày 30/11", "year")]),
        ("Nộp hồ sơ chậm nhất là ngày 25 tháng 11 năm 2026.", [("chậm nhất là ngày 25 tháng 11 năm 2026", "")]),
        ("Nộp hồ sơ trước 16 giờ 30 ngày 20/11/2026.", [("trước 16 giờ 30 ngày 20/11/2026", "")]),
        ("Hoàn thành trong quý II/2026.", [("trong quý II/2026", "")]),
        ("Hoàn thành xong trước 30/10/2026.", [("trước 30/10/2026", "")]),
        ("Báo cáo quý trước ngày 20 của tháng cuối quý.", [("trước ngày 20 của tháng cuối quý", "quarter")]),
        ("Báo cáo tháng gửi trước ngày 25 hằng tháng.", [("trước ngày 25 hằng tháng", "month")]),
        ("Định kỳ 6 tháng, báo cáo kết quả.", [("Định kỳ 6 tháng", "half")]),
        ("Báo cáo trước ngày 15/6 và 15/12 hằng năm.", [("trước ngày 15/6 và 15/12 hằng năm", "year")]),
        (
            "Báo cáo định kỳ 6 tháng (trước ngày 15/6) và năm (trước ngày 15/12).",
            [("trước ngày 15/6", "year"), ("trước ngày 15/12", "year")],
        ),
        (
            "Xã nộp hồ sơ trong 05 ngày làm việc kể từ ngày nhận được Công văn.",
            [("trong 05 ngày làm việc kể từ ngày nhận được Công văn", "")],
        ),
        ("Cử 02 người dự họp vào hồi 14 giờ ngày 05/12/2026.", [("vào hồi 14 giờ ngày 05/12/2026", "")]),
    ],
)
def test_time_words_are_found_as_printed_with_how_often(text: str, found: list[tuple[str, str]]) -> None:
    assert times(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ Quyết định số 18/2020/QĐ-UBND ban hành trong ngày 20/7/2020 của UBND tỉnh về tổ chức thi đua.",
        "Số liệu tính đến hết ngày 14/11/2026 để xây dựng báo cáo.",
        "Phong trào được tổ chức từ ngày 01/01/2026 đến hết ngày 30/6/2026.",
        "Trong quý I/2026, các xã đã tổ chức phát động thi đua.",
        "Kết quả đợt 1 đã được các đơn vị báo cáo trước ngày 05/5/2026.",
        "Số tập thể được đề nghị khen thưởng không quá 1/3 tổng số tập thể tham gia.",
        "Tổ chức Hội nghị tổng kết công tác thi đua, khen thưởng.",
        "Đơn vị không gửi báo cáo trước ngày 10/6 thì không xét thi đua.",
        "Trước ngày 30/4 là ngày nghỉ.",
        "Thời gian thực hiện: từ ngày 01/3/2026 đến ngày 30/4/2026.",
    ],
)
def test_what_dates_another_thing_or_is_past_asks_for_nothing(text: str) -> None:
    assert times(text) == []


def test_two_requests_of_one_sentence_are_two_duties() -> None:
    text = "Báo cáo sơ kết 6 tháng gửi trước ngày 15/6, báo cáo tổng kết năm gửi trước ngày 15/12 hằng năm."

    assert [(duty.what, duty.send) for duty in duties_of([text])] == [
        ("Báo cáo sơ kết 6 tháng gửi trước ngày 15/6", "Báo cáo sơ kết 6 tháng"),
        ("Báo cáo tổng kết năm gửi trước ngày 15/12 hằng năm", "báo cáo tổng kết năm"),
    ]


def test_what_it_rests_on_is_not_what_is_asked() -> None:
    duty = only("Căn cứ kế hoạch được giao để đăng ký chỉ tiêu, gửi Trưởng khối trước ngày 05/01 hằng năm.")

    assert duty.what == "Đăng ký chỉ tiêu, gửi Trưởng khối trước ngày 05/01 hằng năm"


def test_a_later_day_for_special_cases_is_no_duty_of_its_own() -> None:
    text = "Hoàn thành ký giao ước trong tháng 01 hằng năm, trường hợp đặc biệt không quá 15/02 hằng năm."

    assert times(text) == [("trong tháng 01 hằng năm", "year")]


def test_under_a_label_of_time_the_heading_says_what() -> None:
    duty = only(
        "2. Tổ chức hội nghị sơ kết",
        "a) Nội dung:",
        "Đánh giá phong trào.",
        "b) Thời gian: Xong trước ngày 10/7/2026.",
    )

    assert (duty.what, duty.time_text, duty.paragraph) == ("Tổ chức hội nghị sơ kết", "trước ngày 10/7/2026", 3)


def test_a_label_with_a_bare_day_is_that_day_of_what_the_paper_is_about() -> None:
    duty = only("Thời gian: 8 giờ 00 phút, ngày 25/11/2026 (thứ Tư).", about="Mời họp Hội đồng")

    assert (duty.what, duty.time_text) == ("Mời họp Hội đồng", "8 giờ 00 phút, ngày 25/11/2026")
    assert duty.is_event


def test_what_is_scored_is_told_apart() -> None:
    assert only("Gửi báo cáo đúng hạn, trước ngày 15/6: 2 điểm.").is_scoring
    assert not only("Gửi báo cáo đúng hạn, trước ngày 15/6.").is_scoring


# -- Sending -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "send", "to"),
    [
        ("Gửi hồ sơ đề nghị khen thưởng về Trưởng khối trước ngày 05/01.", "hồ sơ đề nghị khen thưởng", "Trưởng khối"),
        ("Nộp 02 bộ hồ sơ về Phòng Nội vụ trước ngày 05/01.", "02 bộ hồ sơ", "Phòng Nội vụ"),
        ("Xây dựng kế hoạch năm gửi Ban Thi đua trước ngày 05/01.", "kế hoạch năm", "Ban Thi đua"),
        ("Báo cáo kết quả thực hiện trước ngày 20/11 về Sở Nội vụ.", "Báo cáo kết quả thực hiện", "Sở Nội vụ"),
        ("Báo cáo Ủy ban nhân dân tỉnh trước ngày 20/11/2026.", "", "Ủy ban nhân dân tỉnh"),
        ("Hoàn thành việc kiện toàn Hội đồng trước ngày 20/11.", "", ""),
    ],
)
def test_what_is_sent_and_to_whom(text: str, send: str, to: str) -> None:
    duty = only(text)

    assert (duty.send, duty.to) == (send, to)


# -- Who is asked ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paragraphs", "whom"),
    [
        (["Giao Sở Tài chính tổng hợp trước ngày 20/5/2026."], "Sở Tài chính"),
        (["Hằng năm, trước ngày 30/11, các đơn vị thành viên gửi báo cáo."], "các đơn vị thành viên"),
        (["3. Ủy ban nhân dân các xã", "Gửi báo cáo trước ngày 20/5."], "Ủy ban nhân dân các xã"),
        (["2. Sở Nội vụ", "- Là cơ quan thường trực, tổng hợp trước ngày 20/5."], "Sở Nội vụ"),
        (["Hồ sơ khen thưởng ngành Giáo dục: nộp trước ngày 30/6."], ""),
        (["1. Trưởng khối thi đua", "a) Tổng hợp trước ngày 20/5.", ""], "Trưởng khối thi đua"),
        (["1. Sở Nội vụ", "2. Chế độ báo cáo", "Gửi báo cáo trước ngày 20/5."], ""),
        (["Gửi báo cáo trước ngày 20/5."], ""),
    ],
)
def test_who_is_asked_stands_in_the_sentence_or_in_the_heading_above_it(paragraphs: list[str], whom: str) -> None:
    assert only(*paragraphs).whom == whom


@pytest.mark.parametrize(
    ("whom", "concern"),
    [
        ("", Concern.UNSAID),
        ("UBND các xã, phường", Concern.OURS),
        ("Các sở, ban, ngành, Ủy ban nhân dân xã, phường", Concern.OURS),
        ("xã Vân Khê", Concern.OURS),
        ("xã Bình Sơn", Concern.OTHER),
        ("Các thôn", Concern.OURS),
        ("các đơn vị thành viên", Concern.EVERYONE),
        ("Thủ trưởng các cơ quan", Concern.EVERYONE),
        ("Sở Nội vụ", Concern.OTHER),
        ("Cơ quan Thường trực", Concern.OTHER),
        ("Trưởng khối thi đua", Concern.OTHER),
        ("Phòng Văn hóa - Xã hội huyện", Concern.OTHER),
        ("phong trào thi đua hằng năm", Concern.UNSAID),
    ],
)
def test_whether_a_commune_is_meant(whom: str, concern: Concern) -> None:
    assert concern_of(whom, level="commune", names=["xã Vân Khê"]) == concern


def test_a_province_is_meant_by_other_words() -> None:
    assert concern_of("UBND các tỉnh", level="province") == Concern.OURS
    assert concern_of("UBND các xã", level="province") == Concern.OTHER


# -- Whatever a paper says ---------------------------------------------------------------------

WORDS = ["trước ngày", "10/7", "hằng năm", "gửi", "về", ":", ";", ".", "(", "quý II", "báo cáo", "Sở Nội vụ", "các xã"]
PARAGRAPHS = st.lists(
    st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)), max_size=6
)


@given(PARAGRAPHS)
def test_nothing_is_invented_and_each_duty_lies_in_its_sentence(texts: list[str]) -> None:
    paragraphs = [" ".join(text.split()) for text in texts]

    for duty in duties_of(paragraphs):
        paragraph = paragraphs[duty.paragraph]
        sentence = paragraph[duty.start : duty.end]
        assert duty.time_text in sentence
        assert duty.send in sentence
        assert duty.to in sentence
        assert any(duty.what[1:] in text for text in paragraphs)


@given(st.text(max_size=300))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    duties = list(duties_of([text]))

    assert all(duty.what and duty.time_text for duty in duties)
