"""The sheets of programmes: one Resource a sheet, rows named by natural keys."""

from spreadsheets.cells import NumberCell
from spreadsheets.registry import register
from spreadsheets.resource import SheetResource

from . import fiscal_year, money
from .models import (
    Lineage,
    Organization,
    Program,
    ProgramIdentifier,
    ProgramName,
    Source,
    YearlyBudget,
)


class FiscalYearCell(NumberCell):
    """Reads 2016, 2016年度, H28 or 平成28年度; writes 2016."""

    def __init__(self):
        super().__init__(lambda text: fiscal_year.parse(text, calendar_year_ok=True).year)


class AmountCell(NumberCell):
    """Yen. Reads plain digits, 1,234, ▲1,234 and amounts with their unit, as 12億円."""

    def __init__(self):
        super().__init__(lambda text: money.parse_amount(text).yen)


@register("sources")
class SourceResource(SheetResource):
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


@register("organizations")
class OrganizationResource(SheetResource):
    class Meta:
        model = Organization
        import_id_fields = ["code"]
        fields = ["code", "name_ja", "name_en", "short_name", "corporate_number", "parent"]


@register("programs")
class ProgramResource(SheetResource):
    cell_widgets = {
        "start_fiscal_year": FiscalYearCell(),
        "end_fiscal_year": FiscalYearCell(),
    }

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


@register("names")
class ProgramNameResource(SheetResource):
    cell_widgets = {
        "first_fiscal_year": FiscalYearCell(),
        "last_fiscal_year": FiscalYearCell(),
    }

    class Meta:
        model = ProgramName
        import_id_fields = ["program", "kind", "name"]
        fields = ["program", "kind", "name", "first_fiscal_year", "last_fiscal_year", "source"]


@register("identifiers")
class ProgramIdentifierResource(SheetResource):
    cell_widgets = {"fiscal_year": FiscalYearCell()}

    class Meta:
        model = ProgramIdentifier
        import_id_fields = ["scheme", "value", "fiscal_year"]
        fields = ["program", "scheme", "value", "fiscal_year", "source"]


@register("budgets")
class YearlyBudgetResource(SheetResource):
    cell_widgets = {"fiscal_year": FiscalYearCell(), "amount_yen": AmountCell()}

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


@register("lineage")
class LineageResource(SheetResource):
    cell_widgets = {"fiscal_year": FiscalYearCell()}

    class Meta:
        model = Lineage
        import_id_fields = ["from_program", "to_program", "kind"]
        fields = ["from_program", "to_program", "kind", "fiscal_year", "source"]
