from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from records.fields import LongTextField, WebAddressField
from records.models import CodedModel
from spreadsheets.models import ImportedHistory


class Source(CodedModel):
    """Where a datum comes from. Every record of the site can name one."""

    title = models.CharField(_("表題"), max_length=300)
    publisher = models.CharField(_("発行者"), max_length=200, blank=True)
    url = WebAddressField(_("URL"), max_length=500, blank=True)
    licence = models.CharField(
        _("ライセンス"), max_length=100, blank=True, help_text=_("例 CC BY 4.0、PDL1.0")
    )
    published_on = models.DateField(_("公表日"), null=True, blank=True)
    accessed_on = models.DateField(_("閲覧日"), null=True, blank=True)
    archive_url = WebAddressField(_("保存先URL"), max_length=500, blank=True)
    note = LongTextField(_("備考"), blank=True)

    history = HistoricalRecords(bases=[ImportedHistory])

    class Meta:
        verbose_name = _("出典")
        verbose_name_plural = pgettext_lazy("plural", "出典")
        ordering = ["code"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("programs:source-detail", args=[self.pk])
