from django.urls import path

from plans import views

app_name = "plans"

urlpatterns = [
    path("", views.plan_list, name="list"),
    path("<int:pk>/", views.plan_page, name="plan"),
    path("<int:pk>/sua/", views.EditHeader.as_view(), name="edit"),
    path("<int:pk>/tai/<str:to>/", views.download, name="download"),
    path("muc/<int:pk>/sua/", views.EditSection.as_view(), name="edit_section"),
    path("bang/<int:pk>/sua/", views.EditTable.as_view(), name="edit_table"),
    path("nhiem-vu/<int:pk>/sua/", views.EditTask.as_view(), name="edit_task"),
]
