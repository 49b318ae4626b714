import contextlib
import datetime
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.words import english
from values.partial_date_text import (
    PartialDate,
    PartialDateError,
    Period,
    parse,
    parse_period,
    read_stored,
)

days = st.dates(datetime.date(1868, 1, 1), datetime.date(2100, 12, 31))
partial_dates = st.one_of(
    days.map(lambda day: PartialDate(day.year, day.month, day.day)),
    days.map(lambda day: PartialDate(day.year, day.month)),
    days.map(lambda day: PartialDate(day.year)),
    days.map(lambda day: PartialDate(day.year, is_fiscal=True)),
)


def precision_of(date):
    if date.is_fiscal:
        return "fiscal_year"
    known = (date.month is not None) + (date.day is not None)
    return ("year", "month", "day")[known]


@pytest.mark.parametrize(
    ("date", "stored", "precision", "calendar", "fiscal_year", "first_day", "last_day"),
    [
        (
            PartialDate(2019, 3, 14),
            "2019-03-14",
            "day",
            "calendar",
            2018,
            "2019-03-14",
            "2019-03-14",
        ),
        (PartialDate(2019, 3), "2019-03", "month", "calendar", 2018, "2019-03-01", "2019-03-31"),
        (PartialDate(2019, 4), "2019-04", "month", "calendar", 2019, "2019-04-01", "2019-04-30"),
        (PartialDate(2020, 2), "2020-02", "month", "calendar", 2019, "2020-02-01", "2020-02-29"),
        (PartialDate(2019), "2019", "year", "calendar", None, "2019-01-01", "2019-12-31"),
        (
            PartialDate(2018, is_fiscal=True),
            "FY2018",
            "fiscal_year",
            "fiscal",
            2018,
            "2018-04-01",
            "2019-03-31",
        ),
    ],
)
def test_a_date_says_how_precisely_it_is_known(
    date, stored, precision, calendar, fiscal_year, first_day, last_day
):
    assert date.stored == stored
    assert precision_of(date) == precision
    assert date.is_fiscal == (calendar == "fiscal")
    assert date.fiscal_year == fiscal_year
    assert date.first_day.isoformat() == first_day
    assert date.last_day.isoformat() == last_day


@pytest.mark.parametrize(
    ("date", "ja", "en"),
    [
        (PartialDate(2019, 3, 14), "2019年3月14日", "14 March 2019"),
        (PartialDate(2019, 3), "2019年3月", "March 2019"),
        (PartialDate(2019), "2019年", "2019"),
        (PartialDate(2018, is_fiscal=True), "2018年度", "FY2018"),
    ],
)
def test_a_date_is_shown_in_both_languages(date, ja, en):
    assert str(date) == ja
    assert (date.label("ja"), date.label("en")) == (ja, en)


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ((2019, 2, 30), "date.no_such_day"),
        ((2019, 13), "date.no_such_day"),
        ((2019, 0), "date.no_such_day"),
        ((2019, 3, 0), "date.no_such_day"),
        ((2100, 2, 29), "date.no_such_day"),
        ((1867,), "date.out_of_range"),
        ((2101,), "date.out_of_range"),
    ],
)
def test_numbers_that_make_no_date_are_refused(numbers, code):
    with pytest.raises(PartialDateError) as caught:
        PartialDate(*numbers)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "parts",
    [{"day": 14}, {"month": 3, "is_fiscal": True}, {"month": 3, "day": 1, "is_fiscal": True}],
)
def test_a_day_needs_a_month_and_a_fiscal_year_stands_alone(parts):
    with pytest.raises(ValueError, match="no partial date"):
        PartialDate(2019, **parts)


