"""Finds the record that a cell names: by natural key or by name, many at a time."""

import re
import unicodedata

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from values.text_key import text_key

from ..tables import batches

PROPOSALS = 200  # looking through ten thousand names takes some milliseconds
_SHOWN = 3
_NEAR_PERCENT = 60
_BULLET = re.compile(r"^[\s・･•‣●○◎◯■□◆◇▪▫▶▷►*＊※\-–—]+(?=\S)")
_NOTE_MARK = re.compile(
    r"(?<=\S)(?:\s*(?:[※*＊†‡☆★]+\d*|[(（]注\s*\d*[)）]|注\s*\d+[)）]?|[(（][※*＊]\d*[)）]))+\s*$"
)
_QUOTED = re.compile(r"^[\"“「『](.+)[\"”」』]$")
_BRACKETS = re.compile(r"[()（）「」『』]")


class NoSuchRecord(ValueError):
    """A cell names no record, or several. `near` are those it may mean: (key, how it is shown)."""

    def __init__(self, message: str, near=()) -> None:
        super().__init__(message)
        self.near = tuple(near)


def without_marks(text):
    """Return a name without the bullet before it, the note marks behind and quotes around it."""
    return _QUOTED.sub(r"\1", _NOTE_MARK.sub("", _BULLET.sub("", text)).strip())


class RecordFinder:
    """Finds records of a model by natural key or name, each text once in an import."""

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
        """Find many texts in a few queries: as keys, as names, and names without their marks.

        The parts of names that are not found are looked up as well, to be proposed.
        """
        unknown = self._look_up(texts)
        marked = {text: plain for text in unknown if (plain := without_marks(text)) != text}
        self._look_up(marked.values())
        for text, plain in marked.items():
            for known in (self.found, self.ambiguous):
                if plain in known:
                    known[text] = known[plain]
                    self.missing.discard(text)
        self._look_up(part for text in unknown & self.missing for part in _parts(text))

    def _look_up(self, texts):
        """Find texts by key or name, and return those that are neither."""
        texts = {text for text in texts if text and not self.is_looked_up(text)}
        if texts:
            self._find_keys({text: unicodedata.normalize("NFKC", text) for text in texts})
        self.find_names({text for text in texts if not self.is_looked_up(text)})
        unknown = {text for text in texts if not self.is_looked_up(text)}
        self.missing |= unknown
        return unknown

    def _find_keys(self, keys):
        first, *_rest = self.lookups
        firsts = {key.split("/", len(self.lookups) - 1)[0] for key in keys.values()}
        related = [lookup.rpartition("__")[0] for lookup in self.lookups if "__" in lookup]
        records = self.model.objects.select_related(*related)
        records = records.filter(**{f"{first}__any_of": firsts})
        by_key = {self.key_of(record): record for record in records}
        self.found |= {text: by_key[key] for text, key in keys.items() if key in by_key}

    def is_looked_up(self, text):
        return text in self.found or text in self.ambiguous or text in self.missing

    def find_names(self, texts):
        """Find by name what is no code, where the model knows names: objects.named(texts).

        Of several records with names that differ in width or case the one that has it exactly is
        meant.
        """
        named = getattr(self.model.objects, "named", None)
        if not texts or named is None:
            return
        own_names = getattr(self.model.objects.all(), "own_names", ())
        for batch in batches(texts):
            for text, records in named(batch).items():
                if len(records) > 1:
                    exact = [r for r in records if text in (getattr(r, name) for name in own_names)]
                    records = exact if len(exact) == 1 else records
                if len(records) == 1:
                    self.found[text] = records[0]
                elif records:
                    self.ambiguous[text] = sorted(records, key=self.key_of)

    def find(self, text):
        self.preload([text])
        if text in self.ambiguous:
            records = {self.key_of(record): record for record in self.ambiguous[text]}
            message = _("「%(value)s」は%(codes)s のどれか分かりません。コードで書いてください。")
            near = [(key, _shown(str(record), key)) for key, record in records.items()]
            raise NoSuchRecord(message % {"value": text, "codes": "、".join(records)}, near)
        if text not in self.found:
            near = self.near_names(text)
            raise NoSuchRecord(self.refusal(text, [shown for _key, shown in near]), near)
        return self.found[text]

    def refusal(self, text, near):
        words = {"value": text, "model": self.model._meta.verbose_name}
        if near:
            words["near"] = "、".join(near)
            return _("%(model)sに「%(value)s」はありません。%(near)s のことでしょうか？") % words
        return (
            _("%(model)sに「%(value)s」はありません。先に登録するか、コードを直してください。")
            % words
        )

    def near_names(self, text):
        """Return up to three records with a name that resembles one: (key, how it is shown).

        Only for the first of many unknown names.
        """
        if self.proposals_left == 0:
            return []
        self.proposals_left -= 1
        if self.names is None:
            self.names = list(self._all_names())
        folded = [name for name, _key, _shown in self.names]
        wanted = text_key(without_marks(text) or text)
        near = process.extract(
            wanted, folded, scorer=fuzz.ratio, score_cutoff=_NEAR_PERCENT, limit=4 * _SHOWN
        )
        records = [self.found[part] for part in _parts(text) if part in self.found]
        found = {(key := self.key_of(each)): _shown(str(each), key) for each in records}
        for _name, _score, index in near:
            _folded, key, shown = self.names[index]
            if found.get(key, key) == key:  # a code alone says less than a name
                found[key] = shown
        return list(found.items())[:_SHOWN]

    def _all_names(self):
        """Yield (folded name, key, how to write it) of every record."""
        all_names = getattr(self.model.objects, "all_names", None)
        if all_names is None:
            for row in self.model.objects.values_list(*self.lookups):
                key = "/".join(map(str, row))
                yield text_key(key), key, key
            return
        for name, code in all_names():
            yield text_key(name), code, _shown(name, code)


def _parts(text):
    """Return what stands before and in the brackets of a name."""
    parts = [part.strip() for part in _BRACKETS.split(text)]
    return list(filter(None, parts)) if len(parts) > 1 else []


def _shown(name, key):
    return name if name == key else f"{name}（{key}）"
