from __future__ import annotations

from django.urls import URLPattern, path

from clusters.papers import issue_views, views

_PAPERS = "nam/<int:pk>/van-ban"

urlpatterns: list[URLPattern] = [
    path(f"{_PAPERS}/", views.papers, name="papers"),
    path(f"{_PAPERS}/bang-diem/<slug:to>/", views.all_sheets, name="all_sheets_download"),
    path(f"{_PAPERS}/<slug:which>/", views.paper, name="paper"),
    path(f"{_PAPERS}/<slug:which>/tai/<slug:to>/", views.download, name="paper_download"),
    path(f"{_PAPERS}/<slug:which>/ghi-nhan/", issue_views.issue, name="paper_issue"),
    path("bang-diem/<int:pk>/tai/<slug:to>/", views.sheet_download, name="sheet_download"),
]
