from __future__ import annotations

from django.urls import URLPattern, path

from clusters.sheets import batch_views, entry_views, excel_views, grid_views, sheet_views

_ROW = "bang-diem/<int:pk>/tieu-chi/<int:criterion_pk>/"

urlpatterns: list[URLPattern] = [
    path("nam/<int:pk>/bang-diem/", sheet_views.sheets, name="sheets"),
    path("nam/<int:pk>/bang-diem/gui/", batch_views.hand_in_many, name="sheets_hand_in"),
    path("nam/<int:pk>/bang-cham/", grid_views.grid, name="grid"),
    path("nam/<int:pk>/bang-cham/luu/", grid_views.save, name="grid_save"),
    path("bang-diem/<int:pk>/", sheet_views.sheet, name="sheet"),
    path("bang-diem/<int:pk>/gui/", sheet_views.hand_in_page, name="sheet_hand_in"),
    path("bang-diem/<int:pk>/tra-lai/", sheet_views.send_back_page, name="sheet_return"),
    path("bang-diem/<int:pk>/rut-lai/", sheet_views.recall_sheet, name="sheet_recall"),
    path("bang-diem/<int:pk>/excel/", excel_views.export_sheet, name="sheet_export"),
    path("bang-diem/<int:pk>/nhap/", excel_views.ImportSheet.as_view(), name="sheet_import"),
    path(_ROW, entry_views.entry, name="entry"),
    path(f"{_ROW}tai-lieu/", entry_views.prove, name="entry_prove"),
    path(f"{_ROW}tai-lieu/chon/", entry_views.link, name="entry_link"),
    path(f"{_ROW}tai-lieu/<int:evidence_pk>/bo/", entry_views.unprove, name="entry_unprove"),
]
