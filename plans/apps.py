from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "Kế hoạch"

    def ready(self) -> None:
        from core.history import register_words  # noqa: PLC0415 -- models are not there when this file is read

        register_words(
            {
                "plans.plan.created": "Lập kế hoạch",
                "plans.plan.changed": "Sửa phần đầu, phần cuối",
                "plans.plan.submitted": "Ghi nhận đã trình",
                "plans.plan.recalled": "Rút lại để sửa",
                "plans.plan.issued": "Ghi nhận đã ban hành",
                "plans.plan.deleted": "Xóa bản thảo",
                "plans.plan.follower": "Đổi người theo dõi",
                "plans.section.changed": "Sửa nội dung một mục",
                "plans.table.changed": "Sửa kiểu bảng nhiệm vụ",
                "plans.task.changed": "Sửa một nhiệm vụ",
                "plans.task.moved": "Chuyển chỗ một nhiệm vụ",
                "plans.tasks.added": "Thêm nhiệm vụ",
                "plans.tasks.removed": "Bỏ nhiệm vụ",
                "plans.section.moved": "Chuyển chỗ một mục",
                "plans.sections.added": "Thêm mục",
                "plans.sections.removed": "Bỏ mục",
            }
        )
