"""What the page of a chapter prints, whether from a release or from the draft."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import get_language

from timeline.drawing.words import figure_words
from timeline.figure.chart import Chart, draw
from timeline.figure.choice import ChartChoice, read_choice
from timeline.figure.facts import TimelineFacts

from ..models import Chapter, Release
from ..prose.safe_html import SafeHTML, released
from ..releasing.document import ReleaseDocument
from ..releasing.drafts import Draft
from ..releasing.problems import sentences


@dataclass(frozen=True)
class ChapterPage:
    """`release` is None for a draft's preview; `chart` is None without a timeline.

    `choice` is what the reader chose of the figure, None where there is no choice. `problems` are
    sentences.
    """

    chapter: Chapter
    document: ReleaseDocument
    html: SafeHTML
    chart: Chart | None
    release: Release | None = None
    problems: tuple[str, ...] = ()
    choice: ChartChoice | None = None

    @property
    def title(self) -> str:
        return self.document.title(get_language())

    @property
    def edition_title(self) -> str:
        return self.document.edition.title(get_language())


def release_page(release: Release) -> ChapterPage:
    """The page of a release, with the figure as it was published."""
    document = ReleaseDocument.from_json(release.document)
    return _page(release, document, _chart(document.facts))


def timeline_page(release: Release, query: Mapping[str, str]) -> ChapterPage:
    """The page of a release's figure alone, on the basis and over the years of `query`.

    Without a timeline `chart` is None. Raises Refusal for what cannot be chosen.
    """
    document = ReleaseDocument.from_json(release.document)
    facts = document.facts
    if facts is None:
        return _page(release, document, None)
    choice = read_choice(
        query,
        basis=facts.basis,
        own_years=range(facts.first_fiscal_year, facts.last_fiscal_year + 1),
        known_years=facts.known_years,
    )
    chosen = replace(
        facts, first_fiscal_year=choice.first_fiscal_year, last_fiscal_year=choice.last_fiscal_year
    )
    chart = draw(chosen, basis=choice.basis, words=figure_words())
    return _page(release, document, chart, choice=choice)


def draft_page(chapter: Chapter, draft: Draft) -> ChapterPage:
    document = draft.document
    problems = tuple(sentences(draft.problems, document))
    return ChapterPage(chapter, document, draft.html, _chart(document.facts), problems=problems)


def _page(
    release: Release,
    document: ReleaseDocument,
    chart: Chart | None,
    *,
    choice: ChartChoice | None = None,
) -> ChapterPage:
    return ChapterPage(
        release.chapter, document, released(release.html), chart, release, choice=choice
    )


def _chart(facts: TimelineFacts | None) -> Chart | None:
    return draw(facts, words=figure_words()) if facts else None
