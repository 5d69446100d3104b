from __future__ import annotations

from django.urls import URLPattern, path

from awards.register import excel_views, old_views, public_views, subject_views, views

urlpatterns: list[URLPattern] = [
    path("so/", views.register, name="register"),
    path("so/xuat-excel/", views.export, name="export_register"),
    path("so/nhap-excel/", excel_views.ImportGrants.as_view(), name="import_register"),
    path("so/tep-mau/", excel_views.template, name="register_template"),
    path("so/vao-so/", old_views.enter, name="enter_old"),
    path("so/<int:pk>/", views.grant, name="grant"),
    path("so/<int:pk>/huy-bo/", views.revoke, name="revoke"),
    path("so/<int:pk>/cong-khai/", views.publicity, name="grant_publicity"),
    path("so/<int:pk>/da-thu-hoi/", views.recovered, name="recovered"),
    path("doi-tuong/<int:pk>/", subject_views.subject, name="subject"),
    path("doi-tuong/<int:pk>/la-cung/", subject_views.join, name="subject_join"),
    path("doi-tuong/<int:pk>/tach/", subject_views.part, name="subject_part"),
    path("cong-khai/", public_views.public_list, name="public_list"),
    path("tra-cuu/<str:code>/", public_views.verify, name="verify"),
]