@given(partial_dates)
def test_stored_and_printed_dates_are_read_back(date):
    assert read_stored(date.stored) == date
    assert parse(date.stored) == date
    assert parse(date.label("ja")) == date
    assert parse(date.label("en")) == date
    assert date.first_day <= date.last_day


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("2019-03-14", "2019-03-14"),
        ("2019-3-14", "2019-03-14"),
        ("２０１９－０３－１４", "2019-03-14"),
        ("2019/3/14", "2019-03-14"),
        ("2019.3.14", "2019-03-14"),
        ("20190314", "2019-03-14"),
        ("2019-03-14 00:00:00", "2019-03-14"),
        ("2019-03-14T00:00:00", "2019-03-14"),
        ("2019/03/14 00:00", "2019-03-14"),
        ("2019年3月14日", "2019-03-14"),
        ("2019年03月14日", "2019-03-14"),
        ("２０１９年３月１４日", "2019-03-14"),
        ("2019 年 3 月 14 日", "2019-03-14"),
        ("2019年3月14日（木）", "2019-03-14"),
        ("2019年3月14日(木曜日)", "2019-03-14"),
        ("二〇一九年三月十四日", "2019-03-14"),
        ("平成三十一年三月十四日", "2019-03-14"),
        ("平成31年3月14日", "2019-03-14"),
        ("H31.3.14", "2019-03-14"),
        ("Ｈ３１．３．１４", "2019-03-14"),
        ("H31/3/14", "2019-03-14"),
        ("平成31年4月30日", "2019-04-30"),
        ("令和元年5月1日", "2019-05-01"),
        ("令和元年6月28日", "2019-06-28"),
        ("令和1年6月28日", "2019-06-28"),
        ("R元.6.28", "2019-06-28"),
        ("R1.6.28", "2019-06-28"),
        ("昭和64年1月7日", "1989-01-07"),
        ("平成元年1月8日", "1989-01-08"),
        ("昭和元年12月25日", "1926-12-25"),
        ("大正15年12月25日", "1926-12-25"),
        ("大正元年7月30日", "1912-07-30"),
        ("明治45年7月30日", "1912-07-30"),
        ("明治6年1月1日", "1873-01-01"),
        ("14 March 2019", "2019-03-14"),
        ("14 Mar. 2019", "2019-03-14"),
        ("March 14, 2019", "2019-03-14"),
        ("Sep 3 2020", "2020-09-03"),
        ("2019/3/14(木)", "2019-03-14"),
        ("2019年3月14日 木曜日", "2019-03-14"),
        ("2019年（平成31年）3月14日", "2019-03-14"),
        ("平成31（2019）年3月14日", "2019-03-14"),
        ("2019（令和元）年6月", "2019-06"),
        ("201804", "2018-04"),
        ("2019（令和元）年", "2019"),
        ("令和4（2022）年度", "FY2022"),
        ("2019（令和元）年度", "FY2019"),
        ("2019-03", "2019-03"),
        ("2019/3", "2019-03"),
        ("2019年3月", "2019-03"),
        ("平成31年4月", "2019-04"),
        ("令和元年5月", "2019-05"),
        ("昭和64年1月", "1989-01"),
        ("平成元年1月", "1989-01"),
        ("H31.3", "2019-03"),
        ("March 2019", "2019-03"),
        ("2019", "2019"),
        ("2019.0", "2019"),
        ("2019年", "2019"),
        ("２０１９年", "2019"),
        ("平成31年", "2019"),
        ("令和元年", "2019"),
        ("令和元", "2019"),
        ("H28", "2016"),
        ("明治元年", "1868"),
        ("FY2018", "FY2018"),
        ("ＦＹ２０１８", "FY2018"),
        ("2018年度", "FY2018"),
        ("平成30年度", "FY2018"),
        ("H30年度", "FY2018"),
        ("平成31年度", "FY2019"),
        ("令和元年度", "FY2019"),
    ],
)
def test_a_date_is_read_in_every_notation(text, stored):
    assert parse(text).stored == stored


