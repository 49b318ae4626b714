"""Publishing: a draft becomes a release, which never changes afterwards."""

from datetime import datetime

from django.db import transaction

from programs.models import Program
from records.changes import Kind, content_changed
from timeline.models import Event

from ..models import Chapter, Mention, Release
from .drafts import Draft, render_draft


class CannotPublish(Exception):
    """The draft refers to footnotes or records that do not exist; `problems` lists them."""

    def __init__(self, problems):
        super().__init__("; ".join(f"{p.place}: {p.code} {p.value}" for p in problems))
        self.problems = problems


@transaction.atomic
def publish(chapter: Chapter, *, note: str, now: datetime) -> tuple[Release, bool]:
    """Publish the draft at `now` and return (release, created).

    A draft equal to the newest release makes no new one. Undefined footnotes and unknown records
    raise CannotPublish and nothing is written; an unused footnote is only a finding.
    """
    drafts = Chapter.objects.select_for_update(of=("self",)).select_related("edition")
    chapter = drafts.get(pk=chapter.pk)
    draft = render_draft(chapter)
    serious = [problem for problem in draft.problems if problem.code != "footnote.unused"]
    if serious:
        raise CannotPublish(serious)
    newest = chapter.releases.order_by("-number").first()
    if newest and newest.document == draft.document and newest.html == draft.html:
        return newest, False
    release = Release.objects.create(
        chapter=chapter,
        number=newest.number + 1 if newest else 1,
        published_at=now,
        change_note=note,
        document=draft.document,
        html=draft.html,
    )
    mentions = Mention.objects.bulk_create(_mentions(release, draft))
    content_changed(Release, Kind.CREATED, [release.pk])
    content_changed(Mention, Kind.CREATED, [mention.pk for mention in mentions])
    return release, True


def _mentions(release: Release, draft: Draft) -> list[Mention]:
    program_codes = {found.code for found in draft.mentions if found.kind == "program"}
    event_codes = {found.code for found in draft.mentions if found.kind == "event"}
    programs = Program.objects.in_bulk(program_codes, field_name="code")
    events = Event.objects.in_bulk(event_codes, field_name="code")
    longest = Mention._meta.get_field("printed_words").max_length
    return [
        Mention(
            release=release,
            program=programs[found.code] if found.kind == "program" else None,
            event=events[found.code] if found.kind == "event" else None,
            paragraph_id=found.paragraph_id,
            footnote_key=found.footnote_key,
            printed_words=found.printed_words[:longest],
        )
        for found in draft.mentions
    ]
