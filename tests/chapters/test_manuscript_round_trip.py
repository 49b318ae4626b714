"""What is put into a manuscript comes out of it: paragraphs, lists, tables, notes, rows."""

from hypothesis import given, settings
from hypothesis import strategies as st

from chapters.manuscript.decisions import dropped, warned
from chapters.manuscript.reading import ManuscriptError, parse
from chapters.prose.markdown_subset import parse_heading
from tests.chapters.manuscripts import chapter
from timeline.rows.printed_table import read_table

WORDS = st.text("あいうえ漢字のとSea 、「」（）*_[]<>&!`~\\^:：|#■-+.1２", min_size=1, max_size=12)
SAFE = st.text("あいうえ漢字のと、Sea", min_size=1, max_size=12).map(lambda text: f"潮{text}海")
PARAGRAPH = SAFE.map(lambda words: f"{words}。")
ITEMS = st.lists(SAFE, min_size=1, max_size=4).map(
    lambda items: "\n".join(f"{'  ' * (n % 2)}- {item}" for n, item in enumerate(items))
)
TABLE = st.lists(st.tuples(SAFE, SAFE), min_size=2, max_size=4).map(
    lambda rows: "\n".join(
        ["| 甲 | 乙 |", "| --- | --- |", *(f"| {one} | {two} |" for one, two in rows)]
    )
)
MARKS = ["[^1]", "[^a]", "<sup>1</sup>", "10<sup>3</sup>", "["]
SIGNS = ["**", "*", "`", "``", "\\", "\\[", "\\`", "\\_", "https://a.example/b\\_c"]
FRAGMENTS = st.lists(st.sampled_from([*MARKS, *SIGNS, *"甲乙 。"]), min_size=1, max_size=9).map(
    "".join
)
QUOTATION = st.lists(SAFE, min_size=1, max_size=3).map(
    lambda lines: "\n".join(f"> {line}" for line in lines)
)
BLOCKS = st.lists(st.one_of(PARAGRAPH, ITEMS, TABLE, QUOTATION, st.just("***")), min_size=1)


@given(BLOCKS)
def test_blocks_of_every_kind_come_out_as_they_went_in(blocks):
    manuscript = parse(chapter(*blocks))
    assert list(manuscript.lead) == blocks
    assert manuscript.decisions == ()


@given(st.lists(st.tuples(BLOCKS, st.lists(PARAGRAPH, max_size=3)), max_size=4), st.data())
def test_sections_and_notes_come_out_as_they_went_in(sections, data):
    """Notes stand at the end of their section, and are numbered through or anew in each."""
    anew = data.draw(st.booleans())
    is_standard = data.draw(st.booleans())
    blocks, number, texts = ["潮。"], 0, []
    for position, (body, notes) in enumerate(sections, start=1):
        blocks += [f"### ({position}) 節", *body]
        number = 0 if anew else number
        for text in notes:
            number += 1
            mark = f"[^{number}]" if is_standard else f"<sup>{number}</sup>"
            blocks.append(f"注の印{mark}。")
            texts.append(text)
            at = len(blocks)
            blocks.append("")
            blocks[at] = f"[^{number}]: {text}" if is_standard else f"{number} {text}"
    manuscript = parse(chapter(*blocks))
    assert [note.text for note in manuscript.footnotes] == texts
    keys = [note.key for note in manuscript.footnotes]
    assert len(set(keys)) == len(keys)
    for section, (body, notes) in zip(manuscript.sections, sections, strict=True):
        marks = [f"注の印[^{keys.pop(0)}]。" for _note in notes]
        assert list(section.paragraphs) == [*body, *marks]
    restarted = [d for d in manuscript.decisions if d.code == "note.restarted"]
    assert list(manuscript.decisions) == restarted


@given(st.lists(st.tuples(SAFE, st.booleans(), st.booleans()), min_size=1, max_size=6))
def test_rows_of_the_timeline_come_out_as_they_went_in(rows):
    lines = [f"\t{label}\t{'▲' * one}\t{'▲' * two}" for label, one, two in rows]
    text = chapter("潮。") + "\n".join(["", "区分\t\t2018\t2019", *lines, "", ": 1億円以上", ""])
    read = read_table(parse(text).table)
    assert [(row.label, row.marks) for row in read.rows] == [
        (label, (2018,) * one + (2019,) * two) for label, one, two in rows
    ]


@settings(max_examples=300)
@given(st.lists(WORDS, min_size=1, max_size=5))
def test_no_character_of_any_prose_is_lost_without_a_word(lines):
    """Blanks aside: all else stays in its order, or the manuscript is refused or names it."""
    try:
        manuscript = parse(chapter("\n".join(["潮。", "", *lines])))
    except ManuscriptError:
        return
    if warned(manuscript.decisions) or manuscript.sections:
        return
    assert dropped(manuscript.decisions) == []
    found = "".join("".join(manuscript.lead).split())
    assert found == "".join("".join(["潮。", *lines]).split())


@settings(max_examples=500)
@given(FRAGMENTS, st.sampled_from(["文。{}。", "文。**{}**。", "■ 題{}", "■ **{}**"]))
def test_marks_code_and_escapes_in_bold_are_printed_as_they_went_in(words, line):
    """What a page prints of the typed words and of what is stored: the same, and as many marks."""
    text = line.format(words)
    try:
        manuscript = parse(chapter("潮[^1]と[^a]。", text, "[^1]: 注。", "[^a]: 註。"))
    except ManuscriptError:
        return
    stored = [*manuscript.lead[1:], *(section.heading for section in manuscript.sections)]
    assert _printed("".join(stored)) == _printed(text)


def _printed(markdown):
    """Return the letters that the site prints, and how many marks stand among them."""
    letters, marks = "", 0
    markdown = markdown.removeprefix("■").strip()
    for element in parse_heading(markdown).element.iter():
        is_mark = element.tag == "sup" and (element.get("key") or element.text == "1")
        marks += bool(is_mark)
        letters += "" if is_mark else element.text or ""
        # The tail is printed behind what the element holds; none of these hold more than words.
        letters += element.tail or ""
    return sorted("".join(letters.replace("*", "").split())), marks
