import contextlib
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.words import english
from values.fiscal_year import FiscalYear, FiscalYearError, FiscalYearRange, parse, parse_range

years = st.integers(1868, 2100)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (datetime.date(2019, 3, 31), 2018),
        (datetime.date(2019, 4, 1), 2019),
        (datetime.date(2020, 3, 31), 2019),
        (datetime.date(2020, 2, 29), 2019),
        (datetime.date(2022, 3, 30), 2021),
        (datetime.date(2019, 1, 1), 2018),
        (datetime.date(2019, 12, 31), 2019),
        (datetime.datetime(2019, 3, 14, 23, 59), 2018),
    ],
)
def test_the_year_begins_on_the_first_of_april(day, year):
    assert FiscalYear.of(day) == FiscalYear(year)


def test_both_bounds_are_inclusive():
    assert FiscalYear(2019).first_day == datetime.date(2019, 4, 1)
    assert FiscalYear(2019).last_day == datetime.date(2020, 3, 31)


@given(st.dates(datetime.date(1868, 4, 1), datetime.date(2101, 3, 31)))
def test_each_day_lies_in_the_year_it_belongs_to(day):
    fiscal_year = FiscalYear.of(day)
    assert fiscal_year.first_day <= day <= fiscal_year.last_day


def test_years_are_ordered():
    assert FiscalYear(2018) < FiscalYear(2019)
    assert max(FiscalYear(2016), FiscalYear(2022)) == FiscalYear(2022)


@pytest.mark.parametrize("year", [1867, 2101, 0, -1, 28])
def test_a_year_outside_the_supported_ones_cannot_be_made(year):
    with pytest.raises(FiscalYearError) as caught:
        FiscalYear(year)
    assert caught.value.code == "year.out_of_range"


@pytest.mark.parametrize(
    ("year", "short", "combined"),
    [
        (1868, "M1", "1868（明治元）"),
        (1912, "M45", "1912（明治45）"),
        (1913, "T2", "1913（大正2）"),
        (1926, "T15", "1926（大正15）"),
        (1927, "S2", "1927（昭和2）"),
        (1988, "S63", "1988（昭和63）"),
        (1989, "H1", "1989（平成元）"),
        (1990, "H2", "1990（平成2）"),
        (2016, "H28", "2016（平成28）"),
        (2018, "H30", "2018（平成30）"),
        (2019, "R1", "2019（令和元）"),
        (2020, "R2", "2020（令和2）"),
        (2022, "R4", "2022（令和4）"),
    ],
)
def test_the_era_is_that_of_the_first_day_and_reiwa_for_2019(year, short, combined):
    fiscal_year = FiscalYear(year)
    assert fiscal_year.era_short == short
    assert fiscal_year.combined == combined


def test_western_labels_in_both_languages():
    fiscal_year = FiscalYear(2019)
    assert fiscal_year.western == "2019"
    assert str(fiscal_year) == "2019年度"
    assert (fiscal_year.label("ja"), fiscal_year.label("en")) == ("2019年度", "FY2019")


NOTATIONS = [
    ("2016", 2016),
    ("２０１６", 2016),
    (" 2016 ", 2016),
    ("2016.0", 2016),
    ("2016.00", 2016),
    ("FY2016", 2016),
    ("fy2016", 2016),
    ("ＦＹ ２０１６", 2016),
    ("2016年度", 2016),
    ("２０１６　年度", 2016),
    ("2016会計年度", 2016),
    ("二〇一六年度", 2016),
    ("H28", 2016),
    ("h28", 2016),
    ("H.28", 2016),
    ("Ｈ２８", 2016),
    ("Ｈ ２８", 2016),
    ("H28年度", 2016),
    ("平成28", 2016),
    ("平28", 2016),
    ("平成28年度", 2016),
    ("平成２８年度", 2016),
    ("㍻28年度", 2016),
    ("平成二十八年度", 2016),
    ("平成十年度", 1998),
    ("平成二十年度", 2008),
    ("平成元年度", 1989),
    ("H1", 1989),
    ("H01", 1989),
    ("R1", 2019),
    ("R元", 2019),
    ("Ｒ１", 2019),
    ("令元", 2019),
    ("令和元", 2019),
    ("令和元年度", 2019),
    ("令和1年度", 2019),
    ("令和一年度", 2019),
    ("㋿元年度", 2019),
    ("H31", 2019),
    ("平成31年度", 2019),
    ("R4", 2022),
    ("S63", 1988),
    ("S64", 1989),
    ("昭和64年度", 1989),
    ("昭和元年度", 1926),
    ("大正15年度", 1926),
    ("大正元年度", 1912),
    ("M45", 1912),
    ("明治元年度", 1868),
    ("2019（令和元）", 2019),
    ("2019(R1)", 2019),
    ("FY2019 (R1)", 2019),
    ("令和元（2019）年度", 2019),
    ("平成28年度（2016年度）", 2016),
    ("平成28年度（2016年）", 2016),
    ("1868", 1868),
    ("2100", 2100),
]


