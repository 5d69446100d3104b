from django.urls import path

from core import views

app_name = "core"

urlpatterns = [
    path("tep/<int:pk>/", views.stored_file, name="file"),
    path("viec/", views.my_jobs, name="jobs"),
    path("viec/<int:pk>/", views.job, name="job"),
]
