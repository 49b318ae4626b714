from django.db import models


class EventQuerySet(models.QuerySet):
    def get_by_natural_key(self, code):
        return self.get(code=code)

    def for_list(self):
        return self.prefetch_related("organizations")

    def for_detail(self):
        return self.select_related("source", "program").prefetch_related(
            "organizations", "names__source"
        )
