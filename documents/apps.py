from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Văn bản"

    def ready(self) -> None:
        from core import exporting, files  # noqa: PLC0415 -- models are not there when this file is read
        from core.history import register_words  # noqa: PLC0415 -- as above
        from documents.deliveries import rules  # noqa: F401, PLC0415 -- adds its permissions
        from documents.selectors import visible_files  # noqa: PLC0415 -- as above

        files.register_scope(visible_files)
        register_words(
            {
                "documents.paper.recorded": "Ghi vào sổ văn bản",
                "documents.paper.signed_file": "Thêm bản đã ký",
                "documents.number.registered": "Ghi số vào sổ",
                "documents.number.noted": "Ghi lại số đã cấp",
                "documents.number.given": "Lấy số",
                "documents.series.opened": "Mở sổ số văn bản",
                "documents.series.mode": "Đổi cách cấp số",
                "documents.series.counter": "Đặt lại số đang đếm",
                "documents.delivery.sent": "Gửi văn bản",
                "documents.delivery.received": "Ghi đã nhận",
                "documents.delivery.receipt_changed": "Sửa ngày nhận",
                "documents.delivery.returned": "Trả lại",
                "documents.delivery.answered": "Trả lời",
                "documents.delivery.answer_gone": "Văn bản trả lời được thu hồi hoặc trả lại",
                "documents.delivery.withdrawn": "Thu hồi",
            }
        )
        exporting.register("documents.papers", "documents.register.list_papers")
        exporting.register("documents.sent", "documents.deliveries.lists.list_sent")
        exporting.register("documents.received", "documents.deliveries.lists.list_received")
        self._register_import()

    def _register_import(self) -> None:
        from django.urls import reverse  # noqa: PLC0415 -- as above

        from core import importing  # noqa: PLC0415 -- as above

        importing.register(
            importing.Kind(
                "documents.papers",
                "Nhập sổ văn bản từ Excel",
                "documents.resources.PaperResource",
                "Sổ văn bản",
                list_url=lambda pk: reverse("documents:register"),
                again_url=lambda pk: reverse("documents:import"),
            )
        )
