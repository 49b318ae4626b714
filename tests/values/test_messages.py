"""Every sentence that a module without Django carries has its English, with the same parameters."""

import re
from importlib import import_module
from pkgutil import walk_packages

import polib
import pytest
from django.conf import settings

from tests.pure_folders import pure_folders
from values.refusal import Refusal

PARAMETER = re.compile(r"%\((\w+)\)")
ENGLISH = polib.pofile(str(settings.BASE_DIR / "stipolicy/locale/en/LC_MESSAGES/django.po"))


def kinds(kind):
    for each in kind.__subclasses__():
        yield each
        yield from kinds(each)


def reasons():
    for folder in pure_folders():
        for module in walk_packages(import_module(folder).__path__, f"{folder}."):
            import_module(module.name)
    found = {}
    for kind in kinds(Refusal):
        if not kind.__module__.startswith("tests."):
            found |= {(kind.__name__, code): text for code, text in kind.reasons.items()}
    return found


REASONS = reasons()


@pytest.mark.parametrize("kind_and_code", sorted(REASONS), ids=": ".join)
def test_every_reason_is_said_in_english_with_the_same_parameters(kind_and_code):
    japanese = REASONS[kind_and_code]
    entry = ENGLISH.find(japanese)
    assert entry is not None
    assert entry.msgstr
    assert set(PARAMETER.findall(entry.msgstr)) <= set(PARAMETER.findall(japanese))


def test_all_kinds_of_refusals_were_found():
    names = {kind for kind, _code in REASONS}
    assert {"FiscalYearError", "AmountError", "PartialDateError", "ReviewSheetError"} <= names
