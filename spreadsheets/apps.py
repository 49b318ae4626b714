from django.apps import AppConfig
from django.db import models
from django.utils.translation import gettext_lazy as _

from .among import Among


class SpreadsheetsConfig(AppConfig):
    name = "spreadsheets"
    verbose_name = _("表の取込み")

    def ready(self):
        models.Field.register_lookup(Among)
        models.ForeignObject.register_lookup(Among)
