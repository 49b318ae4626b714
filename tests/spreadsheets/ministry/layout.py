"""A whole sheet: titles, units, a table or two, notes; one sheet or one a ministry."""

from dataclasses import replace
from typing import Any

from . import words
from .amounts import Look, look
from .bodies import CAPTIONED, SHAPES, Plan, kinds_across, years_across
from .case import Case
from .chance import Chance
from .dressing import (
    NOTES,
    PAPERS_HEAD,
    bracketed,
    coloured,
    further_columns,
    further_rows,
    hide,
    raised,
    speaks_in_every_row,
    struck_through,
    sums_of_groups,
    sums_of_programs,
    total_columns,
    total_rows,
)
from .paper import Paper, as_csv, as_xlsx
from .table import Table

UNIT_PLACES = (
    "corner",
    "heading",
    "caption",
    "title",
    "beside title",
    "beside heading",
    "each heading its own",
    "amounts",
    "one heading lacks it",
    "nowhere",
)


def sheet(chance: Chance) -> Case:
    """Return a random sheet of any shape."""
    kind = chance.number(0, 99)
    if kind < 80:
        return _one_table(chance)
    if kind < 90:
        return _two_tables(chance)
    return _sheet_a_ministry(chance) if kind < 97 else _sheet_a_year(chance)


def _plan(chance: Chance, case: Case, *, workbook: bool, place: str) -> Plan:
    english = chance.odds(10)
    units = words.ENGLISH_UNITS if english else words.UNITS
    bases = list(words.ENGLISH_KINDS if english else words.KINDS)
    unit = chance.pick([each for each in units if place != "amounts" or not each[0].isdigit()])
    case.unit = "" if place == "each heading its own" else unit
    first = chance.number(words.FIRST_YEAR, words.LAST_YEAR - 2)
    lacks = chance.number(0, 2)
    made: list[Look] = []

    def new_look() -> Look:
        own = chance.pick(list(units)) if place == "each heading its own" else unit
        says = place == "amounts" and not english
        found = look(chance, units[own], own, workbook=workbook, says_unit=says)
        made.append(found)
        return found

    form = chance.pick(("（%s）", "(%s)", "[%s]", "（単位：%s）") if not english else (" (%s)",))

    def in_heading(this: Look) -> str:
        if place not in ("heading", "each heading its own", "one heading lacks it"):
            return ""
        if place == "one heading lacks it" and len(made) - 1 == lacks:
            return ""
        return form % this.unit

    return Plan(
        chance,
        codes=chance.some(list(words.PROGRAMS), 1, 4),
        years=list(range(first, first + chance.number(1, 3))),
        bases=chance.some(bases, 1, 3),
        look=new_look,
        in_heading=in_heading,
        workbook=workbook,
        english=english,
        unit_column=place == "nowhere" and not english and chance.odds(30),
        caption_unit=unit if place == "caption" else "",
        has_unit_headings=place in ("heading", "each heading its own", "one heading lacks it"),
    )


def _dress(chance: Chance, table: Table, case: Case, notes: list[str], *, workbook: bool) -> None:
    if workbook and chance.odds(4):
        struck_through(chance, table, case)
    if chance.odds(3):
        notes.append(bracketed(chance, table))
    if workbook and chance.odds(3):
        raised(chance, table)
    if workbook and chance.odds(6):
        coloured(chance, table)
    if chance.odds(15):
        total_columns(chance, table, case)
    elif chance.odds(20):
        sums_of_groups(chance, table, case)
    further_columns(chance, table, case)
    said = [row for row in speaks_in_every_row(table) if row]
    if said and chance.odds(6):
        table.again_before = chance.pick(said)
    elif said and chance.odds(4):
        table.gap_before = chance.pick(said)
    if chance.odds(6):
        further_rows(chance, table)
    if chance.odds(10) and not (table.again_before or table.gap_before):
        sums_of_programs(chance, table, case)
        return
    if chance.odds(30):
        total_rows(chance, table, case)


def _one_table(chance: Chance) -> Case:
    shape = chance.pick(list(SHAPES))
    case = Case(shape)
    workbook = chance.odds(75)
    place = chance.pick(UNIT_PLACES)
    if place == "caption" and shape not in CAPTIONED:
        place = "corner"
    plan = _plan(chance, case, workbook=workbook, place=place)
    table = SHAPES[shape](plan)
    if not workbook and table.spread == "merge":
        table.spread = "blank"
    notes: list[str] = []
    _dress(chance, table, case, notes, workbook=workbook)
    paper = Paper(chance.pick(("予算", "Sheet1", "一覧", "様式１")))
    title = _title(plan, case, chance)
    _lay(chance, paper, table, case, plan, place=place, title=title, notes=notes)
    case.papers, case.records = [paper], table.records
    return _written(chance, case, workbook=workbook)


