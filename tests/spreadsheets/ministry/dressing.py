"""What stands in and around a table: totals, further columns, notes, titles, hidden and struck."""

from decimal import Decimal

from .amounts import raised_mark, shown
from .case import Case
from .chance import Chance
from .paper import Cell, Paper
from .table import Column, Table

TOTALS = ("合計", "計", "小計", "総計", "合　計", "文部科学省 計", "【合計】", "文部科学省合計")
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


def numbers(table: Table, column: Column) -> list[Decimal]:
    """Return the amounts of a column as they are counted in its unit."""
    assert column.look is not None
    return [Decimal(each[1]) / column.look.scale for each in column.yen if each is not None]


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


def total_row(chance: Chance, table: Table, case: Case) -> None:
    """Add a row that adds up the columns, rightly or wrongly; its word may be merged."""
    word = chance.pick(TOTALS)
    wrong = 1 if chance.odds(15) else 0
    labels = [index for index, column in enumerate(table.columns) if column.role == "label"]
    at = labels[0] if chance.odds(80) else chance.pick(labels)
    for index, column in enumerate(table.columns):
        if column.role == "amount":
            total = sum(numbers(table, column), Decimal(0)) + wrong
            assert column.look is not None
            column.cells.append(shown(total, column.look) if total >= 0 else Cell(""))
            column.yen.append(None)
        else:
            column.cells.append(Cell(word if index == at else ""))
    if labels == list(range(labels[0], labels[-1] + 1)) and at == labels[0] and chance.odds(50):
        table.across.append((table.count - 1, labels[0], labels[-1]))
    case.told.add("除きました")


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
        row = chance.pick(rows)
        struck = table.columns
        if row + 1 < table.count:
            rows = rows[:]
    else:
        row, struck = chance.number(0, table.count - 1), [column]
    for each in struck:
        if each.cells[row].value != "":
            each.cells[row].struck = True
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
    """Hide a row, or a column that no record needs."""
    unknown = [i for i, column in enumerate(table.columns) if column.role == "unknown"]
    if unknown and chance.odds(50):
        paper.hidden_columns.add(left + chance.pick(unknown))
    else:
        paper.hidden_rows.add(table.rows_at[chance.number(0, table.count - 1)])
    case.told.add("非表示")
