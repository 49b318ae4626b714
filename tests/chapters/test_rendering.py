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
        ("AT&T &amp; R&D", '<p id="s-p1">AT&amp;T &amp;amp; R&amp;D</p>'),
        ("CO<sub>2</sub>", '<p id="s-p1">CO<sub>2</sub></p>'),
        ("10<SUP>3</SUP>", '<p id="s-p1">10<sup>3</sup></p>'),
        ("[](http://x.jp)", '<p id="s-p1"><a href="http://x.jp">http://x.jp</a></p>'),
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
        ("R&D、AT&amp;T、&lt;b&gt;", "R&D、AT&amp;T、&lt;b&gt;"),
        ("10<sup>3</sup>トン、CO<sub>2</sub>", "10³トン、CO2"),
        ("1. 甲\n2. 乙\n   - 丙", "1. 甲\n2. 乙\n丙"),
        ("| 年度 | 額 |\n|---|---|\n| 2016 | 1 |", "年度\t額\n2016\t1"),
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
        assert Page(rendered(body).html).values("href") == []


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
        (2, "a", ("fnref-a", "fnref-a.2")),
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
        '<a class="footnote-back" href="#fnref-a.2" role="doc-backlink" '
        'aria-label="脚注1の本文（2か所目）へ戻る">↩</a></li>'
    ) in html


def test_a_note_may_refer_to_another_which_then_follows():
    page = rendered("一[^a]、二[^b]", notes={"a": "甲[^c]", "b": "乙[^a]", "c": "丙"})
    assert [(n.number, n.key, n.references) for n in page.notes] == [
        (1, "a", ("fnref-a", "fnref-a.2")),
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
WIDE = "|" + "a|" * 900 + "\n|" + "-|" * 900 + "\n" + "|\n" * 40


@pytest.mark.parametrize(
    "text",
    [
        NESTED,
        "> " * 300 + "a",
        "*" * 300 + "a" + "*" * 300,
        WIDE,
        "[" * 2_001,
        "a\n" * 3_001 + "a",
    ],
)
def test_a_text_too_deep_for_a_page_is_printed_as_typed(text):
    page = render(lead=text, sections=[], notes={}, look_up=lambda references: [])
    (block,) = page.blocks
    assert block.text == text
    assert page.problems == (Problem("markdown.too_deep", "lead", ""),)


def test_a_text_longer_than_a_field_may_be_is_printed_as_typed():
    for length, codes in ((30_000, []), (30_001, ["markdown.too_deep"])):
        page = rendered("字" * length)
        assert page.blocks[1].text == "字" * length
        assert [problem.code for problem in page.problems] == codes


def test_a_control_character_written_as_an_entity_is_printed_as_typed():
    rendered = render(lead="a&#30;b", sections=[], notes={}, look_up=lambda references: [])
    assert rendered.blocks[0].text == "a&#30;b"


@pytest.mark.parametrize("body", ["", " ", "\t", "\n \t\n", "\x00\t", "\u3000", "\u3000\n\n\u3000"])
def test_a_blank_text_has_no_block(body):
    assert len(rendered(body).blocks) == 1


def test_a_heading_holds_marks_and_mentions_that_the_contents_leave_out():
    page = rendered(
        sections=[SectionText("s", 2, "**外交**[^x]と[SATREPS](program:satreps)", "本文[^y]。")],
        notes={"x": "注", "y": "注"},
    )
    (heading,) = page.headings
    assert heading.text == "外交とSATREPS"
    assert heading.html == (
        '<h2 id="s"><strong>外交</strong><sup class="footnote-ref" id="fnref-x">'
        '<a aria-label="脚注1" href="#fn-x" role="doc-noteref">1</a></sup>と'
        '<a class="mention mention-program" href="/programs/satreps/">SATREPS</a></h2>'
    )
    assert [(note.number, note.key) for note in page.notes] == [(1, "x"), (2, "y")]
    assert page.mentions == (MentionFound(SATREPS, "s", "", "SATREPS"),)
    assert page.problems == ()


def test_a_mark_of_a_heading_that_leads_nowhere_is_reported_there():
    page = rendered(sections=[SectionText("s", 2, "外交[^none]と［^x］", "")])
    assert page.problems == (
        Problem("footnote.mark", "s", "［^x］"),
        Problem("footnote.undefined", "s", "none"),
    )


def test_a_row_keeps_the_cells_that_its_head_has_no_column_for():
    html = html_of("| 年度 | 額 |\n|---|---|\n| 2016 | 1 | *増* |\n| 2017 |")
    assert re.findall(r"<td>(.*?)</td>", html) == ["2016", "1", "<em>増</em>", "2017", ""]


def test_numbers_of_a_list_are_those_that_were_typed():
    assert html_of("3. 甲\n3. 乙\n\n   丙") == (
        '<ol class="numbered" id="s-p1"><li><p><span class="list-number">3.</span> 甲</p></li>'
        '<li><p><span class="list-number">3.</span> 乙</p><p>丙</p></li></ol>'
    )


@pytest.mark.parametrize("body", ["5*3*2=30", "2*(3+4)*5", "a*b*c", "5 * 3 * 2"])
def test_a_star_between_figures_multiplies(body):
    assert html_of(body) == f'<p id="s-p1">{body}</p>'


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("+ 3.2%増", "+ 3.2%増"),
        ("* 補正を含む。\n* 当初。", "* 補正を含む。\n* 当初。"),
        ("- 甲", "甲"),
    ],
)
def test_a_list_prints_the_marks_that_may_mean_something(body, text):
    assert text_of(body) == text


