from django.apps import AppConfig

from units.words import HISTORY


class UnitsConfig(AppConfig):
    name = "units"
    verbose_name = "Đơn vị"

    def ready(self) -> None:
        from core.history import register_words  # noqa: PLC0415 -- models are not loaded before ready()

        register_words(HISTORY)
        self._register_lists()

    def _register_lists(self) -> None:
        from django.urls import reverse  # noqa: PLC0415 -- as above

        from core import exporting, importing  # noqa: PLC0415 -- as above

        importing.register(
            importing.Kind(
                "units.parts",
                "Nhập bộ phận từ Excel",
                "units.resources.PartResource",
                "Danh sách bộ phận",
                list_url=lambda pk: reverse("units:parts", args=[pk]),
                again_url=lambda pk: reverse("units:parts_import", args=[pk]),
            )
        )
        importing.register(
            importing.Kind(
                "units.people",
                "Nhập nhân sự từ Excel",
                "units.resources.PersonResource",
                "Danh sách nhân sự",
                list_url=lambda pk: reverse("units:people", args=[pk]),
                again_url=lambda pk: reverse("units:people_import", args=[pk]),
            )
        )
        for name in ("parts", "people"):
            exporting.register(f"units.{name}", f"units.excel_views.list_{name}")
