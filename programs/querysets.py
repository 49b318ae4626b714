from django.apps import apps
from django.db import models
from django.db.models import Count, Max, Min, Prefetch, Q

from spreadsheets.text_key import text_key


class NamedQuerySet(models.QuerySet):
    """Records with a Japanese name as typed and others by their folded key."""

    def get_by_natural_key(self, code):
        return self.get(code=code)

    own_names = ("code", "name_ja")

    def named(self, texts):
        """Return {text: [records]} of the texts that are somebody's name, width and case folded."""
        keys = {}
        for text in texts:
            keys.setdefault(text_key(text), []).append(text)
        is_named = Q(names__name_key__in=list(keys)) | Q(code__in=list(keys))
        for field in self.own_names:
            is_named |= Q(**{f"{field}__in": list(texts)})
        found = {}
        for record in self.filter(is_named).prefetch_related("names").distinct():
            own = [getattr(record, field) for field in self.own_names]
            for name in {text_key(n) for n in (*own, *map(str, record.names.all()))}:
                for text in keys.get(name, ()):
                    found.setdefault(text, []).append(record)
        return found

    def all_names(self):
        """Yield (name, code) of every own and other name, to find what a misspelt one meant."""
        for field in self.own_names:
            yield from self.exclude(**{field: ""}).values_list(field, "code")
        yield from self.exclude(names=None).values_list("names__name", "code")

    def matching(self, text):
        """Records that bear every word of `text` in one of their names, widths folded."""
        matches = self
        for key in filter(None, map(text_key, text.split())):
            by_other_name = self.model.objects.filter(names__name_key__contains=key)
            matches = matches.filter(
                Q(search_key__contains=key) | Q(pk__in=by_other_name.values("pk"))
            )
        return matches


class OrganizationQuerySet(models.QuerySet):
    def get_by_natural_key(self, code):
        return self.get(code=code)

    def named(self, texts):
        """Return {text: [organisations]} by Japanese, English or short name, widths folded."""
        by_key = {}
        for organization in self:
            for name in {organization.name_ja, organization.name_en, organization.short_name}:
                if name:
                    by_key.setdefault(text_key(name), []).append(organization)
        return {text: by_key[text_key(text)] for text in texts if text_key(text) in by_key}

    def all_names(self):
        """Yield (name, code) of every name, to find what a misspelt one meant."""
        for field in ("code", "name_ja", "short_name"):
            yield from self.exclude(**{field: ""}).values_list(field, "code")


class ProgramQuerySet(NamedQuerySet):
    own_names = ("code", "name_ja", "abbreviation")

    def for_list(self):
        """Programmes with what a list prints of them, in two queries.

        `initial_budgets` holds the initial budgets, newest first, each with its source.
        """
        budgets = apps.get_model("programs", "YearlyBudget").objects
        return self.select_related("lead_organization").prefetch_related(
            Prefetch(
                "budgets",
                queryset=budgets.filter(basis="initial")
                .select_related("source")
                .order_by("-fiscal_year"),
                to_attr="initial_budgets",
            )
        )

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

    def of_organization(self, organization):
        """Programmes that an organisation leads or takes part in."""
        taking_part = self.model.objects.filter(organizations=organization)
        return self.filter(Q(lead_organization=organization) | Q(pk__in=taking_part.values("pk")))

    def with_budgets_of(self, source):
        """Programmes with an amount from `source`: `amount_count`, `first_year`, `last_year`."""
        return (
            self.filter(budgets__source=source)
            .annotate(
                amount_count=Count("budgets"),
                first_year=Min("budgets__fiscal_year"),
                last_year=Max("budgets__fiscal_year"),
            )
            .order_by("name_ja", "code")
        )
