from django.apps import AppConfig

from clusters.history_words import WORDS


class ClustersConfig(AppConfig):
    name = "clusters"
    verbose_name = "Cụm, khối thi đua"

    def ready(self) -> None:
        from core.history import register_words  # noqa: PLC0415 -- models are not there when this file is read

        register_words(WORDS)
        self._register_part()
        self._register_criteria()
        self._register_sheets()
        self._register_reviewing()
        self._register_ranking()
        self._register_papers()
        self._register_receipts()

    def _register_part(self) -> None:
        """The season as a part of its plan: begun from any loaded plan of a cluster, exported where it came."""
        from clusters.part import NAME, begin, dump, load, pk_of  # noqa: PLC0415 -- as above
        from clusters.running.plan_links import links_of, stays_behind, tell  # noqa: PLC0415 -- as above
        from plans.links import register_links  # noqa: PLC0415 -- as above
        from plans.parts import register_part  # noqa: PLC0415 -- as above

        register_part(
            NAME,
            load,
            dump,
            pk_of,
            begin=begin,
            tell=tell,
            carry_over=stays_behind,
            join=("season__cluster",),
            fetch=("season__members", "season__steps", "season__quotas"),
        )
        register_links(links_of)

    def _register_criteria(self) -> None:
        """Sets of criteria and the targets given by them, out of sheets and into them."""
        from django.urls import reverse  # noqa: PLC0415 -- as above

        from clusters.criteria.filling.services import files_of_tables  # noqa: PLC0415 -- as above
        from core import exporting, files, importing  # noqa: PLC0415 -- as above

        files.register_scope(files_of_tables)
        importing.register(
            importing.Kind(
                "clusters.criteria",
                "Nhập tiêu chí từ Excel",
                "clusters.criteria.excel.CriterionResource",
                "Bộ tiêu chí",
                list_url=lambda pk: reverse("clusters:set", args=[pk]),
                again_url=lambda pk: reverse("clusters:set_import", args=[pk]),
            )
        )
        exporting.register("clusters.criteria", "clusters.criteria.excel.list_criteria")
        importing.register(
            importing.Kind(
                "clusters.targets",
                "Nhập chỉ tiêu giao từ Excel",
                "clusters.criteria.targets.excel.GivenResource",
                "Chỉ tiêu giao",
                list_url=lambda pk: reverse("clusters:assignments", args=[pk]),
                again_url=lambda pk: reverse("clusters:assignments_import", args=[pk]),
            )
        )
        exporting.register("clusters.targets", "clusters.criteria.targets.excel.list_targets")

    def _register_sheets(self) -> None:
        """What proves a row of a score sheet is seen with it; a sheet comes back filled in."""
        from django.urls import reverse  # noqa: PLC0415 -- as above

        from clusters.sheets.evidence import files_of_sheets  # noqa: PLC0415 -- as above
        from core import files, importing  # noqa: PLC0415 -- as above

        files.register_scope(files_of_sheets)
        importing.register(
            importing.Kind(
                "clusters.sheet",
                "Nhập bảng chấm điểm từ Excel",
                "clusters.sheets.excel.SheetOfMember",
                "Bảng điểm",
                list_url=lambda pk: reverse("clusters:sheet", args=[pk]),
                again_url=lambda pk: reverse("clusters:sheet_import", args=[pk]),
            )
        )

    def _register_ranking(self) -> None:
        """The superior's decision on a commended unit is seen with it."""
        from clusters.ranking.selectors import files_of_decisions  # noqa: PLC0415 -- as above
        from core import files  # noqa: PLC0415 -- as above

        files.register_scope(files_of_decisions)

    def _register_reviewing(self) -> None:
        """What is sent along with an explanation is seen by the unit and by the organiser."""
        from clusters.reviewing.selectors import files_of_explanations  # noqa: PLC0415 -- as above
        from core.files import register_scope  # noqa: PLC0415 -- as above

        register_scope(files_of_explanations)

    def _register_papers(self) -> None:
        """The kept files of a season's papers are seen with them."""
        from clusters.papers.selectors import files_of_papers  # noqa: PLC0415 -- as above
        from core.files import register_scope  # noqa: PLC0415 -- as above

        register_scope(files_of_papers)

    def _register_receipts(self) -> None:
        """What falls due out of seasons, what lateness costs, and the files behind waivers."""
        from clusters.costs import lateness  # noqa: PLC0415 -- as above
        from clusters.deadlines import COLLECTORS  # noqa: PLC0415 -- as above
        from clusters.receipts.evidence import files_of_waivers  # noqa: PLC0415 -- as above
        from core import files  # noqa: PLC0415 -- as above
        from reminders import costs, deadlines  # noqa: PLC0415 -- as above

        for collector in COLLECTORS:
            deadlines.register(collector)
        costs.register_costing(lateness)
        files.register_scope(files_of_waivers)
