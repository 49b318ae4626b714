from programs.budget_table import budget_bars, budget_table
from programs.models import Source, YearlyBudget

SHEET_2018 = Source(pk=1, code="sheet-2018", title="2018年度のシート")
SHEET_2019 = Source(pk=2, code="sheet-2019", title="2019年度のシート")


def amount(fiscal_year, basis, amount_yen, source=None, locator=""):
    return YearlyBudget(
        fiscal_year=fiscal_year,
        basis=basis,
        amount_yen=amount_yen,
        source=source,
        source_locator=locator,
    )


def test_the_longest_bar_fills_the_width_and_supplements_follow_the_initial_budget():
    chart = budget_bars(
        [
            amount(2018, "initial", 300),
            amount(2019, "initial", 500),
            amount(2019, "supplementary", 100),
        ]
    )

    assert chart.basis_label == "当初予算"
    assert chart.has_supplementary
    assert [
        (bar.width, bar.supplementary_offset, bar.supplementary_width) for bar in chart.bars
    ] == [
        ("50.00%", "50.00%", "0.00%"),
        ("83.33%", "83.33%", "16.67%"),
    ]


def test_a_year_without_an_amount_is_a_gap_and_not_zero():
    chart = budget_bars([amount(2016, "initial", 100), amount(2018, "initial", 0)])

    assert [(bar.fiscal_year, bar.amount_yen) for bar in chart.bars] == [
        (2016, 100),
        (2017, None),
        (2018, 0),
    ]


def test_a_cut_draws_no_bar():
    chart = budget_bars([amount(2016, "initial", 100), amount(2016, "supplementary", -30)])

    assert chart.bars[0].supplementary_width == "0.00%"


def test_bars_of_zeros_have_no_width():
    assert [bar.width for bar in budget_bars([amount(2016, "initial", 0)]).bars] == ["0%"]


def test_without_initial_budgets_the_bars_show_the_next_basis_there_is():
    chart = budget_bars([amount(2016, "executed", 7), amount(2016, "supplementary", 3)])

    assert chart.basis_label == "執行額"
    assert not chart.has_supplementary


def test_there_are_no_bars_of_carried_amounts_alone():
    assert budget_bars([amount(2016, "carried_in", 7)]) is None


def test_the_table_has_newest_year_first_and_only_the_bases_stated():
    table = budget_table(
        [
            amount(2016, "executed", 90, SHEET_2018, "0132"),
            amount(2016, "initial", 100, SHEET_2018, "0132"),
            amount(2018, "initial", 0, SHEET_2019),
        ]
    )

    assert [basis.value for basis in table.bases] == ["initial", "executed"]
    assert [
        (row.fiscal_year, [cell and cell.yen for cell in row.amounts], row.locators)
        for row in table.rows
    ] == [(2018, [0, None], []), (2017, [None, None], []), (2016, [100, 90], ["0132"])]


def test_sources_are_numbered_in_the_order_read_and_a_row_of_one_source_names_it_once():
    table = budget_table(
        [
            amount(2018, "initial", 1, SHEET_2019),
            amount(2017, "initial", 1, SHEET_2018),
            amount(2017, "executed", 1, SHEET_2019),
            amount(2016, "initial", 1),
        ]
    )

    assert [(cited.number, cited.source.code) for cited in table.sources] == [
        (1, "sheet-2019"),
        (2, "sheet-2018"),
    ]
    assert [row.cited and row.cited.number for row in table.rows] == [1, None, None]
    assert [cell.cited.number for cell in table.rows[1].amounts] == [2, 1]


def test_without_amounts_there_is_neither_chart_nor_table():
    assert budget_bars([]) is None
    assert budget_table([]) is None
