"""What one text costs that an editor saves: texts of single marks, as long as a field may be."""

import time

from chapters.prose.rendered import Record, SectionText
from chapters.prose.rendering import render
from values.text_length import MOST_CHARACTERS

MARKS = (
    *["[", "]", "(", "`", "*", "_", "<", ">", "|", "&", "\\", "~", "^", "!", "#", "-"],
    *("[a](", "[[]", "](", "[^x]", "[^x", "[^", "![a](b)", '[a](b "', "[a](<b", "[a](b ("),
    *("[a](b)", "[a](program:x)", "[](program:x)", "[a](http://x.jp)", "[**a**](program:x)"),
    *("[a[^x]](program:x)", "[[[a](b)", "[a][b]", "[a]((((((", "](program:x", "［^x］", "【^"),
    *("*a ", "**a **", "a*b*", "***a", "*_", "*a_", "*a**b", "**a*b", "_a ", "*a **b ", "**"),
    *("`a", "``a`", "`a*", "<a", "<b>", "<sup>", "<sup>a", "<sup><sub>", "<sup>a</sup>"),
    *(
        "<http://a>",
        "<a@b.c>",
        "&amp;",
        "&#1;",
        "\\\n",
        " \n",
        "a  \n",
        "a\n\n",
        "漢字\n",
        "　\n\n",
    ),
    *("- ", "- a\n", "  - a\n", "1. a\n", "1) a\n2) b\n", "> ", "> a\n", "> > - ", "- - - "),
    *("|a", "|a|\n|-|\n", "|-|\n", "|a|b|c|\n", "---\n", "# a\n", "[^x]: a\n", "[r]: http://x\n"),
    *("- [^x]: a\n", "漢字", "**「漢」**[^x]と[語](program:x)、`c`<sup>2</sup>\n"),
)
SHAPES = {
    "a table of many columns": "|" + "a|" * 900 + "\n|" + "-|" * 900 + "\n" + "|\n" * 21,
    "a table of uneven rows": "|a|b|\n|-|-|\n" + "|1\n" * 3_000 + "|x" * 8_000,
    "lists in lists": "".join(f"{'  ' * depth}- a\n" for depth in range(9)) * 250,
    "quotations in quotations": "".join(f"{'>' * depth} a\n" for depth in range(9)) * 500,
}


def slowest(count: int) -> dict:
    """Return the `count` slowest texts: [CPU seconds, words, characters], and of how many."""
    texts = {mark: mark * MOST_CHARACTERS for mark in MARKS} | SHAPES
    found = []
    for words, text in texts.items():
        text = text[:MOST_CHARACTERS]
        started = time.process_time()
        page = render(
            lead="", sections=[SectionText("s", 2, "節", text)], notes={"x": "注"}, look_up=_found
        )
        assert page.html
        found.append([time.process_time() - started, words, len(text)])
    return {"slowest": sorted(found, reverse=True)[:count], "texts": len(texts)}


def _found(references) -> list[Record]:
    return [Record(kind, code, 1, "名", f"/{kind}/{code}/") for kind, code in references]
