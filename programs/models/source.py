from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from spreadsheets.models import ImportedHistory


class CodeQuerySet(models.QuerySet):
    """Rows whose natural key is their permanent code."""

    def get_by_natural_key(self, code):
        return self.get(code=code)


class CodedModel(models.Model):
    """A record with a permanent ASCII code: what fixtures, prose and spreadsheets name it by."""

    code = models.SlugField(
        _("コード"),
        max_length=80,
        unique=True,
        help_text=_("半角英数字とハイフン。公開後は変えません（例 satreps）。"),
    )

    objects = CodeQuerySet.as_manager()

    class Meta:
        abstract = True

    def natural_key(self):
        return (self.code,)


class Source(CodedModel):
    """Where a datum comes from. Every record of the site can name one."""

    title = models.CharField(_("表題"), max_length=300)
    publisher = models.CharField(_("発行者"), max_length=200, blank=True)
    url = models.URLField(_("URL"), max_length=500, blank=True)
    licence = models.CharField(
        _("ライセンス"), max_length=100, blank=True, help_text=_("例 CC BY 4.0、PDL1.0")
    )
    published_on = models.DateField(_("公表日"), null=True, blank=True)
    accessed_on = models.DateField(_("閲覧日"), null=True, blank=True)
    archive_url = models.URLField(_("保存先URL"), max_length=500, blank=True)
    note = models.TextField(_("備考"), blank=True)

    history = HistoricalRecords(bases=[ImportedHistory])

    class Meta:
        verbose_name = _("出典")
        verbose_name_plural = pgettext_lazy("plural", "出典")
        ordering = ["code"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("programs:source-detail", args=[self.pk])
