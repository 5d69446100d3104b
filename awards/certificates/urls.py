from __future__ import annotations

from django.urls import URLPattern, path

from awards.certificates import reissue_views, stock_views, views

_OF = "quyet-dinh/<int:pk>/giay-khen/"

urlpatterns: list[URLPattern] = [
    path(_OF, views.certificates, name="certificates"),
    path(f"{_OF}xem-thu/", views.preview, name="certificates_preview"),
    path(f"{_OF}da-trao/", views.handed, name="certificates_handed"),
    path(f"{_OF}da-trao/<int:grant_pk>/bo/", views.unhanded, name="certificates_unhanded"),
    path(f"{_OF}ho-ten/", views.names, name="certificate_names"),
    path(f"{_OF}ho-ten/<int:nominee_pk>/bo/", views.name_undo, name="certificate_name_undo"),
    path("phoi/", stock_views.stocks, name="stocks"),
    path("phoi/them/", stock_views.add, name="stock_add"),
    path("phoi/<int:pk>/", stock_views.edit, name="stock"),
    path("phoi/<int:pk>/vi-tri/", stock_views.places, name="stock_places"),
    path("phoi/<int:pk>/do-may-in/", stock_views.calibrate, name="stock_calibrate"),
    path("phoi/<int:pk>/trang-do/", stock_views.calibration_page, name="stock_calibration_page"),
    path("phoi/<int:pk>/xoa/", stock_views.remove, name="stock_remove"),
    path("so/<int:pk>/cap-lai/", reissue_views.ask, name="reissue"),
    path("cap-lai/<int:pk>/da-cap/", reissue_views.given, name="reissue_given"),
]
