import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chapters.prose.rendered import MentionFound, Problem, Record, SectionText
from chapters.prose.rendering import render

SATREPS = Record("program", "satreps", 1, "地球規模課題対応", "/programs/satreps/", "2008年度～")
G20 = Record("event", "g20-osaka-2019", 2, "G20大阪サミット", "/events/g20-osaka-2019/")
VOID = {"br", "hr"}


def rendered(body="", *, lead="", notes=None, records=(SATREPS, G20), sections=None):
    return render(
        lead=lead,
        sections=sections or [SectionText("s", 2, "節", body)],
        notes=notes or {},
        look_up=lambda references: [
            record for record in records if (record.kind, record.code) in references
        ],
    )


def html_of(body, **fields):
    """The HTML of the one block of a body."""
    (block,) = rendered(body, **fields).blocks[1:]
    return block.html


def text_of(body, **fields):
    (block,) = rendered(body, **fields).blocks[1:]
    return block.text


class Page(HTMLParser):
    """Reads HTML strictly: every element is closed, in order."""

    def __init__(self, html):
        super().__init__()
        self.open, self.elements, self.words = [], [], ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        assert len({name for name, _ in attrs}) == len(attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data

    def values(self, name):
        return [attrs[name] for _, attrs in self.elements if name in attrs]


def test_blocks_are_numbered_under_their_sections_anchor():
    page = rendered(
        lead="導入。",
        sections=[
            SectionText("one", 2, "一 & 二", "段落。\n\n- 甲\n- 乙"),
            SectionText("two", 3, "三", "> 引用"),
            SectionText("empty", 3, "空", ""),
        ],
    )
    assert [(b.id, b.kind, b.level, b.text) for b in page.blocks] == [
        ("lead-p1", "paragraph", 0, "導入。"),
        ("one", "heading", 2, "一 & 二"),
        ("one-p1", "paragraph", 0, "段落。"),
        ("one-p2", "list", 0, "甲\n乙"),
        ("two", "heading", 3, "三"),
        ("two-p1", "quotation", 0, "引用"),
        ("empty", "heading", 3, "空"),
    ]
    assert page.blocks[1].html == '<h2 id="one">一 &amp; 二</h2>'
    assert page.blocks[2].html == '<p id="one-p1">段落。</p>'
    assert [b.id for b in page.headings] == ["one", "two", "empty"]


@pytest.mark.parametrize(
    ("body", "html"),
    [
        (
            "**国際熱核融合実験炉 (ITER)**の",
            '<p id="s-p1"><strong>国際熱核融合実験炉 (ITER)</strong>の</p>',
        ),
        (
            "は**「留学生30万人計画」**を",
            '<p id="s-p1">は<strong>「留学生30万人計画」</strong>を</p>',
        ),
        (
            "**「一」**や**「二」**が",
            '<p id="s-p1"><strong>「一」</strong>や<strong>「二」</strong>が</p>',
        ),
        ("*強*い", '<p id="s-p1"><em>強</em>い</p>'),
        ("行\n次の行", '<p id="s-p1">行\n次の行</p>'),
        ("AT&T &amp; R&D", '<p id="s-p1">AT&amp;T &amp; R&amp;D</p>'),
        ("`<b>`", '<p id="s-p1"><code>&lt;b&gt;</code></p>'),
        ("---", '<hr id="s-p1">'),
        ("# 題", '<p id="s-p1"># 題</p>'),
        ("題\n===", '<p id="s-p1">題\n===</p>'),
        ("[x](http://x.jp)", '<p id="s-p1"><a href="http://x.jp">x</a></p>'),
        ("<http://x.jp>", '<p id="s-p1"><a href="http://x.jp">http://x.jp</a></p>'),
    ],
)
def test_the_subset_of_markdown_is_printed(body, html):
    assert html_of(body) == html


def test_a_table_keeps_its_head():
    html = html_of("| 年度 | 額 |\n|---|---|\n| 2016 | 1 |")
    assert re.findall(r"<th>(.*?)</th>", html) == ["年度", "額"]
    assert re.findall(r"<td>(.*?)</td>", html) == ["2016", "1"]
    assert html.startswith('<table id="s-p1">')


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("**太字**と[語](program:satreps)[^a]。", "太字と語。"),
        ("R&D、AT&amp;T、&lt;b&gt;", "R&D、AT&T、<b>"),
        ("`a < b`", "a < b"),
        ("<someone@example.jp>", "someone@example.jp"),
        (r"\[^a]", "[^a]"),
    ],
)
def test_the_text_of_a_block_is_what_is_read(body, text):
    assert text_of(body, notes={"a": "注"}) == text


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<b>x</b>",
        '<a href="javascript:x">k</a>',
        "<!-- x -->",
        "<p onclick=x>",
        "<div>\n\n段落\n\n</div>",
    ],
)
def test_raw_html_is_printed_as_it_was_typed(body):
    blocks = rendered(body).blocks[1:]
    page = Page("".join(block.html for block in blocks))
    assert {tag for tag, _ in page.elements} == {"p"}
    assert "".join(page.words.split()) == "".join(body.split())


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#115;cript:alert(1)",
        "&#x6a;avascript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,1",
        "vbscript:x",
        "file:///etc/passwd",
    ],
)
def test_links_that_could_run_code_are_dead(target):
    for body in (f"[x]({target})", f"[x](<{target}>)", f"[x][r]\n\n[r]: {target}", f"<{target}>"):
        assert Page(html_of(body)).values("href") == []


