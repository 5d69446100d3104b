"""Addresses under the register; they are in its namespace."""

from django.urls import path

from documents.deliveries import views

urlpatterns = [
    path("gui-nhan/", views.sent, name="sent"),
    path("gui-nhan/xuat/", views.export_sent, name="export_sent"),
    path("gui-nhan/nhan-duoc/", views.received, name="received"),
    path("gui-nhan/nhan-duoc/xuat/", views.export_received, name="export_received"),
    path("gui-nhan/ngay-nhan/", views.receipts, name="receipts"),
    path("gui-nhan/<int:pk>/", views.delivery, name="delivery"),
    path("<int:pk>/gui/", views.send, name="send"),
]
