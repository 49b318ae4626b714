from django.db import models
from django.db.models import F, Q

from spreadsheets.text_key import text_key


class EventQuerySet(models.QuerySet):
    def get_by_natural_key(self, code):
        return self.get(code=code)

    def for_list(self):
        """Events with what a list prints of them, newest first, those of no known year last."""
        return (
            self.select_related("source")
            .prefetch_related("organizations")
            .order_by(
                F("fiscal_year").desc(nulls_last=True), F("date").desc(nulls_last=True), "code"
            )
        )

    def for_detail(self):
        return self.select_related("source", "program").prefetch_related(
            "organizations", "names__source"
        )

    def matching(self, text):
        """Events that bear every word of `text` in one of their names, widths folded."""
        matches = self
        for key in filter(None, map(text_key, text.split())):
            by_other_name = self.model.objects.filter(names__name_key__contains=key)
            matches = matches.filter(
                Q(search_key__contains=key) | Q(pk__in=by_other_name.values("pk"))
            )
        return matches
