"""A campaign comes down by the delivery of its plan's paper; the launcher sees who answered, and nothing earlier."""

from __future__ import annotations

import datetime as dt

from campaigns.models import Campaign
from campaigns.running.handing import board_of
from documents.deliveries import services as deliveries
from documents.models import Delivery
from reminders.asking.lower import ask_by_paper
from reminders.asking.values import RequestData
from tests.campaigns.running.desk import NAME, TODAY, Desk, typed
from tests.factories import Role, UnitFactory, UserFactory
from units.models import Unit

YESTERDAY = TODAY - dt.timedelta(days=1)


def rows(answer) -> list[tuple[str, str]]:
    return [(row.campaign.unit.name, row.origin) for row in answer.context["rows"]]


def states(campaign: Campaign) -> dict[str, str]:
    board = board_of(campaign)
    names = dict(Unit.objects.filter(pk__in=board.units).values_list("pk", "name"))
    return {names[pk]: answer.state for pk, answer in board.units.items()}


def own_answer(desk: Desk, above: Campaign, unit: Unit | None = None, *, number: str = "8") -> Campaign:
    """Launched by the commune, its plan issued, not sent to anybody."""
    unit = unit or desk.commune
    return desk.campaign(unit, plan=desk.plan(unit, number=number), parent=above, is_running=True)


def send_back(desk: Desk, campaign: Campaign) -> None:
    desk.send(campaign.plan, desk.province, by=desk.an)


# -- What the lower unit sees --------------------------------------------------------------


def test_a_campaign_comes_down_with_the_delivery_of_its_plan(desk):
    above = desk.launched_above(desk.commune)

    assert rows(desk.page("list")) == [("Sông Vân", "Cấp trên phát động")]
    assert rows(desk.page("list", who=desk.cuong)) == []
    assert desk.page("campaign", above.pk).status_code == 200
    assert desk.page("campaign", above.pk, who=desk.cuong).status_code == 404


def test_what_is_only_prepared_above_is_seen_by_nobody_below(desk):
    plan = desk.plan(desk.province, number="5")
    desk.campaign(desk.province, plan=plan)
    desk.send(plan, desk.commune, by=desk.nga)

    assert rows(desk.page("list")) == []


def test_a_superiors_campaign_shows_its_head_and_nothing_of_the_inside(desk):
    above = desk.launched_above(desk.commune, desk.neighbour, theme="Vì dân", follower=None)
    above.targets.create(order=1, text="Trồng cây", low=90, measure="ha")

    page = desk.page("campaign", above.pk)

    words = page.content.decode()
    assert "Vì dân" in words
    assert "Trồng cây: <strong>90\u00a0ha</strong>" in words
    assert not {"board", "requests", "history", "days", "targets"} & page.context.keys()
    assert page.context["act"].words == "Lập phong trào hưởng ứng"
    assert desk.page("campaign", above.pk, who=desk.binh).context["act"] is None  # reads and has no right


def test_what_is_launched_and_went_nowhere_is_handed_down_first(desk):
    plan = desk.plan(desk.province, number="5")
    made = desk.campaign(desk.province, plan=plan, is_running=True)
    acts = [desk.page("campaign", made.pk, who=desk.nga).context["act"]]

    desk.send(plan, desk.commune, by=desk.nga)

    acts.append(desk.page("campaign", made.pk, who=desk.nga).context["act"])
    assert [act.words for act in acts] == ["Gửi kế hoạch cho cấp dưới", "Ghi kết quả"]
    assert acts[0].url == f"/so-van-ban/{plan.paper_id}/gui/?ve=/phong-trao/{made.pk}/"


def test_whoever_answers_is_proposed_to_follow_the_answer(desk):
    above = desk.launched_above(desk.commune)

    assert desk.page("new", theo=above.pk).context["form"].initial["follower"] == desk.an.person


