"""What places send by link or in sheets becomes nominees: shown first, taken whole, taken once."""

from __future__ import annotations

import pytest

from awards.collecting import proposals, taking
from awards.collecting.selectors import senders_of
from awards.collecting.taking import COLUMNS
from awards.models import Nominee, Proposal
from reminders.asking import links
from reminders.asking.values import AnswerData
from reminders.models import Ask
from tests.awards.collecting.desk import codes, told

HOA = ("Bà Nguyễn Thị Hoa", "1985", "Trưởng thôn", "LĐTT; CSTĐCS", "Vận động hiến đất")
HAC = ("Hộ ông Lò Văn Hặc", "", "", "Giấy khen", "Hiến 200 m2 đất")


def take(desk):
    return taking.take(
        desk.round, actor=desk.an, picks={one.answer.pk: one.digest for one in taking.shown(desk.round)}
    )


def outcomes(desk) -> list[tuple[str, str]]:
    return [(line.words[0], line.outcome) for one in taking.shown(desk.round) for line in one.lines]


def test_the_request_belongs_to_the_round_and_asks_no_identity_number(desk):
    request = desk.asked("Thôn Đông")
    desk.round.refresh_from_db()

    assert (request.kind, request.subject, desk.round.request) == ("awards.proposals", desk.round.pk, request)
    assert tuple(request.columns) == COLUMNS
    assert not any("định danh" in column or "CCCD" in column for column in COLUMNS)


def test_rows_of_a_place_become_its_list_one_nominee_an_award(desk):
    answer = desk.sent(desk.asked(), "Thôn Đông", HOA, HAC)

    taken = take(desk)

    assert (taken.lists, taken.added, taken.changed) == (1, 3, 0)
    assert told(desk.round) == [
        ("Thôn Đông", "Nguyễn Thị Hoa", "LDTT", "proposed"),
        ("Thôn Đông", "Nguyễn Thị Hoa", "CSTDCS", "proposed"),
        ("Thôn Đông", "Hộ ông Lò Văn Hặc", "GK", "proposed"),
    ]
    one = Proposal.objects.get()
    assert (one.way, one.sender, one.answer, one.state) == ("sheet", "Ông Hặc", answer, "sent")
    assert Nominee.objects.filter(subject=None).count() == 0
    assert codes(desk.round) == ["awards.nominees.identified_surely", "awards.answers.taken"]


def test_what_came_by_the_link_on_a_phone_is_taken_too(desk):
    [ask] = Ask.objects.filter(request=desk.asked("Thôn Tây"))
    token = links.address_of(ask).rstrip("/").rpartition("/")[2]
    links.answer_by_link(token, data=AnswerData("Bà Mơ", rows=(dict(zip(COLUMNS, HAC, strict=True)),)))

    take(desk)

    assert told(desk.round) == [("Thôn Tây", "Hộ ông Lò Văn Hặc", "GK", "proposed")]
    assert Proposal.objects.get().way == "link"


def test_an_answer_is_taken_once_however_often_it_is_asked_for(desk):
    desk.sent(desk.asked(), "Thôn Đông", HAC)
    wanted = {one.answer.pk: one.digest for one in taking.shown(desk.round)}
    taking.take(desk.round, actor=desk.an, picks=wanted)

    with pytest.raises(taking.NothingToTake):
        taking.take(desk.round, actor=desk.an, picks=wanted)

    assert (Nominee.objects.count(), taking.shown(desk.round)) == (1, [])


def test_rows_that_cannot_be_read_stay_out_and_say_why(desk):
    desk.sent(
        desk.asked(),
        "Thôn Đông",
        ("Lò Văn Hặc", "1985", "", "", ""),
        ("Vì Thị Mơ", "hơn 40", "", "Giấy khen", ""),
        ("Vì Thị Mận", "", "", "Giải nhất", ""),
        HAC,
        HAC,
    )

    [shown] = taking.shown(desk.round)

    assert [(line.number, line.faults) for line in shown.faulty] == [
        (1, ("Danh hiệu, hình thức đề nghị: còn trống.",)),
        (2, ("Năm sinh: «hơn 40» không phải ngày; ghi ngày/tháng/năm như 5/3/2026.",)),
        (
            3,
            (
                "Danh hiệu, hình thức đề nghị: danh mục chưa có «Giải nhất»; ghi như trong danh mục, "
                "ví dụ «Lao động tiên tiến».",
            ),
        ),
        (5, ("Trùng với dòng 4: cùng một đối tượng, một danh hiệu.",)),
    ]
    assert take(desk).added == 1


def test_a_list_that_was_sent_back_comes_again_changed(desk):
    request = desk.asked("Thôn Đông")
    desk.sent(request, "Thôn Đông", HOA, HAC)
    take(desk)
    one = Proposal.objects.select_related("round__unit", "part", "answer__ask__request").get()
    proposals.give_back(one, actor=desk.an, reason="Ghi rõ thành tích", with_answer=True)

    desk.sent(request, "Thôn Đông", (*HOA[:4], "Vận động 12 hộ hiến 800 m2 đất"))

    assert outcomes(desk) == [(HOA[0], "change"), (HOA[0], "change")]
    assert taking.shown(desk.round)[0].missing == ("Hộ ông Lò Văn Hặc (GK)",)
    assert (take(desk).changed, Nominee.objects.count()) == (2, 3)
    one.refresh_from_db()
    assert (one.state, one.return_reason) == ("sent", "")
    assert set(Nominee.objects.filter(name="Nguyễn Thị Hoa").values_list("achievement", flat=True)) == {
        "Vận động 12 hộ hiến 800 m2 đất"
    }


def test_what_was_shown_is_taken_or_nothing(desk):
    desk.sent(desk.asked(), "Thôn Đông", HAC)
    wanted = {one.answer.pk: one.digest for one in taking.shown(desk.round)}
    desk.nominee("Hộ ông Lò Văn Hặc", "GK", kind="household")

    with pytest.raises(taking.OtherThanShown):
        taking.take(desk.round, actor=desk.an, picks=wanted)

    assert Nominee.objects.count() == 1


def test_pictures_alone_open_a_list_to_type_into(desk):
    desk.sent(desk.asked(), "Thôn Đông", text="Danh sách trong ảnh")

    assert take(desk).lists == 1
    assert (Proposal.objects.get().nominees.count(), taking.shown(desk.round)) == (0, [])


def test_who_has_sent_and_who_is_missing(desk):
    desk.sent(desk.asked(), "Thôn Đông", HAC)
    desk.nominee("Nguyễn Thị Hoa", place="Thôn Tây")

    assert [(row.name, row.waits, row.is_missing, row.count, row.wordless) for row in senders_of(desk.round)] == [
        ("Thôn Đông", True, False, 0, 0),
        ("Thôn Tây", False, False, 1, 1),
        ("Trường Tiểu học số 1", False, True, 0, 0),
    ]


def test_the_pages_show_and_take(desk):
    assert desk.page("proposals_ask").status_code == 200
    desk.sent(desk.asked(), "Thôn Đông", HOA)
    [shown] = taking.shown(desk.round)

    page = desk.page("answers_take").content.decode()
    assert "Chiến sĩ thi đua cơ sở" in page
    answer = desk.post("answers_take", **{f"nhan-{shown.answer.pk}": "on", f"xem-{shown.answer.pk}": shown.digest})

    assert answer["Location"] == desk.url("round")
    assert len(told(desk.round)) == 2
