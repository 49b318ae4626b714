"""A number format as a whole: which section a number goes to, and what it shows. Pure."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from .dates import date_shown, elapsed_shown, fields_of, moment
from .numbers import Layout, Simple, digits_shown, layout_of, rounded
from .sections import Section, sections_of
from .written import number_written

_FULL_DATE = {"year", "month", "day"}
_SAMPLES = [
    sign * number for number in (1, 12, 123, 1234, 12345, 1234567, 123456789) for sign in (1, -1)
]

_MINUS = frozenset("-−▲△(（")


class UnreadFormatError(Exception):
    """The format shows something that is not worked out here: a fraction, a power of ten."""


@dataclass(frozen=True)
class Shown:
    """What stands in a cell. is_other: it says another number than the one that is stored."""

    text: str
    is_other: bool = False


class NumberFormat:
    """`NumberFormat('0.0"億円"').shown("12.5").text == "12.5億円"`."""

    def __init__(self, code: str, *, is_1904: bool = False) -> None:
        self.code = code
        self.is_1904 = is_1904
        self.sections = sections_of(code)
        self._layouts: dict[int, Layout] = {}

    @cached_property
    def keeps_numbers(self) -> bool:
        """Whether General or text: every number is shown as it is."""
        first = self.sections[0]
        return (
            len(self.sections) == 1
            and len(first.parts) <= 1
            and (not first.parts or first.has("general", "text"))
        )

    @cached_property
    def keeps_whole_numbers(self) -> bool:
        """Whether every whole number but 0 is shown as that number."""
        if any(each.condition or each.is_date for each in self.sections):
            return False
        try:
            return all(self.shown(str(each)) is None for each in _SAMPLES)
        except UnreadFormatError:
            return False

    @cached_property
    def keeps_zero(self) -> bool:
        try:
            return self.shown("0") is None
        except UnreadFormatError:
            return False

    @cached_property
    def keeps_text(self) -> bool:
        return self.shown_text("…") is None

    @cached_property
    def is_day(self) -> bool:
        """Whether it shows dates to the day."""
        return self.sections[0].is_date and fields_of(self.sections[0]) >= _FULL_DATE

    def shown_text(self, text: str) -> str | None:
        """Return what a text becomes, None where it stays as it is."""
        section = self.sections[3] if len(self.sections) == 4 else None
        if section is None:
            last = self.sections[-1]
            section = last if last.has("text") else None
        if section is None or section.has("general", "digit"):
            return None
        shown = "".join(
            text if part.kind == "text" else part.text
            for part in section.parts
            if part.kind in ("text", "literal")
        )
        return None if shown.strip() == text.strip() else shown.strip()

    def shown(self, stored: str) -> Shown | datetime.date | datetime.datetime | None:
        """Return what a stored number shows, None where that says the same number.

        `stored` is as the file writes it: 1234, 0.5, 1.2E-3. A day is a date, or a datetime
        where a time is shown. Raises UnreadFormatError, and ValueError for what is no number.
        """
        is_short = len(stored) < 16 and stored.isdecimal()
        value = Decimal(stored if is_short else f"{float(stored):.15g}")
        if not value.is_finite():
            raise ValueError(stored)
        section, is_bare = self._section_for(value)
        if section.is_date:
            return self._date(section, float(stored))
        if section.is_plain:
            return self._digits(section, value, is_bare)
        if section.has("numerals"):
            raise UnreadFormatError(self.code)
        if section.has("exponent", "slash"):
            self._check_as_it_is(section, value)
            return None
        if section.has("general", "text"):
            return self._general(section, value, is_bare)
        return Shown(section.literal.strip(), is_other=True)

    def _section_for(self, value: Decimal) -> tuple[Section, bool]:
        """Return the section, and whether it is given the number without its sign."""
        sections = self.sections[:3]
        first = sections[0]
        if len(sections) == 1:
            if first.condition and not first.condition.holds(value):
                raise UnreadFormatError(self.code)
            return first, bool(first.condition and first.condition.is_negative_only)
        if first.condition:
            if first.condition.holds(value):
                return first, first.condition.is_negative_only
        elif value > 0 or (value == 0 and len(sections) == 2):
            return first, False
        second = sections[1]
        if len(sections) == 2:
            if second.condition and not second.condition.holds(value):
                raise UnreadFormatError(self.code)
            takes_all = not first.condition or first.condition.leaves_negatives_only
            return second, takes_all
        if second.condition.holds(value) if second.condition else value < 0:
            is_negative = not second.condition or second.condition.is_negative_only
            return second, is_negative
        return sections[2], False

    def _digits(self, section: Section, value: Decimal, is_bare: bool) -> Shown | None:
        layout = self._layout(section)
        if layout.simple is not None and (layout.simple.has_words or layout.simple.is_bare):
            return self._simple(layout, layout.simple, value, is_bare)
        number = rounded(abs(value), layout)
        text = digits_shown(abs(value), layout).strip()
        if value < 0 and not is_bare and number:
            text = "-" + text
        if number_written(text) == value:
            return None
        is_same = layout.scale <= 0 and number == abs(value).scaleb(-layout.scale)
        says_other = number_written(text) is not None or not any(map(str.isdecimal, text))
        return Shown(text, is_other=says_other or (bool(value) and not is_same))

    def _layout(self, section: Section) -> Layout:
        key = id(section)
        if key not in self._layouts:
            self._layouts[key] = layout_of(section)
        return self._layouts[key]

    def _simple(
        self, layout: Layout, simple: Simple, value: Decimal, is_bare: bool
    ) -> Shown | None:
        size = abs(value)
        number = rounded(size, layout)
        sign = "-" if value < 0 and number and not is_bare else ""
        is_same = number == (size.scaleb(-layout.scale) if layout.scale else size)
        if simple.is_bare and not layout.scale and is_same and (sign or value >= 0):
            return None
        text = f"{number:,f}" if layout.is_grouped else f"{number:f}"
        is_same = is_same and layout.scale <= 0
        hides_sign = value < 0 and number and not sign and not _MINUS.intersection(simple.before)
        shown = f"{sign}{simple.before}{text}{simple.after}"
        return Shown(shown, is_other=bool(hides_sign) or not is_same)

    def _check_as_it_is(self, section: Section, value: Decimal) -> None:
        """Refuse where a fraction or a power of ten does not say the whole of the number."""
        kinds = [part.kind for part in section.parts]
        if "slash" in kinds:
            is_same = value == value.to_integral_value()
        else:
            mantissa = section.parts[: kinds.index("exponent")]
            point = [part.kind for part in mantissa].index("point") if section.has("point") else -1
            digits = 1 + sum(part.kind == "digit" for part in mantissa[point + 1 :] if point >= 0)
            is_same = Decimal(f"{value:.{digits - 1}e}") == value
        if not is_same or section.literal.strip():
            raise UnreadFormatError(self.code)

    def _general(self, section: Section, value: Decimal, is_bare: bool) -> Shown | None:
        number = f"{abs(value):f}"
        if "." in number:
            number = number.rstrip("0").rstrip(".")
        text = "".join(
            number if part.kind in ("general", "text") else part.text
            for part in section.parts
            if part.kind in ("general", "text", "literal")
        ).strip()
        if value < 0 and not is_bare:
            text = "-" + text
        return None if number_written(text) == value else Shown(text)

    def _date(self, section: Section, serial: float) -> Shown | datetime.date | datetime.datetime:
        if section.has("elapsed"):
            return Shown(elapsed_shown(section, serial))
        at = moment(serial, self.is_1904)
        if at is None:
            raise UnreadFormatError(self.code)
        fields = fields_of(section)
        if fields >= _FULL_DATE:
            has_time = "time" in fields and (at.hour or at.minute or at.second)
            return at if has_time else at.date()
        return Shown(date_shown(section, at), is_other=False)
