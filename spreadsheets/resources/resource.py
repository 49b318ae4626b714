"""The base of every Resource: a sheet with Japanese headings and natural keys."""

from django.utils.translation import override
from import_export.fields import Field

from .cells import cell_for
from .stock_import import StockImport


class SheetResource(StockImport):
    """Columns are the model fields that Meta.fields lists, headed by their Japanese names.

    `cell_widgets` gives fields another widget than the one that follows from the field's kind.
    The import engine of this site (spreadsheets.importing) reads them; StockImport lets the engine
    of the package itself run the same sheets.

    What our engine asks besides:

    aliases           further headings by field name
    years             YearColumns (understanding.columns), where a sheet may have a column a year
    virtual_columns   columns of other shapes of the sheet, consumed by `complete_rows`
    carried_down      fields whose blank cells mean the cell above
    amount_and_unit   the field of an amount and the one that keeps the unit it was given in
    units             spellings of units that headings and cells may name
    shared_column     the field that pages and commands offer one value for all rows of, as a source
    wide              spreadsheets.exporting.wide.WideForm, where export offers a column a year
    """

    cell_widgets = {}
    aliases = {}
    years = None
    virtual_columns = ()
    carried_down = frozenset()
    amount_and_unit = ("", "")
    units = ()
    shared_column = ""
    wide = None

    @classmethod
    def field_from_django_field(cls, field_name, django_field, readonly):
        with override("ja"):
            heading = str(django_field.verbose_name)
        return Field(
            attribute=field_name,
            column_name=heading,
            widget=cls.cell_widgets.get(field_name) or cell_for(django_field),
            default=django_field.default,
            readonly=readonly,
        )

    @classmethod
    def get_display_name(cls):
        return str(cls._meta.model._meta.verbose_name)

    def related(self, queryset):
        """Fetch with the rows what their cells print."""
        model_fields = [self._meta.model._meta.get_field(name) for name in self.fields]
        paths = [
            field.name
            if len(finder.lookups) == 1
            else f"{field.name}__{finder.lookups[0].rpartition('__')[0]}"
            for field in model_fields
            if field.many_to_one
            for finder in [self.fields[field.name].widget.finder]
        ]
        lists = [field.name for field in model_fields if field.many_to_many]
        return queryset.select_related(*paths).prefetch_related(*lists)

    def complete_rows(self, names, rows, constants, places):
        """Turn the rows of another shape of the sheet into rows of this one.

        Takes and returns column names and (Excel row, cells); issues come third, and notices may
        come fourth. `places` are the letter and the heading of each column. Cells filled in
        without a value are ERASED or KEPT (resources.cells).
        """
        return names, rows, []

    def flags(self, changes):
        """Say what else looks wrong in amounts: index of an AmountChange → its flags."""
        return {}

    def get_queryset(self):
        return self.related(super().get_queryset())

    def key_headings(self):
        return [self.fields[name].column_name for name in self.get_import_id_fields()]
