"""Names as people write them in cells: found, or refused with a proposal."""

import pytest

from programs.models import Program
from spreadsheets.resources.record_finder import NoSuchRecord, RecordFinder, without_marks
from tests.cast import cast

pytestmark = pytest.mark.django_db


def find(text):
    return RecordFinder(Program, ("code",)).find(text).code


def near(text):
    with pytest.raises(NoSuchRecord) as refusal:
        find(text)
    return refusal.value.near


@pytest.mark.parametrize(
    "text",
    [
        "地球規模課題対応国際科学\n技術協力プログラム",
        "地球規模課題対応国際科学技術協力プログラム※",
        "地球規模課題対応国際科学技術協力プログラム(SATREPS) ※1",
        "地球規模課題対応国際科学技術協力プログラム（注２）",
        "・地球規模課題対応国際科学技術協力プログラム",
        "○ SATREPS",
        "●ＳＡＴＲＥＰＳ*",
    ],
)
def test_a_break_a_bullet_or_a_note_mark_is_no_part_of_a_name(text):
    cast()
    assert find(text) == "satreps"


def test_a_name_that_ends_in_a_mark_is_found_by_it():
    cast()
    Program.objects.create(code="star", name_ja="新事業☆")
    Program.objects.create(code="plain", name_ja="新事業")
    assert (find("新事業☆"), find("新事業"), find("新事業※")) == ("star", "plain", "plain")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("受発注", "受発注"),
        ("事業 注1", "事業"),
        ("●", "●"),
        ("A-B", "A-B"),
        ("※", "※"),
        ("C++*", "C++"),
    ],
)
def test_only_marks_before_and_behind_are_taken_off(text, plain):
    assert without_marks(text) == plain


def test_of_names_that_differ_in_width_the_one_typed_is_meant():
    cast()
    Program.objects.create(code="half", name_ja="G20(拠出)")
    Program.objects.create(code="full", name_ja="Ｇ２０（拠出）")
    assert (find("G20(拠出)"), find("Ｇ２０（拠出）")) == ("half", "full")
    assert near("G20（拠出)") == (("full", "Ｇ２０（拠出）（full）"), ("half", "G20(拠出)（half）"))


@pytest.mark.parametrize(
    "text",
    [
        "戦略的国際共同研究プログラム費",
        "戦略的国際協同研究プログラム",
        "・戦略的国際共同研究プログラマ※",
        "戦略的国際共同研究プログラム・新型",
        "まだ見ぬ枠（SICORP）",
    ],
)
def test_a_name_near_another_is_proposed(text):
    cast()
    assert near(text)[0][0] == "sicorp"


def test_a_name_like_none_has_no_proposal():
    cast()
    assert near("じぇいえすてぃー") == ()


def test_a_record_is_proposed_once_by_its_nearest_name():
    who = cast()
    who.sicorp.names.create(kind="popular", name="戦略的国際共同研究")
    assert [key for key, _shown in near("戦略的国際共同研究プログラマ")].count("sicorp") == 1
