"""What a line of a manuscript's prose may be, and what becomes of it."""

import pytest

from chapters.manuscript.decisions import dropped, sentence, warned
from chapters.manuscript.reading import parse
from tests.chapters.manuscripts import chapter, decided, lead, refusal
from values.decision import Decision, quoted

TABLE = "| 甲 | 乙 |\n|:---|---:|\n| 1 | 2 \\| 3 |"


@pytest.mark.parametrize(
    "typed",
    [
        TABLE,
        "甲 | 乙\n--|--\n1 | 2",
        "- 甲\n  - 乙\n    1. 丙\n- 丁",
        "1. 甲\n2. 乙\n10) 丙",
        "> 引用\n> 続き\n>\n> > 深い",
        "・甲\n・乙\n※注\n（1）丙\n①丁\n出典：戊\n注1）己",
        "潮  \n満ちる",
        "潮\\\n満ちる",
        "潮\tと汐",
        "\\*星\\* と __太字__ と *斜体* と ***太斜*** と `**`",
        "***",
        "    一 = 1\n    二 = 2",
        "　潮が満ちる。",
        "潮と\u200bそれから",
        "#潮\u3000と ####### 汐",
        "2018. 年の表",
        "==",
        "¹²³ ※1 1) 注",
    ],
)
def test_what_prose_may_hold_stays_as_typed_without_a_word(typed):
    assert lead("前。", typed, "後。") == ("前。", typed, "後。")
    assert decided("前。", typed, "後。") == []


def test_paragraph_of_a_list_stays_set_in():
    assert lead("- 甲\n\n  甲の続き。\n\n- 乙") == ("- 甲", "  甲の続き。", "- 乙")


def test_wrapped_lines_are_joined_as_their_scripts_want():
    assert lead("潮が\n  満ちる") == ("潮が満ちる",)
    assert lead("in\n2019 the\n“Sea”, **Data**\nand JST[^1]\nof", "[^1]: 注。") == (
        "in 2019 the “Sea”, **Data** and JST[^n1] of",
    )
    assert lead("- 甲の\n  続き") == ("- 甲の続き",)


def test_digits_that_meet_are_joined_with_a_warning():
    assert lead("観測点は20\n18年に") == ("観測点は2018年に",)
    assert decided("観測点は20\n18年に") == [("digits.joined", 4, "観測点は20|18年に", "")]


def test_blank_of_a_new_paragraph_ends_the_one_before():
    assert lead("　潮が満ちる。\n　潮が引く。\nまた満ちる。") == (
        "　潮が満ちる。",
        "　潮が引く。また満ちる。",
    )


def test_table_ends_where_its_bars_end_and_begins_below_words():
    assert lead(f"表1\n{TABLE}\n続き。") == ("表1", TABLE, "続き。")


def test_page_foot_notes_below_a_table_do_not_join_it_to_prose():
    assert lead("潮<sup>1</sup>。", TABLE, "1 満潮。", "潮が引く。") == (
        "潮[^n1]。",
        TABLE,
        "潮が引く。",
    )


@pytest.mark.parametrize(
    "rows",
    [
        "| 甲 | 乙 |\n| 丙 | 丁 |",
        "| 甲 | 乙 |\n|---|\n| 1 | 2 |",
        "｜甲｜乙｜\n｜丙｜丁｜",
        "+---+---+\n| 甲 | 乙 |\n+---+---+",
    ],
)
def test_bars_that_make_no_table_stay_and_are_named(rows):
    assert lead(rows) == (rows,)
    assert decided(rows) == [("table.unruled", 3, rows.split("\n")[0], "")]


def test_table_of_years_in_prose_is_named():
    rows = "| 施策 | 2018 | 2019 |\n|---|---|---|\n| 潮 | | ▲ |"
    assert lead(rows) == (rows,)
    assert decided(rows) == [("table.of_years", 3, "| 施策 | 2018 | 2019 |", "")]


