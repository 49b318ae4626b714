from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from records.fields import FiscalYearField
from spreadsheets.models import ImportedHistory

from .source import Source


class YearlyBudgetQuerySet(models.QuerySet):
    def get_by_natural_key(self, program_code, fiscal_year, basis):
        return self.get(program__code=program_code, fiscal_year=fiscal_year, basis=basis)


class YearlyBudget(models.Model):
    """One amount of one programme in one fiscal year on one basis, in yen.

    Amounts are stored, tiers never. What a sheet prints as negative (carried out, cuts by a
    supplementary budget) is negative here.
    """

    class Basis(models.TextChoices):
        INITIAL = "initial", _("当初予算")
        SUPPLEMENTARY = "supplementary", _("補正予算")
        CARRIED_IN = "carried_in", _("前年度から繰越し")
        CARRIED_OUT = "carried_out", _("翌年度へ繰越し")
        RESERVE = "reserve", _("予備費等")
        TOTAL = "total", _("予算計")
        EXECUTED = "executed", _("執行額")
        REQUEST = "request", _("要求額")

    class Unit(models.TextChoices):
        YEN = "yen", _("円")
        THOUSAND_YEN = "thousand_yen", _("千円")
        MAN_YEN = "man_yen", _("万円")
        MILLION_YEN = "million_yen", _("百万円")
        OKU_YEN = "oku_yen", _("億円")
        BILLION_YEN = "billion_yen", _("十億円")
        TRILLION_YEN = "trillion_yen", _("兆円")

    program = models.ForeignKey(
        "programs.Program", verbose_name=_("施策"), on_delete=models.CASCADE, related_name="budgets"
    )
    fiscal_year = FiscalYearField(_("年度"))
    basis = models.CharField(_("区分"), max_length=14, choices=Basis)
    amount_yen = models.BigIntegerField(_("金額（円）"))
    reported_unit = models.CharField(
        _("出典の単位"),
        max_length=12,
        choices=Unit,
        default=Unit.YEN,
        help_text=_("出典が金額を示す単位。丸めの幅が分かります。"),
    )
    source = models.ForeignKey(
        Source,
        verbose_name=_("出典"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="budgets",
    )
    source_locator = models.CharField(
        _("出典の箇所"), max_length=100, blank=True, help_text=_("頁、シートの番号など。")
    )

    objects = YearlyBudgetQuerySet.as_manager()
    history = HistoricalRecords(bases=[ImportedHistory])

    class Meta:
        verbose_name = _("年度予算")
        verbose_name_plural = pgettext_lazy("plural", "年度予算")
        ordering = ["program", "fiscal_year", "basis"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "fiscal_year", "basis"],
                name="yearly_budget_unique",
                violation_error_message=_("この施策のこの年度・区分の金額はすでにあります。"),
            ),
        ]

    def __str__(self):
        return f"{self.program} {self.fiscal_year} {self.get_basis_display()}"

    def natural_key(self):
        return (self.program.code, self.fiscal_year, self.basis)

    natural_key.dependencies = ["programs.program"]