@pytest.mark.parametrize(
    "body", ["![図](http://x.jp/a.png)", "![図][r]", "成功![](program:satreps)"]
)
def test_images_are_printed_as_they_were_typed(body):
    assert html_of(body) == f'<p id="s-p1">{body}</p>'


def test_footnotes_are_numbered_in_the_order_of_reading():
    page = rendered(
        lead="導入[^c]。",
        sections=[
            SectionText("one", 2, "一", "**太字[^a]**と[^b]。"),
            SectionText("two", 2, "二", "- [^d]\n- [^a]"),
        ],
        notes={"a": "甲", "b": "乙", "c": "丙", "d": "丁"},
    )
    assert [(n.number, n.key, n.references) for n in page.notes] == [
        (1, "c", ("fnref-c",)),
        (2, "a", ("fnref-a", "fnref-a-2")),
        (3, "b", ("fnref-b",)),
        (4, "d", ("fnref-d",)),
    ]
    assert [n.html for n in page.notes] == ["<p>丙</p>", "<p>甲</p>", "<p>乙</p>", "<p>丁</p>"]
    assert page.problems == ()


def test_a_footnote_mark_links_to_its_note():
    assert html_of("事実[^a]。", notes={"a": "注"}) == (
        '<p id="s-p1">事実<sup class="footnote-ref" id="fnref-a">'
        '<a aria-label="脚注1" href="#fn-a" role="doc-noteref">1</a></sup>。</p>'
    )


def test_a_note_leads_back_to_each_of_its_marks():
    html = rendered("一[^a]、二[^a]", notes={"a": "注"}).html
    assert (
        '<li id="fn-a" class="footnote"><p>注</p>\u00a0'
        '<a class="footnote-back" href="#fnref-a" role="doc-backlink" '
        'aria-label="脚注1の本文（1か所目）へ戻る">↩</a> '
        '<a class="footnote-back" href="#fnref-a-2" role="doc-backlink" '
        'aria-label="脚注1の本文（2か所目）へ戻る">↩</a></li>'
    ) in html


def test_a_note_may_refer_to_another_which_then_follows():
    page = rendered("一[^a]、二[^b]", notes={"a": "甲[^c]", "b": "乙[^a]", "c": "丙"})
    assert [(n.number, n.key, n.references) for n in page.notes] == [
        (1, "a", ("fnref-a", "fnref-a-2")),
        (2, "b", ("fnref-b",)),
        (3, "c", ("fnref-c",)),
    ]


def test_notes_that_refer_to_each_other_come_to_an_end():
    page = rendered("[^a]", notes={"a": "甲[^b]", "b": "乙[^a]"})
    assert [n.key for n in page.notes] == ["a", "b"]


def test_a_note_of_several_paragraphs_is_kept_whole():
    (note,) = rendered("[^a]", notes={"a": "一 & 二\n\n三[^a]"}).notes
    assert note.html.startswith("<p>一 &amp; 二</p><p>三<sup")
    assert note.text == "一 & 二\n三"


