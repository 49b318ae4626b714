"""The rows and columns of a table, before anything stands around it: one function a shape."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from . import words
from .amounts import Look, amount, own_unit
from .case import Key
from .chance import Chance
from .paper import Cell
from .table import Column, Table

LABELS = ("事業名", "施策名", "施策", "プログラム名")


@dataclass
class Plan:
    """What a table is about, and how it may be written."""

    chance: Chance
    codes: list[str]
    years: list[int]
    bases: list[str]
    look: Callable[[], Look]
    """The look of one column of amounts."""
    in_heading: Callable[[Look], str]
    """What a heading of amounts says of its unit: （百万円）, or nothing."""
    workbook: bool = True
    english: bool = False
    has_unit_headings: bool = False
    unit_column: bool = False
    caption_unit: str = ""
    """The unit that a caption above the headings of amounts names."""
    said_year: bool = False
    """Whether a year stands in the table; else the title or its reader names it."""
    said_kind: bool = False

    def kind(self, basis: str) -> str:
        return words.kind(self.chance, basis, english=self.english)

    def year(self, year: int) -> Cell:
        return words.year_cell(self.chance, year, english=self.english, workbook=self.workbook)

    def label(self) -> str:
        return "Programme" if self.english else self.chance.pick(LABELS)


def amounts(plan: Plan, path: tuple[str | Cell, ...], entries: Sequence[Key], look: Look) -> Column:
    """Return a column of amounts, a record a row."""
    column = Column("amount", path, look=look)
    for entry in entries:
        own = not look.is_plain and plan.chance.odds(1)
        cell, yen = own_unit(plan.chance) if own else amount(plan.chance, look)
        column.own_units |= own
        column.cells.append(cell)
        column.yen.append(None if yen is None else (entry, yen))
    return column


def carried(
    plan: Plan, texts: Sequence[str | Cell], *, blanks: bool = True
) -> tuple[list[Cell], list[tuple[int, int]]]:
    """Return cells that say each text again, leave it blank, merge it, or write 〃 below it."""
    chance = plan.chance
    ways = ["again", *(["blank"] if blanks else []), "〃", *(["merge"] if plan.workbook else [])]
    way = chance.pick(ways)
    cells, merges = [], []
    for index, text in enumerate(texts):
        is_same = index > 0 and texts[index - 1] == text
        if is_same and way == "merge":
            first = merges[-1][0] if merges and merges[-1][1] == index - 1 else index - 1
            merges = [each for each in merges if each[0] != first] + [(first, index)]
        value = text if not is_same or way == "again" else "〃" if way == "〃" else ""
        cells.append(value if isinstance(value, Cell) else Cell(value))
    return cells, merges


def long(plan: Plan) -> Table:
    """施策, 年度, 区分, 金額: a record a row."""
    plan.said_year = plan.said_kind = True
    chance, look = plan.chance, plan.look()
    entries = [
        (code, year, basis) for code in plan.codes for year in plan.years for basis in plan.bases
    ]
    names = {code: words.program(chance, code) for code in plan.codes}
    programs, merges = carried(plan, [names[code] for code, _year, _basis in entries])
    kinds = {basis: plan.kind(basis) for basis in plan.bases}
    years = {year: plan.year(year) for year in plan.years}
    when, spans = carried(plan, [years[year] for _code, year, _basis in entries], blanks=False)
    heads = ("年度", "区分", "金額")
    if plan.english:
        heads = ("Year", "Kind", "Amount")
    columns = [
        Column("label", (plan.label(),), programs, merges),
        Column("label", (heads[0],), when, spans),
        Column("label", (heads[1],), [Cell(kinds[basis]) for _code, _year, basis in entries]),
        amounts(plan, (heads[2] + plan.in_heading(look),), entries, look),
    ]
    if plan.unit_column:
        columns.append(Column("label", ("単位",), [Cell(look.unit) for _entry in entries]))
    return Table(_in_any_order(chance, columns))


def years_across(plan: Plan) -> Table:
    """A column a year; the kind stands in a column of its own, or outside of the table."""
    plan.said_year = True
    chance = plan.chance
    with_kinds = chance.odds(50) or len(plan.bases) > 1
    plan.said_kind = with_kinds
    bases = plan.bases if with_kinds else plan.bases[:1]
    rows = [(code, basis) for code in plan.codes for basis in bases]
    names = {code: words.program(chance, code) for code in plan.codes}
    programs, merges = carried(plan, [names[code] for code, _basis in rows])
    columns = [Column("label", (plan.label(),), programs, merges)]
    if with_kinds:
        heading = "Kind" if plan.english else chance.pick(("区分", "予算区分", "予算の種類"))
        kinds = {basis: plan.kind(basis) for basis in bases}
        cells, merges = carried(plan, [kinds[basis] for _code, basis in rows])
        columns.append(Column("label", (heading,), cells, merges))
    style = chance.number(0, 2)
    for index, year in enumerate(plan.years):
        look = plan.look()
        heading = _year_heading(plan, index, style) if not plan.english else f"FY{year}"
        unit = plan.in_heading(look)
        path = Cell(f"{heading}{unit}") if unit else plan.year(year) if style == 0 else heading
        entries = [(code, year, basis) for code, basis in rows]
        columns.append(amounts(plan, (path,), entries, look))
    if plan.caption_unit:
        return _under_caption(plan, columns)
    return Table(columns)


def _under_caption(plan: Plan, columns: list[Column]) -> Table:
    """Put one more row above the headings, with words that stand over all amounts."""
    caption = _caption(plan)
    for column in columns:
        column.path = (*caption, *column.path) if column.role == "amount" else (*column.path, "")
    spread = plan.chance.pick(("merge", "blank") if plan.workbook else ("blank",))
    return Table(columns, spread=spread, label_at=plan.chance.pick(("merge", "top", "bottom")))


def _year_heading(plan: Plan, index: int, style: int) -> str:
    year = plan.years[index]
    if style == 2:
        return words.japanese_year(plan.chance, year) + "予算額"
    if style == 1 and index and plan.years[index - 1] == year - 1:
        return f"{words.ERAS[year][2]}年度"
    if style == 1:
        return f"{words.ERAS[year][0]}{words.ERAS[year][2]}年度"
    return words.japanese_year(plan.chance, year)


def one_heading(plan: Plan) -> Table:
    """平成28年度当初予算額, R4補正, …: a year and a kind in the heading of each column."""
    plan.said_year = plan.said_kind = True
    chance = plan.chance
    names = [Cell(words.program(chance, code)) for code in plan.codes]
    columns = [Column("label", (plan.label(),), names)]
    for year in plan.years:
        for basis in plan.bases:
            look = plan.look()
            heading = words.year_and_kind(chance, year, basis, english=plan.english)
            entries = [(code, year, basis) for code in plan.codes]
            path = (heading + plan.in_heading(look),)
            columns.append(amounts(plan, path, entries, look))
    return Table(columns)


def kinds_across(plan: Plan) -> Table:
    """A column a kind beside a column of years, or with the year in the title."""
    chance = plan.chance
    with_years = chance.odds(60) or len(plan.years) > 1
    plan.said_kind, plan.said_year = True, with_years
    years = plan.years if with_years else plan.years[:1]
    rows = [(code, year) for code in plan.codes for year in years]
    names = {code: words.program(chance, code) for code in plan.codes}
    programs, merges = carried(plan, [names[code] for code, _year in rows])
    columns = [Column("label", (plan.label(),), programs, merges)]
    if with_years:
        cells = {year: plan.year(year) for year in years}
        heading = "Fiscal year" if plan.english else chance.pick(("年度", "会計年度"))
        columns.append(Column("label", (heading,), [cells[year] for _code, year in rows]))
    for basis in plan.bases:
        look = plan.look()
        entries = [(code, year, basis) for code, year in rows]
        path = (plan.kind(basis) + plan.in_heading(look),)
        columns.append(amounts(plan, path, entries, look))
    return Table(columns)


def _caption(plan: Plan) -> tuple[str, ...]:
    words_above = plan.chance.pick(("予算額・執行額", "予算額", "国際関係予算"))
    if not plan.caption_unit:
        return (words_above,)
    return (
        plan.chance.pick(
            (f"{words_above}（{plan.caption_unit}）", f"（単位：{plan.caption_unit}）")
        ),
    )


def deep(plan: Plan) -> Table:
    """Years over kinds or kinds over years, with a caption above, letters or units below."""
    plan.said_year = plan.said_kind = True
    chance = plan.chance
    years_first = chance.odds(50)
    years = {year: plan.year(year) for year in plan.years}
    kinds = {basis: plan.kind(basis) for basis in plan.bases}
    caption = _caption(plan) if plan.caption_unit or chance.odds(30) else ()
    letters, units = chance.odds(15), chance.odds(40) and plan.has_unit_headings
    outer, inner = (plan.years, plan.bases) if years_first else (plan.bases, plan.years)
    pairs = [(a, b) if years_first else (b, a) for a in outer for b in inner]
    label = plan.label()
    amount_columns = []
    for index, (year, basis) in enumerate(pairs):
        look = plan.look()
        path = (years[year], kinds[basis]) if years_first else (kinds[basis], years[year])
        path = (*caption, *path)
        if letters:
            path = (*path, f"({'ABCDEFGHIJKLMNOP'[index]})")
        if units and len(path) < 4:
            path = (*path, plan.in_heading(look))
        elif plan.in_heading(look):
            last = path[-1].value if isinstance(path[-1], Cell) else path[-1]
            last = last if isinstance(last, str) else f"{year}年度"
            path = (*path[:-1], f"{last}{plan.in_heading(look)}")
        entries = [(code, year, basis) for code in plan.codes]
        amount_columns.append(amounts(plan, path, entries, look))
    depth = len(amount_columns[0].path)
    names = [Cell(words.program(chance, code)) for code in plan.codes]
    first = Column("label", (label, *[""] * (depth - 1)), names)
    spread = chance.pick(("merge", "blank", "repeat") if plan.workbook else ("blank", "repeat"))
    place = chance.pick(("merge", "top", "bottom"))
    return Table([first, *amount_columns], spread=spread, label_at=place)


def _in_any_order(chance: Chance, columns: list[Column]) -> list[Column]:
    if chance.odds(20) and not columns[0].merges and all(c.value for c in columns[0].cells):
        return [*columns[1:], columns[0]]
    return columns


CAPTIONED = ("years across", "deep")
"""The shapes that may have a caption above their headings."""
SHAPES = {
    "long": long,
    "years across": years_across,
    "one heading": one_heading,
    "kinds across": kinds_across,
    "deep": deep,
}
