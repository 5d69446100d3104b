"""Arithmetic of the dossier without a database: later years, both readings, overlaps, quotas, pasted answers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from awards.conditions import shipped_conditions
from awards.dossiers.answers import Asked, NoAnswers, Says, read_answers, says
from awards.dossiers.outlook import outlook
from awards.dossiers.overlap import Channel, Claim, Kind, alike, find_overlaps, pairs_of
from awards.dossiers.quotas import Meter
from awards.dossiers.readings import side_by_side
from awards.dossiers.reports import form_of, sections_of
from awards.eligibility import Outcome
from awards.facts import Discipline, Path, Recipient, Scope
from tests.awards.test_eligibility import AFTER, case, idea, rated, titles

# -- From which year -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "year", "assumptions"),
    [
        (case("LDTT", ratings={2025: "HTT"}), 2025, ()),
        (case("LDTT"), 2025, ("xếp loại năm 2025 từ mức hoàn thành tốt nhiệm vụ trở lên",)),  # nothing is known
        (
            case("LDTT", ratings={2025: "HTNV"}),
            2026,
            ("xếp loại năm 2026 từ mức hoàn thành tốt nhiệm vụ trở lên",),
        ),
        (
            case("CSTDT", titles=titles("CSTDCS", 2024), initiatives=(idea(2025, Scope.PROVINCE),)),
            2026,
            ("được công nhận Chiến sĩ thi đua cơ sở năm 2025, 2026",),
        ),
        (
            case("CSTDT", titles=titles("CSTDCS", 2023, 2024, 2025)),
            2026,
            (
                "được công nhận Chiến sĩ thi đua cơ sở năm 2026",
                "có sáng kiến mới phạm vi cấp tỉnh được công nhận năm 2026",
            ),
        ),
        (
            case("CSTDCS", ratings={2025: "HTT"}, initiatives=(idea(is_recognised=False),)),
            2025,
            ("sáng kiến «SK2025» được công nhận",),
        ),
        (
            case("LDTT", ratings={2025: "HTT"}, has_open_case=True),
            2025,
            ("vụ việc đang xem xét kết luận không có vi phạm",),
        ),
        (
            case(
                "LDTT",
                ratings=rated("HTT", 2025, 2026, 2027),
                discipline=(Discipline("Cảnh cáo", dt.date(2025, 5, 1), dt.date(2026, 5, 1)),),
            ),
            2027,
            (),
        ),
    ],
)
def test_the_first_later_year_in_which_it_could_be_had_and_what_it_takes(asked, year, assumptions):
    found = outlook(asked)

    assert found is not None
    assert (found.year, found.assumptions, found.rests_on_old_text) == (year, assumptions, False)


def test_no_later_year_helps_while_a_discipline_has_no_end():
    endless = (Discipline("Khiển trách", dt.date(2025, 5, 1)),)

    assert outlook(case("LDTT", ratings={2025: "HTT"}, discipline=endless)) is None


def test_sudden_merit_is_no_matter_of_years():
    assert outlook(case("GK", path=Path.SUDDEN)) is None


def test_an_open_rule_is_taken_as_it_was_and_that_is_said():
    found = outlook(case("CSTDCS", on=AFTER, ratings={2025: "HTXSNV"}))

    assert found is not None
    assert (found.year, found.assumptions, found.rests_on_old_text) == (2025, (), True)


def test_leap_days_have_a_day_in_every_later_year():
    asked = case("LDTT", on=dt.date(2024, 2, 29), ratings={2025: "HTNV"})

    found = outlook(asked)

    assert found is not None
    assert found.year == 2026


# -- Both readings -------------------------------------------------------------------------


def test_both_readings_stand_side_by_side_while_nobody_has_confirmed():
    both = side_by_side(case("CSTDCS", on=AFTER, ratings={2025: "HTXSNV"}))

    assert both is not None
    assert (both.before, both.amended) == (
        Outcome.ELIGIBLE,
        (("Hoàn thành xuất sắc nhiệm vụ và có sáng kiến", Outcome.NOT_ELIGIBLE),),
    )
    assert [(rule.name, [one.ok for one in rule.before.findings], len(rule.amended)) for rule in both.rules] == [
        ("Xếp loại chất lượng", [True], 0),
        ("Hoàn thành xuất sắc, sáng kiến", [True], 1),
    ]


def test_what_was_confirmed_has_one_reading():
    confirmed = [one.confirmed("12/HD-SNV") for one in shipped_conditions()]

    assert side_by_side(case("CSTDCS", on=AFTER, ratings={2025: "HTXSNV"}), confirmed) is None
    assert side_by_side(case("CSTDCS", ratings={2025: "HTXSNV"})) is None  # received before the law changed


# -- Overlap -------------------------------------------------------------------------------

STORY = "Vận động 45 hộ hiến 1.200 m2 đất mở rộng đường trục thôn, hoàn thành trước hạn hai tháng"


def claim(key: str, award: str = "GK", **more: Any) -> Claim:
    values = {"who": "hoa", "name": "Nguyễn Thị Hoa", "year": 2026, "channel": Channel.ROUND, "where": "đợt khác"}
    values |= more
    return Claim(
        key=key,
        award=award,
        person=more.get("person", values["who"]),
        **{name: value for name, value in values.items() if name != "person"},
    )


def kinds(own: list[Claim], others: list[Claim]) -> dict[str, list[Kind]]:
    return {key: [one.kind for one in found] for key, found in find_overlaps(own, others).items()}


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (claim("b", where="đợt này", channel=Channel.HERE), [Kind.DOUBLE]),
        (claim("b", where="đợt này", channel=Channel.HERE, person="khác"), [Kind.AGAIN]),  # maybe the same
        (claim("b"), [Kind.AGAIN]),
        (claim("b", channel=Channel.REGISTER), [Kind.AGAIN]),
        (claim("b", "BKT"), [Kind.PERIOD]),
        (claim("b", "BKT", text=STORY.upper()), [Kind.TEXT]),
        (claim("b", "GK", year=2025, text=STORY), [Kind.TEXT]),  # last year's words
        (claim("b", "GK", year=2025), []),
        (claim("b", "LDTT"), []),  # a title and a form, words unknown
        (claim("b", who="nam"), []),
        (claim("b", follows="a"), []),  # the superior's row that came from this one
    ],
)
def test_two_claims_of_one_person(other, expected):
    assert kinds([claim("a", text=STORY)], [other]).get("a", []) == expected


def test_a_title_that_rests_on_another_title_of_the_year_is_no_overlap():
    assert kinds([claim("a", "CSTDCS", text=STORY)], [claim("b", "LDTT", text=STORY)]) == {}


def test_an_initiative_of_two_authors_is_told_to_both():
    own = [claim("a", initiatives={7: "Số hóa"}), claim("b", "BKT", who="nam", name="Nam", initiatives={7: "Số hóa"})]

    assert kinds(own, []) == {"a": [Kind.INITIATIVE], "b": [Kind.INITIATIVE]}


def test_likeness_is_the_share_of_the_shorter_texts_pairs_of_words():
    longer = pairs_of(f"{STORY}. Ngoài ra còn tham gia văn nghệ, thể thao của xã.")

    assert alike(pairs_of(STORY), longer) == 100
    assert alike(pairs_of(STORY), pairs_of("Trồng 2.000 cây bóng mát dọc tuyến đường liên xã dài bốn km")) == 0
    assert alike(pairs_of("Có thành tích xuất sắc"), longer) is None  # says too little


# -- Quotas --------------------------------------------------------------------------------


def meter(**more: Any) -> Meter:
    values = {"percent": Decimal(15), "base": 100, "base_words": "số Lao động tiên tiến", "used": 14} | more
    return Meter("CSTDCS", "Chiến sĩ thi đua cơ sở", "Toàn đợt", **values)


@pytest.mark.parametrize(
    ("found", "words", "is_exceeded"),
    [
        (meter(), "đã 14/15 % – còn 1 suất", False),
        (meter(used=15), "đã 15/15 % – vừa hết suất", False),
        (meter(used=17), "đã 17/15 % – quá 2 suất", True),
        (meter(base=99, used=15), "đã 15,2/15 % – quá 1 suất", True),  # 15 % of 99 is 14 people
        (meter(base=0, used=1), "đã 0/15 % – quá 1 suất", True),
        (meter(base=None), "đã 14 đề nghị; chưa có số liệu để tính 15 % số Lao động tiên tiến", False),
        (meter(percent=None), "14 đề nghị", False),
    ],
)
def test_a_quota_counts_whole_people(found, words, is_exceeded):
    assert (found.words, found.is_exceeded) == (words, is_exceeded)


def test_direct_workers_are_counted_apart():
    found = meter(used=10, direct=4, leaders=5, direct_percent=Decimal(50))

    assert found.lacks_direct
    assert found.direct_words == ("4 người trực tiếp, 5 lãnh đạo, 1 chưa phân loại; người trực tiếp cần ít nhất 50 %")
    assert not meter(used=10, direct=5, direct_percent=Decimal(50)).lacks_direct


# -- Answers pasted back -----------------------------------------------------------------------

ASKED = [Asked(1, "Nguyễn Thị Hoa", 1985), Asked(2, "Trần Văn Nam", 1970), Asked(3, "Trần Văn Nam", 1990)]


def read(*lines: str) -> list[tuple[int | None, Says | None, str]]:
    return [(one.who, one.says, one.ask) for one in read_answers("\n".join(lines), "", ASKED).rows]


HEAD = "STT\tHọ và tên\tNăm sinh\tÝ kiến\tGhi chú"


def test_answers_are_matched_by_name_and_year_and_the_unsure_is_asked():
    assert read(
        HEAD,
        "1\tBà Nguyễn  thị Hoa\t1985\tThống nhất\t",
        "2\tTrần Văn Nam\t1990\tKhông thống nhất\tVi phạm nồng độ cồn",
        "3\tTrần Văn Nam\t\tNhất trí\t",
        "4\tLê Văn Tám\t1960\tThống nhất\t",
        "5\tNguyễn Thị Hoa\t1985\tchờ xác minh\t",
    ) == [
        (1, Says.CLEAR, ""),
        (3, Says.OBJECTS, ""),
        (None, Says.CLEAR, "Có 2 người tên Trần Văn Nam trong danh sách hỏi: chọn người được trả lời."),
        (None, Says.CLEAR, "Không có Lê Văn Tám trong danh sách hỏi."),
        (None, None, "Đã có ở dòng 2. Chưa rõ thống nhất hay không."),
    ]


def test_another_year_of_birth_is_asked_about():
    assert read(HEAD, "1\tNguyễn Thị Hoa\t1986\tThống nhất\t") == [
        (None, Says.CLEAR, "Nguyễn Thị Hoa trong danh sách hỏi có năm sinh khác: chọn nếu vẫn là người này.")
    ]


def test_a_table_without_a_head_is_read_by_the_names_in_it():
    assert read("1\tNguyễn Thị Hoa\tthống nhất", "2\tTrần Văn Nam (1970)\tkhông thống nhất") == [
        (1, Says.CLEAR, ""),
        (2, Says.OBJECTS, ""),
    ]


def test_what_names_nobody_is_refused():
    with pytest.raises(NoAnswers):
        read("Kính gửi\tỦy ban nhân dân xã", "V/v\ttrả lời hiệp y")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Thống nhất", Says.CLEAR),
        ("KHÔNG THỐNG NHẤT", Says.OBJECTS),
        ("Chưa nhất trí", Says.OBJECTS),
        ("Không vi phạm", Says.CLEAR),
        ("Không phát hiện vi phạm", Says.CLEAR),
        ("Có vi phạm", Says.OBJECTS),
        ("x", Says.CLEAR),
        ("đang xác minh", None),
        ("", None),
    ],
)
def test_what_an_answer_says(cell, expected):
    assert says(cell) == expected


# -- The report's form -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("report", "recipient", "path", "expected"),
    [
        ("05", Recipient.PERSON, Path.MERIT, "05"),
        ("05", Recipient.COLLECTIVE, Path.MERIT, "04"),
        ("03", Recipient.PERSON, Path.MERIT, "03"),
        ("05", Recipient.PERSON, Path.SUDDEN, "06"),
        ("", Recipient.HOUSEHOLD, Path.MOVEMENT, "08"),
    ],
)
def test_the_form_follows_award_recipient_and_kind_of_commendation(report, recipient, path, expected):
    assert form_of(report, recipient, path) == expected
    assert sections_of(expected, recipient)[0].code == "about"
