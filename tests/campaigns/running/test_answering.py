"""A campaign older than the superior's paper becomes its answer; until it went up it is freed again."""

from __future__ import annotations

import pytest

from campaigns.models import Campaign
from campaigns.running.answering import SentUp, link_parent, unlink_parent
from campaigns.running.services import AnsweredAlready
from core.audit import history_of
from core.errors import UnfitField
from core.history import lines_of
from core.states import MovedMeanwhile
from documents.models import Delivery
from tests.campaigns.running.desk import NAME, told


@pytest.fixture
def own(desk) -> Campaign:
    """Launched by the commune, its plan issued, before anything came from above."""
    return desk.campaign(plan=desk.plan(number="8"), is_running=True)


def kept(campaign: Campaign) -> Campaign:
    return Campaign.objects.get(pk=campaign.pk)


def test_the_page_links_it_and_frees_it_again(desk, own):
    above = desk.launched_above()
    link = f"/phong-trao/{own.pk}/cap-tren/"
    assert link in desk.page("campaign", own.pk).content.decode()

    linked = desk.window(desk.an).post(link, {"parent": NAME}, follow=True)

    assert told(linked) == ["Đã gắn với phong trào của tỉnh Sông Vân."]
    assert (kept(own).parent, kept(own).delivery) == (above, Delivery.objects.get())
    freed = desk.window(desk.an).post(link, {"viec": "bo"}, follow=True)
    assert told(freed) == ["Đã bỏ liên kết với phong trào của cấp trên."]
    assert (kept(own).parent, kept(own).delivery) == (None, None)
    assert [line.what for line in lines_of(history_of(own))][:2] == [
        "Bỏ liên kết với phong trào của cấp trên",
        "Gắn với phong trào của cấp trên",
    ]


def test_what_did_not_come_to_the_unit_is_not_answered(desk, own):
    above = desk.launched_above(desk.neighbour)

    with pytest.raises(UnfitField, match="văn bản đã gửi đến"):
        link_parent(own, actor=desk.an, parent=above)

    assert kept(own).parent is None


def test_one_answer_is_enough_and_a_second_click_is_told(desk, own):
    above = desk.launched_above()
    twin = kept(own)
    link_parent(own, actor=desk.an, parent=above)

    with pytest.raises(AnsweredAlready):
        link_parent(desk.campaign(), actor=desk.an, parent=above)
    with pytest.raises((MovedMeanwhile, AnsweredAlready)):
        link_parent(twin, actor=desk.an, parent=above)
    assert Campaign.objects.filter(parent=above).get() == own


def test_once_it_was_sent_up_it_stays(desk, own):
    above = desk.launched_above()
    link_parent(own, actor=desk.an, parent=above)
    desk.send(own.plan, desk.province, by=desk.an)

    with pytest.raises(SentUp):
        unlink_parent(own, actor=desk.an)

    assert kept(own).parent == above
    assert "liên kết được giữ nguyên" in desk.page("parent", own.pk).content.decode()


def test_a_colleague_is_refused_and_a_stranger_finds_nothing(desk, own):
    assert desk.page("parent", own.pk, who=desk.binh).status_code == 403
    assert desk.page("parent", own.pk, who=desk.cuong).status_code == 404
