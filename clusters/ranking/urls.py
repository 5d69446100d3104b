"""Addresses of rankings, votes, commendation and publication."""

from __future__ import annotations

from django.urls import URLPattern, path

from clusters.ranking import meeting_views, publishing_views, views

_SEASON = "nam/<int:pk>"
_RANKING = f"{_SEASON}/xep-hang"

urlpatterns: list[URLPattern] = [
    path(f"{_RANKING}/", views.ranking, name="ranking"),
    path(f"{_RANKING}/chot/", views.freeze, name="ranking_freeze"),
    path(f"{_RANKING}/mo-lai/", views.open_again, name="ranking_open"),
    path(f"{_RANKING}/thu-hoi/", views.withdraw, name="ranking_withdraw"),
    path(f"{_RANKING}/lan/<int:number>/", views.snapshot, name="ranking_snapshot"),
    path(f"{_RANKING}/lan/<int:number>/tai/<str:form>/", views.files, name="ranking_download"),
    path(f"{_SEASON}/bo-phieu/cung-hang/<int:member_pk>/", meeting_views.tie_ballot, name="tie_ballot"),
    path(f"{_SEASON}/bo-phieu/suy-ton/<int:quota_pk>/", meeting_views.commend_ballot, name="commend_ballot"),
    path(f"{_SEASON}/bo-phieu/<int:ballot_pk>/xoa/", meeting_views.ballot_drop, name="ballot_drop"),
    path(f"{_SEASON}/suy-ton/", meeting_views.commend, name="commend"),
    path(f"{_SEASON}/suy-ton/quyet-dinh/", meeting_views.decide, name="commend_decide"),
    path("cong-bo/", publishing_views.publication, name="publication"),
    path("cong-bo/xac-nhan/", publishing_views.publish, name="publish"),
]
