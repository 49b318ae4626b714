"""The two languages of the site, for modules that do not know Django. Pure."""

from __future__ import annotations

from typing import Literal

Language = Literal["ja", "en"]


def is_english(language: str | None) -> bool:
    """Whether the language code is English ("en", "en-gb"); all else is served in Japanese."""
    return language is not None and language.split("-")[0] == "en"
