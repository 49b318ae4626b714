"""Small manuscripts for tests, and what reading them says."""

import pytest

from chapters.manuscript.reading import ManuscriptError, parse


def chapter(*blocks):
    return "\n\n".join(["## 4 | 海と観測", *blocks]) + "\n"


def lead(*blocks):
    return parse(chapter(*blocks)).lead


def decided(*blocks):
    """Return (code, line, words, outcome) of each decision."""
    found = parse(chapter(*blocks)).decisions
    return [(each.code, each.line, each.words, each.outcome) for each in found]


def refusal(text):
    with pytest.raises(ManuscriptError) as caught:
        parse(text)
    return caught.value
