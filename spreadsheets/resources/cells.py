"""Widgets of django-import-export that say what a cell becomes, and how a value is written.

A value is written in its own type (numbers stay numbers, dates stay dates) in every format, so
that a sheet taken out can be brought back unchanged. A cell that cannot be read raises ValueError
with a sentence for the editor: that is the one exception which import-export ties to a column.
"""

import datetime
import re
import unicodedata

from django.conf import settings
from django.db import models
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from import_export.widgets import ManyToManyWidget, Widget

from values.refusal import Refusal
from values.text_key import text_key

from .record_finder import NoSuchRecord, RecordFinder


class FilledIn:
    """A cell that a Resource fills in without a value: text that reads it finds it blank."""

    def __str__(self):
        return ""


ERASED = FilledIn()
"""Erases what the record has, where a blank cell may keep it."""
KEPT = FilledIn()
"""Keeps what the record has, where a blank cell may erase it: the sheet has no such cell."""


def cell_text(value):
    """Return a cell as text: no outer spaces, LF line ends, whole numbers without a fraction."""
    if type(value) is str and "\r" not in value:
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime.datetime):
        value = value.date()
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


class TextCell(Widget):
    """`accepts` says what may be typed, in the instructions beside an empty sheet."""

    accepts = "文字。"

    def clean(self, value, row=None, **kwargs):
        return cell_text(value)

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(value)


class ParsedCell(TextCell):
    """A cell read by one of our parsers: `parse` takes text, raises Refusal; blank is None."""

    def __init__(self, parse, write=str):
        super().__init__()
        self.parse = parse
        self.write = write

    def clean(self, value, row=None, **kwargs):
        text = cell_text(value)
        if not text:
            return None
        try:
            return self.parse(text)
        except Refusal as refusal:
            raise ValueError(refusal.in_words(_)) from refusal

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else self.write(value)


def whole_number(text):
    plain = unicodedata.normalize("NFKC", text).replace(",", "")
    if not re.fullmatch(r"[+-]?\d{1,18}", plain):
        raise ValueError(_("「%(value)s」は整数ではありません。") % {"value": text})
    return int(plain)


class NumberCell(ParsedCell):
    """A whole number; `parse` may read more than digits."""

    accepts = "整数。"

    def __init__(self, parse=whole_number):
        super().__init__(parse, write=int)


class DateCell(ParsedCell):
    accepts = "日付。2019-03-14、2019/3/14、2019年3月14日 のどれでも読めます。"

    def __init__(self):
        super().__init__(read_day, write=lambda day: day)


def read_day(text):
    """Read 2019-03-14, 2019/3/14 or 2019年3月14日 as a date."""
    plain = unicodedata.normalize("NFKC", text)
    match = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", plain)
    try:
        return datetime.date(*map(int, match.groups()))
    except (AttributeError, ValueError):
        raise ValueError(
            _("「%(value)s」は日付ではありません。2019-03-14 のように書いてください。")
            % {"value": text}
        ) from None


class YesNoCell(Widget):
    YES = {"はい", "1", "true", "yes", "○", "◯", "有"}
    NO = {"いいえ", "0", "false", "no", "×", "無"}

    def clean(self, value, row=None, **kwargs):
        text = cell_text(value)
        if not text:
            return None
        if text_key(text) in self.YES:
            return True
        if text_key(text) in self.NO:
            return False
        raise ValueError(
            _("「%(value)s」は「はい」でも「いいえ」でもありません。") % {"value": text}
        )

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else "はい" if value else "いいえ"


class ChoiceCell(Widget):
    """One of a field's choices: written as its Japanese label, read as label or stored value.

    `aliases` are further words that are read: {"当初": "initial"}.
    """

    def __init__(self, choices, aliases=None):
        super().__init__()
        self.choices = choices
        self.aliases = aliases or {}

    def labels(self, language):
        with override(language):
            return {value: str(label) for value, label in self.choices}

    def clean(self, value, row=None, **kwargs):
        text = cell_text(value)
        if not text:
            return ""
        readings = {text_key(word): stored for word, stored in self.aliases.items()}
        readings |= {text_key(str(stored)): stored for stored, label in self.choices}
        for language, _name in settings.LANGUAGES:
            readings |= {text_key(label): key for key, label in self.labels(language).items()}
        if text_key(text) not in readings:
            raise ValueError(
                _("「%(value)s」は選べません。次のどれかを入れてください: %(choices)s。")
                % {"value": text, "choices": "、".join(self.labels(get_language()).values())}
            )
        return readings[text_key(text)]

    def render(self, value, obj=None, **kwargs):
        return self.labels("ja").get(value, "")


class KeyCell(Widget):
    """A related record, by natural key: its code, or what `lookups` name, joined by "/"."""

    def __init__(self, model, lookups=("code",)):
        super().__init__()
        self.finder = RecordFinder(model, lookups)

    def clean(self, value, row=None, **kwargs):
        text = cell_text(value)
        return self.finder.find(text) if text else None

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else self.finder.key_of(value)


class KeysCell(ManyToManyWidget):
    """Related records by code, separated by semicolons, commas or 「、」."""

    def __init__(self, model):
        super().__init__(model)
        self.finder = RecordFinder(model, ("code",))

    def clean(self, value, row=None, **kwargs):
        text = cell_text(value)
        parts = (part.strip() for part in re.split(r"[;；,，、\n]", text))
        return [self._find(part, text) for part in dict.fromkeys(filter(None, parts))]

    def _find(self, part, text):
        """Find one of the records; what may be meant instead is said of the cell as a whole."""
        try:
            return self.finder.find(part)
        except NoSuchRecord as error:
            error.near = tuple((text.replace(part, key), shown) for key, shown in error.near)
            raise

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else "; ".join(sorted(map(self.finder.key_of, value.all())))


def cell_for(field):
    """Return the widget for a model field of a common kind."""
    if field.many_to_many:
        return KeysCell(field.related_model)
    if field.is_relation:
        return KeyCell(field.related_model)
    if field.choices:
        return ChoiceCell(field.choices)
    if isinstance(field, models.BooleanField):
        return YesNoCell()
    if isinstance(field, models.DateField):
        return DateCell()
    if isinstance(field, models.IntegerField):
        return NumberCell()
    return TextCell()
