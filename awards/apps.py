from django.apps import AppConfig

from awards.history_words import WORDS


class AwardsConfig(AppConfig):
    name = "awards"
    verbose_name = "Khen thưởng"

    def ready(self) -> None:
        from core.history import register_words  # noqa: PLC0415 -- models are not there when this file is read

        register_words(WORDS)
        self._register_dossiers()
        self._register_collecting()
        self._register_deciding()
        self._register_register()
        self._register_councils()
        self._register_certificates()
        self._register_papers()

    def _register_register(self) -> None:
        """Sổ khen thưởng: into Excel and out of it; files of confirmed rules."""
        from django.urls import reverse  # noqa: PLC0415 -- as above

        from awards.catalogue.selectors import files_of_confirmations  # noqa: PLC0415 -- as above
        from core import exporting, files, importing  # noqa: PLC0415 -- as above

        files.register_scope(files_of_confirmations)
        exporting.register("awards.register", "awards.register.lists.list_grants")
        importing.register(
            importing.Kind(
                "awards.register",
                "Nhập sổ khen thưởng từ Excel",
                "awards.register.resources.GrantResource",
                "Sổ khen thưởng",
                list_url=lambda pk: reverse("awards:register"),
                again_url=lambda pk: reverse("awards:import_register"),
            )
        )

    def _register_collecting(self) -> None:
        """Lists of nominees: asked for by request, into Excel and out of it."""
        from django.urls import reverse  # noqa: PLC0415 -- as above

        from awards.collecting.selectors import KIND  # noqa: PLC0415 -- as above
        from awards.collecting.taking import COLUMNS  # noqa: PLC0415 -- as above
        from core import exporting, importing  # noqa: PLC0415 -- as above
        from reminders.asking.hooks import register_layout  # noqa: PLC0415 -- as above

        register_layout(KIND, COLUMNS)
        importing.register(
            importing.Kind(
                "awards.nominees",
                "Nhập danh sách đề nghị từ Excel",
                "awards.collecting.excel.NomineeResource",
                "Danh sách đề nghị",
                list_url=lambda pk: reverse("awards:nominees", args=[pk]),
                again_url=lambda pk: reverse("awards:nominees_import", args=[pk]),
            )
        )
        exporting.register("awards.nominees", "awards.collecting.excel.list_nominees")

    def _register_councils(self) -> None:
        """The day of a sitting is a deadline."""
        from awards.councils.deadlines import COLLECTOR  # noqa: PLC0415 -- as above
        from reminders import deadlines  # noqa: PLC0415 -- as above

        deadlines.register(COLLECTOR)

    def _register_dossiers(self) -> None:
        """What falls due, initiatives into Excel, and the files behind dossiers."""
        from awards.deadlines import COLLECTORS  # noqa: PLC0415 -- as above
        from awards.dossiers.evidence import files_of_dossiers  # noqa: PLC0415 -- as above
        from awards.dossiers.initiative_lists import KIND  # noqa: PLC0415 -- as above
        from core import exporting, files  # noqa: PLC0415 -- as above
        from reminders import deadlines  # noqa: PLC0415 -- as above

        for collector in COLLECTORS:
            deadlines.register(collector)
        files.register_scope(files_of_dossiers)
        exporting.register(KIND, "awards.dossiers.initiative_lists.list_initiatives")

    def _register_deciding(self) -> None:
        """The scan of a superior's decision is seen with it."""
        from awards.deciding.selectors import files_of_decisions  # noqa: PLC0415 -- as above
        from core import files  # noqa: PLC0415 -- as above

        files.register_scope(files_of_decisions)

    def _register_papers(self) -> None:
        """Who sees a paper sees its kept files."""
        from awards.papers.selectors import files_of_papers  # noqa: PLC0415 -- as above
        from core import files  # noqa: PLC0415 -- as above

        files.register_scope(files_of_papers)

    def _register_certificates(self) -> None:
        """Finished batches and emblems are seen with their decision and stock."""
        from awards.certificates.selectors import files_of_certificates  # noqa: PLC0415 -- as above
        from core import files  # noqa: PLC0415 -- as above

        files.register_scope(files_of_certificates)
