from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from records.fields import LongTextField
from records.models import CodedModel, PairedText
from spreadsheets.models import ImportedHistory
from timeline.models import Timeline

MARKDOWN_HELP = _(
    "Markdown。脚注は [^キー]、施策は [SATREPS](program:satreps)、出来事は "
    "[G20大阪サミット](event:g20-osaka-2019)。[](program:satreps) は記録の名称を、"
    '[](program:satreps "years") は名称と年度を表示します。'
)


class Edition(CodedModel):
    """An edition of the report the chapters belong to (code 2023)."""

    title_ja = models.CharField(_("表題"), max_length=200)
    title_en = models.CharField(_("英語表題"), max_length=200, blank=True)

    title = PairedText("title")
    history = HistoricalRecords(bases=[ImportedHistory])

    class Meta:
        verbose_name = _("版")
        verbose_name_plural = pgettext_lazy("plural", "版")
        ordering = ["-code"]

    def __str__(self):
        return self.title


class ChapterQuerySet(models.QuerySet):
    def get_by_natural_key(self, edition_code, number):
        return self.get(edition__code=edition_code, number=number)


class Chapter(models.Model):
    """A chapter's draft: what staff edit. The public reads its releases."""

    edition = models.ForeignKey(
        Edition, verbose_name=_("版"), on_delete=models.PROTECT, related_name="chapters"
    )
    number = models.PositiveSmallIntegerField(_("章番号"))
    slug = models.SlugField(
        _("スラッグ"), max_length=60, help_text=_("URLに使います（例 kokusai）。")
    )
    title_ja = models.CharField(_("表題"), max_length=150)
    title_en = models.CharField(_("英語表題"), max_length=150, blank=True)
    lead_ja = LongTextField(_("導入"), blank=True, help_text=MARKDOWN_HELP)
    lead_en = LongTextField(_("英語導入"), blank=True)
    timeline = models.ForeignKey(
        Timeline,
        verbose_name=_("年表"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="chapters",
    )

    title = PairedText("title")
    objects = ChapterQuerySet.as_manager()
    history = HistoricalRecords(bases=[ImportedHistory])

    class Meta:
        verbose_name = _("章")
        verbose_name_plural = pgettext_lazy("plural", "章")
        ordering = ["-edition__code", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"],
                name="chapter_number_unique",
                violation_error_message=_("この版には同じ番号の章がすでにあります。"),
            ),
            models.UniqueConstraint(
                fields=["edition", "slug"],
                name="chapter_slug_unique",
                violation_error_message=_("この版には同じスラッグの章がすでにあります。"),
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    def get_absolute_url(self):
        return reverse("chapters:chapter-detail", args=[self.edition.code, self.slug])

    def natural_key(self):
        return (self.edition.code, self.number)

    natural_key.dependencies = ["chapters.edition"]


class SectionQuerySet(models.QuerySet):
    def get_by_natural_key(self, edition_code, number, anchor):
        return self.get(chapter__edition__code=edition_code, chapter__number=number, anchor=anchor)


class Section(models.Model):
    """A heading and the Markdown below it, up to the next heading."""

    class Level(models.IntegerChoices):
        SECTION = 2, _("節（(1) など）")
        SUBSECTION = 3, _("項（■）")

    chapter = models.ForeignKey(
        Chapter, verbose_name=_("章"), on_delete=models.CASCADE, related_name="sections"
    )
    position = models.PositiveSmallIntegerField(_("順"))
    level = models.PositiveSmallIntegerField(_("見出しの段"), choices=Level, default=Level.SECTION)
    heading_ja = models.CharField(_("見出し"), max_length=150)
    heading_en = models.CharField(_("英語見出し"), max_length=150, blank=True)
    anchor = models.SlugField(
        _("アンカー"),
        max_length=60,
        help_text=_("ページ内リンクと段落番号に使います。変えないでください。"),
    )
    body_ja = LongTextField(_("本文"), blank=True, help_text=MARKDOWN_HELP)
    body_en = LongTextField(_("英語本文"), blank=True)

    heading = PairedText("heading")
    objects = SectionQuerySet.as_manager()
    history = HistoricalRecords(bases=[ImportedHistory])

    class Meta:
        verbose_name = _("節")
        verbose_name_plural = pgettext_lazy("plural", "節")
        ordering = ["chapter", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["chapter", "position"],
                name="section_position_unique",
                violation_error_message=_("この章には同じ順の節がすでにあります。"),
            ),
            models.UniqueConstraint(
                fields=["chapter", "anchor"],
                name="section_anchor_unique",
                violation_error_message=_("この章には同じアンカーの節がすでにあります。"),
            ),
        ]

    def __str__(self):
        return self.heading

    def natural_key(self):
        return (*self.chapter.natural_key(), self.anchor)

    natural_key.dependencies = ["chapters.chapter"]


class FootnoteQuerySet(models.QuerySet):
    def get_by_natural_key(self, edition_code, number, key):
        return self.get(chapter__edition__code=edition_code, chapter__number=number, key=key)


class Footnote(models.Model):
    """A note, referred to in prose as [^key]. Its number is made when the chapter is rendered."""

    chapter = models.ForeignKey(
        Chapter, verbose_name=_("章"), on_delete=models.CASCADE, related_name="footnotes"
    )
    key = models.SlugField(
        _("キー"), max_length=60, help_text=_("本文では [^キー] と書きます。番号は自動で付きます。")
    )
    body_ja = LongTextField(_("本文"), help_text=MARKDOWN_HELP)
    body_en = LongTextField(_("英語本文"), blank=True)

    objects = FootnoteQuerySet.as_manager()
    history = HistoricalRecords(bases=[ImportedHistory])

    class Meta:
        verbose_name = _("脚注")
        verbose_name_plural = pgettext_lazy("plural", "脚注")
        ordering = ["chapter", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["chapter", "key"],
                name="footnote_key_unique",
                violation_error_message=_("この章には同じキーの脚注がすでにあります。"),
            ),
        ]

    def __str__(self):
        return self.key

    def natural_key(self):
        return (*self.chapter.natural_key(), self.key)

    natural_key.dependencies = ["chapters.chapter"]
