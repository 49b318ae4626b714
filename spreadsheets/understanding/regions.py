"""Which tables a grid holds: below or beside each other, or one with its heading again. Pure."""

from collections.abc import Iterator

from values.yen_units import find_unit

from ..reading import Grid, Value, cell_text
from .captions import between_captions
from .columns import Overrides
from .heading.finder import HeadingFinder
from .heading.parts import is_total
from .heading.paths import HeadingRows, Paths
from .region import ALL_COLUMNS, Line, Region, filled, is_note

_TITLE_CELLS = 3


def find_regions(finder: HeadingFinder, overrides: Overrides) -> list[Region]:
    """Return every table of a grid; with a chosen heading row the one that begins there.

    ReadError when there is none.
    """
    first = finder.find(overrides)
    headings = [first, *_further(finder, first)]
    tables: list[list[HeadingRows]] = []
    titles: list[tuple[Line, ...]] = []
    repeated: list[set[int]] = []
    for heading in headings:
        after = tables[-1][-1].last if tables else 0
        is_below = bool(tables) or overrides.header_row is not None
        above = tuple(_titles(finder.grid, heading, after, is_below=is_below))
        if tables and _is_again(finder, tables[-1][0], heading, titles[-1], above):
            tables[-1].append(heading)
            repeated[-1] |= {line.row for line in above}
            repeated[-1] |= set(range(heading.first, heading.last + 1))
        else:
            tables.append([heading])
            titles.append(above)
            repeated.append(set())
    regions: list[Region] = []
    for index, (table, above) in enumerate(zip(tables, titles, strict=True)):
        end = len(finder.grid.rows)
        if index + 1 < len(tables):
            following = titles[index + 1]
            end = min([tables[index + 1][0].first, *(line.row for line in following)]) - 1
        regions += _beside(finder, table[0], above, end, frozenset(repeated[index]))
    regions = regions[: len(_parted(finder, first))] if overrides.header_row else regions
    return [part for each in regions for part in between_captions(finder, each)]


def _further(finder: HeadingFinder, first: HeadingRows) -> Iterator[HeadingRows]:
    """Yield headings below the first: rows with a label of a column that read as a heading."""
    grid, labels = finder.grid, finder.labels
    spelled = labels.spelled | {
        part.text
        for row in range(first.first, first.last + 1)
        for part in finder.parts(row)
        if part.name
    }
    last = first.last
    for row in range(first.last + 1, len(grid.rows) + 1):
        if row <= last or spelled.isdisjoint(grid.rows[row - 1]):
            continue
        again = _same_rows(finder, first, row, above=last)
        found = again or finder.at(row)
        if found and finder.score(found) >= 3 and found.last < len(grid.rows):
            found = again or finder.with_captions(found, above=last)
            last = found.last
            yield found


def _same_rows(
    finder: HeadingFinder, first: HeadingRows, row: int, *, above: int
) -> HeadingRows | None:
    """Return the rows around a row that repeat the first heading in full, None when none do."""
    height = first.last - first.first
    for start in range(max(above, row - height - 1) + 1, row + 1):
        rows = HeadingRows(start, start + height)
        if rows.last <= len(finder.grid.rows) and _headings(finder, first) == _headings(
            finder, rows
        ):
            return rows
    return None


def _is_again(
    finder: HeadingFinder,
    first: HeadingRows,
    heading: HeadingRows,
    titles: tuple[Line, ...],
    above: tuple[Line, ...],
) -> bool:
    """Whether a heading is that of the table above again, as at the top of a printed page."""
    if _headings(finder, first) != _headings(finder, heading):
        return False
    known = {line.text for line in titles}
    return all(line.text in known for line in above)


def _headings(finder: HeadingFinder, rows: HeadingRows) -> list[dict[int, str]]:
    """Return the cells of a heading by column, without units that stand beside it."""
    return [
        {
            column: part.text
            for column, part in enumerate(finder.parts(row), 1)
            if part.text and not part.is_unit
        }
        for row in range(rows.first, rows.last + 1)
    ]


def _titles(grid: Grid, heading: HeadingRows, after: int, *, is_below: bool) -> list[Line]:
    """Return the lines that stand above a heading; `after` is the end of the heading before it.

    Where it may be below another table, the lines next to it which cannot be rows of that.
    """
    lines: list[Line] = []
    has_gap = False
    for row in range(heading.first - 1, after, -1):
        cells = filled(grid, row)
        if not cells:
            has_gap = True
            continue
        if is_below and (not _may_be_title(cells) or is_note(cells) or _holds_data(cells)):
            break
        if is_below and has_gap and lines:
            break
        has_gap = False
        lines.insert(0, Line(row, " ".join(cell_text(value) for value in cells)))
    return lines


def _may_be_title(cells: list[Value]) -> bool:
    """One cell, or up to three of which one names the unit."""
    units = [value for value in cells if find_unit(cell_text(value))]
    return len(cells) == 1 or (bool(units) and len(cells) <= _TITLE_CELLS)


def _holds_data(cells: list[Value]) -> bool:
    if any(type(value) is not str for value in cells):
        return True
    texts = [value for value in cells if type(value) is str]
    return any(is_total(text) for text in texts) or any(
        not text.strip("0123456789０１２３４５６７８９,，.．-−－▲△ ") for text in texts
    )


def _parted(finder: HeadingFinder, heading: HeadingRows) -> list[range]:
    """Return the columns of each table that a heading covers.

    Where a column's name comes again, another table begins: with it, or with the other headings
    left of it that hold no values.
    """
    paths = Paths(finder, heading)
    named: set[str] = set()
    starts = [1]
    for column, path in paths.columns():
        name = next((part.name for part in path if part.name and not part.is_value), None)
        if name is None or paths.heads_values(column):
            continue
        if name in named:
            start = column
            while start - 1 > starts[-1] and paths.path(start - 1):
                if paths.heads_values(start - 1) or _names_field(paths, start - 1):
                    break
                start -= 1
            starts.append(start)
            named = set()
        named.add(name)
    ends = [*starts[1:], paths.width + 1]
    ranges = [range(start, end) for start, end in zip(starts, ends, strict=True)]
    return ranges if all(_holds_values(paths, each) for each in ranges) else [range(1, ends[-1])]


def _names_field(paths: Paths, column: int) -> bool:
    return any(part.name for part in paths.path(column))


def _holds_values(paths: Paths, columns: range) -> bool:
    return any(paths.heads_values(column) for column in columns)


def _beside(
    finder: HeadingFinder,
    heading: HeadingRows,
    titles: tuple[Line, ...],
    last: int,
    again: frozenset[int],
) -> list[Region]:
    parted = _parted(finder, heading)
    if len(parted) == 1:
        return [Region(heading, parted[0], titles, last, again=again)]
    regions = []
    for index, columns in enumerate(parted):
        reach = range(columns.start, columns.stop if index + 1 < len(parted) else ALL_COLUMNS)
        own = [
            Line(line.row, " ".join(map(cell_text, cells)))
            for line in titles
            if (cells := filled(finder.grid, line.row, reach))
        ]
        is_last = index + 1 == len(parted)
        regions.append(Region(heading, columns, tuple(own), last, is_last, again))
    return regions
