"""A Chart as HTML tables. Builds escaped strings: a template takes twenty times as long.

Two grades of detail. A chapter's figure says everything itself: each cell its words and reason,
each row its reasons with their sources in a row below, which opens without a script. The tables
of many programmes carry signs alone, years alike are one cell that spans them, and a row's reasons
are a page of their own, fetched when asked: a browser lays out a third of the elements.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby, pairwise
from operator import attrgetter

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from programs.templatetags.program_text import script_lang

from .chart import Cell, Chart, Mark, Row
from .chart_facts import Citation
from .chart_reasons import BASIS_LABELS

VISIBLE_SIGNS = {"amount": "", "zero": "0", "no_own_budget": "−", "unknown": "?"}
STAR = '<span class="cell-star" aria-hidden="true">*</span>'
ROWS_IN_A_BLOCK = 50
look_of = attrgetter("state", "tier", "running", "differs")


def state_words(state: str) -> str:
    """What a state is called, for those who hear the table and in the legend."""
    return {
        "amount": _("区分外の額"),
        "zero": _("0円"),
        "not_started": _("開始前"),
        "ended": _("終了後"),
        "no_own_budget": _("独立した予算なし"),
        "unknown": _("額は不明"),
    }[state]


def other_tiers(cell: Cell, language: str) -> str:
    """On which bases the tier of a cell is another: 予算計ではA / 執行額では区分なし."""
    return " / ".join(
        _("%(basis)sでは%(tier)s")
        % {"basis": BASIS_LABELS[language][basis], "tier": tier or _("区分なし")}
        for basis, tier in cell.differs
    )


def timeline_table(chart: Chart, *, caption: str) -> SafeString:
    """Return the whole <table> of a figure in detail."""
    return mark_safe(_table(_DetailedRows(chart), chart.rows, "timeline-table", caption))


def timeline_blocks(chart: Chart, *, caption: str, first: int = 1) -> SafeString:
    """Return tables of about ROWS_IN_A_BLOCK rows, signs alone, each in a box of its own.

    A browser lays out only the boxes in sight (content-visibility); one table of 10,000 rows
    scrolls at 5 frames a second. The last takes what would be less than half a table more.
    `first` is the number of the first row, for the captions.
    """
    writer, count = _Rows(chart), len(chart.rows)
    starts = range(0, max(count - ROWS_IN_A_BLOCK // 2, 1), ROWS_IN_A_BLOCK)
    if len(starts) == 1:
        return mark_safe(_block(writer, chart.rows, caption))
    blocks = []
    for start, end in pairwise((*starts, count)):
        numbered = f"{caption} {first + start:,}–{first + end - 1:,}"
        blocks.append(_block(writer, chart.rows[start:end], numbered, "timeline-block is-one-of"))
    return mark_safe("\n".join(blocks))


def _block(
    writer: "_Rows", rows: Sequence[Row], caption: str, box_class: str = "timeline-block"
) -> str:
    table = _table(writer, rows, "timeline-table is-block", caption)
    return f'<div class="{box_class}">{table}</div>'


def row_reasons(chart: Chart, row: Row) -> SafeString:
    """Return the list of a row's reasons, one for each cell or mark, with their sources."""
    writer = _DetailedRows(chart)
    return mark_safe(writer.listed(writer.said(row)))


def _table(writer: "_Rows", rows: Iterable[Row], table_class: str, caption: str) -> str:
    """Return two header rows and one <tbody> for each run of a group's rows."""
    parts = [f'<table class="{table_class}">\n<caption>{escape(caption)}</caption>\n{writer.head}']
    for group, members in groupby(rows, key=lambda row: row.facts.group):
        parts.append('<tbody class="timeline-group">')
        if group:
            parts.append(
                f'<tr class="timeline-group-name"><th scope="rowgroup" lang="{script_lang(group)}" '
                f'colspan="{writer.width}">{escape(group)}</th></tr>'
            )
        parts.extend(map(writer.row, members))
        parts.append("</tbody>")
    parts.append("</table>")
    return "\n".join(parts)


