"""Awards of the demonstration: last year's round from the lists to the register, this year's in the middle."""

from __future__ import annotations

from awards.models import Round
from tdkt.demo.award_council import sit
from tdkt.demo.award_deciding import decide
from tdkt.demo.award_history import enter_history
from tdkt.demo.award_last_year import hold_round
from tdkt.demo.award_quick import commend_rescuers
from tdkt.demo.award_rules import order_quota, seat_council
from tdkt.demo.award_scene import scene_of
from tdkt.demo.award_this_year import begin_round


def has_awards() -> bool:
    """Whether this stage was loaded: before it there is no round."""
    return Round.objects.exists()


def write_awards() -> None:
    """On top of the clusters, in the order in which an office would do it."""
    scene = scene_of()
    order_quota(scene)
    seat_council(scene)
    enter_history(scene)
    last = hold_round(scene)
    sit(scene, last)
    decide(scene, last)
    begin_round(scene)
    commend_rescuers(scene)
