from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgramsConfig(AppConfig):
    name = "programs"
    verbose_name = _("施策と予算")

    def ready(self):
        from spreadsheets.registry import register_command

        from . import resources  # noqa: F401
        from .models import Program
        from .review_sheets.records import RESOURCE

        register_command(RESOURCE, _("行政事業レビューシート"), Program)
