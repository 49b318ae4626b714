"""Words → the record they name: one, several, or none.

A record's own name goes before its former and other names, and those before its abbreviation. Two
records at the same rank are several, and neither is taken. Words are looked up by indexed keys,
any number of them in two queries a queryset. Every room asks here: sheets through
`objects.named(texts)`, lists, prose, printed tables and manuscripts through a NameResolver.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from django.db import models

from values.text_key import text_key

MOST_PARTS = 16  # more brackets than any name has; a cell may hold 32,767 of them
KEY_LENGTH = 400  # four bytes each at most: an index of PostgreSQL takes 2,700
_QUOTES = {"「": "」", "『": "』", "“": "”"}
_BRACKETS = {"(": ")", "（": "）"}
_BULLET = re.compile(
    r"(?:[・･●○◎◯■□◆◇▪▶►•‣※＊*★☆\-－–]+|[①-⑳]|[(（]\d{1,2}[)）]|\d{1,2}[.．)）])\s*", re.ASCII
)
_NOTE_MARK = re.compile(
    r"\s*(?:[※＊*†‡]+\d{0,2}|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|[(（](?:[※＊*†‡]|注)\d{0,2}[)）]|注\d{1,2}[)）]?)$",
    re.ASCII,
)


class Rank(IntEnum):
    """How a record bears a name; the lowest goes first."""

    OWN = 0
    OTHER = 1
    ABBREVIATION = 2


# A row is folded for its keys and for its search_key, one after the other.
_folded = lru_cache(maxsize=64)(text_key)


def name_key(name: str) -> str:
    """Return what a name is indexed by: its text_key, cut where a column ends.

    Names may grow when they are folded (㍿ → 株式会社): whoever finds two names under one key
    compares their text_key.
    """
    return _folded(name)[:KEY_LENGTH] if name else ""


def search_key(*names: str) -> str:
    """Return what a search looks through: the text_keys of a record's own names."""
    return " ".join(_folded(name) for name in names if name)


def reference(record: models.Model) -> str:
    """Return program:code or event:code, as the chapters' Markdown names a record."""
    return f"{record._meta.model_name}:{record.code}"


@dataclass(frozen=True)
class Match:
    """The records that words may name: none, one, or several of which none is taken."""

    records: tuple[models.Model, ...] = ()

    @property
    def record(self) -> models.Model | None:
        return self.records[0] if len(self.records) == 1 else None

    @property
    def ambiguous(self) -> tuple[str, ...]:
        """The references of several records, sorted."""
        return tuple(sorted(map(reference, self.records))) if len(self.records) > 1 else ()


