"""A list of organisations, with their numbers and parents as ministries write them."""

import pytest

from programs.models import Organization
from tests.spreadsheets.sheets import bring_in, issues, plan

pytestmark = pytest.mark.django_db

HEADINGS = ["コード", "名称", "法人番号"]


def test_a_corporate_number_is_read_in_full_width():
    bring_in(
        "organizations", HEADINGS, ["aist", "産業技術総合研究所", "７０１０００５００５４２５"]
    )
    assert Organization.objects.get().corporate_number == "7010005005425"


def test_a_blank_number_is_none():
    bring_in("organizations", HEADINGS, ["aist", "産業技術総合研究所", ""])
    assert Organization.objects.get().corporate_number == ""


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (
            "7.01001E+12",
            "「7.01001E+12」は、表計算ソフトが数を丸めたもので、もとの13桁が残っていません。"
            "セルの書式を文字列にして、番号を入れ直してください。",
        ),
        (
            "7010005005426",
            "法人番号「7010005005426」は、先頭の検査数字が合いません。番号を確かめてください。",
        ),
    ],
)
def test_a_number_that_is_none_says_why(number, sentence):
    assert issues(plan("organizations", HEADINGS, ["x", "機構", number])) == [("C2", sentence)]


def test_a_parent_is_found_by_its_short_name():
    Organization.objects.create(code="meti", name_ja="経済産業省", short_name="経産省")
    bring_in("organizations", ["コード", "名称", "上位組織"], ["nedo", "開発機構", "経産省"])
    assert Organization.objects.get(code="nedo").parent.code == "meti"
