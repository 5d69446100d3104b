from django.apps import AppConfig

from campaigns.history_words import WORDS


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = "Phong trào thi đua"

    def ready(self) -> None:
        from campaigns.part import dump, load, pk_of  # noqa: PLC0415 -- models are not there when this file is read
        from core.history import register_words  # noqa: PLC0415 -- as above
        from plans.parts import register_part  # noqa: PLC0415 -- as above

        register_words(WORDS)
        register_part("campaign", load, dump, pk_of)
