from django.db import models
from django.db.models import Count, Max, Min, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from records.fields import (
    DerivedTextField,
    FiscalYearField,
    LongTextField,
    WebAddressField,
)
from records.models import CodedModel, PairedText
from spreadsheets.models import ImportedHistory
from values.tiers import TierScale

from ..names import search_key
from .budget import YearlyBudget
from .names import NamedQuerySet, ProgramName, name_key_field
from .organization import Organization
from .source import Source


class Theme(CodedModel):
    """A policy theme, by default one of the OECD STIP Compass (TH25 …)."""

    name_ja = models.CharField(_("名称"), max_length=200)
    name_en = models.CharField(_("英語名称"), max_length=200, blank=True)

    name = PairedText("name")

    class Meta:
        verbose_name = _("テーマ")
        verbose_name_plural = pgettext_lazy("plural", "テーマ")
        ordering = ["code"]

    def __str__(self):
        return self.name


class EndState(models.TextChoices):
    KNOWN = "known", _("終了年度が分かっている")
    ONGOING = "ongoing", _("継続中")
    UNKNOWN = "unknown", _("不明")


def program_search_key(program):
    return search_key(program.name_ja, program.name_en, program.abbreviation)


class ProgramQuerySet(NamedQuerySet):
    abbreviation = "abbreviation"

    def remember_name(self, program, text):
        """Keep what people write for a programme as one of its popular names, if it has room."""
        name, kind = " ".join(text.split()), ProgramName.Kind.POPULAR
        if len(name) <= ProgramName._meta.get_field("name").max_length:
            ProgramName.objects.get_or_create(program=program, kind=kind, name=name)

    def for_list(self):
        """Programmes with what a list prints of them, in two queries.

        `initial_budgets` holds the initial budgets, newest first, each with its source.
        """
        return self.select_related("lead_organization").prefetch_related(
            Prefetch(
                "budgets",
                queryset=YearlyBudget.objects.filter(basis=YearlyBudget.Basis.INITIAL)
                .select_related("source")
                .order_by("-fiscal_year"),
                to_attr="initial_budgets",
            )
        )

    def for_detail(self):
        """One programme's page: names, identifiers, budgets, lineage, each with its source."""
        return self.select_related("lead_organization", "source").prefetch_related(
            "organizations",
            "themes",
            "names__source",
            "identifiers__source",
            "budgets__source",
            "lineage_to__to_program",
            "lineage_to__source",
            "lineage_from__from_program",
            "lineage_from__source",
        )

    def running_in(self, fiscal_year):
        """Programmes that may run in a fiscal year: started by then and not known to have ended.

        A start that is not known does not count as running.
        """
        return self.filter(start_fiscal_year__lte=fiscal_year).filter(
            Q(end_fiscal_year__isnull=True) | Q(end_fiscal_year__gte=fiscal_year)
        )

    def of_organization(self, organization):
        """Programmes that an organisation leads or takes part in."""
        taking_part = self.model.objects.filter(organizations=organization)
        return self.filter(Q(lead_organization=organization) | Q(pk__in=taking_part.values("pk")))

    def in_tier(self, tier, fiscal_year=None):
        """Programmes whose initial budget is of a tier, in a fiscal year or in any."""
        first, above = TierScale.of(tier.scheme.tiers.rules()).amounts(tier.letter)
        budgets = YearlyBudget.objects.filter(
            basis=YearlyBudget.Basis.INITIAL, amount_yen__gte=first
        )
        if above is not None:
            budgets = budgets.filter(amount_yen__lt=above)
        if fiscal_year:
            budgets = budgets.filter(fiscal_year=fiscal_year)
        return self.filter(pk__in=budgets.values("program"))

    def with_budgets_of(self, source):
        """Programmes with an amount from `source`: `amount_count`, `first_year`, `last_year`."""
        return (
            self.filter(budgets__source=source)
            .annotate(
                amount_count=Count("budgets"),
                first_year=Min("budgets__fiscal_year"),
                last_year=Max("budgets__fiscal_year"),
            )
            .order_by("name_ja", "code")
        )


class Program(CodedModel):
    """A programme (施策・事業), the same record through all its names and review sheets.

    Fiscal years are the Gregorian years in which they begin; both ends are inclusive.
    """

    name_ja = models.CharField(_("名称"), max_length=200)
    name_en = models.CharField(_("英語名称"), max_length=250, blank=True)
    abbreviation = models.CharField(
        _("略称"),
        max_length=40,
        blank=True,
        help_text=_("同じ略称の別の施策があってもかまいません。"),
    )
    summary_ja = LongTextField(_("概要"), blank=True)
    summary_en = LongTextField(_("英語概要"), blank=True)
    lead_organization = models.ForeignKey(
        Organization,
        verbose_name=_("所管"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="led_programs",
    )
    organizations = models.ManyToManyField(
        Organization,
        verbose_name=_("実施・関係機関"),
        blank=True,
        related_name="programs",
    )
    start_fiscal_year = FiscalYearField(
        _("開始年度"), null=True, blank=True, help_text=_("西暦。4月に始まる年度です。")
    )
    end_fiscal_year = FiscalYearField(
        _("終了年度"), null=True, blank=True, help_text=_("最後に実施した（する）年度。")
    )
    end_state = models.CharField(
        _("終わり"), max_length=10, choices=EndState, default=EndState.UNKNOWN
    )
    has_own_budget = models.BooleanField(
        _("独立した予算を持つ"),
        default=True,
        help_text=_("運営費交付金等の内数で、額を分けられないときは外します。"),
    )
    official_url = WebAddressField(_("公式サイト"), max_length=500, blank=True)
    themes = models.ManyToManyField(
        Theme, verbose_name=_("テーマ"), blank=True, related_name="programs"
    )
    source = models.ForeignKey(
        Source,
        verbose_name=_("出典"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="programs",
        help_text=_("名称と期間の出典。"),
    )
    search_key = DerivedTextField(_("検索用の名"), derive=program_search_key)
    name_ja_key = name_key_field("name_ja")
    name_en_key = name_key_field("name_en")
    abbreviation_key = name_key_field("abbreviation")

    name = PairedText("name")
    summary = PairedText("summary")
    objects = ProgramQuerySet.as_manager()
    history = HistoricalRecords(
        bases=[ImportedHistory],
        excluded_fields=["search_key", "name_ja_key", "name_en_key", "abbreviation_key"],
        m2m_fields=["organizations", "themes"],
    )

    class Meta:
        verbose_name = _("施策")
        verbose_name_plural = pgettext_lazy("plural", "施策")
        ordering = ["name_ja", "code"]
        indexes = [
            models.Index(fields=["name_ja_key"], name="program_name_ja_key"),
            models.Index(fields=["name_en_key"], name="program_name_en_key"),
            models.Index(fields=["abbreviation_key"], name="program_abbreviation_key"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end_fiscal_year__isnull=True)
                | models.Q(start_fiscal_year__isnull=True)
                | models.Q(end_fiscal_year__gte=models.F("start_fiscal_year")),
                name="program_end_not_before_start",
                violation_error_message=_(
                    "終了年度が開始年度より前です。どちらかを直してください。"
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(end_state="known", end_fiscal_year__isnull=False)
                | (~models.Q(end_state="known") & models.Q(end_fiscal_year__isnull=True)),
                name="program_end_state_agrees_with_end_year",
                violation_error_message=_(
                    "終了年度は「終了年度が分かっている」ときだけ、そのときは必ず入れてください。"
                ),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("programs:program-detail", args=[self.code])
