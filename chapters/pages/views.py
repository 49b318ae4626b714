from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from timeline.views import choice_refused
from values.refusal import Refusal

from ..models import Release
from .chapter_page import release_page, timeline_page


def chapter_detail(request, edition, slug):
    """The chapter as last released."""
    release = get_object_or_404(Release.objects.of_chapter(edition, slug).current(timezone.now()))
    return render(request, "chapters/chapter_detail.html", {"page": release_page(release)})


def release_detail(request, edition, slug, number):
    """One release, also when a newer one is live."""
    release = get_object_or_404(
        Release.objects.of_chapter(edition, slug).live(timezone.now()), number=number
    )
    return render(request, "chapters/chapter_detail.html", {"page": release_page(release)})


def timeline_detail(request, edition, slug):
    """The figure of the chapter as last released: ?basis=total&from=2012&to=2025."""
    release = get_object_or_404(Release.objects.of_chapter(edition, slug).current(timezone.now()))
    try:
        page = timeline_page(release, request.GET)
    except Refusal as refusal:
        return choice_refused(request, refusal)
    if page.chart is None:
        raise Http404
    return render(request, "chapters/timeline_detail.html", {"page": page})
