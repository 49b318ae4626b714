"""HTML as a browser takes it, where line breaks of a template do not show."""

import re

_BLOCKS = (
    "address|article|aside|body|caption|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|"
    "head|header|html|legend|li|main|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|title|"
    "tr|ul"
)
_AROUND = re.compile(rf" ?(</?(?:{_BLOCKS})\b[^>]*>) ?")
_BEFORE_END = re.compile(r"(<[^>]*?) >")


def compact(html):
    """Return one line: white space is one space, and none stands beside a block or before >."""
    line = _BEFORE_END.sub(r"\1>", " ".join(html.split()))
    return _AROUND.sub(r"\1", line)
