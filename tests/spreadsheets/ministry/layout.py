"""A sheet with one table: titles, units and notes around it."""

from . import words
from .amounts import Look, look
from .bodies import CAPTIONED, SHAPES, Plan
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


def new_plan(chance: Chance, case: Case, *, workbook: bool, place: str) -> Plan:
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


def dress(chance: Chance, table: Table, case: Case, notes: list[str], *, workbook: bool) -> None:
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


def one_table(chance: Chance) -> Case:
    shape = chance.pick(list(SHAPES))
    case = Case(shape)
    workbook = chance.odds(75)
    place = chance.pick(UNIT_PLACES)
    if place == "caption" and shape not in CAPTIONED:
        place = "corner"
    plan = new_plan(chance, case, workbook=workbook, place=place)
    table = SHAPES[shape](plan)
    if not workbook and table.spread == "merge":
        table.spread = "blank"
    notes: list[str] = []
    dress(chance, table, case, notes, workbook=workbook)
    paper = Paper(chance.pick(("予算", "Sheet1", "一覧", "様式１")))
    title = title_of(plan, case, chance)
    lay(chance, paper, table, case, plan, place=place, title=title, notes=notes)
    case.papers, case.records = [paper], table.records
    return written(chance, case, workbook=workbook)


def title_of(plan: Plan, case: Case, chance: Chance) -> str:
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


def lay(
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


def written(chance: Chance, case: Case, *, workbook: bool) -> Case:
    if workbook:
        case.content = as_xlsx(case.papers)
        return case
    case.suffix = ".csv"
    case.content = as_csv(case.papers[0], encoding=chance.pick(("utf-8-sig", "cp932", "utf-8")))
    return case
