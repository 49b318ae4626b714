"""A Chart's rows as HTML, in two grades of detail: strings that are escaped part by part.

The rows of a chapter's figure say everything: each cell its words and reason, and a row below,
which opens without a script, all reasons with their sources. Those of many programmes carry
letters, and words for who hears them where there is none; years alike are one cell, so that a
browser has few to lay out.
End tags of rows and cells are left out, as HTML allows: a browser reads a thousand rows sooner.
"""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from operator import itemgetter

from django.urls import reverse
from django.utils.translation import gettext as _

from values.web_address import is_site_path, is_web_address

from ..figure.chart import Chart, ChartCell, ChartRow, Mark
from ..figure.facts import Citation
from ..figure.vocabulary import MARK, SIGNS, STAR

STAR_HTML = f'<span class="cell-star" aria-hidden="true">{STAR}</span>'
LOOK = ("state", "tier", "running", "differs")
look_of = itemgetter(*map(ChartCell._fields.index, LOOK))  # by place: of a hundred thousand cells


class Rows:
    """Writes the rows of one chart. What many cells share is written once and kept."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.language = chart.language
        self.width = len(chart.columns) + 1
        self.tier_labels = {tier.letter: tier.label(chart.language) for tier in chart.tiers}
        self.addresses = {
            "program": reverse("programs:program-detail", args=["code"]).split("code"),
            "event": reverse("timeline:event-detail", args=["code"]).split("code"),
        }
        self.written: dict[tuple[object, ...], str] = {}

    @property
    def head(self) -> str:
        columns = self.chart.columns
        years = "".join(f'<th scope="col">{column.fiscal_year}' for column in columns)
        eras = "".join(f"<td>{column.era}" for column in columns)
        heading = escape(_("施策・出来事"))
        return (
            f'<thead><tr><th scope="col" rowspan="2">{heading}{years}'
            f'<tr class="timeline-eras">{eras}</thead>'
        )

    def row(self, row: ChartRow) -> str:
        kind, label = row.facts.kind, self.label(row)
        cells = self.cells(row) if kind == "program" else self.marks(row)
        return f'<tr class="row-{kind}"><th scope="row">{label}{cells}'

    def label(self, row: ChartRow, opener: str = "") -> str:
        facts = row.facts
        label = escape(facts.label(self.language))
        if facts.kind != "heading":
            label = f'<a href="{self.address(row)}">{label}</a>'
        if self.language != "ja" and not facts.label_en:
            label = f'<span lang="ja">{label}</span>'
        label += opener
        if facts.note:
            label += f'<span class="timeline-note" lang="ja">{escape(facts.note)}</span>'
        return label

    def address(self, row: ChartRow) -> str:
        before, after = self.addresses[row.facts.kind]
        return f"{before}{escape(row.facts.code)}{after}"

    def cells(self, row: ChartRow) -> str:
        written_before = self.written
        parts = []
        for look, run in groupby(row.cells, look_of):
            first, *others = run
            last = others[-1] if others else first
            state, tier, running, differs = look
            opening, closing = (first.opening, last.closing) if running else ("", "")
            key = (state, tier, running, opening, closing, differs, len(others))
            if (written := written_before.get(key)) is None:
                written = written_before[key] = self.run(first, last, len(others) + 1)
            parts.append(written)
        return "".join(parts)

    def run(self, first: ChartCell, last: ChartCell, years: int) -> str:
        """Return the one cell of `years` alike; without a bar each year needs its own sign.

        A tier's letter says enough, seen or heard: the legend stands before the rows.
        """
        sign = escape(first.tier or SIGNS[first.state])
        if sign and years > 1 and not first.running:
            return self.run(first, first, 1) * years
        if sign and years > 2 and first.state != "zero":
            sign = f'<b class="sign">{sign}</b>'
        if first.differs:
            sign += STAR_HTML
        span = f' colspan="{years}"' if years > 1 else ""
        says = ""
        if not first.tier or first.differs:
            words = escape(f"{first.tier or ''} {self.words(first)}".strip())
            says = f' aria-label="{words}"'
        return f'<td class="{cell_class(first, last)}"{span}{says}>{sign}'

    def words(self, cell: ChartCell) -> str:
        """What a cell's tier or state is called, and on which bases it is another."""
        words = self.tier_labels[cell.tier] if cell.tier else self.chart.words.states[cell.state]
        return f"{words} {self.chart.words.differs(cell.differs)}" if cell.differs else words

    def marks(self, row: ChartRow) -> str:
        marks = {mark.fiscal_year: mark for mark in row.marks}
        return "".join(
            self.mark(marks[column.fiscal_year]) if column.fiscal_year in marks else "<td>"
            for column in self.chart.columns
        )

    def mark(self, mark: Mark) -> str:
        return f'<td class="{mark_class(mark)}"><span class="mark">{MARK}</span>'


