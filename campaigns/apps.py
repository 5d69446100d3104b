from collections.abc import Callable

from django.apps import AppConfig

from campaigns.history_words import WORDS


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = "Phong trào thi đua"

    def ready(self) -> None:
        from core.history import register_words  # noqa: PLC0415 -- models are not there when this file is read

        register_words(WORDS)
        self._register_part()
        self._register_running()
        self._register_results()
        self._register_taking_part()
        self._register_excel()
        self._register_reporting()

    def _register_part(self) -> None:
        """The campaign as a part of its plan, and the lines by which the plan prints it."""
        from campaigns.interchange import next_years  # noqa: PLC0415 -- as above
        from campaigns.part import NAME, dump, load, pk_of  # noqa: PLC0415 -- as above
        from campaigns.printing.blocks import BLOCKS, of_part  # noqa: PLC0415 -- as above
        from campaigns.printing.discarding import discard  # noqa: PLC0415 -- as above
        from campaigns.printing.telling import tell  # noqa: PLC0415 -- as above
        from plans.blocks import register_block  # noqa: PLC0415 -- as above
        from plans.parts import register_part  # noqa: PLC0415 -- as above

        register_part(
            NAME,
            load,
            dump,
            pk_of,
            tell=tell,
            carry_over=next_years,
            discard=discard,
            join=("campaign",),
            fetch=("campaign__waves", "campaign__movements", "campaign__targets"),
        )
        for name, compose, missing in BLOCKS:
            register_block(name, NAME, of_part(compose), missing=missing)

    def _register_running(self) -> None:
        from campaigns.deadlines import CAMPAIGN, COLLECTORS, to_ask_for  # noqa: PLC0415 -- as above
        from campaigns.running.plan_links import links_of  # noqa: PLC0415 -- as above
        from plans.links import register_links  # noqa: PLC0415 -- as above
        from reminders import deadlines  # noqa: PLC0415 -- as above
        from reminders.asking.hooks import register_subject  # noqa: PLC0415 -- as above

        for collector in COLLECTORS:
            deadlines.register(collector)
        register_subject(CAMPAIGN, to_ask_for)
        register_links(links_of)

    def _register_results(self) -> None:
        from campaigns.filling.selectors import files_of_tables  # noqa: PLC0415 -- as above
        from campaigns.results.evidence import files_of_results  # noqa: PLC0415 -- as above
        from campaigns.taking_part.signing import files_of_pledges  # noqa: PLC0415 -- as above
        from core import files  # noqa: PLC0415 -- as above

        files.register_scope(files_of_results)
        files.register_scope(files_of_tables)
        files.register_scope(files_of_pledges)

    def _register_reporting(self) -> None:
        from campaigns.reporting.drafting import LABELS  # noqa: PLC0415 -- as above
        from campaigns.reporting.selectors import files_of_exemplars  # noqa: PLC0415 -- as above
        from core import files  # noqa: PLC0415 -- as above
        from core.history import register_words  # noqa: PLC0415 -- as above

        register_words({f"review_{key}": label for key, label in LABELS.items()})
        files.register_scope(files_of_exemplars)

    def _register_taking_part(self) -> None:
        from django.urls import reverse  # noqa: PLC0415 -- as above

        from campaigns.taking_part.matching import COLUMNS  # noqa: PLC0415 -- as above
        from campaigns.taking_part.selectors import KIND  # noqa: PLC0415 -- as above
        from core import exporting, importing  # noqa: PLC0415 -- as above
        from reminders.asking.hooks import register_layout  # noqa: PLC0415 -- as above

        register_layout(KIND, COLUMNS)
        name = "campaigns.registrations"
        importing.register(
            importing.Kind(
                name,
                "Nhập đăng ký thi đua từ Excel",
                "campaigns.taking_part.excel.RegistrationResource",
                "Đăng ký thi đua",
                list_url=lambda pk: reverse("campaigns:registrations", args=[pk]),
                again_url=lambda pk: reverse("campaigns:registration_import", args=[pk]),
            )
        )
        exporting.register(name, "campaigns.taking_part.excel.list_registrations")

    def _register_excel(self) -> None:
        from django.urls import reverse  # noqa: PLC0415 -- as above

        from core import exporting, importing  # noqa: PLC0415 -- as above

        importing.register(
            importing.Kind(
                "campaigns.campaigns",
                "Nhập phong trào từ Excel",
                "campaigns.excel.campaigns.CampaignResource",
                "Phong trào thi đua",
                list_url=lambda pk: reverse("campaigns:list"),
                again_url=lambda pk: f"{reverse('campaigns:import')}?dv={pk}",
            )
        )
        exporting.register("campaigns.campaigns", "campaigns.excel.campaigns.list_campaigns")
        kinds = {
            "targets": ("Nhập chỉ tiêu từ Excel", "campaigns.excel.targets.TargetResource", "Chỉ tiêu"),
            "results": ("Nhập kết quả từ Excel", "campaigns.excel.results.ResultResource", "Kết quả"),
        }
        for page, words in kinds.items():
            urls = _by_id(f"campaigns:{page}"), _by_id(f"campaigns:{page}_import")
            importing.register(importing.Kind(f"campaigns.{page}", *words, *urls))
        exporting.register("campaigns.targets", "campaigns.excel.targets.list_targets")
        exporting.register("campaigns.results", "campaigns.excel.lists.list_results")
        exporting.register("campaigns.results_to_fill", "campaigns.excel.lists.list_to_fill")


def _by_id(name: str) -> Callable[[int], str]:
    from django.urls import reverse  # noqa: PLC0415 -- as above

    return lambda pk: reverse(name, args=[pk])
