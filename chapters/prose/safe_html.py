"""HTML that pages print as it is, and the only ways to it. Pure.

`sanitised` is the one sanitiser; `filled` escapes what is set into markup of our own. A release's
HTML was made by them when it was published and never changes: `released` takes it from the
database unchanged, and is for nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

import nh3

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ALLOWED_TAGS = frozenset(
    {"p", "strong", "em", "a", "sup", "sub", "ul", "ol", "li", "blockquote", "code", "br", "hr"}
    | {"table", "thead", "tbody", "tr", "th", "td", "span"}
)
_ALLOWED_ATTRIBUTES = {
    "*": {"id", "class", "lang"},
    "a": {"href", "role", "aria-label", "title"},
    "th": {"scope"},
}


class SafeHTML(str):
    """HTML that a template prints without escaping it. Made by the functions below, only."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def sanitised(html: str) -> SafeHTML:
    """Return what the subset allows of `html`, closed and without characters no page can have."""
    clean = nh3.clean(
        html.strip(),
        tags=set(_ALLOWED_TAGS),
        attributes=_ALLOWED_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return SafeHTML(UNPRINTABLE.sub("", clean))


def is_printed_link(address: str) -> bool:
    """Whether a link to `address` is still one when it is printed: a browser can open it."""
    return "href=" in sanitised(f'<a href="{escape(address)}">x</a>')


def filled(markup: str, *parts: object) -> SafeHTML:
    """Set `parts` into the {} of `markup`, a literal of our own; what is not safe is escaped."""
    return SafeHTML(
        markup.format(*(p if isinstance(p, SafeHTML) else escape(str(p)) for p in parts))
    )


def joined(parts: Iterable[SafeHTML], separator: str = "") -> SafeHTML:
    return SafeHTML(separator.join(parts))


def released(html: str) -> SafeHTML:
    """Return the HTML of a release as it was stored when `sanitised` and `filled` had made it."""
    return SafeHTML(html)
