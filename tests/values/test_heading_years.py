import pytest

from values.heading_years import HeadingYear, split_year, year_beside


@pytest.mark.parametrize(
    ("text", "year", "rest"),
    [
        ("平成28年度予算額", 2016, "予算額"),
        ("2016年度当初", 2016, "当初"),
        ("H27予算", 2015, "予算"),
        ("R2補正後", 2020, "補正後"),
        ("令和4年度（要求）", 2022, "(要求)"),
        ("２０１９年度（令和元年度）", 2019, ""),
        ("平成31年度（令和元年度）予算額", 2019, "予算額"),
        ("FY2021 initial", 2021, "initial"),
        ("Initial budget FY2021", 2021, "initial budget"),
        ("FY21", 2021, ""),
        ("当初予算(2019)", 2019, "当初予算"),
        ("予算額_2021", 2021, "予算額"),
        ("平成二十八年度予算", 2016, "予算"),
        ("【平成28年度】補正予算額", 2016, "補正予算額"),
        ("補正予算額［2016年度］", 2016, "補正予算額"),
        ("H28", 2016, ""),
        ("2016", 2016, ""),
    ],
)
def test_the_year_of_a_heading_and_what_else_it_says(text, year, rest):
    assert split_year(text) == HeadingYear(year, rest)


@pytest.mark.parametrize(
    "text",
    [
        "令和５年８月３１日現在",
        "2016～2020年度",
        "2016-04-01",
        "令和3年度から令和5年度",
        "2019年度（令和2年度）",
        "growth2",
        "第2号補正",
        "平成32年度",
        "予算",
        "",
    ],
)
def test_what_names_no_single_year(text):
    assert split_year(text) is None


def test_a_number_without_its_era():
    assert split_year("28年度") == HeadingYear(None, "", 28)
    assert split_year("元年度予算") == HeadingYear(None, "予算", 1)


@pytest.mark.parametrize(
    ("short", "before", "year"),
    [(28, 2015, 2016), (2, 2019, 2020), (1, 2018, 2019), (3, 2019, 2021), (28, 2016, None)],
)
def test_a_number_follows_the_year_beside_it(short, before, year):
    assert year_beside(short, before) == year
