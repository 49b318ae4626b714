from django.db import models
from django.db.models.fields.json import KT


class ChapterQuerySet(models.QuerySet):
    def get_by_natural_key(self, edition_code, number):
        return self.get(edition__code=edition_code, number=number)


class ReleaseQuerySet(models.QuerySet):
    def live(self, now):
        """Releases that the public may see at `now`; a later date is a schedule."""
        return self.filter(published_at__lte=now)

    def current(self, now):
        """Of each chapter the one release that the public reads at `now`."""
        newest = (
            self.model.objects.filter(chapter=models.OuterRef("chapter"))
            .live(now)
            .order_by("-published_at", "-number")
        )
        return self.filter(pk=models.Subquery(newest.values("pk")[:1]))

    def of_chapter(self, edition_code, slug):
        return self.filter(chapter__edition__code=edition_code, chapter__slug=slug).select_related(
            "chapter__edition", "chapter__timeline"
        )

    def for_list(self):
        """Releases without their content but with the title they print, for lists of chapters."""
        return (
            self.defer("html", "document")
            .annotate(title_ja=KT("document__title_ja"), title_en=KT("document__title_en"))
            .select_related("chapter__edition")
            .order_by("-chapter__edition__code", "chapter__number")
        )


class MentionQuerySet(models.QuerySet):
    def in_current_releases(self, now):
        """Mentions that a reader can find today, in reading order."""
        current = self.model.release.field.related_model.objects.current(now)
        return self.filter(release__in=current).order_by("release__chapter", "id")
