import json

from hypothesis import given
from hypothesis import strategies as st

from timeline.figure.facts import Citation, MarkFact, RowFacts, SourcedAmount, TimelineFacts
from values.tiers import TierRule

LETTERS = st.text("ABC甲乙", min_size=1, max_size=1)
WORDS = st.text(max_size=12)
YEARS = st.integers(1900, 2100)
CITATIONS = st.none() | st.builds(Citation, WORDS, WORDS, WORDS)
AMOUNTS = st.builds(SourcedAmount, st.integers(-(10**13), 10**13), CITATIONS)
BASES = st.sampled_from(["initial", "supplementary", "total", "executed"])
ROWS = st.builds(
    RowFacts,
    kind=st.sampled_from(["program", "event", "heading"]),
    label_ja=WORDS,
    label_en=WORDS,
    group=WORDS,
    code=WORDS,
    start_fiscal_year=st.none() | YEARS,
    end_fiscal_year=st.none() | YEARS,
    end_state=st.sampled_from(["known", "ongoing", "unknown"]),
    has_own_budget=st.booleans(),
    amounts=st.dictionaries(st.tuples(YEARS, BASES), AMOUNTS, max_size=4),
    marks=st.lists(st.builds(MarkFact, YEARS, WORDS, WORDS, CITATIONS), max_size=2).map(tuple),
    note=WORDS,
    organization_ja=WORDS,
    organization_en=WORDS,
)
TIERS = st.builds(TierRule, LETTERS, WORDS, WORDS, st.integers(0, 10**12), st.booleans())
TIMELINES = st.builds(
    TimelineFacts,
    first_fiscal_year=YEARS,
    last_fiscal_year=YEARS,
    tiers=st.lists(TIERS, max_size=3).map(tuple),
    basis=st.sampled_from(["initial", "with_supplementary", "total", "executed"]),
    rows=st.lists(ROWS, max_size=4).map(tuple),
)

ONE_ROW = TimelineFacts(
    first_fiscal_year=2016,
    last_fiscal_year=2017,
    tiers=(TierRule("A", "50億円以上", "¥5 billion or more", 5_000_000_000, True),),
    basis="initial",
    rows=(
        RowFacts(
            kind="program",
            label_ja="ITER計画",
            code="iter",
            start_fiscal_year=2007,
            end_state="ongoing",
            amounts={
                (2016, "initial"): SourcedAmount(
                    22_384_000_000, Citation("シート", "/sources/1/", "0281")
                ),
                (2017, "initial"): SourcedAmount(0),
            },
        ),
        RowFacts(kind="event", label_ja="会合", code="x", marks=(MarkFact(2016, "2016-05"),)),
    ),
)


@given(TIMELINES)
def test_facts_come_back_equal_from_stored_json(facts):
    assert TimelineFacts.from_json(json.loads(json.dumps(facts.as_json()))) == facts


@given(TIMELINES)
def test_json_of_facts_equals_itself_when_it_has_been_stored(facts):
    assert json.loads(json.dumps(facts.as_json())) == facts.as_json()


def test_json_of_facts_is_what_releases_have_stored():
    assert ONE_ROW.as_json() == {
        "first_fiscal_year": 2016,
        "last_fiscal_year": 2017,
        "tiers": [
            {
                "letter": "A",
                "label_ja": "50億円以上",
                "label_en": "¥5 billion or more",
                "lower_bound_yen": 5_000_000_000,
                "is_lower_bound_included": True,
            }
        ],
        "basis": "initial",
        "rows": [
            {
                "kind": "program",
                "label_ja": "ITER計画",
                "label_en": "",
                "group": "",
                "code": "iter",
                "start_fiscal_year": 2007,
                "end_fiscal_year": None,
                "end_state": "ongoing",
                "has_own_budget": True,
                "amounts": [
                    [
                        2016,
                        "initial",
                        {
                            "amount_yen": 22_384_000_000,
                            "citation": {
                                "title": "シート",
                                "url": "/sources/1/",
                                "locator": "0281",
                            },
                        },
                    ],
                    [2017, "initial", {"amount_yen": 0, "citation": None}],
                ],
                "marks": [],
                "note": "",
                "organization_ja": "",
                "organization_en": "",
            },
            {
                "kind": "event",
                "label_ja": "会合",
                "label_en": "",
                "group": "",
                "code": "x",
                "start_fiscal_year": None,
                "end_fiscal_year": None,
                "end_state": "unknown",
                "has_own_budget": True,
                "amounts": [],
                "marks": [{"fiscal_year": 2016, "date": "2016-05", "reason": "", "citation": None}],
                "note": "",
                "organization_ja": "",
                "organization_en": "",
            },
        ],
    }


def test_labels_are_english_where_there_is_an_english_one():
    tier = TierRule("A", "50億円以上", "¥5 billion or more", 5_000_000_000, True)
    row = RowFacts(kind="heading", label_ja="施策等")
    assert tier.label("en") == "¥5 billion or more"
    assert tier.label("ja") == "50億円以上"
    assert row.label("en") == "施策等"


def test_facts_of_a_release_made_before_organisations_and_sources_of_marks_are_read():
    document = ONE_ROW.as_json()
    for row in document["rows"]:
        del row["organization_ja"], row["organization_en"]
        for mark in row["marks"]:
            del mark["citation"]
    assert TimelineFacts.from_json(document) == ONE_ROW


def test_known_years_reach_from_the_first_sum_or_mark_to_the_last():
    assert ONE_ROW.known_years == range(2016, 2018)
    early = RowFacts(kind="event", label_ja="会合", marks=(MarkFact(2008, "2008-07"),))
    late = RowFacts(kind="program", label_ja="施策", amounts={(2024, "executed"): SourcedAmount(1)})
    facts = TimelineFacts(2016, 2022, (), "initial", (early, late))
    assert facts.known_years == range(2008, 2025)