@pytest.mark.parametrize(("text", "year"), NOTATIONS)
def test_a_fiscal_year_is_read_in_every_notation(text, year):
    assert parse(text) == FiscalYear(year)


@given(years)
def test_every_label_is_read_back(year):
    fiscal_year = FiscalYear(year)
    labels = [
        fiscal_year.western,
        fiscal_year.label(),
        fiscal_year.label("en"),
        fiscal_year.era_short,
        fiscal_year.combined,
    ]
    assert [parse(label) for label in labels] == [fiscal_year] * 5


REFUSALS = [
    ("平成32", "year.era_range", "2020年度"),
    ("平成32年度", "year.era_range", "2020年度"),
    ("平成三十二年度", "year.era_range", "2020年度"),
    ("H33", "year.era_range", "2021年度"),
    ("昭和65年度", "year.era_range", "1990年度"),
    ("大正16", "year.era_range", "1927年度"),
    ("M46", "year.era_range", "1913年度"),
    ("平成0", "year.era_range", ""),
    ("R99", "year.out_of_range", ""),
    ("1867", "year.out_of_range", ""),
    ("2309", "year.out_of_range", ""),
    ("20160", "year.out_of_range", ""),
    ("9" * 5000, "year.out_of_range", ""),
    ("2016.7", "year.fraction", ""),
    ("２０１６．９", "year.fraction", ""),
    ("2008年", "year.calendar", "2008年度"),
    ("平成20年", "year.calendar", "2008年度"),
    ("2019年（令和元年）", "year.calendar", "2019年度"),
    ("2017/4", "year.date", "2017年度"),
    ("2017-03", "year.date", "2016年度"),
    ("2019年3月", "year.date", "2018年度"),
    ("2019-03-14", "year.date", "2018年度"),
    ("2019-04-01 00:00:00", "year.date", "2019年度"),
    ("平成28年4月", "year.date", "2016年度"),
    ("H28.3.31", "year.date", "2015年度"),
    ("平成32年4月", "year.era_range", "2020年度"),
    ("2016～2020", "year.range", ""),
    ("2016～", "year.range", ""),
    ("2016-20", "year.range", ""),
    ("2020～2016", "year.reversed", "2016年度～2020年度"),
    ("2019（平成30）", "year.contradiction", ""),
    ("平成28年度（2017年度）", "year.contradiction", ""),
    ("", "year.unknown", ""),
    (" ", "year.unknown", ""),
    ("28", "year.unknown", ""),
    ("16年度", "year.unknown", ""),
    ("年度", "year.unknown", ""),
    ("平成", "year.unknown", ""),
    ("平成二十十年度", "year.unknown", ""),
    ("平成28年度末", "year.unknown", ""),
    ("1e3", "year.unknown", ""),
    ("-2016", "year.unknown", ""),
    ("20 16", "year.unknown", ""),
    ("2,016", "year.unknown", ""),
    ("2016¹", "year.unknown", ""),
    ("2016①", "year.unknown", ""),
    ("〃", "year.unknown", ""),
    ("不明", "year.unknown", ""),
    ("X28", "year.unknown", ""),
    ("((2016))", "year.unknown", ""),
    ("２０１６年度（百万円）", "year.unknown", ""),
    ("٢٠١٦", "year.unknown", ""),
]


@pytest.mark.parametrize(("text", "code", "proposal"), REFUSALS)
def test_what_is_no_fiscal_year_is_refused_with_its_reason(text, code, proposal):
    with pytest.raises(FiscalYearError) as caught:
        parse(text)
    assert (caught.value.code, caught.value.proposal) == (code, proposal)
    assert caught.value.value == text


@pytest.mark.parametrize(
    ("text", "ja", "en"),
    [
        (
            "平成32",
            "「平成32」という年はありません（平成は31年まで）。2020年度のことでしょうか？",
            "There is no year “平成32” (平成: until 31). Did you mean 2020年度?",
        ),
        (
            "平成0",
            "「平成0」という年はありません（平成は元年から）。",
            "There is no year “平成0” (平成: from 1).",
        ),
        (
            "2008年",
            "「2008年」は暦年です。年度で書いてください。2008年度のことでしょうか？",
            "“2008年” is a calendar year; write a fiscal year. Did you mean 2008年度?",
        ),
    ],
)
def test_a_refusal_speaks_both_languages(text, ja, en):
    with pytest.raises(FiscalYearError) as caught:
        parse(text)
    assert (caught.value.in_words(), english(caught.value)) == (ja, en)