@pytest.mark.parametrize(
    ("text", "code", "proposal"),
    [
        ("平成31年5月1日", "date.era_range", "令和元年5月1日"),
        ("H31.5.1", "date.era_range", "令和元年5月1日"),
        ("平成31年5月", "date.era_range", "令和元年5月"),
        ("平成32年", "date.era_range", "令和2年"),
        ("平成32年3月14日", "date.era_range", "令和2年3月14日"),
        ("令和元年4月30日", "date.era_range", "平成31年4月30日"),
        ("令和元年4月", "date.era_range", "平成31年4月"),
        ("平成元年1月7日", "date.era_range", "昭和64年1月7日"),
        ("昭和64年1月8日", "date.era_range", "平成元年1月8日"),
        ("明治45年7月31日", "date.era_range", "大正元年7月31日"),
        ("平成32年度", "year.era_range", "2020年度"),
        ("明治5年12月2日", "date.lunar", ""),
        ("2019-02-30", "date.no_such_day", ""),
        ("2019年13月", "date.no_such_day", ""),
        ("平成31年2月29日", "date.no_such_day", ""),
        ("2016-20", "date.no_such_day", ""),
        ("1867年", "date.out_of_range", ""),
        ("2309", "date.out_of_range", ""),
        ("2309年度", "year.out_of_range", ""),
        ("2019.3", "date.decimal", "2019年3月"),
        ("2019.12", "date.decimal", "2019年12月"),
        ("2019.1", "date.decimal", ""),
        ("2019.7.", "date.unknown", ""),
        ("2019年3月14日（金）", "date.weekday", ""),
        ("2012年～15年", "date.range", ""),
        ("2019年～", "date.range", ""),
        ("2015年～2012年", "date.reversed", ""),
        ("2019-03-14 13:30", "date.unknown", ""),
        ("平成0年", "date.unknown", ""),
        ("2019年3月頃", "date.vague", "2019年3月"),
        ("2022年春", "date.vague", "2022年"),
        ("2022年3月上旬", "date.vague", "2022年3月"),
        ("2022年度上半期", "date.vague", "2022年度"),
        ("2020年以降", "date.unknown", ""),
        ("1990年代", "date.unknown", ""),
        ("近年", "date.unknown", ""),
        ("3月14日", "date.no_year", ""),
        ("4/30", "date.no_year", ""),
        ("4月", "date.no_year", ""),
        ("22.3.30", "date.short_year", "2022-03-30"),
        ("22/3/30", "date.short_year", "2022-03-30"),
        ("22年3月30日", "date.short_year", "2022-03-30"),
        ("99.3.30", "date.short_year", "1999-03-30"),
        ("22.13.30", "date.unknown", ""),
        ("201104", "date.short_month", "2011年4月"),
        ("220330", "date.unknown", ""),
        ("201813", "date.unknown", ""),
        ("2022（令和3）年3月30日", "date.contradiction", ""),
        ("2022/3/30(木)", "date.weekday", ""),
        ("19年", "date.unknown", ""),
        ("3/14/2019", "date.unknown", ""),
        ("2019¹", "date.unknown", ""),
        ("20 19", "date.unknown", ""),
        ("43538", "date.unknown", ""),
        ("9" * 5000, "date.unknown", ""),
        ("", "date.unknown", ""),
    ],
)
def test_what_is_no_date_is_refused_with_its_reason(text, code, proposal):
    with pytest.raises(PartialDateError) as caught:
        parse(text)
    assert (caught.value.code, caught.value.proposal) == (code, proposal)
    assert caught.value.value == text


@pytest.mark.parametrize(
    ("text", "ja", "en"),
    [
        (
            "平成31年5月1日",
            "「平成31年5月1日」は平成の日付ではありません"
            "（平成は1989年1月8日から2019年4月30日まで）。令和元年5月1日のことでしょうか？",
            "“平成31年5月1日” is not in the era 平成 (1989-01-08 to 2019-04-30). "
            "Did you mean 令和元年5月1日?",
        ),
        (
            "令和元年4月",
            "「令和元年4月」は令和の日付ではありません（令和は2019年5月1日から）。"
            "平成31年4月のことでしょうか？",
            "“令和元年4月” is not in the era 令和 (2019-05-01 to now). Did you mean 平成31年4月?",
        ),
        (
            "2019-02-30",
            "「2019-02-30」という日はありません。",
            "There is no day “2019-02-30”.",
        ),
    ],
)
def test_a_refusal_speaks_both_languages(text, ja, en):
    with pytest.raises(PartialDateError) as caught:
        parse(text)
    assert (caught.value.in_words(), english(caught.value)) == (ja, en)


@given(st.text() | st.text("0123456789年月日度平成令和元hr~-/. から間まで()（）木", max_size=16))
def test_any_text_is_a_period_or_a_refusal(text):
    with contextlib.suppress(PartialDateError):
        assert isinstance(parse_period(text), Period)


