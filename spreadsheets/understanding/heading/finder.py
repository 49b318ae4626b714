"""Finds the rows of a heading, one to four. Pure."""

from collections.abc import Sequence
from functools import cached_property

from ...reading import Grid, ReadError
from ..columns import Overrides
from .faults import no_heading, rows_left
from .parts import Labels, Part, heading_texts
from .paths import HeadingRows, Paths

SEARCHED_ROWS = 30
MOST_HEADING_ROWS = 4
_ENOUGH = 3


class HeadingFinder:
    """Looks for headings in one grid."""

    def __init__(self, grid: Grid, labels: Labels) -> None:
        self.grid, self.labels = grid, labels
        self.values = {labels.schema.years.value} if labels.schema.years else set()
        if years := labels.schema.years:
            self.values |= {years.year, years.kind} - {""}
        self.rows: dict[int, list[Part]] = {}

    def parts(self, row: int) -> list[Part]:
        """What the cells of a row say, without those that say nothing at its end."""
        if row not in self.rows:
            self.rows[row] = [self.labels.part(text) for text in heading_texts(self.grid, row)]
        return self.rows[row]

    def texts(self, row: int) -> list[str]:
        return [part.text for part in self.parts(row)]

    def is_lone_unit(self, row: int) -> bool:
        """Whether a row says a unit and nothing else: it is that of all values."""
        filled = [part for part in self.parts(row) if part.text]
        return len(filled) == 1 and filled[0].is_unit

    def find(self, overrides: Overrides) -> HeadingRows:
        """Return the best heading of the first rows, or the chosen one; ReadError if none."""
        if overrides.header_row is not None:
            return self._chosen(overrides.header_row, overrides.heading_rows)
        best, found = 0, None
        for row in range(1, min(len(self.grid.rows), SEARCHED_ROWS) + 1):
            heading = self.at(row, overrides.heading_rows)
            if heading and (score := self.score(heading)) > best:
                best, found = score, heading
        if found is None:
            raise self._none()
        return self.with_captions(found) if overrides.heading_rows is None else found

    def at(self, row: int, count: int | None = None) -> HeadingRows | None:
        """Return the heading that begins in a row, None when it is none."""
        own = self.labels.score(self.texts(row))
        if not own:
            return None
        last = row + (count or 1) - 1
        if count is None:
            while last - row + 1 < MOST_HEADING_ROWS and self._continues(row, last):
                last += 1
        heading = HeadingRows(row, min(last, len(self.grid.rows)))
        filled = sum(map(bool, self.texts(row)))
        score = self.score(heading)
        if score >= _ENOUGH or 2 * filled == score > 0:
            return heading
        whole = self.with_captions(heading)
        texts = [text for each in range(whole.first, whole.last + 1) for text in self.texts(each)]
        has_more = whole.first < whole.last
        return heading if has_more and self.labels.score(texts) >= _ENOUGH else None

    def score(self, heading: HeadingRows) -> int:
        rows = range(heading.first, heading.last + 1)
        return sum(self.labels.score(self.texts(row)) for row in rows)

    def _chosen(self, first: int, count: int | None) -> HeadingRows:
        if not any(self.texts(first)):
            raise self._none()
        last = first
        if count is None:
            while last - first + 1 < MOST_HEADING_ROWS and self._continues(first, last):
                last += 1
        else:
            last = first + count - 1
        if last > len(self.grid.rows):
            shown = " | ".join(filter(None, self.texts(first)))
            raise rows_left(self.grid.place(first), shown, count or 1)
        return HeadingRows(first, last)

    def _none(self) -> ReadError:
        start = next((i for i, row in enumerate(self.grid.rows, 1) if any(row)), 1)
        shown = " | ".join(filter(None, heading_texts(self.grid, start)))
        place = self.grid.place(start)
        return no_heading(place, shown, schema=self.labels.schema, searched_rows=SEARCHED_ROWS)

    # rows below

    def _continues(self, first: int, last: int) -> bool:
        """Whether the row below goes on with the heading: years, kinds, units, further names.

        Nothing in it may stand under the name of a column, but for a unit, a letter or the same
        name again; a year must stand under the same year, a caption or nothing.
        """
        row = last + 1
        below = self.parts(row) if row <= len(self.grid.rows) else []
        if not any(part.text for part in below):
            return False
        block = Paths(self, HeadingRows(first, last))
        said = names = marks = unknown = shares = 0
        for column, part in enumerate(below, 1):
            if not part.text:
                continue
            above = [each for each in block.own(column) if each.text]
            over = block.spread(block.rows[-1], column, assume_filled=True)
            spans = self._spans(block, below, column)
            fields = [
                each
                for each in above
                if each.name and not (spans and each.name in self.values) and not each.is_value
            ]
            if (part.is_unit or part.is_marker) and not fields:
                marks += 1
            elif fields:
                if part.text not in [each.text for each in fields]:
                    return False
            elif part.heads_values or part.is_total or part.not_stored or part.is_part:
                if over.name and over.name not in self.values:
                    return False
                years = {each.year for each in (part, over, *above)} - {None}
                if len(years) > 1 and not self._is_second_calendar(below, block):
                    return False
                said, shares = said + 1, shares + part.is_part
            elif part.name:
                if any(each.heads_values for each in above):
                    return False
                names += 1
            elif self._is_number(row, column):
                return False
            else:
                unknown += 1
        said -= shares == 1  # one ministry alone is a row's own
        if marks and not said and not names:
            return not unknown
        return names > 0 or said > 1 or (said == 1 and not unknown)

    def _spans(self, block: Paths, below: Sequence[Part], column: int) -> bool:
        """Whether the heading of a column stands over the next one too, as a caption of both."""
        both = below[column - 1 : column + 1]
        return (
            len(both) > 1
            and all(part.heads_values or part.is_total for part in both)
            and not any(part.text for part in block.own(column + 1))
        )

    def _is_second_calendar(self, below: Sequence[Part], block: Paths) -> bool:
        """Whether most years below stand under the same years: 2016 over H28."""
        pairs = [
            (part.year, year)
            for column, part in enumerate(below, 1)
            if part.year is not None
            for year in [next((e.year for e in block.own(column) if e.year is not None), None)]
        ]
        agreeing = sum(over in (None, under) for under, over in pairs)
        return len(pairs) > 1 and agreeing * 2 > len(pairs)

    def _is_number(self, row: int, column: int) -> bool:
        value = self.grid.value(row, column)
        if type(value) is not str:
            return True
        return not value.strip("0123456789０１２３４５６７８９,.，．-−▲△%()（） ")

    # rows above

    def with_captions(self, found: HeadingRows, above: int = 0) -> HeadingRows:
        """Take in the rows over a heading that belong to it; those up to `above` do not."""
        first = found.first
        while first > above + 1 and found.last - first + 1 < MOST_HEADING_ROWS:
            if not self._is_over(first - 1, HeadingRows(first, found.last)):
                break
            first -= 1
        return HeadingRows(first, found.last)

    def _is_over(self, row: int, below: HeadingRows) -> bool:
        """Whether a row belongs to the heading below it, as captions over its columns of values."""
        filled = [(column, part) for column, part in enumerate(self.parts(row), 1) if part.text]
        if not filled or any(self._is_number(row, c) and not part.has_year for c, part in filled):
            return False
        paths = Paths(self, below)
        valued = [c for c in range(1, paths.width + 1) if paths.may_head_values(c)]
        over_values = [column for column, _part in filled if column in valued]
        fields = [column for column, part in filled if part.name and not part.is_value]
        others = [c for c, part in filled if c not in over_values and c not in fields]
        if any(not part.is_unit for c, part in filled if c in others):
            return False
        if any(part.heads_values for c, part in filled if c in over_values):
            is_alone = len(filled) == 1 and len(valued) > 1
            return not is_alone or self.width_of_merge(row, filled[0][0]) > 1
        captions = [c for c, part in filled if c in over_values and not part.is_unit]
        return len(captions) > 1 or any(self.width_of_merge(row, c) > 1 for c in captions)

    def width_of_merge(self, row: int, column: int) -> int:
        return self.merge_ends.get((row, column), column) - column + 1

    @cached_property
    def merge_ends(self) -> dict[tuple[int, int], int]:
        """(row, first column) → last column, of every row of every merge that is wider than one."""
        return {
            (row, merge.first_column): merge.last_column
            for merge in self.grid.merges
            if merge.last_column > merge.first_column
            for row in range(merge.first_row, min(merge.last_row, merge.first_row + 9) + 1)
        }
