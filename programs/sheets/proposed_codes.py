"""Codes for the rows of a list that has none: of the record of that name, else a new one."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from spreadsheets.planning.issues import Issue
from spreadsheets.reading import Notice
from spreadsheets.resources.cells import cell_text
from values.messages import Listed, Message, gettext_noop
from values.text_key import text_key

from ..names import KEY_LENGTH

_LONGEST = 60
_MOST_OF_ONE_SLUG = 20
_SHOWN = 5

Rows = Sequence[tuple[int, Sequence[Any]]]


class CodeProposals:
    """Proposes codes for one import; several tables of it may ask in turn.

    `name` is the field that names a record, `slugs` are those a code is made from. A row that
    bears a record's own name is that record's. Another name of a record is asked about: the row
    may be that record or a new one. `issues` and `notices` are those of the table asked last.
    """

    def __init__(self, model: type[models.Model], *, name: str, slugs: Sequence[str] = ()) -> None:
        self.model = model
        self.name = name
        self.slugs = slugs
        self.prefix = model._meta.model_name
        self.given: set[str] = set()
        self.seen: set[str] = set()
        self.issues: list[Issue] = []
        self.notices: list[Notice] = []

    def complete(
        self, names: Sequence[str], rows: Rows, places: Mapping[str, tuple[str, str]]
    ) -> tuple[Sequence[str], Rows]:
        """Return names and rows with a code in each row that has a name."""
        self.issues, self.notices = [], []
        if self.name not in names or not rows:
            return names, rows
        lacking = self._lacking(names, rows)
        if not lacking:
            return names, rows
        self.place = places.get(self.name, ("", ""))
        codes = self._codes(names, rows, lacking)
        if "code" not in names:
            completed = [(row, (codes.get(at, ""), *cells)) for at, (row, cells) in enumerate(rows)]
            return ["code", *names], completed
        code_at = names.index("code")
        return names, [
            (row, (*cells[:code_at], codes[at], *cells[code_at + 1 :]))
            if at in codes
            else (row, cells)
            for at, (row, cells) in enumerate(rows)
        ]

    def _lacking(self, names: Sequence[str], rows: Rows) -> dict[int, str]:
        """Return {index of a row without a code: its name}.

        Beside codes, a row with nothing but a name may be a heading between rows: it stays
        without a code, and is refused.
        """
        name_at = names.index(self.name)
        code_at = names.index("code") if "code" in names else None
        needs_more = code_at is not None and len(names) > 2
        return {
            at: name
            for at, (_row, cells) in enumerate(rows)
            if (name := cell_text(cells[name_at]))
            and (code_at is None or not cell_text(cells[code_at]))
            and (not needs_more or sum(bool(cell_text(cell)) for cell in cells) > 1)
        }

    def _codes(
        self, names: Sequence[str], rows: Rows, lacking: Mapping[int, str]
    ) -> dict[int, str]:
        name_at = names.index(self.name)
        at_of_name = defaultdict(list)
        for at, (_row, cells) in enumerate(rows):
            at_of_name[text_key(cell_text(cells[name_at]))].append(at)
        alone = {
            at: name
            for at, name in lacking.items()
            if self._is_alone(rows, at, name, at_of_name[text_key(name)])
        }
        found = self._records(alone.values())
        codes, new = {}, {}
        for at, name in alone.items():
            records = found.get(text_key(name), [])
            if len(records) == 1:
                codes[at] = records[0].code
            elif records:
                self._refuse_several(rows[at][0], name, records)
            else:
                new[at] = name
        self._say("code.found", _FOUND, rows, codes)
        other = self._other_names(new.values())
        for at, name in list(new.items()):
            if records := other.get(name):
                self._refuse_other(rows[at][0], name, records)
                del new[at]
        proposed = self._proposed(names, rows, new)
        self._say("code.proposed", _PROPOSED, rows, proposed)
        return codes | proposed

    def _is_alone(self, rows: Rows, at: int, name: str, places: Sequence[int]) -> bool:
        others = [rows[other][0] for other in places if other != at]
        if not others and text_key(name) not in self.seen:
            self.seen.add(text_key(name))
            return True
        if others:
            message = _("「%(name)s」は%(other)s行目にもあります。コードを入れて区別してください。")
        else:
            message = _("「%(name)s」は別の表にもあります。コードを入れて区別してください。")
        words = {"name": name, "other": others[0] if others else ""}
        self._refuse(rows[at][0], name, "name.repeated", message % words)
        return False

    def _records(self, names: Iterable[str]) -> dict[str, list[models.Model]]:
        """Return {text_key: the records whose own name it is}."""
        found = defaultdict(list)
        keys = {text_key(name) for name in names}
        if hasattr(self.model, f"{self.name}_key"):
            cut = {key[:KEY_LENGTH] for key in keys}
            records = self.model.objects.filter(**{f"{self.name}_key__any_of": cut})
        else:
            records = self.model.objects.filter(**{f"{self.name}__any_of": set(names)})
        for record in records.order_by("pk"):
            found[text_key(getattr(record, self.name))].append(record)
        return found

    def _other_names(self, names: Iterable[str]) -> dict[str, list[models.Model]]:
        named = getattr(self.model.objects, "named", None)
        names = list(names)
        return named(names) if named and names else {}

    def _proposed(self, names: Sequence[str], rows: Rows, new: Mapping[int, str]) -> dict[int, str]:
        if not new:
            return {}
        slugs = {at: self._slug(dict(zip(names, rows[at][1], strict=True))) for at in new}
        tried = {
            each
            for slug in filter(None, slugs.values())
            for each in (slug, *(f"{slug}-{n}" for n in range(2, _MOST_OF_ONE_SLUG)))
        }
        codes = self.model.objects.values_list("code", flat=True)
        taken = {*codes.filter(code__any_of=tried), *self.given, *_typed(names, rows)}
        taken |= set(codes.filter(code__startswith=f"{self.prefix}-"))
        number = max((_number(code, self.prefix) for code in taken), default=0)
        proposed = {}
        for at, slug in slugs.items():
            code = _free(slug, taken)
            if not code:
                number += 1
                code = f"{self.prefix}-{number}"
            taken.add(code)
            proposed[at] = code
        self.given |= set(proposed.values())
        return proposed

    def _slug(self, typed: Mapping[str, Any]) -> str:
        return next(
            filter(None, (_slug(cell_text(typed.get(name, ""))) for name in self.slugs)), ""
        )

    def _refuse_several(self, row: int, name: str, records: Sequence[models.Model]) -> None:
        message = _("「%(name)s」は%(codes)s のどれか分かりません。コードを入れてください。")
        words = {"name": name, "codes": "、".join(sorted(each.code for each in records))}
        self._refuse(row, name, "record.ambiguous", message % words)

    def _refuse_other(self, row: int, name: str, records: Sequence[models.Model]) -> None:
        message = _(
            "「%(name)s」は%(records)s の別の名と同じです。その記録ならそのコードを、"
            "別のものなら新しいコードを入れてください。"
        )
        named = [f"{getattr(each, self.name)}（{each.code}）" for each in records]
        words = {"name": name, "records": "、".join(sorted(named))}
        self._refuse(row, name, "name.of_another", message % words)

    def _refuse(self, row: int, name: str, code: str, message: str) -> None:
        letter, heading = self.place
        self.issues.append(Issue("", row, letter, heading, name, code, message))

    def _say(self, code: str, said: str, rows: Rows, codes: Mapping[int, str]) -> None:
        if not codes:
            return
        place = gettext_noop("%(row)s行目 %(code)s")
        shown = [
            Message(place, {"row": rows[at][0], "code": each})
            for at, each in list(codes.items())[:_SHOWN]
        ]
        parts = Listed(gettext_noop("、"), [*shown, *(["…"] if len(codes) > _SHOWN else [])])
        self.notices.append(Notice(code, Message(said, {"count": len(codes), "shown": parts})))


_FOUND = gettext_noop("コードのない %(count)s 行は、名称で記録を見つけました（%(shown)s）。")
_PROPOSED = gettext_noop("コードのない %(count)s 行に、コードを提案しました（%(shown)s）。")


def _typed(names: Sequence[str], rows: Rows) -> set[str]:
    if "code" not in names:
        return set()
    at = names.index("code")
    return {text_key(cell_text(cells[at])) for _row, cells in rows}


def _slug(text: str) -> str:
    """Return ASCII text as a code; "" for what has no letter or is not ASCII."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("'", "")
    if not plain.isascii() or not re.search("[a-z]", plain):
        return ""
    slug = re.sub("[^a-z0-9]+", "-", plain).strip("-")
    if len(slug) > _LONGEST:
        slug = slug[: _LONGEST + 1].rpartition("-")[0] or slug[:_LONGEST]
    return slug


def _free(slug: str, taken: set[str]) -> str:
    """Return the slug, or the first of slug-2, slug-3 … that nobody has; "" without any."""
    if not slug or slug not in taken:
        return slug
    tried = (f"{slug}-{number}" for number in range(2, _MOST_OF_ONE_SLUG))
    return next((each for each in tried if each not in taken), "")


def _number(code: str, prefix: str) -> int:
    match = re.fullmatch(rf"{prefix}-(\d{{1,9}})", code, re.ASCII)
    return int(match[1]) if match else 0
