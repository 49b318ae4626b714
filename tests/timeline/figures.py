"""A small figure that has every kind of row and cell, for tests of its formats."""

from timeline.figure.facts import Citation, MarkFact, RowFacts, SourcedAmount, TimelineFacts
from values.tiers import TierRule

SHEET = Citation("行政事業レビューシート 2018年度", "/sources/review-2018/", "0281")
OKU = 100_000_000


def program(label, amounts, **fields):
    return RowFacts(
        kind="program",
        label_ja=label,
        amounts={key: SourcedAmount(int(oku * OKU), SHEET) for key, oku in amounts.items()},
        **{"code": "x", "group": "施策等", **fields},
    )


FACTS = TimelineFacts(
    first_fiscal_year=2016,
    last_fiscal_year=2020,
    tiers=(
        TierRule("A", "50億円以上", "JPY 5 billion or more", 50 * OKU, True),
        TierRule("B", "10億円超50億円未満", "JPY 1 to 5 billion", 10 * OKU, False),
        TierRule("C", "10億円以下", "JPY 1 billion or less", 0, False),
    ),
    basis="initial",
    rows=(
        RowFacts(kind="heading", label_ja="見出し", group=""),
        RowFacts(
            kind="event",
            label_ja="=TICAD7に向けた提言 <&>",
            code="ticad7",
            group="出来事",
            marks=(MarkFact(2018, "2019-03-14"),),
            note="提言は3月。",
        ),
        program(
            "三つの区分を通る事業",
            {
                (2017, "initial"): 50,
                (2018, "initial"): 10.07,
                (2018, "total"): 8.86,
                (2019, "initial"): 10,
                (2020, "initial"): 0,
            },
            start_fiscal_year=2017,
            label_en="A programme of three tiers",
        ),
        program(
            "額のない事業", {}, start_fiscal_year=2010, end_fiscal_year=2018, end_state="known"
        ),
        program("内数の事業", {}, start_fiscal_year=2018, has_own_budget=False, group=""),
    ),
)

SAYS = [
    ["", "", "", "", ""],
    ["", "", "▲", "", ""],
    ["not_started", "A", "B", "C", "zero"],
    ["unknown", "unknown", "unknown", "ended", "ended"],
    ["not_started", "not_started", "no_own_budget", "no_own_budget", "no_own_budget"],
]
"""What each cell of FACTS says on its own basis: a tier, else a state, else ▲ or nothing."""
