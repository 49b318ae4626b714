from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from programs.models import (
    AlternativeName,
    NamedQuerySet,
    Organization,
    Program,
    Source,
    name_key_field,
)
from programs.names import search_key
from records.fields import (
    DerivedSmallIntegerField,
    DerivedTextField,
    FiscalYearField,
    PartialDateField,
    WebAddressField,
)
from records.models import CodedModel, PairedText
from spreadsheets.models import ImportedHistory


def event_fiscal_year(event):
    """The fiscal year an event is marked in: of its date, else as set by hand, else None."""
    from_date = event.date.fiscal_year if event.date else None
    return from_date if from_date is not None else event.stated_fiscal_year


def event_search_key(event):
    return search_key(event.name_ja, event.name_en)


class EventQuerySet(NamedQuerySet):
    def for_list(self):
        """Events with what a list prints of them, newest first, those of no known year last."""
        return (
            self.select_related("source")
            .prefetch_related("organizations")
            .order_by(
                F("fiscal_year").desc(nulls_last=True), F("date").desc(nulls_last=True), "code"
            )
        )

    def for_detail(self):
        return self.select_related("source", "program").prefetch_related(
            "organizations", "names__source"
        )


class Event(CodedModel):
    """Something that happened at a time: a summit, a proposal, a strategy, a launch (▲)."""

    class Kind(models.TextChoices):
        MEETING = "meeting", _("会議")
        DOCUMENT = "document", _("戦略・計画・提言")
        NOTICE = "notice", _("通知・指針")
        APPOINTMENT = "appointment", _("設置・任命")
        LAUNCH = "launch", _("制度の開始")
        OTHER = "other", _("その他")

    name_ja = models.CharField(_("名称"), max_length=250)
    name_en = models.CharField(_("英語名称"), max_length=300, blank=True)
    kind = models.CharField(_("種類"), max_length=12, choices=Kind)
    date = PartialDateField(
        _("日付"),
        null=True,
        blank=True,
        help_text=_("分かるところまで。例 2019-03-14、2019年3月、2019年、2018年度。"),
    )
    end_date = PartialDateField(_("最終日"), null=True, blank=True)
    stated_fiscal_year = FiscalYearField(
        _("年度（手入力）"),
        null=True,
        blank=True,
        help_text=_("日付が年までしか分からないときだけ、理由とともに入れます。"),
    )
    fiscal_year_reason = models.CharField(_("手入力の理由"), max_length=200, blank=True)
    fiscal_year = DerivedSmallIntegerField(
        verbose_name=_("年度"), null=True, db_index=True, derive=event_fiscal_year
    )
    program = models.ForeignKey(
        Program,
        verbose_name=_("関係する施策"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
    )
    organizations = models.ManyToManyField(
        Organization, verbose_name=_("組織"), blank=True, related_name="events"
    )
    url = WebAddressField(_("URL"), max_length=500, blank=True)
    source = models.ForeignKey(
        Source,
        verbose_name=_("出典"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
    )
    search_key = DerivedTextField(_("検索用の名"), derive=event_search_key)
    name_ja_key = name_key_field("name_ja")
    name_en_key = name_key_field("name_en")

    name = PairedText("name")
    objects = EventQuerySet.as_manager()
    history = HistoricalRecords(
        bases=[ImportedHistory],
        excluded_fields=["search_key", "name_ja_key", "name_en_key", "fiscal_year"],
        m2m_fields=["organizations"],
    )

    class Meta:
        verbose_name = _("出来事")
        verbose_name_plural = pgettext_lazy("plural", "出来事")
        ordering = ["fiscal_year", "date", "code"]
        indexes = [
            models.Index(fields=["name_ja_key"], name="event_name_ja_key"),
            models.Index(fields=["name_en_key"], name="event_name_en_key"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stated_fiscal_year__isnull=True)
                | ~models.Q(fiscal_year_reason=""),
                name="event_stated_fiscal_year_has_reason",
                violation_error_message=_("年度を手で入れるときは、理由も入れてください。"),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("timeline:event-detail", args=[self.code])

    def clean(self):
        from_date = self.date.fiscal_year if self.date else None
        if from_date is not None and self.stated_fiscal_year not in (None, from_date):
            raise ValidationError(
                {
                    "stated_fiscal_year": _(
                        "日付 %(date)s は%(fiscal_year)s年度です。手入力の年度を消してください。"
                    )
                    % {"date": self.date, "fiscal_year": from_date}
                },
                code="fiscal_year_contradiction",
            )
        if self.end_date and self.date and self.end_date.last_day < self.date.first_day:
            raise ValidationError({"end_date": _("最終日が日付より前です。")})


class EventNameQuerySet(models.QuerySet):
    def get_by_natural_key(self, event_code, name):
        return self.get(event__code=event_code, name=name)


class EventName(AlternativeName):
    """Another name an event goes by, in prose or in a figure."""

    event = models.ForeignKey(
        Event, verbose_name=_("出来事"), on_delete=models.CASCADE, related_name="names"
    )

    objects = EventNameQuerySet.as_manager()
    history = HistoricalRecords(bases=[ImportedHistory], excluded_fields=["name_key"])

    class Meta:
        verbose_name = _("出来事の別名")
        verbose_name_plural = pgettext_lazy("plural", "出来事の別名")
        ordering = ["event", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "name"],
                name="event_name_unique",
                violation_error_message=_("この出来事には同じ別名がすでにあります。"),
            ),
        ]

    def natural_key(self):
        return (self.event.code, self.name)

    natural_key.dependencies = ["timeline.event"]
