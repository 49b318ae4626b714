"""Footnotes of a manuscript: whose mark means which note, and what is no mark."""

from pathlib import Path

import pytest

from chapters.manuscript.reading import parse
from tests.chapters.manuscripts import chapter, decided, lead, refusal

CASES = Path(__file__).parents[3] / "shared" / "cases"


def notes(*blocks):
    return [(note.key, note.text) for note in parse(chapter(*blocks)).footnotes]


def bodies(text):
    return [paragraph for part in parse(text).sections for paragraph in part.paragraphs]


def test_standard_marks_and_definitions_are_read():
    text = chapter("潮[^1]と[^tide_1]。", "[^1]: 満潮。", "[^tide_1]: 干潮。", "終わり。")
    manuscript = parse(text)
    assert manuscript.lead == ("潮[^n1]と[^tide_1]。", "終わり。")
    assert [(note.line, note.number, note.key, note.text) for note in manuscript.footnotes] == [
        (5, 1, "n1", "満潮。"),
        (7, 0, "tide_1", "干潮。"),
    ]
    assert manuscript.decisions == ()


def test_definitions_may_stand_before_their_marks_and_after_the_timeline():
    text = chapter("[^2]: 干潮。", "潮[^1]と[^2]。") + (
        "\n区分\t\t2018\n\t潮\t▲\n\n: 1億円以上\n\n[^1]: 満潮。\n"
    )
    manuscript = parse(text)
    assert [(note.key, note.text) for note in manuscript.footnotes] == [
        ("n2", "干潮。"),
        ("n1", "満潮。"),
    ]
    assert len(manuscript.legend) == 1


def test_definition_goes_on_in_lines_and_in_paragraphs_set_in():
    text = "[^1]: 満ちる\n潮。\n\n    二つ目の\n    段落。\n\n\t- 項目\n\t- 項目"
    assert notes("潮[^1]。", text) == [("n1", "満ちる潮。\n\n二つ目の段落。\n\n- 項目\n- 項目")]
    assert lead("潮[^1]。", text, "終わり。") == ("潮[^n1]。", "終わり。")


def test_table_in_a_note_keeps_its_rows():
    text = "[^1]: 表\n\n    甲 | 乙\n    --|--\n    1 | 2"
    assert notes("潮[^1]。", text) == [("n1", "表\n\n甲 | 乙\n--|--\n1 | 2")]


def test_paragraph_without_a_full_stop_is_not_joined_over_a_definition():
    assert lead("潮が満ちる[^1]", "[^1]: 満潮。", "潮が引く") == ("潮が満ちる[^n1]", "潮が引く")


def test_key_that_is_no_key_gets_a_number_and_a_warning():
    blocks = ("潮[^注]と<sup>3</sup>。", "[^注]: 満潮。", "3 干潮。")
    assert notes(*blocks) == [("n4", "満潮。"), ("n3", "干潮。")]
    assert lead(*blocks) == ("潮[^n4]と[^n3]。",)
    assert decided(*blocks) == [("note.key", 5, "注", "n4")]


def test_key_that_a_number_has_already_gets_another():
    blocks = ("潮[^n1]と[^1]。", "[^n1]: 満潮。", "[^1]: 干潮。")
    assert notes(*blocks) == [("n1-2", "満潮。"), ("n1", "干潮。")]
    assert decided(*blocks) == [("note.key", 5, "n1", "n1-2")]


def test_numbers_that_begin_anew_in_each_section_are_told_apart():
    text = chapter(
        "### (1) 背景",
        "甲<sup>1</sup>と乙<sup>2</sup>。",
        "1 甲の注。\n2 乙の注。",
        "### (2) 課題",
        "丙<sup>1</sup>。",
        "1 丙の注。",
        "また丙<sup>1</sup>。",
    )
    manuscript = parse(text)
    assert bodies(text) == ["甲[^n1]と乙[^n2]。", "丙[^s2-n1]。", "また丙[^s2-n1]。"]
    assert [(note.key, note.text) for note in manuscript.footnotes] == [
        ("n1", "甲の注。"),
        ("n2", "乙の注。"),
        ("s2-n1", "丙の注。"),
    ]
    assert [(d.code, d.line, d.words, d.outcome) for d in manuscript.decisions] == [
        ("note.restarted", 14, "1", "s2-n1")
    ]


def test_standard_notes_that_begin_anew_are_told_apart():
    text = chapter(
        "### (1) 背景", "■甲", "甲[^1]。", "■乙", "乙。", "[^1]: 甲の注。",
        "### (2) 課題", "■丙", "丙[^1]。", "■丁", "丁。", "[^1]: 丙の注。",
    )  # fmt: skip
    assert bodies(text) == ["甲[^n1]。", "乙。", "丙[^s2-2-n1]。", "丁。"]


@pytest.mark.skipif(not CASES.exists(), reason="the cases are not on this machine")
@pytest.mark.parametrize(("name", "keys"), [("31a.md", ["n1", "s2-n1"]), ("31g.md", ["n1", "n2"])])
def test_cases_are_taken(name, keys):
    assert [note.key for note in parse((CASES / name).read_text()).footnotes] == keys


