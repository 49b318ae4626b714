"""Safe HTML is made in one module; figures, whose writers escape every part, say so by name."""

import re

import pytest
from django.conf import settings
from django.template import Context, Template

from chapters.prose.safe_html import filled, joined, sanitised

WAYS = re.compile(r"mark_safe\(|\|\s*safe\b|SafeHTML\(|SafeString\(|autoescape off")
ALLOWED = {
    "chapters/prose/safe_html.py",
    "timeline/admin/timelines.py",
    "timeline/drawing/html.py",
}


def test_only_these_modules_make_html_that_is_not_escaped():
    found = {
        str(path.relative_to(settings.BASE_DIR))
        for room in ("chapters", "timeline", "programs", "spreadsheets", "records", "stipolicy")
        for path in (settings.BASE_DIR / room).rglob("*.py")
        if WAYS.search(path.read_text())
    }
    found |= {
        str(path.relative_to(settings.BASE_DIR))
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        if WAYS.search(path.read_text())
    }
    assert found == ALLOWED


def test_a_template_prints_safe_html_as_it_is():
    template = Template("{{ words }}")
    assert template.render(Context({"words": "<b>"})) == "&lt;b&gt;"
    assert template.render(Context({"words": sanitised("<p>語</p>")})) == "<p>語</p>"
    assert template.render(Context({"words": sanitised("<p>") + "<i>"})) == (
        "&lt;p&gt;&lt;/p&gt;&lt;i&gt;"
    )


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<p onclick=x>語</p>", "<p>語</p>"),
        ("<script>x</script>語", "語"),
        ("<a href='javascript:x'>語</a>", "<a>語</a>"),
        ("<p>a\x0cb\x00</p>", "<p>ab</p>"),
    ],
)
def test_the_sanitiser_takes_out_what_the_subset_does_not_have(html, clean):
    assert sanitised(html) == clean


def test_parts_of_markup_are_escaped_unless_they_are_safe():
    html = filled('<a href="{}">{}</a>{}', '"x', "<語>", sanitised("<em>e</em>"))
    assert html == '<a href="&quot;x">&lt;語&gt;</a><em>e</em>'
    assert joined([html, html], "\n") == f"{html}\n{html}"
