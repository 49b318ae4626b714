from django.apps import AppConfig
from django.db import models
from django.utils.translation import gettext_lazy as _

from .lookups import AnyOf


class RecordsConfig(AppConfig):
    name = "records"
    verbose_name = _("記録")

    def ready(self):
        models.Field.register_lookup(AnyOf)
        models.ForeignObject.register_lookup(AnyOf)
