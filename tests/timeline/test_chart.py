import pytest

from tests.words import figure_words_in
from timeline.figure.chart import Mark, draw
from timeline.figure.facts import Citation, MarkFact, RowFacts, SourcedAmount, TimelineFacts
from values.tiers import TierRule

A = TierRule("A", "50億円以上", "¥5 billion or more", 5_000_000_000, True)
B = TierRule("B", "10億円超50億円未満", "", 1_000_000_000, False)
C = TierRule("C", "10億円以下", "", 0, False)
SHEET = Citation("レビューシート", "/sources/1/", "0281")


def program(amounts=None, start=None, end=None, has_own_budget=True, **fields):
    return RowFacts(
        kind="program",
        label_ja="施策",
        code="x",
        start_fiscal_year=start,
        end_fiscal_year=end,
        has_own_budget=has_own_budget,
        amounts={key: SourcedAmount(yen) for key, yen in (amounts or {}).items()},
        **fields,
    )


def figure(*rows, first=2016, last=2018, tiers=(C, A, B), basis="initial"):
    return TimelineFacts(first, last, tuple(tiers), basis, tuple(rows))


def cell_of(row, basis=None):
    return draw(figure(row, first=2017, last=2017), basis=basis).rows[0].cells[0]


@pytest.mark.parametrize(
    ("yen", "start", "end", "has_own_budget", "state", "running"),
    [
        (10, 2017, 2017, True, "amount", True),
        (10, 2016, None, True, "amount", True),
        (10, None, None, True, "amount", True),
        (10, 2018, None, True, "amount", True),
        (10, 2010, 2016, True, "amount", True),
        (10, 2010, None, False, "amount", True),
        (-10, 2010, None, True, "amount", True),
        (0, 2016, 2018, True, "zero", True),
        (0, 2017, None, True, "zero", True),
        (0, 2010, 2017, True, "zero", True),
        (0, None, None, True, "zero", False),
        (0, None, 2017, True, "zero", False),
        (0, 2016, None, False, "zero", True),
        (0, 2018, None, True, "not_started", False),
        (0, 2010, 2016, True, "ended", False),
        (0, None, 2016, True, "ended", False),
        (None, 2018, None, True, "not_started", False),
        (None, 2018, None, False, "not_started", False),
        (None, 2010, 2016, True, "ended", False),
        (None, None, 2016, True, "ended", False),
        (None, 2010, 2016, False, "ended", False),
        (None, 2017, 2017, True, "unknown", True),
        (None, 2016, None, True, "unknown", True),
        (None, None, None, True, "unknown", False),
        (None, None, 2018, True, "unknown", False),
        (None, 2017, None, False, "no_own_budget", True),
        (None, None, None, False, "no_own_budget", False),
    ],
)
def test_state_follows_from_amount_years_and_own_budget(
    yen, start, end, has_own_budget, state, running
):
    amounts = {} if yen is None else {(2017, "initial"): yen}
    cell = cell_of(program(amounts, start, end, has_own_budget))
    assert (cell.state, cell.running, cell.amount_yen) == (state, running, yen)


@pytest.mark.parametrize(
    ("yen", "letter"),
    [
        (1_000_000_000_000, "A"),
        (5_000_000_000, "A"),
        (4_999_999_999, "B"),
        (1_000_000_001, "B"),
        (1_000_000_000, "C"),
        (1, "C"),
        (0, None),
        (-1, None),
        (None, None),
    ],
)
def test_tiers_read_the_legend_literally(yen, letter):
    amounts = {} if yen is None else {(2017, "initial"): yen}
    assert cell_of(program(amounts, start=2010)).tier == letter


def test_an_amount_below_every_tier_has_none():
    facts = figure(program({(2016, "initial"): 999}, start=2010), tiers=(A,))
    cell = draw(facts).rows[0].cells[0]
    assert (cell.state, cell.tier) == ("amount", None)


def test_tiers_are_listed_from_the_highest_down():
    assert [tier.letter for tier in draw(figure()).tiers] == ["A", "B", "C"]


def test_supplementary_is_added_where_both_parts_are_known():
    row = program({(2017, "initial"): 900_000_000, (2017, "supplementary"): 200_000_000}, 2010)
    assert cell_of(row, "with_supplementary").amount_yen == 1_100_000_000
    assert cell_of(row, "with_supplementary").tier == "B"


