from django.apps import AppConfig

from clusters.history_words import WORDS


class ClustersConfig(AppConfig):
    name = "clusters"
    verbose_name = "Cụm, khối thi đua"

    def ready(self) -> None:
        from core.history import register_words  # noqa: PLC0415 -- models are not there when this file is read

        register_words(WORDS)
