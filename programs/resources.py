"""The sheets of programmes: one Resource a sheet, rows named by natural keys."""

from functools import cached_property

from spreadsheets.exporting.wide import WideForm
from spreadsheets.registry import register
from spreadsheets.resources.cells import ParsedCell
from spreadsheets.resources.resource import SheetResource
from spreadsheets.understanding.columns import Column, YearColumns
from values import budget_words, corporate_number
from values.yen_units import UNIT_NAMES

from .models import (
    Lineage,
    Organization,
    Program,
    ProgramIdentifier,
    ProgramName,
    Source,
    YearlyBudget,
)
from .sheets.budget_flags import budget_flags
from .sheets.cells import AmountCell, BasisCell, FiscalYearCell, basis_name
from .sheets.date_columns import DateColumns, DayCell, settle_dates
from .sheets.periods import PERIOD, split_periods
from .sheets.proposed_codes import CodeProposals


@register("sources")
class SourceResource(SheetResource):
    cell_widgets = {"published_on": DayCell(), "accessed_on": DayCell()}

    class Meta:
        model = Source
        import_id_fields = ["code"]
        fields = [
            "code",
            "title",
            "publisher",
            "url",
            "licence",
            "published_on",
            "accessed_on",
            "archive_url",
            "note",
        ]

    @cached_property
    def codes(self):
        return CodeProposals(Source, name="title")

    def complete_rows(self, names, rows, constants, places):
        """A row without a code is proposed one; dates as sheets have them."""
        names, rows = self.codes.complete(names, rows, places)
        dates = DateColumns(places)
        rows = settle_dates(names, rows, ("published_on", "accessed_on"), dates)
        return names, rows, self.codes.issues, [*self.codes.notices, *dates.notices]


class CorporateNumberCell(ParsedCell):
    accepts = "法人番号13桁。全角でも、間に空白やハイフンがあっても読めます。"

    def __init__(self):
        super().__init__(corporate_number.parse)

    def clean(self, value, row=None, **kwargs):
        return super().clean(value) or ""


@register("organizations")
class OrganizationResource(SheetResource):
    aliases = {"name_ja": ("機関名", "組織名", "法人名", "機関"), "parent": ("親機関", "上位機関")}
    cell_widgets = {"corporate_number": CorporateNumberCell()}

    class Meta:
        model = Organization
        import_id_fields = ["code"]
        fields = ["code", "name_ja", "name_en", "short_name", "corporate_number", "parent"]

    @cached_property
    def codes(self):
        return CodeProposals(Organization, name="name_ja", slugs=("short_name", "name_en"))

    def complete_rows(self, names, rows, constants, places):
        """A row without a code is proposed one."""
        return *self.codes.complete(names, rows, places), self.codes.issues, self.codes.notices


@register("programs")
class ProgramResource(SheetResource):
    cell_widgets = {
        "start_fiscal_year": FiscalYearCell(),
        "end_fiscal_year": FiscalYearCell(),
    }
    virtual_columns = (PERIOD,)
    aliases = {
        "name_ja": ("施策名", "事業名", "プログラム名", "施策"),
        "lead_organization": ("担当府省",),
    }

    shared_column = "source"

    class Meta:
        model = Program
        import_id_fields = ["code"]
        fields = [
            "code",
            "name_ja",
            "name_en",
            "abbreviation",
            "summary_ja",
            "summary_en",
            "lead_organization",
            "organizations",
            "start_fiscal_year",
            "end_fiscal_year",
            "end_state",
            "has_own_budget",
            "official_url",
            "themes",
            "source",
        ]

    @cached_property
    def codes(self):
        return CodeProposals(Program, name="name_ja", slugs=("abbreviation", "name_en"))

    def complete_rows(self, names, rows, constants, places):
        """A row without a code is proposed one; a period in one cell is a start and an end."""
        names, rows = self.codes.complete(names, rows, places)
        names, rows, issues, notices = split_periods(names, rows, constants, places)
        return names, rows, [*self.codes.issues, *issues], [*self.codes.notices, *notices]


@register("names")
class ProgramNameResource(SheetResource):
    cell_widgets = {
        "first_fiscal_year": FiscalYearCell(),
        "last_fiscal_year": FiscalYearCell(),
    }

    shared_column = "source"

    class Meta:
        model = ProgramName
        import_id_fields = ["program", "kind", "name"]
        fields = ["program", "kind", "name", "first_fiscal_year", "last_fiscal_year", "source"]


@register("identifiers")
class ProgramIdentifierResource(SheetResource):
    cell_widgets = {"fiscal_year": FiscalYearCell()}

    shared_column = "source"

    class Meta:
        model = ProgramIdentifier
        import_id_fields = ["scheme", "value", "fiscal_year"]
        fields = ["program", "scheme", "value", "fiscal_year", "source"]


@register("budgets")
class YearlyBudgetResource(SheetResource):
    cell_widgets = {
        "fiscal_year": FiscalYearCell(),
        "amount_yen": AmountCell(),
        "basis": BasisCell(YearlyBudget.Basis.choices),
    }
    aliases = {
        "program": (
            "施策コード",
            "施策名",
            "事業名",
            "事業",
            "プログラム",
            "プログラム名",
            "施策・事業名",
            "事業・施策名",
            "program code",
            "program",
            "programme name",
            "program name",
        ),
        "fiscal_year": ("会計年度", "予算年度", "year"),
        "basis": ("予算区分", "予算の種類", "kind", "budget type"),
        "amount_yen": ("金額", "予算額", "amount"),
    }
    years = YearColumns(
        value="amount_yen",
        year="fiscal_year",
        kind="basis",
        kind_of=basis_name,
        is_value=budget_words.is_amount,
        not_stored=budget_words.not_stored,
        is_part=budget_words.is_ministry,
        word_of=budget_words.word_of_amount,
    )
    virtual_columns = (Column("unit", ("単位", "unit"), is_unit=True),)
    carried_down = frozenset({"program", "basis"})
    wide = WideForm(
        across="fiscal_year",
        value="amount_yen",
        heading="{year}年度（{unit}）",
        units={"百万円": 1_000_000, "円": 1},
    )
    amount_and_unit = ("amount_yen", "reported_unit")
    units = tuple(UNIT_NAMES.values())

    shared_column = "source"

    class Meta:
        model = YearlyBudget
        import_id_fields = ["program", "fiscal_year", "basis"]
        fields = [
            "program",
            "fiscal_year",
            "basis",
            "amount_yen",
            "reported_unit",
            "source",
            "source_locator",
        ]

    def complete_rows(self, names, rows, constants, places):
        """A row's 単位 counts its amount, and is the unit reported unless 出典の単位 says so."""
        if "unit" not in names:
            return names, rows, []
        at = names.index("unit")
        if "reported_unit" not in names:
            return [*names[:at], "reported_unit", *names[at + 1 :]], rows, []
        rows = [(row, (*cells[:at], *cells[at + 1 :])) for row, cells in rows]
        return [*names[:at], *names[at + 1 :]], rows, []

    def flags(self, changes):
        return budget_flags(changes)


@register("lineage")
class LineageResource(SheetResource):
    cell_widgets = {"fiscal_year": FiscalYearCell()}

    shared_column = "source"

    class Meta:
        model = Lineage
        import_id_fields = ["from_program", "to_program", "kind"]
        fields = ["from_program", "to_program", "kind", "fiscal_year", "source"]
