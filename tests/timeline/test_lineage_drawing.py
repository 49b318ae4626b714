import pytest

from timeline.figure.lineage import LineageLink, LineageProgram, NameSpan, draw_lineage, in_order


def program(code, start=None, end=None, end_state="unknown", names=None):
    spans = names or (NameSpan(code, None),)
    return LineageProgram(code, tuple(spans), start, end, end_state)


def drawn(programs, links=(), this_year=2019):
    return draw_lineage(programs, links, this_year=this_year)


def test_a_bar_spans_its_fiscal_years_both_inclusive():
    chart = drawn([program("a", 2010, 2014, "known"), program("b", 2015, 2019, "known")])
    assert [(bar.code, bar.x, bar.width) for bar in chart.bars] == [
        ("a", 0, 480),
        ("b", 480, 480),
    ]
    assert [(bar.opening, bar.closing) for bar in chart.bars] == [("closed", "closed")] * 2


def test_what_goes_on_and_what_nobody_knows_reach_to_this_year_and_end_differently():
    chart = drawn([program("a", 2010, None, "ongoing"), program("b", 2010)])
    assert [bar.width for bar in chart.bars] == [960, 960]
    assert [bar.closing for bar in chart.bars] == ["ongoing", "unknown"]
    assert [bar.fade for bar in chart.bars] == ["", "out"]
    assert chart.bars[0].outline == "M0 45H953L960 52L953 59H0z"
    assert chart.bars[1].outline == "M0 102H960V116H0z"


def test_a_start_nobody_knows_fades_in_from_the_first_year_or_from_its_link():
    links = [LineageLink("a", "b", "succeeded", 2015)]
    chart = drawn([program("a", 2010, 2014, "known"), program("b")], links)
    assert [(bar.x, bar.fade) for bar in chart.bars] == [(0, ""), (480, "both")]


def test_a_renamed_programme_is_one_bar_over_its_names():
    names = (NameSpan("旧称", 2010), NameSpan("新称", 2015))
    (bar,) = drawn([program("a", 2010, 2019, "known", names)]).bars
    assert (bar.x, bar.width) == (0, 960)
    assert [(name.name, name.stem) for name in bar.names] == [("旧称", 0), ("新称", 480)]
    assert bar.names[0].y < bar.names[1].y < bar.y


def test_a_name_that_would_leave_the_drawing_is_moved_to_the_left():
    names = (NameSpan("い", 2010), NameSpan("ろ" * 40, 2019))
    (bar,) = drawn([program("a", 2010, 2019, "known", names)]).bars
    assert bar.names[1].x == 440


def test_predecessors_stand_above_and_parts_below_their_whole():
    programs = [program("part"), program("after", 2000), program("whole", 2005), program("before")]
    links = [
        LineageLink("part", "whole", "part_of", None),
        LineageLink("before", "whole", "succeeded", 2005),
        LineageLink("whole", "after", "renamed", 2015),
    ]
    assert [p.code for p in in_order(programs, links)] == ["before", "whole", "after", "part"]


def test_a_circle_still_ends():
    links = [LineageLink("a", "b", "succeeded", 2010), LineageLink("b", "a", "succeeded", 2012)]
    assert len(drawn([program("a"), program("b")], links).arrows) == 2


def test_an_arrow_goes_from_bar_to_bar_in_its_year():
    links = [LineageLink("a", "b", "succeeded", 2015)]
    chart = drawn([program("a", 2010, 2014, "known"), program("b", 2015, 2019, "known")], links)
    (arrow,) = chart.arrows
    a, b = chart.bars
    assert (arrow.from_x, arrow.from_y) == (480, a.y + 7)
    assert (arrow.x, arrow.to_y, arrow.has_year) == (484, b.y, True)


def test_an_arrow_without_a_year_stands_at_the_start_of_what_came_after():
    links = [LineageLink("a", "b", "succeeded", None)]
    (arrow,) = drawn([program("a", 2010), program("b", 2015)], links).arrows
    assert (arrow.x, arrow.has_year) == (484, False)


def test_a_part_is_tied_to_its_whole_above():
    links = [LineageLink("part", "whole", "part_of", None)]
    chart = drawn([program("whole", 2010), program("part", 2015)], links)
    whole, part = chart.bars
    (tie,) = chart.arrows
    assert (tie.x, tie.from_y, tie.to_y) == (484, part.y, whole.bottom)


def test_without_any_year_there_is_nothing_to_draw():
    links = [LineageLink("a", "b", "succeeded", None)]
    assert drawn([program("a"), program("b")], links) is None


@pytest.mark.parametrize(
    ("first", "ticks"),
    [
        (2015, [2015, 2016, 2017, 2018, 2019]),
        (1990, [1990, 1992, 1994]),
        (1950, [1950, 1955]),
    ],
)
def test_ticks_keep_their_distance(first, ticks):
    chart = drawn([program("a", first)])
    assert [tick.fiscal_year for tick in chart.ticks][: len(ticks)] == ticks
