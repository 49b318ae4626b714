"""Where the rows of a table end, and which lines below it are notes. Pure."""

from ..reading import Grid
from .columns import Overrides
from .region import Line, Region, filled, is_note, line


def table_end(grid: Grid, region: Region, overrides: Overrides) -> tuple[int, tuple[Line, ...]]:
    """Return the last row of data and the notes below it.

    Notes are single cells at the end that begin with 注, 出典, ※ and the like. Single cells below
    such a mark belong to it when a full row stands above the mark, and so does a whole block of
    single cells below a blank row when it has a mark.
    """
    columns = None if region.is_last and region.columns.start == 1 else region.reach
    heading = region.after
    end = overrides.last_row
    if end is None:
        end = _last_data_row(grid, heading, region.last, columns)
    rows = range(max(end, heading) + 1, region.last + 1)
    lines = (line(grid, row, columns) for row in rows if row not in region.again)
    return min(end, region.last), tuple(each for each in lines if each.text)


def _last_data_row(grid: Grid, heading: int, last: int, columns: range | None) -> int:
    """Walk up from the end through blocks of single cells that blank rows divide."""
    end = row = last
    notes = others = 0
    note_below = False
    while row > heading:
        cells = filled(grid, row, columns)
        if len(cells) > 2 or (len(cells) == 2 and not is_note(cells)):
            return row if note_below else end
        note_below = bool(cells) and is_note(cells)
        if cells:
            notes, others = notes + note_below, others + (not note_below)
            if not others:
                end = row - 1
        else:
            if others and not notes:
                return end
            if notes:
                end = row
            notes = others = 0
        row -= 1
    return end