@pytest.mark.parametrize(
    "markup",
    [
        "<br>", "<a href='x'>", "&nbsp;", "&#160;", "![図](a.png)", "~~消した~~", "^[注]",
        "[^a b]",
    ],
)  # fmt: skip
def test_markup_that_prose_has_not_stays_and_is_named(markup):
    assert lead(f"潮{markup}。") == (f"潮{markup}。",)
    assert decided(f"潮{markup}。") == [("markup.kept", 3, markup, "")]


def test_link_definition_stays_and_is_named():
    assert decided("潮。\n\n[海]: https://example.org") == [
        ("markup.kept", 5, "[海]: https://example.org", "")
    ]


def test_bold_with_a_blank_inside_stays_and_is_named():
    assert lead("** 満潮 **と**干潮**") == ("** 満潮 **と**干潮**",)
    assert decided("** 満潮 **と**干潮**") == [("bold.spaced", 3, "** 満潮 **", "")]


def test_addresses_alone_are_mended():
    typed = "snake\\_case [https://example.org/a\\_b](https://example.org/a\\_b)"
    assert lead(typed) == ("snake\\_case <https://example.org/a_b>",)
    assert [code for code, *_rest in decided(typed)] == ["address.mended"]


def test_comment_is_left_out_and_named_whole():
    manuscript = parse(chapter("潮<!-- 秘密 -->が\n<!-- 長い\n\n### 潮\n-->\n満ちる。"))
    assert manuscript.lead == ("潮が満ちる。",)
    assert [(d.line, d.words) for d in dropped(manuscript.decisions)] == [
        (3, "<!-- 秘密 -->"),
        (4, "<!-- 長い\n\n### 潮\n-->"),
    ]


def test_invisible_characters_hide_no_heading():
    manuscript = parse("\ufeff\u200b## 4 | 海\n\n潮。\n\n\u2060### (1) 背景\u200b\n\n潮。\n")
    assert [part.heading for part in manuscript.sections] == ["背景"]
    assert [(d.code, d.line, d.words) for d in manuscript.decisions] == [
        ("characters.removed", 1, "U+200B"),
        ("characters.removed", 5, "U+2060 U+200B"),
    ]


def test_form_feed_ends_a_line():
    manuscript = parse(chapter("潮。\f### (1) 背景", "\f潮が\n\f満ちる。"))
    assert manuscript.lead == ("潮。",)
    assert manuscript.sections[0].paragraphs == ("潮が満ちる。",)


def test_hashes_and_numbers_of_headings_that_are_not_kept_are_named():
    manuscript = parse(
        chapter("#### (1) 背景 ##", "潮。", "### (3) 課題", "潮。", "#### ■C#", "潮。")
    )
    assert [part.heading for part in manuscript.sections] == ["背景", "課題", "C#"]
    assert [(d.code, d.line, d.outcome) for d in manuscript.decisions] == [
        ("level.set", 3, "2"),
        ("heading.hashes", 3, ""),
        ("section.number", 7, "2"),
    ]


def test_title_has_no_bold():
    manuscript = parse("## 4 | **海**\n\n潮。\n")
    assert manuscript.title == "海"
    assert [(d.code, d.words) for d in manuscript.decisions] == [("title.bold", "**海**")]


def test_seams_are_told_and_those_of_no_full_sentence_are_warned_of():
    found = parse(chapter("汐。潮が<sup>1</sup>満", "1 満潮。", "ちる。")).decisions
    assert [(d.code, d.line, d.words) for d in found] == [("seam.joined", 7, "汐。潮が満|ちる。")]
    assert warned(found) == []
    found = parse(chapter("潮が<sup>1</sup>満", "1 満潮。", "ちる。")).decisions
    assert [(d.code, d.line, d.words) for d in found] == [("seam.perhaps", 7, "潮が満|ちる。")]
    assert warned(found) == list(found)


def test_address_alone_below_page_foot_notes_is_theirs_with_a_warning():
    assert decided("潮<sup>1</sup>。", "1 満潮。", "https://example.org/") == [
        ("note.address", 7, "https://example.org/", "")
    ]


def test_legend_may_stand_directly_below_the_table():
    manuscript = parse(chapter("潮。", "区分\t\t2018\n\t潮\t▲\n汐\n: 1億円以上"))
    assert len(manuscript.table) == 3
    assert manuscript.legend == ((8, ": 1億円以上"),)


