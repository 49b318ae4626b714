"""Columns of values, each of a year or a kind, into one record a value. Pure."""

from typing import Any

from values.messages import Message, gettext_noop

from ..reading import Notice
from .body import Body
from .columns import YearColumns, listed
from .region import is_blank

Cells = list[list[tuple[int, Any]]]


def spread(body: Body, years: YearColumns, title: tuple[int | None, str]) -> set[str]:
    """Make a record of each filled cell under a year or kind, or gather those of a row in one.

    `title` is the year and the kind that the table's title names for columns that name none.
    Returns the columns whose value neither heading, column nor title gives for all records.
    """
    faulty = {key for key in body.faults if key[1].startswith("@")}
    columns = [body.columns[each.column - 1] for each in body.values]
    cells: Cells = [
        [
            (index, column[record])
            for index, column in enumerate(columns)
            if not is_blank(column[record])
            or (faulty and (record, f"@{body.values[index].column}") in faulty)
        ]
        for record in range(len(body.rows))
    ]
    if years.gather:
        _gather(body, years, cells)
        return set()
    return _unpivot(body, years, cells, title)


def _gather(body: Body, years: YearColumns, cells: Cells) -> None:
    heads = [(each.year, each.letter) for each in body.values]
    body.data[years.value] = [
        tuple((heads[index][0], value, heads[index][1]) for index, value in filled)
        for filled in cells
    ]
    body.faults = {
        (record, years.value if name.startswith("@") else name): fault
        for (record, name), fault in body.faults.items()
    }


def _unpivot(
    body: Body, years: YearColumns, cells: Cells, title: tuple[int | None, str]
) -> set[str]:
    sources = [record for record, filled in enumerate(cells) for _cell in filled]
    index = [i for filled in cells for i, _value in filled]
    body.year_index = index
    without = [body.rows[record] for record, filled in enumerate(cells) if not filled]
    body.data = {name: [vs[record] for record in sources] for name, vs in body.data.items()}
    body.data[years.value] = [value for filled in cells for _index, value in filled]
    lacking = set()
    said: dict[str, tuple[list[int | str | None], int | str | None]] = {
        years.year: ([each.year for each in body.values], title[0]),
        years.kind: ([each.kind or None for each in body.values], title[1] or None),
    }
    for name, (of_headings, of_title) in said.items():
        if not name:
            continue
        own = body.data.get(name)
        if own is not None and not any(of_headings):
            continue
        given = [each if each is not None else of_title for each in of_headings]
        if None in given and own is None:
            lacking.add(name)
        if any(each is not None for each in given):
            body.data[name] = [
                given[i] if given[i] is not None else own[record] if own is not None else ""
                for record, i in enumerate(index)
            ]
    _renumber(body, years, sources)
    body.rows = [body.rows[record] for record in sources]
    if without:
        words = {"count": len(without), "rows": listed(without)}
        text = gettext_noop("%(count)s 行（%(rows)s行目）には、どの年度の値もありません。")
        body.notices.append(Notice("row.no_year", Message(text, words)))
    return lacking


def _renumber(body: Body, years: YearColumns, sources: list[int]) -> None:
    """Bring what was carried and what is faulty to the records that rows became."""
    body.carried = {
        name: {i for i, record in enumerate(sources) if record in records}
        for name, records in body.carried.items()
    }
    old, body.faults = body.faults, {}
    if not old:
        return
    for i, record in enumerate(sources):
        for name in ("", *body.data):
            if (record, name) in old:
                body.faults[i, name] = old[record, name]
        own = (record, f"@{body.values[body.year_index[i]].column}")
        if own in old:
            body.faults[i, years.value] = old[own]
