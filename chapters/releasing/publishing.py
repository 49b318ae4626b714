"""Publishing: a draft becomes a release, which never changes afterwards."""

from datetime import datetime

from django.db import transaction

from records.changes import Kind, content_changed

from ..models import Chapter, Mention, Release
from .document import ReleaseDocument
from .drafts import Draft, render_draft
from .problems import sentences


class CannotPublish(Exception):
    """The draft has `problems` that are to be mended first; in words they are the message."""

    def __init__(self, draft, problems):
        self.draft = draft
        self.problems = problems
        self.sentences = sentences(problems, draft.document)
        super().__init__("\n".join(self.sentences))


@transaction.atomic
def publish(chapter: Chapter, *, note: str, now: datetime) -> tuple[Release, bool]:
    """Publish the draft at `now` and return (release, created).

    A draft equal to the newest release makes no new one. Serious problems (an undefined footnote,
    an unknown record) raise CannotPublish and nothing is written; others are only findings.
    """
    drafts = Chapter.objects.select_for_update(of=("self",)).select_related("edition")
    chapter = drafts.get(pk=chapter.pk)
    draft = render_draft(chapter)
    serious = [problem for problem in draft.problems if problem.is_serious]
    if serious:
        raise CannotPublish(draft, serious)
    newest = chapter.releases.order_by("-number").first()
    if newest and _is_as_released(draft, newest):
        return newest, False
    release = Release.objects.create(
        chapter=chapter,
        number=newest.number + 1 if newest else 1,
        published_at=now,
        change_note=note,
        document=draft.document.as_json(),
        html=draft.html,
    )
    mentions = Mention.objects.bulk_create(_mentions(release, draft))
    content_changed(Release, Kind.CREATED, [release.pk])
    content_changed(Mention, Kind.CREATED, [mention.pk for mention in mentions])
    return release, True


def _is_as_released(draft: Draft, release: Release) -> bool:
    """Whether a reader finds nothing new in the draft, however the release was stored."""
    return (
        release.html == draft.html and ReleaseDocument.from_json(release.document) == draft.document
    )


def _mentions(release: Release, draft: Draft) -> list[Mention]:
    longest = Mention._meta.get_field("printed_words").max_length
    return [
        Mention(
            release=release,
            paragraph_id=found.paragraph_id,
            footnote_key=found.footnote_key,
            printed_words=found.printed_words[:longest],
            **{f"{found.record.kind}_id": found.record.pk},
        )
        for found in draft.mentions
    ]
