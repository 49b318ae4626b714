"""A Resource as the schema that understanding a sheet asks for."""

from django.conf import settings
from django.utils.translation import override

from ..understanding.columns import Column, Schema


def schema_of(resource) -> Schema:
    """Return the columns of a Resource with their headings in every language, and its years."""
    fields = [
        Column(
            name=name,
            labels=(*_labels(resource, name), *resource.aliases.get(name, ())),
            takes_unit=hasattr(field.widget, "read_with_unit"),
            carry_down=name in resource.carried_down,
        )
        for name, field in resource.fields.items()
    ]
    overridden = {column.name for column in resource.virtual_columns}
    columns = [column for column in fields if column.name not in overridden]
    return Schema(
        columns=(*columns, *resource.virtual_columns), years=resource.years, units=resource.units
    )


def _labels(resource, name: str) -> tuple[str, ...]:
    model_field = resource._meta.model._meta.get_field(resource.fields[name].attribute)
    labels = [resource.fields[name].column_name]
    for language, _label in settings.LANGUAGES:
        with override(language):
            labels.append(str(model_field.verbose_name))
    return tuple(dict.fromkeys(labels))