def test_a_chapter_without_notes_has_no_list_of_them():
    assert rendered("本文").html == '<h2 id="s">節</h2>\n<p id="s-p1">本文</p>\n'


def test_an_undefined_footnote_is_shown_and_reported():
    page = rendered("事実[^none]。")
    assert page.problems == (Problem("footnote.undefined", "s-p1", "none"),)
    assert page.blocks[1].html == (
        '<p id="s-p1">事実<span class="footnote-undefined">[^none]</span>。</p>'
    )
    assert page.notes == ()


def test_a_footnote_undefined_in_a_note_is_reported_there():
    assert rendered("[^a]", notes={"a": "注[^none]"}).problems == (
        Problem("footnote.undefined", "fn-a", "none"),
    )


def test_an_unused_footnote_is_reported_and_not_printed():
    page = rendered("本文`[^a]`", notes={"a": "注"})
    assert page.problems == (Problem("footnote.unused", "[^a]", "a"),)
    assert page.notes == ()


def test_marks_among_the_words_of_a_link_follow_it():
    page = rendered("[語[^a]と**句[^b]**を](program:satreps)後", notes={"a": "甲", "b": "乙"})
    html = page.blocks[1].html
    assert re.sub(r"<sup.*?</sup>", "†", html) == (
        '<p id="s-p1"><a class="mention mention-program" href="/programs/satreps/">'
        "語と<strong>句</strong>を</a>††後</p>"
    )
    assert re.findall(r'href="#(fn-.)"', html) == ["fn-a", "fn-b"]
    assert page.mentions[0].printed_words == "語と句を"


def test_a_mention_of_nothing_but_a_mark_prints_the_name():
    assert text_of("[[^a]](program:satreps)", notes={"a": "注"}) == "地球規模課題対応"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("[SATREPS](program:satreps)", "SATREPS"),
        ('[SATREPS](program:satreps "years")', "SATREPS"),
        ("[](program:satreps)", "地球規模課題対応"),
        ('[](program:satreps "years")', "地球規模課題対応（2008年度～）"),
        ("[](<program:satreps>)", "地球規模課題対応"),
        ("[SATREPS][s]\n\n[s]: program:satreps", "SATREPS"),
    ],
)
def test_a_mention_leads_to_its_record(body, words):
    page = rendered(body)
    assert page.blocks[1].html == (
        f'<p id="s-p1"><a class="mention mention-program" href="/programs/satreps/">{words}</a></p>'
    )
    assert page.mentions == (MentionFound(SATREPS, "s-p1", "", words),)
    assert page.problems == ()


def test_years_that_are_unknown_are_not_printed():
    assert text_of('[](event:g20-osaka-2019 "years")') == "G20大阪サミット"


def test_a_mention_in_bold_or_of_bold_words_is_found():
    page = rendered("**[SATREPS](program:satreps)**と[**G20**](event:g20-osaka-2019)")
    assert [(m.record.code, m.printed_words) for m in page.mentions] == [
        ("satreps", "SATREPS"),
        ("g20-osaka-2019", "G20"),
    ]


def test_a_mention_in_a_note_is_of_the_note():
    page = rendered("[^a]", notes={"a": "[](event:g20-osaka-2019)"})
    assert page.mentions == (MentionFound(G20, "", "a", "G20大阪サミット"),)


def test_an_unknown_record_is_printed_as_words_and_reported():
    page = rendered("[語](program:none)と[](event:satreps)")
    assert page.blocks[1].html == (
        '<p id="s-p1"><span class="mention-unknown">語</span>と'
        '<span class="mention-unknown">event:satreps</span></p>'
    )
    assert page.problems == (
        Problem("mention.unknown", "s-p1", "program:none"),
        Problem("mention.unknown", "s-p1", "event:satreps"),
    )
    assert page.mentions == ()


@pytest.mark.parametrize("anchor", ["timeline", "footnotes", "main", "one", "one-p1", "fnref-a"])
def test_an_anchor_that_the_page_has_already_is_reported(anchor):
    page = rendered(
        sections=[SectionText("one", 2, "一", "段落[^a]。"), SectionText(anchor, 2, "二", "")],
        notes={"a": "注"},
    )
    assert page.problems == (Problem("anchor.taken", anchor, anchor),)


