from __future__ import annotations

from django.urls import path

from campaigns.reporting import exemplar_views, issue_views, views

urlpatterns = [
    path("<int:pk>/bao-cao/", views.reviews, name="reviews"),
    path("<int:pk>/bao-cao/<int:review_pk>/", views.review, name="review"),
    path("<int:pk>/bao-cao/<int:review_pk>/loi/<slug:key>/", views.text, name="review_text"),
    path("<int:pk>/bao-cao/<int:review_pk>/loi/<slug:key>/du-thao/", views.restore, name="review_restore"),
    path("<int:pk>/bao-cao/<int:review_pk>/co-quan/", issue_views.choose_issuer, name="review_issuer"),
    path("<int:pk>/bao-cao/<int:review_pk>/ban-hanh/", issue_views.issue, name="review_issue"),
    path("<int:pk>/bao-cao/<int:review_pk>/xoa/", views.discard, name="review_discard"),
    path("<int:pk>/bao-cao/<int:review_pk>/tai/<slug:to>/", views.download, name="review_download"),
    path("<int:pk>/dien-hinh/", exemplar_views.exemplars, name="exemplars"),
    path("<int:pk>/dien-hinh/them/", exemplar_views.new, name="exemplar_new"),
    path("<int:pk>/dien-hinh/<int:exemplar_pk>/", exemplar_views.edit, name="exemplar"),
    path("<int:pk>/dien-hinh/<int:exemplar_pk>/bo/", exemplar_views.remove, name="exemplar_remove"),
]
