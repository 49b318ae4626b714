"""Which sheets are of one programme: each kind of evidence, and what speaks against it."""

import pytest

from programs.review_sheets.chaining.agreement import (
    Agreement,
    agreement,
    name_likeness,
    same_amount,
)
from programs.review_sheets.chaining.codes import program_code
from programs.review_sheets.chaining.lineages import descents
from programs.review_sheets.chaining.linking import link
from programs.review_sheets.chaining.summary import UsedName, summarize
from programs.review_sheets.tables.notices import RunNotices
from programs.review_sheets.tables.review_sheet import Pointer, ReviewSheet

MILLION = 1_000_000


def sheet(year, number, name, *initial, ministry="文部科学省", executed=(), **facts):
    """A sheet with the initial budgets, in 百万円, of the years that end with its own."""
    first = year - len(initial) + 1
    amounts = {
        first + place: (
            round(value * MILLION),
            *(None,) * 5,
            round(executed[place] * MILLION) if place < len(executed) else None,
            None,
        )
        for place, value in enumerate(initial)
    }
    return ReviewSheet(year, ministry, number, name, amounts=amounts, **facts)


def chains(*sheets):
    """Return the numbers of the sheets of each chain, oldest first."""
    notices = RunNotices()
    linked = link(sheets, notices)
    numbers = [[sheets[place].number for place in chain] for chain in linked.all()]
    return numbers, notices.counts


def origins(*sheets):
    notices = RunNotices()
    found = descents(link(sheets, notices), notices)
    return [(sheets[d.origin].number, sheets[d.result].number, d.kind) for d in found], notices


def test_one_id_and_one_name_over_the_years_are_one_programme():
    numbers, _ = chains(
        sheet(2015, "0001", "潮位観測", judgit_id="7"),
        sheet(2017, "0002", "潮位　観測", judgit_id="7"),
    )
    assert numbers == [["0001", "0002"]]


def test_ministry_and_name_join_one_year_to_the_next_whatever_the_number():
    numbers, _ = chains(
        sheet(2020, "0001", "ＡＢ観測（沿岸）"), sheet(2021, "2021-文科-20-0009", "AB観測(沿岸)")
    )
    assert numbers == [["0001", "2021-文科-20-0009"]]


def test_the_same_name_in_another_ministry_is_another_programme():
    numbers, _ = chains(
        sheet(2020, "0001", "広報経費"), sheet(2021, "0002", "広報経費", ministry="外務省")
    )
    assert numbers == [["0001"], ["0002"]]


def test_a_programme_that_moves_to_another_ministry_takes_name_and_past_along():
    numbers, _ = chains(
        sheet(2020, "0001", "水道強靱化", 10, 11, 12),
        sheet(2021, "0002", "水道強靱化", 11, 12, 13, ministry="国土交通省"),
    )
    assert numbers == [["0001", "0002"]]


def test_two_sheets_of_a_year_never_become_one_programme():
    numbers, notices = chains(
        sheet(2018, "0001", "設備補助", 5, 6, judgit_id="7"),
        sheet(2019, "0002", "設備補助", 5, 6, 7, judgit_id="7"),
        sheet(2019, "0003", "設備補助等", 5, 6, 7, judgit_id="7"),
        sheet(2020, "0004", "設備補助等", 6, 7, 8, judgit_id="7"),
    )
    assert numbers == [["0001", "0002"], ["0003", "0004"]]
    assert notices == {}


def test_strong_evidence_against_the_guard_is_noted():
    numbers, notices = chains(
        sheet(2018, "0001", "認知症実証", 5, judgit_id="7"),
        sheet(2018, "0002", "認知症の実証", 5, judgit_id="8"),
        sheet(2019, "0003", "認知症の実証", 5, 6, judgit_id="7"),
        sheet(2019, "0004", "認知症実証", 5, 6, judgit_id="9"),
    )
    assert numbers == [["0001", "0004"], ["0002", "0003"]]
    assert notices == {"same_year": 1}


def test_among_sheets_of_one_name_the_amounts_decide():
    numbers, _ = chains(
        sheet(2016, "0001", "災害復旧", 10, 20),
        sheet(2016, "0002", "災害復旧", 33, 44),
        sheet(2017, "0003", "災害復旧", 33, 44, 55),
        sheet(2017, "0004", "災害復旧", 10, 20, 30),
    )
    assert numbers == [["0001", "0004"], ["0002", "0003"]]


def test_sheets_of_one_name_and_no_amounts_stay_apart():
    numbers, _ = chains(
        sheet(2016, "0001", "災害復旧"),
        sheet(2016, "0002", "災害復旧"),
        sheet(2017, "0003", "災害復旧"),
    )
    assert numbers == [["0001"], ["0002"], ["0003"]]


