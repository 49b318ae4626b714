"""The manuscript of a printed chapter: an invented one with every defect, and the real one."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chapters.manuscript.inline import with_mentions
from chapters.manuscript.reading import BoldName, Manuscript, ManuscriptError, decode, parse
from tests.chapters.manuscripts import chapter, refusal
from tests.words import english

SAMPLE = Path(__file__).parents[1] / "samples" / "umi.md"
SHARED = Path(__file__).parents[3] / "shared" / "source"
REAL = SHARED / "000_adc4864da52d8016.txt"

needs_real = pytest.mark.skipif(not REAL.exists(), reason="the manuscript is not on this machine")


@pytest.fixture(scope="module")
def umi():
    return parse(SAMPLE.read_text())


def test_chapter_heading_gives_number_and_title(umi):
    assert (umi.line, umi.number, umi.title) == (2, 4, "海と観測")


def test_marks_not_hashes_give_the_levels(umi):
    assert [(part.level, part.anchor, part.heading) for part in umi.sections] == [
        (2, "s1", "背景"),
        (3, "s1-1", "観測の担い手"),
        (3, "s1-2", "観測の国際協力"),
        (2, "s2", "今後の課題（これから取り組むこと）"),
        (3, "s2-1", "観測の担い手"),
    ]


def test_sentence_cut_by_footnotes_is_joined_without_a_space(umi):
    first = umi.sections[1].paragraphs[0]
    assert "その後、観測点は2018年までに三倍になった。" in first
    assert umi.sections[2].paragraphs[0].endswith("そのための会議も開かれた[^n4]。")


def test_year_at_the_start_of_a_paragraph_is_no_footnote(umi):
    assert umi.sections[1].paragraphs[1] == "2018 年の台風では観測点の半数が失われた。"


def test_footnotes_in_every_spelling_are_read(umi):
    assert [(note.number, note.key, note.text) for note in umi.footnotes] == [
        (1, "n1", "空白とは、一か月を超えて記録のない期間をいう。"),
        (2, "n2", "正式には「潮汐・水温観測網整備事業」。 <https://example.org/tide_net>"),
        (3, "n3", "港町サミットの共同声明（2019年6月12日）。 <https://example.org/port_summit>"),
        (4, "n4", "Sea Data Forum ‘Open tides’ の呼び掛けによる。"),
    ]


def test_footnote_mark_inside_bold_moves_outside(umi):
    assert "「**潮汐観測網整備事業**[^n2]」(2011年～15年)" in umi.sections[1].paragraphs[0]


def test_bold_names_are_listed_with_their_lines(umi):
    assert umi.bold_names == (
        BoldName(10, "潮汐観測網整備事業"),
        BoldName(17, "海藻研究支援プログラム（KELP）"),
        BoldName(17, "名のない計画"),
        BoldName(23, "港町サミット"),
    )


def test_table_legend_and_title_are_kept_with_their_lines(umi):
    assert umi.timeline_title == "海と観測"
    assert [line for line, _text in umi.table] == [39, 40, 41, 42, 43, 44, 45]
    assert umi.legend[1] == (48, ": 単年度予算が3~1億円")


def test_lead_is_what_stands_before_the_first_section(umi):
    assert len(umi.lead) == 1
    assert umi.lead[0].endswith("観測の空白[^n1]を埋めることが急がれている。")


def test_paragraph_that_ended_is_not_joined_over_footnotes():
    text = chapter("潮が満ちる<sup>1</sup>。", "1 満潮のこと。", "潮が引く。")
    assert parse(text).lead == ("潮が満ちる[^n1]。", "潮が引く。")


def test_lines_of_one_paragraph_are_joined_as_japanese_and_latin_want():
    assert parse(chapter("潮が\n満ちる Sea\nData の\n記録。")).lead == (
        "潮が満ちる Sea Data の記録。",
    )


def test_address_below_a_footnote_belongs_to_it():
    text = chapter("潮<sup>1</sup>。", "1 満潮。", "<https://example.org/>", "潮が引く。")
    manuscript = parse(text)
    assert manuscript.footnotes[0].text == "満潮。 <https://example.org/>"
    assert manuscript.lead == ("潮[^n1]。", "潮が引く。")


def test_list_is_not_a_cut_sentence():
    text = chapter("潮<sup>1</sup>。\n- 満潮", "1 満潮のこと。", "潮が引く")
    assert parse(text).lead == ("潮[^n1]。\n- 満潮", "潮が引く")


def test_list_items_stay_on_their_lines():
    assert parse(chapter("- 満潮\n- 干潮")).lead == ("- 満潮\n- 干潮",)


def test_several_marks_in_one_become_several_references():
    text = chapter("潮<sup>1、2</sup>。", "1 満潮。\n2 干潮。")
    assert parse(text).lead == ("潮[^n1][^n2]。",)


def test_superscript_without_a_number_is_no_footnote():
    assert parse(chapter("5<sup>th</sup>。")).lead == ("5<sup>th</sup>。",)


def test_subsection_mark_needs_no_hash():
    sections = parse(chapter("■潮", "満ちる。")).sections
    assert [(part.level, part.anchor, part.heading) for part in sections] == [(3, "s0-1", "潮")]


def test_file_without_table_has_none():
    manuscript = parse(chapter("潮が満ちる。"))
    assert (manuscript.table, manuscript.legend) == ((), ())


def test_title_above_no_table_is_prose():
    assert parse(chapter("【潮】", "満ちる。")).lead == ("【潮】", "満ちる。")


def test_windows_line_ends_and_byte_order_mark_are_read():
    assert parse(decode("\ufeff## 4 | 海\r\n\r\n潮が満ちる。\r\n".encode())).lead == (
        "潮が満ちる。",
    )


def test_mentions_replace_bold_names_of_records_only():
    text = "「**KELP**」と**名のない計画**と**[]**"
    assert with_mentions(text, {"KELP": "program:kelp"}.get) == (
        "「[KELP](program:kelp)」と**名のない計画**と**[]**"
    )


@pytest.mark.parametrize(
    ("text", "code", "line", "value"),
    [
        ("", "manuscript.empty", 0, ""),
        ("\n \n", "manuscript.empty", 0, ""),
        ("潮の話\n", "manuscript.no_title", 1, "潮の話"),
        ("## 4 | 海\n", "manuscript.no_prose", 1, "海"),
        ("## 4 | 海\n\n## 5 | 山\n", "manuscript.heading_unmarked", 3, "## 5 | 山"),
        ("## 4 | 海\n\n### 潮\n", "manuscript.heading_unmarked", 3, "### 潮"),
        ("## 4 | 海\n\n潮\x00。\n", "manuscript.not_text", 3, "U+0000"),
        ("## 4 | 海\n\n潮\ufffd。\n", "manuscript.not_text", 3, "U+FFFD"),
        ("## 4 | 海\n\n潮<sup>2</sup>。\n", "manuscript.footnote_undefined", 3, "2"),
        ("## 4 | 海\n\n潮。\n\n1 満潮。\n", "manuscript.footnote_unreferenced", 5, "1 満潮。"),
        (
            "## 4 | 海\n\n潮<sup>1</sup>。\n\n1 満潮。\n1 干潮。\n",
            "manuscript.footnote_twice",
            6,
            "1 干潮。",
        ),
        ("## 4 | 海\n\n潮**満ちる。\n", "manuscript.bold_open", 3, "**満ちる。"),
        (
            "## 4 | 海\n\n潮。\n\n区分\t\t2018\n\t潮\t▲\n\n出典は潮。\n",
            "manuscript.after_timeline",
            8,
            "出典は潮。",
        ),
    ],
)
def test_refusal_names_line_value_and_reason(text, code, line, value):
    error = refusal(text)
    assert (error.code, error.line, error.value) == (code, line, value)
    assert error.reason.in_words()
    assert english(error.reason)


@pytest.mark.parametrize(
    ("content", "line", "byte", "value"),
    [
        (b"## 4 | sea\n\n" + "潮が満ちる。".encode("cp932"), 3, 1, "0x92"),
        (b"## 4 | sea\r\n\r\nsea " + "潮".encode("cp932"), 3, 5, "0x92"),
        (b"## 4 | sea\r\rsea \xff", 3, 5, "0xFF"),
        (b"\xef\xbb\xbfsea \xff", 1, 8, "0xFF"),
        (b"PK\x03\x04\xff\xfe", 1, 5, "0xFF"),
    ],
)
def test_wrong_encoding_is_refused_with_line_and_byte(content, line, byte, value):
    with pytest.raises(ManuscriptError) as caught:
        decode(content)
    error = caught.value
    assert (error.code, error.line, error.value) == ("manuscript.encoding", line, value)
    assert error.reason.in_words() == (
        f"UTF-8のテキストではありません（この行の{byte}バイト目）。Wordやzipではなく、"
        "文章を文字コードUTF-8のテキストで保存して渡してください。"
    )
    assert english(error.reason) == (
        f"This is not UTF-8 text (byte {byte} of the line). Do not give a Word or zip "
        "file; save the prose as text in UTF-8 and give that."
    )


PIECES = st.sampled_from(
    [
        "## 4 | 海",
        "### (1) 潮",
        "■潮",
        "【潮】",
        "潮<sup>1</sup>。",
        "1 満潮",
        "- 2 干潮",
        "潮**満**",
        "<https://example.org/>",
        "区分\t\t2018",
        "\t潮\t▲",
        ": 3億円以上",
        "",
        "**",
        "- 項目",
        "  - 項目",
        "| 甲 | 乙 |",
        "|---|---|",
        "[^1]: 注",
        "潮[^1]と[^注]",
        "    続き",
        "10<sup>3</sup>",
        "---",
        "> 引用",
        "`[^1]**`",
        "[https://a**b](https://a**b)",
        "<!--",
        "-->",
        "\u3000字下げ",
    ]
)


@settings(max_examples=200)
@given(st.one_of(st.text(), st.lists(PIECES | st.text(max_size=8)).map("\n".join)))
def test_any_text_is_a_manuscript_or_refused(text):
    try:
        outcome = parse(text)
    except ManuscriptError as error:
        outcome = error
    assert isinstance(outcome, Manuscript | ManuscriptError)
    assert 0 <= outcome.line <= text.count("\n") + text.count("\r") + 1


@given(st.binary())
def test_any_bytes_are_text_or_refused(content):
    try:
        outcome = decode(content)
    except ManuscriptError as error:
        outcome = error.code
    assert isinstance(outcome, str)


@given(st.text("あいうえ漢字のと", min_size=2, max_size=40), st.data())
def test_a_footnote_block_anywhere_in_a_sentence_changes_nothing(words, data):
    cut = data.draw(st.integers(1, len(words) - 1))
    text = chapter(f"潮<sup>1</sup>{words[:cut]}", "1 満潮のこと。", f"{words[cut:]}。")
    assert parse(text).lead == (f"潮[^n1]{words}。",)


@pytest.fixture(scope="module")
def real():
    return parse(decode(REAL.read_bytes()))


@pytest.fixture(scope="module")
def inventory():
    return json.loads((SHARED / "inventory.json").read_text())


@needs_real
class TestRealManuscript:
    def test_everything_is_counted(self, real):
        assert (real.number, real.title) == (9, "国際活動")
        assert len(real.sections) == 10
        assert real.paragraph_count == 29
        assert len(real.footnotes) == 25
        assert len(real.bold_names) == 47

    def test_levels_and_headings_are_as_printed(self, real, inventory):
        assert [(part.line, part.level, part.heading) for part in real.sections] == [
            (part["line"], part["level_expected"], part["text"])
            for part in inventory["sections"][1:-1]
        ]

    def test_paragraphs_are_whole_and_in_their_sections(self, real, inventory):
        found = [("s0", text) for text in real.lead]
        found += [
            (part.anchor.replace("-", "."), text)
            for part in real.sections
            for text in part.paragraphs
        ]
        for (section, text), expected in zip(found, inventory["paragraphs"], strict=True):
            words = re.sub(r"\[\^n\d+\]|\*\*", "", text)
            assert section == expected["section"]
            assert words.startswith(expected["starts"])
            assert len(words) == expected["chars"]
            assert [int(n) for n in re.findall(r"\[\^n(\d+)\]", text)] == expected["refs"]

    def test_seams_are_joined(self, real, inventory):
        text = "\n".join(text for part in real.sections for text in part.paragraphs)
        words = re.sub(r"\[\^n\d+\]|\*\*", "", text)
        for seam in inventory["page_seams"]:
            assert seam["tail"] + re.sub(r"\*\*", "", seam["head"]) in words

    def test_footnotes_keep_their_words(self, real, inventory):
        for note, expected in zip(real.footnotes, inventory["footnotes"], strict=True):
            words = re.sub(r"\[(https?://)[^\]]*\]\((\S+)\)", r"<\2>", expected["text_raw"])
            assert (note.number, note.text) == (expected["number"], words)

    def test_bold_names_are_those_printed(self, real, inventory):
        assert [(name.line, name.name) for name in real.bold_names] == [
            (name["line"], name["text"]) for name in inventory["bold_names"]
        ]
