"""Model fields of the site: fiscal years, dates as exact as they are known, derived columns."""

from functools import partial

from django import forms
from django.contrib.admin.widgets import AdminURLFieldWidget
from django.core.exceptions import ValidationError
from django.core.validators import (
    MaxLengthValidator,
    MaxValueValidator,
    MinValueValidator,
    URLValidator,
)
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from values.fiscal_year import FIRST_YEAR, LAST_YEAR, LONGEST_YEAR
from values.fiscal_year import parse as parse_fiscal_year
from values.partial_date_text import PartialDate, PartialDateError, parse, read_stored
from values.refusal import Refusal
from values.text_length import MOST_CHARACTERS

RANGE_MESSAGE = _("1868年度から2100年度までの西暦で入れます（例 2019）。")


class FiscalYearField(models.PositiveSmallIntegerField):
    """The Gregorian year in which a fiscal year begins; the database holds it to 1868-2100."""

    default_validators = [
        MinValueValidator(FIRST_YEAR, RANGE_MESSAGE),
        MaxValueValidator(LAST_YEAR, RANGE_MESSAGE),
    ]

    def db_check(self, connection):
        column = connection.ops.quote_name(self.column)
        return f"{column} BETWEEN {FIRST_YEAR} AND {LAST_YEAR}"


class LongTextField(models.TextField):
    """Text of any number of lines, up to MOST_CHARACTERS in forms, grids and imports."""

    default_validators = [
        MaxLengthValidator(
            MOST_CHARACTERS,
            _(
                "%(limit_value)d字までです（今は%(show_value)d字）。短くするか、分けて入れてください。"
            ),
        )
    ]

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


class FiscalYearFormField(forms.CharField):
    """Takes 2019, H31, R1, 令和元年度 and the like; cleans to the Gregorian year or None."""

    def to_python(self, value):
        text = super().to_python(value).strip()
        if not text:
            return None
        if len(text) > LONGEST_YEAR:
            raise ValidationError(
                gettext("年度は%(most)s字までで入れます（例 2019、H31、令和元年度）。"),
                code="year.too_long",
                params={"most": LONGEST_YEAR},
            )
        try:
            return parse_fiscal_year(text, calendar_year_ok=True).year
        except Refusal as refusal:
            raise ValidationError(refusal.in_words(gettext), code=refusal.code) from refusal


def parse_or_invalid(text):
    """Return the PartialDate that `text` names, or raise a ValidationError in today's language."""
    try:
        return parse(text)
    except PartialDateError as error:
        raise ValidationError(error.in_words(gettext), code=error.code) from error


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


class WebAddressWidget(AdminURLFieldWidget):
    """The admin's input with a link to what is stored, for addresses of the web alone."""

    def __init__(self, attrs=None):
        super().__init__(attrs, validator_class=partial(URLValidator, schemes=["http", "https"]))


class WebAddressField(models.CharField):
    """An address, stored as a URLField's. The admin prints it as words where it is not edited.

    Of a URLField it would print a link for every scheme that Django knows.
    """

    default_validators = [URLValidator()]

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs

    def formfield(self, **kwargs):
        return super().formfield(
            **kwargs | {"form_class": forms.URLField, "widget": WebAddressWidget}
        )


class _DerivedAttribute:
    """Reads as the derived value whatever was assigned, also on raw and bulk writes."""

    def __init__(self, attname, derive):
        self.attname = attname
        self.derive = derive

    def __get__(self, instance, owner):
        return self if instance is None else self.derive(instance)

    def __set__(self, instance, value):
        """Keep what is assigned (the database's copy, a fixture's) out of sight.

        Without it Django would take the column for a deferred one and leave it out of save().
        """
        instance.__dict__[self.attname] = value


class DerivedFieldMixin:
    """A column computed from its row: `derive` takes the instance and returns the value.

    Chosen over save(), which loaddata and bulk_create do not call, and over GeneratedField,
    whose SQL would say a second time what a Python rule says already. Whoever writes single
    columns, by save(update_fields=…) or update(), must write it too: see derived_fields.
    """

    def __init__(self, *args, derive=None, **kwargs):
        self.derive = derive
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        if self.derive is not None:
            setattr(cls, self.attname, _DerivedAttribute(self.attname, self.derive))

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        base = next(cls for cls in type(self).__mro__ if cls.__module__.startswith("django."))
        return name, f"django.db.models.{base.__name__}", args, kwargs


class DerivedCharField(DerivedFieldMixin, models.CharField):
    pass


class DerivedTextField(DerivedFieldMixin, models.TextField):
    pass


class DerivedSmallIntegerField(DerivedFieldMixin, models.SmallIntegerField):
    pass


def derived_fields(model: type[models.Model]) -> list[models.Field]:
    """The columns of a model that are computed from its row."""
    return [field for field in model._meta.concrete_fields if getattr(field, "derive", None)]
