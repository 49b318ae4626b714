"""What somebody types to find records by their names, and how much of it one search takes.

Every word is a condition of the query and a subquery beside it: without a bound a page of a few
thousand words keeps the database busy for minutes.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_SEARCH_CHARACTERS = 200
MOST_SEARCH_WORDS = 10


class SearchTextField(forms.CharField):
    """Words to search for, at most MOST_SEARCH_WORDS; more is refused, never cut.

    It has no max_length: by that a browser would cut what is pasted, and say nothing.
    """

    widget = forms.SearchInput(attrs={"autocomplete": "off"})

    def validate(self, value):
        super().validate(value)
        if len(value) > MOST_SEARCH_CHARACTERS:
            raise ValidationError(
                _("検索の言葉は%(most)s字までです（いまは%(count)s字）。短くしてください。"),
                code="too_long",
                params={"most": MOST_SEARCH_CHARACTERS, "count": f"{len(value):,}"},
            )
        if (count := len(value.split())) > MOST_SEARCH_WORDS:
            raise ValidationError(
                _("一度に探せるのは%(most)s語までです（いまは%(count)s語）。減らしてください。"),
                code="too_many_words",
                params={"most": MOST_SEARCH_WORDS, "count": count},
            )
