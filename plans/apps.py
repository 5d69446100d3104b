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
                "plans.plan.approved": "Duyệt",
                "plans.plan.returned": "Trả lại kèm ý kiến",
                "plans.remark.made": "Nêu ý kiến",
                "plans.remark.settled": "Đánh dấu đã sửa theo ý kiến",
                "plans.remark.reopened": "Bỏ đánh dấu đã sửa",
                "remark": "ý kiến",
                "plans.plan.issued": "Ghi nhận đã ban hành",
                "plans.plan.compared": "Đối chiếu với bản đã ký",
                "places_taken": "Số chỗ lấy theo bản đã ký",
                "places_kept": "Số chỗ còn khác bản đã ký",
                "plans.plan.amending": "Lập bản sửa đổi",
                "plans.plan.amended": "Sửa đổi, bổ sung theo văn bản",
                "amended_by": "Theo",
                "amended": "Nội dung sửa đổi",
                "reason": "Lý do",
                "plans.plan.deleted": "Xóa bản thảo",
                "plans.finding.passed_over": "Bỏ qua một chỗ khi soát",
                "plans.finding.again": "Nêu lại chỗ đã bỏ qua",
                "plans.reading.received": "Đưa tệp vào để đọc",
                "plans.reading.read": "Đọc tệp thành dự thảo",
                "plans.reading.settled": "Đã xem một chỗ đọc từ tệp",
                "plans.reading.reopened": "Để xem lại một chỗ đọc từ tệp",
                "plans.reading.accepted": "Nhận dự thảo đọc từ tệp",
                "plans.incoming.received": "Đưa văn bản đến vào để đọc",
                "plans.incoming.read": "Đọc văn bản đến",
                "plans.incoming.changed": "Sửa số, ngày, nơi ban hành văn bản đến",
                "paper": "Văn bản",
                "proposed": "Số việc đề xuất",
                "letters": "Số chữ dán vào",
                "plans.duty.taken": "Nhận việc từ văn bản đến",
                "plans.duty.added": "Thêm việc",
                "plans.duty.changed": "Sửa việc",
                "plans.duty.repeated": "Tạo việc của kỳ sau",
                "incoming": "Theo văn bản",
                "recurrence": "Lặp lại",
                "send": "Gửi gì",
                "to": "Gửi cho",
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
        from plans.duties.selectors import visible_files as files_of_incoming  # noqa: PLC0415 -- as above
        from plans.progress.selectors import files_of_progress  # noqa: PLC0415 -- as above
        from plans.receiving.selectors import visible_files  # noqa: PLC0415 -- as above
        from plans.selectors import visible_plan_files  # noqa: PLC0415 -- as above

        files.register_scope(files_of_progress)
        files.register_scope(visible_plan_files)
        files.register_scope(visible_files)
        files.register_scope(files_of_incoming)

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
