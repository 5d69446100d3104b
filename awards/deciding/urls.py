from __future__ import annotations

from django.urls import URLPattern, path

from awards.deciding import issue_views, money_views, quick_views, sending_views, views

urlpatterns: list[URLPattern] = [
    path("khen-nhanh/", quick_views.quick, name="quick"),
    path("quyet-dinh/", views.decisions, name="decisions"),
    path("quyet-dinh/<int:pk>/", views.decision, name="decision"),
    path("quyet-dinh/<int:pk>/loi-van/", views.words, name="decision_words"),
    path("quyet-dinh/<int:pk>/thu-tu/", views.order, name="decision_order"),
    path("quyet-dinh/<int:pk>/them/", views.take_in, name="decision_take_in"),
    path("quyet-dinh/<int:pk>/bo-ra/<int:nominee_pk>/", views.leave_out, name="decision_leave_out"),
    path("quyet-dinh/<int:pk>/xoa/", views.discard, name="decision_discard"),
    path("quyet-dinh/<int:pk>/tai/<slug:to>/", views.download, name="decision_download"),
    path("quyet-dinh/<int:pk>/ban-hanh/", issue_views.issue, name="decision_issue"),
    path("quyet-dinh/<int:pk>/tien-thuong/", money_views.money, name="decision_money"),
    path("quyet-dinh/<int:pk>/tien-thuong/chi/", money_views.paid, name="decision_paid"),
    path("quyet-dinh/<int:pk>/tien-thuong/<int:grant_pk>/chua-chi/", money_views.unpaid, name="decision_unpaid"),
    path("dot/<int:pk>/quyet-dinh/soan/", views.draft, name="decision_draft"),
    path("dot/<int:pk>/quyet-dinh/cong-bo/", issue_views.publish, name="decisions_publish"),
    path("dot/<int:pk>/trinh/", sending_views.send, name="send_up"),
    path("dot/<int:pk>/trinh/rut-lai/", sending_views.recall, name="send_recall"),
    path("dot/<int:pk>/cap-tren-quyet-dinh/", sending_views.outside, name="decision_outside"),
]
