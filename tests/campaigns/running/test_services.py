"""Acts on a campaign: each is guarded, told in the history, and refused with a sentence at its field."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from campaigns.models import Campaign, Movement, Review, Target, Wave
from campaigns.running.rows import save_movements, save_waves
from campaigns.running.services import (
    AnsweredAlready,
    change_campaign,
    close,
    drop,
    launch,
    prepare_again,
    reopen,
)
from campaigns.running.starting import MadeAlready, Taken, start_campaign, values_from_parent, values_from_plan
from campaigns.running.values import CampaignValues, MovementRow, WaveRow, values_of
from core.errors import UnfitField, UnfitRow
from core.history import history_lines
from core.models import AuditEntry
from core.states import EditedMeanwhile, MoveRefused
from plans.models import Plan
from tests.campaigns.running.desk import NAME, TODAY, add_wave
from tests.factories import PersonFactory, UnitFactory

VALUES = CampaignValues(NAME, 2026)


def codes(campaign: Campaign) -> list[str]:
    rows = AuditEntry.objects.filter(subject_type="campaigns.campaign", subject_id=campaign.pk)
    return [entry.code.removeprefix("campaigns.") for entry in rows.order_by("pk")]


# -- Made and changed ----------------------------------------------------------------------


def test_a_campaign_is_made_in_preparation_and_told(desk):
    made = desk.campaign(theme="  Đoàn kết,\n sáng tạo ", register_by=dt.date(2026, 3, 15))

    assert (made.state, made.theme, made.made_by, made.plan) == ("draft", "Đoàn kết, sáng tạo", desk.an, None)
    [line] = history_lines(made)
    assert line.what == "Lập phong trào"
    assert {change.name: change.new for change in line.changes}["hạn đăng ký"] == "15/03/2026"


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"title": "  "}, "title", "Ghi tên phong trào."),
        (
            {"start": dt.date(2026, 7, 1), "end": dt.date(2026, 6, 30)},
            "end",
            "Ngày kết thúc trước ngày bắt đầu 01/07/2026.",
        ),
        (
            {"end": dt.date(2026, 6, 30), "register_by": dt.date(2026, 7, 1)},
            "register_by",
            "Hạn đăng ký sau ngày kết thúc phong trào 30/06/2026.",
        ),
        (
            {"start": dt.date(2062, 1, 1)},
            "start",
            "Năm 2062 cách xa năm của phong trào (2026); hãy xem lại ngày.",
        ),
        ({"year": 26}, "year", "Năm từ 2000 đến 2100."),
        ({"scope": "<b>Cán bộ</b>"}, "scope", None),
    ],
)
def test_what_cannot_stand_is_refused_at_its_field(desk, values, field, sentence):
    with pytest.raises(UnfitField) as refused:
        desk.campaign(**values)

    assert refused.value.field == field
    assert sentence is None or str(refused.value) == sentence
    assert Campaign.objects.count() == 0


def test_nobody_of_another_unit_follows_it(desk):
    with pytest.raises(UnfitField) as refused:
        desk.campaign(follower=PersonFactory(unit=desk.neighbour))

    assert refused.value.field == "follower"


def test_a_change_takes_the_version_and_an_old_page_changes_nothing(desk):
    made = desk.campaign()
    old = Campaign.objects.get(pk=made.pk)

    change_campaign(made, actor=desk.an, version=1, values=replace(VALUES, theme="Kỷ cương"))
    with pytest.raises(EditedMeanwhile):
        change_campaign(old, actor=desk.an, version=1, values=replace(VALUES, theme="Sáng tạo"))

    now = Campaign.objects.get()
    assert (now.theme, now.version, codes(now)) == ("Kỷ cương", 2, ["campaign.created", "campaign.changed"])


def test_saving_what_stands_there_changes_nothing(desk):
    made = desk.campaign()

    change_campaign(made, actor=desk.an, version=99, values=values_of(made))

    assert (Campaign.objects.get().version, codes(made)) == (1, ["campaign.created"])


def test_a_renamed_campaign_is_found_by_its_new_name(desk):
    made = desk.campaign()

    change_campaign(made, actor=desk.an, version=1, values=replace(VALUES, title="Nông thôn mới"))

    assert "nong thon moi" in Campaign.objects.get().search


# -- Its plan ------------------------------------------------------------------------------


def test_a_plan_has_one_campaign(desk):
    plan = desk.plan()
    desk.campaign(plan=plan)

    with pytest.raises(UnfitField, match=f"đã gắn với phong trào «{NAME}»"):
        desk.campaign(plan=plan)


def test_only_an_own_plan_of_the_kind_is_linked(desk):
    annual = desk.plan()
    annual.kind = "annual"

    for plan in (desk.plan(desk.neighbour), annual):
        with pytest.raises(UnfitField, match="Chọn một kế hoạch phong trào thi đua của đơn vị"):
            desk.campaign(plan=plan)


def test_a_campaign_out_of_a_plan_takes_its_words(desk):
    values = values_from_plan(desk.plan())

    assert (values.title, values.year, values.level, values.start, values.end) == (
        f"Phát động {NAME}",
        2026,
        "commune",
        dt.date(2026, 1, 1),
        dt.date(2026, 12, 31),
    )


def test_a_draft_plan_made_along_brings_the_rows_of_its_template(desk):
    made = start_campaign(desk.commune, actor=desk.an, values=VALUES, drafts_plan=TODAY)

    assert Campaign.objects.get() == made
    assert (made.title, made.plan.kind, made.plan.state) == (NAME, "campaign", "draft")
    assert made.plan.subject == f"Phát động {NAME[:1].lower()}{NAME[1:]}"
    assert (made.waves.count(), made.movements.count(), made.targets.count()) == (2, 11, 25)
    assert made.targets.filter(low=None, adds_up=True).count() == 0  # the template's own figures stay


def test_a_second_click_makes_no_second_one_and_no_second_plan(desk):
    made = start_campaign(desk.commune, actor=desk.an, values=VALUES, drafts_plan=TODAY)

    with pytest.raises(MadeAlready) as refused:
        start_campaign(desk.commune, actor=desk.an, values=VALUES, drafts_plan=TODAY)

    assert refused.value.there == made
    assert (Campaign.objects.count(), Plan.objects.count()) == (1, 1)


def test_a_district_of_old_gets_an_outline_for_its_plan(desk):
    district = UnitFactory(district=True, parent=desk.province)
    values = replace(VALUES, level="district")

    made = start_campaign(district, actor=desk.nga, values=values, drafts_plan=TODAY)

    assert (made.plan.kind, made.plan.unit, made.plan.sections.count()) == ("campaign", district, 3)


# -- States --------------------------------------------------------------------------------


def test_the_way_of_a_campaign(desk):
    made = desk.campaign()

    launch(made, actor=desk.an, day=TODAY)
    close(made, actor=desk.an)
    reopen(made, actor=desk.an)
    drop(made, actor=desk.an, reason="Gộp vào phong trào của tỉnh")
    dropped = Campaign.objects.get()
    prepare_again(made, actor=desk.an)

    assert (dropped.state, dropped.drop_reason, dropped.launched_on) == (
        "dropped",
        "Gộp vào phong trào của tỉnh",
        TODAY,
    )
    now = Campaign.objects.get()
    assert (now.state, now.drop_reason, now.launched_on) == ("draft", "", None)
    acts = ["created", "launched", "closed", "reopened", "dropped", "prepared"]
    assert codes(made) == [f"campaign.{act}" for act in acts]


def test_no_campaign_is_launched_tomorrow_or_dropped_without_a_reason(desk):
    made = desk.campaign()

    with pytest.raises(UnfitField, match=r"Ngày 21/02/2026 chưa đến"):
        launch(made, actor=desk.an, day=TODAY + dt.timedelta(days=1))
    with pytest.raises(UnfitField, match="Ghi lý do"):
        drop(made, actor=desk.an, reason=" ")

    assert Campaign.objects.get().state == "draft"


def test_a_draft_is_not_closed(desk):
    with pytest.raises(MoveRefused):
        close(desk.campaign(), actor=desk.an)


# -- Waves and movements -------------------------------------------------------------------


def names(model, campaign):
    return list(model.objects.filter(campaign=campaign).order_by("order").values_list("order", "name"))


def test_waves_are_added_moved_and_taken_out_at_once(desk):
    made = desk.campaign()
    first, second, third = (add_wave(made, order) for order in (1, 2, 3))
    target = Target.objects.create(campaign=made, order=1, text="Trồng cây", wave=second)

    rows = [WaveRow(third.pk, "Đợt 3"), WaveRow(None, "Đợt mới", dt.date(2026, 5, 1)), WaveRow(first.pk, "Đợt đầu")]
    save_waves(made, actor=desk.an, version=1, rows=rows)

    assert names(Wave, made) == [(1, "Đợt 3"), (2, "Đợt mới"), (3, "Đợt đầu")]
    assert {wave.pk for wave in made.waves.all()} >= {first.pk, third.pk}
    target.refresh_from_db()
    assert (target.wave, Campaign.objects.get().version) == (None, 2)
    assert codes(made)[-1] == "waves.changed"


def test_wrong_days_of_a_wave_are_kept(desk):
    made = desk.campaign(start=dt.date(2026, 1, 1), end=dt.date(2026, 12, 31))
    days = {"start": dt.date(2025, 1, 1), "end": dt.date(2024, 6, 30), "as_printed": "từ 01/01/2025 đến 30/6/2024"}

    save_waves(made, actor=desk.an, version=1, rows=[WaveRow(None, "Đợt 1", **days)])

    assert Wave.objects.filter(**days).count() == 1


def test_a_wave_with_a_review_is_not_taken_out(desk):
    made = desk.campaign()
    Review.objects.create(campaign=made, wave=add_wave(made), period="2026-H1")

    with pytest.raises(UnfitRow, match="đã có báo cáo sơ kết"):
        save_waves(made, actor=desk.an, version=1, rows=[])

    assert made.waves.count() == 1


def test_the_same_rows_change_nothing_and_an_old_page_neither(desk):
    made = desk.campaign()
    save_movements(made, actor=desk.an, version=1, rows=[MovementRow(None, "Nông thôn mới", "Hội Nông dân")])
    there = Movement.objects.get()

    save_movements(made, actor=desk.an, version=1, rows=[MovementRow(there.pk, "Nông thôn mới", "Hội Nông dân")])
    with pytest.raises(EditedMeanwhile):
        save_movements(Campaign.objects.get(), actor=desk.an, version=1, rows=[MovementRow(there.pk, "Khác")])

    assert names(Movement, made) == [(1, "Nông thôn mới")]
    assert codes(made).count("movements.changed") == 1


def test_a_row_of_another_campaign_is_not_taken_over(desk):
    theirs = add_wave(desk.campaign(desk.neighbour))
    made = desk.campaign()

    with pytest.raises(EditedMeanwhile):
        save_waves(made, actor=desk.an, version=1, rows=[WaveRow(theirs.pk, "Của tôi")])

    theirs.refresh_from_db()
    assert (theirs.name, made.waves.count()) == ("Đợt 1", 0)


def test_a_row_without_a_name_is_refused_at_its_place(desk):
    with pytest.raises(UnfitRow) as refused:
        save_movements(
            desk.campaign(), actor=desk.an, version=1, rows=[MovementRow(None, "Một"), MovementRow(None, "")]
        )

    assert (refused.value.position, refused.value.field) == (1, "name")


# -- Answering -----------------------------------------------------------------------------


@pytest.fixture
def above(desk):
    """The province's, with a wave, a movement and three targets; one is shared out to the commune."""
    found = desk.launched_above(theme="Vì dân", start=dt.date(2026, 1, 1), end=dt.date(2026, 12, 31))
    wave = add_wave(found, name="Đợt một", review_by=dt.date(2026, 7, 10))
    Movement.objects.create(campaign=found, order=1, name="Chuyển đổi số", lead="Sở Khoa học và Công nghệ")
    sums = {"campaign": found, "measure": "cây", "adds_up": True}
    Target.objects.create(**sums, order=1, text="Trồng cây", low=90_000, high=100_000, comparison="range", wave=wave)
    shared = Target.objects.create(**sums, order=2, text="Trồng rừng", low=5_000, comparison=">=")
    shared.shares.create(lower=desk.commune, low=50)
    shared.shares.create(lower=desk.neighbour, low=70)
    Target.objects.create(
        campaign=found, order=3, text="Hộ nghèo", measure="%", low=1, high=2, comparison="range", direction="down"
    )
    return found


