"""Books and sheets with several tables, and any sheet at all."""

from dataclasses import replace
from typing import Any

from . import words
from .amounts import look
from .bodies import SHAPES, kinds_across, years_across
from .case import Case
from .chance import Chance
from .dressing import total_rows
from .layout import dress, lay, new_plan, one_table, title_of, written
from .paper import Paper


def sheet(chance: Chance) -> Case:
    """Return a random sheet of any shape."""
    kind = chance.number(0, 99)
    if kind < 80:
        return one_table(chance)
    if kind < 90:
        return _two_tables(chance)
    return _sheet_a_ministry(chance) if kind < 97 else _sheet_a_year(chance)


def _two_tables(chance: Chance) -> Case:
    """Two tables with a title each, which names its kind and its unit."""
    beside = chance.odds(40)
    case = Case("two tables beside" if beside else "two tables below")
    plan = new_plan(chance, case, workbook=beside or chance.odds(75), place="title")
    plan = replace(plan, english=False)
    paper = Paper("推移")
    records: dict[Any, int] = {}
    top, left = 1, 1
    same_kind = chance.odds(25) and len(plan.codes) > 1
    bases = chance.some(["initial", "executed", "supplementary", "request"], 2, 2)
    for number, basis in enumerate(bases):
        case.unit = chance.pick(list(words.UNITS))
        scale, unit = words.UNITS[case.unit], case.unit
        codes = plan.codes
        if same_kind:
            basis = bases[0]
            codes = plan.codes[:1] if number == 0 else plan.codes[1:]
        way = look(chance, scale, unit, workbook=plan.workbook, says_unit=False)
        own = replace(
            plan, codes=codes, bases=[basis], look=lambda way=way: way, in_heading=lambda _look: ""
        )
        table = years_across(own)
        while own.said_kind:
            table = years_across(replace(own, said_kind=False))
            own = replace(own, said_kind=any(c.role == "label" for c in table.columns[1:]))
        table.spread = "merge" if plan.workbook else "blank"
        if chance.odds(25):
            total_rows(chance, table, case)
        head = f"表{number + 1}　" if chance.odds(70) else ""
        title = head + words.kind(chance, basis)
        last = lay(
            chance, paper, table, case, own, place="title", title=title, notes=[],
            top=top, left=left, alone=False,
        )  # fmt: skip
        records |= table.records
        if beside:
            left += len(table.columns) + chance.number(1, 2)
        else:
            top = last + chance.number(2, 3)
    case.unit, case.papers, case.records = "", [paper], records
    return written(chance, case, workbook=plan.workbook)


def _sheet_a_ministry(chance: Chance) -> Case:
    """A sheet a ministry behind a cover sheet, all laid out alike."""
    case = Case("a ministry a sheet")
    place = chance.pick(("corner", "heading", "title"))
    plan = new_plan(chance, case, workbook=True, place=place)
    ministries = ("文部科学省", "外務省", "経済産業省")
    codes = plan.codes if len(plan.codes) > 1 else list(words.PROGRAMS)[:2]
    half = len(codes) // 2
    shape = chance.pick(list(SHAPES))
    records: dict[Any, int] = {}
    if chance.odds(70):
        cover = Paper("表紙")
        cover.put(2, 1, "令和4年度 各府省の国際関係予算")
        cover.put(4, 1, "担当：国際課")
        case.papers.append(cover)
    title = ""
    for index, part in enumerate((codes[:half], codes[half:])):
        paper = Paper(ministries[index])
        own = replace(plan, codes=part)
        if index and not plan.said_kind:
            own = replace(own, years=plan.years[:1], bases=plan.bases[:1])
        table = SHAPES[shape](own)
        title = title_of(own, case, chance)
        notes: list[str] = []
        dress(chance, table, case, notes, workbook=True)
        lay(chance, paper, table, case, own, place=place, title=title, notes=notes)
        case.papers.append(paper)
        case.sheets.append(paper.name)
        records |= table.records
    case.records = records
    return written(chance, case, workbook=True)


def _sheet_a_year(chance: Chance) -> Case:
    """Sheets named for their years, which are said nowhere else: 令和3年度, 令和4年度."""
    case = Case("a year a sheet")
    plan = new_plan(chance, case, workbook=True, place="title")
    for year in plan.years[:2]:
        era, _letter, number = words.ERAS[year]
        paper = Paper(chance.pick((f"{era}{number}年度", f"{year}年度")))
        own = replace(plan, years=[year])
        table = kinds_across(own)
        while own.said_year:
            own = replace(own, said_year=False)
            table = kinds_across(own)
        lay(chance, paper, table, case, own, place="title", title="国際関係予算", notes=[])
        case.papers.append(paper)
        case.sheets.append(paper.name)
        case.records |= table.records
    return written(chance, case, workbook=True)
