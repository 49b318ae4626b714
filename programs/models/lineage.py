from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from records.fields import FiscalYearField
from spreadsheets.models import ImportedHistory

from .program import Program
from .source import Source


class LineageQuerySet(models.QuerySet):
    def get_by_natural_key(self, from_code, to_code, kind):
        return self.get(from_program__code=from_code, to_program__code=to_code, kind=kind)


class Lineage(models.Model):
    """`from_program` became, or belongs to, `to_program` in a fiscal year."""

    class Kind(models.TextChoices):
        RENAMED = "renamed", _("改称")
        SUCCEEDED = "succeeded", _("後継")
        MERGED = "merged", _("統合")
        SPLIT = "split", _("分割")
        PART_OF = "part_of", _("一部")

    from_program = models.ForeignKey(
        Program, verbose_name=_("元の施策"), on_delete=models.CASCADE, related_name="lineage_to"
    )
    to_program = models.ForeignKey(
        Program, verbose_name=_("先の施策"), on_delete=models.CASCADE, related_name="lineage_from"
    )
    kind = models.CharField(_("関係"), max_length=10, choices=Kind)
    fiscal_year = FiscalYearField(_("年度"), null=True, blank=True)
    source = models.ForeignKey(
        Source,
        verbose_name=_("出典"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = LineageQuerySet.as_manager()
    history = HistoricalRecords(bases=[ImportedHistory])

    class Meta:
        verbose_name = _("系統")
        verbose_name_plural = pgettext_lazy("plural", "系統")
        ordering = ["fiscal_year", "from_program", "to_program"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_program", "to_program", "kind"],
                name="lineage_unique",
                violation_error_message=_("同じ系統がすでにあります。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(from_program=models.F("to_program")),
                name="lineage_not_to_itself",
                violation_error_message=_("施策は自分自身の後継にはなれません。"),
            ),
        ]

    def __str__(self):
        return f"{self.from_program} → {self.to_program}"

    def natural_key(self):
        return (self.from_program.code, self.to_program.code, self.kind)

    natural_key.dependencies = ["programs.program"]

    def clean(self):
        if self.from_program_id is None or self.to_program_id is None:
            return
        others = Lineage.objects.exclude(pk=self.pk).values_list("from_program", "to_program")
        if leads_back(list(others), self.to_program_id, self.from_program_id):
            raise ValidationError(
                _("「%(to)s」からたどると「%(from)s」に戻り、系統が輪になります。")
                % {"to": self.to_program.name_ja, "from": self.from_program.name_ja},
                code="lineage_cycle",
            )


def leads_back(edges, start, goal):
    """Whether `goal` can be reached from `start` along the (from, to) pairs of `edges`."""
    successors = {}
    for origin, target in edges:
        successors.setdefault(origin, []).append(target)
    frontier, seen = [start], set()
    while frontier:
        node = frontier.pop()
        if node == goal:
            return True
        if node not in seen:
            seen.add(node)
            frontier.extend(successors.get(node, []))
    return False