def answer(desk, above, **taken):
    return start_campaign(
        desk.commune,
        actor=desk.an,
        values=values_from_parent(above, desk.commune),
        parent=above,
        taken=Taken(**taken),
    )


def test_an_answer_takes_what_is_asked_as_a_proposal(desk, above):
    made = answer(desk, above, waves=True, movements=True, targets=True)

    assert (made.title, made.theme, made.level, made.state) == (NAME, "Vì dân", "commune", "draft")
    assert [(wave.name, wave.review_by) for wave in made.waves.all()] == [("Đợt một", dt.date(2026, 7, 10))]
    assert [(row.name, row.lead) for row in made.movements.all()] == [("Chuyển đổi số", "")]
    assert [(row.text, row.comparison, row.low, row.high, row.direction) for row in made.targets.all()] == [
        ("Trồng cây", "=", None, None, ""),  # the whole province's figure is not the commune's
        ("Trồng rừng", ">=", 50, None, ""),  # its share is
        ("Hộ nghèo", "range", 1, 2, "down"),
    ]
    assert made.targets.all()[0].wave == made.waves.get()


def test_an_answer_may_take_nothing(desk, above):
    made = answer(desk, above)

    assert [made.waves.count(), made.movements.count(), made.targets.count()] == [0, 0, 0]


def test_a_unit_answers_once_unless_it_dropped_the_first(desk, above):
    first = answer(desk, above)
    with pytest.raises(AnsweredAlready):
        answer(desk, above)

    drop(first, actor=desk.an, reason="Lập nhầm")
    second = answer(desk, above)
    with pytest.raises(AnsweredAlready):
        prepare_again(first, actor=desk.an)

    assert {first.state, second.state} == {"dropped", "draft"}


def test_nobody_answers_the_own_campaign(desk):
    own = desk.campaign(is_running=True)

    with pytest.raises(UnfitField, match="của chính đơn vị"):
        desk.campaign(parent=own)
