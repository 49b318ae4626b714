"""The English catalogue is complete, and what is committed for use is what was written."""

import os
import re
import shutil
import subprocess
import sys

import polib
import pytest

from stipolicy.settings import BASE_DIR

LOCALE = BASE_DIR / "stipolicy" / "locale"
JAPANESE = re.compile(r"[ぁ-ヺ一-鿿]")


def catalogue(language):
    return polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po"))


def texts(entries):
    return {
        (entry.msgctxt, entry.msgid): entry.msgstr or entry.msgstr_plural
        for entry in entries
        if not entry.obsolete
    }


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_compiled_catalogue_is_the_written_one(language):
    compiled = polib.mofile(str(LOCALE / language / "LC_MESSAGES" / "django.mo"))
    assert texts(compiled) == texts(catalogue(language).translated_entries())


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_text_is_translated_and_none_is_a_guess(language):
    written = catalogue(language)
    assert [entry.msgid for entry in written.untranslated_entries()] == []
    assert [entry.msgid for entry in written.fuzzy_entries()] == []


def test_no_english_text_is_the_japanese_one_copied():
    copied = [entry.msgid for entry in catalogue("en") if entry.msgid == entry.msgstr]
    assert [msgid for msgid in copied if JAPANESE.search(msgid)] == []


def test_placeholders_are_the_same_in_both_languages():
    names = re.compile(r"%\((\w+)\)|\{(\w+)\}")
    different = [
        entry.msgid
        for entry in catalogue("en")
        if entry.msgstr and set(names.findall(entry.msgid)) != set(names.findall(entry.msgstr))
    ]
    assert different == []


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is not installed")
def test_the_catalogue_has_every_text_of_the_code_and_templates(tmp_path):
    copy = tmp_path / "site"
    ignored = shutil.ignore_patterns(".*", "var", "tests", "fixtures")
    shutil.copytree(BASE_DIR, copy, ignore=ignored)
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", "-l", "en", "--no-obsolete"],
        cwd=copy,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "stipolicy.settings"},
        check=True,
        capture_output=True,
    )
    found = polib.pofile(str(copy / "stipolicy/locale/en/LC_MESSAGES/django.po"))
    assert set(texts(found)) - set(texts(catalogue("en"))) == set()
