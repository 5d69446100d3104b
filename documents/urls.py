from django.urls import include, path

from documents import excel_views, series_views, views

app_name = "documents"

urlpatterns = [
    path("", views.register, name="register"),
    path("ghi/", views.record, name="record"),
    path("xuat/", views.export, name="export"),
    path("nhap/", excel_views.ImportPapers.as_view(), name="import"),
    path("mau/", excel_views.template, name="template"),
    path("so/", series_views.series_list, name="series_list"),
    path("so/mo/", series_views.series_open, name="series_open"),
    path("so/<int:pk>/", series_views.series_page, name="series"),
    path("<int:pk>/", views.paper, name="paper"),
    path("<int:pk>/ban-da-ky/", views.signed_copy, name="signed_copy"),
    path("", include("documents.deliveries.urls")),
]
