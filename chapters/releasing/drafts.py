"""A chapter's rows as they are now → the document a release keeps and a preview shows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from programs.models import Program
from timeline.collecting.timelines import timeline_facts
from timeline.figure.chart import draw
from timeline.models import Event

from ..models import Chapter
from ..prose.rendered import MentionFound, Problem, Record, SectionText
from ..prose.rendering import render

MENTION = re.compile(r"(program|event):([A-Za-z0-9_-]+)")


@dataclass(frozen=True)
class Draft:
    """A rendered draft: `document` and `html` as a release stores them."""

    document: dict
    html: str
    mentions: tuple[MentionFound, ...]
    problems: tuple[Problem, ...]


@override(settings.LANGUAGE_CODE)
def render_draft(chapter: Chapter) -> Draft:
    """Render the Japanese text of a chapter from its sections, footnotes and timeline.

    The result is the same in whatever language the editor works: so are the addresses in it.
    """
    sections = list(chapter.sections.order_by("position"))
    notes = {note.key: note.body_ja for note in chapter.footnotes.order_by("id")}
    rendered = render(
        lead=chapter.lead_ja,
        sections=[
            SectionText(row.anchor, row.level, row.heading_ja, row.body_ja) for row in sections
        ],
        notes=notes,
        records=mentioned_records(
            [chapter.lead_ja, *(row.body_ja for row in sections), *notes.values()]
        ),
    )
    document = {
        "edition": {
            "code": chapter.edition.code,
            "title_ja": chapter.edition.title_ja,
            "title_en": chapter.edition.title_en,
        },
        "number": chapter.number,
        "title_ja": chapter.title_ja,
        "title_en": chapter.title_en,
        "blocks": [
            {
                "id": block.id,
                "kind": block.kind,
                "level": block.level,
                "html": block.html,
                "text": block.text,
            }
            for block in rendered.blocks
        ],
        "footnotes": [
            {
                "number": note.number,
                "key": note.key,
                "html": note.html,
                "text": note.text,
                "references": list(note.references),
            }
            for note in rendered.notes
        ],
        **_timeline_document(chapter),
    }
    return Draft(document, rendered.html, rendered.mentions, rendered.problems)


def mentioned_records(texts: Iterable[str]) -> list[Record]:
    """The programmes and events whose codes stand in Markdown texts, in two queries."""
    links = [link for text in texts for link in MENTION.findall(text)]
    program_codes = {code for kind, code in links if kind == "program"}
    event_codes = {code for kind, code in links if kind == "event"}
    programs = Program.objects.filter(code__in=program_codes).values_list(
        "code", "name_ja", "start_fiscal_year", "end_fiscal_year", "end_state"
    )
    events = Event.objects.filter(code__in=event_codes).values_list(
        "code", "name_ja", "fiscal_year"
    )
    return [
        Record(
            "program",
            code,
            name,
            reverse("programs:program-detail", args=[code]),
            _program_years(start, end, end_state),
        )
        for code, name, start, end, end_state in programs
    ] + [
        Record(
            "event",
            code,
            name,
            reverse("timeline:event-detail", args=[code]),
            f"{fiscal_year}年度" if fiscal_year else "",
        )
        for code, name, fiscal_year in events
    ]


def _program_years(start: int | None, end: int | None, end_state: str) -> str:
    """Return 2014～2017年度, 2019年度～ for one that goes on, "" when the start is unknown."""
    if start is None:
        return ""
    if end is not None:
        return f"{start}年度" if start == end else f"{start}～{end}年度"
    return f"{start}年度～" if end_state == "ongoing" else f"{start}年度開始"


def _timeline_document(chapter: Chapter) -> dict:
    if chapter.timeline is None:
        return {"timeline": None, "timeline_facts": None}
    facts = timeline_facts(chapter.timeline)
    return {"timeline": draw(facts).as_json(), "timeline_facts": facts.as_json()}
