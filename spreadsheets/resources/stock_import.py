"""What the import engine of django-import-export itself asks of a Resource.

The site imports by its own engine, which plans and writes in bulk. That the stock engine, row by
row, comes to the same records is what tests/spreadsheets/test_oracle.py proves.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.resources import ModelResource
from import_export.results import Result
from import_export.widgets import ManyToManyWidget

from values.text_key import text_key

from .cells import cell_text


class SheetResult(Result):
    """A result that counts rows as the spreadsheet does: the headings are row 1."""

    def append_invalid_row(self, number, row, validation_error):
        super().append_invalid_row(number + 1, row, validation_error)

    def append_error_row(self, number, row, errors):
        super().append_error_row(number + 1, row, errors)


class StockImport(ModelResource):
    """A Resource that the stock engine takes whole or not at all."""

    class Meta:
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True

    @classmethod
    def get_result_class(cls):
        return SheetResult

    def import_data(self, dataset, *args, **kwargs):
        kwargs.setdefault("rollback_on_validation_errors", True)
        return super().import_data(dataset, *args, **kwargs)

    def before_import(self, dataset, **kwargs):
        """Accept field names and other widths for headings; refuse a heading nobody knows."""
        headings = {text_key(name): field.column_name for name, field in self.fields.items()}
        headings |= {text_key(f.column_name): f.column_name for f in self.fields.values()}
        unknown = [name for name in dataset.headers if text_key(name) not in headings]
        if unknown:
            del dataset[: len(dataset)]
            raise ValueError(
                _("見出し「%(unknown)s」は使えません。使える見出しは、%(known)s です。")
                % {
                    "unknown": "」「".join(unknown),
                    "known": "、".join(field.column_name for field in self.get_import_fields()),
                }
            )
        dataset.headers = [headings[text_key(name)] for name in dataset.headers]
        missing = [name for name in self.key_headings() if name not in dataset.headers]
        if missing:
            del dataset[: len(dataset)]
            raise ValueError(
                _("行を見分ける列「%(missing)s」がありません。書き出した表を基にしてください。")
                % {"missing": "」「".join(missing)}
            )
        self.rows_by_key = {}

    def before_import_row(self, row, row_number=None, **kwargs):
        columns = self.key_headings()
        key = tuple(text_key(cell_text(row[column])) for column in columns)
        first = self.rows_by_key.setdefault(key, row_number)
        if first != row_number:
            raise ValidationError(
                _("%(first)s行目と同じ「%(columns)s」です。どちらかの行を消してください。")
                % {"first": first + 1, "columns": "・".join(columns)}
            )
        faults = self.faults(row, [self.fields[name] for name in self.get_import_id_fields()])
        if faults:
            raise ValidationError(faults)

    def import_instance(self, instance, row, **kwargs):
        """Read the cells, and those of many-to-many columns too, so that errors name the column."""
        errors = {}
        try:
            super().import_instance(instance, row, **kwargs)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        lists = [
            field
            for field in self.get_import_fields()
            if isinstance(field.widget, ManyToManyWidget) and field.column_name in row
        ]
        errors |= self.faults(row, lists)
        if errors:
            raise ValidationError(errors)

    def faults(self, row, fields):
        """Return the errors of those of `fields` whose cells cannot be read."""
        faults = {}
        for field in fields:
            try:
                field.clean(row)
            except ValueError as error:
                faults[field.attribute] = [ValidationError(str(error))]
        return faults

    def import_row(self, row, instance_loader, **kwargs):
        result = super().import_row(row, instance_loader, **kwargs)
        if hasattr(result.validation_error, "error_dict"):
            result.validation_error = ValidationError(
                {
                    self.fields[name].column_name if name in self.fields else name: errors
                    for name, errors in result.validation_error.error_dict.items()
                }
            )
        return result
