from __future__ import annotations

from django.urls import URLPattern, path

from clusters.receipts import paste_views, views

_SEASON = "nam/<int:pk>/van-ban-den/"
_PAIR = f"{_SEASON}<int:member_pk>/<int:step_pk>/"

urlpatterns: list[URLPattern] = [
    path(_SEASON, views.receipts, name="receipts"),
    path(f"{_SEASON}tu-luot-gui/", views.take, name="receipts_take"),
    path(f"{_SEASON}dan/", paste_views.paste, name="receipts_paste"),
    path(f"{_SEASON}ho-so-tra-lai/", paste_views.returned, name="receipts_returned"),
    path(f"{_SEASON}han/<int:member_pk>/<int:order>/", views.due, name="receipt_due"),
    path(_PAIR, views.receipt, name="receipt"),
    path(f"{_PAIR}gui/", views.send_paper, name="receipt_send"),
    path(f"{_PAIR}bo/", views.clear, name="receipt_clear"),
    path(f"{_PAIR}mien-tru/", views.waiver, name="receipt_waive"),
    path(f"{_PAIR}mien-tru/bo/", views.unwaive, name="receipt_unwaive"),
]
