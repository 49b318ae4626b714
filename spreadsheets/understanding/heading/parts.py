"""What a cell of a heading says: a field, a year, a kind, a unit, a total. Pure."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from values.heading_years import split_year
from values.text_key import text_key
from values.yen_units import UNIT_NAMES

from ...reading import Grid, Value, cell_text
from ..columns import Schema
from ..units import split_unit

LONGEST = 200

_MARKS = re.compile(
    r"\s*(?:[*＊※†]+\d*|[（(](?:必須|任意|required|optional)[）)]|[（(]?[※注]\s*[\d０-９①-⑳]*[）)]?)$",
    re.IGNORECASE,
)
_LETTERED = re.compile(
    r"(?<![A-Za-zＡ-Ｚ])\s*[（(]?[A-ZＡ-Ｚ①-⑳][）)]?(?:\s*[=＝\-－−ー/／÷+＋]\s*[（(]?[A-ZＡ-Ｚ①-⑳][）)]?)*$"
)
_TOTAL = re.compile(
    r"(?:.*[\s　・（(])?(?:総?合計|小計|総計|累計|計|(?:sub|grand)?\s*-?total)s?(?:額)?[）)]?"
    r"|.+(?:合計|小計|総計)|(?:合|小|総)?計[\s　]*[0-9０-９,，]+[\s　]*\S{0,4}"
    r"|.+(?:省|庁|府|局|課|室|部|院|等|費|分|事業|施策|関係|款|項|目|勘定|会計|機構)計",
    re.IGNORECASE | re.DOTALL,
)
_WRAPPED = re.compile(r"^[\s　【\[［<＜（(]+|[\s　】\]］>＞）):：]+$")
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
_SERIAL_EPOCH = datetime.date(1899, 12, 30)


@dataclass(frozen=True)
class Part:
    """One cell of a heading. A cell may say several things: 「2016年度当初予算（百万円）」.

    name        the declared column, None for none
    short       the number of a year whose era is not named, 0 for none
    kind        what to read in the column of kinds, "" for none
    is_value    it heads values, whose kind may stand elsewhere
    not_stored  why its column is left out, "" when it is not
    is_marker   (A), B-A: a letter that other headings refer to
    is_part     one of those among whom the values are divided
    maybe_year  the year in words of which the rest is not known: 「2020年度見込み」
    """

    text: str = ""
    name: str | None = None
    year: int | None = None
    short: int = 0
    kind: str = ""
    unit: str = ""
    is_value: bool = False
    is_total: bool = False
    not_stored: str = ""
    is_marker: bool = False
    is_part: bool = False
    maybe_year: int | None = None

    @property
    def has_year(self) -> bool:
        return self.year is not None or self.short > 0

    @property
    def heads_values(self) -> bool:
        return self.has_year or self.is_value or bool(self.kind)

    @property
    def is_beside_values(self) -> bool:
        """Whether it heads a total, a change or a ministry's share of values."""
        return self.is_total or self.is_part or bool(self.not_stored)

    @property
    def is_unit(self) -> bool:
        """Whether it says a unit and nothing else."""
        return bool(self.unit) and self == Part(text=self.text, unit=self.unit)

    @property
    def is_known(self) -> bool:
        return self != Part(text=self.text, maybe_year=self.maybe_year)


BLANK = Part()


def is_total(text: str) -> bool:
    """Whether a cell says that its row or column is a total: 合計, 小 計, 文部科学省 計, Total."""
    if len(text) > LONGEST:
        return False
    plain = _WRAPPED.sub("", _LETTERED.sub("", text) or text)
    if not plain:
        return False
    joined = plain if len(plain) > 6 else "".join(plain.split())
    return bool(_TOTAL.fullmatch(joined))