def test_the_answer_is_made_from_the_page_with_its_delivery(desk):
    above = desk.launched_above(desk.commune, theme="Vì dân")
    above.waves.create(order=1, name="Đợt một")
    above.targets.create(order=1, text="Hộ nghèo", low=1, measure="%")

    form = desk.page("new", theo=above.pk)
    answer = desk.post(
        "new", query=f"?theo={above.pk}", **typed(theme="Xã vì dân", take_waves="on", take_targets="on")
    )

    assert form.context["form"].initial["theme"] == "Vì dân"
    made = Campaign.objects.get(parent=above)
    assert answer["Location"].endswith(f"/{made.pk}/")
    assert (made.theme, made.unit, made.delivery) == ("Xã vì dân", desk.commune, Delivery.objects.get())
    assert (made.waves.count(), made.targets.count()) == (1, 1)
    assert desk.page("campaign", above.pk).context["act"].words == "Mở phong trào hưởng ứng"
    assert [row.answer for row in desk.page("list").context["rows"] if row.origin] == [made]


def test_a_second_answer_is_refused_with_the_name_of_the_first(desk):
    above = desk.launched_above(desk.commune)
    own_answer(desk, above)

    answer = desk.post("new", query=f"?theo={above.pk}", **typed(title="Lần nữa"))

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [f"Xã An Hòa đã có phong trào hưởng ứng: «{NAME}»."]
    assert answer.context["form"]["title"].value() == "Lần nữa"
    assert Campaign.objects.filter(parent=above).count() == 1


def test_a_campaign_that_did_not_come_down_is_not_answered(desk):
    above = desk.launched_above(desk.neighbour)

    assert desk.page("new", theo=above.pk).status_code == 404
    assert desk.page("new", theo="abc").status_code == 404


def test_a_withdrawn_paper_takes_the_campaign_away(desk):
    above = desk.launched_above(desk.commune)

    deliveries.withdraw(Delivery.objects.get(), actor=desk.nga)

    assert desk.page("campaign", above.pk).status_code == 404


def test_a_superior_outside_the_program_is_named_by_its_level(desk):
    desk.post("new", **typed(level="state"))

    made = Campaign.objects.get()
    assert (made.level, made.unit, made.parent) == ("state", desk.commune, None)


# -- What the launcher sees ----------------------------------------------------------------


def test_who_has_it_and_who_has_answered(desk):
    third, fourth = (UnitFactory(name=name, parent=desk.province) for name in ("Hồng Lạc", "Tân Lập"))
    above = desk.launched_above(desk.commune, desk.neighbour, third)
    received = Delivery.objects.get(receiver=desk.neighbour)
    deliveries.receive(received, actor=desk.cuong, unit_id=desk.neighbour.pk, day=TODAY)
    send_back(desk, own_answer(desk, above))

    assert states(above) == {"An Hòa": "answered", "Bình Sơn": "received", "Hồng Lạc": "sent", "Tân Lập": "unsent"}
    assert (
        board_of(above).words
        == "4 đơn vị: 1 đã hưởng ứng, 1 đã nhận, chưa hưởng ứng, 1 chưa nhận, 1 chưa gửi văn bản."
    )
    assert board_of(above).units[fourth.pk].delivery is None


def test_an_answer_that_was_not_sent_is_nobodys_business_above(desk):
    above = desk.launched_above(desk.commune)
    made = own_answer(desk, above)

    assert states(above)["An Hòa"] == "sent"
    assert made.title not in desk.page("answers", above.pk, who=desk.nga).content.decode().partition("<table")[2]
    assert desk.page("campaign", made.pk, who=desk.nga).status_code == 404

    send_back(desk, made)

    assert board_of(above).units[desk.commune.pk].campaign == made
    assert desk.page("campaign", made.pk, who=desk.nga).status_code == 200


def test_the_delivery_may_be_answered_by_any_paper(desk):
    above = desk.launched_above(desk.commune)
    paper = desk.plan(number="9").paper
    delivery = Delivery.objects.get()
    deliveries.receive(delivery, actor=desk.an, unit_id=desk.commune.pk, day=TODAY)

    deliveries.answer(delivery, actor=desk.an, paper=paper)

    [answer] = [one for pk, one in board_of(above).units.items() if pk == desk.commune.pk]
    assert (answer.state, answer.campaign, answer.day) == ("answered", None, TODAY)


