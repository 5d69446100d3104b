"""Addresses of sets of criteria and of the targets given by them."""

from __future__ import annotations

from django.urls import URLPattern, path

from clusters.criteria import excel_views, reading_views, row_views, views
from clusters.criteria.filling import views as filling_views
from clusters.criteria.targets import excel_views as target_excel_views
from clusters.criteria.targets import views as target_views

_SET = "bo-tieu-chi/<int:pk>"
_TARGETS, _FILLINGS = "nam/<int:pk>/chi-tieu-giao", "nam/<int:pk>/bang-cap-tren"

urlpatterns: list[URLPattern] = [
    path("bo-tieu-chi/", views.set_list, name="sets"),
    path("bo-tieu-chi/lap/", views.new, name="set_new"),
    path(f"{_SET}/", views.one_set, name="set"),
    path(f"{_SET}/sua/", views.edit, name="set_edit"),
    path(f"{_SET}/bang/", row_views.rows, name="set_rows"),
    path(f"{_SET}/xoa/", views.discard, name="set_discard"),
    path(f"{_SET}/ban-hanh/", views.publish, name="set_publish"),
    path(f"{_SET}/lap-tu/", views.copy, name="set_copy"),
    path(f"{_SET}/thay-doi/", views.changes, name="set_changes"),
    path(f"{_SET}/doc-bang/", reading_views.read, name="set_read"),
    path(f"{_SET}/nhap-excel/", excel_views.ImportCriteria.as_view(), name="set_import"),
    path(f"{_SET}/xuat-excel/", excel_views.export_criteria, name="set_export"),
    path(f"{_SET}/tep-mau/", excel_views.criteria_template, name="set_template"),
    path(f"{_SET}/tieu-chi/<int:criterion_pk>/", row_views.criterion, name="criterion"),
    path(f"{_SET}/tieu-chi/<int:criterion_pk>/bo/", row_views.remove, name="criterion_remove"),
    path(f"{_TARGETS}/", target_views.assignments, name="assignments"),
    path(f"{_TARGETS}/nhap-excel/", target_excel_views.ImportTargets.as_view(), name="assignments_import"),
    path(f"{_TARGETS}/xuat-excel/", target_excel_views.export_targets, name="assignments_export"),
    path(f"{_FILLINGS}/", filling_views.tables, name="fillings"),
    path(f"{_FILLINGS}/<int:table_pk>/", filling_views.table, name="filling"),
    path(f"{_FILLINGS}/<int:table_pk>/tai-ve/", filling_views.download, name="filling_download"),
    path(f"{_FILLINGS}/<int:table_pk>/bo/", filling_views.put_away, name="filling_put_away"),
]
