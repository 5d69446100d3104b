from django.urls import path

from documents import views

app_name = "documents"

urlpatterns = [
    path("", views.register, name="register"),
    path("ghi/", views.record, name="record"),
    path("xuat/", views.export, name="export"),
    path("<int:pk>/", views.paper, name="paper"),
]
