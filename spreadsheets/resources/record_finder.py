"""Finds the record that a cell names: by natural key or by name, many at a time."""

import difflib
import unicodedata

from django.utils.translation import gettext as _

from values.text_key import text_key

from ..tables import batches

PROPOSALS = 20  # looking through ten thousand names takes a tenth of a second


class RecordFinder:
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
            records = records.filter(**{f"{first}__any_of": firsts})
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
