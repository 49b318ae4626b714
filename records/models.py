"""What models share: a permanent code, and text kept in two columns, one for each language."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class PairedText:
    """`name = PairedText("name")` reads name_en on English pages, else and without it name_ja."""

    def __init__(self, stem: str):
        self.stem = stem

    def __get__(self, instance, owner):
        if instance is None:
            return self
        english = getattr(instance, f"{self.stem}_en") if get_language() == "en" else ""
        return english or getattr(instance, f"{self.stem}_ja")


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
