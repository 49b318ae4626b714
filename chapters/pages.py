"""What the page of a chapter prints, whether from a release or from the draft."""

from dataclasses import dataclass

from django.utils.translation import get_language

from timeline.chart import Chart, draw
from timeline.chart_facts import TimelineFacts

from .drafts import Draft
from .models import Chapter, Release
from .rendered import SafeHTML


@dataclass(frozen=True)
class ChapterPage:
    """`release` is None for a draft's preview; `chart` is None without a timeline."""

    chapter: Chapter
    document: dict
    html: SafeHTML
    chart: Chart | None
    release: Release | None = None
    problems: tuple = ()

    @property
    def headings(self) -> list[dict]:
        return [block for block in self.document["blocks"] if block["kind"] == "heading"]

    @property
    def title(self) -> str:
        return self.document[f"title_{get_language()}"] or self.document["title_ja"]

    @property
    def edition_title(self) -> str:
        edition = self.document["edition"]
        return edition[f"title_{get_language()}"] or edition["title_ja"]


def release_page(release: Release, *, basis: str = "") -> ChapterPage:
    """The page of a release. Its HTML was made by the sanitiser and is stored unchanged."""
    return ChapterPage(
        release.chapter,
        release.document,
        SafeHTML(release.html),
        _chart(release.document, basis),
        release,
    )


def draft_page(chapter: Chapter, draft: Draft) -> ChapterPage:
    return ChapterPage(
        chapter,
        draft.document,
        SafeHTML(draft.html),
        _chart(draft.document, ""),
        problems=draft.problems,
    )


def _chart(document: dict, basis: str) -> Chart | None:
    if document["timeline_facts"] is None:
        return None
    facts = TimelineFacts.from_json(document["timeline_facts"])
    return draw(facts, basis=basis or None, language=get_language())
