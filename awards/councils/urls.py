"""Addresses of the council and its sittings."""

from __future__ import annotations

from django.urls import URLPattern, path

from awards.councils import count_views, member_views, sitting_views, views, vote_views

_SITTING = "phien-hop/<int:pk>"

urlpatterns: list[URLPattern] = [
    path("hoi-dong/", member_views.council, name="council"),
    path("hoi-dong/them/", member_views.council_add, name="council_add"),
    path("hoi-dong/<int:pk>/", member_views.council_edit, name="council_edit"),
    path("hoi-dong/<int:pk>/xoa/", member_views.council_remove, name="council_remove"),
    path("phien-hop/", sitting_views.sittings, name="sittings"),
    path("phien-hop/moi/", sitting_views.sitting_new, name="sitting_new"),
    path(f"{_SITTING}/", views.sitting, name="sitting"),
    path(f"{_SITTING}/sua/", sitting_views.sitting_edit, name="sitting_edit"),
    path(f"{_SITTING}/xoa/", sitting_views.sitting_discard, name="sitting_discard"),
    path(f"{_SITTING}/danh-sach/", sitting_views.sitting_items, name="sitting_items"),
    path(f"{_SITTING}/danh-sach/<int:item_pk>/de-lai/", sitting_views.item_put_off, name="item_put_off"),
    path(f"{_SITTING}/diem-danh/", sitting_views.sitting_presence, name="sitting_presence"),
    path(f"{_SITTING}/khong-bo-phieu/", sitting_views.sitting_recusals, name="sitting_recusals"),
    path(f"{_SITTING}/khong-bo-phieu/<int:recusal_pk>/bo/", sitting_views.recusal_remove, name="recusal_remove"),
    path(f"{_SITTING}/ket-luan/", sitting_views.sitting_minutes, name="sitting_minutes"),
    path(f"{_SITTING}/bat-dau/", views.sitting_open, name="sitting_open"),
    path(f"{_SITTING}/quay-lai/", views.sitting_back, name="sitting_back"),
    path(f"{_SITTING}/chuyen-kiem-phieu/", views.sitting_count, name="sitting_count"),
    path(f"{_SITTING}/ket-thuc/", views.sitting_close, name="sitting_close"),
    path(f"{_SITTING}/nguoi-bo-phieu/", views.sitting_voters, name="sitting_voters"),
    path(f"{_SITTING}/kiem-phieu/", count_views.sitting_counts, name="sitting_counts"),
    path(f"{_SITTING}/bo-phieu/", vote_views.sitting_vote, name="sitting_vote"),
    path(f"{_SITTING}/y-kien/<int:seat_pk>/", vote_views.sitting_vote_for, name="sitting_vote_for"),
]
