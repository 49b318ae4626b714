from django.db import models
from django.db.models.fields.json import KT
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from programs.models import Program
from records.models import PairedText
from timeline.models import Event

from .chapter import Chapter


class ReleaseQuerySet(models.QuerySet):
    def live(self, now):
        """Releases that the public may see at `now`; a later date is a schedule."""
        return self.filter(published_at__lte=now)

    def current(self, now):
        """Of each chapter the one release that the public reads at `now`."""
        newest = (
            self.model.objects.filter(chapter=models.OuterRef("chapter"))
            .live(now)
            .order_by("-published_at", "-number")
        )
        return self.filter(pk=models.Subquery(newest.values("pk")[:1]))

    def of_chapter(self, edition_code, slug):
        return self.filter(chapter__edition__code=edition_code, chapter__slug=slug).select_related(
            "chapter__edition", "chapter__timeline"
        )

    def for_list(self):
        """Releases without their content but with the title they print, for lists of chapters."""
        return (
            self.defer("html", "document")
            .annotate(title_ja=KT("document__title_ja"), title_en=KT("document__title_en"))
            .select_related("chapter__edition")
            .order_by("-chapter__edition__code", "chapter__number")
        )


class Release(models.Model):
    """A chapter as published: complete in itself and never changed afterwards.

    `document` holds blocks with stable paragraph ids, footnotes and the timeline's cells; `html`
    is the same prose as a page fragment. Which release is live is a question of time.
    """

    chapter = models.ForeignKey(
        Chapter, verbose_name=_("章"), on_delete=models.PROTECT, related_name="releases"
    )
    number = models.PositiveSmallIntegerField(_("番号"))
    published_at = models.DateTimeField(_("公開日時"), db_index=True)
    change_note = models.CharField(_("変更の説明"), max_length=300)
    document = models.JSONField(_("内容"))
    html = models.TextField(_("HTML"))

    objects = ReleaseQuerySet.as_manager()
    title = PairedText("title")  # of releases read with for_list()

    class Meta:
        verbose_name = _("公開版")
        verbose_name_plural = pgettext_lazy("plural", "公開版")
        ordering = ["chapter", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["chapter", "number"], name="release_number_unique"),
        ]

    def __str__(self):
        return f"{self.chapter} v{self.number}"

    def get_absolute_url(self):
        return reverse(
            "chapters:release-detail",
            args=[self.chapter.edition.code, self.chapter.slug, self.number],
        )


class MentionQuerySet(models.QuerySet):
    def in_current_releases(self, now):
        """Mentions that a reader can find today, in reading order."""
        current = Release.objects.current(now)
        return self.filter(release__in=current).order_by("release__chapter", "id")


class Mention(models.Model):
    """A place in a release that names a record: the way back from the record's page."""

    release = models.ForeignKey(
        Release, verbose_name=_("公開版"), on_delete=models.CASCADE, related_name="mentions"
    )
    program = models.ForeignKey(
        Program,
        verbose_name=_("施策"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mentions",
    )
    event = models.ForeignKey(
        Event,
        verbose_name=_("出来事"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mentions",
    )
    paragraph_id = models.CharField(_("段落"), max_length=80, blank=True)
    footnote_key = models.CharField(_("脚注"), max_length=60, blank=True)
    printed_words = models.CharField(_("印刷された語"), max_length=300)

    objects = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("言及")
        verbose_name_plural = pgettext_lazy("plural", "言及")
        ordering = ["release", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(program__isnull=False, event__isnull=True)
                | models.Q(program__isnull=True, event__isnull=False),
                name="mention_of_one_record",
            ),
            models.CheckConstraint(
                condition=models.Q(paragraph_id="") ^ models.Q(footnote_key=""),
                name="mention_in_one_place",
            ),
        ]

    def __str__(self):
        return self.printed_words
