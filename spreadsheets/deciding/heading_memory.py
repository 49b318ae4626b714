"""What editors decided about headings that nobody knew, for every later sheet."""

from collections.abc import Iterable, Mapping

from values.heading_years import split_year

from .. import registry
from ..models import ColumnMemory
from ..understanding.columns import YearColumns


def remembered(resource_name: str) -> dict[str, str]:
    rows = ColumnMemory.objects.filter(resource=resource_name)
    return dict(rows.values_list("heading_key", "column"))


def remember(resource_name: str, mapping: Mapping[str, str]) -> None:
    """Keep what an editor decided about unknown headings, for every later sheet.

    Not kept: a key with "@", which names a column without a heading by its letter and is another
    column in another sheet; a heading that names a year or a kind, or was said to head a kind of
    values, whose column is another one next year.
    """
    years = registry.get(resource_name).years
    for key, column in mapping.items():
        if "@" in key or "/" in column or (years and is_value_heading(key, years)):
            continue
        ColumnMemory.objects.update_or_create(
            resource=resource_name, heading_key=key[:200], defaults={"column": column}
        )


def forget(resource_name: str, keys: Iterable[str]) -> None:
    """Ask again about headings."""
    keys = [key[:200] for key in keys]
    ColumnMemory.objects.filter(resource=resource_name, heading_key__in=keys).delete()


def is_value_heading(text: str, years: YearColumns) -> bool:
    """Whether a heading names a year or a kind of values, or says that values stand below."""
    return bool(
        split_year(text) or years.kind_of(text) or years.is_value(text) or years.not_stored(text)
    )
