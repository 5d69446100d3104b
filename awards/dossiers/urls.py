from __future__ import annotations

from django.urls import URLPattern, path

from awards.dossiers import (
    check_views,
    consultation_views,
    correction_views,
    fact_views,
    impediment_views,
    initiative_views,
    nominee_views,
)

_NOMINEE = "ho-so/<int:pk>"
_ROUND = "dot/<int:pk>"
_CONSULTATION = "hiep-y/<int:pk>"
_INITIATIVE = "sang-kien/<int:pk>"

urlpatterns: list[URLPattern] = [
    # one nominee
    path(f"{_NOMINEE}/", nominee_views.nominee, name="nominee"),
    path(f"{_NOMINEE}/noi-dung/", nominee_views.texts, name="nominee_texts"),
    path(f"{_NOMINEE}/sang-kien/", nominee_views.initiatives, name="nominee_initiatives"),
    path(f"{_NOMINEE}/tai-lieu/", nominee_views.papers, name="nominee_papers"),
    path(f"{_NOMINEE}/tai-lieu/<int:paper_pk>/bo/", nominee_views.paper_remove, name="nominee_paper_remove"),
    path(f"{_NOMINEE}/quyet-dinh/", nominee_views.decide, name="nominee_decide"),
    path(f"{_NOMINEE}/xet-lai/", nominee_views.again, name="nominee_again"),
    path(f"{_NOMINEE}/tham-dinh/", nominee_views.appraise_one, name="nominee_appraise"),
    path(f"{_NOMINEE}/xep-loai/", fact_views.rating, name="nominee_rating"),
    path(f"{_NOMINEE}/xac-nhan-xep-loai/", fact_views.confirm, name="nominee_confirm"),
    path(f"{_NOMINEE}/so-nguoi/", fact_views.headcount, name="nominee_headcount"),
    path(f"{_NOMINEE}/thai-san/", fact_views.maternity, name="nominee_maternity"),
    path(f"{_NOMINEE}/ky-luat/", impediment_views.impediments, name="nominee_impediments"),
    path(f"{_NOMINEE}/ky-luat/<int:impediment_pk>/", impediment_views.impediment, name="nominee_impediment"),
    path(
        f"{_NOMINEE}/ky-luat/<int:impediment_pk>/bo/",
        impediment_views.impediment_remove,
        name="nominee_impediment_remove",
    ),
    path(f"{_NOMINEE}/tra-lai/", correction_views.ask, name="correction_ask"),
    path(f"{_NOMINEE}/tra-lai/<int:correction_pk>/", correction_views.answer, name="correction"),
    path(f"{_NOMINEE}/tra-lai/<int:correction_pk>/thoi/", correction_views.withdraw, name="correction_withdraw"),
    # a round
    path(f"{_ROUND}/kiem-tra/", check_views.check, name="check"),
    path(f"{_ROUND}/kiem-tra/da-tham-dinh/", check_views.appraise_many, name="check_appraise"),
    path(f"{_ROUND}/hiep-y/", consultation_views.consultations, name="consultations"),
    path(f"{_ROUND}/hiep-y/moi/", consultation_views.new, name="consultation_new"),
    path(f"{_CONSULTATION}/", consultation_views.consultation, name="consultation"),
    path(f"{_CONSULTATION}/dan/", consultation_views.paste, name="consultation_paste"),
    path(f"{_CONSULTATION}/xoa/", consultation_views.remove, name="consultation_remove"),
    # initiatives
    path("sang-kien/", initiative_views.initiatives, name="initiatives"),
    path("sang-kien/moi/", initiative_views.new, name="initiative_new"),
    path("sang-kien/xuat-excel/", initiative_views.export, name="initiatives_export"),
    path(f"{_INITIATIVE}/", initiative_views.initiative, name="initiative"),
    path(f"{_INITIATIVE}/tai-lieu/", initiative_views.prove, name="initiative_prove"),
    path(f"{_INITIATIVE}/xoa/", initiative_views.remove, name="initiative_remove"),
]
