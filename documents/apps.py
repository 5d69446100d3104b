from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Văn bản"

    def ready(self) -> None:
        from core import exporting, files  # noqa: PLC0415 -- models are not there when this file is read
        from core.history import register_words  # noqa: PLC0415 -- as above
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
            }
        )
        exporting.register("documents.papers", "documents.register.list_papers")
