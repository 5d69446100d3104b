from django.apps import AppConfig

from plans.history_words import WORDS


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "Kế hoạch"

    def ready(self) -> None:
        from core.history import register_words  # noqa: PLC0415 -- models are not there when this file is read

        register_words(WORDS)
        self._register_lists()
        self._register_files()
        self._register_deadlines()
        self._register_hooks()

    def _register_hooks(self) -> None:
        from plans.duties.milestones.asked import record_asked  # noqa: PLC0415 -- as above
        from reminders.asking.hooks import register_asked  # noqa: PLC0415 -- as above

        register_asked(record_asked)

    def _register_deadlines(self) -> None:
        from plans.deadlines import COLLECTORS  # noqa: PLC0415 -- as above
        from reminders import deadlines  # noqa: PLC0415 -- as above

        for collector in COLLECTORS:
            deadlines.register(collector)

    def _register_files(self) -> None:
        from core import files  # noqa: PLC0415 -- as above
        from plans.duties.selectors import visible_files as files_of_incoming  # noqa: PLC0415 -- as above
        from plans.progress.selectors import files_of_progress  # noqa: PLC0415 -- as above
        from plans.receiving.selectors import visible_files  # noqa: PLC0415 -- as above
        from plans.selectors import visible_plan_files  # noqa: PLC0415 -- as above

        files.register_scope(files_of_progress)
        files.register_scope(visible_plan_files)
        files.register_scope(visible_files)
        files.register_scope(files_of_incoming)

    def _register_lists(self) -> None:
        from django.urls import reverse  # noqa: PLC0415 -- as above

        from core import exporting, importing  # noqa: PLC0415 -- as above

        importing.register(
            importing.Kind(
                "plans.plans",
                "Nhập danh sách kế hoạch từ Excel",
                "plans.excel.plans.PlanResource",
                "Kế hoạch",
                list_url=lambda pk: reverse("plans:list"),
                again_url=lambda pk: reverse("plans:import"),
            )
        )
        importing.register(
            importing.Kind(
                "plans.plan_tasks",
                "Nhập nhiệm vụ từ Excel",
                "plans.excel.tasks.TaskResource",
                "Kế hoạch",
                list_url=lambda pk: reverse("plans:plan", args=[pk]),
                again_url=lambda pk: reverse("plans:import_tasks", args=[pk]),
            )
        )
        for name in ("plans", "plan_tasks", "tasks"):
            exporting.register(f"plans.{name}", f"plans.excel.lists.list_{name}")
