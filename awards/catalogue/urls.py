from __future__ import annotations

from django.urls import URLPattern, path

from awards.catalogue import confirming_views, views

urlpatterns: list[URLPattern] = [
    path("danh-muc/", views.catalogue, name="catalogue"),
    path("danh-muc/xac-nhan/", confirming_views.confirmations, name="confirmations"),
    path("danh-muc/xac-nhan/them/", confirming_views.confirm, name="confirm"),
    path("danh-muc/xac-nhan/<int:pk>/bo/", confirming_views.withdraw, name="withdraw_confirmation"),
    path("danh-muc/quy-dinh/<int:pk>/", views.rule_edit, name="local_rule"),
    path("danh-muc/quy-dinh/<int:pk>/bo/", views.rule_remove, name="local_rule_remove"),
    path("danh-muc/<str:code>/", views.award, name="award"),
    path("danh-muc/<str:code>/quy-dinh/", views.rule_add, name="local_rule_add"),
]
