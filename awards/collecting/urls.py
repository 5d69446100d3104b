"""Addresses of rounds, their lists and nominees, in the namespace of awards."""

from __future__ import annotations

from django.urls import URLPattern, path

from awards.collecting import nominee_views, proposal_views, round_views, row_views, source_views, taking_views

_ROUND = "dot/<int:pk>"
_LIST, _ONE = f"{_ROUND}/danh-sach/<int:proposal_pk>", f"{_ROUND}/doi-tuong/<int:nominee_pk>"

urlpatterns: list[URLPattern] = [
    path("", round_views.round_list, name="list"),
    path("dot/moi/", round_views.round_new, name="round_new"),
    path(f"{_ROUND}/", round_views.round_page, name="round"),
    path(f"{_ROUND}/sua/", round_views.round_edit, name="round_edit"),
    path(f"{_ROUND}/buoc/", round_views.round_move, name="round_move"),
    path(f"{_ROUND}/xoa/", round_views.round_discard, name="round_discard"),
    path(f"{_ROUND}/danh-sach/nhap/", proposal_views.proposal_new, name="proposal_new"),
    path(f"{_ROUND}/danh-sach/tiep-nhan/", proposal_views.receive_all, name="proposals_receive"),
    path(f"{_ROUND}/danh-sach/yeu-cau/", taking_views.ask, name="proposals_ask"),
    path(f"{_ROUND}/danh-sach/nhan/", taking_views.take, name="answers_take"),
    path(f"{_LIST}/", proposal_views.proposal_page, name="proposal"),
    path(f"{_LIST}/nhap/", row_views.proposal_rows, name="proposal_rows"),
    path(f"{_LIST}/dan/", row_views.proposal_paste, name="proposal_paste"),
    path(f"{_LIST}/tiep-nhan/", proposal_views.proposal_receive, name="proposal_receive"),
    path(f"{_LIST}/tra-lai/", proposal_views.proposal_return, name="proposal_return"),
    path(f"{_LIST}/gui-lai/", proposal_views.proposal_again, name="proposal_again"),
    path(f"{_LIST}/xoa/", proposal_views.proposal_discard, name="proposal_discard"),
    path(f"{_ROUND}/doi-tuong/", nominee_views.nominees, name="nominees"),
    path(f"{_ROUND}/doi-tuong/nhap-excel/", nominee_views.ImportNominees.as_view(), name="nominees_import"),
    path(f"{_ROUND}/doi-tuong/xuat-excel/", nominee_views.export, name="nominees_export"),
    path(f"{_ROUND}/doi-tuong/tep-mau/", nominee_views.template, name="nominees_template"),
    path(f"{_ROUND}/doi-tuong/xac-dinh/", source_views.identify, name="identify"),
    path(f"{_ROUND}/nguon/", source_views.take_sources, name="sources"),
    path(f"{_ONE}/khong-de-nghi/", proposal_views.nominee_withdraw, name="nominee_withdraw"),
    path(f"{_ONE}/de-nghi-lai/", proposal_views.nominee_restore, name="nominee_restore"),
    path(f"{_ONE}/xac-dinh-lai/", source_views.take_apart, name="nominee_apart"),
]