class DetailedRows(Rows):
    def __init__(self, chart: Chart) -> None:
        super().__init__(chart)
        opener_word = escape(_("根拠"))
        self.opener = (
            '<details class="row-opener"><summary><span class="row-opener-word">'
            f"{opener_word}</span></summary></details>"
        )
        self.record_words = escape(_("施策のページ（名称・系統・出来事）"))
        self.source_word = escape(_("出典"))
        self.links: dict[tuple[str, str], str] = {}

    def row(self, row: ChartRow) -> str:
        facts = row.facts
        if facts.kind == "heading" or not (row.cells or row.marks):
            return super().row(row)
        reasons = list(self.reasons(row))
        columns = self.cells_with(row, reasons) if facts.kind == "program" else self.marks(row)
        organization = escape(facts.organization(self.language))
        return (
            f'<tr class="row-{facts.kind}" data-organization="{organization}">'
            f'<th scope="row">{self.label(row, self.opener)}{columns}'
            f'<tr class="timeline-opened"><td colspan="{self.width}">'
            f"{self.reason_list(reasons)}{self.record_link(row)}"
        )

    def reasons(self, row: ChartRow) -> Iterator[tuple[int, str, Citation | None]]:
        """Yield year, sentence (escaped) and source of each cell or mark."""
        for mark in row.marks:
            yield mark.fiscal_year, escape(mark.reason), mark.citation
        for cell in row.cells:
            reason = cell.reason
            if cell.differs:
                reason = f"{reason} {self.chart.words.differs(cell.differs)}"
            yield cell.fiscal_year, escape(reason), cell.citation

    def cells_with(self, row: ChartRow, reasons: Iterable[tuple[int, str, Citation | None]]) -> str:
        written_before = self.written
        parts = []
        for cell, (_year, reason, _source) in zip(row.cells, reasons, strict=True):
            key = (cell.state, cell.tier, cell.opening, cell.closing, cell.running, cell.differs)
            if (written := written_before.get(key)) is None:
                written = written_before[key] = self.cell(cell)
            parts.append(f'<td title="{reason}"{written}')
        return "".join(parts)

    def cell(self, cell: ChartCell) -> str:
        """Return what follows the title of a cell's tag."""
        sign = escape(cell.tier or SIGNS[cell.state])
        if sign and not cell.tier:
            sign = f'<span aria-hidden="true">{sign}</span>'
        if cell.differs:
            sign += STAR_HTML
        words = escape(self.words(cell))
        return f' class="{cell_class(cell)}">{sign}<span class="visually-hidden"> {words}</span>'

    def mark(self, mark: Mark) -> str:
        reason = escape(mark.reason)
        return (
            f'<td title="{reason}" class="{mark_class(mark)}">'
            f'<span class="mark" aria-hidden="true">{MARK}</span>'
            f'<span class="visually-hidden">{reason}</span>'
        )

    def reason_list(self, reasons: Iterable[tuple[int, str, Citation | None]]) -> str:
        items = "".join(
            f'<li data-year="{year}"><span class="reason-year">{year}</span> '
            f"<span>{reason}{self.source(citation)}</span></li>"
            for year, reason, citation in reasons
        )
        return f'<ul class="row-reasons">{items}</ul>'

    def record_link(self, row: ChartRow) -> str:
        if row.facts.kind != "program":
            return ""
        return (
            f'<p class="row-record-link"><a href="{self.address(row)}">{self.record_words}</a></p>'
        )

    def source(self, citation: Citation | None) -> str:
        if citation is None or not citation.url:
            return ""
        if not (is_site_path(citation.url) or is_web_address(citation.url)):
            return f" {self.source_word}: {escape(citation.title)}"
        key = (citation.url, citation.locator)
        if (link := self.links.get(key)) is None:
            link = (
                f' <a class="reason-source" href="{escape(citation.url)}">{self.source_word}'
                f'<span class="visually-hidden">: {escape(citation.title)}</span></a>'
            )
            if citation.locator:
                link += f' <span class="locator">{escape(citation.locator)}</span>'
            self.links[key] = link
        return link


def mark_class(mark: Mark) -> str:
    return f"has-mark{' is-stated' * mark.is_stated}"


def cell_class(cell: ChartCell, last: ChartCell | None = None) -> str:
    """Return the classes that draw a cell: its tier or state, its bar's edges, its star.

    `last` is the last of the cells alike that it stands for, itself if not given. An edge is closed
    unless its class says otherwise.
    """
    closing = (last or cell).closing
    classes = ["cell", f"tier-{escape(cell.tier.lower())}" if cell.tier else f"state-{cell.state}"]
    if cell.running:
        classes.append("is-running")
    if opening := cell.opening:
        classes.append("is-bar-start" if opening == "closed" else f"is-bar-start opens-{opening}")
    if closing:
        classes.append("is-bar-end" if closing == "closed" else f"is-bar-end closes-{closing}")
    if cell.differs:
        classes.append("is-sensitive")
    return " ".join(classes)
