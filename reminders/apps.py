from django.apps import AppConfig

from reminders.history_words import WORDS


class RemindersConfig(AppConfig):
    name = "reminders"
    verbose_name = "Nhắc việc"

    def ready(self) -> None:
        from core.history import register_words  # noqa: PLC0415 -- models are not there when this file is read

        register_words(WORDS)
        self._register_requests()
        self._register_lower()

    def _register_requests(self) -> None:
        from core import files  # noqa: PLC0415 -- models are not there when this file is read
        from reminders import deadlines, digests, weekly  # noqa: PLC0415 -- as above
        from reminders.asking import arrivals, selectors  # noqa: PLC0415 -- as above
        from reminders.asking.deadlines import COLLECTOR  # noqa: PLC0415 -- as above
        from reminders.models import Message  # noqa: PLC0415 -- as above

        deadlines.register(COLLECTOR)
        digests.register_composer(Message.Purpose.ARRIVED, arrivals.compose)
        digests.register_composer(Message.Purpose.WEEKLY, weekly.compose_weekly)
        files.register_scope(selectors.visible_files)

    def _register_lower(self) -> None:
        from documents.deliveries import hooks  # noqa: PLC0415 -- models are not there when this file is read
        from reminders import deadlines  # noqa: PLC0415 -- as above
        from reminders.asking import lower, lower_deadlines  # noqa: PLC0415 -- as above

        deadlines.register(lower_deadlines.COLLECTOR)
        hooks.register_watcher(lower.follow_deliveries)
        hooks.register_facts(lower.facts_of_delivery)
