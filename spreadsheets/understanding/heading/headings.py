"""What each column of a table is, by the path of cells above it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from values.text_key import text_key

from ...reading import Grid
from ..columns import Overrides, Schema
from ..units import last_unit
from .faults import twice, years_disagree
from .finder import HeadingFinder
from .parts import Labels, Part
from .paths import HeadingRows, Paths
from .sense import Heading, plain_value, unheaded, without_lone_part, without_years

TOTAL = "total"


@dataclass(frozen=True)
class Found:
    """first_row and last_row are Excel's, inclusive."""

    first_row: int
    last_row: int
    headings: tuple[Heading, ...]


def read_headings(
    finder: HeadingFinder, rows: HeadingRows, overrides: Overrides, columns: range | None = None
) -> Found:
    """Say what each column under a heading is; `columns` are those of one of several tables."""
    return _Reader(finder, rows, overrides, columns).found()


class _Reader:
    def __init__(self, finder, rows, overrides, columns) -> None:  # type: ignore[no-untyped-def]
        self.grid: Grid = finder.grid
        self.labels: Labels = finder.labels
        self.schema: Schema = finder.labels.schema
        self.rows: HeadingRows = rows
        self.overrides: Overrides = overrides
        self.paths = Paths(finder, rows)
        self.columns: range = columns or range(1, self.paths.width + 1)

    def found(self) -> Found:
        """Each step knows less of columns and more of the table."""
        for name in self.overrides.mapping.values():
            if name and name.partition("/")[0] not in self.schema.names:
                raise ValueError(f"the schema has no column {name}")
        headings = [self._heading(column, self.paths.path(column)) for column in self.columns]
        headings = without_lone_part(headings)
        headings = self._without_captions(headings)
        headings = self._mapped(headings)
        headings = without_years(headings, self.schema)
        headings = plain_value(headings, self.schema)
        headings = self._asked_twice(headings)
        headings = self._remembered(headings)
        headings = [unheaded(each, headings, self.schema) for each in headings]
        self._check_twice(headings)
        return Found(self.rows.first, self.rows.last, tuple(headings))

    def _heading(self, column: int, path: tuple[Part, ...]) -> Heading:
        path = tuple(part for part in path if not part.is_marker)
        text = " ".join(part.text for part in path)
        heading = Heading(column, text, text_key(text), path=path)
        unit = next((part.unit for part in reversed(path) if part.unit), "")
        years = self._years(column, path)
        kinds = {part.kind for part in path if part.kind}
        if self._is_field(path):
            return replace(heading, name=self._field(path), unit=unit)
        if reason := next((part.not_stored for part in path if part.not_stored), ""):
            return replace(heading, left_out=reason, year=years, unit=unit)
        if any(part.is_total for part in path) and not any(part.name for part in path[-1:]):
            return replace(heading, left_out=TOTAL, year=years, unit=unit)
        is_part = any(part.is_part for part in path)
        heads = [part for part in path if part.heads_values or part.is_part]
        known = all(part.is_known or part.short for part in path[-1:])
        lost = any(part.short and part.year is None for part in path) and years is None
        if not heads or not known or len(kinds) > 1 or lost or self.schema.years is None:
            return replace(heading, unit=unit)
        return replace(
            heading,
            year=years,
            kind=next(iter(kinds), ""),
            unit=unit,
            is_value=True,
            is_part=is_part,
        )

    def _is_field(self, path: Sequence[Part]) -> bool:
        """Whether the last name in a path is that of a column that holds no values."""
        years = self.schema.years
        named = [index for index, part in enumerate(path) if part.name and not part.is_value]
        valued = [index for index, part in enumerate(path) if part.heads_values]
        if named and years is None:
            return True
        if named:
            return not valued or named[-1] > valued[-1]
        joined = self._joined(path)
        return bool(joined) and joined != (years and years.value)

    def _field(self, path: Sequence[Part]) -> str | None:
        names = [part.name for part in path if part.name]
        return self._joined(path) or next(reversed(names), None)

    def _joined(self, path: Sequence[Part]) -> str | None:
        """The column that the cells name together: 開始 over 年度."""
        if len(path) < 2:
            return None
        return self.labels.names.get(text_key("".join(part.text for part in path[-2:])))

    def _years(self, column: int, path: Sequence[Part]) -> int | None:
        over: Part | None = None
        for part in path:
            if part.year is None:
                continue
            if over is not None and over.year != part.year:
                place = self.grid.place(self.rows.last, column)
                raise years_disagree(place, over.text, part.text, part.year)
            over = part
        return over.year if over else None

    def _without_captions(self, headings: list[Heading]) -> list[Heading]:
        """Leave out words that stand over all values alike; where only some have them, ask."""
        paths = [{part.text for part in each.path} for each in headings if each.is_value]
        common = set.intersection(*paths) if paths else set()
        return [
            replace(each, is_value=False)
            if each.is_value
            and any(not part.is_known and part.text not in common for part in each.path)
            else each
            for each in headings
        ]

    def _mapped(self, headings: list[Heading]) -> list[Heading]:
        seen: set[str] = set()
        mapped = []
        for each in headings:
            key = each.key if each.key and each.key not in seen else f"{each.key}@{each.letter}"
            seen.add(key)
            mapped.append(self._answered(replace(each, key=key)))
        return mapped

    def _answered(self, heading: Heading) -> Heading:
        if heading.key not in self.overrides.mapping:
            return heading
        name, _slash, kind = self.overrides.mapping[heading.key].partition("/")
        years = self.schema.years
        if name and not heading.unit and self.schema.units:
            heading = replace(heading, unit=last_unit(part.text for part in heading.path))
        if years is None or name != years.value or years.gather:
            return replace(heading, name=name, is_value=False, left_out="")
        said = (years.kind_of(kind) or kind) if kind else heading.kind
        maybe = next((part.maybe_year for part in heading.path if part.maybe_year), None)
        year = heading.year if heading.year is not None else maybe
        return replace(heading, name=None, year=year, is_value=True, left_out="", kind=said)

    def _remembered(self, headings: list[Heading]) -> list[Heading]:
        """What earlier sheets said of a heading counts where this one leaves it unknown."""
        remembered: Mapping[str, str] = self.overrides.remembered
        found = []
        for each in headings:
            says_values = any(part.heads_values or part.maybe_year for part in each.path)
            name = remembered.get(each.key)
            if each.is_known or name is None or (says_values and not name):
                found.append(each)
            else:
                found.append(replace(each, name=name))
        return found

    def _asked_twice(self, headings: list[Heading]) -> list[Heading]:
        """Two columns of the same values are unknown, unless it was said what they are."""
        counts: dict[object, int] = {}
        for each in headings:
            if each.is_value and not each.is_part:
                meaning = (each.year, each.kind)
                counts[meaning] = counts.get(meaning, 0) + 1
        decided = self.overrides.mapping
        return [
            replace(each, is_value=False)
            if each.is_value
            and not each.is_part
            and counts[each.year, each.kind] > 1
            and each.key not in decided
            else each
            for each in headings
        ]

    def _check_twice(self, headings: Sequence[Heading]) -> None:
        first: dict[object, Heading] = {}
        for each in headings:
            meaning: object = each.name
            if each.is_value and not each.is_part and each.key in self.overrides.mapping:
                meaning = each.year, each.kind
            if not meaning:
                continue
            before = first.setdefault(meaning, each)
            if before is not each:
                name = each.name or (self.schema.years.value if self.schema.years else "")
                raise twice(
                    self.grid.place(self.rows.last, each.column),
                    self.schema.column(name).labels[0] if name else str(each.year),
                    before=(before.letter, before.text),
                    again=(each.letter, each.text),
                )