@pytest.mark.parametrize(
    ("blocks", "code", "line", "value"),
    [
        (["潮[^1]。"], "footnote_undefined", 3, "1"),
        (["潮[^注]。"], "footnote_undefined", 3, "注"),
        (["潮。", "[^a]: 満潮。"], "footnote_unreferenced", 5, "[^a] 満潮。"),
        (["潮[^a]。", "[^a]: 満潮。", "[^a]: 干潮。"], "footnote_twice", 7, "[^a] 干潮。"),
        (["潮[^1]。", "[^1]:"], "footnote_empty", 5, "1"),
        (
            ["潮[^1]。", "[^1]: 甲。", "■満", "満[^1]。", "■干", "干[^1]。", "[^1]: 乙。"],
            "footnote_unclear",
            9,
            "満[^1]",
        ),
        (
            ["潮[^1]。", "[^1]: 甲。", "■満", "満つ。", "[^1]: 乙。"],
            "footnote_unreferenced",
            11,
            "1 乙。",
        ),
    ],
)
def test_notes_that_cannot_be_told_are_refused(blocks, code, line, value):
    error = refusal(chapter(*blocks))
    assert (error.code, error.line, error.value) == (f"manuscript.{code}", line, value)


def test_marks_in_headings_are_taken():
    manuscript = parse(chapter("### (1) 背景<sup>1</sup>", "潮。", "■**満**[^2]", "満。",
                               "1 甲。", "[^2]: 乙。"))  # fmt: skip
    assert [part.heading for part in manuscript.sections] == ["背景[^n1]", "**満**[^n2]"]


def test_mark_in_a_title_is_refused():
    assert refusal("## 4 | 海[^1]\n\n潮。\n\n[^1]: 注。").code == "manuscript.heading"
    assert refusal("## 4 | " + "海" * 151).code == "manuscript.heading"


def test_escaped_marks_and_marks_in_code_are_none():
    assert lead("`[^1]`と\\[^2]と`` `<sup>3</sup> ``と`。") == (
        "`[^1]`と\\[^2]と`` `<sup>3</sup> ``と`。",
    )


def test_power_of_ten_and_unit_are_exponents_even_if_there_is_such_a_note():
    blocks = ("10<sup>3</sup>個、5 km<sup>2</sup>、潮<sup>1、2</sup>。", "1 甲。\n2 乙。")
    assert lead(*blocks) == ("10<sup>3</sup>個、5 km<sup>2</sup>、潮[^n1][^n2]。",)
    assert [(code, outcome) for code, _line, _words, outcome in decided(*blocks)] == [
        ("superscript.exponent", "3"),
        ("superscript.perhaps_exponent", "2"),
    ]


def test_number_behind_a_number_is_an_exponent_unless_a_note_needs_it():
    assert lead("2<sup>8</sup>通り。") == ("2<sup>8</sup>通り。",)
    assert decided("2<sup>8</sup>通り。") == [
        ("superscript.perhaps_exponent", 3, "2<sup>8</sup>", "8")
    ]
    assert lead("目標14<sup>1</sup>。", "1 海の目標。") == ("目標14[^n1]。",)
    assert decided("目標14<sup>1</sup>。", "1 海の目標。") == [
        ("superscript.perhaps_mark", 3, "目標14<sup>1</sup>", "1")
    ]
    assert lead("2<sup>1</sup>と潮<sup>1</sup>。", "1 満潮。") == ("2<sup>1</sup>と潮[^n1]。",)


def test_number_behind_latin_letters_is_a_mark_if_there_is_such_a_note():
    assert lead("EU<sup>1</sup>とJST<sup>2</sup>。", "1 甲。\n2 乙。") == ("EU[^n1]とJST[^n2]。",)
    assert lead("x<sup>2</sup>。") == ("x<sup>2</sup>。",)
    assert refusal(chapter("JST<sup>2</sup>。")).code == "manuscript.footnote_undefined"


def test_other_superscripts_stay_and_numbers_among_them_are_named():
    typed = "5<sup>th</sup>、10<sup>-3</sup>、潮<sup>*</sup>、H<sub>2</sub>O、潮<sup>1)</sup>。"
    assert lead(typed) == (typed,)
    assert decided(typed) == [("superscript.kept", 3, "<sup>1)</sup>", "")]


def test_mark_within_bold_is_moved_behind_it_and_named():
    blocks = ("**満<sup>1</sup>潮**と**干潮<sup>2</sup>**。", "1 甲。\n2 乙。")
    assert lead(*blocks) == ("**満潮**[^n1]と**干潮**[^n2]。",)
    assert decided(*blocks) == [("mark.moved", 3, "**満<sup>1</sup>潮**", "")]


def test_exponent_within_bold_stays_there():
    manuscript = parse(chapter("**10<sup>3</sup>人計画**。"))
    assert manuscript.lead == ("**10<sup>3</sup>人計画**。",)
    assert manuscript.bold_names[0].name == "10<sup>3</sup>人計画"


def test_row_of_a_table_and_item_of_a_list_are_no_notes():
    assert lead("潮<sup>1</sup>。", "1 | 2\n--|--\n1 | 3", "- 甲\n  - 1 乙", "1 満潮。") == (
        "潮[^n1]。",
        "1 | 2\n--|--\n1 | 3",
        "- 甲\n  - 1 乙",
    )
