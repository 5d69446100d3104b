"""Addresses of the Excel lists, in the namespace of campaigns."""

from __future__ import annotations

from django.urls import URLPattern, path

from campaigns.excel import views

_TARGETS, _RESULTS = "<int:pk>/chi-tieu", "<int:pk>/ket-qua"

urlpatterns: list[URLPattern] = [
    path("nhap-excel/", views.ImportCampaigns.as_view(), name="import"),
    path("xuat-excel/", views.export_campaigns, name="export"),
    path("tep-mau/", views.campaigns_template, name="template"),
    path(f"{_TARGETS}/nhap-excel/", views.ImportTargets.as_view(), name="targets_import"),
    path(f"{_TARGETS}/xuat-excel/", views.export_targets, name="targets_export"),
    path(f"{_TARGETS}/tep-mau/", views.targets_template, name="targets_template"),
    path(f"{_RESULTS}/nhap-excel/", views.ImportResults.as_view(), name="results_import"),
    path(f"{_RESULTS}/xuat-excel/", views.export_results, name="results_export"),
    path(f"{_RESULTS}/tep-mau/", views.results_template, name="results_template"),
]
