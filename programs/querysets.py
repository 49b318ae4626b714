from django.db import models
from django.db.models import Q


class ProgramQuerySet(models.QuerySet):
    def get_by_natural_key(self, code):
        return self.get(code=code)

    def for_list(self):
        """Programmes with what a list prints of them, in two queries."""
        return self.select_related("lead_organization")

    def for_detail(self):
        """One programme's page: names, identifiers, budgets, lineage, each with its source."""
        return self.select_related("lead_organization", "source").prefetch_related(
            "organizations",
            "themes",
            "names__source",
            "identifiers__source",
            "budgets__source",
            "lineage_to__to_program",
            "lineage_to__source",
            "lineage_from__from_program",
            "lineage_from__source",
        )

    def running_in(self, fiscal_year):
        """Programmes that may run in a fiscal year: started by then and not known to have ended.

        A start that is not known does not count as running.
        """
        return self.filter(start_fiscal_year__lte=fiscal_year).filter(
            Q(end_fiscal_year__isnull=True) | Q(end_fiscal_year__gte=fiscal_year)
        )
