"""Addresses of what is asked of units below, in the namespace of reminders."""

from django.urls import path

from reminders.asking import lower_views

urlpatterns = [
    path("cap-duoi/", lower_views.board, name="lower_board"),
    path("cap-duoi/them/", lower_views.new, name="lower_new"),
]
