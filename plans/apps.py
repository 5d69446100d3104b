from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "Kế hoạch"

    def ready(self) -> None:
        from core.history import register_words  # noqa: PLC0415 -- models are not there when this file is read

        register_words(
            {
                "plans.plan.created": "Lập kế hoạch",
                "plans.plan.started": "Ghi nguồn của bản dự thảo",
                "started_from": "Lập từ",
                "places_changed": "Số chỗ đã đổi",
                "plans.plan.changed": "Sửa phần đầu, phần cuối",
                "plans.plan.submitted": "Ghi nhận đã trình",
                "plans.plan.recalled": "Rút lại để sửa",
                "plans.plan.issued": "Ghi nhận đã ban hành",
                "plans.plan.deleted": "Xóa bản thảo",
                "plans.plan.follower": "Đổi người theo dõi",
                "plans.section.changed": "Sửa nội dung một mục",
                "plans.table.changed": "Sửa kiểu bảng nhiệm vụ",
                "plans.task.changed": "Sửa một nhiệm vụ",
                "plans.progress.recorded": "Ghi kết quả một nhiệm vụ",
                "plans.task.moved": "Chuyển chỗ một nhiệm vụ",
                "plans.tasks.added": "Thêm nhiệm vụ",
                "plans.tasks.removed": "Bỏ nhiệm vụ",
                "plans.section.moved": "Chuyển chỗ một mục",
                "plans.sections.added": "Thêm mục",
                "plans.sections.removed": "Bỏ mục",
            }
        )
        self._register_lists()
        self._register_files()

    def _register_files(self) -> None:
        from core import files  # noqa: PLC0415 -- as above
        from plans.progress.selectors import files_of_progress  # noqa: PLC0415 -- as above
        from plans.selectors import visible_plan_files  # noqa: PLC0415 -- as above

        files.register_scope(files_of_progress)
        files.register_scope(visible_plan_files)

    def _register_lists(self) -> None:
        from django.urls import reverse  # noqa: PLC0415 -- as above

        from core import exporting, importing  # noqa: PLC0415 -- as above

        importing.register(
            importing.Kind(
                "plans.plans",
                "Nhập danh sách kế hoạch từ Excel",
                "plans.excel.plans.PlanResource",
                "Kế hoạch",
                list_url=lambda pk: reverse("plans:list"),
                again_url=lambda pk: reverse("plans:import"),
            )
        )
        importing.register(
            importing.Kind(
                "plans.plan_tasks",
                "Nhập nhiệm vụ từ Excel",
                "plans.excel.tasks.TaskResource",
                "Kế hoạch",
                list_url=lambda pk: reverse("plans:plan", args=[pk]),
                again_url=lambda pk: reverse("plans:import_tasks", args=[pk]),
            )
        )
        for name in ("plans", "plan_tasks", "tasks"):
            exporting.register(f"plans.{name}", f"plans.excel.lists.list_{name}")