def test_heads_that_were_sent_up_are_listed_when_they_are_asked_for(desk):
    above = desk.launched_above(desk.commune)
    send_back(desk, own_answer(desk, above))

    assert rows(desk.page("list", who=desk.nga)) == [("Sông Vân", "")]
    assert rows(desk.page("list", who=desk.nga, nguon="cap-duoi")) == [("An Hòa", "Cấp dưới gửi lên")]


def test_days_late_count_from_the_day_of_registration(desk):
    """The 6th was the last day; today is the 20th."""
    above = desk.launched_above(desk.commune, register_by=dt.date(2026, 2, 6))
    late = board_of(above).units[desk.commune.pk]

    assert (late.state, late.look, late.note) == ("sent", "overdue", "quá 14 ngày")

    send_back(desk, own_answer(desk, above))
    came = board_of(above).units[desk.commune.pk]

    assert (came.state, came.note, board_of(above).late) == ("answered", "muộn 14 ngày", [])


def test_a_request_by_the_paper_says_the_day(desk):
    above = desk.launched_above(desk.commune, register_by=dt.date(2026, 2, 6))
    data = RequestData("Gửi kế hoạch hưởng ứng", dt.date(2026, 2, 27), ())

    request = ask_by_paper(above.plan.paper, actor=desk.nga, data=data)

    board = board_of(above)
    assert (board.request, board.due, board.units[desk.commune.pk].late) == (request, dt.date(2026, 2, 27), 0)


def test_a_district_of_its_day_hands_down_as_a_province_does(desk):
    """Communes whose parent was the district then; later ones are not asked."""
    district = UnitFactory(district=True, parent=desk.province, valid_to=dt.date(2026, 6, 30))
    old = UnitFactory(name="Cũ", parent=district, valid_to=dt.date(2026, 6, 30))
    UnitFactory(name="Sau", parent=district, valid_from=dt.date(2026, 7, 1))
    plan = desk.plan(district, number="3")
    found = desk.campaign(district, plan=plan, is_running=True)
    officer = UserFactory(role=Role.OFFICER, unit=old)

    assert states(found) == {"Cũ": "unsent"}

    desk.send(plan, old, by=desk.nga)

    assert states(found) == {"Cũ": "sent"}
    assert rows(desk.page("list", who=officer)) == [(district.name, "Cấp trên phát động")]


def test_the_board_is_for_those_inside(desk):
    above = desk.launched_above(desk.commune)

    assert desk.page("answers", above.pk, who=desk.nga).status_code == 200
    assert desk.page("answers", above.pk).status_code == 403
    assert desk.page("answers", above.pk, who=desk.cuong).status_code == 404


def test_the_board_filters_by_state_and_name(desk):
    above = desk.launched_above(desk.commune)

    def found(**query):
        return [unit.name for unit, _ in desk.page("answers", above.pk, who=desk.nga, **query).context["rows"]]

    assert found() == ["An Hòa", "Bình Sơn"]
    assert found(tinh_trang="unsent") == found(q="binh son") == ["Bình Sơn"]
    assert found(tinh_trang="answered") == found(tinh_trang="qua-han") == []


def test_the_board_costs_the_same_with_3_and_30_units(desk, django_assert_num_queries):
    above = desk.launched_above(desk.commune, register_by=dt.date(2026, 2, 6))
    send_back(desk, own_answer(desk, above))
    more = [UnitFactory(parent=desk.province) for _ in range(28)]
    with django_assert_num_queries(5):
        few = board_of(above)

    desk.send(above.plan, *more, by=desk.nga)
    for number, unit in enumerate(more[:10], start=100):
        desk.send(own_answer(desk, above, unit, number=str(number)).plan, desk.province, by=desk.an)

    with django_assert_num_queries(5):
        many = board_of(above)
    assert [len(board.in_state("answered")) for board in (few, many)] == [1, 11]
    assert (len(many.units), len(many.in_state("sent"))) == (30, 18)
