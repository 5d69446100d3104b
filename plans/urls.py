from django.urls import path

from plans import discarding, quarter_views, task_views, views
from plans.amending import views as amending_views
from plans.approving import views as approving_views
from plans.duties import duty_views, incoming_views
from plans.duties.milestones import views as milestone_views
from plans.duties.types import views as type_views
from plans.editor import finding_views, paste_views
from plans.editor import views as editor_views
from plans.excel import views as excel_views
from plans.issuing import slip_views
from plans.issuing import views as issue_views
from plans.progress import views as progress_views
from plans.proofreading import views as proofreading_views
from plans.receiving import views as receiving_views
from plans.starting import views as start_views

app_name = "plans"

urlpatterns = [
    path("", views.plan_list, name="list"),
    path("lap/", start_views.start, name="start"),
    path("lap/chuyen/", start_views.moving, name="moving"),
    path("lap/ghep/", start_views.merging, name="merging"),
    path("lap/tu-tep/", receiving_views.drop, name="drop"),
    path("doc-tep/<int:pk>/", receiving_views.reading, name="reading"),
    path("nhap/", excel_views.ImportPlans.as_view(), name="import"),
    path("xuat/", excel_views.export_plans, name="export"),
    path("mau/", excel_views.plans_template, name="template"),
    path("nhiem-vu/", task_views.task_list, name="tasks"),
    path("nhiem-vu/xuat/", excel_views.export_tasks, name="export_tasks"),
    path("viec/tu-van-ban/", incoming_views.drop, name="incoming_drop"),
    path("viec/tu-van-ban/<int:pk>/", incoming_views.incoming, name="incoming"),
    path("viec/them/", duty_views.add, name="duty_add"),
    path("viec/<int:pk>/", duty_views.duty, name="duty"),
    path("viec/<int:pk>/sua/", duty_views.edit, name="duty_edit"),
    path("viec/<int:pk>/ket-qua/", progress_views.record_duty, name="duty_progress"),
    path("viec/<int:pk>/ky-sau/", duty_views.repeat, name="duty_repeat"),
    path("viec/<int:pk>/lui-lich/", milestone_views.count, name="count_back"),
    path("viec/<int:pk>/chuyen-moc/", milestone_views.move, name="milestones_move"),
    path("viec/<int:pk>/moc/<int:milestone_pk>/bo/", milestone_views.remove, name="milestone_remove"),
    path("viec/loai/", type_views.type_list, name="duty_types"),
    path("viec/loai/them/", type_views.add, name="duty_type_add"),
    path("viec/loai/<int:pk>/sua/", type_views.edit, name="duty_type_edit"),
    path("viec/loai/<int:pk>/bo/", type_views.remove, name="duty_type_remove"),
    path("<int:pk>/", views.plan_page, name="plan"),
    path("<int:pk>/nhiem-vu/<int:task_pk>/ket-qua/", progress_views.record, name="progress"),
    path("<int:pk>/mot-trang/", progress_views.sheet, name="sheet"),
    path("<int:pk>/quy/<int:quarter>/", quarter_views.quarter, name="quarter"),
    path("<int:pk>/nhiem-vu/nhap/", excel_views.ImportTasks.as_view(), name="import_tasks"),
    path("<int:pk>/nhiem-vu/xuat/", excel_views.export_plan_tasks, name="export_plan_tasks"),
    path("<int:pk>/nhiem-vu/mau/", excel_views.tasks_template, name="tasks_template"),
    path("<int:pk>/soan/", editor_views.editor, name="editor"),
    path("<int:pk>/soan/luu/", editor_views.save_acts, name="editor_save"),
    path("<int:pk>/soan/xem/", editor_views.preview, name="editor_preview"),
    path("<int:pk>/soan/dan/", paste_views.paste, name="editor_paste"),
    path("<int:pk>/soan/soat-loi/", finding_views.findings, name="editor_findings"),
    path("<int:pk>/soan/bo-qua/", finding_views.dismiss, name="editor_dismiss"),
    path("<int:pk>/soan/da-xem/", receiving_views.seen, name="seen"),
    path("<int:pk>/soan/nhan/", receiving_views.take, name="take"),
    path("<int:pk>/soan/trang/", editor_views.pages, name="editor_pages"),
    path("<int:pk>/trinh/", approving_views.submit, name="submit"),
    path("<int:pk>/phieu-trinh/<str:to>/", slip_views.slip, name="slip"),
    path("<int:pk>/rut-lai/", approving_views.recall, name="recall"),
    path("<int:pk>/duyet/", approving_views.review, name="review"),
    path("<int:pk>/y-kien/<int:remark_pk>/", approving_views.settle, name="settle_remark"),
    path("<int:pk>/ban-hanh/", issue_views.issue, name="issue"),
    path("<int:pk>/xoa/", discarding.discard, name="discard"),
    path("<int:pk>/con-phai-sua/", proofreading_views.unmended, name="unmended"),
    path("<int:pk>/sua-doi/", amending_views.amend, name="amend"),
    path("<int:pk>/truoc-sua-doi/<int:number>/", amending_views.before, name="before"),
    path("<int:pk>/truoc-sua-doi/<int:number>/tai/<str:to>/", amending_views.before_download, name="before_download"),
    path("<int:pk>/tai/<str:to>/", views.download, name="download"),
]
