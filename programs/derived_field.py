"""Columns that always hold a function of the other columns of their row."""

from django.db import models


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
    whose SQL would say a second time what a Python rule says already.
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
