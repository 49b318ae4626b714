from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ChaptersConfig(AppConfig):
    name = "chapters"
    verbose_name = pgettext_lazy("plural", "章")

    def ready(self):
        from . import resources  # noqa: F401
