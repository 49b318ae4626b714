"""What looks like a mark of the subset and is none: it is printed as typed, and named. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .trees import QUOTED_FROM

QUOTED = 60  # characters of a mark that a problem quotes

_ADDRESS = r"(?:(?:https?|mailto|program|event|budget)[ \u3000]*[:：]|www\.|\.{0,2}/|#)"
_KINDS = (
    ("footnote.definition", r"(?m:^)[ \t]*\[\^[^\]\n]{1,80}\][ \t]*[:：]"),
    ("link.definition", rf"(?m:^)[ \t]*\[[^\]\n]{{1,80}}\][:：]\s*<?{_ADDRESS}\S{{0,120}}"),
    ("footnote.mark", r"[\[［〔【][ \u3000]*[\^＾][^\]］〕】\n]{0,300}[\]］〕】]"),
    ("footnote.unclosed", r"\[\^[A-Za-z0-9_-]{1,60}"),
    (
        "mention.mark",
        r"[\]］][ \u3000]*[（(][ \u3000]*(?:program|event|budget)[ \u3000]*[:：][^()（）\n]{0,120}",
    ),
    ("link.mark", r"\]\([^\n]{0,60}"),
    ("markup.link", r"[\]］][ \u3000]*[（(][ \u3000]*(?:https?|mailto)[:：][^()（）\s]{0,200}"),
    ("markup.quote", rf"{QUOTED_FROM}\n?(?=\d)[^\n]{{1,20}}"),
    ("markup.html", r"</?[A-Za-z][^<>\n]{0,120}>|<!--"),
    ("markup.entity", r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6});"),
    ("markup.heading", r"(?m:^)[ \t]*\#{1,6}(?=[ \u3000]\S)"),
)
_UNREAD = re.compile("|".join(f"(?P<{code.replace('.', '_')}>{kind})" for code, kind in _KINDS))
_CODES = {code.replace(".", "_"): code for code, _kind in _KINDS}


def unread_marks(typed: str) -> Iterator[tuple[str, str]]:
    """Yield (code, words) of each mark among the `typed` words of a block that nothing reads."""
    for match in _UNREAD.finditer(typed):
        words = match[0].replace(QUOTED_FROM, ">").replace("\n", " ").strip()
        yield _CODES[match.lastgroup or ""], words[:QUOTED]
