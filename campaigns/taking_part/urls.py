"""Addresses of registrations and the pledge, in the namespace of campaigns."""

from __future__ import annotations

from django.urls import URLPattern, path

from campaigns.taking_part import excel_views, pledge_views, signing_views, taking_views, views

_ALL, _ONE = "<int:pk>/dang-ky", "<int:pk>/dang-ky/<int:registration_pk>"

urlpatterns: list[URLPattern] = [
    path(f"{_ALL}/", views.registrations, name="registrations"),
    path(f"{_ALL}/nhap/", views.new, name="registration_new"),
    path(f"{_ALL}/duyet/", views.approve, name="registration_approve"),
    path(f"{_ALL}/yeu-cau/", taking_views.ask, name="registration_ask"),
    path(f"{_ALL}/nhan/", taking_views.take, name="registration_take"),
    path(f"{_ALL}/nhap-excel/", excel_views.ImportRegistrations.as_view(), name="registration_import"),
    path(f"{_ALL}/xuat-excel/", excel_views.export, name="registration_export"),
    path(f"{_ALL}/tep-mau/", excel_views.template, name="registration_template"),
    path(f"{_ONE}/", views.registration, name="registration"),
    path(f"{_ONE}/sua/", views.edit, name="registration_edit"),
    path(f"{_ONE}/tra-lai/", views.give_back, name="registration_return"),
    path(f"{_ONE}/xoa/", views.take_out, name="registration_remove"),
    path("<int:pk>/giao-uoc/", pledge_views.pledge, name="pledge"),
    path("<int:pk>/giao-uoc/da-ky/", signing_views.sign, name="pledge_sign"),
    path("<int:pk>/giao-uoc/tai/<str:to>/", pledge_views.download, name="pledge_download"),
]
