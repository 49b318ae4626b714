"""Every visible character that is typed is on the page, or a problem names its place."""

import json
import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chapters.prose.rendered import Record, SectionText
from chapters.prose.rendering import render
from chapters.releasing.document import ReleasedEdition, ReleaseDocument, released_prose

RECORDS = [
    Record("program", "satreps", 1, "地球規模課題対応", "/programs/satreps/", "2008年度～"),
    Record("event", "g20", 2, "大阪サミット", "/events/g20/"),
]
# What a mark of the subset consists of, and an address or a title, are not printed as words.
MARKS = frozenset("*_`[]()|>-\\<")
LEVELLED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
CONSUMED = re.compile(
    r"</?su[bp]>|\]\(<?(?:https?://|mailto:|program:|event:)[^)\n]*\)|\[\^[\w-]+\]", re.IGNORECASE
)

LETTERS = st.text(
    st.sampled_from("漢字かなカナ、。「」（）【】［］ＡＢabcXYZ0129平成年度円%&/.,　 \n"),
    max_size=40,
)
PIECES = (
    "* ** *** _ __ ` `` [ ] ( ) ]( [^ [^x] [^注] ［^x］ ]: | |---| |a|b| > - + 1. 2019. 7) # ### "
)
PIECES += (
    "](program:satreps) [](event:g20) ](http://x.jp) ](www.x.jp) <http://x.jp> --- === *** ~~ : "
)
PIECES += "< > <sup> </sup> <sub> </sub> <b> \\ \\* & &amp; ! ![ \" ' ^"
MARKED = st.sampled_from(PIECES.split(" ")) | st.sampled_from(
    ["\n", "\n\n", "\n- ", "\n    ", "\n> ", "\n1. ", "\n| ", " |", "  \n", "\t"]
)
TYPED = st.lists(LETTERS | MARKED, max_size=120).map("".join).map(lambda text: text[:2_000])


class Page(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.words, self.ids = [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_data(self, data):
        self.words.append(data)


def rendered(body, *, lead="", heading="節", note="注。"):
    return render(
        lead=lead,
        sections=[SectionText("s", 2, heading, body)],
        notes={"x": note},
        look_up=lambda references: [
            record for record in RECORDS if (record.kind, record.code) in references
        ],
    )


def visible(text):
    kept = CONSUMED.sub("", text)
    return Counter(c for c in kept if c not in MARKS and not c.isspace() and c.isprintable())


def missing(typed, html):
    return visible(typed) - Counter("".join(Page(html).words))


@settings(max_examples=300)
@given(TYPED)
@example("前の文。\n\n[注]: 予算は当初予算による。\n\n後の文。")
@example("本文。\n\n[^z]: ここに貼った注の文。")
@example("- [統合戦略]\n\n> [統合戦略]: 予算\n")
@example("|a|b|\n|---|---|\n|1|2|3|4|")
@example("```python\n# 題\n```")
@example("1. 甲\n2019. 乙\n5. 丙")
@example("<sup>" * 30 + "語")
def test_what_is_typed_into_a_body_is_on_the_page_or_named(body):
    page = rendered(body)
    html = "".join(block.html for block in page.blocks[1:])
    problems = [problem for problem in page.problems if problem.code != "footnote.unused"]
    if missing(body, html):
        assert [problem for problem in problems if problem.place.startswith("s-p")]
    ids = Page(page.html).ids
    assert len(set(ids)) == len(ids)
    printed = "".join(block.text for block in page.blocks[1:]).translate(LEVELLED)
    if visible(body) - Counter(printed):
        assert [problem for problem in problems if problem.place.startswith("s-p")]


@settings(max_examples=100)
@given(TYPED.map(lambda text: " ".join(text.split())[:150]), TYPED)
def test_what_is_typed_into_a_heading_or_a_note_is_on_the_page_or_named(heading, note):
    page = rendered("本文[^x]。", heading=heading, note=note)
    if missing(heading, page.blocks[0].html):
        assert [problem for problem in page.problems if problem.place == "s"]
    if missing(note, page.notes[0].html if page.notes[0].key == "x" else ""):
        assert [problem for problem in page.problems if problem.place == "fn-x"]


OTHER_MARKS = "+ # ~ ^ ! : \" ' & % / . , ; = ? @ { } $ 「 〔 ・ — ① ㈱"


@pytest.mark.parametrize("mark", OTHER_MARKS.split(" "))
def test_a_mark_that_is_not_of_the_subset_stays_wherever_it_is(mark):
    for body in (mark, f"語{mark}語", f"{mark} 語", f"{mark}{mark}語{mark}{mark}"):
        html = "".join(block.html for block in rendered(f"語\n{body}").blocks[1:])
        assert "".join(Page(html).words).count(mark) == body.count(mark)


@settings(max_examples=100)
@given(TYPED)
def test_a_release_read_back_says_the_same(body):
    blocks, notes = released_prose(rendered(body))
    edition = ReleasedEdition("報告書", "Report", "2023")
    document = ReleaseDocument("章", "Chapter", edition, 9, blocks, notes, None)
    assert ReleaseDocument.from_json(json.loads(json.dumps(document.as_json()))) == document


@pytest.mark.parametrize(
    "piece",
    ["[a](", "[", "[^x", "a\n\n", "> ", "- a\n", "**a **", "*_", "|-|\n", "<sup>", "`a", '[a](b "'],
)
def test_the_longest_text_of_any_marks_is_read_to_its_end(piece):
    body = (piece * 30_000)[:30_000]
    page = rendered(body)
    html = "".join(block.html for block in page.blocks[1:])
    assert not missing(body, html) or page.problems