class NameResolver:
    """What words name among the records of some querysets, those of the first before the others.

    Give `look_up` all words at once; whatever is asked of them afterwards needs no query.
    `by_code` takes a record's code for a name of its own.
    """

    def __init__(self, *querysets: models.QuerySet, by_code: bool = False) -> None:
        self.querysets = querysets
        self._by_code = by_code
        self._bearers: dict[type[models.Model], dict[str, dict[int, list]]] = {
            queryset.model: {} for queryset in querysets
        }
        self._known: set[str] = set()

    def candidates(self, words: str) -> Iterator[str]:
        """The names to look up for words; a subclass may take more parts for names."""
        return name_candidates(words)

    def look_up(self, words: Iterable[str]) -> None:
        """Read who bears the names that words contain."""
        keys = {text_key(name) for each in words for name in self.candidates(each)}
        keys -= self._known
        keys.discard("")
        if not keys:
            return
        self._known |= keys
        for queryset in self.querysets:
            for key, rank, record in queryset.bearing(keys, by_code=self._by_code):
                self._bear(key, rank, record)

    def add(self, record: models.Model) -> None:
        """Take in a record made since words were looked up."""
        for field in record._meta.default_manager.all().own_names:
            self._bear(text_key(getattr(record, field)), Rank.OWN, record)

    def _bear(self, key: str, rank: int, record: models.Model) -> None:
        bearers = self._bearers[record._meta.model].setdefault(key, {})
        if record not in bearers.setdefault(rank, []):
            bearers[rank].append(record)

    def find(self, words: str) -> Match:
        """Match a name in prose: whole, or with its bracketed part apart."""
        return self.first_alone(name_candidates(words))

    def find_agreed(self, words: str) -> Match:
        """Match a cell: as `find`, but each part must name the record.

        Several where a bracket names another record; none where nobody bears a part, for
        "新しい枠（SATREPS）" may be a programme of its own.
        """
        match = self.find(words)
        if match.record is None or self._agrees(words, match.record):
            return match
        named = (self._best(name) for name in name_candidates(words))
        records = tuple(dict.fromkeys(record for records in named for record in records))
        return Match(records if len(records) > 1 else ())

    def _agrees(self, words: str, record: models.Model, depth: int = 0) -> bool:
        """Whether words, or else all their parts, name the record by a name of any rank."""
        bearers = self._bearers_of(words, type(record))
        if bearers:
            return any(record in records for records in bearers.values())
        parts = [part for part in _parts(words.strip()) if part]
        return (
            bool(parts)
            and depth < MOST_PARTS
            and all(self._agrees(part, record, depth + 1) for part in parts)
        )

    def first_alone(
        self,
        names: Iterable[str],
        *kinds: type[models.Model],
        accepts: Callable[[models.Model], bool] = lambda record: True,
    ) -> Match:
        """Return the record that alone bears one of the names, by the first that has such a one.

        Without one, the records that share the first name that anybody bears. `kinds` are the
        models asked, in this order; without them all.
        """
        several: tuple[models.Model, ...] = ()
        for name in names:
            records = tuple(filter(accepts, self._best(name, *kinds)))
            if len(records) == 1:
                return Match(records)
            several = several or records
        return Match(several)

    def _best(self, name: str, *kinds: type[models.Model]) -> Sequence[models.Model]:
        """The records that bear a name at the best rank, of the first model that has any."""
        for model in kinds or self._bearers:
            if bearers := self._bearers_of(name, model):
                return bearers[min(bearers)]
        return ()

    def _bearers_of(self, name: str, model: type[models.Model]) -> dict[int, list]:
        key = text_key(name)
        if key and key not in self._known:
            self.look_up([name])
        return self._bearers[model].get(key, {})


def named(queryset: models.QuerySet, texts: Iterable[str]) -> dict[str, list[models.Model]]:
    """Return {text: records} of the texts that name a record by code or name, or several."""
    texts = list(texts)
    names = NameResolver(queryset, by_code=True)
    names.look_up(texts)
    found = {text: list(names.find_agreed(text).records) for text in texts}
    return {text: records for text, records in found.items() if records}


def name_candidates(words: str) -> Iterator[str]:
    """Yield the names that printed words may contain: whole, unquoted, before and in brackets.

    "・プログラム（ABC）※" yields itself, then without bullet and note mark, "プログラム" and "ABC".
    At most MOST_PARTS names.
    """
    pending, seen = [words.strip()], set()
    while pending and len(seen) < MOST_PARTS:
        name = pending.pop(0)
        if name and name not in seen:
            seen.add(name)
            yield name
            pending += _parts(name)


def _parts(name: str) -> list[str]:
    """Return a name without bullet and note mark, or what it quotes, or has around a bracket."""
    if not name:
        return []
    if unmarked := _unmarked(name):
        return [unmarked]
    if _QUOTES.get(name[0]) == name[-1]:
        return [name[1:-1].strip()]
    if name[-1] not in _BRACKETS.values():
        return []
    depth = 0
    for index in range(len(name) - 1, -1, -1):
        depth += (name[index] in _BRACKETS.values()) - (name[index] in _BRACKETS)
        if depth == 0:
            return [name[:index].strip(), name[index + 1 : -1].strip()]
    return []


def _unmarked(name: str) -> str:
    """Return a name without the bullet before and the note mark behind it, "" if it has none."""
    bare = _NOTE_MARK.sub("", name)
    if bullet := _BULLET.match(bare):
        bare = bare[bullet.end() :]
    return bare.strip() if bare != name else ""