@pytest.mark.parametrize("known", ["initial", "supplementary"])
def test_one_part_alone_gives_no_sum(known):
    row = program({(2017, known): 900_000_000}, 2010)
    assert cell_of(row, "with_supplementary").amount_yen is None
    assert cell_of(row, "with_supplementary").state == "unknown"


def test_a_cut_that_takes_everything_back_is_zero():
    row = program({(2017, "initial"): 900, (2017, "supplementary"): -900}, 2010)
    assert cell_of(row, "with_supplementary").state == "zero"


def test_the_sum_names_the_source_of_the_initial_budget():
    row = RowFacts(
        kind="program",
        label_ja="施策",
        amounts={
            (2017, "initial"): SourcedAmount(1, SHEET),
            (2017, "supplementary"): SourcedAmount(2, Citation("補正の資料")),
        },
    )
    cell = cell_of(row, "with_supplementary")
    assert (cell.amount_yen, cell.citation) == (3, SHEET)


def test_each_basis_reads_its_own_amount():
    row = program({(2017, "initial"): 1, (2017, "total"): 2, (2017, "executed"): 3}, 2010)
    assert [cell_of(row, b).amount_yen for b in ("initial", "total", "executed")] == [1, 2, 3]


def test_a_cell_names_the_bases_on_which_its_tier_is_another():
    row = program(
        {
            (2017, "initial"): 900_000_000,
            (2017, "supplementary"): 200_000_000,
            (2017, "total"): 6_000_000_000,
            (2017, "executed"): 800_000_000,
        },
        2010,
    )
    assert cell_of(row).differs == (("with_supplementary", "B"), ("total", "A"))
    assert cell_of(row, "total").differs == (
        ("initial", "C"),
        ("with_supplementary", "B"),
        ("executed", "C"),
    )


def test_zero_on_another_basis_differs_by_having_no_tier():
    row = program({(2017, "initial"): 1, (2017, "executed"): 0}, 2010)
    assert cell_of(row).differs == (("executed", None),)


def test_an_unknown_amount_differs_from_nothing():
    assert cell_of(program({(2017, "total"): 6_000_000_000}, 2010)).differs == ()


def test_the_bar_joins_running_neighbours_and_breaks_elsewhere():
    row = program({(2016, "initial"): 1, (2018, "initial"): 1, (2019, "initial"): 1})
    cells = draw(figure(row, last=2019)).rows[0].cells
    assert [(c.running, c.joins_previous, c.joins_next) for c in cells] == [
        (True, False, False),
        (False, False, False),
        (True, False, True),
        (True, True, False),
    ]


def test_a_bar_over_all_years_ends_only_at_the_edges():
    cells = draw(figure(program(start=2000))).rows[0].cells
    assert [(c.joins_previous, c.joins_next) for c in cells] == [
        (False, True),
        (True, True),
        (True, False),
    ]


def test_columns_are_fiscal_years_with_their_era():
    columns = draw(figure(first=2018, last=2020)).columns
    assert [(c.fiscal_year, c.era) for c in columns] == [(2018, "H30"), (2019, "R1"), (2020, "R2")]


def test_marks_outside_the_years_are_left_out():
    row = RowFacts(
        kind="event",
        label_ja="会合",
        marks=(MarkFact(2015, "2015"), MarkFact(2018, "2019-03-14"), MarkFact(2019, "2019-04-01")),
    )
    assert draw(figure(row)).rows[0].marks == (Mark(2018, "2019年3月14日は2018年度"),)


@pytest.mark.parametrize(
    "row",
    [RowFacts(kind="heading", label_ja="施策等"), RowFacts(kind="event", label_ja="会合")],
)
def test_only_programmes_have_cells(row):
    drawn = draw(figure(row)).rows[0]
    assert (drawn.cells, drawn.marks) == ((), ())


def test_a_figure_is_drawn_on_its_own_basis_unless_another_is_asked_for():
    facts = figure(program({(2016, "total"): 7}, 2010), basis="total")
    assert draw(facts).basis == "total"
    assert draw(facts).rows[0].cells[0].amount_yen == 7
    assert draw(facts, basis="initial").rows[0].cells[0].state == "unknown"


