"""Small sheets of budgets for tests of understanding: rows in, records out."""

import io

import openpyxl

from spreadsheets.reading import read
from spreadsheets.understanding.columns import Column, Overrides, Schema, YearColumns
from spreadsheets.understanding.layout import understand_all
from values import budget_words


def kind_of(text):
    basis = budget_words.read_basis(text)
    return budget_words.BASIS_NAMES[basis] if basis else None


BUDGETS = Schema(
    columns=(
        Column("program", ("施策", "施策名", "事業名", "Programme"), carry_down=True),
        Column("fiscal_year", ("年度", "Fiscal year")),
        Column("basis", ("区分", "Basis"), carry_down=True),
        Column("amount_yen", ("金額（円）", "金額", "予算額", "Amount"), takes_unit=True),
        Column("unit", ("単位",), is_unit=True),
    ),
    years=YearColumns(
        "amount_yen",
        year="fiscal_year",
        kind="basis",
        kind_of=kind_of,
        is_value=budget_words.is_amount,
        not_stored=budget_words.not_stored,
        is_part=budget_words.is_ministry,
        word_of=budget_words.word_of_amount,
    ),
    units=("円", "千円", "百万円"),
)


def workbook(*rows, merges=(), title="予算"):
    """Return an .xlsx of one sheet; `rows` are lists, `merges` ranges as A1:B2."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for each in merges:
        book.active.merge_cells(each)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def tables(data, **overrides):
    data = data.encode() if isinstance(data, str) else data
    return understand_all(read(data), BUDGETS, Overrides(**overrides))


def records(table):
    """Return (program, fiscal year, basis, amount, unit) of each record, "" for what is unsaid."""
    names = ("program", "fiscal_year", "basis", "amount_yen")
    columns = [table.values(name) for name in names]
    return list(zip(*columns, table.units("amount_yen"), strict=True))


def codes(table):
    return [notice.code for notice in table.notices]


def said(table, code):
    """Return the sentences of the notices with a code."""
    return [notice.in_words() for notice in table.notices if notice.code == code]
