from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from records.models import CodedModel, PairedText
from spreadsheets.models import ImportedHistory
from values.tiers import TierRule


class TierScheme(CodedModel):
    """A set of budget classes as one report's legend states them."""

    name_ja = models.CharField(_("名称"), max_length=100)
    name_en = models.CharField(_("英語名称"), max_length=100, blank=True)

    name = PairedText("name")
    history = HistoricalRecords(bases=[ImportedHistory])

    class Meta:
        verbose_name = _("予算区分の定義")
        verbose_name_plural = pgettext_lazy("plural", "予算区分の定義")
        ordering = ["code"]

    def __str__(self):
        return self.name


class TierQuerySet(models.QuerySet):
    def default(self):
        """The tiers of the first scheme made: what A, B and C mean without a figure."""
        return self.filter(scheme=TierScheme.objects.order_by("pk").values("pk")[:1])

    def rules(self):
        """The tiers as rules, as a figure and a filter apply them."""
        return tuple(
            TierRule(
                tier.letter,
                tier.label_ja,
                tier.label_en,
                tier.lower_bound_yen,
                tier.is_lower_bound_included,
            )
            for tier in self
        )

    def get_by_natural_key(self, scheme_code, letter):
        return self.get(scheme__code=scheme_code, letter=letter)


class Tier(models.Model):
    """One class of a scheme: from its lower bound, in yen, up to the next higher tier's."""

    scheme = models.ForeignKey(
        TierScheme, verbose_name=_("定義"), on_delete=models.CASCADE, related_name="tiers"
    )
    letter = models.CharField(_("記号"), max_length=1)
    label_ja = models.CharField(_("表示"), max_length=60, help_text=_("例 50億円以上"))
    label_en = models.CharField(_("英語表示"), max_length=60, blank=True)
    lower_bound_yen = models.BigIntegerField(_("下限（円）"))
    is_lower_bound_included = models.BooleanField(
        _("下限を含む"), default=False, help_text=_("「以上」なら含み、「超」なら含みません。")
    )

    label = PairedText("label")
    objects = TierQuerySet.as_manager()
    history = HistoricalRecords(bases=[ImportedHistory])

    class Meta:
        verbose_name = _("予算区分")
        verbose_name_plural = pgettext_lazy("plural", "予算区分")
        ordering = ["scheme", "-lower_bound_yen"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "letter"],
                name="tier_letter_unique",
                violation_error_message=_("この記号はすでに使われています。"),
            ),
            models.UniqueConstraint(
                fields=["scheme", "lower_bound_yen"],
                name="tier_lower_bound_unique",
                violation_error_message=_("同じ下限の区分がすでにあります。"),
            ),
        ]

    def __str__(self):
        return f"{self.letter} {self.label}"

    def natural_key(self):
        return (self.scheme.code, self.letter)

    natural_key.dependencies = ["programs.tierscheme"]
