"""A period in one cell is its first and last fiscal year."""

import pytest

from values.fiscal_year import FiscalYearError
from values.running_years import parse_running_years


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2012年～15年", 2012, 2015),
        ("2008～", 2008, None),
        ("平成20年度～", 2008, None),
        ("H28-R2", 2016, 2020),
        ("2021年度から2027年度まで", 2021, 2027),
        ("〜2019", None, 2019),
        ("～2019年度まで", None, 2019),
        ("2019年度", 2019, 2019),
        ("（2019年～）", 2019, None),
        ("2019年度～現在", 2019, None),
        ("2019年度～（継続中）", 2019, None),
        ("2019年度～未定", 2019, None),
        ("2019年度以降", 2019, None),
        ("2019年度から", 2019, None),
        ("2019～2023年度（5年間）", 2019, 2023),
        ("2019年4月～2024年3月", 2019, 2023),
        ("2019/4/1～2024/3/31", 2019, 2023),
        ("平成28～30年度", 2016, 2018),
    ],
)
def test_a_period_is_read_as_people_write_it(text, first, last):
    years = parse_running_years(text)
    assert (years.first, years.last) == (first, last)


@pytest.mark.parametrize(
    ("text", "is_planned"),
    [("2019年度〜2023年度（予定）", True), ("2019～2023(見込み)", True), ("2019～2023", False)],
)
def test_a_planned_end_is_told(text, is_planned):
    years = parse_running_years(text)
    assert (years.first, years.last, years.is_planned) == (2019, 2023, is_planned)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("5年間", "period.unknown"),
        ("2019～2023年度（4年間）", "period.length"),
        ("2019年度～2023年度 2024年度～", "period.unknown"),
        ("2015～2012", "year.reversed"),
        ("2012-10", "year.date"),
    ],
)
def test_what_is_no_period_is_refused_with_what_was_typed(text, code):
    with pytest.raises(FiscalYearError) as refusal:
        parse_running_years(text)
    assert refusal.value.code == code
    assert f"「{text}」" in str(refusal.value)