def test_a_cell_says_everything_a_reader_needs():
    row = RowFacts(
        kind="program",
        label_ja="ITER計画",
        start_fiscal_year=2007,
        amounts={(2017, "initial"): SourcedAmount(22_384_000_000, SHEET)},
    )
    cell = cell_of(row)
    assert (cell.fiscal_year, cell.state, cell.tier) == (2017, "amount", "A")
    assert (cell.amount_yen, cell.running) == (22_384_000_000, True)
    assert cell.reason == "当初予算 223.84億円（レビューシート）"
    assert cell.citation == SHEET


@pytest.mark.parametrize(
    ("start", "end", "end_state", "opening", "closing"),
    [
        (2016, 2018, "known", "closed", "closed"),
        (2010, 2025, "known", "continues", "continues"),
        (2016, None, "ongoing", "closed", "ongoing"),
        (2016, None, "unknown", "closed", "unknown"),
    ],
)
def test_a_bars_edges_say_what_is_known_of_its_start_and_end(
    start, end, end_state, opening, closing
):
    cells = draw(figure(program({}, start, end, end_state=end_state))).rows[0].cells
    assert [cell.opening for cell in cells] == [opening, "", ""]
    assert [cell.closing for cell in cells] == ["", "", closing]


def test_a_bar_of_sums_alone_opens_and_closes_unknown():
    cell = cell_of(program({(2017, "initial"): 1}))
    assert (cell.opening, cell.closing) == ("unknown", "unknown")


def test_an_edge_inside_the_years_closes_only_where_the_end_is_known():
    known = draw(figure(program({}, 2016, 2017, end_state="known"))).rows[0].cells
    gap = draw(figure(program({(2016, "initial"): 1, (2018, "initial"): 1}))).rows[0].cells
    assert [cell.closing for cell in known] == ["", "closed", ""]
    assert [cell.closing for cell in gap] == ["unknown", "", "unknown"]


def test_a_year_that_does_not_run_has_no_edges():
    cell = cell_of(program({}, 2018))
    assert (cell.opening, cell.closing) == ("", "")


def test_a_mark_carries_its_source_and_says_when_its_year_was_stated_by_hand():
    marks = (MarkFact(2016, "2016-05", citation=SHEET), MarkFact(2017, "", "報道による"))
    drawn = draw(figure(RowFacts(kind="event", label_ja="会合", marks=marks))).rows[0].marks
    assert [(mark.citation, mark.is_stated) for mark in drawn] == [(SHEET, False), (None, True)]


def test_public_json_has_the_shape_that_the_outside_relies_on():
    facts = figure(
        RowFacts(kind="heading", label_ja="施策等", label_en="Programmes"),
        RowFacts(
            kind="program",
            label_ja="ITER計画",
            group="施策等",
            code="iter",
            start_fiscal_year=2017,
            amounts={(2017, "initial"): SourcedAmount(5_000_000_000, SHEET)},
        ),
        RowFacts(kind="event", label_ja="会合", code="g20", marks=(MarkFact(2016, "2016-04-01"),)),
        last=2017,
        tiers=(A,),
    )
    assert draw(facts, words=figure_words_in("en")).as_json() == {
        "columns": [{"fiscal_year": 2016, "era": "H28"}, {"fiscal_year": 2017, "era": "H29"}],
        "tiers": [
            {
                "letter": "A",
                "label": "¥5 billion or more",
                "lower_bound_yen": 5_000_000_000,
                "is_lower_bound_included": True,
            }
        ],
        "basis": "initial",
        "rows": [
            {
                "label": "Programmes",
                "group": "",
                "program": None,
                "event": None,
                "marks": [],
                "cells": [],
            },
            {
                "label": "ITER計画",
                "group": "施策等",
                "program": "iter",
                "event": None,
                "marks": [],
                "cells": [
                    {
                        "fiscal_year": 2016,
                        "state": "not_started",
                        "tier": None,
                        "amount_yen": None,
                        "running": False,
                        "reason": "Starts in FY2017",
                        "source": None,
                    },
                    {
                        "fiscal_year": 2017,
                        "state": "amount",
                        "tier": "A",
                        "amount_yen": 5_000_000_000,
                        "running": True,
                        "reason": "Initial budget ¥5 billion (レビューシート)",
                        "source": {
                            "title": "レビューシート",
                            "url": "/sources/1/",
                            "locator": "0281",
                        },
                    },
                ],
            },
            {
                "label": "会合",
                "group": "",
                "program": None,
                "event": "g20",
                "marks": [2016],
                "cells": [],
            },
        ],
    }
