from .chapter import Chapter, Edition, Footnote, Section
from .manuscript import ManuscriptImport
from .release import Mention, Release

__all__ = [
    "Chapter",
    "Edition",
    "Footnote",
    "ManuscriptImport",
    "Mention",
    "Release",
    "Section",
]