@pytest.mark.parametrize(
    ("text", "year"), [("2008年", 2008), ("平成20年", 2008), ("2016年度", 2016)]
)
def test_a_column_of_fiscal_years_may_say_only_year(text, year):
    assert parse(text, calendar_year_ok=True) == FiscalYear(year)


@given(st.text())
def test_any_text_is_a_year_or_a_refusal(text):
    with contextlib.suppress(FiscalYearError):
        assert isinstance(parse(text), FiscalYear)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2016年度～2019年度", 2016, 2019),
        ("2016年度〜2019年度", 2016, 2019),
        ("2016年度~2019年度", 2016, 2019),
        ("2016年度∼2019年度", 2016, 2019),
        ("2016-2020", 2016, 2020),
        ("2016－2020", 2016, 2020),
        ("2016–2020", 2016, 2020),
        ("2016—2020", 2016, 2020),
        ("2016―2020", 2016, 2020),
        ("2016‐2020", 2016, 2020),
        ("2016−2020", 2016, 2020),
        ("2016ー2020", 2016, 2020),
        ("２０１６～２０２０年度", 2016, 2020),
        ("FY2016-FY2020", 2016, 2020),
        ("2012年度～15年度", 2012, 2015),
        ("2012～15", 2012, 2015),
        ("2016-20", 2016, 2020),
        ("2012年度から15年度まで", 2012, 2015),
        ("平成28～30年度", 2016, 2018),
        ("平成28年度～令和2年度", 2016, 2020),
        ("H28-R2", 2016, 2020),
        ("H28～30", 2016, 2018),
        ("2019年度～", 2019, None),
        ("2019年度－", 2019, None),
        ("2019年度から", 2019, None),
        ("～2019", None, 2019),
        ("～平成31年度", None, 2019),
        ("2019年度まで", None, 2019),
        ("2016年度", 2016, 2016),
        ("2016～2016", 2016, 2016),
    ],
)
def test_a_range_is_read_with_any_wave_or_dash(text, first, last):
    assert parse_range(text) == FiscalYearRange(
        first and FiscalYear(first), last and FiscalYear(last)
    )


@pytest.mark.parametrize(
    ("text", "code", "proposal"),
    [
        ("2012年～15年", "year.calendar", "2012年度～2015年度"),
        ("2019年～", "year.calendar", "2019年度～"),
        ("1998～02", "year.reversed", "1998年度～2002年度"),
        ("2050～01", "year.reversed", ""),
        ("2020～2016", "year.reversed", "2016年度～2020年度"),
        ("平成28～32年度", "year.era_range", "2020年度"),
        ("2009-12", "year.date", "2009年度"),
        ("2012年度～5年度", "year.unknown", ""),
        ("～15年度", "year.unknown", ""),
        ("～", "year.unknown", ""),
        ("abc～2019", "year.unknown", ""),
        ("abc～19", "year.unknown", ""),
        ("2016-2017-2018", "year.unknown", ""),
        ("", "year.unknown", ""),
    ],
)
def test_what_is_no_range_is_refused_with_its_reason(text, code, proposal):
    with pytest.raises(FiscalYearError) as caught:
        parse_range(text)
    assert (caught.value.code, caught.value.proposal) == (code, proposal)


def test_a_column_of_fiscal_years_may_range_over_plain_years():
    assert parse_range("2012年～15年", calendar_year_ok=True) == FiscalYearRange(
        FiscalYear(2012), FiscalYear(2015)
    )


def test_only_a_range_without_end_is_open():
    assert parse_range("2019～").is_open
    assert not parse_range("～2019").is_open
    assert not parse_range("2019").is_open


@given(years, years)
def test_a_printed_range_is_read_back(one, other):
    first, last = FiscalYear(min(one, other)), FiscalYear(max(one, other))
    for written in (
        FiscalYearRange(first, last),
        FiscalYearRange(first, None),
        FiscalYearRange(None, last),
    ):
        assert parse_range(str(written)) == written


@given(st.text("0123456789年度平成令和元hr~-から まで()（）", max_size=15))
def test_any_text_is_a_range_or_a_refusal(text):
    with contextlib.suppress(FiscalYearError):
        assert isinstance(parse_range(text), FiscalYearRange)
