"""Every sentence that a module without Django carries has its English, with the same parameters."""

import ast
import re

import polib
import pytest
from django.conf import settings

PARAMETER = re.compile(r"%\((\w+)\)")
ENGLISH = polib.pofile(str(settings.BASE_DIR / "stipolicy/locale/en/LC_MESSAGES/django.po"))
ROOMS = ("values", "records", "spreadsheets", "programs", "timeline", "chapters")


def marked():
    """Return (context, sentence) of every gettext_noop and pgettext call in the rooms."""
    found = set()
    for room in ROOMS:
        for path in (settings.BASE_DIR / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                    continue
                words = [each.value for each in node.args if isinstance(each, ast.Constant)]
                if node.func.id == "gettext_noop" and words:
                    found.add((None, words[0]))
                elif node.func.id == "pgettext" and len(words) == 2:
                    found.add(tuple(words))
    return sorted(found, key=str)


MARKED = marked()


@pytest.mark.parametrize(("context", "japanese"), MARKED)
def test_a_marked_sentence_is_said_in_english_with_the_same_parameters(context, japanese):
    entry = ENGLISH.find(japanese, msgctxt=context)
    assert entry is not None
    assert entry.msgstr
    assert set(PARAMETER.findall(entry.msgstr)) == set(PARAMETER.findall(japanese))


def test_the_sentences_of_every_room_were_found():
    assert len(MARKED) > 200
    assert (None, "「%(value)s」の西暦と和暦が合いません。") in MARKED
    assert ("sheet", "内数") in MARKED
