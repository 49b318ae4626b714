"""The files of a release's figure: the same Chart as its page, on the basis and years asked for."""

from hashlib import sha256

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _

from timeline.drawing.files.formats import FORMATS, FigureFormat
from timeline.drawing.files.png import NoJapaneseFont
from timeline.drawing.files.texts import Frame
from timeline.taking_turns import in_turn
from values.refusal import Refusal

from ..models import Release
from .chapter_page import ChapterPage, timeline_page

MUST_ASK_AGAIN = "public, max-age=0, must-revalidate"
NEVER_CHANGES = "public, max-age=86400, immutable"

# A drawing that stands alone, and what a browser shows a picture in, have their style inside;
# they run and load nothing.
of_a_file = csp_replace(
    {
        "script-src": [NONE],
        "style-src": [UNSAFE_INLINE],
        "img-src": [NONE],
        "connect-src": [NONE],
    }
)


@of_a_file
def current_figure(request, edition, slug, extension):
    """The figure of the chapter as last released."""
    release = get_object_or_404(Release.objects.of_chapter(edition, slug).current(timezone.now()))
    return _figure(request, release, extension, MUST_ASK_AGAIN)


@of_a_file
def release_figure(request, edition, slug, number, extension):
    """The figure of one release, which never changes."""
    releases = Release.objects.of_chapter(edition, slug).live(timezone.now())
    release = get_object_or_404(releases, number=number)
    return _figure(request, release, extension, NEVER_CHANGES)


@in_turn
def _figure(request, release: Release, extension: str, cache_control: str) -> HttpResponse:
    form = FORMATS.get(extension)
    if form is None:
        raise Http404
    try:
        page = timeline_page(release, request.GET)
        if page.chart is None:
            raise Http404
        content = form.write(page.chart, _frame(request, page))
    except NoJapaneseFont as refusal:
        return _refused(refusal, 503)
    except Refusal as refusal:
        return _refused(refusal, 404)
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    published = int(release.published_at.timestamp())
    headers = {
        "Cache-Control": cache_control,
        "Content-Disposition": _disposition(form, page),
        "ETag": etag,
        "Last-Modified": http_date(published),
    }
    response = HttpResponse(content, content_type=form.content_type, headers=headers)
    return get_conditional_response(request, etag=etag, last_modified=published, response=response)


def _frame(request, page: ChapterPage) -> Frame:
    release = page.release
    origin = _("%(edition)s 第%(number)s版（%(date)s公開）") % {
        "edition": page.edition_title,
        "number": release.number,
        "date": timezone.localdate(release.published_at).isoformat(),
    }
    address = request.build_absolute_uri(release.get_absolute_url())
    return Frame(_("%(title)sの年表") % {"title": page.title}, origin, address)


def _disposition(form: FigureFormat, page: ChapterPage) -> str:
    chapter = page.chapter
    name = f"{chapter.edition.code}-{chapter.slug}-timeline-{page.chart.basis}.{form.extension}"
    return f'{"inline" if form.is_shown else "attachment"}; filename="{name}"'


def _refused(refusal: Refusal, status: int) -> HttpResponse:
    words = refusal.in_words(_)
    return HttpResponse(words, content_type="text/plain; charset=utf-8", status=status)
