"""Lists of programmes and events, written and read back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programs.models import Program
from tests.cast import cast
from timeline.rows.listed import add_rows, read_lines, written_lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    return cast()


def test_programmes_are_written_by_name_and_code_below_their_lead_organization(who):
    Program.objects.create(code="alone", name_ja="ひとつの事業")
    assert written_lines(Program.objects.order_by("code")).splitlines() == [
        "文部科学省\tITER（国際熱核融合実験炉）計画等の実施（program:iter）",
        "科学技術振興機構\t戦略的国際科学技術協力推進事業（program:bilateral）",
        "科学技術振興機構\t地球規模課題対応国際科学技術協力プログラム（program:satreps）",
        "科学技術振興機構\t戦略的国際共同研究プログラム（program:sicorp）",
        "ひとつの事業（program:alone）",
    ]


def test_a_line_may_say_its_name_with_the_code_that_tells_which_record(who):
    Program.objects.create(code="other", name_ja="戦略的国際共同研究プログラム")
    lines = "\n".join(
        [
            "科学技術振興機構\t戦略的国際共同研究プログラム（program:sicorp）",
            "G20（大阪） (event:g20-osaka-2019)",
            "（program:satreps）",
            "ITER（国際熱核融合実験炉）計画等の実施\tprogram:iter",
            "戦略的国際共同研究プログラム（program:gone）",
        ]
    )
    read = read_lines(lines, None)
    assert [(each.group, each.words, each.reference) for each in read] == [
        ("科学技術振興機構", "戦略的国際共同研究プログラム", "program:sicorp"),
        ("", "G20（大阪）", "event:g20-osaka-2019"),
        ("", "program:satreps", "program:satreps"),
        ("", "ITER（国際熱核融合実験炉）計画等の実施", "program:iter"),
        ("", "戦略的国際共同研究プログラム（program:gone）", ""),
    ]
    assert read[-1].is_unknown


def test_the_words_before_a_code_are_printed_where_they_differ_from_the_name(who):
    lines = "サトレップス（program:satreps）\nG20大阪サミット（event:g20-osaka-2019）"
    add_rows(who.timeline, read_lines(lines, who.timeline), group="", with_headings=False)
    added = who.timeline.rows.filter(position__gt=3)
    assert [row.printed_label for row in added] == ["サトレップス", ""]


@pytest.mark.parametrize("name", ["潮の\n事業", "潮の\t事業", "潮の\u2028事業"])
def test_a_name_that_fits_no_line_is_written_as_its_code(who, name):
    Program.objects.create(code="tide", name_ja=name)
    assert written_lines(Program.objects.filter(code="tide")) == "program:tide"


def test_lines_of_programmes_cost_the_same_for_one_and_for_all(who, django_assert_num_queries):
    with django_assert_num_queries(1):
        written_lines(Program.objects.filter(code="satreps"))
    with django_assert_num_queries(1):
        written_lines(Program.objects.all())


def test_a_list_of_any_length_costs_the_same_queries_and_reads_no_table_whole(who):
    kinds = ["SATREPS（{}）", "program:sicorp", "イーター {}", "大阪G20（{}）", "無い事業{}"]
    counts = []
    for size in (1, 100):
        text = "\n".join(each.format(n) for n in range(size) for each in kinds)
        with CaptureQueriesContext(connection) as queries:
            read_lines(text, who.timeline)
        assert all(" WHERE " in query["sql"] for query in queries)
        counts.append(len(queries))
    assert counts == [7, 7]
