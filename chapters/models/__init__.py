from .chapter import Chapter, Edition, Footnote, Section
from .release import Mention, Release

__all__ = ["Chapter", "Edition", "Footnote", "Mention", "Release", "Section"]
