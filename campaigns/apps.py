from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = "Phong trào thi đua"

    def ready(self) -> None:
        from campaigns.part import dump, load, pk_of  # noqa: PLC0415 -- models are not there when this file is read
        from plans.parts import register_part  # noqa: PLC0415 -- as above

        register_part("campaign", load, dump, pk_of)
