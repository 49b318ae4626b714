import pytest

from tests.words import figure_words_in
from timeline.figure.facts import MarkFact
from timeline.figure.vocabulary import JAPANESE


@pytest.mark.parametrize(
    ("state", "basis", "yen", "title", "start", "end", "japanese", "english"),
    [
        (
            "amount",
            "initial",
            1_007_000_000,
            "レビューシート",
            2010,
            None,
            "当初予算 10.07億円（レビューシート）",
            "Initial budget ¥1.007 billion (レビューシート)",
        ),
        (
            "amount",
            "with_supplementary",
            84_000_000,
            "",
            None,
            None,
            "当初予算＋補正予算 8,400万円",
            "Initial and supplementary budget ¥84 million",
        ),
        (
            "amount",
            "executed",
            -84_000_000,
            "",
            None,
            None,
            "執行額 −8,400万円",
            "Executed amount −¥84 million",
        ),
        ("zero", "total", 0, "資料", 2010, None, "予算計 0円（資料）", "Total budget ¥0 (資料)"),
        ("not_started", "initial", None, "", 2019, None, "2019年度に開始", "Starts in FY2019"),
        ("not_started", "initial", 0, "資料", 2019, None, "2019年度に開始", "Starts in FY2019"),
        ("ended", "initial", None, "", 2014, 2017, "2017年度で終了", "Ended in FY2017"),
        (
            "no_own_budget",
            "initial",
            None,
            "",
            2008,
            None,
            "独立した予算がなく、運営費交付金等の内数",
            "No budget of its own: part of an agency's grant",
        ),
        (
            "unknown",
            "initial",
            None,
            "",
            2008,
            None,
            "当初予算の額は不明（2008年度から実施）",
            "Initial budget is unknown (running since FY2008)",
        ),
        (
            "unknown",
            "executed",
            None,
            "",
            None,
            None,
            "執行額の額は不明",
            "Executed amount is unknown",
        ),
    ],
)
def test_a_cell_says_why_it_is_as_it_is(state, basis, yen, title, start, end, japanese, english):
    for language, reason in (("ja", japanese), ("en", english)):
        said = figure_words_in(language).reason(
            state,
            basis,
            amount_yen=yen,
            source=title,
            start_fiscal_year=start,
            end_fiscal_year=end,
        )
        assert said == reason


@pytest.mark.parametrize(
    ("mark", "japanese", "english"),
    [
        (
            MarkFact(2018, "2019-03-14"),
            "2019年3月14日は2018年度",
            "14 March 2019 is in FY2018",
        ),
        (MarkFact(2019, "2019-04-01"), "2019年4月1日は2019年度", "1 April 2019 is in FY2019"),
        (MarkFact(2021, "2022-03"), "2022年3月は2021年度", "March 2022 is in FY2021"),
        (
            MarkFact(2015, "", "任命は9月と報じられた。"),
            "2015年度（任命は9月と報じられた。）",
            "FY2015 (任命は9月と報じられた。)",
        ),
        (MarkFact(2015), "2015年度", "FY2015"),
        (MarkFact(2018, "FY2018"), "2018年度", "FY2018"),
    ],
)
def test_a_mark_says_why_it_stands_in_its_year(mark, japanese, english):
    assert figure_words_in("ja").mark_reason(mark) == japanese
    assert figure_words_in("en").mark_reason(mark) == english


def test_words_without_a_language_are_japanese():
    assert figure_words_in("ja") == JAPANESE


def test_no_text_of_a_figure_lacks_its_english():
    for name in ("bases", "states", "in_sheet", "drawn_states", "drawn_edges", "edges", "texts"):
        japanese, english = getattr(JAPANESE, name), getattr(figure_words_in("en"), name)
        assert {key for key in japanese if japanese[key] == english[key] != "0"} == set()
