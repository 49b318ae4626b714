"""The figure of a form says what of the form it does not show."""

import re

import pytest
from django.urls import reverse

from tests.admin_forms import form_data
from tests.cast import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    return cast()


def change_page(timeline):
    return reverse("admin:timeline_timeline_change", args=[timeline.pk])


def figure_page(timeline):
    return reverse("admin:timeline_timeline_figure", args=[timeline.pk])


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            {"first_fiscal_year": "2030"},
            "最初の年度、最後の年度「2030、2022」: 最後の年度が最初の年度より前です。"
            " 直すまで、図は保存した「2016～2022年度」で描きます。",
        ),
        (
            {"first_fiscal_year": "1901"},
            "最初の年度、最後の年度「1901、2022」: 年表は100年度までです。"
            " 直すまで、図は保存した「2016～2022年度」で描きます。",
        ),
        (
            {"first_fiscal_year": "1", "last_fiscal_year": "2025"},
            "最初の年度、最後の年度「1、2025」:"
            " 1868年度から2100年度までの西暦で入れます（例 2019）。"
            " 年表は100年度までです。"
            " 直すまで、図は保存した「2016～2022年度」で描きます。",
        ),
        (
            {"tier_scheme": ""},
            "予算区分「」: このフィールドは必須です。 直すまで、図は保存した「三区分」で描きます。",
        ),
        (
            {"basis": "nope"},
            "予算の区分「nope」: 正しく選択してください。 nope は候補にありません。"
            " 直すまで、図は保存した「当初予算」で描きます。",
        ),
    ],
)
def test_what_the_figure_cannot_take_from_the_form_is_told_with_what_it_shows(
    admin_client, who, typed, told
):
    data = form_data(admin_client.get(change_page(who.timeline))) | typed
    html = admin_client.post(figure_page(who.timeline), data).content.decode()
    assert told in html
    assert html.count("直すまで") == 1
    assert re.findall(r">(20\d\d)</text>", html)[:7] == [str(year) for year in range(2016, 2023)]


@pytest.mark.parametrize("years", [{}, {"last_fiscal_year": "2030"}, {"last_fiscal_year": "+2030"}])
def test_a_figure_that_shows_all_the_form_says_tells_nothing(admin_client, who, years):
    data = form_data(admin_client.get(change_page(who.timeline))) | years
    html = admin_client.post(figure_page(who.timeline), data).content.decode()
    assert "直すまで" not in html
    assert (">2030</text>" in html) is bool(years)
