from django.urls import path

from core import import_views, views

app_name = "core"

urlpatterns = [
    path("tep/<int:pk>/", views.stored_file, name="file"),
    path("viec/", views.my_jobs, name="jobs"),
    path("viec/<int:pk>/", views.job, name="job"),
    path("nhap/<int:pk>/", import_views.import_page, name="import"),
    path("nhap/<int:pk>/nhan/", import_views.accept, name="import_accept"),
    path("nhap/<int:pk>/kiem-tra-lai/", import_views.look_again, name="import_again"),
]
