"""What places sent by link, in sheets or by telephone becomes registrations: shown first, taken whole, taken once."""

from __future__ import annotations

import pytest

from campaigns.models import Registration, TakenAnswer
from campaigns.taking_part import services, taking
from campaigns.taking_part.matching import COLUMNS, NEW, PLACE_ITSELF
from campaigns.taking_part.taking import Pick
from reminders.asking import links
from reminders.asking import services as asking
from reminders.asking.values import AnswerData
from reminders.models import Ask, Request
from tests.campaigns.taking_part.office import LDTT, TTLDTT, codes
from units.models import Person


def picks(office, **chosen: str) -> list[Pick]:
    """All that is shown, as it is shown."""
    numbers = {int(name.removeprefix("row")): value for name, value in chosen.items()}
    return [Pick(one.answer.pk, one.digest, numbers) for one in taking.shown(office.campaign)]


def take(office, **chosen: str):
    return taking.take(office.campaign, actor=office.an, picks=picks(office, **chosen))


def told(office) -> list[tuple[str, str, str, str]]:
    rows = Registration.objects.select_related("part", "person").order_by("pk")
    return [(str(row.part), str(row.person or ""), row.titles, row.state) for row in rows]


def test_the_request_belongs_to_the_campaign_and_asks_for_a_list(office):
    request = office.asked("Thôn Đông", "Thôn Tây")

    assert (request.kind, request.subject) == ("campaigns.registration", office.campaign.pk)
    assert tuple(request.columns) == COLUMNS
    assert [str(ask) for ask in request.asks.all()] == ["Thôn Đông", "Thôn Tây"]


def test_rows_of_a_place_are_its_own_its_people_and_new_ones(office):
    request = office.asked()
    office.person("Lò Văn Hặc", post="Phó thôn")
    answer = office.sent(
        request,
        "Thôn Đông",
        ("Thôn Đông", "", "TTLĐTT", "Trồng cây phân tán 200 cây"),
        ("Ông Lò Văn Đông", "", "LĐTT", ""),
        ("Lò Văn Hặc", "Phó thôn", "LĐTT; CSTĐCS", ""),
        ("Vì Thị Mới", "Chi hội trưởng", "Gia đình văn hóa", ""),
    )

    taken = take(office)

    assert (taken.answers, taken.added, taken.changed, taken.people) == (1, 4, 0, ["Vì Thị Mới"])
    assert told(office) == [
        ("Thôn Đông", "", TTLDTT, "sent"),
        ("Thôn Đông", "Lò Văn Đông", LDTT, "sent"),
        ("Thôn Đông", "Lò Văn Hặc", f"{LDTT}\nChiến sĩ thi đua cơ sở", "sent"),
        ("Thôn Đông", "Vì Thị Mới", "Gia đình văn hóa", "sent"),
    ]
    assert Registration.objects.first().promises == [{"target": office.trees.pk, "low": "200"}]
    assert {row.answer for row in Registration.objects.all()} == {answer}
    assert codes(office.campaign) == ["campaigns.answers.taken"]


def test_an_answer_is_taken_once_however_often_it_is_asked_for(office):
    office.sent(office.asked(), "Thôn Đông", ("Thôn Đông", "", "TTLĐTT", ""))
    wanted = picks(office)
    taking.take(office.campaign, actor=office.an, picks=wanted)

    with pytest.raises(taking.NothingToTake):
        taking.take(office.campaign, actor=office.an, picks=wanted)

    assert (Registration.objects.count(), TakenAnswer.objects.count()) == (1, 1)
    assert taking.shown(office.campaign) == []


def test_what_came_by_the_link_on_a_phone_is_taken_like_a_list(office):
    request = office.asked("Thôn Đông")
    [ask] = Ask.objects.filter(request=request)
    token = links.address_of(ask).rstrip("/").rpartition("/")[2]
    row = dict(zip(COLUMNS, ("Thôn Đông", "", "Thôn văn hóa", ""), strict=True))
    links.answer_by_link(token, data=AnswerData("Ông Hặc", rows=(row,)))

    take(office)

    assert told(office) == [("Thôn Đông", "", "Thôn văn hóa", "sent")]
    assert Registration.objects.get().answer.way == "link"


def test_words_without_a_list_are_the_places_own_registration(office):
    office.sent(office.asked(), "Thôn Tây", text="TTLĐTT\nTrồng cây phân tán: 100 cây\nHiến đất làm đường")

    take(office)

    row = Registration.objects.get()
    assert (str(row.part), row.person, row.titles) == ("Thôn Tây", None, TTLDTT)
    assert row.promises == [{"target": office.trees.pk, "low": "100"}, {"text": "Hiến đất làm đường"}]


