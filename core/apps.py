from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Nền chung"

    def ready(self) -> None:
        from core.history import register_words  # noqa: PLC0415 -- models are not loaded before ready()

        register_words(
            {
                "core.import.written": "Nhận danh sách từ tệp Excel",
                "rows_added": "số dòng thêm",
                "rows_changed": "số dòng sửa",
            }
        )