def test_tabs_before_words_begin_no_timeline():
    assert lead("- 甲\n\t\t- 乙 2018年", "潮。") == ("- 甲\n\t\t- 乙 2018年", "潮。")


@pytest.mark.parametrize(
    ("blocks", "code", "line", "value"),
    [
        (["```\n# 潮\n```"], "code_block", 3, "```"),
        (["~~~ python\n潮\n~~~"], "code_block", 3, "~~~ python"),
        (["潮\n---\n"], "heading_underlined", 4, "---"),
        (["潮\n===\n"], "heading_underlined", 4, "==="),
        (["潮\n-\n"], "heading_underlined", 4, "-"),
        (["潮[^1]。", "[^1]: 注。\n---"], "heading_underlined", 6, "---"),
        (["甲\t乙\t丙\n丁\t戊\t己"], "table_by_tabs", 3, "甲\t乙\t丙"),
        (["潮<!-- 開いた"], "comment_open", 3, "<!-- 開いた"),
        (["### (1) " + "潮" * 151, "潮。"], "heading", 3, "潮" * 80),
        (["潮" * 30_001], "too_long", 3, "潮" * 80),
        (["潮\n" * 10_001], "too_long", 10_003, "潮"),
        (["潮[^1]。", "[^1]: " + "注" * 29_000, "    " + "注" * 2_000], "too_long", 7, "注" * 80),
        (["潮。", *["■潮"] * 501], "too_many", 1005, "heading"),
        (["潮。", "\n".join(f"[^k{n}]: 注" for n in range(1_001))], "too_many", 1005, "note"),
        (["潮。", "区分\t\t2018" + "\n\t潮\t▲" * 501], "too_many", 506, "row"),
        (["潮\n" * 20_000], "too_many", 20_001, "line"),
        (["潮\f" * 10_000] * 2, "too_many", 5, "line"),
        (["潮。", *["■ 題\n潮" + "[^1]" * 3_000] * 4, "[^1]: 注。"], "too_many", 15, "mark"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_line_and_value(blocks, code, line, value):
    error = refusal(chapter(*blocks))
    assert (error.code, error.line, error.value) == (f"manuscript.{code}", line, value)
    assert error.reason.in_words()


def test_file_has_a_bound():
    error = refusal("潮" * 1_000_001)
    assert (error.code, error.line, error.value) == ("manuscript.too_large", 0, "1,000,001")


@pytest.mark.parametrize(
    "text",
    [
        "*" * 1_000_000,
        "潮" * 300_000,
        "".join(f"{n} 注\n" for n in range(30_000)),
        "**a " * 7_000,
        "<sup>" * 5_800,
        "[^" * 14_000,
        "`" + "`a" * 14_000,
        "\u200b" * 29_000 + "潮",
        "- " * 14_000 + "x",
        "■ 題\n\n潮\n" * 499,
        "■ 題\n\n" + "[^1]" * 4_900 + "\n\n[^1]: 注。",
        "\n\n".join("■ 題\n\n潮" + "^[" * 9_900 for _ in range(49)),
        "\n\n".join("■ 題\n\n潮" + "`a" * 9_900 for _ in range(49)),
    ],
)
def test_an_odd_manuscript_costs_little(text):
    try:
        read = parse(chapter(text))
    except ValueError as error:
        read = error
    assert read


def test_every_decision_has_a_sentence():
    found = Decision("note.key", 5, "注\n釈", "n4")
    assert sentence(found).in_words() == ("脚注[^注 釈]のキーは英数字でないため、n4としました。")
    assert Decision.from_json(found.as_json()) == found
    assert quoted("潮 \n 汐" * 40) == "潮 汐" * 20 + "…"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("文。**甲`[^1]`乙**の[^1]。", "文。**甲`[^1]`乙**の[^n1]。"),
        ("文。**甲`[^1]`乙[^1]丙**。", "文。**甲`[^1]`乙丙**[^n1]。"),
        ("文[^1]。**甲\\[^a]乙**", "文[^n1]。**甲\\[^a]乙**"),
        ("**[^1] 甲**", "**甲**[^n1]"),
        ("**甲[^1]", None),
        ("**[^1]**", "**[^n1]**"),
        ("**甲*[^1]*乙**", "**甲*[^n1]*乙**"),
        ("**甲[[^1]^a]乙**", "**甲[[^n1]^a]乙**"),
        ("**甲`[^1]``乙**```", "**甲`[^n1]``乙**```"),
        ("`甲\\`[^1]`", "`甲\\`[^n1]`"),
    ],
)
def test_only_marks_that_a_page_reads_leave_a_bold_name(typed, stored):
    if stored is None:
        assert refusal(chapter(typed, "[^1]: 注。")).code == "manuscript.bold_open"
    else:
        assert lead(typed, "[^1]: 注。") == (stored,)


def test_code_within_an_address_keeps_its_backslash():
    assert lead("https://a.example/`b\\_c`") == ("https://a.example/`b\\_c`",)


def test_heading_of_nothing_but_an_escaped_mark_is_read():
    manuscript = parse("## 4 | 海\n\n潮。\n\n■ **\\[^a]**\n")
    assert manuscript.sections[0].heading == "**\\[^a]**"


def test_title_of_nothing_but_an_escaped_mark_is_read():
    assert refusal("## 9 | 題\n**\\[^a]**甲[^b]\n").code == "manuscript.footnote_undefined"
    assert parse("## 9 | 題\n**\\[^a]**\n").lead == ("**\\[^a]**",)


def test_blank_after_latin_punctuation_at_the_end_of_a_line_is_kept():
    assert lead("p. 3,\n4と Vol. 2:\n5と(3)\n4と3.\nA") == ("p. 3, 4と Vol. 2: 5と(3) 4と3. A",)
    assert [d[0] for d in decided("p. 3,\n4と")] == ["digits.parted"]
    assert lead("潮、\n4と20\n18と3年、\n5") == ("潮、4と2018と3年、5",)


def test_heading_in_the_middle_of_a_paragraph_is_warned_of_with_its_line():
    manuscript = parse(chapter("本文:\n■ 甲\n■ 乙。"))
    assert [section.heading for section in manuscript.sections] == ["甲"]
    found = [d for d in warned(manuscript.decisions) if d.code == "heading.amid"]
    assert [(d.line, d.words) for d in found] == [(4, "■ 甲")]


def test_heading_with_hashes_or_below_a_blank_line_or_a_heading_is_no_surprise():
    manuscript = parse(chapter("本文\n### (1) 節\n■ 項\n本文[^1]\n#### ■ 甲\n\n■ 乙", "[^1]: 注。"))
    assert warned(manuscript.decisions) == []


def test_exponent_is_quoted_with_whole_words_before_it():
    found = decided("太字<sub>2</sub>と10<sup>3</sup>と海10<sup>6</sup>で5m<sup>2</sup>。")
    assert [words for code, _line, words, _outcome in found if code == "superscript.exponent"] == [
        "<sub>2</sub>と10<sup>3</sup>",
        "<sup>3</sup>と海10<sup>6</sup>",
        "<sup>6</sup>で5m<sup>2</sup>",
    ]


def test_marks_of_a_title_that_are_printed_as_typed_are_warned_of():
    text = "## 4 | CO<sub>2</sub>と`海`と[^注1 2]\n\n潮。\n"
    manuscript = parse(text)
    assert manuscript.title == "CO<sub>2</sub>と`海`と[^注1 2]"
    found = [(d.code, d.line, d.words) for d in warned(manuscript.decisions)]
    assert found == [("title.as_typed", 1, "CO<sub>2</sub>と`海`と[^注1 2]")]
    assert parse("## 4 | 海 [案] A*算法 3 < 4\n\n潮。\n").decisions == ()


def test_rows_that_tabs_divide_stay_rows_and_are_named():
    manuscript = parse("## 3 | 海の章\n\n国\t額\n日\t1\n米\t2\n\n本文に\t一つ。\n続き。\n")
    assert manuscript.lead == ("国\t額\n日\t1\n米\t2", "本文に\t一つ。続き。")
    assert [(d.code, d.line) for d in manuscript.decisions] == [("table.unruled", 4)]
