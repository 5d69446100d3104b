"""Campaigns of the demonstration: from the launch in the province to the commune's report.

Days are those of the year as far as it has gone; what was launched lately is counted back from today, so that
something falls due on whatever day it is loaded.
"""

from __future__ import annotations

from django.utils import timezone

from campaigns.models import Campaign
from core.errors import AppError
from tdkt.demo.campaign_above import answer_besides, launch_above, take_up
from tdkt.demo.campaign_others import write_autumn, write_prepared, write_sudden
from tdkt.demo.campaign_results import enter_results
from tdkt.demo.campaign_reviews import collect_exemplars, write_reviews
from tdkt.demo.campaign_scene import Scene
from tdkt.demo.campaign_year import launch_year, take_part
from units.models import Unit, User


def has_campaigns() -> bool:
    """Whether this stage was loaded: of the province's campaigns none is there before."""
    return Campaign.objects.filter(unit__kind=Unit.Kind.PROVINCE).exists()


def write_campaigns() -> None:
    """On top of the plans, in the order in which an office would do it, but for last year's, which stands alone."""
    scene = _scene()
    campaign = Campaign.objects.get(unit=scene.commune)
    above = launch_above(scene)
    launch_year(scene, campaign)
    take_up(scene, above, campaign)
    answer_besides(scene, above)
    take_part(scene, campaign)
    enter_results(scene, campaign)
    collect_exemplars(scene, campaign)
    write_reviews(scene, campaign)
    write_autumn(scene)
    write_sudden(scene)
    write_prepared(scene)


def _scene() -> Scene:
    today = timezone.localdate()
    officer, leader = (User.objects.get(username=name) for name in ("canbo", "lanhdao"))
    commune = officer.memberships.get().unit
    campaign = Campaign.objects.filter(unit=commune).first()
    if campaign is None or campaign.year != today.year:
        raise AppError("Bản trình diễn này nạp từ năm trước. Hãy nạp lại vào một thư mục dữ liệu mới.")
    province = commune.parent
    assert province is not None  # the reform put every commune under its province
    communes = list(Unit.objects.on(today).filter(parent=province).order_by("pk"))
    return Scene(province, communes, commune, officer, leader, today.year, today)
