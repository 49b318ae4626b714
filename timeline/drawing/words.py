"""The words of figures in the language of the page."""

from django.utils.translation import get_language, gettext

from values.language import is_english

from ..figure.vocabulary import FigureWords


def figure_words() -> FigureWords:
    """Return a figure's words in the active language: some forty look-ups, once a figure."""
    return FigureWords.of("en" if is_english(get_language()) else "ja", gettext)