def test_marks_deep_in_a_link_keep_the_words_around_them():
    page = rendered("[**太*い[^a]語***と](http://x.jp)後", notes={"a": "注"})
    assert page.blocks[1].text == "太い語と後"


def test_a_records_name_cannot_become_markup():
    evil = Record("program", "x", 3, """<img src=x onerror=a>&"'**b**""", '/"onclick="a', '"><b>')
    page = Page(html_of('[](program:x "years")', records=[evil]))
    assert [tag for tag, _ in page.elements] == ["p", "a"]
    assert set(page.elements[1][1]) == {"class", "href"}
    assert page.words == """<img src=x onerror=a>&"'**b**（"><b>）"""


def test_a_heading_cannot_become_markup():
    page = rendered(sections=[SectionText('a"onclick="x', 2, "<script>", "")])
    assert [attrs for _, attrs in Page(page.html).elements] == [{"id": 'a"onclick="x'}]


def test_a_title_cannot_become_an_attribute():
    page = Page(html_of("""[x](http://x.jp 'a" onclick="b')"""))
    assert set(page.elements[1][1]) == {"href", "title"}


MARKUP = (
    "** * _ ` ``` [ ] ( ) [^a] [^b] [^none] ](program:satreps) ](javascript:a) ](http://x) "
    "[x]: ![ < > <script> </p> & &#106; &lt; <!-- --> <a@b.c> <http://x> onclick= \" ' | |---| \\ "
    "語 \x02 \x03 \x1e \x00 \u2028 \ud800 \x02klzzwxh:0000\x03"
)
PIECES = st.sampled_from(MARKUP.split(" ")) | st.sampled_from(
    ("\n", "\n\n", "\n    ", "\n> ", "\n- ", "\n1. ", "\n# ", "\n---\n", "\n===\n", " ", "\t", "\r")
)
MARKDOWN = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join))


@given(body=MARKDOWN, lead=MARKDOWN, note=MARKDOWN)
@example(body="", lead="[a]: http://x", note="\n")
@example(body="[x[^a]](http://x)", lead="\x1e", note="[^a]")
@example(body="**[**a[^b]](http://y)", lead="<!--", note="")
def test_any_markdown_gives_safe_html_whose_links_resolve(body, lead, note):
    page = rendered(body, lead=lead, notes={"a": note, "b": "注"})
    parsed = Page(page.html)
    assert not {tag for tag, _ in parsed.elements} & {"script", "style", "iframe", "img", "object"}
    assert not [n for _, attrs in parsed.elements for n in attrs if n.startswith("on")]
    for href in parsed.values("href"):
        scheme = re.sub(r"[\t\r\n]|^[\x00-\x20]+", "", href).lower().partition(":")[0]
        assert scheme not in ("javascript", "data", "vbscript", "program", "event")
    ids = parsed.values("id")
    assert len(set(ids)) == len(ids)
    assert {block.id for block in page.blocks} <= set(ids)
    for tag, attrs in parsed.elements:
        if tag == "a" and attrs.get("role"):
            assert attrs["href"][1:] in ids
    assert not re.search("[\x00-\x08\x0e-\x1f]", "".join(b.text for b in page.blocks))


NESTED = "\n".join("    " * depth + "- a" for depth in range(400))


@pytest.mark.parametrize("text", ["[" * 3000, "[x][y" * 1500, NESTED])
def test_a_text_that_would_cost_the_converter_too_much_is_printed_as_typed(text):
    rendered = render(lead=text, sections=[], notes={}, look_up=lambda references: [])
    (block,) = rendered.blocks
    assert block.text == text
    assert [problem.code for problem in rendered.problems] == ["markdown.too_deep"]


def test_a_control_character_written_as_an_entity_is_not_printed():
    rendered = render(lead="a&#30;b", sections=[], notes={}, look_up=lambda references: [])
    assert "\x1e" not in rendered.html


@pytest.mark.parametrize("body", ["", " ", "\t", "\n \t\n", "\x00\t", "\u3000"])
def test_a_blank_text_has_no_block(body):
    assert len(rendered(body).blocks) == 1
