"""Clusters of the demonstration: last year's season from the pledge to the handover, this year's being scored.

This year is today's from July on, else the one before: by then something of it can be scored. The cluster of which the
commune has a plan is the first stage's own; its season is taken up, not made again.
"""

from __future__ import annotations

from collections.abc import Sequence

from clusters.models import Cluster, CriteriaSet, Season
from clusters.running.services import change_cluster, create_cluster
from clusters.running.values import ClusterValues
from tdkt.demo.cluster_closing import close
from tdkt.demo.cluster_criteria import copy_for_next_year, write_province_set
from tdkt.demo.cluster_receipts import record_partly, record_whole
from tdkt.demo.cluster_scene import CALLED, SECOND, SIZE, Scene, scene_of
from tdkt.demo.cluster_scoring import date_back, score_partly, score_whole
from tdkt.demo.cluster_seasons import opened, prepared
from tdkt.demo.cluster_villages import write_villages
from units.models import Unit


def has_clusters() -> bool:
    """Whether this stage was loaded: before it there is one season, a draft."""
    return Cluster.objects.filter(name=SECOND).exists()


def write_clusters() -> None:
    scene = scene_of()
    clusters = _clusters(scene)
    before = write_province_set(scene.province, scene.year - 1, actor=scene.reviewer)
    _write_last_year(scene, clusters, before)
    criteria = copy_for_next_year(before, actor=scene.reviewer)
    _write_this_year(scene, clusters, criteria)
    for cluster, units in clusters:
        if cluster.seasons.filter(year__gt=scene.year).exists():
            prepared(scene, cluster, units, None, scene.year + 1)
    date_back(scene, write_villages(scene))


Seated = Sequence[tuple[Cluster, Sequence[Unit]]]


def _clusters(scene: Scene) -> Seated:
    first = Cluster.objects.get(unit=scene.province, name=CALLED)
    values = ClusterValues(CALLED, reviewer=scene.reviewer.person)
    change_cluster(first, actor=scene.reviewer, values=values)
    values = ClusterValues(SECOND, reviewer=scene.reviewer.person)
    second = create_cluster(scene.province, actor=scene.reviewer, values=values)
    return [(first, scene.communes[:SIZE]), (second, scene.communes[SIZE:])]


def _write_last_year(scene: Scene, clusters: Seated, criteria: CriteriaSet) -> None:
    seasons: list[Season] = []
    for cluster, units in clusters:
        season = opened(scene, prepared(scene, cluster, units, criteria, scene.year - 1))
        record_whole(scene, season)
        score_whole(scene, season)
        date_back(scene, season)
        seasons.append(season)
    close(scene, seasons)


def _write_this_year(scene: Scene, clusters: Seated, criteria: CriteriaSet) -> None:
    for cluster, units in clusters:
        season = opened(scene, prepared(scene, cluster, units, criteria, scene.year))
        record_partly(scene, season)
        score_partly(scene, season)
        date_back(scene, season)