class Labels:
    """Reads the cells of headings of one kind of sheet, each text once."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.names: dict[str, str] = {}
        self.parts: dict[str, Part] = {"": BLANK}
        for column in schema.columns:
            for label in (column.name, *column.labels):
                self.names.setdefault(text_key(label), column.name)

    @property
    def spelled(self) -> frozenset[str]:
        """The labels of columns as they are declared."""
        return frozenset(label for column in self.schema.columns for label in column.labels)

    def part(self, text: str) -> Part:
        if text not in self.parts:
            self.parts[text] = self._part(text)
        return self.parts[text]

    def _part(self, text: str) -> Part:
        unit, label = self._unit_and_label(text)
        years = self.schema.years
        if unit and not label:
            return Part(text, unit=unit)
        if name := self._name(text, label):
            unit = unit or self._unit_of_name(text, name)
            if years is None or name != years.value:
                return Part(text, name=name, unit=unit)
            return Part(text, name=name, unit=unit, is_value=True)
        if is_total(label) and not (years and years.kind_of(label)):
            return Part(text, unit=unit, is_total=True)
        if years:
            found = self._of_values(label)
            if found.is_known:
                return replace(found, text=text, unit=unit)
        if _LETTERED.fullmatch(label):
            return Part(text, is_marker=True)
        if years:
            return replace(found, text=text)
        return Part(text)

    def _unit_and_label(self, text: str) -> tuple[str, str]:
        if not self.schema.units:
            return "", text
        label, unit = split_unit(text)
        if unit:
            return unit, label
        return "", text

    def _name(self, text: str, label: str) -> str | None:
        for each in (text, label, _MARKS.sub("", text), _MARKS.sub("", label)):
            if text_key(each) in self.names:
                return self.names[text_key(each)]
        unlettered = _LETTERED.sub("", label)
        return self.names.get(text_key(unlettered)) if unlettered else None

    def _unit_of_name(self, text: str, name: str) -> str:
        """A heading that is the column's own name says its unit as the name does: amount_yen."""
        if not self.schema.units or text_key(text) != text_key(name):
            return ""
        return UNIT_NAMES["yen"] if name.endswith("_yen") else ""

    def _of_values(self, label: str) -> Part:
        """Read a year, a kind, or both."""
        years = self.schema.years
        assert years is not None
        found = split_year(label)
        rest = label if found is None else found.rest
        part = Part() if found is None else Part(year=found.year, short=found.short)
        for words in dict.fromkeys((rest, _LETTERED.sub("", rest), _MARKS.sub("", rest))):
            if not words:
                return part
            kind = years.kind_of(words)
            if kind:
                return replace(part, kind=kind, is_value=True)
            if reason := years.not_stored(words):
                return replace(part, not_stored=reason)
            if years.is_value(words) or self.names.get(text_key(words)) == years.value:
                return replace(part, is_value=True)
            if is_total(words):
                return replace(part, is_total=True)
            if years.is_part(words):
                return replace(part, is_part=True)
        return Part(maybe_year=part.year)

    def score(self, row: Sequence[str]) -> int:
        """Weigh how much of a heading a row is: a name counts 2, a year or a kind 1.

        These count less, for they stand in rows of data too; a single one alone does not count.
        """
        parts = [self.part(text) for text in row if text]
        names = {part.name for part in parts if part.name}
        values = {
            (part.year, part.short, part.kind, "" if part.heads_values else part.text)
            for part in parts
            if not part.name and (part.heads_values or (names and part.is_beside_values))
        }
        return 2 * len(names) + (len(values) if len(values) > 1 or names else 0)


def heading_texts(grid: Grid, row: int) -> list[str]:
    """Return a row, by Excel's number, as heading texts: no outer spaces, 200 characters."""
    if not 0 < row <= len(grid.rows):
        return []
    return [heading_text(value) for value in grid.rows[row - 1]]


def heading_text(value: Value) -> str:
    """Return a cell as a heading; 1 April 2016, also as Excel's number of it, is 2016年度."""
    if isinstance(value, float):
        return ""
    if type(value) is int and _FIRST_SERIAL < value < _LAST_SERIAL:
        day = _SERIAL_EPOCH + datetime.timedelta(days=value)
        return f"{day.year}年度" if (day.month, day.day) == (4, 1) else str(value)
    if isinstance(value, datetime.date) and (value.month, value.day) == (4, 1):
        return f"{value.year}年度"
    return cell_text(value)[:LONGEST].replace("\n", "")
