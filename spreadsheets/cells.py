"""Widgets of django-import-export that say what a cell becomes, and how a value is written.

A value is written in its own type (numbers stay numbers, dates stay dates) in every format, so
that a sheet taken out can be brought back unchanged. A cell that cannot be read raises ValueError
with a sentence for the editor: that is the one exception which import-export ties to a column.
"""

import datetime
import difflib
import re
import unicodedata

from django.conf import settings
from django.db import models
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from import_export.widgets import ManyToManyWidget, Widget

from .refusal import Refusal
from .text_key import text_key
from .writing import batches


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
            raise ValueError(refusal.text(get_language())) from refusal

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


PROPOSALS = 20  # looking through ten thousand names takes a tenth of a second


class _RecordFinder:
    """Finds records of a model by natural key, each key once in an import."""

    def __init__(self, model, lookups):
        self.model = model
        self.lookups = lookups
        self.found = {}
        self.ambiguous = {}
        self.missing = set()
        self.names = None
        self.proposals_left = PROPOSALS

    def key_of(self, record):
        parts = []
        for lookup in self.lookups:
            value = record
            for attribute in lookup.split("__"):
                value = getattr(value, attribute)
            parts.append(str(value))
        return "/".join(parts)

    def preload(self, texts):
        """Find many keys in a few queries."""
        keys = {
            key
            for text in texts
            if text and not self.is_looked_up(key := unicodedata.normalize("NFKC", text))
        }
        first, *_rest = self.lookups
        if keys:
            firsts = {key.split("/", len(self.lookups) - 1)[0] for key in keys}
            related = [lookup.rpartition("__")[0] for lookup in self.lookups if "__" in lookup]
            records = self.model.objects.select_related(*related)
            records = records.filter(**{f"{first}__among": firsts})
            self.found |= {self.key_of(record): record for record in records}
        self.find_names({key for key in keys if not self.is_looked_up(key)})
        self.missing |= {key for key in keys if not self.is_looked_up(key)}

    def is_looked_up(self, key):
        return key in self.found or key in self.ambiguous or key in self.missing

    def find_names(self, keys):
        """Find by name what is no code, where the model knows names: objects.named(texts)."""
        named = getattr(self.model.objects, "named", None)
        if not keys or named is None:
            return
        for batch in batches(keys):
            for key, records in named(batch).items():
                if len(records) == 1:
                    self.found[key] = records[0]
                elif records:
                    self.ambiguous[key] = sorted(self.key_of(record) for record in records)

    def find(self, text):
        key = unicodedata.normalize("NFKC", text)
        self.preload([key])
        if key in self.ambiguous:
            raise ValueError(
                _("「%(value)s」は%(codes)s のどれか分かりません。コードで書いてください。")
                % {"value": text, "codes": "、".join(self.ambiguous[key])}
            )
        if key not in self.found:
            raise ValueError(self.refusal(text))
        return self.found[key]

    def refusal(self, text):
        words = {"value": text, "model": self.model._meta.verbose_name}
        near = self.near_names(text)
        if near:
            words["near"] = "、".join(near)
            return _("%(model)sに「%(value)s」はありません。%(near)s のことでしょうか？") % words
        return (
            _("%(model)sに「%(value)s」はありません。先に登録するか、コードを直してください。")
            % words
        )

    def near_names(self, text):
        """Return up to three names that resemble one; only for the first of many unknown ones."""
        if self.proposals_left == 0:
            return []
        self.proposals_left -= 1
        if self.names is None:
            self.names = dict(self._all_names())
        near = difflib.get_close_matches(text_key(text), self.names)
        return list(dict.fromkeys(self.names[name] for name in near))

    def _all_names(self):
        """Yield (folded name, how to write it) of every record."""
        all_names = getattr(self.model.objects, "all_names", None)
        if all_names is None:
            for row in self.model.objects.values_list(*self.lookups):
                key = "/".join(map(str, row))
                yield text_key(key), key
            return
        for name, code in all_names():
            yield text_key(name), name if name == code else f"{name}（{code}）"


class KeyCell(Widget):
    """A related record, by natural key: its code, or what `lookups` name, joined by "/"."""

    def __init__(self, model, lookups=("code",)):
        super().__init__()
        self.finder = _RecordFinder(model, lookups)

    def clean(self, value, row=None, **kwargs):
        text = cell_text(value)
        return self.finder.find(text) if text else None

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else self.finder.key_of(value)


class KeysCell(ManyToManyWidget):
    """Related records by code, separated by semicolons, commas or 「、」."""

    def __init__(self, model):
        super().__init__(model)
        self.finder = _RecordFinder(model, ("code",))

    def clean(self, value, row=None, **kwargs):
        parts = (part.strip() for part in re.split(r"[;；,，、\n]", cell_text(value)))
        return [self.finder.find(part) for part in dict.fromkeys(filter(None, parts))]

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
