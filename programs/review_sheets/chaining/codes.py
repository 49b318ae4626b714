"""Permanent codes of programmes that are first met in a review sheet. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container

from ..tables.review_sheet import ReviewSheet

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def program_code(first: ReviewSheet, ministry_code: str, taken: Container[str]) -> str:
    """Return the code of the programme whose oldest sheet is `first`: rs-2021-mext-20-0154.

    新27-0005 becomes n27-0005. A code that is `taken` gets a number of its own at its end.
    """
    code = f"rs-{first.year}-{ministry_code}-{_number_slug(first)}"
    candidate, count = code, 1
    while candidate in taken:
        count += 1
        candidate = f"{code}-x{count}"
    return candidate


def _number_slug(sheet: ReviewSheet) -> str:
    parts = unicodedata.normalize("NFKC", sheet.number).casefold().replace("新", "n").split("-")
    if len(parts) > 1 and parts[0] == str(sheet.year):
        del parts[0]
    slug = "-".join(part for part in parts if part.isascii())
    if _SLUG.fullmatch(slug):
        return slug
    return hashlib.sha256(sheet.number.encode()).hexdigest()[:10]
