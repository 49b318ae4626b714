"""What the page of a chapter prints, whether from a release or from the draft."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import get_language

from timeline.figure.chart import Chart, draw
from timeline.figure.choice import ChartChoice, read_choice
from timeline.figure.facts import TimelineFacts

from ..models import Chapter, Release
from ..prose.rendered import SafeHTML
from ..releasing.drafts import Draft


@dataclass(frozen=True)
class ChapterPage:
    """`release` is None for a draft's preview; `chart` is None without a timeline.

    `choice` is what the reader chose of the figure, None where there is no choice.
    """

    chapter: Chapter
    document: dict
    html: SafeHTML
    chart: Chart | None
    release: Release | None = None
    problems: tuple = ()
    choice: ChartChoice | None = None

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


def timeline_page(release: Release, query: Mapping[str, str]) -> ChapterPage:
    """The page of a release's figure alone, on the basis and over the years of `query`.

    Without a timeline `chart` is None. Raises Refusal for what cannot be chosen.
    """
    document = release.document
    page = release_page(release)
    if document["timeline_facts"] is None:
        return page
    facts = TimelineFacts.from_json(document["timeline_facts"])
    choice = read_choice(
        query,
        basis=facts.basis,
        own_years=range(facts.first_fiscal_year, facts.last_fiscal_year + 1),
        known_years=facts.known_years,
    )
    drawn = replace(
        facts, first_fiscal_year=choice.first_fiscal_year, last_fiscal_year=choice.last_fiscal_year
    )
    chart = draw(drawn, basis=choice.basis, language=get_language())
    return replace(page, chart=chart, choice=choice)


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
