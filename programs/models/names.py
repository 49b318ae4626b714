from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from records.fields import DerivedCharField, FiscalYearField
from records.models import CodeQuerySet
from spreadsheets.models import ImportedHistory
from values.text_key import text_key

from ..names import KEY_LENGTH, Rank, name_key, named
from .source import Source


def name_key_field(name):
    """The column that a name of the row is found by, however it is typed; index it in Meta.

    It may be null, though no row leaves it so: else SQLite would make the table anew to add it,
    and forget which primary keys were given and deleted, by which history knows its records.
    """
    return DerivedCharField(
        verbose_name=_("照合用の名"),
        max_length=KEY_LENGTH,
        null=True,
        blank=True,
        derive=lambda row: name_key(getattr(row, name)),
    )


class NamedQuerySet(CodeQuerySet):
    """Records found by their names; each name of their own has its key in `<name>_key`."""

    own_names = ("name_ja", "name_en")
    abbreviation = ""
    has_other_names = True

    def named(self, texts):
        """Return {text: [records]} of the texts that name a record, or several."""
        return named(self, texts)

    def bearing(self, keys, *, by_code=False):
        """Yield (key, rank, record) of each record with a name of one of these text_keys.

        Two queries for any number of keys.
        """
        columns = dict.fromkeys(self.own_names, Rank.OWN)
        if self.abbreviation:
            columns[self.abbreviation] = Rank.ABBREVIATION
        cut = {key[:KEY_LENGTH] for key in keys}
        is_named = Q(code__any_of=keys) if by_code else Q()
        for name in columns:
            is_named |= Q(**{f"{name}_key__any_of": cut})
        for record in self.filter(is_named).order_by():
            if by_code and record.code in keys:
                yield record.code, Rank.OWN, record
            for name, rank in columns.items():
                if (key := text_key(getattr(record, name))) in keys:
                    yield key, rank, record
        if self.has_other_names:
            records = self.filter(names__name_key__any_of=cut).order_by()
            for record in records.annotate(other_name=F("names__name")):
                if (key := text_key(record.other_name)) in keys:
                    yield key, Rank.OTHER, record

    def all_names(self):
        """Yield (name, code) of every own and other name, to find what a misspelt one meant."""
        for field in filter(None, ("code", *self.own_names, self.abbreviation)):
            yield from self.exclude(**{field: ""}).values_list(field, "code")
        if self.has_other_names:
            yield from self.exclude(names=None).values_list("names__name", "code")

    def matching(self, text):
        """Records that bear every word of `text` in one of their names, widths folded."""
        matches = self
        for key in filter(None, map(text_key, text.split())):
            by_other_name = self.model.objects.filter(names__name_key__contains=key)
            matches = matches.filter(
                Q(search_key__contains=key) | Q(pk__in=by_other_name.values("pk"))
            )
        return matches


class AlternativeName(models.Model):
    """Another name under which a record is known; `name_key` is what text is matched by."""

    name = models.CharField(_("名前"), max_length=200)
    name_key = DerivedCharField(
        verbose_name=_("照合用の名"),
        max_length=KEY_LENGTH,
        db_index=True,
        derive=lambda row: name_key(row.name),
    )
    source = models.ForeignKey(
        Source,
        verbose_name=_("出典"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        abstract = True

    def __str__(self):
        return self.name


class ProgramNameQuerySet(models.QuerySet):
    def get_by_natural_key(self, program_code, kind, name):
        return self.get(program__code=program_code, kind=kind, name=name)


class ProgramName(AlternativeName):
    """A former, short, popular, English or misprinted name; both its years are inclusive."""

    class Kind(models.TextChoices):
        FORMER = "former", _("旧称")
        ABBREVIATION = "abbreviation", _("略称")
        POPULAR = "popular", _("通称")
        READING = "reading", _("読み")
        ENGLISH = "english", _("英語")
        MISPRINT = "misprint", _("誤記")

    program = models.ForeignKey(
        "programs.Program", verbose_name=_("施策"), on_delete=models.CASCADE, related_name="names"
    )
    kind = models.CharField(_("種類"), max_length=12, choices=Kind)
    first_fiscal_year = FiscalYearField(_("最初の年度"), null=True, blank=True)
    last_fiscal_year = FiscalYearField(_("最後の年度"), null=True, blank=True)

    objects = ProgramNameQuerySet.as_manager()
    history = HistoricalRecords(bases=[ImportedHistory], excluded_fields=["name_key"])

    class Meta:
        verbose_name = _("別名")
        verbose_name_plural = pgettext_lazy("plural", "別名")
        ordering = ["program", "first_fiscal_year", "kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "kind", "name"],
                name="program_name_unique",
                violation_error_message=_("この施策には同じ種類の同じ別名がすでにあります。"),
            ),
            models.CheckConstraint(
                condition=models.Q(last_fiscal_year__isnull=True)
                | models.Q(first_fiscal_year__isnull=True)
                | models.Q(last_fiscal_year__gte=models.F("first_fiscal_year")),
                name="program_name_years_in_order",
                violation_error_message=_("別名の最後の年度が最初の年度より前です。"),
            ),
        ]

    def natural_key(self):
        return (self.program.code, self.kind, self.name)

    natural_key.dependencies = ["programs.program"]


class ProgramIdentifierQuerySet(models.QuerySet):
    def get_by_natural_key(self, scheme, value, fiscal_year):
        return self.get(scheme=scheme, value=value, fiscal_year=fiscal_year)


class ProgramIdentifier(models.Model):
    """The number somebody else knows a programme by; review sheet numbers change every year."""

    class Scheme(models.TextChoices):
        REVIEW_SHEET = "review_sheet", _("行政事業レビュー事業番号")
        RS_SYSTEM = "rs_system", _("RSシステム予算事業ID")
        AWARD_PREFIX = "award_prefix", _("体系的番号")
        ERAD = "erad", _("e-Rad事業コード")
        STIP_COMPASS = "stip_compass", _("STIP Compass")
        OTHER = "other", _("その他")

    program = models.ForeignKey(
        "programs.Program",
        verbose_name=_("施策"),
        on_delete=models.CASCADE,
        related_name="identifiers",
    )
    scheme = models.CharField(_("番号の種類"), max_length=14, choices=Scheme)
    value = models.CharField(
        _("番号"),
        max_length=100,
        help_text=_("レビュー事業番号は「府省庁/番号」と書きます（例 文部科学省/0132）。"),
    )
    fiscal_year = FiscalYearField(
        _("公開年度"), null=True, blank=True, help_text=_("年ごとに変わらない番号では空欄。")
    )
    source = models.ForeignKey(
        Source,
        verbose_name=_("出典"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = ProgramIdentifierQuerySet.as_manager()
    history = HistoricalRecords(bases=[ImportedHistory])

    class Meta:
        verbose_name = _("番号")
        verbose_name_plural = pgettext_lazy("plural", "番号")
        ordering = ["program", "scheme", "fiscal_year", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value", "fiscal_year"],
                name="program_identifier_unique",
                violation_error_message=_("同じ年度の同じ番号がすでにあります。"),
            ),
            models.UniqueConstraint(
                fields=["scheme", "value"],
                condition=models.Q(fiscal_year__isnull=True),
                name="program_identifier_permanent_unique",
                violation_error_message=_("同じ番号がすでにあります。"),
            ),
        ]

    def __str__(self):
        return self.value

    def natural_key(self):
        return (self.scheme, self.value, self.fiscal_year)