def test_a_pointer_is_believed_when_the_amounts_agree():
    pointer = (Pointer(2018, "外務省", "0010"),)
    numbers, _ = chains(
        sheet(2018, "0010", "旧い事業", 10, 11, ministry="外務省"),
        sheet(2019, "0020", "新しい名", 10, 11, 12, pointers=pointer),
    )
    assert numbers == [["0010", "0020"]]


def test_a_pointer_of_2018_may_state_the_first_year_beside_last_year_s_number():
    pointer = (Pointer(2010, "文部科学省", "0010"),)
    numbers, _ = chains(
        sheet(2017, "0010", "旧い事業", 10, 11),
        sheet(2018, "0020", "新しい名", 11, 12, pointers=pointer),
    )
    assert numbers == [["0010", "0020"]]


def test_a_pointer_against_name_and_amounts_is_noted_and_not_followed():
    pointer = (Pointer(2018, "文部科学省", "0010"),)
    found, notices = origins(
        sheet(2018, "0010", "婦人保護", 10, 11),
        sheet(2018, "0011", "保育環境", 90, 91),
        sheet(2019, "0010", "保育環境", 91, 92, pointers=pointer),
        sheet(2019, "0012", "婦人保護", 11, 12, pointers=pointer),
    )
    assert found == []
    assert notices.counts == {"pointer.unconfirmed": 1}


def test_the_same_past_under_another_name_is_the_same_programme():
    numbers, _ = chains(
        sheet(2020, "0001", "物価モニター調査", 67, 91, 63, 60, executed=(60, 80, 55)),
        sheet(2021, "0002", "生活関連物資の把握", 91, 63, 60, 50, executed=(80, 55, 51)),
    )
    assert numbers == [["0001", "0002"]]


def test_little_in_common_in_name_and_amounts_is_no_evidence():
    numbers, _ = chains(
        sheet(2020, "0001", "物価モニター調査", 67, 91, 63),
        sheet(2021, "0002", "北極の会議", 63, 50),
    )
    assert numbers == [["0001"], ["0002"]]


def test_a_like_name_and_start_need_only_one_amount():
    numbers, _ = chains(
        sheet(2020, "0001", "漁業監視体制整備", 7, start=2020),
        sheet(2021, "0002", "漁業監視体制整備事業費", 7, 8, start=2020),
    )
    assert numbers == [["0001", "0002"]]


def test_a_past_that_two_sheets_share_is_no_evidence_for_either():
    past = (67, 91, 63, 60)
    numbers, _ = chains(
        sheet(2020, "0001", "統合前", *past, executed=(60, 80, 55)),
        sheet(2021, "0002", "あいう", *past[1:], 1, executed=(80, 55, 59)),
        sheet(2021, "0003", "かきく", *past[1:], 2, executed=(80, 55, 59)),
    )
    assert numbers == [["0001"], ["0002"], ["0003"]]


def test_a_name_is_found_again_after_years_without_a_sheet():
    numbers, _ = chains(sheet(2015, "0001", "世論調査"), sheet(2018, "0002", "世論調査"))
    assert numbers == [["0001", "0002"]]
    numbers, _ = chains(sheet(2015, "0001", "世論調査"), sheet(2019, "0002", "世論調査"))
    assert numbers == [["0001"], ["0002"]]


def test_brackets_are_left_out_only_where_most_of_the_name_remains():
    numbers, _ = chains(
        sheet(2020, "0001", "水素社会推進事業"), sheet(2021, "0002", "水素社会推進事業（旧名あり）")
    )
    assert numbers == [["0001", "0002"]]
    numbers, _ = chains(
        sheet(2020, "0001", "拠出金"), sheet(2021, "0002", "拠出金（国際連合開発計画）")
    )
    assert numbers == [["0001"], ["0002"]]


def test_what_the_database_knows_as_two_programmes_stays_two():
    numbers, _ = chains(
        sheet(2020, "0001", "潮位観測", program=1), sheet(2021, "0002", "潮位観測", program=2)
    )
    assert numbers == [["0001"], ["0002"]]


def test_what_the_database_knows_as_one_programme_stays_one():
    numbers, notices = chains(
        sheet(2020, "0001", "潮位観測", program=1),
        sheet(2020, "0002", "波浪観測", program=1),
        sheet(2021, "0003", "潮位観測"),
    )
    assert numbers == [["0001", "0002", "0003"]]
    assert notices == {"program.two_sheets": 1}


def test_a_sheet_with_several_pointers_merges_the_programmes_that_ended():
    pointers = (Pointer(2017, "文部科学省", "0001"), Pointer(2017, "文部科学省", "0002"))
    found, _ = origins(
        sheet(2017, "0001", "干潟保全", 10, 11),
        sheet(2017, "0002", "藻場保全", 20, 21),
        sheet(2018, "0003", "沿岸環境", 32, 33, pointers=pointers),
    )
    assert found == [("0001", "0003", "merged"), ("0002", "0003", "merged")]


