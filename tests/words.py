"""What is said in English, for tests of modules that carry Japanese sentences."""

from django.utils.translation import gettext, override

from timeline.drawing.words import figure_words


def english(message):
    """Return the English words of a Message, a Refusal, a Notice or a Place."""
    with override("en"):
        return message.in_words(gettext)


def figure_words_in(language):
    with override(language):
        return figure_words()
