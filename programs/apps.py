from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgramsConfig(AppConfig):
    name = "programs"
    verbose_name = _("施策と予算")

    def ready(self):
        from . import resources  # noqa: F401