SOURCE_MENTIONS = [
    # raw, precision, start, end, is_open, fiscal year
    ("1982年～", "year", "1982", None, True, None),
    ("1990年", "year", "1990", None, False, None),
    ("1996年～2001年", "year", "1996", "2001", False, None),
    ("2000年", "year", "2000", None, False, None),
    ("2002年", "year", "2002", None, False, None),
    ("2003年～", "year", "2003", None, True, None),
    ("2004年6月", "month", "2004-06", None, False, 2004),
    ("2005年", "year", "2005", None, False, None),
    ("2006年", "year", "2006", None, False, None),
    ("2007年", "year", "2007", None, False, None),
    ("2008年", "year", "2008", None, False, None),
    ("2008年1月", "month", "2008-01", None, False, 2007),
    ("2008年～", "year", "2008", None, True, None),
    ("2009年", "year", "2009", None, False, None),
    ("2009年～", "year", "2009", None, True, None),
    ("2012年6月", "month", "2012-06", None, False, 2012),
    ("2012年～", "year", "2012", None, True, None),
    ("2012年～15年", "year", "2012", "2015", False, None),
    ("2013年", "year", "2013", None, False, None),
    ("2013年から10年", "year", "2013", "2022", False, None),
    ("2014年", "year", "2014", None, False, None),
    ("2014年6月20日", "day", "2014-06-20", None, False, 2014),
    ("2014年～", "year", "2014", None, True, None),
    ("2014年～17年", "year", "2014", "2017", False, None),
    ("2015年", "year", "2015", None, False, None),
    ("2016年11月29日", "day", "2016-11-29", None, False, 2016),
    ("2016年5月", "month", "2016-05", None, False, 2016),
    ("2016年8月12日", "day", "2016-08-12", None, False, 2016),
    ("2016年度", "fiscal_year", "FY2016", None, False, 2016),
    ("2016年～", "year", "2016", None, True, None),
    ("2017年", "year", "2017", None, False, None),
    ("2017年5月", "month", "2017-05", None, False, 2017),
    ("2017年7月", "month", "2017-07", None, False, 2017),
    ("2017年～", "year", "2017", None, True, None),
    ("2018年", "year", "2018", None, False, None),
    ("2018年3月", "month", "2018-03", None, False, 2017),
    ("2018年5月", "month", "2018-05", None, False, 2018),
    ("2018年5月28日", "day", "2018-05-28", None, False, 2018),
    ("2019年", "year", "2019", None, False, None),
    ("2019年3月", "month", "2019-03", None, False, 2018),
    ("2019年6月", "month", "2019-06", None, False, 2019),
    ("2019年6月21日", "day", "2019-06-21", None, False, 2019),
    ("2019年8月", "month", "2019-08", None, False, 2019),
    ("2019年度", "fiscal_year", "FY2019", None, False, 2019),
    ("2019年～", "year", "2019", None, True, None),
    ("2020年", "year", "2020", None, False, None),
    ("2020年4月", "month", "2020-04", None, False, 2020),
    ("2020年9月", "month", "2020-09", None, False, 2020),
    ("2020年9月3日", "day", "2020-09-03", None, False, 2020),
    ("2021年", "year", "2021", None, False, None),
    ("2021年6月9日", "day", "2021-06-09", None, False, 2021),
    ("2021年から2027年まで", "year", "2021", "2027", False, None),
    ("2022年", "year", "2022", None, False, None),
    ("2022年3月", "month", "2022-03", None, False, 2021),
    ("2022年3月30日", "day", "2022-03-30", None, False, 2021),
    ("2022年5月12日", "day", "2022-05-12", None, False, 2022),
    ("2022年9月", "month", "2022-09", None, False, 2022),
    ("2022年～", "year", "2022", None, True, None),
    ("平成30年度", "fiscal_year", "FY2018", None, False, 2018),
]


@pytest.mark.parametrize(
    ("raw", "precision", "start", "end", "is_open", "fiscal_year"), SOURCE_MENTIONS
)
def test_every_date_of_the_source_chapter_is_read(raw, precision, start, end, is_open, fiscal_year):
    period = parse_period(raw)
    assert precision_of(period.start) == precision
    assert period.start.stored == start
    assert (period.end.stored if period.end else None) == end
    assert period.is_open is is_open
    assert period.start.fiscal_year == fiscal_year


