from django.urls import path

from units import account_views, excel_views, views

app_name = "units"

urlpatterns = [
    path("", views.unit_list, name="list"),
    path("<int:pk>/", views.unit_detail, name="detail"),
    path("<int:pk>/sua/", views.unit_edit, name="edit"),
    path("<int:pk>/bo-phan/", views.part_list, name="parts"),
    path("<int:pk>/bo-phan/them/", views.part_add, name="part_add"),
    path("<int:pk>/bo-phan/nhap/", excel_views.ImportParts.as_view(), name="parts_import"),
    path("<int:pk>/bo-phan/xuat/", excel_views.export_parts, name="parts_export"),
    path("<int:pk>/bo-phan/mau/", excel_views.parts_template, name="parts_template"),
    path("<int:pk>/bo-phan/<int:part_pk>/", views.part_edit, name="part_edit"),
    path("<int:pk>/bo-phan/<int:part_pk>/thoi-dung/", views.part_end, name="part_end"),
    path("<int:pk>/con-nguoi/", views.person_list, name="people"),
    path("<int:pk>/con-nguoi/them/", views.person_add, name="person_add"),
    path("<int:pk>/con-nguoi/nhap/", excel_views.ImportPeople.as_view(), name="people_import"),
    path("<int:pk>/con-nguoi/xuat/", excel_views.export_people, name="people_export"),
    path("<int:pk>/con-nguoi/mau/", excel_views.people_template, name="people_template"),
    path("<int:pk>/con-nguoi/<int:person_pk>/", views.person_edit, name="person_edit"),
    path("<int:pk>/co-quan-ban-hanh/", views.issuer_list, name="issuers"),
    path("<int:pk>/co-quan-ban-hanh/them/", views.issuer_add, name="issuer_add"),
    path("<int:pk>/co-quan-ban-hanh/<int:issuer_pk>/", views.issuer_edit, name="issuer_edit"),
    path("<int:pk>/nguoi-dung/", account_views.user_list, name="users"),
    path("<int:pk>/nguoi-dung/moi/", account_views.invite, name="invite"),
    path("<int:pk>/nguoi-dung/them-vai-tro/", account_views.role_add, name="role_add"),
    path("<int:pk>/nguoi-dung/vai-tro/<int:membership_pk>/thoi/", account_views.role_end, name="role_end"),
    path("<int:pk>/nguoi-dung/<int:user_pk>/mat-khau/", account_views.offer_password, name="offer_password"),
    path("<int:pk>/nguoi-dung/loi-moi/<int:invitation_pk>/rut/", account_views.withdraw, name="withdraw"),
]