def _title(plan: Plan, case: Case, chance: Chance) -> str:
    """Return the line above the table, which names the year and the kind where the table does not.

    What a title leaves open, its reader answers.
    """
    basis, year = plan.bases[0], plan.years[0]
    era, _letter, number = words.ERAS[year]
    if not plan.said_kind:
        case.constants["区分"] = words.STORED[basis]
    if not plan.said_year:
        case.constants["年度"] = str(year)
    head = chance.pick(("", "表１　", "別表 "))
    if not plan.said_year and chance.odds(60):
        return f"{head}{era}{number}年度予算"
    if not plan.said_kind and chance.odds(60) and not plan.english:
        return head + words.kind(chance, basis) + chance.pick(("", "の推移"))
    return chance.pick(("", "国際関係予算の推移", "施策別の予算"))


def _lay(
    chance: Chance,
    paper: Paper,
    table: Table,
    case: Case,
    plan: Plan,
    *,
    place: str,
    title: str,
    notes: list[str],
    top: int = 0,
    left: int = 0,
    alone: bool = True,
) -> int:
    """Write titles, unit, table and notes from a corner on; return the last row."""
    unit = case.unit
    left = left or 1 + (chance.number(0, 2) if chance.odds(15) else 0)
    at = top or 1 + (chance.number(0, 2) if chance.odds(15) else 0)
    right = left + len(table.columns) - 1
    if alone:
        for line in chance.some(PAPERS_HEAD, 0, 2) if chance.odds(40) else ():
            paper.put(at, left, line)
            at += 1
    if place == "title":
        title = f"{title or '国際関係予算'}（{chance.pick(('', '単位：'))}{unit}）"
    if title:
        paper.put(at, left, title)
    if place == "beside title":
        paper.put(at, right if title and right > left else right + 1, _unit_alone(chance, unit))
    if title or place == "beside title":
        at += 1
    if place == "corner":
        paper.put(at, chance.pick((right, left, right + 1)), _unit_alone(chance, unit))
        at += 1
    elif (title or place == "beside title") and chance.odds(30):
        at += 1
    if place == "beside heading":
        paper.put(at, right + 1, _unit_alone(chance, unit))
    last = table.lay(paper, at, left)
    if plan.workbook and chance.odds(5):
        hide(chance, table, paper, left, case)
    if alone and (notes or chance.odds(35)):
        last += 1 if chance.odds(50) else 0
        for note in [*notes, *chance.some(NOTES, 0, 2)]:
            last += 1
            paper.put(last, left, note)
    return last


def _unit_alone(chance: Chance, unit: str) -> str:
    if unit in words.ENGLISH_UNITS:
        return chance.pick((f"({unit})", f"Unit: {unit}", unit))
    return chance.pick(
        (
            f"（単位：{unit}）",
            f"単位:{unit}",
            f"（{unit}）",
            f"単位　{unit}",
            f"[単位：{unit}]",
            f"（金額単位：{unit}）",
            f"（単位：{unit}、％）",
            f"{unit}単位",
        )
    )


def _two_tables(chance: Chance) -> Case:
    """Two tables with a title each, which names its kind and its unit."""
    beside = chance.odds(40)
    case = Case("two tables beside" if beside else "two tables below")
    plan = _plan(chance, case, workbook=beside or chance.odds(75), place="title")
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
        last = _lay(
            chance, paper, table, case, own, place="title", title=title, notes=[],
            top=top, left=left, alone=False,
        )  # fmt: skip
        records |= table.records
        if beside:
            left += len(table.columns) + chance.number(1, 2)
        else:
            top = last + chance.number(2, 3)
    case.unit, case.papers, case.records = "", [paper], records
    return _written(chance, case, workbook=plan.workbook)


def _sheet_a_ministry(chance: Chance) -> Case:
    """A sheet a ministry behind a cover sheet, all laid out alike."""
    case = Case("a ministry a sheet")
    place = chance.pick(("corner", "heading", "title"))
    plan = _plan(chance, case, workbook=True, place=place)
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
        title = _title(own, case, chance)
        notes: list[str] = []
        _dress(chance, table, case, notes, workbook=True)
        _lay(chance, paper, table, case, own, place=place, title=title, notes=notes)
        case.papers.append(paper)
        case.sheets.append(paper.name)
        records |= table.records
    case.records = records
    return _written(chance, case, workbook=True)


def _sheet_a_year(chance: Chance) -> Case:
    """Sheets named for their years, which are said nowhere else: 令和3年度, 令和4年度."""
    case = Case("a year a sheet")
    plan = _plan(chance, case, workbook=True, place="title")
    for year in plan.years[:2]:
        era, _letter, number = words.ERAS[year]
        paper = Paper(chance.pick((f"{era}{number}年度", f"{year}年度")))
        own = replace(plan, years=[year])
        table = kinds_across(own)
        while own.said_year:
            own = replace(own, said_year=False)
            table = kinds_across(own)
        _lay(chance, paper, table, case, own, place="title", title="国際関係予算", notes=[])
        case.papers.append(paper)
        case.sheets.append(paper.name)
        case.records |= table.records
    return _written(chance, case, workbook=True)


def _written(chance: Chance, case: Case, *, workbook: bool) -> Case:
    if workbook:
        case.content = as_xlsx(case.papers)
        return case
    case.suffix = ".csv"
    case.content = as_csv(case.papers[0], encoding=chance.pick(("utf-8-sig", "cp932", "utf-8")))
    return case
