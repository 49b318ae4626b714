"""Which addresses a page may link to. Pure."""

from __future__ import annotations

import re

_UNPRINTED = r"\s<>\"\x00-\x20\x7f"
_HOST = rf"[^{_UNPRINTED}/?#@:\\]+(?::\d{{1,5}})?"
_WEB = re.compile(rf"https?://{_HOST}(?:[/?#][^{_UNPRINTED}]*)?", re.IGNORECASE)
_MAIL = re.compile(rf"mailto:[^{_UNPRINTED}@]+@[^{_UNPRINTED}@]+", re.IGNORECASE)


def is_linkable(address: str) -> bool:
    """Tell whether `address` is a whole one of http, https or mailto."""
    return bool(_WEB.fullmatch(address) or _MAIL.fullmatch(address))