class _Rows:
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
        self.kept: dict[tuple[object, ...], str] = {}

    @property
    def head(self) -> str:
        columns = self.chart.columns
        years = "".join(f'<th scope="col">{column.fiscal_year}</th>' for column in columns)
        eras = "".join(f"<td>{column.era}</td>" for column in columns)
        heading = escape(_("施策・出来事"))
        return (
            f'<thead><tr><th scope="col" rowspan="2">{heading}</th>{years}</tr>'
            f'<tr class="timeline-eras">{eras}</tr></thead>'
        )

    def row(self, row: Row) -> str:
        kind, label = row.facts.kind, self.label(row)
        cells = self.cells(row) if kind == "program" else self.marks(row)
        return f'<tr class="row-{kind}"><th scope="row">{label}</th>{cells}</tr>'

    def label(self, row: Row, opener: str = "") -> str:
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

    def address(self, row: Row) -> str:
        before, after = self.addresses[row.facts.kind]
        return f"{before}{escape(row.facts.code)}{after}"

    def cells(self, row: Row) -> str:
        kept = self.kept
        parts = []
        for look, run in groupby(row.cells, look_of):
            first, *others = run
            last = others[-1] if others else first
            state, tier, running, differs = look
            opening, closing = (first.opening, last.closing) if running else ("", "")
            key = (state, tier, running, opening, closing, not differs, len(others))
            if (written := kept.get(key)) is None:
                sign = escape(tier or VISIBLE_SIGNS.get(state, "")) + (STAR if differs else "")
                span = f' colspan="{len(others) + 1}"' if others else ""
                written = kept[key] = f'<td class="{cell_class(first, last)}"{span}>{sign}</td>'
            parts.append(written)
        return "".join(parts)

    def marks(self, row: Row) -> str:
        marks = {mark.fiscal_year: mark for mark in row.marks}
        return "".join(
            self.mark(marks[column.fiscal_year]) if column.fiscal_year in marks else "<td></td>"
            for column in self.chart.columns
        )

    def mark(self, mark: Mark) -> str:
        return f'<td class="{mark_class(mark)}"><span class="mark">▲</span></td>'


class _DetailedRows(_Rows):
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

    def row(self, row: Row) -> str:
        facts = row.facts
        if facts.kind == "heading" or not (row.cells or row.marks):
            return super().row(row)
        said = list(self.said(row))
        columns = self.cells_with(row, said) if facts.kind == "program" else self.marks(row)
        organization = escape(facts.organization(self.language))
        return (
            f'<tr class="row-{facts.kind}" data-organization="{organization}">'
            f'<th scope="row">{self.label(row, self.opener)}'
            f'</th>{columns}</tr>\n<tr class="timeline-opened"><td colspan="{self.width}">'
            f"{self.listed(said)}{self.record_link(row)}</td></tr>"
        )

    def said(self, row: Row) -> Iterator[tuple[int, str, Citation | None]]:
        """Yield year, sentence (escaped) and source of each cell or mark."""
        for mark in row.marks:
            yield mark.fiscal_year, escape(mark.reason), mark.citation
        for cell in row.cells:
            reason = cell.reason
            if cell.differs:
                reason = f"{reason} {other_tiers(cell, self.language)}"
            yield cell.fiscal_year, escape(reason), cell.citation

    def cells_with(self, row: Row, said: Iterable[tuple[int, str, Citation | None]]) -> str:
        kept = self.kept
        parts = []
        for cell, (_year, reason, _source) in zip(row.cells, said, strict=True):
            key = (cell.state, cell.tier, cell.opening, cell.closing, cell.running, cell.differs)
            if (written := kept.get(key)) is None:
                written = kept[key] = self.cell(cell)
            parts.append(f'<td title="{reason}"{written}')
        return "".join(parts)

    def cell(self, cell: Cell) -> str:
        """Return what follows the title of a cell's tag."""
        if cell.tier:
            sign = escape(cell.tier)
            words = escape(self.tier_labels[cell.tier])
        else:
            sign = VISIBLE_SIGNS.get(cell.state, "")
            sign = f'<span aria-hidden="true">{sign}</span>' if sign else ""
            words = escape(state_words(cell.state))
        if cell.differs:
            sign += STAR
            words += f" {escape(other_tiers(cell, self.language))}"
        return (
            f' class="{cell_class(cell)}">{sign}<span class="visually-hidden"> {words}</span></td>'
        )

    def mark(self, mark: Mark) -> str:
        reason = escape(mark.reason)
        return (
            f'<td title="{reason}" class="{mark_class(mark)}">'
            '<span class="mark" aria-hidden="true">▲</span>'
            f'<span class="visually-hidden">{reason}</span></td>'
        )

    def listed(self, said: Iterable[tuple[int, str, Citation | None]]) -> str:
        items = "".join(
            f'<li data-year="{year}"><span class="reason-year">{year}</span> '
            f"<span>{reason}{self.source(citation)}</span></li>"
            for year, reason, citation in said
        )
        return f'<ul class="row-reasons">{items}</ul>'

    def record_link(self, row: Row) -> str:
        if row.facts.kind != "program":
            return ""
        return (
            f'<p class="row-record-link"><a href="{self.address(row)}">{self.record_words}</a></p>'
        )

    def source(self, citation: Citation | None) -> str:
        if citation is None or not citation.url:
            return ""
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


def cell_class(cell: Cell, last: Cell | None = None) -> str:
    """Return the classes that draw a cell: its tier or state, its bar's edges, its star.

    `last` is the last of the cells alike that it stands for, itself if not given.
    """
    closing = (last or cell).closing
    classes = ["cell", f"tier-{escape(cell.tier.lower())}" if cell.tier else f"state-{cell.state}"]
    if cell.running:
        classes.append("is-running")
    if cell.opening:
        classes.append(f"is-bar-start opens-{cell.opening}")
    if closing:
        classes.append(f"is-bar-end closes-{closing}")
    if cell.differs:
        classes.append("is-sensitive")
    return " ".join(classes)
