"""Lines between the rows of a table that name the kind, year or unit of what follows. Pure."""

from dataclasses import replace

from .heading.finder import HeadingFinder
from .heading.parts import is_total
from .heading.paths import Paths
from .numbers import number
from .region import Region, is_blank, is_note, line
from .titles import title_words
from .units import unit_named

_CAPTION_CELLS = 2


def between_captions(finder: HeadingFinder, region: Region) -> list[Region]:
    """Part a table where a line between its rows names another year, kind or unit."""
    years = finder.labels.schema.years
    if years is None or years.gather:
        return [region]
    captions = [
        line(finder.grid, row, region.reach)
        for row in range(region.heading.last + 1, region.last + 1)
        if row not in region.again and _is_caption(finder, region, row)
    ]
    ends = [*(each.row - 1 for each in captions), region.last]
    return [
        replace(region, captions=tuple(captions[:index]), last=end)
        for index, end in enumerate(ends)
    ]


def _is_caption(finder: HeadingFinder, region: Region, row: int) -> bool:
    grid, years = finder.grid, finder.labels.schema.years
    cells = grid.rows[row - 1]
    columns = [c for c in region.columns if c <= len(cells) and not is_blank(cells[c - 1])]
    values = [cells[column - 1] for column in columns]
    if years is None or not 0 < len(columns) <= _CAPTION_CELLS or is_note(values):
        return False
    texts = [value for value in values if type(value) is str]
    if len(texts) < len(values) or any(
        number(each) is not None or is_total(each) for each in texts
    ):
        return False
    says = [bool(unit_named(text)) or any(title_words([text], years)) for text in texts]
    if not any(says):
        return False
    paths = Paths(finder, region.heading)
    own = {part.name for part in paths.path(columns[says.index(True)])}
    in_values = paths.heads_values(columns[0])
    return not in_values and own.isdisjoint({years.year, years.kind, years.value} - {""})
