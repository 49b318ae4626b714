"""The cells of an .ods file that show something else than their value. Pure; in the child.

Such a file holds for each cell both its value and the text that it shows.
"""

import datetime
from decimal import Decimal, InvalidOperation

from ..shown import number_written
from ..shown.dates import says_the_day, with_its_precision
from ..shown.runs import Run, read_runs
from .ods_styles import OdsStyles
from .overlay import MAX_CELLS_TOLD, Overlay

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_NUMBERS = ("float", "currency", "percentage")
_MAX_BLANK_ROWS = 1_000
_NO_SPAN = (None, "")


class OdsCell:
    """Collects what one cell shows, between its start and its end."""

    def __init__(self, styles: OdsStyles) -> None:
        self.styles = styles
        self.is_open = self.is_wanted = False
        self.kind = self.value = ""
        self.style = styles.get("table-cell", "")
        self.runs: list[Run] = []
        self.spans: list[tuple[bool | None, str]] = []
        self.paragraphs = self.notes = 0
        self.is_in_paragraph = False

    def begin(self, attributes: dict[str, str]) -> None:
        self.kind = attributes.get(_OFFICE + "value-type", "")
        self.value = attributes.get(_OFFICE + "value") or attributes.get(_OFFICE + "date-value", "")
        self.style = self.styles.get("table-cell", attributes.get(_TABLE + "style-name", ""))
        self.is_wanted = self.kind not in ("", "string", "boolean") or (
            bool(self.kind) and self.styles.has_special
        )
        self.is_open = True
        self.runs, self.spans, self.paragraphs, self.notes = [], [], 0, 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not self.is_wanted:
            return
        if name == _OFFICE + "annotation":
            self.notes += 1
        elif self.notes:
            return
        elif name == _TEXT + "p":
            if self.paragraphs:
                self.runs.append(Run("\n"))
            self.paragraphs += 1
            self.is_in_paragraph = True
        elif name == _TEXT + "span":
            found = self.styles.get("text", attributes.get(_TEXT + "style-name", ""))
            outer = self.spans[-1] if self.spans else _NO_SPAN
            struck = outer[0] if found.is_struck is None else found.is_struck
            self.spans.append((struck, found.level or outer[1]))
        elif name == _TEXT + "s":
            count = attributes.get(_TEXT + "c", "1")
            self._add(" " * min(int(count) if count.isdecimal() else 1, 100))
        elif name in (_TEXT + "tab", _TEXT + "line-break"):
            self._add("\t" if name.endswith("tab") else "\n")

    def end(self, name: str) -> None:
        if not self.is_wanted:
            return
        if name == _OFFICE + "annotation":
            self.notes -= 1
        elif self.notes:
            return
        elif name == _TEXT + "p":
            self.is_in_paragraph = False
        elif name == _TEXT + "span" and self.spans:
            self.spans.pop()

    def characters(self, text: str) -> None:
        if self.is_wanted and self.is_in_paragraph and not self.notes:
            self._add(text)

    def _add(self, text: str) -> None:
        struck, level = self.spans[-1] if self.spans else _NO_SPAN
        self.runs.append(Run(text, struck, level))  # type: ignore[arg-type]

    def finish(self, overlay: Overlay, rows: range, columns: range) -> None:
        """Put into the overlay what is read instead of the value."""
        self.is_open = False
        if self.style.is_coloured and len(rows) <= _MAX_BLANK_ROWS:
            left = MAX_CELLS_TOLD - len(overlay.coloured)
            places = ((row, column) for row in rows for column in columns)
            overlay.coloured.update(place for place, _ in zip(places, range(left), strict=False))
        if not self.is_wanted or not self.kind:
            return
        read = read_runs(self.runs, cell_is_struck=bool(self.style.is_struck))
        is_struck = read.is_all_struck or (bool(self.style.is_struck) and not self.paragraphs)
        shown, is_other = self._shown(read.text)
        changed = bool(read.struck or read.marks) or any(run.level for run in self.runs)
        for row in rows:
            for column in columns:
                place = row, column
                if is_struck:
                    overlay.struck.setdefault(row, []).append(column)
                    continue
                if shown is not None:
                    overlay.put(place, shown)
                elif changed:
                    overlay.put(place, read.text)
                if is_other and shown is not None:
                    overlay.tell("cell.shown", place, shown, self.value)
                if read.struck:
                    overlay.tell("cell.struck_part", place, read.struck, read.text)
                if read.marks:
                    overlay.tell("cell.raised_mark", place, read.marks, read.text)

    def _shown(self, text: str) -> tuple[str | None, bool]:
        """Return what a number or a date shows where that is not the value, and whether it says
        something else than the value."""
        if not self.paragraphs or set(text) == {"#"}:
            return None, False
        if self.kind in _NUMBERS:
            return _number_shown(text.strip(), self.value)
        if self.kind == "date":
            return _date_shown(text.strip(), self.value), False
        return (text.strip(), False) if self.kind == "time" else (None, False)


def _number_shown(text: str, stored: str) -> tuple[str | None, bool]:
    try:
        value = Decimal(f"{float(stored):.15g}")
    except (ValueError, InvalidOperation):
        return None, False
    if number_written(text) == value or _is_power(text):
        return None, False
    digits = "".join(each for each in text if each.isascii() and (each.isdecimal() or each == "."))
    try:
        said = Decimal(digits.strip("."))
    except InvalidOperation:
        return text, True
    if text.endswith(("%", "％")):
        said = said.scaleb(-2)
    return text, said != abs(value)


def _is_power(text: str) -> bool:
    mantissa, mark, exponent = text.upper().partition("E")
    return bool(mark) and mantissa[-1:].isdecimal() and exponent.lstrip("+-").isdecimal()


def _date_shown(text: str, stored: str) -> str | None:
    try:
        at = datetime.datetime.fromisoformat(stored)
    except ValueError:
        return None
    return None if not text or says_the_day(text, at) else with_its_precision(text, at)
