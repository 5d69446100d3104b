"""Addresses of lists and of the letter to those who are missing, in the namespace of reminders."""

from django.urls import path

from reminders.asking import letter_views, list_views

urlpatterns = [
    path("yeu-cau/<int:pk>/danh-sach/", list_views.drop, name="list_drop"),
    path("yeu-cau/<int:pk>/danh-sach/mau/", list_views.sample, name="list_sample"),
    path("yeu-cau/<int:pk>/danh-sach/tong-hop/", list_views.merged, name="list_merged"),
    path("yeu-cau/<int:pk>/danh-sach/<int:drop_pk>/", list_views.read, name="list_read"),
    path("yeu-cau/<int:pk>/don-doc/", letter_views.letter, name="letter"),
    path("yeu-cau/<int:pk>/don-doc/<str:to>/", letter_views.letter_download, name="letter_download"),
]
