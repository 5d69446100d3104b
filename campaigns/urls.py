from __future__ import annotations

from django.urls import URLPattern, path

from campaigns.excel import urls as excel
from campaigns.filling import views as filling_views
from campaigns.reporting import urls as reporting
from campaigns.results import board_views, share_views, target_views
from campaigns.results import views as result_views
from campaigns.running import form_views, parent_views, views
from campaigns.taking_part import urls as taking_part

app_name = "campaigns"

urlpatterns: list[URLPattern] = [
    path("", views.campaign_list, name="list"),
    path("lap/", form_views.new, name="new"),
    path("<int:pk>/", views.campaign, name="campaign"),
    path("<int:pk>/sua/", form_views.edit, name="edit"),
    path("<int:pk>/dot/", form_views.waves, name="waves"),
    path("<int:pk>/chuyen-de/", form_views.movements, name="movements"),
    path("<int:pk>/phat-dong/", form_views.launch, name="launch"),
    path("<int:pk>/trang-thai/", form_views.move, name="move"),
    path("<int:pk>/khong-thuc-hien/", form_views.drop, name="drop"),
    path("<int:pk>/cap-tren/", parent_views.parent, name="parent"),
    path("<int:pk>/huong-ung/", views.answers, name="answers"),
    path("<int:pk>/chi-tieu/", target_views.targets, name="targets"),
    path("<int:pk>/chi-tieu/dan/", target_views.paste, name="targets_paste"),
    path("<int:pk>/chi-tieu/<int:target_pk>/bo/", target_views.remove, name="target_remove"),
    path("<int:pk>/chi-tieu/<int:target_pk>/giao/", share_views.shares, name="shares"),
    path("<int:pk>/ket-qua/", result_views.results, name="results"),
    path("<int:pk>/bang/", board_views.board, name="board"),
    path("<int:pk>/bang-cap-tren/", filling_views.tables, name="fillings"),
    path("<int:pk>/bang-cap-tren/<int:map_pk>/", filling_views.table, name="filling"),
    path("<int:pk>/bang-cap-tren/<int:map_pk>/tai/", filling_views.download, name="filling_download"),
    path("<int:pk>/bang-cap-tren/<int:map_pk>/bo/", filling_views.put_away, name="filling_put_away"),
    *excel.urlpatterns,
    *taking_part.urlpatterns,
    *reporting.urlpatterns,
]
