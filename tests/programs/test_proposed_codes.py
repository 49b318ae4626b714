"""A list without codes: a row is the record of its name, or is proposed a new code."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programs.models import Organization, Program, Source
from tests.cast import cast
from tests.spreadsheets.sheets import apply, bring_in, issues, plan
from timeline.models import Event

pytestmark = pytest.mark.django_db


def codes(model=Program):
    return sorted(model.objects.values_list("code", flat=True))


def test_a_code_is_made_of_the_abbreviation_or_the_english_name_or_is_the_next_number():
    Program.objects.create(code="program-11", name_ja="前の施策")
    job = plan(
        "programs",
        ["名称", "略称", "英語名称"],
        ["海藻研究", "KELP", ""],
        ["潮汐計画", "", "Tide's Plan (2nd)"],
        ["氷床コア", "", ""],
        ["氷床の二", "氷床", ""],
    )
    assert issues(job) == []
    assert list(job.understood.notices) == [
        "コードのない 4 行に、コードを提案しました"
        "（2行目 kelp、3行目 tides-plan-2nd、4行目 program-12、5行目 program-13）。"
    ]
    apply(job)
    assert codes() == ["kelp", "program-11", "program-12", "program-13", "tides-plan-2nd"]


def test_the_same_sheet_again_finds_its_records_by_name():
    sheet = [["名称", "略称"], ["海藻研究", "KELP"], ["潮汐計画", ""]]
    bring_in("programs", *sheet)
    job = plan("programs", *sheet)
    assert job.counts["unchanged"] == 2
    assert list(job.understood.notices) == [
        "コードのない 2 行は、名称で記録を見つけました（2行目 kelp、3行目 program-1）。"
    ]


def test_a_code_that_is_taken_gets_a_number():
    Program.objects.create(code="kelp", name_ja="別の施策")
    bring_in(
        "programs",
        ["コード", "名称", "略称"],
        ["", "海藻研究", "KELP"],
        ["", "海藻研究の二", "kelp"],
        ["kelp-2", "三つ目", "x"],
    )
    assert codes() == ["kelp", "kelp-2", "kelp-3", "kelp-4"]


def test_a_name_in_another_width_is_the_record_of_the_name():
    cast()
    job = plan("programs", ["名称", "略称"], ["ＩＴＥＲ（国際熱核融合実験炉）計画等の実施", "I"])
    assert (job.counts["new"], job.counts["changed"]) == (0, 1)


def test_two_rows_of_one_name_are_refused():
    job = plan("programs", ["名称"], ["海藻研究"], ["潮汐計画"], ["海藻 研究"])
    assert issues(job) == [
        ("A2", "「海藻研究」は4行目にもあります。コードを入れて区別してください。"),
        ("A4", "「海藻 研究」は2行目にもあります。コードを入れて区別してください。"),
    ]


def test_another_name_of_a_record_is_asked_about():
    cast()
    job = plan("programs", ["名称"], ["SATREPS"])
    assert issues(job) == [
        (
            "A2",
            "「SATREPS」は地球規模課題対応国際科学技術協力プログラム（satreps） の別の名と"
            "同じです。その記録ならそのコードを、別のものなら新しいコードを入れてください。",
        )
    ]


def test_a_name_of_several_records_is_refused():
    Program.objects.create(code="one", name_ja="海藻研究")
    Program.objects.create(code="two", name_ja="海藻研究")
    assert issues(plan("programs", ["名称"], ["海藻研究"])) == [
        ("A2", "「海藻研究」はone、two のどれか分かりません。コードを入れてください。")
    ]


def test_a_bare_name_between_rows_with_codes_is_no_record():
    job = plan(
        "programs",
        ["コード", "名称", "略称"],
        ["", "一 基礎研究", ""],
        ["kelp", "海藻研究", "KELP"],
    )
    assert issues(job) == [("A2", "行を見分ける値がありません。")]


@pytest.mark.parametrize(
    ("resource", "model", "headings", "row", "code"),
    [
        ("organizations", Organization, ["名称", "略称"], ["海洋機構", "SEA"], "sea"),
        ("organizations", Organization, ["名称", "略称"], ["海洋機構", "海洋"], "organization-1"),
        ("events", Event, ["名称", "種類", "日付"], ["海の会議", "会議", "2022"], "event-1"),
        ("sources", Source, ["表題", "発行者"], ["海の白書", "海洋省"], "source-1"),
    ],
)
def test_other_lists_are_proposed_codes_too(resource, model, headings, row, code):
    bring_in(resource, headings, row)
    assert codes(model) == [code]
    assert plan(resource, headings, row).counts["unchanged"] == 1


def test_codes_of_any_number_are_proposed_in_the_same_queries():
    counts = []
    for size in (1, 100):
        with CaptureQueriesContext(connection) as queries:
            plan("programs", ["名称", "略称"], *([f"施策{n}x{size}", ""] for n in range(size)))
        counts.append(len(queries))
    assert counts[0] == counts[1]
