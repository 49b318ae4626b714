from django.db import models


class ChapterQuerySet(models.QuerySet):
    def get_by_natural_key(self, edition_code, number):
        return self.get(edition__code=edition_code, number=number)

    def with_content(self):
        """Chapters with all that their draft is rendered from."""
        return self.select_related("edition", "timeline").prefetch_related("sections", "footnotes")


class ReleaseQuerySet(models.QuerySet):
    def live(self, now):
        """Releases that the public may see at `now`; a later date is a schedule."""
        return self.filter(published_at__lte=now)

    def current(self, now):
        """Of each chapter the release that is live at `now`."""
        newest = (
            self.model.objects.filter(chapter=models.OuterRef("chapter"))
            .live(now)
            .order_by("-published_at", "-number")
        )
        return self.filter(pk=models.Subquery(newest.values("pk")[:1]))

    def for_list(self):
        return self.defer("html", "document").select_related("chapter__edition")
