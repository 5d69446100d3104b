from __future__ import annotations

from django.urls import URLPattern, path

from clusters.running import form_views, row_views, views

_SEASON = "nam/<int:pk>"

urlpatterns: list[URLPattern] = [
    path("", views.cluster_list, name="list"),
    path("lap/", form_views.new, name="new"),
    path("<int:pk>/", views.cluster, name="cluster"),
    path("<int:pk>/sua/", form_views.cluster_edit, name="edit"),
    path("<int:pk>/xoa/", form_views.cluster_discard, name="discard"),
    path("<int:pk>/nam-moi/", form_views.season_new, name="season_new"),
    path(f"{_SEASON}/", views.season, name="season"),
    path(f"{_SEASON}/quy-dinh/", form_views.settings, name="settings"),
    path(f"{_SEASON}/don-vi/", row_views.members, name="members"),
    path(f"{_SEASON}/don-vi/them/", row_views.members_add, name="members_add"),
    path(f"{_SEASON}/lich/", row_views.timetable, name="timetable"),
    path(f"{_SEASON}/lich/theo-ke-hoach/", row_views.timetable_follow, name="timetable_follow"),
    path(f"{_SEASON}/lich/<int:step_pk>/xong/", row_views.step_done, name="step_done"),
    path(f"{_SEASON}/trang-thai/", form_views.move, name="move"),
    path(f"{_SEASON}/ke-hoach/", form_views.draft_plan, name="draft_plan"),
    path(f"{_SEASON}/ban-giao/", form_views.handover, name="handover"),
    path(f"{_SEASON}/xoa/", form_views.season_discard, name="season_discard"),
]
