"""A PartialDate as a model field and as a form field."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import get_language

from .partial_date import PartialDate, PartialDateError, parse, read_stored


def parse_or_invalid(text):
    """Return the PartialDate that `text` names, or raise a ValidationError in today's language."""
    try:
        return parse(text)
    except PartialDateError as error:
        raise ValidationError(error.text(get_language()), code=error.code) from error


class PartialDateFormField(forms.CharField):
    """Takes a date as people write it: 2019-03-14, 2019年3月, 令和元年6月28日, 2018年度."""

    def to_python(self, value):
        if isinstance(value, PartialDate):
            return value
        text = super().to_python(value)
        return parse_or_invalid(text) if text else None

    def prepare_value(self, value):
        return value.label(get_language()) if isinstance(value, PartialDate) else value


class PartialDateAttribute(DeferredAttribute):
    """Holds a PartialDate whatever was assigned: text, a datetime.date or a PartialDate."""

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = self.field.to_python(value)


class PartialDateField(models.CharField):
    """A PartialDate, stored as text: 2019-03-14, 2019-03, 2019, or FY2018 for a fiscal year."""

    descriptor_class = PartialDateAttribute

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 10)
        super().__init__(*args, **kwargs)
        # CharField adds a MaxLengthValidator, and a PartialDate has no length.
        self.validators = [*self.default_validators, *self._validators]

    def from_db_value(self, value, expression, connection):
        return read_stored(value) if value else None

    def to_python(self, value):
        if isinstance(value, PartialDate) or value in (None, ""):
            return value or None
        return parse_or_invalid(str(value))

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