def test_a_sheet_that_several_new_ones_point_to_was_split():
    pointer = (Pointer(2017, "文部科学省", "0001"),)
    found, _ = origins(
        sheet(2017, "0001", "港湾調査費", 10, 11),
        sheet(2018, "0002", "北港湾調査費", 6, 7, pointers=pointer),
        sheet(2018, "0003", "南港湾調査費", 5, 6, pointers=pointer),
    )
    assert found == [("0001", "0002", "split"), ("0001", "0003", "split")]


def test_one_new_sheet_that_points_to_one_that_ended_succeeds_it():
    pointer = (Pointer(2017, "文部科学省", "0001"),)
    found, _ = origins(
        sheet(2017, "0001", "港湾調査費", 10, 11),
        sheet(2018, "0002", "港湾調査高度化", 6, 7, pointers=pointer),
    )
    assert found == [("0001", "0002", "succeeded")]


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        (450_424_000, 450_000_000, True),
        (450_424_000, 450_400_000, True),
        (450_999_000, 450_000_000, True),
        (451_000_000, 450_000_000, False),
        (450_424_000, 450_425_000, False),
        (11_200_834, 11_000_000, True),
        (0, 0, True),
        (0, 1_000_000, False),
    ],
)
def test_amounts_are_the_same_within_their_last_place(first, second, is_same):
    assert same_amount(first, second) is is_same


def test_of_its_own_year_a_sheet_knows_only_the_initial_budget():
    first = ReviewSheet(2018, "外務省", "1", "あ", amounts={2018: (5, 0, 0, 0, 0, 5, None, None)})
    second = ReviewSheet(2019, "外務省", "2", "あ", amounts={2018: (5, 9, 0, 0, 0, 14, 13, None)})
    assert agreement(first, second) == Agreement(shared=1, differing=0)


def test_totals_of_the_two_publications_are_not_compared():
    amounts = {2018: (5_000_000, 0, 0, 0, 0, 5_000_000, 4_000_000, None)}
    official = {2018: (5_000_000, 0, 0, 0, 0, 9_000_000, 4_000_000, None)}
    first = ReviewSheet(2022, "外務省", "1", "あ", amounts=amounts)
    second = ReviewSheet(2024, "外務省", "2", "あ", scheme="rs_system", amounts=official)
    assert agreement(first, second) == Agreement(shared=2, differing=0)


def test_likeness_is_the_share_of_neighbouring_letters():
    assert name_likeness("港湾調査", "港湾調査") == 1
    assert name_likeness("港湾調査", "港湾整備") == pytest.approx(1 / 3)
    assert name_likeness("港", "湾") == 0


def test_the_latest_sheet_wins_and_names_keep_their_years():
    notices = RunNotices()
    found = summarize(
        [
            sheet(2015, "0001", "インターン支援", 10, start=2015),
            sheet(2016, "0002", "研究者育成", 10, 20, start=2014),
            sheet(2017, "0003", "インターン支援", 10, 21, 30, end=2020, end_state="known"),
            sheet(2018, "0004", "交流支援", 22, 30, 40),
        ],
        None,
        notices,
    )
    assert found.names == [
        UsedName("交流支援", "交流支援", 2018, 2018),
        UsedName("インターン支援", "インターン支援", 2015, 2017),
        UsedName("研究者育成", "研究者育成", 2016, 2016),
    ]
    assert (found.start, found.end, found.end_state) == (2014, None, "unknown")
    told = {key: (yen, by.number) for key, (yen, by) in found.amounts.items()}
    assert told == {
        (2015, 0): (10_000_000, "0003"),
        (2016, 0): (22_000_000, "0004"),
        (2017, 0): (30_000_000, "0004"),
        (2018, 0): (40_000_000, "0004"),
    }
    assert notices.counts == {"amount.differs": 2}


def test_an_end_before_the_start_of_another_sheet_is_left_out():
    notices = RunNotices()
    found = summarize(
        [
            sheet(2015, "0001", "あ", start=2012),
            sheet(2016, "0002", "あ", end=2010, end_state="known"),
        ],
        None,
        notices,
    )
    assert (found.start, found.end, found.end_state) == (2012, None, "unknown")
    assert notices.counts == {"year.impossible": 1}


@pytest.mark.parametrize(
    ("year", "number", "taken", "code"),
    [
        (2015, "0132", set(), "rs-2015-mext-0132"),
        (2015, "新27-0003", set(), "rs-2015-mext-n27-0003"),
        (2021, "2021-文科-20-0154", set(), "rs-2021-mext-20-0154"),
        (2022, "2022-文科-新22-0012-1", set(), "rs-2022-mext-n22-0012-1"),
        (2015, "0132", {"rs-2015-mext-0132"}, "rs-2015-mext-0132-x2"),
        (2015, "番外", set(), "rs-2015-mext-96b3dd3381"),
    ],
)
def test_a_code_names_year_ministry_and_number_of_the_first_sheet(year, number, taken, code):
    assert program_code(ReviewSheet(year, "文部科学省", number, "あ"), "mext", taken) == code