# -- Who is meant ------------------------------------------------------------------------------


def test_of_two_of_one_name_the_officer_is_asked(office):
    first, second = office.person("Lò Văn Hặc", post="Phó thôn"), office.person("Lò Văn Hặc", post="Công an viên")
    office.sent(office.asked(), "Thôn Đông", ("Lò Văn Hặc", "", "LĐTT", ""), ("Thôn Đông", "", "TTLĐTT", ""))
    [shown] = taking.shown(office.campaign)
    values = [choice.value for choice in shown.lines[0].proposal.choices]
    assert shown.lines[0].is_asked
    assert values == [f"nguoi-{first.pk}", f"nguoi-{second.pk}", NEW]

    take(office, row1=f"nguoi-{second.pk}")

    assert {row.person for row in Registration.objects.all()} == {second, None}


def test_the_post_tells_two_of_one_name_apart(office):
    office.person("Lò Văn Hặc", post="Phó thôn")
    second = office.person("Lò Văn Hặc", post="Công an viên")
    office.sent(office.asked(), "Thôn Đông", ("Lò Văn Hặc", "công an viên", "LĐTT", ""))

    take(office)

    assert Registration.objects.get().person == second


def test_the_head_of_a_place_is_its_own_whatever_the_list_of_people_says(office):
    Person.objects.filter(full_name="Lò Văn Đông").update(part=None)
    office.sent(office.asked(), "Thôn Đông", ("Lò Văn Đông", "Trưởng thôn", "LĐTT", ""))

    assert take(office).people == []
    assert told(office) == [("Thôn Đông", "Lò Văn Đông", LDTT, "sent")]


def test_somebody_of_another_place_is_never_taken_for_granted(office):
    office.person("Lò Văn Hặc", "Thôn Tây")
    office.sent(office.asked(), "Thôn Đông", ("Lò Văn Hặc", "", "LĐTT", ""))
    [shown] = taking.shown(office.campaign)
    assert shown.lines[0].is_asked

    take(office, row1=NEW)

    assert [str(person.part) for person in Person.objects.filter(full_name="Lò Văn Hặc").order_by("pk")] == [
        "Thôn Tây",
        "Thôn Đông",
    ]
    assert str(Registration.objects.get().person.part) == "Thôn Đông"


def test_names_that_differ_by_a_mark_are_two_people(office):
    office.person("Lò Văn Hùng")
    office.sent(office.asked(), "Thôn Đông", ("Lò Văn Hưng", "", "LĐTT", ""))
    [shown] = taking.shown(office.campaign)

    assert [choice.value for choice in shown.lines[0].proposal.choices] == [NEW]


def test_a_row_that_reads_like_a_body_is_asked_about_and_may_be_left_out(office):
    office.sent(office.asked(), "Thôn Đông", ("Chi hội Phụ nữ", "", "TTLĐTT", ""), ("Lò Văn Đông", "", "LĐTT", ""))
    [shown] = taking.shown(office.campaign)
    assert [choice.value for choice in shown.lines[0].proposal.choices] == [PLACE_ITSELF, NEW]

    take(office, row1="")

    assert told(office) == [("Thôn Đông", "Lò Văn Đông", LDTT, "sent")]


# -- What is wrong -----------------------------------------------------------------------------


def test_rows_that_cannot_be_taken_say_why_and_hinder_no_other(office):
    office.sent(
        office.asked(),
        "Thôn Đông",
        ("", "Phó thôn", "LĐTT", ""),
        ("Lò Văn Đông", "", "", ""),
        ("Thôn Đông", "", "TTLĐTT", ""),
        ("thôn  đông", "", "Thôn văn hóa", ""),
    )
    [shown] = taking.shown(office.campaign)
    assert [line.faults for line in shown.lines] == [
        ("Họ và tên / tên tập thể: còn trống.",),
        ("Chưa ghi danh hiệu hay chỉ tiêu nào.",),
        (),
        ("Trùng với dòng 3: cùng một nơi, một người.",),
    ]

    take(office)

    assert told(office) == [("Thôn Đông", "", TTLDTT, "sent")]


