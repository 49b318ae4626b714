import pytest

from spreadsheets.exporting.formats.lost_characters import LostCharacter, find_lost_characters
from spreadsheets.exporting.formats.out_table import OutColumn, OutTable
from spreadsheets.reading.cp932_text import as_held, lost_characters


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("髙﨑①㈱№～－¥", "髙﨑①㈱№～－〓"),
        ("〜−‖¢£¬", "～－∥￠￡￢"),
        ("𠮷田—é", "〓田〓〓"),
        ("", ""),
    ],
)
def test_what_cp932_lacks_becomes_its_like_or_a_geta(text, held):
    assert as_held(text) == held
    assert as_held(held) == held


def test_lost_characters_are_those_that_do_not_come_back():
    assert lost_characters("〜髙〜𠮷") == ["〜", "〜", "𠮷"]
    assert lost_characters("髙橋～") == []


def test_each_lost_character_is_listed_with_its_record_and_column():
    rows = [["a", "𠮷田と𠮷野〜", 1], ["b", "吉田", 2], ["c", None, 3]]
    table = OutTable("表", (OutColumn("コード"), OutColumn("名称"), OutColumn("数")), lambda: rows)
    found = find_lost_characters(table)
    assert (found.total, found.cells) == (3, 1)
    assert found.listed == [
        LostCharacter("a", "名称", "𠮷", 2, "〓"),
        LostCharacter("a", "名称", "〜", 1, "～"),
    ]
    assert found.listed[0].codepoint == "U+20BB7"


def test_no_more_than_a_hundred_are_listed_and_all_are_counted():
    rows = [[f"r{number}", "𠮷"] for number in range(250)]
    table = OutTable("表", (OutColumn("コード"), OutColumn("名称")), lambda: rows)
    found = find_lost_characters(table)
    assert (found.total, len(found.listed)) == (250, 100)
