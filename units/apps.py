from django.apps import AppConfig

from units.words import HISTORY


class UnitsConfig(AppConfig):
    name = "units"
    verbose_name = "Đơn vị"

    def ready(self) -> None:
        from core.history import register_words  # noqa: PLC0415 -- models are not loaded before ready()

        register_words(HISTORY)
