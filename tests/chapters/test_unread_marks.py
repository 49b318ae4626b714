import pytest

from chapters.prose.rendered import SectionText
from chapters.prose.rendering import render

NOTES = {"x": "注", "x-2": "注"}


def reported(body):
    """What a body prints, and its problems without those of notes that it does not use."""
    page = render(
        lead="",
        sections=[SectionText("s", 2, "節", body)],
        notes=NOTES,
        look_up=lambda references: [],
    )
    text = "\n\n".join(block.text for block in page.blocks[1:])
    return text, [
        (problem.code, problem.value)
        for problem in page.problems
        if problem.code != "footnote.unused"
    ]


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        ("[^注1]", [("footnote.mark", "[^注1]")]),
        ("［^x］と[＾x]と【^x】", [("footnote.mark", t) for t in ("［^x］", "[＾x]", "【^x】")]),
        ("[^x y]", [("footnote.mark", "[^x y]")]),
        ("[^x]: 甲", [("footnote.definition", "[^x]:")]),
        ("[^z]：甲", [("footnote.definition", "[^z]：")]),
        ("本文。\n[^x]: 甲", [("footnote.definition", "[^x]:")]),
        ("[r]: https://x.jp", [("link.definition", "[r]: https://x.jp")]),
        ("[語] (program:satreps)", [("mention.mark", "] (program:satreps")]),
        ("［語］（program：satreps）", [("mention.mark", "］（program：satreps")]),
        ("[語](http://x.jp/a b)", [("link.mark", "](http://x.jp/a b)")]),
        ("[語](http://x.jp/(a)", [("link.mark", "](http://x.jp/(a)")]),
        ("![図](http://x.jp/a.png)", [("link.mark", "](http://x.jp/a.png)")]),
        ("閉じない[^x の印", [("footnote.unclosed", "[^x")]),
        ("[^x] : 甲", [("footnote.definition", "[^x] :")]),
        ("[a]: /x", [("link.definition", "[a]: /x")]),
        ("[a]: www.b.jp", [("link.definition", "[a]: www.b.jp")]),
        ("[語] (http://a.jp)", [("markup.link", "] (http://a.jp")]),
        ("[語]（https://x.jp）", [("markup.link", "]（https://x.jp")]),
        (f"[^{'長' * 200}]", [("footnote.mark", f"[^{'長' * 58}")]),
        ("<b>", [("markup.html", "<b>")]),
        ("</div>", [("markup.html", "</div>")]),
        ("<!-- 注", [("markup.html", "<!--")]),
        ("&copy;と&#169;", [("markup.entity", "&copy;"), ("markup.entity", "&#169;")]),
        ("# 題", [("markup.heading", "#")]),
        ("行\n### 題", [("markup.heading", "###")]),
    ],
)
def test_what_looks_like_a_mark_and_is_none_is_printed_as_typed_and_named(body, problems):
    assert reported(body) == (body, problems)


@pytest.mark.parametrize(
    "body",
    [
        "[注]: 予算は当初予算による。",
        "[注] 予算（初年度）",
        "C# と #国際 と A&B; と a < b > c",
        "［注］（別表）",
        "2 ^ 3 [a]",
    ],
)
def test_what_means_nothing_is_printed_without_a_word(body):
    assert reported(body) == (body, [])


@pytest.mark.parametrize("body", ["[^注]", "<b>", "# 題", "&copy;"])
def test_what_is_code_or_escaped_means_no_mark(body):
    assert reported(f"`{body}`") == (body, [])
    assert reported(f"\\{body}") == (body, [("markup.escape", "\\")])


@pytest.mark.parametrize("body", ["価格は\\100", "C:\\語", "終わり\\"])
def test_a_stroke_that_escapes_nothing_is_printed(body):
    assert reported(body) == (body, [])


@pytest.mark.parametrize("body", ["> 50億円を超える", ">50億円を超える"])
def test_a_quotation_that_may_be_a_comparison_is_named(body):
    assert reported(body) == ("50億円を超える", [("markup.quote", "> 50億円を超える")])
    assert reported("> 引用。50億円。") == ("引用。50億円。", [])


def test_marks_in_lists_quotations_and_cells_are_named_too():
    body = "- [^y]: 甲\n\n> ［^x］\n\n| a |\n|---|\n| <i> |"
    assert reported(body)[1] == [
        ("footnote.definition", "[^y]:"),
        ("footnote.mark", "［^x］"),
        ("markup.html", "<i>"),
    ]
