from django.urls import path

from plans import task_views, views
from plans.editor import paste_views
from plans.editor import views as editor_views
from plans.excel import views as excel_views
from plans.issuing import views as issue_views
from plans.progress import views as progress_views
from plans.starting import views as start_views

app_name = "plans"

urlpatterns = [
    path("", views.plan_list, name="list"),
    path("lap/", start_views.start, name="start"),
    path("lap/chuyen/", start_views.moving, name="moving"),
    path("lap/ghep/", start_views.merging, name="merging"),
    path("nhap/", excel_views.ImportPlans.as_view(), name="import"),
    path("xuat/", excel_views.export_plans, name="export"),
    path("mau/", excel_views.plans_template, name="template"),
    path("nhiem-vu/", task_views.task_list, name="tasks"),
    path("nhiem-vu/xuat/", excel_views.export_tasks, name="export_tasks"),
    path("<int:pk>/", views.plan_page, name="plan"),
    path("<int:pk>/nhiem-vu/<int:task_pk>/ket-qua/", progress_views.record, name="progress"),
    path("<int:pk>/mot-trang/", progress_views.sheet, name="sheet"),
    path("<int:pk>/nhiem-vu/nhap/", excel_views.ImportTasks.as_view(), name="import_tasks"),
    path("<int:pk>/nhiem-vu/xuat/", excel_views.export_plan_tasks, name="export_plan_tasks"),
    path("<int:pk>/nhiem-vu/mau/", excel_views.tasks_template, name="tasks_template"),
    path("<int:pk>/soan/", editor_views.editor, name="editor"),
    path("<int:pk>/soan/luu/", editor_views.save_acts, name="editor_save"),
    path("<int:pk>/soan/xem/", editor_views.preview, name="editor_preview"),
    path("<int:pk>/soan/dan/", paste_views.paste, name="editor_paste"),
    path("<int:pk>/soan/trang/", editor_views.pages, name="editor_pages"),
    path("<int:pk>/trinh/", issue_views.submit, name="submit"),
    path("<int:pk>/rut-lai/", issue_views.recall, name="recall"),
    path("<int:pk>/ban-hanh/", issue_views.issue, name="issue"),
    path("<int:pk>/tai/<str:to>/", views.download, name="download"),
]
