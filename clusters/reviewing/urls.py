from __future__ import annotations

from django.urls import URLPattern, path

from clusters.reviewing import criterion_views, explain_views, season_views, views

_SHEET = "bang-diem/<int:pk>"
_SEASON = "nam/<int:pk>"

urlpatterns: list[URLPattern] = [
    path("tham-dinh/", views.queue, name="queue"),
    path("theo-tieu-chi/", criterion_views.by_criterion, name="by_criterion"),
    path(f"{_SEASON}/tham-dinh/", views.overview, name="reviewing"),
    path(f"{_SEASON}/do-chenh/", views.spread, name="spread"),
    path(f"{_SEASON}/cham-cheo/", season_views.cross, name="cross"),
    path(f"{_SEASON}/giai-trinh/", season_views.window, name="window"),
    path(f"{_SHEET}/chap-nhan/", season_views.accept_page, name="accept"),
    path(f"{_SHEET}/giai-trinh/", explain_views.explanations, name="explanations"),
    path(f"{_SHEET}/giai-trinh/<int:criterion_pk>/", explain_views.explain_row, name="explain"),
    path(f"{_SHEET}/giai-trinh/tra-loi/<int:explanation_pk>/", explain_views.answer, name="explanation_answer"),
    path(
        f"{_SHEET}/giai-trinh/rut-lai/<int:explanation_pk>/", explain_views.withdraw_row, name="explanation_withdraw"
    ),
]
