"""What stands in and around a table: totals, further columns, notes, titles, hidden and struck."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from .amounts import raised_mark, shown
from .case import Case
from .chance import Chance
from .paper import Cell, Paper
from .table import Column, Table

TOTALS = (
    "合計",
    "計",
    "小計",
    "総計",
    "合　計",
    "文部科学省 計",
    "【合計】",
    "文部科学省合計",
    "合 計",
    "総合計",
    "合計額",
    "全体合計",
    "TOTAL",
    "合計（A）",
)
SUBTOTALS = ("小計", "計", "文部科学省　計", "小　計")
NOTES = (
    "（注）単位未満は四捨五入している。",
    "※ 各府省の資料による。",
    "注：単位は千円である。",
    "（注）単位：千円",
    "出典：令和5年度行政事業レビュー",
    "注１ 平成30年度までは見込額である。",
)
PAPERS_HEAD = (
    "国際関係予算一覧（抄）",
    "文部科学省科学技術・学術政策局",
    "令和５年８月３１日現在",
    "資料３－２",
    "機密性２",
)
KIND_HEADINGS = ("区分", "予算区分", "予算の種類", "Kind")
REMARKS = ("備考", "担当課", "会計区分", "所管府省", "政策番号")


def further_columns(chance: Chance, table: Table, case: Case) -> None:
    """Add columns that no record needs: numbers, remarks, changes."""
    blanks = [""] * (table.depth - 1)
    if chance.odds(15):
        heading = chance.pick(("No.", "番号", "№"))
        cells = [Cell(number + 1) for number in range(table.count)]
        table.columns.insert(0, Column("unknown", (heading, *blanks), cells))
        case.unused.add(heading)
    if chance.odds(15):
        heading = chance.pick(("府省", "所管府省", "担当課"))
        cells = [Cell("文部科学省"), *[Cell("") for _row in range(table.count - 1)]]
        merges = [(0, table.count - 1)] if table.count > 1 else []
        table.columns.insert(0, Column("unknown", (heading, *blanks), cells, merges))
        case.unused.add(heading)
    if chance.odds(20):
        heading = chance.pick(("増減", "対前年度増減額", "伸び率"))
        cells = [Cell(chance.number(-90, 90)) for _row in range(table.count)]
        table.columns.append(Column("unknown", (heading, *blanks), cells))
        case.unused.add(heading)
    if chance.odds(25):
        heading = chance.pick([each for each in REMARKS if each not in case.unused])
        text = chance.pick(("継続", "一般会計", "1-2", 7, "新規"))
        cells = [Cell(text if chance.odds(70) else "") for _row in range(table.count)]
        table.columns.append(Column("unknown", (heading, *blanks), cells))
        case.unused.add(heading)


def total_columns(chance: Chance, table: Table, case: Case) -> None:
    """Add a column that adds up those of amounts, which count in one unit."""
    columns = table.amounts
    if len({column.look.scale for column in columns if column.look}) > 1 or len(columns) < 2:
        return
    look = columns[0].look
    assert look is not None
    heading = chance.pick(("合計", "計", "総計", "合　計"))
    cells = []
    for row in range(table.count):
        parts = [column.yen[row] for column in columns]
        total = sum(Decimal(each[1]) / look.scale for each in parts if each is not None)
        cells.append(shown(Decimal(total), look) if total >= 0 else Cell(""))
    path = (heading, *[""] * (table.depth - 1))
    last = table.columns.index(columns[-1])
    table.columns.insert(last + 1, Column("total", path, cells, look=look))
    case.told.add("除きました")


def sums_of_groups(chance: Chance, table: Table, case: Case) -> None:
    """After the columns of each year, or of each kind, add one that adds them up."""
    columns = table.amounts
    scales = {column.look.scale for column in columns if column.look}
    groups: dict[str, list[Column]] = {}
    for column in columns:
        groups.setdefault(repr(column.path[:-1]), []).append(column)
    if table.depth < 2 or len(scales) > 1 or any(len(group) < 2 for group in groups.values()):
        return
    word = chance.pick(("計", "合計", "小計"))
    for group in groups.values():
        look = group[0].look
        assert look is not None
        cells = []
        for row in range(table.count):
            parts = [each for column in group if (each := column.yen[row]) is not None]
            total = sum((Decimal(yen) / look.scale for _key, yen in parts), Decimal(0))
            cells.append(shown(total, look) if total >= 0 else Cell(""))
        at = table.columns.index(group[-1]) + 1
        table.columns.insert(at, Column("total", (*group[0].path[:-1], word), cells, look=look))
    case.told.add("除きました")


def sums_of_programs(chance: Chance, table: Table, case: Case) -> None:
    """After the kinds of each programme, add a row whose kind says 計."""
    kind = next((i for i, c in enumerate(table.columns) if str(c.path[0]) in KIND_HEADINGS), None)
    starts = [row for row in speaks_in_every_row(table) if row]
    if kind is None or not starts or table.columns[kind].merges:
        return
    word = chance.pick(("計", "合計", "小計"))
    ends = [*starts, table.count]
    for first, end in reversed(list(zip([0, *starts], ends, strict=True))):
        cells = {kind: Cell(word)}
        for index, column in enumerate(table.columns):
            if column.role == "amount" and column.look is not None:
                parts = [each for each in column.yen[first:end] if each is not None]
                total = sum((Decimal(each[1]) for each in parts), Decimal(0)) / column.look.scale
                if total >= 0:
                    cells[index] = shown(total, column.look)
        table.insert_row(end, cells)
    case.told.add("除きました")


def total_rows(chance: Chance, table: Table, case: Case) -> None:
    """Add up the columns above or below the table, or each half of it, rightly or wrongly."""
    starts = [row for row in speaks_in_every_row(table) if row]
    word = chance.pick(TOTALS)
    end = table.count
    if starts and chance.odds(20):
        middle = chance.pick(starts)
        _insert_total(chance, table, case, end, chance.pick(SUBTOTALS), range(middle, end))
        _insert_total(chance, table, case, middle, chance.pick(SUBTOTALS), range(middle))
        _insert_total(
            chance, table, case, end + 2, word, [*range(middle), *range(middle + 1, end + 1)]
        )
    elif chance.odds(10):
        _insert_total(chance, table, case, 0, word, range(end))
    else:
        _insert_total(chance, table, case, end, word, range(end))
    case.told.add("除きました")


def _insert_total(
    chance: Chance, table: Table, case: Case, at: int, word: str, parts: Sequence[int]
) -> None:
    """Write a row that adds up others; its word may be merged over the labels."""
    wrong = 1 if chance.odds(10) else 0
    labels = [index for index, column in enumerate(table.columns) if column.role == "label"]
    place = labels[0] if chance.odds(80) else chance.pick(labels)
    names_units = table.has_own_units or any(c.look and c.look.names_unit for c in table.amounts)
    cells: dict[int, Cell] = {place: Cell(word)}
    for index, column in enumerate(table.columns):
        if column.role != "amount" or column.look is None:
            continue
        known = [column.yen[row] for row in parts]
        numbers = [Decimal(each[1]) / column.look.scale for each in known if each is not None]
        total = sum(numbers, Decimal(0)) + wrong
        if total >= 0:
            cells[index] = shown(total, column.look)
        if wrong and total >= 0 and len(numbers) > 1 and not names_units:
            case.told.add("合計が内訳の和と合いません")
    table.insert_row(at, cells)
    if labels == list(range(labels[0], labels[-1] + 1)) and place == labels[0] and chance.odds(50):
        table.across.append((at, labels[0], labels[-1]))


def further_rows(chance: Chance, table: Table) -> None:
    """Add a heading over a part of the rows, or a part of the programme above, which is none."""
    starts = [row for row in speaks_in_every_row(table) if row]
    if not starts:
        return
    first = next(i for i, column in enumerate(table.columns) if column.role == "label")
    at = chance.pick(starts)
    if chance.odds(60):
        table.insert_row(
            at, {first: Cell(chance.pick(("１．人材の育成", "＜一般会計＞", "〇 共同研究")))}
        )
        if chance.odds(60):
            table.across.append((at, first, len(table.columns) - 1))
        return
    cells = {first: Cell(chance.pick(("うち国際分", "（うち委託費）", "　うち推進費")))}
    for index, column in enumerate(table.columns):
        if column.role == "amount" and column.look is not None:
            cells[index] = shown(Decimal(1), column.look)
    table.insert_row(at, cells)


def speaks_in_every_row(table: Table) -> list[int]:
    """Return the rows in which every column of labels says its own."""
    labels = [column for column in table.columns if column.role == "label"]
    return [
        row
        for row in range(table.count)
        if all(each.cells[row].value not in ("", "〃") for each in labels)
    ]


def struck_through(chance: Chance, table: Table, case: Case) -> None:
    """Strike a whole row or one amount."""
    rows = speaks_in_every_row(table)
    column = chance.pick(table.amounts)
    if len(rows) == table.count and table.count > 1 and chance.odds(50):
        row, struck = chance.pick(rows), table.columns
    else:
        row, struck = chance.number(0, table.count - 1), [column]
    for each in struck:
        if each.cells[row].value != "":
            each.cells[row] = replace(each.cells[row], struck=True)
            case.told.add("取消線")
        if each.role == "amount":
            each.yen[row] = None


def raised(chance: Chance, table: Table) -> None:
    """Set the mark of a note after the name of a programme."""
    column = next(each for each in table.columns if each.role == "label")
    row = chance.number(0, table.count - 1)
    text = column.cells[row].value
    if isinstance(text, str) and text not in ("", "〃") and column.path[0] != "年度":
        column.cells[row] = Cell(raised_mark(text).value)


def coloured(chance: Chance, table: Table) -> None:
    for column in table.amounts:
        for cell in column.cells:
            if chance.odds(20):
                cell.colour = "FFFF00"


def bracketed(chance: Chance, table: Table) -> str:
    """Put an amount into brackets; return the note that says that it is a part of another."""
    column = chance.pick(table.amounts)
    row = chance.number(0, table.count - 1)
    column.cells[row], column.yen[row] = Cell(f"({chance.number(1, 999)})"), None
    return chance.pick(("（注）（　）書きは内数である。", "※ ( )内は内数"))


def hide(chance: Chance, table: Table, paper: Paper, left: int, case: Case) -> None:
    """Hide a row or a column, which is read nevertheless."""
    unknown = [i for i, c in enumerate(table.columns) if c.role in ("unknown", "amount")]
    if unknown and chance.odds(50):
        paper.hidden_columns.add(left + chance.pick(unknown))
    else:
        paper.hidden_rows.add(table.rows_at[chance.number(0, table.count - 1)])
    case.told.add("非表示")