def test_many_marks_in_a_link_follow_it_in_their_order():
    marks = "".join(f"[^n{number}]語{number}" for number in range(50))
    notes = {f"n{number}": "注" for number in range(50)}
    (block,) = rendered(f"前[{marks}](http://x.jp)後", notes=notes).blocks[1:]
    assert block.text == "前" + "".join(f"語{number}" for number in range(50)) + "後"
    assert re.findall(r"#fn-n(\d+)", block.html) == [str(number) for number in range(50)]
    assert block.html.endswith("</sup>後</p>")


def test_years_at_the_beginning_of_lines_are_no_list():
    assert html_of("2019. 3月に署名した。\n2022. 5月に改訂した。") == (
        '<p id="s-p1">2019. 3月に署名した。\n2022. 5月に改訂した。</p>'
    )


def test_no_mark_has_the_id_of_another_notes_mark():
    page = rendered("一[^x]二[^x]三[^x-2]。", notes={"x": "甲", "x-2": "乙"})
    assert re.findall(r'id="(fnref.*?)"', page.blocks[1].html) == [
        "fnref-x",
        "fnref-x.2",
        "fnref-x-2",
    ]


@pytest.mark.parametrize(
    "address",
    [
        "www8.cao.go.jp/cstp/",
        "/programs/",
        "#s",
        "//x.jp",
        "ftp://x.jp",
        "http://",
        "https:x",
        "http://a.jp:99999/",
        "http://256.1.1.1",
        "http://xn--a",
        "http://a^b.jp",
        "http://a%zz.jp",
        "http://@",
        "http://:80",
        "http://[x]",
        "",
    ],
)
def test_an_address_that_leads_nowhere_is_reported_and_its_words_are_printed(address):
    page = rendered(f"[内閣府]({address})の資料。")
    assert page.blocks[1].html == (
        '<p id="s-p1"><span class="link-unknown">内閣府</span>の資料。</p>'
    )
    assert page.problems == (Problem("link.address", "s-p1", address),)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ('[語](http://x.jp "題")', Problem("link.title", "s-p1", "題")),
        ('[](program:satreps "start")', Problem("mention.title", "s-p1", "start")),
        ('[](event:g20-osaka-2019 "years")', Problem("mention.years", "s-p1", "G20大阪サミット")),
    ],
)
def test_a_title_that_is_not_printed_is_reported(body, problem):
    assert rendered(body).problems == (problem,)


def test_a_note_without_words_is_reported():
    assert rendered("[^a]", notes={"a": "---"}).problems == (
        Problem("footnote.empty", "fn-a", "a"),
    )


def test_columns_are_aligned_as_the_colons_say():
    html = html_of("| 年度 | 額 | 印 |\n|---|--:|:-:|\n| 2016 | 1,234 | ○ |")
    assert '<td class="cell-right">1,234</td><td class="cell-center">○</td>' in html
