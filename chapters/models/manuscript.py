from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from values.decision import Decision

from .chapter import Chapter


class ManuscriptImport(models.Model):
    """The manuscript a chapter's draft was last taken from, and what taking it in decided.

    `sha256` is that of the file. `imported_at` is when an import last wrote something, this row
    included. `digests` tell the import's texts from those that were edited since: by what
    chapters.draft_texts calls them.
    """

    chapter = models.OneToOneField(
        Chapter,
        verbose_name=_("章"),
        on_delete=models.CASCADE,
        related_name="manuscript_import",
    )
    file_name = models.CharField(_("ファイル名"), max_length=255, blank=True)
    sha256 = models.CharField(_("ファイルの指紋（SHA-256）"), max_length=64)
    imported_at = models.DateTimeField(_("取り込み日時"))
    decisions = models.JSONField(_("直したこと・決めたこと"), default=list, blank=True)
    digests = models.JSONField(_("取り込んだ文の指紋"), default=dict, blank=True)

    class Meta:
        verbose_name = _("原稿の取り込み")
        verbose_name_plural = pgettext_lazy("plural", "原稿の取り込み")
        ordering = ["-imported_at"]

    def __str__(self):
        return f"{self.chapter} {self.file_name}".strip()

    @property
    def decided(self) -> list[Decision]:
        """What was mended, chosen or left out, in the order of the file."""
        return [Decision.from_json(stored) for stored in self.decisions]
