from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from programs.models import Program, TierScheme
from records.fields import FiscalYearField
from records.models import PairedText
from spreadsheets.models import ImportedHistory

from ..figure.choice import MOST_YEARS
from ..figure.vocabulary import BASIS_NAMES
from .event import Event


class TimelineBasis(models.TextChoices):
    """What a figure's bars are coloured by; with_supplementary is initial plus supplementary."""

    INITIAL = "initial", _(BASIS_NAMES["initial"])
    WITH_SUPPLEMENTARY = "with_supplementary", _(BASIS_NAMES["with_supplementary"])
    TOTAL = "total", _(BASIS_NAMES["total"])
    EXECUTED = "executed", _(BASIS_NAMES["executed"])


class TimelineQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Timeline(models.Model):
    """A figure: which rows, which fiscal years (both ends inclusive), which tiers and basis."""

    slug = models.SlugField(_("スラッグ"), max_length=80, unique=True)
    title_ja = models.CharField(_("表題"), max_length=150)
    title_en = models.CharField(_("英語表題"), max_length=150, blank=True)
    first_fiscal_year = FiscalYearField(_("最初の年度"))
    last_fiscal_year = FiscalYearField(_("最後の年度"))
    tier_scheme = models.ForeignKey(
        TierScheme, verbose_name=_("予算区分"), on_delete=models.PROTECT, related_name="timelines"
    )
    basis = models.CharField(
        _("予算の区分"), max_length=20, choices=TimelineBasis, default=TimelineBasis.INITIAL
    )

    title = PairedText("title")
    objects = TimelineQuerySet.as_manager()
    history = HistoricalRecords(bases=[ImportedHistory])

    class Meta:
        verbose_name = _("年表")
        verbose_name_plural = pgettext_lazy("plural", "年表")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_fiscal_year__gte=models.F("first_fiscal_year")),
                name="timeline_years_in_order",
                violation_error_message=_("最後の年度が最初の年度より前です。"),
            ),
        ]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.slug,)

    def clean(self):
        years = (self.first_fiscal_year, self.last_fiscal_year)
        if None not in years and self.last_fiscal_year - self.first_fiscal_year >= MOST_YEARS:
            words = {"most": MOST_YEARS}
            raise ValidationError({"last_fiscal_year": _("年表は%(most)s年度までです。") % words})


class TimelineRowQuerySet(models.QuerySet):
    def get_by_natural_key(self, timeline_slug, position):
        return self.get(timeline__slug=timeline_slug, position=position)


class TimelineRow(models.Model):
    """One printed line: a programme, an event, or neither for a heading.

    The printed label stays apart from the record's name, so that a faithful reprint and a check
    of one against the other are both possible. A blank label prints the record's name.
    """

    timeline = models.ForeignKey(
        Timeline, verbose_name=_("年表"), on_delete=models.CASCADE, related_name="rows"
    )
    position = models.PositiveSmallIntegerField(_("順"))
    group = models.CharField(_("区分"), max_length=60, blank=True, help_text=_("例 施策等"))
    printed_label = models.CharField(_("印刷された名"), max_length=250, blank=True)
    program = models.ForeignKey(
        Program,
        verbose_name=_("施策"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="timeline_rows",
    )
    event = models.ForeignKey(
        Event,
        verbose_name=_("出来事"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="timeline_rows",
    )
    note = models.CharField(_("注記"), max_length=300, blank=True)

    objects = TimelineRowQuerySet.as_manager()
    history = HistoricalRecords(bases=[ImportedHistory])

    class Meta:
        verbose_name = _("年表の行")
        verbose_name_plural = pgettext_lazy("plural", "年表の行")
        ordering = ["timeline", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["timeline", "position"],
                name="timeline_row_position_unique",
                violation_error_message=_("この年表には同じ順の行がすでにあります。"),
            ),
            models.CheckConstraint(
                condition=Q(program__isnull=True) | Q(event__isnull=True),
                name="timeline_row_has_one_record",
                violation_error_message=_("施策か出来事の一方だけを選んでください。"),
            ),
            models.CheckConstraint(
                condition=~Q(printed_label="", program__isnull=True, event__isnull=True),
                name="timeline_row_says_something",
                violation_error_message=_("見出しの行には印刷する名を入れてください。"),
            ),
        ]

    def __str__(self):
        return f"{self.position} {self.label}"

    @property
    def label(self):
        return self.printed_label or str(self.program or self.event or "")

    def natural_key(self):
        return (self.timeline.slug, self.position)

    natural_key.dependencies = ["timeline.timeline"]
