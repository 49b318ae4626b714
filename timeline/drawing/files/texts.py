"""The words of a figure where it stands alone, as a drawing or in a sheet. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...figure.chart import Chart, ChartCell, ChartRow
from ...figure.vocabulary import MARK, NO_GROUP, STAR, FigureWords


@dataclass(frozen=True)
class Frame:
    """What stands around a figure: its title, of which release it is, and where that is."""

    title: str
    origin: str = ""
    address: str = ""


def cell_text(cell: ChartCell, words: FigureWords) -> str:
    """Return what a cell says in a sheet: its tier's letter, else a word for its state."""
    return cell.tier or words.in_sheet[cell.state]


def row_texts(row: ChartRow, chart: Chart) -> list[str]:
    """Return what a row says in each column of years; ▲ marks an event."""
    if row.cells:
        return [cell_text(cell, chart.words) for cell in row.cells]
    marked = {mark.fiscal_year for mark in row.marks}
    return [MARK if column.fiscal_year in marked else "" for column in chart.columns]


def heading_texts(chart: Chart) -> tuple[list[str | int], list[str | int]]:
    """Return the two heading rows: 西暦 over 和暦."""
    top = [chart.words.texts["group"], chart.words.texts["label"]]
    years: list[int] = [column.fiscal_year for column in chart.columns]
    return [*top, *years], ["", "", *(column.era for column in chart.columns)]


def group_texts(chart: Chart) -> list[str]:
    """Return each row's group; NO_GROUP below a group, because a blank cell there means ditto."""
    texts, above = [], ""
    for row in chart.rows:
        text = row.facts.group or (NO_GROUP if above else "")
        above = above or row.facts.group
        texts.append(text)
    return texts


def numbered_notes(chart: Chart) -> dict[int, int]:
    """Return the number of the note of each row, by row index, that has one."""
    noted = [index for index, row in enumerate(chart.rows) if row.facts.note]
    return {index: number for number, index in enumerate(noted, start=1)}


def note_lines(chart: Chart, *, numbered: bool = True) -> list[str]:
    """Return the lines below a figure, each beginning with 注 or 出典.

    Numbers and the star stand in a drawing; in a sheet, not `numbered`, notes name their rows.
    """
    words = chart.words
    separator = words.texts["semicolon"]
    lines = [words.text("note", mark="", text=words.rule(chart.basis))]
    if found := list(_differing_years(chart)):
        text = words.text("differing_years", years=separator.join(found))
        lines.append(words.text("note", mark=STAR if numbered else "", text=text))
    for index, number in numbered_notes(chart).items():
        facts = chart.rows[index].facts
        label = facts.label(chart.language)
        if numbered:
            lines.append(words.text("numbered_note", number=number, text=facts.note))
        else:
            lines.append(words.text("note_of_row", label=label, text=facts.note))
    if titles := _source_titles(chart):
        lines.append(words.text("source", source=separator.join(titles)))
    return lines


def _differing_years(chart: Chart) -> Iterator[str]:
    for row in chart.rows:
        for cell in row.cells:
            if cell.differs:
                yield chart.words.text(
                    "differing_year",
                    label=row.facts.label(chart.language),
                    fiscal_year=cell.fiscal_year,
                    differs=chart.words.differs_in_text(cell.differs),
                )


def _source_titles(chart: Chart) -> list[str]:
    citations = [
        citation
        for row in chart.rows
        for citation in (
            *(cell.citation for cell in row.cells),
            *(mark.citation for mark in row.marks),
        )
    ]
    return list(dict.fromkeys(citation.title for citation in citations if citation))
