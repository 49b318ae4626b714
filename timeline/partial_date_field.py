from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from .partial_date import PartialDate, PartialDateError, parse, read_stored


class PartialDateFormField(forms.CharField):
    """Takes a date as people write it: 2019-03-14, 2019年3月, 令和元年6月28日, 2018年度."""

    def to_python(self, value):
        if isinstance(value, PartialDate) or value in self.empty_values:
            return value or None
        try:
            return parse(value)
        except PartialDateError as error:
            raise ValidationError(str(error), code="partial_date") from error


class PartialDateField(models.CharField):
    """A PartialDate, stored as text: 2019-03-14, 2019-03, 2019, or FY2018 for a fiscal year."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 10)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value, expression, connection):
        return read_stored(value) if value else None

    def to_python(self, value):
        if isinstance(value, PartialDate) or value in (None, ""):
            return value or None
        try:
            return parse(str(value))
        except PartialDateError as error:
            raise ValidationError(str(error), code="partial_date") from error

    def get_prep_value(self, value):
        value = self.to_python(value)
        return value.stored if value else (None if self.null else "")

    def value_to_string(self, obj):
        value = self.value_from_object(obj)
        return value.stored if value else ""

    def formfield(self, **kwargs):
        kwargs.setdefault("form_class", PartialDateFormField)
        kwargs.setdefault("empty_value", None)
        return models.Field.formfield(self, **kwargs)
