"""A figure's sheet on its way to rows of a timeline: labels find records, signs must agree."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from programs.models import Program, Tier
from spreadsheets.planning.issues import Issue
from spreadsheets.reading import Notice
from spreadsheets.resources.cells import ERASED, cell_text
from values.fiscal_year import FiscalYearError, parse
from values.messages import Message, gettext_noop
from values.text_key import text_key
from values.tiers import TierRule

from ..drawing.words import figure_words
from ..figure.vocabulary import MARK, NO_GROUP
from ..models import Event, Timeline
from .figure_rows import FigureRow, rows_replaced, said_of_rows
from .labels import RecordNames
from .printed_rows import PrintedRows
from .sign_checks import ProgramSigns, event_faults, program_faults, unknown_sign
from .signs import PlacedSign, SignReader


class FigureSheet:
    """Reads rows with `marks`, tuples of (fiscal year, cell, column's letter).

    `places` are the letter and the heading of each column. Afterwards `issues` and `notices` say
    what is wrong and what was decided.
    """

    def __init__(
        self,
        names: Sequence[str],
        rows: Sequence[tuple[int, Sequence[Any]]],
        constants: Mapping[str, str],
        places: Mapping[str, tuple[str, str]],
    ) -> None:
        self.names = list(names)
        self.places = places
        self.issues: list[Issue] = []
        self.notices: list[Notice] = []
        slugs = [self._slug(cells, constants) for _row, cells in rows]
        self.timelines = _timelines(slugs)
        self.printed = PrintedRows(self.timelines)
        labels = [cell_text(self._cell(cells, "printed_label")) for _row, cells in rows]
        self.records = RecordNames(labels)
        orders = Counter[str]()
        self.rows = []
        for (row, cells), slug, label in zip(rows, slugs, labels, strict=True):
            orders[slug] += 1
            self.rows.append(self._read(row, list(cells), slug, label, orders[slug]))

    def _slug(self, cells: Sequence[Any], constants: Mapping[str, str]) -> str:
        typed = cell_text(self._cell(cells, "timeline")) or constants.get("timeline", "")
        return unicodedata.normalize("NFKC", typed).strip()

    def _cell(self, cells: Sequence[Any], name: str) -> Any:
        return cells[self.names.index(name)] if name in self.names else ""

    def _read(self, row: int, cells: list[Any], slug: str, label: str, order: int) -> FigureRow:
        reader = self.readers[slug if slug in self.timelines else ""]
        signs = tuple(
            PlacedSign(year, letter, reader.read(cell_text(cell)))
            for year, cell, letter in self._marks(row, self._cell(cells, "marks"))
        )
        number = text_key(cell_text(self._cell(cells, "position")))
        position = number if "position" in self.names else str(order)
        known = self.printed.row(slug, label, position)
        years = [each.fiscal_year for each in signs if each.sign.kind == "mark"]
        if known and (isinstance(known.match.record, Event) or not years):
            found = known.match
        elif years:
            found = self.records.find_event_row(label, years)
        else:
            found = self.records.find_program_row(label)
        return FigureRow(row, cells, label, slug, position, signs, known, found)

    def _marks(self, row: int, cell: Any) -> Sequence[tuple[int, Any, str]]:
        """Return (fiscal year, cell, letter): as gathered, or from one cell that lists years."""
        if isinstance(cell, tuple):
            return cell
        letter, heading = self.places["marks"]
        words = [each for each in re.split(r"[、,，;；・\s]+", cell_text(cell)) if each]
        try:
            return [(parse(each, calendar_year_ok=True).year, MARK, letter) for each in words]
        except FiscalYearError as refusal:
            said = refusal.in_words(_)
            issue = Issue("", row, letter, heading, cell_text(cell), refusal.code, said)
            self.issues.append(issue)
            return []

    @cached_property
    def readers(self) -> dict[str, SignReader]:
        """The reader of each timeline's signs; "" has that of the default tiers."""
        languages = []
        for language, _name in settings.LANGUAGES:
            with override(language):
                languages.append(figure_words())
        rules = {slug: self.tiers[slug] for slug in self.timelines}
        rules[""] = Tier.objects.default().rules()
        return {
            slug: SignReader([tier.letter for tier in tiers], languages)
            for slug, tiers in rules.items()
        }

    @cached_property
    def tiers(self) -> dict[str, tuple[TierRule, ...]]:
        return {slug: each.tier_scheme.tiers.rules() for slug, each in self.timelines.items()}

    def check(self) -> None:
        """Find what contradicts the records, and say what was made of the rest."""
        for each in self.rows:
            self.issues += self._faults(each)
        for slug, timeline in self.timelines.items():
            self._check_amounts(slug, timeline)
        numbers = {slug: self.printed.numbers(slug) for slug in self.timelines}
        self.notices += said_of_rows(self.rows, numbers)
        for slug in self.timelines:
            given = {each.position: each.label for each in self.rows if each.slug == slug}
            if replaced := self.printed.replaced(slug, given):
                self.notices.append(rows_replaced(replaced))

    def _faults(self, each: FigureRow):
        for placed in each.signs:
            if placed.sign.kind == "unknown":
                letters = self.readers[each.slug if each.slug in self.timelines else ""].letters
                yield unknown_sign(each.row, placed, letters.values())
        if not each.label:
            yield self._of_label(
                each, "label.blank", _("この行には、施策や出来事の名がありません。")
            )
        elif each.found.ambiguous:
            message = _("%(codes)s のどれか分かりません。名称を正確に書いてください。")
            words = {"codes": "、".join(each.found.ambiguous)}
            yield self._of_label(each, "record.ambiguous", message % words)
        elif each.found.record is None and each.marked_years:
            message = _("出来事「%(label)s」が見つかりません。先に出来事を登録してください。")
            yield self._of_label(each, "event.unknown", message % {"label": each.label})
        elif each.found.record is None and each.says_something:
            message = _(
                "施策「%(label)s」が見つかりません。先に施策を登録するか、記号を消してください。"
            )
            yield self._of_label(each, "program.unknown", message % {"label": each.label})
        elif isinstance(each.found.record, Event):
            yield from event_faults(each.row, each.found.record, each.signs)

    def _of_label(self, each: FigureRow, code: str, message: str) -> Issue:
        letter, heading = self.places.get("printed_label", ("", ""))
        return Issue("", each.row, letter, heading, each.label, code, message)

    def _check_amounts(self, slug: str, timeline: Timeline) -> None:
        programs = [
            each
            for each in self.rows
            if each.slug == slug and isinstance(each.found.record, Program)
        ]
        signed = [
            ProgramSigns(
                each.row,
                each.found.record.code,
                tuple(p for p in each.signs if p.sign.kind in ("tier", "state", "none")),
            )
            for each in programs
        ]
        years = range(timeline.first_fiscal_year, timeline.last_fiscal_year + 1)
        is_whole = all(
            {placed.fiscal_year for placed in each.signs}.issuperset(years) for each in signed
        )
        faults, basis = program_faults(signed, self.tiers[slug], timeline.basis, is_whole=is_whole)
        self.issues += faults
        if basis != timeline.basis:
            words = {"basis": figure_words().bases[basis]}
            said = gettext_noop("記号は%(basis)sによる図のものとして、記録と照合しました。")
            self.notices.append(Notice("figure.basis", Message(said, words)))

    def completed(self) -> tuple[list[str], list[tuple[int, tuple[Any, ...]]]]:
        """Return names and rows of a timeline's own columns; what a row lacks it erases.

        A row's note goes where its label goes: a figure has no cells for notes.
        """
        plain = [name for name in self.names if name != "marks"]
        added = [name for name in ("position", "note") if name not in self.names]
        rows = []
        for each in self.rows:
            typed = dict(zip(self.names, each.cells, strict=True))
            known_there = each.known is not None and str(each.known.position) == each.position
            typed["printed_label"] = _label(each, known_there=known_there)
            if "group" in typed and cell_text(typed["group"]) in ("", NO_GROUP):
                typed["group"] = ERASED
            typed.setdefault("position", each.position)
            typed.setdefault("note", (each.known.note if each.known else "") or ERASED)
            record = each.found.record
            program = record.code if isinstance(record, Program) else ERASED
            event = record.code if isinstance(record, Event) else ERASED
            values = (typed[name] for name in (*plain, *added))
            rows.append((each.row, (*values, program, event)))
        return [*plain, *added, "program", "event"], rows


def _label(each: FigureRow, *, known_there: bool) -> Any:
    """Return the label to print: that of the known row, else what is typed.

    An English figure prints the record's own name where no label is stored: nor is it then.
    """
    known = each.known
    if known and (known_there or known.printed_label):
        return known.printed_label
    if known and each.label == known.english_name:
        return ERASED
    return each.label


def _timelines(slugs: Sequence[str]) -> dict[str, Timeline]:
    found = Timeline.objects.filter(slug__any_of=set(slugs)).select_related("tier_scheme")
    return {timeline.slug: timeline for timeline in found}
