from __future__ import annotations

from django.urls import URLPattern, path

from awards.papers import issue_views, pack_views, views

urlpatterns: list[URLPattern] = [
    path("dot/<int:pk>/van-ban/", views.round_papers, name="round_papers"),
    path("dot/<int:pk>/goi-ho-so/", pack_views.pack, name="pack"),
    path("dot/<int:pk>/goi-ho-so/bieu-nhap/", pack_views.lists, name="pack_lists"),
    path("van-ban/<int:pk>/", views.paper, name="paper"),
    path("van-ban/<int:pk>/ghi-nhan/", issue_views.issue, name="paper_issue"),
    path("van-ban/<slug:slug>/<int:pk>/", views.paper_of, name="paper_of"),
    path("van-ban/<slug:slug>/<int:pk>/tai/<slug:to>/", views.paper_file, name="paper_file"),
]