def test_no_date_of_the_source_chapter_is_left_out():
    inventory = Path(__file__).parents[3] / "shared/source/inventory.json"
    if not inventory.exists():
        pytest.skip("the inventory of the source chapter is not at hand")
    mentions = json.loads(inventory.read_text(encoding="utf-8"))["date_mentions"]
    assert {mention["raw"] for mention in mentions} == {row[0] for row in SOURCE_MENTIONS}


@pytest.mark.parametrize(
    ("text", "start", "end", "is_open"),
    [
        ("2012年〜15年", "2012", "2015", False),
        ("2012年~15年", "2012", "2015", False),
        ("2012年－15年", "2012", "2015", False),
        ("2012年–2015年", "2012", "2015", False),
        ("２０１２年～１５年", "2012", "2015", False),
        ("2016-2020", "2016", "2020", False),
        ("平成28年～30年", "2016", "2018", False),
        ("平成30年～令和元年", "2018", "2019", False),
        ("平成28年3月～30年4月", "2016-03", "2018-04", False),
        ("2015年度～17年度", "FY2015", "FY2017", False),
        ("平成28年度～30年度", "FY2016", "FY2018", False),
        ("2019年6月28日～29日", "2019-06-28", "2019-06-29", False),
        ("2019年6月28日～7月2日", "2019-06-28", "2019-07-02", False),
        ("2019年6月～8月", "2019-06", "2019-08", False),
        ("2019/3/14～2019/3/16", "2019-03-14", "2019-03-16", False),
        ("2021年から2027年", "2021", "2027", False),
        ("2019年から", "2019", None, True),
        ("（1982年～）", "1982", None, True),
        ("2019年4月～", "2019-04", None, True),
        ("2012年から15年間", "2012", "2026", False),
        ("2013年度から10年間", "FY2013", "FY2022", False),
        ("2019年3月14日", "2019-03-14", None, False),
    ],
)
def test_a_period_is_read_with_any_wave_or_dash(text, start, end, is_open):
    period = parse_period(text)
    assert period.start.stored == start
    assert (period.end.stored if period.end else None) == end
    assert period.is_open is is_open


@pytest.mark.parametrize(
    ("text", "code", "proposal"),
    [
        ("2012年から15年", "date.ambiguous", "2012年～2015年"),
        ("2015年～2012年", "date.reversed", ""),
        ("1998年～02年", "date.reversed", ""),
        ("2019年6月28日～27日", "date.reversed", ""),
        ("平成28年～32年", "date.era_range", "令和2年"),
        ("2095年から10年間", "date.out_of_range", ""),
        ("2019年3月から10年", "date.unknown", ""),
        ("昔から10年", "date.unknown", ""),
        ("2019年から0年", "date.unknown", ""),
        ("～2019年", "date.unknown", ""),
        ("～", "date.unknown", ""),
        ("2019年～未定", "date.unknown", ""),
        ("2019年～8月", "date.unknown", ""),
        ("2019年6月～8日", "date.unknown", ""),
        ("2019-03-14－2019-03-16", "date.unknown", ""),
        ("", "date.unknown", ""),
    ],
)
def test_what_is_no_period_is_refused_with_its_reason(text, code, proposal):
    with pytest.raises(PartialDateError) as caught:
        parse_period(text)
    assert (caught.value.code, caught.value.proposal) == (code, proposal)


@pytest.mark.parametrize(
    ("period", "ja", "en"),
    [
        (Period(PartialDate(2012), PartialDate(2015)), "2012年～2015年", "2012–2015"),
        (Period(PartialDate(2019), is_open=True), "2019年～", "2019–"),
        (Period(PartialDate(2019, 3)), "2019年3月", "March 2019"),
    ],
)
def test_a_period_is_shown_in_both_languages(period, ja, en):
    assert str(period) == ja
    assert period.label("en") == en


@given(partial_dates, partial_dates)
def test_a_printed_period_is_read_back(one, other):
    start, end = sorted([one, other], key=lambda date: date.first_day)
    for period in (Period(start, end), Period(start, is_open=True), Period(start)):
        assert parse_period(str(period)) == period