def test_nothing_is_taken_that_is_not_what_was_shown(office):
    office.sent(office.asked(), "Thôn Đông", ("Lò Văn Hặc", "", "LĐTT", ""))
    wanted = picks(office)
    office.person("Lò Văn Hặc")

    with pytest.raises(taking.OtherThanShown):
        taking.take(office.campaign, actor=office.an, picks=wanted)

    assert not Registration.objects.exists()
    assert not TakenAnswer.objects.exists()


def test_one_row_that_fails_takes_back_all_of_them(office, monkeypatch):
    request = office.asked()
    office.sent(request, "Thôn Đông", ("Vì Thị Mới", "", "LĐTT", ""))
    office.sent(request, "Thôn Tây", ("Thôn Tây", "", "TTLĐTT", ""))
    wanted = picks(office)
    real = services.register

    def fails_at_the_second(campaign, *, who, **more):
        if str(who.place) == "Thôn Tây":
            raise services.NotTakingPart
        return real(campaign, who=who, **more)

    monkeypatch.setattr(services, "register", fails_at_the_second)
    with pytest.raises(services.NotTakingPart):
        taking.take(office.campaign, actor=office.an, picks=wanted)

    assert not Registration.objects.exists()
    assert not Person.objects.filter(full_name="Vì Thị Mới").exists()
    assert len(taking.shown(office.campaign)) == 2


# -- Again -------------------------------------------------------------------------------------


def test_what_was_sent_back_is_not_taken_and_what_comes_then_changes_the_registration(office):
    request = office.asked()
    office.sent(request, "Thôn Đông", ("Thôn Đông", "", "TTLĐTT", ""))
    take(office)
    row = office.fresh(Registration.objects.get())

    services.give_back(row, actor=office.lan, reason="Ghi thêm chỉ tiêu", with_answer=True)

    assert [answer.return_reason for answer in Ask.objects.get(request=request, part=row.part).answers.all()] == [
        "Ghi thêm chỉ tiêu"
    ]
    assert Ask.objects.get(request=request, part=row.part).token_hash is not None
    assert taking.shown(office.campaign) == []
    again = office.sent(request, "Thôn Đông", ("Thôn Đông", "", "TTLĐTT", "Trồng cây phân tán 50"))
    taken = take(office)
    assert (taken.added, taken.changed) == (0, 1)
    row = office.fresh(row)
    assert (row.state, row.reason, row.answer) == ("sent", "", again)
    assert row.promises == [{"target": office.trees.pk, "low": "50"}]


def test_only_the_newest_of_what_a_place_sent_counts(office):
    request = office.asked()
    office.sent(request, "Thôn Đông", ("Thôn Đông", "", "TTLĐTT", ""))
    newest = office.sent(request, "Thôn Đông", ("Thôn Đông", "", "Thôn văn hóa", ""))

    assert [one.answer for one in taking.shown(office.campaign)] == [newest]


def test_what_is_approved_stays_and_the_row_says_so(office):
    office.approved(office.registered("Thôn Đông"))
    request = office.asked()
    office.sent(request, "Thôn Đông", ("Thôn Đông", "", "Thôn văn hóa", ""))
    office.sent(request, "Thôn Tây", ("Thôn Tây", "", "TTLĐTT", ""))
    east, _ = taking.shown(office.campaign)
    assert east.lines[0].faults == ("Đã duyệt trước đó; muốn sửa thì trả lại đăng ký đã duyệt rồi nhận.",)

    take(office)

    assert told(office) == [("Thôn Đông", "", TTLDTT, "approved"), ("Thôn Tây", "", TTLDTT, "sent")]


def test_the_same_as_is_there_changes_nothing(office):
    office.registered("Thôn Đông")
    office.sent(office.asked(), "Thôn Đông", ("Thôn Đông", "", "TTLĐTT", ""))

    taken = take(office)

    assert (taken.added, taken.changed) == (0, 0)
    assert Registration.objects.get().version == 1


def test_answers_to_requests_for_anything_else_are_not_offered(office):
    request = office.asked()
    Request.objects.filter(pk=request.pk).update(kind="", subject=None)
    office.sent(request, "Thôn Đông", ("Thôn Đông", "", "TTLĐTT", ""))

    assert taking.shown(office.campaign) == []


def test_a_returned_answer_goes_back_through_its_request(office):
    request = office.asked()
    answer = office.sent(request, "Thôn Đông", ("Thôn Đông", "", "TTLĐTT", ""))

    asking.send_back(answer, actor=office.an, reason="Thiếu dấu")

    assert taking.shown(office.campaign) == []
