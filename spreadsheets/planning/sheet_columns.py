"""Columns of a sheet, ready to read cells: one distinct value is parsed and checked once."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.utils.translation import gettext as _

from ..resources.cells import ERASED, KEPT, TextCell, cell_text
from .quick_validators import quick

MISSING = object()
STORED_AS_IS = frozenset({str, int, bool, type(None)})


class Refused(str):
    """Why a cell cannot be read; stands in the place of its value. `near` as in Issue."""

    code = "cell.unreadable"
    near: tuple[tuple[str, str], ...] = ()

    @classmethod
    def because(cls, error: ValueError | ValidationError) -> Self:
        is_django = isinstance(error, ValidationError)
        found = cls(" ".join(error.messages) if is_django else str(error))
        found.near = getattr(error, "near", ())
        return found


class SheetColumn:
    """One used column: which field of the Resource it feeds and how its cells become values.

    Values are Python values by attname (a foreign key is the primary key); a many-to-many column
    has a sorted tuple of primary keys. `store` makes of them what the database takes.
    `held` says what a sheet of this encoding can hold of a text.
    """

    def __init__(
        self,
        resource,
        name: str,
        *,
        letter: str = "",
        heading: str = "",
        held: Callable[[str], str] = str,
    ) -> None:
        self.name = name
        self.letter = letter
        self.heading = heading or resource.fields[name].column_name
        self.widget = resource.fields[name].widget
        self.field = resource._meta.model._meta.get_field(resource.fields[name].attribute)
        self.is_link = self.field.many_to_many
        self.refers_to_own_model = self.field.many_to_one and (
            self.field.related_model is resource._meta.model
        )
        self.takes_unit = hasattr(self.widget, "read_with_unit")
        self.attname = self.field.name if self.is_link else self.field.attname
        self.held = held
        self.read: dict[Any, Any] = {}
        self.has_refused = False
        self.has_kept = False
        self.is_plain = type(self.widget) is TextCell and _is_plain(self.field)

    def values(self, raws: Sequence[Any]) -> list[Any]:
        """Return the value of each cell: MISSING for a blank one, Refused for an unreadable one.

        The related records of all cells are found in a few queries instead of one each.
        """
        keys = [raw if type(raw) is str else (type(raw), raw) for raw in raws]
        read = self.read
        unread = dict.fromkeys(key for key in keys if key not in read)
        finder = getattr(self.widget, "finder", None)
        if finder is not None:
            finder.preload({cell_text(key if type(key) is str else key[1]) for key in unread})
        for key in unread:
            read[key] = self._noted(self._parse(key if type(key) is str else key[1]))
        return [read[key] for key in keys]

    def amount(self, raw: Any, unit: str) -> tuple[Any, str]:
        """Return the value of an amount's cell and the unit it was given in, "" for none.

        `unit` is what heading, row or sheet name, as typed; a unit in the cell goes before it.
        """
        key = (type(raw), raw, unit)
        if key not in self.read:
            self.read[key] = self._parse_amount(raw, unit)
            self._noted(self.read[key][0])
        return self.read[key]

    def _noted(self, value: Any) -> Any:
        self.has_refused = self.has_refused or isinstance(value, Refused)
        return value

    def _parse_amount(self, raw: Any, unit: str) -> tuple[Any, str]:
        text = cell_text(raw)
        if text == "":
            return MISSING, ""
        try:
            value, found = self.widget.read_with_unit(text, unit)
            return (MISSING if value is None else self.field.clean(value, None)), found
        except (ValidationError, ValueError) as error:
            return Refused.because(error), ""

    def _parse(self, raw: Any) -> Any:
        if raw is ERASED:
            return self.erased()
        self.has_kept = self.has_kept or raw is KEPT
        text = cell_text(raw)
        if text == "":
            return MISSING
        try:
            if self.is_plain:
                return self._checked(text)
            value = self.widget.clean(raw)
            if self.is_link:
                return tuple(sorted(record.pk for record in value))
            if isinstance(value, models.Model):
                return value.pk
            if not self.field.is_relation:
                return self.field.clean(value, None)
        except (ValidationError, ValueError) as error:
            return Refused.because(error)
        return value

    def _checked(self, text: str) -> str:
        """What field.clean(text) does to text, but for wording: that is left to it."""
        try:
            for validate in self.validators:
                validate(text)
        except ValidationError:
            self.field.clean(text, None)
        return text

    @cached_property
    def validators(self) -> list[Callable[[Any], None]]:
        return list(map(quick, self.field.validators))

    def cannot_tell(self, stored: Any, value: Any) -> bool:
        """Whether the sheet could not have held the stored text otherwise than as `value`."""
        return (
            isinstance(stored, str)
            and isinstance(value, str)
            and cell_text(self.held(cell_text(stored))) == value
        )

    def erased(self) -> Any:
        """What a blank cell leaves when blank cells erase: Refused where a value must be."""
        if self.is_link:
            return ()
        if self.field.null:
            return None
        if self.field.has_default():
            return self.field.get_default()
        if self.field.blank and self.field.empty_strings_allowed:
            return ""
        return Refused(_("空欄にはできません。値を入れてください。"))


def _is_plain(field: models.Field) -> bool:
    """Whether a field takes any text that its validators let pass, as it is."""
    kind = type(field)
    return (
        isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and kind.clean is models.Field.clean
        and kind.to_python in (models.CharField.to_python, models.TextField.to_python)
    )


def store(field: models.Field, value: Any) -> Any:
    """Return a value as a plan keeps it and as SQL takes it: text, number, true, false, null."""
    if type(value) in STORED_AS_IS:
        return value
    stored = field.get_db_prep_save(value, connection)
    if stored is None or isinstance(stored, str | int | float | bool):
        return stored
    return str(stored)


def default_of(field: models.Field) -> Any:
    """What a new row has where the sheet says nothing; MISSING where it must say something."""
    if getattr(field, "derive", None):
        return None
    if field.has_default():
        default = field.get_default()
        return default.value if isinstance(default, models.Choices) else default
    if field.null:
        return None
    return "" if field.blank and field.empty_strings_allowed else MISSING
