"""Addresses of requests, in the namespace of reminders. The one-time links stand at the root (``tdkt.urls``)."""

from django.urls import path

from reminders.asking import ask_views, views

urlpatterns = [
    path("yeu-cau/", views.request_list, name="requests"),
    path("yeu-cau/lap/", views.new, name="request_new"),
    path("yeu-cau/<int:pk>/", views.board, name="request"),
    path("yeu-cau/<int:pk>/sua/", views.edit, name="request_edit"),
    path("yeu-cau/<int:pk>/gui/", views.send_out, name="request_send"),
    path("yeu-cau/<int:pk>/xoa/", views.discard, name="request_discard"),
    path("yeu-cau/<int:pk>/chuyen/", views.move, name="request_move"),
    path("yeu-cau/<int:pk>/da-xem/", views.seen, name="request_seen"),
    path("yeu-cau/<int:pk>/zalo/", views.zalo, name="request_zalo"),
    path("yeu-cau/<int:pk>/lien-ket/", views.renew_links, name="request_links"),
    path("yeu-cau/<int:pk>/noi/<int:ask_pk>/", ask_views.ask, name="ask"),
    path("yeu-cau/<int:pk>/noi/<int:ask_pk>/nhap-ho/", ask_views.behalf, name="ask_behalf"),
    path("yeu-cau/<int:pk>/noi/<int:ask_pk>/da-nhan/", views.told, name="ask_told"),
    path("yeu-cau/<int:pk>/noi/<int:ask_pk>/lien-ket/", ask_views.renew, name="ask_renew"),
]
