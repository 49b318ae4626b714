"""A chapter's rows as they are now → the document a release keeps and a preview shows."""

from collections.abc import Set
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from programs.models import Program
from timeline.collecting.timelines import timeline_facts
from timeline.models import Event

from ..models import Chapter
from ..prose.rendered import MentionFound, Problem, Record, SectionText
from ..prose.rendering import Reference, render
from ..prose.safe_html import SafeHTML
from ..prose.unread_marks import unread_marks
from .document import ReleasedEdition, ReleaseDocument, released_prose


@dataclass(frozen=True)
class Draft:
    """A rendered draft: `document` and `html` as a release keeps them."""

    document: ReleaseDocument
    html: SafeHTML
    mentions: tuple[MentionFound, ...]
    problems: tuple[Problem, ...]


@override(settings.LANGUAGE_CODE)
def render_draft(chapter: Chapter) -> Draft:
    """Render the Japanese text of a chapter from its sections, footnotes and timeline.

    The result is the same in whatever language the editor works: so are the addresses in it.
    """
    rendered = render(
        lead=chapter.lead_ja,
        sections=[
            SectionText(row.anchor, row.level, row.heading_ja, row.body_ja)
            for row in chapter.sections.order_by("position")
        ],
        notes={note.key: note.body_ja for note in chapter.footnotes.order_by("id")},
        look_up=mentioned_records,
    )
    blocks, footnotes = released_prose(rendered)
    edition = chapter.edition
    document = ReleaseDocument(
        title_ja=chapter.title_ja,
        title_en=chapter.title_en,
        edition=ReleasedEdition(edition.title_ja, edition.title_en, edition.code),
        number=chapter.number,
        blocks=blocks,
        footnotes=footnotes,
        facts=timeline_facts(chapter.timeline) if chapter.timeline else None,
    )
    problems = (*_title_problems(chapter), *rendered.problems)
    return Draft(document, rendered.html, rendered.mentions, problems)


def _title_problems(chapter: Chapter) -> list[Problem]:
    """Marks of notes and links in a title, which is printed as it is: in lists and files too."""
    return [
        Problem("title.mark", "title", words)
        for title in (chapter.title_ja, chapter.title_en)
        for code, words in unread_marks(title)
        if not code.startswith("markup.")
    ]


def mentioned_records(references: Set[Reference]) -> list[Record]:
    """The programmes and events of these kinds and codes that exist, in two queries."""
    codes = {
        wanted: [code for kind, code in references if kind == wanted]
        for wanted in ("program", "event")
    }
    programs = Program.objects.filter(code__in=codes["program"]).values_list(
        "code", "pk", "name_ja", "start_fiscal_year", "end_fiscal_year", "end_state"
    )
    events = Event.objects.filter(code__in=codes["event"]).values_list(
        "code", "pk", "name_ja", "fiscal_year"
    )
    return [
        Record(
            "program",
            code,
            pk,
            name,
            reverse("programs:program-detail", args=[code]),
            _program_years(start, end, end_state),
        )
        for code, pk, name, start, end, end_state in programs
    ] + [
        Record(
            "event",
            code,
            pk,
            name,
            reverse("timeline:event-detail", args=[code]),
            f"{fiscal_year}年度" if fiscal_year else "",
        )
        for code, pk, name, fiscal_year in events
    ]


def _program_years(start: int | None, end: int | None, end_state: str) -> str:
    """Return 2014～2017年度, 2019年度～ for one that goes on, "" when the start is unknown."""
    if start is None:
        return ""
    if end is not None:
        return f"{start}年度" if start == end else f"{start}～{end}年度"
    return f"{start}年度～" if end_state == "ongoing" else f"{start}年度開始"
