from django.db.models import F

from programs.querysets import NamedQuerySet


class EventQuerySet(NamedQuerySet):
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
