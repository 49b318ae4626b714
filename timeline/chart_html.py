"""A Chart as an HTML table. Builds escaped strings: a template takes twenty times as long."""

from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .chart import Cell, Chart, Row
from .chart_reasons import BASIS_LABELS

VISIBLE_SIGNS = {"amount": "", "zero": "0", "no_own_budget": "−", "unknown": "?"}


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
    """Return the whole <table>: two header rows, one <tbody> for each run of a group's rows."""
    parts = [
        '<table class="timeline-table">',
        f"<caption>{escape(caption)}</caption>",
        _head(chart),
    ]
    group = None
    for row in chart.rows:
        if row.facts.group != group:
            if group is not None:
                parts.append("</tbody>")
            group = row.facts.group
            parts.append('<tbody class="timeline-group">')
            if group:
                parts.append(
                    f'<tr class="timeline-group-name"><th scope="rowgroup" lang="ja" '
                    f'colspan="{len(chart.columns) + 1}">{escape(group)}</th></tr>'
                )
        parts.append(_row(row, chart))
    if group is not None:
        parts.append("</tbody>")
    parts.append("</table>")
    return mark_safe("\n".join(parts))


def _head(chart: Chart) -> str:
    years = "".join(f'<th scope="col">{column.fiscal_year}</th>' for column in chart.columns)
    eras = "".join(f"<td>{column.era}</td>" for column in chart.columns)
    return (
        f'<thead><tr><th scope="col" rowspan="2">{escape(_("施策・出来事"))}</th>{years}</tr>'
        f'<tr class="timeline-eras">{eras}</tr></thead>'
    )


def _row(row: Row, chart: Chart) -> str:
    facts = row.facts
    label = escape(facts.label(chart.language))
    if facts.kind != "heading":
        name = "programs:program-detail" if facts.kind == "program" else "timeline:event-detail"
        label = f'<a href="{escape(reverse(name, args=[facts.code]))}">{label}</a>'
    if chart.language != "ja" and not facts.label_en:
        label = f'<span lang="ja">{label}</span>'
    if facts.note:
        label += f'<span class="timeline-note" lang="ja">{escape(facts.note)}</span>'
    head = f'<th scope="row">{label}</th>'
    if facts.kind == "program":
        labels = {tier.letter: tier.label(chart.language) for tier in chart.tiers}
        cells = "".join(_cell(cell, labels, chart.language) for cell in row.cells)
    else:
        reasons = {mark.fiscal_year: mark.reason for mark in row.marks}
        cells = "".join(_mark(column.fiscal_year, reasons) for column in chart.columns)
    return f'<tr class="row-{facts.kind}">{head}{cells}</tr>'


def _mark(fiscal_year: int, reasons: dict[int, str]) -> str:
    if fiscal_year not in reasons:
        return "<td></td>"
    reason = escape(reasons[fiscal_year])
    return (
        f'<td class="has-mark" title="{reason}"><span class="mark" aria-hidden="true">▲</span>'
        f'<span class="visually-hidden">{reason}</span></td>'
    )


def _cell(cell: Cell, labels: dict[str, str], language: str) -> str:
    classes = ["cell", f"state-{cell.state}"]
    if cell.tier:
        classes.append(f"tier-{escape(cell.tier.lower())}")
    if cell.running:
        classes.append("is-running")
        classes += ["is-bar-start"] * (not cell.joins_previous)
        classes += ["is-bar-end"] * (not cell.joins_next)
    if cell.differs:
        classes.append("is-sensitive")
    sign = cell.tier or VISIBLE_SIGNS.get(cell.state, "")
    words = labels[cell.tier] if cell.tier else state_words(cell.state)
    reason = cell.reason
    if cell.differs:
        others = other_tiers(cell, language)
        words, reason = f"{words} {others}", f"{reason} {others}"
    visible = ""
    if sign:
        hidden = "" if cell.tier else ' aria-hidden="true"'
        visible = f'<span class="cell-letter"{hidden}>{escape(sign)}</span>'
    return (
        f'<td class="{" ".join(classes)}" title="{escape(reason)}">{visible}'
        f'<span class="visually-hidden">{escape(words)}</span></td>'
    )
