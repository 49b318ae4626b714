"""Searching in the admin: lists and fields that complete words take as much as a page does."""

from django.contrib import messages
from django.core.exceptions import ValidationError

from values.text_key import text_key

from ..search_text import SearchTextField


class BoundedSearch:
    """Mixin of a ModelAdmin. `has_folded_search` says that search_fields hold keys of text_key."""

    has_folded_search = False

    def get_search_results(self, request, queryset, search_term):
        """As people type; what is too long, or is no text, finds nothing, and lists say so."""
        try:
            search_term = SearchTextField(required=False).clean(search_term)
        except ValidationError as refusal:
            if request.resolver_match.url_name != "autocomplete":
                messages.warning(request, " ".join(refusal.messages))
            return queryset.none(), False
        if self.has_folded_search:
            search_term = " ".join(filter(None, map(text_key, search_term.split())))
        return super().get_search_results(request, queryset, search_term)
