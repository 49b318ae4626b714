"""Cells of programmes' sheets: fiscal years, amounts with their unit, bases of budget."""

from django.utils.translation import gettext as _

from spreadsheets.resources.cells import ChoiceCell, NumberCell, cell_text
from spreadsheets.understanding.table import is_bare_number
from values import budget_words, fiscal_year, money
from values.yen_units import read_unit


class FiscalYearCell(NumberCell):
    """Reads 2016, 2016年度, H28 or 平成28年度, and － or 不明 as no year; writes 2016."""

    accepts = "年度。2016、2016年度、平成28年度、H28 のどれでも読めます。"

    def __init__(self):
        super().__init__(read_fiscal_year)


def read_fiscal_year(text):
    if money.nil_mark(text):
        return None
    return fiscal_year.parse(text, calendar_year_ok=True).year


class AmountCell(NumberCell):
    """Yen. Reads plain digits, 1,234, ▲1,234 and amounts with their unit, as 12億円."""

    accepts = (
        "金額。1234、1,234、▲1,234、12億円 のどれでも読めます。"
        "単位は、見出しか題名かセルに書いてください。"
    )

    def __init__(self):
        super().__init__(lambda text: money.parse_amount(text).yen)

    def read_with_unit(self, text, unit):
        """Return (yen, unit the amount was given in, "" for none); － and 不明 are no amount.

        A number other than zero needs a unit: its own, or `unit` of its row, heading or table.
        """
        if money.nil_mark(text):
            return None, ""
        counted_in = read_unit(unit) if unit else None
        if unit and counted_in is None:
            words = _("単位「%(unit)s」は知らない単位です。円、千円、百万円などにしてください。")
            raise ValueError(words % {"unit": unit})
        try:
            amount = money.parse_amount(text, counted_in)
        except money.AmountError as refusal:
            raise ValueError(refusal.in_words(_)) from refusal
        if counted_in is None and amount.yen and is_bare_number(text):
            words = _("「%(value)s」の単位が書かれていません。単位を書くか選んでください。")
            raise ValueError(words % {"value": text})
        return amount.yen, amount.unit if unit or amount.unit != "yen" else ""


def basis_name(text):
    """Return what this site calls the basis that a heading or a cell names, None for none."""
    basis = budget_words.read_basis(text)
    return budget_words.BASIS_NAMES[basis] if basis else None


class BasisCell(ChoiceCell):
    """A basis of budget by any of its names: 当初, 補正予算（第2号）, 決算額."""

    def clean(self, value, row=None, **kwargs):
        return budget_words.read_basis(cell_text(value)) or super().clean(value, row, **kwargs)
